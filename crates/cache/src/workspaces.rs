//! Workspaces in the mirror.

use muster_domain::{Workspace, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::fold;
use crate::row::{Over, json, stamped, to_stored};

pub(crate) fn put(
    db: &Connection,
    workspace: &Workspace,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO workspaces (id, account, folded, seq, row) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET account = excluded.account, folded = excluded.folded,
             seq = excluded.seq, row = excluded.row{}",
        over.clause("workspaces")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        workspace.id.to_bytes(),
        workspace.account.to_bytes(),
        fold(&workspace.name),
        to_stored(seq),
        json(workspace)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Workspace, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM workspaces WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// How many there are, those of unsent changes included.
pub(crate) fn count(db: &Connection) -> Result<u32, CacheError> {
    Ok(db.prepare_cached("SELECT count(*) FROM workspaces")?.query_row([], |row| row.get(0))?)
}

/// The ids of one page by name.
pub(crate) fn page(
    db: &Connection,
    offset: u32,
    limit: u32,
) -> Result<Vec<WorkspaceId>, CacheError> {
    let sql = "SELECT id FROM workspaces ORDER BY folded, id LIMIT ?1 OFFSET ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([limit, offset], |row| row.get::<_, [u8; 16]>("id"))?;
    rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
}

/// Id, account and folded name of all, by name.
pub(crate) fn names(db: &Connection) -> Result<Vec<(WorkspaceId, [u8; 16], String)>, CacheError> {
    let sql = "SELECT id, account, folded FROM workspaces ORDER BY folded, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let id = WorkspaceId::from_bytes(row.get("id")?);
        Ok((id, row.get("account")?, row.get("folded")?))
    })?;
    rows.map(|row| Ok(row?)).collect()
}

/// Whether another workspace has a name that differs in case and accents at most.
pub(crate) fn has_namesake(db: &Connection, name: &str) -> Result<bool, CacheError> {
    let sql = "SELECT count(*) > 1 FROM (SELECT 1 FROM workspaces WHERE folded = ?1 LIMIT 2)";
    Ok(db.prepare_cached(sql)?.query_row([fold(name)], |row| row.get(0))?)
}
