//! The outbox: commands as they will be sent, until the server has decided them.
//!
//! Nothing here deletes a command that is not settled. Numbers of the lane are given when a
//! command is first put on the wire and are durable before the first byte leaves.

use std::collections::{BTreeSet, HashMap};

use muster_domain::{
    Command, CommandId, ContentId, DeviceId, LoginId, MembershipId, Timestamp, WorkspaceId,
};
use muster_protocol::Outcome;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::CacheError;
use crate::marks::{self, MARK};
use crate::row::{epoch_to_stored, from_stored, json, to_stored};
use crate::story;
use crate::types::{
    EntryState, Expected, Label, LostEntry, Mark, OutboxEntry, PendingCounts, Undone,
};

/// A command to be kept.
pub(crate) struct Draft<'a> {
    pub(crate) command: &'a Command,
    pub(crate) label: &'a Label,
    pub(crate) made_at: Timestamp,
    pub(crate) grant: Option<u64>,
    pub(crate) expected: Expected,
}

/// Says whose outbox this is; with another device a new lane begins.
pub(crate) fn begin(db: &Connection, me: LoginId, device: DeviceId) -> Result<(), CacheError> {
    let found: Option<([u8; 16], [u8; 16])> = db
        .query_row("SELECT login, device FROM lane", [], |row| {
            Ok((row.get("login")?, row.get("device")?))
        })
        .optional()?;
    match found {
        None => {
            db.execute(
                "INSERT INTO lane (only_one, login, device, next_n, acked)
                 VALUES (1, ?1, ?2, 1, 0)",
                [me.to_bytes(), device.to_bytes()],
            )?;
        }
        Some((login, _)) if login != me.to_bytes() => return Err(CacheError::Foreign),
        Some((_, found)) if found != device.to_bytes() => {
            db.execute("UPDATE lane SET device = ?1", [device.to_bytes()])?;
            fork(db, 1)?;
        }
        Some(_) => {}
    }
    Ok(())
}

/// Unsettled commands that this one builds on: those that create what it mentions.
fn deps(db: &Connection, command: &Command) -> Result<Vec<u64>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT n FROM commands WHERE creates = ?1 AND state IN ('waiting', 'sending')",
    )?;
    let mut deps = Vec::new();
    for id in story::mentions(command) {
        let rows = statement.query_map([id], |row| row.get::<_, i64>("n"))?;
        for n in rows {
            deps.push(from_stored(n?));
        }
    }
    Ok(deps)
}

/// Keeps a command; returns its number on this device.
pub(crate) fn add(db: &Connection, draft: &Draft<'_>) -> Result<u64, CacheError> {
    let deps = deps(db, draft.command)?;
    db.prepare_cached(
        "INSERT INTO commands (id, body, workspace, membership, creates, content, label, made_at,
             grant_seq, deps, expected, state)
         VALUES (randomblob(16), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'waiting')",
    )?
    .execute(params![
        json(draft.command)?,
        draft.command.workspace().map(WorkspaceId::to_bytes),
        draft.command.membership().map(MembershipId::to_bytes),
        story::creates(draft.command),
        draft.command.content().map(ContentId::to_bytes),
        json(draft.label)?,
        draft.made_at.0,
        draft.grant.map(to_stored),
        json(&deps)?,
        json(&draft.expected)?
    ])?;
    Ok(from_stored(db.last_insert_rowid()))
}

fn state_of(text: &str) -> Option<EntryState> {
    Some(match text {
        "waiting" => EntryState::Waiting,
        "sending" => EntryState::Sending,
        "settled" => EntryState::Settled,
        "refused" => EntryState::Refused,
        "discarded" => EntryState::Discarded,
        "undone" => EntryState::Undone,
        _ => return None,
    })
}

fn parsed<T: serde::de::DeserializeOwned>(column: &str, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|_| rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Text))
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    let text = |column: &str| row.get::<_, String>(column);
    let body = text("body")?;
    let state = text("state")?;
    let outcome: Option<String> = row.get("outcome")?;
    Ok(OutboxEntry {
        n: from_stored(row.get("n")?),
        id: CommandId::from_bytes(row.get("id")?),
        // A command of a newer version is kept and sent as it is.
        command: serde_json::from_str(&body).ok(),
        body,
        workspace: row.get::<_, Option<[u8; 16]>>("workspace")?.map(WorkspaceId::from_bytes),
        label: parsed("label", &text("label")?)?,
        made_at: Timestamp(row.get("made_at")?),
        grant: row.get::<_, Option<i64>>("grant_seq")?.map(from_stored),
        deps: parsed("deps", &text("deps")?)?,
        expected: parsed("expected", &text("expected")?)?,
        state: state_of(&state)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(0, "state".to_owned(), Type::Text))?,
        outcome: outcome.map(|text| parsed("outcome", &text)).transpose()?,
        settled_at: row.get::<_, Option<i64>>("settled_at")?.map(Timestamp),
    })
}

fn select(db: &Connection, end: &str) -> Result<Vec<OutboxEntry>, CacheError> {
    let mut statement = db.prepare_cached(&format!("SELECT * FROM commands {end}"))?;
    let rows = statement.query_map([], read)?;
    rows.map(|entry| Ok(entry?)).collect()
}

