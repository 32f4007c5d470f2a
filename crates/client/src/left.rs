//! Which workspaces can no longer be opened, and what they were called (E-30, E-53).
//!
//! When access ends, everything of a workspace leaves the copy at once, its name too. So the
//! names are kept here, in memory, for the one sentence that says what happened.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Weak};

use muster_cache::{Cache, CacheError, OutboxEntry, WorkspaceQuery};
use muster_domain::{AccountId, Command, LoginId, MembershipId, Timestamp, WorkspaceId};
use muster_protocol::{Gone, GoneHow};

use crate::view::{LeftHow, LeftWorkspace};

/// How many workspaces are read at a time.
const BATCH: u32 = 1_024;

/// How long ago a change of one's own may have been settled to be the cause.
const RECENT: i64 = 5 * 60_000;

/// How many settled changes are looked at.
const SETTLED: u32 = 50;

/// What is remembered of a workspace.
struct Seen {
    name: String,
    account: AccountId,
    /// My own membership, to tell whether I ended it.
    membership: Option<MembershipId>,
}

/// The workspaces that can be opened, as they were last seen.
pub(crate) struct Watch {
    /// Signing out deletes the copy, so it must not be kept open here.
    cache: Weak<Cache>,
    me: LoginId,
    seen: HashMap<WorkspaceId, Seen>,
}

impl Watch {
    /// Remembers what is there now.
    pub(crate) fn begin(cache: &Arc<Cache>) -> Result<Self, CacheError> {
        let me = cache.me()?.id;
        let mut seen = HashMap::new();
        let mut query = WorkspaceQuery { limit: BATCH, ..WorkspaceQuery::default() };
        loop {
            let rows = cache.workspaces(&query)?.rows;
            let is_last = rows.len() < BATCH as usize;
            for entry in rows {
                let membership = entry.my_membership.map(|it| it.id);
                let workspace = entry.workspace;
                let (name, account) = (workspace.name, workspace.account);
                seen.insert(workspace.id, Seen { name, account, membership });
            }
            if is_last {
                return Ok(Self { cache: Arc::downgrade(cache), me, seen });
            }
            query.offset += BATCH;
        }
    }

    /// Which of the changed workspaces can no longer be opened.
    pub(crate) fn left(
        &mut self,
        changed: &BTreeSet<WorkspaceId>,
        told: &[Gone],
        now: Timestamp,
    ) -> Result<Vec<LeftWorkspace>, CacheError> {
        let Some(cache) = self.cache.upgrade() else { return Ok(Vec::new()) };
        let mut gone = Vec::new();
        for id in changed.iter().copied() {
            match cache.workspace(id)? {
                Some(entry) => {
                    let membership = entry.my_membership.map(|it| it.id);
                    let (name, account) = (entry.workspace.name, entry.workspace.account);
                    self.seen.insert(id, Seen { name, account, membership });
                }
                // Another role, or another account that holds it: it comes again.
                None if cache.is_on_its_way(id)? => {}
                None => gone.extend(self.seen.remove(&id).map(|seen| (id, seen))),
            }
        }
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let mut own = cache.pending()?;
        let settled = cache.settled(SETTLED)?.into_iter();
        own.extend(settled.filter(|it| it.settled_at.is_some_and(|at| now.0 - at.0 < RECENT)));
        let accounts: BTreeSet<_> = cache.accounts()?.into_iter().map(|it| it.id).collect();
        Ok(gone
            .into_iter()
            .map(|(id, seen)| {
                let told = told.iter().rev().find(|it| it.workspace == id);
                let how = match told {
                    Some(told) => how(told.how),
                    // Of a deleted account nothing is left, not even how.
                    None if !accounts.contains(&seen.account) => LeftHow::Account,
                    None => LeftHow::Unknown,
                };
                LeftWorkspace {
                    id: id.to_string(),
                    mine: own.iter().any(|entry| self.ends(entry, id, &seen)),
                    name: seen.name,
                    how,
                    by: told.and_then(|it| it.by.clone()),
                }
            })
            .collect())
    }

    /// Whether a change of one's own ends the access to a workspace.
    fn ends(&self, entry: &OutboxEntry, id: WorkspaceId, seen: &Seen) -> bool {
        match &entry.command {
            Some(
                Command::LeaveWorkspace { workspace } | Command::DeleteWorkspace { workspace, .. },
            ) => *workspace == id,
            Some(Command::RemoveMember { membership, .. }) => seen.membership == Some(*membership),
            Some(Command::LeaveAccount { account } | Command::DeleteAccount { account, .. }) => {
                *account == seen.account
            }
            Some(Command::RemoveAdmin { account, login }) => {
                *account == seen.account && *login == self.me
            }
            Some(_) | None => false,
        }
    }
}

const fn how(told: GoneHow) -> LeftHow {
    match told {
        GoneHow::Removed => LeftHow::Removed,
        GoneHow::Suspended => LeftHow::Suspended,
        GoneHow::Left => LeftHow::Left,
        GoneHow::Ended => LeftHow::Ended,
        GoneHow::Deleted => LeftHow::Deleted,
        GoneHow::Admin => LeftHow::Admin,
    }
}
