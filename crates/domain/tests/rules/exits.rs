//! Leaving and deleting: workspaces, accounts, and the bin between (V-39..45, E-12..18).

use crate::prelude::*;

#[test]
fn v39_v40_e13_leaving_an_account_ends_everything_in_one_change() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    world.join(CLIENT, BO, one(Role::AgentManager));
    world.member(CLIENT, BO).state = MemberState::Suspended;
    assert_accepted(&world.run(ANA, &create(21, 1, "Third", None), NOW));
    assert_accepted(&world.run(ANA, &invite(21, 1, address(BO), one(Role::ChatUser)), NOW));
    assert_accepted(&world.run(ANA, &add_admin(FIRST, BO), NOW));
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[21]), one(Role::ChatUser)), NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), day(1)));
    let decision = world.run(BO, &leave_account(1), day(2));
    assert_eq!(times(&decision, EventKind::MemberLeft), 3);
    assert_eq!(times(&decision, EventKind::AdminRemoved), 1);
    assert_eq!(times(&decision, EventKind::GroupChanged), 1);
    for workspace in [FIRST, CLIENT, 21] {
        assert_eq!(world.permissions(workspace, BO, day(2)), PermissionSet::NONE, "V-40");
        assert!(world.present(workspace, BO).is_none());
    }
    assert_eq!(world.ask(BO, &leave_account(1), day(2)), Decision::Hide);
}

#[test]
fn v41_e13_after_leaving_no_earlier_invitation_opens_the_account_again() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    let other = Address::parse("bo@elsewhere.example").expect("fine");
    world.logins.get_mut(&login_id(BO)).expect("joined").verified = vec![other.clone()];
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(BO), one(Role::ChatUser)), NOW));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 2, other, one(Role::ChatUser)), NOW));
    let decision = world.run(BO, &leave_account(1), NOW);
    assert_eq!(times(&decision, EventKind::InvitationRevoked), 2);
    for id in [1, 2] {
        let decision = world.accept(BO, invitation_id(id), member_id(CLIENT, BO));
        assert_refused(&decision, RefusalCode::InvitationGone);
    }
    assert_accepted(&world.run(ANA, &invite(CLIENT, 3, address(BO), one(Role::ChatUser)), NOW));
    assert_accepted(&world.accept(BO, invitation_id(3), member_id(CLIENT, BO)));
}

#[test]
fn v41_e17_after_leaving_nothing_comes_back_out_of_the_bin() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &delete(CLIENT), NOW));
    assert_accepted(&world.run(BO, &leave_account(1), NOW));
    assert_accepted(&world.run(ANA, &restore(CLIENT), NOW));
    assert_eq!(world.permissions(CLIENT, BO, NOW), PermissionSet::NONE);
    assert!(world.present(CLIENT, BO).is_none());
}

#[test]
fn e12_r6_the_sole_owner_leaves_no_account() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    world.members.remove(&member_id(TEAM, ANA));
    let decision = world.ask(BO, &leave_account(1), NOW);
    assert_refused(&decision, RefusalCode::LastOwnerLeave);
    let blocks = decision.refusal().expect("a no").params["workspace"].clone();
    assert_eq!(blocks, Param::Text("Team".into()));
}

#[test]
fn e12_e65_leaving_an_account_lets_its_workspaces_follow_their_other_owners() {
    let mut world = converted();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(FIRST, BO, one(Role::Owner));
    world.join(FIRST, CLEO, one(Role::Read));
    assert_accepted(&world.run(ANA, &add_admin(FIRST, CLEO), NOW));
    assert_refused(&world.ask(ANA, &leave_account(1), NOW), RefusalCode::LastWorkspace);
    assert_accepted(&world.run(CLEO, &create(21, 1, "Cleo’s", Some(CLEO)), NOW));
    let decision = world.run(ANA, &leave_account(1), NOW);
    assert_eq!(times(&decision, EventKind::WorkspaceMoved), 1);
    assert_eq!(world.workspace_mut(FIRST).account, account_id(2));
    // Without an account to follow to it stays, and so does the person.
    let mut world = converted();
    world.join(FIRST, BO, one(Role::Owner));
    world.join(FIRST, CLEO, one(Role::Read));
    assert_accepted(&world.run(ANA, &add_admin(FIRST, CLEO), NOW));
    assert_refused(&world.ask(ANA, &leave_account(1), NOW), RefusalCode::OwnerHasNoAccount);
}

#[test]
fn e12_who_has_no_part_in_an_account_cannot_leave_it() {
    let mut world = managed();
    assert_eq!(world.ask(STRANGER, &leave_account(1), NOW), Decision::Hide);
}

