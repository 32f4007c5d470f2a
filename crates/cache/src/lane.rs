//! The lane: which commands go on the wire, under which numbers, and what came back
//! (sync.md 4.9).

use std::collections::BTreeSet;

use muster_domain::{
    About, AccountId, Command, CommandId, Refusal, RefusalCode, Timestamp, WorkspaceId,
};
use muster_protocol::{
    Erased, Exported, LaneState, MAX_COMMANDS, MAX_ERASED, MAX_EXPORTED, Outcome, OutcomeStatus,
    Push,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::{epoch_to_stored, from_stored, json, to_stored};
use crate::types::{EntryState, Settled};
use crate::{drafts, outbox, plans, story};

/// The most bytes of commands in one request.
const MOST_BYTES: usize = 256 * 1024;

/// What a command costs besides its body.
const FRAME_BYTES: usize = 160;

/// How long settled commands stay on the Pending page.
const JOURNAL_DAYS: i64 = 30;

/// The commands of one request.
pub(crate) struct Batch {
    pub(crate) lane: LaneState,
    pub(crate) pushes: Vec<Push>,
    /// Numbers on this device of those that have never been on the wire before.
    pub(crate) fresh: Vec<u64>,
}

/// Takes what is next and gives numbers to what has none. The caller commits before a byte
/// leaves: a number that the server has seen must never be given twice.
pub(crate) fn take(db: &Connection) -> Result<Batch, CacheError> {
    let (mut next, acked) = state(db)?;
    let first = next;
    let mut batch = Batch { lane: LaneState { acked }, pushes: Vec::new(), fresh: Vec::new() };
    let mut bytes = 0;
    for (entry, lane_n) in unsettled(db)? {
        bytes += entry.body.len() + FRAME_BYTES;
        // The first one goes whatever its size: the server says what it thinks of it.
        if batch.pushes.len() == MAX_COMMANDS || (bytes > MOST_BYTES && !batch.pushes.is_empty()) {
            break;
        }
        let n = match lane_n {
            Some(n) => n,
            None => {
                number(db, entry.n, next)?;
                batch.fresh.push(entry.n);
                next += 1;
                next - 1
            }
        };
        batch.pushes.push(Push {
            n,
            id: entry.id,
            body: entry.body,
            deps: on_the_wire(db, &entry.deps)?,
            grant: entry.grant,
            claimed_at: entry.made_at,
        });
    }
    if next != first {
        db.execute("UPDATE lane SET next_n = ?1", [to_stored(next)])?;
    }
    Ok(batch)
}

/// One unsettled command, as far as sending needs it.
struct Unsettled {
    n: u64,
    id: CommandId,
    body: String,
    deps: Vec<u64>,
    grant: Option<u64>,
    made_at: Timestamp,
}

fn unsettled(db: &Connection) -> Result<Vec<(Unsettled, Option<u64>)>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT n, id, body, deps, grant_seq, made_at, lane_n FROM commands
         WHERE state IN ('waiting', 'sending') ORDER BY n LIMIT ?1",
    )?;
    let mut rows = statement.query([to_stored(MAX_COMMANDS as u64 + 1)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let entry = Unsettled {
            n: from_stored(row.get("n")?),
            id: CommandId::from_bytes(row.get("id")?),
            body: row.get("body")?,
            deps: serde_json::from_str(&row.get::<_, String>("deps")?)?,
            grant: row.get::<_, Option<i64>>("grant_seq")?.map(from_stored),
            made_at: Timestamp(row.get("made_at")?),
        };
        found.push((entry, row.get::<_, Option<i64>>("lane_n")?.map(from_stored)));
    }
    Ok(found)
}

fn state(db: &Connection) -> Result<(u64, u64), CacheError> {
    Ok(db.query_row("SELECT next_n, acked FROM lane", [], |row| {
        Ok((from_stored(row.get("next_n")?), from_stored(row.get("acked")?)))
    })?)
}

fn number(db: &Connection, n: u64, lane_n: u64) -> Result<(), CacheError> {
    db.prepare_cached("UPDATE commands SET state = 'sending', lane_n = ?2 WHERE n = ?1")?
        .execute([to_stored(n), to_stored(lane_n)])?;
    Ok(())
}

