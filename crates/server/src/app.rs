//! What every request shares.

use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;
use crate::http::Failure;
use crate::hub::Hub;
use crate::limit::Limits;
use crate::links::Links;
use crate::mail::Post;
use crate::mail::relay::Relay;
use crate::password::Passwords;
use crate::secret::Secret;
use crate::store::Store;

/// After how many days what is left of a deleted record is forgotten, unless the operators say
/// otherwise (sync.md 4.4).
pub const TOMBSTONE_DAYS: u32 = 180;

/// The server's state. Nothing in it belongs to one request (I5).
pub struct App {
    /// The database.
    pub store: Box<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The key behind invitation codes.
    pub secret: Secret,
    /// The server's name for people.
    pub name: String,
    /// The password hasher.
    pub passwords: Passwords,
    /// Pokes.
    pub hub: Hub,
    /// How people reach the server.
    pub links: Links,
    /// What takes its mail.
    pub relay: Option<Arc<Relay>>,
    /// After how many days what is left of a deleted record is forgotten.
    pub tombstone_days: u32,
    /// Tries at the doors.
    limits: Mutex<Limits>,
}

impl App {
    /// The state around a store.
    pub fn new(store: Box<dyn Store>, clock: Arc<dyn Clock>, secret: Secret, name: String) -> Self {
        Self {
            store,
            clock,
            secret,
            name,
            passwords: Passwords::default(),
            hub: Hub::default(),
            links: Links::default(),
            relay: None,
            tombstone_days: TOMBSTONE_DAYS,
            limits: Mutex::default(),
        }
    }

    /// Whether changes write letters.
    pub const fn post(&self) -> Post {
        if self.relay.is_some() { Post::Goes } else { Post::None }
    }

    /// Asks or tells the limits.
    pub fn limits<T>(&self, with: impl FnOnce(&mut Limits) -> T) -> T {
        with(&mut self.limits.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs work that touches the store where blocking is allowed. The work goes on to its end
/// even if the request is dropped, so a started write is never left halfway.
///
/// # Errors
/// The work's own, or [`Failure::fault`] when it panicked.
pub async fn blocking<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let app = Arc::clone(app);
    let span = tracing::Span::current();
    let task = tokio::task::spawn_blocking(move || span.in_scope(|| work(&app)));
    task.await.unwrap_or_else(|error| Err(Failure::fault(&error)))
}
