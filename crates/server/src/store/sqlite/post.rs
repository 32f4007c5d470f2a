//! The outbox of mail: what is to go, and how often it was tried.

use muster_domain::Timestamp;
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::Queued;

pub(super) fn add(
    db: &Session<'_>,
    receiver: &str,
    letter: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO outbox (state, receiver, letter, made, due, tries)
        VALUES ('waiting', ?1, ?2, ?3, ?3, 0)";
    db.write_one("outbox", SQL, params![receiver, letter, now.0])
}

pub(super) fn due(db: &Session<'_>, now: Timestamp, limit: u32) -> Result<Vec<Queued>, StoreError> {
    const SQL: &str = "SELECT id, receiver, letter, made, tries FROM outbox
        WHERE state = 'waiting' AND due <= ?1 ORDER BY due LIMIT ?2";
    db.many(SQL, params![now.0, limit], read)
}

fn read(row: &Row<'_>) -> Result<Queued, StoreError> {
    Ok(Queued {
        id: row.get("id")?,
        receiver: row.get("receiver")?,
        letter: row.get("letter")?,
        made: row::time(row, "made")?,
        tries: row.get("tries")?,
    })
}

pub(super) fn sent(db: &Session<'_>, id: i64) -> Result<(), StoreError> {
    db.write_some("DELETE FROM outbox WHERE id = ?1", [id]).map(drop)
}

pub(super) fn again(db: &Session<'_>, id: i64, due: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET tries = tries + 1, due = ?2 WHERE id = ?1";
    db.write_one("outbox", SQL, params![id, due.0])
}

pub(super) fn failed(db: &Session<'_>, id: i64) -> Result<(), StoreError> {
    // What it said is not kept; that it could not be delivered is.
    const SQL: &str = "UPDATE outbox SET state = 'failed', tries = tries + 1, letter = ''
        WHERE id = ?1";
    db.write_one("outbox", SQL, [id])
}
