//! The encrypted copy and the outbox on the device.
//!
//! Two SQLCipher files per login (sync.md 4.15): the *mirror* follows the server and may be
//! thrown away and fetched again at any time; the *outbox* holds what a person asked for and
//! the server has not decided yet, and no code path deletes it but signing out. What readers
//! see is the mirror with the outbox replayed over it; the confirmed version of a row that
//! a pending command touches waits in `shadow` (sync.md 4.17).

mod accounts;
mod apply;
mod asks;
mod asks_history;
mod asks_people;
mod asks_reminders;
mod asks_reviews;
mod bin;
mod cache;
mod chain;
mod choices;
mod condition;
mod contents;
mod day;
mod drafting;
mod drafts;
mod error;
mod facts;
mod files;
mod filling;
mod fold;
mod grants;
mod groups;
mod guard;
mod invitations;
mod keys;
mod lane;
mod lease;
mod ledger;
mod log;
mod marks;
mod members;
mod meta;
mod mirror;
mod open;
mod outbox;
mod overlay;
mod own_roles;
mod past;
mod people;
mod planning;
mod plans;
mod readers;
mod reminded;
mod renew;
mod review_marks;
mod reviewing;
mod reviews;
mod roster;
mod row;
mod salvage;
mod scratch;
mod shelf;
mod since;
mod slip;
mod story;
mod switcher;
mod types;
mod umbrella;
mod undone;
mod upcoming;
mod uses;
mod veil;
mod wal;
mod workspaces;
mod writer;

#[cfg(test)]
mod tests;

pub use cache::Cache;
pub use condition::Condition;
pub use error::{BrokenBy, CacheError};
pub use guard::Heed;
pub use keys::Keys;
pub use mirror::Mirror;
pub use renew::Renewed;
pub use types::{
    AccountPlace, Acted, Applied, BinWindow, Change, Choices, ContentCounts, ContentEntry,
    ContentSort, ContentWindow, ContentWindowQuery, EntryState, Expected, FormerRoles, HiddenOnes,
    Label, Loading, LossWindow, Mark, MemberCounts, MemberEntry, MemberSort, MemberStatus,
    MemberWindow, MemberWindowQuery, MyPlace, Opened, OutboxEntry, PendingCounts, RoleHolders,
    Settled, Submission, Tick, Undone, WorkspaceEntry, WorkspaceFilter, WorkspaceOrder,
    WorkspaceQuery, WorkspaceWindow,
};
pub use types::{Among, AskedReminder, Received, Upcoming, UpcomingEnd, UsedLine};
pub use types::{
    AsOfPage, Cancelled, CompareQuestion, Compared, ComparedLine, Continuity, Differing,
    DraftEntry, EventRef, HistoryMark, HistoryOf, HistoryQuery, HistoryRows, LogState,
    LoggedDetail, LoggedRow, NoPlace, PeoplePage, PersonPlace, PersonPlaces, PersonSummary,
    PlanDraft, PlanEntry, PlanLineEntry, PlanPlace, RefusedDecision, ReviewCounts, ReviewFilter,
    ReviewLineDetail, ReviewLineEntry, ReviewLineQuery, ReviewLineWindow, ReviewSummary,
    ReviewWork, SingleAdmin, SingleOwner, Unchanged, Unsent,
};
pub use types::{Lease, LostEntry, Salvaged, Standing};

/// The version of the database that is built in.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}
