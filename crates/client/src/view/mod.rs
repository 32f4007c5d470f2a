//! What the window is told: plain data, one type per thing shown.
//!
//! TypeScript for these types is generated into `ui/src/backend/types.ts` by the test
//! `types_are_current`; a stale file fails it.

mod account;
mod content;
mod place;
mod plan;
mod role;

use muster_domain::{
    AccountId, ContentBody, ContentId, Covers, End, GroupId, InvitationId, Labels, LoginId,
    MemberState, MembershipId, Param, Permission, PermissionSet, Plan, RefusalCode, Replacement,
    RoleId, RoleMapping, RoleSet, SchemeId, Timestamp, WorkspaceId, WorkspaceKind,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

pub use account::{
    AccountPage, AccountRow, AdminRow, Blocker, DeletionView, ExitPage, ExitPlace, ExitQuestion,
    Fate, PersonPick, SchemeLine, SchemePreview, SchemeQuestion, WidenedMember,
};
pub use content::{
    ContentCount, ContentName, ContentPage, ContentQuery, ContentRow, ContentSort, ContentView,
};
pub use place::{
    BinRow, GroupPersonView, GroupView, InboxRow, OfferRow, StepDown, TransferView, WorkspaceFilter,
};
pub use plan::{GroupPreview, PlanLine, PlanPreview, PlanResult, PlanRun, PlanView};
pub use role::{OwnRoleView, PermissionChoice, Proof, ProofSource, RoleColumn, RolesPage};

/// Where the app stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppState {
    /// Which of the start screens or the shell to show.
    pub phase: Phase,
    /// What keeps the app from opening: the key store, or a copy that cannot be read.
    pub problem: Option<Failure>,
    /// The server that was last used, as typed.
    pub server: Option<String>,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The connection as the status line tells it.
    pub connection: Connection,
    /// What waits.
    pub counts: PendingCounts,
    /// The workspace that was open when the window closed, if it is still there.
    #[ts(type = "string | null")]
    pub last_workspace: Option<WorkspaceId>,
    /// The app's version.
    pub version: String,
}

/// Which of the start screens or the shell to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody is signed in.
    SignedOut,
    /// The system's key store cannot be used, so nothing can be kept; `problem` says why.
    NoKeyStore,
    /// Signed in.
    Ready,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Me {
    /// The login.
    #[ts(type = "string")]
    pub id: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The addresses that the person has proved to be theirs (E-24).
    pub verified: Vec<String>,
    /// Invitations that wait for the person.
    pub inbox: u32,
    /// Whether the server sends mail, so that addresses can be proved.
    pub mail: bool,
    /// The accounts in which the person may create workspaces.
    pub accounts: Vec<AccountView>,
}

/// An account, as the create dialog and the workspaces page need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
}

/// The connection as the status line tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Connection {
    /// The state.
    pub state: ConnectionState,
    /// The last successful contact, server time.
    #[ts(type = "number | null")]
    pub last_contact: Option<Timestamp>,
    /// Since when there is no connection.
    #[ts(type = "number | null")]
    pub offline_since: Option<Timestamp>,
    /// When the next try is due.
    #[ts(type = "number | null")]
    pub next_try: Option<Timestamp>,
    /// How many workspaces of how many are loaded, while the first download runs.
    pub loading: Option<Loading>,
}

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// The first contact of this run is under way.
    Connecting,
    /// In contact.
    Online,
    /// The server does not answer.
    Offline,
    /// The server answers with a fault.
    ServerFault,
    /// The session has ended: sign in again; unsent changes are kept.
    SignedOut,
    /// The server wants a newer app.
    UpgradeNeeded,
    /// The disk is full; reading works, nothing new can be kept.
    DiskFull,
}

/// Progress of the first download.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Loading {
    /// Workspaces that are whole.
    pub done: u32,
    /// Workspaces in all.
    pub total: u32,
}

/// What waits, for the top bar and the sidebar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct PendingCounts {
    /// Not sent yet.
    pub not_sent: u32,
    /// Refused and not yet discarded.
    pub refused: u32,
}

