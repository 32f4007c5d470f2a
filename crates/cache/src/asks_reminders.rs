//! What reminders ask of the copy, and what they keep on this device.

use muster_domain::{AccountId, LoginId, Timestamp, WorkspaceId};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::reminded;
use crate::types::{AskedReminder, Received, Upcoming};

impl Cache {
    /// What ends by itself after one moment and not after another, soonest first, at most
    /// `limit` of each.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn upcoming(
        &self,
        after: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Upcoming, CacheError> {
        self.read(|mirror| mirror.upcoming(after, until, limit))
    }

    /// Whether this device was reminded of something.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be read.
    pub fn was_reminded(&self, what: &str) -> Result<bool, CacheError> {
        self.ask_outbox(|db| reminded::was(db, what))
    }

    /// This device was reminded of these.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn note_reminded(&self, told: &[String], at: Timestamp) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| reminded::note(tx, told, at))
    }

    /// The person asks to be reminded of a place; `None` is as soon as there is a connection.
    /// The same place at the same moment is asked for once.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn ask_reminder(
        &self,
        place: &str,
        workspace: Option<WorkspaceId>,
        due: Option<Timestamp>,
        made: Timestamp,
    ) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| reminded::ask(tx, place, workspace, due, made))
    }

    /// What the person asked to be reminded of, soonest first.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be read.
    pub fn asked_reminders(&self) -> Result<Vec<AskedReminder>, CacheError> {
        self.ask_outbox(reminded::asked)
    }

    /// The person needs no reminder of this any more.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn drop_reminder(&self, id: i64) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| reminded::drop_asked(tx, id))
    }

    /// A small thing that this device remembers.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be read.
    pub fn device_note(&self, key: &str) -> Result<Option<String>, CacheError> {
        self.ask_outbox(|db| reminded::get(db, key))
    }

    /// Remembers a small thing on this device.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn set_device_note(&self, key: &str, value: &str) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| reminded::set(tx, key, value))
    }

    /// What somebody else's act put into an account since a moment and is there still, the
    /// newest first (E-15, E-65).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn received(
        &self,
        account: AccountId,
        since: Timestamp,
        me: LoginId,
    ) -> Result<Vec<Received>, CacheError> {
        self.read(|mirror| mirror.received(account, since, me))
    }

    /// What others did since a moment, where the history is to be seen: the workspace, how many
    /// acts, and when the last was; most of it first.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn news(
        &self,
        since: Timestamp,
        me: LoginId,
        limit: u32,
    ) -> Result<Vec<(WorkspaceId, u32, Timestamp)>, CacheError> {
        self.read(|mirror| mirror.news(since, me, limit))
    }
}
