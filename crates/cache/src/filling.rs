//! Taking in answers: each alone, or several of a first download in one transaction of the mirror.
//!
//! Members come in the order of their ids, which is none for the indexes by name, address and
//! day, so that each transaction of a first download writes most of their pages anew. Several
//! answers to a transaction make the download shorter. What is held is what only brings more of
//! a download: nothing of it settles, erases or waits for anybody. Whoever needs the writer ends
//! it first, and a stop in the middle costs those answers alone, because the cursors and the
//! places in the workspaces are in the same transaction.

use std::sync::Mutex;

use muster_domain::{About, Timestamp};
use rusqlite::Connection;

use crate::apply::{self, Answer};
use crate::error::CacheError;
use crate::mirror::Mirror;
use crate::types::{Applied, Change};
use crate::writer::Writer;
use crate::{accounts, grants, meta, outbox, overlay};

/// The most answers that are held; each is some megabytes of rows.
const MOST: u32 = 16;

/// How long they are held, in milliseconds: people watch the download.
const LONGEST: i64 = 3_000;

/// Answers that are written and not committed yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filling {
    begun: Timestamp,
    answers: u32,
}

impl Filling {
    /// Whether it is to be seen now. A clock that was turned back says nothing.
    fn is_over(self, now: Timestamp) -> bool {
        self.answers >= MOST || !(0..LONGEST).contains(&now.0.saturating_sub(self.begun.0))
    }
}

/// What becomes of the mirror's side of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Show,
    Hold,
}

impl Writer {
    /// Applies an answer.
    pub(crate) fn apply(
        &mut self,
        reader: &Mutex<Connection>,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<Applied, CacheError> {
        if self.filling.is_none() {
            self.mirror.execute_batch("BEGIN IMMEDIATE")?;
        }
        let result = self.take_in(reader, answer, now);
        if result.is_err() {
            self.take_back();
        }
        result
    }

    /// Commits what is held, so that readers see it. What changed is told with the next answer,
    /// or by whoever asks for it.
    pub(crate) fn show(&mut self) -> Result<(), CacheError> {
        if self.filling.take().is_some() {
            let shown = self.mirror.execute_batch("COMMIT");
            if let Err(error) = shown {
                self.take_back();
                return Err(error.into());
            }
        } else if !self.mirror.is_autocommit() {
            // A panic came between.
            self.take_back();
        }
        Ok(())
    }

    /// Forgets what is not committed: it is asked for again.
    fn take_back(&mut self) {
        self.filling = None;
        if !self.mirror.is_autocommit() {
            // Where even this fails, the next use of the connection fails too, and is told.
            let _ = self.mirror.execute_batch("ROLLBACK");
        }
    }

    fn take_in(
        &mut self,
        reader: &Mutex<Connection>,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<Applied, CacheError> {
        let asked = std::mem::take(&mut self.asked);
        let tx = &self.mirror;
        let mut staged = apply::base(tx, answer, &asked, now)?;
        let is_held = |about| {
            Ok(match about {
                About::Workspace(id) => grants::get(tx, id)?.is_some(),
                About::Account(id) => accounts::get(tx, &id.to_bytes())?.is_some(),
            })
        };
        apply::settle(&mut self.outbox, answer, &mut staged, now, is_held)?;
        let apply::Staged { mut applied, erased, is_restored, .. } = staged;
        // If the mirror's commit fails now, its overlay still shows what is settled.
        self.is_stale = true;
        let pending = outbox::pending(&self.outbox)?;
        let differing = overlay::replay(&Mirror::new(tx, reader), &pending)?;
        let touched = overlay::touched(tx)?;
        if erased {
            meta::spend_key(tx)?;
        }
        let is_quiet = !erased && !is_restored && !applied.changed.pending && pending.is_empty();
        let then = self.then(is_quiet && applied.more, answer, now)?;
        self.end_turn(then, answer, now)?;
        self.is_stale = false;
        applied.changed.rosters.extend(touched.workspaces);
        applied.changed.contents.extend(touched.contents);
        applied.changed.pending |= !differing.is_empty();
        self.expect(&differing);
        if erased {
            self.is_log_dirty = true;
            self.empty_log();
        }
        self.tell(then, &mut applied);
        Ok(applied)
    }

    /// The first part of a download is seen at once; what follows it may wait for more.
    fn then(
        &self,
        may_wait: bool,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<Then, CacheError> {
        let is_more = may_wait && self.has_begun && answer.brings_parts();
        let is_over = self.filling.is_some_and(|held| held.is_over(now));
        let is_held = is_more && !is_over && grants::loading(&self.mirror)?.is_some();
        Ok(if is_held { Then::Hold } else { Then::Show })
    }

    fn end_turn(
        &mut self,
        then: Then,
        answer: &Answer<'_>,
        now: Timestamp,
    ) -> Result<(), CacheError> {
        match then {
            Then::Hold => {
                let held = self.filling.unwrap_or(Filling { begun: now, answers: 0 });
                self.filling = Some(Filling { answers: held.answers + 1, ..held });
            }
            Then::Show => {
                self.mirror.execute_batch("COMMIT")?;
                self.filling = None;
                self.has_begun |= answer.brings_parts();
            }
        }
        Ok(())
    }

    /// What nobody can see yet is told when they can.
    fn tell(&mut self, then: Then, applied: &mut Applied) {
        self.unseen.merge(std::mem::take(&mut applied.changed));
        if then == Then::Show {
            applied.changed = self.seen();
        }
    }

    /// What has become visible and was not told yet.
    pub(crate) fn seen(&mut self) -> Change {
        if self.filling.is_some() { Change::default() } else { std::mem::take(&mut self.unseen) }
    }
}
