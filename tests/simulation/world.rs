//! One world: a server, people at their devices, a network, one queue of what happens next.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::hash::{DefaultHasher, Hash};
use std::path::Path;

use muster_sync::ApiError;
use muster_sync::core::Input;

use crate::asks::Atlas;
use crate::device::Device;
use crate::disk::Disk;
use crate::network::Weather;
use crate::random::Dice;
use crate::server::{BEGIN, Server};
use crate::{oracle, setup};

/// How often the server looks for what is due, in milliseconds.
const LOOK: u64 = 30_000;

/// What happens next.
#[derive(Debug)]
pub enum What {
    /// A person does something.
    Act {
        device: usize,
    },
    /// The moment that a core asked for.
    Wake {
        device: usize,
        boot: u64,
    },
    /// A request reaches the server.
    Arrive(Arrival),
    /// What comes of a request reaches the device.
    Reply {
        device: usize,
        boot: u64,
        exchange: u64,
        answered: Result<Vec<u8>, ApiError>,
    },
    /// An exchange failed before it left.
    Broken {
        device: usize,
        boot: u64,
        error: ApiError,
    },
    /// The stream of pokes opens, or does not.
    Stream {
        device: usize,
        boot: u64,
        stream: u64,
        is_open: bool,
    },
    Poke {
        device: usize,
        boot: u64,
        stream: u64,
    },
    /// The server looks for what has come to its time.
    Due,
    /// Something goes wrong.
    Fault,
    StartDevice {
        device: usize,
    },
    StartServer,
}

/// A request on its way.
#[derive(Debug)]
pub struct Arrival {
    pub device: usize,
    pub boot: u64,
    pub exchange: u64,
    pub bytes: Vec<u8>,
    /// Whether anybody waits for its answer.
    pub heard: bool,
    /// The server's history that it was sent to; connections end with it.
    pub history: u64,
}

struct Next {
    at: u64,
    order: u64,
    what: What,
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        // The heap has its greatest first.
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Next {}

/// What was done, in numbers, so that a run shows that it did something.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub worlds: u64,
    pub steps: u64,
    pub accepted: u64,
    pub settled: u64,
    pub applied: u64,
    pub answers: u64,
    pub kills: u64,
    pub torn: u64,
    pub left: u64,
    pub put_back: u64,
    pub resets: u64,
    pub clones: u64,
    pub forks: u64,
}

pub struct World {
    pub dice: Dice,
    pub now: u64,
    /// How far the clocks on the wall are ahead of the time that passed: everybody slept.
    pub jumped: i64,
    pub server: Server,
    pub devices: Vec<Device>,
    pub weather: Weather,
    /// About how many bytes of rows an answer carries. Where that is little, a first download
    /// takes many, and most of them are held back together.
    pub budget: u32,
    pub atlas: Atlas,
    pub tally: Tally,
    /// Whether things go wrong and people ask for changes.
    pub is_wild: bool,
    /// Everything that happened, in one number.
    pub trace: DefaultHasher,
    queue: BinaryHeap<Next>,
    /// How much was planned; names what is planned next.
    pub order: u64,
    pub exchanges: u64,
}

impl World {
    pub fn new(seed: u64, folder: &Path) -> Self {
        let mut dice = Dice(seed);
        let mut atlas = Atlas::default();
        let stride = if dice.one_in(3) { 20 } else { 0 };
        let mut server = Server::new(folder.join("server"), seed, stride);
        let number = 3 + dice.byte(3);
        let people = setup::people(&server, &mut atlas, number);
        setup::places(&mut server, &mut atlas, &people, &mut dice);
        let mut devices = Vec::new();
        for (number, person) in people.into_iter().enumerate() {
            for copy in 0..=dice.roll(2) {
                let disk = Disk::new(folder.join(format!("device-{number}-{copy}")));
                devices.push(Device::new(person.clone(), setup::device_id(number, copy), disk));
            }
        }
        let weather = Weather::any(&mut dice);
        let budget = if dice.one_in(3) { 1 << 10 } else { 4 << 20 };
        let mut world = Self {
            dice,
            now: 0,
            jumped: 0,
            server,
            devices,
            weather,
            budget,
            atlas,
            tally: Tally::default(),
            is_wild: true,
            trace: DefaultHasher::new(),
            queue: BinaryHeap::new(),
            order: 0,
            exchanges: 0,
        };
        for device in 0..world.devices.len() {
            world.plan(0, What::StartDevice { device });
            world.plan(1_000, What::Act { device });
        }
        world.plan(LOOK, What::Due);
        world.plan(5_000, What::Fault);
        world
    }

