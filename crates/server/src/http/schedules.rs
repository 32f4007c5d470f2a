//! Sessions under schedules of chance (S6).
//!
//! Tokens are not renewed here: a session has one from its sign-in to its end, kept as a hash,
//! so there is no renewal whose answer may be lost and no spent token that could be told from a
//! stolen one. What the promise means for such sessions is this:
//!
//! - *No needless sign-out.* A session that was used within its 30 days, less the hour to which
//!   use is kept, and is younger than 180 days, is accepted: whatever answers were lost, whoever
//!   else on the machine uses it at the same moment, however long everybody slept before, and
//!   across stops of the server.
//! - *No replay.* A session that was signed out, replaced by a sign-in on the same installation,
//!   or ran out, is refused from then on, a request that overlapped its end notwithstanding.
//! - *One at a time.* An installation has one session of a person at most, lost answers included.
//!
//! `MUSTER_SCHEDULES=n` sets how many schedules are played, `MUSTER_SEED=n` repeats them.

#[path = "../../../domain/tests/support/random.rs"]
mod random;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use muster_domain::{Address, DeviceId, Login, LoginId, LoginStatus, Timestamp};
use random::{Dice, number, seed};

use super::caller::{self, Caller, LONGEST_DAYS};
use super::register::{self, Machine};
use crate::app::App;
use crate::clock::{Clock, ManualClock};
use crate::secret::{Secret, token_hash};
use crate::store::TokenHash;
use crate::store::sqlite::SqliteStore;

const SCHEDULES: u64 = 400;
const STEPS: u64 = 40;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const IDLE: i64 = 30 * DAY;

/// How long everybody sleeps. Most of it is short, so that sessions live.
const SLEEPS: [i64; 10] = [
    MINUTE,
    10 * MINUTE,
    59 * MINUTE,
    61 * MINUTE,
    5 * HOUR,
    DAY,
    12 * DAY,
    IDLE - HOUR - MINUTE,
    IDLE - HOUR / 2,
    IDLE,
];

/// A session as everybody who looks on would expect it to be.
struct Known {
    token: TokenHash,
    device: usize,
    opened: i64,
    used: i64,
    is_over: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Accepted,
    Refused,
    /// Within the hour to which use is kept.
    Either,
}

impl Known {
    fn expected(&self, now: i64) -> Expected {
        let age = now - self.opened;
        let idle = now - self.used;
        if self.is_over || age >= LONGEST_DAYS * DAY || idle >= IDLE {
            Expected::Refused
        } else if idle >= IDLE - HOUR {
            Expected::Either
        } else {
            Expected::Accepted
        }
    }
}

struct Stage {
    file: PathBuf,
    clock: Arc<ManualClock>,
    app: App,
}

impl Stage {
    fn open(file: &Path) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp(1_795_000_000_000)));
        Self { file: file.to_owned(), app: app(file, clock.clone()), clock }
    }

    fn restart(&mut self) {
        self.app = app(&self.file, self.clock.clone());
    }
}

fn app(file: &Path, clock: Arc<dyn Clock>) -> App {
    let store = SqliteStore::open(file, 1).expect("opens");
    App::new(Box::new(store), clock, Secret::from_bytes([1; 32]), "schedules".to_owned())
}

/// One person, with two installations and two programs on each.
struct Play<'a> {
    stage: &'a mut Stage,
    dice: &'a mut Dice,
    login: Login,
    sessions: Vec<Known>,
    /// What each program goes on with: installation and session.
    programs: [(usize, Option<usize>); 4],
    is_suspended: bool,
}

impl<'a> Play<'a> {
    fn new(stage: &'a mut Stage, dice: &'a mut Dice, number: u64) -> Self {
        let mut id = [7; 16];
        id[8..].copy_from_slice(&number.to_be_bytes());
        let address = Address::parse(&format!("p{number}@muster.example")).expect("an address");
        let status = LoginStatus::Active;
        let name = "P".to_owned();
        let login =
            Login { id: LoginId::from_bytes(id), address, name, status, verified: Vec::new() };
        let tx = stage.app.store.write().expect("a transaction");
        tx.add_login(&login, "$none$", stage.clock.now()).expect("a login");
        tx.commit().expect("commits");
        let programs = [(0, None), (0, None), (1, None), (1, None)];
        Self { stage, dice, login, sessions: Vec::new(), programs, is_suspended: false }
    }

    fn now(&self) -> i64 {
        self.stage.clock.now().0
    }

    fn device(&self, at: usize) -> DeviceId {
        let mut id = self.login.id.to_bytes();
        id[0] = u8::try_from(at).expect("two");
        DeviceId::from_bytes(id)
    }

    fn step(&mut self) {
        let program = usize::from(self.dice.byte(4));
        match self.dice.roll(20) {
            0..=2 => {
                let sleep = self.dice.pick(&SLEEPS).expect("some");
                self.stage.clock.advance(sleep);
            }
            3..=5 => self.sign_in(program),
            6 => self.sign_out(program),
            7 => self.overlap(program),
            8 => self.stage.restart(),
            9 => self.suspend(),
            10 => self.share(program),
            11..=13 => self.replay(),
            _ => self.use_it(program),
        }
    }

