//! Roles of a workspace's own (R5, V-30, E-10).

use crate::prelude::*;

const LOOK: &[Permission] = &[Permission::WorkspaceView, Permission::MemberView];
const DEFINE: &[Permission] =
    &[Permission::WorkspaceView, Permission::MemberView, Permission::RoleDefine];

#[test]
fn v30_r5_further_roles_are_defined_given_and_changed() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, LOOK), NOW));
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &set(&world.clone(), CLIENT, BO, RoleSet::own(0)), NOW));
    assert_eq!(world.permissions(CLIENT, BO, NOW), can(LOOK));
    let change = redefine(&world, CLIENT, 1, &[Permission::WorkspaceView]);
    assert_accepted(&world.run(ANA, &change, NOW));
    assert_eq!(world.permissions(CLIENT, BO, NOW), can(&[Permission::WorkspaceView]));
    assert_refused(&world.ask(ANA, &redefine_from(LOOK), NOW), RefusalCode::Conflict);
    let same = redefine(&world, CLIENT, 1, &[Permission::WorkspaceView]);
    assert_eq!(world.ask(ANA, &same, NOW), Decision::NoOp);
}

fn redefine_from(was: &[Permission]) -> Command {
    Command::ChangeRole {
        workspace: workspace_id(CLIENT),
        role: role_id(1),
        was: can(was),
        title: "Role 1".into(),
        permissions: can(DEFINE),
    }
}

#[test]
fn r5_e10_nobody_defines_widens_or_deletes_what_they_do_not_have() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, DEFINE), NOW));
    assert_accepted(&world.run(ANA, &define(CLIENT, 2, &[Permission::AgentEdit]), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    assert_accepted(&world.ask(BO, &define(CLIENT, 3, LOOK), NOW));
    for command in [
        define(CLIENT, 3, &[Permission::AgentEdit]),
        redefine(&world, CLIENT, 2, LOOK),
        undefine(CLIENT, 2, RoleSet::NONE),
    ] {
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::RoleTooWide);
    }
}

#[test]
fn r5_nobody_widens_a_role_that_they_hold() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, LOOK), NOW));
    world.join(CLIENT, BO, RoleSet::own(0).union(one(Role::WorkspaceAdmin)));
    let wider = redefine(&world, CLIENT, 1, DEFINE);
    assert_refused(&world.ask(BO, &wider, NOW), RefusalCode::RoleHeld);
    assert_accepted(&world.ask(BO, &redefine(&world.clone(), CLIENT, 1, &[]), NOW));
    assert_accepted(&world.ask(ANA, &wider, NOW));
}

#[test]
fn r5_a_workspace_has_16_roles_of_its_own_and_their_places_are_free_again() {
    let mut world = managed();
    for id in 0..16 {
        assert_accepted(&world.run(ANA, &define(CLIENT, id, LOOK), NOW));
    }
    assert_refused(&world.ask(ANA, &define(CLIENT, 16, LOOK), NOW), RefusalCode::TooManyRoles);
    assert_accepted(&world.run(ANA, &undefine(CLIENT, 7, RoleSet::NONE), NOW));
    assert_accepted(&world.run(ANA, &define(CLIENT, 16, LOOK), NOW));
    assert_eq!(world.roles[&role_id(16)].slot, 7);
    assert_eq!(world.ask(ANA, &undefine(CLIENT, 7, RoleSet::NONE), NOW), Decision::Hide);
}

#[test]
fn r5_where_owners_lead_there_are_the_four_roles_and_no_others() {
    let mut world = owner_led();
    assert_refused(&world.ask(ANA, &define(TEAM, 1, LOOK), NOW), RefusalCode::NoOwnRoles);
    world.join(TEAM, BO, one(Role::Admin));
    assert_refused(&world.ask(BO, &define(TEAM, 1, LOOK), NOW), RefusalCode::Missing);
}

