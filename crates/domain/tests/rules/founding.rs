//! Sign-up, and workspaces that are created later.

use crate::prelude::*;

#[test]
fn v1_v2_v3_c1_sign_up_makes_an_account_its_first_admin_and_one_workspace() {
    for scheme in SchemeId::ALL {
        let mut world = World::default();
        world.found(1, FIRST, ANA, *scheme);
        assert_eq!(world.accounts.len(), 1);
        assert_eq!(world.accounts[&account_id(1)].status, AccountStatus::Active);
        assert!(world.admins[&(account_id(1), login_id(ANA))].active);
        assert_eq!(world.workspaces.len(), 1, "V-3: never none");
        assert_eq!(world.workspaces[&workspace_id(FIRST)].account, account_id(1), "V-5");
    }
}

#[test]
fn u1_u2_u3_u4_u5_sign_up_makes_a_personal_workspace_named_after_the_person() {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::OwnerLed);
    let workspace = &world.workspaces[&workspace_id(FIRST)];
    assert_eq!(workspace.name, "Person’s workspace");
    assert_eq!(workspace.kind, WorkspaceKind::Personal);
    assert_eq!(world.owners(workspace_id(FIRST), Role::Owner), 1, "U-3");
}

#[test]
fn u4_the_first_name_alone_names_the_workspace_and_a_given_name_stays() {
    let mut world = World::default();
    let login = Login { name: "Alex Miller".into(), ..world.person(ANA) };
    let founding = |workspace_name: Option<String>| Founding {
        account: account_id(1),
        workspace: workspace_id(FIRST),
        membership: member_id(FIRST, ANA),
        scheme: SchemeId::OwnerLed,
        account_name: None,
        workspace_name,
    };
    let named = |given: Option<String>| {
        let events = found_account(&login, founding(given), NOW).expect("fine names");
        let mut names = events.into_iter().filter_map(|event| match event.after {
            Row::Workspace(workspace) => Some(workspace.name),
            _ => None,
        });
        names.next().expect("a workspace")
    };
    assert_eq!(named(None), "Alex’s workspace");
    assert_eq!(named(Some("Alex’ Bereich".into())), "Alex’ Bereich");
    let hidden = found_account(&login, founding(Some("a\u{202e}b".into())), NOW);
    assert_eq!(hidden.expect_err("a hidden character").code, RefusalCode::BadName);
}

#[test]
fn v4_e66_sign_up_of_an_agency_makes_a_standard_workspace_with_its_admin() {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::Managed);
    let workspace = &world.workspaces[&workspace_id(FIRST)];
    assert_eq!((workspace.name.as_str(), workspace.kind), ("Account 1", WorkspaceKind::Standard));
    assert_eq!(world.owners(workspace_id(FIRST), Role::WorkspaceAdmin), 1, "E-66");
}

#[test]
fn v7_v9_u20_u21_c10_every_workspace_has_a_plan_of_its_own() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW));
    assert_accepted(&world.run(ANA, &set_plan(FIRST, Plan::Pro), NOW));
    assert_eq!(world.workspace_mut(CLIENT).plan, Plan::Basic);
    assert_eq!(world.workspace_mut(FIRST).plan, Plan::Pro);
}

#[test]
fn v8_creation_without_a_plan_is_refused() {
    for mut world in [owner_led(), managed()] {
        let command = create_on(21, 1, "No plan", Some(ANA), None);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::PlanMissing);
    }
}

#[test]
fn v5_v11_v46_workspaces_are_added_at_any_later_time() {
    let mut world = managed();
    for (id, plan) in [(21, Plan::Basic), (22, Plan::Pro)] {
        let command = create_on(id, 1, &format!("Later {id}"), None, Some(plan));
        assert_accepted(&world.run(ANA, &command, day(300)));
        assert_eq!(world.workspace_mut(id).plan, plan);
        assert_eq!(world.workspace_mut(id).account, account_id(1), "V-5");
    }
}

