//! The encrypted copy and the outbox on the device.
//!
//! Two SQLCipher files per login (sync.md 4.15): the *mirror* follows the server and may be
//! thrown away and fetched again at any time; the *outbox* holds what a person asked for and
//! the server has not decided yet, and no code path deletes it but signing out. What readers
//! see is the mirror with the outbox replayed over it; the confirmed version of a row that
//! a pending command touches waits in `shadow` (sync.md 4.17).

mod cache;
mod error;
mod keys;
mod types;

pub use cache::{Cache, Mirror};
pub use error::{BrokenBy, CacheError};
pub use keys::Keys;
pub use types::{
    Applied, Change, EntryState, Expected, Label, Loading, Mark, MemberCounts, MemberEntry,
    MemberSort, MemberStatus, MemberWindow, MemberWindowQuery, Opened, OutboxEntry, PendingCounts,
    Settled, Submission, Undone, WorkspaceEntry, WorkspaceQuery, WorkspaceWindow,
};
