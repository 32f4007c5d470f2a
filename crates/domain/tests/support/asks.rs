//! Commands in few words, a small world of each scheme, and what is expected of an answer.

use muster_domain::{
    Address, CampaignId, Choice, Command, ContentBody, Covers, Decision, End, Event, EventKind,
    Labels, Permission, PermissionSet, Plan, PublicKey, QuietDays, RefusalCode, Role, RoleMapping,
    RoleSet, SchemeId, Timestamp, Undecided,
};

use super::{
    NOW, World, account_id, content_id, group_id, hand_out_id, invitation_id, login_id, member_id,
    review_id, role_id, workspace_id,
};

pub const ANA: u8 = 1;
pub const BO: u8 = 2;
pub const CLEO: u8 = 3;
pub const DAN: u8 = 4;
pub const STRANGER: u8 = 9;
/// The first workspace of account 1: personal in `owner_led`, standard in `managed`.
pub const FIRST: u8 = 10;
/// A standard workspace in an `owner_led` account.
pub const TEAM: u8 = 20;
/// A standard workspace in a `managed` account.
pub const CLIENT: u8 = 30;

pub fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

pub fn can(permissions: &[Permission]) -> PermissionSet {
    PermissionSet::of(permissions)
}

/// Ana's own account with her personal workspace [`FIRST`] and the workspace [`TEAM`] that
/// she owns.
pub fn owner_led() -> World {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::OwnerLed);
    assert_accepted(&world.run(ANA, &create(TEAM, 1, "Team", Some(ANA)), NOW));
    world
}

/// An agency of which Ana is Account Admin; the workspace [`CLIENT`] has no members yet.
pub fn managed() -> World {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::Managed);
    assert_accepted(&world.run(ANA, &create(CLIENT, 1, "Client", None), NOW));
    world
}

/// An `owner_led` account without a personal workspace: an agency that changed its scheme.
/// Ana owns its workspace [`FIRST`].
pub fn converted() -> World {
    let mut world = World::default();
    world.found(1, FIRST, ANA, SchemeId::Managed);
    let mapping = vec![to(one(Role::WorkspaceAdmin), one(Role::Owner))];
    assert_accepted(&world.run(ANA, &set_scheme(SchemeId::OwnerLed, mapping, &[]), NOW));
    world
}

/// A mapping that holds everywhere.
pub fn to(from: RoleSet, to: RoleSet) -> RoleMapping {
    RoleMapping { workspace: None, from, to: muster_domain::RolesTo::BuiltIn(to) }
}

pub fn set_scheme(scheme: SchemeId, mapping: Vec<RoleMapping>, widened: &[(u8, u8)]) -> Command {
    let widened = widened.iter().map(|(workspace, login)| member_id(*workspace, *login)).collect();
    Command::SetScheme { account: account_id(1), scheme, mapping, widened }
}

pub fn create(workspace: u8, account: u8, title: &str, creator: Option<u8>) -> Command {
    create_on(workspace, account, title, creator, Some(Plan::Pro))
}

pub fn create_on(
    workspace: u8,
    account: u8,
    title: &str,
    creator: Option<u8>,
    plan: Option<Plan>,
) -> Command {
    Command::CreateWorkspace {
        workspace: workspace_id(workspace),
        account: account_id(account),
        title: title.into(),
        plan,
        membership: creator.map(|login| member_id(workspace, login)),
        labels: Labels::default(),
    }
}

pub fn rename(workspace: u8, was: &str, title: &str) -> Command {
    Command::RenameWorkspace {
        workspace: workspace_id(workspace),
        was: was.into(),
        title: title.into(),
    }
}

pub fn delete(workspace: u8) -> Command {
    Command::DeleteWorkspace { workspace: workspace_id(workspace), reason: None }
}

pub fn restore(workspace: u8) -> Command {
    Command::RestoreWorkspace { workspace: workspace_id(workspace) }
}

