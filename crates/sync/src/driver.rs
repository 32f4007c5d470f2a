//! The thin part: carries out what the core says, on tokio.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_cache::{Applied, Cache, Change};
use muster_domain::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::connection::{Connection, ConnectionState};
use crate::core::{Chance, Core, Input, Moment, Output};
use crate::exchange::{Exchange, device_time};
use crate::http::{Api, ApiError, Token};
use crate::{poke, turn};

/// Whoever wants to know that something changed. Called from the engine's task: must not block.
pub trait Listener: Send + Sync + 'static {
    /// Something changed.
    fn changed(&self, change: Change);
}

type Waiter = oneshot::Sender<Result<(), ApiError>>;

/// What reaches the engine's task.
enum Event {
    Wake,
    Demand(Waiter),
    Stop(oneshot::Sender<()>),
    Exchanged(Result<Applied, ApiError>),
    StreamOpened,
    Poked,
    StreamLost,
}

/// What an engine brings together.
pub struct Following {
    /// The requests to the server.
    pub api: Api,
    /// The session.
    pub token: Token,
    /// The copy.
    pub cache: Arc<Cache>,
    /// Who is told of changes.
    pub listener: Arc<dyn Listener>,
    /// The program's version, as the server is told.
    pub build: String,
}

/// The running engine. A cheap handle; the engine runs until it is stopped.
#[derive(Clone)]
pub struct Engine {
    events: UnboundedSender<Event>,
    connection: Arc<Mutex<Connection>>,
}

/// When an engine turns to the server for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// At once: a window follows the server for as long as it is open.
    Now,
    /// With the first [`Engine::exchange`]: a program that only reads the copy sends nothing.
    WhenAsked,
}

impl Engine {
    /// Starts following the server.
    pub fn start(
        runtime: &Handle,
        api: Api,
        token: Token,
        cache: Arc<Cache>,
        listener: Arc<dyn Listener>,
        build: String,
    ) -> Engine {
        let following = Following { api, token, cache, listener, build };
        Self::start_at(runtime, following, Begin::Now)
    }

    /// Starts following the server at this moment.
    pub fn start_at(runtime: &Handle, following: Following, begin: Begin) -> Engine {
        let Following { api, token, cache, listener, build } = following;
        let (events, inbox) = unbounded_channel();
        let connection = Arc::new(Mutex::new(Connection {
            state: ConnectionState::Connecting,
            last_contact: None,
            offline_since: None,
            next_try: None,
        }));
        let driver = Driver {
            exchange: Exchange { api, token, cache, build: build.into() },
            listener,
            connection: Arc::clone(&connection),
            events: events.clone(),
            core: Core::default(),
            started: Instant::now(),
            chance: RandomState::new(),
            wake_at: None,
            waiting: Vec::new(),
            served: Vec::new(),
            stream: None,
            stop: watch::channel(false).0,
        };
        runtime.spawn(driver.run(inbox, begin));
        Engine { events, connection }
    }

    /// Something was queued.
    pub fn wake(&self) {
        // An error says that the engine has stopped; the outbox keeps what was queued.
        let _ = self.events.send(Event::Wake);
    }

    /// One exchange now, after any running one; resolves when its answer is applied.
    ///
    /// # Errors
    /// Why it failed; [`ApiError::Stopped`] when the engine was stopped.
    pub async fn exchange(&self) -> Result<(), ApiError> {
        let (waiter, done) = oneshot::channel();
        self.events.send(Event::Demand(waiter)).map_err(|_| ApiError::Stopped)?;
        done.await.unwrap_or(Err(ApiError::Stopped))
    }

