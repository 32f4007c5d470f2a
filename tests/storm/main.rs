//! Ten devices, each a process of its own behind a bad line, and a real server that is killed
//! now and then (S4). After it all the line heals, and then: nothing is stuck, every copy is what
//! the server shows to that sign-in, and every change was carried out once or not at all.
//!
//! `MUSTER_MINUTES=n` sets how long it blows, `MUSTER_SEED=n` repeats the choices (not the
//! moments: these are real processes), `MUSTER_PAUSE=ms` how long each person thinks.

#[path = "../people/mod.rs"]
mod people;

mod check;
mod device;
#[allow(dead_code, reason = "the app's half uses all of it")]
mod dice;
mod line;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use device::Device;
use dice::Dice;
use line::{Line, Tally, Weather};
use muster_client::view::Intent;
use muster_domain::{Plan, Role, RoleSet, SchemeId, WorkspaceId};
use people::server::Server;
use people::{Person, team};

/// How long outboxes may take to empty once the line is calm (S2).
const EMPTY: Duration = Duration::from_secs(60);

/// How long every copy may take to be what the server shows: a stream that died in silence is
/// missed after two heartbeats.
const AGREED: Duration = Duration::from_secs(150);

/// In a run of less than this nothing dies in silence: what waits for it is given up too late.
const LONG: Duration = Duration::from_secs(60);

/// Who works, and on how many devices.
const PEOPLE: [(&str, u32); 7] =
    [("Ana", 2), ("Bo", 2), ("Cy", 2), ("Di", 1), ("Ed", 1), ("Fay", 1), ("Gus", 1)];

fn number<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread")]
async fn s4_ten_devices_behind_a_bad_line_lose_nothing_and_agree() {
    let seed = number("MUSTER_SEED", RandomState::new().hash_one(0));
    let minutes: f64 = number("MUSTER_MINUTES", 0.15);
    println!("MUSTER_SEED={seed} MUSTER_MINUTES={minutes}");
    let mut storm = Storm::gather(seed, Duration::from_secs_f64(minutes * 60.0)).await;
    storm.blow().await;
    storm.calm().await;
    storm.agree().await;
    storm.count();
}

struct Storm {
    server: Server,
    devices: Vec<Device>,
    dice: Dice,
    time: Duration,
    pause: u64,
    tally: Arc<Tally>,
    kills: u32,
}

impl Storm {
    /// Everybody signed in, with work in common.
    async fn gather(seed: u64, time: Duration) -> Self {
        let mut dice = Dice(seed);
        let server = Server::start();
        let tally = Arc::new(Tally::default());
        let mut lines = Vec::new();
        for _ in 0..PEOPLE.iter().map(|(_, devices)| devices).sum() {
            lines.push(Line::to(server.url(), dice.roll(u64::MAX), Arc::clone(&tally)).await);
        }
        let mut apps: Vec<(&str, Person, Line)> = Vec::new();
        let (people, places) = team_of(&mut lines).await;
        for ((name, devices), (person, line)) in PEOPLE.into_iter().zip(people) {
            apps.push((name, person, line));
            for _ in 1..devices {
                let line = lines.pop().expect("enough lines");
                let second = Person::new();
                second.sign_in(line.url(), name).await.expect("signs in");
                apps.push((name, second, line));
            }
        }
        for (_, person, _) in apps.iter().filter(|(name, ..)| *name == "Ana") {
            for place in &places {
                team::enters(person, *place).await;
            }
        }
        let mut devices = Vec::new();
        for (name, person, line) in apps {
            devices.push(Device::of(name, person, line).await);
        }
        let pause = number("MUSTER_PAUSE", 400);
        Self { server, devices, dice, time, pause, tally, kills: 0 }
    }

    /// Everything goes wrong while everybody works.
    async fn blow(&mut self) {
        let weather = if self.time < LONG { Weather::Rough } else { Weather::Deadly };
        for device in &mut self.devices {
            device.start(&mut self.dice, self.pause);
            device.line.set(weather);
        }
        let end = Instant::now() + self.time;
        while Instant::now() < end {
            let pause = Duration::from_millis(200 + self.dice.roll(1_200));
            tokio::time::sleep(pause).await;
            let at = usize::try_from(self.dice.roll(10)).expect("few");
            let is_long = self.dice.roll(6) == 0;
            let device = &mut self.devices[at];
            match self.dice.roll(20) {
                0 => {
                    self.kills += 1;
                    self.server.kill();
                    tokio::time::sleep(Duration::from_millis(self.dice.roll(1_500))).await;
                    self.server.restart();
                }
                1 | 2 => device.crash(&mut self.dice, self.pause),
                3..=8 => {
                    let longest = if is_long { 15_000 } else { 3_000 };
                    device.line.outage(Duration::from_millis(300 + self.dice.roll(longest)));
                }
                _ => {}
            }
            self.devices.iter_mut().for_each(Device::listen);
        }
    }

