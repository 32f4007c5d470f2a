//! Damage of every kind to files at rest (D5): each is read as it was, saved as far as it goes,
//! or fetched again, and never shown as something that it is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use muster_cache::{Cache, CacheError, MemberWindowQuery};

use super::random::Dice;
use super::scene::{AFTERWARDS, BEFORE, Scene};
use super::support::NOW;

/// What SQLCipher seals as a whole.
const PAGE: usize = 4_096;
const FILES: [&str; 3] = ["outbox.db", "mirror.db", "mirror.db-wal"];

/// Whole files, copied while the app runs: the mirror's log is not empty.
pub struct Whole {
    files: Vec<(&'static str, Vec<u8>)>,
    /// What the app shows of them.
    rows: Vec<String>,
}

impl Whole {
    pub fn of(scene: &Scene, dir: &Path) -> Self {
        let cache = scene.open(dir).expect("opens");
        for answer in scene.first_sync() {
            cache.apply(&answer, NOW).expect("is applied");
        }
        for number in BEFORE.chain(AFTERWARDS) {
            cache.submit(&scene.change(number), NOW, Default::default()).expect("is kept");
        }
        let read = |name: &'static str| (name, fs::read(dir.join(name)).expect("is there"));
        Self { files: FILES.map(read).to_vec(), rows: shown(scene, &cache).expect("reads") }
    }

    /// Puts the files into a folder, one of them damaged; says how.
    pub fn damaged(&self, dice: &mut Dice, dir: &Path) -> String {
        let victim = usize::try_from(dice.roll(FILES.len() as u64)).expect("an index");
        let mut how = String::new();
        for (at, (name, bytes)) in self.files.iter().enumerate() {
            let mut bytes = bytes.clone();
            if at == victim {
                how = format!("{name}: {}", damage(dice, &mut bytes));
            }
            fs::write(dir.join(name), bytes).expect("writes");
        }
        how
    }
}

fn damage(dice: &mut Dice, bytes: &mut Vec<u8>) -> String {
    let mut place = |length: usize| usize::try_from(dice.roll(length as u64)).expect("an index");
    let (first, second) = (place(bytes.len()), place(bytes.len()));
    let (one, other) = (first / PAGE, second / PAGE);
    let page = |number: usize| number * PAGE..((number + 1) * PAGE);
    match place(5) {
        0 => {
            bytes[first] ^= 1 << place(8);
            format!("a bit of byte {first}")
        }
        1 => {
            let end = bytes.len().min((one + 1) * PAGE);
            bytes[one * PAGE..end].fill(0);
            format!("page {one} is zero")
        }
        2 => {
            bytes.truncate(first);
            format!("cut off at {first}")
        }
        3 if one != other && page(one.max(other)).end <= bytes.len() => {
            let (kept, moved) = (bytes[page(one)].to_vec(), bytes[page(other)].to_vec());
            bytes[page(one)].copy_from_slice(&moved);
            bytes[page(other)].copy_from_slice(&kept);
            format!("pages {one} and {other} in each other's place")
        }
        _ => {
            let count = 1 + place(bytes.len() - first);
            bytes[first..first + count]
                .iter_mut()
                .for_each(|byte| *byte = byte.wrapping_mul(7) ^ 90);
            format!("{count} bytes from {first}")
        }
    }
}

/// The members with their states, as the app shows them.
fn shown(scene: &Scene, cache: &Cache) -> Result<Vec<String>, CacheError> {
    let window = cache.members(&MemberWindowQuery::of(scene.workspace(), 100))?;
    Ok(window.rows.iter().map(|it| format!("{} {:?}", it.member.name, it.member.state)).collect())
}

/// What is wrong about files that were damaged like this.
pub fn wrong(scene: &Scene, whole: &Whole, dir: &Path) -> Option<String> {
    let found = match scene.open(dir) {
        Ok(cache) => looked_at(scene, whole, &cache),
        // Nothing was touched, and the person is asked.
        Err(CacheError::OutboxBroken(_)) => return None,
        Err(error) => Some(format!("does not open: {error}")),
    };
    found.or_else(|| {
        // Damage that shows only when it is read is mended by the next start.
        let cache = scene.open(dir).ok()?;
        shown(scene, &cache).err().map(|error| format!("is not mended: {error}"))
    })
}

fn looked_at(scene: &Scene, whole: &Whole, cache: &Cache) -> Option<String> {
    let waiting = match cache.pending() {
        Ok(waiting) => waiting,
        Err(error) => return Some(format!("what waits cannot be read: {error}")),
    };
    let found: BTreeSet<_> = waiting.iter().filter_map(|it| scene.number(it)).collect();
    let missing: Vec<_> = BEFORE.chain(AFTERWARDS).filter(|it| !found.contains(it)).collect();
    let told = cache.salvaged().map_or(&[][..], |it| &it.lost);
    // Number 0 stands for however many nothing is known of.
    if missing.len() > told.len() && told.iter().all(|it| it.n != 0) {
        return Some(format!("{missing:?} are lost, {told:?} is told"));
    }
    let rows = match shown(scene, cache) {
        Ok(rows) => rows,
        Err(CacheError::Damaged) => return None,
        Err(error) => return Some(format!("cannot be shown: {error}")),
    };
    let stranger = rows.into_iter().find(|row| missing.is_empty() && !whole.rows.contains(row));
    stranger.map(|row| format!("shows {row}"))
}
