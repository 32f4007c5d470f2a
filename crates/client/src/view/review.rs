//! Access reviews: the list, one review, one line, and its end (ui.md 5.8).

use muster_domain::{
    CampaignId, LoginId, MemberState, MembershipId, Permission, QuietDays, ReviewId, RoleSet,
    Timestamp, Undecided, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Mark, PendingItem, PlanPreview, Submitted, Verdict};

/// The reviews of one workspace, or of all that I may review in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewList {
    /// Open ones first by due day, then closed ones, the last closed first.
    pub rows: Vec<ReviewRow>,
    /// Starting one: here, or where no workspace was named, anywhere.
    pub start: Verdict,
    /// Where one may be started, for a start of several at once.
    #[ts(type = "string[]")]
    pub startable: Vec<WorkspaceId>,
    /// When the next review is due by the account's policy; `None` where it asks for none.
    #[ts(type = "number | null")]
    pub next_due: Option<Timestamp>,
}

/// One access review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: ReviewId,
    /// What it was started together with.
    #[ts(type = "string")]
    pub campaign: CampaignId,
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// Its name.
    pub workspace_name: String,
    /// The account's name.
    pub account_name: String,
    /// The review's name.
    pub name: String,
    /// When it should be done.
    #[ts(type = "number")]
    pub due: Timestamp,
    /// Whether that day is over and the review is open.
    pub overdue: bool,
    /// When the list was frozen.
    #[ts(type = "number")]
    pub started: Timestamp,
    /// By whom.
    pub started_by: String,
    /// When it was closed.
    #[ts(type = "number | null")]
    pub closed: Option<Timestamp>,
    /// By whom.
    pub closed_by: Option<String>,
    /// How many people are on the list.
    pub people: u32,
    /// How many of them somebody decided about, with decisions that are not sent yet.
    pub decided: u32,
    /// About how many the reviewers disagree.
    pub disputed: u32,
    /// About how many a decision of mine is not sent yet.
    pub pending: u32,
    /// Names of those who decide.
    pub reviewers: Vec<String>,
    /// Whether I am one of them.
    pub mine: bool,
}

/// One review with what can be done with it as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewView {
    /// Its row.
    pub row: ReviewRow,
    /// What happens at its end to people whom nobody decided about (E-50).
    #[ts(type = "Undecided")]
    pub undecided: Undecided,
    /// Counts for the chips.
    pub counts: ReviewCounts,
    /// What the log points out.
    pub hints: ReviewHints,
    /// Those who decide.
    pub reviewers: Vec<ReviewerView>,
    /// Letting others decide.
    pub set_reviewers: Verdict,
    /// Finishing it. Refused with `review.unfinished` still lets its plan be looked at.
    pub finish: Verdict,
}

/// How many lines of a review are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ReviewCounts {
    /// All.
    pub all: u32,
    /// Nobody decided.
    pub undecided: u32,
    /// Kept.
    pub kept: u32,
    /// Other roles.
    pub changed: u32,
    /// Access ends.
    pub removed: u32,
    /// Reviewers disagree.
    pub disputed: u32,
    /// Roles are others than after the last review, or there was none.
    pub changed_since: u32,
    /// As after the last review.
    pub unchanged_since: u32,
    /// Addresses of a domain that is not the account's usual one.
    pub external: u32,
}

/// Somebody who decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewerView {
    /// The person.
    #[ts(type = "string")]
    pub login: LoginId,
    /// Their name.
    pub name: String,
    /// Whether it is I.
    pub is_me: bool,
}

/// Which lines of a review to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ReviewQuery {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The review.
    #[ts(type = "string")]
    pub review: ReviewId,
    /// Words in name or address, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// Which.
    pub filter: ReviewFilter,
    /// Of those, only what the log points out.
    #[serde(default)]
    pub hint: Option<HintFilter>,
    /// The first row asked for.
    #[serde(default)]
    pub offset: u32,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// Which lines of a review to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewFilter {
    /// Every line.
    All,
    /// Nobody decided.
    Undecided,
    /// Other roles than after the last review, or never reviewed.
    ChangedSince,
    /// As after the last review.
    UnchangedSince,
    /// Reviewers disagree.
    Disputed,
    /// Kept.
    Kept,
    /// Other roles.
    Changed,
    /// Access ends.
    Removed,
    /// Addresses of another domain.
    External,
    /// I decided.
    Mine,
}

