//! Erasing for good: a workspace whose days in the bin are over (E-17), and an account with all
//! its data (V-43). What is freed is overwritten, not only let go of.

use muster_domain::{AccountId, WorkspaceId};
use rusqlite::params;

use super::{Session, StoreError, row};

/// The tables whose rows belong to a workspace, in an order that no reference minds.
const OF_WORKSPACE: &[&str] = &[
    "DELETE FROM content_refs WHERE workspace = ?1",
    "DELETE FROM contents WHERE workspace = ?1",
    "DELETE FROM spent_ids WHERE workspace = ?1",
    "DELETE FROM invitations WHERE workspace = ?1",
    "DELETE FROM memberships WHERE workspace = ?1",
    "DELETE FROM own_roles WHERE workspace = ?1",
    "DELETE FROM appointments WHERE workspace = ?1",
    "DELETE FROM review_lines WHERE workspace = ?1",
    "DELETE FROM reviews WHERE workspace = ?1",
    "DELETE FROM acts WHERE place = ?1",
];

pub(super) fn workspace(db: &Session<'_>, workspace: WorkspaceId) -> Result<(), StoreError> {
    const NOBODY: &str = "UPDATE workspaces SET present = 0 WHERE id = ?1";
    overwriting(db, |db| {
        rows_of(db, workspace)?;
        db.write_one("workspaces", NOBODY, [workspace.to_bytes()])
    })
}

/// Of the account only the id and the number of its last change stay, so that neither comes
/// again.
pub(super) fn account(db: &Session<'_>, account: AccountId, seq: u64) -> Result<(), StoreError> {
    const ALL: &str = "SELECT id FROM workspaces WHERE account = ?1";
    const WORKSPACE: &str = "DELETE FROM workspaces WHERE id = ?1";
    const EVENTS: &str = "DELETE FROM events WHERE workspace = ?1";
    const OWN_EVENTS: &str = "DELETE FROM events WHERE account = ?1 AND workspace IS NULL";
    const ADMINS: &str = "DELETE FROM account_admins WHERE account = ?1";
    const GROUPS: &str = "DELETE FROM workspace_groups WHERE account = ?1";
    const ACTS: &str = "DELETE FROM acts WHERE place = ?1";
    const NAMES: &str = "DELETE FROM kept_names WHERE account = ?1";
    const REST: &str =
        "UPDATE accounts SET name = '', parted = 'null', deletion_at = NULL, deletion_by = NULL,
        deletion_login = NULL, status = 'deleted', seq = ?2 WHERE id = ?1";
    overwriting(db, |db| {
        let workspaces =
            db.many(ALL, [account.to_bytes()], |row| row::id(row, "id", WorkspaceId::from_bytes))?;
        for workspace in workspaces {
            rows_of(db, workspace)?;
            let id = workspace.to_bytes();
            unguarded(db, id, |db| db.write_some(EVENTS, [id]).map(drop))?;
            db.write_one("workspaces", WORKSPACE, [id])?;
        }
        let id = account.to_bytes();
        unguarded(db, id, |db| db.write_some(OWN_EVENTS, [id]).map(drop))?;
        db.write_some(ADMINS, [id])?;
        db.write_some(GROUPS, [id])?;
        db.write_some(NAMES, [id])?;
        db.write_some(ACTS, [id])?;
        db.write_one("accounts", REST, params![id, row::int(seq)])
    })
}

fn rows_of(db: &Session<'_>, workspace: WorkspaceId) -> Result<(), StoreError> {
    for sql in OF_WORKSPACE {
        db.write_some(sql, [workspace.to_bytes()])?;
    }
    Ok(())
}

/// Names whose events may go, and takes the name away again: the one way round the trigger
/// that keeps events.
fn unguarded<T>(
    db: &Session<'_>,
    id: [u8; 16],
    erase: impl FnOnce(&Session<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.write_one("erasing", "INSERT INTO erasing (id) VALUES (?1)", [id])?;
    let erased = erase(db)?;
    db.write_one("erasing", "DELETE FROM erasing WHERE id = ?1", [id])?;
    Ok(erased)
}

pub(super) fn overwriting<T>(
    db: &Session<'_>,
    erase: impl FnOnce(&Session<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.execute_batch("PRAGMA secure_delete = ON")?;
    let erased = erase(db);
    db.execute_batch("PRAGMA secure_delete = OFF")?;
    erased
}
