//! The folder of one login: its lock, its two files, and what is done with unreadable ones.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use muster_domain::{DeviceId, LoginId};
use rusqlite::Connection;

use crate::error::{BrokenBy, CacheError};
use crate::keys::FileKey;
use crate::open::{self, Use};
use crate::salvage;
use crate::scratch::{self, Scratch};
use crate::types::{Opened, Salvaged};
use crate::wal::{self, Log};

pub(crate) const MIRROR: &str = "mirror.db";
pub(crate) const OUTBOX: &str = "outbox.db";
const LOCK: &str = "lock";
const PROBE: &str = "probe";
/// Stands beside a mirror that turned out to be damaged while it was open.
pub(crate) const DAMAGED: &str = "mirror.damaged";

/// Makes the folder, for its owner's eyes only.
pub(crate) fn make_private(dir: &Path) -> Result<(), CacheError> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Keeps other processes out for as long as the file is held.
pub(crate) fn take_lock(dir: &Path) -> Result<Lock, CacheError> {
    let file = File::options().create(true).truncate(false).write(true).open(dir.join(LOCK))?;
    Lock::take(file)
}

/// A lock that is let go of when this is dropped. Closing the file is not enough: a program that
/// was being started at that moment holds it too, for as long as its start takes.
pub(crate) struct Lock(File);

impl Lock {
    /// Of a file that is open already.
    pub(crate) fn take(file: File) -> Result<Self, CacheError> {
        locked(file.try_lock())?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Where that fails, the closing of the file does it.
        let _ = self.0.unlock();
    }
}

fn locked(tried: Result<(), TryLockError>) -> Result<(), CacheError> {
    match tried {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(CacheError::Locked),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// A folder that nobody else writes to while this is held.
pub(crate) struct Held {
    /// A folder of ours with a copy of the files, where nothing can be written to theirs. What
    /// happens in there is forgotten at the end.
    pub(crate) scratch: Option<Scratch>,
    _lock: Option<Lock>,
}

/// Takes a folder to write to it; or, where that is not possible and there is something in it,
/// to read it (security.md 2.7). Reading a write-ahead log takes writing, and a log may hold
/// what nothing else does, so what is read then is a copy of the files, under their keys.
pub(crate) fn hold(dir: &Path) -> Result<Held, CacheError> {
    scratch::sweep();
    let writing = || {
        make_private(dir)?;
        let lock = take_lock(dir)?;
        may_write(dir)?;
        Ok(lock)
    };
    match writing() {
        Ok(lock) => Ok(Held { scratch: None, _lock: Some(lock) }),
        Err(CacheError::Io(error)) if is_denied(&error) && has_copy(dir) => {
            let lock = reading(dir)?;
            Ok(Held { scratch: Some(Scratch::of(dir)?), _lock: lock })
        }
        Err(other) => Err(other),
    }
}

fn is_denied(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

fn has_copy(dir: &Path) -> bool {
    [MIRROR, OUTBOX].iter().any(|it| fs::metadata(dir.join(it)).is_ok_and(|it| it.len() > 0))
}

/// Makes sure that the folder and each file in it take a write.
fn may_write(dir: &Path) -> Result<(), CacheError> {
    let probe = dir.join(PROBE);
    File::create(&probe)?;
    fs::remove_file(probe)?;
    for file in [MIRROR, OUTBOX].iter().flat_map(|it| open::family(&dir.join(it))) {
        match File::options().write(true).open(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Keeps writers out, where any can be.
fn reading(dir: &Path) -> Result<Option<Lock>, CacheError> {
    match File::open(dir.join(LOCK)) {
        Ok(file) => {
            locked(file.try_lock_shared())?;
            Ok(Some(Lock(file)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Opens the outbox; `has_mirror` if there is a mirror of the same keys beside it. What can be
/// read of a damaged one is carried over into a new file, and the
/// damaged one is kept aside; one of another key or a newer version is not touched.
pub(crate) fn open_outbox(
    path: &Path,
    key: &FileKey,
    me: LoginId,
    device: DeviceId,
    has_mirror: bool,
) -> Result<(Connection, Option<Salvaged>), CacheError> {
    salvage::resume(path)?;
    let header = open::header(path, key)?;
    // It is made before the mirror, so that a mirror without one says that one was lost.
    let is_lost = has_mirror && header == open::Header::Absent;
    let [_, log, _] = open::family(path);
    let log = wal::look(&log)?;
    let cause = match open::broken_by(header) {
        Some(cause) => cause,
        // SQLite would open it without the changes behind the damage, and never say so.
        None if log == Log::Broken || is_lost => BrokenBy::Damage,
        None => match whole_outbox(path, key) {
            Ok(db) => return Ok((db, None)),
            Err(CacheError::Damaged) => BrokenBy::Damage,
            Err(other) => return Err(other),
        },
    };
    // A damaged head looks like another key's; a page that opens tells them apart. What is too
    // short for a page was not made with another key.
    let is_ours = match header {
        open::Header::Ours => true,
        open::Header::Absent | open::Header::Damaged => has_mirror,
        open::Header::Foreign => false,
    };
    match salvage::salvage(path, key, me, device, is_ours)? {
        Some(salvaged) => Ok((whole_outbox(path, key)?, Some(salvaged))),
        None => Err(CacheError::OutboxBroken(cause)),
    }
}

fn whole_outbox(path: &Path, key: &FileKey) -> Result<Connection, CacheError> {
    let db = open::open(path, key, Use::WriteOutbox, open::OUTBOX)?;
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(db) } else { Err(CacheError::Damaged) }
}

/// Opens the mirror; one that cannot be read is put aside and made anew.
pub(crate) fn open_mirror(dir: &Path, key: &FileKey) -> Result<(Connection, Opened), CacheError> {
    let path = dir.join(MIRROR);
    let marker = dir.join(DAMAGED);
    let header = open::header(&path, key)?;
    let was_there = header != open::Header::Absent;
    let [_, log, _] = open::family(&path);
    // SQLite would read it up to the damage, over a file that may be further.
    let is_damaged = marker.exists() || wal::look(&log)? == Log::Broken;
    let broken = open::broken_by(header).or_else(|| is_damaged.then_some(BrokenBy::Damage));
    let broken = match broken {
        Some(cause) => cause,
        None => match open::open(&path, key, Use::WriteMirror, open::MIRROR) {
            Ok(db) if was_there => return Ok((db, Opened::Found)),
            Ok(db) => return Ok((db, Opened::New)),
            Err(CacheError::Damaged) => BrokenBy::Damage,
            // The server brings back all of it in the form that this version knows.
            Err(CacheError::Newer) => BrokenBy::Newer,
            Err(other) => return Err(other),
        },
    };
    open::quarantine(&path)?;
    let db = open::open(&path, key, Use::WriteMirror, open::MIRROR)?;
    remove_if_there(&marker)?;
    Ok((db, Opened::Rebuilt(broken)))
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), CacheError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
