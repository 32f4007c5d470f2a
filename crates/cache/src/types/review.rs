//! Access reviews as lists and pages show them (V-49).

use muster_domain::{
    Membership, MembershipId, PermissionSet, Review, ReviewId, ReviewLine, RoleSet, Standpoint,
    Timestamp,
};

use super::Mark;

/// One review with its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewSummary {
    /// The review, unsent changes in place.
    pub review: Review,
    /// How far it is, unsent decisions included.
    pub counts: ReviewCounts,
    /// Lines that an unsent decision touches.
    pub pending: u32,
    /// Whether every line is here, so that the numbers are right.
    pub complete: bool,
    /// The mark of its newest change that the server has not accepted.
    pub mark: Mark,
}

/// The lines of a review in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// All.
    pub all: u32,
    /// Nobody decided.
    pub undecided: u32,
    /// Everybody who decided says keep.
    pub kept: u32,
    /// Everybody who decided says the same other roles.
    pub changed: u32,
    /// Everybody who decided says remove.
    pub removed: u32,
    /// Two say different things.
    pub disputed: u32,
    /// The roles differ from those after the last review, or there was none.
    pub changed_since: u32,
    /// The roles are those after the last review.
    pub unchanged_since: u32,
    /// The address is of a domain of nobody who runs the workspace.
    pub external: u32,
}

impl ReviewCounts {
    /// Lines that somebody decided about.
    pub fn decided(&self) -> u32 {
        self.all - self.undecided
    }
}

/// Which lines of a review to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReviewFilter {
    /// All.
    #[default]
    All,
    /// Those about which nobody decided.
    Undecided,
    /// Those whose roles differ from those after the last review.
    ChangedSince,
    /// Those whose roles are still those after the last review.
    UnchangedSince,
    /// Those about which two say different things.
    Disputed,
    /// Those to be kept.
    Kept,
    /// Those to get other roles.
    Changed,
    /// Those to be removed.
    Removed,
    /// Those with an address of a domain of nobody who runs the workspace.
    External,
    /// Those about which I decided.
    Mine,
}

/// Which lines of a review to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLineQuery {
    /// The review.
    pub review: ReviewId,
    /// Words in name or address, in any order, accents ignored.
    pub text: String,
    /// Only these.
    pub filter: ReviewFilter,
    /// Of those, only these.
    pub among: Option<Among>,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// A choice of lines that stands in no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// Those who were there at this moment and changed nothing since, of those with one of these
    /// sets of roles.
    Quiet {
        /// The moment.
        since: Timestamp,
        /// Roles with which something can be changed.
        roles: Vec<RoleSet>,
    },
    /// These.
    These(Vec<MembershipId>),
}

/// A line of a review whose person changed something, with what the log says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedLine {
    /// The membership.
    pub membership: MembershipId,
    /// The frozen roles.
    pub roles: RoleSet,
    /// Since when they are held.
    pub since: Timestamp,
    /// The rights that were used.
    pub used: PermissionSet,
}

impl ReviewLineQuery {
    /// The first lines of a review.
    pub fn of(review: ReviewId, limit: u32) -> Self {
        Self {
            review,
            text: String::new(),
            filter: ReviewFilter::All,
            among: None,
            offset: 0,
            limit,
        }
    }
}

/// A page of a review's lines: what changed since the last review first, then by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLineWindow {
    /// How many match.
    pub matched: u32,
    /// The asked rows.
    pub rows: Vec<ReviewLineEntry>,
}

/// One line of a review with what is shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLineEntry {
    /// The line, unsent decisions in place.
    pub line: ReviewLine,
    /// The confirmed line, where an unsent decision touches it.
    pub confirmed: Option<ReviewLine>,
    /// The mark of the newest decision that the server has not accepted.
    pub mark: Mark,
    /// What the decisions come to.
    pub standpoint: Standpoint,
    /// Whether the roles differ from those after the last review, or there was none.
    pub changed_since: bool,
    /// Whether the address is of a domain of nobody who runs the workspace.
    pub external: bool,
    /// The membership as it is now, unsent changes in place; `None` if it is not here.
    pub now: Option<Membership>,
}

/// One line with what its panel shows besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLineDetail {
    /// The line.
    pub entry: ReviewLineEntry,
    /// How many frozen lines have the same roles.
    pub same_roles: u32,
    /// How many lines there are.
    pub people: u32,
    /// How many other present members hold the owner class; `None` if this copy cannot know.
    pub other_owners: Option<u32>,
}

/// What the decisions of a review come to: what there is to carry out, and the rest in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewWork {
    /// How many are kept.
    pub kept: u32,
    /// How many agreed changes are so already.
    pub done: u32,
    /// People who get other roles and do not hold them yet.
    pub change: Vec<(MembershipId, RoleSet)>,
    /// People who are removed and still here.
    pub remove: Vec<MembershipId>,
    /// Active people about whom nobody decided, where the review says that they are suspended;
    /// the owner class is left out (E-50).
    pub suspend: Vec<MembershipId>,
    /// How many nobody decided about.
    pub undecided: u32,
    /// Lines about which two say different things; they keep the review open.
    pub disputed: Vec<MembershipId>,
}

/// One decision about a line that the server refused and that was not discarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedDecision {
    /// The command's number in the outbox.
    pub n: u64,
    /// The lines it was about.
    pub lines: Vec<MembershipId>,
}
