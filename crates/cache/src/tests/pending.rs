//! Unsent changes: in place, in order, taken back, refused, over a restart.

use muster_domain::{
    Command, Decision, InvitationId, Lookup, MemberState, MembershipId, Plan, RefusalCode, Role,
    RoleSet, Row, WorkspaceId,
};
use muster_protocol::{OutcomeStatus, Say};

use super::world::*;
use crate::{EntryState, Expected, Label, Mark, MemberWindowQuery, Undone};

const CHAT: &[Role] = &[Role::ChatUser];
const CONTENT: &[Role] = &[Role::ContentManager];
const AGENTS: &[Role] = &[Role::AgentManager];

#[test]
fn r13_an_unsent_change_shows_at_once_beside_the_confirmed_value() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    let entry = world.member(1);
    assert_eq!(entry.member.roles, RoleSet::of(CONTENT));
    assert_eq!(entry.confirmed.expect("is touched").roles, RoleSet::of(CHAT));
    assert_eq!(entry.mark, Mark::NotSent);
    assert_eq!(world.member(2).mark, Mark::None);
}

#[test]
fn e45_a_removal_that_is_not_sent_stays_on_the_list_and_in_the_counts() {
    let world = World::northwind();
    world.submit(remove(2));
    let window = world.cache.members(&MemberWindowQuery::of(ws(1), 10)).expect("reads");
    assert_eq!((window.people, window.leaving, window.matched), (3, 1, 3));
    let row = window.rows.iter().find(|row| row.id() == mid(2)).expect("still listed");
    assert_eq!(row.member.state, MemberState::Removed);
    assert_eq!(row.confirmed.as_ref().expect("is touched").state, MemberState::Active);
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!((entry.people, entry.not_sent), (Some(3), 1));
}

#[test]
fn r13_a_refused_command_is_not_kept() {
    let world = World::northwind();
    let command = set_roles(1, AGENTS, CONTENT);
    let submission = world.cache.submit(&command, NOW, Label::default()).expect("decides");
    assert_eq!(submission.n, None);
    let refusal = submission.decision.refusal().expect("is refused");
    assert_eq!(refusal.code, RefusalCode::Conflict);
    assert!(world.cache.pending().expect("reads").is_empty());
    assert_eq!(world.roles(1), RoleSet::of(CHAT));
}

#[test]
fn r13_an_answer_brings_the_row_and_settles_the_command_at_once() {
    let world = World::northwind();
    let n = world.submit(set_roles(1, CHAT, CONTENT));
    let (_, pushes) = world.request();
    assert_eq!((pushes.len(), pushes[0].n, pushes[0].grant), (1, 1, Some(1)));
    assert_eq!(world.member(1).mark, Mark::Sending);
    let mut row = member(ws(1), 1, "Alejandro Ruiz");
    row.roles = RoleSet::of(CONTENT);
    let rows = vec![stamped(11, Row::Membership(row))];
    let done = world.apply(answer(1, 11, vec![applied(1), Say::Rows { rows }]));
    assert_eq!(done.settled.len(), 1);
    assert_eq!(done.settled[0].n, n);
    assert!(done.changed.pending && done.changed.rosters.contains(&ws(1)));
    let entry = world.member(1);
    assert_eq!(
        (entry.member.roles, entry.confirmed, entry.mark),
        (RoleSet::of(CONTENT), None, Mark::None)
    );
    assert!(world.request().1.is_empty(), "nothing is sent twice");
    assert_eq!(world.cache.settled(10).expect("reads").len(), 1);
}

#[test]
fn e43_a_refusal_rolls_back_and_stays_until_it_is_discarded() {
    let world = World::northwind();
    let n = world.submit(remove(1));
    world.request();
    world.apply(answer(1, 10, vec![refused(1)]));
    let entry = world.member(1);
    assert_eq!((entry.member.state, entry.mark), (MemberState::Active, Mark::Refused));
    let tray = world.cache.refused().expect("reads");
    assert_eq!(tray.len(), 1);
    let outcome = tray[0].outcome.as_ref().expect("has an outcome");
    assert_eq!(outcome.refusal.as_ref().expect("a reason").code, RefusalCode::TargetTooStrong);
    assert!(world.request().1.is_empty(), "never retried silently");
    assert_eq!(world.cache.discard(n, NOW).expect("writes"), Undone::Done);
    assert_eq!(world.cache.discard(n, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.member(1).mark, Mark::None);
}

#[test]
fn e42_what_met_another_change_is_marked_apart_and_above_everything_else() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    world.submit(set_roles(2, CHAT, CONTENT));
    world.request();
    world.apply(answer(1, 10, vec![met(1), refused(2)]));
    world.submit(suspend(1));
    world.submit(suspend(2));
    let marks = (world.member(1).mark, world.member(2).mark);
    assert_eq!(marks, (Mark::NeedsYou, Mark::Refused), "not the newest, the most urgent");
    let counts = world.cache.counts().expect("reads");
    assert_eq!((counts.not_sent, counts.refused, counts.needs_you), (2, 2, 1));
    let row = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!((row.not_sent, row.refused, row.needs_you), (2, 2, 1));
}

