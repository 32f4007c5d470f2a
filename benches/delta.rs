//! A delta of 100 changed members: it must cost what 100 rows cost, however many people are in
//! the workspace.

mod support;

use std::time::Duration;

use support::{Members, apply, median, mirror_file, report, roster, time};

const CHANGED: usize = 100;
const ROUNDS: u64 = 21;

fn main() {
    let small = measure(10_000);
    let large = measure(100_000);
    report("delta of 100 rows among 100,000", large, "among 10,000", small);
}

/// The cost of a delta, with the bare rewriting of as many rows printed beside it.
fn measure(people: usize) -> Duration {
    let roster = roster(people);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let cache = roster.synced(dir.path());
    let delta = median(ROUNDS, |round| {
        let answer = roster.delta(CHANGED, round);
        time(|| apply(&cache, &answer))
    });
    drop(cache);

    let members = Members::of(&mirror_file(dir.path()));
    let mut db = members.empty_file(&dir.path().join("floor.db"));
    members.write(&mut db, 1, people);
    let step = people / CHANGED;
    let floor = median(ROUNDS, |_| time(|| members.write(&mut db, step, CHANGED)));
    let what = format!("delta of {CHANGED} rows among {people}");
    report(&what, delta, "bare rewriting of as many rows", floor);
    delta
}
