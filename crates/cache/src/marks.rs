//! The marks that unsent and refused commands put on rows.

use std::collections::HashMap;

use muster_domain::MembershipId;
use rusqlite::{Connection, Row};

use crate::error::CacheError;
use crate::types::Mark;

/// A command of the outbox as the mark that it puts on a row: its state, and `met` where the
/// server refused it because somebody else changed the same thing (E-42).
pub(crate) const MARK: &str = "CASE
    WHEN state = 'refused' AND json_extract(outcome, '$.refusal.code') = 'conflict.card' THEN 'met'
    ELSE state END AS mark";

/// Every marked membership, over all workspaces.
pub(crate) fn all(outbox: &Connection) -> Result<HashMap<MembershipId, Mark>, CacheError> {
    let sql = format!(
        "SELECT membership, {MARK} FROM commands
         WHERE state IN ('waiting', 'sending', 'refused') AND membership IS NOT NULL"
    );
    let mut statement = outbox.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut marks = HashMap::new();
    while let Some(row) = rows.next()? {
        let id = MembershipId::from_bytes(row.get("membership")?);
        add(&mut marks, id, of(row)?);
    }
    Ok(marks)
}

/// Puts a mark on a row; the most urgent one stays.
pub(crate) fn add<T: Eq + std::hash::Hash>(marks: &mut HashMap<T, Mark>, id: T, mark: Mark) {
    let held = marks.entry(id).or_insert(Mark::None);
    *held = held.or(mark);
}

/// The mark of a command that was read with [`MARK`].
pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Mark> {
    let mark: String = row.get("mark")?;
    Ok(match mark.as_str() {
        "sending" => Mark::Sending,
        "refused" => Mark::Refused,
        "met" => Mark::NeedsYou,
        _ => Mark::NotSent,
    })
}
