//! The history and the audit table.

use muster_domain::{AccountId, CommandId, LoginId, WorkspaceId};
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::{AuditRow, Chain, EventRow};

const COLUMNS: &str = "account, seq, ord, workspace, at, actor, as_admin, kind, before, after, \
    command, request, reason, prev, hash";

pub(super) fn tail(db: &Session<'_>, chain: Chain) -> Result<[u8; 32], StoreError> {
    const OF_WORKSPACE: &str = "SELECT hash FROM events WHERE workspace = ?1
        ORDER BY seq DESC, ord DESC LIMIT 1";
    const OF_ACCOUNT: &str = "SELECT hash FROM events WHERE account = ?1 AND workspace IS NULL
        ORDER BY seq DESC, ord DESC LIMIT 1";
    let (sql, id) = match chain {
        Chain::Workspace(workspace) => (OF_WORKSPACE, workspace.to_bytes()),
        Chain::Account(account) => (OF_ACCOUNT, account.to_bytes()),
    };
    Ok(db.one(sql, [id], |row| Ok(row.get("hash")?))?.unwrap_or([0; 32]))
}

pub(super) fn chain(db: &Session<'_>, chain: Chain) -> Result<Vec<EventRow>, StoreError> {
    let (filter, id) = match chain {
        Chain::Workspace(workspace) => ("workspace = ?1", workspace.to_bytes()),
        Chain::Account(account) => ("account = ?1 AND workspace IS NULL", account.to_bytes()),
    };
    let sql = format!("SELECT {COLUMNS} FROM events WHERE {filter} ORDER BY seq, ord");
    db.many(&sql, [id], read)
}

pub(super) fn chains(db: &Session<'_>, account: AccountId) -> Result<Vec<Chain>, StoreError> {
    const SQL: &str = "SELECT id FROM workspaces WHERE account = ?1 ORDER BY id";
    let mut chains = vec![Chain::Account(account)];
    chains.extend(db.many(SQL, [account.to_bytes()], |row| {
        row::id(row, "id", WorkspaceId::from_bytes).map(Chain::Workspace)
    })?);
    Ok(chains)
}

fn read(row: &Row<'_>) -> Result<EventRow, StoreError> {
    Ok(EventRow {
        account: row::id(row, "account", AccountId::from_bytes)?,
        seq: row::number(row, "seq")?,
        ord: row.get("ord")?,
        workspace: row.get::<_, Option<_>>("workspace")?.map(WorkspaceId::from_bytes),
        at: row::time(row, "at")?,
        actor: row::id(row, "actor", LoginId::from_bytes)?,
        as_admin: row.get("as_admin")?,
        kind: row.get("kind")?,
        before: row.get("before")?,
        after: row.get("after")?,
        command: row.get::<_, Option<_>>("command")?.map(CommandId::from_bytes),
        request: row.get("request")?,
        reason: row.get("reason")?,
        prev: row.get("prev")?,
        hash: row.get("hash")?,
    })
}

pub(super) fn append(db: &Session<'_>, event: &EventRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO events (account, seq, ord, workspace, at, actor, as_admin,
            kind, before, after, command, request, reason, prev, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    let params = params![
        event.account.to_bytes(),
        row::int(event.seq),
        event.ord,
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
        event.hash
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