/// A yes or no of the rules, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Expected to be accepted.
    Allowed,
    /// It is so already.
    NoOp,
    /// Refused.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// Absent: the person could never do it here.
    Hidden,
    /// This copy does not hold what the answer needs; the server will say.
    Unknown,
    /// Allowed, but not without a connection (R14).
    NeedsConnection {
        /// The id of the sentence: `offline.online_only`, `offline.owner`, …
        sentence: String,
    },
}

/// A reason as the interface's catalogue needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reason {
    /// The id of the sentence.
    #[ts(type = "RefusalCode")]
    pub code: RefusalCode,
    /// The rule.
    pub rule: String,
    /// The values of the sentence.
    #[ts(type = "Record<string, Param>")]
    pub params: BTreeMap<String, Param>,
}

/// One workspace in the switcher and on the Workspaces page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspaceRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: WorkspaceId,
    /// Its name, with unsent changes.
    pub name: String,
    /// The confirmed name, where an unsent change differs.
    pub was: Option<String>,
    /// The account's id.
    pub account: String,
    /// The account's name.
    pub account_name: String,
    /// Whether another workspace has the same name, so that the account is shown too (E-56).
    pub same_name: bool,
    /// Its scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// Personal or standard.
    #[ts(type = "'personal' | 'standard'")]
    pub kind: WorkspaceKind,
    /// Its plan.
    #[ts(type = "Plan")]
    pub plan: Plan,
    /// My roles here; empty where access comes by being Account Admin.
    #[ts(type = "Role[]")]
    pub my_roles: RoleSet,
    /// Whether I am Account Admin with reach here.
    pub account_admin: bool,
    /// Members, where I may see them: with the suspended, as the roster counts them.
    pub people: Option<u32>,
    /// Owner-class members, where I may see them.
    pub owners: Option<u32>,
    /// Which of the twelve colours its tile and band have, 0 to 11, by id.
    pub colour: u8,
    /// The two letters of its tile.
    pub letters: String,
    /// Changes waiting in it.
    pub not_sent: u32,
    /// Refused changes in it.
    pub refused: u32,
    /// Whether its copy is whole.
    pub loaded: bool,
    /// What it is sorted and grouped by (V-12).
    #[ts(type = "string[]")]
    pub labels: Labels,
    /// Whether its plan has ended (E-60).
    pub plan_ended: bool,
    /// How many people are over the plan's seats, where I may see it (E-61).
    pub over: u32,
    /// Whether it is left out of the switcher on this device (E-19).
    pub hidden: bool,
    /// Its place among the pinned ones, from 1.
    pub pinned: Option<u32>,
    /// The account that it is offered to, while it is (E-59).
    #[ts(type = "string | null")]
    pub offered_to: Option<AccountId>,
}

/// A page of workspaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspacePage {
    /// How many there are.
    pub total: u32,
    /// How many match the text.
    pub matched: u32,
    /// The asked rows, best match first, then by name.
    pub rows: Vec<WorkspaceRow>,
}

/// The open workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkspaceView {
    /// Its row.
    pub row: WorkspaceRow,
    /// What I may do here.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
    /// Whether I may see who is here.
    pub sees_members: bool,
    /// Whether I may see invitations.
    pub sees_invitations: bool,
    /// Renaming.
    pub rename: Verdict,
    /// Deleting.
    pub delete: Verdict,
    /// Leaving.
    pub leave: Verdict,
    /// Inviting.
    pub invite: Verdict,
    /// Open invitations, where I may see them.
    pub invitations: Option<u32>,
    /// Seats left, where the plan limits them and I may see it.
    pub seats_free: Option<u32>,
    /// Its own roles, to look names up by `own:N`.
    pub own_roles: Vec<OwnRoleView>,
    /// The kinds of records that I may see, in the order in which they are shown.
    pub contents: Vec<ContentCount>,
    /// Labelling it.
    pub label: Verdict,
    /// Choosing a plan, also ending it.
    pub billing: Verdict,
    /// Offering it to another account; `Hidden` for all but Account Admins.
    pub offer: Verdict,
    /// Who could do what I cannot: names of those with billing rights.
    pub billing_names: Vec<String>,
    /// Labels of its members that are in use.
    pub member_labels: Vec<String>,
}

