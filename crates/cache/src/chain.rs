//! A part of a chain as it came: for evidence, which is checked by somebody who has no copy.

use muster_domain::Timestamp;
use muster_protocol::{LogOf, LogPlace, Logged};
use rusqlite::params;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::mirror::Mirror;
use crate::row::from_stored;
use crate::types::EventRef;

impl Cache {
    /// Every event of a chain from a moment on, in its order, those that may not be read
    /// sealed.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn chain(&self, of: LogOf, from: Timestamp) -> Result<Vec<Logged>, CacheError> {
        self.read(|mirror| mirror.chain(of, from))
    }
}

impl Mirror<'_> {
    fn chain(&self, of: LogOf, from: Timestamp) -> Result<Vec<Logged>, CacheError> {
        let log = match of {
            LogOf::Workspace(id) => id.to_bytes(),
            LogOf::Account(id) => id.to_bytes(),
        };
        let sql = "SELECT seq, ord, kind IS NULL AS sealed, prev, hash FROM events
                   WHERE log = ?1 AND at >= ?2 ORDER BY seq, ord";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query(params![log, from.0])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let place = LogPlace { seq: from_stored(row.get("seq")?), ord: row.get("ord")? };
            let shown = match row.get("sealed")? {
                true => None,
                false => self.logged(EventRef { of, place })?,
            };
            events.push(match shown {
                Some(found) => Logged::Shown(Box::new(found.event)),
                None => Logged::Sealed { place, prev: row.get("prev")?, hash: row.get("hash")? },
            });
        }
        Ok(events)
    }
}
