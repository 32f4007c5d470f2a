//! What a device has accepted from its person, and what became of it: each command ends
//! exactly once, and stays ended.

use std::collections::{BTreeMap, BTreeSet};

use muster_cache::{Cache, EntryState, OutboxEntry, Settled};
use muster_domain::CommandId;
use muster_protocol::OutcomeStatus;

/// Where a command is in its life, as far as anybody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Open,
    TakenBack,
    Over(OutcomeStatus),
}

#[derive(Debug, Clone)]
pub struct Kept {
    pub id: CommandId,
    pub body: String,
    pub fate: Fate,
    /// It waited on a disk that was put back or cloned since, and may have gone from there.
    pub may_have_gone: bool,
}

/// Every command of a device, by its number there.
#[derive(Debug, Default, Clone)]
pub struct Book {
    pub commands: BTreeMap<u64, Kept>,
    /// What went with a disk that was put back. A server may know it.
    pub forgotten: Vec<Kept>,
    looks: u64,
}

/// Of what is over, a look reads one in so many; when the world rests, every one is read.
const SHARE: u64 = 32;

impl Kept {
    fn check(&mut self, n: u64, cache: &Cache) {
        let Some(entry) = cache.entry(n).expect("reads") else {
            // The journal forgets what was settled long ago.
            assert!(self.fate != Fate::Open, "lost: {}", self.body);
            return;
        };
        assert_eq!(entry.id, self.id, "another command under the number {n}");
        let shown = match (entry.state, &entry.outcome) {
            (EntryState::Waiting | EntryState::Sending, None) => Fate::Open,
            (EntryState::Undone, None) => Fate::TakenBack,
            (EntryState::Settled | EntryState::Refused | EntryState::Discarded, Some(outcome)) => {
                Fate::Over(outcome.status)
            }
            (state, outcome) => panic!("{state:?} with {outcome:?}: {}", self.body),
        };
        // What waits for a lost workspace, or builds on what was refused, ends here.
        assert!(
            self.fate == shown || self.fate == Fate::Open,
            "was {:?}, is {shown:?}: {}",
            self.fate,
            self.body
        );
        self.fate = shown;
    }
}

impl Book {
    pub fn kept(&mut self, entry: OutboxEntry) {
        let kept = Kept { id: entry.id, body: entry.body, fate: Fate::Open, may_have_gone: false };
        let before = self.commands.insert(entry.n, kept);
        assert!(before.is_none(), "number {} was given twice", entry.n);
    }

    /// An answer settled these.
    pub fn settled(&mut self, settled: &[Settled]) {
        for it in settled {
            let kept = self.commands.get_mut(&it.n).expect("settled, but never accepted");
            assert_eq!(
                kept.fate,
                Fate::Open,
                "a second outcome, {:?}, for {}",
                it.outcome.status,
                kept.body
            );
            kept.fate = Fate::Over(it.outcome.status);
        }
    }

    /// Compares with what the outbox shows: nothing is lost, nothing ends twice, what is over
    /// has a verdict that can be read.
    pub fn check(&mut self, cache: &Cache) {
        for (n, kept) in &mut self.commands {
            kept.check(*n, cache);
        }
    }

    /// The same of what is not over yet, and of some that are.
    pub fn look(&mut self, cache: &Cache) {
        let some = self.looks % SHARE;
        self.looks += 1;
        for (n, kept) in &mut self.commands {
            if kept.fate == Fate::Open || *n % SHARE == some {
                kept.check(*n, cache);
            }
        }
    }

    /// The disk is as it was when `before` was copied.
    pub fn put_back(&mut self, before: Book, cache: &Cache) {
        let now = std::mem::replace(self, before);
        for kept in self.commands.values_mut() {
            kept.may_have_gone |=
                now.commands.values().any(|it| it.id == kept.id && it.may_have_gone);
        }
        let is_gone = |it: &Kept| !self.commands.values().any(|kept| kept.id == it.id);
        let gone = now.commands.into_values().filter(is_gone);
        self.forgotten = now.forgotten.into_iter().chain(gone).collect();
        for (n, kept) in &mut self.commands {
            if let Some(entry) = cache.entry(*n).expect("reads") {
                kept.may_have_gone |= entry.state == EntryState::Waiting;
            }
        }
    }

    /// What another machine still sends may come to another end there than here.
    pub fn sent_elsewhere(&mut self, open: &BTreeSet<CommandId>) {
        for kept in self.commands.values_mut().filter(|it| open.contains(&it.id)) {
            kept.may_have_gone = true;
        }
    }

    /// What is not over.
    pub fn open(&self) -> BTreeSet<CommandId> {
        let open = self.commands.values().filter(|it| it.fate == Fate::Open);
        open.map(|it| it.id).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.commands.values().all(|kept| kept.fate != Fate::Open)
    }
}