pub fn leave(workspace: u8) -> Command {
    Command::LeaveWorkspace { workspace: workspace_id(workspace) }
}

pub fn leave_account(account: u8) -> Command {
    Command::LeaveAccount { account: account_id(account) }
}

pub fn delete_account(account: u8) -> Command {
    let title = format!("Account {account}");
    Command::DeleteAccount { account: account_id(account), title }
}

pub fn schedule(account: u8, days: u16) -> Command {
    let title = format!("Account {account}");
    Command::ScheduleDeletion { account: account_id(account), title, days }
}

pub fn confirm_end(account: u8) -> Command {
    Command::ConfirmDeletion { account: account_id(account) }
}

/// The policies of account 1 as they are, with or without a second admin for its end.
pub fn two_for_the_end(second_admin: bool) -> Command {
    Command::SetPolicy {
        account: account_id(1),
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: Some(second_admin),
        name_days: None,
    }
}

pub fn offer(workspace: u8, to: u8) -> Command {
    Command::OfferWorkspace { workspace: workspace_id(workspace), to: account_id(to) }
}

pub fn end_offer(workspace: u8) -> Command {
    Command::EndOffer { workspace: workspace_id(workspace) }
}

pub fn accept_offer(workspace: u8) -> Command {
    Command::AcceptOffer { workspace: workspace_id(workspace) }
}

pub fn set_plan(workspace: u8, plan: Plan) -> Command {
    Command::SetPlan { workspace: workspace_id(workspace), plan }
}

pub fn end_plan(workspace: u8) -> Command {
    Command::EndPlan { workspace: workspace_id(workspace) }
}

/// A change of roles from what is held now.
pub fn set(world: &World, workspace: u8, login: u8, roles: RoleSet) -> Command {
    let id = member_id(workspace, login);
    let was = world.members.get(&id).map_or(RoleSet::NONE, |it| it.roles);
    let workspace = workspace_id(workspace);
    Command::SetMemberRoles { workspace, membership: id, was, roles, reason: None }
}

/// An end date over what is set now.
pub fn set_end(world: &World, workspace: u8, login: u8, end: Option<End>) -> Command {
    let membership = member_id(workspace, login);
    let was = world.members.get(&membership).and_then(|it| it.until);
    Command::SetMemberEnd { workspace: workspace_id(workspace), membership, was, end }
}

/// The end of a membership in so many days.
pub fn ends_in(days: i64) -> Option<End> {
    Some(End { at: NOW.plus_days(days), roles: None })
}

/// The fall to lower roles in so many days.
pub fn falls_in(days: i64, roles: RoleSet) -> Option<End> {
    Some(End { at: NOW.plus_days(days), roles: Some(roles) })
}

pub fn label(workspace: u8, login: u8, labels: &[&str]) -> Command {
    Command::SetMemberLabels {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
        was: Labels::default(),
        labels: labels_of(labels),
    }
}

pub fn labels_of(labels: &[&str]) -> Labels {
    Labels::clean(labels).expect("fine labels")
}

pub fn note(workspace: u8, login: u8, was: &str, note: &str) -> Command {
    Command::SetMemberNote {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
        was: was.into(),
        note: note.into(),
    }
}

pub fn suspend(workspace: u8, login: u8) -> Command {
    Command::SuspendMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
        reason: None,
    }
}

pub fn resume(workspace: u8, login: u8) -> Command {
    Command::ResumeMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
    }
}

pub fn remove(workspace: u8, login: u8) -> Command {
    Command::RemoveMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
        reason: None,
    }
}

/// Adds to `workspace` the person whom their membership of `other` names.
pub fn add(workspace: u8, login: u8, other: u8, roles: RoleSet) -> Command {
    Command::AddMember {
        workspace: workspace_id(workspace),
        membership: member_id(workspace, login),
        person: member_id(other, login),
        roles,
    }
}

