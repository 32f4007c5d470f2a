//! Records of a workspace (V-6, V-34..38, U-15..18, U-22, U-44..51).

use crate::prelude::*;

fn knowledge(text: &str) -> ContentBody {
    ContentBody::Knowledge { source: KnowledgeSource::Document, text: text.into(), size: 9 }
}

fn agent(knowledge: &[u8]) -> ContentBody {
    ContentBody::Agent {
        instructions: "Be kind".into(),
        state: Activity::On,
        knowledge: knowledge.iter().map(|id| content_id(*id)).collect(),
    }
}

fn prompt(text: &str) -> ContentBody {
    ContentBody::Prompt { text: text.into() }
}

fn channel() -> ContentBody {
    ContentBody::Channel { medium: "website".into(), state: Activity::On }
}

fn integration() -> ContentBody {
    ContentBody::Integration { service: "CRM".into(), state: Activity::Off }
}

fn conversation() -> ContentBody {
    ContentBody::Conversation {
        person: "Mia".into(),
        at: NOW,
        channel: "Website".into(),
        state: TalkState::Open,
    }
}

fn lead() -> ContentBody {
    ContentBody::Lead {
        person: "Mia".into(),
        contact: "mia@example.org".into(),
        at: NOW,
        channel: "Website".into(),
        state: TalkState::Open,
    }
}

fn every() -> [ContentBody; 7] {
    let text = || "Text".to_owned();
    [
        agent(&[]),
        prompt(&text()),
        knowledge(&text()),
        integration(),
        channel(),
        conversation(),
        lead(),
    ]
}

fn change(place: u8, id: u8, version: u32, title: &str, body: ContentBody) -> Command {
    Command::ChangeContent {
        workspace: workspace_id(place),
        content: content_id(id),
        version,
        title: title.into(),
        body,
    }
}

fn discard(place: u8, id: u8) -> Command {
    Command::DeleteContent { workspace: workspace_id(place), content: content_id(id) }
}

#[test]
fn v6_v34_v35_v36_v37_v38_u15_u16_u17_u18_u44_records_belong_to_the_workspace_they_came_into() {
    for (mut world, place) in [(owner_led(), TEAM), (managed(), CLIENT)] {
        for (id, body) in (1..).zip(every()) {
            let kind = body.kind();
            assert_accepted(&world.run(ANA, &write(place, id, kind.key(), body), NOW));
            let record = &world.contents[&content_id(id)];
            assert_eq!((record.workspace, record.kind()), (workspace_id(place), kind));
            assert_eq!((record.creator, record.version), (login_id(ANA), 1));
        }
    }
}

#[test]
fn v26_v27_v29_u57_u58_each_role_edits_what_it_is_for() {
    let cases = [
        (Role::AgentManager, [true, true, false, true, true, true, true]),
        (Role::ContentManager, [false, false, true, false, false, false, false]),
        (Role::BillingAdmin, [false; 7]),
        (Role::ChatUser, [false; 7]),
    ];
    for (role, may) in cases {
        let mut world = managed();
        world.join(CLIENT, BO, one(role));
        for (body, may) in every().into_iter().zip(may) {
            let kind = body.kind();
            let decision = world.ask(BO, &write(CLIENT, 1, "Name", body), NOW);
            let accepted = matches!(decision, Decision::Accept(_));
            assert_eq!(accepted, may, "{} {}", role.key(), kind.key());
        }
    }
    for (role, may) in [(Role::Write, true), (Role::Read, false)] {
        let mut world = owner_led();
        world.join(TEAM, BO, one(role));
        for body in every() {
            let decision = world.ask(BO, &write(TEAM, 1, "Name", body), NOW);
            if may {
                assert_accepted(&decision);
            } else {
                assert_refused(&decision, RefusalCode::Missing);
            }
        }
    }
}

#[test]
fn r10_who_may_not_see_a_kind_is_told_nothing_of_it() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    world.join(CLIENT, CLEO, one(Role::BillingAdmin));
    assert_accepted(&world.run(ANA, &write(CLIENT, 1, "Agent", agent(&[])), NOW));
    for login in [BO, CLEO] {
        for command in [discard(CLIENT, 1), change(CLIENT, 1, 1, "New", agent(&[]))] {
            assert_eq!(world.ask(login, &command, NOW), Decision::Hide);
        }
    }
}

#[test]
fn u22_one_workspace_holds_many_agents() {
    let mut world = owner_led();
    for id in 0..50 {
        assert_accepted(&world.run(ANA, &write(TEAM, id, "Agent", agent(&[])), NOW));
    }
}

