//! A review with a client who has no sign-in (ui.md 5.8).

use muster_domain::{MembershipId, OwnRole, ReviewId, RoleSet, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ReviewView, StandpointView, Submitted, Verdict};

/// What to hand to whom.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct HandOutForm {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The review.
    #[ts(type = "string")]
    pub review: ReviewId,
    /// Who decides.
    pub client: String,
    /// What the file is locked with.
    pub passphrase: String,
}

/// What became of handing out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandOutView {
    /// The file; none where the rules said no.
    pub file: Option<String>,
    /// What became of telling the log.
    pub submitted: Submitted,
}

/// A review file that somebody chose, with its passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct SheetForm {
    /// The file in Base64.
    pub content: String,
    /// What it was locked with.
    pub passphrase: String,
}

/// A review file that the app was opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedSheet {
    /// Its name.
    pub name: String,
    /// The file in Base64.
    pub content: String,
}

/// An open review file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SheetView {
    /// The list, as a review that the client alone decides in.
    pub review: ReviewView,
    /// Who decides.
    pub client: String,
    /// Who handed it out.
    pub from: String,
    /// Names of the workspace's own roles.
    pub own_roles: Vec<OwnRoleName>,
}

/// The name of a role of a workspace's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnRoleName {
    /// The role.
    #[ts(type = "Role")]
    pub role: String,
    /// Its name.
    pub name: String,
}

impl OwnRoleName {
    /// As a row has it.
    pub fn of(role: &OwnRole) -> Self {
        Self { role: format!("own:{}", role.slot), name: role.name.clone() }
    }
}

/// An answer that somebody chose, for which review, with its passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct AnswerFile {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The review.
    #[ts(type = "string")]
    pub review: ReviewId,
    /// The file in Base64.
    pub content: String,
    /// What it was locked with.
    pub passphrase: String,
}

/// What a client's answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerLook {
    /// Who decided.
    pub client: String,
    /// Who had handed the list out.
    pub handed_by: String,
    /// When, by the server's clock.
    #[ts(type = "number")]
    pub handed_at: Timestamp,
    /// When the answer was written, by the clock of the client's device.
    #[ts(type = "number")]
    pub answered_at: Timestamp,
    /// How many people are on the list.
    pub people: u32,
    /// How many lines were entered already.
    pub same: u32,
    /// How many lines the rules refuse to whoever looks.
    pub refused: u32,
    /// What the client decided, by name.
    pub lines: Vec<AnswerLine>,
}

/// What a client decided about one person, and what is decided about them here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnswerLine {
    /// The membership.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The person's name.
    pub name: String,
    /// What the client decided.
    pub choice: StandpointView,
    /// The roles of a change.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
    /// Why.
    pub reason: Option<String>,
    /// What is decided here by now.
    pub now: StandpointView,
    /// The roles of a change.
    #[ts(type = "Role[]")]
    pub now_to: RoleSet,
    /// By whom.
    pub now_by: Vec<String>,
    /// How the two meet.
    pub meets: AnswerMeets,
    /// Entering it.
    pub verdict: Verdict,
}

/// How a client's decision meets those that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnswerMeets {
    /// Nobody decided otherwise.
    New,
    /// It was entered already.
    Same,
    /// I decided otherwise; entering it takes the place of that.
    Replaces,
    /// Another reviewer decided otherwise; both will stand until one gives way.
    Differs,
}

/// What became of entering an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct AnswerEntered {
    /// How many lines are decided by it.
    pub entered: u32,
}
