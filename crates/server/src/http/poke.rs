//! `GET /v1/poke`: a content-free stream that says when to pull (sync.md 4.12).

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::Stream;
use muster_domain::{AccountId, Address, Login, Part, View, WorkspaceId};
use muster_protocol::ErrorCode;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_stream::wrappers::ReceiverStream;

use super::caller::{Caller, live};
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::change::{AccessOf, Change};
use crate::grants::Grants;
use crate::hub::Signal;
use crate::store::TokenHash;

pub const ROUTE: Route = Route {
    method: Method::Get,
    path: "/v1/poke",
    auth: Auth::Session,
    doc: "A stream of server-sent events without content: `pull` when something that the login \
          may see has changed (at most one in 250 ms; spread over up to two seconds where many listen), `who` when the session should be checked, \
          a comment every 25 seconds. It ends with the session. A lost poke does no harm.",
    request: "none",
    answer: "text/event-stream",
    handler: || axum::routing::get(handle),
};

const HEARTBEAT: Duration = Duration::from_secs(25);
const QUIET: Duration = Duration::from_millis(250);
/// What each listening stream adds to how far a poke is spread, and how far at most.
const EACH: Duration = Duration::from_millis(2);
const LONGEST: Duration = Duration::from_secs(2);

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    // Listening starts before the grants are read, so that nothing falls in between.
    let signals = app.hub.listen();
    if app.hub.is_closing() {
        // The signal that ends streams may have been given already.
        return Err(Failure::new(ErrorCode::Fault, "the server is stopping"));
    }
    let sight = Sight::load(&app, &caller.login).await?;
    let (sender, receiver) = tokio::sync::mpsc::channel(4);
    let watch = Watch { app, caller, sight, sender };
    tokio::spawn(watch.run(signals));
    Ok(Sse::new(ReceiverStream::new(receiver)))
}

/// What a login sees, as far as pokes depend on it.
struct Sight {
    views: HashMap<WorkspaceId, View>,
    /// Where it is a member, also in the bin: a workspace that comes back concerns it.
    places: HashSet<WorkspaceId>,
    /// The accounts that it is an admin of.
    administers: HashSet<AccountId>,
    /// Every account that it has something in.
    accounts: HashSet<AccountId>,
    addresses: Vec<Address>,
}

impl Sight {
    async fn load(app: &Arc<App>, login: &Login) -> Result<Self, Failure> {
        let login = login.clone();
        blocking(app, move |app| {
            let store = app.store.read()?;
            let login = store.login(login.id)?.unwrap_or(login);
            let grants = Grants::load(&*store, &login, app.clock.now())?;
            let administered = || grants.administered().iter().map(|account| account.id);
            Ok(Self {
                views: grants.iter().map(|it| (it.grant.workspace, it.grant.view)).collect(),
                places: grants.places().iter().copied().collect(),
                administers: administered().collect(),
                accounts: administered().chain(grants.iter().map(|it| it.grant.account)).collect(),
                addresses: login.verified,
            })
        })
        .await
    }

    fn shows(&self, change: &Change) -> bool {
        change.seen().iter().any(|seen| {
            let view = self.views.get(&seen.workspace);
            match seen.part {
                None => view.is_some() || self.places.contains(&seen.workspace),
                // Whoever follows the history learns of every link of the chain.
                Some(part) => view.is_some_and(|it| it.has(part) || it.has(Part::History)),
            }
        })
    }
}

/// How long a stream waits before it tells of a change, so that a thousand apps do not pull in
/// the same moment (sync.md 4.12): not to be noticed among a few, up to two seconds among many.
/// Each session has its own place in between.
fn spread(streams: usize, token: &TokenHash) -> Duration {
    let streams = u32::try_from(streams).unwrap_or(u32::MAX);
    let [a, b, c, d, ..] = *token;
    let place = f64::from(u32::from_be_bytes([a, b, c, d])) / f64::from(u32::MAX);
    EACH.saturating_mul(streams).min(LONGEST).mul_f64(place)
}

/// What a signal means for one stream.
enum Meaning {
    Nothing,
    Pull,
    /// Access may have changed: read it again, then pull.
    Look,
    Who,
    /// The session is over.
    SignedOut,
    /// The server is going down.
    End,
}

