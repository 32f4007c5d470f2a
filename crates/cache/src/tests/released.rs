//! Files as versions of the app have left them, kept in `fixtures`: every later version opens
//! them (security.md D8).
//!
//! `MUSTER_WRITE=1 cargo test -p muster-cache released` adds the files of the present schema
//! if there are none yet; those that are there are never written again.

use std::fs;
use std::path::{Path, PathBuf};

use muster_domain::Role;
use tempfile::TempDir;

use super::world::*;
use crate::open::{MIRROR, OUTBOX};
use crate::{EntryState, MemberWindowQuery, Opened, WorkspaceQuery};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/fixtures")
}

/// The folder of the present schemas.
fn present() -> PathBuf {
    let newest = |steps: &[(i32, &str)]| steps.last().map_or(0, |(number, _)| *number);
    fixtures().join(format!("{}-{}", newest(MIRROR), newest(OUTBOX)))
}

/// One command of each state, by its number here.
const STATES: [EntryState; 5] = [
    EntryState::Settled,
    EntryState::Refused,
    EntryState::Sending,
    EntryState::Waiting,
    EntryState::Undone,
];

/// Northwind with something unsent.
fn make() -> TempDir {
    let world = World::northwind();
    world.submit(suspend(3));
    world.submit(remove(2));
    world.request();
    world.apply(answer(1, 11, vec![applied_at(1, 11), refused(2)]));
    world.submit(set_roles(1, &[Role::ChatUser], &[Role::ContentManager]));
    world.request();
    world.submit(remove(2));
    let undone = world.submit(suspend(1));
    world.cache.undo(undone, NOW).expect("is taken back");
    world.cache.set_hidden(ws(1), crate::Tick::On).expect("is kept");
    let World { dir, cache } = world;
    drop(cache);
    dir
}

fn write_present() {
    let folder = present();
    if folder.exists() {
        return;
    }
    let made = make();
    fs::create_dir_all(&folder).expect("a folder");
    for name in ["mirror.db", "outbox.db"] {
        fs::copy(made.path().join(name), folder.join(name)).expect("copies");
    }
}

#[test]
fn d8_files_of_every_kept_version_open_with_everything_that_was_not_sent() {
    if std::env::var_os("MUSTER_WRITE").is_some() {
        write_present();
    }
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixtures()).expect("lists").flatten().map(|it| it.path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "there are files to open");
    for folder in folders {
        let told = folder.display();
        let dir = TempDir::new().expect("a folder");
        for name in ["mirror.db", "outbox.db"] {
            fs::copy(folder.join(name), dir.path().join(name)).expect("copies");
        }
        let cache = open(dir.path()).expect("opens");
        assert_eq!(cache.opened(), Opened::Found, "{told}");
        assert!(cache.salvaged().is_none(), "{told}");
        let entry = |n: usize| {
            let n = u64::try_from(n).expect("small");
            cache.entry(n).expect("reads").expect("is there")
        };
        let states: Vec<EntryState> = (1..=5).map(|n| entry(n).state).collect();
        assert_eq!(states, STATES, "{told}");
        assert_eq!(entry(4).command, Some(remove(2)), "{told}: a command keeps its meaning");
        assert_eq!(entry(4).label.person.as_deref(), Some("Canary Person"), "{told}");
        let world = World { dir, cache };
        let numbers: Vec<u64> = world.request().1.iter().map(|push| push.n).collect();
        assert_eq!(numbers, [3, 4], "{told}: the lane goes on where it was");
        // The mirror is either as it was or is fetched again; the unsent changes show in it.
        world.apply(answer(1, 12, northwind_frames()));
        let total = world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total;
        assert_eq!(total, 1, "{told}");
        let people = world.cache.members(&MemberWindowQuery::of(ws(1), 9)).expect("reads");
        assert_eq!(people.rows.len(), 3, "{told}");
        world.restart();
    }
}
