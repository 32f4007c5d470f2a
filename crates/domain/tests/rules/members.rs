//! Members: roles, suspension, removal, labels and notes (R2, R3, E-42).

use crate::prelude::*;

/// A workspace of the agency in which Bo manages people without being an admin.
fn with_a_people_manager() -> World {
    let mut world = managed();
    let permissions = [
        Permission::WorkspaceView,
        Permission::MemberView,
        Permission::MemberManage,
        Permission::ChatUse,
    ];
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, &permissions), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    world
}

#[test]
fn v22_v24_u19_users_are_added_to_one_workspace_and_get_a_role_there() {
    let mut world = managed();
    let command = invite(CLIENT, 1, address(BO), one(Role::ContentManager));
    assert_accepted(&world.run(ANA, &command, NOW));
    assert_accepted(&world.accept(BO, invitation_id(1), member_id(CLIENT, BO)));
    assert!(world.present(CLIENT, BO).is_some());
    assert!(world.present(FIRST, BO).is_none(), "V-23");
    let change = set(&world, CLIENT, BO, one(Role::AgentManager));
    assert_accepted(&world.run(ANA, &change, NOW));
    assert_eq!(world.member(CLIENT, BO).given_by.as_deref(), Some("Person 1"));
}

#[test]
fn r2_nobody_gives_more_than_they_have() {
    let mut world = with_a_people_manager();
    world.join(CLIENT, CLEO, one(Role::ChatUser));
    let promote = set(&world, CLIENT, CLEO, one(Role::BillingAdmin));
    assert_refused(&world.ask(BO, &promote, NOW), RefusalCode::GrantTooWide);
    let command = invite(CLIENT, 1, address(7), one(Role::AgentManager));
    assert_refused(&world.ask(BO, &command, NOW), RefusalCode::GrantTooWide);
    assert_accepted(&world.ask(BO, &invite(CLIENT, 1, address(7), one(Role::ChatUser)), NOW));
    // Nor to themself.
    let own = set(&world, CLIENT, BO, RoleSet::own(0).union(one(Role::BillingAdmin)));
    assert_refused(&world.ask(BO, &own, NOW), RefusalCode::GrantTooWide);
}

#[test]
fn r3_nobody_touches_somebody_who_has_more() {
    let mut world = with_a_people_manager();
    world.join(CLIENT, CLEO, one(Role::AgentManager));
    for command in [
        set(&world, CLIENT, CLEO, one(Role::ChatUser)),
        set_end(&world, CLIENT, CLEO, ends_in(3)),
        suspend(CLIENT, CLEO),
        remove(CLIENT, CLEO),
    ] {
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::TargetTooStrong);
    }
    world.member(CLIENT, CLEO).state = MemberState::Suspended;
    assert_refused(&world.ask(BO, &resume(CLIENT, CLEO), NOW), RefusalCode::TargetTooStrong);
}

#[test]
fn r3_e35_reach_counts_into_the_strength_of_a_target() {
    let mut world = with_a_people_manager();
    world.join(CLIENT, ANA, one(Role::ChatUser));
    assert_refused(&world.ask(BO, &remove(CLIENT, ANA), NOW), RefusalCode::TargetTooStrong);
    // A Workspace Admin is as strong: the membership goes, the reach stays.
    world.join(CLIENT, CLEO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(CLEO, &remove(CLIENT, ANA), NOW));
    assert_eq!(world.permissions(CLIENT, ANA, NOW), PermissionSet::ALL);
}

#[test]
fn r3_e8_an_admin_does_not_touch_an_owner() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Owner));
    for command in [
        set(&world, TEAM, CLEO, one(Role::Read)),
        remove(TEAM, CLEO),
        suspend(TEAM, CLEO),
        set_end(&world, TEAM, CLEO, ends_in(3)),
    ] {
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::OwnerOnly);
    }
}

