//! A folder that cannot be written to: what is in it is read, and nothing is accepted that would
//! be lost (security.md 2.7, D4).

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::world::*;
use crate::{CacheError, Heed, Label, MemberWindowQuery};

/// Files that take no write, until this is dropped: by a mount over the folder, or for those who
/// may not mount and are bound by rights, by the rights of the files.
struct Sealed<'a>(&'a Path, Mounted);

#[derive(PartialEq, Eq)]
enum Mounted {
    Yes,
    No,
}

fn run(program: &str, arguments: &[&OsStr]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|it| it.status.success())
}

impl<'a> Sealed<'a> {
    fn over(dir: &'a Path) -> Self {
        if run("mount", &["--bind".as_ref(), dir.as_ref(), dir.as_ref()]) {
            let options = ["-o".as_ref(), "remount,ro,bind".as_ref(), dir.as_ref()];
            assert!(run("mount", &options), "what may be mounted may be read only");
            return Self(dir, Mounted::Yes);
        }
        set_writable(dir, false);
        let file = fs::File::options().write(true).open(dir.join("outbox.db"));
        assert!(file.is_err(), "rights bind whoever may not mount");
        Self(dir, Mounted::No)
    }
}

impl Drop for Sealed<'_> {
    fn drop(&mut self) {
        match self.1 {
            Mounted::Yes => assert!(run("umount", &[self.0.as_ref()]), "nobody uses it any more"),
            Mounted::No => set_writable(self.0, true),
        }
    }
}

fn set_writable(dir: &Path, writable: bool) {
    for name in ["mirror.db", "outbox.db"] {
        let mut rights = fs::metadata(dir.join(name)).expect("is there").permissions();
        rights.set_readonly(!writable);
        fs::set_permissions(dir.join(name), rights).expect("is ours");
    }
}

fn all_bytes(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(dir).expect("lists").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    let read = |it: &fs::DirEntry| fs::read(it.path()).expect("reads");
    files.iter().map(|it| (it.file_name().to_string_lossy().into_owned(), read(it))).collect()
}

#[test]
fn d4_a_folder_that_cannot_be_written_to_is_read_and_nothing_is_accepted() {
    let world = World::northwind();
    let n = world.submit(suspend(3));
    // As a kill leaves it: rows are in the mirror's log alone.
    let dir = TempDir::new().expect("a folder");
    for name in ["mirror.db", "mirror.db-wal", "outbox.db"] {
        fs::copy(world.dir.path().join(name), dir.path().join(name)).expect("copies");
    }
    drop(world);
    let before = all_bytes(dir.path());
    let sealed = Sealed::over(dir.path());
    let cache = open(dir.path()).expect("opens to be read");
    assert!(cache.is_read_only());
    assert_eq!(cache.counts().expect("reads").not_sent, 1);
    assert_eq!(cache.members(&MemberWindowQuery::of(ws(1), 9)).expect("reads").rows.len(), 3);
    let no = |what: &str, result: Result<(), CacheError>| {
        assert!(matches!(result, Err(CacheError::ReadOnly)), "{what}: {result:?}");
    };
    no("a change", cache.submit(&remove(2), NOW, Label::default()).map(drop));
    no("an undo", cache.undo(n, NOW).map(drop));
    no("a choice", cache.set_hidden(ws(1), crate::Tick::On));
    no("a request", cache.request("1.0", 1 << 20).map(drop));
    no("a new key", cache.renew_key(&[9; 32]).map(drop));
    cache.prefer(ws(1)).expect("only reads");
    cache.heed_lease(Heed::Starting, NOW).expect("locks what is over");
    assert_eq!(cache.counts().expect("reads").not_sent, 1);
    drop(cache);
    drop(sealed);
    assert_eq!(all_bytes(dir.path()), before, "as it was");
    let cache = open(dir.path()).expect("opens");
    assert!(!cache.is_read_only());
    let world = World { dir, cache };
    assert_eq!(world.request().1.len(), 1, "and goes on where it was");
}

#[test]
fn d4_an_empty_folder_that_cannot_be_written_to_is_told() {
    let dir = TempDir::new().expect("a folder");
    if !run("mount", &["--bind".as_ref(), dir.path().as_ref(), dir.path().as_ref()]) {
        // Nothing is in it whose rights could bind.
        return;
    }
    let options = ["-o".as_ref(), "remount,ro,bind".as_ref(), dir.path().as_ref()];
    assert!(run("mount", &options), "what may be mounted may be read only");
    let sealed = Sealed(dir.path(), Mounted::Yes);
    assert!(matches!(open(dir.path()), Err(CacheError::Io(_))), "nothing is there to be read");
    drop(sealed);
}
