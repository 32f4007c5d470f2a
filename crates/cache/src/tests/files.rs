//! Keys, locks, damage, a full disk.

use std::fs;
use std::path::Path;

use muster_domain::{DeviceId, Login, LoginId, Role, Row};

use super::world::*;
use crate::{BrokenBy, Cache, CacheError, Keys, Label, Opened};

fn error_of(result: Result<Cache, CacheError>) -> CacheError {
    match result {
        Err(error) => error,
        Ok(_) => panic!("must not open"),
    }
}

fn all_bytes(dir: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in fs::read_dir(dir).expect("lists") {
        bytes.extend(fs::read(file.expect("a file").path()).expect("reads"));
    }
    bytes
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn d6_nothing_readable_is_in_the_files() {
    let world = World::northwind();
    world.submit(set_roles(1, &[Role::ChatUser], &[Role::ContentManager]));
    let bytes = all_bytes(world.dir.path());
    assert!(bytes.len() > 16_384, "the files are there");
    for canary in ["SQLite format", "Alejandro", "client.example", "Northwind", "member.roles.set"]
    {
        assert!(!contains(&bytes, canary), "{canary} is in the files");
    }
}

#[test]
fn d6_a_wrong_mirror_key_costs_the_mirror_and_not_the_outbox() {
    let world = World::northwind();
    world.submit(remove(1));
    let World { dir, cache } = world;
    drop(cache);
    let other = Keys { mirror: [77; 32], outbox: [2; 32] };
    let cache = Cache::open(dir.path(), &other, &me(), device()).expect("opens");
    assert_eq!(cache.opened(), Opened::Rebuilt(BrokenBy::WrongKey));
    assert_eq!(cache.pending().expect("reads").len(), 1, "the unsent command is there");
    assert_eq!(cache.workspaces(&crate::WorkspaceQuery::default()).expect("reads").total, 0);
    assert!(dir.path().join("mirror.db.unreadable").exists(), "put aside, not deleted");
}

#[test]
fn d6_a_wrong_outbox_key_is_told_and_touches_nothing() {
    let World { dir, cache } = World::northwind();
    drop(cache);
    let before = fs::read(dir.path().join("outbox.db")).expect("reads");
    let other = Keys { mirror: [1; 32], outbox: [77; 32] };
    let error = error_of(Cache::open(dir.path(), &other, &me(), device()));
    assert!(matches!(error, CacheError::OutboxBroken(BrokenBy::WrongKey)), "{error:?}");
    assert_eq!(fs::read(dir.path().join("outbox.db")).expect("reads"), before);
    open(dir.path()).expect("opens with the right key again");
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).expect("reads");
    for byte in &mut bytes[100..2_000] {
        *byte ^= 0x5a;
    }
    fs::write(path, bytes).expect("writes");
}

#[test]
fn d5_a_damaged_mirror_is_rebuilt_and_a_damaged_outbox_is_kept() {
    let world = World::northwind();
    world.submit(remove(1));
    let World { dir, cache } = world;
    drop(cache);
    damage(&dir.path().join("mirror.db"));
    let cache = open(dir.path()).expect("opens");
    assert_eq!(cache.opened(), Opened::Rebuilt(BrokenBy::Damage));
    assert_eq!(cache.counts().expect("reads").not_sent, 1);
    drop(cache);
    damage(&dir.path().join("outbox.db"));
    let before = fs::read(dir.path().join("outbox.db")).expect("reads");
    let cache = open(dir.path()).expect("opens");
    assert_eq!(cache.counts().expect("reads").not_sent, 1, "what was on sound pages is saved");
    let aside = dir.path().join("outbox.db.damaged-1");
    assert_eq!(fs::read(aside).expect("is kept"), before, "the damaged one is kept as it was");
}

#[test]
fn d5_damage_found_while_open_is_repaired_at_the_next_opening() {
    let world = World::northwind();
    world.submit(remove(1));
    let found: Result<(), CacheError> = world.cache.read(|_| Err(CacheError::Damaged));
    assert!(found.is_err());
    let world = world.restart();
    assert_eq!(world.cache.opened(), Opened::Rebuilt(BrokenBy::Damage));
    assert_eq!(world.cache.counts().expect("reads").not_sent, 1);
    assert_eq!(world.restart().cache.opened(), Opened::Found, "once");
}

#[test]
fn d5_whichever_page_of_the_mirror_is_damaged_the_first_opening_mends_it() {
    let world = World::northwind();
    world.submit(remove(1));
    let World { dir, cache } = world;
    drop(cache);
    let path = dir.path().join("mirror.db");
    let sound = fs::read(&path).expect("reads");
    let mut mended = 0;
    for page in 0..sound.len() / 4_096 {
        let mut bytes = sound.clone();
        bytes[page * 4_096 + 500..][..200].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&path, bytes).expect("writes");
        let cache = open(dir.path()).unwrap_or_else(|error| panic!("page {page}: {error:?}"));
        assert_eq!(cache.counts().expect("reads").not_sent, 1, "page {page}");
        mended += u32::from(cache.opened() == Opened::Rebuilt(BrokenBy::Damage));
        drop(cache);
        open(dir.path()).expect("and again");
    }
    assert!(mended > 3, "beginning, person, and the rows that the command is about: {mended}");
}

#[test]
fn d5_a_plain_file_in_the_mirrors_place_is_put_aside() {
    let World { dir, cache } = World::northwind();
    drop(cache);
    fs::write(dir.path().join("mirror.db"), b"SQLite format 3\0 and more").expect("writes");
    let cache = open(dir.path()).expect("opens");
    assert_eq!(cache.opened(), Opened::Rebuilt(BrokenBy::Damage));
}

