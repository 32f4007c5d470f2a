//! A damaged outbox: every row on a sound page is saved, every other one is counted, and the
//! damaged file stays as it was (security.md 2.7, D5).

use std::fs;
use std::path::Path;

use muster_domain::Command;
use tempfile::TempDir;

use super::world::*;
use crate::{BrokenBy, Cache, CacheError, EntryState, Keys, Label, Tick};

const PAGE: usize = 4_096;
const COMMANDS: u32 = 90;

/// An outbox of many pages: commands of every state, some longer than a page.
fn filled() -> World {
    let world = World::northwind();
    world.cache.set_hidden(ws(7), Tick::On).expect("is kept");
    for number in 0..COMMANDS {
        let title = format!("Name {number}");
        let command = Command::RenameWorkspace { workspace: ws(1), was: was(number), title };
        let name = if number % 30 == 7 { "x".repeat(6_000) } else { "Northwind".to_owned() };
        let label = Label { workspace_name: name, ..Label::default() };
        world.cache.submit(&command, NOW, label).expect("is kept").n.expect("is kept");
        if number == 3 {
            assert_eq!(world.request().1.len(), 4, "these are on their way");
        }
    }
    assert_eq!(world.cache.counts().expect("counts").not_sent, COMMANDS);
    world
}

fn was(number: u32) -> String {
    match number.checked_sub(1) {
        None => "Northwind".to_owned(),
        Some(before) => format!("Name {before}"),
    }
}

/// The outbox alone, in a folder of its own, with these pages damaged.
fn damaged(sound: &[u8], pages: &[usize]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    let mut bytes = sound.to_vec();
    for page in pages {
        for byte in &mut bytes[page * PAGE + 500..page * PAGE + 700] {
            *byte ^= 0x5a;
        }
    }
    fs::write(dir.path().join("outbox.db"), bytes).expect("writes");
    dir
}

fn sound() -> Vec<u8> {
    let World { dir, cache } = filled();
    drop(cache);
    assert!(!dir.path().join("outbox.db-wal").exists(), "everything is in one file");
    fs::read(dir.path().join("outbox.db")).expect("reads")
}

fn not_sent(cache: &Cache) -> u32 {
    cache.counts().expect("counts").not_sent
}

#[test]
fn d5_whichever_page_is_damaged_every_sound_row_is_saved_and_the_others_are_counted() {
    let sound = sound();
    let pages = sound.len() / PAGE;
    assert!(pages > 20, "{pages} pages");
    let mut worst = 0;
    for page in 0..pages {
        let dir = damaged(&sound, &[page]);
        let broken = fs::read(dir.path().join("outbox.db")).expect("reads");
        let cache = open(dir.path()).expect("opens");
        let lost = cache.lost().expect("reads");
        let missing = u32::try_from(lost.len()).expect("few");
        assert_eq!(not_sent(&cache) + missing, COMMANDS, "page {page}: none disappears silently");
        assert!(missing <= 24, "page {page}: {missing} lost, more than a page holds");
        assert!(lost.iter().all(|it| it.workspace == Some(ws(1))), "page {page}: {lost:?}");
        worst = worst.max(missing);
        if cache.salvaged().is_some() {
            let aside = fs::read(dir.path().join("outbox.db.damaged-1")).expect("is kept");
            assert_eq!(aside, broken, "page {page}: as it was");
        }
        drop(cache);
        let cache = open(dir.path()).expect("opens again");
        assert!(cache.salvaged().is_none(), "page {page}: once");
        assert_eq!(cache.lost().expect("reads"), lost, "page {page}: told until it was read");
        cache.forget_lost().expect("is kept");
        assert!(cache.lost().expect("reads").is_empty());
    }
    assert!(worst > 0, "some page holds rows");
}

#[test]
fn d5_many_damaged_pages_lose_only_what_was_on_them() {
    let sound = sound();
    let pages = sound.len() / PAGE;
    let all: Vec<usize> = (0..pages).step_by(2).collect();
    let dir = damaged(&sound, &all);
    let cache = open(dir.path()).expect("opens");
    let saved = not_sent(&cache);
    assert!(saved > COMMANDS / 5, "about half of the rows: {saved}");
    let numbers: Vec<u64> = cache.pending().expect("reads").iter().map(|entry| entry.n).collect();
    assert!(numbers.is_sorted(), "in order: {numbers:?}");
}

