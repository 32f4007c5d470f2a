//! Renaming, and ids that are used once.

use crate::prelude::*;

#[test]
fn u40_names_are_trimmed_and_hidden_characters_refused() {
    let mut world = owner_led();
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "  Team "), NOW), Decision::NoOp);
    for bad in ["", "   ", "a\u{202e}b", "line\nbreak", &"x".repeat(81)] {
        let command = rename(TEAM, "Team", bad);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadName);
    }
}

#[test]
fn u40_e42_a_name_that_changed_meanwhile_is_a_conflict() {
    let mut world = owner_led();
    let stale = rename(TEAM, "Team", "Mine");
    assert_accepted(&world.run(ANA, &rename(TEAM, "Team", "Crew"), NOW));
    assert_refused(&world.ask(ANA, &stale, NOW), RefusalCode::Conflict);
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "Crew"), NOW), Decision::NoOp);
}

#[test]
fn u40_a_personal_workspace_is_renamed_like_any_other() {
    let mut world = owner_led();
    assert_accepted(&world.ask(ANA, &rename(FIRST, "Person’s workspace", "Home"), NOW));
}

#[test]
fn r13_a_known_id_is_never_used_again() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    world.join(FIRST, CLEO, one(Role::ChatUser));
    let prompt = || ContentBody::Prompt { text: "Hello".into() };
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, &[]), NOW));
    assert_accepted(&world.run(ANA, &write(CLIENT, 1, "Greeting", prompt()), NOW));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(7), one(Role::ChatUser)), NOW));
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[]), one(Role::ChatUser)), NOW));
    let taken = Command::CreateWorkspace {
        workspace: workspace_id(21),
        account: account_id(1),
        title: "New".into(),
        plan: Some(Plan::Pro),
        membership: Some(member_id(CLIENT, BO)),
        labels: Labels::default(),
    };
    let added = Command::AddMember {
        workspace: workspace_id(CLIENT),
        membership: member_id(CLIENT, BO),
        person: member_id(FIRST, CLEO),
        roles: one(Role::ChatUser),
    };
    for command in [
        create(CLIENT, 1, "Twice", None),
        taken,
        added,
        define(CLIENT, 1, &[]),
        write(CLIENT, 1, "Greeting", prompt()),
        invite(CLIENT, 1, address(8), one(Role::ChatUser)),
        group(1, 1, listed(&[]), one(Role::ChatUser)),
    ] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::IdUsed);
    }
}
