//! A bad line: a TCP proxy that cuts, stalls, swallows, truncates and repeats what passes.
//!
//! TCP itself loses and reorders nothing, so what a network does to it shows as ends, pauses and
//! requests that arrive again: a proxy in between that repeats what it took to be lost.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::dice::Dice;

/// What passes at once.
const CHUNK: usize = 2_048;

/// Most of what is kept of a request to be repeated.
const REPEATABLE: usize = 1 << 20;

/// How often each thing went wrong.
#[derive(Debug, Default)]
pub struct Tally {
    pub connections: AtomicU64,
    pub cuts: AtomicU64,
    pub stalls: AtomicU64,
    pub holes: AtomicU64,
    pub truncations: AtomicU64,
    pub repeats: AtomicU64,
    pub doubled: AtomicU64,
    pub outages: AtomicU64,
}

/// How bad it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Everything passes.
    Calm,
    /// Everything goes wrong that ends within seconds.
    Rough,
    /// Connections die in silence as well; whoever waits has to give up by itself.
    Deadly,
}

/// The line of one device.
pub struct Line {
    url: String,
    state: Arc<State>,
}

struct State {
    server: SocketAddr,
    weather: Mutex<Weather>,
    is_out: AtomicBool,
    /// Rises when everything that is open is cut.
    cut: watch::Sender<u64>,
    dice: Mutex<Dice>,
    tally: Arc<Tally>,
}

/// What becomes of a chunk.
enum Fate {
    Passes,
    Waits(Duration),
    Swallowed,
    CutOff,
    Truncated,
    Doubled,
}

