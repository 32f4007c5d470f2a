//! The server: its own logic over its own store, and a clock that can stop it anywhere.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use muster_domain::{DeviceId, LoginId, Timestamp};
use muster_protocol::{Ask, ErrorBody, ErrorCode, MAX_REQUEST_BYTES, Say, codec};
use muster_server::app::App;
use muster_server::clock::Clock;
use muster_server::due;
use muster_server::hub::Signal;
use muster_server::mail::Post;
use muster_server::secret::Secret;
use muster_server::store::sqlite::SqliteStore;
use muster_server::store::{StoreError, Tx};
use muster_server::sync::{Exchange, SyncError};
use muster_server::write::{Origin, Verdict, WriteError};
use muster_sync::ApiError;
use tokio::sync::broadcast::Receiver;

use crate::disk;

/// When the worlds begin.
pub const BEGIN: i64 = 1_795_000_000_000;

/// The world's time as the server sees it. Each look may take time, and one of the next may be
/// the server's last.
#[derive(Debug)]
pub struct SimClock {
    time: AtomicI64,
    stride: i64,
    fuse: AtomicI64,
}

/// What a server that is stopped unwinds with.
struct Stopped;

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        let fuse = self.fuse.load(Ordering::Relaxed);
        if fuse > 0 {
            self.fuse.store(fuse - 1, Ordering::Relaxed);
            if fuse == 1 {
                resume_unwind(Box::new(Stopped));
            }
        }
        Timestamp(self.time.fetch_add(self.stride, Ordering::Relaxed))
    }
}

/// What comes of a request.
pub enum Heard {
    Answer(Vec<Say>),
    Error(ApiError),
    /// The server stopped in the middle of it.
    Died,
}

pub struct Server {
    base: PathBuf,
    life: u32,
    epoch: u64,
    pub clock: Arc<SimClock>,
    app: Option<App>,
    signals: Option<Receiver<Signal>>,
    requests: u64,
    /// Whether there is a copy of its database.
    has_backup: bool,
    /// How often it went on from one.
    pub restores: u64,
}

impl Server {
    /// A running one. `stride` is how many milliseconds each look at the clock takes.
    pub fn new(base: PathBuf, epoch: u64, stride: i64) -> Self {
        let clock = SimClock { time: AtomicI64::new(BEGIN), stride, fuse: AtomicI64::new(0) };
        let (clock, app) = (Arc::new(clock), None);
        let mut server = Self {
            base,
            life: 0,
            epoch,
            clock,
            app,
            signals: None,
            requests: 0,
            has_backup: false,
            restores: 0,
        };
        std::fs::create_dir_all(server.folder()).expect("a folder");
        server.start();
        server
    }

    fn folder(&self) -> PathBuf {
        self.base.join(self.life.to_string())
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("muster.db")
    }

    pub fn start(&mut self) {
        let store = SqliteStore::open(&self.file(), self.epoch).expect("opens after a stop");
        let clock: Arc<dyn Clock> = self.clock.clone();
        let mut app =
            App::new(Box::new(store), clock, Secret::from_bytes([3; 32]), "simulation".to_owned());
        // At once, so that copies miss deletions in every run.
        app.tombstone_days = 0;
        self.signals = Some(app.hub.listen());
        self.app = Some(app);
    }

    pub fn is_up(&self) -> bool {
        self.app.is_some()
    }

    pub fn app(&self) -> &App {
        self.app.as_ref().expect("asked only while it is up")
    }

    pub fn set_time(&self, time: i64) {
        self.clock.time.store(time, Ordering::Relaxed);
    }

    pub fn time(&self) -> Timestamp {
        Timestamp(self.clock.time.load(Ordering::Relaxed))
    }

    /// Stops the server at its so many-th look at the clock from now.
    pub fn light(&self, fuse: i64) {
        self.clock.fuse.store(fuse, Ordering::Relaxed);
    }

    /// Stops it as `kill -9` does: what was committed is there.
    pub fn kill(&mut self) {
        let (old, file) = (self.folder(), self.file());
        self.life += 1;
        disk::kill_copy(&file, &self.file());
        self.signals = None;
        self.app = None;
        self.light(0);
        std::fs::remove_dir_all(old).expect("an own folder");
    }

