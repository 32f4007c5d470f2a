//! Members' labels, notes, end dates and roles of a workspace's own; former members; inviters.

use muster_domain::{
    Command, Decision, End, Ended, Facts, Known, MemberState, Membership, Part, PermissionSet,
    RefusalCode, Role, RoleSet, Row, Timestamp,
};
use muster_protocol::{Accounts, Say};

use super::world::*;
use crate::{Mark, MemberSort, MemberStatus, MemberWindowQuery, WorkspaceQuery};

/// Northwind, with labels, an end date, a role of its own and a former member.
fn team() -> World {
    let world = World::northwind();
    let people = [
        Membership {
            labels: labels(&["North", "Support"]),
            note: "on leave".to_owned(),
            given_by: Some("Ana Larch".to_owned()),
            given_at: Some(Timestamp(7)),
            ..member(ws(1), 1, "Alejandro Ruiz")
        },
        Membership {
            labels: labels(&["North"]),
            roles: RoleSet::of(&[Role::AgentManager]).union(RoleSet::own(0)),
            until: Some(End {
                at: NOW.plus_days(2),
                roles: Some(RoleSet::of(&[Role::AgentManager])),
            }),
            ..member(ws(1), 2, "Bea Åström")
        },
        Membership {
            roles: RoleSet::own(0).union(RoleSet::own(15)),
            until: Some(End { at: NOW.plus_days(1), roles: None }),
            ..member(ws(1), 3, "Chidi Anagonye")
        },
        Membership {
            roles: RoleSet::of(&[Role::ContentManager]),
            state: MemberState::Removed,
            ended: Some(Ended { at: Timestamp(50), by: "Ana Larch".to_owned() }),
            ..member(ws(1), 4, "Dora Gone")
        },
        Membership {
            id: mid(5),
            roles: RoleSet::of(&[Role::ChatUser]),
            state: MemberState::Expired,
            ended: Some(Ended { at: Timestamp(90), by: String::new() }),
            ..member(ws(1), 4, "Dora Gone")
        },
    ];
    let mut rows: Vec<_> = people.into_iter().map(|it| stamped(11, Row::Membership(it))).collect();
    for (slot, name) in [(15, "Auditor"), (0, "Greeter")] {
        rows.push(stamped(11, Row::Role(own_role(ws(1), slot, name))));
    }
    world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    world.cache.prefer(ws(1)).expect("writes");
    world
}

fn names(world: &World, query: &MemberWindowQuery) -> Vec<String> {
    let window = world.cache.members(query).expect("reads");
    assert_eq!(window.matched as usize, window.rows.len(), "all on one page");
    window.rows.into_iter().map(|row| row.member.name).collect()
}

fn query() -> MemberWindowQuery {
    MemberWindowQuery::of(ws(1), 20)
}

#[test]
fn v21_every_field_of_a_member_comes_back() {
    let world = team();
    let found = world.member(1).member;
    assert_eq!(found.labels, labels(&["North", "Support"]));
    assert_eq!(found.note, "on leave");
    assert_eq!(
        (found.given_by.as_deref(), found.given_at),
        (Some("Ana Larch"), Some(Timestamp(7)))
    );
    let end = End { at: NOW.plus_days(2), roles: Some(RoleSet::of(&[Role::AgentManager])) };
    assert_eq!(world.member(2).member.until, Some(end));
    assert_eq!(world.roles(3), RoleSet::own(0).union(RoleSet::own(15)));
}

