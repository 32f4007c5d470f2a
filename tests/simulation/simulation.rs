//! The whole of Muster in one seeded, single-threaded simulation (sync.md 3, security.md 4.3):
//! the real rules, protocol, cache, sync core and server, with files of their own, a network
//! that loses, repeats, delays and cuts, machines that stop anywhere, and people who change
//! each other's access.
//!
//! `MUSTER_SEED=n` repeats a run, `MUSTER_STEPS=n` sets how long it is. See docs/simulation.md.

mod acts;
mod asks;
mod book;
mod device;
mod disk;
mod faults;
mod model;
mod network;
mod older;
mod oracle;
mod past;
#[path = "../../crates/domain/tests/support/random.rs"]
mod random;
mod rest;
mod server;
mod setup;
mod traffic;
mod world;

use std::hash::Hasher;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use random::{number, seed};
use world::{Tally, World};

/// How many steps one world lives, besides its rest. What a world costs to make and to compare
/// at its end is the price of several thousand steps, so that most worlds grow old.
fn life(seed: u64) -> u64 {
    match seed % 4 {
        0 => 4_000,
        1 | 2 => 12_000,
        _ => 20_000,
    }
}

/// How many steps a run has by default.
const STEPS: u64 = 100_000;

/// Memory is as good as a disk here, and spares the disk.
fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("muster-simulation").tempdir_in(base).expect("a folder")
}

/// Says which world a failure is in.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("MUSTER_SEED={} MUSTER_STEPS=1 repeats the world that failed", self.0);
        }
    }
}

/// One world from its beginning to its rest; what it did, and the number that names it.
fn live(seed: u64) -> (Tally, u64) {
    let _name = Named(seed);
    let folder = folder();
    let mut world = World::new(seed, folder.path());
    while world.tally.steps < life(seed) {
        world.step();
    }
    world.rest(folder.path());
    (world.tally, world.trace.finish())
}

/// Worlds with the seeds from this one on, one after the other, until there are enough steps.
/// Each is a single thread's; several are lived side by side.
fn run(seed: u64, steps: u64) -> Tally {
    let (sum, next) = (Mutex::new(Tally::default()), AtomicU64::new(seed));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while sum.lock().expect("no world failed").steps < steps {
                    let (tally, _) = live(next.fetch_add(1, Ordering::Relaxed));
                    sum.lock().expect("no world failed").add(&tally);
                }
            });
        }
    });
    sum.into_inner().expect("no world failed")
}

/// SQLCipher sets itself up with the first key of a process, which two threads must not do.
fn first_key() {
    let folder = folder();
    drop(disk::look(&folder.path().join("first.db"), &disk::MIRROR_KEY));
}

#[test]
fn s1_s2_s5_nothing_is_lost_or_applied_twice_and_all_copies_agree() {
    let steps = number("MUSTER_STEPS", STEPS);
    let seed = seed();
    first_key();
    let begun = std::time::Instant::now();
    let sum = run(seed, steps);
    println!("{sum:?} in {:?}", begun.elapsed());
    if steps >= STEPS {
        assert!(sum.applied > steps / 200, "people get things done: {sum:?}");
        assert!(sum.kills > 20 && sum.torn > 10 && sum.left > 20, "things go wrong: {sum:?}");
        assert!(sum.put_back > 5, "disks are put back: {sum:?}");
        assert!(sum.clones > 3 && sum.forks > 20, "machines are cloned: {sum:?}");
        assert!(sum.resets > 40, "deletions are forgotten: {sum:?}");
    }
}

#[test]
fn s1_a_seed_repeats_a_world_exactly() {
    // One of the short lives.
    let seed = seed() & !3;
    first_key();
    let (first, second) = (live(seed), live(seed));
    assert_eq!(first, second, "two runs of seed {seed}");
}