#[test]
fn r5_deleting_a_role_needs_a_replacement_for_each_holder() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, LOOK), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    world.join(CLIENT, CLEO, RoleSet::own(0).union(one(Role::ChatUser)));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(7), RoleSet::own(0)), NOW));
    for others in [RoleSet::NONE, RoleSet::own(0)] {
        let command = undefine(CLIENT, 1, others);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::RoleNeedsReplacement);
    }
    let command = Command::DeleteRole {
        workspace: workspace_id(CLIENT),
        role: role_id(1),
        holders: vec![Replacement {
            membership: member_id(CLIENT, BO),
            roles: one(Role::ContentManager),
        }],
        others: one(Role::BillingAdmin),
    };
    let decision = world.run(ANA, &command, NOW);
    assert_eq!(times(&decision, EventKind::MemberRolesChanged), 2);
    assert_eq!(world.member(CLIENT, BO).roles, one(Role::ContentManager));
    let both = RoleSet::of(&[Role::ChatUser, Role::BillingAdmin]);
    assert_eq!(world.member(CLIENT, CLEO).roles, both);
    assert_eq!(world.invitations[&invitation_id(1)].roles, one(Role::BillingAdmin));
}

#[test]
fn r5_r2_a_replacement_is_no_more_than_whoever_deletes_may_give() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, DEFINE), NOW));
    assert_accepted(&world.run(ANA, &define(CLIENT, 2, LOOK), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    world.join(CLIENT, CLEO, RoleSet::own(1));
    let widen = undefine(CLIENT, 2, one(Role::AgentManager));
    assert_refused(&world.ask(BO, &widen, NOW), RefusalCode::GrantTooWide);
    let promote = undefine(CLIENT, 2, one(Role::WorkspaceAdmin));
    assert_refused(&world.ask(BO, &promote, NOW), RefusalCode::OwnerOnly);
    assert_accepted(&world.ask(BO, &undefine(CLIENT, 2, RoleSet::own(0)), NOW));
}

#[test]
fn r5_e39_end_dates_that_name_a_deleted_role_name_its_replacement() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, LOOK), NOW));
    world.join(CLIENT, BO, one(Role::AgentManager));
    let end = falls_in(3, RoleSet::own(0));
    assert_accepted(&world.run(ANA, &set_end(&world.clone(), CLIENT, BO, end), NOW));
    // What would be left is more than what is held until then.
    for wider in [one(Role::BillingAdmin), one(Role::WorkspaceAdmin)] {
        let command = undefine(CLIENT, 1, wider);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::EndNotLower);
    }
    // What takes nothing away is no end.
    let mut same = world.clone();
    assert_accepted(&same.run(ANA, &undefine(CLIENT, 1, one(Role::AgentManager)), NOW));
    assert_eq!(same.member(CLIENT, BO).until, None);
    assert_accepted(&world.run(ANA, &undefine(CLIENT, 1, one(Role::ChatUser)), NOW));
    assert_eq!(world.member(CLIENT, BO).until, falls_in(3, one(Role::ChatUser)));
    assert_eq!(world.member(CLIENT, BO).roles, one(Role::AgentManager));
}

#[test]
fn r5_e40_a_replacement_makes_no_owner_with_an_end_date() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, LOOK), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    world.member(CLIENT, BO).until = ends_in(3);
    let command = undefine(CLIENT, 1, one(Role::WorkspaceAdmin));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::OwnerTimebox);
}

#[test]
fn r1_slots_and_keys_stand_for_each_other() {
    for slot in 0..OWN_ROLES {
        let set = RoleSet::own(slot);
        assert_eq!(RoleSet::from_key(&format!("own:{slot}")), Some(set));
        assert_eq!(RoleSet::from_bits(set.to_bits()), Some(set));
    }
    assert_eq!(RoleSet::from_key("own:16"), None);
    assert_eq!(RoleSet::own(16), RoleSet::NONE);
    assert_eq!(RoleSet::from_bits(1 << 9), None, "no tenth built-in role");
    assert_eq!(PermissionSet::from_bits(1 << 23), None);
    assert_eq!(PermissionSet::from_bits(PermissionSet::ALL.to_bits()), Some(PermissionSet::ALL));
}
