//! What the lease (R15) does to the copy: locks it, erases it, opens it again.

use muster_domain::{About, AccountId, Command, Timestamp, WorkspaceId};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{Change, Label, Lease, Standing};
use crate::writer::{Writer, immediate};
use crate::{lease, meta, outbox};

/// When the lease is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heed {
    /// The app starts: what is long over is erased before anybody can ask for it.
    Starting,
    /// It runs: what is over is locked.
    Running,
}

impl Cache {
    /// Looks at the leases of all accounts: locks what is over, erases at the start what has
    /// been over for as long again, and opens what there was contact with. To be called before
    /// the first question, and now and then. `now` is the device's time.
    ///
    /// # Errors
    /// [`CacheError`] when the files cannot be read or written; what is over counts as locked
    /// all the same.
    pub fn heed_lease(&self, when: Heed, now: Timestamp) -> Result<Change, CacheError> {
        let mut writer = self.writer()?;
        if when == Heed::Starting {
            let overdue = lease::overdue(&writer.mirror, now)?;
            self.watch(erase(&mut writer, &overdue))?;
            if !overdue.is_empty() {
                self.watch(writer.rebase(&self.outbox))?;
                writer.empty_log();
            }
        }
        let mut change = self.watch(self.lock_up(&mut writer, now))?;
        change.merge(writer.seen());
        // A full disk keeps the estimate from being written, not the lock from closing.
        let _ = lease::note(&writer.mirror, now);
        Ok(change)
    }

    /// Brings what is locked up to date; tells what changed.
    pub(crate) fn lock_up(
        &self,
        writer: &mut Writer,
        now: Timestamp,
    ) -> Result<Change, CacheError> {
        let erased = outbox::veiled(&writer.outbox)?;
        let lapse = lease::lapse(&writer.mirror, erased, now)?;
        let after = lapse.workspaces.clone();
        let Some(before) = self.readers.set_lapse(lapse) else { return Ok(Change::default()) };
        let rosters = before.workspaces.symmetric_difference(&after).copied().collect();
        Ok(Change {
            workspaces: true,
            history: true,
            pending: true,
            contents: std::collections::BTreeSet::clone(&rosters),
            rosters,
            connection: true,
            ..Change::default()
        })
    }

    /// Every account with how its lease stands.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn leases(&self, now: Timestamp) -> Result<Vec<Lease>, CacheError> {
        let locked = self.readers.lapse();
        let mut leases = self.read(|mirror| lease::all(mirror.db(), now))?;
        for lease in &mut leases {
            // One answer for the window and for the rows it asks for.
            if locked.accounts.contains(&lease.account) {
                lease.standing = Standing::Locked;
            }
        }
        Ok(leases)
    }

    /// Whether rows were erased with their lease and there was no contact since.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn erased_by_lease(&self) -> Result<bool, CacheError> {
        self.read(|mirror| Ok(meta::time(mirror.db(), "lease_erased")?.is_some()))
    }

    /// Whether the copy of an account is locked.
    pub fn is_locked(&self, account: AccountId) -> bool {
        self.readers.lapse().accounts.contains(&account)
    }

    /// Whether the copy of a workspace is locked, or was erased because it had been for long.
    pub fn is_workspace_locked(&self, workspace: WorkspaceId) -> bool {
        self.readers.lapse().workspaces.contains(&workspace)
    }

    /// Nobody changes what they may not see.
    pub(crate) fn refuse_locked(&self, commands: &[(Command, Label)]) -> Result<(), CacheError> {
        let lapse = self.readers.lapse();
        let is_locked = |(command, _): &(Command, Label)| match command.about() {
            About::Account(id) => lapse.accounts.contains(&id),
            About::Workspace(id) => lapse.workspaces.contains(&id),
        };
        if !lapse.is_empty() && commands.iter().any(is_locked) {
            return Err(CacheError::Lapsed);
        }
        Ok(())
    }
}

/// Erases accounts. The outbox knows first, so that nothing is told with names in between.
fn erase(writer: &mut Writer, accounts: &[AccountId]) -> Result<(), CacheError> {
    if accounts.is_empty() {
        return Ok(());
    }
    let mut workspaces = std::collections::BTreeSet::new();
    for account in accounts {
        workspaces.append(&mut lease::workspaces_of(&writer.mirror, *account)?);
    }
    // All of them: drafts, plans and what was settled name people as well.
    writer.note_in_outbox(|tx| workspaces.iter().try_for_each(|id| outbox::veil(tx, *id)))?;
    let tx = immediate(&mut writer.mirror)?;
    for account in accounts {
        lease::erase(&tx, *account)?;
    }
    meta::spend_key(&tx)?;
    meta::set_time(&tx, "lease_erased", 1)?;
    tx.commit()?;
    writer.is_stale = true;
    writer.is_log_dirty = true;
    Ok(())
}
