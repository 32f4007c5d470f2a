//! One installation of the app: the real cache on a disk of its own, the real core, and the
//! few things that its driver keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use muster_cache::{Cache, CacheError, Keys, Opened};
use muster_domain::{AccountId, DeviceId, Login, Timestamp};
use muster_sync::core::{Core, Moment};
use rusqlite::Connection;

use crate::book::Book;
use crate::disk::{self, Disk, Left};
use crate::oracle;

/// A request that is under way.
#[derive(Debug, Clone, Copy)]
pub struct Running {
    pub exchange: u64,
    pub carries_commands: bool,
}

/// Whether a device came through what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Lives,
    Stopped,
}

pub struct Device {
    pub login: Login,
    pub id: DeviceId,
    pub disk: Disk,
    pub core: Core,
    /// Rises with every start, so that what was meant for an earlier one is told apart.
    pub boot: u64,
    /// When it started, in the world's time.
    pub started: u64,
    pub running: Option<Running>,
    /// The last exchange of which a copy reached a server that was up.
    pub heard_of: u64,
    /// The exchanges that found nobody there, and so never left.
    pub refused: BTreeSet<u64>,
    pub stream: Option<u64>,
    pub is_poked: bool,
    pub wake_at: Option<Moment>,
    /// By how much its clock is wrong.
    pub skew: i64,
    pub signed_in: bool,
    /// The world's time of the last answer that it applied.
    pub last_contact: u64,
    /// Whether it is to stop in the middle of the next write.
    pub is_torn_next: bool,
    pub is_damaged: bool,
    pub book: Book,
    /// What its person knew when its disk was copied away.
    kept: Option<Book>,
    /// How far it had read, in which history of the server, to see that it never goes back.
    pub cursors: (u64, BTreeMap<AccountId, u64>),
    cache: Option<Cache>,
    probe: Option<Connection>,
    outside: String,
}

impl Device {
    pub fn new(login: Login, id: DeviceId, disk: Disk) -> Self {
        Self {
            login,
            id,
            disk,
            core: Core::default(),
            boot: 0,
            started: 0,
            running: None,
            heard_of: 0,
            refused: BTreeSet::new(),
            stream: None,
            is_poked: false,
            wake_at: None,
            skew: 0,
            signed_in: true,
            last_contact: 0,
            is_torn_next: false,
            is_damaged: false,
            book: Book::default(),
            kept: None,
            cursors: (0, BTreeMap::new()),
            cache: None,
            probe: None,
            outside: String::new(),
        }
    }

    pub fn is_up(&self) -> bool {
        self.cache.is_some()
    }

    pub fn cache(&self) -> &Cache {
        self.cache.as_ref().expect("asked only while it is up")
    }

    /// The mirror, seen from outside.
    pub fn probe(&self) -> &Connection {
        self.probe.as_ref().expect("asked only while it is up")
    }

    /// The question for what lies outside of the grants.
    pub fn outside(&self) -> &str {
        &self.outside
    }

    pub fn moment(&self, now: u64) -> Moment {
        Moment(Duration::from_millis(now - self.started))
    }

    /// The time by its own clock.
    pub fn time(&self, true_time: i64) -> Timestamp {
        Timestamp(true_time + self.skew)
    }

    pub fn start(&mut self, now: u64) {
        let opened = open(&self.disk, &self.login, self.id);
        let cache = match opened {
            // Found while opening: noted, and made anew by the next one.
            Err(CacheError::Damaged) if self.is_damaged => open(&self.disk, &self.login, self.id),
            opened => opened,
        };
        let cache = cache.expect("opens after a stop");
        match cache.opened() {
            Opened::New | Opened::Found => {}
            Opened::Rebuilt(why) => {
                assert!(self.is_damaged, "a mirror that nobody spoilt was put aside: {why:?}");
            }
        }
        if cache.opened() != Opened::Found {
            self.cursors.1.clear();
            self.is_damaged = false;
        }
        let probe = disk::look(&self.disk.file(disk::MIRROR), &disk::MIRROR_KEY);
        if self.outside.is_empty() {
            self.outside = oracle::outside(&probe);
        }
        self.probe = Some(probe);
        self.cache = Some(cache);
        self.core = Core::default();
        self.boot += 1;
        self.started = now;
    }

