//! Plans that somebody keeps: changes that were thought of and are not made yet (ui.md 4.9).
//!
//! Nothing here loses a plan: it leaves the list when its author takes it away, and for a while
//! even that can be undone. What became of a line is the business of the command that it became.

use std::collections::BTreeSet;

use muster_domain::{About, AccountId, Timestamp, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::CacheError;
use crate::row::{from_stored, to_stored};
use crate::types::{PlanDraft, PlanEntry, PlanLineEntry, PlanPlace, Undone};

/// How long a plan that was taken away can be brought back.
const KEPT_DAYS: i64 = 30;

/// Keeps a plan; returns its number.
pub(crate) fn add(
    db: &Connection,
    name: &str,
    source: &str,
    lines: &[PlanDraft],
    now: Timestamp,
) -> Result<u64, CacheError> {
    db.prepare_cached("INSERT INTO plans (name, source, made_at) VALUES (?1, ?2, ?3)")?
        .execute(params![name, source, now.0])?;
    let plan = db.last_insert_rowid();
    let mut statement = db.prepare_cached(
        "INSERT INTO plan_lines (plan, line, body, seen, workspace, account)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (line, draft) in (0_u32..).zip(lines) {
        let (workspace, account) = match draft.about {
            About::Workspace(id) => (Some(id.to_bytes()), None),
            About::Account(id) => (None, Some(id.to_bytes())),
        };
        statement.execute(params![plan, line, draft.body, draft.seen, workspace, account])?;
    }
    Ok(from_stored(plan))
}

/// The plans that are kept, the newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<PlanEntry>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM plans WHERE removed IS NULL ORDER BY id DESC")?;
    let plans = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    plans.into_iter().map(|plan| with_lines(db, plan)).collect()
}

/// One plan that is kept.
pub(crate) fn get(db: &Connection, id: u64) -> Result<Option<PlanEntry>, CacheError> {
    let sql = "SELECT * FROM plans WHERE id = ?1 AND removed IS NULL";
    let found = db.prepare_cached(sql)?.query_row([to_stored(id)], read).optional()?;
    found.map(|plan| with_lines(db, plan)).transpose()
}

fn read(row: &Row<'_>) -> rusqlite::Result<PlanEntry> {
    Ok(PlanEntry {
        id: from_stored(row.get("id")?),
        name: row.get("name")?,
        source: row.get("source")?,
        made_at: Timestamp(row.get("made_at")?),
        lines: Vec::new(),
    })
}

fn with_lines(db: &Connection, plan: PlanEntry) -> Result<PlanEntry, CacheError> {
    let sql = "SELECT * FROM plan_lines WHERE plan = ?1 ORDER BY line";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([to_stored(plan.id)], |row| {
        let text = |column: &str| {
            let text: String = row.get(column)?;
            Ok::<_, rusqlite::Error>(Some(text).filter(|it| !it.is_empty()))
        };
        Ok(PlanLineEntry {
            line: row.get("line")?,
            body: text("body")?,
            seen: text("seen")?,
            about: about(row)?,
            command: row.get::<_, Option<i64>>("command")?.map(from_stored),
            told: row.get("told")?,
        })
    })?;
    let lines = rows.collect::<Result<_, _>>()?;
    Ok(PlanEntry { lines, ..plan })
}

fn about(row: &Row<'_>) -> rusqlite::Result<Option<About>> {
    let workspace: Option<[u8; 16]> = row.get("workspace")?;
    let account: Option<[u8; 16]> = row.get("account")?;
    let account = account.map(|id| About::Account(AccountId::from_bytes(id)));
    Ok(workspace.map(|id| About::Workspace(WorkspaceId::from_bytes(id))).or(account))
}

