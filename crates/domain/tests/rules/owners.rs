use crate::prelude::*;

#[test]
fn r4_only_owners_make_owners() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Read));
    let promote = set(&world, TEAM, CLEO, one(Role::Owner));
    assert_refused(&world.ask(BO, &promote, NOW), RefusalCode::OwnerOnly);
    assert_accepted(&world.ask(ANA, &promote, NOW));
}

#[test]
fn r6_e1_the_last_owner_stays_through_every_door() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    let demote = set(&world, TEAM, ANA, one(Role::Admin));
    assert_refused(&world.ask(ANA, &demote, NOW), RefusalCode::LastOwnerStepDown);
    assert_refused(&world.ask(ANA, &remove(TEAM, ANA), NOW), RefusalCode::LastOwnerLeave);
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    assert_refused(&world.ask(ANA, &suspend(TEAM, ANA), NOW), RefusalCode::LastOwnerSuspend);
}

#[test]
fn r6_e4_owners_who_do_not_count_do_not_count() {
    let mut world = owner_led();
    let second = world.join(TEAM, BO, one(Role::Owner));
    world.members.get_mut(&second).expect("just joined").state = MemberState::Suspended;
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    world.members.get_mut(&second).expect("just joined").state = MemberState::Active;
    world.members.get_mut(&second).expect("just joined").until = ends_in(3);
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    world.members.get_mut(&second).expect("just joined").until = None;
    world.logins.get_mut(&login_id(BO)).expect("just made").status = LoginStatus::Suspended;
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
}

#[test]
fn r6_e5_e6_of_two_owners_one_may_go_but_not_both() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    let ana_demotes_bo = set(&world, TEAM, BO, one(Role::Read));
    let bo_demotes_ana = set(&world, TEAM, ANA, one(Role::Read));
    assert_accepted(&world.run(ANA, &ana_demotes_bo, NOW));
    assert_refused(&world.run(BO, &bo_demotes_ana, NOW), RefusalCode::Missing);
    assert_eq!(world.owners(workspace_id(TEAM), Role::Owner), 1);
}

#[test]
fn e7_u68_step_down_is_allowed_while_another_owner_stays() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, ANA, one(Role::Admin)), NOW));
}

#[test]
fn e3_in_managed_the_last_workspace_admin_may_go() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &remove(CLIENT, BO), NOW));
}

#[test]
fn r7_the_last_workspace_of_an_account_stays() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &delete(CLIENT), NOW));
    assert_refused(&world.run(ANA, &delete(10), NOW), RefusalCode::LastWorkspace);
}

#[test]
fn r8_a_personal_workspace_is_neither_deleted_nor_left_nor_shared_in_ownership() {
    let mut world = owner_led();
    world.join(10, BO, one(Role::Admin));
    assert_refused(&world.ask(ANA, &delete(10), NOW), RefusalCode::PersonalDelete);
    assert_refused(&world.ask(ANA, &leave(10), NOW), RefusalCode::PersonalLeave);
    let demote = set(&world, 10, ANA, one(Role::Read));
    assert_refused(&world.ask(ANA, &demote, NOW), RefusalCode::PersonalOwner);
    assert_refused(&world.ask(ANA, &suspend(10, ANA), NOW), RefusalCode::PersonalOwner);
    let promote = set(&world, 10, BO, one(Role::Owner));
    assert_refused(&world.ask(ANA, &promote, NOW), RefusalCode::PersonalOwner);
    let command = invite(10, 1, address(7), one(Role::Owner));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::PersonalOwner);
    assert_accepted(&world.ask(ANA, &invite(10, 1, address(7), one(Role::Admin)), NOW));
}
