//! What has come to its time, found by indexes on the times.

use muster_domain::{AccountId, BIN_DAYS, Due, MembershipId, Timestamp, WorkspaceId};
use rusqlite::params;

use super::{Session, StoreError, row};

pub(super) fn due(db: &Session<'_>, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
    const MEMBERS: &str = "SELECT workspace, id FROM memberships
        WHERE until IS NOT NULL AND until <= ?1 AND state IN ('active', 'suspended')
        ORDER BY until LIMIT ?2";
    const BINS: &str = "SELECT id FROM workspaces
        WHERE status = 'trashed' AND trashed_at <= ?1 ORDER BY trashed_at LIMIT ?2";
    const ACCOUNTS: &str = "SELECT id FROM accounts
        WHERE deletion_at IS NOT NULL AND deletion_at <= ?1 ORDER BY deletion_at LIMIT ?2";
    let mut due = db.many(MEMBERS, params![now.0, limit], |row| {
        Ok(Due::MemberEnds {
            workspace: row::id(row, "workspace", WorkspaceId::from_bytes)?,
            membership: row::id(row, "id", MembershipId::from_bytes)?,
        })
    })?;
    let before = now.plus_days(-BIN_DAYS);
    due.extend(db.many(BINS, params![before.0, limit], |row| {
        Ok(Due::BinOver { workspace: row::id(row, "id", WorkspaceId::from_bytes)? })
    })?);
    due.extend(db.many(ACCOUNTS, params![now.0, limit], |row| {
        Ok(Due::AccountDeletion { account: row::id(row, "id", AccountId::from_bytes)? })
    })?);
    due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(due)
}
