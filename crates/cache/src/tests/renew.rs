//! After a purge the copy gets a new file and a new key (security.md 4.2, P1).

use std::fs;

use muster_protocol::{Accounts, Say};

use super::world::*;
use crate::{Cache, EntryState, Keys, MemberWindowQuery, Opened, Renewed};

const NEXT: [u8; 32] = [42; 32];

fn under_next() -> Keys {
    Keys { mirror: NEXT, ..keys() }
}

/// A copy of Northwind that has lost another workspace, with something unsent.
pub(super) fn purged() -> World {
    let world = super::purge::full();
    let other = stamped(11, muster_domain::Row::Workspace(workspace(ws(2), "Southwind")));
    let all = vec![grant(ws(1)), grant(ws(2))];
    world.apply(answer(1, 11, vec![Say::Grants { all }, chunk(ws(2), vec![other])]));
    assert!(!world.cache.needs_new_key().expect("reads"), "nothing was erased yet");
    world.submit(remove(2));
    world.apply(answer(1, 12, vec![Say::Grants { all: vec![grant(ws(1))] }, accounts()]));
    assert!(world.cache.needs_new_key().expect("reads"));
    world
}

fn people(cache: &Cache) -> usize {
    cache.members(&MemberWindowQuery::of(ws(1), 50)).expect("reads").rows.len()
}

fn is_new(world: &World) -> bool {
    Cache::is_under(world.dir.path(), &NEXT).expect("looks")
}

#[test]
fn p1_a_purge_is_followed_by_a_new_file_that_the_old_key_does_not_open() {
    let world = purged();
    let before = people(&world.cache);
    let head = fs::read(world.dir.path().join("mirror.db")).expect("reads")[..16].to_vec();
    assert_eq!(world.cache.renew_key(&NEXT).expect("is renewed"), Renewed::Done);
    assert!(is_new(&world) && !world.cache.needs_new_key().expect("reads"));
    // It goes on as if nothing had been.
    assert_eq!(people(&world.cache), before);
    assert_eq!(world.cache.counts().expect("counts").not_sent, 1);
    world.submit(suspend(1));
    world.apply(answer(1, 13, vec![]));
    let bytes = fs::read(world.dir.path().join("mirror.db")).expect("reads");
    assert_ne!(bytes[..16], head[..]);
    let World { dir, cache } = world;
    drop(cache);
    let old = Cache::open(dir.path(), &keys(), &me(), device()).expect("opens");
    assert_ne!(old.opened(), Opened::Found, "the old key opens nothing");
    drop(old);
}

#[test]
fn p1_the_new_file_is_found_at_the_next_start_with_everything_in_it() {
    let world = purged();
    let before = people(&world.cache);
    world.cache.renew_key(&NEXT).expect("is renewed");
    let World { dir, cache } = world;
    drop(cache);
    let cache = Cache::open(dir.path(), &under_next(), &me(), device()).expect("opens");
    assert_eq!((cache.opened(), people(&cache)), (Opened::Found, before));
    let entry = cache.pending().expect("reads").pop().expect("it waits");
    assert_eq!(entry.state, EntryState::Waiting);
    let world = World { dir, cache };
    let (have, _) = world.request();
    assert_eq!(have.cursors.len(), 1, "nothing is fetched again");
    world.apply(answer(
        1,
        14,
        vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())],
    ));
    assert!(world.cache.needs_new_key().expect("reads"), "the next purge needs another one");
}

#[test]
fn p1_nothing_is_exchanged_under_a_question_that_is_being_answered() {
    let world = purged();
    let inside = world.cache.read(|_| world.cache.renew_key(&NEXT)).expect("answers");
    assert_eq!(inside, Renewed::Busy);
    assert!(!is_new(&world) && world.cache.needs_new_key().expect("reads"));
    assert!(!world.dir.path().join("mirror.db.next").exists());
    assert_eq!(world.cache.renew_key(&NEXT).expect("is renewed"), Renewed::Done);
}

#[test]
fn p1_a_stop_at_any_step_leaves_a_copy_that_one_of_the_two_keys_opens() {
    let world = purged();
    let before = people(&world.cache);
    let World { dir, cache } = world;
    drop(cache);
    let file = |name: &str| dir.path().join(name);
    let old = fs::read(file("mirror.db")).expect("reads");
    let cache = Cache::open(dir.path(), &keys(), &me(), device()).expect("opens");
    cache.renew_key(&NEXT).expect("is renewed");
    drop(cache);
    let new = fs::read(file("mirror.db")).expect("reads");
    // (what stands under the old name, what is left of the new file, who opens it)
    type Left<'a> = (&'a [u8], Option<&'a [u8]>, Keys);
    let stops: [Left<'_>; 4] = [
        (&old, Some(&new[..5_000]), keys()),
        (&old, Some(&new), keys()),
        (&new, None, under_next()),
        (&new, Some(&new), under_next()),
    ];
    for (at, (main, next, opens)) in stops.into_iter().enumerate() {
        for name in ["mirror.db", "mirror.db-wal", "mirror.db-shm", "mirror.db.next"] {
            let _ = fs::remove_file(file(name));
        }
        fs::write(file("mirror.db"), main).expect("writes");
        if let Some(next) = next {
            fs::write(file("mirror.db.next"), next).expect("writes");
        }
        let is_new = Cache::is_under(dir.path(), &NEXT).expect("looks");
        assert_eq!(is_new, opens.mirror == NEXT, "stop {at}: which key it is");
        let cache = Cache::open(dir.path(), &opens, &me(), device()).expect("opens");
        assert_eq!((cache.opened(), people(&cache)), (Opened::Found, before), "stop {at}");
        assert!(!file("mirror.db.next").exists(), "stop {at}: nothing is left");
    }
}
