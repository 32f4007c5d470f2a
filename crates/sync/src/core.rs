//! What happens next: a state machine without I/O, clock or randomness (sync.md 2.7).
//!
//! It is told what happened, when, and a share of chance; it says what to do. Whatever comes
//! in whatever order, it ends up waiting for an exchange or for a moment, never for nothing.

use std::time::Duration;

use crate::connection::ConnectionState;

/// A moment by the driver's monotonic clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub Duration);

impl Moment {
    fn plus(self, pause: Duration) -> Self {
        Self(self.0.saturating_add(pause))
    }
}

/// A share of chance between 0 and 1, given from outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance(pub f64);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The engine started.
    Started,
    /// Something was queued on this device.
    LocalChange,
    /// Somebody waits for an exchange that begins from now on.
    Demand,
    /// The server says that there is something new.
    Poke,
    /// The moment that was asked for has come, or another one.
    Tick,
    /// An exchange was answered and applied.
    Answered {
        /// Whether there is more to fetch or to send.
        more: bool,
        /// Whether the server serves this version.
        served: Served,
    },
    /// An exchange failed.
    Failed(Failure),
    /// The stream of pokes is open.
    StreamOpened,
    /// The stream of pokes ended or never opened.
    StreamLost,
    /// The engine stops.
    Stop,
}

/// Whether the server serves this version of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// It does.
    Yes,
    /// It lets it read, and decides nothing before there is a newer one.
    ReadOnly,
    /// It wants a newer one first.
    UpgradeNeeded,
}

/// Why an exchange failed, as far as what comes next depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Nobody answers, or something that is not the server.
    Offline,
    /// The server answers with a fault.
    ServerFault,
    /// The session has ended.
    SignedOut,
    /// The server does not serve this version.
    UpgradeNeeded,
    /// The answer could not be kept.
    DiskFull,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Make one exchange and tell how it went.
    Exchange,
    /// Open the stream of pokes and tell how it went.
    OpenStream,
    /// Close the stream of pokes; nothing has to be told.
    CloseStream,
    /// Come back at this moment at the latest. Replaces an earlier one.
    WakeAt(Moment),
    /// The state of the connection changed.
    Report(ConnectionState),
}

/// How often to look without being poked.
pub const POLL: Duration = Duration::from_secs(300);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// With the silence after which a request is given up, an outbox is empty within a minute after
/// the network is back (S2).
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// Within this long after a stream ended by itself the server is asked: it may have ended those
/// of a thousand clients at once.
const SPREAD: Duration = Duration::from_secs(2);
/// A stream that held this long did work.
const STEADY: Duration = Duration::from_secs(30);
/// A stream that is not answered for so long never will be: its line died in silence.
const OPENING: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Closed { retry_at: Moment },
    Opening { since: Moment },
    Open { since: Moment },
}

/// The machine.
#[derive(Debug)]
pub struct Core {
    state: ConnectionState,
    is_exchanging: bool,
    /// Something came during the running exchange that it may have missed.
    is_wanted: bool,
    /// The same, by somebody who waits: holds also when the running one fails.
    is_demanded: bool,
    failures: u32,
    /// When to exchange next; `None` while nothing is to be tried by itself.
    next_at: Option<Moment>,
    stream: Stream,
    stream_failures: u32,
    is_stopped: bool,
}

impl Default for Core {
    fn default() -> Self {
        Self {
            state: ConnectionState::Connecting,
            is_exchanging: false,
            is_wanted: false,
            is_demanded: false,
            failures: 0,
            next_at: None,
            stream: Stream::Closed { retry_at: Moment(Duration::ZERO) },
            stream_failures: 0,
            is_stopped: false,
        }
    }
}

impl Core {
    /// The state of the connection.
    pub fn state(&self) -> ConnectionState {
        self.state
    }

    /// When the next exchange begins by itself; `None` while one runs or none will.
    pub fn next_at(&self) -> Option<Moment> {
        if self.is_exchanging { None } else { self.next_at }
    }

