//! Owners, the owner floor, the account floor and the personal lock (R4, R6, R7, R8, R11).

use crate::prelude::*;

#[test]
fn r4_u61_only_owners_make_owners() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Read));
    let promote = set(&world, TEAM, CLEO, one(Role::Owner));
    assert_refused(&world.ask(BO, &promote, NOW), RefusalCode::OwnerOnly);
    let command = invite(TEAM, 1, address(7), one(Role::Owner));
    assert_refused(&world.ask(BO, &command, NOW), RefusalCode::OwnerOnly);
    assert_accepted(&world.ask(ANA, &promote, NOW));
}

#[test]
fn r4_an_open_invitation_of_an_owner_is_not_touched_by_an_admin() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(7), one(Role::Owner)), NOW));
    for command in
        [resend(TEAM, 1), revoke(TEAM, 1), confirm(TEAM, 1), invite_as(TEAM, 1, one(Role::Read))]
    {
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::OwnerOnly);
    }
}

#[test]
fn r6_e1_e2_u63_u64_u65_the_last_owner_stays_through_every_door() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    let demote = set(&world, TEAM, ANA, one(Role::Admin));
    assert_refused(&world.ask(ANA, &demote, NOW), RefusalCode::LastOwnerStepDown);
    assert_refused(&world.ask(ANA, &remove(TEAM, ANA), NOW), RefusalCode::LastOwnerLeave);
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    assert_refused(&world.ask(ANA, &suspend(TEAM, ANA), NOW), RefusalCode::LastOwnerSuspend);
}

#[test]
fn r6_e1_the_last_owner_who_counts_is_protected_from_others_too() {
    // An owner with an end date cannot come about (E-40), but would not count (E-4).
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    world.member(TEAM, BO).until = ends_in(9);
    let demote = set(&world, TEAM, ANA, one(Role::Read));
    assert_refused(&world.ask(BO, &demote, NOW), RefusalCode::LastOwnerDemote);
    assert_refused(&world.ask(BO, &remove(TEAM, ANA), NOW), RefusalCode::LastOwnerRemove);
    assert_refused(&world.ask(BO, &suspend(TEAM, ANA), NOW), RefusalCode::LastOwnerSuspend);
}

#[test]
fn r6_e4_owners_who_do_not_count_do_not_count() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    world.member(TEAM, BO).state = MemberState::Suspended;
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    world.member(TEAM, BO).state = MemberState::Active;
    world.member(TEAM, BO).until = ends_in(3);
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    world.member(TEAM, BO).until = None;
    world.logins.get_mut(&login_id(BO)).expect("just made").status = LoginStatus::Suspended;
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
}

#[test]
fn r6_e4_an_owner_who_is_only_invited_is_named_in_the_refusal() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(BO), one(Role::Read)), NOW));
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::LastOwnerLeave);
    assert_accepted(&world.run(ANA, &invite(TEAM, 2, address(CLEO), one(Role::Owner)), NOW));
    let decision = world.ask(ANA, &leave(TEAM), NOW);
    assert_refused(&decision, RefusalCode::PendingOwner);
    let name = decision.refusal().expect("a no").params["name"].clone();
    assert_eq!(name, Param::Text("person3@example.org".into()));
    assert_refused(&world.ask(ANA, &leave(TEAM), day(8)), RefusalCode::LastOwnerLeave);
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
fn e7_r11_u68_u69_u70_e65_a_transfer_is_two_steps_and_the_account_follows() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Write));
    let step_down = set(&world, TEAM, ANA, one(Role::Admin));
    assert_refused(&world.ask(ANA, &step_down, NOW), RefusalCode::LastOwnerStepDown);
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Owner)), NOW));
    assert_eq!(world.owners(workspace_id(TEAM), Role::Owner), 2, "U-70");
    assert_eq!(world.workspace_mut(TEAM).account, account_id(1));
    let decision = world.run(ANA, &step_down, NOW);
    assert_eq!(times(&decision, EventKind::WorkspaceMoved), 1, "E-65");
    assert_eq!(world.workspace_mut(TEAM).account, account_id(2));
    assert_eq!(world.owners(workspace_id(TEAM), Role::Owner), 1, "U-70");
    let back = set(&world, TEAM, ANA, one(Role::Owner));
    assert_refused(&world.ask(ANA, &back, NOW), RefusalCode::OwnerOnly);
}

