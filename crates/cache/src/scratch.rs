//! A copy of the files in the system's folder for such things, where nothing can be written to
//! their own (security.md 2.7).
//!
//! It goes when whoever made it ends. A program that is killed cannot do that, so every copy
//! holds a lock for as long as its program lives, and each start removes those that nobody
//! holds. They are under their keys in any case.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::TempDir;

use crate::error::CacheError;
use crate::files::{DAMAGED, Lock, MIRROR, OUTBOX};
use crate::open;

const PREFIX: &str = "muster-copy-";
/// Not the name of the lock that the files' own folder has.
const ALIVE: &str = "alive";

/// A copy of the files, for as long as this is held.
pub(crate) struct Scratch {
    // Let go of before the folder goes: some systems keep what is open.
    _alive: Lock,
    folder: TempDir,
}

impl Scratch {
    /// Copies what is in a folder.
    pub(crate) fn of(dir: &Path) -> Result<Self, CacheError> {
        let scratch = Self::new(&std::env::temp_dir())?;
        scratch.take(dir)?;
        Ok(scratch)
    }

    fn new(base: &Path) -> Result<Self, CacheError> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let folder = builder.prefix(PREFIX).tempdir_in(base)?;
        let alive = File::create(folder.path().join(ALIVE))?;
        Ok(Self { _alive: Lock::take(alive)?, folder })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn take(&self, dir: &Path) -> Result<(), CacheError> {
        for name in [MIRROR, OUTBOX] {
            // The index of a log is made anew.
            let [file, log, _] = open::family(Path::new(name));
            for name in [file, log] {
                match File::open(dir.join(&name)) {
                    // With its contents alone: a copy of its rights could not be written to
                    // either.
                    Ok(mut from) => {
                        io::copy(&mut from, &mut File::create(self.path().join(&name))?)?;
                    }
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        if dir.join(DAMAGED).exists() {
            fs::write(self.path().join(DAMAGED), b"")?;
        }
        Ok(())
    }
}

/// Removes the copies of programs that were killed. What cannot be removed stays for another
/// start: nothing depends on it.
pub(crate) fn sweep() {
    sweep_in(&std::env::temp_dir());
}

fn sweep_in(base: &Path) {
    let Ok(entries) = fs::read_dir(base) else { return };
    for entry in entries.flatten() {
        let is_named = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_named && is_private_folder(&entry.path()) && is_left(&entry.path()) {
            // Another start may be doing the same.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Others may put things into that folder. What nobody but its owner can enter is ours, or
/// cannot be entered here either.
fn is_private_folder(path: &Path) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if found.permissions().mode() & 0o077 != 0 {
            return false;
        }
    }
    found.is_dir()
}

/// Whether nobody holds it. One without a lock is being made, or was killed before there was
/// anything in it.
fn is_left(path: &Path) -> bool {
    let alive = File::options().write(true).open(path.join(ALIVE));
    alive.is_ok_and(|file| Lock::take(file).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_by_a_kill(base: &Path) -> std::path::PathBuf {
        let Scratch { _alive: alive, folder } = Scratch::new(base).expect("a copy");
        drop(alive);
        let path = folder.keep();
        fs::write(path.join(MIRROR), b"sealed").expect("writes");
        path
    }

    #[test]
    fn p4_a_start_removes_the_copies_of_killed_programs_and_nothing_else() {
        let base = tempfile::tempdir().expect("a folder");
        let left = left_by_a_kill(base.path());
        let held = Scratch::new(base.path()).expect("a copy");
        let being_made = base.path().join("muster-copy-new");
        let other = base.path().join("muster-elsewhere");
        for path in [&being_made, &other] {
            fs::create_dir(path).expect("a folder");
        }
        fs::write(other.join(ALIVE), b"").expect("writes");
        sweep_in(base.path());
        assert!(!left.exists(), "nobody holds it");
        assert!(held.path().exists(), "its program lives");
        assert!(being_made.exists() && other.exists(), "not ours to remove");
    }

    #[cfg(unix)]
    #[test]
    fn p4_a_start_enters_no_folder_that_others_can_write_to() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let base = tempfile::tempdir().expect("a folder");
        let (left, target) = (left_by_a_kill(base.path()), left_by_a_kill(base.path()));
        fs::set_permissions(&left, fs::Permissions::from_mode(0o777)).expect("rights");
        let aside = base.path().join("aside");
        fs::rename(&target, &aside).expect("moves");
        symlink(&aside, base.path().join("muster-copy-link")).expect("a link");
        sweep_in(base.path());
        assert!(left.join(MIRROR).exists() && aside.join(MIRROR).exists());
    }
}
