//! The protocol as a model small enough to be walked through from end to end (S3): two devices,
//! three commands, requests and answers that are lost, late, doubled or overtaken, and machines
//! that stop anywhere.
//!
//! What decides is asked of the real thing where it can be: [`muster_server::sync::place`] is the server's rule of the
//! lane, [`muster_sync::turn::is_undecided`] the app's rule of what may be taken back, [`OutcomeStatus`] the wire's.
//! Everything else mirrors code that works on SQLite, which is too slow to be asked a million
//! times: each function below names what it mirrors. That the real parts behave so is the
//! business of the simulation beside this; that the protocol is right in every order of events,
//! not only in those that chance finds, is the business of this one.

mod app;
mod promises;
mod server;
mod walks;

use muster_protocol::OutcomeStatus;
use stateright::{Model, Property};

/// How many requests may be under way at once, given up ones included.
const WIRE: usize = 2;

/// One of the three commands.
pub type Number = u8;

/// What a command asks for: one value of one row, which it expects to find as it was.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    device: usize,
    was: Option<u8>,
    to: u8,
    /// It mentions what this one creates.
    dep: Option<Number>,
}

/// Two commands that build on each other, and one of somebody else that excludes them.
pub const RIVALS: [Plan; 3] = [
    Plan { device: 0, was: Some(0), to: 1, dep: None },
    Plan { device: 0, was: Some(1), to: 2, dep: Some(0) },
    Plan { device: 1, was: Some(0), to: 3, dep: None },
];

/// Three that always hold, so that only their order and number tell.
pub const NEIGHBOURS: [Plan; 3] = [
    Plan { device: 0, was: None, to: 1, dep: None },
    Plan { device: 0, was: None, to: 2, dep: None },
    Plan { device: 1, was: None, to: 3, dep: None },
];

/// A defect of the protocol that the model must find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// None: what is built.
    None,
    /// A command that is sent again gets a number and an id of its own.
    RetryWithoutId,
    /// Outcomes are acknowledged with the request, before they are kept.
    OutcomeNotKept,
    /// An answer that was lost counts as not sent.
    LostAnswerTakenBack,
    /// A replay leaves out the last pending command.
    RebaseForgets,
    /// What builds on a refused command is decided as if it stood alone.
    DependantGoesOn,
    /// The mirror takes an answer in before the outbox has it.
    MirrorFirst,
    /// A disk that was put back is not recognised by what it sends.
    NoFork,
    /// A command is not known again by its id.
    ForgetsIds,
}

/// Where a command is in its life on its device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entry {
    Unmade,
    Waiting,
    Sending(u64),
    TakenBack,
    Over(OutcomeSaid),
}

/// [`OutcomeStatus`], as far as it comes up here, with an order for the checker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutcomeSaid {
    Applied,
    Refused,
    Skipped,
}

impl OutcomeSaid {
    fn of(status: OutcomeStatus) -> Self {
        match status {
            OutcomeStatus::Applied | OutcomeStatus::NoOp => Self::Applied,
            OutcomeStatus::Refused => Self::Refused,
            OutcomeStatus::Skipped | OutcomeStatus::Unsupported | OutcomeStatus::Quarantined => {
                Self::Skipped
            }
        }
    }
}

/// What is on a device's disk, which a stop leaves as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Disk {
    /// By command; those of other devices stay [`Entry::Unmade`].
    pub entries: [Entry; 3],
    pub next_n: u64,
    pub acked: u64,
    /// The mirror's confirmed row, and how far it has read.
    pub base: u8,
    pub seq: u64,
    /// The row as it is shown: pending commands lie over it.
    pub shown: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Device {
    pub disk: Disk,
    /// What the running request carries for the first time; `None` while none runs.
    pub running: Option<Vec<Number>>,
    /// Answers on their way to it.
    pub answers: Vec<Answer>,
    /// A copy of its disk.
    pub kept: Option<Disk>,
    /// What its person was told of a command that is not on this disk any more, or may have
    /// gone before the disk was put back.
    pub excused: [bool; 3],
    pub was_put_back: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Request {
    pub device: usize,
    /// Whether anybody waits for its answer.
    pub heard: bool,
    pub acked: u64,
    pub pushes: Vec<(u64, Number, Option<u64>)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Answer {
    pub outcomes: Vec<(u64, OutcomeSaid)>,
    pub fork: Option<u64>,
    pub value: u8,
    pub seq: u64,
}

/// A lane as the server keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Lane {
    pub last: u64,
    pub outcomes: Vec<(u64, Number, OutcomeSaid)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub devices: [Device; 2],
    pub wire: Vec<Request>,
    pub lanes: [Lane; 2],
    /// What was carried out, in order; the row's value follows from it.
    pub history: Vec<Number>,
}

/// What may happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Make(Number),
    TakeBack(Number),
    /// A request is made and leaves.
    Send(usize),
    /// A request is made, and nobody takes a connection for it.
    NobodyThere(usize),
    /// A request arrives and is answered; a copy of it may still be under way.
    Arrive {
        at: usize,
        copy_stays: bool,
    },
    /// The server stops after so many of its commands, and comes back.
    ServerStops {
        at: usize,
        decided: usize,
    },
    LoseRequest(usize),
    /// An answer comes in and is taken in.
    Receive {
        device: usize,
        at: usize,
    },
    /// The same, but the device stops between the commit of one file and of the other.
    Tear {
        device: usize,
        at: usize,
    },
    /// The device waits no longer, or stops. To what is on its disk both are the same.
    Stop(usize),
    KeepDisk(usize),
    PutBack(usize),
}

