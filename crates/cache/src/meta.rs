//! The few facts about the copy itself.

use muster_domain::{Login, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use crate::error::CacheError;
use crate::row::json;

fn get(db: &Connection, key: &str) -> Result<Option<String>, CacheError> {
    let mut statement = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get("value")).optional()?)
}

fn set(db: &Connection, key: &str, value: &str) -> Result<(), CacheError> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute([key, value])?;
    Ok(())
}

/// The own login as the server last told it.
pub(crate) fn me(db: &Connection) -> Result<Option<Login>, CacheError> {
    get(db, "me")?.map(|text| Ok(serde_json::from_str(&text)?)).transpose()
}

pub(crate) fn set_me(db: &Connection, me: &Login) -> Result<(), CacheError> {
    set(db, "me", &json(me)?)
}

/// The server's epoch; SQLite's numbers are too small for it, so it is text.
pub(crate) fn epoch(db: &Connection) -> Result<Option<u64>, CacheError> {
    Ok(get(db, "epoch")?.and_then(|text| text.parse().ok()))
}

pub(crate) fn set_epoch(db: &Connection, epoch: u64) -> Result<(), CacheError> {
    set(db, "epoch", &epoch.to_string())
}

/// The last successful contact, server time.
pub(crate) fn last_contact(db: &Connection) -> Result<Option<Timestamp>, CacheError> {
    Ok(get(db, "last_contact")?.and_then(|text| text.parse().ok()).map(Timestamp))
}

pub(crate) fn set_last_contact(db: &Connection, at: Timestamp) -> Result<(), CacheError> {
    set(db, "last_contact", &at.0.to_string())
}

/// A moment in milliseconds under a name of its own.
pub(crate) fn time(db: &Connection, key: &str) -> Result<Option<i64>, CacheError> {
    Ok(get(db, key)?.and_then(|text| text.parse().ok()))
}

pub(crate) fn set_time(db: &Connection, key: &str, millis: i64) -> Result<(), CacheError> {
    set(db, key, &millis.to_string())
}

pub(crate) fn forget_time(db: &Connection, key: &str) -> Result<(), CacheError> {
    db.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// Whether rows went that the disk may still hold under this file's key.
pub(crate) fn key_is_spent(db: &Connection) -> Result<bool, CacheError> {
    Ok(get(db, "key_spent")?.is_some())
}

/// Notes that rows were erased, so that the file needs a new key.
pub(crate) fn spend_key(db: &Connection) -> Result<(), CacheError> {
    set(db, "key_spent", "1")
}

/// Forgets everything that came from the server.
pub(crate) fn empty(db: &Connection) -> Result<(), CacheError> {
    Ok(db.execute_batch(
        "DELETE FROM shadow; DELETE FROM members; DELETE FROM invitations;
         DELETE FROM own_roles; DELETE FROM content_counts; DELETE FROM contents;
         DELETE FROM review_lines; DELETE FROM review_counts; DELETE FROM reviews;
         DELETE FROM workspaces; DELETE FROM grants; DELETE FROM cursors;
         DELETE FROM account_admins; DELETE FROM accounts; DELETE FROM bin;
         DELETE FROM groups; DELETE FROM offers; DELETE FROM inbox;
         DELETE FROM event_rows; DELETE FROM event_members; DELETE FROM uses;
         DELETE FROM acted; DELETE FROM events; DELETE FROM ahead; DELETE FROM logs;
         DELETE FROM meta WHERE key IN ('epoch', 'last_contact');",
    )?)
}
