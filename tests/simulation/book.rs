//! What a device has accepted from its person, and what became of it: each command ends
//! exactly once, and stays ended.

use std::collections::BTreeMap;

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
}

/// Every command of a device, by its number there.
#[derive(Debug, Default)]
pub struct Book {
    pub commands: BTreeMap<u64, Kept>,
}

impl Book {
    pub fn kept(&mut self, entry: OutboxEntry) {
        let kept = Kept { id: entry.id, body: entry.body, fate: Fate::Open };
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
            let Some(entry) = cache.entry(*n).expect("reads") else {
                // The journal forgets what was settled long ago.
                assert!(kept.fate != Fate::Open, "lost: {}", kept.body);
                continue;
            };
            assert_eq!(entry.id, kept.id, "another command under the number {n}");
            let shown = match (entry.state, &entry.outcome) {
                (EntryState::Waiting | EntryState::Sending, None) => Fate::Open,
                (EntryState::Undone, None) => Fate::TakenBack,
                (
                    EntryState::Settled | EntryState::Refused | EntryState::Discarded,
                    Some(outcome),
                ) => Fate::Over(outcome.status),
                (state, outcome) => panic!("{state:?} with {outcome:?}: {}", kept.body),
            };
            // What waits for a lost workspace, or builds on what was refused, ends here.
            assert!(
                kept.fate == shown || kept.fate == Fate::Open,
                "was {:?}, is {shown:?}: {}",
                kept.fate,
                kept.body
            );
            kept.fate = shown;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.commands.values().all(|kept| kept.fate != Fate::Open)
    }
}
