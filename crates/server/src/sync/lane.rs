//! Deciding a lane's commands: in order, each once, each with an outcome (sync.md 4.8, 4.9).

use std::panic::{AssertUnwindSafe, catch_unwind};

use muster_domain::{Command, Login, Refusal, RefusalCode, WorkspaceId};
use muster_protocol::{Outcome, OutcomeStatus, Push};
use sha2::{Digest, Sha256};

use super::place::{Place, place};
use crate::change::Change;
use crate::clock::Clock;
use crate::grants::Grants;
use crate::hub::Hub;
use crate::mail::Post;
use crate::store::{AuditRow, Lane, Store, StoreError, StoredOutcome, Tx};
use crate::write::{Origin, Verdict, WriteError};

/// How long one transaction takes commands, in milliseconds.
const SLICE: i64 = 50;

/// How often a command may crash the decision before it is put aside.
const CRASHES: u32 = 3;

/// The decision; a parameter so that a crash can be tried.
pub(super) type Judge = fn(&dyn Tx, &Origin<'_>, &Command) -> Result<Verdict, WriteError>;

/// How a lane's turn ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    /// Every command that could be decided was.
    Decided,
    /// The disk takes no writes: not one was decided.
    Unwritable,
    /// The lane is another one's, or this one's of another time: a disk was put back, or
    /// numbers are missing between the last one known here and the first one sent.
    Fork {
        /// The number that would be next.
        expected: u64,
        /// The commands of this request that are the lane's own.
        own: Vec<u64>,
    },
}

/// One turn of a lane.
pub(super) struct Run<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) clock: &'a dyn Clock,
    pub(super) hub: &'a Hub,
    pub(super) login: &'a Login,
    pub(super) lane: Lane,
    pub(super) request: &'a str,
    pub(super) judge: Judge,
    pub(super) post: Post,
}

enum Step {
    Known,
    Decided(Option<Change>),
    Fork,
}

