//! What the app said before it ended, held against what its files say afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use muster_cache::{Cache, OutboxEntry};

use super::scene::{ONE_MORE, Scene, TAKEN_BACK};
use super::support::NOW;

#[derive(Debug, Default)]
pub struct Witness {
    kept: BTreeSet<usize>,
    failed: BTreeSet<usize>,
    undone: BTreeSet<usize>,
    /// Whether a request was made, so that an answer to it can be of use.
    has_asked: bool,
    /// Whether the answer about the first change was taken in.
    was_told: bool,
}

impl Witness {
    pub fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut witness = Self::default();
        for line in lines {
            let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
            let number = rest.split(':').next().and_then(|it| it.parse().ok());
            match (what, number) {
                ("kept", Some(number)) => witness.kept.insert(number),
                ("failed", Some(number)) => witness.failed.insert(number),
                ("undone", Some(number)) => witness.undone.insert(number),
                ("asked", None) => std::mem::replace(&mut witness.has_asked, true),
                ("told", None) => std::mem::replace(&mut witness.was_told, true),
                _ => false,
            };
        }
        witness
    }

    /// Opens the files as the next start does, and fails where they do not hold what was said.
    pub fn look(&self, scene: &Scene, dir: &Path, case: &str) {
        assert_eq!(self.missing(scene, dir, case), Vec::<String>::new());
    }

    /// What was said and is not so.
    pub fn missing(&self, scene: &Scene, dir: &Path, case: &str) -> Vec<String> {
        let cache = match scene.open(dir) {
            Ok(cache) => cache,
            Err(error) => return vec![format!("{case}: does not open: {error}")],
        };
        let mut wrong = self.compare(scene, &cache);
        wrong.extend(goes_on(scene, &cache).err());
        wrong.into_iter().map(|it| format!("{case}: {it}, of {self:?}")).collect()
    }

    fn compare(&self, scene: &Scene, cache: &Cache) -> Vec<String> {
        let waiting = cache.pending().expect("reads");
        let settled = cache.settled(100).expect("reads");
        let mut found: BTreeMap<usize, u32> = BTreeMap::new();
        for number in waiting.iter().chain(&settled).filter_map(|it| scene.number(it)) {
            *found.entry(number).or_default() += 1;
        }
        let waits = |number: usize| waiting.iter().any(|it| scene.number(it) == Some(number));
        let mut wrong = Vec::new();
        let mut say = |is_wrong: bool, what: String| is_wrong.then(|| wrong.push(what));
        for number in self.kept.iter().filter(|it| **it != TAKEN_BACK) {
            say(!found.contains_key(number), format!("{number} was accepted and is lost"));
        }
        for (number, times) in &found {
            say(*times > 1, format!("{number} is there {times} times"));
        }
        for number in &self.failed {
            say(found.contains_key(number), format!("{number} was not accepted and is there"));
        }
        for number in &self.undone {
            say(waits(*number), format!("{number} was taken back and waits"));
        }
        say(self.has_asked && self.was_told && waits(1), "1 was decided and waits".to_owned());
        // A commit that was cut short can look like one that was damaged (`wal.rs`). Then all
        // that can be read is carried over, and nothing may be missing.
        let lost = cache.salvaged().map_or(0, |it| it.lost.len());
        say(lost > 0, format!("{lost} are given up for lost"));
        say(!is_in_order(&waiting), "what waits is in another order".to_owned());
        wrong
    }
}

fn is_in_order(waiting: &[OutboxEntry]) -> bool {
    waiting.is_sorted_by_key(|it| it.n)
}

/// The files are of use: what a server sends can be taken in, and one more change kept.
fn goes_on(scene: &Scene, cache: &Cache) -> Result<(), String> {
    for answer in scene.first_sync() {
        cache.apply(&answer, NOW).map_err(|error| format!("takes nothing in: {error}"))?;
    }
    let kept = cache.submit(&scene.change(ONE_MORE), NOW, Default::default());
    match kept.map_err(|error| format!("keeps nothing: {error}"))?.n {
        Some(_) => Ok(()),
        None => Err("one more change is not kept".to_owned()),
    }
}
