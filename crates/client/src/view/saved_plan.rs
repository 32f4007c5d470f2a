//! Plans that are kept to be looked at again and carried out another time (ui.md 4.9), and plans
//! that are made of something: a date to go back to, or a text of who has access.

use muster_domain::{MembershipId, Permission, RoleSet, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Intent, PlanLine, PlanPreview, Reason};

/// What a plan was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanSource {
    /// From people who were selected.
    Selection,
    /// From a leaver run.
    Leaver,
    /// From a date to go back to.
    Revert,
    /// From a text of who has access.
    Text,
}

/// A plan to keep.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct SavePlan {
    /// What to call it.
    pub name: String,
    /// What it was made from.
    pub source: PlanSource,
    /// What to do, in order.
    pub intents: Vec<Intent>,
}

/// A plan in the list of those that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedPlanRow {
    /// Its number.
    pub n: u32,
    /// Its name; empty where nothing of it may be told.
    pub name: String,
    /// What it was made from; `null` for a word of a newer version.
    pub source: Option<PlanSource>,
    /// When it was kept.
    #[ts(type = "number")]
    pub made: Timestamp,
    /// How many lines it has.
    pub lines: u32,
    /// How many of them are done or on their way.
    pub done: u32,
}

/// A plan that is kept, looked at now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedPlanView {
    /// Its number.
    pub n: u32,
    /// Its name; empty where nothing of it may be told.
    pub name: String,
    /// What it was made from; `null` for a word of a newer version.
    pub source: Option<PlanSource>,
    /// When it was kept.
    #[ts(type = "number")]
    pub made: Timestamp,
    /// Its lines.
    pub lines: Vec<SavedPlanLine>,
}

/// One line of a plan that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedPlanLine {
    /// Its number in the plan.
    pub line: u32,
    /// How far it has come.
    pub state: SavedLineState,
    /// What it would do now; what it was to do where that is over.
    pub now: PlanLine,
    /// What is different from when it was kept; only of lines that can still be done.
    pub since: Option<PlanDrift>,
}

/// How far a line of a plan has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SavedLineState {
    /// It can be carried out.
    Open,
    /// It is kept in the outbox and waits for the server.
    Waiting,
    /// It was carried out.
    Done,
    /// It was so already when it was to be carried out.
    AlreadySo,
    /// It was tried and refused; it can be tried again.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// It was sent long ago; what became of it is in the history alone.
    Past,
    /// Nothing may be told of it: access has ended, or the copy is locked.
    Untold,
    /// A newer version of the app made it.
    Unknown,
}

/// What is different now from when a line was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanDrift {
    /// What the rules said then, if they say something else now.
    pub was: Option<PlanVerdict>,
    /// The roles that were held then, if others are held now.
    #[ts(type = "Role[] | null")]
    pub from: Option<RoleSet>,
    /// What it would give now and would not have given then (R16).
    #[ts(type = "Permission[]")]
    pub more: Vec<Permission>,
}

/// What the rules say of a line, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanVerdict {
    /// It can be done.
    Able,
    /// A rule is against it, or what it is about is gone.
    Blocked,
    /// It needs a connection.
    NeedsConnection,
    /// It is so already.
    Unchanged,
}

/// Which moment a workspace is to be as it was at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct RevertQuestion {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The moment.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// Only this person, by a membership of then or now.
    #[ts(type = "string | null")]
    pub member: Option<MembershipId>,
    /// Whether the account's admins are to be those of then, too.
    pub admins: bool,
}

/// A plan that was made of something, and what it cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MadePlan {
    /// What to do, in order.
    pub intents: Vec<Intent>,
    /// What would become of it.
    pub preview: PlanPreview,
    /// What no plan can bring about.
    pub gaps: Vec<PlanGap>,
    /// Whether this copy knows enough, so that nothing is missing.
    pub complete: bool,
}

/// Something that no plan can bring about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct PlanGap {
    /// Who or what it is about.
    pub about: String,
    /// The role or group that is named in the reason.
    pub of: String,
    /// Why.
    pub why: GapReason,
}

/// Why something cannot be brought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GapReason {
    /// The membership comes from a group and is changed there (E-37).
    Grouped,
    /// A role of the workspace's own is not there any more.
    RoleGone,
    /// A role of the workspace's own gives something else now.
    RoleDiffers,
    /// Who comes back by invitation comes back active.
    SuspendLater,
    /// Who comes back by invitation has no end date at first.
    EndLater,
    /// The end date is over.
    EndPast,
    /// The person has deleted their sign-in (E-64).
    Former,
    /// An invitation of then is not open any more.
    InvitationPast,
    /// Who shall be Account Admin is in no workspace of the account.
    NotInAccount,
    /// A group of the account is another one now.
    GroupDiffers,
}

/// Who has access to a workspace, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccessText {
    /// The text; `null` where it is too long to be shown and can only be written to a file.
    pub text: Option<String>,
    /// How many people are in it.
    pub people: u32,
    /// Whether this copy knows everybody.
    pub complete: bool,
}

/// What a text of who has access comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccessAnswer {
    /// What cannot be read; then there is no plan.
    pub errors: Vec<AccessError>,
    /// The name of the workspace that the text is of, where it is another one.
    pub other: Option<String>,
    /// What would make it so.
    pub plan: Option<MadePlan>,
}

/// What cannot be read in a text of who has access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccessError {
    /// The line, the first is 1.
    pub line: u32,
    /// What is wrong.
    pub what: AccessFault,
    /// The part that is wrong, or what it collides with.
    pub found: String,
}

/// What can be wrong in a text of who has access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccessFault {
    /// The first line does not say what the text is.
    NoVersion,
    /// It was written by a newer version.
    NewerVersion,
    /// No line begins like this.
    Word,
    /// A line that may stand once stands twice.
    Twice,
    /// Not an address.
    Address,
    /// A name is missing, or its closing mark is.
    Name,
    /// Not a role of this scheme.
    Role,
    /// The workspace has no role of its own by this name.
    OwnRole,
    /// Not a moment.
    Moment,
    /// Not a scheme, or not the one of this account.
    Scheme,
    /// Not a permission.
    Permission,
    /// Not a workspace's number.
    Workspace,
    /// Something is left over at the end of the line.
    Rest,
}
