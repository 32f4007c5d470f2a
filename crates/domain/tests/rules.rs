//! Every rule by its id, on a small world.

mod support;

use muster_domain::{
    Address, Command, Decision, LoginStatus, MemberState, Plan, RefusalCode, Role, RoleSet,
    SchemeId, Timestamp,
};
use support::{NOW, World, account_id, address, invitation_id, login_id, member_id, workspace_id};

const ANA: u8 = 1;
const BO: u8 = 2;
const CLEO: u8 = 3;
const STRANGER: u8 = 9;
/// A standard workspace in an `owner_led` account.
const TEAM: u8 = 20;
/// A standard workspace in a `managed` account.
const CLIENT: u8 = 30;

fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

/// Ana's own account with her personal workspace 10 and the workspace TEAM that she owns.
fn owner_led() -> World {
    let mut world = World::default();
    world.found(1, 10, ANA, SchemeId::OwnerLed);
    let command = Command::CreateWorkspace {
        workspace: workspace_id(TEAM),
        account: account_id(1),
        title: "Team".into(),
        plan: Some(Plan::Pro),
        membership: Some(member_id(TEAM, ANA)),
    };
    assert_accepted(&world.run(ANA, &command, NOW));
    world
}

/// An agency of which Ana is Account Admin; the workspace CLIENT has no members yet.
fn managed() -> World {
    let mut world = World::default();
    world.found(1, 10, ANA, SchemeId::Managed);
    let command = Command::CreateWorkspace {
        workspace: workspace_id(CLIENT),
        account: account_id(1),
        title: "Client".into(),
        plan: Some(Plan::Basic),
        membership: None,
    };
    assert_accepted(&world.run(ANA, &command, NOW));
    world
}

fn set(world: &World, workspace: u8, login: u8, roles: RoleSet) -> Command {
    let id = member_id(workspace, login);
    let was = world.members.get(&id).map_or(RoleSet::NONE, |it| it.roles);
    Command::SetMemberRoles { workspace: workspace_id(workspace), membership: id, was, roles }
}

fn remove(workspace: u8, login: u8) -> Command {
    Command::RemoveMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
    }
}

fn suspend(workspace: u8, login: u8) -> Command {
    Command::SuspendMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
    }
}

fn invite(workspace: u8, id: u8, whom: Address, roles: RoleSet) -> Command {
    Command::CreateInvitation {
        workspace: workspace_id(workspace),
        invitation: invitation_id(id),
        address: whom,
        person: None,
        roles,
    }
}

fn rename(workspace: u8, was: &str, title: &str) -> Command {
    Command::RenameWorkspace {
        workspace: workspace_id(workspace),
        was: was.into(),
        title: title.into(),
    }
}

fn delete(workspace: u8) -> Command {
    Command::DeleteWorkspace { workspace: workspace_id(workspace) }
}

fn leave(workspace: u8) -> Command {
    Command::LeaveWorkspace { workspace: workspace_id(workspace) }
}

#[track_caller]
fn assert_accepted(decision: &Decision) {
    assert!(matches!(decision, Decision::Accept(_)), "expected a yes, got {decision:?}");
}

#[track_caller]
fn assert_refused(decision: &Decision, code: RefusalCode) {
    match decision {
        Decision::Refuse(refusal) => assert_eq!(refusal.code, code),
        other => panic!("expected {}, got {other:?}", code.key()),
    }
}

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
    let command = Command::CreateWorkspace {
        workspace: workspace_id(21),
        account: account_id(1),
        title: "No plan".into(),
        plan: None,
        membership: Some(member_id(21, ANA)),
    };
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
    let command = Command::CreateWorkspace {
        workspace: workspace_id(21),
        account: account_id(1),
        title: "Nobody’s".into(),
        plan: Some(Plan::Basic),
        membership: None,
    };
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::FounderMissing);
}