/// The lane's numbers of commands that are not settled; settled ones need no mention.
fn on_the_wire(db: &Connection, deps: &[u64]) -> Result<Vec<u64>, CacheError> {
    let sql = "SELECT lane_n FROM commands WHERE n = ?1 AND state = 'sending'";
    let mut statement = db.prepare_cached(sql)?;
    let mut numbers = Vec::new();
    for n in deps {
        let found: Option<i64> =
            statement.query_row([to_stored(*n)], |row| row.get("lane_n")).optional()?;
        numbers.extend(found.map(from_stored));
    }
    Ok(numbers)
}

/// The request that carried these for the first time certainly never arrived: they wait
/// again and can be taken back. They are the end of the lane, so their numbers are free.
pub(crate) fn give_back(db: &Connection, fresh: &[u64]) -> Result<(), CacheError> {
    for n in fresh {
        db.prepare_cached(
            "UPDATE commands SET state = 'waiting', lane_n = NULL
             WHERE n = ?1 AND state = 'sending'",
        )?
        .execute([to_stored(*n)])?;
    }
    let (next, acked) = state(db)?;
    let freed = next.saturating_sub(fresh.len() as u64).max(acked + 1);
    db.execute("UPDATE lane SET next_n = ?1", [to_stored(freed)])?;
    Ok(())
}

/// Ends the command that an outcome is about; `None` if that is settled already.
pub(crate) fn settle(
    db: &Connection,
    outcome: &Outcome,
    epoch: u64,
) -> Result<Option<Settled>, CacheError> {
    let sql = "SELECT n FROM commands WHERE lane_n = ?1 AND state = 'sending'";
    let found: Option<i64> =
        db.prepare_cached(sql)?.query_row([to_stored(outcome.n)], |row| row.get("n")).optional()?;
    let Some(n) = found.map(from_stored) else { return Ok(None) };
    outbox::end(db, n, outcome)?;
    db.prepare_cached("UPDATE commands SET epoch = ?2 WHERE n = ?1")?
        .execute([to_stored(n), epoch_to_stored(epoch)])?;
    Ok(Some(Settled { n, outcome: outcome.clone() }))
}

/// Remembers up to where every outcome is kept.
pub(crate) fn acknowledge(db: &Connection) -> Result<(), CacheError> {
    db.execute(
        "UPDATE lane SET acked = max(acked, coalesce(
             (SELECT min(lane_n) FROM commands WHERE state = 'sending'), next_n) - 1)",
        [],
    )?;
    Ok(())
}

/// Access to a workspace is lost: what waits for it is refused, without the names that went
/// with the workspace. What may have reached the server is left to the server.
pub(crate) fn lose_access(
    db: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<usize, CacheError> {
    let outcome = lost(at);
    let mut statement =
        db.prepare_cached("SELECT n FROM commands WHERE workspace = ?1 AND state = 'waiting'")?;
    let waiting: Vec<i64> = statement
        .query_map([workspace.to_bytes()], |row| row.get("n"))?
        .collect::<Result<_, _>>()?;
    for n in &waiting {
        outbox::end(db, from_stored(*n), &outcome)?;
    }
    redact(db, workspace)?;
    Ok(waiting.len())
}

/// The accounts as a whole that something in this file is about.
pub(crate) fn accounts(db: &Connection) -> Result<BTreeSet<AccountId>, CacheError> {
    let mut found = plans::accounts(db)?;
    found.extend(of_accounts(db)?.into_iter().map(|(_, _, account)| account));
    Ok(found)
}

/// Commands about accounts that are not on their way.
fn of_accounts(db: &Connection) -> Result<Vec<(i64, Command, AccountId)>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT n, body FROM commands WHERE workspace IS NULL AND state != 'sending'",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, i64>("n")?, row.get::<_, String>("body")?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (n, body) = row?;
        if let Ok(command) = serde_json::from_str::<Command>(&body)
            && let About::Account(account) = command.about()
        {
            found.push((n, command, account));
        }
    }
    Ok(found)
}

/// Access to an account is lost: what waits for the account itself is refused, and what is kept
/// of it names nobody any more.
pub(crate) fn lose_account(
    db: &Connection,
    account: AccountId,
    at: Timestamp,
) -> Result<(), CacheError> {
    for (n, command, of) in of_accounts(db)? {
        if of != account {
            continue;
        }
        let entry = outbox::entry(db, from_stored(n))?;
        if entry.is_some_and(|it| it.state == EntryState::Waiting) {
            outbox::end(db, from_stored(n), &lost(at))?;
        }
        silence(db, n, &json(&story::without_texts(command))?)?;
    }
    plans::redact(db, About::Account(account))
}