/// Lines that the log points out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HintFilter {
    /// Whoever changed nothing for the days of the review, though they could.
    Quiet,
    /// Whose roles are wider than what they used.
    Wide,
}

/// What the log says of a review as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ReviewHints {
    /// After how many days without a change somebody is pointed out.
    #[ts(type = "number")]
    pub quiet_days: QuietDays,
    /// How many changed nothing for so long; unknown where the log is not whole.
    pub quiet: Option<u32>,
    /// How many have roles wider than what they used; unknown where the log is not whole.
    pub wide: Option<u32>,
    /// How many Account Admins reach the workspace, if they are more than most accounts need.
    pub many_admins: Option<u32>,
}

/// What the log says of one person's use of their role here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UseView {
    /// When they last changed something here.
    #[ts(type = "number | null")]
    pub last_change: Option<Timestamp>,
    /// After how many days without a change it is pointed out.
    pub quiet_days: u32,
    /// How many days of the log are compared with the role.
    pub wide_days: u32,
    /// Narrower roles that would have been enough for what they changed; empty for none.
    #[ts(type = "Role[]")]
    pub enough: RoleSet,
    /// Rights to change something that they have and did not use, where roles would be enough.
    #[ts(type = "Permission[]")]
    pub unused: Vec<Permission>,
}

/// A page of a review's lines: those that changed since the last review first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewLinePage {
    /// How many match.
    pub matched: u32,
    /// The asked rows.
    pub rows: Vec<ReviewLineRow>,
}

/// What the decisions about one person come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandpointView {
    /// Nobody decided.
    Undecided,
    /// The access stays.
    Keep,
    /// Other roles.
    Change,
    /// The access ends.
    Remove,
    /// Reviewers disagree.
    Disputed,
}

impl StandpointView {
    /// Its key, as the window has it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Keep => "keep",
            Self::Change => "change",
            Self::Remove => "remove",
            Self::Disputed => "disputed",
        }
    }
}

/// One person of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewLineRow {
    /// The membership.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The name, as frozen.
    pub name: String,
    /// The address, as frozen.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// The roles, as frozen.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The state, as frozen.
    #[ts(type = "MemberState")]
    pub state: MemberState,
    /// What the decisions come to.
    pub standpoint: StandpointView,
    /// The roles that were decided; for other decisions empty.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
    /// When it was last decided.
    #[ts(type = "number | null")]
    pub decided_at: Option<Timestamp>,
    /// Whether the roles are others than after the last review, or there was none.
    pub changed_since: bool,
    /// Whether it is I.
    pub is_me: bool,
    /// The mark of my newest decision that the server has not accepted.
    pub mark: Mark,
    /// Whether the person is not a member any more.
    pub gone: bool,
    /// The roles held now; empty for who is gone.
    #[ts(type = "Role[]")]
    pub now_roles: RoleSet,
}

/// One person of a review with everything that helps to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewLineView {
    /// The row.
    pub row: ReviewLineRow,
    /// Name of who had given the roles.
    pub given_by: Option<String>,
    /// When they had been given.
    #[ts(type = "number | null")]
    pub given_at: Option<Timestamp>,
    /// When they joined.
    #[ts(type = "number")]
    pub joined: Timestamp,
    /// What the last review said.
    pub last: Option<LastReviewView>,
    /// How many people of the workspace hold the same roles.
    pub same_roles: u32,
    /// How many people the workspace has.
    pub people: u32,
    /// What was decided in this review; with a dispute, both.
    pub decided: Vec<DecidedView>,
    /// Keeping.
    pub keep: Verdict,
    /// Changing the role.
    pub change: Verdict,
    /// Removing.
    pub remove: Verdict,
    /// Whether keeping needs a reason too: it is my own line (E-48).
    pub keep_needs_reason: bool,
    /// What to look at.
    pub hints: Vec<ReviewHint>,
    /// What the log says of their use of the role; unknown where it is not whole.
    pub used: Option<UseView>,
    /// My newest decision that the server refused.
    pub refused: Option<PendingItem>,
}