#[test]
fn v42_v43_v44_v50_e14_an_account_is_deleted_by_an_admin_who_types_its_name() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    let mistyped = Command::DeleteAccount { account: account_id(1), title: "account 1".into() };
    assert_refused(&world.ask(ANA, &mistyped, NOW), RefusalCode::NameMistyped);
    assert_accepted(&world.run(ANA, &delete_account(1), NOW));
    assert_eq!(world.account_mut(1).status, AccountStatus::Deleted);
    // V-44: nothing reaches it any more.
    for command in [rename(CLIENT, "Client", "Back"), restore(CLIENT), leave(CLIENT)] {
        assert_eq!(world.ask(BO, &command, NOW), Decision::Hide);
        assert_eq!(world.ask(ANA, &command, NOW), Decision::Hide);
    }
    let withdraw = Command::WithdrawDeletion { account: account_id(1) };
    for command in [withdraw, delete_account(1), leave_account(1), create(21, 1, "X", None)] {
        assert_eq!(world.ask(ANA, &command, NOW), Decision::Hide);
    }
    assert_eq!(world.ask(ANA, &end_offer(CLIENT), NOW), Decision::Hide);
}

/// A `managed` account that wants two Account Admins for its end: Ana and Bo.
fn of_two() -> World {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    assert_accepted(&world.run(ANA, &two_for_the_end(true), NOW));
    world
}

#[test]
fn e14_where_the_account_wants_it_a_second_admin_says_yes_to_its_end() {
    let (mut world, due) = (of_two(), Due::AccountDeletion { account: account_id(1) });
    assert_refused(&world.ask(ANA, &delete_account(1), NOW), RefusalCode::SecondAdmin);
    assert_refused(&world.ask(BO, &confirm_end(1), NOW), RefusalCode::DeletionGone);
    assert_accepted(&world.run(ANA, &schedule(1, 2), NOW));
    for alone in [delete_account(1), confirm_end(1)] {
        assert_refused(&world.ask(ANA, &alone, NOW), RefusalCode::SecondAdmin);
    }
    assert_accepted(&world.ask(BO, &delete_account(1), NOW));
    assert_accepted(&world.run(BO, &confirm_end(1), NOW));
    assert_eq!(world.ask(ANA, &confirm_end(1), NOW), Decision::NoOp);
    assert_accepted(&world.ask(ANA, &delete_account(1), NOW));
    assert_accepted(&world.due(due, day(2)));
    assert_eq!(world.account_mut(1).status, AccountStatus::Deleted);
}

#[test]
fn e14_without_the_second_yes_the_day_passes_and_everything_stays() {
    let mut world = of_two();
    assert_accepted(&world.run(ANA, &schedule(1, 2), NOW));
    let decision = world.due(Due::AccountDeletion { account: account_id(1) }, day(2));
    assert_eq!(times(&decision, EventKind::DeletionWithdrawn), 1);
    assert_eq!(world.account_mut(1).status, AccountStatus::Active);
}

#[test]
fn e14_switching_the_second_admin_off_opens_no_way_around_them() {
    let mut world = of_two();
    assert_accepted(&world.run(ANA, &two_for_the_end(false), NOW));
    let last = Timestamp(day(14).0 - 1);
    assert_refused(&world.ask(ANA, &delete_account(1), last), RefusalCode::SecondAdmin);
    assert_accepted(&world.run(ANA, &schedule(1, 14), NOW));
    assert_refused(&world.ask(ANA, &confirm_end(1), last), RefusalCode::SecondAdmin);
    assert_accepted(&world.ask(ANA, &delete_account(1), day(14)));
    assert_accepted(&world.ask(ANA, &two_for_the_end(true), day(1)));
}

#[test]
fn e14_it_is_off_by_default_and_where_the_account_is_one_persons() {
    let mut world = managed();
    assert_eq!(world.ask(ANA, &two_for_the_end(false), NOW), Decision::NoOp);
    assert_accepted(&world.ask(ANA, &delete_account(1), NOW));
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &two_for_the_end(true), NOW));
    assert_accepted(&world.ask(ANA, &delete_account(1), NOW));
}

#[test]
fn e15_c12_a_workspace_with_another_owner_moves_to_theirs_before_the_account_goes() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    assert_accepted(&world.run(ANA, &create(21, 1, "Mine alone", Some(ANA)), NOW));
    let decision = world.run(ANA, &delete_account(1), NOW);
    assert_eq!(times(&decision, EventKind::WorkspaceMoved), 1);
    assert_eq!(world.workspace_mut(TEAM).account, account_id(2));
    assert_eq!(world.workspace_mut(21).account, account_id(1), "goes with the account");
    assert_accepted(&world.ask(BO, &rename(TEAM, "Team", "Ours"), NOW));
    assert_eq!(world.ask(ANA, &rename(FIRST, "Person’s workspace", "Me"), NOW), Decision::Hide);
}

#[test]
fn e11_e15_a_workspace_with_other_people_and_no_other_owner_is_in_the_way() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    let decision = world.ask(ANA, &delete_account(1), NOW);
    assert_refused(&decision, RefusalCode::SoleOwner);
    world.member(TEAM, BO).roles = one(Role::Owner);
    assert_refused(&world.ask(ANA, &delete_account(1), NOW), RefusalCode::OwnerHasNoAccount);
    assert_accepted(&world.run(ANA, &remove(TEAM, BO), NOW));
    assert_accepted(&world.ask(ANA, &delete_account(1), NOW));
}

