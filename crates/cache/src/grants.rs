//! What this login may see, how much of it has arrived, and what it adds up to.

use muster_domain::{AccountId, Part, View, WorkspaceId};
use muster_protocol::{After, Cursor, Grant, GrantSet, LogOf, Want};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::CacheError;
use crate::log;
use crate::row::{from_stored, json, to_stored};
use crate::types::{Loading, MemberCounts};

/// The most workspaces asked for in one request.
const MOST_WANTED: u32 = 256;

/// How much of a workspace has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Wanted = 0,
    Partial = 1,
    Whole = 2,
}

/// A grant with what has arrived under it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) grant: Grant,
    pub(crate) progress: Progress,
    /// Where its download goes on.
    pub(crate) after: Option<After>,
    /// Confirmed counts, right once whole.
    pub(crate) counts: MemberCounts,
    pub(crate) owners: u32,
}

impl Held {
    pub(crate) fn is_whole(&self) -> bool {
        self.progress == Progress::Whole
    }

    /// Whether every row of this part is here.
    pub(crate) fn has(&self, part: Part) -> bool {
        self.is_whole() && self.grant.view.has(part)
    }

    /// Whether every member is here.
    pub(crate) fn has_members(&self) -> bool {
        self.has(Part::Members)
    }

    /// Whether every invitation is here.
    pub(crate) fn has_invitations(&self) -> bool {
        self.has(Part::Invitations)
    }
}

fn malformed(column: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Text)
}

fn place(text: &str) -> rusqlite::Result<After> {
    serde_json::from_str(text).map_err(|_| malformed("after"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Held> {
    let progress = match row.get::<_, i64>("state")? {
        0 => Progress::Wanted,
        1 => Progress::Partial,
        _ => Progress::Whole,
    };
    Ok(Held {
        grant: Grant {
            workspace: WorkspaceId::from_bytes(row.get("workspace")?),
            account: AccountId::from_bytes(row.get("account")?),
            view: View::from_bits(row.get("view")?).ok_or_else(|| malformed("view"))?,
            grant_seq: from_stored(row.get("grant_seq")?),
        },
        progress,
        after: row.get::<_, Option<String>>("after")?.map(|text| place(&text)).transpose()?,
        counts: MemberCounts {
            active: row.get("active")?,
            suspended: row.get("suspended")?,
            former: row.get("former")?,
        },
        owners: row.get("owners")?,
    })
}

pub(crate) fn get(db: &Connection, id: WorkspaceId) -> Result<Option<Held>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM grants WHERE workspace = ?1")?;
    Ok(statement.query_row([id.to_bytes()], read).optional()?)
}

pub(crate) fn all(db: &Connection) -> Result<Vec<Grant>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM grants")?;
    let rows = statement.query_map([], read)?;
    rows.map(|held| Ok(held?.grant)).collect()
}

/// Those of one account.
pub(crate) fn of_account(db: &Connection, id: AccountId) -> Result<Vec<Held>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM grants WHERE account = ?1")?;
    let rows = statement.query_map([id.to_bytes()], read)?;
    rows.map(|held| Ok(held?)).collect()
}

/// Takes a grant in, to be fetched from its beginning.
pub(crate) fn enter(db: &Connection, grant: &Grant) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO grants (workspace, account, view, grant_seq) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        grant.workspace.to_bytes(),
        grant.account.to_bytes(),
        grant.view.to_bits(),
        to_stored(grant.grant_seq)
    ])?;
    log::begin(db, LogOf::Workspace(grant.workspace), grant.account)
}

/// Erases a workspace and everything that belongs to it.
pub(crate) fn leave(db: &Connection, id: WorkspaceId) -> Result<(), CacheError> {
    for sql in [
        "DELETE FROM members WHERE workspace = ?1 AND former IN (0, 1)",
        "DELETE FROM invitations WHERE workspace = ?1",
        "DELETE FROM own_roles WHERE workspace = ?1",
        // Before the records, so that they are not counted down one by one.
        "DELETE FROM content_counts WHERE workspace = ?1",
        "DELETE FROM contents WHERE workspace = ?1",
        "DELETE FROM review_counts WHERE workspace = ?1",
        "DELETE FROM review_lines WHERE workspace = ?1",
        "DELETE FROM reviews WHERE workspace = ?1",
        "DELETE FROM workspaces WHERE id = ?1",
        "DELETE FROM shadow WHERE workspace = ?1",
        "DELETE FROM grants WHERE workspace = ?1",
    ] {
        db.prepare_cached(sql)?.execute([id.to_bytes()])?;
    }
    log::forget(db, LogOf::Workspace(id))
}

/// A part of the workspace has arrived; `next` is where to go on.
pub(crate) fn arrived(
    db: &Connection,
    id: WorkspaceId,
    progress: Progress,
    next: Option<After>,
) -> Result<(), CacheError> {
    let next = next.as_ref().map(json).transpose()?;
    db.prepare_cached("UPDATE grants SET state = ?2, after = ?3 WHERE workspace = ?1")?
        .execute(params![id.to_bytes(), progress as i64, next])?;
    Ok(())
}