    /// Only who has no session signs in, as in the app; or somebody who forgot that they have.
    fn sign_in(&mut self, program: usize) {
        let (device, held) = self.programs[program];
        let now = self.now();
        let is_good = held.is_some_and(|it| self.sessions[it].expected(now) == Expected::Accepted);
        if self.is_suspended || (is_good && !self.dice.one_in(6)) {
            return;
        }
        let machine = Machine::new(self.device(device), "machine");
        let tx = self.stage.app.store.write().expect("a transaction");
        let token = register::open_session(&*tx, self.login.id, machine, Timestamp(now))
            .expect("a session");
        tx.commit().expect("commits");
        for known in self.sessions.iter_mut().filter(|it| it.device == device) {
            known.is_over = true;
        }
        let token = token_hash(&token);
        self.sessions.push(Known { token, device, opened: now, used: now, is_over: false });
        // An answer that is lost leaves the program with what it had.
        if !self.dice.one_in(4) {
            self.programs[program].1 = Some(self.sessions.len() - 1);
        }
    }

    /// The other program of the machine takes what the key store has.
    fn share(&mut self, program: usize) {
        let twin = program ^ 1;
        self.programs[twin].1 = self.programs[program].1;
    }

    /// A request; whether its answer is lost is nothing that the server knows.
    fn use_it(&mut self, program: usize) {
        if let Some(session) = self.programs[program].1 {
            self.ask(session);
        }
    }

    /// Any token that there ever was.
    fn replay(&mut self) {
        if !self.sessions.is_empty() {
            let session = self.dice.roll(self.sessions.len() as u64);
            self.ask(usize::try_from(session).expect("few"));
        }
    }

    fn ask(&mut self, session: usize) {
        let now = self.now();
        let known = &mut self.sessions[session];
        let is_accepted = Caller::prove(&self.stage.app, known.token).is_ok();
        match known.expected(now) {
            _ if self.is_suspended => assert!(!is_accepted, "suspended, and accepted"),
            Expected::Accepted => assert!(is_accepted, "a needless sign-out"),
            Expected::Refused => assert!(!is_accepted, "a session that is over was accepted"),
            Expected::Either => {}
        }
        if is_accepted {
            known.used = now;
        } else if !self.is_suspended {
            known.is_over = true;
        }
    }

    fn sign_out(&mut self, program: usize) {
        let Some(session) = self.programs[program].1 else { return };
        if self.dice.one_in(3) {
            self.end(session);
            // Its answer was lost, and it is asked once more.
        }
        self.end(session);
        self.programs[program].1 = None;
    }

    fn end(&mut self, session: usize) {
        let tx = self.stage.app.store.write().expect("a transaction");
        tx.end_session(&self.sessions[session].token).expect("ends");
        tx.commit().expect("commits");
        self.sessions[session].is_over = true;
    }

    /// Two requests at once: one was let in, the other ends the session, the first goes on.
    fn overlap(&mut self, program: usize) {
        let Some(session) = self.programs[program].1 else { return };
        let now = Timestamp(self.now());
        let token = self.sessions[session].token;
        let is_in = {
            let store = self.stage.app.store.read().expect("a snapshot");
            caller::live(&*store, &token, now).is_ok()
        };
        self.end(session);
        if is_in {
            caller::touch(&self.stage.app, &token, now).expect("touches nothing");
        }
        self.ask(session);
    }

    fn suspend(&mut self) {
        self.is_suspended = !self.is_suspended && self.dice.one_in(3);
        self.login.status =
            if self.is_suspended { LoginStatus::Suspended } else { LoginStatus::Active };
        let tx = self.stage.app.store.write().expect("a transaction");
        tx.put_login(&self.login).expect("a login");
        tx.commit().expect("commits");
    }

    fn one_at_a_time(&mut self) {
        let now = Timestamp(self.now());
        let store = self.stage.app.store.read().expect("a snapshot");
        for device in [0, 1] {
            let of = self.sessions.iter().filter(|it| it.device == device);
            let live = of.filter(|it| store.session(&it.token).expect("reads").is_some());
            assert!(live.count() <= 1, "two sessions of one installation at {now:?}");
        }
    }
}

#[test]
fn s6_no_session_ends_needlessly_and_none_that_ended_is_accepted() {
    let seed = seed();
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new().prefix("muster-s6").tempdir_in(base).expect("a folder");
    let mut stage = Stage::open(&folder.path().join("muster.db"));
    let mut opened = 0;
    for schedule in 0..number("MUSTER_SCHEDULES", SCHEDULES) {
        let mut dice = Dice(seed.wrapping_add(schedule));
        let mut play = Play::new(&mut stage, &mut dice, schedule);
        for _ in 0..STEPS {
            play.step();
        }
        play.one_at_a_time();
        opened += play.sessions.len();
    }
    println!("{opened} sessions");
    assert!(opened > 0, "nobody signed in");
}
