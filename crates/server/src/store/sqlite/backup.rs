//! Backups: a copy of a running server's data, and putting one back so that every app notices.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use muster_domain::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::history::{ChainError, verified};
use crate::secret::random;
use crate::serve::{DATABASE, MARK, SECRET};
use crate::store::{Store, StoreError};

use super::SqliteStore;

/// Why a backup was not made or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no database to copy.
    #[error("no database in `{}`", path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// The folder for the copy has one already.
    #[error("`{}` holds a backup already", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The data folder is in use.
    #[error("a server is running on this data folder; stop it first")]
    Running,
    /// The copy is damaged.
    #[error("backup is damaged: {0}")]
    Damaged(String),
    /// The history in the copy does not hold together.
    #[error("history of the backup does not hold together")]
    History(#[from] ChainError),
    /// A file could not be read or written.
    #[error("`{}` cannot be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// SQLite reported an error.
    #[error("database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many chains of the history were checked.
    pub chains: usize,
    /// Where what was there before stands now.
    pub replaced: Option<PathBuf>,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    |source| BackupError::File { path, source }
}

/// Copies the data of a folder as it is at one moment. The server may be running.
///
/// # Errors
/// See [`BackupError`].
pub fn backup(data: &Path, to: &Path) -> Result<(), BackupError> {
    let (database, copy) = (data.join(DATABASE), to.join(DATABASE));
    if !database.exists() {
        return Err(BackupError::Nothing { path: data.to_owned() });
    }
    if copy.exists() {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    fs::create_dir_all(to).map_err(at(to))?;
    let source = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let part = fresh_part(to)?;
    source.execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
    synced(&part)?;
    private_copy(&data.join(SECRET), &to.join(SECRET))?;
    fs::rename(&part, &copy).map_err(at(&copy))
}

/// Puts a backup back into a data folder on which no server runs. What was there is kept under
/// another name, and the history gets another epoch: every app starts over from the server's
/// rows, and keeps what it has not sent (sync.md 4.10).
///
/// # Errors
/// See [`BackupError`]. Nothing was replaced if there is one.
pub fn restore(data: &Path, from: &Path, now: Timestamp) -> Result<Restored, BackupError> {
    let copy = from.join(DATABASE);
    if !copy.exists() {
        return Err(BackupError::Nothing { path: from.to_owned() });
    }
    fs::create_dir_all(data).map_err(at(data))?;
    let database = data.join(DATABASE);
    if database.exists() {
        alone(&database)?;
    }
    let part = fresh_part(data)?;
    fs::copy(&copy, &part).map_err(at(&part))?;
    let chains = renewed(&part)?;
    synced(&part)?;
    let replaced = put_aside(data, now)?;
    private_copy(&from.join(SECRET), &data.join(SECRET))?;
    fs::rename(&part, &database).map_err(at(&database))?;
    Ok(Restored { chains, replaced })
}

/// Where a copy grows until it is whole; what an earlier try left there goes.
fn fresh_part(folder: &Path) -> Result<PathBuf, BackupError> {
    for name in ["muster.db.part-wal", "muster.db.part-shm", "muster.db.part"] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(folder.join("muster.db.part"))
}

/// Fails while anybody else has the database open: only whoever is alone can leave the mode in
/// which readers and a writer work side by side.
fn alone(database: &Path) -> Result<(), BackupError> {
    let connection = Connection::open(database)?;
    connection.busy_timeout(std::time::Duration::ZERO)?;
    let mode = |mode: &str| {
        connection
            .query_row(&format!("PRAGMA journal_mode = {mode}"), [], |row| row.get::<_, String>(0))
    };
    match mode("DELETE") {
        Ok(now) if now == "delete" => Ok(()),
        Ok(_) | Err(_) => Err(BackupError::Running),
    }
}

/// Checks a copy and begins another history on it; how many chains it has.
fn renewed(copy: &Path) -> Result<usize, BackupError> {
    {
        let connection = Connection::open(copy)?;
        let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found != "ok" {
            return Err(BackupError::Damaged(found));
        }
    }
    let epoch = random::<8>().map(u64::from_be_bytes).map_err(at(copy))?;
    let store = SqliteStore::open(copy, epoch)?;
    let mut checked = 0;
    {
        let snapshot = store.read()?;
        for account in snapshot.accounts()? {
            for chain in snapshot.chains(account)? {
                verified(&*snapshot, chain)?;
                checked += 1;
            }
        }
    }
    store.begin_anew(epoch)?;
    drop(store);
    // What is in the log beside it comes into the one file that is moved.
    let connection = Connection::open(copy)?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(checked)
}

/// Renames what is in the data folder; the mark goes, for it is of what was there.
fn put_aside(data: &Path, now: Timestamp) -> Result<Option<PathBuf>, BackupError> {
    let mark = data.join(MARK);
    if mark.exists() {
        fs::remove_file(&mark).map_err(at(&mark))?;
    }
    let aside = |name: &str| -> Result<Option<PathBuf>, BackupError> {
        let (path, kept) = (data.join(name), data.join(format!("{name}.before-{}", now.0)));
        if !path.exists() {
            return Ok(None);
        }
        fs::rename(&path, &kept).map_err(at(&kept))?;
        Ok(Some(kept))
    };
    aside(SECRET)?;
    aside(DATABASE)
}

/// Copies a file that only its owner may read; a backup without it is one all the same.
fn private_copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    if from.exists() {
        fs::copy(from, to).map_err(at(to))?;
        synced(to)?;
    }
    Ok(())
}

fn synced(path: &Path) -> Result<(), BackupError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(at(path))
}
