//! The hash chains of the history: how a chain is checked, and who sees an event of it.
//!
//! Each workspace has a chain of its own and each account one for what belongs to no
//! workspace, so that a reader can check all that they may see and nothing else. How an event
//! is hashed stands with the wire: the reader computes it too.

use muster_domain::{Part, Row};
use muster_protocol::{LogOf, LogPlace, LoggedEvent};

use crate::store::{Snapshot, StoreError};

/// A chain that is not what was written.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An event does not follow from the one before it.
    #[error("the chain breaks at number {seq}, event {ord}")]
    Broken {
        /// The account's number of the event.
        seq: u64,
        /// Which event of that number.
        ord: u32,
    },
    /// An event's row cannot be read.
    #[error("the row of number {seq}, event {ord} is unreadable")]
    Unreadable {
        /// The account's number of the event.
        seq: u64,
        /// Which event of that number.
        ord: u32,
    },
}

/// Checks a chain from its beginning and returns its events.
///
/// # Errors
/// [`ChainError::Broken`] at the first event that does not follow.
pub fn verified<S: Snapshot + ?Sized>(
    store: &S,
    chain: LogOf,
) -> Result<Vec<LoggedEvent>, ChainError> {
    let events = store.chain(chain)?;
    let mut prev = [0; 32];
    for event in &events {
        if event.prev != prev || event.hash != event.computed_hash() {
            let LogPlace { seq, ord } = event.place;
            return Err(ChainError::Broken { seq, ord });
        }
        prev = event.hash;
    }
    Ok(events)
}

/// The row after an event.
///
/// # Errors
/// [`ChainError::Unreadable`] when it is none.
pub fn row_after(event: &LoggedEvent) -> Result<Row, ChainError> {
    serde_json::from_str(&event.opened_after())
        .map_err(|_| ChainError::Unreadable { seq: event.place.seq, ord: event.place.ord })
}

/// The part of a workspace's view that shows a row, and with it the events that made it so;
/// `None` is shown to everybody with access.
pub const fn part_of(row: &Row) -> Option<Part> {
    match row {
        Row::Account(_)
        | Row::AccountAdmin(_)
        | Row::Group(_)
        | Row::Workspace(_)
        | Row::Role(_) => None,
        Row::Membership(_) => Some(Part::Members),
        Row::Invitation(_) => Some(Part::Invitations),
        Row::Content(content) => Some(Part::of(content.kind())),
        Row::Review(_) | Row::ReviewLine(_) => Some(Part::Reviews),
    }
}