pub fn invite(workspace: u8, id: u8, whom: Address, roles: RoleSet) -> Command {
    Command::CreateInvitation {
        workspace: workspace_id(workspace),
        invitation: invitation_id(id),
        address: whom,
        person: None,
        roles,
        message: None,
    }
}

pub fn resend(workspace: u8, id: u8) -> Command {
    Command::ResendInvitation { workspace: workspace_id(workspace), invitation: invitation_id(id) }
}

pub fn invite_as(workspace: u8, id: u8, roles: RoleSet) -> Command {
    Command::SetInvitationRoles {
        workspace: workspace_id(workspace),
        invitation: invitation_id(id),
        roles,
    }
}

pub fn confirm(workspace: u8, id: u8) -> Command {
    Command::ConfirmInvitation { workspace: workspace_id(workspace), invitation: invitation_id(id) }
}

pub fn revoke(workspace: u8, id: u8) -> Command {
    Command::RevokeInvitation { workspace: workspace_id(workspace), invitation: invitation_id(id) }
}

pub fn define(workspace: u8, id: u8, permissions: &[Permission]) -> Command {
    Command::DefineRole {
        workspace: workspace_id(workspace),
        role: role_id(id),
        title: format!("Role {id}"),
        permissions: can(permissions),
    }
}

/// A change of what an own role gives, from what it gives now.
pub fn redefine(world: &World, workspace: u8, id: u8, permissions: &[Permission]) -> Command {
    Command::ChangeRole {
        workspace: workspace_id(workspace),
        role: role_id(id),
        was: world.roles.get(&role_id(id)).map_or(PermissionSet::NONE, |it| it.permissions),
        title: format!("Role {id}"),
        permissions: can(permissions),
    }
}

pub fn undefine(workspace: u8, id: u8, others: RoleSet) -> Command {
    Command::DeleteRole {
        workspace: workspace_id(workspace),
        role: role_id(id),
        holders: Vec::new(),
        others,
    }
}

pub fn write(workspace: u8, id: u8, title: &str, body: ContentBody) -> Command {
    Command::CreateContent {
        workspace: workspace_id(workspace),
        content: content_id(id),
        title: title.into(),
        body,
    }
}

pub fn group(account: u8, id: u8, covers: Covers, roles: RoleSet) -> Command {
    Command::CreateGroup {
        account: account_id(account),
        group: group_id(id),
        title: format!("Pod {id}"),
        covers,
        roles,
    }
}

pub fn regroup(account: u8, id: u8, covers: Covers, roles: RoleSet) -> Command {
    Command::ChangeGroup {
        account: account_id(account),
        group: group_id(id),
        title: format!("Pod {id}"),
        covers,
        roles,
    }
}

pub fn ungroup(account: u8, id: u8) -> Command {
    Command::DeleteGroup { account: account_id(account), group: group_id(id) }
}

/// Takes into the group the person whom their membership of `of` names.
pub fn into_group(account: u8, id: u8, of: u8, login: u8) -> Command {
    Command::AddGroupPerson {
        account: account_id(account),
        group: group_id(id),
        person: member_id(of, login),
    }
}

pub fn out_of_group(account: u8, id: u8, login: u8) -> Command {
    Command::RemoveGroupPerson {
        account: account_id(account),
        group: group_id(id),
        login: super::login_id(login),
    }
}

pub fn add_admin(of: u8, login: u8) -> Command {
    Command::AddAdmin { account: account_id(1), person: member_id(of, login) }
}

pub fn remove_admin(login: u8) -> Command {
    Command::RemoveAdmin { account: account_id(1), login: super::login_id(login) }
}

/// Starts review `id`, due in thirty days.
pub fn review(workspace: u8, id: u8, reviewers: &[u8]) -> Command {
    review_with(workspace, id, reviewers, Undecided::Leave)
}

