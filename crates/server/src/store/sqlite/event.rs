//! The history and the audit table.

use std::sync::LazyLock;

use muster_domain::{
    AccountId, Address, CommandId, InvitationId, Login, LoginId, Timestamp, WorkspaceId,
};
use muster_protocol::{LogOf, LogPlace, LoggedEvent, Token};
use rusqlite::{Row, ToSql, params};

use super::{Session, StoreError, people, row};
use crate::store::AuditRow;

/// An event with the name that its actor has today.
const EVENTS: &str = "SELECT e.account, e.seq, e.ord, e.workspace, e.at, e.actor, e.as_admin, \
    e.kind, e.before, e.after, e.command, e.request, e.reason, e.prev, e.hash, e.people, \
    coalesce(k.name, l.name) AS name FROM events e";
const ACTORS: &str = "LEFT JOIN logins l ON l.id = e.actor \
    LEFT JOIN kept_names k ON k.account = e.account AND k.login = e.actor";

/// After a place: the two numbers of it are parameters 2 and 3.
const AFTER: &str = "(e.seq, e.ord) > (?2, ?3) ORDER BY e.seq, e.ord LIMIT ?4";

static OF_WORKSPACE: LazyLock<String> =
    LazyLock::new(|| format!("{EVENTS} {ACTORS} WHERE e.workspace = ?1 AND {AFTER}"));
static OF_ACCOUNT: LazyLock<String> = LazyLock::new(|| {
    format!("{EVENTS} {ACTORS} WHERE e.account = ?1 AND e.workspace IS NULL AND {AFTER}")
});
static BY_ACTOR: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{EVENTS} INDEXED BY events_by_actor {ACTORS}
         WHERE e.workspace = ?1 AND e.actor = ?5 AND {AFTER}"
    )
});
static ABOUT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{EVENTS} INDEXED BY events_about {ACTORS}
         WHERE e.workspace = ?1 AND e.about = ?5 AND {AFTER}"
    )
});

pub(super) fn tail(db: &Session<'_>, chain: LogOf) -> Result<[u8; 32], StoreError> {
    const OF_WORKSPACE: &str = "SELECT hash FROM events WHERE workspace = ?1
        ORDER BY seq DESC, ord DESC LIMIT 1";
    const OF_ACCOUNT: &str = "SELECT hash FROM events WHERE account = ?1 AND workspace IS NULL
        ORDER BY seq DESC, ord DESC LIMIT 1";
    let (sql, id) = match chain {
        LogOf::Workspace(workspace) => (OF_WORKSPACE, workspace.to_bytes()),
        LogOf::Account(account) => (OF_ACCOUNT, account.to_bytes()),
    };
    Ok(db.one(sql, [id], |row| Ok(row.get("hash")?))?.unwrap_or([0; 32]))
}

pub(super) fn carried_out(
    db: &Session<'_>,
    command: CommandId,
    login: LoginId,
) -> Result<Option<(u64, Timestamp)>, StoreError> {
    // A change counts its events through, so the first one has the number that was answered.
    const SQL: &str = "SELECT seq, at FROM events WHERE command = ?1 AND actor = ?2
        ORDER BY ord LIMIT 1";
    db.one(SQL, params![command.to_bytes(), login.to_bytes()], |row| {
        Ok((row::number(row, "seq")?, row::time(row, "at")?))
    })
}

pub(super) fn chain(db: &Session<'_>, chain: LogOf) -> Result<Vec<LoggedEvent>, StoreError> {
    after(db, chain, None, u32::MAX)
}

/// The numbers to go on after. Changes are counted from 1, so nothing is at zero.
fn numbers(after: Option<LogPlace>) -> (i64, u32) {
    let LogPlace { seq, ord } = after.unwrap_or_default();
    (row::int(seq), ord)
}

pub(super) fn after(
    db: &Session<'_>,
    chain: LogOf,
    place: Option<LogPlace>,
    limit: u32,
) -> Result<Vec<LoggedEvent>, StoreError> {
    let (seq, ord) = numbers(place);
    let (sql, id) = match chain {
        LogOf::Workspace(workspace) => (&OF_WORKSPACE, workspace.to_bytes()),
        LogOf::Account(account) => (&OF_ACCOUNT, account.to_bytes()),
    };
    people::named(db, db.many(sql, params![id, seq, ord, limit], read)?)
}

