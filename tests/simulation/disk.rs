//! The folder of one device, and what a stop leaves of it.
//!
//! A kill leaves every byte that SQLite has handed to the operating system. A power cut takes
//! from the mirror whatever was not synced, which is any tail of its write-ahead log; the
//! outbox syncs with every commit and loses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

pub const MIRROR: &str = "mirror.db";
pub const OUTBOX: &str = "outbox.db";
pub const MIRROR_KEY: [u8; 32] = [1; 32];
pub const OUTBOX_KEY: [u8; 32] = [2; 32];

/// A log that SQLite may have copied a part of into the file itself; it cannot be cut then.
const CHECKPOINTED: u64 = 900 * 4_120;

/// What is left of the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// All that was written.
    Everything,
    /// Its log only up to this share, in thousandths.
    LogUpTo(u64),
}

/// A folder that moves on with every stop, so that what was open can be let go of in peace.
pub struct Disk {
    base: PathBuf,
    life: u32,
}

impl Disk {
    pub fn new(base: PathBuf) -> Self {
        let disk = Self { base, life: 0 };
        fs::create_dir_all(disk.here()).expect("a folder");
        disk
    }

    pub fn here(&self) -> PathBuf {
        self.base.join(self.life.to_string())
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.here().join(name)
    }

    /// The mirror as it is now, to be put back after a stop between two commits.
    pub fn keep_mirror(&self) -> PathBuf {
        let aside = self.base.join("aside");
        fs::create_dir_all(&aside).expect("a folder");
        copy(&self.here(), &aside, MIRROR);
        aside
    }

    /// The disk as a stop leaves it. Whoever still has the old folder open lets go of it, and
    /// calls [`Disk::forget`].
    pub fn stop(&mut self, mirror: Option<&Path>, left: Left) -> PathBuf {
        let old = self.here();
        self.life += 1;
        let new = self.here();
        fs::create_dir_all(&new).expect("a folder");
        copy(&old, &new, OUTBOX);
        copy(mirror.unwrap_or(&old), &new, MIRROR);
        if let Left::LogUpTo(share) = left {
            cut(&log_of(&new.join(MIRROR)), share);
        }
        old
    }

    /// Copies everything away, as a backup of the whole disk does.
    pub fn keep(&self) {
        let kept = self.base.join("kept");
        fs::create_dir_all(&kept).expect("a folder");
        copy(&self.here(), &kept, OUTBOX);
        copy(&self.here(), &kept, MIRROR);
    }

    /// Puts that copy in the place of what is here; see [`Disk::stop`].
    pub fn put_back(&mut self) -> PathBuf {
        let old = self.here();
        self.life += 1;
        let (kept, new) = (self.base.join("kept"), self.here());
        fs::create_dir_all(&new).expect("a folder");
        copy(&kept, &new, OUTBOX);
        copy(&kept, &new, MIRROR);
        old
    }

    /// Another disk with the same on it, as it is now.
    pub fn clone_to(&self, base: PathBuf) -> Self {
        let clone = Self::new(base);
        copy(&self.here(), &clone.here(), OUTBOX);
        copy(&self.here(), &clone.here(), MIRROR);
        clone
    }

    /// Where its lives are.
    pub fn base(&self) -> &Path {
        &self.base
    }

    pub fn forget(old: &Path) {
        fs::remove_dir_all(old).expect("an own folder");
    }

    /// The mirror is gone, whatever was in it.
    pub fn remove_mirror(&self) {
        let file = self.file(MIRROR);
        forget_log(&file);
        if file.exists() {
            fs::remove_file(file).expect("removes");
        }
    }

    /// How long the mirror's log is.
    pub fn mirror_log(&self) -> u64 {
        length(&log_of(&self.file(MIRROR)))
    }
}

fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// A log that was another file's.
pub fn forget_log(file: &Path) {
    let log = log_of(file);
    if log.exists() {
        fs::remove_file(log).expect("removes");
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |it| it.len())
}

fn copy(from: &Path, to: &Path, name: &str) {
    let (file, copied) = (from.join(name), to.join(name));
    if file.exists() {
        fs::copy(&file, &copied).expect("copies");
    }
    let (log, copied) = (log_of(&file), log_of(&copied));
    if log.exists() {
        fs::copy(log, copied).expect("copies");
    } else if copied.exists() {
        fs::remove_file(copied).expect("removes");
    }
}

fn cut(log: &Path, share: u64) {
    let length = length(log);
    if length == 0 || length > CHECKPOINTED {
        return;
    }
    let file = fs::File::options().write(true).open(log).expect("opens");
    file.set_len(length * share / 1_000).expect("cuts");
}

/// The server's database as a kill leaves it.
pub fn kill_copy(from: &Path, to: &Path) {
    let (old, new) = (from.parent().expect("a folder"), to.parent().expect("a folder"));
    fs::create_dir_all(new).expect("a folder");
    copy(old, new, "muster.db");
}

/// Spoils a few bytes in the middle of the mirror.
pub fn damage(file: &Path, at: u64) {
    use std::io::{Seek, SeekFrom, Write};
    let length = length(file);
    if length < 8_192 {
        return;
    }
    let mut file = fs::File::options().write(true).open(file).expect("opens");
    file.seek(SeekFrom::Start(16 + at % (length - 64))).expect("seeks");
    file.write_all(&[0xA5; 32]).expect("writes");
}

/// A second pair of eyes on a file of the cache, which knows keys and nothing else of it.
pub fn look(file: &Path, key: &[u8; 32]) -> Connection {
    let db = Connection::open(file).expect("opens");
    db.execute_batch(&format!("PRAGMA key = \"{}\";", raw(key))).expect("takes the key");
    db.execute_batch("PRAGMA busy_timeout = 1000;").expect("a setting");
    db
}

/// A key with the salt that is made from it, as SQLCipher takes both.
pub fn raw(key: &[u8; 32]) -> String {
    let mut salt = Sha256::new();
    salt.update(b"muster file salt 1");
    salt.update(key);
    let salt = salt.finalize();
    let hex: String = key.iter().chain(&salt[..16]).map(|byte| format!("{byte:02x}")).collect();
    format!("x'{hex}'")
}