/// Which members to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct MemberQuery {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Words in name or address, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// Only these roles; empty is all.
    #[serde(default)]
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Only with this label.
    #[serde(default)]
    pub label: Option<String>,
    /// Which states.
    pub status: MemberStatus,
    /// Sorted by this.
    pub sort: MemberSort,
    /// The other way round.
    #[serde(default)]
    pub descending: bool,
    /// The first row asked for.
    #[serde(default)]
    pub offset: u32,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// Which states of membership to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    /// Active and suspended; what the list shows unless asked otherwise.
    Present,
    /// Active only.
    Active,
    /// Suspended only.
    Suspended,
    /// Those whose membership has an end date (E-39).
    Ending,
    /// Those who left, were removed or whose time was over.
    Former,
}

/// What members are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberSort {
    /// By name.
    Name,
    /// By address.
    Address,
    /// By roles.
    Role,
    /// By state.
    Status,
    /// By day of joining.
    Joined,
}

/// A page of members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberPage {
    /// Present members, confirmed.
    pub people: u32,
    /// Owner-class members, confirmed.
    pub owners: u32,
    /// Present members that an unsent change removes.
    pub leaving: u32,
    /// How many match.
    pub matched: u32,
    /// Counts for the status chips.
    pub counts: MemberCounts,
    /// Account Admins with reach (R9); empty where the scheme gives none.
    pub account_admins: Vec<AdminView>,
    /// The asked rows.
    pub rows: Vec<MemberRow>,
}

/// Counts by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct MemberCounts {
    /// Active.
    pub active: u32,
    /// Suspended.
    pub suspended: u32,
    /// With an end date.
    pub ending: u32,
    /// Left, removed or over.
    pub former: u32,
}

/// An Account Admin under the member list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AdminView {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Since when.
    #[ts(type = "number")]
    pub since: Timestamp,
}

/// The mark in a row's margin (ui.md 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nothing to tell.
    None,
    /// Changed by somebody else since the list was opened.
    New,
    /// Yours, waiting for the server.
    NotSent,
    /// On its way.
    Sending,
    /// The server said no.
    Refused,
}

/// One member in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: MembershipId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// The roles, with unsent changes.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The confirmed roles, where an unsent change differs.
    #[ts(type = "Role[] | null")]
    pub roles_were: Option<RoleSet>,
    /// The state, with unsent changes.
    #[ts(type = "MemberState")]
    pub state: MemberState,
    /// The confirmed state, where an unsent change differs.
    #[ts(type = "MemberState | null")]
    pub state_was: Option<MemberState>,
    /// When the person joined.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// When the membership ended.
    #[ts(type = "number | null")]
    pub ended: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// When it ends by itself, and what is left then.
    #[ts(type = "End | null")]
    pub until: Option<End>,
    /// What the team sorts its people by.
    #[ts(type = "string[]")]
    pub labels: Labels,
    /// Whether the roles come from a group and are changed there (E-37).
    pub grouped: bool,
    /// Whether it is I.
    pub me: bool,
    /// The mark in the margin.
    pub mark: Mark,
}

/// One member in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberView {
    /// The row.
    pub row: MemberRow,
    /// Who last gave the roles.
    pub given_by: Option<String>,
    /// When they were last given.
    #[ts(type = "number | null")]
    pub given_at: Option<Timestamp>,
    /// The group that they come from, by name where I may see it, else empty.
    pub group: Option<String>,
    /// What the team notes about the person.
    pub note: String,
    /// Earlier memberships of the person here, newest first (E-29).
    pub earlier: Vec<EarlierStay>,
    /// Setting an end date at all.
    pub set_end: Verdict,
    /// Labels and note.
    pub annotate: Verdict,
    /// Also Account Admin of the account, so access stays after removal (E-32).
    pub account_admin: bool,
    /// What the person can do here, permission by permission.
    pub can: Vec<Ability>,
    /// Changing the role at all.
    pub change_role: Verdict,
    /// Suspending; `Hidden` for somebody suspended.
    pub suspend: Verdict,
    /// Letting back in; `Hidden` for somebody active.
    pub resume: Verdict,
    /// Removing.
    pub remove: Verdict,
    /// The refused change that stands on this row.
    pub refused: Option<PendingItem>,
    /// The unsent changes that stand on this row.
    pub not_sent: Vec<PendingItem>,
}

