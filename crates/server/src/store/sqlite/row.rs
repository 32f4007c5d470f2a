//! Table rows to objects, columns by name.

use muster_domain::{
    Account, AccountAdmin, Address, Colour, Content, Deletion, End, Ended, Group, Invitation,
    Login, Membership, Offer, OwnRole, PermissionSet, RoleSet, Timestamp, Workspace,
};
use rusqlite::Row;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::store::text::Text;

pub(super) const LOGIN: &str = "id, address, name, status, verified";
pub(super) const ACCOUNT: &str = "id, name, scheme, invitation_days, lease_days, \
    reason_required, review_days, second_admin, second_admin_until, name_days, parted, \
    deletion_at, deletion_by, deletion_login, deletion_confirmed, status";
pub(super) const ADMIN: &str = "account, login, name, address, since, given_by, active";
pub(super) const WORKSPACE: &str = "id, account, kind, name, plan, status, created, labels, \
    plan_ended, trashed_at, trashed_by, offer_to, offer_from, offer_by, offer_at, colour, present, seq";
pub(super) const MEMBERSHIP: &str = "id, workspace, login, name, address, roles, state, until, \
    until_roles, given_by, given_at, labels, note, group_id, joined, ended_at, ended_by, seq";
pub(super) const INVITATION: &str = "id, workspace, address, name, roles, inviter, inviter_name, \
    sent, expires, generation, state, message, trouble, seq";
pub(super) const ROLE: &str = "id, workspace, slot, name, permissions, made_by, deleted, seq, \
    view_seq";
pub(super) const CONTENT: &str = "id, workspace, name, body, creator, creator_name, created, \
    updated, updated_by, version, deleted, seq";
pub(super) const GROUP: &str = "id, account, name, covers, roles, people, deleted, seq";

/// The columns as those of one table among several.
pub(super) fn of(table: &str, columns: &str) -> String {
    let columns: Vec<_> =
        columns.split(',').map(|column| format!("{table}.{}", column.trim())).collect();
    columns.join(", ")
}

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

fn maybe_text<T: Text>(row: &Row<'_>, column: &str) -> Result<Option<T>, StoreError> {
    row.get::<_, Option<String>>(column)?.map(|text| T::read(&text)).transpose()
}

fn address(row: &Row<'_>) -> Result<Address, StoreError> {
    Address::parse(&row.get::<_, String>("address")?)
        .map_err(|_| StoreError::Unreadable { column: "address" })
}

pub(super) fn roles(row: &Row<'_>) -> Result<RoleSet, StoreError> {
    RoleSet::from_bits(row.get("roles")?).ok_or(StoreError::Unreadable { column: "roles" })
}

/// The JSON in which something is kept.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("what is kept has string keys and no cycles")
}

/// Something kept as JSON.
pub(super) fn json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<T, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { column })
}

fn maybe_time(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, StoreError> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp))
}

/// When something ended and who did it, which are there together.
fn ended(row: &Row<'_>, at: &str, by: &str) -> Result<Option<Ended>, StoreError> {
    let by: Option<String> = row.get(by)?;
    Ok(maybe_time(row, at)?.map(|at| Ended { at, by: by.unwrap_or_default() }))
}

pub(super) fn login(row: &Row<'_>) -> Result<Login, StoreError> {
    Ok(Login {
        id: id(row, "id", muster_domain::LoginId::from_bytes)?,
        address: address(row)?,
        name: row.get("name")?,
        status: text(row, "status")?,
        verified: json(row, "verified")?,
    })
}

pub(super) fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    let by: Option<String> = row.get("deletion_by")?;
    Ok(Account {
        id: id(row, "id", muster_domain::AccountId::from_bytes)?,
        name: row.get("name")?,
        scheme: text(row, "scheme")?,
        invitation_days: row.get("invitation_days")?,
        lease_days: row.get("lease_days")?,
        reason_required: row.get("reason_required")?,
        review_days: row.get("review_days")?,
        second_admin: row.get("second_admin")?,
        second_admin_until: maybe_time(row, "second_admin_until")?,
        name_days: row.get("name_days")?,
        parted: json(row, "parted")?,
        deletion: match maybe_time(row, "deletion_at")? {
            None => None,
            Some(at) => Some(Deletion {
                at,
                by: by.unwrap_or_default(),
                login: row
                    .get::<_, Option<[u8; 16]>>("deletion_login")?
                    .map(muster_domain::LoginId::from_bytes),
                confirmed: row.get("deletion_confirmed")?,
            }),
        },
        status: text(row, "status")?,
    })
}

