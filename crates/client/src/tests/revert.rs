//! A workspace as it was at a moment, as a plan under today's rules (ui.md 4.9, R16).

use muster_domain::{
    End, Ended, Event, EventKind, MemberState, Membership, OwnRole, PermissionSet, Role, RoleSet,
    Row, Timestamp,
};

use super::history::Chain;
use super::world::{
    LARCH, NORTHWIND, NOW, Told, World, address, admin, agency, invitation, login, member, mid,
    roles, support_lead,
};
use crate::revert::plan;
use crate::view::{GapReason, Intent, MadePlan, RevertQuestion, Verdict};

const BEN: u8 = 10;

fn joined(member: Membership) -> Event {
    Event { kind: EventKind::MemberJoined, before: None, after: Row::Membership(member) }
}

fn turned(kind: EventKind, before: &Membership, after: Membership) -> Event {
    Event { kind, before: Some(Row::Membership(before.clone())), after: Row::Membership(after) }
}

fn gone(member: &Membership) -> Membership {
    let ended = Some(Ended { at: Timestamp(900), by: "Ana".to_owned() });
    Membership { state: MemberState::Removed, ended, ..member.clone() }
}

/// At 100 there are Bea, Chidi, Dora, Eli and Fay; at 500 Bea has more, Chidi is suspended, Dora
/// and Eli and Fay are gone, Gus has come and Hal is invited.
fn world() -> World {
    let mut chain = Chain::new();
    let manager = roles(&[Role::AgentManager]);
    let bea = member(NORTHWIND, 2, "Bea", manager);
    let chidi = member(NORTHWIND, 3, "Chidi", roles(&[Role::ChatUser]));
    let dora = member(NORTHWIND, 5, "Dora", manager);
    let eli = member(NORTHWIND, 4, "Eli", RoleSet::own(1));
    let until = Some(End { at: NOW.plus_days(9), roles: None });
    let fay = Membership { until, ..member(NORTHWIND, 6, "Fay", manager) };
    let suspended = |it: &Membership| Membership { state: MemberState::Suspended, ..it.clone() };
    let fay = suspended(&fay);
    let gus = member(NORTHWIND, 7, "Gus", manager);
    let auditor = OwnRole {
        id: muster_domain::RoleId::from_bytes([4; 16]),
        slot: 1,
        name: "Auditor".to_owned(),
        ..support_lead()
    };
    let ended = OwnRole { deleted: true, ..auditor.clone() };
    let defined =
        Event { kind: EventKind::RoleDefined, before: None, after: Row::Role(auditor.clone()) };
    chain.add(1, 100, BEN, defined);
    for one in [&bea, &chidi, &dora, &eli, &fay] {
        chain.add(1, 100, BEN, joined(one.clone()));
    }
    let more = Membership { roles: roles(&[Role::WorkspaceAdmin]), ..bea.clone() };
    chain.add(5, 500, BEN, turned(EventKind::MemberRolesChanged, &bea, more.clone()));
    let held = suspended(&chidi);
    chain.add(5, 500, BEN, turned(EventKind::MemberSuspended, &chidi, held.clone()));
    for one in [&dora, &eli, &fay] {
        chain.add(5, 500, BEN, turned(EventKind::MemberRemoved, one, gone(one)));
    }
    chain.add(5, 500, BEN, joined(gus.clone()));
    let deleted = Event {
        kind: EventKind::RoleDeleted,
        before: Some(Row::Role(auditor)),
        after: Row::Role(ended),
    };
    chain.add(6, 600, BEN, deleted);
    let hal = invitation(8, BEN, manager);
    let sent = Event {
        kind: EventKind::InvitationSent,
        before: None,
        after: Row::Invitation(hal.clone()),
    };
    chain.add(7, 700, BEN, sent);

    let mut told = Told::default();
    let all = agency();
    told.accounts = all.accounts;
    let rows = [more, held, gone(&dora), gone(&eli), gone(&fay), gus];
    let mut rows: Vec<Row> = rows.into_iter().map(Row::Membership).collect();
    rows.push(Row::Invitation(hal));
    rows.push(Row::Role(support_lead()));
    let (place, _, _) = all.places.into_iter().next().expect("Northwind");
    told.place(place, PermissionSet::ALL, rows);
    told.logs.push(chain.say(true));
    told.heard()
}

fn asked(world: &World, member: Option<u8>) -> MadePlan {
    let question = RevertQuestion {
        workspace: NORTHWIND,
        at: Timestamp(200),
        member: member.map(|it| mid(NORTHWIND, it)),
        admins: false,
    };
    plan(&world.online(), &question).expect("a plan")
}

fn gaps(plan: &MadePlan) -> Vec<(&str, GapReason)> {
    plan.gaps.iter().map(|it| (it.about.as_str(), it.why)).collect()
}

#[test]
fn e47_a_workspace_is_brought_back_to_a_date_line_by_line() {
    let world = world();
    let plan = asked(&world, None);
    assert!(plan.complete);
    let member = |number| mid(NORTHWIND, number);
    let (workspace, reason) = (NORTHWIND, None);
    let invite = |number: u8, name: &str| Intent::Invite {
        workspace,
        address: address(number).to_string(),
        name: Some(name.to_owned()),
        roles: roles(&[Role::AgentManager]),
    };
    let expected = [
        Intent::SetRoles {
            workspace,
            member: member(2),
            roles: roles(&[Role::AgentManager]),
            reason: reason.clone(),
        },
        Intent::Resume { workspace, member: member(3) },
        invite(5, "Dora"),
        invite(6, "Fay"),
        Intent::Remove { workspace, member: member(7), reason },
        Intent::Revoke { workspace, invitation: invitation(8, BEN, RoleSet::NONE).id },
    ];
    assert_eq!(plan.intents, expected);
    assert_eq!(plan.preview.lines.len(), expected.len());
    assert!(
        plan.preview.lines.iter().all(|it| it.verdict == Verdict::Allowed),
        "{:?}",
        plan.preview
    );
}