#[test]
fn r3_e9_an_admin_manages_an_equal() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.ask(BO, &set(&world.clone(), TEAM, CLEO, one(Role::Read)), NOW));
    assert_accepted(&world.ask(BO, &remove(TEAM, CLEO), NOW));
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
    for roles in [RoleSet::NONE, one(Role::Owner), RoleSet::own(3)] {
        let command = set(&world, CLIENT, BO, roles);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::RolesNotInScheme);
    }
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
    let decision = world.ask(ANA, &change, NOW);
    assert_refused(&decision, RefusalCode::TargetGone);
    let refusal = decision.refusal().expect("a no");
    assert_eq!(refusal.params["who"], Param::Text("Person 1".into()));
    assert_eq!(refusal.params["time"], Param::Time(NOW));
    assert_eq!(world.ask(ANA, &remove(TEAM, BO), NOW), Decision::NoOp);
}

#[test]
fn e43_a_right_that_was_lost_meanwhile_refuses_what_was_queued() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Read));
    let queued = remove(TEAM, CLEO);
    assert_accepted(&world.ask(BO, &queued, NOW));
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Write)), NOW));
    assert_refused(&world.ask(BO, &queued, NOW), RefusalCode::Missing);
    assert_accepted(&world.run(ANA, &remove(TEAM, BO), NOW));
    assert_eq!(world.ask(BO, &queued, NOW), Decision::Hide);
}

#[test]
fn u51_e30_removing_somebody_ends_their_access_and_nothing_else() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    let prompt = ContentBody::Prompt { text: "Hello".into() };
    assert_accepted(&world.run(BO, &write(TEAM, 1, "Greeting", prompt), NOW));
    let decision = world.run(ANA, &remove(TEAM, BO), NOW);
    assert_eq!(events(&decision).len(), 1);
    let record = &world.contents[&content_id(1)];
    assert!(!record.deleted, "U-51");
    assert_eq!(record.creator_name, "Person 2", "E-52");
    assert_eq!(world.permissions(TEAM, BO, NOW), PermissionSet::NONE);
    let ended = world.member(TEAM, BO).ended.clone();
    assert_eq!(ended, Some(Ended { at: NOW, by: "Person 1".into() }));
}

#[test]
fn e29_who_was_removed_can_be_invited_again_and_is_a_new_member() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(ANA, &remove(TEAM, BO), NOW));
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(BO), one(Role::Write)), NOW));
    let used = world.ask_acceptance(BO, invitation_id(1), member_id(TEAM, BO), NOW);
    assert_refused(&used, RefusalCode::IdUsed);
    assert_accepted(&world.accept(BO, invitation_id(1), member_id(TEAM, 200)));
    assert_eq!(world.member(TEAM, BO).state, MemberState::Removed, "the past stays");
}

#[test]
fn r1_suspension_takes_access_and_letting_back_in_gives_it_again() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    assert_accepted(&world.run(ANA, &suspend(TEAM, BO), NOW));
    assert_eq!(world.ask(ANA, &suspend(TEAM, BO), NOW), Decision::NoOp);
    assert_eq!(world.permissions(TEAM, BO, NOW), PermissionSet::NONE);
    assert_accepted(&world.run(ANA, &resume(TEAM, BO), NOW));
    assert_eq!(world.ask(ANA, &resume(TEAM, BO), NOW), Decision::NoOp);
    assert!(world.permissions(TEAM, BO, NOW).has(Permission::AgentEdit));
}

#[test]
fn v21_members_have_labels_and_a_note_of_their_own_in_each_workspace() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    assert_accepted(&world.run(BO, &label(TEAM, ANA, &["night"]), NOW));
    assert_eq!(world.ask(BO, &label(TEAM, ANA, &["night"]), NOW), Decision::NoOp);
    assert_refused(&world.ask(BO, &label(TEAM, ANA, &["day"]), NOW), RefusalCode::Conflict);
    assert_accepted(&world.run(BO, &note(TEAM, ANA, "", " back in May "), NOW));
    assert_eq!(world.member(TEAM, ANA).note, "back in May");
    assert_eq!(world.ask(BO, &note(TEAM, ANA, "", "back in May"), NOW), Decision::NoOp);
    assert_refused(&world.ask(BO, &note(TEAM, ANA, "", "gone"), NOW), RefusalCode::Conflict);
    let long = note(TEAM, ANA, "back in May", &"x".repeat(501));
    assert_refused(&world.ask(BO, &long, NOW), RefusalCode::BadNote);
    world.join(TEAM, CLEO, one(Role::Write));
    assert_refused(&world.ask(CLEO, &note(TEAM, ANA, "", "x"), NOW), RefusalCode::Missing);
}