impl Line {
    /// A calm line to a server on this machine.
    pub async fn to(server: &str, seed: u64, tally: Arc<Tally>) -> Self {
        let server = server.trim_start_matches("http://").parse().expect("an address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("is bound"));
        let state = Arc::new(State {
            server,
            weather: Mutex::new(Weather::Calm),
            is_out: AtomicBool::new(false),
            cut: watch::channel(0).0,
            dice: Mutex::new(Dice(seed)),
            tally,
        });
        tokio::spawn(listen(listener, Arc::clone(&state)));
        Self { url, state }
    }

    /// The address that the device knows.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on. What is stuck in silence stays stuck.
    pub fn set(&self, weather: Weather) {
        *self.state.weather.lock().unwrap_or_else(PoisonError::into_inner) = weather;
        if weather == Weather::Calm {
            self.state.is_out.store(false, Ordering::Relaxed);
        }
    }

    /// Nothing passes for a while, and what is open is cut.
    pub fn outage(&self, time: Duration) {
        self.state.tally.outages.fetch_add(1, Ordering::Relaxed);
        self.state.is_out.store(true, Ordering::Relaxed);
        self.state.cut.send_modify(|it| *it += 1);
        let state = Arc::clone(&self.state);
        tokio::spawn(async move {
            tokio::time::sleep(time).await;
            state.is_out.store(false, Ordering::Relaxed);
        });
    }
}

impl State {
    fn weather(&self) -> Weather {
        *self.weather.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn roll(&self, sides: u64) -> u64 {
        self.dice.lock().unwrap_or_else(PoisonError::into_inner).roll(sides)
    }

    /// What becomes of a chunk on its way; `down` is from the server.
    fn fate(&self, is_down: Way) -> Fate {
        let weather = self.weather();
        if weather == Weather::Calm {
            return Fate::Passes;
        }
        let tally = &self.tally;
        let (count, fate) = match (self.roll(150), is_down) {
            (0, _) => (&tally.cuts, Fate::CutOff),
            (1, Way::Down) => (&tally.truncations, Fate::Truncated),
            (1, Way::Up) => (&tally.cuts, Fate::CutOff),
            (2..=5, _) => {
                (&tally.stalls, Fate::Waits(Duration::from_millis(50 + self.roll(3_000))))
            }
            (6, Way::Down) => (&tally.doubled, Fate::Doubled),
            (7, _) if weather == Weather::Deadly => (&tally.holes, Fate::Swallowed),
            _ => return Fate::Passes,
        };
        count.fetch_add(1, Ordering::Relaxed);
        fate
    }
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

async fn listen(listener: TcpListener, state: Arc<State>) {
    while let Ok((device, _)) = listener.accept().await {
        if state.is_out.load(Ordering::Relaxed) {
            reset(&device);
            continue;
        }
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            // Without a server behind it, the line breaks off.
            let Ok(server) = TcpStream::connect(state.server).await else {
                reset(&device);
                return;
            };
            state.tally.connections.fetch_add(1, Ordering::Relaxed);
            carry(device, server, &state).await;
        });
    }
}

/// Whoever is at the other end sees a connection that broke, not one that was closed.
fn reset(stream: &TcpStream) {
    // An error says that it is gone already.
    let _ = stream.set_zero_linger();
}

/// Carries both directions until one of them ends.
async fn carry(device: TcpStream, server: TcpStream, state: &Arc<State>) {
    let _ = (device.set_nodelay(true), server.set_nodelay(true));
    let mut cut = state.cut.subscribe();
    let before = *cut.borrow_and_update();
    let (from_device, to_device) = device.into_split();
    let (from_server, to_server) = server.into_split();
    let request = Arc::new(Mutex::new(Vec::new()));
    let broken = tokio::select! {
        end = upward(from_device, to_server, Arc::clone(&request), state) => end,
        end = downward(from_server, to_device, request, state) => end,
        _ = cut.wait_for(|now| *now != before) => None,
    };
    if let Some(mut halves) = broken {
        // A neat end: what was passed on arrives, and then nothing more.
        let _ = halves.shutdown().await;
    }
}

/// From the device to the server; remembers what makes up the present request.
async fn upward(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    request: Arc<Mutex<Vec<u8>>>,
    state: &State,
) -> Option<OwnedWriteHalf> {
    let mut chunk = [0; CHUNK];
    loop {
        let length = from.read(&mut chunk).await.ok().filter(|it| *it > 0)?;
        {
            let mut request = request.lock().unwrap_or_else(PoisonError::into_inner);
            if request.len() < REPEATABLE {
                request.extend_from_slice(&chunk[..length]);
            }
        }
        match state.fate(Way::Up) {
            Fate::Passes | Fate::Doubled => {}
            Fate::Waits(time) => tokio::time::sleep(time).await,
            Fate::Swallowed => std::future::pending().await,
            Fate::CutOff | Fate::Truncated => {
                let _ = from.as_ref().set_zero_linger();
                return None;
            }
        }
        to.write_all(&chunk[..length]).await.ok()?;
    }
}

/// From the server to the device. When an answer begins, its request is whole and may be
/// delivered again, at once or much later.
async fn downward(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    request: Arc<Mutex<Vec<u8>>>,
    state: &Arc<State>,
) -> Option<OwnedWriteHalf> {
    let mut chunk = [0; CHUNK];
    loop {
        let length = from.read(&mut chunk).await.ok().filter(|it| *it > 0)?;
        let whole = std::mem::take(&mut *request.lock().unwrap_or_else(PoisonError::into_inner));
        if !whole.is_empty() && state.weather() != Weather::Calm && state.roll(25) == 0 {
            state.tally.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(repeat(state.server, whole, Duration::from_millis(state.roll(4_000))));
            if state.roll(2) == 0 {
                // And its answer never arrives.
                let _ = to.as_ref().set_zero_linger();
                return None;
            }
        }
        match state.fate(Way::Down) {
            Fate::Passes => {}
            Fate::Waits(time) => tokio::time::sleep(time).await,
            Fate::Swallowed => std::future::pending().await,
            Fate::CutOff => {
                let _ = to.as_ref().set_zero_linger();
                return None;
            }
            Fate::Truncated => {
                to.write_all(&chunk[..length / 2]).await.ok()?;
                return Some(to);
            }
            Fate::Doubled => to.write_all(&chunk[..length]).await.ok()?,
        }
        to.write_all(&chunk[..length]).await.ok()?;
    }
}

/// Delivers a request that was delivered already; nobody hears the answer.
async fn repeat(server: SocketAddr, request: Vec<u8>, later: Duration) {
    tokio::time::sleep(later).await;
    let Ok(mut again) = TcpStream::connect(server).await else { return };
    if again.write_all(&request).await.is_err() {
        return;
    }
    let mut nobody = [0; CHUNK];
    let heard = async { while again.read(&mut nobody).await.is_ok_and(|it| it > 0) {} };
    // A stream of pokes would never end.
    let _ = tokio::time::timeout(Duration::from_secs(5), heard).await;
}