/// What becomes of what waits when access ends.
fn lost(at: Timestamp) -> Outcome {
    Outcome {
        n: 0,
        status: OutcomeStatus::Refused,
        refusal: Some(Refusal::new(RefusalCode::GrantChanged)),
        seq: None,
        at,
    }
}

/// Leaves of a command what was asked and what became of it.
fn silence(db: &Connection, n: i64, body: &str) -> Result<(), CacheError> {
    db.prepare_cached(
        "UPDATE commands SET body = ?2,
             label = json_set(label, '$.person', NULL, '$.object', NULL),
             outcome = json_remove(outcome, '$.refusal.params'),
             expected = json_remove(expected, '$.refusal.params') WHERE n = ?1",
    )?
    .execute(params![n, body])?;
    Ok(())
}

/// Takes the names and texts of a workspace out of what is decided: they went with it. What may
/// still have to be sent again keeps its bytes, which the server compares (sync.md 4.9).
pub(crate) fn redact(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT n, body FROM commands WHERE workspace = ?1 AND state != 'sending'",
    )?;
    let rows = statement.query_map([workspace.to_bytes()], |row| {
        Ok((row.get::<_, i64>("n")?, row.get::<_, String>("body")?))
    })?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        let (n, body) = row;
        // A newer version's command cannot be taken apart; it says nothing then.
        let body = match serde_json::from_str(&body) {
            Ok(command) => json(&story::without_texts(command))?,
            Err(_) => String::new(),
        };
        silence(db, n, &body)?;
    }
    drafts::redact(db, workspace)?;
    plans::redact(db, About::Workspace(workspace))
}

/// Forgets what was settled long ago. What waits or was refused stays until a person acts.
pub(crate) fn prune(db: &Connection, now: Timestamp) -> Result<(), CacheError> {
    db.prepare_cached(
        "DELETE FROM commands
         WHERE state IN ('settled', 'discarded', 'undone') AND settled_at < ?1",
    )?
    .execute(params![now.plus_days(-JOURNAL_DAYS).0])?;
    Ok(())
}

/// Access to a workspace ended; the server is told once its rows are gone.
pub(crate) fn note_erased(
    db: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<(), CacheError> {
    db.prepare_cached("INSERT OR REPLACE INTO erased (workspace, at) VALUES (?1, ?2)")?
        .execute(params![workspace.to_bytes(), at.0])?;
    Ok(())
}

/// What was erased and not told yet.
pub(crate) fn erased(db: &Connection) -> Result<Vec<Erased>, CacheError> {
    let mut statement = db.prepare_cached("SELECT workspace, at FROM erased LIMIT ?1")?;
    let rows = statement.query_map([to_stored(MAX_ERASED as u64)], |row| {
        let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
        Ok(Erased { workspace, at: Timestamp(row.get("at")?) })
    })?;
    rows.map(|erased| Ok(erased?)).collect()
}

/// The server has been told of these.
pub(crate) fn told_erased(db: &Connection, told: &[Erased]) -> Result<(), CacheError> {
    let mut statement = db.prepare_cached("DELETE FROM erased WHERE workspace = ?1 AND at = ?2")?;
    for Erased { workspace, at } in told {
        statement.execute(params![workspace.to_bytes(), at.0])?;
    }
    Ok(())
}

/// A table leaves the copy; the server is told at the next contact.
pub(crate) fn note_exported(db: &Connection, exported: &Exported) -> Result<(), CacheError> {
    db.prepare_cached("INSERT INTO exported (name, workspace, at) VALUES (?1, ?2, ?3)")?.execute(
        params![exported.table, exported.workspace.map(WorkspaceId::to_bytes), exported.at.0],
    )?;
    Ok(())
}

/// What left the copy and was not told yet, with the number of each.
pub(crate) fn exported(db: &Connection) -> Result<Vec<(i64, Exported)>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT id, name, workspace, at FROM exported ORDER BY id LIMIT ?1")?;
    let rows = statement.query_map([to_stored(MAX_EXPORTED as u64)], |row| {
        let workspace: Option<[u8; 16]> = row.get("workspace")?;
        let exported = Exported {
            table: row.get("name")?,
            workspace: workspace.map(WorkspaceId::from_bytes),
            at: Timestamp(row.get("at")?),
        };
        Ok((row.get("id")?, exported))
    })?;
    rows.map(|exported| Ok(exported?)).collect()
}

/// The server has been told of those up to this one.
pub(crate) fn told_exported(db: &Connection, through: i64) -> Result<(), CacheError> {
    db.prepare_cached("DELETE FROM exported WHERE id <= ?1")?.execute([through])?;
    Ok(())
}
