//! The state rebuilt from the log at any event is the state that was: random commands through
//! the rules, every state remembered.

use muster_domain::{
    Command, Event, EventKind, LoginId, MemberState, Membership, RoleSet, Row, Timestamp,
};

use super::history::{ANA, Chain, compare, joined, state, tell};
use super::model::{Random, State};
use super::world::*;
use crate::{MemberWindowQuery, Unsent};

/// Whose states the model and the copy are compared by.
type Known = Vec<(muster_domain::MembershipId, RoleSet, MemberState, String)>;

fn known<'a>(members: impl Iterator<Item = &'a Membership>) -> Known {
    let mut known: Known = members.map(|it| (it.id, it.roles, it.state, it.note.clone())).collect();
    known.sort_by_key(|it| it.0);
    known
}

/// Random commands through the rules, and people who come back: what each of them did is
/// chained, and the state after each is remembered.
struct Years {
    state: State,
    chain: Chain,
    was: Vec<(i64, Vec<Membership>)>,
    random: Random,
    seq: u64,
    next: u32,
}

impl Years {
    fn new(seed: u64) -> Self {
        let mut years = Self {
            state: State::default(),
            chain: Chain::northwind(),
            was: Vec::new(),
            random: Random(seed),
            seq: 0,
            next: 100,
        };
        let row = Row::Workspace(workspace(ws(1), "Northwind"));
        years.happen(vec![Event { kind: EventKind::WorkspaceCreated, before: None, after: row }]);
        for number in 1..=8 {
            years.happen(vec![joined(number, &format!("Person {number}"))]);
        }
        years
    }

    fn happen(&mut self, events: Vec<Event>) {
        self.seq += 1;
        let at = i64::try_from(self.seq).expect("few") * 10;
        for event in events {
            self.state.take(&event);
            self.chain.add(self.seq, at, ANA, event);
        }
        self.was.push((at, self.state.members().cloned().collect()));
    }

    fn step(&mut self) {
        let all: Vec<Membership> = self.state.members().cloned().collect();
        let member = all[self.random.below(all.len() as u64) as usize].clone();
        let (workspace, membership) = (ws(1), member.id);
        let command = match self.random.below(8) {
            0 => Command::SuspendMember { workspace, membership, reason: None },
            1 => Command::ResumeMember { workspace, membership },
            2 => Command::RemoveMember { workspace, membership, reason: None },
            3 => Command::SetMemberNote {
                workspace,
                membership,
                was: member.note.clone(),
                note: format!("note {}", self.random.below(3)),
            },
            4 if !member.state.is_present() => return self.come_back(&member, &all),
            _ => Command::SetMemberRoles {
                workspace,
                membership,
                was: member.roles,
                roles: self.random.role(),
                reason: None,
            },
        };
        let decision = self.state.clone().run(&command, NOW);
        if let muster_domain::Decision::Accept(events) = decision {
            self.happen(events);
        }
    }

    fn come_back(&mut self, member: &Membership, all: &[Membership]) {
        let is_here = |it: &Membership| it.login == member.login && it.state.is_present();
        if all.iter().any(is_here) {
            return;
        }
        self.next += 1;
        let again = Membership {
            id: mid(self.next),
            state: MemberState::Active,
            ended: None,
            ..member.clone()
        };
        let after = Row::Membership(again);
        self.happen(vec![Event { kind: EventKind::MemberJoined, before: None, after }]);
    }

    /// What differs between two remembered states, by person.
    fn differing(&self, from: usize, to: usize) -> (usize, usize, usize, usize) {
        let present = |index: usize| -> std::collections::BTreeMap<LoginId, &Membership> {
            let members = self.was[index].1.iter().filter(|it| it.state.is_present());
            members.map(|it| (it.login, it)).collect()
        };
        let (before, after) = (present(from), present(to));
        let joined = after.keys().filter(|it| !before.contains_key(it)).count();
        let left = before.keys().filter(|it| !after.contains_key(it)).count();
        let stayed = after.iter().filter_map(|(id, it)| Some((before.get(id)?, it)));
        let key = |it: &Membership| (it.id, it.roles, it.state);
        let (same, changed): (Vec<_>, Vec<_>) =
            stayed.partition(|(before, after)| key(before) == key(after));
        (joined, left, changed.len(), same.len())
    }
}

#[test]
fn v49_the_state_rebuilt_from_the_log_at_any_event_is_the_state_that_was() {
    for seed in 0..6 {
        println!("seed {seed}");
        let mut years = Years::new(seed);
        (0..150).for_each(|_| years.step());
        let world = World::northwind();
        // In parts, as a server sends a long history.
        let total = years.chain.events.len();
        let cut = years.random.below(total as u64) as usize;
        tell(&world, 10, vec![years.chain.say(0, cut, true)]);
        tell(&world, 10, vec![years.chain.say(cut, total, false)]);
        assert_eq!(state(&world).broken, None, "seed {seed}");
        for (at, was) in &years.was {
            let present = |it: &&Membership| it.state.is_present();
            let query = MemberWindowQuery::of(ws(1), 1_000);
            let page = world.cache.as_of(&query, Timestamp(*at)).expect("reads");
            let expected = known(was.iter().filter(present));
            assert_eq!(known(page.rows.iter()), expected, "seed {seed}, present at {at}");
            assert_eq!(page.people as usize, expected.len(), "seed {seed}, counted at {at}");
            let query = MemberWindowQuery { status: crate::MemberStatus::Former, ..query };
            let page = world.cache.as_of(&query, Timestamp(*at)).expect("reads");
            let expected = known(was.iter().filter(|it| !present(it)));
            assert_eq!(known(page.rows.iter()), expected, "seed {seed}, former at {at}");
        }
        for _ in 0..60 {
            let mut pick = || years.random.below(years.was.len() as u64) as usize;
            let (one, other) = (pick(), pick());
            let (from, to) = (one.min(other), one.max(other));
            let compared = compare(&world, years.was[from].0, years.was[to].0, Unsent::LeftOut);
            let found = (
                compared.joined_total as usize,
                compared.left_total as usize,
                compared.changed_total as usize,
                compared.unchanged as usize,
            );
            assert_eq!(found, years.differing(from, to), "seed {seed}, from {from} to {to}");
        }
    }
}
