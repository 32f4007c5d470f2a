//! Two schemes side by side, and a living account that changes its own (C-3..9, E-58, R16).

use crate::prelude::*;

fn equal(workspace: Option<u8>, from: RoleSet) -> RoleMapping {
    RoleMapping { workspace: workspace.map(workspace_id), from, to: RolesTo::Equal }
}

fn to_owner() -> RoleMapping {
    to(one(Role::WorkspaceAdmin), one(Role::Owner))
}

/// An agency with one workspace: Ana Workspace Admin, Bo Agent Manager.
fn agency() -> World {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::Managed);
    world.join(FIRST, BO, one(Role::AgentManager));
    world
}

#[test]
fn c3_c4_c8_c9_c11_the_schemes_are_data() {
    let (managed, owner_led) = (SchemeId::Managed.scheme(), SchemeId::OwnerLed.scheme());
    assert_eq!(managed.account_admin_reach, AdminReach::All);
    assert_eq!(owner_led.account_admin_reach, AdminReach::None);
    assert_eq!(managed.owner_class_role, Role::WorkspaceAdmin, "C-4");
    assert_eq!(owner_led.owner_class_role, Role::Owner, "C-4");
    assert_eq!((managed.owner_floor, owner_led.owner_floor), (0, 1));
    assert_eq!(managed.may_create, MayCreate::AccountAdmin);
    assert_eq!(owner_led.may_create, MayCreate::AnyLogin);
    assert_eq!(managed.default_kind, WorkspaceKind::Standard);
    assert_eq!(owner_led.default_kind, WorkspaceKind::Personal);
    assert!(managed.roles.iter().all(|role| !owner_led.roles.contains(role)), "C-5");
}

#[test]
fn e58_every_set_of_roles_needs_a_counterpart() {
    let mut world = agency();
    let partly = set_scheme(SchemeId::OwnerLed, vec![to_owner()], &[]);
    assert_refused(&world.ask(ANA, &partly, NOW), RefusalCode::MappingMissing);
    let wrong = vec![to_owner(), to(one(Role::AgentManager), one(Role::ChatUser))];
    let wrong = set_scheme(SchemeId::OwnerLed, wrong, &[]);
    assert_refused(&world.ask(ANA, &wrong, NOW), RefusalCode::MappingMissing);
    let same = set_scheme(SchemeId::Managed, Vec::new(), &[]);
    assert_refused(&world.ask(ANA, &same, NOW), RefusalCode::SchemeSame);
    assert_eq!(world.ask(BO, &partly, NOW), Decision::Hide);
}

#[test]
fn e58_r16_who_would_have_more_needs_a_tick() {
    let mut world = agency();
    let mapping = || vec![to_owner(), to(one(Role::AgentManager), one(Role::Write))];
    let silent = set_scheme(SchemeId::OwnerLed, mapping(), &[]);
    let decision = world.ask(ANA, &silent, NOW);
    assert_refused(&decision, RefusalCode::Widens);
    assert_eq!(decision.refusal().expect("a no").params["n"], Param::Number(1));
    let ticked = set_scheme(SchemeId::OwnerLed, mapping(), &[(FIRST, BO)]);
    assert_accepted(&world.run(ANA, &ticked, NOW));
    assert_eq!(world.member(FIRST, BO).roles, one(Role::Write));
    assert_eq!(world.account_mut(1).scheme, SchemeId::OwnerLed);
}

#[test]
fn e58_r16_who_loses_an_end_date_needs_a_tick_too() {
    let mut world = agency();
    assert_accepted(&world.run(ANA, &set_plan(FIRST, Plan::Pro), NOW));
    assert_accepted(&world.run(ANA, &define(FIRST, 1, Permission::ALL), NOW));
    world.member(FIRST, BO).roles = RoleSet::own(0);
    world.member(FIRST, BO).until = ends_in(3);
    let here = Some(workspace_id(FIRST));
    let own = RoleMapping { workspace: here, ..to(RoleSet::own(0), one(Role::Owner)) };
    let mapping = || vec![to_owner(), own.clone()];
    let silent = set_scheme(SchemeId::OwnerLed, mapping(), &[]);
    assert_refused(&world.ask(ANA, &silent, NOW), RefusalCode::Widens);
    let ticked = set_scheme(SchemeId::OwnerLed, mapping(), &[(FIRST, BO)]);
    assert_accepted(&world.run(ANA, &ticked, NOW));
    assert_eq!(world.member(FIRST, BO).until, None, "E-40");
}

#[test]
fn e58_r6_every_workspace_has_an_owner_afterwards() {
    let mut world = agency();
    let mapping = vec![
        to(one(Role::WorkspaceAdmin), one(Role::Admin)),
        to(one(Role::AgentManager), one(Role::Read)),
    ];
    let without = set_scheme(SchemeId::OwnerLed, mapping, &[]);
    assert_refused(&world.ask(ANA, &without, NOW), RefusalCode::NoOwnerLeft);
    // One whose sign-in is out of use does not count.
    world.join(FIRST, CLEO, one(Role::WorkspaceAdmin));
    world.members.remove(&member_id(FIRST, ANA));
    let mapping = || vec![to_owner(), to(one(Role::AgentManager), one(Role::Read))];
    world.logins.get_mut(&login_id(CLEO)).expect("joined").status = LoginStatus::Suspended;
    let idle = set_scheme(SchemeId::OwnerLed, mapping(), &[]);
    assert_refused(&world.ask(ANA, &idle, NOW), RefusalCode::NoOwnerLeft);
    world.logins.get_mut(&login_id(CLEO)).expect("joined").status = LoginStatus::Active;
    assert_accepted(&world.ask(ANA, &idle, NOW));
}

