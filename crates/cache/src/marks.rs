//! The marks that unsent and refused commands put on memberships, over all workspaces.

use std::collections::HashMap;

use muster_domain::MembershipId;
use rusqlite::Connection;

use crate::error::CacheError;
use crate::types::Mark;

/// Every marked membership; the newest command counts.
pub(crate) fn all(outbox: &Connection) -> Result<HashMap<MembershipId, Mark>, CacheError> {
    let sql = "SELECT membership, state FROM commands
               WHERE state IN ('waiting', 'sending', 'refused') AND membership IS NOT NULL
               ORDER BY n";
    let mut statement = outbox.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut marks = HashMap::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get("state")?;
        marks.insert(MembershipId::from_bytes(row.get("membership")?), of(&state));
    }
    Ok(marks)
}

/// The mark of a command in this state.
pub(crate) fn of(state: &str) -> Mark {
    match state {
        "sending" => Mark::Sending,
        "refused" => Mark::Refused,
        _ => Mark::NotSent,
    }
}