    /// Whether an exchange runs.
    pub fn is_exchanging(&self) -> bool {
        self.is_exchanging
    }

    /// Takes in what happened and says what to do, in order.
    pub fn step(&mut self, input: Input, now: Moment, chance: Chance) -> Vec<Output> {
        if self.is_stopped {
            return Vec::new();
        }
        let mut out = Vec::new();
        match input {
            Input::Started => self.exchange(&mut out),
            Input::LocalChange | Input::Poke => self.want(&mut out),
            Input::Demand => self.demand(&mut out),
            Input::Tick => self.tick(now, chance, &mut out),
            Input::Answered { more, served } => self.answered(more, served, now, &mut out),
            Input::Failed(failure) => self.failed(failure, now, chance, &mut out),
            Input::StreamOpened => {
                self.stream = Stream::Open { since: now };
                // What changed before the stream was open was not poked.
                self.want(&mut out);
            }
            Input::StreamLost => self.stream_lost(now, chance, &mut out),
            Input::Stop => {
                self.is_stopped = true;
                out.push(Output::CloseStream);
                return out;
            }
        }
        if let Some(at) = self.wake_at() {
            out.push(Output::WakeAt(at));
        }
        out
    }

    fn exchange(&mut self, out: &mut Vec<Output>) {
        self.is_exchanging = true;
        self.is_wanted = false;
        self.is_demanded = false;
        self.next_at = None;
        out.push(Output::Exchange);
    }

    fn want(&mut self, out: &mut Vec<Output>) {
        match self.state {
            // Trying again by itself would get the same answer.
            ConnectionState::SignedOut | ConnectionState::UpgradeNeeded => {}
            ConnectionState::Connecting
            | ConnectionState::Online
            | ConnectionState::ReadOnly
            | ConnectionState::Offline
            | ConnectionState::ServerFault
            | ConnectionState::DiskFull => {
                if self.is_exchanging {
                    self.is_wanted = true;
                } else {
                    self.exchange(out);
                }
            }
        }
    }

    fn demand(&mut self, out: &mut Vec<Output>) {
        if self.is_exchanging {
            self.is_demanded = true;
        } else {
            self.exchange(out);
        }
    }

    fn tick(&mut self, now: Moment, chance: Chance, out: &mut Vec<Output>) {
        if let Stream::Opening { since } = self.stream
            && since.plus(OPENING) <= now
        {
            out.push(Output::CloseStream);
            self.stream_lost(now, chance, out);
        }
        if !self.is_exchanging && self.next_at.is_some_and(|at| at <= now) {
            self.exchange(out);
        }
        self.open_stream(now, out);
    }

    fn open_stream(&mut self, now: Moment, out: &mut Vec<Output>) {
        if let Stream::Closed { retry_at } = self.stream
            && matches!(self.state, ConnectionState::Online | ConnectionState::ReadOnly)
            && retry_at <= now
        {
            self.stream = Stream::Opening { since: now };
            out.push(Output::OpenStream);
        }
    }

    fn answered(&mut self, more: bool, served: Served, now: Moment, out: &mut Vec<Output>) {
        self.is_exchanging = false;
        self.failures = 0;
        self.report(
            match served {
                Served::Yes => ConnectionState::Online,
                Served::ReadOnly => ConnectionState::ReadOnly,
                Served::UpgradeNeeded => ConnectionState::UpgradeNeeded,
            },
            out,
        );
        self.next_at = Some(now.plus(POLL));
        let goes_on = match served {
            Served::Yes => more || self.is_wanted,
            // What waits here would be sent and come back undecided, over and over.
            Served::ReadOnly => more,
            Served::UpgradeNeeded => false,
        };
        if goes_on || self.is_demanded {
            self.exchange(out);
        }
        self.is_wanted = false;
        self.open_stream(now, out);
    }

