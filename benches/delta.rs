//! A delta of 100 changed members: it must cost what 100 rows cost, however many people are in
//! the copy, in one workspace or in thousands.

mod support;

use std::iter;
use std::time::Duration;

use muster_cache::Cache;
use support::{Members, Roster, agency, apply, mirror_file, report, time};
use tempfile::TempDir;

const CHANGED: usize = 100;
const ROUNDS: u64 = 201;

fn main() {
    compare(
        Copy::new("10,000 in one workspace", agency(1, 10_000)),
        Copy::new("100,000 in one workspace", agency(1, 100_000)),
    );
    compare(
        Copy::new("10,000 in 100 workspaces", agency(100, 100)),
        Copy::new("1,000,000 in 10,000 workspaces", agency(10_000, 100)),
    );
}

/// Measures two copies in turns, so that whatever else the machine does meets both.
fn compare(mut small: Copy, mut large: Copy) {
    for round in 0..ROUNDS {
        small.take(round);
        large.take(round);
    }
    let (small, large) = (small.done(), large.done());
    report(&format!("the median of {}", large.0), large.1, &small.0, small.1);
    report(&format!("the mean of {}", large.0), large.2, &small.0, small.2);
}

/// A copy with its history, and how long each delta took.
struct Copy {
    among: &'static str,
    roster: Roster,
    dir: TempDir,
    cache: Cache,
    took: Vec<Duration>,
}

impl Copy {
    fn new(among: &'static str, roster: Roster) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = roster.synced(dir.path());
        Self { among, roster, dir, cache, took: Vec::new() }
    }

    fn take(&mut self, round: u64) {
        let answer = self.roster.delta(CHANGED, round);
        self.took.push(time(|| apply(&self.cache, &answer)));
    }

    /// What was measured, its median and its mean; the bare rewriting of as many rows is printed
    /// beside it.
    fn done(self) -> (String, Duration, Duration) {
        drop(self.cache);
        let members = Members::of(&mirror_file(self.dir.path()));
        let mut db = members.empty_file(&self.dir.path().join("floor.db"));
        members.write(&mut db, 1, members.len());
        let step = members.len() / CHANGED;
        let rewrite = || time(|| members.write(&mut db, step, CHANGED));
        let floor = middle(iter::repeat_with(rewrite).take(21).collect());
        let mean = self.took.iter().sum::<Duration>() / ROUNDS as u32;
        let median = middle(self.took);
        let what = format!("a delta of {CHANGED} rows among {}", self.among);
        report(&what, median, "bare rewriting", floor);
        (what, median, mean)
    }
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
