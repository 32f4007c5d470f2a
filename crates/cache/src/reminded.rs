//! What this device was reminded of, and what its person asked to be reminded of. It is kept in
//! the outbox's file, because the mirror may be thrown away.

use muster_domain::{Timestamp, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::types::AskedReminder;

/// How long it is kept that something was told. What ended that long ago is not told again.
const KEPT_DAYS: i64 = 400;

pub(crate) fn was(db: &Connection, what: &str) -> Result<bool, CacheError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM reminded WHERE what = ?1)";
    Ok(db.prepare_cached(sql)?.query_row([what], |row| row.get(0))?)
}

pub(crate) fn note(db: &Connection, told: &[String], at: Timestamp) -> Result<(), CacheError> {
    for what in told {
        db.prepare_cached("INSERT OR IGNORE INTO reminded (what, at) VALUES (?1, ?2)")?
            .execute(params![what, at.0])?;
    }
    db.prepare_cached("DELETE FROM reminded WHERE at < ?1")?
        .execute([at.0.saturating_sub(KEPT_DAYS * 86_400_000)])?;
    Ok(())
}

pub(crate) fn ask(
    db: &Connection,
    place: &str,
    workspace: Option<WorkspaceId>,
    due: Option<Timestamp>,
    made: Timestamp,
) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO asked_reminders (place, workspace, due, made)
         VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        place,
        workspace.map(WorkspaceId::to_bytes),
        due.map(|it| it.0),
        made.0
    ])?;
    Ok(())
}

pub(crate) fn asked(db: &Connection) -> Result<Vec<AskedReminder>, CacheError> {
    let sql = "SELECT id, place, due, made FROM asked_reminders
               ORDER BY due IS NOT NULL, due, id LIMIT 500";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(AskedReminder {
            id: row.get("id")?,
            place: row.get("place")?,
            due: row.get::<_, Option<i64>>("due")?.map(Timestamp),
            made: Timestamp(row.get("made")?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn drop_asked(db: &Connection, id: i64) -> Result<(), CacheError> {
    db.prepare_cached("DELETE FROM asked_reminders WHERE id = ?1")?.execute([id])?;
    Ok(())
}

pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<String>, CacheError> {
    let sql = "SELECT value FROM notes WHERE key = ?1";
    Ok(db.prepare_cached(sql)?.query_row([key], |row| row.get("value")).optional()?)
}

pub(crate) fn set(db: &Connection, key: &str, value: &str) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO notes (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}