/// What waits for the server, oldest first.
pub(crate) fn pending(db: &Connection) -> Result<Vec<OutboxEntry>, CacheError> {
    select(db, "WHERE state IN ('waiting', 'sending') ORDER BY n")
}

/// What was refused and not discarded, newest first.
pub(crate) fn refused(db: &Connection) -> Result<Vec<OutboxEntry>, CacheError> {
    select(db, "WHERE state = 'refused' ORDER BY n DESC")
}

/// What was refused, discarded or not, newest first: the history tells it too (ui.md 5.9).
pub(crate) fn refusals(db: &Connection, limit: u32) -> Result<Vec<OutboxEntry>, CacheError> {
    let end = "WHERE state IN ('refused', 'discarded') ORDER BY n DESC LIMIT";
    select(db, &format!("{end} {limit}"))
}

/// What took effect, newest first.
pub(crate) fn settled(db: &Connection, limit: u32) -> Result<Vec<OutboxEntry>, CacheError> {
    select(db, &format!("WHERE state = 'settled' ORDER BY n DESC LIMIT {limit}"))
}

/// What took effect on the server of this epoch, newest first.
pub(crate) fn settled_under(
    db: &Connection,
    epoch: u64,
    limit: usize,
) -> Result<Vec<OutboxEntry>, CacheError> {
    let epoch = epoch_to_stored(epoch);
    let end = format!("WHERE state = 'settled' AND epoch = {epoch} ORDER BY n DESC LIMIT {limit}");
    select(db, &end)
}

/// One command.
pub(crate) fn entry(db: &Connection, n: u64) -> Result<Option<OutboxEntry>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM commands WHERE n = ?1")?;
    Ok(statement.query_row([to_stored(n)], read).optional()?)
}

/// Workspaces whose rows went with their lease.
pub(crate) fn veiled(db: &Connection) -> Result<BTreeSet<WorkspaceId>, CacheError> {
    let mut statement = db.prepare_cached("SELECT workspace FROM veiled")?;
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>("workspace"))?;
    rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
}

/// What waits for this workspace is told without names from now on.
pub(crate) fn veil(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    db.prepare_cached("INSERT OR IGNORE INTO veiled (workspace) VALUES (?1)")?
        .execute([workspace.to_bytes()])?;
    Ok(())
}

/// The workspace is here again, or access to it has ended and its names went for good.
pub(crate) fn unveil(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    db.prepare_cached("DELETE FROM veiled WHERE workspace = ?1")?
        .execute([workspace.to_bytes()])?;
    Ok(())
}

/// Commands that could not be saved out of a damaged file.
pub(crate) fn lost(db: &Connection) -> Result<Vec<LostEntry>, CacheError> {
    let mut statement = db.prepare_cached("SELECT n, workspace FROM lost ORDER BY n")?;
    let rows = statement.query_map([], |row| {
        let workspace: Option<[u8; 16]> = row.get("workspace")?;
        let workspace = workspace.map(WorkspaceId::from_bytes);
        Ok(LostEntry { n: from_stored(row.get("n")?), workspace })
    })?;
    rows.map(|entry| Ok(entry?)).collect()
}

/// The person has read of them.
pub(crate) fn forget_lost(db: &Connection) -> Result<(), CacheError> {
    db.execute("DELETE FROM lost", [])?;
    Ok(())
}

/// How much waits.
pub(crate) fn counts(db: &Connection) -> Result<PendingCounts, CacheError> {
    let sql = format!(
        "SELECT {COUNTS} FROM (SELECT {MARK} FROM commands
         WHERE state IN ('waiting', 'sending', 'refused'))"
    );
    Ok(db.prepare_cached(&sql)?.query_row([], counted)?)
}

/// What waits, out of the marks of commands.
const COUNTS: &str = "count(*) FILTER (WHERE mark NOT IN ('refused', 'met')) AS not_sent,
    count(*) FILTER (WHERE mark IN ('refused', 'met')) AS refused,
    count(*) FILTER (WHERE mark = 'met') AS needs_you";

fn counted(row: &Row<'_>) -> rusqlite::Result<PendingCounts> {
    Ok(PendingCounts {
        not_sent: row.get("not_sent")?,
        refused: row.get("refused")?,
        needs_you: row.get("needs_you")?,
    })
}

/// How much waits in each workspace in which something does.
pub(crate) fn counts_by_workspace(
    db: &Connection,
) -> Result<HashMap<WorkspaceId, PendingCounts>, CacheError> {
    let sql = format!(
        "SELECT workspace, {COUNTS} FROM (SELECT workspace, {MARK} FROM commands
         WHERE state IN ('waiting', 'sending', 'refused') AND workspace IS NOT NULL)
         GROUP BY workspace"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement
        .query_map([], |row| Ok((WorkspaceId::from_bytes(row.get("workspace")?), counted(row)?)))?;
    rows.map(|row| Ok(row?)).collect()
}

