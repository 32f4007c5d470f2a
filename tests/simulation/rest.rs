//! When everything is quiet again: outboxes empty in time, every copy is what the server shows,
//! and every command was carried out once or not at all.

use std::collections::BTreeMap;
use std::path::Path;

use muster_cache::Cache;
use muster_domain::{CommandId, Timestamp};
use muster_protocol::{OutcomeStatus, codec};
use muster_sync::turn;
use rusqlite::{Connection, OpenFlags};

use crate::book::Fate;
use crate::device::{self, Device};
use crate::disk::{self, Disk};
use crate::network::Weather;
use crate::oracle::{self, Contents};
use crate::past;
use crate::server::{Heard, Server};
use crate::world::World;

/// How long outboxes may take to empty (S2), in milliseconds.
const EMPTY: u64 = 60_000;

/// After this every device has looked at least once, poked or not.
const LOOKED: u64 = 400_000;

impl World {
    /// Faults end; everything must come to rest.
    pub fn rest(&mut self, folder: &Path) {
        self.is_wild = false;
        self.weather = Weather::CALM;
        self.server.light(0);
        if !self.server.is_up() {
            self.server.start();
        }
        for device in 0..self.devices.len() {
            self.devices[device].is_torn_next = false;
            if self.devices[device].is_damaged {
                self.devices[device].lose_mirror();
            }
            self.start_device(device);
            self.sign_in(device);
        }
        let begun = self.now;
        self.run_until(begun + EMPTY);
        for it in &mut self.devices {
            let counts = it.cache().counts().expect("reads");
            let core = &it.core;
            assert_eq!(counts.not_sent, 0, "unsent after a quiet minute: {:?} {core:?}", it.id);
        }
        self.run_until(begun + LOOKED);
        self.compare(folder);
    }

    fn compare(&mut self, folder: &Path) {
        self.server.let_things_happen();
        let asked = self.now - LOOKED;
        let mut rosters = 0;
        for it in &mut self.devices {
            assert!(it.last_contact > asked, "{:?} is stuck: {:?}", it.id, it.core);
            if it.running.is_none() {
                catch_up(&mut self.server, it, Timestamp(BEGIN_OF_DEVICE));
            }
            it.check_book();
            assert!(it.book.is_empty(), "a command without an end");
            oracle::whole(it);
            rosters += past::told(it);
        }
        assert!(rosters > 0, "no history told anything");
        for device in 0..self.devices.len() {
            self.restart(device);
        }
        let mut shown: BTreeMap<_, Contents> = BTreeMap::new();
        for it in &self.devices {
            let fresh = shown
                .entry(it.login.id)
                .or_insert_with(|| projection(&mut self.server, it, folder));
            let held = plain(oracle::contents(it.probe()));
            oracle::same(&held, fresh, "the copy differs from what the server shows");
        }
        self.once();
    }

    /// The server's history has every applied command once, and no other.
    fn once(&mut self) {
        let written = written(&self.server);
        let lost = self.server.restores > 0 || has_erased_accounts(&self.server);
        for it in &self.devices {
            for kept in it.book.commands.values() {
                let times = written.get(&kept.id).copied();
                match (kept.fate, times) {
                    (Fate::Over(OutcomeStatus::Applied), Some(times)) => {
                        assert_eq!(times, 1, "applied {times} times: {}", kept.body);
                    }
                    // Its history went with its account, or came after the backup.
                    (Fate::Over(OutcomeStatus::Applied), None) => {
                        assert!(lost, "said to be applied, but is not: {}", kept.body);
                    }
                    // What became of it before its disk was put back, or from a clone, nobody
                    // could know here; what changed nothing left nothing to know it by.
                    (
                        Fate::TakenBack
                        | Fate::Over(
                            OutcomeStatus::Refused | OutcomeStatus::Skipped | OutcomeStatus::NoOp,
                        ),
                        Some(times),
                    ) if kept.may_have_gone => {
                        assert_eq!(times, 1, "applied {times} times: {}", kept.body);
                    }
                    (fate, Some(_)) => panic!("applied, but told {fate:?}: {}", kept.body),
                    (_, None) => {}
                }
                self.tally.applied += u64::from(times.is_some());
            }
            for kept in &it.book.forgotten {
                let times = written.get(&kept.id).copied().unwrap_or(0);
                assert!(times <= 1, "applied {times} times: {}", kept.body);
            }
        }
    }
}

