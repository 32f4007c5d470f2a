//! Groups of workspaces in the mirror (E-37); only Account Admins are sent any.

use muster_domain::{AccountId, Group};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::fold;
use crate::row::{Over, json, stamped, to_stored};

pub(crate) fn put(
    db: &Connection,
    group: &Group,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO groups (id, account, folded, deleted, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET folded = excluded.folded, deleted = excluded.deleted,
             seq = excluded.seq, row = excluded.row{}",
        over.clause("groups")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        group.id.to_bytes(),
        group.account.to_bytes(),
        fold(&group.name),
        group.deleted,
        to_stored(seq),
        json(group)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Group, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM groups WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// Those of an account that are not deleted, by name.
pub(crate) fn all(db: &Connection, account: AccountId) -> Result<Vec<Group>, CacheError> {
    let sql = "SELECT row FROM groups WHERE account = ?1 AND deleted = 0 ORDER BY folded, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([account.to_bytes()], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}