/// The model: which commands, which defect, and whether disks are put back.
#[derive(Debug, Clone)]
pub struct Protocol {
    pub plans: [Plan; 3],
    pub flaw: Flaw,
    pub puts_back: bool,
}

impl Protocol {
    fn value(&self, history: &[Number]) -> u8 {
        history.last().map_or(0, |it| self.plan(*it).to)
    }

    fn plan(&self, command: Number) -> Plan {
        self.plans[usize::from(command)]
    }

    fn entries(&self, disk: &Disk) -> impl Iterator<Item = (Number, Entry)> {
        disk.entries.into_iter().enumerate().map(|(at, entry)| (number(at), entry))
    }

    fn happen(&self, state: &mut State, act: Act) -> Option<()> {
        match act {
            Act::Make(command) => self.make(state, command),
            Act::TakeBack(command) => self.take_back(state, command),
            Act::Send(device) => self.send(state, device),
            Act::NobodyThere(device) => self.nobody_there(state, device),
            Act::Arrive { at, copy_stays } => self.arrive(state, at, copy_stays),
            Act::ServerStops { at, decided } => self.server_stops(state, at, decided),
            Act::LoseRequest(at) => (at < state.wire.len()).then(|| drop(state.wire.remove(at))),
            Act::Receive { device, at } => self.receive(state, device, at),
            Act::Tear { device, at } => self.tear(state, device, at),
            Act::Stop(device) => self.stop(state, device),
            Act::KeepDisk(device) => self.keep_disk(state, device),
            Act::PutBack(device) => self.put_back(state, device),
        }
    }

    /// Nobody waits for these any more. What is under way may still arrive.
    fn hang_up(&self, state: &mut State, device: usize) {
        state.devices[device].running = None;
        state.devices[device].answers.clear();
        for request in &mut state.wire {
            if request.device == device {
                request.heard = false;
            }
        }
        state.wire.sort_unstable();
    }
}

fn is_over(entry: Entry) -> bool {
    matches!(entry, Entry::Over(_))
}

fn number(at: usize) -> Number {
    u8::try_from(at).expect("three commands")
}

fn number_of(history: &[Number]) -> u64 {
    history.len() as u64
}

impl Model for Protocol {
    type State = State;
    type Action = Act;

    fn init_states(&self) -> Vec<State> {
        let disk =
            Disk { entries: [Entry::Unmade; 3], next_n: 1, acked: 0, base: 0, seq: 0, shown: 0 };
        let device = Device {
            disk,
            running: None,
            answers: Vec::new(),
            kept: None,
            excused: [false; 3],
            was_put_back: false,
        };
        let devices = [device.clone(), device];
        let lanes = [Lane::default(), Lane::default()];
        vec![State { devices, wire: Vec::new(), lanes, history: Vec::new() }]
    }

    /// What cannot happen is left out here already where that is quickly seen.
    fn actions(&self, state: &State, acts: &mut Vec<Act>) {
        // Where a disk is put back its device is alone: that is between it and its lane.
        let devices = if self.puts_back { 1 } else { 2 };
        for (at, plan) in self.plans.iter().enumerate().filter(|it| it.1.device < devices) {
            match state.devices[plan.device].disk.entries[at] {
                Entry::Unmade => acts.push(Act::Make(number(at))),
                Entry::Waiting => acts.push(Act::TakeBack(number(at))),
                Entry::Sending(_) | Entry::TakenBack | Entry::Over(_) => {}
            }
        }
        for (device, it) in state.devices.iter().enumerate().take(devices) {
            if Self::wants(state, device) {
                acts.extend([Act::Send(device), Act::NobodyThere(device)]);
            }
            if it.running.is_some() {
                acts.push(Act::Stop(device));
            }
            if self.puts_back {
                acts.extend([Act::KeepDisk(device), Act::PutBack(device)]);
            }
            for at in 0..it.answers.len() {
                acts.extend([Act::Receive { device, at }, Act::Tear { device, at }]);
            }
        }
        for (at, request) in state.wire.iter().enumerate() {
            acts.push(Act::LoseRequest(at));
            acts.extend([false, true].map(|copy_stays| Act::Arrive { at, copy_stays }));
            acts.extend((1..request.pushes.len()).map(|decided| Act::ServerStops { at, decided }));
        }
    }

    fn next_state(&self, last: &State, act: Act) -> Option<State> {
        let mut state = last.clone();
        self.happen(&mut state, act).map(|()| state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        Self::everywhere()
    }

    /// Only a defect counts further.
    fn within_boundary(&self, state: &State) -> bool {
        state.devices.iter().all(|it| it.disk.next_n <= 12)
    }
}