struct Watch {
    app: Arc<App>,
    caller: Caller,
    sight: Sight,
    sender: Sender<Result<Event, Infallible>>,
}

impl Watch {
    async fn run(mut self, mut signals: Receiver<Signal>) {
        let mut heartbeat = interval(HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last_pull = Instant::now() - QUIET;
        let mut due: Option<Instant> = None;
        loop {
            let at = due.unwrap_or_else(|| Instant::now() + HEARTBEAT);
            let go_on = tokio::select! {
                () = sleep_until(at), if due.is_some() => {
                    due = None;
                    last_pull = Instant::now();
                    self.say(Event::default().event("pull").data("{}")).await
                }
                _ = heartbeat.tick() => self.beat().await,
                signal = signals.recv() => match self.read(signal) {
                    Meaning::Nothing => true,
                    Meaning::Pull => {
                        let pause = spread(self.app.hub.streams(), &self.caller.token);
                        due = due.or(Some((last_pull + QUIET).max(Instant::now()) + pause));
                        true
                    }
                    Meaning::Look => {
                        // Nobody waits for the end of an access.
                        due = Some(last_pull + QUIET);
                        self.look_again().await
                    }
                    Meaning::Who => self.say(Event::default().event("who").data("{}")).await,
                    Meaning::End => false,
                    Meaning::SignedOut => {
                        self.say(Event::default().event("who").data("{}")).await;
                        false
                    }
                },
            };
            if !go_on {
                return;
            }
        }
    }

    async fn say(&self, event: Event) -> bool {
        self.sender.send(Ok(event)).await.is_ok()
    }

    /// Also the moment to see that the session is still good.
    async fn beat(&self) -> bool {
        let token = self.caller.token;
        let good = blocking(&self.app, move |app| {
            live(&*app.store.read()?, &token, app.clock.now()).map(drop)
        })
        .await;
        match good {
            Ok(()) => self.say(Event::default().comment("still here")).await,
            Err(_) => {
                self.say(Event::default().event("who").data("{}")).await;
                false
            }
        }
    }

    async fn look_again(&mut self) -> bool {
        match Sight::load(&self.app, &self.caller.login).await {
            Ok(sight) => {
                self.sight = sight;
                true
            }
            Err(_) => false,
        }
    }

    fn read(&self, signal: Result<Signal, RecvError>) -> Meaning {
        match signal {
            Ok(Signal::Changed(change)) => self.weigh(&change),
            Ok(Signal::SignedOut { token, .. }) if token == self.caller.token => Meaning::SignedOut,
            Ok(Signal::SignedOut { login, .. }) if login == self.caller.login.id => Meaning::Who,
            Ok(Signal::SignedOut { .. } | Signal::Letter) => Meaning::Nothing,
            Ok(Signal::Closing) | Err(RecvError::Closed) => Meaning::End,
            // Too slow to know what was missed.
            Err(RecvError::Lagged(_)) => Meaning::Look,
        }
    }

    /// A workspace that begins or ends concerns those who see it and the account's admins;
    /// others of the account must not even learn of it.
    fn weigh(&self, change: &Change) -> Meaning {
        let sight = &self.sight;
        let shown = sight.shows(change);
        let among = |accounts: &HashSet<AccountId>| {
            change.accounts().iter().any(|account| accounts.contains(account))
        };
        let access = match change.access() {
            AccessOf::Named => false,
            AccessOf::Seeing => shown,
            AccessOf::Admins => shown || among(&sight.administers),
            AccessOf::Everybody => shown || among(&sight.accounts),
        };
        if access || change.concerns(self.caller.login.id) {
            Meaning::Look
        } else if shown || change.invites(&sight.addresses) {
            Meaning::Pull
        } else {
            Meaning::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s7_what_concerns_many_is_told_spread_out_and_what_concerns_few_at_once() {
        let token = |number: u32| crate::secret::token_hash(&format!("session {number}"));
        let longest = (0..5).map(|it| spread(5, &token(it))).max();
        assert!(longest <= Some(Duration::from_millis(10)), "{longest:?}");
        let mut tenths = [0; 20];
        for number in 0..1_000 {
            let pause = spread(1_000, &token(number)).as_millis();
            tenths[usize::try_from(pause / 100).expect("small").min(19)] += 1;
        }
        assert!(tenths.iter().all(|it| (20..90).contains(it)), "{tenths:?}");
    }
}