#[test]
fn neighbours_of_a_refused_command_stand() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    world.submit(suspend(1));
    world.submit(set_roles(2, CHAT, AGENTS));
    world.request();
    world.apply(answer(1, 10, vec![refused(1)]));
    let entry = world.member(1);
    assert_eq!(entry.member.roles, RoleSet::of(CHAT), "the refused part is gone");
    assert_eq!(entry.member.state, MemberState::Suspended, "other work on the row stands");
    assert_eq!(world.roles(2), RoleSet::of(AGENTS));
}

#[test]
fn others_changes_arrive_under_unsent_ones() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    let mut renamed = member(ws(1), 1, "Alejandro Ruiz de la Peña");
    renamed.state = MemberState::Suspended;
    let rows = vec![
        stamped(11, Row::Membership(renamed)),
        stamped(12, Row::Membership(member(ws(1), 4, "Dora New"))),
    ];
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let entry = world.member(1);
    assert_eq!(entry.member.name, "Alejandro Ruiz de la Peña");
    assert_eq!(entry.member.roles, RoleSet::of(CONTENT), "the unsent change is replayed");
    assert_eq!(entry.member.state, MemberState::Suspended);
    assert_eq!(world.member(4).mark, Mark::New);
    assert_eq!(world.member(2).mark, Mark::None);
    world.cache.prefer(ws(1)).expect("writes");
    assert_eq!(world.member(4).mark, Mark::None, "opening the workspace is seeing it");
}

#[test]
fn e42_a_change_in_doubt_has_no_effect_and_is_still_sent() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    let mut theirs = member(ws(1), 1, "Alejandro Ruiz");
    theirs.roles = RoleSet::of(AGENTS);
    world.apply(answer(
        1,
        11,
        vec![Say::Rows { rows: vec![stamped(11, Row::Membership(theirs))] }],
    ));
    assert_eq!(world.roles(1), RoleSet::of(AGENTS), "theirs is shown");
    let pending = world.cache.pending().expect("reads");
    assert!(
        matches!(&pending[0].expected, Expected::Refuse(it) if it.code == RefusalCode::Conflict)
    );
    assert_eq!(world.request().1.len(), 1, "the server decides");
}

#[test]
fn undo_takes_back_only_what_was_never_sent() {
    let world = World::northwind();
    let first = world.submit(set_roles(1, CHAT, CONTENT));
    let second = world.submit(set_roles(1, CONTENT, AGENTS));
    let third = world.submit(remove(2));
    assert_eq!(world.cache.undo(second, NOW).expect("writes"), Undone::Done);
    assert_eq!(world.roles(1), RoleSet::of(CONTENT));
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [1, 2], "taking one back leaves no gap in the lane");
    assert_eq!(world.cache.undo(third, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.cache.undo(first, NOW).expect("writes"), Undone::TooLate);
    let entry = world.cache.entry(second).expect("reads").expect("is kept in the journal");
    assert_eq!(entry.state, EntryState::Undone);
}

#[test]
fn what_certainly_did_not_leave_can_be_taken_back() {
    let world = World::northwind();
    let sent = world.submit(remove(1));
    assert_eq!(world.request().1.len(), 1);
    // The first attempt broke in the middle: it may have arrived.
    let fresh = world.submit(remove(2));
    assert_eq!(world.request().1.len(), 2);
    world.cache.not_sent().expect("writes");
    assert_eq!(world.cache.undo(sent, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.cache.undo(fresh, NOW).expect("writes"), Undone::Done);
    world.submit(remove(3));
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [1, 2], "the freed number is given again");
}

#[test]
fn a_restart_keeps_order_numbers_and_effects() {
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    let before = world.request().1;
    world.submit(remove(2));
    let world = world.restart();
    assert_eq!(world.roles(1), RoleSet::of(CONTENT));
    assert_eq!(world.member(2).member.state, MemberState::Removed);
    let after = world.request().1;
    assert_eq!(after[0], before[0], "the same bytes under the same number");
    assert_eq!(after[1].n, 2);
}

