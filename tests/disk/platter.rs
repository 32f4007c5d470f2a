//! What lies on a disk when its power goes: everything that was synced, and any part of what was
//! not: a write that is missing, torn, or there before an earlier one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::random::Dice;
use super::strace::Event;

/// What a disk writes as a whole.
const SECTOR: usize = 512;

/// Whether the disk does what it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syncs {
    Kept,
    /// It says that it has synced, and has not.
    Ignored,
}

#[derive(Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Clone, Default)]
struct File {
    synced: Vec<u8>,
    changes: Vec<Change>,
}

/// A change of the folder itself, which is synced on its own.
#[derive(Clone)]
enum Entry {
    Made(String),
    Removed(String, File),
}

pub struct Platter {
    syncs: Syncs,
    files: BTreeMap<String, File>,
    /// What was not synced of the folder, in the order in which a disk writes it.
    entries: Vec<Entry>,
}

impl Platter {
    pub fn new(syncs: Syncs) -> Self {
        Self { syncs, files: BTreeMap::new(), entries: Vec::new() }
    }

    /// Takes in what a program does; what it said, if that is what it did.
    pub fn take<'a>(&mut self, event: &'a Event) -> Option<&'a str> {
        match event {
            Event::Said(line) => return Some(line),
            Event::Made(name) => {
                if !self.files.contains_key(name) {
                    self.files.insert(name.clone(), File::default());
                    self.entries.push(Entry::Made(name.clone()));
                }
            }
            Event::Wrote { name, at, bytes } => {
                self.change(name, Change::Write { at: *at, bytes: bytes.clone() });
            }
            Event::Cut { name, length } => self.change(name, Change::Length(*length)),
            Event::Synced(_) if self.syncs == Syncs::Ignored => {}
            // The folder.
            Event::Synced(name) if name.is_empty() => self.entries.clear(),
            Event::Synced(name) => {
                let file = self.files.entry(name.clone()).or_default();
                for change in std::mem::take(&mut file.changes) {
                    carry_out(&mut file.synced, &change, |_| true);
                }
            }
            Event::Removed(name) => {
                let gone = self.files.remove(name);
                self.entries.extend(gone.map(|file| Entry::Removed(name.clone(), file)));
            }
        }
        None
    }

    fn change(&mut self, name: &str, change: Change) {
        self.files.entry(name.to_owned()).or_default().changes.push(change);
    }

    /// The files that are there, each with what was not synced of it.
    fn left(&self, dice: &mut Dice) -> BTreeMap<String, File> {
        let mut files = self.files.clone();
        let lost = usize::try_from(dice.roll(self.entries.len() as u64 + 1)).expect("a length");
        for entry in self.entries.iter().rev().take(lost) {
            match entry {
                Entry::Made(name) => files.remove(name),
                Entry::Removed(name, file) => files.insert(name.clone(), file.clone()),
            };
        }
        files
    }

    /// Writes what is left into an empty folder.
    pub fn cut(&self, dice: &mut Dice, dir: &Path) {
        for (name, file) in &self.left(dice) {
            let mut bytes = file.synced.clone();
            // As often as not in a mood: all of it, none of it, or some.
            let mood = dice.roll(4);
            for change in &file.changes {
                match mood {
                    0 => {}
                    1 => carry_out(&mut bytes, change, |_| true),
                    _ => match dice.roll(4) {
                        0 => {}
                        1 => carry_out(&mut bytes, change, |_| dice.one_in(2)),
                        _ => carry_out(&mut bytes, change, |_| true),
                    },
                }
            }
            fs::write(dir.join(name), bytes).expect("writes");
        }
    }
}

/// Carries out a change in those sectors of it that have come to the disk.
fn carry_out(file: &mut Vec<u8>, change: &Change, mut has_come: impl FnMut(usize) -> bool) {
    match change {
        Change::Length(length) => {
            if has_come(0) {
                file.resize(*length, 0);
            }
        }
        Change::Write { at, bytes } => {
            for (number, sector) in bytes.chunks(SECTOR).enumerate() {
                if has_come(number) {
                    let from = at + number * SECTOR;
                    let end = from + sector.len();
                    file.resize(file.len().max(end), 0);
                    file[from..end].copy_from_slice(sector);
                }
            }
        }
    }
}
