//! A commit that failed, taken out of the outbox's log as well.
//!
//! A commit writes its frames into the log before it syncs them. Where the sync fails, SQLite
//! tells an error and forgets the frames, but they stay in the file, and the next start would
//! read them as a commit: a change that the app said was not kept would be sent.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::CacheError;
use crate::wal;

/// Where the index of a log, the file beside it, says how many of its frames are committed; in
/// the byte order of the machine (SQLite's format of the index, 2.1).
const COMMITTED: u64 = 16;

/// How much of the log is committed, in bytes.
fn committed(index: &Path) -> io::Result<u64> {
    let mut file = File::open(index)?;
    file.seek(SeekFrom::Start(COMMITTED))?;
    let mut frames = [0; 4];
    file.read_exact(&mut frames)?;
    Ok(wal::length_of(u32::from_ne_bytes(frames)))
}

fn cut(log: &Path, index: &Path) -> io::Result<()> {
    let length = committed(index)?;
    let file = OpenOptions::new().write(true).open(log)?;
    if file.metadata()?.len() > length {
        file.set_len(length)?;
    }
    Ok(())
}

/// From now on what this connection rolls back, or fails to commit, leaves nothing in its log.
/// It must be the only one that writes.
pub(crate) fn leaves_nothing(
    db: &mut Connection,
    log: PathBuf,
    index: PathBuf,
) -> Result<(), CacheError> {
    db.rollback_hook(Some(move || {
        // Where that fails too, the next commit writes over it or says that it cannot.
        let _ = cut(&log, &index);
    }))?;
    Ok(())
}
