//! The folder of one login: its lock, its two files, and what is done with unreadable ones.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use muster_domain::{DeviceId, LoginId};
use rusqlite::Connection;

use crate::error::{BrokenBy, CacheError};
use crate::keys::FileKey;
use crate::open::{self, Use};
use crate::salvage;
use crate::types::{Opened, Salvaged};
use crate::wal::{self, Log};

pub(crate) const MIRROR: &str = "mirror.db";
pub(crate) const OUTBOX: &str = "outbox.db";
const LOCK: &str = "lock";
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
pub(crate) fn take_lock(dir: &Path) -> Result<File, CacheError> {
    let file = File::options().create(true).truncate(false).write(true).open(dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(CacheError::Locked),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens the outbox. What can be read of a damaged one is carried over into a new file, and the
/// damaged one is kept aside; one of another key or a newer version is not touched.
pub(crate) fn open_outbox(
    path: &Path,
    key: &FileKey,
    me: LoginId,
    device: DeviceId,
) -> Result<(Connection, Option<Salvaged>), CacheError> {
    salvage::resume(path)?;
    let header = open::header(path, key)?;
    let [_, log, _] = open::family(path);
    let log = wal::look(&log)?;
    let cause = match open::broken_by(header) {
        Some(cause) => cause,
        // SQLite would open it without the changes behind the damage, and never say so.
        None if log == Log::Broken => BrokenBy::Damage,
        None => match whole_outbox(path, key) {
            Ok(db) => return Ok((db, None)),
            Err(CacheError::Damaged) => BrokenBy::Damage,
            Err(other) => return Err(other),
        },
    };
    // A damaged head looks like another key's; a page that opens tells them apart.
    let is_ours = header == open::Header::Ours;
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
    let broken = open::broken_by(header).or_else(|| marker.exists().then_some(BrokenBy::Damage));
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
