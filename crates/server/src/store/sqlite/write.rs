//! Writing what belongs to a workspace, and the workspace itself.

use muster_domain::{
    Colour, Content, ContentKind, GroupId, Invitation, Membership, OwnRole, Part, Role, RoleSet,
    View, Workspace, WorkspaceId,
};
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
    // Whatever opens it anew, a move or the way out of the bin, begins every access anew.
    const SQL: &str = "INSERT INTO workspaces
            (id, account, kind, name, plan, status, created, labels, plan_ended, trashed_at,
             trashed_by, offer_to, offer_from, offer_by, offer_at, created_seq, seq, head_seq, colour)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16, ?16,
             ?17)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, kind = excluded.kind,
            name = excluded.name, plan = excluded.plan, status = excluded.status,
            labels = excluded.labels, plan_ended = excluded.plan_ended,
            trashed_at = excluded.trashed_at, trashed_by = excluded.trashed_by,
            offer_to = excluded.offer_to, offer_from = excluded.offer_from,
            offer_by = excluded.offer_by, offer_at = excluded.offer_at,
            colour = excluded.colour,
            created_seq = CASE WHEN account != excluded.account OR status != excluded.status
                THEN excluded.seq ELSE created_seq END,
            seq = excluded.seq, head_seq = excluded.head_seq";
    let offer = workspace.offer.as_ref();
    let params = params![
        workspace.id.to_bytes(),
        workspace.account.to_bytes(),
        workspace.kind.text(),
        workspace.name,
        workspace.plan.text(),
        workspace.status.text(),
        workspace.created.0,
        row::to_json(&workspace.labels),
        workspace.plan_ended.map(|it| it.0),
        workspace.trashed.as_ref().map(|it| it.at.0),
        workspace.trashed.as_ref().map(|it| it.by.as_str()),
        offer.map(|it| it.to.to_bytes()),
        offer.map(|it| it.from.as_str()),
        offer.map(|it| it.by.as_str()),
        offer.map(|it| it.at.0),
        row::int(seq),
        workspace.colour.map(Colour::key)
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
            (id, workspace, login, name, address, roles, state, until, until_roles, given_by,
             given_at, labels, note, group_id, joined, ended_at, ended_by, owner_class, seq,
             grant_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
             ?19, ?20)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
            roles = excluded.roles, state = excluded.state, until = excluded.until,
            until_roles = excluded.until_roles, given_by = excluded.given_by,
            given_at = excluded.given_at, labels = excluded.labels, note = excluded.note,
            group_id = excluded.group_id, ended_at = excluded.ended_at,
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
        it.until.map(|end| end.at.0),
        it.until.and_then(|end| end.roles).map(RoleSet::to_bits),
        it.given_by,
        it.given_at.map(|at| at.0),
        row::to_json(&it.labels),
        it.note,
        it.group.map(GroupId::to_bytes),
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
             generation, state, message, trouble, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles,
            inviter = excluded.inviter, inviter_name = excluded.inviter_name,
            sent = excluded.sent, expires = excluded.expires,
            generation = excluded.generation, state = excluded.state,
            message = excluded.message, trouble = excluded.trouble, seq = excluded.seq";
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
        it.message,
        it.trouble.map(Text::text),
        row::int(seq)
    ];
    db.write_one("invitations", SQL, params)
}

pub(super) fn put_role(
    db: &Session<'_>,
    role: &OwnRole,
    seq: u64,
    view_seq: u64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO own_roles
            (id, workspace, slot, name, permissions, made_by, deleted, seq, view_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, name = excluded.name,
            permissions = excluded.permissions, made_by = excluded.made_by,
            deleted = excluded.deleted, seq = excluded.seq, view_seq = excluded.view_seq";
    let params = params![
        role.id.to_bytes(),
        role.workspace.to_bytes(),
        role.slot,
        role.name,
        role.permissions.to_bits(),
        role.by,
        role.deleted,
        row::int(seq),
        row::int(view_seq)
    ];
    db.write_one("own_roles", SQL, params)
}

/// The view's bit that shows records of this kind.
fn part_of(kind: ContentKind) -> u16 {
    View::OWN.with(Part::of(kind)).to_bits()
}

pub(super) fn put_content(db: &Session<'_>, it: &Content, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO contents
            (id, workspace, kind, part, name, body, creator, creator_name, created, updated,
             updated_by, version, deleted, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, kind = excluded.kind,
            part = excluded.part, name = excluded.name, body = excluded.body,
            updated = excluded.updated, updated_by = excluded.updated_by,
            version = excluded.version, deleted = excluded.deleted, seq = excluded.seq";
    const OLD: &str = "DELETE FROM content_refs WHERE workspace = ?1 AND content = ?2";
    const NEW: &str = "INSERT INTO content_refs (workspace, content, refers) VALUES (?1, ?2, ?3)
        ON CONFLICT DO NOTHING";
    let (workspace, id) = (it.workspace.to_bytes(), it.id.to_bytes());
    let params = params![
        id,
        workspace,
        it.kind().text(),
        part_of(it.kind()),
        it.name,
        row::to_json(&it.body),
        it.creator.to_bytes(),
        it.creator_name,
        it.created.0,
        it.updated.0,
        it.updated_by,
        it.version,
        it.deleted,
        row::int(seq)
    ];
    db.write_one("contents", SQL, params)?;
    db.write_some(OLD, params![workspace, id])?;
    for refers in it.body.references() {
        db.write_some(NEW, params![workspace, id, refers.to_bytes()])?;
    }
    Ok(())
}
