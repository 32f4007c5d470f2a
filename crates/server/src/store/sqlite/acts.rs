//! Who did what rows name somebody for: given by, ended by, changed by (E-64).

use muster_domain::LoginId;
use muster_domain::mention::Act;
use rusqlite::params;

use super::{Session, StoreError, row};
use crate::store::ActOf;

pub(super) fn get(db: &Session<'_>, of: ActOf, act: Act) -> Result<Option<LoginId>, StoreError> {
    const SQL: &str = "SELECT login FROM acts
        WHERE place = ?1 AND id = ?2 AND deed = ?3 AND at = ?4";
    let params = params![of.place, of.id, act.deed as i64, moment(act)];
    db.one(SQL, params, |row| row::id(row, "login", LoginId::from_bytes))
}

pub(super) fn put(db: &Session<'_>, of: ActOf, act: Act, who: LoginId) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO acts (place, id, deed, at, login) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (place, id, deed, at) DO UPDATE SET login = excluded.login";
    let params = params![of.place, of.id, act.deed as i64, moment(act), who.to_bytes()];
    db.write_one("acts", SQL, params)
}

/// Rows that say no moment have one act of its sort, the last.
fn moment(act: Act) -> i64 {
    act.at.map_or(0, |at| at.0)
}
