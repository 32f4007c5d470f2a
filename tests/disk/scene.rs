//! What the app under test does, as values that both sides know.
#![allow(dead_code, reason = "each program uses its own part")]

use std::ops::RangeInclusive;
use std::path::Path;

use muster_cache::{Cache, CacheError, Keys, OutboxEntry};
use muster_domain::{Command, DeviceId, Membership, WorkspaceId};
use muster_protocol::{Outcome, OutcomeStatus, Say};

use super::support::{NOW, Roster, read, roster};

/// Changes made before the first exchange, by the number of the member that each suspends.
pub const BEFORE: RangeInclusive<usize> = 1..=3;
/// Changes made after it.
pub const AFTERWARDS: RangeInclusive<usize> = 4..=5;
/// The one of them that is taken back.
pub const TAKEN_BACK: usize = 5;
/// One more, for whoever looks whether it still works.
pub const ONE_MORE: usize = 6;

pub struct Scene {
    roster: Roster,
    /// Those who can be suspended, in the order of their ids.
    others: Vec<Membership>,
}

impl Scene {
    pub fn new() -> Self {
        let roster = roster(7);
        let others = roster.members.iter().filter(|it| it.login != roster.me.id);
        Self { others: others.cloned().collect(), roster }
    }

    pub fn open(&self, dir: &Path) -> Result<Cache, CacheError> {
        let keys = Keys { mirror: [1; 32], outbox: [2; 32] };
        Cache::open(dir, &keys, &self.roster.me, DeviceId::from_bytes([1; 16]))
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.roster.workspace.id
    }

    pub fn first_sync(&self) -> impl Iterator<Item = Vec<Say>> {
        self.roster.answers().into_iter().map(|answer| read(&answer))
    }

    pub fn change(&self, number: usize) -> Command {
        let member = &self.others[number - 1];
        Command::SuspendMember { workspace: member.workspace, membership: member.id, reason: None }
    }

    /// Which change this is.
    pub fn number(&self, entry: &OutboxEntry) -> Option<usize> {
        (1..=self.others.len()).find(|number| entry.command == Some(self.change(*number)))
    }

    /// The server's answer to the first change.
    pub fn decided(&self) -> Vec<Say> {
        let (n, seq) = (1, Some(self.roster.members.len() as u64 + 2));
        let (status, at) = (OutcomeStatus::Applied, NOW);
        let outcome = Say::Outcome(Outcome { n, status, refusal: None, seq, at });
        let mut answer = read(&self.roster.delta(1, 1));
        answer.insert(1, outcome);
        answer
    }
}