#[test]
fn e58_roles_of_ones_own_take_the_place_of_those_without_a_counterpart() {
    let mut world = converted();
    world.join(FIRST, BO, one(Role::Read));
    world.join(FIRST, CLEO, one(Role::Read));
    assert_accepted(&world.run(ANA, &invite(FIRST, 1, address(DAN), one(Role::Read)), NOW));
    let mapping =
        vec![to(one(Role::Owner), one(Role::WorkspaceAdmin)), equal(None, one(Role::Read))];
    let decision = world.run(ANA, &set_scheme(SchemeId::Managed, mapping, &[]), day(1));
    assert_eq!(times(&decision, EventKind::RoleDefined), 1);
    for login in [BO, CLEO] {
        let read = one(Role::Read).permissions(&OwnRoles::NONE);
        assert_eq!(world.permissions(FIRST, login, day(1)), read);
    }
    assert_accepted(&world.accept_at(DAN, invitation_id(1), member_id(FIRST, DAN), day(2)));
}

#[test]
fn e58_there_and_back_and_there_again_makes_new_roles() {
    let mut world = converted();
    world.join(FIRST, BO, one(Role::Read));
    let there =
        || vec![to(one(Role::Owner), one(Role::WorkspaceAdmin)), equal(None, one(Role::Read))];
    let here = Some(workspace_id(FIRST));
    let own = RoleMapping { workspace: here, ..to(RoleSet::own(0), one(Role::Read)) };
    assert_accepted(&world.run(ANA, &set_scheme(SchemeId::Managed, there(), &[]), day(1)));
    let back = set_scheme(SchemeId::OwnerLed, vec![to_owner(), own], &[]);
    assert_accepted(&world.run(ANA, &back, day(2)));
    assert_accepted(&world.run(ANA, &set_scheme(SchemeId::Managed, there(), &[]), day(3)));
    assert_eq!(world.roles.len(), 2, "the deleted one stays as it was");
    assert_eq!(world.member(FIRST, BO).roles, RoleSet::own(0));
}

#[test]
fn e58_a_slot_means_something_in_its_workspace_alone() {
    let mut world = agency();
    assert_accepted(&world.run(ANA, &set_plan(FIRST, Plan::Pro), NOW));
    assert_accepted(&world.run(ANA, &define(FIRST, 1, &[Permission::AgentView]), NOW));
    world.member(FIRST, BO).roles = RoleSet::own(0);
    let anywhere = vec![to_owner(), to(RoleSet::own(0), one(Role::Read))];
    let command = set_scheme(SchemeId::OwnerLed, anywhere, &[(FIRST, BO)]);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::MappingMissing);
    // Nor does a slot stand on the other side.
    let mut world = converted();
    world.join(FIRST, BO, one(Role::Read));
    world.join(FIRST, CLEO, one(Role::Write));
    let mapping = vec![
        to(one(Role::Owner), one(Role::WorkspaceAdmin)),
        equal(None, one(Role::Read)),
        to(one(Role::Write), RoleSet::own(0)),
    ];
    let command = set_scheme(SchemeId::Managed, mapping, &[]);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::MappingMissing);
}

#[test]
fn e58_groups_end_and_what_they_gave_stands_for_itself() {
    let mut world = agency();
    assert_accepted(&world.run(ANA, &create(21, 1, "Second", Some(ANA)), NOW));
    let pod = group(1, 1, listed(&[21]), one(Role::AgentManager));
    assert_accepted(&world.run(ANA, &pod, NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
    let mapping = vec![to_owner(), to(one(Role::AgentManager), one(Role::Read))];
    let decision = world.run(ANA, &set_scheme(SchemeId::OwnerLed, mapping, &[]), NOW);
    assert_eq!(times(&decision, EventKind::GroupDeleted), 1);
    let member = world.present(21, BO).expect("still there");
    assert_eq!((member.group, member.roles), (None, one(Role::Read)));
}

#[test]
fn e58_e39_an_end_date_stays_an_end() {
    let mut world = agency();
    world.member(FIRST, BO).until = falls_in(3, one(Role::ChatUser));
    let mapping = vec![to_owner(), to(one(Role::AgentManager), one(Role::Read))];
    assert_accepted(&world.run(ANA, &set_scheme(SchemeId::OwnerLed, mapping, &[]), NOW));
    assert_eq!(world.member(FIRST, BO).until, ends_in(3), "never longer than before");
}

#[test]
fn e58_a_workspace_in_the_bin_changes_too() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &delete(CLIENT), NOW));
    let command = set_scheme(SchemeId::OwnerLed, vec![to_owner()], &[]);
    assert_accepted(&world.run(ANA, &command, NOW));
    assert_eq!(world.member(CLIENT, BO).roles, one(Role::Owner));
    assert_eq!(world.ask(ANA, &restore(CLIENT), NOW), Decision::Hide, "no reach any more");
    assert_accepted(&world.run(BO, &restore(CLIENT), NOW));
}

#[test]
fn e58_equal_roles_need_a_scheme_that_has_them_and_room() {
    let mut world = agency();
    let mapping = vec![to_owner(), equal(Some(FIRST), one(Role::AgentManager))];
    let command = set_scheme(SchemeId::OwnerLed, mapping, &[]);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::NoOwnRoles);
}
