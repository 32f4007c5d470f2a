//! What a person asks for, and what became of it at once.

use muster_domain::{
    About, AccountId, Choice, Colour, ContentBody, ContentId, Covers, End, GroupId, InvitationId,
    Labels, LoginId, MembershipId, ParseIdError, PermissionSet, Plan, Replacement, ReviewId,
    RoleId, RoleMapping, RoleSet, SchemeId, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Reason;

/// What a person asks for. The core makes the command of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "intent", rename_all = "snake_case")]
pub enum Intent {
    /// Create a workspace.
    CreateWorkspace {
        /// The account.
        account: String,
        /// The name.
        name: String,
        /// The plan; `null` is answered by `plan.choose`.
        #[ts(type = "Plan | null")]
        plan: Option<Plan>,
        /// Add me as Workspace Admin (E-66); ignored where creators always become owners.
        add_me: bool,
        /// Its labels.
        #[serde(default)]
        #[ts(type = "string[]")]
        labels: Labels,
    },
    /// Rename a workspace.
    RenameWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The new name.
        name: String,
    },
    /// Put a workspace into the bin.
    DeleteWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default)]
        reason: Option<String>,
    },
    /// Leave a workspace.
    LeaveWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Change roles.
    SetRoles {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// The roles to hold.
        #[ts(type = "Role[]")]
        roles: RoleSet,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default)]
        reason: Option<String>,
    },
    /// Suspend.
    Suspend {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default)]
        reason: Option<String>,
    },
    /// Let back in.
    Resume {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
    },
    /// Remove.
    Remove {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default)]
        reason: Option<String>,
    },
    /// Send an invitation again.
    Resend {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The invitation.
        #[ts(type = "string")]
        invitation: InvitationId,
    },
    /// Cancel an invitation.
    Revoke {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The invitation.
        #[ts(type = "string")]
        invitation: InvitationId,
    },
    /// Set or clear an end date (E-39).
    SetEnd {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// The end; `null` is never.
        #[ts(type = "End | null")]
        end: Option<End>,
    },
    /// Label a member.
    LabelMember {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// The labels to have.
        #[ts(type = "string[]")]
        labels: Labels,
    },
    /// Note something about a member.
    NoteMember {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The member.
        #[ts(type = "string")]
        member: MembershipId,
        /// The note to have.
        note: String,
    },
    /// Add somebody of the account without an invitation (C-13).
    AddMember {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Who, by a membership elsewhere in the account.
        #[ts(type = "string")]
        person: MembershipId,
        /// The roles to give.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Invite one address, as a line of a plan.
    Invite {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The address.
        address: String,
        /// The name that goes with it.
        name: Option<String>,
        /// The roles to give.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Label a workspace (V-12).
    LabelWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The labels to have.
        #[ts(type = "string[]")]
        labels: Labels,
    },
    /// Choose a workspace's colour.
    PaintWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The colour, by its key.
        #[ts(type = "Colour")]
        colour: Colour,
    },
    /// Choose a plan.
    SetPlan {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The plan.
        #[ts(type = "Plan")]
        plan: Plan,
    },
    /// End the plan (E-60).
    EndPlan {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Take a workspace out of the bin (E-17).
    RestoreWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Offer a workspace to another account (E-59).
    OfferWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The other account's number, as its admin copied it.
        to: String,
    },
    /// Take an offer back, or turn it down.
    EndOffer {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Take a workspace that is offered.
    AcceptOffer {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Change the roles of an invitation.
    SetInvitationRoles {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The invitation.
        #[ts(type = "string")]
        invitation: InvitationId,
        /// The roles to give.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Stand in for an inviter who lost the right (E-27).
    ConfirmInvitation {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The invitation.
        #[ts(type = "string")]
        invitation: InvitationId,
    },
    /// Define a role (R5).
    DefineRole {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Its name.
        name: String,
        /// What it gives.
        #[ts(type = "Permission[]")]
        permissions: PermissionSet,
    },
    /// Change a role (R5).
    ChangeRole {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The role.
        #[ts(type = "string")]
        role: RoleId,
        /// Its name.
        name: String,
        /// What it gives.
        #[ts(type = "Permission[]")]
        permissions: PermissionSet,
    },
    /// Delete a role (R5).
    DeleteRole {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The role.
        #[ts(type = "string")]
        role: RoleId,
        /// What single holders hold instead.
        #[ts(type = "Replacement[]")]
        holders: Vec<Replacement>,
        /// What everybody else gets instead.
        #[ts(type = "Role[]")]
        others: RoleSet,
    },
    /// Create a record.
    CreateContent {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Its name.
        name: String,
        /// What is in it.
        #[ts(type = "ContentBody")]
        body: ContentBody,
    },
    /// Change a record.
    ChangeContent {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The record.
        #[ts(type = "string")]
        content: ContentId,
        /// The version that was looked at.
        version: u32,
        /// Its name.
        name: String,
        /// What is in it.
        #[ts(type = "ContentBody")]
        body: ContentBody,
    },
    /// Delete a record.
    DeleteContent {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The record.
        #[ts(type = "string")]
        content: ContentId,
    },
    /// Rename an account.
    RenameAccount {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The new name.
        name: String,
    },
    /// Set an account's policies.
    SetPolicy {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// How long an invitation can be accepted, in days.
        invitation_days: u16,
        /// How long a copy opens without contact, in days.
        lease_days: u16,
        /// Whether acts by reach need a reason.
        reason_required: bool,
        /// After how many days the next access review is due, 0 for never; absent keeps it.
        #[serde(default)]
        #[ts(optional)]
        review_days: Option<u16>,
        /// Whether deleting the account takes a second Account Admin; absent keeps it.
        #[serde(default)]
        #[ts(optional)]
        second_admin: Option<bool>,
        /// For how many days names of people who deleted their sign-in stay (E-64); without a
        /// word it stays.
        #[serde(default)]
        #[ts(optional)]
        name_days: Option<u16>,
    },
    /// Make somebody an Account Admin.
    AddAdmin {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// Who, by a membership in the account.
        #[ts(type = "string")]
        person: MembershipId,
    },
    /// Take the adminship from somebody.
    RemoveAdmin {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The admin.
        #[ts(type = "string")]
        login: LoginId,
    },
    /// Leave an account.
    LeaveAccount {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// Delete an account for ever.
    DeleteAccount {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// Its name, as typed.
        name: String,
    },
    /// Have an account deleted on a later day.
    ScheduleDeletion {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// Its name, as typed.
        name: String,
        /// In how many days.
        days: u16,
    },
    /// Say yes to a deletion that another admin asked for.
    ConfirmDeletion {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// Withdraw a deletion.
    WithdrawDeletion {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// Follow the other scheme.
    SetScheme {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The scheme.
        #[ts(type = "Scheme")]
        scheme: SchemeId,
        /// What becomes of the roles.
        #[ts(type = "RoleMapping[]")]
        mapping: Vec<RoleMapping>,
        /// Who may end up with more.
        #[ts(type = "string[]")]
        widened: Vec<MembershipId>,
    },
    /// Create a group of workspaces.
    CreateGroup {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// Its name.
        name: String,
        /// Which workspaces it covers.
        #[ts(type = "Covers")]
        covers: Covers,
        /// The roles that its people hold.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Change a group.
    ChangeGroup {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The group.
        #[ts(type = "string")]
        group: GroupId,
        /// Its name.
        name: String,
        /// Which workspaces it covers.
        #[ts(type = "Covers")]
        covers: Covers,
        /// The roles that its people hold.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Delete a group.
    DeleteGroup {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The group.
        #[ts(type = "string")]
        group: GroupId,
    },
    /// Take somebody into a group.
    AddGroupPerson {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The group.
        #[ts(type = "string")]
        group: GroupId,
        /// Who, by a membership in the account.
        #[ts(type = "string")]
        person: MembershipId,
    },
    /// Take somebody out of a group.
    RemoveGroupPerson {
        /// The account.
        #[ts(type = "string")]
        account: AccountId,
        /// The group.
        #[ts(type = "string")]
        group: GroupId,
        /// The person.
        #[ts(type = "string")]
        login: LoginId,
    },
    /// Let other people decide in a review.
    SetReviewers {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The review.
        #[ts(type = "string")]
        review: ReviewId,
        /// Who decides from now on.
        #[ts(type = "string[]")]
        reviewers: Vec<LoginId>,
    },
    /// Decide about people of a review (E-48 to E-51).
    DecideReview {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The review.
        #[ts(type = "string")]
        review: ReviewId,
        /// Which lines, by their memberships: one, or several to be kept.
        #[ts(type = "string[]")]
        lines: Vec<MembershipId>,
        /// What; `null` takes my decision back.
        #[ts(type = "Choice | null")]
        choice: Option<Choice>,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Close a review whose changes are carried out.
    CloseReview {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The review.
        #[ts(type = "string")]
        review: ReviewId,
    },
}

impl Intent {
    /// What it is about.
    ///
    /// # Errors
    /// [`ParseIdError`] when what should say so is no id.
    pub fn about(&self) -> Result<About, ParseIdError> {
        Ok(match self {
            Intent::RenameWorkspace { workspace, .. }
            | Intent::DeleteWorkspace { workspace, .. }
            | Intent::LeaveWorkspace { workspace, .. }
            | Intent::SetRoles { workspace, .. }
            | Intent::Suspend { workspace, .. }
            | Intent::Resume { workspace, .. }
            | Intent::Remove { workspace, .. }
            | Intent::Resend { workspace, .. }
            | Intent::Revoke { workspace, .. }
            | Intent::SetEnd { workspace, .. }
            | Intent::LabelMember { workspace, .. }
            | Intent::NoteMember { workspace, .. }
            | Intent::AddMember { workspace, .. }
            | Intent::Invite { workspace, .. }
            | Intent::LabelWorkspace { workspace, .. }
            | Intent::PaintWorkspace { workspace, .. }
            | Intent::SetPlan { workspace, .. }
            | Intent::EndPlan { workspace, .. }
            | Intent::RestoreWorkspace { workspace, .. }
            | Intent::OfferWorkspace { workspace, .. }
            | Intent::EndOffer { workspace, .. }
            | Intent::AcceptOffer { workspace, .. }
            | Intent::SetInvitationRoles { workspace, .. }
            | Intent::ConfirmInvitation { workspace, .. }
            | Intent::DefineRole { workspace, .. }
            | Intent::ChangeRole { workspace, .. }
            | Intent::DeleteRole { workspace, .. }
            | Intent::CreateContent { workspace, .. }
            | Intent::ChangeContent { workspace, .. }
            | Intent::DeleteContent { workspace, .. }
            | Intent::SetReviewers { workspace, .. }
            | Intent::DecideReview { workspace, .. }
            | Intent::CloseReview { workspace, .. } => About::Workspace(*workspace),
            Intent::CreateWorkspace { account, .. } => About::Account(account.parse()?),
            Intent::RenameAccount { account, .. }
            | Intent::SetPolicy { account, .. }
            | Intent::AddAdmin { account, .. }
            | Intent::RemoveAdmin { account, .. }
            | Intent::LeaveAccount { account, .. }
            | Intent::DeleteAccount { account, .. }
            | Intent::ScheduleDeletion { account, .. }
            | Intent::ConfirmDeletion { account, .. }
            | Intent::WithdrawDeletion { account, .. }
            | Intent::SetScheme { account, .. }
            | Intent::CreateGroup { account, .. }
            | Intent::ChangeGroup { account, .. }
            | Intent::DeleteGroup { account, .. }
            | Intent::AddGroupPerson { account, .. }
            | Intent::RemoveGroupPerson { account, .. } => About::Account(*account),
        })
    }
}

/// What became of an intent at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Submitted {
    /// Kept in the outbox; it waits for the server.
    Queued {
        /// Its number, for undo.
        n: u32,
    },
    /// The server accepted it.
    Applied {
        /// What was created, where something was.
        created: Option<String>,
    },
    /// It is so already.
    NoOp,
    /// A rule said no, here or on the server; nothing changed.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// It needs a connection; nothing changed.
    NeedsConnection {
        /// The id of the sentence.
        sentence: String,
    },
    /// It was sent but the answer did not come; the Pending page will tell.
    Unanswered,
}
