//! The evidence of a review, written and checked (V-49).

use std::path::Path;

use muster_domain::{
    Choice, Event, EventKind, MemberState, Membership, PermissionSet, Role, Row, SigningKey,
};
use muster_evidence::{CSV, Files, HTML, Key, PACK, Pack, SEAL, check};

use super::history::Chain;
use super::keeping::MemoryVault;
use super::reviews::{QUARTER, decide, decided, line, review};
use super::world::{ME, NORTHWIND, Told, World, agency, login, member, mid, roles};
use crate::evidence::{From, key, register, write};
use crate::keep;
use crate::view::EvidenceKey;

/// Northwind's review of Bea and Chidi by Ana and Ben, with its log: Ben has Chidi removed, and
/// that was carried out.
fn reviewed() -> (Told, Chain) {
    let mut told = agency();
    let mut review = review(QUARTER, &[(ME, "Ana"), (10, "Ben")]);
    review.lines = 2;
    let bea = line(2, "Bea", roles(&[Role::AgentManager]));
    let chidi = line(3, "Chidi", roles(&[Role::ChatUser]));
    let mut said = chidi.clone();
    said.decided = vec![decided(10, "Ben", Choice::Remove)];
    let mut chain = Chain::new();
    let at = review.started.at.0;
    let event = |kind, before, after| Event { kind, before, after };
    chain.add(1, at, ME, event(EventKind::ReviewStarted, None, Row::Review(review.clone())));
    for line in [&bea, &chidi] {
        let frozen = Row::ReviewLine(line.clone());
        chain.add(1, at, ME, event(EventKind::ReviewLineFrozen, None, frozen));
    }
    let (before, after) = (Row::ReviewLine(chidi), Row::ReviewLine(said.clone()));
    chain.add(2, at + 10, 10, event(EventKind::ReviewDecided, Some(before), after));
    let held = member(NORTHWIND, 3, "Chidi", roles(&[Role::ChatUser]));
    let gone = Membership { state: MemberState::Removed, ..held.clone() };
    let (before, after) = (Row::Membership(held), Row::Membership(gone));
    chain.add(3, at + 20, ME, event(EventKind::MemberRemoved, Some(before), after));
    for row in [Row::Review(review), Row::ReviewLine(bea), Row::ReviewLine(said)] {
        told.row(row);
    }
    (told, chain)
}

fn world() -> World {
    let (mut told, chain) = reviewed();
    told.logs.push(chain.say(true));
    told.heard()
}

fn written(world: &World, below: &Path) -> (Files, Pack) {
    let key = Key::from_seed(&[7; 32]).expect("a key");
    let from = From { server: "https://muster.example", version: "0.1.0", key: &key };
    let bench = world.offline();
    let written = write(&bench, (NORTHWIND, QUARTER), &from, below).expect("is written");
    let read = |name: &str| std::fs::read(Path::new(&written.folder).join(name)).expect("is there");
    let files = Files { html: read(HTML), csv: read(CSV), pack: read(PACK), seal: read(SEAL) };
    let pack = serde_json::from_slice(&files.pack).expect("a pack");
    (files, pack)
}

#[test]
fn v49_evidence_is_written_without_a_connection_and_proves_itself() {
    let world = world();
    let (files, pack) = written(&world, world.dir.path());
    let report = check(&files).expect("is verified");
    assert!(report.proved.join(" ").contains("one unbroken chain"), "{report:?}");
    assert_eq!(pack.lines.len(), 2);
    let [change] = pack.changes.as_slice() else { panic!("one change: {:?}", pack.changes) };
    assert_eq!((change.name.as_str(), change.by.as_str()), ("Chidi", "Ana"));
    let mut files = files;
    files.html[40] ^= 1;
    assert!(check(&files).is_err());
}

#[test]
fn v49_what_is_not_sent_is_no_evidence() {
    let world = world();
    decide(&world, 2, Some(Choice::Keep), None);
    let (files, pack) = written(&world, world.dir.path());
    assert!(check(&files).is_ok());
    let bea = pack.lines.iter().find(|it| it.membership == mid(NORTHWIND, 2)).expect("Bea");
    assert!(bea.decided.is_empty());
}

#[test]
fn v49_who_may_not_read_the_history_writes_evidence_that_says_so() {
    let (mut told, _) = reviewed();
    let sees = PermissionSet::of(&[
        muster_domain::Permission::WorkspaceView,
        muster_domain::Permission::MemberView,
        muster_domain::Permission::ReviewRun,
    ]);
    told.accounts.admins.clear();
    told.places[0].1 = muster_domain::View::of(sees);
    let world = told.heard();
    let (files, pack) = written(&world, world.dir.path());
    assert!(pack.chain.is_none());
    assert_eq!(pack.lines.len(), 2);
    assert!(check(&files).expect("is verified").open[0].contains("not in the pack"));
}

/// The log of a review that names this key as mine.
fn naming(vault: &MemoryVault) -> World {
    let (mut told, mut chain) = reviewed();
    let rows = &mut told.places[0].2;
    let mut reviews = rows.iter_mut().filter_map(|it| match it {
        Row::Review(review) => Some(review),
        _ => None,
    });
    let held = reviews.next().expect("the review");
    let before = held.clone();
    let public = key(vault, login(ME)).expect("a key").public().parse().expect("a key");
    let mut after = before.clone();
    let at = before.started.at;
    after.keys.push(SigningKey { login: login(ME), name: "Ana".to_owned(), key: public, at });
    let named = Event {
        kind: EventKind::ReviewKeyRegistered,
        before: Some(Row::Review(before)),
        after: Row::Review(after.clone()),
    };
    chain.add(4, at.0 + 30, ME, named);
    *held = after;
    told.logs.push(chain.say(true));
    told.heard()
}

#[test]
fn v49_the_key_is_named_in_the_log_once_and_waits_without_a_connection() {
    let vault = MemoryVault::default();
    let world = world();
    let bench = world.offline();
    let place = (NORTHWIND, QUARTER);
    assert!(register(&bench, &vault, place).expect("is kept").is_some());
    assert_eq!(register(&bench, &vault, place).expect("waits already"), None);
    let seed = key(&vault, login(ME)).expect("a key");
    let from = From { server: "https://muster.example", version: "0.1.0", key: &seed };
    let written = write(&bench, place, &from, world.dir.path()).expect("is written");
    assert_eq!(written.key, EvidenceKey::NotYet, "what is not sent proves nothing");

    let world = naming(&vault);
    let bench = world.offline();
    assert_eq!(register(&bench, &vault, place).expect("is there"), None);
    let written = write(&bench, place, &from, world.dir.path()).expect("is written");
    assert_eq!(written.key, EvidenceKey::InLog);
}

#[test]
fn v49_the_signing_key_stays_the_same_until_the_sign_in_is_forgotten() {
    let vault = MemoryVault::default();
    let first = key(&vault, login(ME)).expect("a key").public();
    assert_eq!(key(&vault, login(ME)).expect("a key").public(), first);
    assert_ne!(key(&vault, login(1)).expect("a key").public(), first, "each has their own");
    keep::forget_keys(&vault, login(ME)).expect("is forgotten");
    assert_ne!(key(&vault, login(ME)).expect("a key").public(), first);
}
