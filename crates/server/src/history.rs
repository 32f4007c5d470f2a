//! The hash chains of the history: how an event is chained, and how a chain is checked.
//!
//! Each workspace has a chain of its own and each account one for what belongs to no
//! workspace, so that a reader can check all that they may see and nothing else.

use muster_domain::{AccountId, CommandId, Row, WorkspaceId};
use sha2::{Digest, Sha256};

use crate::store::{Chain, EventRow, Snapshot, StoreError};

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

/// The event that `make` builds on the chain's last hash, with its own hash.
pub(crate) fn chained<S: Snapshot + ?Sized>(
    store: &S,
    make: impl FnOnce([u8; 32]) -> EventRow,
    account: AccountId,
    workspace: Option<WorkspaceId>,
) -> Result<EventRow, StoreError> {
    let chain = workspace.map_or(Chain::Account(account), Chain::Workspace);
    let mut event = make(store.chain_tail(chain)?);
    event.hash = hash(&event);
    Ok(event)
}

/// Checks a chain from its beginning and returns its events.
///
/// # Errors
/// [`ChainError::Broken`] at the first event that does not follow.
pub fn verified<S: Snapshot + ?Sized>(
    store: &S,
    chain: Chain,
) -> Result<Vec<EventRow>, ChainError> {
    let events = store.chain(chain)?;
    let mut prev = [0; 32];
    for event in &events {
        if event.prev != prev || event.hash != hash(event) {
            return Err(ChainError::Broken { seq: event.seq, ord: event.ord });
        }
        prev = event.hash;
    }
    Ok(events)
}

/// The row after an event.
///
/// # Errors
/// [`ChainError::Unreadable`] when it is none.
pub fn row_after(event: &EventRow) -> Result<Row, ChainError> {
    serde_json::from_str(&event.after)
        .map_err(|_| ChainError::Unreadable { seq: event.seq, ord: event.ord })
}

/// Every field with its length before it, so that no two events hash the same bytes.
fn hash(event: &EventRow) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(&event.prev);
    field(&event.account.to_bytes());
    field(&event.seq.to_be_bytes());
    field(&event.ord.to_be_bytes());
    field(&event.workspace.map(WorkspaceId::to_bytes).unwrap_or_default());
    field(&[u8::from(event.workspace.is_some())]);
    field(&event.at.0.to_be_bytes());
    field(&event.actor.to_bytes());
    field(&[u8::from(event.as_admin)]);
    field(event.kind.as_bytes());
    field(event.before.as_deref().unwrap_or_default().as_bytes());
    field(event.after.as_bytes());
    field(&event.command.map(CommandId::to_bytes).unwrap_or_default());
    field(event.request.as_bytes());
    // Reasons came later: an event without one hashes as it always did.
    if let Some(reason) = &event.reason {
        field(reason.as_bytes());
    }
    hash.finalize().into()
}
