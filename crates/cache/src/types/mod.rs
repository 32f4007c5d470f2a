//! What goes in and out of the cache: what an answer brought, entries of the outbox, and in
//! its modules queries and windows over them.

mod accounts;
mod contents;
mod drafts;
mod history;
mod lease;
mod members;
mod people;
mod plans;
mod reminders;
mod review;
mod salvage;
mod workspaces;

use std::collections::BTreeSet;

use muster_domain::{Command, CommandId, Decision, Refusal, Timestamp, WorkspaceId};
use muster_protocol::{Gone, Outcome, Policy};
use serde::{Deserialize, Serialize};

use crate::error::BrokenBy;

pub use accounts::{AccountPlace, BinWindow, FormerRoles, LossWindow, MyPlace};
pub use contents::{ContentCounts, ContentEntry, ContentSort, ContentWindow, ContentWindowQuery};
pub use drafts::{Cancelled, DraftEntry};
pub use history::{
    AsOfPage, CompareQuestion, Compared, ComparedLine, Differing, EventRef, HistoryMark, HistoryOf,
    HistoryQuery, HistoryRows, LogState, LoggedDetail, LoggedRow, NoPlace, Unchanged, Unsent,
};
pub use lease::{Lease, Standing};
pub use members::{
    Acted, MemberCounts, MemberEntry, MemberSort, MemberStatus, MemberWindow, MemberWindowQuery,
    RoleHolders,
};
pub use people::{
    Continuity, PeoplePage, PersonPlace, PersonPlaces, PersonSummary, SingleAdmin, SingleOwner,
};
pub use plans::{PlanDraft, PlanEntry, PlanLineEntry, PlanPlace};
pub use reminders::{AskedReminder, Received, Upcoming, UpcomingEnd};
pub use review::{
    Among, RefusedDecision, ReviewCounts, ReviewFilter, ReviewLineDetail, ReviewLineEntry,
    ReviewLineQuery, ReviewLineWindow, ReviewSummary, ReviewWork, UsedLine,
};
pub use salvage::{LostEntry, Salvaged};
pub use workspaces::{
    Choices, HiddenOnes, Tick, WorkspaceEntry, WorkspaceFilter, WorkspaceOrder, WorkspaceQuery,
    WorkspaceWindow,
};

/// How the mirror was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// There was none; an empty one was made.
    New,
    /// It was there.
    Found,
    /// It could not be read, was put aside and made anew; the outbox is untouched.
    Rebuilt(BrokenBy),
}

/// What changed, so that whoever shows it reads again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The state of the connection. The cache itself never says so.
    pub connection: bool,
    /// The list of workspaces, or what accounts hold: admins, bin, groups, offers, the inbox.
    pub workspaces: bool,
    /// Members, invitations or roles of these workspaces.
    pub rosters: BTreeSet<WorkspaceId>,
    /// Records of these workspaces.
    pub contents: BTreeSet<WorkspaceId>,
    /// The history.
    pub history: bool,
    /// How access to workspaces ended, where the server told it (E-53).
    pub gone: Vec<Gone>,
    /// The outbox.
    pub pending: bool,
}

impl Change {
    /// Adds what the other says.
    pub fn merge(&mut self, other: Change) {
        self.connection |= other.connection;
        self.workspaces |= other.workspaces;
        self.rosters.extend(other.rosters);
        self.contents.extend(other.contents);
        self.history |= other.history;
        self.gone.extend(other.gone);
        self.pending |= other.pending;
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        !self.connection
            && !self.workspaces
            && self.rosters.is_empty()
            && self.contents.is_empty()
            && !self.history
            && self.gone.is_empty()
            && !self.pending
    }
}

/// What a person is told of a change where what it is about can no longer be read. The names of
/// a person and an object go when access to the workspace ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The workspace's name when the change was made.
    pub workspace_name: String,
    /// The person's name, or the invited address.
    pub person: Option<String>,
    /// The name of the record, role or group.
    #[serde(default)]
    pub object: Option<String>,
}

