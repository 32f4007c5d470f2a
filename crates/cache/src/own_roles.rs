//! Roles of a workspace's own in the mirror (R5), as they are and as they were.

use std::collections::BTreeMap;

use muster_domain::{OwnRole, RoleId, Row, Timestamp, WorkspaceId};
use muster_protocol::mentions;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::{Over, json, stamped, to_stored};
use crate::{ledger, past};

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

/// Those that stood at a moment, by slot: today's with every change since taken back. Each event
/// counts, also those that the list of the history folds under another: a change of the scheme
/// deletes several roles in one act.
pub(crate) fn at(
    db: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<Vec<OwnRole>, CacheError> {
    let mut roles: BTreeMap<RoleId, OwnRole> =
        all(db, workspace)?.into_iter().map(|it| (it.id, it)).collect();
    let cut = past::cut(db, workspace, at)?.unwrap_or(0);
    // No index is named: where something is locked, `events` is a view, which has none.
    let sql = "SELECT r.before, r.after, r.names FROM events e JOIN event_rows r ON r.id = e.id
               WHERE e.workspace = ?1 AND e.id > ?2
                   AND e.kind IN ('role.defined', 'role.changed', 'role.deleted')
               ORDER BY e.id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![workspace.to_bytes(), cut])?;
    while let Some(row) = rows.next()? {
        let names = ledger::names(row)?;
        let opened = |text: String| serde_json::from_str(&mentions::opened(&text, &names));
        let after: String = row.get("after")?;
        let before: Option<String> = row.get("before")?;
        let Row::Role(after) = opened(after)? else { continue };
        match before.map(opened).transpose()? {
            Some(Row::Role(before)) => roles.insert(before.id, before),
            Some(_) | None => roles.remove(&after.id),
        };
    }
    let mut roles: Vec<OwnRole> = roles.into_values().filter(|it| !it.deleted).collect();
    roles.sort_by_key(|it| it.slot);
    Ok(roles)
}