#[test]
fn a_stop_between_outbox_and_mirror_is_repaired_at_the_next_opening() {
    // Kept in the outbox, the mirror's commit never happened.
    let world = World::northwind();
    world.submit(set_roles(1, CHAT, CONTENT));
    world.cache.with_mirror(|db| crate::overlay::restore(db).expect("restores"));
    assert_eq!(world.roles(1), RoleSet::of(CHAT), "as if it had stopped there");
    let world = world.restart();
    assert_eq!(world.roles(1), RoleSet::of(CONTENT));

    // Settled in the outbox, the mirror's commit never happened.
    world.request();
    let mut row = member(ws(1), 1, "Alejandro Ruiz");
    row.roles = RoleSet::of(CONTENT);
    let rows = vec![stamped(11, Row::Membership(row))];
    let full = answer(1, 11, vec![applied_at(1, 11), Say::Rows { rows }]);
    world.cache.settle_only(&full);
    let world = world.restart();
    assert_eq!(world.roles(1), RoleSet::of(CONTENT), "accepted, though not read yet");
    assert_eq!(world.request().0.cursors[0].seq, 10, "so its row comes again");
    world.apply(full);
    assert_eq!(world.roles(1), RoleSet::of(CONTENT));
    assert_eq!(world.cache.settled(10).expect("reads").len(), 1, "settled once");
}

#[test]
fn what_an_earlier_history_accepted_is_no_part_of_another_however_great_their_names() {
    let (first, second) = (u64::MAX - 2, u64::MAX - 1);
    let world = World::empty();
    world.apply(answer(first, 10, northwind_frames()));
    world.submit(set_roles(1, CHAT, CONTENT));
    world.request();
    world.apply(answer(first, 40, vec![applied_at(1, 40)]));
    world.apply(answer(second, 10, vec![]));
    world.apply(answer(second, 10, northwind_frames()));
    assert_eq!(world.roles(1), RoleSet::of(CHAT), "the server went on from a copy of before");
    let world = world.restart();
    assert_eq!(world.roles(1), RoleSet::of(CHAT), "and a restart changes nothing");
}

#[test]
fn what_builds_on_a_refused_creation_is_skipped() {
    let world = World::northwind();
    let created = WorkspaceId::from_bytes([44; 16]);
    let create = world.submit(Command::CreateWorkspace {
        workspace: created,
        account: account_id(),
        title: "Fabrikam".to_owned(),
        plan: Some(Plan::Basic),
        membership: Some(MembershipId::from_bytes([45; 16])),
        labels: Default::default(),
    });
    let rename = Command::RenameWorkspace {
        workspace: created,
        was: "Fabrikam".to_owned(),
        title: "Fabrikam Retail".to_owned(),
    };
    let (_, first) = world.request();
    assert_eq!(first.len(), 1);
    let n = world.submit(rename);
    assert_eq!(world.cache.entry(n).expect("reads").expect("is there").deps, [create]);
    world.apply(answer(1, 10, vec![refused(1)]));
    let entry = world.cache.entry(n).expect("reads").expect("is there");
    assert_eq!(entry.state, EntryState::Refused);
    assert_eq!(entry.outcome.expect("has one").status, OutcomeStatus::Skipped);
    assert!(world.cache.workspace(created).expect("reads").is_none(), "never was");
}

#[test]
fn deps_go_over_the_wire_as_numbers_of_the_lane() {
    let world = World::northwind();
    let undone = world.submit(remove(3));
    assert_eq!(world.cache.undo(undone, NOW).expect("writes"), Undone::Done);
    let invitation = InvitationId::from_bytes([50; 16]);
    world.submit(Command::CreateInvitation {
        workspace: ws(1),
        invitation,
        address: muster_domain::Address::parse("new@client.example").expect("an address"),
        person: None,
        roles: RoleSet::of(CHAT),
        message: None,
    });
    let roles = RoleSet::of(CONTENT);
    world.submit(Command::SetInvitationRoles { workspace: ws(1), invitation, roles });
    let (_, pushes) = world.request();
    assert_eq!(pushes[1].deps, [pushes[0].n]);
    assert_eq!(pushes[1].deps, [1]);
}