pub fn review_with(workspace: u8, id: u8, reviewers: &[u8], undecided: Undecided) -> Command {
    Command::StartReview {
        workspace: workspace_id(workspace),
        review: review_id(id),
        campaign: CampaignId::from_bytes([id; 16]),
        title: format!("Review {id}"),
        due: NOW.plus_days(30),
        undecided,
        quiet: QuietDays::USUAL,
        reviewers: reviewers.iter().map(|it| login_id(*it)).collect(),
    }
}

pub fn reviewed_by(workspace: u8, id: u8, reviewers: &[u8]) -> Command {
    Command::SetReviewers {
        workspace: workspace_id(workspace),
        review: review_id(id),
        reviewers: reviewers.iter().map(|it| login_id(*it)).collect(),
    }
}

/// A decision in review `id` about the first memberships of people, with a reason.
pub fn verdict(workspace: u8, id: u8, people: &[u8], choice: Option<Choice>) -> Command {
    verdict_for(workspace, id, people, choice, Some("because"))
}

pub fn verdict_for(
    workspace: u8,
    id: u8,
    people: &[u8],
    choice: Option<Choice>,
    reason: Option<&str>,
) -> Command {
    Command::DecideReview {
        workspace: workspace_id(workspace),
        review: review_id(id),
        lines: people.iter().map(|it| member_id(workspace, *it)).collect(),
        choice,
        reason: reason.map(str::to_owned),
    }
}

/// Names a key of mine for the evidence of review `id`.
pub fn key_of(workspace: u8, id: u8, key: u8) -> Command {
    Command::RegisterReviewKey {
        workspace: workspace_id(workspace),
        review: review_id(id),
        key: PublicKey::from_bytes([key; 32]),
    }
}

/// Hands review `id` to a client.
pub fn hand_out(workspace: u8, id: u8, hand_out: u8, client: &str) -> Command {
    Command::HandOutReview {
        workspace: workspace_id(workspace),
        review: review_id(id),
        hand_out: hand_out_id(hand_out),
        client: client.to_owned(),
        key: PublicKey::from_bytes([hand_out; 32]),
    }
}

/// Enters what the client said about people in what was handed out.
pub fn entered(
    workspace: u8,
    id: u8,
    hand_out: u8,
    people: &[u8],
    choice: Choice,
    reason: Option<&str>,
) -> Command {
    Command::EnterReview {
        workspace: workspace_id(workspace),
        review: review_id(id),
        hand_out: hand_out_id(hand_out),
        lines: people.iter().map(|it| member_id(workspace, *it)).collect(),
        choice,
        reason: reason.map(str::to_owned),
    }
}

pub fn end_review(workspace: u8, id: u8) -> Command {
    Command::CloseReview { workspace: workspace_id(workspace), review: review_id(id) }
}

/// These workspaces and no others.
pub fn listed(workspaces: &[u8]) -> Covers {
    Covers::Listed(workspaces.iter().map(|it| workspace_id(*it)).collect())
}

/// All workspaces but these.
pub fn all_but(workspaces: &[u8]) -> Covers {
    Covers::AllBut(workspaces.iter().map(|it| workspace_id(*it)).collect())
}

/// The same moment in so many days.
pub fn day(days: i64) -> Timestamp {
    NOW.plus_days(days)
}

#[track_caller]
pub fn assert_accepted(decision: &Decision) {
    assert!(matches!(decision, Decision::Accept(_)), "expected a yes, got {decision:?}");
}

#[track_caller]
pub fn assert_refused(decision: &Decision, code: RefusalCode) {
    match decision {
        Decision::Refuse(refusal) => assert_eq!(refusal.code, code),
        other => panic!("expected {}, got {other:?}", code.key()),
    }
}

/// The events of a yes.
#[track_caller]
pub fn events(decision: &Decision) -> &[Event] {
    match decision {
        Decision::Accept(events) => events,
        other => panic!("expected a yes, got {other:?}"),
    }
}

/// How often a kind is among the events of a yes.
#[track_caller]
pub fn times(decision: &Decision, kind: EventKind) -> usize {
    events(decision).iter().filter(|it| it.kind == kind).count()
}
