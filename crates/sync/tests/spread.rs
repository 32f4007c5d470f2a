//! A thousand clients after their server was gone: they come back spread out (4.12, S7).

use std::time::Duration;

use muster_sync::core::{Chance, Core, Failure, Input, Moment, Output, Served};

const CLIENTS: usize = 1_000;
/// How long an exchange takes that is answered, and one that is not.
const ANSWER: Duration = Duration::from_millis(20);
const OK: Input = Input::Answered { more: false, served: Served::Yes };

/// A small generator of our own, so that the seed alone says what was tried.
struct Random(u64);

impl Random {
    fn share(&mut self) -> Chance {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Chance((self.0 >> 33) as f64 / f64::from(u32::MAX >> 1))
    }
}

/// One client and what it waits for.
struct Client {
    core: Core,
    wakes: Option<Moment>,
    answered_at: Option<Moment>,
    stream_opens: bool,
}

impl Client {
    /// One that has been in contact.
    fn settled(random: &mut Random) -> Self {
        let core = Core::default();
        let mut it = Self { core, wakes: None, answered_at: None, stream_opens: false };
        let start = Moment(Duration::ZERO);
        for input in [Input::Started, OK, Input::StreamOpened, OK] {
            it.take(input, start, random);
        }
        it.answered_at = None;
        it.stream_opens = false;
        it
    }

    /// Tells the machine and remembers what it wants; answers whether an exchange began.
    fn take(&mut self, input: Input, now: Moment, random: &mut Random) -> bool {
        let mut began = false;
        for output in self.core.step(input, now, random.share()) {
            match output {
                Output::Exchange => {
                    began = true;
                    self.answered_at = Some(Moment(now.0 + ANSWER));
                }
                Output::WakeAt(at) => self.wakes = Some(at),
                Output::OpenStream => self.stream_opens = true,
                Output::CloseStream | Output::Report(_) => {}
            }
        }
        began
    }
}

/// The requests of all clients by the tenth of a second in which they began.
fn requests(seed: u64, gone: Duration, watched: Duration) -> Vec<usize> {
    let mut random = Random(seed);
    let mut clients: Vec<Client> = (0..CLIENTS).map(|_| Client::settled(&mut random)).collect();
    let start = Duration::from_secs(60);
    let mut tenths = Vec::new();
    let mut now = start;
    while now < start + gone + watched {
        let is_back = now >= start + gone;
        let mut began = 0;
        for client in &mut clients {
            let at = Moment(now);
            if now == start {
                began += usize::from(client.take(Input::StreamLost, at, &mut random));
            }
            if client.answered_at.is_some_and(|it| it <= at) {
                client.answered_at = None;
                let input = if is_back { OK } else { Input::Failed(Failure::Offline) };
                began += usize::from(client.take(input, at, &mut random));
            }
            if std::mem::take(&mut client.stream_opens) {
                let input = if is_back { Input::StreamOpened } else { Input::StreamLost };
                began += usize::from(client.take(input, at, &mut random));
            }
            if client.wakes.is_some_and(|it| it <= at) {
                client.wakes = None;
                began += usize::from(client.take(Input::Tick, at, &mut random));
            }
        }
        tenths.push(began);
        now += Duration::from_millis(100);
    }
    tenths
}

/// A server that comes back at once, as after an update: all streams ended in one moment.
#[test]
fn s7_a_restart_is_not_followed_by_everybody_at_once() {
    for seed in 1..=5 {
        let tenths = requests(seed, Duration::ZERO, Duration::from_secs(60));
        let most = tenths.iter().max().copied().unwrap_or_default();
        let first = tenths[..25].iter().sum::<usize>();
        println!("seed {seed}: at most {most} of {CLIENTS} in a tenth of a second");
        assert!(first >= CLIENTS, "seed {seed}: only {first} came back within 2.5 s");
        assert!(most <= CLIENTS / 5, "seed {seed}: {most} at once");
    }
}

/// A server that was gone for ten minutes.
#[test]
fn s7_after_an_outage_everybody_is_back_within_twenty_seconds_and_spread_out() {
    for seed in 1..=5 {
        let gone = Duration::from_secs(600);
        let tenths = requests(seed, gone, Duration::from_secs(60));
        let back = &tenths[6_000..];
        let most = back.iter().max().copied().unwrap_or_default();
        let meanwhile = tenths[600..6_000].iter().sum::<usize>() as f64 / CLIENTS as f64 / 9.0;
        println!(
            "seed {seed}: {meanwhile:.1} requests a minute and client while it was gone, at most {most} in a tenth of a second after"
        );
        assert!(back[..205].iter().sum::<usize>() >= CLIENTS, "seed {seed}: not all are back");
        assert!(most <= CLIENTS / 20, "seed {seed}: {most} at once");
        assert!(meanwhile <= 6.0, "seed {seed}: {meanwhile} requests a minute");
    }
}