#[test]
fn r8_the_owner_of_a_personal_workspace_can_be_labelled_and_noted() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &label(FIRST, ANA, &["me"]), NOW));
    assert_accepted(&world.run(ANA, &note(FIRST, ANA, "", "me"), NOW));
}

#[test]
fn e36_where_the_account_asks_for_it_an_act_by_reach_needs_a_reason() {
    let mut world = managed();
    world.account_mut(1).reason_required = true;
    world.join(CLIENT, BO, one(Role::ChatUser));
    world.join(CLIENT, CLEO, one(Role::WorkspaceAdmin));
    let because = |reason: &str| Command::RemoveMember {
        workspace: workspace_id(CLIENT),
        membership: member_id(CLIENT, BO),
        reason: Some(reason.to_owned()),
    };
    for command in [
        remove(CLIENT, BO),
        because("  "),
        suspend(CLIENT, BO),
        set(&world, CLIENT, BO, one(Role::BillingAdmin)),
        delete(CLIENT),
    ] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::ReasonMissing);
        assert_accepted(&world.ask(CLEO, &command, NOW));
    }
    assert_accepted(&world.ask(ANA, &because("left the client"), NOW));
    let long = because(&"x".repeat(501));
    assert_refused(&world.ask(ANA, &long, NOW), RefusalCode::BadNote);
}

#[test]
fn c13_e28_an_account_admin_adds_somebody_who_is_in_the_account_already() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(BO), one(Role::ChatUser)), NOW));
    let command = add(CLIENT, BO, FIRST, one(Role::AgentManager));
    let decision = world.run(ANA, &command, NOW);
    assert_eq!(times(&decision, EventKind::MemberJoined), 1);
    assert_eq!(times(&decision, EventKind::InvitationRevoked), 1, "E-28: counts once");
    let again = Command::AddMember {
        workspace: workspace_id(CLIENT),
        membership: member_id(CLIENT, 200),
        person: member_id(FIRST, BO),
        roles: one(Role::ChatUser),
    };
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::MemberExists);
}

#[test]
fn c2_v23_who_has_no_reach_adds_nobody_from_elsewhere() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    world.join(CLIENT, CLEO, one(Role::WorkspaceAdmin));
    let command = add(CLIENT, BO, FIRST, one(Role::ChatUser));
    assert_eq!(world.ask(CLEO, &command, NOW), Decision::Hide);
    world.found(2, 40, DAN, SchemeId::Managed);
    let foreign = add(CLIENT, DAN, 40, one(Role::ChatUser));
    assert_refused(&world.ask(ANA, &foreign, NOW), RefusalCode::NotInAccount);
    world.logins.get_mut(&login_id(BO)).expect("joined").status = LoginStatus::Suspended;
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::NotInAccount);
}

#[test]
fn u66_u67_a_role_holds_for_every_agent_of_the_workspace() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    for id in [1, 2] {
        let body = ContentBody::Agent {
            instructions: "Be kind".into(),
            state: Activity::On,
            knowledge: Vec::new(),
        };
        assert_accepted(&world.run(ANA, &write(TEAM, id, "Agent", body.clone()), NOW));
        let command = Command::ChangeContent {
            workspace: workspace_id(TEAM),
            content: content_id(id),
            version: 1,
            title: "Renamed".into(),
            body,
        };
        assert_accepted(&world.run(BO, &command, NOW));
    }
}
