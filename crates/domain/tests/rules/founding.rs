use crate::prelude::*;

#[test]
fn u2_u4_sign_up_makes_a_personal_workspace_named_after_the_person() {
    let mut world = World::default();
    world.found(1, 10, ANA, SchemeId::OwnerLed);
    let workspace = &world.workspaces[&workspace_id(10)];
    assert_eq!(workspace.name, "Person’s workspace");
    assert_eq!(world.owners(workspace_id(10), Role::Owner), 1, "U-3");
}

#[test]
fn v4_sign_up_of_an_agency_makes_a_standard_workspace_with_its_admin() {
    let mut world = World::default();
    world.found(1, 10, ANA, SchemeId::Managed);
    assert_eq!(world.workspaces[&workspace_id(10)].name, "Account 1");
    assert!(world.admins[&(account_id(1), login_id(ANA))].active);
    assert_eq!(world.owners(workspace_id(10), Role::WorkspaceAdmin), 1, "E-66");
}

#[test]
fn v8_creation_without_a_plan_is_refused() {
    let mut world = owner_led();
    let command = create_on(21, 1, "No plan", Some(ANA), None);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::PlanMissing);
}

#[test]
fn u14_the_creator_becomes_owner() {
    let world = owner_led();
    assert_eq!(world.members[&member_id(TEAM, ANA)].roles, one(Role::Owner));
}

#[test]
fn u14_a_workspace_without_its_creator_is_refused_where_owners_lead() {
    let mut world = owner_led();
    let command = create_on(21, 1, "Nobody’s", None, Some(Plan::Basic));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::FounderMissing);
}
