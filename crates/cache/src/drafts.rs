//! Invitations that are kept on this device until somebody sends them (R14), and unsent work
//! that takes itself back (E-44).
//!
//! Nothing here loses a draft: it leaves the list when it was sent or when its author takes it
//! away, and for a while even that can be undone.

use muster_domain::{Command, MembershipId, Timestamp, WorkspaceId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::CacheError;
use crate::row::{from_stored, json, to_stored};
use crate::types::{Cancelled, DraftEntry, Label, Undone};
use crate::{outbox, story};

/// How long a draft that was taken away can be brought back.
const KEPT_DAYS: i64 = 30;

const OPEN: &str = "sent_as IS NULL AND removed IS NULL";

fn address(command: &Command) -> Option<&str> {
    match command {
        Command::CreateInvitation { address, .. } => Some(address.as_str()),
        _ => None,
    }
}

/// Keeps a draft. A second one to the same address takes the place of the first (E-23).
pub(crate) fn add(
    db: &Connection,
    command: &Command,
    label: &Label,
    now: Timestamp,
) -> Result<u64, CacheError> {
    let workspace = command.workspace().map(WorkspaceId::to_bytes);
    let sql = format!("SELECT id FROM drafts WHERE workspace = ?1 AND address = ?2 AND {OPEN}");
    let found: Option<i64> = db
        .prepare_cached(&sql)?
        .query_row(params![workspace, address(command)], |row| row.get("id"))
        .optional()?;
    let values = params![
        workspace,
        address(command),
        story::creates(command),
        json(command)?,
        json(label)?,
        now.0,
        found
    ];
    if let Some(id) = found {
        db.prepare_cached(
            "UPDATE drafts SET workspace = ?1, address = ?2, creates = ?3, body = ?4, label = ?5,
                 made_at = ?6 WHERE id = ?7",
        )?
        .execute(values)?;
        return Ok(from_stored(id));
    }
    db.prepare_cached(
        "INSERT INTO drafts (workspace, address, creates, body, label, made_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?7 IS NULL",
    )?
    .execute(values)?;
    Ok(from_stored(db.last_insert_rowid()))
}

fn read(row: &Row<'_>) -> rusqlite::Result<DraftEntry> {
    let label: String = row.get("label")?;
    Ok(DraftEntry {
        id: from_stored(row.get("id")?),
        // One of a newer version is kept as it is.
        command: serde_json::from_str(&row.get::<_, String>("body")?).ok(),
        workspace: row.get::<_, Option<[u8; 16]>>("workspace")?.map(WorkspaceId::from_bytes),
        address: row.get("address")?,
        label: serde_json::from_str(&label)
            .map_err(|_| rusqlite::Error::InvalidColumnType(0, "label".to_owned(), Type::Text))?,
        made_at: Timestamp(row.get("made_at")?),
        sent_as: row.get::<_, Option<i64>>("sent_as")?.map(from_stored),
    })
}

/// Drafts that wait, of one workspace or of all, oldest first.
pub(crate) fn open(
    db: &Connection,
    workspace: Option<WorkspaceId>,
) -> Result<Vec<DraftEntry>, CacheError> {
    let sql =
        format!("SELECT * FROM drafts WHERE {OPEN} AND (?1 IS NULL OR workspace = ?1) ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([workspace.map(WorkspaceId::to_bytes)], read)?;
    rows.map(|draft| Ok(draft?)).collect()
}

/// How many wait.
pub(crate) fn count(db: &Connection) -> Result<u32, CacheError> {
    let sql = format!("SELECT count(*) FROM drafts WHERE {OPEN}");
    Ok(db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// A draft that waits.
pub(crate) fn get(db: &Connection, id: u64) -> Result<Option<DraftEntry>, CacheError> {
    let sql = format!("SELECT * FROM drafts WHERE id = ?1 AND {OPEN}");
    Ok(db.prepare_cached(&sql)?.query_row([to_stored(id)], read).optional()?)
}

/// Takes a draft away.
pub(crate) fn remove(db: &Connection, id: u64, now: Timestamp) -> Result<Undone, CacheError> {
    let sql = format!("UPDATE drafts SET removed = ?2 WHERE id = ?1 AND {OPEN}");
    let removed = db.prepare_cached(&sql)?.execute(params![to_stored(id), now.0])?;
    Ok(if removed == 0 { Undone::TooLate } else { Undone::Done })
}

/// Brings a draft back that was taken away, unless there is another one to the same address.
pub(crate) fn restore(db: &Connection, id: u64) -> Result<Undone, CacheError> {
    let sql = "UPDATE OR IGNORE drafts SET removed = NULL
               WHERE id = ?1 AND removed IS NOT NULL AND body != ''";
    let restored = db.prepare_cached(sql)?.execute([to_stored(id)])?;
    Ok(if restored == 0 { Undone::TooLate } else { Undone::Done })
}

/// A draft became this command.
pub(crate) fn sent(db: &Connection, id: u64, n: u64) -> Result<(), CacheError> {
    db.prepare_cached("UPDATE drafts SET sent_as = ?2 WHERE id = ?1")?
        .execute(params![to_stored(id), to_stored(n)])?;
    Ok(())
}

/// Access to a workspace is lost: what waits for it says nothing of it any more, and stays
/// until its author has seen that.
pub(crate) fn redact(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    db.prepare_cached(
        "UPDATE drafts SET body = '', address = NULL, creates = NULL,
             label = json_set(label, '$.person', NULL, '$.object', NULL) WHERE workspace = ?1",
    )?
    .execute([workspace.to_bytes()])?;
    Ok(())
}

/// Forgets what was sent or taken away long ago.
pub(crate) fn prune(db: &Connection, now: Timestamp) -> Result<(), CacheError> {
    db.prepare_cached(
        "DELETE FROM drafts WHERE coalesce(removed, iif(sent_as IS NULL, NULL, made_at)) < ?1",
    )?
    .execute([now.plus_days(-KEPT_DAYS).0])?;
    Ok(())
}

/// What a command creates and another takes back.
fn taken_back(command: &Command) -> Option<[u8; 16]> {
    match command {
        Command::RevokeInvitation { invitation, .. } => Some(invitation.to_bytes()),
        Command::RemoveMember { membership, .. } => Some(MembershipId::to_bytes(*membership)),
        _ => None,
    }
}

/// What was never sent and this command takes back: then neither has to be sent (E-44).
pub(crate) fn cancels(db: &Connection, command: &Command) -> Result<Option<Cancelled>, CacheError> {
    let Some(id) = taken_back(command) else { return Ok(None) };
    // What may have reached the server is not taken back by forgetting it.
    let sql = "SELECT n FROM commands WHERE creates = ?1 AND state = 'waiting'";
    let waiting: Option<i64> =
        db.prepare_cached(sql)?.query_row([id], |row| row.get("n")).optional()?;
    if let Some(n) = waiting {
        return Ok(Some(Cancelled::Command(from_stored(n))));
    }
    let sql = format!("SELECT id FROM drafts WHERE creates = ?1 AND {OPEN}");
    let draft: Option<i64> =
        db.prepare_cached(&sql)?.query_row([id], |row| row.get("id")).optional()?;
    Ok(draft.map(|id| Cancelled::Draft(from_stored(id))))
}

/// Takes back what cancels out.
pub(crate) fn cancel(
    db: &Connection,
    cancelled: Cancelled,
    now: Timestamp,
) -> Result<Undone, CacheError> {
    match cancelled {
        Cancelled::Command(n) => outbox::undo(db, n, now),
        Cancelled::Draft(id) => remove(db, id, now),
    }
}

/// Has a command wait again that was taken back and never sent, with what was taken back with
/// it because it built on it.
pub(crate) fn redo(db: &Connection, n: u64) -> Result<Undone, CacheError> {
    let sql = "SELECT settled_at FROM commands WHERE n = ?1 AND state = 'undone'";
    let at: Option<i64> =
        db.prepare_cached(sql)?.query_row([to_stored(n)], |row| row.get(0)).optional()?;
    let Some(at) = at else { return Ok(Undone::TooLate) };
    db.prepare_cached("UPDATE commands SET state = 'waiting', settled_at = NULL WHERE n = ?1")?
        .execute([to_stored(n)])?;
    let mut statement = db.prepare_cached(
        "SELECT n FROM commands WHERE state = 'undone' AND settled_at = ?2
             AND EXISTS (SELECT 1 FROM json_each(deps) WHERE value = ?1)",
    )?;
    let rows = statement.query_map(params![to_stored(n), at], |row| row.get::<_, i64>("n"))?;
    for dependant in rows.collect::<Result<Vec<_>, _>>()? {
        redo(db, from_stored(dependant))?;
    }
    Ok(Undone::Done)
}