    fn failed(&mut self, failure: Failure, now: Moment, chance: Chance, out: &mut Vec<Output>) {
        self.is_exchanging = false;
        self.is_wanted = false;
        self.failures = self.failures.saturating_add(1);
        let pause = backoff(self.failures, chance);
        let (state, pause) = match failure {
            Failure::Offline => (ConnectionState::Offline, Some(pause)),
            Failure::ServerFault => (ConnectionState::ServerFault, Some(pause)),
            Failure::DiskFull => (ConnectionState::DiskFull, Some(pause)),
            Failure::UpgradeNeeded => (ConnectionState::UpgradeNeeded, Some(POLL)),
            Failure::SignedOut => (ConnectionState::SignedOut, None),
        };
        self.report(state, out);
        self.next_at = pause.map(|pause| now.plus(pause));
        match state {
            ConnectionState::SignedOut | ConnectionState::UpgradeNeeded => {
                self.stream = Stream::Closed { retry_at: now };
                out.push(Output::CloseStream);
            }
            ConnectionState::Connecting
            | ConnectionState::Online
            | ConnectionState::ReadOnly
            | ConnectionState::Offline
            | ConnectionState::ServerFault
            | ConnectionState::DiskFull => {}
        }
        if self.is_demanded {
            self.exchange(out);
        }
    }

    fn stream_lost(&mut self, now: Moment, chance: Chance, out: &mut Vec<Output>) {
        self.stream_failures = match self.stream {
            Stream::Open { since } if since.plus(STEADY) <= now => 1,
            Stream::Open { .. } | Stream::Opening { .. } => self.stream_failures.saturating_add(1),
            // It was closed on purpose.
            Stream::Closed { .. } => return,
        };
        let spread = SPREAD.mul_f64(chance.0.clamp(0.0, 1.0));
        let retry_at = now.plus(backoff(self.stream_failures, chance));
        // A stream that held was most likely ended with all others; later pauses are spread
        // by their length.
        let retry_at = if self.stream_failures == 1 { retry_at.plus(spread) } else { retry_at };
        self.stream = Stream::Closed { retry_at };
        // An exchange tells whether the server is gone.
        self.want_within(spread, now, out);
    }

    /// Wants an exchange after a pause, unless one begins before.
    fn want_within(&mut self, pause: Duration, now: Moment, out: &mut Vec<Output>) {
        if pause.is_zero() || self.is_exchanging || self.state != ConnectionState::Online {
            self.want(out);
            return;
        }
        let at = now.plus(pause);
        self.next_at = Some(self.next_at.map_or(at, |planned| planned.min(at)));
    }

    fn report(&mut self, state: ConnectionState, out: &mut Vec<Output>) {
        if self.state != state {
            self.state = state;
            out.push(Output::Report(state));
        }
    }

    fn wake_at(&self) -> Option<Moment> {
        let stream_at = match self.stream {
            Stream::Closed { retry_at }
                if matches!(self.state, ConnectionState::Online | ConnectionState::ReadOnly) =>
            {
                Some(retry_at)
            }
            Stream::Opening { since } => Some(since.plus(OPENING)),
            Stream::Closed { .. } | Stream::Open { .. } => None,
        };
        [self.next_at(), stream_at].into_iter().flatten().min()
    }
}

