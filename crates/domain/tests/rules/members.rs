use crate::prelude::*;

#[test]
fn r2_nobody_gives_more_than_they_have() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    world.join(CLIENT, CLEO, one(Role::ChatUser));
    assert_accepted(&world.ask(
        BO,
        &set(&world.clone(), CLIENT, CLEO, one(Role::BillingAdmin)),
        NOW,
    ));
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    let command = invite(TEAM, 1, address(7), one(Role::Owner));
    assert_refused(&world.ask(BO, &command, NOW), RefusalCode::OwnerOnly);
}

#[test]
fn r3_e8_an_admin_does_not_touch_an_owner() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Owner));
    let demote = set(&world, TEAM, CLEO, one(Role::Read));
    assert_refused(&world.ask(BO, &demote, NOW), RefusalCode::OwnerOnly);
    assert_refused(&world.ask(BO, &remove(TEAM, CLEO), NOW), RefusalCode::OwnerOnly);
    assert_refused(&world.ask(BO, &suspend(TEAM, CLEO), NOW), RefusalCode::OwnerOnly);
}

#[test]
fn r3_e9_an_admin_manages_an_equal() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.ask(BO, &set(&world.clone(), TEAM, CLEO, one(Role::Read)), NOW));
}

#[test]
fn c5_c7_roles_of_another_scheme_or_number_are_refused() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    for roles in [one(Role::ChatUser), RoleSet::NONE, RoleSet::of(&[Role::Read, Role::Write])] {
        let command = set(&world, TEAM, BO, roles);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::RolesNotInScheme);
    }
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    let both = RoleSet::of(&[Role::AgentManager, Role::ContentManager]);
    assert_accepted(&world.ask(ANA, &set(&world.clone(), CLIENT, BO, both), NOW));
}

#[test]
fn e42_a_role_that_changed_meanwhile_is_a_conflict_and_the_same_result_is_none() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let stale = set(&world, TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Admin)), NOW));
    assert_refused(&world.ask(ANA, &stale, NOW), RefusalCode::Conflict);
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Write)), NOW));
    assert_eq!(world.ask(ANA, &stale, NOW), Decision::NoOp);
}

#[test]
fn e42_a_change_of_somebody_who_is_gone_is_refused_and_a_removal_is_done() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let change = set(&world, TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(ANA, &remove(TEAM, BO), NOW));
    assert_refused(&world.ask(ANA, &change, NOW), RefusalCode::TargetGone);
    assert_eq!(world.ask(ANA, &remove(TEAM, BO), NOW), Decision::NoOp);
}
