use crate::prelude::*;

#[test]
fn r10_creating_in_a_foreign_account_is_hidden() {
    let mut world = owner_led();
    let command = create_on(21, 1, "Intruder", Some(STRANGER), Some(Plan::Basic));
    assert_eq!(world.ask(STRANGER, &command, NOW), Decision::Hide);
}

#[test]
fn r10_what_one_has_no_part_in_is_hidden_from_every_command() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let commands = [
        rename(TEAM, "Team", "Mine"),
        delete(TEAM),
        leave(TEAM),
        set(&world, TEAM, BO, one(Role::Admin)),
        remove(TEAM, BO),
        suspend(TEAM, BO),
        invite(TEAM, 1, address(7), one(Role::Read)),
    ];
    for command in commands {
        assert_eq!(world.ask(STRANGER, &command, NOW), Decision::Hide, "{command:?}");
    }
}

#[test]
fn r1_v13_account_admins_have_full_control_without_a_membership() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.ask(ANA, &rename(CLIENT, "Client", "New"), NOW));
    assert_accepted(&world.ask(ANA, &set(&world.clone(), CLIENT, BO, one(Role::ChatUser)), NOW));
}

#[test]
fn v16_account_admin_reach_ends_at_the_account() {
    let mut world = managed();
    world.found(2, 40, BO, SchemeId::Managed);
    assert_eq!(world.ask(ANA, &rename(40, "Account 2", "Mine"), NOW), Decision::Hide);
}

#[test]
fn c3_account_admins_of_an_owner_led_account_have_no_reach() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    assert_accepted(&world.run(ANA, &leave(TEAM), NOW));
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "Still mine"), NOW), Decision::Hide);
}

#[test]
fn v32_a_workspace_admin_has_no_rights_next_door() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_eq!(world.ask(BO, &rename(10, "Account 1", "Mine"), NOW), Decision::Hide);
}

#[test]
fn u56_an_admin_renames_but_does_not_delete() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    assert_accepted(&world.ask(BO, &rename(TEAM, "Team", "Crew"), NOW));
    assert_refused(&world.ask(BO, &delete(TEAM), NOW), RefusalCode::Missing);
}

#[test]
fn u57_u58_write_and_read_manage_nobody() {
    for role in [Role::Write, Role::Read] {
        let mut world = owner_led();
        world.join(TEAM, BO, one(role));
        world.join(TEAM, CLEO, one(Role::Read));
        assert_refused(&world.ask(BO, &remove(TEAM, CLEO), NOW), RefusalCode::Missing);
        assert_refused(&world.ask(BO, &rename(TEAM, "Team", "Crew"), NOW), RefusalCode::Missing);
        let command = invite(TEAM, 1, address(7), one(Role::Read));
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::MayNotInvite);
    }
}

#[test]
fn r1_a_suspended_member_can_do_nothing() {
    let mut world = owner_led();
    let bo = world.join(TEAM, BO, one(Role::Owner));
    world.members.get_mut(&bo).expect("just joined").state = MemberState::Suspended;
    assert_eq!(world.ask(BO, &rename(TEAM, "Team", "Mine"), NOW), Decision::Hide);
}
