//! What the window asks about the past.

use muster_domain::{OwnRole, Timestamp, WorkspaceId};
use muster_protocol::LogOf;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::own_roles;
use crate::types::{
    AsOfPage, CompareQuestion, Compared, Differing, EventRef, HistoryQuery, HistoryRows, LogState,
    LoggedDetail, MemberWindowQuery,
};

impl Cache {
    /// A page of the history, the newest first. Acts of many events are folded under their
    /// first, unless words or a person are looked for.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn history(&self, query: &HistoryQuery) -> Result<HistoryRows, CacheError> {
        self.read(|mirror| mirror.history(query))
    }

    /// One event with its proof.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn logged(&self, event: EventRef) -> Result<Option<LoggedDetail>, CacheError> {
        self.read(|mirror| mirror.logged(event))
    }

    /// How much of a chain is here, and whether it holds; `None` if it is not seen at all.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn log_state(&self, of: LogOf) -> Result<Option<LogState>, CacheError> {
        self.read(|mirror| mirror.log_state(of))
    }

    /// The roster as it was at a moment, by the same query as today's.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn as_of(&self, query: &MemberWindowQuery, at: Timestamp) -> Result<AsOfPage, CacheError> {
        self.read(|mirror| mirror.as_of(query, at, &self.last_day))
    }

    /// The roles of a workspace's own as they were at a moment.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn own_roles_at(
        &self,
        workspace: WorkspaceId,
        at: Timestamp,
    ) -> Result<Vec<OwnRole>, CacheError> {
        self.read(|mirror| own_roles::at(mirror.db(), workspace, at))
    }

    /// What is different in a workspace now, with unsent changes, from what was at a moment.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn differing(
        &self,
        workspace: WorkspaceId,
        at: Timestamp,
    ) -> Result<Differing, CacheError> {
        self.read(|mirror| mirror.differing(workspace, at))
    }

    /// What differs in a workspace between two moments.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn compare(&self, question: &CompareQuestion) -> Result<Compared, CacheError> {
        self.read(|mirror| mirror.compare(question))
    }
}