#[test]
fn r16_who_would_get_more_by_going_back_is_told_one_by_one() {
    let world = world();
    let plan = asked(&world, None);
    let widening: Vec<&str> = plan
        .preview
        .lines
        .iter()
        .filter(|it| !it.gains.is_empty())
        .map(|it| it.name.as_str())
        .collect();
    let invited = [address(5).to_string(), address(6).to_string()];
    assert_eq!(widening, ["Chidi", &invited[0], &invited[1]], "let in again, and invited");
    assert_eq!(plan.preview.widening, 3);
}

#[test]
fn e47_what_cannot_be_brought_back_is_said_with_its_reason() {
    let world = world();
    let plan = asked(&world, None);
    assert_eq!(
        gaps(&plan),
        [
            ("Eli", GapReason::RoleGone),
            ("Fay", GapReason::SuspendLater),
            ("Fay", GapReason::EndLater),
        ]
    );
    assert_eq!(plan.gaps[0].of, "Auditor");
}

#[test]
fn e47_one_person_alone_can_be_brought_back() {
    let world = world();
    let plan = asked(&world, Some(2));
    assert_eq!(plan.intents.len(), 1);
    assert_eq!(plan.preview.lines[0].name, "Bea");
    assert!(plan.gaps.is_empty());
    assert_eq!(asked(&world, Some(5)).intents.len(), 1, "by a membership that is over");
}

#[test]
fn e47_what_is_as_it_was_then_needs_no_plan() {
    let world = world();
    let question =
        RevertQuestion { workspace: NORTHWIND, at: Timestamp(800), member: None, admins: true };
    let plan = plan(&world.online(), &question).expect("a plan");
    assert_eq!((plan.intents, plan.gaps), (Vec::new(), Vec::new()));
}

#[test]
fn e47_unsent_changes_count_as_how_it_is_now() {
    let world = world();
    let intent = Intent::SetRoles {
        workspace: NORTHWIND,
        member: mid(NORTHWIND, 2),
        roles: roles(&[Role::AgentManager]),
        reason: None,
    };
    let made = crate::draft::draft(&world.offline(), intent).expect("a command");
    world.cache.submit(&made.command, NOW, made.label).expect("is kept");
    let plan = asked(&world, Some(2));
    assert!(plan.intents.is_empty(), "{:?}", plan.intents);
}

#[test]
fn e64_who_deleted_their_sign_in_is_not_invited_again() {
    let dora = member(NORTHWIND, 5, "Dora", roles(&[Role::AgentManager]));
    let mut chain = Chain::new();
    chain.add(1, 100, BEN, joined(dora.clone()));
    chain.add(5, 500, BEN, turned(EventKind::MemberRemoved, &dora, gone(&dora)));
    let mut told = agency();
    let hidden = muster_domain::Address::parse("former-0123456789abcdef@former.invalid");
    told.row(Row::Membership(Membership {
        name: "Former member 012345".to_owned(),
        address: hidden.expect("an address"),
        ..gone(&dora)
    }));
    told.logs.push(chain.say(true));
    let world = told.heard();
    let plan = asked(&world, Some(5));
    assert!(plan.intents.is_empty(), "{:?}", plan.intents);
    assert_eq!(gaps(&plan), [("Former member 012345", GapReason::Former)]);
}

#[test]
fn r7_account_admins_of_then_come_back_only_where_that_is_asked() {
    let mut told = agency();
    let mut chain = Chain::new();
    chain.add(1, 100, BEN, joined(member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]))));
    told.logs.push(chain.say(true));
    // Bea was an Account Admin until 500, Ben is one since 600.
    let bea = muster_domain::AccountAdmin { active: true, ..admin(LARCH, 2, "Bea") };
    let over = muster_domain::AccountAdmin { active: false, ..bea.clone() };
    let ben = admin(LARCH, BEN, "Ben");
    told.accounts.admins.push(over.clone());
    let account = [
        Event {
            kind: EventKind::AdminRemoved,
            before: Some(Row::AccountAdmin(bea)),
            after: Row::AccountAdmin(over),
        },
        Event { kind: EventKind::AdminAdded, before: None, after: Row::AccountAdmin(ben) },
    ];
    told.logs.push(super::history::account_log(account));
    let world = told.heard();
    let question =
        |admins| RevertQuestion { workspace: NORTHWIND, at: Timestamp(200), member: None, admins };
    let admins = |made: MadePlan| -> Vec<Intent> {
        let is_admin =
            |it: &Intent| matches!(it, Intent::AddAdmin { .. } | Intent::RemoveAdmin { .. });
        made.intents.into_iter().filter(is_admin).collect()
    };
    let made = plan(&world.online(), &question(false)).expect("a plan");
    assert!(admins(made).is_empty());
    let made = plan(&world.online(), &question(true)).expect("a plan");
    assert_eq!(
        admins(made),
        [
            Intent::AddAdmin { account: LARCH, person: mid(NORTHWIND, 2) },
            Intent::RemoveAdmin { account: LARCH, login: login(BEN) },
        ]
    );
}
