//! The outbox's log: nothing that was kept is in it alone, and where a disk failed so that it is,
//! a damaged one is told and never passed over (security.md 2.7, D5).

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::world::*;
use crate::keys::FileKey;
use crate::wal::{self, Log};
use crate::{BrokenBy, Cache, Label, Opened, Undone};
use muster_domain::Command;

const HEADER: usize = 32;
const FRAME: usize = 24 + 4_096;
const COMMANDS: u32 = 5;

fn log(dir: &Path) -> std::path::PathBuf {
    dir.join("outbox.db-wal")
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |it| it.len())
}

fn not_sent(cache: &Cache) -> u32 {
    cache.counts().expect("counts").not_sent
}

fn rename(world: &World, number: u32) {
    let was = number.checked_sub(1).map_or("Northwind".to_owned(), |it| format!("Name {it}"));
    let title = format!("Name {number}");
    let command = Command::RenameWorkspace { workspace: ws(1), was, title };
    let kept = world.cache.submit(&command, NOW, Label::default()).expect("is decided");
    kept.n.expect("is kept");
}

#[test]
fn d5_what_was_kept_is_in_the_file_itself_when_the_app_says_so() {
    let world = World::northwind();
    let alone = || {
        // The log is lost altogether.
        assert_eq!(length(&log(world.dir.path())), 0, "nothing is in the log alone");
        let dir = TempDir::new().expect("a folder");
        fs::copy(world.dir.path().join("outbox.db"), dir.path().join("outbox.db")).expect("copies");
        let cache = open(dir.path()).expect("opens");
        assert!(cache.salvaged().is_none());
        (dir, cache)
    };
    let n = world.submit(suspend(3));
    assert_eq!(not_sent(&alone().1), 1);
    rename(&world, 0);
    assert_eq!(not_sent(&alone().1), 2);
    assert_eq!(world.cache.undo(n, NOW).expect("is taken back"), Undone::Done);
    assert_eq!(not_sent(&alone().1), 1);
    world.request();
    world.apply(answer(1, 12, vec![applied_at(1, 12)]));
    assert_eq!(not_sent(&alone().1), 0);
}

/// The files as a stop leaves them, with every command in the log alone.
fn in_log() -> (Vec<u8>, Vec<u8>) {
    let world = World::northwind();
    world.cache.keep_in_log();
    (0..COMMANDS).for_each(|number| rename(&world, number));
    let file = fs::read(world.dir.path().join("outbox.db")).expect("reads");
    (file, fs::read(log(world.dir.path())).expect("reads"))
}

fn folder(file: &[u8], bytes: &[u8]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("outbox.db"), file).expect("writes");
    fs::write(log(dir.path()), bytes).expect("writes");
    dir
}

#[test]
fn d5_a_sound_log_is_read_as_it_is() {
    let (file, bytes) = in_log();
    assert!(bytes.len() > HEADER + FRAME * 10, "{} bytes", bytes.len());
    let dir = folder(&file, &bytes);
    assert_eq!(wal::look(&log(dir.path())).expect("reads"), Log::Whole);
    let cache = open(dir.path()).expect("opens");
    assert!(cache.salvaged().is_none());
    assert_eq!(not_sent(&cache), COMMANDS);
}

#[test]
fn d5_a_write_that_was_cut_short_is_no_damage() {
    let (file, bytes) = in_log();
    for end in [0, 7, HEADER, HEADER + 9, HEADER + FRAME, bytes.len() - FRAME - 1, bytes.len() - 1]
    {
        let dir = folder(&file, &bytes[..end]);
        assert_eq!(wal::look(&log(dir.path())).expect("reads"), Log::Whole, "{end}");
        assert!(open(dir.path()).expect("opens").salvaged().is_none(), "{end}");
    }
}

