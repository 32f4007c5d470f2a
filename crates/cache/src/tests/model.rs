//! Invariant 4 of sync.md: what is shown is a function of the confirmed rows and of what
//! waits, whatever came in between. The model is a map and a list; the server is the same
//! rules over the same map.

use std::collections::BTreeMap;

use muster_domain::{
    Command, Decision, Event, Facts, Known, Lookup, MemberState, Membership, MembershipId, Role,
    RoleSet, Row, Timestamp, decide,
};
use muster_protocol::{Outcome, OutcomeStatus, Push, Say, Stamped};

use super::world::*;
use crate::{EntryState, Label, MemberWindowQuery, Undone};

const ROUNDS: u64 = 12;
const STEPS: u64 = 60;
const PEOPLE: u64 = 6;

/// A small generator of our own, so that the seed alone says what was tried.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % limit
    }

    fn role(&mut self) -> RoleSet {
        let roles = [Role::ChatUser, Role::ContentManager, Role::AgentManager];
        RoleSet::of(&[roles[self.below(3) as usize]])
    }
}

/// Members by id, and the facts of a managed account's admin about them.
#[derive(Clone, Default)]
struct State(BTreeMap<MembershipId, Membership>);

impl State {
    fn run(&mut self, command: &Command, now: Timestamp) -> Decision {
        let facts = Facts::load(self, &me(), command, now).expect("a map does not fail");
        let decision = decide(&facts, command, now);
        if let Decision::Accept(events) = &decision {
            events.iter().for_each(|event| self.take(event));
        }
        decision
    }

    fn take(&mut self, event: &Event) {
        if let Row::Membership(member) = &event.after {
            self.0.insert(member.id, member.clone());
        }
    }
}

impl Lookup for State {
    type Error = std::convert::Infallible;

    fn login(
        &self,
        _: muster_domain::LoginId,
    ) -> Result<Option<muster_domain::Login>, Self::Error> {
        Ok(Some(me()))
    }
    fn account(
        &self,
        _: muster_domain::AccountId,
    ) -> Result<Option<muster_domain::Account>, Self::Error> {
        Ok(Some(account()))
    }
    fn is_account_admin(
        &self,
        _: muster_domain::AccountId,
        login: muster_domain::LoginId,
    ) -> Result<Known<bool>, Self::Error> {
        Ok(Known::Known(login == me().id))
    }
    fn workspace(
        &self,
        id: muster_domain::WorkspaceId,
    ) -> Result<Option<muster_domain::Workspace>, Self::Error> {
        Ok(Some(workspace(id, "Northwind")))
    }
    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Self::Error> {
        Ok(self.0.get(&id).cloned())
    }
    fn present_membership(
        &self,
        _: muster_domain::WorkspaceId,
        login: muster_domain::LoginId,
    ) -> Result<Option<Membership>, Self::Error> {
        let mut all = self.0.values();
        Ok(all.find(|it| it.login == login && it.state.is_present()).cloned())
    }
    fn membership_by_address(
        &self,
        _: muster_domain::WorkspaceId,
        _: &muster_domain::Address,
    ) -> Result<Known<Option<Membership>>, Self::Error> {
        Ok(Known::Unknown)
    }
    fn other_owners(
        &self,
        _: muster_domain::WorkspaceId,
        _: Role,
        _: MembershipId,
    ) -> Result<Known<u32>, Self::Error> {
        Ok(Known::Known(0))
    }
    fn other_workspaces(
        &self,
        _: muster_domain::AccountId,
        _: muster_domain::WorkspaceId,
    ) -> Result<Known<u32>, Self::Error> {
        Ok(Known::Known(0))
    }
    fn seats_taken(
        &self,
        _: muster_domain::WorkspaceId,
        _: Timestamp,
    ) -> Result<Known<u32>, Self::Error> {
        Ok(Known::Known(0))
    }
    fn invitation(
        &self,
        _: muster_domain::InvitationId,
    ) -> Result<Option<muster_domain::Invitation>, Self::Error> {
        Ok(None)
    }
    fn open_invitation(
        &self,
        _: muster_domain::WorkspaceId,
        _: &muster_domain::Address,
        _: Timestamp,
    ) -> Result<Known<Option<muster_domain::Invitation>>, Self::Error> {
        Ok(Known::Known(None))
    }
}

/// The server: its rows, their numbers, the lane and what it decided.
#[derive(Default)]
struct Server {
    state: State,
    changed_at: BTreeMap<MembershipId, u64>,
    seq: u64,
    outcomes: Vec<Outcome>,
}

impl Server {
    fn change(&mut self, member: Membership) {
        self.seq += 1;
        self.changed_at.insert(member.id, self.seq);
        self.state.0.insert(member.id, member);
    }

    fn decide(&mut self, push: &Push) {
        if push.n <= self.outcomes.len() as u64 {
            return;
        }
        assert_eq!(push.n, self.outcomes.len() as u64 + 1, "a gap in the lane");
        let command: Command = serde_json::from_str(&push.body).expect("a command");
        let mut after = self.state.clone();
        let decision = after.run(&command, NOW);
        let (status, refusal) = match &decision {
            Decision::Accept(_) => (OutcomeStatus::Applied, None),
            Decision::NoOp => (OutcomeStatus::NoOp, None),
            Decision::Refuse(_) | Decision::Hide => (OutcomeStatus::Refused, decision.refusal()),
            Decision::Unknown => unreachable!("a server knows"),
        };
        if let Decision::Accept(events) = decision {
            for event in events {
                if let Row::Membership(member) = event.after {
                    self.change(member);
                }
            }
        }
        self.outcomes.push(Outcome { n: push.n, status, refusal, seq: None, at: NOW });
    }

