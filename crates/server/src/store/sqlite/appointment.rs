//! Owners whom the operators appoint (E-38).

use muster_domain::{LoginId, WorkspaceId};
use rusqlite::params;

use super::{Session, StoreError, row};
use crate::store::Appointment;

pub(super) fn get(
    db: &Session<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Appointment>, StoreError> {
    const SQL: &str = "SELECT login, operator, asked FROM appointments WHERE workspace = ?1";
    db.one(SQL, [workspace.to_bytes()], |row| {
        Ok(Appointment {
            login: row::id(row, "login", LoginId::from_bytes)?,
            operator: row.get("operator")?,
            asked: row::time(row, "asked")?,
        })
    })
}

pub(super) fn put(
    db: &Session<'_>,
    workspace: WorkspaceId,
    appointment: Option<&Appointment>,
) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO appointments (workspace, login, operator, asked)
        VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (workspace) DO UPDATE SET login = excluded.login,
            operator = excluded.operator, asked = excluded.asked";
    const DELETE: &str = "DELETE FROM appointments WHERE workspace = ?1";
    let id = workspace.to_bytes();
    match appointment {
        Some(it) => {
            let params = params![id, it.login.to_bytes(), it.operator, it.asked.0];
            db.write_one("appointments", PUT, params)
        }
        None => db.write_some(DELETE, [id]).map(drop),
    }
}