#[test]
fn e65_the_longest_standing_owner_with_an_account_is_followed() {
    let mut world = owner_led();
    world.found(2, 11, CLEO, SchemeId::OwnerLed);
    world.found(3, 12, DAN, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    world.member(TEAM, BO).joined = day(-9);
    assert_refused(&world.ask(ANA, &leave(TEAM), NOW), RefusalCode::OwnerHasNoAccount);
    world.join(TEAM, CLEO, one(Role::Owner));
    world.member(TEAM, CLEO).joined = day(-1);
    world.join(TEAM, DAN, one(Role::Owner));
    world.member(TEAM, DAN).joined = day(-2);
    assert_accepted(&world.run(ANA, &leave(TEAM), NOW));
    assert_eq!(world.workspace_mut(TEAM).account, account_id(3));
}

#[test]
fn e65_a_suspended_owner_keeps_the_workspace_in_their_account_until_they_are_none() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    assert_accepted(&world.run(BO, &suspend(TEAM, ANA), NOW));
    assert_eq!(world.workspace_mut(TEAM).account, account_id(1));
    assert_accepted(&world.run(BO, &remove(TEAM, ANA), NOW));
    assert_eq!(world.workspace_mut(TEAM).account, account_id(2));
}

#[test]
fn e65_r7_the_last_workspace_of_an_account_does_not_follow_its_owner_away() {
    let mut world = converted();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(FIRST, BO, one(Role::Owner));
    assert_refused(&world.ask(ANA, &leave(FIRST), NOW), RefusalCode::LastWorkspace);
    assert_accepted(&world.run(ANA, &create(21, 1, "Another", Some(ANA)), NOW));
    assert_accepted(&world.run(ANA, &leave(FIRST), NOW));
    assert_eq!(world.workspace_mut(FIRST).account, account_id(2));
}

#[test]
fn e65_another_owner_of_the_same_account_keeps_it_there() {
    let mut world = converted();
    world.join(FIRST, BO, one(Role::Owner));
    assert_accepted(&world.run(ANA, &add_admin(FIRST, BO), NOW));
    let decision = world.run(ANA, &leave(FIRST), NOW);
    assert_eq!(times(&decision, EventKind::WorkspaceMoved), 0);
}

#[test]
fn e3_in_managed_the_last_workspace_admin_may_go() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &remove(CLIENT, BO), NOW));
    assert_eq!(world.owners(workspace_id(CLIENT), Role::WorkspaceAdmin), 0);
    // In the other scheme there is no reach to do it with.
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    world.members.remove(&member_id(TEAM, ANA));
    assert_eq!(world.ask(ANA, &remove(TEAM, BO), NOW), Decision::Hide);
}

#[test]
fn r7_e18_v3_the_last_workspace_of_an_account_stays() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &delete(CLIENT), NOW));
    assert_refused(&world.run(ANA, &delete(FIRST), NOW), RefusalCode::LastWorkspace);
}

#[test]
fn r8_u6_u7_u8_e18_e21_a_personal_workspace_is_neither_deleted_nor_left_nor_shared() {
    let mut world = owner_led();
    world.join(FIRST, BO, one(Role::Admin));
    assert_refused(&world.ask(ANA, &delete(FIRST), NOW), RefusalCode::PersonalDelete);
    assert_refused(&world.ask(ANA, &leave(FIRST), NOW), RefusalCode::PersonalLeave);
    for command in [
        set(&world, FIRST, ANA, one(Role::Read)),
        suspend(FIRST, ANA),
        remove(FIRST, ANA),
        set(&world, FIRST, BO, one(Role::Owner)),
        invite(FIRST, 1, address(7), one(Role::Owner)),
    ] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::PersonalOwner);
    }
    assert_accepted(&world.run(ANA, &invite(FIRST, 1, address(7), one(Role::Admin)), NOW));
    let raise = invite_as(FIRST, 1, one(Role::Owner));
    assert_refused(&world.ask(ANA, &raise, NOW), RefusalCode::PersonalOwner);
}

#[test]
fn r8_e21_nobody_becomes_a_second_owner_of_a_personal_workspace_by_way_of_suspension() {
    let mut world = owner_led();
    world.join(FIRST, BO, one(Role::Read));
    assert_accepted(&world.run(ANA, &suspend(FIRST, BO), NOW));
    let promote = set(&world, FIRST, BO, one(Role::Owner));
    assert_refused(&world.ask(ANA, &promote, NOW), RefusalCode::PersonalOwner);
}

#[test]
fn r8_an_invitation_that_would_share_a_personal_workspace_opens_no_door() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &invite(FIRST, 1, address(BO), one(Role::Read)), NOW));
    world.invitations.get_mut(&invitation_id(1)).expect("sent").roles = one(Role::Owner);
    let decision = world.accept(BO, invitation_id(1), member_id(FIRST, BO));
    assert_refused(&decision, RefusalCode::PersonalOwner);
}

#[test]
fn u9_what_happens_elsewhere_leaves_the_personal_workspace_alone() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(11, ANA, one(Role::Write));
    let prompt = ContentBody::Prompt { text: "Mine".into() };
    assert_accepted(&world.run(ANA, &write(FIRST, 1, "Mine", prompt), NOW));
    let before = world.clone();
    assert_accepted(&world.run(BO, &remove(11, ANA), NOW));
    assert_eq!(world.contents, before.contents);
    assert_eq!(world.member(FIRST, ANA), &before.members[&member_id(FIRST, ANA)]);
}
