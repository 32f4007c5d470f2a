//! SQLite behind the storage traits: one writer, a few readers, WAL between them.

mod access;
mod account_wide;
mod acts;
mod appointment;
pub mod backup;
mod due;
mod erase;
mod event;
mod feed;
mod lane;
mod login;
mod lookup;
mod lost;
mod mark;
mod open;
mod people;
mod post;
mod review;
mod row;
mod snapshot;
mod tombstone;
mod tx;
mod write;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, Row};

use super::{Snapshot, Store, StoreError, Tx};
use mark::Mark;

/// How many snapshots can be open at once; more wait.
const READERS: usize = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Writer>,
    readers: Mutex<Readers>,
    returned: Condvar,
}

/// The one connection that writes, and what is kept beside the file.
struct Writer {
    connection: Connection,
    mark: Option<Mark>,
}

struct Readers {
    idle: Vec<Connection>,
    opened: usize,
}

impl SqliteStore {
    /// Opens the file and brings its schema up to date; `new_epoch` names its history if it
    /// is new.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for a file of a newer build, [`StoreError::TooOld`] for a
    /// defective SQLite, otherwise whatever SQLite reports.
    pub fn open(path: &Path, new_epoch: u64) -> Result<Self, StoreError> {
        let connection = open::writer(path, new_epoch)?;
        Ok(Self::of(path, Writer { connection, mark: None }))
    }

    /// The same with a mark beside it, by which a file that was put back from a backup is told
    /// apart and gets `new_epoch`.
    ///
    /// # Errors
    /// See [`SqliteStore::open`]; [`StoreError::Mark`] when the mark cannot be used.
    pub fn open_marked(path: &Path, mark: &Path, new_epoch: u64) -> Result<Self, StoreError> {
        let connection = open::writer(path, new_epoch)?;
        let mark = Some(open::marked(&connection, mark, new_epoch)?);
        Ok(Self::of(path, Writer { connection, mark }))
    }

    /// Begins another history on the same data, as after a restore.
    ///
    /// # Errors
    /// Whatever SQLite reports.
    pub fn begin_anew(&self, new_epoch: u64) -> Result<(), StoreError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        open::begin_anew(&writer.connection, new_epoch)
    }

    /// Has the disk take no writes, or take them again.
    #[cfg(test)]
    pub(crate) fn seal(&self, sealed: bool) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.connection.pragma_update(None, "query_only", sealed).expect("a setting");
    }

    fn of(path: &Path, writer: Writer) -> Self {
        Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Readers { idle: Vec::new(), opened: 0 }),
            returned: Condvar::new(),
        }
    }

    fn take_reader(&self) -> Result<Connection, StoreError> {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = readers.idle.pop() {
                return Ok(connection);
            }
            if readers.opened < READERS {
                let connection = open::reader(&self.path)?;
                readers.opened += 1;
                return Ok(connection);
            }
            readers = self.returned.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn return_reader(&self, connection: Connection) {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.idle.push(connection);
        self.returned.notify_one();
    }
}

impl Store for SqliteStore {
    fn read(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        let reader = Reader { store: self, connection: Some(self.take_reader()?) };
        let session = Session { connection: Held::Reader(reader), open: true, before: 0 };
        session.execute_batch("BEGIN")?;
        // SQLite takes the snapshot at the first read, not at BEGIN.
        session.epoch()?;
        Ok(Box::new(session))
    }

    fn write(&self) -> Result<Box<dyn Tx + '_>, StoreError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.connection.execute_batch("BEGIN IMMEDIATE")?;
        let before = writer.connection.total_changes();
        Ok(Box::new(Session { connection: Held::Writer(writer), open: true, before }))
    }
}

/// A reader that goes back to its pool.
struct Reader<'s> {
    store: &'s SqliteStore,
    connection: Option<Connection>,
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.store.return_reader(connection);
        }
    }
}

enum Held<'s> {
    Writer(MutexGuard<'s, Writer>),
    Reader(Reader<'s>),
}

/// An open transaction on either kind of connection.
struct Session<'s> {
    connection: Held<'s>,
    open: bool,
    /// How many rows the connection had changed when it began.
    before: u64,
}

impl Deref for Session<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.connection {
            Held::Writer(writer) => &writer.connection,
            Held::Reader(reader) => {
                reader.connection.as_ref().expect("a reader holds its connection until dropped")
            }
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if self.open
            && let Err(error) = self.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be taken back");
        }
    }
}

impl Session<'_> {
    /// Counts the transaction if it changed anything, commits it, and marks how far the history
    /// went. The commit holds without its mark: only a backup of the same moment could then be
    /// taken for this database.
    fn finish(&mut self) -> Result<(), StoreError> {
        let changed = self.total_changes() > self.before;
        if changed {
            self.execute("UPDATE meta SET changes = changes + 1", [])?;
        }
        let told = if changed { Some(open::history(self)?) } else { None };
        self.execute_batch("COMMIT")?;
        self.open = false;
        if let (Some(told), Held::Writer(writer)) = (told, &self.connection)
            && let Some(mark) = &writer.mark
            && let Err(error) = mark.write(told)
        {
            tracing::error!(%error, "the mark beside the database could not be written");
        }
        Ok(())
    }

    /// The first row of a query, read by `map`.
    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        map: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.prepare_cached(sql)?;
        let found = {
            let mut rows = statement.query(params)?;
            rows.next()?.map(map).transpose()?
        };
        used_an_index(&statement, sql);
        Ok(found)
    }

    /// Every row of a query, read by `map`.
    fn many<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        map: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.prepare_cached(sql)?;
        let mut found = Vec::new();
        {
            let mut rows = statement.query(params)?;
            while let Some(row) = rows.next()? {
                found.push(map(row)?);
            }
        }
        used_an_index(&statement, sql);
        Ok(found)
    }

    /// A query that always has one row with one count.
    fn count(&self, sql: &str, params: impl rusqlite::Params) -> Result<u32, StoreError> {
        let mut statement = self.prepare_cached(sql)?;
        let count = statement.query_row(params, |row| row.get(0))?;
        used_an_index(&statement, sql);
        Ok(count)
    }

    /// A write that meets as many rows as there are; says how many.
    fn write_some(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        let mut statement = self.prepare_cached(sql)?;
        let changed = statement.execute(params)?;
        used_an_index(&statement, sql);
        Ok(changed)
    }

    /// A write that must meet exactly one row.
    fn write_one(
        &self,
        table: &'static str,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare_cached(sql)?;
        let changed = statement.execute(params)?;
        used_an_index(&statement, sql);
        match changed {
            1 => Ok(()),
            found => Err(StoreError::Rows { table, found }),
        }
    }
}

/// Where assertions are on, no query may walk a whole table: what is quick with ten rows has
/// to be quick with a million.
fn used_an_index(statement: &rusqlite::Statement<'_>, sql: &str) {
    let steps = statement.get_status(rusqlite::StatementStatus::FullscanStep);
    debug_assert_eq!(steps, 0, "a whole table was walked: {sql}");
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // Both are met before the commit is written.
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => {
                StoreError::Unwritable(Box::new(error))
            }
            _ => StoreError::Backend(Box::new(error)),
        }
    }
}