#[test]
fn many_commands_are_decided_over_each_other_and_kept_together() {
    let world = World::northwind();
    let commands: Vec<_> = [
        set_roles(1, CHAT, CONTENT),
        set_roles(1, CONTENT, AGENTS),
        set_roles(1, CHAT, CONTENT),
        remove(2),
    ]
    .into_iter()
    .map(|command| (command, Label::default()))
    .collect();
    let submissions = world.cache.submit_all(&commands, NOW).expect("decides");
    let kept: Vec<_> = submissions.iter().map(|it| it.n.is_some()).collect();
    assert_eq!(kept, [true, true, false, true]);
    assert!(matches!(submissions[2].decision, Decision::Refuse(_)));
    assert_eq!(world.roles(1), RoleSet::of(AGENTS));
}

#[test]
fn a_lane_of_another_device_gets_new_numbers_and_sends_again() {
    let world = World::northwind();
    world.submit(remove(1));
    world.submit(remove(2));
    world.request();
    let done = world.apply(answer(1, 10, vec![Say::Fork { expected: 8 }]));
    assert!(done.more, "asks again at once");
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [8, 9]);
}

#[test]
fn a_duplicate_answer_changes_nothing() {
    let world = World::northwind();
    world.submit(remove(1));
    world.request();
    let full = answer(1, 10, vec![refused(1)]);
    assert_eq!(world.apply(full.clone()).settled.len(), 1);
    assert!(world.apply(full).settled.is_empty());
    assert_eq!(world.cache.refused().expect("reads").len(), 1);
}

#[test]
fn s5_what_a_fork_sends_back_keeps_its_order_and_cannot_be_taken_back() {
    let world = World::northwind();
    let (first, second) = (world.submit(remove(1)), world.submit(remove(2)));
    let ids = |pushes: &[muster_protocol::Push]| -> Vec<_> {
        pushes.iter().map(|push| push.id).collect()
    };
    let before = world.request().1;
    let third = world.submit(remove(3));
    world.apply(answer(1, 10, vec![Say::Fork { expected: 2 }]));
    // Another number may have reached the server from this disk before it was put back.
    assert_eq!(world.cache.undo(first, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.cache.undo(second, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.cache.undo(third, NOW).expect("writes"), Undone::Done);
    world.submit(remove(3));
    let after = world.request().1;
    assert_eq!(ids(&after[..2]), ids(&before), "the same commands in their order");
    assert_eq!(after.iter().map(|push| push.n).collect::<Vec<_>>(), [2, 3, 4]);
    // Nobody was there: what was new waits again, what was sent before does not.
    world.cache.not_sent().expect("writes");
    assert_eq!(world.cache.undo(first, NOW).expect("writes"), Undone::TooLate);
    assert_eq!(world.request().1.iter().map(|push| push.n).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_restored_server_is_asked_again_from_the_first_number() {
    let world = World::northwind();
    let settled = world.submit(set_roles(1, CHAT, CONTENT));
    world.submit(remove(2));
    world.request();
    // It still knows the first one, and has another epoch.
    let done = world.apply(answer(2, 5, vec![applied(1)]));
    assert_eq!(done.settled[0].n, settled);
    assert!(done.more);
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [1], "which a server that knows more answers with a fork");
    world.apply(answer(2, 5, vec![Say::Fork { expected: 2 }]));
    assert_eq!(world.request().1[0].n, 2);
}

#[test]
fn a_line_longer_than_a_request_goes_on_at_once() {
    let world = World::northwind();
    let commands: Vec<_> = (0..600)
        .map(|number| {
            let (was, now) = if number % 2 == 0 { (CHAT, CONTENT) } else { (CONTENT, CHAT) };
            (set_roles(1, was, now), Label::default())
        })
        .collect();
    world.cache.submit_all(&commands, NOW).expect("are kept");
    let (_, first) = world.request();
    assert_eq!(first.len(), 500);
    let outcomes = first.iter().map(|push| applied(push.n)).collect();
    assert!(world.apply(answer(1, 10, outcomes)).more);
    let (_, rest) = world.request();
    assert_eq!((rest.len(), rest[0].n), (100, 501));
    let outcomes = rest.iter().map(|push| applied(push.n)).collect();
    assert!(!world.apply(answer(1, 10, outcomes)).more);
}

#[test]
fn e34_an_admin_whom_only_an_unsent_change_made_is_gone_when_it_is_taken_back() {
    let world = World::northwind();
    let admins = || world.cache.read(|mirror| mirror.active_admins(account_id())).expect("reads");
    let before = admins();
    let appoint = Command::AddAdmin { account: account_id(), person: mid(1) };
    let n = world.submit(appoint);
    assert_ne!(admins(), before);
    assert_eq!(world.cache.undo(n, NOW).expect("is taken back"), Undone::Done);
    assert_eq!(admins(), before);
}