#[test]
fn members_are_filtered_by_label_role_and_end() {
    let world = team();
    let by_label = |label: &str| {
        names(&world, &MemberWindowQuery { label: Some(label.to_owned()), ..query() })
    };
    assert_eq!(by_label("North"), ["Alejandro Ruiz", "Bea Åström"]);
    assert_eq!(by_label("Support"), ["Alejandro Ruiz"]);
    assert!(by_label("Nor").is_empty(), "a label is a whole word");
    let by_role = |roles| names(&world, &MemberWindowQuery { roles, ..query() });
    assert_eq!(by_role(RoleSet::own(0)), ["Bea Åström", "Chidi Anagonye"]);
    assert_eq!(by_role(RoleSet::own(15)), ["Chidi Anagonye"]);
    let ends = MemberWindowQuery { ends: true, sort: MemberSort::Ends, ..query() };
    assert_eq!(names(&world, &ends), ["Chidi Anagonye", "Bea Åström"]);
    let by_end = MemberWindowQuery { sort: MemberSort::Ends, ..query() };
    assert_eq!(names(&world, &by_end), ["Chidi Anagonye", "Bea Åström", "Alejandro Ruiz"]);
}

#[test]
fn labels_in_use_are_told_with_their_numbers() {
    let world = team();
    let expected = [("North".to_owned(), 2), ("Support".to_owned(), 1)];
    assert_eq!(world.cache.labels_in_use(ws(1)).expect("reads"), expected);
    assert!(world.cache.labels_in_use(ws(2)).expect("reads").is_empty());
}

#[test]
fn r5_roles_of_a_workspaces_own_come_by_slot_with_their_holders() {
    let world = team();
    let names: Vec<_> =
        world.cache.own_roles(ws(1)).expect("reads").into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Greeter", "Auditor"]);
    let holders = world.cache.role_holders(ws(1)).expect("reads");
    let count = |roles| holders.count(roles);
    assert_eq!(count(RoleSet::own(0)), 2);
    assert_eq!(count(RoleSet::own(15)), 1);
    assert_eq!(count(RoleSet::of(&[Role::ChatUser])), 1, "former members hold nothing");
    assert_eq!(count(RoleSet::of(&[Role::Owner])), 0);
    assert_eq!(count(RoleSet::own(0).union(RoleSet::of(&[Role::ChatUser]))), 3);
    world.submit(Command::SetMemberRoles {
        workspace: ws(1),
        membership: mid(1),
        was: RoleSet::of(&[Role::ChatUser]),
        roles: RoleSet::own(0),
        reason: None,
    });
    assert_eq!(world.cache.role_holders(ws(1)).expect("reads").count(RoleSet::own(0)), 3);
    let mut gone = own_role(ws(1), 0, "Greeter");
    gone.deleted = true;
    world.apply(answer(1, 12, vec![Say::Rows { rows: vec![stamped(12, Row::Role(gone))] }]));
    assert_eq!(world.cache.own_roles(ws(1)).expect("reads").len(), 1);
}

#[test]
fn labels_notes_and_ends_are_queued_shown_and_settled() {
    let world = team();
    let (workspace, membership) = (ws(1), mid(1));
    world.submit(Command::SetMemberLabels {
        workspace,
        membership,
        was: labels(&["North", "Support"]),
        labels: labels(&["South"]),
    });
    world.submit(Command::SetMemberNote {
        workspace,
        membership,
        was: "on leave".to_owned(),
        note: "back".to_owned(),
    });
    let end = Some(End { at: NOW.plus_days(9), roles: None });
    world.submit(Command::SetMemberEnd { workspace, membership, was: None, end });
    let entry = world.member(1);
    assert_eq!((entry.member.note.as_str(), entry.member.until), ("back", end));
    assert_eq!(entry.mark, Mark::NotSent);
    let confirmed = entry.confirmed.expect("is touched");
    assert_eq!((confirmed.note.as_str(), confirmed.until), ("on leave", None));
    let south = MemberWindowQuery { label: Some("South".to_owned()), ends: true, ..query() };
    assert_eq!(names(&world, &south), ["Alejandro Ruiz"]);
    world.request();
    let after = Membership { labels: labels(&["South"]), ..world.member(1).member };
    let rows = vec![stamped(12, Row::Membership(after.clone()))];
    world.apply(answer(
        1,
        12,
        vec![applied_at(1, 12), applied_at(2, 12), applied_at(3, 12), Say::Rows { rows }],
    ));
    let entry = world.member(1);
    assert_eq!((entry.member, entry.confirmed, entry.mark), (after, None, Mark::None));
}

