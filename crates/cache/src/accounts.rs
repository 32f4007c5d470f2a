//! Accounts and their admins in the mirror.

use std::collections::BTreeSet;

use muster_domain::{Account, AccountAdmin, AccountId, Group, LoginId};
use muster_protocol::{Accounts, LogOf};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::row::{Over, json, stamped, to_stored};
use crate::{bin, groups, log};

pub(crate) fn put(
    db: &Connection,
    account: &Account,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO accounts (id, seq, row) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, row = excluded.row{}",
        over.clause("accounts")
    );
    let id = account.id.to_bytes();
    let written = db.prepare_cached(&sql)?.execute(params![id, to_stored(seq), json(account)?])?;
    Ok(written > 0)
}

pub(crate) fn put_admin(
    db: &Connection,
    admin: &AccountAdmin,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO account_admins (account, login, seq, row) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (account, login) DO UPDATE SET seq = excluded.seq, row = excluded.row{}",
        over.clause("account_admins")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        admin.account.to_bytes(),
        admin.login.to_bytes(),
        to_stored(seq),
        json(admin)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Account, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM accounts WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

pub(crate) fn get_admin(
    db: &Connection,
    id: &[u8],
) -> Result<Option<(AccountAdmin, u64)>, CacheError> {
    let (account, login) = id.split_at(id.len() / 2);
    let found = db
        .prepare_cached("SELECT row, seq FROM account_admins WHERE account = ?1 AND login = ?2")?
        .query_row([account, login], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// Every account by name.
pub(crate) fn all(db: &Connection) -> Result<Vec<Account>, CacheError> {
    let mut statement = db.prepare_cached("SELECT row FROM accounts")?;
    let rows = statement.query_map([], |row| row.get::<_, String>("row"))?;
    let mut accounts = Vec::new();
    for row in rows {
        accounts.push(serde_json::from_str::<Account>(&row?)?);
    }
    accounts.sort_by_cached_key(|it| (crate::fold::fold(&it.name), it.id));
    Ok(accounts)
}

/// The active admins of an account, longest-standing first.
pub(crate) fn admins(db: &Connection, id: AccountId) -> Result<Vec<AccountAdmin>, CacheError> {
    let mut statement = db.prepare_cached("SELECT row FROM account_admins WHERE account = ?1")?;
    let rows = statement.query_map([id.to_bytes()], |row| row.get::<_, String>("row"))?;
    let mut admins = Vec::new();
    for row in rows {
        let admin: AccountAdmin = serde_json::from_str(&row?)?;
        if admin.active {
            admins.push(admin);
        }
    }
    admins.sort_by_key(|it| (it.since, it.login));
    Ok(admins)
}

/// Puts what one answer says of everything outside of workspaces in place of what was there;
/// tells whether anything differs.
pub(crate) fn replace(db: &Connection, held: &Accounts) -> Result<bool, CacheError> {
    let mut changed = false;
    let listed: BTreeSet<AccountId> = held.accounts.iter().map(|it| it.id).collect();
    for account in all(db)?.iter().filter(|it| !listed.contains(&it.id)) {
        forget(db, account.id)?;
        changed = true;
    }
    for account in &held.accounts {
        let before = get(db, &account.id.to_bytes())?;
        let seq = before.as_ref().map_or(0, |(_, seq)| *seq);
        if before.is_none_or(|(it, _)| it != *account) {
            put(db, account, seq, Over::Any)?;
            changed = true;
        }
        let here = |it: &&AccountAdmin| it.account == account.id;
        changed |= replace_admins(db, account.id, held.admins.iter().filter(here))?;
    }
    changed |= bin::replace(db, &held.bin)?;
    changed |= replace_groups(db, &held.groups)?;
    changed |= bin::replace_offers(db, &held.offers)?;
    changed |= bin::replace_inbox(db, &held.inbox)?;
    Ok(changed)
}

fn replace_admins<'a>(
    db: &Connection,
    account: AccountId,
    admins: impl Iterator<Item = &'a AccountAdmin>,
) -> Result<bool, CacheError> {
    let mut wanted: Vec<&AccountAdmin> = admins.filter(|it| it.active).collect();
    wanted.sort_by_key(|it| (it.since, it.login));
    if self::admins(db, account)?.iter().eq(wanted.iter().copied()) {
        return Ok(false);
    }
    db.prepare_cached("DELETE FROM account_admins WHERE account = ?1")?
        .execute([account.to_bytes()])?;
    for admin in wanted {
        put_admin(db, admin, 0, Over::Any)?;
    }
    Ok(true)
}

fn replace_groups(db: &Connection, groups: &[Group]) -> Result<bool, CacheError> {
    if bin::is_same(db, "SELECT row FROM groups ORDER BY id", groups, |it| it.id)? {
        return Ok(false);
    }
    db.execute("DELETE FROM groups", [])?;
    for group in groups {
        groups::put(db, group, 0, Over::Any)?;
    }
    Ok(true)
}

/// Forgets an account in which nothing is left to see.
pub(crate) fn forget(db: &Connection, id: AccountId) -> Result<(), CacheError> {
    for sql in [
        "DELETE FROM accounts WHERE id = ?1",
        "DELETE FROM account_admins WHERE account = ?1",
        "DELETE FROM bin WHERE account = ?1",
        "DELETE FROM groups WHERE account = ?1",
        "DELETE FROM cursors WHERE account = ?1",
    ] {
        db.prepare_cached(sql)?.execute([id.to_bytes()])?;
    }
    log::forget(db, LogOf::Account(id))
}

/// Whether the login is listed as an active admin of the account.
pub(crate) fn is_admin(
    db: &Connection,
    account: AccountId,
    login: LoginId,
) -> Result<bool, CacheError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM account_admins
                   WHERE account = ?1 AND login = ?2 AND row ->> 'active')";
    let values = [account.to_bytes(), login.to_bytes()];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// The accounts of which the login is listed as an active admin.
pub(crate) fn administered(db: &Connection, login: LoginId) -> Result<Vec<AccountId>, CacheError> {
    let sql = "SELECT account FROM account_admins WHERE login = ?1 AND row ->> 'active'";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([login.to_bytes()], |row| row.get::<_, [u8; 16]>("account"))?;
    rows.map(|id| Ok(AccountId::from_bytes(id?))).collect()
}

/// Any admin row of a login: it names the person.
pub(crate) fn admin_of(
    db: &Connection,
    login: LoginId,
) -> Result<Option<AccountAdmin>, CacheError> {
    let mut statement = db.prepare_cached("SELECT row FROM account_admins WHERE login = ?1")?;
    let found: Option<String> =
        statement.query_row([login.to_bytes()], |row| row.get("row")).optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Whether the login is an active admin, and whether the list of admins is here at all.
pub(crate) fn admin_state(
    db: &Connection,
    account: AccountId,
    login: LoginId,
) -> Result<(bool, bool), CacheError> {
    let admins = admins(db, account)?;
    Ok((admins.iter().any(|it| it.login == login), !admins.is_empty()))
}