/// An earlier membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EarlierStay {
    /// The roles held last.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// From.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// To.
    #[ts(type = "number | null")]
    pub ended: Option<Timestamp>,
    /// Who ended it; empty where it ended by itself.
    pub ended_by: String,
    /// How it ended.
    #[ts(type = "MemberState")]
    pub state: MemberState,
}

/// A permission that a person has or lacks, and where from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ability {
    /// The permission.
    #[ts(type = "Permission")]
    pub permission: Permission,
    /// Whether they have it.
    pub has: bool,
    /// The roles that give it.
    #[ts(type = "Role[]")]
    pub by_roles: RoleSet,
    /// Whether being Account Admin gives it.
    pub by_account: bool,
}

/// The role picker's question: these members, and the roles ticked so far.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct RoleQuestion {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The members; empty asks for an invitation.
    #[ts(type = "string[]")]
    pub members: Vec<MembershipId>,
    /// The roles ticked.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
}

/// The role picker's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleAnswer {
    /// Whether several roles may be ticked.
    pub many: bool,
    /// Every role of the scheme.
    pub options: Vec<RoleOption>,
    /// What the first member gains by the ticked roles.
    #[ts(type = "Permission[]")]
    pub gains: Vec<Permission>,
    /// What they keep.
    #[ts(type = "Permission[]")]
    pub keeps: Vec<Permission>,
    /// What they lose.
    #[ts(type = "Permission[]")]
    pub loses: Vec<Permission>,
    /// The verdict for each member with the ticked roles, in the order asked.
    pub verdicts: Vec<MemberVerdict>,
}

/// One role in the picker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleOption {
    /// The role.
    #[ts(type = "Role")]
    pub role: String,
    /// For a role of the workspace's own, its name.
    pub name: Option<String>,
    /// Its permissions.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<Permission>,
    /// Whether the first member holds it now.
    pub now: bool,
    /// Whether it can be given to them.
    pub verdict: Verdict,
}

/// What the rules expect for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberVerdict {
    /// The member.
    #[ts(type = "string")]
    pub member: MembershipId,
    /// The name.
    pub name: String,
    /// The roles held now.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether anything is taken away, which then asks first (ui.md 7.1).
    pub loses: bool,
}

/// What a person asks for. The core makes the command of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
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
    /// Label a workspace (V-12).
    LabelWorkspace {
        /// The workspace.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// The labels to have.
        #[ts(type = "string[]")]
        labels: Labels,
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

/// A page of invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationPage {
    /// How many are open or expired.
    pub total: u32,
    /// The asked rows, newest first.
    pub rows: Vec<InvitationRow>,
}

/// One invitation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: InvitationId,
    /// The address.
    pub address: String,
    /// The name that came with it.
    pub name: Option<String>,
    /// The roles.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Who sent it.
    pub inviter: String,
    /// When it was last sent.
    #[ts(type = "number")]
    pub sent: Timestamp,
    /// From when on it cannot be accepted.
    #[ts(type = "number")]
    pub expires: Timestamp,
    /// Whether it can be accepted now.
    pub state: InvitationStatus,
    /// A word to the person.
    pub message: Option<String>,
    /// Confirming it; `Hidden` unless it needs that.
    pub confirm: Verdict,
    /// Changing its roles.
    pub set_roles: Verdict,
    /// Sending it again.
    pub resend: Verdict,
    /// Cancelling or dismissing it.
    pub revoke: Verdict,
}

