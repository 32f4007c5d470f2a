//! Random histories of everything: every command by anybody, acceptance, refusal, what is due,
//! people who lose their sign-in, and time that passes, over both schemes and several accounts.
//! After every accepted change all invariants hold.
//!
//! `MUSTER_SEED=n` repeats a run, `MUSTER_STEPS=n` sets how long it is.

mod commands;
mod grants;
mod invariants;
mod reviewing;
mod reviews;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;

use muster_domain::{
    Command, Decision, Due, Event, EventKind, LoginStatus, MemberState, Membership, MembershipId,
    Role, Row, SchemeId, Timestamp, WorkspaceStatus,
};
use support::asks::{one, set_scheme, to};
use support::random::{Dice, number, seed};
use support::{NOW, World, login_id};

/// How many people there are; the first five have accounts of their own.
const PEOPLE: u8 = 7;

/// How many steps one world lives.
const LIFE: u64 = 500;

/// After so many steps each, what is there is kept, to be compared with what the log says of it.
const LOOKS: u64 = 20;

/// What was done: who asked for what, or what happened by itself.
#[derive(Debug)]
enum Act {
    Asked(u8, Command),
    Accepted(u8),
    Declined,
    Due(Due),
}

struct History {
    world: World,
    dice: Dice,
    now: Timestamp,
    fresh: u64,
    /// How often each kind of thing was done.
    done: BTreeMap<String, u64>,
}

impl History {
    fn new(seed: u64) -> Self {
        let mut world = World::default();
        for person in 1..=PEOPLE {
            world.person(person);
        }
        world.found(1, 11, 1, SchemeId::Managed);
        let mapping =
            vec![to(support::asks::one(Role::WorkspaceAdmin), support::asks::one(Role::Owner))];
        // Account 1 follows the owners' scheme without a personal workspace.
        world.run(1, &set_scheme(SchemeId::OwnerLed, mapping, &[]), NOW);
        world.found(2, 12, 2, SchemeId::OwnerLed);
        world.found(3, 13, 3, SchemeId::Managed);
        world.found(4, 14, 4, SchemeId::OwnerLed);
        world.found(5, 15, 5, SchemeId::Managed);
        for (workspace, person, role) in [
            (11, 6, Role::Owner),
            (12, 5, Role::Admin),
            (13, 6, Role::WorkspaceAdmin),
            (13, 7, Role::AgentManager),
            (15, 3, Role::WorkspaceAdmin),
        ] {
            let member = world.join(workspace, person, one(role));
            let after = Row::Membership(world.members[&member].clone());
            world.log.push(Event { kind: EventKind::MemberJoined, before: None, after });
        }
        Self { world, dice: Dice(seed), now: NOW, fresh: 0, done: BTreeMap::new() }
    }

    fn fresh(&mut self) -> [u8; 16] {
        self.fresh += 1;
        let mut bytes = [0xEE; 16];
        bytes[8..].copy_from_slice(&self.fresh.to_be_bytes());
        bytes
    }

    fn person(&mut self) -> u8 {
        1 + self.dice.byte(PEOPLE.into())
    }

    fn step(&mut self) {
        // Often nothing passes, so that things happen in the same moment.
        if self.dice.one_in(3) {
            let minutes = if self.dice.one_in(20) { 60_000 } else { 600 };
            self.now = Timestamp(
                self.now.0 + i64::try_from(self.dice.roll(minutes)).expect("few") * 60_000,
            );
        }
        match self.dice.roll(40) {
            0 => self.flip_a_sign_in(),
            1..=5 => self.answer_an_invitation(),
            6 | 7 => self.let_things_happen(),
            _ => self.ask(),
        }
    }

    fn ask(&mut self) {
        let Some((actor, command)) = self.command() else { return };
        let before = self.world.clone_rows();
        let decision = self.world.run(actor, &command, self.now);
        self.check(&before, &Act::Asked(actor, command), &decision);
    }

    fn answer_an_invitation(&mut self) {
        let open: Vec<_> = self.world.invitations.keys().copied().collect();
        let Some(id) = self.dice.pick(&open) else { return };
        // Mostly the person it is meant for.
        let meant = &self.world.invitations[&id].address;
        let meant = (1..=PEOPLE).find(|it| support::address(*it) == *meant);
        let actor = if self.dice.one_in(6) { self.person() } else { meant.unwrap_or(1) };
        let before = self.world.clone_rows();
        if self.dice.one_in(5) {
            let decision = self.world.decline(actor, id, self.now);
            self.check(&before, &Act::Declined, &decision);
            return;
        }
        let member = MembershipId::from_bytes(self.fresh());
        let decision = self.world.accept_at(actor, id, member, self.now);
        if matches!(decision, Decision::Accept(_)) {
            let login = &self.world.logins[&login_id(actor)];
            assert!(login.answers_to(&self.world.invitations[&id].address), "E-25");
        }
        self.check(&before, &Act::Accepted(actor), &decision);
    }

