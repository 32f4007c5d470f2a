//! Workspace groups (E-37): people who hold the same roles in several workspaces.

use crate::prelude::*;

const SECOND: u8 = 31;
const CHAT: RoleSet = RoleSet::of(&[Role::ChatUser]);
const AGENTS: RoleSet = RoleSet::of(&[Role::AgentManager]);

/// The agency with two client workspaces; Bo and Cleo are members of its first one.
fn agency() -> World {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &create(SECOND, 1, "Second", None), NOW));
    world.join(FIRST, BO, CHAT);
    world.join(FIRST, CLEO, CHAT);
    world
}

/// With a pod over these workspaces in which Bo is.
fn pod(covers: Covers) -> World {
    let mut world = agency();
    assert_accepted(&world.run(ANA, &group(1, 1, covers, AGENTS), NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
    world
}

fn roles_of(world: &World, workspace: u8, login: u8) -> Option<RoleSet> {
    world.present(workspace, login).map(|it| it.roles)
}

#[test]
fn e37_u52_a_person_of_a_group_holds_its_roles_in_each_of_its_workspaces() {
    let world = pod(listed(&[CLIENT, SECOND]));
    for workspace in [CLIENT, SECOND] {
        let member = world.present(workspace, BO).expect("in the pod");
        assert_eq!((member.roles, member.group), (AGENTS, Some(group_id(1))));
        assert!(world.present(workspace, CLEO).is_none());
    }
    assert_eq!(roles_of(&world, FIRST, BO), Some(CHAT), "what they are by themself stays");
}

#[test]
fn e37_a_group_changes_everywhere_and_its_end_is_an_end_everywhere() {
    let mut world = pod(listed(&[CLIENT, SECOND]));
    assert_accepted(&world.run(ANA, &regroup(1, 1, listed(&[SECOND]), CHAT), day(1)));
    assert_eq!(roles_of(&world, CLIENT, BO), None);
    assert_eq!(roles_of(&world, SECOND, BO), Some(CHAT));
    assert_eq!(world.ask(ANA, &regroup(1, 1, listed(&[SECOND]), CHAT), day(1)), Decision::NoOp);
    assert_accepted(&world.run(ANA, &ungroup(1, 1), day(2)));
    assert_eq!(roles_of(&world, SECOND, BO), None);
    assert_eq!(world.ask(ANA, &ungroup(1, 1), day(3)), Decision::Hide);
    assert_eq!(roles_of(&world, FIRST, BO), Some(CHAT));
}

#[test]
fn e37_out_of_the_group_and_in_again_in_the_same_moment_is_another_membership() {
    let mut world = pod(listed(&[CLIENT]));
    for _ in 0..3 {
        assert_accepted(&world.run(ANA, &out_of_group(1, 1, BO), NOW));
        assert_eq!(roles_of(&world, CLIENT, BO), None);
        assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
        assert_eq!(roles_of(&world, CLIENT, BO), Some(AGENTS));
    }
    let all = world.members.values().filter(|it| it.group.is_some());
    assert_eq!(all.count(), 4, "the past ones stay as they were");
    assert_eq!(world.ask(ANA, &into_group(1, 1, FIRST, BO), NOW), Decision::NoOp);
}

#[test]
fn e37_somebody_in_two_groups_keeps_what_the_other_one_gives() {
    let mut world = pod(listed(&[CLIENT]));
    assert_accepted(&world.run(ANA, &group(1, 2, all_but(&[]), CHAT), NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 2, FIRST, BO), NOW));
    assert_eq!(roles_of(&world, CLIENT, BO), Some(AGENTS), "the first one holds");
    let decision = world.run(ANA, &out_of_group(1, 1, BO), day(1));
    assert_eq!(times(&decision, EventKind::MemberGrouped), 1);
    let member = world.present(CLIENT, BO).expect("still in the other pod");
    assert_eq!((member.roles, member.group), (CHAT, Some(group_id(2))));
    assert_accepted(&world.run(ANA, &ungroup(1, 2), day(2)));
    assert_eq!(roles_of(&world, CLIENT, BO), None);
}

#[test]
fn e37_a_group_over_all_covers_new_workspaces_within_their_seats() {
    let mut world = pod(all_but(&[SECOND]));
    assert_accepted(&world.run(ANA, &create(32, 1, "Third", None), day(1)));
    assert_eq!(roles_of(&world, 32, BO), Some(AGENTS));
    assert_eq!(roles_of(&world, SECOND, BO), None);
    for n in 100..200 {
        world.join(FIRST, n, CHAT);
        assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, n), day(1)));
    }
    let small = create_on(33, 1, "Fourth", Some(ANA), Some(Plan::Basic));
    assert_refused(&world.ask(ANA, &small, day(2)), RefusalCode::NoSeat);
    assert_accepted(&world.ask(ANA, &create(33, 1, "Fourth", Some(ANA)), day(2)));
}

#[test]
fn e37_e28_a_group_takes_seats_and_an_invitation_is_used_up() {
    let mut world = agency();
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW));
    for n in 100..199 {
        world.join(CLIENT, n, CHAT);
    }
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(BO), CHAT), NOW));
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[CLIENT]), AGENTS), NOW));
    assert_refused(&world.ask(ANA, &into_group(1, 1, FIRST, CLEO), NOW), RefusalCode::NoSeat);
    let decision = world.run(ANA, &into_group(1, 1, FIRST, BO), NOW);
    assert_eq!(times(&decision, EventKind::InvitationRevoked), 1);
    assert_eq!(roles_of(&world, CLIENT, BO), Some(AGENTS));
}