/// Whether an invitation can be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// It can.
    Waiting,
    /// The inviter can no longer give the roles; somebody who can has to confirm (E-27).
    NeedsConfirmation,
    /// Its time is over.
    Expired,
    /// It was accepted.
    Accepted,
    /// The invited person said no.
    Declined,
}

/// A list of people to invite, from pasted text or a file, checked line by line. Every line
/// of the source is in exactly one of the groups: nothing is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportPreview {
    /// What the source was recognised as.
    pub format: ImportFormat,
    /// The file's columns; empty for pasted text.
    pub columns: Vec<String>,
    /// The column that addresses are taken from.
    pub address_column: Option<u32>,
    /// The column that names are taken from.
    pub name_column: Option<u32>,
    /// Lines of the source that name somebody or should.
    pub lines: u32,
    /// Counts by group.
    pub counts: ImportCounts,
    /// The lines, in the order of the source.
    pub rows: Vec<ImportRow>,
}

/// What a source was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// Typed or pasted addresses.
    Pasted,
    /// Slack's member list.
    Slack,
    /// Google Workspace's user download.
    Google,
    /// Microsoft Entra's user download.
    Entra,
    /// Any other table with a column of addresses.
    Table,
}

/// How many lines are in each group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportCounts {
    /// Ready to be invited.
    pub ready: u32,
    /// Members already.
    pub members: u32,
    /// Invited already.
    pub invited: u32,
    /// Need a look: not an address.
    pub look: u32,
    /// Left out, with a way to take them in.
    pub left_out: u32,
    /// Repeats of another line.
    pub repeated: u32,
}

/// One line of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportRow {
    /// The line's number in the source, from 1, the header not counted.
    pub line: u32,
    /// The address, normalised; or the text that is none.
    pub address: String,
    /// The person's name, if the source has one.
    pub name: Option<String>,
    /// Marked as from outside the organisation.
    pub external: bool,
    /// What happens with it.
    pub status: ImportStatus,
    /// Why it is not simply ready.
    pub reason: Option<ImportReason>,
    /// The roles a member or an invited person has.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The roles that a former member had here, to use again (E-29).
    #[ts(type = "Role[]")]
    pub former: RoleSet,
    /// Until when they had them.
    #[ts(type = "number | null")]
    pub former_until: Option<Timestamp>,
}

/// What happens with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Will be invited.
    Ready,
    /// Is a member already.
    Member,
    /// Is invited already.
    Invited,
    /// Is not an address.
    Look,
    /// Left out; can be taken in.
    LeftOut,
    /// The same person as another line, which counts instead.
    Repeated,
}

/// Why a line is not simply ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportReason {
    /// Deactivated in the source.
    Deactivated,
    /// Suspended in the source.
    Suspended,
    /// Archived in the source.
    Archived,
    /// Disabled in the source.
    Disabled,
    /// A bot or an app.
    Bot,
    /// No address in the line.
    NoAddress,
    /// A room, a scanner, a mailbox: no person's name.
    NotAPerson,
    /// A text that is no address.
    NotAnAddress,
    /// Repeats another line.
    Repeat,
}

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct InviteRequest {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The people, at most 5,000.
    pub people: Vec<Invitee>,
    /// The roles that all of them get.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// A word to all of them.
    #[serde(default)]
    pub message: Option<String>,
}

/// One person to invite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct Invitee {
    /// The address.
    pub address: String,
    /// The name, if known.
    pub name: Option<String>,
}

/// What became of the invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InviteResult {
    /// How many were sent.
    pub sent: u32,
    /// How many were sent but not yet answered; Pending will tell.
    pub unanswered: u32,
    /// Which were refused, and why; the rest has gone.
    pub refused: Vec<RefusedAddress>,
}

/// An address that could not be invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedAddress {
    /// The address.
    pub address: String,
    /// Why.
    pub reason: Reason,
}

/// The link of an invitation.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct LinkView {
    /// The whole link.
    pub link: String,
    /// The code alone.
    pub code: String,
}

