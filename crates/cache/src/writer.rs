//! The one writer: both files, and the order in which they are written.
//!
//! The outbox is always committed before the mirror. A stop between the two leaves an outbox
//! that knows more than the mirror, which a rebase repairs; never the other way round.

use std::sync::{Mutex, MutexGuard, PoisonError};

use muster_domain::{Command, Decision, Timestamp, WorkspaceId};
use muster_protocol::{Erased, Have, LogWant, MAX_COMMANDS, Want};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::CacheError;
use crate::filling::Filling;
use crate::mirror::Mirror;
use crate::outbox::Draft;
use crate::types::{Change, Expected, Label, OutboxEntry, Submission};
use crate::{drafts, grants, log, meta, outbox, overlay};

/// The writing connections and what is not as it should be yet.
pub(crate) struct Writer {
    pub(crate) mirror: Connection,
    pub(crate) outbox: Connection,
    /// The mirror's overlay is not what the outbox says; to be replayed before anything else.
    pub(crate) is_stale: bool,
    /// Rows were erased, but the log could not be emptied yet.
    pub(crate) is_log_dirty: bool,
    /// What the last request carried for the first time.
    pub(crate) fresh: Vec<u64>,
    /// What the last request asked for.
    pub(crate) asked: Asked,
    /// What the last request told as erased.
    pub(crate) told: Vec<Erased>,
    /// Up to which export the last request told.
    pub(crate) told_exports: Option<i64>,
    /// Answers of a first download that are not committed yet.
    pub(crate) filling: Option<Filling>,
    /// Whether a part of a download was shown since the start.
    pub(crate) has_begun: bool,
    /// What changed with answers that nobody could see when they came.
    pub(crate) unseen: Change,
    /// Whether what is kept here stays.
    pub(crate) access: Access,
}

/// What a request asks for: an answer goes on from there and from nowhere else.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// Parts of workspaces that are fetched whole.
    pub(crate) parts: Vec<Want>,
    /// Parts of histories.
    pub(crate) logs: Vec<LogWant>,
}

/// What may be done with the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Write,
    /// They are a copy of files that cannot be written to, and are forgotten at the end.
    Read,
}

/// Takes a lock. A panic while it was held rolled its transaction back.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins a transaction that writes.
pub(crate) fn immediate(db: &mut Connection) -> Result<Transaction<'_>, CacheError> {
    Ok(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

impl Writer {
    /// Nothing is accepted that would not be kept.
    fn accept(&self) -> Result<(), CacheError> {
        match self.access {
            Access::Write => Ok(()),
            Access::Read => Err(CacheError::ReadOnly),
        }
    }

    pub(crate) fn in_outbox<T>(
        &mut self,
        f: impl FnOnce(&Connection) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        self.accept()?;
        self.note_in_outbox(f)
    }

    /// The same for what nobody asked for: it may be forgotten at the end.
    pub(crate) fn note_in_outbox<T>(
        &mut self,
        f: impl FnOnce(&Connection) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        let tx = immediate(&mut self.outbox)?;
        let result = f(&tx)?;
        tx.commit()?;
        Ok(result)
    }

    /// Makes the mirror show what the outbox says: confirmed rows back, pending ones replayed.
    pub(crate) fn rebase(&mut self, reader: &Mutex<Connection>) -> Result<(), CacheError> {
        let pending = outbox::pending(&self.outbox)?;
        let tx = immediate(&mut self.mirror)?;
        overlay::restore(&tx)?;
        overlay::replay(&Mirror::new(&tx, reader), &ahead(&tx, &self.outbox)?)?;
        let differing = overlay::replay(&Mirror::new(&tx, reader), &pending)?;
        tx.commit()?;
        self.is_stale = false;
        self.expect(&differing);
        Ok(())
    }

    /// `kept` is told of each command that waits, in the same transaction.
    pub(crate) fn submit(
        &mut self,
        reader: &Mutex<Connection>,
        commands: &[(Command, Label)],
        now: Timestamp,
        kept: impl Fn(&Connection, u64) -> Result<(), CacheError>,
    ) -> Result<Vec<Submission>, CacheError> {
        self.accept()?;
        let outbox = immediate(&mut self.outbox)?;
        let mirror = immediate(&mut self.mirror)?;
        let mut submissions = Vec::with_capacity(commands.len());
        for (command, label) in commands {
            let decision = overlay::judge(&Mirror::new(&mirror, reader), command, now)?;
            // E-44: what was never sent is taken back without a word to the server.
            if let Some(cancelled) = drafts::cancels(&outbox, command)? {
                drafts::cancel(&outbox, cancelled, now)?;
                overlay_anew(&outbox, &mirror, reader)?;
                submissions.push(Submission { n: None, decision, cancelled: Some(cancelled) });
                continue;
            }
            let n = decided(&outbox, &mirror, (command, label), &decision, now)?;
            if let Some(n) = n {
                kept(&outbox, n)?;
            }
            submissions.push(Submission { n, decision, cancelled: None });
        }
        if submissions.iter().all(|it| it.n.is_none() && it.cancelled.is_none()) {
            return Ok(submissions);
        }
        outbox.commit()?;
        // From here on it is kept, whatever happens to the mirror.
        if mirror.commit().is_err() {
            self.is_stale = true;
        }
        Ok(submissions)
    }

    /// Moves drafts into the outbox, those that the rules let go.
    pub(crate) fn send_drafts(
        &mut self,
        reader: &Mutex<Connection>,
        ids: &[u64],
        now: Timestamp,
    ) -> Result<Vec<(u64, Submission)>, CacheError> {
        self.accept()?;
        let outbox = immediate(&mut self.outbox)?;
        let mirror = immediate(&mut self.mirror)?;
        let mut submissions = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(draft) = drafts::get(&outbox, *id)? else { continue };
            let Some(command) = &draft.command else { continue };
            let decision = overlay::judge(&Mirror::new(&mirror, reader), command, now)?;
            let n = decided(&outbox, &mirror, (command, &draft.label), &decision, now)?;
            if let Some(n) = n {
                drafts::sent(&outbox, *id, n)?;
            }
            submissions.push((*id, Submission { n, decision, cancelled: None }));
        }
        outbox.commit()?;
        if mirror.commit().is_err() {
            self.is_stale = true;
        }
        Ok(submissions)
    }

    /// What would become of the commands one after the other; nothing is kept.
    pub(crate) fn rehearse(
        &mut self,
        reader: &Mutex<Connection>,
        commands: &[Command],
        now: Timestamp,
    ) -> Result<Vec<Decision>, CacheError> {
        // Dropped at the end, and everything in it with it.
        let tx = immediate(&mut self.mirror)?;
        commands
            .iter()
            .map(|command| {
                let decision = overlay::judge(&Mirror::new(&tx, reader), command, now)?;
                if let Decision::Accept(events) = &decision {
                    overlay::write(&tx, events)?;
                }
                Ok(decision)
            })
            .collect()
    }

    /// Keeps new expectations. They are advice; if the disk is full they stay as they were.
    pub(crate) fn expect(&mut self, differing: &[(u64, Expected)]) {
        if differing.is_empty() {
            return;
        }
        let _ = self.note_in_outbox(|tx| {
            differing.iter().try_for_each(|(n, expected)| outbox::expect(tx, *n, expected))
        });
    }

    /// Erased rows must not live on in the write-ahead log. A reader in the way delays it to
    /// the next write.
    pub(crate) fn empty_log(&mut self) {
        if self.is_log_dirty {
            let busy: Result<i64, _> =
                self.mirror.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
            self.is_log_dirty = busy.unwrap_or(1) != 0;
        }
    }
}

