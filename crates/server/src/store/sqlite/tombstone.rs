//! What is left of deleted records, until it is forgotten (sync.md 4.4).

use muster_domain::{
    AccountId, Content, ContentBody, ContentId, LoginId, Timestamp, View, WorkspaceId,
};
use muster_protocol::RecordSet;
use rusqlite::params;

use super::{Session, StoreError, erase, row};
use crate::store::Tombstone;

/// Those that nothing refers to; what does refer to one goes first.
pub(super) fn before(
    db: &Session<'_>,
    time: Timestamp,
    limit: u32,
) -> Result<Vec<Tombstone>, StoreError> {
    const SQL: &str = "SELECT id, workspace, seq FROM contents c
        WHERE deleted = 1 AND updated < ?1 AND NOT EXISTS (SELECT 1 FROM content_refs r
            WHERE r.workspace = c.workspace AND r.refers = c.id)
        ORDER BY updated LIMIT ?2";
    db.many(SQL, params![time.0, limit], |row| {
        Ok(Tombstone {
            content: row::id(row, "id", ContentId::from_bytes)?,
            workspace: row::id(row, "workspace", WorkspaceId::from_bytes)?,
            seq: row::number(row, "seq")?,
        })
    })
}

pub(super) fn forget(db: &Session<'_>, it: &Tombstone) -> Result<(), StoreError> {
    const REFS: &str = "DELETE FROM content_refs WHERE workspace = ?1 AND content = ?2";
    const ROW: &str = "DELETE FROM contents WHERE id = ?1 AND deleted = 1";
    const SPENT: &str = "INSERT INTO spent_ids (id, workspace) VALUES (?1, ?2)";
    const HORIZON: &str = "UPDATE workspaces SET horizon = max(horizon, ?2) WHERE id = ?1";
    let (id, workspace) = (it.content.to_bytes(), it.workspace.to_bytes());
    erase::overwriting(db, |db| {
        db.write_some(REFS, params![workspace, id])?;
        db.write_one("contents", ROW, [id])
    })?;
    db.write_one("spent_ids", SPENT, params![id, workspace])?;
    db.write_one("workspaces", HORIZON, params![workspace, row::int(it.seq)])
}

pub(super) fn forgotten_since(
    db: &Session<'_>,
    account: AccountId,
    seq: u64,
) -> Result<Vec<WorkspaceId>, StoreError> {
    const SQL: &str = "SELECT id FROM workspaces INDEXED BY workspaces_by_horizon
        WHERE account = ?1 AND horizon > ?2 AND horizon > 0 ORDER BY horizon, id";
    db.many(SQL, params![account.to_bytes(), row::int(seq)], |row| {
        row::id(row, "id", WorkspaceId::from_bytes)
    })
}

pub(super) fn records(
    db: &Session<'_>,
    workspace: WorkspaceId,
    view: View,
) -> Result<RecordSet, StoreError> {
    const SQL: &str = "SELECT id, seq FROM contents INDEXED BY contents_by_change
        WHERE workspace = ?1 AND part & ?2 != 0 AND deleted = 0";
    let records = db.many(SQL, params![workspace.to_bytes(), view.to_bits()], |row| {
        Ok((row::id(row, "id", ContentId::from_bytes)?, row::number(row, "seq")?))
    })?;
    Ok(records.into_iter().fold(RecordSet::default(), |set, (id, seq)| set.with(id, seq)))
}

/// All that is known of a forgotten record: that there was one.
pub(super) fn spent(db: &Session<'_>, id: ContentId) -> Result<Option<Content>, StoreError> {
    const SQL: &str = "SELECT workspace FROM spent_ids WHERE id = ?1";
    db.one(SQL, [id.to_bytes()], |row| {
        Ok(Content {
            id,
            workspace: row::id(row, "workspace", WorkspaceId::from_bytes)?,
            name: String::new(),
            body: ContentBody::Prompt { text: String::new() },
            creator: LoginId::from_bytes([0; 16]),
            creator_name: String::new(),
            created: Timestamp(0),
            updated: Timestamp(0),
            updated_by: String::new(),
            version: 0,
            deleted: true,
        })
    })
}
