//! Logins, credentials and sessions.

use muster_domain::{AccountId, Address, DeviceId, Login, LoginId, Timestamp, WorkspaceId};
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::text::Text;
use crate::store::{AddressCode, Lane, SessionRow, TokenHash};

pub(super) fn by_address(db: &Session<'_>, address: &Address) -> Result<Option<Login>, StoreError> {
    const SQL: &str = "SELECT id, address, name, status, verified FROM logins WHERE address = ?1";
    db.one(SQL, [address.as_str()], row::login)
}

pub(super) fn credential(db: &Session<'_>, login: LoginId) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT phc FROM credentials WHERE login = ?1";
    db.one(SQL, [login.to_bytes()], |row| Ok(row.get("phc")?))
}

pub(super) fn session(
    db: &Session<'_>,
    token: &TokenHash,
) -> Result<Option<SessionRow>, StoreError> {
    const SQL: &str = "SELECT token, login, device, name, created, last_used, expires
        FROM sessions WHERE token = ?1";
    db.one(SQL, [token], session_row)
}

pub(super) fn sessions_of(db: &Session<'_>, login: LoginId) -> Result<Vec<SessionRow>, StoreError> {
    const SQL: &str = "SELECT token, login, device, name, created, last_used, expires
        FROM sessions WHERE login = ?1 ORDER BY last_used DESC, device";
    db.many(SQL, [login.to_bytes()], session_row)
}

fn session_row(row: &Row<'_>) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        token: row.get("token")?,
        login: row::id(row, "login", LoginId::from_bytes)?,
        device: row::id(row, "device", DeviceId::from_bytes)?,
        name: row.get("name")?,
        created: row::time(row, "created")?,
        last_used: row::time(row, "last_used")?,
        expires: row::time(row, "expires")?,
    })
}

pub(super) fn knows_device(db: &Session<'_>, lane: Lane) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT count(*) FROM lanes WHERE device = ?1 AND login = ?2";
    Ok(db.count(SQL, params![lane.device.to_bytes(), lane.login.to_bytes()])? > 0)
}

pub(super) fn add(
    db: &Session<'_>,
    login: &Login,
    phc: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    const LOGIN: &str = "INSERT INTO logins (id, address, name, status, created, verified)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const CREDENTIAL: &str = "INSERT INTO credentials (login, phc) VALUES (?1, ?2)";
    let params = params![
        login.id.to_bytes(),
        login.address.as_str(),
        login.name,
        login.status.text(),
        at.0,
        row::to_json(&login.verified)
    ];
    db.write_one("logins", LOGIN, params)?;
    db.write_one("credentials", CREDENTIAL, params![login.id.to_bytes(), phc])
}

pub(super) fn add_session(db: &Session<'_>, session: &SessionRow) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM sessions WHERE login = ?1 AND device = ?2";
    const NEW: &str =
        "INSERT INTO sessions (token, login, device, name, created, last_used, expires)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    const LANE: &str =
        "INSERT INTO lanes (device, login, last_n) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING";
    let (login, device) = (session.login.to_bytes(), session.device.to_bytes());
    db.prepare_cached(OLD)?.execute(params![login, device])?;
    let params = params![
        session.token,
        login,
        device,
        session.name,
        session.created.0,
        session.last_used.0,
        session.expires.0
    ];
    db.write_one("sessions", NEW, params)?;
    db.prepare_cached(LANE)?.execute(params![device, login])?;
    Ok(())
}

pub(super) fn touch_session(
    db: &Session<'_>,
    token: &TokenHash,
    at: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE sessions SET last_used = ?2 WHERE token = ?1";
    // The session may have ended since it was read; then there is nothing to note.
    db.prepare_cached(SQL)?.execute(params![token, at.0])?;
    Ok(())
}

pub(super) fn end_session(db: &Session<'_>, token: &TokenHash) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE token = ?1";
    Ok(db.prepare_cached(SQL)?.execute([token])? > 0)
}

/// Writes a login's own row; what it signs in with is another matter.
pub(super) fn put(db: &Session<'_>, login: &Login) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE logins SET address = ?2, name = ?3, status = ?4, verified = ?5
        WHERE id = ?1";
    let params = params![
        login.id.to_bytes(),
        login.address.as_str(),
        login.name,
        login.status.text(),
        row::to_json(&login.verified)
    ];
    db.write_one("logins", SQL, params)
}

/// Ends everything that a login signs in by; the tokens of its sessions.
pub(super) fn close(db: &Session<'_>, login: LoginId) -> Result<Vec<TokenHash>, StoreError> {
    const TOKENS: &str = "SELECT token FROM sessions WHERE login = ?1";
    const SESSIONS: &str = "DELETE FROM sessions WHERE login = ?1";
    const CREDENTIAL: &str = "DELETE FROM credentials WHERE login = ?1";
    const CODES: &str = "DELETE FROM address_codes WHERE login = ?1";
    let id = login.to_bytes();
    let tokens = db.many(TOKENS, [id], |row| Ok(row.get("token")?))?;
    for sql in [SESSIONS, CREDENTIAL, CODES] {
        db.write_some(sql, [id])?;
    }
    Ok(tokens)
}

pub(super) fn last_seen(db: &Session<'_>, login: LoginId) -> Result<Option<Timestamp>, StoreError> {
    const SQL: &str = "SELECT max(last_used) AS seen FROM sessions WHERE login = ?1";
    let seen = db.one(SQL, [login.to_bytes()], |row| Ok(row.get::<_, Option<i64>>("seen")?))?;
    Ok(seen.flatten().map(Timestamp))
}

pub(super) fn places(
    db: &Session<'_>,
    login: LoginId,
) -> Result<Vec<(AccountId, WorkspaceId)>, StoreError> {
    const SQL: &str = "SELECT DISTINCT w.account, m.workspace
        FROM memberships m INDEXED BY memberships_of_person
        JOIN workspaces w ON w.id = m.workspace WHERE m.login = ?1 ORDER BY 1, 2";
    db.many(SQL, [login.to_bytes()], |row| {
        Ok((
            row::id(row, "account", AccountId::from_bytes)?,
            row::id(row, "workspace", WorkspaceId::from_bytes)?,
        ))
    })
}

pub(super) fn address_code(
    db: &Session<'_>,
    login: LoginId,
    address: &Address,
) -> Result<Option<AddressCode>, StoreError> {
    const SQL: &str = "SELECT nonce, expires, tries FROM address_codes
        WHERE login = ?1 AND address = ?2";
    db.one(SQL, params![login.to_bytes(), address.as_str()], |row| {
        Ok(AddressCode {
            nonce: row.get("nonce")?,
            expires: row::time(row, "expires")?,
            tries: row.get("tries")?,
        })
    })
}

pub(super) fn put_address_code(
    db: &Session<'_>,
    login: LoginId,
    address: &Address,
    code: Option<&AddressCode>,
) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO address_codes (login, address, nonce, expires, tries)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (login, address) DO UPDATE SET nonce = excluded.nonce,
            expires = excluded.expires, tries = excluded.tries";
    const DELETE: &str = "DELETE FROM address_codes WHERE login = ?1 AND address = ?2";
    let (login, address) = (login.to_bytes(), address.as_str());
    match code {
        Some(code) => {
            let params = params![login, address, code.nonce, code.expires.0, code.tries];
            db.write_one("address_codes", PUT, params)
        }
        None => db.write_some(DELETE, params![login, address]).map(drop),
    }
}