#[test]
fn d5_what_was_saved_is_whole_and_the_lane_goes_on() {
    let sound = sound();
    let pages = sound.len() / PAGE;
    // The first page, which leads to everything else.
    let dir = damaged(&sound, &[0]);
    let cache = open(dir.path()).expect("opens");
    assert_eq!(not_sent(&cache), COMMANDS);
    let entry = cache.entry(8).expect("reads").expect("is there");
    assert_eq!(entry.label.workspace_name, "x".repeat(6_000), "also what is longer than a page");
    assert_eq!(cache.entry(1).expect("reads").expect("is there").state, EntryState::Sending);
    assert!(
        cache
            .read(|mirror| Ok(mirror.outbox(crate::choices::all)?.hidden.contains(&ws(7))))
            .expect("reads"),
        "what the person chose is here too"
    );
    let world = World { dir, cache };
    let numbers: Vec<u64> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, (1..=u64::from(COMMANDS)).collect::<Vec<_>>(), "{pages} pages");
    world.apply(answer(1, 10, northwind_frames()));
    assert_eq!(world.submit(remove(1)), 91);
}

#[test]
fn d5_what_the_server_has_not_been_told_of_is_saved_too() {
    let world = super::renew::purged();
    let World { dir, cache } = world;
    let erased = |cache: &Cache| {
        let count = "SELECT count(*) FROM erased";
        cache.ask_outbox(|db| Ok(db.query_row(count, [], |row| row.get::<_, u32>(0))?))
    };
    assert_eq!(erased(&cache).expect("reads"), 1, "a workspace that was erased here");
    drop(cache);
    let bytes = fs::read(dir.path().join("outbox.db")).expect("reads");
    let damaged = damaged(&bytes, &[0]);
    let cache = open(damaged.path()).expect("opens");
    assert!(cache.salvaged().is_some());
    assert_eq!(erased(&cache).expect("reads"), 1);
}

#[test]
fn d5_what_was_asked_for_and_noted_on_this_device_is_saved_too() {
    let world = World::northwind();
    world.cache.ask_reminder("/w/7/members", Some(ws(1)), Some(NOW), NOW).expect("is kept");
    world.cache.note_reminded(&["end 3".to_owned()], NOW).expect("is kept");
    world.cache.set_device_note("off ends", "1").expect("is kept");
    let World { dir, cache } = world;
    let asked = cache.asked_reminders().expect("reads");
    drop(cache);
    let bytes = fs::read(dir.path().join("outbox.db")).expect("reads");
    let damaged = damaged(&bytes, &[0]);
    let cache = open(damaged.path()).expect("opens");
    assert!(cache.salvaged().is_some());
    assert_eq!(asked.len(), 1);
    assert_eq!(cache.asked_reminders().expect("reads"), asked);
    assert!(cache.was_reminded("end 3").expect("reads"), "nobody is told twice");
    assert_eq!(cache.device_note("off ends").expect("reads").as_deref(), Some("1"));
}

#[test]
fn d5_when_a_command_was_settled_is_saved_with_it() {
    let world = World::northwind();
    world.submit(suspend(3));
    world.request();
    world.apply(answer(7, 11, vec![applied_at(1, 11)]));
    let World { dir, cache } = world;
    drop(cache);
    let bytes = fs::read(dir.path().join("outbox.db")).expect("reads");
    let cache = open(damaged(&bytes, &[0]).path()).expect("opens");
    assert!(cache.salvaged().is_some());
    let sql = "SELECT epoch FROM commands WHERE n = 1";
    let epoch: Option<i64> =
        cache.ask_outbox(|db| Ok(db.query_row(sql, [], |row| row.get(0))?)).expect("reads");
    assert!(epoch.is_some(), "of which history its number is");
}

#[test]
fn d5_a_damaged_head_is_not_taken_for_another_key() {
    let mut bytes = sound();
    bytes[..16].fill(7);
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("outbox.db"), &bytes).expect("writes");
    let cache = open(dir.path()).expect("opens");
    assert_eq!(not_sent(&cache), COMMANDS);
    drop(cache);
    let World { dir, cache } = filled();
    drop(cache);
    let other = Keys { outbox: [77; 32], ..keys() };
    match Cache::open(dir.path(), &other, &me(), device()) {
        Err(CacheError::OutboxBroken(BrokenBy::WrongKey)) => {}
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("must not open"),
    }
    assert_eq!(files(dir.path(), "outbox"), ["outbox.db"], "nothing was left beside it");
}

