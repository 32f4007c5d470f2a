//! The history: its events as lists show them, how much of it is here, the past rebuilt from
//! it, and what differs between two moments.

use std::fmt;
use std::str::FromStr;

use muster_domain::{AccountId, CommandId, LoginId, Membership, Row, Timestamp, WorkspaceId};
use muster_protocol::{LogOf, LogPlace, LoggedEvent};

/// Whose history to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HistoryOf {
    /// Everything that is here.
    #[default]
    All,
    /// A workspace's.
    Workspace(WorkspaceId),
    /// An account's own and that of its workspaces.
    Account(AccountId),
}

/// Which events to show. All that is asked for has to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Whose.
    pub of: HistoryOf,
    /// Words in the actor's name, in the name or address of who or what it is about, or in the
    /// reason, in any order, accents ignored.
    pub text: String,
    /// Only what this person did.
    pub who: Option<LoginId>,
    /// Only what was done to this person.
    pub about: Option<LoginId>,
    /// Only these kinds, by their keys; empty is all.
    pub kinds: Vec<String>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Not after this moment.
    pub to: Option<Timestamp>,
    /// Only the events that are folded under this one, itself included.
    pub within: Option<EventRef>,
    /// Only what comes after the page that ended here.
    pub before: Option<HistoryMark>,
    /// How many rows.
    pub limit: u32,
}

/// Where a page of the history ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryMark {
    /// When the last event of the page was.
    pub at: Timestamp,
    /// Its number in this copy.
    pub id: i64,
}

/// Names one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// In whose chain it is.
    pub of: LogOf,
    /// Where in the chain.
    pub place: LogPlace,
}

/// A text that names no event and no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no place in the history")]
pub struct NoPlace;

impl fmt::Display for HistoryMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.0, self.id)
    }
}

impl FromStr for HistoryMark {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (at, id) = text.split_once('.').ok_or(NoPlace)?;
        let at = Timestamp(at.parse().map_err(|_| NoPlace)?);
        Ok(Self { at, id: id.parse().map_err(|_| NoPlace)? })
    }
}

impl fmt::Display for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, id) = match self.of {
            LogOf::Workspace(id) => ('w', id.to_bytes()),
            LogOf::Account(id) => ('a', id.to_bytes()),
        };
        write!(f, "{letter}")?;
        id.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        write!(f, ".{}.{}", self.place.seq, self.place.ord)
    }
}

impl FromStr for EventRef {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let mut parts = text.split('.');
        let (of, seq, ord) = (parts.next(), parts.next(), parts.next());
        let (Some(of), Some(seq), Some(ord), None) = (of, seq, ord, parts.next()) else {
            return Err(NoPlace);
        };
        if of.len() != 33 || !of.is_ascii() {
            return Err(NoPlace);
        }
        let mut id = [0; 16];
        for (index, byte) in id.iter_mut().enumerate() {
            let pair = &of[1 + index * 2..3 + index * 2];
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoPlace)?;
        }
        let of = match &of[..1] {
            "w" => LogOf::Workspace(WorkspaceId::from_bytes(id)),
            "a" => LogOf::Account(AccountId::from_bytes(id)),
            _ => return Err(NoPlace),
        };
        let seq = seq.parse().map_err(|_| NoPlace)?;
        let ord = ord.parse().map_err(|_| NoPlace)?;
        Ok(Self { of, place: LogPlace { seq, ord } })
    }
}

/// A page of the history, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRows {
    /// The asked rows.
    pub rows: Vec<LoggedRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<HistoryMark>,
}

/// One event as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// In whose chain it is.
    pub of: LogOf,
    /// Where in the chain.
    pub place: LogPlace,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Who.
    pub actor: LoginId,
    /// Their name.
    pub actor_name: String,
    /// Whether they could do it only as Account Admin (R9).
    pub as_admin: bool,
    /// What happened, by its key; a newer server may have keys that this build does not know.
    pub kind: String,
    /// The name of who or what it is about.
    pub subject: String,
    /// The person it is about, where that is known.
    pub about: Option<LoginId>,
    /// The workspace, unless it concerns the account alone.
    pub workspace: Option<WorkspaceId>,
    /// The workspace's name now, if it is here.
    pub workspace_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The row before; `None` where there was none or this build cannot read it.
    pub before: Option<Row>,
    /// The row after; `None` where this build cannot read it.
    pub after: Option<Row>,
    /// The command that asked for it.
    pub command: Option<CommandId>,
    /// How many more events of the same act are folded under it.
    pub folded: u32,
}

