//! Invitations in the mirror.

use muster_domain::{AccountId, Address, Invitation, InvitationState, Timestamp, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::{Over, json, stamped, to_stored};

const fn state_number(state: InvitationState) -> i64 {
    match state {
        InvitationState::Open => 0,
        InvitationState::Accepted => 1,
        InvitationState::Revoked => 2,
        InvitationState::Declined => 3,
    }
}

pub(crate) fn put(
    db: &Connection,
    invitation: &Invitation,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO invitations (id, workspace, address, state, sent, expires, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET address = excluded.address, state = excluded.state,
             sent = excluded.sent, expires = excluded.expires, seq = excluded.seq,
             row = excluded.row{}",
        over.clause("invitations")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        invitation.id.to_bytes(),
        invitation.workspace.to_bytes(),
        invitation.address.as_str(),
        state_number(invitation.state),
        invitation.sent.0,
        invitation.expires.0,
        to_stored(seq),
        json(invitation)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Invitation, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM invitations WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// The open, unexpired invitation of an address.
pub(crate) fn open_for(
    db: &Connection,
    workspace: WorkspaceId,
    address: &Address,
    now: Timestamp,
) -> Result<Option<Invitation>, CacheError> {
    let found = db
        .prepare_cached(
            "SELECT row, seq FROM invitations
             WHERE workspace = ?1 AND address = ?2 AND state = 0 AND expires > ?3",
        )?
        .query_row(params![workspace.to_bytes(), address.as_str(), now.0], |row| {
            Ok((row.get("row")?, row.get("seq")?))
        })
        .optional()?;
    Ok(stamped(found)?.map(|(it, _)| it))
}

/// How many are open and reserve a seat.
pub(crate) fn count_open(
    db: &Connection,
    workspace: WorkspaceId,
    now: Timestamp,
) -> Result<u32, CacheError> {
    let sql =
        "SELECT count(*) FROM invitations WHERE workspace = ?1 AND state = 0 AND expires > ?2";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_row(params![workspace.to_bytes(), now.0], |row| row.get(0))?)
}

/// Every one of a workspace whose state is open, also expired ones.
pub(crate) fn all(db: &Connection, workspace: WorkspaceId) -> Result<Vec<Invitation>, CacheError> {
    let sql = "SELECT row FROM invitations WHERE workspace = ?1 AND state = 0";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([workspace.to_bytes()], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

/// Those of an address in the workspaces of an account, also expired ones.
pub(crate) fn to_address(
    db: &Connection,
    account: AccountId,
    address: &Address,
) -> Result<Vec<Invitation>, CacheError> {
    let sql = "SELECT i.row FROM workspaces w JOIN invitations i ON i.workspace = w.id
               WHERE w.account = ?1 AND i.address = ?2 AND i.state = 0";
    let mut statement = db.prepare_cached(sql)?;
    let values = params![account.to_bytes(), address.as_str()];
    let rows = statement.query_map(values, |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

/// Open, expired, declined and accepted ones in this order, of each the newest first, and how
/// many there are. One that was cancelled or dismissed is off the list.
pub(crate) fn listed(
    db: &Connection,
    workspace: WorkspaceId,
    offset: u32,
    limit: u32,
) -> Result<(u32, Vec<Invitation>), CacheError> {
    let id = workspace.to_bytes();
    let total = db
        .prepare_cached("SELECT count(*) FROM invitations WHERE workspace = ?1 AND state != 2")?
        .query_row([id], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT row FROM invitations WHERE workspace = ?1 AND state != 2
         ORDER BY state = 1, state, sent DESC, id LIMIT ?2 OFFSET ?3",
    )?;
    let rows =
        statement.query_map(params![id, limit, offset], |row| row.get::<_, String>("row"))?;
    let found = rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect::<Result<_, CacheError>>();
    Ok((total, found?))
}

/// Open and expired ones, the newest first, and how many there are.
pub(crate) fn page(
    db: &Connection,
    workspace: WorkspaceId,
    offset: u32,
    limit: u32,
) -> Result<(u32, Vec<Invitation>), CacheError> {
    let id = workspace.to_bytes();
    let total = db
        .prepare_cached("SELECT count(*) FROM invitations WHERE workspace = ?1 AND state = 0")?
        .query_row([id], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT row FROM invitations WHERE workspace = ?1 AND state = 0
         ORDER BY sent DESC, id LIMIT ?2 OFFSET ?3",
    )?;
    let rows =
        statement.query_map(params![id, limit, offset], |row| row.get::<_, String>("row"))?;
    let mut page = Vec::new();
    for row in rows {
        page.push(serde_json::from_str(&row?)?);
    }
    Ok((total, page))
}