/// Any time will do: it ages settled commands and nothing else.
const BEGIN_OF_DEVICE: i64 = crate::server::BEGIN;

/// Exchanges without a network between, until nothing is left to fetch.
fn catch_up(server: &mut Server, device: &mut Device, now: Timestamp) {
    let (login, id) = (device.login.id, device.id);
    let settled = exchange_all(server, device.cache(), login, id, now);
    device.book.settled(&settled);
}

fn exchange_all(
    server: &mut Server,
    cache: &Cache,
    login: muster_domain::LoginId,
    id: muster_domain::DeviceId,
    now: Timestamp,
) -> Vec<muster_cache::Settled> {
    let mut settled = Vec::new();
    for _ in 0..100 {
        let request = turn::begin(cache, "simulation").expect("a request");
        let Heard::Answer(says) = server.hear(login, id, &request.bytes) else {
            panic!("a quiet server answers")
        };
        let bytes = codec::encode(&says).expect("encodes");
        let applied = turn::end(cache, request.carries_commands, Ok(bytes), now).expect("applies");
        settled.extend(applied.settled);
        if !applied.more {
            return settled;
        }
    }
    panic!("an exchange that never ends");
}

/// What a copy without a past holds.
fn projection(server: &mut Server, like: &Device, folder: &Path) -> Contents {
    let disk = Disk::new(folder.join("fresh"));
    let id = muster_domain::DeviceId::from_bytes([0xFF; 16]);
    let cache = device::open(&disk, &like.login, id).expect("opens a new copy");
    exchange_all(server, &cache, like.login.id, id, Timestamp(BEGIN_OF_DEVICE));
    let probe = disk::look(&disk.file(disk::MIRROR), &disk::MIRROR_KEY);
    let contents = plain(oracle::contents(&probe));
    drop((cache, probe));
    Disk::forget(&folder.join("fresh"));
    contents
}

/// The history comes in its own time and has checks of its own: its hashes.
const HISTORY: &[&str] = &["logs", "events", "event_rows", "event_members"];

/// Without what depends on the way here: cursors of accounts that are gone, when the last
/// contact was, what is new to the person, and what is left of deleted records.
fn plain(mut contents: Contents) -> Contents {
    for table in ["cursors", "meta"].iter().chain(HISTORY) {
        contents.remove(*table);
    }
    // Whether a count of nothing is written down depends on the way here.
    contents.entry("content_counts".to_owned()).or_default().retain(|it| !it.contains("number=0 "));
    // What is left of deleted records: a server forgets it, and a copy need not.
    contents.entry("contents".to_owned()).or_default().retain(|it| !it.contains(" deleted=1 "));
    if let Some(members) = contents.get_mut("members") {
        for line in members {
            *line = line.replace(" new=1 ", " new=0 ");
        }
    }
    contents
}

fn history(server: &Server) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    Connection::open_with_flags(server.file(), flags).expect("the server's file")
}

/// How often each command was carried out: once is one request and one number in each account.
fn written(server: &Server) -> BTreeMap<CommandId, i64> {
    let sql = "SELECT command, max(numbers, requests) FROM (
                   SELECT command, count(DISTINCT seq) AS numbers,
                       count(DISTINCT request) AS requests
                   FROM events WHERE command IS NOT NULL GROUP BY command, account)";
    let db = history(server);
    let mut statement = db.prepare(sql).expect("prepares");
    let rows = statement.query_map([], |row| Ok((CommandId::from_bytes(row.get(0)?), row.get(1)?)));
    let mut written = BTreeMap::new();
    for row in rows.expect("reads") {
        let (command, times): (CommandId, i64) = row.expect("reads");
        let most = written.entry(command).or_insert(0);
        *most = times.max(*most);
    }
    written
}

fn has_erased_accounts(server: &Server) -> bool {
    let sql = "SELECT count(*) > 0 FROM audit WHERE kind = 'account.deleted'";
    history(server).query_row(sql, [], |row| row.get(0)).expect("reads")
}