/// What the last review said of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastReviewView {
    /// When.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What.
    pub choice: StandpointView,
    /// The roles held after it.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
}

/// What one reviewer decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DecidedView {
    /// The reviewer's name.
    pub name: String,
    /// When.
    #[ts(type = "number")]
    pub at: Timestamp,
    /// What.
    pub choice: StandpointView,
    /// The roles, for a change.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
    /// Why.
    pub reason: Option<String>,
    /// The client who decided it, where the reviewer only entered it.
    pub client: Option<String>,
    /// Whether it was I.
    pub is_me: bool,
    /// Whether it is not sent yet.
    pub pending: bool,
}

/// Something to look at before deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewHint {
    /// The address is of another domain than most.
    External,
    /// The workspace has this one owner only.
    SingleOwner,
    /// They can do everything here.
    OwnerClass,
    /// Their roles are others than after the last review.
    ChangedSince,
    /// No review has asked about them yet.
    NeverReviewed,
    /// They changed nothing here for the days of the review. Looking leaves no trace.
    Quiet,
    /// A narrower role would have been enough for what they changed.
    RoleWider,
    /// The log is not whole here, so nothing can be said of what they used.
    LogMissing,
}

/// Somebody who may be named reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewPerson {
    /// The person.
    #[ts(type = "string")]
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Two letters for the avatar.
    pub letters: String,
    /// Whether it is I.
    pub is_me: bool,
    /// Whether it is as Account Admin.
    pub as_admin: bool,
}

/// Reviews to start together: one for each workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ReviewForm {
    /// The workspaces.
    #[ts(type = "string[]")]
    pub workspaces: Vec<WorkspaceId>,
    /// The name of all of them.
    pub name: String,
    /// When they should be done.
    #[ts(type = "number")]
    pub due: Timestamp,
    /// What happens to people whom nobody decides about.
    #[ts(type = "Undecided")]
    pub undecided: Undecided,
    /// After how many days without a change somebody is pointed out.
    #[ts(type = "number")]
    pub quiet_days: QuietDays,
    /// Who decides; each has to be allowed to in each workspace.
    #[ts(type = "string[]")]
    pub reviewers: Vec<LoginId>,
}

/// What finishing a review does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewFinish {
    /// How many are kept.
    pub kept: u32,
    /// How many get other roles.
    pub changed: u32,
    /// How many are removed.
    pub removed: u32,
    /// How many nobody decided about; never counted as kept (E-50).
    pub not_reviewed: u32,
    /// How many of those are suspended.
    pub suspended: u32,
    /// About how many reviewers disagree; they keep the review open.
    pub disputed: u32,
    /// How many of the decided changes are so already.
    pub done: u32,
    /// The memberships of the plan's lines, in its order.
    #[ts(type = "string[]")]
    pub memberships: Vec<MembershipId>,
    /// Every change that is left, as a plan (ui.md 4.9).
    pub preview: PlanPreview,
    /// Carrying it out at all.
    pub close: Verdict,
}

/// One line of what was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewOutcome {
    /// The membership.
    #[ts(type = "string")]
    pub membership: MembershipId,
    /// The person's name.
    pub name: String,
    /// What became of it.
    pub result: Submitted,
}

/// What became of a review's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReviewResult {
    /// One result for each change.
    pub lines: Vec<ReviewOutcome>,
    /// What became of closing; `None` where lines were left open and it was not tried.
    pub closed: Option<Submitted>,
    /// How many lines keep the review open.
    pub open: u32,
}

/// The evidence that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceView {
    /// The folder.
    pub folder: String,
    /// The signing key, in groups that two people can compare by voice.
    pub fingerprint: String,
    /// Whether the log in it says whose the key is.
    pub key: EvidenceKey,
}

/// What evidence says of its signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKey {
    /// The log names it.
    InLog,
    /// The log will name it once the command is sent; evidence written then says so.
    NotYet,
    /// The log is not in the evidence.
    NoLog,
}
