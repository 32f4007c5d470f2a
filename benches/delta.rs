//! A delta of 100 changed members: it must cost what 100 rows cost, however many people are in
//! the copy, in one workspace or in thousands.

mod support;

use std::time::Duration;

use support::{Members, Roster, agency, apply, median, mirror_file, report, time};

const CHANGED: usize = 100;
const ROUNDS: u64 = 21;

fn main() {
    let small = measure("10,000 in one workspace", &agency(1, 10_000));
    let large = measure("100,000 in one workspace", &agency(1, 100_000));
    report("delta of 100 rows among 100,000", large, "among 10,000", small);
    let small = measure("10,000 in 100 workspaces", &agency(100, 100));
    let large = measure("1,000,000 in 10,000 workspaces", &agency(10_000, 100));
    report("delta of 100 rows among 1,000,000", large, "among 10,000", small);
}

/// The cost of a delta, with the bare rewriting of as many rows printed beside it.
fn measure(among: &str, roster: &Roster) -> Duration {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let cache = roster.synced(dir.path());
    let delta = median(ROUNDS, |round| {
        let answer = roster.delta(CHANGED, round);
        time(|| apply(&cache, &answer))
    });
    drop(cache);

    let members = Members::of(&mirror_file(dir.path()));
    let mut db = members.empty_file(&dir.path().join("floor.db"));
    members.write(&mut db, 1, members.len());
    let step = members.len() / CHANGED;
    let floor = median(ROUNDS, |_| time(|| members.write(&mut db, step, CHANGED)));
    report(&format!("delta of {CHANGED} rows among {among}"), delta, "bare rewriting", floor);
    delta
}