    /// Stops it as `kill -9` or a power cut does.
    pub fn kill(&mut self, left: Left) {
        if left != Left::Everything {
            self.cursors.1.clear();
        }
        let old = self.disk.stop(None, left);
        self.let_go();
        Disk::forget(&old);
    }

    /// Copies its disk away.
    pub fn keep_disk(&mut self) {
        self.check_book();
        self.disk.keep();
        self.kept = Some(self.book.clone());
    }

    pub fn has_kept_disk(&self) -> bool {
        self.kept.is_some()
    }

    /// Puts the copy of its disk back and starts it.
    pub fn put_disk_back(&mut self, now: u64) {
        let kept = self.kept.clone().expect("asked only where there is a copy");
        let old = self.disk.put_back();
        self.let_go();
        Disk::forget(&old);
        self.is_damaged = false;
        self.cursors = (0, BTreeMap::new());
        self.start(now);
        self.book.put_back(kept, self.cache.as_ref().expect("it is started"));
    }

    /// A second machine with the same disk and the same session. What is not over yet goes from
    /// either, and neither knows what the other was told of it.
    pub fn cloned(&mut self, base: PathBuf) -> Self {
        self.check_book();
        self.book.sent_elsewhere(&self.book.open());
        let mut clone = Self::new(self.login.clone(), self.id, self.disk.clone_to(base));
        (clone.skew, clone.signed_in) = (self.skew, self.signed_in);
        clone.book = self.book.clone();
        clone
    }

    /// Compares what it was told with what it shows.
    pub fn check_book(&mut self) {
        let Self { book, cache, .. } = self;
        book.check(cache.as_ref().expect("asked only while it is up"));
    }

    /// The same of what is not over yet, if it is up. To be asked whenever something may have
    /// ended: the app forgets it after thirty days, and clocks jump.
    pub fn look_into_book(&mut self) {
        let Self { book, cache, .. } = self;
        if let Some(cache) = cache {
            book.look(cache);
        }
    }

    /// Ends it in order.
    pub fn quit(&mut self) {
        self.let_go();
    }

    /// Ends it without its mirror, which can be thrown away at any time.
    pub fn lose_mirror(&mut self) {
        let old = self.disk.stop(None, Left::Everything);
        self.let_go();
        Disk::forget(&old);
        self.disk.remove_mirror();
        self.is_damaged = false;
        self.cursors.1.clear();
    }

    fn let_go(&mut self) {
        self.probe = None;
        self.cache = None;
        self.running = None;
        self.stream = None;
        self.is_poked = false;
        self.wake_at = None;
    }

    /// Does something with the copy. If the device is to stop in the middle of it, the outbox
    /// has what was done and the mirror has not.
    pub fn with_cache<T>(&mut self, work: impl FnOnce(&Cache) -> T) -> (T, Ending) {
        if !std::mem::take(&mut self.is_torn_next) {
            return (work(self.cache()), Ending::Lives);
        }
        let aside = self.disk.keep_mirror();
        let done = work(self.cache());
        let old = self.disk.stop(Some(&aside), Left::Everything);
        self.let_go();
        Disk::forget(&old);
        self.cursors.1.clear();
        (done, Ending::Stopped)
    }
}

pub fn open(disk: &Disk, login: &Login, id: DeviceId) -> Result<Cache, CacheError> {
    let keys = Keys { mirror: disk::MIRROR_KEY, outbox: disk::OUTBOX_KEY };
    Cache::open(&disk.here(), &keys, login, id)
}