/// How many plans are kept.
pub(crate) fn count(db: &Connection) -> Result<u32, CacheError> {
    let sql = "SELECT count(*) FROM plans WHERE removed IS NULL";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Calls a plan something else.
pub(crate) fn rename(db: &Connection, id: u64, name: &str) -> Result<Undone, CacheError> {
    let sql = "UPDATE plans SET name = ?2 WHERE id = ?1 AND removed IS NULL";
    done(db.prepare_cached(sql)?.execute(params![to_stored(id), name])?)
}

/// Takes a plan away.
pub(crate) fn remove(db: &Connection, id: u64, now: Timestamp) -> Result<Undone, CacheError> {
    prune(db, now)?;
    let sql = "UPDATE plans SET removed = ?2 WHERE id = ?1 AND removed IS NULL";
    done(db.prepare_cached(sql)?.execute(params![to_stored(id), now.0])?)
}

/// Brings a plan back that was taken away.
pub(crate) fn restore(db: &Connection, id: u64) -> Result<Undone, CacheError> {
    let sql = "UPDATE plans SET removed = NULL WHERE id = ?1 AND removed IS NOT NULL";
    done(db.prepare_cached(sql)?.execute([to_stored(id)])?)
}

/// Takes a line out of a plan; one that became a command stays, as the record of it.
pub(crate) fn drop_line(db: &Connection, place: PlanPlace) -> Result<Undone, CacheError> {
    let sql = "DELETE FROM plan_lines WHERE plan = ?1 AND line = ?2 AND command IS NULL";
    done(db.prepare_cached(sql)?.execute(params![to_stored(place.plan), place.line])?)
}

fn done(changed: usize) -> Result<Undone, CacheError> {
    Ok(if changed == 0 { Undone::TooLate } else { Undone::Done })
}

/// A line became this command.
pub(crate) fn became(db: &Connection, place: PlanPlace, n: u64) -> Result<(), CacheError> {
    let sql = "UPDATE plan_lines SET command = ?3, told = NULL WHERE plan = ?1 AND line = ?2";
    db.prepare_cached(sql)?.execute(params![to_stored(place.plan), place.line, to_stored(n)])?;
    Ok(())
}

/// What was said of a line in the end.
pub(crate) fn told(db: &Connection, place: PlanPlace, told: &str) -> Result<(), CacheError> {
    let sql = "UPDATE plan_lines SET told = ?3 WHERE plan = ?1 AND line = ?2";
    db.prepare_cached(sql)?.execute(params![to_stored(place.plan), place.line, told])?;
    Ok(())
}

/// The accounts that lines are about as a whole.
pub(crate) fn accounts(db: &Connection) -> Result<BTreeSet<AccountId>, CacheError> {
    let sql = "SELECT DISTINCT account FROM plan_lines WHERE account IS NOT NULL";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>("account"))?;
    rows.map(|id| Ok(AccountId::from_bytes(id?))).collect()
}

/// Access is lost: what plans say of it goes with it. A plan in which nothing else is left loses
/// its name too, which may be a person's.
pub(crate) fn redact(db: &Connection, about: About) -> Result<(), CacheError> {
    let (id, [lines, names]) = match about {
        About::Workspace(id) => (id.to_bytes(), OF_WORKSPACE),
        About::Account(id) => (id.to_bytes(), OF_ACCOUNT),
    };
    db.prepare_cached(lines)?.execute([id])?;
    db.prepare_cached(names)?.execute([id])?;
    Ok(())
}

const OF_WORKSPACE: [&str; 2] = [
    "UPDATE plan_lines SET body = '', seen = '', told = NULL WHERE workspace = ?1",
    "UPDATE plans SET name = ''
     WHERE id IN (SELECT plan FROM plan_lines WHERE workspace = ?1)
         AND id NOT IN (SELECT plan FROM plan_lines WHERE body != '')",
];

const OF_ACCOUNT: [&str; 2] = [
    "UPDATE plan_lines SET body = '', seen = '', told = NULL WHERE account = ?1",
    "UPDATE plans SET name = ''
     WHERE id IN (SELECT plan FROM plan_lines WHERE account = ?1)
         AND id NOT IN (SELECT plan FROM plan_lines WHERE body != '')",
];

/// Forgets what was taken away long ago.
fn prune(db: &Connection, now: Timestamp) -> Result<(), CacheError> {
    let before = now.plus_days(-KEPT_DAYS).0;
    let sql = "DELETE FROM plan_lines WHERE plan IN (SELECT id FROM plans WHERE removed < ?1)";
    db.prepare_cached(sql)?.execute([before])?;
    db.prepare_cached("DELETE FROM plans WHERE removed < ?1")?.execute([before])?;
    Ok(())
}
