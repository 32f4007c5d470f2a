//! Drafts and taking back: what the window does with invitations before they are sent.

use muster_domain::{Command, Timestamp, WorkspaceId};

use crate::cache::Cache;
use crate::drafts;
use crate::error::CacheError;
use crate::types::{Cancelled, DraftEntry, Label, Submission, Undone};
use crate::veil;

impl Cache {
    /// Keeps invitations as drafts (R14); returns their numbers. A second one to the same
    /// address in the same workspace takes the place of the first.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then none was kept. [`CacheError::Lapsed`] for a
    /// locked workspace.
    pub fn add_drafts(
        &self,
        commands: &[(Command, Label)],
        now: Timestamp,
    ) -> Result<Vec<u64>, CacheError> {
        self.refuse_locked(commands)?;
        self.writer()?.in_outbox(|tx| {
            drafts::prune(tx, now)?;
            commands.iter().map(|(command, label)| drafts::add(tx, command, label, now)).collect()
        })
    }

    /// Drafts that wait, of one workspace or of all, oldest first. Those of a locked workspace
    /// do not say to whom they go.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn drafts(&self, workspace: Option<WorkspaceId>) -> Result<Vec<DraftEntry>, CacheError> {
        let lapse = self.readers.lapse();
        let drafts = self.ask_outbox(|db| drafts::open(db, workspace))?;
        Ok(drafts.into_iter().map(|draft| veil::over_draft(&lapse, draft)).collect())
    }

    /// How many drafts wait.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn draft_count(&self) -> Result<u32, CacheError> {
        self.ask_outbox(drafts::count)
    }

    /// Takes drafts away; tells how many were there.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn remove_drafts(&self, ids: &[u64], now: Timestamp) -> Result<u32, CacheError> {
        self.writer()?.in_outbox(|tx| {
            let mut removed = 0;
            for id in ids {
                removed += u32::from(drafts::remove(tx, *id, now)? == Undone::Done);
            }
            Ok(removed)
        })
    }

    /// Brings a draft back that was taken away in the last 30 days.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn restore_draft(&self, id: u64) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| drafts::restore(tx, id))
    }

    /// Decides drafts one after the other and moves those that are accepted, or cannot be
    /// decided here, into the outbox; what is refused stays a draft. A draft that is not there
    /// is left out of the result.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then every draft is still one.
    pub fn send_drafts(
        &self,
        ids: &[u64],
        now: Timestamp,
    ) -> Result<Vec<(u64, Submission)>, CacheError> {
        let mut writer = self.writer()?;
        let result = writer.send_drafts(&self.outbox, ids, now);
        drop(writer);
        self.watch(result)
    }

    /// What was never sent and this command would take back: submitting it keeps nothing then,
    /// and it needs no connection (E-44).
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn cancels(&self, command: &Command) -> Result<Option<Cancelled>, CacheError> {
        self.ask_outbox(|db| drafts::cancels(db, command))
    }

    /// Has a command wait again that was taken back before it was sent, by [`Cache::undo`] or
    /// because another one took it back, with everything that built on it.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn redo(&self, n: u64) -> Result<Undone, CacheError> {
        let mut writer = self.writer()?;
        let redone = writer.in_outbox(|tx| drafts::redo(tx, n))?;
        if redone == Undone::Done {
            writer.is_stale = true;
            self.watch(writer.rebase(&self.outbox))?;
        }
        Ok(redone)
    }
}
