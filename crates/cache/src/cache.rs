//! The handle that the app holds: one writer, many readers, two files, one lock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use muster_domain::{Command, Decision, DeviceId, Login, Timestamp, WorkspaceId};
use muster_protocol::{Ask, Erased, Exported, Outcome, PROTOCOL, Policy, Say};
use rusqlite::Connection;

use crate::apply::Answer;
use crate::day::LastDay;
use crate::error::CacheError;
use crate::files::{
    DAMAGED, Held, MIRROR, OUTBOX, hold, open_mirror, open_outbox, remove_if_there, take_lock,
};
use crate::keys::{FileKey, Keys};
use crate::mirror::Mirror;
use crate::open::{self, Header, Use};
use crate::readers::Readers;
use crate::scratch::Scratch;
use crate::types::{
    Applied, Change, Label, LostEntry, Opened, OutboxEntry, PendingCounts, Salvaged, Submission,
    Tick, Undone,
};
use crate::writer::{Access, Asked, Writer, have, immediate, lock};
use crate::{choices, grants, lane, members, meta, outbox, overlay, renew, salvage, veil};

/// The version of the mirror's schema, as the server is told.
const SCHEMA: u32 = 3;

/// The copy and the outbox of one login on this device.
///
/// Calls block on the disk: keep them off an event loop. Reading never waits for writing.
pub struct Cache {
    pub(crate) dir: PathBuf,
    opened: Opened,
    salvaged: Option<Salvaged>,
    writer: Mutex<Writer>,
    pub(crate) readers: Readers,
    /// The roster of a day, while it is looked at.
    pub(crate) last_day: LastDay,
    pub(crate) outbox: Mutex<Connection>,
    /// Held until the end: two processes must not write (security.md 2.7).
    held: Held,
}

impl Cache {
    /// Opens the two files in `dir`, which is made if it is not there, and replays what waits
    /// over the confirmed rows.
    ///
    /// # Errors
    /// [`CacheError::Locked`] when another process has it open, [`CacheError::OutboxBroken`]
    /// when the outbox cannot be read, [`CacheError::Newer`], [`CacheError::Foreign`].
    pub fn open(
        dir: &Path,
        keys: &Keys,
        me: &Login,
        device: DeviceId,
    ) -> Result<Cache, CacheError> {
        let held = hold(dir)?;
        let dir = held.scratch.as_ref().map_or(dir, Scratch::path);
        let outbox_key = FileKey::new(&keys.outbox);
        let mirror_key = FileKey::new(&keys.mirror);
        let has_mirror = open::header(&dir.join(MIRROR), &mirror_key)? == Header::Ours;
        let (outbox_db, salvaged) =
            open_outbox(&dir.join(OUTBOX), &outbox_key, me.id, device, has_mirror)?;
        outbox::begin(&outbox_db, me.id, device)?;
        renew::tidy(dir)?;
        let reader = open::open(&dir.join(OUTBOX), &outbox_key, Use::Read, &[])?;
        let (mirror, opened) = sound_mirror(dir, keys, me)?;
        let mut cache = Cache {
            dir: dir.to_owned(),
            opened,
            salvaged,
            writer: Mutex::new(Writer {
                mirror,
                outbox: outbox_db,
                is_stale: true,
                is_log_dirty: true,
                fresh: Vec::new(),
                asked: Asked::default(),
                told: Vec::new(),
                told_exports: None,
                filling: None,
                has_begun: false,
                unseen: Change::default(),
                access: if held.scratch.is_some() { Access::Read } else { Access::Write },
            }),
            readers: Readers::new(dir.join(MIRROR), FileKey::new(&keys.mirror)),
            last_day: LastDay::default(),
            outbox: Mutex::new(reader),
            held,
        };
        match cache.writer().map(drop) {
            // What waits could not be laid over the copy: it is noted as damaged by now.
            Err(CacheError::Damaged) => cache.begin_again(keys, me)?,
            other => other?,
        }
        Ok(cache)
    }

    /// Puts a mirror that turned out to be damaged aside, before anybody has read from it.
    fn begin_again(&mut self, keys: &Keys, me: &Login) -> Result<(), CacheError> {
        {
            let mut writer = lock(&self.writer);
            // Its name must not belong to an open file when another one takes it.
            writer.mirror = Connection::open_in_memory()?;
            let (mirror, opened) = sound_mirror(&self.dir, keys, me)?;
            (writer.mirror, writer.is_stale) = (mirror, true);
            self.opened = opened;
        }
        self.writer().map(drop)
    }

