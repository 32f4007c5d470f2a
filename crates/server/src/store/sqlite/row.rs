//! Table rows to objects, columns by name.

use muster_domain::{
    Account, AccountAdmin, Address, Ended, Invitation, Login, Membership, RoleSet, Timestamp,
    Workspace,
};
use rusqlite::Row;

use super::StoreError;
use crate::store::text::Text;

pub(super) const ACCOUNT: &str = "id, name, scheme, invitation_days, lease_days";
pub(super) const ADMIN: &str = "account, login, name, address, since, active";
pub(super) const WORKSPACE: &str = "id, account, kind, name, plan, status, created, seq";
pub(super) const MEMBERSHIP: &str = "id, workspace, login, name, address, roles, state, until, \
    given_by, joined, ended_at, ended_by, seq";
pub(super) const INVITATION: &str = "id, workspace, address, name, roles, inviter, inviter_name, \
    sent, expires, generation, state, seq";

/// A number as SQLite keeps it. Sequence numbers stay far below the top bit.
pub(super) const fn int(number: u64) -> i64 {
    number.cast_signed()
}

pub(super) fn number(row: &Row<'_>, column: &str) -> Result<u64, StoreError> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}

pub(super) fn id<T>(
    row: &Row<'_>,
    column: &str,
    make: impl FnOnce([u8; 16]) -> T,
) -> Result<T, StoreError> {
    Ok(make(row.get(column)?))
}

pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Timestamp, StoreError> {
    Ok(Timestamp(row.get(column)?))
}

pub(super) fn text<T: Text>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    T::read(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

fn address(row: &Row<'_>) -> Result<Address, StoreError> {
    Address::parse(&row.get::<_, String>("address")?)
        .map_err(|_| StoreError::Unreadable { column: "address" })
}

pub(super) fn roles(row: &Row<'_>) -> Result<RoleSet, StoreError> {
    RoleSet::from_bits(row.get("roles")?).ok_or(StoreError::Unreadable { column: "roles" })
}

pub(super) fn login(row: &Row<'_>) -> Result<Login, StoreError> {
    Ok(Login {
        id: id(row, "id", muster_domain::LoginId::from_bytes)?,
        address: address(row)?,
        name: row.get("name")?,
        status: text(row, "status")?,
    })
}

pub(super) fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        id: id(row, "id", muster_domain::AccountId::from_bytes)?,
        name: row.get("name")?,
        scheme: text(row, "scheme")?,
        invitation_days: row.get("invitation_days")?,
        lease_days: row.get("lease_days")?,
    })
}

pub(super) fn admin(row: &Row<'_>) -> Result<AccountAdmin, StoreError> {
    Ok(AccountAdmin {
        account: id(row, "account", muster_domain::AccountId::from_bytes)?,
        login: id(row, "login", muster_domain::LoginId::from_bytes)?,
        name: row.get("name")?,
        address: address(row)?,
        since: time(row, "since")?,
        active: row.get("active")?,
    })
}

pub(super) fn workspace(row: &Row<'_>) -> Result<Workspace, StoreError> {
    Ok(Workspace {
        id: id(row, "id", muster_domain::WorkspaceId::from_bytes)?,
        account: id(row, "account", muster_domain::AccountId::from_bytes)?,
        kind: text(row, "kind")?,
        name: row.get("name")?,
        plan: text(row, "plan")?,
        status: text(row, "status")?,
        created: time(row, "created")?,
    })
}

pub(super) fn membership(row: &Row<'_>) -> Result<Membership, StoreError> {
    let ended_at: Option<i64> = row.get("ended_at")?;
    let ended_by: Option<String> = row.get("ended_by")?;
    Ok(Membership {
        id: id(row, "id", muster_domain::MembershipId::from_bytes)?,
        workspace: id(row, "workspace", muster_domain::WorkspaceId::from_bytes)?,
        login: id(row, "login", muster_domain::LoginId::from_bytes)?,
        name: row.get("name")?,
        address: address(row)?,
        roles: roles(row)?,
        state: text(row, "state")?,
        until: row.get::<_, Option<i64>>("until")?.map(Timestamp),
        given_by: row.get("given_by")?,
        joined: time(row, "joined")?,
        ended: ended_at.zip(ended_by).map(|(at, by)| Ended { at: Timestamp(at), by }),
    })
}

pub(super) fn invitation(row: &Row<'_>) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        id: id(row, "id", muster_domain::InvitationId::from_bytes)?,
        workspace: id(row, "workspace", muster_domain::WorkspaceId::from_bytes)?,
        address: address(row)?,
        name: row.get("name")?,
        roles: roles(row)?,
        inviter: id(row, "inviter", muster_domain::LoginId::from_bytes)?,
        inviter_name: row.get("inviter_name")?,
        sent: time(row, "sent")?,
        expires: time(row, "expires")?,
        generation: row.get("generation")?,
        state: text(row, "state")?,
    })
}
