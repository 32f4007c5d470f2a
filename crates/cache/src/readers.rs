//! The connections that answer questions. Each sees what the lease leaves open, and none is out
//! while the file is exchanged.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use crate::error::CacheError;
use crate::keys::FileKey;
use crate::lease::Lapse;
use crate::open::{self, Use};
use crate::veil;
use crate::writer::lock;

/// Readers kept open for the next question.
const IDLE: usize = 4;

/// One connection and the state of the lease that its views were drawn for.
struct Reader {
    db: Connection,
    drawn: u64,
}

struct Pool {
    idle: Vec<Reader>,
    out: usize,
    key: FileKey,
    lapse: Arc<Lapse>,
    /// Rises whenever the lease locks or opens something.
    drawing: u64,
}

/// The readers of one mirror.
pub(crate) struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf, key: FileKey) -> Self {
        let pool = Pool { idle: Vec::new(), out: 0, key, lapse: Arc::default(), drawing: 0 };
        Self { path, pool: Mutex::new(pool) }
    }

    /// Asks a reader.
    pub(crate) fn ask<T>(
        &self,
        f: impl FnOnce(&Connection, &Lapse) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        let out = self.lend()?;
        f(out.db(), &out.lapse)
    }

    fn lend(&self) -> Result<Lent<'_>, CacheError> {
        let mut pool = lock(&self.pool);
        let reader = match pool.idle.pop() {
            Some(reader) => reader,
            // Opened while nobody can exchange the file.
            None => Reader { db: open::open(&self.path, &pool.key, Use::Read, &[])?, drawn: 0 },
        };
        pool.out += 1;
        let (lapse, drawing) = (Arc::clone(&pool.lapse), pool.drawing);
        drop(pool);
        let mut lent = Lent { readers: self, reader: Some(reader), lapse };
        if let Some(reader) = lent.reader.as_mut().filter(|it| it.drawn != drawing) {
            // One that is half drawn is not to be used by anybody.
            let drawn = veil::draw(&reader.db, &lent.lapse);
            reader.drawn = drawing;
            if drawn.is_err() {
                lent.reader = None;
            }
            drawn?;
        }
        Ok(lent)
    }

    /// What is locked now.
    pub(crate) fn lapse(&self) -> Arc<Lapse> {
        Arc::clone(&lock(&self.pool).lapse)
    }

    /// Shows from now on what this leaves open; tells what was locked before if it differs.
    pub(crate) fn set_lapse(&self, lapse: Lapse) -> Option<Arc<Lapse>> {
        let mut pool = lock(&self.pool);
        if *pool.lapse == lapse {
            return None;
        }
        pool.drawing += 1;
        Some(std::mem::replace(&mut pool.lapse, Arc::new(lapse)))
    }

    /// Exchanges the file while no reader is out and none can come.
    pub(crate) fn exchange<T>(
        &self,
        f: impl FnOnce(&Path) -> (Result<T, CacheError>, Option<FileKey>),
    ) -> Result<Option<T>, CacheError> {
        let mut pool = lock(&self.pool);
        if pool.out > 0 {
            return Ok(None);
        }
        pool.idle.clear();
        let (result, key) = f(&self.path);
        if let Some(key) = key {
            pool.key = key;
        }
        result.map(Some)
    }
}

/// A reader that comes back by itself.
struct Lent<'a> {
    readers: &'a Readers,
    reader: Option<Reader>,
    lapse: Arc<Lapse>,
}

impl Lent<'_> {
    fn db(&self) -> &Connection {
        &self.reader.as_ref().expect("a reader is out until it is dropped").db
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut pool = lock(&self.readers.pool);
        pool.out -= 1;
        if let Some(reader) = self.reader.take()
            && pool.idle.len() < IDLE
        {
            pool.idle.push(reader);
        }
    }
}