#[test]
fn e39_a_list_shows_the_day_and_the_rules_already_go_by_it() {
    let world = team();
    let later = NOW.plus_days(3);
    // Nothing new came from the server since, so the list says what it last said.
    assert_eq!(names(&world, &query()).len(), 3);
    let chidi = world.member(3).member;
    assert_eq!(chidi.state, MemberState::Active);
    assert_eq!(chidi.clone().at(later).state, MemberState::Expired, "for whoever shows it");
    assert_eq!(world.member(2).member.at(later).roles, RoleSet::of(&[Role::AgentManager]));
    let decision = world.cache.predict(&suspend(3), later).expect("decides");
    let refusal = decision.refusal().expect("is refused");
    assert_eq!(refusal.code, RefusalCode::TargetGone, "to the rules the member is gone");
    assert!(matches!(world.cache.predict(&suspend(3), NOW), Ok(Decision::Accept(_))));
    // The server's row brings the end into the list.
    let row = Row::Membership(chidi.at(later));
    world.apply(answer(1, 12, vec![Say::Rows { rows: vec![stamped(12, row)] }]));
    assert_eq!(names(&world, &query()).len(), 2);
    let former = MemberWindowQuery { status: MemberStatus::Former, ..query() };
    assert_eq!(names(&world, &former), ["Chidi Anagonye", "Dora Gone", "Dora Gone"]);
}

#[test]
fn e29_a_former_members_last_roles_are_suggested() {
    let world = team();
    let address = member(ws(1), 4, "x").address;
    let found = world.cache.former_roles(ws(1), &address).expect("reads").expect("was here");
    assert_eq!(found.roles, RoleSet::of(&[Role::ChatUser]), "the last of two memberships");
    assert_eq!(found.ended.expect("has ended").at, Timestamp(90));
    let present = member(ws(1), 1, "x").address;
    assert_eq!(world.cache.former_roles(ws(1), &present).expect("reads"), None);
    assert_eq!(world.cache.former_roles(ws(2), &address).expect("reads"), None);
}

#[test]
fn lists_by_state_alone_are_counted_without_counting() {
    let world = team();
    world.submit(suspend(1));
    world.submit(remove(3));
    for (status, expected) in [
        (MemberStatus::Present, 3),
        (MemberStatus::Active, 2),
        (MemberStatus::Suspended, 1),
        (MemberStatus::Former, 2),
    ] {
        let query = MemberWindowQuery { status, ..query() };
        assert_eq!(names(&world, &query).len(), expected, "{status:?}");
    }
}

#[test]
fn lists_by_label_role_and_end_are_covered_by_an_index() {
    let world = team();
    let plan: Vec<String> = world.cache.with_mirror(|db| {
        let sql = "EXPLAIN QUERY PLAN SELECT id FROM members WHERE workspace = x'01'
                   AND former = 0 AND until IS NOT NULL AND instr(labels, 'x') > 0
                   AND roles & 65536 != 0 ORDER BY folded, id LIMIT 128";
        let mut statement = db.prepare(sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get("detail")).expect("explains");
        rows.collect::<Result<_, _>>().expect("reads")
    });
    let plan = plan.join("; ");
    assert!(plan.contains("COVERING INDEX members_by_name"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

/// Invites as somebody with these roles; whether the invitation could still be accepted.
fn holds(inviter: Membership, wanted: RoleSet, parts: &[Part], accounts: Accounts) -> Known<bool> {
    let world = World::empty();
    let mut invited = invitation(ws(1), 9, "new@client.example");
    invited.inviter = inviter.login;
    invited.roles = wanted;
    let id = invited.id;
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(1), "Northwind"))),
        stamped(10, Row::Membership(inviter)),
        stamped(10, Row::Role(own_role(ws(1), 0, "Greeter"))),
        stamped(10, Row::Invitation(invited)),
    ];
    world.apply(narrow(parts, rows, accounts));
    world.cache.inviter_holds(id, NOW).expect("reads")
}

