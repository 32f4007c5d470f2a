//! Records of workspaces in the mirror: one table, rows as JSON, columns for what lists need.

use muster_domain::{Content, ContentId, ContentKind, WorkspaceId};
use muster_protocol::RecordSet;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::fold;
use crate::row::{Listed, Over, from_stored, json, stamped, to_stored};
use crate::types::ContentCounts;

/// The kinds as the table numbers them.
pub(crate) const fn kind_number(kind: ContentKind) -> i64 {
    match kind {
        ContentKind::Agent => 0,
        ContentKind::Prompt => 1,
        ContentKind::Knowledge => 2,
        ContentKind::Integration => 3,
        ContentKind::Channel => 4,
        ContentKind::Conversation => 5,
        ContentKind::Lead => 6,
    }
}

pub(crate) fn kind_of(number: i64) -> Option<ContentKind> {
    ContentKind::ALL.iter().copied().find(|kind| kind_number(*kind) == number)
}

/// Writes a record; `listed` says whether lists have it.
pub(crate) fn put(
    db: &Connection,
    content: &Content,
    listed: Listed,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO contents (id, workspace, kind, folded, creator, updated, deleted, shown,
             seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET folded = excluded.folded, updated = excluded.updated,
             deleted = excluded.deleted, shown = excluded.shown, seq = excluded.seq,
             row = excluded.row{}",
        over.clause("contents")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        content.id.to_bytes(),
        content.workspace.to_bytes(),
        kind_number(content.kind()),
        fold(&content.name),
        content.creator.to_bytes(),
        content.updated.0,
        content.deleted,
        listed == Listed::Yes,
        to_stored(seq),
        json(content)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Content, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM contents WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// Whether lists have the record.
pub(crate) fn is_listed(db: &Connection, id: ContentId) -> Result<bool, CacheError> {
    let mut statement = db.prepare_cached("SELECT shown FROM contents WHERE id = ?1")?;
    Ok(statement.query_row([id.to_bytes()], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// The records of a workspace in short, as a server that forgot deleted ones tells them. Unsent
/// changes are out of the way while an answer is applied.
pub(crate) fn records(db: &Connection, workspace: WorkspaceId) -> Result<RecordSet, CacheError> {
    let sql = "SELECT id, seq FROM contents WHERE workspace = ?1 AND deleted = 0";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([workspace.to_bytes()])?;
    let mut set = RecordSet::default();
    while let Some(row) = rows.next()? {
        set = set.with(ContentId::from_bytes(row.get("id")?), from_stored(row.get("seq")?));
    }
    Ok(set)
}

/// Forgets the records of a workspace, to be fetched again.
pub(crate) fn forget(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    for sql in [
        // Before the records, so that they are not counted down one by one.
        "DELETE FROM content_counts WHERE workspace = ?1",
        "DELETE FROM contents WHERE workspace = ?1",
    ] {
        db.prepare_cached(sql)?.execute([workspace.to_bytes()])?;
    }
    Ok(())
}

/// How many records lists have, by kind.
pub(crate) fn counts(db: &Connection, workspace: WorkspaceId) -> Result<ContentCounts, CacheError> {
    let sql = "SELECT kind, number FROM content_counts WHERE workspace = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([workspace.to_bytes()])?;
    let mut counts = ContentCounts::default();
    while let Some(row) = rows.next()? {
        let kind = kind_of(row.get("kind")?).ok_or_else(|| {
            rusqlite::Error::InvalidColumnType(0, "kind".to_owned(), Type::Integer)
        })?;
        counts.0.insert(kind, row.get("number")?);
    }
    Ok(counts)
}