/// Accepted commands whose effect the mirror has not read yet, oldest first: a stop came
/// between the two commits. Without them somebody would act on a state that is over. What a
/// server has accepted that was restored since is no part of its history any more
/// (sync.md 4.10), and its number says nothing of the present one's.
fn ahead(mirror: &Connection, outbox: &Connection) -> Result<Vec<OutboxEntry>, CacheError> {
    let Some(epoch) = meta::epoch(mirror)? else { return Ok(Vec::new()) };
    let settled = outbox::settled_under(outbox, epoch, MAX_COMMANDS)?;
    let cursors = grants::cursors(mirror)?;
    let is_ahead = |entry: &OutboxEntry| -> Result<bool, CacheError> {
        let seq = entry.outcome.as_ref().and_then(|outcome| outcome.seq);
        let held = match entry.workspace {
            Some(workspace) => grants::get(mirror, workspace)?,
            None => None,
        };
        let (Some(seq), Some(held)) = (seq, held) else { return Ok(false) };
        let read = cursors.iter().find(|cursor| cursor.account == held.grant.account);
        Ok(read.is_some_and(|cursor| seq > cursor.seq))
    };
    let mut found = Vec::new();
    for entry in settled {
        if is_ahead(&entry)? {
            found.push(entry);
        }
    }
    found.reverse();
    Ok(found)
}

/// Keeps a command that the rules accept or cannot decide here, and shows what it does.
fn decided(
    outbox: &Connection,
    mirror: &Connection,
    (command, label): (&Command, &Label),
    decision: &Decision,
    now: Timestamp,
) -> Result<Option<u64>, CacheError> {
    match decision {
        Decision::Accept(events) => overlay::write(mirror, events)?,
        Decision::Unknown => {}
        Decision::NoOp | Decision::Refuse(_) | Decision::Hide => return Ok(None),
    }
    keep(outbox, mirror, command, label, decision, now).map(Some)
}

/// Replays what waits, in the middle of a transaction that took something back.
fn overlay_anew(
    outbox: &Connection,
    mirror: &Connection,
    reader: &Mutex<Connection>,
) -> Result<(), CacheError> {
    overlay::restore(mirror)?;
    overlay::replay(&Mirror::new(mirror, reader), &ahead(mirror, outbox)?)?;
    overlay::replay(&Mirror::new(mirror, reader), &outbox::pending(outbox)?)?;
    Ok(())
}

fn keep(
    outbox: &Connection,
    mirror: &Connection,
    command: &Command,
    label: &Label,
    decision: &Decision,
    made_at: Timestamp,
) -> Result<u64, CacheError> {
    let grant = match command.workspace() {
        Some(workspace) => grants::get(mirror, workspace)?.map(|held| held.grant.grant_seq),
        None => None,
    };
    let expected = Expected::from(decision);
    outbox::add(outbox, &Draft { command, label, made_at, grant, expected })
}

/// What the mirror holds and wants; the open workspace comes first.
pub(crate) fn have(
    db: &Connection,
    open: Option<WorkspaceId>,
    budget: u32,
) -> Result<Have, CacheError> {
    let want = grants::wanted(db, open)?;
    // The app is usable without the past, so every row comes first.
    let logs = if want.is_empty() { log::wanted(db, open)? } else { Vec::new() };
    Ok(Have {
        epoch: meta::epoch(db)?,
        cursors: grants::cursors(db)?,
        grants: grants::digest(db)?,
        want,
        logs,
        budget,
    })
}