#[test]
fn two_openings_of_one_folder_are_not_possible() {
    let world = World::northwind();
    assert!(matches!(error_of(open(world.dir.path())), CacheError::Locked));
    assert!(matches!(Cache::erase(world.dir.path()), Err(CacheError::Locked)));
    let world = world.restart();
    assert_eq!(world.cache.opened(), Opened::Found);
}

#[test]
fn d8_a_mirror_of_a_newer_version_is_put_aside_and_fetched_again() {
    let world = World::northwind();
    world.submit(remove(1));
    let World { dir, cache } = world;
    cache.with_mirror(|db| db.pragma_update(None, "user_version", i32::MAX).expect("writes"));
    drop(cache);
    let cache = open(dir.path()).expect("opens");
    assert_eq!(cache.opened(), Opened::Rebuilt(BrokenBy::Newer));
    assert_eq!(cache.counts().expect("reads").not_sent, 1);
    assert!(dir.path().join("mirror.db.unreadable").exists(), "put aside, not deleted");
}

#[test]
fn d8_an_outbox_of_a_newer_version_is_refused_and_not_touched() {
    let world = World::northwind();
    world.submit(remove(1));
    let World { dir, cache } = world;
    drop(cache);
    let path = dir.path().join("outbox.db");
    let key = crate::keys::FileKey::new(&keys().outbox);
    let steps = crate::open::OUTBOX;
    let db = crate::open::open(&path, &key, crate::open::Use::WriteOutbox, steps).expect("opens");
    db.pragma_update(None, "user_version", i32::MAX).expect("writes");
    drop(db);
    let before = fs::read(&path).expect("reads");
    assert!(matches!(error_of(open(dir.path())), CacheError::Newer));
    assert_eq!(fs::read(&path).expect("reads"), before);
    assert!(!dir.path().join("outbox.db.damaged-1").exists());
}

#[test]
fn another_login_never_gets_this_copy() {
    let World { dir, cache } = World::northwind();
    drop(cache);
    let other = Login { id: LoginId::from_bytes([3; 16]), ..me() };
    let error = error_of(Cache::open(dir.path(), &keys(), &other, device()));
    assert!(matches!(error, CacheError::Foreign), "{error:?}");
}

#[test]
fn erasing_leaves_no_database() {
    let World { dir, cache } = World::northwind();
    drop(cache);
    Cache::erase(dir.path()).expect("erases");
    assert!(!dir.path().join("mirror.db").exists());
    assert!(!dir.path().join("outbox.db").exists());
    assert_eq!(open(dir.path()).expect("opens").opened(), Opened::New);
}

#[test]
fn a_full_disk_keeps_nothing_of_a_command_and_resumes() {
    let world = World::northwind();
    let long = "x".repeat(60);
    let rename = |number: u32| muster_domain::Command::RenameWorkspace {
        workspace: ws(1),
        was: "Northwind".to_owned(),
        title: format!("{long} {number}"),
    };
    let label = Label { workspace_name: "y".repeat(40_000), person: None, object: None };
    world.cache.limit_pages(None, Some(0));
    let result = world.cache.submit(&rename(1), NOW, label.clone());
    assert!(matches!(result, Err(CacheError::DiskFull)), "{result:?}");
    assert_eq!(world.cache.counts().expect("reads").not_sent, 0);
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!(entry.workspace.name, "Northwind", "no effect without a kept command");
    world.cache.limit_pages(None, None);
    assert!(world.cache.submit(&rename(2), NOW, label).expect("is kept").n.is_some());
}

#[test]
fn a_full_disk_while_an_answer_is_applied_loses_nothing() {
    let world = World::northwind();
    let n = world.submit(set_roles(1, &[Role::ChatUser], &[Role::ContentManager]));
    assert_eq!(world.request().1.len(), 1);
    let mut rows: Vec<_> = (100..3_000)
        .map(|number| stamped(11, Row::Membership(member(ws(1), number, "Somebody Else"))))
        .collect();
    let mut changed = member(ws(1), 1, "Alejandro Ruiz");
    changed.roles = muster_domain::RoleSet::of(&[Role::ContentManager]);
    rows.push(stamped(12, Row::Membership(changed)));
    let full = answer(1, 12, vec![applied(1), muster_protocol::Say::Rows { rows }]);
    world.cache.limit_pages(Some(4), None);
    let result = world.cache.apply(&full, NOW);
    assert!(matches!(result, Err(CacheError::DiskFull)), "{result:?}");
    assert_eq!(world.cache.counts().expect("reads").not_sent, 1, "not settled either");
    assert_eq!(world.request().0.cursors[0].seq, 10, "the cursor stands");
    world.cache.limit_pages(None, None);
    world.apply(full);
    assert_eq!(world.cache.outcome(n).expect("reads").expect("is settled").n, 1);
    assert_eq!(world.request().0.cursors[0].seq, 12);
}

#[test]
fn a_new_device_begins_a_new_lane_with_what_is_unsettled() {
    let world = World::northwind();
    world.submit(remove(1));
    assert_eq!(world.request().1[0].n, 1);
    let World { dir, cache } = world;
    drop(cache);
    let other = DeviceId::from_bytes([6; 16]);
    let cache = Cache::open(dir.path(), &keys(), &me(), other).expect("opens");
    let world = World { dir, cache };
    world.submit(remove(2));
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [1, 2]);
}
