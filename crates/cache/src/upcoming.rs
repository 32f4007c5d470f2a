//! What ends by itself soon, whichever workspace it is in: read from indexes that hold nothing
//! else, so that asking costs the same with a million members.

use muster_domain::{AccountId, InvitationId, LoginId, MembershipId, Timestamp, WorkspaceId};
use rusqlite::params;

use crate::error::CacheError;
use crate::mirror::Mirror;
use crate::types::{Received, Upcoming, UpcomingEnd};

impl Mirror<'_> {
    /// What ends after one moment and not after another, soonest first, at most `limit` of each.
    pub(crate) fn upcoming(
        &self,
        after: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Upcoming, CacheError> {
        let sql = "SELECT workspace, id, expires FROM invitations
                   WHERE state = 0 AND expires > ?1 AND expires <= ?2 ORDER BY expires LIMIT ?3";
        let mut statement = self.db().prepare_cached(sql)?;
        let invitations = statement.query_map(params![after.0, until.0, limit], |row| {
            let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
            let id = InvitationId::from_bytes(row.get("id")?);
            Ok((workspace, id, Timestamp(row.get("expires")?)))
        })?;
        let invitations = invitations.collect::<Result<_, _>>()?;
        let sql = "SELECT workspace, id, login, until FROM members
                   WHERE until IS NOT NULL AND former = 0 AND until > ?1 AND until <= ?2
                   ORDER BY until LIMIT ?3";
        let mut statement = self.db().prepare_cached(sql)?;
        let ends = statement.query_map(params![after.0, until.0, limit], |row| {
            Ok(UpcomingEnd {
                workspace: WorkspaceId::from_bytes(row.get("workspace")?),
                membership: MembershipId::from_bytes(row.get("id")?),
                login: LoginId::from_bytes(row.get("login")?),
                at: Timestamp(row.get("until")?),
            })
        })?;
        Ok(Upcoming { invitations, ends: ends.collect::<Result<_, _>>()? })
    }

    /// What somebody else's act put into an account since a moment and is there still, the
    /// newest first (E-15, E-65).
    pub(crate) fn received(
        &self,
        account: AccountId,
        since: Timestamp,
        me: LoginId,
    ) -> Result<Vec<Received>, CacheError> {
        // Of a chain that moved several times the last one counts: SQLite answers the columns
        // of the row that has the maximum.
        let sql = "SELECT e.workspace, max(e.at) AS at, e.actor, r.actor_name FROM events e
                   JOIN event_rows r ON r.id = e.id
                   JOIN workspaces w ON w.id = e.workspace AND w.account = e.account
                   WHERE e.account = ?1 AND e.at > ?2 AND e.kind = 'workspace.moved'
                   GROUP BY e.workspace ORDER BY at DESC, e.workspace";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map(params![account.to_bytes(), since.0], |row| {
            let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
            let (at, by) = (Timestamp(row.get("at")?), row.get("actor_name")?);
            Ok((LoginId::from_bytes(row.get("actor")?), Received { workspace, at, by }))
        })?;
        let all: Vec<(LoginId, Received)> = rows.collect::<Result<_, _>>()?;
        Ok(all.into_iter().filter(|(actor, _)| *actor != me).map(|(_, it)| it).collect())
    }

    /// What others did since a moment, by workspace, most of it first. An act counts once,
    /// however many people it was about.
    pub(crate) fn news(
        &self,
        since: Timestamp,
        me: LoginId,
        limit: u32,
    ) -> Result<Vec<(WorkspaceId, u32, Timestamp)>, CacheError> {
        let sql = "SELECT workspace, count(*) AS number, max(at) AS last FROM events
                   WHERE at > ?1 AND workspace IS NOT NULL AND act IS NULL
                       AND actor IS NOT NULL AND actor != ?2
                   GROUP BY workspace ORDER BY number DESC, workspace LIMIT ?3";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map(params![since.0, me.to_bytes(), limit], |row| {
            let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
            Ok((workspace, row.get("number")?, Timestamp(row.get("last")?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