/// Each question is answered from an index of its own; together they are put in order here.
pub(super) fn own_after(
    db: &Session<'_>,
    workspace: WorkspaceId,
    login: &Login,
    place: Option<LogPlace>,
    limit: u32,
) -> Result<Vec<LoggedEvent>, StoreError> {
    let (seq, ord) = numbers(place);
    let ask = |sql: &str, whom: &dyn ToSql| {
        db.many(sql, params![workspace.to_bytes(), seq, ord, limit, whom], read)
    };
    let mut found = ask(&BY_ACTOR, &login.id.to_bytes())?;
    found.extend(ask(&ABOUT, &login.id.to_string())?);
    for address in &login.verified {
        for token in invited(db, workspace, address)? {
            found.extend(ask(&ABOUT, &token)?);
        }
    }
    found.sort_by_key(|it| it.place);
    found.dedup_by_key(|it| it.place);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    people::named(db, found)
}

/// What stands in the history for an address that was invited to a workspace.
fn invited(
    db: &Session<'_>,
    workspace: WorkspaceId,
    address: &Address,
) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT id FROM invitations INDEXED BY invitations_of_address
        WHERE workspace = ?1 AND address = ?2";
    db.many(SQL, params![workspace.to_bytes(), address.as_str()], |row| {
        let id = row::id(row, "id", InvitationId::from_bytes)?;
        Ok(Token::InvitedAddress(id).text())
    })
}

pub(super) fn chains(db: &Session<'_>, account: AccountId) -> Result<Vec<LogOf>, StoreError> {
    const SQL: &str = "SELECT id FROM workspaces WHERE account = ?1 ORDER BY id";
    let mut chains = vec![LogOf::Account(account)];
    chains.extend(db.many(SQL, [account.to_bytes()], |row| {
        row::id(row, "id", WorkspaceId::from_bytes).map(LogOf::Workspace)
    })?);
    Ok(chains)
}

fn read(row: &Row<'_>) -> Result<LoggedEvent, StoreError> {
    Ok(LoggedEvent {
        account: row::id(row, "account", AccountId::from_bytes)?,
        place: LogPlace { seq: row::number(row, "seq")?, ord: row.get("ord")? },
        workspace: row.get::<_, Option<_>>("workspace")?.map(WorkspaceId::from_bytes),
        at: row::time(row, "at")?,
        actor: row::id(row, "actor", LoginId::from_bytes)?,
        actor_name: row.get::<_, Option<_>>("name")?.unwrap_or_default(),
        as_admin: row.get("as_admin")?,
        kind: row.get("kind")?,
        before: row.get("before")?,
        after: row.get("after")?,
        names: row::json::<Vec<String>>(row, "people")?
            .into_iter()
            .map(|token| (token, String::new()))
            .collect(),
        command: row.get::<_, Option<_>>("command")?.map(CommandId::from_bytes),
        request: row.get("request")?,
        reason: row.get("reason")?,
        prev: row.get("prev")?,
        hash: row.get("hash")?,
    })
}

pub(super) fn append(db: &Session<'_>, event: &LoggedEvent) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO events (account, seq, ord, workspace, at, actor, as_admin,
            kind, before, after, command, request, reason, prev, hash, people)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    let params = params![
        event.account.to_bytes(),
        row::int(event.place.seq),
        event.place.ord,
        event.workspace.map(WorkspaceId::to_bytes),
        event.at.0,
        event.actor.to_bytes(),
        event.as_admin,
        event.kind,
        event.before,
        event.after,
        event.command.map(CommandId::to_bytes),
        event.request,
        event.reason,
        event.prev,
        event.hash,
        row::to_json(&event.names.keys().collect::<Vec<_>>())
    ];
    db.write_one("events", SQL, params)
}

pub(super) fn append_audit(db: &Session<'_>, line: &AuditRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO audit (at, login, device, kind, detail, request)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let params = params![
        line.at.0,
        line.login.map(LoginId::to_bytes),
        line.device.map(muster_domain::DeviceId::to_bytes),
        line.kind,
        line.detail,
        line.request
    ];
    db.write_one("audit", SQL, params)
}
