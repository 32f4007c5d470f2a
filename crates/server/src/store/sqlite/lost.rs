//! How a login's access to workspaces of one account ended since a number (E-53).

use muster_domain::{AccountId, LoginId, MemberState, WorkspaceId};
use muster_protocol::{Gone, GoneHow};
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::Reach;

/// The most that one account's answer tells; who loses more hears of the rest without a reason.
const MOST: u32 = 1_000;

// Each is driven by the workspaces of the account: a login has no index over what it left.
const ENDED: &str = "SELECT w.id, m.state, m.ended_by
    FROM workspaces w
    JOIN memberships m INDEXED BY memberships_of_login
      ON m.workspace = w.id AND m.login = ?1
    WHERE w.account = ?2 AND w.status = 'active' AND w.head_seq > ?3
      AND m.seq > ?3 AND m.state != 'active'
    ORDER BY w.id, m.seq LIMIT ?4";
const TRASHED: &str = "SELECT w.id, w.trashed_by
    FROM workspaces w
    WHERE w.account = ?2 AND w.status = 'trashed' AND w.seq > ?3
      AND (?5 OR EXISTS (
          SELECT 1 FROM memberships m INDEXED BY memberships_of_login
          WHERE m.workspace = w.id AND m.login = ?1 AND m.state = 'active'))
    ORDER BY w.id LIMIT ?4";
const UNREACHED: &str = "SELECT w.id
    FROM account_admins d JOIN workspaces w ON w.account = d.account
    WHERE d.account = ?2 AND d.login = ?1 AND d.active = 0 AND d.seq > ?3
      AND w.status = 'active' AND w.created_seq <= d.seq
    ORDER BY w.id LIMIT ?4";
const IS_ADMIN: &str = "SELECT 1 AS one FROM account_admins
    WHERE account = ?1 AND login = ?2 AND active = 1";

pub(super) fn lost(
    db: &Session<'_>,
    login: LoginId,
    account: AccountId,
    reach: Reach,
    seq: u64,
) -> Result<Vec<Gone>, StoreError> {
    let who = params![login.to_bytes(), account.to_bytes(), row::int(seq), MOST];
    let mut lost = db.many(ENDED, who, ended)?;
    let reaches = reach == Reach::All;
    let is_admin =
        reaches && db.one(IS_ADMIN, [account.to_bytes(), login.to_bytes()], |_| Ok(()))?.is_some();
    let who = params![login.to_bytes(), account.to_bytes(), row::int(seq), MOST, is_admin];
    lost.extend(db.many(TRASHED, who, trashed)?);
    if reaches {
        let who = params![login.to_bytes(), account.to_bytes(), row::int(seq), MOST];
        lost.extend(db.many(UNREACHED, who, |row| gone(row, GoneHow::Admin, None))?);
    }
    Ok(lost)
}

fn gone(row: &Row<'_>, how: GoneHow, by: Option<String>) -> Result<Gone, StoreError> {
    let workspace = row::id(row, "id", WorkspaceId::from_bytes)?;
    Ok(Gone { workspace, how, by: by.filter(|name| !name.is_empty()) })
}

fn ended(row: &Row<'_>) -> Result<Gone, StoreError> {
    let by: Option<String> = row.get("ended_by")?;
    let by_itself = by.as_deref().is_none_or(str::is_empty);
    let how = match row::text(row, "state")? {
        MemberState::Suspended => GoneHow::Suspended,
        MemberState::Left => GoneHow::Left,
        MemberState::Removed if by_itself => GoneHow::Ended,
        MemberState::Removed => GoneHow::Removed,
        MemberState::Expired | MemberState::Active => GoneHow::Ended,
    };
    gone(row, how, by)
}

fn trashed(row: &Row<'_>) -> Result<Gone, StoreError> {
    let by = row.get("trashed_by")?;
    gone(row, GoneHow::Deleted, by)
}
