//! The mark beside the database: how far its history went, kept outside of it, so that a file
//! that was put back from a backup is told from the one that ran here last (sync.md 4.10).
//!
//! The mark is written after each commit and never before, so it is never ahead of the database
//! it belongs to, whatever crashes when. One that is ahead belongs to a longer history.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A history, and how far it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    /// The number that tells it from others.
    pub(super) epoch: u64,
    /// How many transactions it has.
    pub(super) changes: u64,
}

/// The file, open for as long as the store is.
pub(super) struct Mark {
    file: File,
    /// The mark's own number in its file system: a copy of it is not it.
    place: u64,
}

impl Mark {
    /// Opens the mark, or makes it, and says what it tells.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Option<Marked>)> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut text = String::new();
        // Whatever stands there that is no mark tells nothing.
        let read = file.read_to_string(&mut text);
        let place = place(&file)?;
        let told = read.ok().and_then(|_| parse(&text, place));
        Ok((Self { file, place }, told))
    }

    /// Writes how far the history went.
    pub(super) fn write(&self, marked: Marked) -> io::Result<()> {
        let line = format!("{:016x} {:020} {:020}\n", marked.epoch, marked.changes, self.place);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(line.as_bytes())
    }

    /// Lets it outlive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

fn parse(text: &str, place: u64) -> Option<Marked> {
    let mut words = text.split_whitespace();
    let epoch = u64::from_str_radix(words.next()?, 16).ok()?;
    let changes = words.next()?.parse().ok()?;
    let told: u64 = words.next()?.parse().ok()?;
    (told == place).then_some(Marked { epoch, changes })
}

#[cfg(unix)]
fn place(file: &File) -> io::Result<u64> {
    Ok(std::os::unix::fs::MetadataExt::ino(&file.metadata()?))
}

#[cfg(not(unix))]
fn place(_: &File) -> io::Result<u64> {
    Ok(0)
}