/// What became of a command at submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its number in the outbox, if it was kept.
    pub n: Option<u64>,
    /// What the rules of this copy say.
    pub decision: Decision,
    /// What it takes back that was never sent: then neither is sent, and nothing was kept (E-44).
    pub cancelled: Option<Cancelled>,
}

/// What the rules of this copy expect of a pending command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "expected", content = "refusal", rename_all = "snake_case")]
pub enum Expected {
    /// To be accepted.
    Accept,
    /// It is so already.
    NoOp,
    /// To be refused.
    Refuse(Refusal),
    /// Not visible any more.
    Hide,
    /// This copy cannot know.
    Unknown,
}

impl From<&Decision> for Expected {
    fn from(decision: &Decision) -> Self {
        match decision {
            Decision::Accept(_) => Expected::Accept,
            Decision::NoOp => Expected::NoOp,
            Decision::Refuse(refusal) => Expected::Refuse(refusal.clone()),
            Decision::Hide => Expected::Hide,
            Decision::Unknown => Expected::Unknown,
        }
    }
}

/// Where a command is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// Never sent; can be taken back.
    Waiting,
    /// Has a number in the lane and may have reached the server.
    Sending,
    /// Took effect, or was so already.
    Settled,
    /// Did not take effect and has not been discarded.
    Refused,
    /// Was refused and discarded by the person.
    Discarded,
    /// Was taken back before it was sent.
    Undone,
}

/// One command in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its number on this device; not the number in the lane.
    pub n: u64,
    /// Its id for the log.
    pub id: CommandId,
    /// The command; `None` when a newer version of the app made it. Where access to the
    /// workspace ended, its texts are empty.
    pub command: Option<Command>,
    /// The command exactly as it is sent.
    pub body: String,
    /// The workspace it is about.
    pub workspace: Option<WorkspaceId>,
    /// What to show of it.
    pub label: Label,
    /// When it was made.
    pub made_at: Timestamp,
    /// The grant under which it was made.
    pub grant: Option<u64>,
    /// Numbers of earlier commands here that it builds on.
    pub deps: Vec<u64>,
    /// What the rules of this copy expect now, or expected last.
    pub expected: Expected,
    /// Where it is in its life.
    pub state: EntryState,
    /// What the server said. Its `n` is the number in the lane.
    pub outcome: Option<Outcome>,
    /// When it left the list of what waits.
    pub settled_at: Option<Timestamp>,
}

/// What waits, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PendingCounts {
    /// Not decided by the server yet.
    pub not_sent: u32,
    /// Refused and not discarded.
    pub refused: u32,
    /// How many of those met a change of the same thing by somebody else (E-42).
    pub needs_you: u32,
}

/// Whether something was taken back or discarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// It was.
    Done,
    /// It is on its way, settled, or not there.
    TooLate,
}

/// One command that an answer settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its number on this device.
    pub n: u64,
    /// What the server said.
    pub outcome: Outcome,
}

/// What an answer brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What changed.
    pub changed: Change,
    /// Whether to ask again at once.
    pub more: bool,
    /// The server's time.
    pub server_time: Timestamp,
    /// What this version of the app may do.
    pub policy: Policy,
    /// The commands that it settled.
    pub settled: Vec<Settled>,
    /// Workspaces that are no longer accessible and were erased from the copy.
    pub left: Vec<WorkspaceId>,
}

/// Progress of the first download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// Workspaces that are whole.
    pub done: u32,
    /// Workspaces in all.
    pub total: u32,
}

/// The mark in a row's margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing to tell.
    None,
    /// Changed by somebody else since the workspace was opened.
    New,
    /// Waiting for the server.
    NotSent,
    /// On its way.
    Sending,
    /// The server said no.
    Refused,
    /// The server said no because somebody else changed the same thing (E-42).
    NeedsYou,
}

impl Mark {
    /// The one that a row shows where there are several: what is most urgent (ui.md 4.3).
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if other.urgency() > self.urgency() { other } else { self }
    }

    const fn urgency(self) -> u8 {
        match self {
            Mark::None => 0,
            Mark::New => 1,
            Mark::NotSent => 2,
            Mark::Sending => 3,
            Mark::Refused => 4,
            Mark::NeedsYou => 5,
        }
    }
}
