//! Roles of a workspace's own in the mirror (R5).

use muster_domain::{OwnRole, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::{Over, json, stamped, to_stored};

pub(crate) fn put(
    db: &Connection,
    role: &OwnRole,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO own_roles (id, workspace, slot, deleted, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, deleted = excluded.deleted,
             seq = excluded.seq, row = excluded.row{}",
        over.clause("own_roles")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        role.id.to_bytes(),
        role.workspace.to_bytes(),
        role.slot,
        role.deleted,
        to_stored(seq),
        json(role)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(OwnRole, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM own_roles WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// Those that are not deleted, by slot.
pub(crate) fn all(db: &Connection, workspace: WorkspaceId) -> Result<Vec<OwnRole>, CacheError> {
    let sql = "SELECT row FROM own_roles WHERE workspace = ?1 AND deleted = 0 ORDER BY slot";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([workspace.to_bytes()], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}
