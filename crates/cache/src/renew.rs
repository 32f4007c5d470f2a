//! A new file under a new key, after rows were erased (security.md 0.8): what the disk may still
//! hold of them is of the old key, which the caller then destroys.
//!
//! Until the new file takes the old one's name, the old key opens the copy; from then on the new
//! one does. Both keys are kept over that moment, so a stop at any step leaves one that opens.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::files::MIRROR;
use crate::keys::FileKey;
use crate::meta;
use crate::open::{self, Header, Use};
use crate::salvage::sync_folder;
use crate::writer::Writer;

/// What became of the new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewed {
    /// The copy is under it; the old one may be destroyed.
    Done,
    /// Somebody was reading. Nothing was changed.
    Busy,
}

fn next_file(mirror: &Path) -> PathBuf {
    let mut name = mirror.as_os_str().to_owned();
    name.push(".next");
    PathBuf::from(name)
}

/// Removes what a stop left of a new file; nobody has its key any more.
pub(crate) fn tidy(dir: &Path) -> Result<(), CacheError> {
    open::delete(&next_file(&dir.join(MIRROR)))
}

impl Cache {
    /// Whether rows were erased since the copy got its key.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn needs_new_key(&self) -> Result<bool, CacheError> {
        // The key of files that cannot be written anew has to stay.
        Ok(!self.is_read_only() && self.read(|mirror| meta::key_is_spent(mirror.db()))?)
    }

    /// Whether the copy in this folder was made with this key.
    ///
    /// # Errors
    /// [`CacheError`] when the file cannot be looked at.
    pub fn is_under(dir: &Path, mirror_key: &[u8; 32]) -> Result<bool, CacheError> {
        Ok(open::header(&dir.join(MIRROR), &FileKey::new(mirror_key))? == Header::Ours)
    }

    /// Writes the copy into a new file under this key, which the caller has kept already, and
    /// puts it in the old one's place.
    ///
    /// # Errors
    /// [`CacheError`]; then the copy may be under either key, and [`Cache::is_under`] says which.
    pub fn renew_key(&self, key: &[u8; 32]) -> Result<Renewed, CacheError> {
        if self.is_read_only() {
            return Err(CacheError::ReadOnly);
        }
        let mut writer = self.writer()?;
        let key = FileKey::new(key);
        let path = self.dir.join(MIRROR);
        let next = next_file(&path);
        open::delete(&next)?;
        export(&writer.mirror, &next, &key)?;
        let exchanged =
            self.readers.exchange(|_| match exchange(&mut writer, &path, &next, &key) {
                Ok(()) => (Ok(()), Some(key)),
                Err(error) => (Err(error), None),
            });
        match self.watch(exchanged)? {
            Some(()) => Ok(Renewed::Done),
            None => {
                open::delete(&next)?;
                Ok(Renewed::Busy)
            }
        }
    }
}

/// Writes everything into a file of its own, as it is and under the other key.
fn export(mirror: &Connection, next: &Path, key: &FileKey) -> Result<(), CacheError> {
    let version: i64 = mirror.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    {
        // Made first, so that it has the form and the salt of every file here.
        drop(open::open(next, key, Use::WriteMirror, &[])?);
    }
    mirror.flush_prepared_statement_cache();
    let name = next.to_string_lossy().into_owned();
    mirror.execute("ATTACH ?1 AS next KEY ?2", rusqlite::params![name, &*key.literal()])?;
    let copied = (|| {
        mirror.query_row("SELECT sqlcipher_export('next')", [], |_| Ok(()))?;
        mirror.execute("DELETE FROM next.meta WHERE key = 'key_spent'", [])?;
        mirror.execute_batch(&format!("PRAGMA next.user_version = {version}"))
    })();
    mirror.execute_batch("DETACH next")?;
    copied?;
    let db = open::open(next, key, Use::Read, &[])?;
    let _: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    drop(db);
    if verdict != "ok" {
        return Err(CacheError::Unsuitable("the new copy is not whole".to_owned()));
    }
    File::open(next)?.sync_all()?;
    Ok(())
}

/// The new file takes the old one's place. No reader is out, and the writer waits.
fn exchange(
    writer: &mut Writer,
    path: &Path,
    next: &Path,
    key: &FileKey,
) -> Result<(), CacheError> {
    let busy: i64 =
        writer.mirror.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(CacheError::Unsuitable("the log could not be emptied".to_owned()));
    }
    // The name must not belong to an open file when another one takes it.
    drop(std::mem::replace(&mut writer.mirror, Connection::open_in_memory()?));
    let [_, log, index] = open::family(path);
    for file in [log, index] {
        crate::files::remove_if_there(&file)?;
    }
    fs::rename(next, path)?;
    sync_folder(path)?;
    writer.mirror = open::open(path, key, Use::WriteMirror, open::MIRROR)?;
    Ok(())
}