    fn rows_since(&self, seq: u64) -> Vec<Stamped> {
        let rows = self.state.0.values().map(|it| (self.changed_at[&it.id], it));
        rows.filter(|(at, _)| *at > seq)
            .map(|(at, it)| stamped(at, Row::Membership(it.clone())))
            .collect()
    }

    /// The answer to a request: every outcome again, and what changed since the cursor.
    fn answer(&self, since: u64) -> Vec<Say> {
        let mut frames: Vec<Say> = self.outcomes.iter().cloned().map(Say::Outcome).collect();
        frames.push(Say::Rows { rows: self.rows_since(since) });
        answer(1, self.seq, frames)
    }
}

struct Run {
    world: World,
    server: Server,
    /// The confirmed rows that the client should have.
    base: State,
    cursor: u64,
    random: Random,
}

impl Run {
    fn new(seed: u64) -> Self {
        let world = World::empty();
        let mut server = Server::default();
        for number in 1..=PEOPLE as u32 {
            server.change(member(ws(1), number, &format!("Person {number}")));
        }
        let mut rows = server.rows_since(0);
        rows.push(stamped(1, Row::Workspace(workspace(ws(1), "Northwind"))));
        let frames =
            vec![Say::Grants { all: vec![grant(ws(1))] }, accounts(), chunk(ws(1), rows, true)];
        world.apply(answer(1, server.seq, frames));
        let base = server.state.clone();
        let cursor = server.seq;
        Self { world, server, base, cursor, random: Random(seed) }
    }

    fn any_command(&mut self) -> Command {
        let membership = mid(self.random.below(PEOPLE) as u32 + 1);
        let workspace = ws(1);
        match self.random.below(5) {
            0 => Command::SuspendMember { workspace, membership },
            1 => Command::ResumeMember { workspace, membership },
            2 => Command::RemoveMember { workspace, membership },
            _ => {
                let was = self.world.cache.member(membership).expect("reads").expect("is there");
                let roles = self.random.role();
                Command::SetMemberRoles { workspace, membership, was: was.member.roles, roles }
            }
        }
    }

    fn step(&mut self) {
        match self.random.below(8) {
            0..=2 => {
                let command = self.any_command();
                self.world.cache.submit(&command, NOW, Label::default()).expect("decides");
            }
            3 => self.somebody_else(),
            4 => self.exchange(Lost::Nothing),
            5 => self.exchange(Lost::Answer),
            6 => self.undo(),
            _ => self.exchange(Lost::Request),
        }
    }

    /// A change on the server by another hand.
    fn somebody_else(&mut self) {
        let id = mid(self.random.below(PEOPLE) as u32 + 1);
        let mut member = self.server.state.0[&id].clone();
        match self.random.below(3) {
            0 => member.roles = self.random.role(),
            1 => member.state = MemberState::Removed,
            _ => member.state = MemberState::Active,
        }
        self.server.change(member);
    }

    fn exchange(&mut self, lost: Lost) {
        let (have, pushes) = self.world.request();
        assert_eq!(have.cursors[0].seq, self.cursor);
        match lost {
            Lost::Request => return self.world.cache.not_sent().expect("writes"),
            Lost::Answer | Lost::Nothing => {
                pushes.iter().for_each(|push| self.server.decide(push));
            }
        }
        if lost == Lost::Nothing {
            self.world.apply(self.server.answer(self.cursor));
            self.cursor = self.server.seq;
            self.base = self.server.state.clone();
        }
    }

    fn undo(&mut self) {
        let pending = self.world.cache.pending().expect("reads");
        if pending.is_empty() {
            return;
        }
        let entry = &pending[self.random.below(pending.len() as u64) as usize];
        let undone = self.world.cache.undo(entry.n, NOW).expect("writes");
        let expected = match entry.state {
            EntryState::Waiting => Undone::Done,
            _ => Undone::TooLate,
        };
        assert_eq!(undone, expected);
    }

    /// What the model says is shown.
    fn expected(&self) -> State {
        let mut state = self.base.clone();
        for entry in self.world.cache.pending().expect("reads") {
            state.run(&entry.command.expect("a command of this version"), entry.made_at);
        }
        state
    }

    fn check(&self, seed: u64, step: u64) {
        let at = format!("seed {seed} step {step}");
        let expected = self.expected();
        for (id, member) in &expected.0 {
            let entry = self.world.cache.member(*id).expect("reads").expect("is there");
            assert_eq!(entry.member, *member, "{at}: what is shown");
            let confirmed = entry.confirmed.unwrap_or(entry.member);
            assert_eq!(confirmed, self.base.0[id], "{at}: what is confirmed");
        }
        let window = self.world.cache.members(&MemberWindowQuery::of(ws(1), 128)).expect("reads");
        let present = self.base.0.values().filter(|it| it.state.is_present()).count();
        assert_eq!(window.people as usize, present, "{at}: confirmed people");
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    Request,
    Answer,
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for step in 0..STEPS {
        run.step();
        if run.random.below(12) == 0 {
            run.world = run.world.restart();
        }
        run.check(seed, step);
    }
    // Quiet at last: everything is settled, and both sides agree.
    run.exchange(Lost::Nothing);
    run.exchange(Lost::Nothing);
    assert_eq!(run.world.cache.counts().expect("reads").not_sent, 0, "seed {seed}: converges");
    run.check(seed, STEPS);
    let settled = run.world.cache.settled(10_000).expect("reads").len();
    let refused = run.world.cache.refused().expect("reads").len();
    assert_eq!(
        settled + refused,
        run.server.outcomes.len(),
        "seed {seed}: one outcome for each command"
    );
}

#[test]
fn s4_base_and_replay_equal_the_model_for_random_interleavings() {
    for seed in 0..ROUNDS {
        println!("seed {seed}");
        run(seed);
    }
}
