//! What people did last, by kind of event, and what that says of the lines of a review.
//!
//! A summary beside the events, made as they come, so that a question about 100,000 people reads
//! no event. Only events of the workspace itself count: what somebody does elsewhere is nobody's
//! business here (R10).

use muster_domain::{
    ContentKind, EventKind, LoginId, MembershipId, Permission, PermissionSet, ReviewId, Right,
    RoleSet, Row, Timestamp, WorkspaceId,
};
use muster_protocol::{LogOf, LoggedEvent};
use rusqlite::{Connection, OptionalExtension, params};

use crate::contents::{kind_number, kind_of};
use crate::error::CacheError;
use crate::log;
use crate::mirror::Mirror;
use crate::types::UsedLine;

/// An event came.
pub(crate) fn add(
    db: &Connection,
    event: &LoggedEvent,
    row: Option<&Row>,
) -> Result<(), CacheError> {
    let Some(workspace) = event.workspace else { return Ok(()) };
    let part = match row {
        Some(Row::Content(content)) => kind_number(content.body.kind()),
        _ => -1,
    };
    db.prepare_cached(
        "INSERT INTO uses (workspace, actor, kind, part, last) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
    )?
    .execute(params![
        workspace.to_bytes(),
        event.actor.to_bytes(),
        event.kind,
        part,
        event.at.0
    ])?;
    db.prepare_cached(
        "INSERT INTO acted (workspace, actor, last) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last > last",
    )?
    .execute(params![workspace.to_bytes(), event.actor.to_bytes(), event.at.0])?;
    Ok(())
}

/// When the person of a row of `members` last changed anything there; null where the history
/// that is here knows of nothing.
pub(crate) const LAST_ACT: &str = "(SELECT last FROM acted
     WHERE acted.workspace = members.workspace AND acted.actor = members.login)";

/// The rights that may have been used, by the columns of an event.
fn rights(kind: &str, part: i64) -> PermissionSet {
    let content: Option<ContentKind> = kind_of(part);
    let Some(kind) = EventKind::from_key(kind) else { return PermissionSet::NONE };
    match (kind, kind.right(content)) {
        // Whether an owner was made by it stands in the rows; rather one right too many used.
        (EventKind::MemberRolesChanged, Right::Has(permission)) => {
            PermissionSet::of(&[permission, Permission::OwnerAssign])
        }
        (_, Right::Has(permission)) => PermissionSet::of(&[permission]),
        (_, Right::Admin | Right::None) => PermissionSet::NONE,
    }
}

impl Mirror<'_> {
    /// Whether every event of a workspace is here, one following from the other: only then the
    /// lack of one says something.
    pub(crate) fn tells_all(&self, workspace: WorkspaceId) -> Result<bool, CacheError> {
        let state = log::state(self.db(), LogOf::Workspace(workspace))?;
        Ok(state.is_some_and(|it| {
            it.whole && !it.loading && it.broken.is_none() && it.sealed == 0 && it.events > 0
        }))
    }

    /// Which rights somebody used in a workspace since a moment, and when they last changed
    /// anything at all.
    pub(crate) fn used_by(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
        since: Timestamp,
    ) -> Result<(PermissionSet, Option<Timestamp>), CacheError> {
        let sql = "SELECT kind, part, last FROM uses WHERE workspace = ?1 AND actor = ?2";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query(params![workspace.to_bytes(), login.to_bytes()])?;
        let (mut used, mut last) = (PermissionSet::NONE, None);
        while let Some(row) = rows.next()? {
            let at = Timestamp(row.get("last")?);
            last = last.max(Some(at));
            let kind: String = row.get("kind")?;
            if at >= since {
                used = used.union(rights(&kind, row.get("part")?));
            }
        }
        Ok((used, last))
    }

    /// When somebody last changed anything in a workspace, as far as its history is here.
    pub(crate) fn last_act(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Timestamp>, CacheError> {
        let sql = "SELECT last FROM acted WHERE workspace = ?1 AND actor = ?2";
        let mut statement = self.db().prepare_cached(sql)?;
        let found = statement
            .query_row(params![workspace.to_bytes(), login.to_bytes()], |row| row.get("last"))
            .optional()?;
        Ok(found.map(Timestamp))
    }

    /// The lines of a review whose people changed something since a moment, with the rights that
    /// they used.
    pub(crate) fn used_lines(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
        since: Timestamp,
    ) -> Result<Vec<UsedLine>, CacheError> {
        let sql = "SELECT l.membership, l.roles, m.given_at, m.joined, u.kind, u.part
                   FROM uses u
                   JOIN members m ON m.login = u.actor AND m.workspace = u.workspace
                   JOIN review_lines l ON l.review = ?2 AND l.membership = m.id
                   WHERE u.workspace = ?1 AND u.last >= ?3 ORDER BY l.membership";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows =
            statement.query(params![workspace.to_bytes(), review.to_bytes(), since.0])?;
        let mut lines: Vec<UsedLine> = Vec::new();
        while let Some(row) = rows.next()? {
            let membership = MembershipId::from_bytes(row.get("membership")?);
            if lines.last().is_none_or(|it| it.membership != membership) {
                let given: Option<i64> = row.get("given_at")?;
                lines.push(UsedLine {
                    membership,
                    roles: RoleSet::from_bits(row.get("roles")?).unwrap_or(RoleSet::NONE),
                    since: Timestamp(given.unwrap_or(row.get("joined")?)),
                    used: PermissionSet::NONE,
                });
            }
            let kind: String = row.get("kind")?;
            if let Some(line) = lines.last_mut() {
                line.used = line.used.union(rights(&kind, row.get("part")?));
            }
        }
        Ok(lines)
    }

    /// The sets of roles that lines of a review have.
    pub(crate) fn roles_of_lines(&self, review: ReviewId) -> Result<Vec<RoleSet>, CacheError> {
        let sql = "SELECT DISTINCT roles FROM review_counts WHERE review = ?1 AND number > 0";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map([review.to_bytes()], |row| row.get::<_, u32>("roles"))?;
        let found: Vec<u32> = rows.collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter_map(RoleSet::from_bits).collect())
    }
}