    fn backup(&self) -> PathBuf {
        self.base.join("backup").join("muster.db")
    }

    /// Copies the database away.
    pub fn keep_backup(&mut self) {
        disk::kill_copy(&self.file(), &self.backup());
        self.has_backup = true;
    }

    /// Stops it and puts the copy in the place of the database, which then has another history
    /// (sync.md 4.10). Whether there was a copy.
    pub fn restore(&mut self) -> bool {
        if !self.has_backup {
            return false;
        }
        self.kill();
        disk::kill_copy(&self.backup(), &self.file());
        self.restores += 1;
        let db = rusqlite::Connection::open(self.file()).expect("opens");
        // The first one is the world's seed, and may be as small as this count.
        let epoch = (self.epoch ^ (self.restores << 40)).cast_signed();
        db.execute("UPDATE meta SET epoch = ?1", [epoch]).expect("writes");
        true
    }

    fn guarded<T>(&mut self, work: impl FnOnce(&App) -> T) -> Option<T> {
        let app = self.app.as_ref().expect("asked only while it is up");
        match catch_unwind(AssertUnwindSafe(|| work(app))) {
            Ok(done) => Some(done),
            Err(payload) if payload.is::<Stopped>() => {
                self.kill();
                None
            }
            Err(payload) => resume_unwind(payload),
        }
    }

    /// One request of a signed-in installation.
    pub fn hear(&mut self, login: LoginId, device: DeviceId, bytes: &[u8]) -> Heard {
        let Ok(asks) = codec::decode::<Ask>(bytes, MAX_REQUEST_BYTES) else {
            return Heard::Error(said(ErrorCode::BadRequest));
        };
        self.requests += 1;
        let request = format!("{:08x}", self.requests);
        let answered = self.guarded(|app| {
            let login = app.store.read()?.login(login)?.ok_or(SyncError::Malformed("nobody"))?;
            let exchange = Exchange {
                store: &*app.store,
                clock: &*app.clock,
                hub: &app.hub,
                login: &login,
                device,
                request: &request,
                post: Post::None,
            };
            exchange.run(asks)
        });
        match answered {
            None => Heard::Died,
            Some(Ok(says)) => Heard::Answer(says),
            Some(Err(SyncError::Malformed(_))) => Heard::Error(said(ErrorCode::BadRequest)),
            Some(Err(error)) => panic!("the store failed: {error:?}"),
        }
    }

    /// What has come to its time.
    pub fn let_things_happen(&mut self) {
        if let Some(done) = self.guarded(due::now) {
            done.expect("due work is done");
        }
    }

    /// A change that comes to the server by another door than the exchange.
    pub fn write(
        &mut self,
        login: LoginId,
        change: impl FnOnce(&dyn Tx, &Origin<'_>) -> Result<Verdict, WriteError>,
    ) -> Option<Verdict> {
        self.guarded(|app| {
            let tx = app.store.write().expect("a transaction");
            let actor = tx.login(login).expect("reads").expect("signed up");
            let now = app.clock.now();
            let origin =
                Origin { actor: &actor, command: None, request: "door", now, post: Post::None };
            let verdict = change(&*tx, &origin).expect("decides");
            if let Verdict::Applied(applied) = &verdict {
                tx.commit().expect("commits");
                app.hub.changed(applied.change.clone());
            }
            verdict
        })
    }

    /// Whether something changed since this was asked last.
    pub fn has_news(&mut self) -> bool {
        let Some(signals) = &mut self.signals else { return false };
        let mut news = false;
        while let Ok(signal) = signals.try_recv() {
            news |= matches!(signal, Signal::Changed(_));
        }
        news
    }
}

/// An error in the server's own words.
pub fn said(code: ErrorCode) -> ApiError {
    ApiError::Answer(ErrorBody { code, message: String::new(), field: None, refusal: None })
}

/// The store's failures are failures of the simulation.
pub fn read<T>(result: Result<T, StoreError>) -> T {
    result.expect("the store reads")
}