    pub fn plan(&mut self, after: u64, what: What) {
        self.order += 1;
        self.queue.push(Next { at: self.now + after, order: self.order, what });
    }

    /// The true time on the wall.
    pub fn wall(&self) -> i64 {
        BEGIN + i64::try_from(self.now).expect("some days") + self.jumped
    }

    /// Does what happens next.
    pub fn step(&mut self) {
        let next = self.queue.pop().expect("the server always looks again");
        self.now = next.at;
        self.server.set_time(self.wall());
        self.tally.steps += 1;
        self.note(&next);
        self.happen(next.what);
        if self.server.has_news() {
            self.poke();
        }
    }

    /// Does everything that happens until then.
    pub fn run_until(&mut self, then: u64) {
        while self.queue.peek().is_some_and(|next| next.at <= then) {
            self.step();
        }
        self.now = then;
        self.server.set_time(self.wall());
    }

    /// Ids of commands are drawn by the outbox itself, so bytes say nothing.
    fn note(&mut self, next: &Next) {
        (next.at, std::mem::discriminant(&next.what)).hash(&mut self.trace);
        if let What::Reply { device, answered, .. } = &next.what {
            (device, answered.is_ok()).hash(&mut self.trace);
        }
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Act { device } => {
                let pause = if self.is_wild { 100 + self.dice.roll(2_000) } else { 1_000_000 };
                self.plan(pause, What::Act { device });
                if self.is_wild && self.devices[device].is_up() {
                    self.act(device);
                }
            }
            What::Wake { device, boot } => {
                let it = &mut self.devices[device];
                let moment = it.moment(self.now.max(it.started));
                if it.boot == boot && it.is_up() && it.wake_at.is_some_and(|at| at <= moment) {
                    it.wake_at = None;
                    self.drive(device, Input::Tick);
                }
            }
            What::Arrive(arrival) => self.arrive(arrival),
            What::Reply { device, boot, exchange, answered } => {
                self.reply(device, boot, exchange, answered);
            }
            What::Broken { device, boot, error } => self.broken(device, boot, error),
            What::Stream { device, boot, stream, is_open } => {
                self.stream(device, boot, stream, is_open);
            }
            What::Poke { device, boot, stream } => {
                let it = &mut self.devices[device];
                it.is_poked = false;
                if it.boot == boot && it.is_up() && it.stream == Some(stream) {
                    self.drive(device, Input::Poke);
                }
            }
            What::Due => {
                self.plan(LOOK, What::Due);
                if self.server.is_up() {
                    self.server.let_things_happen();
                    self.server_may_be_down();
                }
            }
            What::Fault => self.fault(),
            What::StartDevice { device } => self.start_device(device),
            What::StartServer => {
                if !self.server.is_up() {
                    self.server.start();
                }
            }
        }
    }

    pub fn start_device(&mut self, device: usize) {
        let it = &mut self.devices[device];
        if it.is_up() {
            return;
        }
        it.start(self.now);
        it.look_into_book();
        oracle::whole(it);
        self.drive(device, Input::Started);
    }
}

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        self.worlds += 1;
        self.steps += other.steps;
        self.accepted += other.accepted;
        self.settled += other.settled;
        self.applied += other.applied;
        self.answers += other.answers;
        self.kills += other.kills;
        self.torn += other.torn;
        self.left += other.left;
        self.put_back += other.put_back;
        self.resets += other.resets;
        self.clones += other.clones;
        self.forks += other.forks;
    }
}