/// Keeps the confirmed counts of a workspace.
pub(crate) fn count(
    db: &Connection,
    id: WorkspaceId,
    counts: MemberCounts,
    owners: u32,
) -> Result<(), CacheError> {
    db.prepare_cached(
        "UPDATE grants SET active = ?2, suspended = ?3, former = ?4, owners = ?5
         WHERE workspace = ?1",
    )?
    .execute(params![
        id.to_bytes(),
        counts.active,
        counts.suspended,
        counts.former,
        owners
    ])?;
    Ok(())
}

/// Adds to the confirmed counts of a workspace: active, suspended, former, owners.
pub(crate) fn adjust(db: &Connection, id: WorkspaceId, by: [i64; 4]) -> Result<(), CacheError> {
    let [active, suspended, former, owners] = by;
    db.prepare_cached(
        "UPDATE grants SET active = active + ?2, suspended = suspended + ?3,
             former = former + ?4, owners = owners + ?5 WHERE workspace = ?1",
    )?
    .execute(params![id.to_bytes(), active, suspended, former, owners])?;
    Ok(())
}

/// The digest over every known grant, so that the server repeats the list only when it differs.
pub(crate) fn digest(db: &Connection) -> Result<GrantSet, CacheError> {
    Ok(GrantSet::of(&all(db)?))
}

/// What to ask for: the open workspace, then what has begun to arrive, then the rest.
pub(crate) fn wanted(db: &Connection, first: Option<WorkspaceId>) -> Result<Vec<Want>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT workspace, after FROM grants WHERE state < 2
         ORDER BY workspace = ?1 DESC, state DESC, workspace LIMIT ?2",
    )?;
    let first = first.map(WorkspaceId::to_bytes).unwrap_or_default();
    let rows = statement.query_map(params![first, MOST_WANTED], |row| {
        let id = WorkspaceId::from_bytes(row.get("workspace")?);
        let after = row.get::<_, Option<String>>("after")?;
        Ok(Want { workspace: id, after: after.map(|text| place(&text)).transpose()? })
    })?;
    rows.map(|want| Ok(want?)).collect()
}

/// Progress of the download; `None` when everything is here.
pub(crate) fn loading(db: &Connection) -> Result<Option<Loading>, CacheError> {
    let sql = "SELECT count(*) AS total, coalesce(sum(state = 2), 0) AS done FROM grants";
    let loading = db
        .prepare_cached(sql)?
        .query_row([], |row| Ok(Loading { done: row.get("done")?, total: row.get("total")? }))?;
    Ok((loading.done < loading.total).then_some(loading))
}

/// How many active workspaces of the account are known besides this one.
pub(crate) fn others(
    db: &Connection,
    account: AccountId,
    except: WorkspaceId,
) -> Result<u32, CacheError> {
    // A workspace that has not arrived counts by its grant; the bin of an unsent deletion
    // does not count.
    let sql = "SELECT count(*) FROM (
                   SELECT workspace AS id FROM grants WHERE account = ?1
                   UNION SELECT id FROM workspaces WHERE account = ?1
               ) g LEFT JOIN workspaces w ON w.id = g.id
               WHERE g.id != ?2 AND coalesce(w.row ->> 'status', 'active') = 'active'";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row([account.to_bytes(), except.to_bytes()], |row| row.get(0))?)
}

/// Whether every workspace of the account that is granted is whole.
pub(crate) fn account_is_whole(db: &Connection, account: AccountId) -> Result<bool, CacheError> {
    let sql = "SELECT count(*) = 0 FROM grants WHERE account = ?1 AND state < 2";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row([account.to_bytes()], |row| row.get(0))?)
}

/// Accounts in which no workspace is left.
pub(crate) fn accounts_without(db: &Connection) -> Result<Vec<AccountId>, CacheError> {
    let sql = "SELECT id FROM accounts WHERE id NOT IN (SELECT account FROM grants)";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>("id"))?;
    rows.map(|id| Ok(AccountId::from_bytes(id?))).collect()
}

/// How far each account has been read.
pub(crate) fn cursors(db: &Connection) -> Result<Vec<Cursor>, CacheError> {
    let mut statement = db.prepare_cached("SELECT account, seq FROM cursors ORDER BY account")?;
    let rows = statement.query_map([], |row| {
        Ok(Cursor {
            account: AccountId::from_bytes(row.get("account")?),
            seq: from_stored(row.get("seq")?),
        })
    })?;
    rows.map(|cursor| Ok(cursor?)).collect()
}

/// Keeps how far an account has been read; tells whether it was not read so far before.
pub(crate) fn keep_cursor(db: &Connection, cursor: &Cursor) -> Result<bool, CacheError> {
    let written = db
        .prepare_cached(
            "INSERT INTO cursors (account, seq) VALUES (?1, ?2)
             ON CONFLICT (account) DO UPDATE SET seq = excluded.seq
                 WHERE excluded.seq != cursors.seq",
        )?
        .execute(params![cursor.account.to_bytes(), to_stored(cursor.seq)])?;
    Ok(written > 0)
}