    fn let_things_happen(&mut self) {
        let now = self.now;
        let ends = |it: &&Membership| it.until.is_some() && it.state.is_present();
        let mut due: Vec<Due> = self
            .world
            .members
            .values()
            .filter(ends)
            .map(|it| Due::MemberEnds { workspace: it.workspace, membership: it.id })
            .collect();
        let trashed = self.world.workspaces.values();
        let trashed = trashed.filter(|it| it.status == WorkspaceStatus::Trashed);
        due.extend(trashed.map(|it| Due::BinOver { workspace: it.id }));
        let accounts = self.world.accounts.values().filter(|it| it.deletion.is_some());
        due.extend(accounts.map(|it| Due::AccountDeletion { account: it.id }));
        let Some(due) = self.dice.pick(&due) else { return };
        let before = self.world.clone_rows();
        let decision = self.world.due(due, now);
        self.check(&before, &Act::Due(due), &decision);
    }

    /// Suspending or deleting a sign-in is not a command: the server sees to it that no floor
    /// breaks (E-2, E-11, E-38), so only a change that leaves them standing is made.
    fn flip_a_sign_in(&mut self) {
        let id = login_id(self.person());
        let was = self.world.logins[&id].status;
        let flipped = match was {
            LoginStatus::Active => LoginStatus::Suspended,
            LoginStatus::Suspended | LoginStatus::Deleted => LoginStatus::Active,
        };
        self.world.logins.get_mut(&id).expect("made at the start").status = flipped;
        if invariants::floors(&self.world).is_err() {
            self.world.logins.get_mut(&id).expect("made at the start").status = was;
        }
    }

    fn check(&mut self, before: &World, act: &Act, decision: &Decision) {
        let Decision::Accept(events) = decision else {
            assert!(
                *decision != Decision::Unknown,
                "a whole world leaves nothing unknown: {act:?}"
            );
            return;
        };
        assert!(!events.is_empty(), "a yes changes something: {act:?}");
        let name = match act {
            Act::Asked(_, command) => kind(command),
            Act::Accepted(_) => "acceptance".to_owned(),
            Act::Declined => "decline".to_owned(),
            Act::Due(due) => kind(due),
        };
        *self.done.entry(name).or_default() += 1;
        let checked = invariants::check(&self.world)
            .and_then(|()| invariants::events(before, events, self.now))
            .and_then(|()| invariants::seats(before, &self.world, self.now, act))
            .and_then(|()| grants::check(before, &self.world, act, events, self.now))
            .and_then(|()| reviews::check(before, &self.world, act, events, self.now));
        if let Err(why) = checked {
            panic!("{why}\nafter {act:#?}\nwith {events:#?}");
        }
    }
}

/// The name of a variant.
fn kind(of: &impl Debug) -> String {
    let text = format!("{of:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}

impl World {
    /// The rows without the log.
    fn clone_rows(&mut self) -> World {
        let log = std::mem::take(&mut self.log);
        let rows = self.clone();
        self.log = log;
        rows
    }
}

/// What was, when so many events had happened.
struct Moment {
    events: usize,
    rows: World,
}

impl Moment {
    fn of(world: &mut World) -> Self {
        Self { events: world.log.len(), rows: world.clone_rows() }
    }
}

/// One log: the last `after` of each entity up to an event is the state after that event.
fn assert_log_rebuilds(log: &[Event], moments: &[Moment]) {
    let mut rebuilt = World::default();
    let mut from = 0;
    for Moment { events, rows } in moments {
        for event in &log[from..*events] {
            rebuilt.write(event.after.clone());
        }
        from = *events;
        assert_eq!(rebuilt.accounts, rows.accounts);
        assert_eq!(rebuilt.admins, rows.admins);
        assert_eq!(rebuilt.workspaces, rows.workspaces);
        assert_eq!(rebuilt.members, rows.members);
        assert_eq!(rebuilt.invitations, rows.invitations);
        assert_eq!(rebuilt.roles, rows.roles);
        assert_eq!(rebuilt.contents, rows.contents);
        assert_eq!(rebuilt.groups, rows.groups);
        assert_eq!(rebuilt.reviews, rows.reviews);
        assert_eq!(rebuilt.lines, rows.lines);
    }
}

#[test]
fn r2_r3_r4_r5_r6_r7_r8_r10_r16_e2_e37_e40_e48_e50_v49_hold_on_random_histories_of_everything() {
    let seed = seed();
    let steps = number("MUSTER_STEPS", 60_000);
    let mut done: BTreeMap<String, u64> = BTreeMap::new();
    for round in 0..steps.div_ceil(LIFE) {
        let mut history = History::new(seed.wrapping_add(round));
        let mut moments = Vec::new();
        for step in 1..=LIFE {
            history.step();
            if step % LOOKS == 0 {
                moments.push(Moment::of(&mut history.world));
            }
        }
        assert_log_rebuilds(&history.world.log, &moments);
        for (name, times) in history.done {
            *done.entry(name).or_default() += times;
        }
    }
    println!("{steps} steps, accepted: {done:?}");
    if steps >= 60_000 {
        let never: Vec<_> = commands::NAMES.iter().filter(|it| !done.contains_key(**it)).collect();
        assert!(never.is_empty(), "never accepted, so never tried: {never:?}");
    }
}

/// Nobody sees a suspended person's rights; the check of the checks.
#[test]
fn r1_the_checks_see_what_a_membership_gives() {
    let mut world = World::default();
    world.found(1, 11, 1, SchemeId::OwnerLed);
    let held = grants::rights(&world, NOW);
    assert_eq!(held.len(), 1);
    world.member(11, 1).state = MemberState::Suspended;
    assert!(grants::rights(&world, NOW).is_empty());
    assert!(invariants::check(&world).is_err(), "R6");
}
