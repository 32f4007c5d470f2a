//! The one function that opens SQLite: key, pragmas, migrations, and what to make of a file
//! that cannot be read.

use std::ffi::c_int;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{BrokenBy, CacheError};
use crate::keys::FileKey;
use crate::undone;

/// A forward step of a schema. The number is the day and a counter (2026-11-21, 01), so that the order of
/// steps is the order of their numbers.
pub(crate) type Migration = (i32, &'static str);

/// The mirror's steps. Released steps are never edited. A step may empty the copy: the server
/// brings back all of it.
pub(crate) const MIRROR: &[Migration] = &[
    (2_026_112_101, include_str!("sql/mirror_20261121.sql")),
    (2_026_112_201, include_str!("sql/mirror_20261122.sql")),
    (2_026_112_301, include_str!("sql/mirror_20261123.sql")),
    (2_026_112_431, include_str!("sql/mirror_20261124_names.sql")),
    (2_026_112_471, include_str!("sql/mirror_20261124_uses.sql")),
    (2_026_112_551, include_str!("sql/mirror_20261125_roles.sql")),
    (2_026_112_631, include_str!("sql/mirror_20261126_words.sql")),
    (2_026_112_711, include_str!("sql/mirror_20261127_acted.sql")),
    (2_026_112_731, include_str!("sql/mirror_20261127_standing.sql")),
    (2_026_112_801, include_str!("sql/mirror_20261128_ahead.sql")),
];

/// The outbox's steps. Released steps are never edited, and each keeps every command.
pub(crate) const OUTBOX: &[Migration] = &[
    (2_026_112_101, include_str!("sql/outbox_20261121.sql")),
    (2_026_112_201, include_str!("sql/outbox_20261122.sql")),
    (2_026_112_202, include_str!("sql/outbox_20261122_lease.sql")),
    (2_026_112_301, include_str!("sql/outbox_20261123.sql")),
    (2_026_112_302, include_str!("sql/outbox_20261123_erased.sql")),
    (2_026_112_401, include_str!("sql/outbox_20261124.sql")),
    (2_026_112_461, include_str!("sql/outbox_20261124_plans.sql")),
    (2_026_112_471, include_str!("sql/outbox_20261124_remind.sql")),
    (2_026_112_521, include_str!("sql/outbox_20261125_exported.sql")),
    (2_026_112_551, include_str!("sql/outbox_20261125_whose.sql")),
];

/// SQLite before this version can damage a write-ahead log that two connections reset at once.
const OLDEST_SQLITE: i32 = 3_051_003;

/// What is read and written as a whole, in bytes.
const PAGE: u64 = 4_096;

/// After how many pages of its log the mirror's file is brought up to date. Pages that answers
/// write again and again go there once; at SQLite's own 1,000, every second answer with a hundred
/// rows would wait for it.
const MOST_LOGGED: u32 = 4_000;

/// How many prepared statements a connection keeps: more than there are, because one answer goes
/// through most of them in turn and preparing costs more than running.
const STATEMENTS: usize = 256;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The one writer of the mirror: fast, because the server can bring back all of it.
    WriteMirror,
    /// The one writer of the outbox: a commit survives a power cut.
    WriteOutbox,
    /// A reader of either.
    Read,
}

/// What lies at a path, as far as can be told without decrypting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header {
    /// Nothing, an empty file, or one that was being made when everything stopped.
    Absent,
    /// A file made with this key.
    Ours,
    /// A file made with another key.
    Foreign,
    /// Too short to be one, or one that is not encrypted.
    Damaged,
}

/// Looks at the head of the file, where SQLCipher keeps the salt in the clear.
pub(crate) fn header(path: &Path, key: &FileKey) -> Result<Header, CacheError> {
    let mut head = Vec::with_capacity(16);
    let length = match File::open(path) {
        Ok(file) => {
            let length = file.metadata()?.len();
            file.take(16).read_to_end(&mut head)?;
            length
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Header::Absent),
        Err(error) => return Err(error.into()),
    };
    let is_half_made = || (length < PAGE || head == [0; 16]) && was_being_made(path);
    Ok(match head.as_slice() {
        [] => Header::Absent,
        _ if is_half_made() => Header::Absent,
        // SQLite takes less than a page for an empty database.
        head if length < PAGE || head == b"SQLite format 3\0" => Header::Damaged,
        head if head == key.salt() => Header::Ours,
        _ => Header::Foreign,
    })
}

/// Whether the journal of its making is beside it: SQLite begins again then. Later there is none.
fn was_being_made(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    fs::metadata(PathBuf::from(journal)).is_ok_and(|it| it.len() > 0)
}

/// Why a file with this header cannot be opened; `None` if it may be tried.
pub(crate) fn broken_by(header: Header) -> Option<BrokenBy> {
    match header {
        Header::Absent | Header::Ours => None,
        Header::Foreign => Some(BrokenBy::WrongKey),
        Header::Damaged => Some(BrokenBy::Damage),
    }
}

