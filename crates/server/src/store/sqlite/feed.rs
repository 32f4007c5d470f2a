//! Rows for the sync feed: what changed since a number, and whole workspaces in parts.

use std::sync::LazyLock;

use muster_domain::{ContentId, LoginId, MembershipId, Row as Entity, View, WorkspaceId};
use muster_protocol::Stamped;
use rusqlite::{Row, params};

use super::{Session, StoreError, row};

static WORKSPACE: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {} FROM workspaces WHERE id = ?1 AND seq > ?2", row::WORKSPACE)
});
static MEMBERSHIPS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM memberships WHERE workspace = ?1 AND seq > ?2 ORDER BY seq",
        row::MEMBERSHIP
    )
});
static OWN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM memberships INDEXED BY memberships_of_login
         WHERE workspace = ?1 AND login = ?2 AND seq > ?3 ORDER BY seq",
        row::MEMBERSHIP
    )
});
static INVITATIONS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM invitations WHERE workspace = ?1 AND seq > ?2 ORDER BY seq",
        row::INVITATION
    )
});
static IN_ORDER: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM memberships INDEXED BY memberships_in_order
         WHERE workspace = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        row::MEMBERSHIP
    )
});

static ROLES: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {} FROM own_roles WHERE workspace = ?1 AND seq > ?2 ORDER BY seq", row::ROLE)
});
static CONTENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM contents INDEXED BY contents_by_change
         WHERE workspace = ?1 AND seq > ?2 AND part & ?3 != 0 ORDER BY seq LIMIT ?4",
        row::CONTENT
    )
});
static CONTENTS_IN_ORDER: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM contents WHERE workspace = ?1 AND id > ?2 AND part & ?3 != 0
         ORDER BY id LIMIT ?4",
        row::CONTENT
    )
});

fn stamped(row: &Row<'_>, entity: Entity) -> Result<Stamped, StoreError> {
    Ok(Stamped { seq: row::number(row, "seq")?, row: entity })
}

fn membership(row: &Row<'_>) -> Result<Stamped, StoreError> {
    stamped(row, Entity::Membership(row::membership(row)?))
}

pub(super) fn workspace_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Option<Stamped>, StoreError> {
    db.one(&WORKSPACE, params![workspace.to_bytes(), row::int(seq)], |row| {
        stamped(row, Entity::Workspace(row::workspace(row)?))
    })
}

pub(super) fn memberships_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    db.many(&MEMBERSHIPS, params![workspace.to_bytes(), row::int(seq)], membership)
}

pub(super) fn own_memberships_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    login: LoginId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    let params = params![workspace.to_bytes(), login.to_bytes(), row::int(seq)];
    db.many(&OWN, params, membership)
}

pub(super) fn invitations_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    db.many(&INVITATIONS, params![workspace.to_bytes(), row::int(seq)], |row| {
        stamped(row, Entity::Invitation(row::invitation(row)?))
    })
}

pub(super) fn memberships_after(
    db: &Session<'_>,
    workspace: WorkspaceId,
    after: Option<MembershipId>,
    limit: u32,
) -> Result<Vec<Stamped>, StoreError> {
    // No blob is smaller than the empty one.
    let after = after.map_or_else(Vec::new, |id| id.to_bytes().to_vec());
    db.many(&IN_ORDER, params![workspace.to_bytes(), after, limit], membership)
}

pub(super) fn roles_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    db.many(&ROLES, params![workspace.to_bytes(), row::int(seq)], |row| {
        stamped(row, Entity::Role(row::own_role(row)?))
    })
}

fn content(row: &Row<'_>) -> Result<Stamped, StoreError> {
    stamped(row, Entity::Content(row::content(row)?))
}

pub(super) fn contents_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    view: View,
    seq: u64,
    limit: u32,
) -> Result<Vec<Stamped>, StoreError> {
    let params = params![workspace.to_bytes(), row::int(seq), view.to_bits(), limit];
    db.many(&CONTENTS, params, content)
}

pub(super) fn contents_after(
    db: &Session<'_>,
    workspace: WorkspaceId,
    view: View,
    after: Option<ContentId>,
    limit: u32,
) -> Result<Vec<Stamped>, StoreError> {
    let after = after.map_or_else(Vec::new, |id| id.to_bytes().to_vec());
    let params = params![workspace.to_bytes(), after, view.to_bits(), limit];
    db.many(&CONTENTS_IN_ORDER, params, content)
}