#[test]
fn e27_an_invitation_waits_when_its_inviter_lost_the_right() {
    let both = [Part::Members, Part::Invitations];
    let manager = |state| Membership {
        roles: RoleSet::of(&[Role::WorkspaceAdmin]),
        state,
        ..member(ws(1), 1, "Alejandro Ruiz")
    };
    let chat = RoleSet::of(&[Role::ChatUser]);
    let check = |inviter, expected| {
        assert_eq!(holds(inviter, chat, &both, held()), Known::Known(expected));
    };
    check(manager(MemberState::Active), true);
    check(manager(MemberState::Suspended), false);
    check(manager(MemberState::Removed), false);
    let ended = End { at: Timestamp(NOW.0 - 1), roles: None };
    check(Membership { until: Some(ended), ..manager(MemberState::Active) }, false);
    let weak = member(ws(1), 1, "Alejandro Ruiz");
    assert_eq!(
        holds(weak.clone(), RoleSet::of(&[Role::AgentManager]), &both, held()),
        Known::Known(false)
    );
    assert_eq!(holds(weak.clone(), RoleSet::own(0), &both, held()), Known::Known(true));
    // An Account Admin needs no membership.
    let by_reach =
        Membership { login: me().id, state: MemberState::Left, ..manager(MemberState::Active) };
    assert_eq!(holds(by_reach, chat, &both, held()), Known::Known(true));
    // Without the list of members, or of admins, nobody can say so.
    let unlisted = Accounts { accounts: vec![account()], ..Accounts::default() };
    assert_eq!(
        holds(manager(MemberState::Removed), chat, &both, unlisted),
        Known::Unknown,
        "an Account Admin may be behind it"
    );
    assert_eq!(
        holds(manager(MemberState::Removed), chat, &[Part::Invitations], held()),
        Known::Unknown
    );
}

#[test]
fn r5_what_a_role_of_ones_own_gives_counts_at_once() {
    let world = World::empty();
    let mut role = own_role(ws(1), 0, "Keeper");
    role.permissions = PermissionSet::ALL;
    let mine = Membership { login: me().id, roles: RoleSet::own(0), ..member(ws(1), 1, "Ana") };
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(1), "Northwind"))),
        stamped(10, Row::Role(role)),
        stamped(10, Row::Membership(mine)),
    ];
    let only = Accounts { accounts: vec![account()], ..Accounts::default() };
    world.apply(narrow(&[], rows, only));
    let held = world
        .cache
        .read(|mirror| Ok(Facts::of_workspace(mirror, &me(), ws(1), NOW)?.permissions()))
        .expect("reads");
    assert_eq!(held, PermissionSet::ALL);
    let found = world.cache.workspaces(&WorkspaceQuery { limit: 5, ..Default::default() });
    let row = &found.expect("reads").rows[0];
    assert_eq!(row.my_membership.as_ref().map(|it| it.roles), Some(RoleSet::own(0)));
}

#[test]
fn v49_the_roster_by_last_change_is_covered_by_indexes() {
    let world = team();
    let plan: Vec<String> = world.cache.with_mirror(|db| {
        let last = crate::uses::LAST_ACT;
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT id FROM members WHERE workspace = x'01' AND former = 0
             AND coalesce({last}, 0) < 9 AND +joined < 9
             ORDER BY coalesce({last}, 0) DESC, folded, id LIMIT 128"
        );
        let mut statement = db.prepare(&sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get("detail")).expect("explains");
        rows.collect::<Result<_, _>>().expect("reads")
    });
    let plan = plan.join("; ");
    assert!(plan.contains("members USING COVERING INDEX members_by_name"), "{plan}");
    assert!(plan.contains("SEARCH acted USING PRIMARY KEY"), "{plan}");
}
