//! Accounts, their admins, and what access depends on.

use std::sync::LazyLock;

use muster_domain::{
    Account, AccountAdmin, AccountId, LoginId, MembershipId, PermissionSet, WorkspaceId,
};
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::text::Text;
use crate::store::{Administered, Held, Reached, RoleView};

static ADMINISTERED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, d.grant_seq FROM account_admins d JOIN accounts a ON a.id = d.account
         WHERE d.login = ?1 AND d.active = 1 AND a.status = 'active' ORDER BY a.id",
        row::of("a", row::ACCOUNT)
    )
});
const HELD: &str = "m.workspace, w.account, w.status, m.roles, m.until, m.until_roles, \
    m.grant_seq, w.created_seq, w.head_seq
    FROM memberships m JOIN workspaces w ON w.id = m.workspace";

pub(super) fn head(db: &Session<'_>, account: AccountId) -> Result<u64, StoreError> {
    const SQL: &str = "SELECT head FROM accounts WHERE id = ?1";
    Ok(db.one(SQL, [account.to_bytes()], |row| row::number(row, "head"))?.unwrap_or(0))
}

/// Walks the whole table on purpose; only tools and tests ask for every account.
pub(super) fn all(db: &Session<'_>) -> Result<Vec<AccountId>, StoreError> {
    let mut statement = db.prepare("SELECT id FROM accounts ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get("id").map(AccountId::from_bytes))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(super) fn admins(
    db: &Session<'_>,
    account: AccountId,
) -> Result<Vec<AccountAdmin>, StoreError> {
    let sql = format!("SELECT {} FROM account_admins WHERE account = ?1", row::ADMIN);
    db.many(&sql, [account.to_bytes()], row::admin)
}

pub(super) fn admin(
    db: &Session<'_>,
    account: AccountId,
    login: LoginId,
) -> Result<Option<AccountAdmin>, StoreError> {
    let sql =
        format!("SELECT {} FROM account_admins WHERE account = ?1 AND login = ?2", row::ADMIN);
    db.one(&sql, params![account.to_bytes(), login.to_bytes()], row::admin)
}

pub(super) fn administered(
    db: &Session<'_>,
    login: LoginId,
) -> Result<Vec<Administered>, StoreError> {
    db.many(&ADMINISTERED, [login.to_bytes()], |row| {
        Ok(Administered { account: row::account(row)?, grant_seq: row::number(row, "grant_seq")? })
    })
}

pub(super) fn reached(db: &Session<'_>, account: AccountId) -> Result<Vec<Reached>, StoreError> {
    const SQL: &str = "SELECT id, created_seq, head_seq FROM workspaces
        WHERE account = ?1 AND status = 'active' ORDER BY id";
    db.many(SQL, [account.to_bytes()], read_reached)
}

pub(super) fn reached_one(
    db: &Session<'_>,
    workspace: WorkspaceId,
) -> Result<Option<(AccountId, Reached)>, StoreError> {
    const SQL: &str = "SELECT id, account, created_seq, head_seq FROM workspaces
        WHERE id = ?1 AND status = 'active'";
    db.one(SQL, [workspace.to_bytes()], |row| {
        Ok((row::id(row, "account", AccountId::from_bytes)?, read_reached(row)?))
    })
}

fn read_reached(row: &Row<'_>) -> Result<Reached, StoreError> {
    Ok(Reached {
        workspace: row::id(row, "id", WorkspaceId::from_bytes)?,
        created_seq: row::number(row, "created_seq")?,
        head_seq: row::number(row, "head_seq")?,
    })
}

pub(super) fn held(db: &Session<'_>, login: LoginId) -> Result<Vec<Held>, StoreError> {
    let sql = format!(
        "SELECT {HELD} WHERE m.login = ?1 AND m.state IN ('active', 'suspended')
           AND m.state = 'active' AND w.status IN ('active', 'trashed') ORDER BY m.workspace"
    );
    db.many(&sql, [login.to_bytes()], read_held)
}

pub(super) fn held_one(
    db: &Session<'_>,
    login: LoginId,
    workspace: WorkspaceId,
) -> Result<Option<Held>, StoreError> {
    let sql = format!(
        "SELECT {HELD} WHERE m.workspace = ?1 AND m.login = ?2 AND m.state = 'active'
           AND w.status = 'active'"
    );
    db.one(&sql, params![workspace.to_bytes(), login.to_bytes()], read_held)
}

fn read_held(row: &Row<'_>) -> Result<Held, StoreError> {
    Ok(Held {
        workspace: row::id(row, "workspace", WorkspaceId::from_bytes)?,
        account: row::id(row, "account", AccountId::from_bytes)?,
        status: row::text(row, "status")?,
        roles: row::roles(row)?,
        until: row::until(row)?,
        grant_seq: row::number(row, "grant_seq")?,
        opened_seq: row::number(row, "created_seq")?,
        head_seq: row::number(row, "head_seq")?,
    })
}

pub(super) fn role_views(
    db: &Session<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<RoleView>, StoreError> {
    const SQL: &str = "SELECT slot, permissions, view_seq FROM own_roles
        WHERE workspace = ?1 AND deleted = 0";
    db.many(SQL, [workspace.to_bytes()], |row| {
        Ok(RoleView {
            slot: row.get("slot")?,
            permissions: PermissionSet::from_bits(row.get("permissions")?)
                .ok_or(StoreError::Unreadable { column: "own_roles.permissions" })?,
            view_seq: row::number(row, "view_seq")?,
        })
    })
}

pub(super) fn membership_grant_seq(
    db: &Session<'_>,
    id: MembershipId,
) -> Result<Option<u64>, StoreError> {
    const SQL: &str = "SELECT grant_seq FROM memberships WHERE id = ?1";
    db.one(SQL, [id.to_bytes()], |row| row::number(row, "grant_seq"))
}

pub(super) fn draw(db: &Session<'_>, account: AccountId, above: u64) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE accounts SET head = max(head, ?2) + 1 WHERE id = ?1 RETURNING head";
    let params = params![account.to_bytes(), row::int(above)];
    db.one(SQL, params, |row| row::number(row, "head"))?
        .ok_or(StoreError::Rows { table: "accounts", found: 0 })
}

pub(super) fn put_account(db: &Session<'_>, account: &Account, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO accounts
            (id, name, scheme, invitation_days, lease_days, reason_required, review_days,
             second_admin, second_admin_until, name_days, parted, deletion_at, deletion_by,
             deletion_login, deletion_confirmed, status, head, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 0, ?17)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, scheme = excluded.scheme,
            invitation_days = excluded.invitation_days, lease_days = excluded.lease_days,
            reason_required = excluded.reason_required,
            review_days = excluded.review_days, second_admin = excluded.second_admin,
            second_admin_until = excluded.second_admin_until,
            name_days = excluded.name_days, parted = excluded.parted,
            deletion_at = excluded.deletion_at, deletion_by = excluded.deletion_by,
            deletion_login = excluded.deletion_login,
            deletion_confirmed = excluded.deletion_confirmed, status = excluded.status, seq = excluded.seq";
    let params = params![
        account.id.to_bytes(),
        account.name,
        account.scheme.text(),
        account.invitation_days,
        account.lease_days,
        account.reason_required,
        account.review_days,
        account.second_admin,
        account.second_admin_until.map(|it| it.0),
        account.name_days,
        row::to_json(&account.parted),
        account.deletion.as_ref().map(|it| it.at.0),
        account.deletion.as_ref().map(|it| it.by.as_str()),
        account.deletion.as_ref().and_then(|it| it.login).map(|it| it.to_bytes()),
        account.deletion.as_ref().is_some_and(|it| it.confirmed),
        account.status.text(),
        row::int(seq)
    ];
    db.write_one("accounts", SQL, params)
}

pub(super) fn put_admin(
    db: &Session<'_>,
    admin: &AccountAdmin,
    seq: u64,
    grant_seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO account_admins
            (account, login, name, address, since, given_by, active, seq, grant_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (account, login) DO UPDATE SET name = excluded.name,
            address = excluded.address, since = excluded.since, given_by = excluded.given_by,
            active = excluded.active, seq = excluded.seq, grant_seq = excluded.grant_seq";
    let params = params![
        admin.account.to_bytes(),
        admin.login.to_bytes(),
        admin.name,
        admin.address.as_str(),
        admin.since.0,
        admin.by,
        admin.active,
        row::int(seq),
        row::int(grant_seq)
    ];
    db.write_one("account_admins", SQL, params)
}

pub(super) fn renew_reach(
    db: &Session<'_>,
    account: AccountId,
    seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE account_admins SET grant_seq = ?2 WHERE account = ?1";
    db.write_some(SQL, params![account.to_bytes(), row::int(seq)]).map(drop)
}