/// 1, 2, 4 … 20 seconds, of which chance takes off up to half, so that a thousand clients do
/// not come back in the same second.
fn backoff(failures: u32, chance: Chance) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(6));
    let pause = doubled.min(LONGEST_PAUSE);
    pause.mul_f64(1.0 - chance.0.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Chance = Chance(0.0);
    const OK: Input = Input::Answered { more: false, served: Served::Yes };
    const MORE: Input = Input::Answered { more: true, served: Served::Yes };

    fn at(seconds: u64) -> Moment {
        Moment(Duration::from_secs(seconds))
    }

    /// Feeds inputs, one each second, and compares what the last one brings.
    fn check(inputs: &[Input], expected: &[Output]) {
        let mut core = Core::default();
        let mut last = Vec::new();
        for (second, input) in (0..).zip(inputs) {
            last = core.step(*input, at(second), CALM);
        }
        assert_eq!(last, expected, "after {inputs:?}");
    }

    #[test]
    fn every_input_has_its_output() {
        use ConnectionState as S;
        use Input::*;
        use Output::*;
        check(&[Started], &[Exchange]);
        check(&[Started, OK], &[Report(S::Online), OpenStream, WakeAt(at(31))]);
        check(&[Started, MORE], &[Report(S::Online), Exchange, OpenStream, WakeAt(at(31))]);
        check(&[Started, LocalChange], &[]);
        check(
            &[Started, LocalChange, OK],
            &[Report(S::Online), Exchange, OpenStream, WakeAt(at(32))],
        );
        check(&[Started, OK, StreamOpened], &[Exchange]);
        check(&[Started, OK, StreamOpened, OK, Poke], &[Exchange]);
        check(&[Started, OK, StreamOpened, OK, LocalChange], &[Exchange]);
        check(&[Started, OK, StreamOpened, OK, StreamLost], &[Exchange, WakeAt(at(5))]);
        check(&[Started, OK, Tick], &[WakeAt(at(31))]);
        check(&[Started, Failed(Failure::Offline)], &[Report(S::Offline), WakeAt(at(2))]);
        check(&[Started, Failed(Failure::Offline), LocalChange], &[Exchange]);
        check(&[Started, Failed(Failure::Offline), Tick], &[Exchange]);
        check(&[Started, Failed(Failure::ServerFault)], &[Report(S::ServerFault), WakeAt(at(2))]);
        check(&[Started, Failed(Failure::DiskFull)], &[Report(S::DiskFull), WakeAt(at(2))]);
        check(&[Started, Failed(Failure::SignedOut)], &[Report(S::SignedOut), CloseStream]);
        check(&[Started, Failed(Failure::SignedOut), LocalChange], &[]);
        check(&[Started, Failed(Failure::SignedOut), Tick], &[]);
        check(&[Started, Failed(Failure::SignedOut), Demand], &[Exchange]);
        check(
            &[Started, Failed(Failure::UpgradeNeeded)],
            &[Report(S::UpgradeNeeded), CloseStream, WakeAt(at(301))],
        );
        check(
            &[Started, Answered { more: true, served: Served::UpgradeNeeded }],
            &[Report(S::UpgradeNeeded), WakeAt(at(301))],
        );
        check(
            &[Started, Answered { more: false, served: Served::ReadOnly }],
            &[Report(S::ReadOnly), OpenStream, WakeAt(at(31))],
        );
        check(
            &[Started, Answered { more: true, served: Served::ReadOnly }, OK, Tick],
            &[WakeAt(at(31))],
        );
        check(&[Started, Demand, Failed(Failure::Offline)], &[Report(S::Offline), Exchange]);
        check(
            &[Started, LocalChange, Failed(Failure::Offline)],
            &[Report(S::Offline), WakeAt(at(3))],
        );
        check(&[Started, OK, Stop], &[CloseStream]);
        check(&[Started, OK, Stop, LocalChange], &[]);
        check(&[Started, OK, Stop, Demand], &[]);
    }

    #[test]
    fn s2_pauses_grow_to_twenty_seconds_and_contact_resets_them() {
        let mut core = Core::default();
        let mut pauses = Vec::new();
        core.step(Input::Started, at(0), CALM);
        for _ in 0..9 {
            core.step(Input::Failed(Failure::Offline), at(0), CALM);
            pauses.push(core.next_at().expect("tries again").0.as_secs());
            core.step(Input::LocalChange, at(0), CALM);
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 20, 20, 20, 20]);
        core.step(OK, at(0), CALM);
        core.step(Input::LocalChange, at(0), CALM);
        core.step(Input::Failed(Failure::Offline), at(0), CALM);
        assert_eq!(core.next_at(), Some(at(1)));
        assert_eq!(backoff(7, Chance(1.0)), Duration::from_secs(10), "chance halves at most");
    }

    #[test]
    fn s2_a_stream_that_is_never_answered_is_given_up_and_opened_again() {
        let mut core = Core::default();
        core.step(Input::Started, at(0), CALM);
        assert_eq!(core.step(OK, at(0), CALM).last(), Some(&Output::WakeAt(at(30))));
        assert_eq!(core.step(Input::Tick, at(29), CALM), [Output::WakeAt(at(30))]);
        let out = core.step(Input::Tick, at(30), CALM);
        assert_eq!(out[..2], [Output::CloseStream, Output::Exchange], "which tells who is there");
        core.step(OK, at(30), CALM);
        assert!(core.step(Input::Tick, at(31), CALM).contains(&Output::OpenStream));
    }

    #[test]
    fn s2_where_nothing_is_decided_nothing_is_sent_over_and_over() {
        let read_only = Input::Answered { more: false, served: Served::ReadOnly };
        let mut core = Core::default();
        core.step(Input::Started, at(0), CALM);
        core.step(Input::LocalChange, at(0), CALM);
        let out = core.step(read_only, at(1), CALM);
        assert!(!out.contains(&Output::Exchange), "{out:?}");
        let out = core.step(Input::Tick, at(301), CALM);
        assert!(out.contains(&Output::Exchange), "a server may have come to terms: {out:?}");
        let out = core.step(OK, at(302), CALM);
        assert!(out.contains(&Output::Report(ConnectionState::Online)), "{out:?}");
    }

    #[test]
    fn a_stream_that_keeps_breaking_is_tried_less_often() {
        let mut core = Core::default();
        core.step(Input::Started, at(0), CALM);
        let mut now = 1;
        let mut waits = Vec::new();
        for _ in 0..4 {
            core.step(OK, at(now), CALM);
            core.step(Input::StreamOpened, at(now), CALM);
            core.step(OK, at(now), CALM);
            core.step(Input::StreamLost, at(now), CALM);
            let out = core.step(OK, at(now), CALM);
            let Some(Output::WakeAt(retry)) = out.last() else { panic!("no retry in {out:?}") };
            waits.push(retry.0.as_secs() - now);
            now = retry.0.as_secs();
            let out = core.step(Input::Tick, at(now), CALM);
            assert!(out.contains(&Output::OpenStream), "{out:?}");
        }
        assert_eq!(waits, [1, 2, 4, 8]);
    }

    /// A small generator of our own, so that the seed alone says what was tried.
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) % limit
        }
    }

    #[test]
    fn s2_whatever_comes_it_is_never_stuck() {
        for seed in 0..2_000 {
            let mut random = Random(seed);
            let mut core = Core::default();
            let mut now = 0;
            core.step(Input::Started, at(now), CALM);
            for step in 0..200 {
                now += random.below(40);
                let input = any_input(&mut random, &core);
                let out = core.step(input, at(now), Chance(0.5));
                let exchanges = out.iter().filter(|it| **it == Output::Exchange).count();
                assert!(exchanges <= 1, "seed {seed} step {step}: two at once in {out:?}");
                let waits = out.iter().any(|it| matches!(it, Output::WakeAt(_)));
                let is_over = core.state() == ConnectionState::SignedOut;
                assert!(
                    core.is_exchanging() || waits || is_over,
                    "seed {seed} step {step}: stuck after {input:?} in {core:?}"
                );
            }
        }
    }

    fn any_input(random: &mut Random, core: &Core) -> Input {
        let failures = [
            Failure::Offline,
            Failure::ServerFault,
            Failure::SignedOut,
            Failure::UpgradeNeeded,
            Failure::DiskFull,
        ];
        match random.below(if core.is_exchanging() { 9 } else { 6 }) {
            0 => Input::LocalChange,
            1 => Input::Demand,
            2 => Input::Poke,
            3 => Input::Tick,
            4 => Input::StreamOpened,
            5 => Input::StreamLost,
            6 => Input::Failed(failures[random.below(5) as usize]),
            7 => MORE,
            _ => OK,
        }
    }
}