/// What an invitation is for, before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InvitationLook {
    /// The server it belongs to, as a link names it.
    pub server: String,
    /// The invited address.
    pub address: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// The account's name.
    pub account_name: String,
    /// The scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// The roles it gives.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// Names of those of them that are the workspace's own.
    pub own_names: Vec<String>,
    /// Who invited.
    pub inviter_name: String,
    /// A word from the inviter.
    pub message: Option<String>,
    /// From when on it cannot be accepted.
    #[ts(type = "number")]
    pub expires: Timestamp,
}

/// The Pending page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PendingView {
    /// Waiting for the server, oldest first.
    pub not_sent: Vec<PendingItem>,
    /// Refused and not yet discarded, newest first.
    pub refused: Vec<PendingItem>,
    /// Settled in the last 30 days, newest first, at most 200.
    pub sent: Vec<PendingItem>,
}

/// One change on the Pending page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PendingItem {
    /// Its number.
    pub n: u32,
    /// What it does.
    pub what: PendingWhat,
    /// The workspace's id.
    #[ts(type = "string | null")]
    pub workspace: Option<WorkspaceId>,
    /// The workspace's name, as it was when the change was made.
    pub workspace_name: String,
    /// When it was made.
    #[ts(type = "number")]
    pub made: Timestamp,
    /// What the rules of this copy expect.
    pub expected: Verdict,
    /// What the server said.
    pub outcome: Option<OutcomeView>,
    /// Whether it is on its way and cannot be taken back.
    pub sending: bool,
}

/// What a change does, in values for a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PendingWhat {
    /// Create a workspace.
    Create {
        /// Its name.
        name: String,
    },
    /// Rename a workspace.
    Rename {
        /// From.
        was: String,
        /// To.
        name: String,
    },
    /// Delete a workspace.
    Delete,
    /// Leave a workspace.
    Leave,
    /// Change roles.
    Roles {
        /// Whose.
        person: String,
        /// From.
        #[ts(type = "Role[]")]
        was: RoleSet,
        /// To.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Suspend.
    Suspend {
        /// Whom.
        person: String,
    },
    /// Let back in.
    Resume {
        /// Whom.
        person: String,
    },
    /// Remove.
    Remove {
        /// Whom.
        person: String,
    },
    /// Invite.
    Invite {
        /// Which address.
        address: String,
        /// As what.
        #[ts(type = "Role[]")]
        roles: RoleSet,
    },
    /// Send an invitation again.
    Resend {
        /// Which address.
        address: String,
    },
    /// Cancel an invitation.
    Revoke {
        /// Which address.
        address: String,
    },
    /// Any other change: its command's name (`workspace.labels.set/1`), and what it is about:
    /// a person, a record, an account. The catalogue has a sentence for each name.
    Other {
        /// The command's name.
        command: String,
        /// What it is about.
        name: String,
    },
    /// A change made by a newer version of the app.
    Unreadable,
}

/// What the server said of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeView {
    /// The kind of outcome.
    pub status: OutcomeKind,
    /// Why not.
    pub reason: Option<Reason>,
    /// When the server decided.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Whether the rules here had expected something else (R13).
    pub differs: bool,
}

/// The kind of outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// It took effect.
    Applied,
    /// It was so already.
    NoOp,
    /// The rules said no.
    Refused,
    /// A change it builds on did not take effect.
    Skipped,
    /// The server does not know it.
    Unsupported,
    /// The server put it aside.
    Quarantined,
}

/// What signing up asks for.
#[derive(Clone, Deserialize, TS)]
pub struct SignUpForm {
    /// The server's address.
    pub server: String,
    /// The person's address.
    pub address: String,
    /// The password.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// The scheme; `null` with an invitation of a managed account.
    #[ts(type = "Scheme | null")]
    pub scheme: Option<SchemeId>,
    /// The account's name, for `managed`.
    pub account_name: Option<String>,
    /// An invitation's link or code to accept at once.
    pub invitation: Option<String>,
}