#[test]
fn v12_workspaces_are_labelled_by_whoever_keeps_their_settings() {
    let mut world = owner_led();
    let labelled = |was: &[&str], labels: Labels| Command::SetWorkspaceLabels {
        workspace: workspace_id(TEAM),
        was: labels_of(was),
        labels,
    };
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Write));
    let north = labelled(&[], labels_of(&["north", " sales ", "north", ""]));
    assert_refused(&world.ask(CLEO, &north, NOW), RefusalCode::Missing);
    assert_accepted(&world.run(BO, &north, NOW));
    let kept: Vec<_> = world.workspace_mut(TEAM).labels.iter().map(str::to_owned).collect();
    assert_eq!(kept, ["north", "sales"]);
    assert_eq!(world.ask(BO, &north, NOW), Decision::NoOp);
    let stale = labelled(&[], labels_of(&["south"]));
    assert_refused(&world.ask(BO, &stale, NOW), RefusalCode::Conflict);
}

#[test]
fn v12_a_label_that_is_too_long_hidden_or_one_too_many_is_refused() {
    let mut world = owner_led();
    let many: Vec<String> = (0..21).map(|n| format!("label {n:02}")).collect();
    for bad in [vec!["x".repeat(41)], vec!["a\u{200b}b".into()], many] {
        let labels: Labels =
            serde_json::from_value(serde_json::json!(bad)).expect("labels as they arrive");
        let command = Command::SetWorkspaceLabels {
            workspace: workspace_id(TEAM),
            was: Labels::default(),
            labels,
        };
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadLabel);
    }
}

#[test]
fn u13_u14_the_creator_becomes_owner() {
    let world = owner_led();
    assert_eq!(world.members[&member_id(TEAM, ANA)].roles, one(Role::Owner));
    assert_eq!(world.workspaces[&workspace_id(TEAM)].kind, WorkspaceKind::Standard);
}

#[test]
fn u14_a_workspace_without_its_creator_is_refused_where_owners_lead() {
    let mut world = owner_led();
    let command = create(21, 1, "Nobody’s", None);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::FounderMissing);
}

#[test]
fn e66_an_account_admin_chooses_whether_to_be_a_member_of_a_new_workspace() {
    let mut world = managed();
    assert!(world.present(CLIENT, ANA).is_none());
    assert_accepted(&world.ask(ANA, &rename(CLIENT, "Client", "By reach"), NOW));
    assert_accepted(&world.run(ANA, &create(21, 1, "With me", Some(ANA)), NOW));
    assert_eq!(world.members[&member_id(21, ANA)].roles, one(Role::WorkspaceAdmin));
}

#[test]
fn v33_only_account_admins_create_workspaces_or_see_the_account() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_eq!(world.ask(BO, &create(21, 1, "Mine", Some(BO)), NOW), Decision::Hide);
    let title = "Taken over".to_owned();
    let command = Command::RenameAccount { account: account_id(1), was: "Account 1".into(), title };
    assert_eq!(world.ask(BO, &command, NOW), Decision::Hide);
    assert_eq!(world.ask(BO, &delete_account(1), NOW), Decision::Hide);
    assert_eq!(world.ask(BO, &add_admin(CLIENT, BO), NOW), Decision::Hide);
    assert_eq!(world.ask(BO, &remove_admin(ANA), NOW), Decision::Hide);
}

#[test]
fn r10_creating_in_a_foreign_account_is_hidden() {
    let mut world = owner_led();
    let command = create(21, 1, "Intruder", Some(STRANGER));
    assert_eq!(world.ask(STRANGER, &command, NOW), Decision::Hide);
}

#[test]
fn e56_the_same_name_twice_is_fine() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &create(21, 1, "Client", None), NOW));
    assert_accepted(&world.run(ANA, &rename(FIRST, "Account 1", "Client"), NOW));
}

#[test]
fn u10_u11_u12_u71_one_login_holds_different_roles_in_different_workspaces() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Read));
    assert_eq!(world.permissions(11, BO, NOW), PermissionSet::ALL);
    assert_eq!(world.permissions(TEAM, BO, NOW), one(Role::Read).permissions(&OwnRoles::NONE));
    assert_eq!(world.permissions(FIRST, BO, NOW), PermissionSet::NONE, "U-71");
    assert_refused(&world.ask(BO, &rename(TEAM, "Team", "Mine"), NOW), RefusalCode::Missing);
    assert_accepted(&world.ask(BO, &rename(11, "Person’s workspace", "Mine"), NOW));
}