    /// Whether the folder could not be written to: everything can be read as it was, and nothing
    /// is accepted, sent or fetched.
    pub fn is_read_only(&self) -> bool {
        self.held.scratch.is_some()
    }

    /// How the mirror was found.
    pub fn opened(&self) -> Opened {
        self.opened
    }

    /// What was carried over at the opening, if the outbox was damaged.
    pub fn salvaged(&self) -> Option<&Salvaged> {
        self.salvaged.as_ref()
    }

    /// Commands that could not be saved out of a damaged outbox, until the person has read of
    /// them.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn lost(&self) -> Result<Vec<LostEntry>, CacheError> {
        self.ask_outbox(outbox::lost)
    }

    /// The person has read of them.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn forget_lost(&self) -> Result<(), CacheError> {
        self.writer()?.in_outbox(outbox::forget_lost)
    }

    /// The writer, with a mirror that shows what the outbox says and what the server said.
    pub(crate) fn writer(&self) -> Result<MutexGuard<'_, Writer>, CacheError> {
        let mut writer = lock(&self.writer);
        self.watch(writer.show())?;
        self.current(writer)
    }

    /// The same, where a first download goes on.
    fn filler(&self) -> Result<MutexGuard<'_, Writer>, CacheError> {
        let mut writer = lock(&self.writer);
        if writer.filling.is_some() {
            return Ok(writer);
        }
        self.watch(writer.show())?;
        self.current(writer)
    }

    fn current<'a>(
        &self,
        mut writer: MutexGuard<'a, Writer>,
    ) -> Result<MutexGuard<'a, Writer>, CacheError> {
        if writer.is_stale {
            self.watch(writer.rebase(&self.outbox))?;
        }
        writer.empty_log();
        Ok(writer)
    }

    /// Notes damage of the mirror, so that the next opening makes a new one.
    pub(crate) fn watch<T>(&self, result: Result<T, CacheError>) -> Result<T, CacheError> {
        if let Err(CacheError::Damaged) = &result {
            // If even this fails, the next opening finds the damage again.
            let _ = fs::write(self.dir.join(DAMAGED), b"");
        }
        result
    }

    /// Reads from one consistent view.
    ///
    /// # Errors
    /// Whatever `f` says, or [`CacheError`] when the mirror cannot be read.
    pub fn read<T>(
        &self,
        f: impl FnOnce(&Mirror<'_>) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        self.watch(self.readers.ask(|reader, _| {
            let tx = reader.unchecked_transaction()?;
            f(&Mirror::new(&tx, &self.outbox))
        }))
    }

    pub(crate) fn ask_outbox<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        ask(&lock(&self.outbox))
    }

    /// Decides a command and keeps it if it is accepted or cannot be decided here. What is
    /// kept is on the disk when this returns.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then nothing was kept.
    pub fn submit(
        &self,
        command: &Command,
        now: Timestamp,
        label: Label,
    ) -> Result<Submission, CacheError> {
        let mut submissions = self.submit_all(&[(command.clone(), label)], now)?;
        submissions.pop().ok_or(CacheError::Damaged)
    }

    /// Decides commands one after the other, each over the effects of those before it, and
    /// keeps those that are accepted or cannot be decided here; all of them or, on an error,
    /// none.
    ///
    /// # Errors
    /// [`CacheError::DiskFull`] and others; then nothing was kept.
    pub fn submit_all(
        &self,
        commands: &[(Command, Label)],
        now: Timestamp,
    ) -> Result<Vec<Submission>, CacheError> {
        self.refuse_locked(commands)?;
        let mut writer = self.writer()?;
        let result = writer.submit(&self.outbox, commands, now, |_, _| Ok(()));
        drop(writer);
        self.watch(result)
    }

    /// Decides a command; nothing is kept.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn predict(&self, command: &Command, now: Timestamp) -> Result<Decision, CacheError> {
        self.read(|mirror| overlay::judge(mirror, command, now))
    }

    /// Takes back a command that was never sent, and waiting ones that build on it.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn undo(&self, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
        let mut writer = self.writer()?;
        let undone = writer.in_outbox(|tx| outbox::undo(tx, n, now))?;
        if undone == Undone::Done {
            writer.is_stale = true;
            self.watch(writer.rebase(&self.outbox))?;
        }
        Ok(undone)
    }

    /// Takes a refused command off the list of refused ones.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written.
    pub fn discard(&self, n: u64, now: Timestamp) -> Result<Undone, CacheError> {
        self.writer()?.in_outbox(|tx| outbox::discard(tx, n, now))
    }

    /// Entries without what is locked.
    fn veiled(&self, entries: Vec<OutboxEntry>) -> Vec<OutboxEntry> {
        let lapse = self.readers.lapse();
        entries.into_iter().map(|entry| veil::over(&lapse, entry)).collect()
    }

    /// What waits for the server, oldest first.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn pending(&self) -> Result<Vec<OutboxEntry>, CacheError> {
        Ok(self.veiled(self.ask_outbox(outbox::pending)?))
    }

    /// What was refused and not discarded, newest first.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn refused(&self) -> Result<Vec<OutboxEntry>, CacheError> {
        Ok(self.veiled(self.ask_outbox(outbox::refused)?))
    }

    /// What was refused in the last 30 days or still stands as refused, newest first.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn refusals(&self, limit: u32) -> Result<Vec<OutboxEntry>, CacheError> {
        Ok(self.veiled(self.ask_outbox(|db| outbox::refusals(db, limit))?))
    }

    /// What took effect in the last 30 days, newest first.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn settled(&self, limit: u32) -> Result<Vec<OutboxEntry>, CacheError> {
        Ok(self.veiled(self.ask_outbox(|db| outbox::settled(db, limit))?))
    }

    /// One command.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn entry(&self, n: u64) -> Result<Option<OutboxEntry>, CacheError> {
        let lapse = self.readers.lapse();
        let entry = self.ask_outbox(|db| outbox::entry(db, n))?;
        Ok(entry.map(|entry| veil::over(&lapse, entry)))
    }

    /// How much waits.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn counts(&self) -> Result<PendingCounts, CacheError> {
        self.ask_outbox(outbox::counts)
    }

    /// What the server said of a command.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be read.
    pub fn outcome(&self, n: u64) -> Result<Option<Outcome>, CacheError> {
        Ok(self.entry(n)?.and_then(|entry| entry.outcome))
    }

    /// The next request to the server. Its commands have their numbers on the disk when this
    /// returns; from then on they may have reached the server.
    ///
    /// # Errors
    /// [`CacheError`] when the files cannot be read or written.
    pub fn request(&self, build: &str, budget: u32) -> Result<Vec<Ask>, CacheError> {
        let mut writer = self.filler()?;
        let batch = writer.in_outbox(lane::take)?;
        writer.fresh.clone_from(&batch.fresh);
        let device = writer.outbox.query_row("SELECT device FROM lane", [], |row| row.get(0))?;
        let open = choices::last_opened(&writer.outbox)?;
        let have = self.watch(have(&writer.mirror, open, budget))?;
        writer.asked = Asked { parts: have.want.clone(), logs: have.logs.clone() };
        let hello = Ask::Hello {
            proto: PROTOCOL,
            build: build.to_owned(),
            schema: SCHEMA,
            rules: muster_domain::RULES_VERSION,
            device: DeviceId::from_bytes(device),
        };
        let mut request = vec![hello, Ask::Have(have), Ask::Lane(batch.lane)];
        request.extend(batch.pushes.into_iter().map(Ask::Command));
        writer.told = self.watch(erased(&writer))?;
        request.extend(writer.told.iter().copied().map(Ask::Erased));
        let exported = lane::exported(&writer.outbox)?;
        writer.told_exports = exported.last().map(|(id, _)| *id);
        request.extend(exported.into_iter().map(|(_, it)| Ask::Exported(it)));
        Ok(request)
    }

    /// A table leaves the copy as a file or onto paper: kept until the server has been told.
    /// Where nothing can be kept, because the folder cannot be written to, it is told if there
    /// is a contact before the end: what is there can always be saved elsewhere.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written; then nothing may leave.
    pub fn note_exported(&self, exported: &Exported) -> Result<(), CacheError> {
        self.writer()?.note_in_outbox(|tx| lane::note_exported(tx, exported))
    }

    /// The last request certainly was not decided on: nobody took the connection, or the
    /// server said that it did not look at it. What it carried for the first time waits again
    /// and can be taken back. Where that is not certain, this must not be called.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox cannot be written; then it may count as sent.
    pub fn not_sent(&self) -> Result<(), CacheError> {
        let mut writer = self.writer()?;
        let fresh = std::mem::take(&mut writer.fresh);
        if fresh.is_empty() {
            return Ok(());
        }
        writer.in_outbox(|tx| lane::give_back(tx, &fresh))
    }

    /// Shows what came of a first download so far: answers of one may share a transaction, which
    /// ends with the last of them, after some seconds, or when anybody writes.
    ///
    /// # Errors
    /// [`CacheError`] when it cannot be written; then it is fetched again.
    pub fn show(&self) -> Result<(), CacheError> {
        self.writer().map(drop)
    }

    /// Applies an answer in one local transaction. `now` is the device's time, for the age of
    /// settled commands alone.
    ///
    /// # Errors
    /// [`CacheError::CutOff`] for an answer without its end, which changes nothing;
    /// [`CacheError::DiskFull`], after which the same exchange may be made again.
    pub fn apply(&self, answer: &[Say], now: Timestamp) -> Result<Applied, CacheError> {
        let answer = Answer::new(answer)?;
        let mut writer = self.filler()?;
        let fresh = std::mem::take(&mut writer.fresh);
        let applied = self.watch(writer.apply(&self.outbox, &answer, now));
        // Names may have gone, or a whole workspace.
        self.last_day.forget();
        let mut applied = applied?;
        let told = std::mem::take(&mut writer.told);
        let exports = writer.told_exports.take();
        match answer.policy {
            Policy::Ok if told.is_empty() && exports.is_none() => {}
            Policy::Ok => writer.in_outbox(|tx| {
                lane::told_erased(tx, &told)?;
                exports.map_or(Ok(()), |through| lane::told_exported(tx, through))
            })?,
            // The server's own word that it decides nothing of this version's: what was on its
            // way for the first time can be taken back again.
            Policy::ReadOnly | Policy::Upgrade if !fresh.is_empty() => {
                writer.in_outbox(|tx| lane::give_back(tx, &fresh))?;
                applied.changed.pending = true;
            }
            Policy::ReadOnly | Policy::Upgrade | Policy::NotNow => {}
        }
        applied.changed.merge(self.watch(self.lock_up(&mut writer, now))?);
        Ok(applied)
    }

    /// The workspace is open now: it is fetched first, is the first of the recent ones, and
    /// what is new in it counts as seen.
    ///
    /// # Errors
    /// [`CacheError`] when the files cannot be written.
    pub fn prefer(&self, workspace: WorkspaceId) -> Result<(), CacheError> {
        if self.is_read_only() {
            // Nobody asked for it to be remembered.
            return Ok(());
        }
        let mut writer = self.writer()?;
        writer.in_outbox(|tx| choices::note_opened(tx, workspace))?;
        let tx = immediate(&mut writer.mirror)?;
        members::clear_new(&tx, workspace)?;
        tx.commit()?;
        Ok(())
    }

    /// Hides a workspace from the switcher of this device, or shows it again (E-19).
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn set_hidden(&self, workspace: WorkspaceId, hidden: Tick) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| choices::set_hidden(tx, workspace, hidden))
    }

    /// Pins these workspaces, in this order, and no others.
    ///
    /// # Errors
    /// [`CacheError`] when the outbox's file cannot be written.
    pub fn set_pinned(&self, workspaces: &[WorkspaceId]) -> Result<(), CacheError> {
        self.writer()?.in_outbox(|tx| choices::set_pinned(tx, workspaces))
    }

    /// What would become of the commands one after the other, each over the effects of those
    /// before it that are accepted; nothing is kept (E-47).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn rehearse(
        &self,
        commands: &[Command],
        now: Timestamp,
    ) -> Result<Vec<Decision>, CacheError> {
        let mut writer = self.writer()?;
        let result = writer.rehearse(&self.outbox, commands, now);
        drop(writer);
        self.watch(result)
    }

    /// On sign-out: deletes both files of a folder that nobody has open. The person has been
    /// asked about what is not sent.
    ///
    /// # Errors
    /// [`CacheError::Locked`] when somebody has it open.
    pub fn erase(dir: &Path) -> Result<(), CacheError> {
        if !dir.exists() {
            return Ok(());
        }
        let _held = take_lock(dir)?;
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            // Also what was put aside in its time.
            if [MIRROR, OUTBOX, DAMAGED].iter().any(|it| begins(&name, it)) {
                remove_if_there(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Puts an outbox that cannot be opened out of the way, so that a new one can be made. The
    /// person was told what that costs and said yes; the file stays beside the new one. The copy
    /// goes: one without an outbox says that unsent work was lost.
    ///
    /// # Errors
    /// [`CacheError::Locked`] when somebody has the folder open.
    pub fn put_outbox_aside(dir: &Path) -> Result<(), CacheError> {
        let _held = take_lock(dir)?;
        open::delete(&dir.join(MIRROR))?;
        salvage::put_aside(&dir.join(OUTBOX))
    }

    /// Bounds both files, so that a test can fill the disk.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, mirror: Option<u32>, outbox: Option<u32>) {
        let writer = lock(&self.writer);
        for (db, limit) in [(&writer.mirror, mirror), (&writer.outbox, outbox)] {
            let used: u32 = db.query_row("PRAGMA page_count", [], |row| row.get(0)).expect("reads");
            let limit = limit.map_or(u32::MAX - 1, |spare| used + spare);
            db.query_row(&format!("PRAGMA max_page_count = {limit}"), [], |_| Ok(()))
                .expect("takes a limit");
        }
    }

    /// Leaves what is kept in the outbox's log, as a disk does that fails between the two.
    #[cfg(test)]
    pub(crate) fn keep_in_log(&self) {
        let db = &mut lock(&self.writer).outbox;
        let hook: Option<fn(&mut rusqlite::hooks::Wal, std::ffi::c_int) -> rusqlite::Result<()>> =
            None;
        db.wal_hook(hook).expect("takes none");
    }

    /// The outbox's half of applying an answer, as if the process had stopped after it.
    #[cfg(test)]
    pub(crate) fn settle_only(&self, answer: &[Say]) {
        let answer = Answer::new(answer).expect("is whole");
        let mut writer = lock(&self.writer);
        let Writer { mirror, outbox, .. } = &mut *writer;
        let tx = immediate(mirror).expect("begins");
        let mut staged =
            crate::apply::base(&tx, &answer, &crate::writer::Asked::default(), Timestamp(0))
                .expect("stages");
        crate::apply::settle(outbox, &answer, &mut staged, Timestamp(0), |_| Ok(true))
            .expect("settles");
    }

    /// The writer's mirror, so that a test can look below the interface.
    #[cfg(test)]
    pub(crate) fn with_mirror<T>(&self, f: impl FnOnce(&Connection) -> T) -> T {
        f(&lock(&self.writer).mirror)
    }
}

impl Drop for Cache {
    /// What came so far need not be fetched again.
    fn drop(&mut self) {
        // What cannot be written is.
        let _ = lock(&self.writer).show();
    }
}

/// The mirror of this person. Damage below its first page is met by the first question: then it
/// is put aside like one that did not open, and a new one is made, once.
fn sound_mirror(dir: &Path, keys: &Keys, me: &Login) -> Result<(Connection, Opened), CacheError> {
    let begin = || -> Result<(Connection, Opened), CacheError> {
        let (mirror, opened) = open_mirror(dir, &FileKey::new(&keys.mirror))?;
        match meta::me(&mirror)? {
            Some(found) if found.id != me.id => return Err(CacheError::Foreign),
            Some(_) => {}
            None => meta::set_me(&mirror, me)?,
        }
        Ok((mirror, opened))
    };
    match begin() {
        Err(CacheError::Damaged) => {
            fs::write(dir.join(DAMAGED), b"")?;
            begin()
        }
        other => other,
    }
}

fn begins(name: &std::ffi::OsStr, with: &str) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(with))
}

/// What may be told as erased: after a stop between the outbox and the mirror, the rows are
/// still there.
fn erased(writer: &Writer) -> Result<Vec<Erased>, CacheError> {
    let mut erased = Vec::new();
    for it in lane::erased(&writer.outbox)? {
        if grants::get(&writer.mirror, it.workspace)?.is_none() {
            erased.push(it);
        }
    }
    Ok(erased)
}