/// The marks that commands put on the members of a workspace.
pub(crate) fn marks(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<HashMap<MembershipId, Mark>, CacheError> {
    Ok(marked(db, "membership", workspace)?.map(MembershipId::from_bytes))
}

/// The marks that commands put on the records of a workspace.
pub(crate) fn content_marks(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<HashMap<ContentId, Mark>, CacheError> {
    Ok(marked(db, "content", workspace)?.map(ContentId::from_bytes))
}

/// Marks by the bytes of an id.
struct Marked(HashMap<[u8; 16], Mark>);

impl Marked {
    fn map<T: Eq + std::hash::Hash>(self, id: impl Fn([u8; 16]) -> T) -> HashMap<T, Mark> {
        self.0.into_iter().map(|(bytes, mark)| (id(bytes), mark)).collect()
    }
}

fn marked(
    db: &Connection,
    column: &'static str,
    workspace: WorkspaceId,
) -> Result<Marked, CacheError> {
    let sql = format!(
        "SELECT {column} AS id, {MARK} FROM commands
         WHERE workspace = ?1 AND state IN ('waiting', 'sending', 'refused')
             AND {column} IS NOT NULL"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([workspace.to_bytes()])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        marks::add(&mut found, row.get("id")?, marks::of(row)?);
    }
    Ok(Marked(found))
}

/// Takes back a command that was never sent, and those that build on it.
pub(crate) fn undo(db: &Connection, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
    let sql = "UPDATE commands SET state = 'undone', settled_at = ?2
               WHERE n = ?1 AND state = 'waiting'";
    if db.prepare_cached(sql)?.execute(params![to_stored(n), now.0])? == 0 {
        return Ok(Undone::TooLate);
    }
    for dependant in dependants(db, n)? {
        undo(db, dependant, now)?;
    }
    Ok(Undone::Done)
}

/// Waiting commands that build on this one.
fn dependants(db: &Connection, n: u64) -> Result<Vec<u64>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT n FROM commands WHERE state = 'waiting'
             AND EXISTS (SELECT 1 FROM json_each(deps) WHERE value = ?1)",
    )?;
    let rows = statement.query_map([to_stored(n)], |row| row.get::<_, i64>("n"))?;
    rows.map(|n| Ok(from_stored(n?))).collect()
}

/// Takes a refused command off the list of refused ones.
pub(crate) fn discard(db: &Connection, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
    let sql = "UPDATE commands SET state = 'discarded', settled_at = ?2
               WHERE n = ?1 AND state = 'refused'";
    let changed = db.prepare_cached(sql)?.execute(params![to_stored(n), now.0])?;
    Ok(if changed == 0 { Undone::TooLate } else { Undone::Done })
}

/// Keeps what the rules now expect of a pending command.
pub(crate) fn expect(db: &Connection, n: u64, expected: &Expected) -> Result<(), CacheError> {
    db.prepare_cached("UPDATE commands SET expected = ?2 WHERE n = ?1")?
        .execute(params![to_stored(n), json(expected)?])?;
    Ok(())
}

/// Ends a command with an outcome, and skips what builds on it if it took no effect.
pub(crate) fn end(db: &Connection, n: u64, outcome: &Outcome) -> Result<(), CacheError> {
    use muster_protocol::OutcomeStatus as Status;
    let took_effect = match outcome.status {
        Status::Applied | Status::NoOp => true,
        Status::Refused | Status::Skipped | Status::Unsupported | Status::Quarantined => false,
    };
    db.prepare_cached(
        "UPDATE commands SET state = ?2, outcome = ?3, settled_at = ?4 WHERE n = ?1",
    )?
    .execute(params![
        to_stored(n),
        if took_effect { "settled" } else { "refused" },
        json(outcome)?,
        outcome.at.0
    ])?;
    if !took_effect {
        let skipped =
            Outcome { n: 0, status: Status::Skipped, refusal: None, seq: None, at: outcome.at };
        for dependant in dependants(db, n)? {
            end(db, dependant, &skipped)?;
        }
    }
    Ok(())
}

/// The device's lane was not this one: what was on the wire gets new numbers from `expected`,
/// in its order. It stays on the wire: under its old number, or from a disk that was put back
/// since, a server may have decided it, and knows it again by its id.
pub(crate) fn fork(db: &Connection, expected: u64) -> Result<(), CacheError> {
    let mut next = expected.max(1);
    let first = next;
    // Out of the way, because a number is never another command's as well.
    db.execute("UPDATE commands SET lane_n = -n WHERE state = 'sending'", [])?;
    let mut statement =
        db.prepare_cached("SELECT n FROM commands WHERE state = 'sending' ORDER BY n")?;
    let sent: Vec<i64> = statement.query_map([], |row| row.get("n"))?.collect::<Result<_, _>>()?;
    let mut number = db.prepare_cached("UPDATE commands SET lane_n = ?2 WHERE n = ?1")?;
    for n in sent {
        number.execute([n, to_stored(next)])?;
        next += 1;
    }
    let values = [to_stored(next), to_stored(first - 1)];
    db.execute("UPDATE lane SET next_n = ?1, acked = ?2", values)?;
    Ok(())
}
