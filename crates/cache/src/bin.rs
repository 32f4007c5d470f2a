//! What comes whole with every list of accounts and has no number of its own: the bin, offers
//! and the inbox.

use muster_domain::{AccountId, Timestamp, Workspace};
use muster_protocol::{Invited, Offered};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::json;
use crate::types::BinWindow;

/// The rows of a query with one column of text.
fn texts(db: &Connection, sql: &str) -> Result<Vec<String>, CacheError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get("row"))?;
    rows.map(|row| Ok(row?)).collect()
}

fn parsed<T: serde::de::DeserializeOwned>(texts: Vec<String>) -> Result<Vec<T>, CacheError> {
    texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
}

/// Whether the rows of a table, by their ids, are these already. Lists of accounts come with
/// every answer and hardly ever differ, so nothing is written where nothing changed.
pub(crate) fn is_same<T: serde::Serialize, I: Ord>(
    db: &Connection,
    sql: &str,
    items: &[T],
    id: impl Fn(&T) -> I,
) -> Result<bool, CacheError> {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by_key(|it| id(it));
    let wanted: Vec<String> = sorted.into_iter().map(json).collect::<Result<_, _>>()?;
    Ok(texts(db, sql)? == wanted)
}

/// Puts the bin in place of what was there; tells whether it differs.
pub(crate) fn replace(db: &Connection, bin: &[Workspace]) -> Result<bool, CacheError> {
    if is_same(db, "SELECT row FROM bin ORDER BY workspace", bin, |it| it.id)? {
        return Ok(false);
    }
    db.execute("DELETE FROM bin", [])?;
    let sql = "INSERT OR REPLACE INTO bin (workspace, account, name, trashed, row)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    for workspace in bin {
        db.prepare_cached(sql)?.execute(params![
            workspace.id.to_bytes(),
            workspace.account.to_bytes(),
            workspace.name.to_lowercase(),
            workspace.trashed.as_ref().map_or(0, |it| it.at.0),
            json(workspace)?
        ])?;
    }
    Ok(true)
}

/// Puts the offers in place of what was there; tells whether they differ.
pub(crate) fn replace_offers(db: &Connection, offers: &[Offered]) -> Result<bool, CacheError> {
    if is_same(db, "SELECT row FROM offers ORDER BY workspace", offers, |it| it.workspace)? {
        return Ok(false);
    }
    db.execute("DELETE FROM offers", [])?;
    for offered in offers {
        db.prepare_cached("INSERT OR REPLACE INTO offers (workspace, row) VALUES (?1, ?2)")?
            .execute(params![offered.workspace.to_bytes(), json(offered)?])?;
    }
    Ok(true)
}

/// Puts the inbox in place of what was there; tells whether it differs.
pub(crate) fn replace_inbox(db: &Connection, inbox: &[Invited]) -> Result<bool, CacheError> {
    if is_same(db, "SELECT row FROM inbox ORDER BY invitation", inbox, |it| it.invitation)? {
        return Ok(false);
    }
    db.execute("DELETE FROM inbox", [])?;
    for invited in inbox {
        db.prepare_cached("INSERT OR REPLACE INTO inbox (invitation, row) VALUES (?1, ?2)")?
            .execute(params![invited.invitation.to_bytes(), json(invited)?])?;
    }
    Ok(true)
}

/// A workspace in the bin.
pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<Workspace>, CacheError> {
    let mut statement = db.prepare_cached("SELECT row FROM bin WHERE workspace = ?1")?;
    let found: Option<String> = statement.query_row([id], |row| row.get("row")).optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The workspaces of an account that lie in the bin.
pub(crate) fn of_account(db: &Connection, id: AccountId) -> Result<Vec<Workspace>, CacheError> {
    let mut statement = db.prepare_cached("SELECT row FROM bin WHERE account = ?1")?;
    let rows = statement.query_map([id.to_bytes()], |row| row.get::<_, String>("row"))?;
    parsed(rows.collect::<Result<_, _>>()?)
}

/// When a workspace of this name went into the account's bin; the latest, if several did.
pub(crate) fn since(
    db: &Connection,
    id: AccountId,
    name: &str,
) -> Result<Option<Timestamp>, CacheError> {
    let sql = "SELECT max(trashed) FROM bin WHERE account = ?1 AND name = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let found: Option<i64> =
        statement.query_row(params![id.to_bytes(), name.to_lowercase()], |row| row.get(0))?;
    Ok(found.map(Timestamp))
}

/// A page, the last that went in first. One that an unsent change takes out has gone already.
pub(crate) fn page(db: &Connection, offset: u32, limit: u32) -> Result<BinWindow, CacheError> {
    let still = "FROM bin b WHERE NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = b.workspace)";
    let total =
        db.prepare_cached(&format!("SELECT count(*) {still}"))?.query_row([], |row| row.get(0))?;
    let sql =
        format!("SELECT row {still} ORDER BY trashed DESC, workspace DESC LIMIT ?1 OFFSET ?2");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([limit, offset], |row| row.get::<_, String>("row"))?;
    Ok(BinWindow { total, rows: parsed(rows.collect::<Result<_, _>>()?)? })
}

/// The offers, oldest first.
pub(crate) fn offers(db: &Connection) -> Result<Vec<Offered>, CacheError> {
    let mut offers: Vec<Offered> = parsed(texts(db, "SELECT row FROM offers")?)?;
    offers.sort_by_key(|it| (it.offer.at, it.workspace));
    Ok(offers)
}

/// The inbox, what ends soonest first.
pub(crate) fn inbox(db: &Connection) -> Result<Vec<Invited>, CacheError> {
    let mut inbox: Vec<Invited> = parsed(texts(db, "SELECT row FROM inbox")?)?;
    inbox.sort_by_key(|it| (it.expires, it.invitation));
    Ok(inbox)
}