#[test]
fn u45_u47_u48_u49_an_agent_uses_knowledge_of_its_own_workspace_alone() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &write(TEAM, 1, "Prices", knowledge("1 €")), NOW));
    assert_accepted(&world.run(ANA, &write(FIRST, 2, "Diary", knowledge("private")), NOW));
    assert_accepted(&world.run(ANA, &write(TEAM, 3, "Greeting", prompt("Hello")), NOW));
    assert_accepted(&world.run(ANA, &write(TEAM, 4, "Bot", agent(&[1])), NOW));
    for foreign in [2, 3, 99] {
        let create = write(TEAM, 5, "Spy", agent(&[1, foreign]));
        assert_refused(&world.ask(ANA, &create, NOW), RefusalCode::ForeignReference);
        let extend = change(TEAM, 4, 1, "Bot", agent(&[foreign]));
        assert_refused(&world.ask(ANA, &extend, NOW), RefusalCode::ForeignReference);
    }
    assert_accepted(&world.run(ANA, &discard(TEAM, 1), NOW));
    let gone = write(TEAM, 5, "Bot", agent(&[1]));
    assert_refused(&world.ask(ANA, &gone, NOW), RefusalCode::ForeignReference);
}

#[test]
fn u17_u18_conversations_and_leads_come_in_and_stay_as_they_are() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &write(TEAM, 1, "Mia", conversation()), NOW));
    assert_accepted(&world.run(ANA, &write(TEAM, 2, "Mia", lead()), NOW));
    for command in [
        change(TEAM, 1, 1, "Other", conversation()),
        change(TEAM, 2, 1, "Other", lead()),
        discard(TEAM, 1),
        discard(TEAM, 2),
    ] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::ReadOnlyContent);
    }
}

#[test]
fn e42_a_record_that_changed_meanwhile_is_a_conflict_and_one_that_is_gone_is_gone() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(ANA, &write(TEAM, 1, "Greeting", prompt("Hello")), NOW));
    let stale = change(TEAM, 1, 1, "Greeting", prompt("Hi"));
    assert_accepted(&world.run(BO, &change(TEAM, 1, 1, "Greeting", prompt("Hey")), day(1)));
    assert_eq!(world.contents[&content_id(1)].version, 2);
    assert_refused(&world.ask(ANA, &stale, day(1)), RefusalCode::Conflict);
    let same = change(TEAM, 1, 1, "Greeting", prompt("Hey"));
    assert_eq!(world.ask(ANA, &same, day(1)), Decision::NoOp);
    assert_accepted(&world.run(BO, &discard(TEAM, 1), day(2)));
    assert_refused(&world.ask(ANA, &stale, day(2)), RefusalCode::TargetGone);
    assert_eq!(world.ask(ANA, &discard(TEAM, 1), day(2)), Decision::NoOp);
    let again = write(TEAM, 1, "Greeting", prompt("Hello"));
    assert_refused(&world.ask(ANA, &again, day(2)), RefusalCode::IdUsed);
}

#[test]
fn u44_a_record_stays_of_its_kind_and_within_its_size() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &write(TEAM, 1, "Greeting", prompt("Hello")), NOW));
    let other = change(TEAM, 1, 1, "Greeting", knowledge("Hello"));
    assert_refused(&world.ask(ANA, &other, NOW), RefusalCode::BadContent);
    let large = prompt(&"x".repeat((64 << 10) + 1));
    assert_refused(&world.ask(ANA, &write(TEAM, 2, "Large", large), NOW), RefusalCode::BadContent);
    let many = agent(&[1; 201].repeat(3));
    assert_refused(&world.ask(ANA, &write(TEAM, 2, "Many", many), NOW), RefusalCode::BadContent);
    let unnamed = write(TEAM, 2, " ", prompt("Hello"));
    assert_refused(&world.ask(ANA, &unnamed, NOW), RefusalCode::BadName);
}

#[test]
fn e52_u51_what_a_former_member_made_stays_under_their_name() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(BO, &write(TEAM, 1, "Bot", agent(&[])), NOW));
    assert_accepted(&world.run(BO, &leave(TEAM), NOW));
    assert_accepted(&world.run(ANA, &change(TEAM, 1, 1, "Bot 2", agent(&[])), NOW));
    let record = &world.contents[&content_id(1)];
    assert_eq!((record.creator, record.updated_by.as_str()), (login_id(BO), "Person 1"));
    assert_eq!(record.creator_name, "Person 2");
}

#[test]
fn u45_what_a_role_sees_follows_from_its_permissions() {
    let seen = |role: Role| {
        let view = View::of(role.permissions());
        Part::ALL.iter().filter(|part| view.has(**part)).count()
    };
    assert_eq!(seen(Role::Owner), 8);
    assert_eq!(seen(Role::Read), 5, "no invitations, reviews and history");
    assert_eq!(seen(Role::BillingAdmin), 0);
    assert_eq!(seen(Role::ChatUser), 0);
    for kind in ContentKind::ALL {
        for role in Role::ALL {
            let view = View::of(role.permissions());
            assert_eq!(view.has(Part::of(*kind)), role.permissions().has(kind.view()));
        }
    }
}