pub(super) fn admin(row: &Row<'_>) -> Result<AccountAdmin, StoreError> {
    Ok(AccountAdmin {
        account: id(row, "account", muster_domain::AccountId::from_bytes)?,
        login: id(row, "login", muster_domain::LoginId::from_bytes)?,
        name: row.get("name")?,
        address: address(row)?,
        since: time(row, "since")?,
        by: row.get("given_by")?,
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
        labels: json(row, "labels")?,
        plan_ended: maybe_time(row, "plan_ended")?,
        trashed: ended(row, "trashed_at", "trashed_by")?,
        offer: offer(row)?,
        colour: colour(row)?,
    })
}

fn colour(row: &Row<'_>) -> Result<Option<Colour>, StoreError> {
    let Some(key) = row.get::<_, Option<String>>("colour")? else { return Ok(None) };
    Colour::parse(&key).map(Some).ok_or(StoreError::Unreadable { column: "colour" })
}

fn offer(row: &Row<'_>) -> Result<Option<Offer>, StoreError> {
    let Some(to) = row.get::<_, Option<[u8; 16]>>("offer_to")? else { return Ok(None) };
    Ok(Some(Offer {
        to: muster_domain::AccountId::from_bytes(to),
        from: row.get("offer_from")?,
        by: row.get("offer_by")?,
        at: time(row, "offer_at")?,
    }))
}

pub(super) fn membership(row: &Row<'_>) -> Result<Membership, StoreError> {
    Ok(Membership {
        id: id(row, "id", muster_domain::MembershipId::from_bytes)?,
        workspace: id(row, "workspace", muster_domain::WorkspaceId::from_bytes)?,
        login: id(row, "login", muster_domain::LoginId::from_bytes)?,
        name: row.get("name")?,
        address: address(row)?,
        roles: roles(row)?,
        state: text(row, "state")?,
        until: until(row)?,
        given_by: row.get("given_by")?,
        given_at: maybe_time(row, "given_at")?,
        labels: json(row, "labels")?,
        note: row.get("note")?,
        group: row.get::<_, Option<[u8; 16]>>("group_id")?.map(muster_domain::GroupId::from_bytes),
        joined: time(row, "joined")?,
        ended: ended(row, "ended_at", "ended_by")?,
    })
}

/// The day on which a membership ends, from its two columns.
pub(super) fn until(row: &Row<'_>) -> Result<Option<End>, StoreError> {
    let roles = match row.get::<_, Option<u32>>("until_roles")? {
        None => None,
        Some(bits) => {
            Some(RoleSet::from_bits(bits).ok_or(StoreError::Unreadable { column: "until_roles" })?)
        }
    };
    Ok(maybe_time(row, "until")?.map(|at| End { at, roles }))
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
        message: row.get("message")?,
        trouble: maybe_text(row, "trouble")?,
    })
}

pub(super) fn own_role(row: &Row<'_>) -> Result<OwnRole, StoreError> {
    Ok(OwnRole {
        id: id(row, "id", muster_domain::RoleId::from_bytes)?,
        workspace: id(row, "workspace", muster_domain::WorkspaceId::from_bytes)?,
        slot: row.get("slot")?,
        name: row.get("name")?,
        permissions: PermissionSet::from_bits(row.get("permissions")?)
            .ok_or(StoreError::Unreadable { column: "own_roles.permissions" })?,
        by: row.get("made_by")?,
        deleted: row.get("deleted")?,
    })
}

pub(super) fn content(row: &Row<'_>) -> Result<Content, StoreError> {
    Ok(Content {
        id: id(row, "id", muster_domain::ContentId::from_bytes)?,
        workspace: id(row, "workspace", muster_domain::WorkspaceId::from_bytes)?,
        name: row.get("name")?,
        body: json(row, "body")?,
        creator: id(row, "creator", muster_domain::LoginId::from_bytes)?,
        creator_name: row.get("creator_name")?,
        created: time(row, "created")?,
        updated: time(row, "updated")?,
        updated_by: row.get("updated_by")?,
        version: row.get("version")?,
        deleted: row.get("deleted")?,
    })
}

pub(super) fn group(row: &Row<'_>) -> Result<Group, StoreError> {
    Ok(Group {
        id: id(row, "id", muster_domain::GroupId::from_bytes)?,
        account: id(row, "account", muster_domain::AccountId::from_bytes)?,
        name: row.get("name")?,
        covers: json(row, "covers")?,
        roles: roles(row)?,
        people: json(row, "people")?,
        deleted: row.get("deleted")?,
    })
}