/// The names of files that begin so, without the mirror's.
fn files(dir: &Path, begin: &str) -> Vec<String> {
    let names = fs::read_dir(dir).expect("lists").flatten();
    let names = names.map(|it| it.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(begin)).collect();
    names.sort();
    names
}

#[test]
fn d5_an_outbox_that_is_gone_or_nothing_but_a_head_is_told_and_not_taken_for_a_new_one() {
    let sound = sound();
    for length in [None, Some(0), Some(15), Some(16), Some(511), Some(PAGE - 1)] {
        let World { dir, cache } = filled();
        drop(cache);
        let file = dir.path().join("outbox.db");
        match length {
            None => fs::remove_file(file).expect("removes"),
            Some(length) => fs::write(file, &sound[..length]).expect("writes"),
        }
        let cache = open(dir.path()).expect("opens");
        let lost: Vec<_> = cache.lost().expect("reads").iter().map(|it| it.n).collect();
        assert_eq!(lost, [0], "{length:?}: however many");
    }
}

#[test]
fn d5_a_cut_off_file_gives_what_is_left_of_it() {
    let sound = sound();
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("outbox.db"), &sound[..sound.len() - 3 * PAGE - 100])
        .expect("writes");
    let cache = open(dir.path()).expect("opens");
    assert!(not_sent(&cache) > COMMANDS / 5, "{}", not_sent(&cache));
}

#[test]
fn d5_a_log_that_was_not_written_back_is_saved_too() {
    let world = filled();
    let n = world.submit(remove(3));
    // As a stop leaves it: the newest row is in the log alone.
    let copy = TempDir::new().expect("a folder");
    for name in ["outbox.db", "outbox.db-wal"] {
        fs::copy(world.dir.path().join(name), copy.path().join(name)).expect("copies");
    }
    let mut bytes = fs::read(copy.path().join("outbox.db")).expect("reads");
    for byte in &mut bytes[500..700] {
        *byte ^= 0x5a;
    }
    fs::write(copy.path().join("outbox.db"), bytes).expect("writes");
    let cache = open(copy.path()).expect("opens");
    assert!(cache.entry(n).expect("reads").is_some());
}

#[test]
fn d5_a_stop_between_any_two_steps_leaves_the_old_file_or_the_new_one() {
    let sound = sound();
    let dir = damaged(&sound, &[9]);
    let path = |name: &str| dir.path().join(name);
    let broken = fs::read(path("outbox.db")).expect("reads");
    drop(open(dir.path()).expect("opens"));
    let saved = fs::read(path("outbox.db")).expect("reads");
    let expect = |what: &str| {
        let cache = open(dir.path()).expect(what);
        let lost = cache.lost().expect("reads").len();
        assert_eq!(not_sent(&cache) + u32::try_from(lost).expect("few"), COMMANDS, "{what}");
        drop(cache);
        for name in ["outbox.db.work", "outbox.db.saved", "outbox.db.saved.done"] {
            assert!(!path(name).exists(), "{what}: {name} is left");
        }
    };
    let reset = |files: &[(&str, &[u8])]| {
        for name in files_of(dir.path()) {
            fs::remove_file(path(&name)).expect("deletes");
        }
        for (name, bytes) in files {
            fs::write(path(name), bytes).expect("writes");
        }
    };
    reset(&[("outbox.db", &broken), ("outbox.db.work", &broken[..PAGE])]);
    expect("while it was copied");
    reset(&[("outbox.db", &broken), ("outbox.db.saved", &saved[..PAGE * 2])]);
    expect("while the new file was written");
    reset(&[("outbox.db", &broken), ("outbox.db.saved", &saved), ("outbox.db.saved.done", b"")]);
    expect("before the old file was put aside");
    reset(&[
        ("outbox.db.damaged-1", &broken),
        ("outbox.db.saved", &saved),
        ("outbox.db.saved.done", b""),
    ]);
    expect("between the two renames");
    reset(&[
        ("outbox.db.damaged-1", &broken),
        ("outbox.db", &saved),
        ("outbox.db.saved.done", b""),
    ]);
    expect("after the last rename");
}

fn files_of(dir: &Path) -> Vec<String> {
    files(dir, "outbox")
}
