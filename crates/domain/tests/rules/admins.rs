//! Account Admins and what they set for the whole account (V-17..20, E-20, E-33..36).

use crate::prelude::*;

#[test]
fn v18_v20_e34_an_account_admin_makes_another_of_somebody_in_the_account() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    let admin = &world.admins[&(account_id(1), login_id(BO))];
    assert_eq!((admin.since, admin.by.as_deref()), (NOW, Some("Person 1")));
    for workspace in [FIRST, CLIENT] {
        assert_eq!(world.permissions(workspace, BO, NOW), PermissionSet::ALL, "V-20");
    }
    assert_refused(&world.ask(ANA, &add_admin(CLIENT, BO), NOW), RefusalCode::AdminExists);
}

#[test]
fn e34_who_is_not_in_the_account_or_cannot_sign_in_becomes_no_admin() {
    let mut world = managed();
    world.found(2, 40, BO, SchemeId::Managed);
    assert_refused(&world.ask(ANA, &add_admin(40, BO), NOW), RefusalCode::NotInAccount);
    assert_refused(&world.ask(ANA, &add_admin(CLIENT, CLEO), NOW), RefusalCode::NotInAccount);
    world.join(CLIENT, CLEO, one(Role::ChatUser));
    world.logins.get_mut(&login_id(CLEO)).expect("joined").status = LoginStatus::Suspended;
    assert_refused(&world.ask(ANA, &add_admin(CLIENT, CLEO), NOW), RefusalCode::NotInAccount);
    world.logins.get_mut(&login_id(CLEO)).expect("joined").status = LoginStatus::Active;
    world.member(CLIENT, CLEO).until = ends_in(-1);
    assert_refused(&world.ask(ANA, &add_admin(CLIENT, CLEO), NOW), RefusalCode::NotInAccount);
}

#[test]
fn v19_e33_an_admin_is_removed_by_another_or_by_themself() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    assert_accepted(&world.ask(BO, &remove_admin(ANA), NOW));
    assert_accepted(&world.run(ANA, &remove_admin(ANA), NOW));
    assert_eq!(world.permissions(CLIENT, ANA, NOW), PermissionSet::NONE);
    assert_eq!(world.ask(BO, &remove_admin(ANA), NOW), Decision::NoOp);
    assert_eq!(world.ask(ANA, &remove_admin(BO), NOW), Decision::Hide);
    // And made one again.
    assert_accepted(&world.run(BO, &add_admin(FIRST, ANA), day(1)));
    assert!(world.admins[&(account_id(1), login_id(ANA))].active);
}

#[test]
fn r7_e33_the_last_account_admin_stays() {
    let mut world = managed();
    assert_refused(&world.ask(ANA, &remove_admin(ANA), NOW), RefusalCode::LastAdmin);
    assert_refused(&world.ask(ANA, &leave_account(1), NOW), RefusalCode::LastAdmin);
}

#[test]
fn r7_an_admin_who_cannot_sign_in_does_not_count() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    world.logins.get_mut(&login_id(BO)).expect("joined").status = LoginStatus::Suspended;
    assert_refused(&world.ask(ANA, &remove_admin(ANA), NOW), RefusalCode::LastAdmin);
    assert_refused(&world.ask(ANA, &leave_account(1), NOW), RefusalCode::LastAdmin);
    assert_accepted(&world.ask(ANA, &remove_admin(BO), NOW));
}

#[test]
fn e35_a_workspace_admin_does_not_reach_the_adminship() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_eq!(world.ask(BO, &remove_admin(ANA), NOW), Decision::Hide);
}

#[test]
fn e20_r8_an_account_with_a_personal_workspace_keeps_its_one_admin_and_its_scheme() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    assert_refused(&world.ask(ANA, &add_admin(TEAM, BO), NOW), RefusalCode::PersonalAccount);
    let mapping = vec![to(one(Role::Owner), one(Role::WorkspaceAdmin))];
    let change = set_scheme(SchemeId::Managed, mapping, &[]);
    assert_refused(&world.ask(ANA, &change, NOW), RefusalCode::PersonalAccount);
}

#[test]
fn v17_an_account_is_renamed_by_its_admins() {
    let mut world = managed();
    let renamed = |was: &str, title: &str| Command::RenameAccount {
        account: account_id(1),
        was: was.into(),
        title: title.into(),
    };
    assert_accepted(&world.run(ANA, &renamed("Account 1", " Larch "), NOW));
    assert_eq!(world.account_mut(1).name, "Larch");
    assert_eq!(world.ask(ANA, &renamed("Account 1", "Larch"), NOW), Decision::NoOp);
    assert_refused(&world.ask(ANA, &renamed("Account 1", "Fir"), NOW), RefusalCode::Conflict);
    assert_refused(&world.ask(ANA, &renamed("Larch", "\n"), NOW), RefusalCode::BadName);
}

#[test]
fn e64_an_account_says_for_how_long_names_stay() {
    let mut world = managed();
    let policy = |name_days| Command::SetPolicy {
        account: account_id(1),
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days,
    };
    assert_refused(&world.ask(ANA, &policy(Some(3_651)), NOW), RefusalCode::BadPolicy);
    assert_eq!(world.ask(BO, &policy(Some(30)), NOW), Decision::Hide, "V-33");
    assert_accepted(&world.run(ANA, &policy(Some(365)), NOW));
    assert_eq!(world.account_mut(1).name_days, 365);
    assert_eq!(world.ask(ANA, &policy(None), NOW), Decision::NoOp, "without a word it stays");
}

#[test]
fn e26_e31_r15_policies_have_their_limits() {
    let mut world = managed();
    let policy = |invitation_days, lease_days| Command::SetPolicy {
        account: account_id(1),
        invitation_days,
        lease_days,
        reason_required: true,
        review_days: None,
        second_admin: None,
        name_days: None,
    };
    for (invitation_days, lease_days) in [(0, 7), (31, 7), (7, 31)] {
        let command = policy(invitation_days, lease_days);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadPolicy);
    }
    assert_accepted(&world.run(ANA, &policy(30, 0), NOW));
    assert_eq!(world.ask(ANA, &policy(30, 0), NOW), Decision::NoOp);
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(BO), one(Role::ChatUser)), NOW));
    assert_eq!(world.invitations[&invitation_id(1)].expires, day(30), "E-26");
}