/// What signing in asks for.
#[derive(Clone, Deserialize, TS)]
pub struct SignInForm {
    /// The server's address.
    pub server: String,
    /// The person's address.
    pub address: String,
    /// The password.
    pub password: String,
}

/// What changed, so that the window reads again. At most 20 a second, merged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Changed {
    /// The state, connection or counts.
    pub state: bool,
    /// The list of workspaces.
    pub workspaces: bool,
    /// Members, invitations, roles or records of these workspaces; the id of each.
    pub rosters: Vec<String>,
    /// Accounts, the bin, groups, offers or the inbox.
    pub accounts: bool,
    /// Workspaces whose access ended since the last change.
    pub left: Vec<LeftWorkspace>,
    /// The Pending page.
    pub pending: bool,
}

/// A workspace that can no longer be opened (E-30, E-53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftWorkspace {
    /// Its id.
    pub id: String,
    /// The name it had.
    pub name: String,
    /// Whether it was my own doing: left, deleted, or the account's end.
    pub mine: bool,
}

/// A failure that the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Failure {
    /// The id of the sentence.
    pub code: FailureCode,
    /// The rule's reason, for `refused`.
    pub reason: Option<Reason>,
    /// The field of a form that is wrong.
    pub field: Option<String>,
    /// For *Copy details*: no names, no addresses, no secrets.
    pub detail: String,
}

macro_rules! failure_codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// The ids of the sentences for failures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
        pub enum FailureCode {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl FailureCode {
            /// Every code's key.
            pub const KEYS: &[&str] = &[$($key,)*];
        }
    };
}

failure_codes! {
    /// A rule said no.
    Refused = "refused",
    /// Address and password do not belong together.
    WrongPassword = "signin.wrong",
    /// The login is suspended.
    Suspended = "signin.suspended",
    /// Signing in needs a connection.
    SignInOffline = "signin.offline",
    /// Too many attempts.
    TooMany = "too_many",
    /// The address has a sign-in already.
    AddressTaken = "signup.taken",
    /// Not an address.
    BadAddress = "address.bad",
    /// The password is too short or too long.
    BadPassword = "password.bad",
    /// Not a server's address.
    BadServer = "server.bad",
    /// Nobody answers at that address.
    NoServer = "server.none",
    /// Something answers that is not Muster.
    NotMuster = "server.other",
    /// The server's version and this one have nothing in common.
    ServerVersion = "server.version",
    /// The server's certificate is not trusted.
    ServerCertificate = "server.certificate",
    /// Plain http to another machine is not allowed.
    ServerInsecure = "server.insecure",
    /// The server failed.
    ServerFault = "server.fault",
    /// The server does not answer.
    Offline = "offline.now",
    /// The session ended.
    SignedOut = "signed_out",
    /// There are unsent changes.
    UnsentChanges = "signout.unsent",
    /// Nothing there that the person may see.
    NotFound = "not_found",
    /// The code of an invitation is incomplete or wrong.
    BadCode = "invite.code",
    /// More than 5,000 people at once.
    TooManyPeople = "import.too_many",
    /// A file over 10 MB.
    FileTooLarge = "import.too_large",
    /// A file without a column of addresses.
    NoAddressColumn = "import.no_addresses",
    /// A file that is no table of text.
    NotATable = "import.not_text",
    /// No key store.
    NoKeyStore = "keystore.none",
    /// The key store is locked.
    KeyStoreLocked = "keystore.locked",
    /// The disk is full.
    DiskFull = "disk.full",
    /// The local copy cannot be read or written.
    CopyBroken = "copy.broken",
    /// The local copy was made by a newer version of the app.
    CopyNewer = "copy.newer",
    /// The outbox cannot be read.
    OutboxBroken = "outbox.broken",
    /// The server sends no mail.
    NoMail = "mail.none",
    /// The code that came by mail is wrong or too old.
    WrongCode = "address.code",
    /// A file could not be written.
    CannotWrite = "file.write",
    /// It is on its way or settled and cannot be taken back.
    CannotUndo = "undo.late",
    /// The request from the window makes no sense; a defect.
    BadRequest = "bad_request",
}
