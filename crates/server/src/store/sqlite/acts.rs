//! Who did what rows name somebody for: given by, ended by, changed by (E-64).

use muster_domain::LoginId;
use muster_domain::mention::Act;
use rusqlite::params;

use super::{Session, StoreError, row};
use crate::store::{ActKey, ActOf};

pub(super) fn get(db: &Session<'_>, of: ActOf, act: Act) -> Result<Option<LoginId>, StoreError> {
    const SQL: &str = "SELECT login FROM acts
        WHERE place = ?1 AND id = ?2 AND deed = ?3 AND at = ?4";
    let ActKey { deed, at } = act.into();
    let params = params![of.place, of.id, deed, at];
    db.one(SQL, params, |row| row::id(row, "login", LoginId::from_bytes))
}

pub(super) fn of_place(
    db: &Session<'_>,
    place: [u8; 16],
) -> Result<Vec<(ActOf, ActKey, LoginId)>, StoreError> {
    const SQL: &str = "SELECT id, deed, at, login FROM acts WHERE place = ?1";
    db.many(SQL, [place], |row| {
        let key = ActKey { deed: row.get("deed")?, at: row.get("at")? };
        let login = row::id(row, "login", LoginId::from_bytes)?;
        Ok((ActOf { place, id: row.get("id")? }, key, login))
    })
}

pub(super) fn put(db: &Session<'_>, of: ActOf, act: Act, who: LoginId) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO acts (place, id, deed, at, login) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (place, id, deed, at) DO UPDATE SET login = excluded.login";
    let ActKey { deed, at } = act.into();
    let params = params![of.place, of.id, deed, at, who.to_bytes()];
    db.write_one("acts", SQL, params)
}
