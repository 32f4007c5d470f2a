//! What the window does with plans that are kept.

use std::collections::BTreeSet;

use muster_domain::{AccountId, Command, Timestamp};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{Label, PlanDraft, PlanEntry, PlanPlace, Submission, Undone};
use crate::veil;
use crate::{accounts, plans};

impl Cache {
    /// Keeps a plan; returns its number.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then nothing of it was kept.
    pub fn add_plan(
        &self,
        name: &str,
        source: &str,
        lines: &[PlanDraft],
        now: Timestamp,
    ) -> Result<u64, CacheError> {
        self.writer()?.in_outbox(|tx| plans::add(tx, name, source, lines, now))
    }

    /// The plans that are kept, the newest first. Lines of a locked workspace do not say what
    /// they are about.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn plans(&self) -> Result<Vec<PlanEntry>, CacheError> {
        let (lapse, known) = (self.readers.lapse(), self.known_accounts()?);
        let plans = self.ask_outbox(plans::all)?;
        Ok(plans.into_iter().map(|plan| veil::over_plan(&lapse, &known, plan)).collect())
    }

    /// One plan that is kept.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn plan(&self, id: u64) -> Result<Option<PlanEntry>, CacheError> {
        let (lapse, known) = (self.readers.lapse(), self.known_accounts()?);
        let plan = self.ask_outbox(|db| plans::get(db, id))?;
        Ok(plan.map(|plan| veil::over_plan(&lapse, &known, plan)))
    }

    /// How many plans are kept.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn plan_count(&self) -> Result<u32, CacheError> {
        self.ask_outbox(plans::count)
    }

    fn known_accounts(&self) -> Result<BTreeSet<AccountId>, CacheError> {
        let accounts = self.read(|mirror| accounts::all(mirror.db()))?;
        Ok(accounts.into_iter().map(|account| account.id).collect())
    }

    /// Calls a plan something else.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn rename_plan(&self, id: u64, name: &str) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| plans::rename(tx, id, name))
    }

    /// Takes a plan away. What was carried out of it stays as it is.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn remove_plan(&self, id: u64, now: Timestamp) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| plans::remove(tx, id, now))
    }

    /// Brings a plan back that was taken away in the last 30 days.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn restore_plan(&self, id: u64) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| plans::restore(tx, id))
    }

    /// Takes a line out of a plan that has not become a command.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn drop_plan_line(&self, place: PlanPlace) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| plans::drop_line(tx, place))
    }

    /// Keeps what was said of a line in the end.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn tell_plan_line(&self, place: PlanPlace, told: &str) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| plans::told(tx, place, told))
    }

    /// As [`Cache::submit`], for a line of a plan: that it became this command is kept together
    /// with the command, so that a stop in between cannot have it made twice.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then nothing was kept.
    pub fn submit_plan_line(
        &self,
        place: PlanPlace,
        command: &Command,
        now: Timestamp,
        label: Label,
    ) -> Result<Submission, CacheError> {
        let commands = [(command.clone(), label)];
        self.refuse_locked(&commands)?;
        let mut writer = self.writer()?;
        let result = writer
            .submit(&self.outbox, &commands, now, |outbox, n| plans::became(outbox, place, n));
        drop(writer);
        self.watch(result)?.pop().ok_or(CacheError::Damaged)
    }
}
