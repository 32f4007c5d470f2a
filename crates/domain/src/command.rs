//! Commands: named, versioned intents with arguments, made once and never edited.
//!
//! The serialised form is pinned by a snapshot: a command waits in outboxes for weeks, so a
//! name keeps its meaning for ever and a changed meaning gets a new version (sync.md 4.6).

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::colour::Colour;
use crate::content::ContentBody;
use crate::ids::{
    AccountId, CampaignId, ContentId, GroupId, HandOutId, InvitationId, LoginId, MembershipId,
    ReviewId, RoleId, WorkspaceId,
};
use crate::labels::Labels;
use crate::object::{Covers, End};
use crate::permission::PermissionSet;
use crate::plan::Plan;
use crate::public_key::PublicKey;
use crate::quiet_days::QuietDays;
use crate::review::{Choice, Undecided};
use crate::role_set::RoleSet;
use crate::scheme::SchemeId;
use crate::time::Timestamp;

pub use crate::about::About;
pub use crate::offline::{OfflineClass, TouchesOwnerClass};

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "args")]
pub enum Command {
    /// Rename an account.
    #[serde(rename = "account.rename/1")]
    RenameAccount {
        /// The account.
        account: AccountId,
        /// The name it had when the change was made (E-42).
        was: String,
        /// The new name.
        title: String,
    },
    /// Set an account's policies.
    #[serde(rename = "account.policy.set/1")]
    SetPolicy {
        /// The account.
        account: AccountId,
        /// How long an invitation can be accepted: 1 to 30 days (E-26).
        invitation_days: u16,
        /// How long a copy opens without contact: 0 to 30 days (E-31).
        lease_days: u16,
        /// Whether acts by reach in a workspace need a reason (E-36).
        reason_required: bool,
        /// After how many days the next access review is due (V-49), 0 to 730 and 0 for never;
        /// without a word it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_days: Option<u16>,
        /// Whether deleting the account takes the yes of a second Account Admin (E-14); without
        /// a word it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second_admin: Option<bool>,
        /// For how many days the names of people who deleted their sign-in stay (E-64), 0 to
        /// 3,650; without a word it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_days: Option<u16>,
    },
    /// Make somebody who is a member in the account an Account Admin (V-18, E-34).
    #[serde(rename = "account.admin.add/1")]
    AddAdmin {
        /// The account.
        account: AccountId,
        /// A present membership of the person in one of its workspaces.
        person: MembershipId,
    },
    /// Take the adminship of an account from somebody, or from oneself (V-19, E-33).
    #[serde(rename = "account.admin.remove/1")]
    RemoveAdmin {
        /// The account.
        account: AccountId,
        /// The admin.
        login: LoginId,
    },
    /// Leave an account and all its workspaces (V-39..41, E-13).
    #[serde(rename = "account.leave/1")]
    LeaveAccount {
        /// The account.
        account: AccountId,
    },
    /// Delete an account with all its data, at once and for ever (V-42..44).
    #[serde(rename = "account.delete/1")]
    DeleteAccount {
        /// The account.
        account: AccountId,
        /// Its name, typed by the person (V-50).
        title: String,
    },
    /// Have an account deleted on a later day (E-16).
    #[serde(rename = "account.delete.schedule/1")]
    ScheduleDeletion {
        /// The account.
        account: AccountId,
        /// Its name, typed by the person (V-50).
        title: String,
        /// In how many days: 1 to 14.
        days: u16,
    },
    /// Say yes, as a second Account Admin, to a deletion that another one asked for (E-14).
    #[serde(rename = "account.delete.confirm/1")]
    ConfirmDeletion {
        /// The account.
        account: AccountId,
    },
    /// Withdraw a deletion before its day (E-16).
    #[serde(rename = "account.delete.withdraw/1")]
    WithdrawDeletion {
        /// The account.
        account: AccountId,
    },
    /// Let a living account follow the other product's rules (E-58).
    #[serde(rename = "account.scheme.set/1")]
    SetScheme {
        /// The account.
        account: AccountId,
        /// The scheme to follow.
        scheme: SchemeId,
        /// What becomes of each set of roles that is held or offered.
        mapping: Vec<RoleMapping>,
        /// Members who may end up with more than they have (R16).
        widened: Vec<MembershipId>,
    },
    /// Create a workspace (V-8, V-11, U-13).
    #[serde(rename = "workspace.create/1")]
    CreateWorkspace {
        /// The new workspace's id.
        workspace: WorkspaceId,
        /// The account that will hold it.
        account: AccountId,
        /// Its name.
        title: String,
        /// Its plan; without one the creation is refused (V-8).
        plan: Option<Plan>,
        /// The creator's membership; `None` leaves an Account Admin out of the list (E-66).
        membership: Option<MembershipId>,
        /// Its labels.
        #[serde(default, skip_serializing_if = "Labels::is_empty")]
        labels: Labels,
    },
    /// Rename a workspace (U-40).
    #[serde(rename = "workspace.rename/1")]
    RenameWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
        /// The name it had when the change was made (E-42).
        was: String,
        /// The new name.
        title: String,
    },
    /// Label a workspace (V-12).
    #[serde(rename = "workspace.labels.set/1")]
    SetWorkspaceLabels {
        /// The workspace.
        workspace: WorkspaceId,
        /// The labels it had when the change was made (E-42).
        was: Labels,
        /// The labels to have.
        labels: Labels,
    },
    /// Choose a workspace's colour (ui.md 5.13).
    #[serde(rename = "workspace.colour.set/1")]
    SetWorkspaceColour {
        /// The workspace.
        workspace: WorkspaceId,
        /// The colour to have; `None` is the one that its id gives.
        colour: Option<Colour>,
    },
    /// Choose a workspace's plan, also after it has ended (V-7, E-61).
    #[serde(rename = "workspace.plan.set/1")]
    SetPlan {
        /// The workspace.
        workspace: WorkspaceId,
        /// The plan.
        plan: Plan,
    },
    /// End a workspace's plan: it can be looked at from then on (E-60).
    #[serde(rename = "workspace.plan.end/1")]
    EndPlan {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Put a workspace into the bin (U-41).
    #[serde(rename = "workspace.delete/1")]
    DeleteWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Take a workspace out of the bin (E-17).
    #[serde(rename = "workspace.restore/1")]
    RestoreWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Leave a workspace (U-42).
    #[serde(rename = "workspace.leave/1")]
    LeaveWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Offer a workspace to another account (E-59).
    #[serde(rename = "workspace.offer/1")]
    OfferWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
        /// The account that may take it.
        to: AccountId,
    },
    /// Take an offer back, or turn it down (E-59).
    #[serde(rename = "workspace.offer.end/1")]
    EndOffer {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Take a workspace that is offered (E-59).
    #[serde(rename = "workspace.offer.accept/1")]
    AcceptOffer {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Add somebody who is in the account already, without an invitation (C-13).
    #[serde(rename = "member.add/1")]
    AddMember {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new membership's id.
        membership: MembershipId,
        /// A present membership of the person in another workspace of the account.
        person: MembershipId,
        /// The roles to give.
        roles: RoleSet,
    },
    /// Change the roles of a member.
    #[serde(rename = "member.roles.set/1")]
    SetMemberRoles {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// The roles held when the change was made (E-42).
        was: RoleSet,
        /// The roles to hold.
        roles: RoleSet,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Set or clear the day on which a membership ends (E-39).
    #[serde(rename = "member.end.set/1")]
    SetMemberEnd {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// What was set when the change was made (E-42).
        was: Option<End>,
        /// What to set; `None` is never.
        end: Option<End>,
    },
    /// Label a member.
    #[serde(rename = "member.labels.set/1")]
    SetMemberLabels {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// The labels at the time of the change (E-42).
        was: Labels,
        /// The labels to have.
        labels: Labels,
    },
    /// Note something about a member.
    #[serde(rename = "member.note.set/1")]
    SetMemberNote {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// The note at the time of the change (E-42).
        was: String,
        /// The note to have.
        note: String,
    },
    /// Suspend a member.
    #[serde(rename = "member.suspend/1")]
    SuspendMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Let a suspended member back in.
    #[serde(rename = "member.resume/1")]
    ResumeMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
    },
    /// Remove a member.
    #[serde(rename = "member.remove/1")]
    RemoveMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// Why, where the account asks for a reason (E-36).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Invite an address.
    #[serde(rename = "invitation.create/1")]
    CreateInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new invitation's id.
        invitation: InvitationId,
        /// The address.
        address: Address,
        /// The name that came with the address.
        person: Option<String>,
        /// The roles to give.
        roles: RoleSet,
        /// A word to the person, at most 500 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// Send an invitation again with a new link (E-23).
    #[serde(rename = "invitation.resend/1")]
    ResendInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
    },
    /// Change the roles that an invitation gives (E-23).
    #[serde(rename = "invitation.roles.set/1")]
    SetInvitationRoles {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
        /// The roles to give.
        roles: RoleSet,
    },
    /// Stand in for an inviter who lost the right (E-27).
    #[serde(rename = "invitation.confirm/1")]
    ConfirmInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
    },
    /// Cancel an invitation, or dismiss one whose time is over (E-26).
    #[serde(rename = "invitation.revoke/1")]
    RevokeInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
    },
    /// Define a role of the workspace's own (R5).
    #[serde(rename = "role.define/1")]
    DefineRole {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new role's id.
        role: RoleId,
        /// Its name.
        title: String,
        /// What it gives.
        permissions: PermissionSet,
    },
    /// Change a role of the workspace's own (R5).
    #[serde(rename = "role.change/1")]
    ChangeRole {
        /// The workspace.
        workspace: WorkspaceId,
        /// The role.
        role: RoleId,
        /// What it gave when the change was made (E-42).
        was: PermissionSet,
        /// Its name.
        title: String,
        /// What it gives from now on.
        permissions: PermissionSet,
    },
    /// Delete a role of the workspace's own; every holder gets another (R5).
    #[serde(rename = "role.delete/1")]
    DeleteRole {
        /// The workspace.
        workspace: WorkspaceId,
        /// The role.
        role: RoleId,
        /// What single holders hold instead.
        holders: Vec<Replacement>,
        /// What invitations and all other holders get instead.
        others: RoleSet,
    },
    /// Create a record in a workspace (V-34..38).
    #[serde(rename = "content.create/1")]
    CreateContent {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new record's id.
        content: ContentId,
        /// Its name.
        title: String,
        /// What is in it.
        body: ContentBody,
    },
    /// Change a record.
    #[serde(rename = "content.change/1")]
    ChangeContent {
        /// The workspace.
        workspace: WorkspaceId,
        /// The record.
        content: ContentId,
        /// The version that the change builds on (E-42).
        version: u32,
        /// Its name.
        title: String,
        /// What is in it from now on; of the same kind as before.
        body: ContentBody,
    },
    /// Delete a record.
    #[serde(rename = "content.delete/1")]
    DeleteContent {
        /// The workspace.
        workspace: WorkspaceId,
        /// The record.
        content: ContentId,
    },
    /// Create a group of workspaces (E-37).
    #[serde(rename = "group.create/1")]
    CreateGroup {
        /// The account.
        account: AccountId,
        /// The new group's id.
        group: GroupId,
        /// Its name.
        title: String,
        /// Which workspaces it covers.
        covers: Covers,
        /// The roles that its people hold there.
        roles: RoleSet,
    },
    /// Change a group's name, workspaces or roles (E-37).
    #[serde(rename = "group.change/1")]
    ChangeGroup {
        /// The account.
        account: AccountId,
        /// The group.
        group: GroupId,
        /// Its name.
        title: String,
        /// Which workspaces it covers.
        covers: Covers,
        /// The roles that its people hold there.
        roles: RoleSet,
    },
    /// Delete a group; what its people held by it ends (E-37).
    #[serde(rename = "group.delete/1")]
    DeleteGroup {
        /// The account.
        account: AccountId,
        /// The group.
        group: GroupId,
    },
    /// Take somebody who is a member in the account into a group (E-37).
    #[serde(rename = "group.person.add/1")]
    AddGroupPerson {
        /// The account.
        account: AccountId,
        /// The group.
        group: GroupId,
        /// A present membership of the person in one of the account's workspaces.
        person: MembershipId,
    },
    /// Take somebody out of a group (E-37).
    #[serde(rename = "group.person.remove/1")]
    RemoveGroupPerson {
        /// The account.
        account: AccountId,
        /// The group.
        group: GroupId,
        /// The person.
        login: LoginId,
    },
    /// Start an access review of a workspace: its list is as the server has it then (V-49).
    #[serde(rename = "review.start/1")]
    StartReview {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new review's id.
        review: ReviewId,
        /// What it is started together with.
        campaign: CampaignId,
        /// Its name.
        title: String,
        /// When it should be done.
        due: Timestamp,
        /// What happens to people whom nobody decides about (E-50).
        undecided: Undecided,
        /// After how many days without a change somebody is pointed out.
        #[serde(default, skip_serializing_if = "QuietDays::is_usual")]
        quiet: QuietDays,
        /// Who decides; each may run reviews here.
        reviewers: Vec<LoginId>,
    },
    /// Let other people decide in a review.
    #[serde(rename = "review.reviewers.set/1")]
    SetReviewers {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
        /// Who decides from now on.
        reviewers: Vec<LoginId>,
    },
    /// Decide about people of a review, or take a decision back (E-48..51).
    #[serde(rename = "review.decide/1")]
    DecideReview {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
        /// The memberships decided about: up to 500 to keep, one to change or remove.
        lines: Vec<MembershipId>,
        /// What; `None` takes an earlier decision back.
        choice: Option<Choice>,
        /// Why; needed unless the access is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Write down the key with which I sign evidence of a review.
    #[serde(rename = "review.key.register/1")]
    RegisterReviewKey {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
        /// The public half.
        key: PublicKey,
    },
    /// Write down that a review's list was handed to a client who has no sign-in.
    #[serde(rename = "review.hand_out/1")]
    HandOutReview {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
        /// The id of what is handed out.
        hand_out: HandOutId,
        /// To whom.
        client: String,
        /// The public half of the key that the client's answer is signed with.
        key: PublicKey,
    },
    /// Enter what a client decided about people of a review.
    #[serde(rename = "review.enter/1")]
    EnterReview {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
        /// What the client decided in.
        hand_out: HandOutId,
        /// The memberships decided about: up to 500 to keep, one to change or remove.
        lines: Vec<MembershipId>,
        /// What.
        choice: Choice,
        /// Why; needed unless the access is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Close a review whose changes are carried out.
    #[serde(rename = "review.close/1")]
    CloseReview {
        /// The workspace.
        workspace: WorkspaceId,
        /// The review.
        review: ReviewId,
    },
}

/// What becomes of a set of roles when an account changes its scheme (E-58).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleMapping {
    /// Where it holds; `None` is everywhere. Roles of a workspace's own need it.
    #[serde(default)]
    pub workspace: Option<WorkspaceId>,
    /// The roles held so far.
    pub from: RoleSet,
    /// The roles to hold.
    pub to: RolesTo,
}

/// The roles to hold in the new scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", content = "roles", rename_all = "snake_case")]
pub enum RolesTo {
    /// These built-in ones.
    BuiltIn(RoleSet),
    /// A role of each workspace's own with the same permissions as before; in `managed` only.
    Equal,
}

/// What a holder of a deleted role holds instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The holder.
    pub membership: MembershipId,
    /// The roles that take the place of the deleted one.
    pub roles: RoleSet,
}