impl LoggedRow {
    /// What names the event.
    pub fn event(&self) -> EventRef {
        EventRef { of: self.of, place: self.place }
    }
}

/// One event with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedDetail {
    /// As the list shows it.
    pub row: LoggedRow,
    /// Everything that its hash covers.
    pub event: LoggedEvent,
    /// Whether the hash covers what it says, and the event before it is the one it names.
    pub sound: bool,
}

/// How much of a chain is here, and whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogState {
    /// Whether every event comes, so that the chain can be followed; otherwise only my own acts
    /// and what concerns me.
    pub whole: bool,
    /// Up to which number of the account it is here; 0 before it was fetched.
    pub through: u64,
    /// When the first event was.
    pub since: Option<Timestamp>,
    /// When the last event was.
    pub until: Option<Timestamp>,
    /// How many events are here, sealed ones included.
    pub events: u32,
    /// How many of them are sealed: this copy knows that they happened and not what they say.
    pub sealed: u32,
    /// The first event that does not follow from the one before it, and when it was. Events
    /// after it stay.
    pub broken: Option<(LogPlace, Timestamp)>,
    /// Whether more of it is to come.
    pub loading: bool,
}

/// What the roster was at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOfPage {
    /// How many match.
    pub matched: u32,
    /// How many were present.
    pub people: u32,
    /// The asked rows.
    pub rows: Vec<Membership>,
    /// Whether the history that is here tells all of it.
    pub complete: bool,
}

/// Which two moments to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompareQuestion {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The earlier moment.
    pub from: Timestamp,
    /// The later one.
    pub to: Timestamp,
    /// Whether changes that are not sent yet count as made.
    pub unsent: Unsent,
    /// Whether those who are as they were are told by name.
    pub unchanged: Unchanged,
    /// The most lines of each kind; the numbers are always of all.
    pub limit: u32,
}

/// What becomes of changes that are not sent yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unsent {
    /// They do not count.
    #[default]
    LeftOut,
    /// They count as made.
    Included,
}

/// What is told of those who are as they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unchanged {
    /// How many they are.
    #[default]
    Counted,
    /// Each of them.
    Told,
}

/// What differs between two moments. A person who left and came back is one changed line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Present later and not before, by name.
    pub joined: Vec<ComparedLine>,
    /// How many joined.
    pub joined_total: u32,
    /// Present before and not later, by name.
    pub left: Vec<ComparedLine>,
    /// How many left.
    pub left_total: u32,
    /// Present at both moments with other roles, another state or another membership, by name.
    pub changed: Vec<ComparedLine>,
    /// How many changed.
    pub changed_total: u32,
    /// How many are as they were.
    pub unchanged: u32,
    /// Those, by name, where they were asked for.
    pub same: Vec<ComparedLine>,
    /// How many lines are only so by changes that are not sent yet.
    pub unsent: u32,
    /// Whether the history that is here tells all of it.
    pub complete: bool,
}

impl Compared {
    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.joined_total == 0 && self.left_total == 0 && self.changed_total == 0
    }
}

/// One person whose access differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// As they were at the earlier moment, if they were present.
    pub before: Option<Membership>,
    /// As they were at the later one, if they were present. For somebody who left this is
    /// `None`; `last` says how.
    pub after: Option<Membership>,
    /// The membership as the last event before the later moment left it.
    pub last: Option<Membership>,
    /// When it last changed in between; `None` for what is not sent yet.
    pub at: Option<Timestamp>,
    /// Who did that.
    pub by: Option<String>,
    /// The event that did it.
    pub event: Option<EventRef>,
    /// Whether they left in between and came back.
    pub came_back: bool,
    /// When they left before that, and by whose act.
    pub gone: Option<(Timestamp, String)>,
    /// Whether it is only so by a change that is not sent yet.
    pub not_sent: bool,
}

/// What is different now from what was at a moment (ui.md 4.9, *revert to a date*).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differing {
    /// Memberships whose roles, state or end differ: as they were if somebody was present, and
    /// as they are with unsent changes if somebody is.
    pub lines: Vec<(Option<Membership>, Option<Membership>)>,
    /// Whether the history here tells everything, so that nothing is missing.
    pub complete: bool,
}
