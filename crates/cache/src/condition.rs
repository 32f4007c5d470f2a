//! How the copy is, in numbers alone: what the Diagnostics page shows and its report holds.
//! Nothing in here names anybody or anything, so that a report can be handed on.

use std::fs;

use muster_domain::Timestamp;
use rusqlite::Connection;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::files::{MIRROR, OUTBOX};
use crate::log::BEHIND;
use crate::meta;
use crate::open::family;
use crate::row::from_stored;

/// How the copy is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// The number of the mirror's schema.
    pub mirror_schema: i32,
    /// The number of the outbox's schema.
    pub outbox_schema: i32,
    /// Bytes of the mirror, with its log.
    pub mirror_bytes: u64,
    /// Bytes of the outbox, with its log.
    pub outbox_bytes: u64,
    /// Which history of the server the copy follows; none before the first answer.
    pub epoch: Option<u64>,
    /// How far each account has come, highest first.
    pub cursors: Vec<u64>,
    /// Workspaces that may be seen.
    pub workspaces: u64,
    /// Those of them that are here as a whole.
    pub loaded: u64,
    /// Memberships that are here.
    pub members: u64,
    /// Events that are here.
    pub events: u64,
    /// Histories that are here to their end.
    pub chains_whole: u64,
    /// Histories of which more is to come.
    pub chains_loading: u64,
    /// Histories that do not hold.
    pub chains_broken: u64,
    /// When the oldest change was made that waits.
    pub oldest_unsent: Option<Timestamp>,
    /// Changes on their way.
    pub sending: u64,
    /// Drafts.
    pub drafts: u64,
    /// Changes that could not be saved out of a damaged file.
    pub lost: u64,
    /// Whether the copy waits for a new key, after rows were erased.
    pub needs_new_key: bool,
}

impl Cache {
    /// How the copy is.
    ///
    /// # Errors
    /// [`CacheError`] when one of the files cannot be read.
    pub fn condition(&self) -> Result<Condition, CacheError> {
        let mut found = self.read(|mirror| of_mirror(mirror.db()))?;
        self.ask_outbox(|db| of_outbox(db, &mut found))?;
        let bytes = |name: &str| {
            let files = family(&self.dir.join(name));
            // One that is not there has none.
            files.iter().filter_map(|it| fs::metadata(it).ok()).map(|it| it.len()).sum()
        };
        (found.mirror_bytes, found.outbox_bytes) = (bytes(MIRROR), bytes(OUTBOX));
        Ok(found)
    }
}

fn count(db: &Connection, sql: &str) -> Result<u64, CacheError> {
    Ok(from_stored(db.query_row(sql, [], |row| row.get(0))?))
}

fn schema(db: &Connection) -> Result<i32, CacheError> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn of_mirror(db: &Connection) -> Result<Condition, CacheError> {
    let mut statement = db.prepare("SELECT seq FROM cursors ORDER BY seq DESC")?;
    let cursors = statement.query_map([], |row| row.get("seq").map(from_stored))?;
    Ok(Condition {
        mirror_schema: schema(db)?,
        epoch: meta::epoch(db)?,
        cursors: cursors.collect::<Result<_, _>>()?,
        workspaces: count(db, "SELECT count(*) FROM grants")?,
        loaded: count(db, "SELECT count(*) FROM grants WHERE state = 2")?,
        members: count(db, "SELECT count(*) FROM members")?,
        events: count(db, "SELECT count(*) FROM events")?,
        chains_whole: count(
            db,
            &format!("SELECT count(*) FROM logs WHERE NOT {BEHIND} AND broken_seq IS NULL"),
        )?,
        chains_loading: count(
            db,
            &format!("SELECT count(*) FROM logs WHERE {BEHIND} AND broken_seq IS NULL"),
        )?,
        chains_broken: count(db, "SELECT count(*) FROM logs WHERE broken_seq IS NOT NULL")?,
        needs_new_key: meta::key_is_spent(db)?,
        ..Condition::default()
    })
}

fn of_outbox(db: &Connection, found: &mut Condition) -> Result<(), CacheError> {
    let sql = "SELECT min(made_at) FROM commands WHERE state IN ('waiting', 'sending')";
    let oldest: Option<i64> = db.query_row(sql, [], |row| row.get(0))?;
    found.outbox_schema = schema(db)?;
    found.oldest_unsent = oldest.map(Timestamp);
    found.sending = count(db, "SELECT count(*) FROM commands WHERE state = 'sending'")?;
    found.drafts =
        count(db, "SELECT count(*) FROM drafts WHERE sent_as IS NULL AND removed IS NULL")?;
    found.lost = count(db, "SELECT count(*) FROM lost")?;
    Ok(())
}