    /// The connection as it is now.
    pub fn connection(&self) -> Connection {
        *self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends it. A running exchange is given up, but what is being written is written: when
    /// this returns, the engine no longer holds the cache.
    pub async fn stop(self) {
        let (stopped, done) = oneshot::channel();
        if self.events.send(Event::Stop(stopped)).is_ok() {
            // An error says that it is gone already.
            let _ = done.await;
        }
    }
}

/// How a rest ends.
enum Asked {
    /// Somebody waits for an exchange.
    Yes,
    /// It is over before there was one.
    Stop(Option<oneshot::Sender<()>>),
}

struct Driver {
    exchange: Exchange,
    listener: Arc<dyn Listener>,
    connection: Arc<Mutex<Connection>>,
    events: UnboundedSender<Event>,
    core: Core,
    started: Instant,
    chance: RandomState,
    wake_at: Option<Moment>,
    /// Who waits for the next exchange.
    waiting: Vec<Waiter>,
    /// Who waits for the running one.
    served: Vec<Waiter>,
    stream: Option<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Driver {
    async fn run(mut self, mut inbox: UnboundedReceiver<Event>, begin: Begin) {
        self.remember_contact().await;
        let ended = match begin {
            Begin::Now => Asked::Yes,
            Begin::WhenAsked => self.wait_until_asked(&mut inbox).await,
        };
        let stopped = match ended {
            Asked::Yes => self.follow(&mut inbox).await,
            Asked::Stop(stopped) => stopped,
        };
        self.end(&mut inbox).await;
        drop(self);
        if let Some(stopped) = stopped {
            // Nobody waiting any more is fine.
            let _ = stopped.send(());
        }
    }

    /// Rests until somebody wants an exchange; what was queued meanwhile waits in the outbox.
    async fn wait_until_asked(&mut self, inbox: &mut UnboundedReceiver<Event>) -> Asked {
        loop {
            match inbox.recv().await {
                Some(Event::Demand(waiter)) => {
                    self.waiting.push(waiter);
                    return Asked::Yes;
                }
                Some(Event::Stop(stopped)) => return Asked::Stop(Some(stopped)),
                None => return Asked::Stop(None),
                Some(
                    Event::Wake
                    | Event::Exchanged(_)
                    | Event::StreamOpened
                    | Event::Poked
                    | Event::StreamLost,
                ) => {}
            }
        }
    }

    /// Follows the server until it is stopped; answers whom to tell of the end.
    async fn follow(
        &mut self,
        inbox: &mut UnboundedReceiver<Event>,
    ) -> Option<oneshot::Sender<()>> {
        self.step(Input::Started);
        loop {
            let event = match self.wake_at {
                Some(at) => tokio::time::timeout_at(self.started + at.0, inbox.recv()).await,
                None => Ok(inbox.recv().await),
            };
            match event {
                Err(_) => {
                    self.wake_at = None;
                    self.step(Input::Tick);
                }
                Ok(Some(Event::Stop(stopped))) => return Some(stopped),
                Ok(Some(event)) => self.take(event),
                Ok(None) => return None,
            }
        }
    }

    /// The time of the last contact of an earlier run.
    async fn remember_contact(&mut self) {
        let cache = Arc::clone(&self.exchange.cache);
        let found = tokio::task::spawn_blocking(move || cache.last_contact()).await;
        if let Ok(Ok(last_contact)) = found {
            self.connect(|connection| connection.last_contact = last_contact);
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Wake => self.step(Input::LocalChange),
            Event::Demand(waiter) => {
                self.waiting.push(waiter);
                self.step(Input::Demand);
            }
            Event::Exchanged(result) => self.exchanged(result),
            Event::StreamOpened => self.step(Input::StreamOpened),
            Event::Poked => self.step(Input::Poke),
            Event::StreamLost => {
                self.stream = None;
                self.step(Input::StreamLost);
            }
            // Handled by the loop.
            Event::Stop(_) => {}
        }
    }

    fn exchanged(&mut self, result: Result<Applied, ApiError>) {
        let served = std::mem::take(&mut self.served);
        let told = result.as_ref().map(|_| ()).map_err(Clone::clone);
        let input = turn::told(&result);
        let change = match result {
            Ok(applied) => {
                let is_new = self.connection().last_contact != Some(applied.server_time);
                self.connect(|connection| connection.last_contact = Some(applied.server_time));
                Change { connection: is_new, ..applied.changed }
            }
            Err(error) => {
                tracing::info!(%error, "exchange failed");
                // What was about to leave may wait again.
                Change { pending: true, ..Change::default() }
            }
        };
        self.step(input);
        self.tell(change);
        for waiter in served {
            // Whoever stopped waiting need not be told.
            let _ = waiter.send(told.clone());
        }
    }

    fn step(&mut self, input: Input) {
        let now = Moment(self.started.elapsed());
        // The hasher's keys are random; that is chance enough to spread clients.
        let share = self.chance.hash_one(now) as f64 / u64::MAX as f64;
        for output in self.core.step(input, now, Chance(share)) {
            match output {
                Output::Exchange => self.begin_exchange(),
                Output::OpenStream => self.open_stream(),
                Output::CloseStream => self.close_stream(),
                Output::WakeAt(at) => self.wake_at = Some(at),
                Output::Report(state) => self.report(state),
            }
        }
        let next_try = self.core.next_at().map(|at| in_device_time(at, now));
        self.connect(|connection| {
            connection.next_try = match connection.state {
                ConnectionState::Connecting
                | ConnectionState::Online
                | ConnectionState::ReadOnly
                | ConnectionState::SignedOut => None,
                ConnectionState::Offline
                | ConnectionState::ServerFault
                | ConnectionState::UpgradeNeeded
                | ConnectionState::DiskFull => next_try,
            };
        });
    }

    fn begin_exchange(&mut self) {
        self.served.append(&mut self.waiting);
        let exchange = self.exchange.clone();
        let events = self.events.clone();
        let listener = Arc::clone(&self.listener);
        let stop = self.stop.subscribe();
        let sending = move || listener.changed(Change { pending: true, ..Change::default() });
        let running = tokio::spawn(async move { exchange.run(sending, stop).await });
        tokio::spawn(async move {
            // A panic in there is a failed exchange and not a dead engine.
            let result = running.await.unwrap_or_else(|_| Err(ApiError::Copy("panic".to_owned())));
            let _ = events.send(Event::Exchanged(result));
        });
    }

    fn open_stream(&mut self) {
        self.close_stream();
        let Exchange { api, token, .. } = self.exchange.clone();
        let events = self.events.clone();
        self.stream = Some(tokio::spawn(async move {
            // Errors of sending say that the engine has stopped.
            if let Ok(response) = api.poke(&token).await {
                let _ = events.send(Event::StreamOpened);
                poke::read(response, || drop(events.send(Event::Poked))).await;
            }
            let _ = events.send(Event::StreamLost);
        }));
    }

    fn close_stream(&mut self) {
        if let Some(stream) = self.stream.take() {
            stream.abort();
        }
    }

    fn report(&mut self, state: ConnectionState) {
        tracing::info!(?state, "connection");
        self.connect(|connection| {
            connection.state = state;
            connection.offline_since = match state {
                ConnectionState::Offline => connection.offline_since.or(Some(device_time())),
                ConnectionState::Connecting
                | ConnectionState::Online
                | ConnectionState::ReadOnly
                | ConnectionState::ServerFault
                | ConnectionState::SignedOut
                | ConnectionState::UpgradeNeeded
                | ConnectionState::DiskFull => None,
            };
        });
        self.tell(Change { connection: true, ..Change::default() });
    }

    fn tell(&self, change: Change) {
        if !change.is_empty() {
            self.listener.changed(change);
        }
    }

    fn connection(&self) -> Connection {
        *self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self, set: impl FnOnce(&mut Connection)) {
        set(&mut self.connection.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Gives up the network and waits for what is being written.
    async fn end(&mut self, inbox: &mut UnboundedReceiver<Event>) {
        self.stop.send_replace(true);
        let is_exchanging = self.core.is_exchanging();
        self.step(Input::Stop);
        if is_exchanging {
            while !matches!(inbox.recv().await, Some(Event::Exchanged(_)) | None) {}
        }
        for waiter in self.waiting.drain(..).chain(self.served.drain(..)) {
            let _ = waiter.send(Err(ApiError::Stopped));
        }
    }
}

fn in_device_time(at: Moment, now: Moment) -> Timestamp {
    let pause: Duration = at.0.saturating_sub(now.0);
    let millis = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
    Timestamp(device_time().0.saturating_add(millis))
}
