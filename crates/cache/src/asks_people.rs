//! What the window asks about people in all workspaces.

use muster_domain::LoginId;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{Continuity, PeoplePage, PersonPlaces};

impl Cache {
    /// Everyone who may be seen in any workspace, by name, each once (E-63).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn people(&self, text: &str, offset: u32, limit: u32) -> Result<PeoplePage, CacheError> {
        self.read(|mirror| mirror.people(text, offset, limit))
    }

    /// Every place in which somebody is; `None` for somebody who is nowhere to be seen.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn person_places(&self, login: LoginId) -> Result<Option<PersonPlaces>, CacheError> {
        self.read(|mirror| mirror.person_places(login))
    }

    /// Workspaces and accounts that hang on one person, and those of which this copy cannot
    /// say it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn continuity(&self) -> Result<Continuity, CacheError> {
        self.read(|mirror| mirror.continuity())
    }
}
