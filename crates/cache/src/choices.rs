//! What the person chose for this device: hidden, pinned and recently opened workspaces. It is
//! kept in the outbox's file, because the mirror may be thrown away.

use muster_domain::WorkspaceId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::types::{Choices, Tick};

/// How many recent workspaces are shown.
pub(crate) const RECENT: usize = 5;

/// How many are remembered: some of them may be gone when they are shown.
const REMEMBERED: u32 = 40;

pub(crate) fn all(db: &Connection) -> Result<Choices, CacheError> {
    let ids = |sql: &str| -> Result<Vec<WorkspaceId>, CacheError> {
        let mut statement = db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>("workspace"))?;
        rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
    };
    Ok(Choices {
        hidden: ids("SELECT workspace FROM choices WHERE hidden = 1")?.into_iter().collect(),
        pinned: ids("SELECT workspace FROM choices WHERE pinned IS NOT NULL ORDER BY pinned")?,
        recent: ids("SELECT workspace FROM choices WHERE opened IS NOT NULL ORDER BY opened DESC")?,
    })
}

/// The workspace that was opened last.
pub(crate) fn last_opened(db: &Connection) -> Result<Option<WorkspaceId>, CacheError> {
    let sql = "SELECT workspace FROM choices WHERE opened IS NOT NULL ORDER BY opened DESC LIMIT 1";
    let found: Option<[u8; 16]> =
        db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(found.map(WorkspaceId::from_bytes))
}

pub(crate) fn note_opened(db: &Connection, id: WorkspaceId) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO choices (workspace, opened)
         VALUES (?1, (SELECT coalesce(max(opened), 0) + 1 FROM choices))
         ON CONFLICT (workspace) DO UPDATE SET opened = excluded.opened",
    )?
    .execute([id.to_bytes()])?;
    db.prepare_cached(
        "UPDATE choices SET opened = NULL
         WHERE opened <= (SELECT max(opened) - ?1 FROM choices)",
    )?
    .execute([REMEMBERED])?;
    Ok(())
}

pub(crate) fn set_hidden(db: &Connection, id: WorkspaceId, hidden: Tick) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO choices (workspace, hidden) VALUES (?1, ?2)
         ON CONFLICT (workspace) DO UPDATE SET hidden = excluded.hidden",
    )?
    .execute(params![id.to_bytes(), hidden == Tick::On])?;
    Ok(())
}

pub(crate) fn set_pinned(db: &Connection, ids: &[WorkspaceId]) -> Result<(), CacheError> {
    db.execute("UPDATE choices SET pinned = NULL", [])?;
    for (at, id) in (0_u32..).zip(ids) {
        db.prepare_cached(
            "INSERT INTO choices (workspace, pinned) VALUES (?1, ?2)
             ON CONFLICT (workspace) DO UPDATE SET pinned = excluded.pinned",
        )?
        .execute(params![id.to_bytes(), at])?;
    }
    Ok(())
}