    /// The line heals, nobody asks for anything more: every outbox empties by itself.
    async fn calm(&mut self) {
        for device in &mut self.devices {
            device.line.set(Weather::Calm);
            device.quiet();
        }
        let begun = Instant::now();
        let mut waiting = Vec::new();
        while begun.elapsed() < EMPTY {
            waiting.clear();
            for device in &mut self.devices {
                let (waits, state) = device.waits();
                if waits > 0 {
                    waiting.push(format!("{} {waits} {state}", device.name));
                }
            }
            if waiting.is_empty() {
                println!("every outbox was empty after {:?}", begun.elapsed());
                return;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        panic!("stuck {EMPTY:?} after the line was calm: {waiting:?}");
    }

    /// Every copy becomes what a device shows that signs in only now.
    async fn agree(&mut self) {
        let begun = Instant::now();
        let mut shown = BTreeMap::new();
        for (name, _) in PEOPLE {
            shown.insert(name, projection(&self.server, name).await);
        }
        let mut apart: BTreeMap<usize, String> = BTreeMap::new();
        while begun.elapsed() < AGREED {
            apart.clear();
            for (at, device) in self.devices.iter_mut().enumerate() {
                let Some(held) = check::copy(device.dir.path()) else {
                    apart.insert(at, "between two keys".to_owned());
                    continue;
                };
                if let Some(difference) = check::difference(&held, &shown[device.name]) {
                    let (_, state) = device.waits();
                    apart.insert(at, format!("{} ({state}): {difference}", device.name));
                }
            }
            if apart.is_empty() {
                println!("every copy agreed after {:?}", begun.elapsed());
                return;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("apart {AGREED:?} after the line was calm: {apart:#?}");
    }

    /// Nothing lost, nothing twice.
    fn count(&mut self) {
        self.devices.iter_mut().for_each(Device::end);
        self.server.kill();
        assert!(check::is_whole(&self.server), "the server's file is damaged");
        let ends = check::once(&self.server, &self.devices);
        let kept: usize = self.devices.iter().map(|it| it.kept.len()).sum();
        let restarts: u32 = self.devices.iter().map(|it| it.restarts).sum();
        let said = |it: &std::sync::atomic::AtomicU64| it.load(Ordering::Relaxed);
        let tally = &self.tally;
        println!("{kept} changes kept; {ends:?}");
        println!(
            "{} connections, {} cut, {} truncated, {} stalled, {} dead in silence, {} requests \
             delivered again, {} parts doubled, {} outages, {restarts} apps and {} servers killed",
            said(&tally.connections),
            said(&tally.cuts),
            said(&tally.truncations),
            said(&tally.stalls),
            said(&tally.holes),
            said(&tally.repeats),
            said(&tally.doubled),
            said(&tally.outages),
            self.kills,
        );
        assert!(kept > 20 && ends.applied > 20, "nobody did anything");
        assert!(said(&tally.cuts) + said(&tally.outages) > 3, "the line was good");
    }
}

/// What a copy without a past holds.
async fn projection(server: &Server, name: &str) -> check::Contents {
    let fresh = Person::new();
    fresh.sign_in(server.url(), name).await.expect("signs in");
    fresh
        .until("everything to be there", async || {
            let state = fresh.app.app_state().await.ok()?;
            let is_online = state.connection.state == muster_client::view::ConnectionState::Online;
            (is_online && state.connection.loading.is_none()).then_some(())
        })
        .await;
    let dir = fresh.dir.path();
    fresh.until("the whole history", async || check::has_history(dir).then_some(())).await;
    fresh.app.end().await;
    check::copy(fresh.dir.path()).expect("the copy opens")
}

/// Everybody of [`PEOPLE`] with their first device: an agency with four workspaces, and a
/// workspace of Gus's own.
async fn team_of(lines: &mut Vec<Line>) -> (Vec<(Person, Line)>, Vec<WorkspaceId>) {
    let mut line = || lines.pop().expect("enough lines");
    let first = line();
    let ana = Person::new();
    ana.sign_up(first.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await.id;
    let mut places = vec![home];
    for name in ["North", "South", "East"] {
        places.push(team::workspace(&ana, name, Plan::Pro).await);
    }
    let mut everybody = Vec::new();
    let roles = [
        ("Bo", Role::WorkspaceAdmin),
        ("Cy", Role::WorkspaceAdmin),
        ("Di", Role::AgentManager),
        ("Ed", Role::ContentManager),
        ("Fay", Role::ChatUser),
    ];
    for (name, role) in roles {
        let line = line();
        let person = joins(&ana, home, name, role, &line).await;
        let member = ana.member(home, name).await.id;
        for place in places.iter().filter(|it| **it != home) {
            let roles = RoleSet::of(&[role]);
            ana.apply(Intent::AddMember { workspace: *place, person: member, roles }).await;
        }
        everybody.push((person, line));
    }
    let last = line();
    let gus = Person::new();
    gus.sign_up(last.url(), "Gus", SchemeId::OwnerLed).await;
    let side = team::workspace(&gus, "Side", Plan::Pro).await;
    for ((person, line), name) in everybody.iter().zip(["Bo", "Cy"]) {
        let link = gus.invite(side, name, Role::Admin).await;
        // Everybody knows the one server by the address of their own line.
        let link = link.replace(last.url(), line.url());
        person.app.invitation_accept(link).await.expect("is the addressed person");
    }
    let link = ana.invite(home, "Gus", Role::WorkspaceAdmin).await;
    let link = link.replace(first.url(), last.url());
    gus.app.invitation_accept(link).await.expect("Gus is the addressed person");
    everybody.insert(0, (ana, first));
    everybody.push((gus, last));
    (everybody, places)
}

/// Somebody who joins a managed account by invitation, at the end of their own line.
async fn joins(host: &Person, place: WorkspaceId, name: &str, role: Role, line: &Line) -> Person {
    let link = host.invite(place, name, role).await;
    let guest = Person::new();
    let mut form = people::sign_up_form(line.url(), name, None);
    form.invitation = Some(link);
    guest.app.sign_up(form).await.expect("signs up with the invitation");
    team::enters(&guest, place).await;
    guest
}
