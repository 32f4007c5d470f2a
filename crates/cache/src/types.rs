//! What goes in and out of the cache: queries, windows over them, entries of the outbox.

use std::collections::BTreeSet;

use muster_domain::{
    Account, Command, CommandId, Decision, Membership, MembershipId, Refusal, Role, Timestamp,
    ViewClass, Workspace, WorkspaceId,
};
use muster_protocol::{Outcome, Policy};
use serde::{Deserialize, Serialize};

use crate::error::BrokenBy;

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
    /// The list of workspaces or accounts.
    pub workspaces: bool,
    /// Members or invitations of these workspaces.
    pub rosters: BTreeSet<WorkspaceId>,
    /// The outbox.
    pub pending: bool,
}

impl Change {
    /// Adds what the other says.
    pub fn merge(&mut self, other: Change) {
        self.connection |= other.connection;
        self.workspaces |= other.workspaces;
        self.rosters.extend(other.rosters);
        self.pending |= other.pending;
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        !self.connection && !self.workspaces && self.rosters.is_empty() && !self.pending
    }
}

/// What a person is told of a change where its workspace or member can no longer be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The workspace's name when the change was made.
    pub workspace_name: String,
    /// The person's name, or the invited address.
    pub person: Option<String>,
}

/// What became of a command at submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its number in the outbox, if it was kept.
    pub n: Option<u64>,
    /// What the rules of this copy say.
    pub decision: Decision,
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
    /// The command; `None` when a newer version of the app made it.
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

/// Which workspaces to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceQuery {
    /// Words in the name or the account's name, in any order, accents ignored.
    pub text: String,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// A page of workspaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceWindow {
    /// How many there are.
    pub total: u32,
    /// How many match the text.
    pub matched: u32,
    /// The asked rows, best match first, then by name.
    pub rows: Vec<WorkspaceEntry>,
}

/// One workspace with what its list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceEntry {
    /// The workspace, with unsent changes.
    pub workspace: Workspace,
    /// The confirmed workspace, where an unsent change touches it.
    pub confirmed: Option<Workspace>,
    /// Its account.
    pub account: Account,
    /// My present membership, with unsent changes.
    pub my_membership: Option<Membership>,
    /// Whether I am Account Admin of its account.
    pub account_admin: bool,
    /// What I may see of it; `None` until the server has granted it.
    pub view: Option<ViewClass>,
    /// Whether its copy is whole.
    pub whole: bool,
    /// Members, confirmed, where I may see them: with the suspended, as the roster counts them.
    pub people: Option<u32>,
    /// Active owner-class members, confirmed, where I may see them.
    pub owners: Option<u32>,
    /// Changes waiting in it.
    pub not_sent: u32,
    /// Refused changes in it.
    pub refused: u32,
    /// Whether another workspace here has the same name (E-56).
    pub same_name: bool,
}

/// Which states of membership to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MemberStatus {
    /// Active and suspended, and those whom only an unsent change takes off the list.
    #[default]
    Present,
    /// Active only.
    Active,
    /// Suspended only.
    Suspended,
    /// Those who left or were removed.
    Former,
}

/// What members are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MemberSort {
    /// By name.
    #[default]
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

/// Which members to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberWindowQuery {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Words in name or address, in any order, accents ignored.
    pub text: String,
    /// Only members with one of these roles; empty is all.
    pub roles: Vec<Role>,
    /// Which states.
    pub status: MemberStatus,
    /// Sorted by this.
    pub sort: MemberSort,
    /// The other way round.
    pub descending: bool,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

impl MemberWindowQuery {
    /// The present members of a workspace by name.
    pub fn of(workspace: WorkspaceId, limit: u32) -> Self {
        Self {
            workspace,
            text: String::new(),
            roles: Vec::new(),
            status: MemberStatus::Present,
            sort: MemberSort::Name,
            descending: false,
            offset: 0,
            limit,
        }
    }
}

/// A page of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberWindow {
    /// Present members, confirmed.
    pub people: u32,
    /// Active owner-class members, confirmed.
    pub owners: u32,
    /// Present members that an unsent change removes.
    pub leaving: u32,
    /// How many match.
    pub matched: u32,
    /// Confirmed counts for the status chips.
    pub counts: MemberCounts,
    /// The asked rows.
    pub rows: Vec<MemberEntry>,
}

/// Counts by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// Active.
    pub active: u32,
    /// Suspended.
    pub suspended: u32,
    /// Left or removed.
    pub former: u32,
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
}

/// One member of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEntry {
    /// The member, with unsent changes.
    pub member: Membership,
    /// The confirmed member, where an unsent change touches it.
    pub confirmed: Option<Membership>,
    /// The mark.
    pub mark: Mark,
}

impl MemberEntry {
    /// The membership's id.
    pub fn id(&self) -> MembershipId {
        self.member.id
    }
}