#[test]
fn r10_creating_in_a_foreign_account_is_hidden() {
    let mut world = owner_led();
    let command = Command::CreateWorkspace {
        workspace: workspace_id(21),
        account: account_id(1),
        title: "Intruder".into(),
        plan: Some(Plan::Basic),
        membership: Some(member_id(21, STRANGER)),
    };
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
    world.members.get_mut(&second).expect("just joined").until = Some(NOW.plus_days(3));
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

#[test]
fn e22_e23_members_and_invited_people_are_not_invited_again() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let again = invite(TEAM, 1, address(BO), one(Role::Write));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::MemberExists);
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(7), one(Role::Read)), NOW));
    let again = invite(TEAM, 2, address(7), one(Role::Read));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::InvitationExists);
    let later = NOW.plus_days(8);
    assert_accepted(&world.ask(ANA, &again, later));
}

#[test]
fn e24_addresses_are_compared_without_case() {
    assert_eq!(Address::parse(" Ana@Example.ORG "), Address::parse("ana@example.org"));
}

#[test]
fn r12_e25_only_the_addressed_person_accepts_in_time() {
    let mut world = owner_led();
    world.run(ANA, &invite(TEAM, 1, address(BO), one(Role::Read)), NOW);
    let id = invitation_id(1);
    let member = member_id(TEAM, BO);
    assert_refused(&world.accept(CLEO, id, member), RefusalCode::WrongPerson);
    let late = NOW.plus_days(7);
    assert_refused(&world.accept_at(BO, id, member, late), RefusalCode::InvitationExpired);
    assert_accepted(&world.accept(BO, id, member));
    assert_eq!(world.members[&member].roles, one(Role::Read));
    let again = member_id(TEAM, 200);
    assert_refused(&world.accept(BO, id, again), RefusalCode::InvitationGone);
}

#[test]
fn e27_an_invitation_of_somebody_who_lost_the_right_opens_no_door() {
    let mut world = owner_led();
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.run(CLEO, &invite(TEAM, 1, address(BO), one(Role::Write)), NOW));
    assert_accepted(&world.run(ANA, &remove(TEAM, CLEO), NOW));
    let decision = world.accept(BO, invitation_id(1), member_id(TEAM, BO));
    assert_refused(&decision, RefusalCode::InviterLostRight);
}

#[test]
fn e28_invitations_reserve_seats_and_expired_ones_free_them() {
    let mut world = managed();
    for n in 0..100u8 {
        let whom = Address::parse(&format!("p{n}@x.example")).expect("fine");
        assert_accepted(&world.run(ANA, &invite(CLIENT, n, whom, one(Role::ChatUser)), NOW));
    }
    let one_more = invite(CLIENT, 200, address(BO), one(Role::ChatUser));
    assert_refused(&world.ask(ANA, &one_more, NOW), RefusalCode::NoSeat);
    assert_accepted(&world.ask(ANA, &one_more, NOW.plus_days(8)));
}

#[test]
fn names_are_trimmed_and_hidden_characters_refused() {
    let mut world = owner_led();
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "  Team "), NOW), Decision::NoOp);
    for bad in ["", "   ", "a\u{202e}b", "line\nbreak", &"x".repeat(81)] {
        let command = rename(TEAM, "Team", bad);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadName);
    }
}

#[test]
fn r13_a_known_id_is_never_used_again() {
    let mut world = owner_led();
    let command = Command::CreateWorkspace {
        workspace: workspace_id(TEAM),
        account: account_id(1),
        title: "Twice".into(),
        plan: Some(Plan::Pro),
        membership: Some(member_id(TEAM, 250)),
    };
    assert_refused(&world.ask(ANA, &command, Timestamp(NOW.0 + 1)), RefusalCode::IdUsed);
}

#[test]
fn r1_a_suspended_member_can_do_nothing() {
    let mut world = owner_led();
    let bo = world.join(TEAM, BO, one(Role::Owner));
    world.members.get_mut(&bo).expect("just joined").state = MemberState::Suspended;
    assert_eq!(world.ask(BO, &rename(TEAM, "Team", "Mine"), NOW), Decision::Hide);
}