impl Run<'_> {
    /// Decides the commands, several to a transaction, and forgets outcomes that the app has
    /// kept.
    pub(super) fn decide(&self, acked: u64, pushes: &[Push]) -> Result<Ending, StoreError> {
        let mut own = Vec::new();
        let mut rest = pushes;
        while !rest.is_empty() {
            let (taken, changes, stop) = match self.transaction(rest, &mut own) {
                // What was decided before is on the disk, and its outcomes are told.
                Err(StoreError::Unwritable(_)) if rest.len() < pushes.len() => break,
                Err(StoreError::Unwritable(_)) => return Ok(Ending::Unwritable),
                other => other?,
            };
            changes.into_iter().for_each(|change| self.hub.changed(change));
            rest = &rest[taken..];
            match stop {
                None => {}
                Some(_) => {
                    let expected = self.store.read()?.last_n(self.lane)? + 1;
                    return Ok(Ending::Fork { expected, own });
                }
            }
        }
        match self.forget(acked) {
            // They are forgotten when it does.
            Ok(()) | Err(StoreError::Unwritable(_)) => Ok(Ending::Decided),
            Err(other) => Err(other),
        }
    }

    fn transaction(
        &self,
        pushes: &[Push],
        own: &mut Vec<u64>,
    ) -> Result<(usize, Vec<Change>, Option<Step>), StoreError> {
        let tx = self.store.write()?;
        let taken = self.slice(&*tx, pushes, own)?;
        tx.commit()?;
        Ok(taken)
    }

    /// A cloned device would make the other lose its outcomes, so this comes last.
    fn forget(&self, acked: u64) -> Result<(), StoreError> {
        let first = self.store.read()?.outcomes(self.lane)?.first().map(|it| it.outcome.n);
        if first.is_some_and(|n| n <= acked) {
            let tx = self.store.write()?;
            tx.forget_outcomes(self.lane, acked)?;
            tx.commit()?;
        }
        Ok(())
    }

    fn slice(
        &self,
        tx: &dyn Tx,
        pushes: &[Push],
        own: &mut Vec<u64>,
    ) -> Result<(usize, Vec<Change>, Option<Step>), StoreError> {
        let until = self.clock.now().0 + SLICE;
        let mut changes = Vec::new();
        for (index, push) in pushes.iter().enumerate() {
            if index > 0 && self.clock.now().0 >= until {
                return Ok((index, changes, None));
            }
            match self.step(tx, push)? {
                Step::Known => own.push(push.n),
                Step::Decided(change) => {
                    own.push(push.n);
                    changes.extend(change);
                }
                stop @ Step::Fork => return Ok((index, changes, Some(stop))),
            }
        }
        Ok((pushes.len(), changes, None))
    }

    fn step(&self, tx: &dyn Tx, push: &Push) -> Result<Step, StoreError> {
        let last = tx.last_n(self.lane)?;
        let hash = hash(push);
        let kept = tx.outcome(self.lane, push.n)?.map(|stored| stored.hash);
        match place(last, push.n, kept.as_ref(), &hash) {
            Place::Next => {}
            Place::Known => return Ok(Step::Known),
            Place::Astray => return Ok(Step::Fork),
        }
        let (outcome, change) = match self.carried_out(tx, push)? {
            Some(outcome) => (outcome, None),
            None => self.settle(tx, push)?,
        };
        if let Some(refusal) = &outcome.refusal {
            tx.append_audit(&self.refused(refusal))?;
        }
        tx.put_outcome(self.lane, &StoredOutcome { hash, outcome })?;
        Ok(Step::Decided(change))
    }

    /// The outcome of a command that was carried out under another number: its disk was put
    /// back or cloned after it had been sent, and the outcome is forgotten (sync.md 4.9).
    fn carried_out(&self, tx: &dyn Tx, push: &Push) -> Result<Option<Outcome>, StoreError> {
        let found = tx.carried_out(push.id, self.login.id)?;
        Ok(found.map(|(seq, at)| Outcome {
            n: push.n,
            status: OutcomeStatus::Applied,
            refusal: None,
            seq: Some(seq),
            at,
        }))
    }

    fn settle(&self, tx: &dyn Tx, push: &Push) -> Result<(Outcome, Option<Change>), StoreError> {
        let outcome = |status, refusal, seq| Outcome {
            n: push.n,
            status,
            refusal,
            seq,
            at: self.clock.now(),
        };
        let Ok(command) = serde_json::from_str::<Command>(&push.body) else {
            return Ok((outcome(OutcomeStatus::Unsupported, None, None), None));
        };
        if self.builds_on_nothing(tx, push)? {
            return Ok((outcome(OutcomeStatus::Skipped, None, None), None));
        }
        // As the person stands now, not as they stood when the request began.
        let actor = tx.login(self.login.id)?.unwrap_or_else(|| self.login.clone());
        if !self.grant_holds(tx, &actor, push, &command)? {
            let refusal = Refusal::new(RefusalCode::GrantChanged);
            return Ok((outcome(OutcomeStatus::Refused, Some(refusal), None), None));
        }
        let origin = Origin {
            actor: &actor,
            command: Some(push.id),
            request: self.request,
            now: self.clock.now(),
            post: self.post,
        };
        Ok(match self.judge(tx, &origin, &command)? {
            None => (outcome(OutcomeStatus::Quarantined, None, None), None),
            Some(Verdict::Applied(applied)) => {
                (outcome(OutcomeStatus::Applied, None, Some(applied.seq)), Some(applied.change))
            }
            Some(Verdict::NoOp) => (outcome(OutcomeStatus::NoOp, None, None), None),
            Some(Verdict::Refused(refusal)) => {
                (outcome(OutcomeStatus::Refused, Some(refusal), None), None)
            }
        })
    }

    /// Decides within a savepoint; `None` when the decision keeps crashing.
    fn judge(
        &self,
        tx: &dyn Tx,
        origin: &Origin<'_>,
        command: &Command,
    ) -> Result<Option<Verdict>, StoreError> {
        for attempt in 1..=CRASHES {
            tx.savepoint()?;
            match catch_unwind(AssertUnwindSafe(|| (self.judge)(tx, origin, command))) {
                Ok(Ok(verdict)) => {
                    tx.release()?;
                    return Ok(Some(verdict));
                }
                Ok(Err(WriteError::Store(error))) => return Err(error),
                Ok(Err(error @ WriteError::Undecided)) => {
                    tx.rollback_to()?;
                    tracing::error!(%error, request = self.request, "command put aside");
                    return Ok(None);
                }
                Err(_) => {
                    tx.rollback_to()?;
                    tracing::error!(attempt, request = self.request, "command crashed");
                }
            }
        }
        Ok(None)
    }

    /// Whether a command that this one builds on did not take effect.
    fn builds_on_nothing(&self, tx: &dyn Tx, push: &Push) -> Result<bool, StoreError> {
        for n in &push.deps {
            let Some(stored) = tx.outcome(self.lane, *n)? else {
                // Acknowledged: the app has seen it take effect. Of the future: malformed.
                if *n >= push.n {
                    return Ok(true);
                }
                continue;
            };
            match stored.outcome.status {
                OutcomeStatus::Applied | OutcomeStatus::NoOp => {}
                OutcomeStatus::Refused
                | OutcomeStatus::Skipped
                | OutcomeStatus::Unsupported
                | OutcomeStatus::Quarantined => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Whether the access under which the command was made is the access of now (4.14).
    fn grant_holds(
        &self,
        tx: &dyn Tx,
        actor: &Login,
        push: &Push,
        command: &Command,
    ) -> Result<bool, StoreError> {
        let Some(workspace) = command.workspace() else { return Ok(true) };
        if needs_no_access(command) {
            return Ok(true);
        }
        let present =
            Grants::one(tx, actor, workspace, self.clock.now())?.map(|grant| grant.grant_seq);
        match (push.grant, present) {
            (Some(made_under), Some(present)) => Ok(made_under == present),
            (Some(_), None) => Ok(false),
            // Not visible; the decision says so.
            (None, None) => Ok(true),
            (None, Some(_)) => self.made_by_dep(tx, push, workspace),
        }
    }

    /// A command on a workspace that the same lane just created cannot know its grant yet.
    fn made_by_dep(
        &self,
        tx: &dyn Tx,
        push: &Push,
        workspace: WorkspaceId,
    ) -> Result<bool, StoreError> {
        let created = tx.reached_one(workspace)?.map(|(_, reached)| reached.created_seq);
        for n in &push.deps {
            let seq = tx.outcome(self.lane, *n)?.and_then(|stored| stored.outcome.seq);
            if seq.is_some() && seq == created {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn refused(&self, refusal: &Refusal) -> AuditRow {
        AuditRow {
            at: self.clock.now(),
            login: Some(self.login.id),
            device: Some(self.lane.device),
            kind: "command.refused",
            detail: refusal.code.key().to_owned(),
            request: self.request.to_owned(),
        }
    }
}

/// Whether a command is about a workspace that its actor has no access to as a rule: one in
/// the bin, or one that another account offers. The rules of now decide about those; none of
/// them waits in an outbox.
const fn needs_no_access(command: &Command) -> bool {
    matches!(
        command,
        Command::RestoreWorkspace { .. } | Command::AcceptOffer { .. } | Command::EndOffer { .. }
    )
}

/// What tells a command from another of the same number.
fn hash(push: &Push) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(push.id.to_bytes());
    hash.update(push.body.as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use muster_domain::{Address, CommandId, DeviceId, LoginId, LoginStatus, Timestamp};
    use muster_protocol::{Ask, Have, Policy, Say};

    use super::*;
    use crate::clock::ManualClock;
    use crate::store::sqlite::SqliteStore;
    use crate::write;

    fn crashes(_: &dyn Tx, origin: &Origin<'_>, command: &Command) -> Result<Verdict, WriteError> {
        match command {
            Command::LeaveWorkspace { .. } => panic!("a defect at {:?}", origin.now),
            _ => Ok(Verdict::NoOp),
        }
    }

    fn undecided(_: &dyn Tx, _: &Origin<'_>, _: &Command) -> Result<Verdict, WriteError> {
        Err(WriteError::Undecided)
    }

    struct Bench {
        _folder: tempfile::TempDir,
        store: SqliteStore,
        login: Login,
        clock: ManualClock,
        hub: Hub,
    }

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let store = SqliteStore::open(&folder.path().join("muster.db"), 2).expect("a store");
            let login = Login {
                id: LoginId::from_bytes([1; 16]),
                address: Address::parse("a@b.example").expect("an address"),
                name: "A".to_owned(),
                status: LoginStatus::Active,
                verified: Vec::new(),
            };
            let tx = store.write().expect("a transaction");
            tx.add_login(&login, "$none$", Timestamp(0)).expect("a login");
            tx.commit().expect("a commit");
            let (clock, hub) = (ManualClock::at(Timestamp(7)), Hub::default());
            Self { _folder: folder, store, login, clock, hub }
        }

        fn decide(&self, judge: Judge, pushes: &[Push]) -> Vec<OutcomeStatus> {
            let lane = Lane { device: DeviceId::from_bytes([2; 16]), login: self.login.id };
            let run = Run {
                store: &self.store,
                clock: &self.clock,
                hub: &self.hub,
                login: &self.login,
                lane,
                request: "test",
                judge,
                post: Post::None,
            };
            assert_eq!(run.decide(0, pushes).expect("decided"), Ending::Decided);
            let outcomes = self.store.read().expect("a snapshot").outcomes(lane);
            outcomes.expect("outcomes").iter().map(|it| it.outcome.status).collect()
        }
    }

    fn push(n: u64, command: &Command, deps: &[u64]) -> Push {
        Push {
            n,
            id: CommandId::from_bytes([u8::try_from(n).expect("small"); 16]),
            body: serde_json::to_string(command).expect("a command"),
            deps: deps.to_vec(),
            grant: None,
            claimed_at: Timestamp(0),
        }
    }

    #[test]
    fn s8_a_command_that_crashes_is_put_aside_and_the_lane_goes_on() {
        let workspace = WorkspaceId::from_bytes([3; 16]);
        let pushes = [
            push(1, &Command::LeaveWorkspace { workspace }, &[]),
            push(2, &Command::DeleteWorkspace { workspace, reason: None }, &[]),
            push(3, &Command::DeleteWorkspace { workspace, reason: None }, &[1]),
        ];
        use OutcomeStatus::{NoOp, Quarantined, Skipped};
        assert_eq!(Bench::new().decide(crashes, &pushes), [Quarantined, NoOp, Skipped]);
    }

    #[test]
    fn s8_a_decision_that_lacks_a_fact_is_put_aside() {
        let workspace = WorkspaceId::from_bytes([3; 16]);
        let pushes = [push(1, &Command::DeleteWorkspace { workspace, reason: None }, &[])];
        assert_eq!(Bench::new().decide(undecided, &pushes), [OutcomeStatus::Quarantined]);
    }

    #[test]
    fn a_lane_of_many_commands_takes_several_transactions() {
        /// Moves with every look, so that a slice ends after a few commands.
        struct Hasty(ManualClock);
        impl Clock for Hasty {
            fn now(&self) -> Timestamp {
                self.0.advance(10);
                self.0.now()
            }
        }
        let bench = Bench::new();
        let workspace = WorkspaceId::from_bytes([3; 16]);
        let pushes: Vec<_> = (1..=20)
            .map(|n| push(n, &Command::DeleteWorkspace { workspace, reason: None }, &[]))
            .collect();
        let lane = Lane { device: DeviceId::from_bytes([2; 16]), login: bench.login.id };
        let clock = Hasty(ManualClock::at(Timestamp(0)));
        let run = Run {
            store: &bench.store,
            clock: &clock,
            hub: &bench.hub,
            login: &bench.login,
            lane,
            request: "test",
            judge: write::run,
            post: Post::None,
        };
        assert_eq!(run.decide(0, &pushes).expect("decided"), Ending::Decided);
        assert_eq!(bench.store.read().expect("a snapshot").last_n(lane).expect("it"), 20);
    }

    #[test]
    fn d4_a_disk_that_takes_no_writes_decides_nothing_and_goes_on_when_it_does() {
        let bench = Bench::new();
        let workspace = WorkspaceId::from_bytes([3; 16]);
        let pushes = [push(1, &Command::DeleteWorkspace { workspace, reason: None }, &[])];
        let device = DeviceId::from_bytes([2; 16]);
        let exchange = super::super::Exchange {
            store: &bench.store,
            clock: &bench.clock,
            hub: &bench.hub,
            login: &bench.login,
            device,
            request: "test",
            post: Post::None,
        };
        let asks = || {
            let hello = Ask::Hello {
                proto: muster_protocol::PROTOCOL,
                build: "test".to_owned(),
                schema: 1,
                rules: 1,
                device,
            };
            let command = Ask::Command(pushes[0].clone());
            vec![hello, Ask::Have(Have::default()), command]
        };
        let told = || {
            let says = exchange.run(asks()).expect("is answered");
            let policy = says.iter().find_map(|say| match say {
                Say::Hello { policy, .. } => Some(*policy),
                _ => None,
            });
            let outcomes = says.iter().filter(|say| matches!(say, Say::Outcome(_))).count();
            let is_whole = matches!(says.last(), Some(Say::End { .. }));
            (policy.expect("says hello"), outcomes, is_whole)
        };
        bench.store.seal(true);
        assert_eq!(told(), (Policy::NotNow, 0, true), "it is answered and nothing is decided");
        bench.store.seal(false);
        assert_eq!(told(), (Policy::Ok, 1, true));
    }
}