/// Opens one file and brings its schema up to date.
pub(crate) fn open(
    path: &Path,
    key: &FileKey,
    purpose: Use,
    migrations: &[Migration],
) -> Result<Connection, CacheError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = keyed(path, key, flags)?;
    suitable(&db)?;
    // The first read of the file: a wrong key or a damaged first page shows here.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    configure(&mut db, purpose)?;
    if purpose == Use::WriteOutbox {
        let [_, log, index] = family(path);
        undone::leaves_nothing(&mut db, log, index)?;
    }
    match purpose {
        Use::WriteMirror | Use::WriteOutbox => migrate(&mut db, migrations)?,
        Use::Read => db.pragma_update(None, "query_only", true)?,
    }
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// SQLCipher sets itself up with the first key of a process, and two first keys at the same
/// moment have been seen to fail. Giving a key takes no time, so they take turns.
static TURN: Mutex<()> = Mutex::new(());

pub(crate) fn keyed(
    path: &Path,
    key: &FileKey,
    flags: OpenFlags,
) -> Result<Connection, CacheError> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let db = Connection::open_with_flags(path, flags)?;
    // What cannot be read is told by the answer; on its own it writes to the console as well.
    db.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    db.execute_batch(&key.pragma())?;
    Ok(db)
}

fn suitable(db: &Connection) -> Result<(), CacheError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(CacheError::Unsuitable(rusqlite::version().to_owned()));
    }
    let cipher: Result<String, _> = db.query_row("PRAGMA cipher_version", [], |row| row.get(0));
    match cipher {
        Ok(version) if !version.is_empty() => Ok(()),
        _ => Err(CacheError::Unsuitable("no encryption".to_owned())),
    }
}

fn configure(db: &mut Connection, purpose: Use) -> Result<(), CacheError> {
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    // A plan is a function of the question: otherwise each new value of a limit makes SQLite
    // prepare the statement again.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    // Sorting in memory keeps plain text off the disk.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "secure_delete", true)?;
    db.pragma_update(None, "fullfsync", true)?;
    let (synchronous, kibibytes) = match purpose {
        Use::WriteMirror => ("NORMAL", 65_536),
        Use::WriteOutbox => ("FULL", 2_048),
        Use::Read => ("NORMAL", 8_192),
    };
    db.pragma_update(None, "synchronous", synchronous)?;
    db.pragma_update(None, "cache_size", -kibibytes)?;
    if purpose == Use::WriteMirror {
        db.pragma_update(None, "wal_autocheckpoint", MOST_LOGGED)?;
    }
    if purpose == Use::WriteOutbox {
        db.wal_hook(Some(bring_in))?;
    }
    Ok(())
}

/// After every commit of the outbox: what was kept goes into the file itself, whose pages are
/// sealed one by one, and the log is emptied. A log that is damaged loses every commit behind
/// the damage without a word; one that is empty has nothing to lose.
///
/// Where that fails, the commit is on the disk all the same, and the next one tries again.
#[expect(clippy::unnecessary_wraps, reason = "an error would be reported as one of the commit")]
fn bring_in(log: &mut Wal, _: c_int) -> rusqlite::Result<()> {
    let _ = log.checkpoint_v2(CheckpointMode::TRUNCATE);
    Ok(())
}

fn migrate(db: &mut Connection, migrations: &[Migration]) -> Result<(), CacheError> {
    let newest = migrations.last().map_or(0, |(number, _)| *number);
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > newest {
        return Err(CacheError::Newer);
    }
    if found == newest {
        return Ok(());
    }
    for (number, sql) in migrations {
        if *number > found {
            tx.execute_batch(sql)?;
        }
    }
    tx.pragma_update(None, "user_version", newest)?;
    tx.commit()?;
    Ok(())
}

/// The files that SQLite keeps for a database.
pub(crate) fn family(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Renames an unreadable file and its companions; an earlier one that was put aside goes.
pub(crate) fn quarantine(path: &Path) -> Result<(), CacheError> {
    for file in family(path) {
        let mut aside = file.as_os_str().to_owned();
        aside.push(".unreadable");
        match fs::rename(&file, PathBuf::from(aside)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Deletes a file and its companions.
pub(crate) fn delete(path: &Path) -> Result<(), CacheError> {
    for file in family(path) {
        let mut aside = file.as_os_str().to_owned();
        aside.push(".unreadable");
        for file in [file, PathBuf::from(aside)] {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error.into());
                }
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `PRAGMA synchronous` says for FULL.
    const FULL: i64 = 2;

    #[test]
    fn d1_the_outbox_syncs_with_every_commit() {
        let dir = tempfile::tempdir().expect("a folder");
        let key = FileKey::new(&[1; 32]);
        let db = open(&dir.path().join("outbox.db"), &key, Use::WriteOutbox, OUTBOX);
        let db = db.expect("opens");
        let found: Result<i64, _> = db.query_row("PRAGMA synchronous", [], |row| row.get(0));
        assert_eq!(found.expect("reads"), FULL, "a commit survives a power cut");
    }
}