#[test]
fn d5_a_damaged_log_is_told_and_everything_behind_the_damage_is_saved() {
    let (file, bytes) = in_log();
    let frames = (bytes.len() - HEADER) / FRAME;
    // The head; of every frame its sums, its page, and all of it; of the last one also the rest.
    let last = HEADER + (frames - 1) * FRAME;
    let mut places =
        vec![(0, 4), (8, 24), (24, 32), (0, 32), (last, last + 8), (last + 8, last + 16)];
    for at in (0..frames).map(|frame| HEADER + frame * FRAME) {
        places.extend(
            [(16, 24), (24 + 70, 24 + 90), (0, FRAME)].map(|(from, to)| (at + from, at + to)),
        );
    }
    let mut silent = Vec::new();
    for (from, to) in places {
        let mut broken = bytes.clone();
        broken[from..to].iter_mut().for_each(|byte| *byte ^= 0x5a);
        let dir = folder(&file, &broken);
        let place = (from.saturating_sub(HEADER) / FRAME, from, to);
        let cache = open(dir.path()).expect("opens");
        let lost = cache.lost().expect("reads");
        if cache.salvaged().is_none() {
            silent.push(place);
            continue;
        }
        // One broken frame costs at most what one page holds, and what it costs is said.
        let known = lost.iter().filter(|it| it.n > 0).count();
        let known = u32::try_from(known).expect("few");
        let may_be_more = lost.iter().any(|it| it.n == 0);
        assert!(not_sent(&cache) + known == COMMANDS || may_be_more, "{place:?}: {lost:?}");
        assert!(not_sent(&cache) + 1 >= COMMANDS, "{place:?}: {} saved", not_sent(&cache));
        let aside = fs::read(dir.path().join("outbox.db.damaged-1-wal")).expect("is kept");
        assert_eq!(aside, broken, "{place:?}: as it was");
        drop(cache);
        let cache = open(dir.path()).expect("opens again");
        assert!(cache.salvaged().is_none(), "{place:?}: once");
        assert_eq!(cache.lost().expect("reads"), lost, "told until it was read");
    }
    assert!(silent.is_empty(), "passed over without a word: {silent:?}");
}

/// The files of an outbox when the commit that makes its tables is in its log.
fn in_the_making() -> (Vec<u8>, Vec<u8>) {
    let dir = TempDir::new().expect("a folder");
    let path = dir.path().join("outbox.db");
    let (key, flags) = (FileKey::new(&keys().outbox), rusqlite::OpenFlags::default());
    let db = crate::open::keyed(&path, &key, flags).expect("a new file");
    db.pragma_update(None, "journal_mode", "WAL").expect("writes the first page");
    let (_, tables) = crate::open::OUTBOX[0];
    db.execute_batch(&format!("BEGIN; {tables} COMMIT;")).expect("makes the tables");
    let read = |path: &Path| fs::read(path).expect("reads");
    (read(&path), read(&log(dir.path())))
}

#[test]
fn d3_of_an_outbox_whose_making_was_cut_short_nothing_is_missed() {
    let (file, bytes) = in_the_making();
    let frames = (bytes.len() - HEADER) / FRAME;
    assert!(file.len() == 4_096 && frames > 4, "{frames} frames over {} bytes", file.len());
    for frame in 0..frames - 1 {
        let mut broken = bytes.clone();
        broken[HEADER + frame * FRAME + 24 + 70] ^= 0x5a;
        let cache = open(folder(&file, &broken).path()).expect("opens");
        assert_eq!(cache.lost().expect("reads"), Vec::new(), "frame {frame}");
        assert_eq!(not_sent(&cache), 0);
    }
}

/// The files of a mirror whose last commits are in its log.
fn mirror_in_log() -> (Vec<u8>, Vec<u8>) {
    let world = World::northwind();
    (0..COMMANDS).for_each(|number| rename(&world, number));
    let read = |name: &str| fs::read(world.dir.path().join(name)).expect("reads");
    (read("mirror.db"), read("mirror.db-wal"))
}

#[test]
fn d5_a_mirror_whose_log_holds_what_would_be_passed_over_is_made_anew() {
    let (file, bytes) = mirror_in_log();
    let frames = (bytes.len() - HEADER) / FRAME;
    assert!(frames > 4, "{frames} frames");
    let opened = |bytes: &[u8]| {
        let dir = TempDir::new().expect("a folder");
        fs::write(dir.path().join("mirror.db"), &file).expect("writes");
        fs::write(dir.path().join("mirror.db-wal"), bytes).expect("writes");
        open(dir.path()).expect("opens").opened()
    };
    assert_eq!(opened(&bytes), Opened::Found);
    // A write that was cut short is an earlier state, and nothing more.
    assert_eq!(opened(&bytes[..bytes.len() - FRAME / 2]), Opened::Found);
    for frame in 0..frames - 1 {
        let mut broken = bytes.clone();
        broken[HEADER + frame * FRAME + 24 + 70] ^= 0x5a;
        assert_eq!(opened(&broken), Opened::Rebuilt(BrokenBy::Damage), "frame {frame}");
    }
}
