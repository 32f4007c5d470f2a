//! Writing workspaces, memberships and invitations.

use muster_domain::{Invitation, Membership, Role, RoleSet, Workspace, WorkspaceId};
use rusqlite::{OptionalExtension, params};

use super::{Session, StoreError, row};
use crate::store::text::Text;

/// The roles of full rights in either scheme, for the index that R6 counts on.
const OWNER_CLASS: RoleSet = RoleSet::of(&[Role::Owner, Role::WorkspaceAdmin]);

pub(super) fn put_workspace(
    db: &Session<'_>,
    workspace: &Workspace,
    seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO workspaces
            (id, account, kind, name, plan, status, created, created_seq, seq, head_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, kind = excluded.kind,
            name = excluded.name, plan = excluded.plan, status = excluded.status,
            seq = excluded.seq, head_seq = excluded.head_seq";
    let params = params![
        workspace.id.to_bytes(),
        workspace.account.to_bytes(),
        workspace.kind.text(),
        workspace.name,
        workspace.plan.text(),
        workspace.status.text(),
        workspace.created.0,
        row::int(seq)
    ];
    db.write_one("workspaces", SQL, params)
}

pub(super) fn touch_workspace(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE workspaces SET head_seq = ?2 WHERE id = ?1";
    db.write_one("workspaces", SQL, params![workspace.to_bytes(), row::int(seq)])
}

pub(super) fn put_membership(
    db: &Session<'_>,
    it: &Membership,
    seq: u64,
    grant_seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO memberships
            (id, workspace, login, name, address, roles, state, until, given_by, joined,
             ended_at, ended_by, owner_class, seq, grant_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
            roles = excluded.roles, state = excluded.state, until = excluded.until,
            given_by = excluded.given_by, ended_at = excluded.ended_at,
            ended_by = excluded.ended_by, owner_class = excluded.owner_class,
            seq = excluded.seq, grant_seq = excluded.grant_seq";
    count_presence(db, it)?;
    let params = params![
        it.id.to_bytes(),
        it.workspace.to_bytes(),
        it.login.to_bytes(),
        it.name,
        it.address.as_str(),
        it.roles.to_bits(),
        it.state.text(),
        it.until.map(|until| until.0),
        it.given_by,
        it.joined.0,
        it.ended.as_ref().map(|ended| ended.at.0),
        it.ended.as_ref().map(|ended| ended.by.as_str()),
        it.roles.to_bits() & OWNER_CLASS.to_bits() != 0,
        row::int(seq),
        row::int(grant_seq)
    ];
    db.write_one("memberships", SQL, params)
}

/// Keeps the workspace's number of present members beside the rows that it counts.
fn count_presence(db: &Session<'_>, after: &Membership) -> Result<(), StoreError> {
    const WAS: &str = "SELECT state IN ('active', 'suspended') FROM memberships WHERE id = ?1";
    const COUNT: &str = "UPDATE workspaces SET present = present + ?2 WHERE id = ?1";
    let was: bool = db
        .prepare_cached(WAS)?
        .query_row([after.id.to_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or(false);
    let step = i32::from(after.state.is_present()) - i32::from(was);
    match step {
        0 => Ok(()),
        step => db.write_one("workspaces", COUNT, params![after.workspace.to_bytes(), step]),
    }
}

pub(super) fn put_invitation(
    db: &Session<'_>,
    it: &Invitation,
    seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO invitations
            (id, workspace, address, name, roles, inviter, inviter_name, sent, expires,
             generation, state, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles,
            inviter = excluded.inviter, inviter_name = excluded.inviter_name,
            sent = excluded.sent, expires = excluded.expires,
            generation = excluded.generation, state = excluded.state, seq = excluded.seq";
    let params = params![
        it.id.to_bytes(),
        it.workspace.to_bytes(),
        it.address.as_str(),
        it.name,
        it.roles.to_bits(),
        it.inviter.to_bytes(),
        it.inviter_name,
        it.sent.0,
        it.expires.0,
        it.generation,
        it.state.text(),
        row::int(seq)
    ];
    db.write_one("invitations", SQL, params)
}
