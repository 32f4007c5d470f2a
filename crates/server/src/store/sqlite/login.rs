//! Logins, credentials and sessions.

use muster_domain::{Address, DeviceId, Login, LoginId, Timestamp};
use rusqlite::params;

use super::{Session, StoreError, row};
use crate::store::text::Text;
use crate::store::{Lane, SessionRow, TokenHash};

pub(super) fn by_address(db: &Session<'_>, address: &Address) -> Result<Option<Login>, StoreError> {
    const SQL: &str = "SELECT id, address, name, status FROM logins WHERE address = ?1";
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
    const SQL: &str =
        "SELECT token, login, device, created, last_used, expires FROM sessions WHERE token = ?1";
    db.one(SQL, [token], |row| {
        Ok(SessionRow {
            token: row.get("token")?,
            login: row::id(row, "login", LoginId::from_bytes)?,
            device: row::id(row, "device", DeviceId::from_bytes)?,
            created: row::time(row, "created")?,
            last_used: row::time(row, "last_used")?,
            expires: row::time(row, "expires")?,
        })
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
    const LOGIN: &str =
        "INSERT INTO logins (id, address, name, status, created) VALUES (?1, ?2, ?3, ?4, ?5)";
    const CREDENTIAL: &str = "INSERT INTO credentials (login, phc) VALUES (?1, ?2)";
    let params =
        params![login.id.to_bytes(), login.address.as_str(), login.name, login.status.text(), at.0];
    db.write_one("logins", LOGIN, params)?;
    db.write_one("credentials", CREDENTIAL, params![login.id.to_bytes(), phc])
}

pub(super) fn add_session(db: &Session<'_>, session: &SessionRow) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM sessions WHERE login = ?1 AND device = ?2";
    const NEW: &str = "INSERT INTO sessions (token, login, device, created, last_used, expires)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const LANE: &str =
        "INSERT INTO lanes (device, login, last_n) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING";
    let (login, device) = (session.login.to_bytes(), session.device.to_bytes());
    db.prepare_cached(OLD)?.execute(params![login, device])?;
    let params = params![
        session.token,
        login,
        device,
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