#[test]
fn e37_what_comes_from_a_group_is_changed_there_alone() {
    let mut world = pod(listed(&[CLIENT]));
    let member = world.present(CLIENT, BO).expect("in the pod").clone();
    let (workspace, membership) = (member.workspace, member.id);
    let change =
        Command::SetMemberRoles { workspace, membership, was: AGENTS, roles: CHAT, reason: None };
    let end = Command::SetMemberEnd { workspace, membership, was: None, end: ends_in(3) };
    let gone = Command::RemoveMember { workspace, membership, reason: None };
    for command in [change, end, gone] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::FromGroup);
    }
    assert_refused(&world.ask(BO, &leave(CLIENT), NOW), RefusalCode::FromGroup);
    let suspended = Command::SuspendMember { workspace, membership, reason: None };
    assert_accepted(&world.run(ANA, &suspended, NOW));
}

#[test]
fn e37_who_was_a_member_by_themself_stays_one_and_does_not_come_back_unasked() {
    let mut world = agency();
    world.join(CLIENT, BO, CHAT);
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[CLIENT]), AGENTS), NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
    assert_eq!(roles_of(&world, CLIENT, BO), Some(CHAT));
    assert_accepted(&world.run(ANA, &remove(CLIENT, BO), day(1)));
    let renamed = Command::ChangeGroup {
        account: account_id(1),
        group: group_id(1),
        title: "Another name".into(),
        covers: listed(&[CLIENT]),
        roles: AGENTS,
    };
    assert_accepted(&world.run(ANA, &renamed, day(2)));
    assert_eq!(roles_of(&world, CLIENT, BO), None);
}

#[test]
fn e17_e37_a_workspace_out_of_the_bin_has_what_its_groups_became_meanwhile() {
    let mut world = pod(listed(&[CLIENT]));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, CLEO), NOW));
    assert_accepted(&world.run(ANA, &delete(CLIENT), day(1)));
    assert_accepted(&world.run(ANA, &out_of_group(1, 1, BO), day(2)));
    world.join(FIRST, DAN, CHAT);
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, DAN), day(2)));
    assert_accepted(&world.run(ANA, &regroup(1, 1, listed(&[CLIENT]), CHAT), day(2)));
    assert_accepted(&world.run(ANA, &restore(CLIENT), day(3)));
    assert_eq!(roles_of(&world, CLIENT, BO), None, "left the pod");
    assert_eq!(roles_of(&world, CLIENT, CLEO), Some(CHAT), "the pod's new role");
    assert_eq!(roles_of(&world, CLIENT, DAN), Some(CHAT), "joined the pod");
}

#[test]
fn e17_e37_nobody_stays_by_a_group_that_is_gone() {
    let mut world = pod(listed(&[CLIENT]));
    assert_accepted(&world.run(ANA, &delete(CLIENT), day(1)));
    assert_accepted(&world.run(ANA, &ungroup(1, 1), day(2)));
    assert_accepted(&world.run(ANA, &restore(CLIENT), day(3)));
    assert_eq!(roles_of(&world, CLIENT, BO), None);
}

#[test]
fn e3_e17_e37_a_group_of_workspace_admins_lets_go_like_any_other() {
    let mut world = agency();
    let admins = group(1, 1, listed(&[CLIENT]), one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &admins, NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
    assert_accepted(&world.run(ANA, &delete(CLIENT), NOW));
    assert_accepted(&world.run(ANA, &out_of_group(1, 1, BO), NOW));
    assert_accepted(&world.run(ANA, &restore(CLIENT), NOW));
    assert_eq!(roles_of(&world, CLIENT, BO), None);
}

#[test]
fn e37_a_group_is_of_its_account_has_built_in_roles_and_needs_reach() {
    let mut world = agency();
    world.found(2, 40, DAN, SchemeId::Managed);
    let foreign = group(1, 1, listed(&[40]), CHAT);
    assert_eq!(world.ask(ANA, &foreign, NOW), Decision::Hide);
    assert_eq!(world.ask(DAN, &group(1, 1, listed(&[CLIENT]), CHAT), NOW), Decision::Hide);
    for roles in [RoleSet::NONE, RoleSet::own(0), one(Role::Owner)] {
        let command = group(1, 1, listed(&[CLIENT]), roles);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadGroup);
    }
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[]), CHAT), NOW));
    let stranger = into_group(1, 1, 40, DAN);
    assert_refused(&world.ask(ANA, &stranger, NOW), RefusalCode::NotInAccount);
    assert_eq!(world.ask(DAN, &into_group(2, 1, 40, DAN), NOW), Decision::Hide);
    let mut world = owner_led();
    let command = group(1, 1, listed(&[TEAM]), one(Role::Read));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadGroup);
}

#[test]
fn e37_workspaces_that_are_gone_fall_out_of_a_group_that_named_them() {
    let mut world = pod(listed(&[CLIENT, SECOND]));
    assert_accepted(&world.run(ANA, &delete(SECOND), NOW));
    assert_accepted(&world.due(Due::BinOver { workspace: workspace_id(SECOND) }, day(30)));
    assert_accepted(&world.run(ANA, &regroup(1, 1, listed(&[CLIENT, SECOND]), CHAT), day(31)));
    assert_eq!(world.groups[&group_id(1)].covers, listed(&[CLIENT]));
}
