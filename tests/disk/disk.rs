//! A disk that fails, fills up, loses its power or its bytes under the app's files, and apps that
//! start beside each other (security.md 2.7, D2 to D5 and D7): whatever it does, nothing that was accepted is lost or kept twice, nothing ends in a
//! crash, and the next start is a good one.
//!
//! `strace` makes system calls fail in a process of its own (`client.rs`), one after the other,
//! and writes down what that process hands to the disk, of which a power cut leaves a part.
//!
//! `MUSTER_SEED=n` repeats the choices, `MUSTER_FAULTS=n` tries one in n writes (1: every
//! system call), `MUSTER_CUTS=n` sets how many power cuts there are, `MUSTER_DAMAGED=n` how many
//! damaged files and `MUSTER_STARTS=n` how many starts at once; see docs/disk.md.

#[path = "../../benches/support/mod.rs"]
mod support;

mod damage;
mod platter;
#[path = "../../crates/domain/tests/support/random.rs"]
#[allow(dead_code, reason = "each program uses its own part")]
mod random;
mod scene;
mod strace;
mod witness;

use std::fs;
use std::path::Path;

use damage::Whole;
use platter::{Platter, Syncs};
use random::{Dice, number, seed};
use scene::Scene;
use strace::{Fault, Run};
use tempfile::TempDir;
use witness::Witness;

/// One in so many writes is made to fail, unless told otherwise.
const FAULTS: u64 = 16;
/// Other calls are rarer by so much. Of syncs, on which every promise stands, none is left out.
const RARER: u64 = 6;
/// How many power cuts there are, unless told otherwise.
const CUTS: u64 = 400;

/// How many times files are damaged, unless told otherwise.
const DAMAGED: u64 = 400;
/// How many times several start at once, unless told otherwise.
const STARTS: u64 = 20;
const AT_ONCE: usize = 4;

/// What a disk does to a call. From the named one on, or once.
const FAULTS_OF_A_DISK: [Fault; 13] = [
    Fault::once("pwrite64", "error=EIO"),
    Fault::from("pwrite64", "error=EIO"),
    Fault::once("pwrite64", "error=ENOSPC"),
    Fault::from("pwrite64", "error=ENOSPC"),
    Fault::once("pwrite64", "signal=KILL"),
    Fault::once("fsync,fdatasync", "error=EIO"),
    Fault::from("fsync,fdatasync", "error=EIO"),
    Fault::last("fsync,fdatasync", "error=EIO"),
    Fault::once("fsync,fdatasync", "signal=KILL"),
    Fault::once("ftruncate", "error=EIO"),
    Fault::once("openat", "error=EMFILE"),
    Fault::once("unlink", "error=EIO"),
    Fault::once("pread64", "error=EIO"),
];

/// Memory is as good as a disk here, and spares the disk.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("muster-disk").tempdir_in(base).expect("a folder")
}

#[test]
fn d2_d4_whichever_system_call_fails_nothing_accepted_is_lost() {
    let (scene, among) = (Scene::new(), number("MUSTER_FAULTS", FAULTS));
    let mut dice = Dice(seed());
    for fault in FAULTS_OF_A_DISK {
        let step = match fault.calls {
            "pwrite64" => among,
            "fsync,fdatasync" => 1,
            _ => among / RARER,
        }
        .max(1);
        let (mut at, mut hits) = (1 + dice.roll(step), 0);
        while is_survived(&scene, &fault, at) {
            // Calls come in patterns: even steps would meet the same part of each.
            (at, hits) = (at + 1 + dice.roll(2 * step - 1), hits + 1);
        }
        println!("{fault}: {hits} times");
        assert!(hits > 0 || step > 1, "{fault} is never met");
    }
}

/// Lets the app live with this fault at its `at`th call; whether there was such a call.
fn is_survived(scene: &Scene, fault: &Fault, at: u64) -> bool {
    let folder = folder();
    let files = folder.path().join("files");
    let run = Run::with(fault, at, folder.path(), &files);
    let case = format!("{fault} at {at}: {run}");
    assert!(run.has_ended_well(), "{case}");
    Witness::of(run.said.iter().map(String::as_str)).look(scene, &files, &case);
    run.was_hit
}

#[test]
fn d3_a_power_cut_at_any_moment_takes_nothing_that_was_accepted() {
    let lost = cuts(Syncs::Kept, number("MUSTER_CUTS", CUTS));
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn d3_a_disk_that_only_claims_to_sync_is_found_out() {
    assert!(!cuts(Syncs::Ignored, 40).is_empty(), "this test can see a loss");
}

/// Cuts the power so many times; what was lost.
fn cuts(syncs: Syncs, count: u64) -> Vec<String> {
    let (scene, mut dice) = (Scene::new(), Dice(seed()));
    let folder = folder();
    let run = Run::watched(folder.path(), &folder.path().join("files"));
    assert!(run.has_ended_well(), "{run}");
    let events = run.events();
    let mut lost = Vec::new();
    for _ in 0..count {
        let seen = usize::try_from(dice.roll(events.len() as u64 + 1)).expect("below the length");
        let mut platter = Platter::new(syncs);
        let said = events[..seen].iter().filter_map(|event| platter.take(event));
        let witness = Witness::of(said.collect::<Vec<_>>().into_iter());
        let left = TempDir::new_in(folder.path()).expect("a folder");
        platter.cut(&mut dice, left.path());
        lost.extend(witness.missing(&scene, left.path(), &format!("cut after call {seen}")));
        fs::remove_dir_all(left.path()).expect("an own folder");
    }
    lost
}

#[test]
fn d5_damaged_files_are_saved_or_fetched_again_and_nothing_false_is_shown() {
    let (scene, count) = (Scene::new(), number("MUSTER_DAMAGED", DAMAGED));
    let mut dice = Dice(seed());
    let folder = folder();
    let whole = Whole::of(&scene, &folder.path().join("whole"));
    for _ in 0..count {
        let dir = TempDir::new_in(folder.path()).expect("a folder");
        let how = whole.damaged(&mut dice, dir.path());
        assert_eq!(damage::wrong(&scene, &whole, dir.path()), None, "{how}");
    }
}

#[test]
fn d7_of_several_that_start_at_once_one_writes_and_nothing_is_lost() {
    let scene = Scene::new();
    for round in 0..number("MUSTER_STARTS", STARTS) {
        let folder = folder();
        let files = folder.path().join("files");
        let lives = Run::beside_each_other(&files, AT_ONCE);
        let case =
            format!("round {round}: {}", lives.iter().map(Run::to_string).collect::<String>());
        assert!(lives.iter().all(Run::has_ended_well), "{case}");
        let open = lives.iter().filter(|it| it.said.first().is_some_and(|word| word == "open"));
        assert_eq!(open.count(), 1, "{case}");
        let said = lives.iter().flat_map(|it| it.said.iter().map(String::as_str));
        Witness::of(said).look(&scene, &files, &case);
    }
}