#[test]
fn e16_a_deletion_is_set_for_1_to_14_days_and_withdrawn_by_any_admin() {
    let mut world = managed();
    for days in [0, 15] {
        assert_refused(&world.ask(ANA, &schedule(1, days), NOW), RefusalCode::BadDelay);
    }
    let withdraw = Command::WithdrawDeletion { account: account_id(1) };
    assert_eq!(world.ask(ANA, &withdraw, NOW), Decision::NoOp);
    assert_accepted(&world.run(ANA, &schedule(1, 14), NOW));
    let set = Deletion {
        at: day(14),
        by: "Person 1".into(),
        login: Some(login_id(ANA)),
        confirmed: false,
    };
    assert_eq!(world.account_mut(1).deletion, Some(set));
    assert_refused(&world.ask(ANA, &schedule(1, 3), NOW), RefusalCode::DeletionSet);
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    assert_accepted(&world.run(BO, &withdraw, day(13)));
    assert_eq!(world.account_mut(1).deletion, None);
}

#[test]
fn e16_a_deletion_runs_on_its_day_and_not_before() {
    let mut world = managed();
    let due = Due::AccountDeletion { account: account_id(1) };
    assert_eq!(world.due(due, NOW), Decision::NoOp);
    assert_accepted(&world.run(ANA, &schedule(1, 2), NOW));
    assert_eq!(world.due(due, Timestamp(day(2).0 - 1)), Decision::NoOp);
    assert_accepted(&world.due(due, day(2)));
    assert_eq!(world.account_mut(1).status, AccountStatus::Deleted);
    assert_eq!(world.due(due, day(3)), Decision::NoOp);
}

#[test]
fn e15_e16_what_has_come_into_the_way_withdraws_a_deletion() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &schedule(1, 2), NOW));
    world.join(TEAM, BO, one(Role::Read));
    let decision = world.due(Due::AccountDeletion { account: account_id(1) }, day(2));
    assert_eq!(times(&decision, EventKind::DeletionWithdrawn), 1);
    assert_eq!(world.account_mut(1).status, AccountStatus::Active);
}

#[test]
fn e17_u41_u60_the_bin_ends_access_at_once_and_gives_the_workspace_back() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    assert_refused(&world.ask(BO, &delete(TEAM), NOW), RefusalCode::Missing);
    assert_accepted(&world.run(ANA, &delete(TEAM), NOW));
    assert_eq!(world.permissions(TEAM, ANA, NOW), PermissionSet::NONE);
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "New"), NOW), Decision::Hide);
    assert_eq!(world.ask(BO, &restore(TEAM), NOW), Decision::Hide, "who could not delete it");
    assert_accepted(&world.run(ANA, &restore(TEAM), Timestamp(day(30).0 - 1)));
    assert_eq!(world.ask(ANA, &restore(TEAM), day(30)), Decision::NoOp);
    assert!(world.permissions(TEAM, BO, NOW).has(Permission::MemberManage));
}

#[test]
fn e17_after_30_days_in_the_bin_a_workspace_is_gone() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &delete(TEAM), NOW));
    let due = Due::BinOver { workspace: workspace_id(TEAM) };
    assert_eq!(world.due(due, Timestamp(day(30).0 - 1)), Decision::NoOp);
    assert_eq!(world.ask(ANA, &restore(TEAM), day(30)), Decision::Hide, "E-41: by the time");
    assert_accepted(&world.due(due, day(30)));
    assert_eq!(world.workspace_mut(TEAM).status, WorkspaceStatus::Erased);
    assert_eq!(world.ask(ANA, &restore(TEAM), day(30)), Decision::Hide);
    assert_eq!(world.due(due, day(31)), Decision::NoOp);
    assert_eq!(world.due(Due::BinOver { workspace: workspace_id(FIRST) }, day(99)), Decision::NoOp);
}

#[test]
fn e17_a_name_in_the_bin_stays_reserved() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &delete(TEAM), NOW));
    let command = create(21, 1, " team ", Some(ANA));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::NameReserved);
    let renamed = rename(FIRST, "Person’s workspace", "Team");
    assert_refused(&world.ask(ANA, &renamed, NOW), RefusalCode::NameReserved);
    assert_accepted(&world.due(Due::BinOver { workspace: workspace_id(TEAM) }, day(30)));
    assert_accepted(&world.ask(ANA, &command, day(30)));
}

#[test]
fn u42_leaving_a_workspace_ends_only_that_membership() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    world.join(FIRST, BO, one(Role::Read));
    assert_accepted(&world.run(BO, &leave(TEAM), NOW));
    assert_eq!(world.member(TEAM, BO).state, MemberState::Left);
    assert_eq!(world.member(FIRST, BO).state, MemberState::Active);
}
