//! The thin part: carries out what the core says, on tokio.

use std::sync::Arc;

use muster_cache::{Cache, Change};
use muster_domain::Timestamp;

use crate::http::{Api, ApiError, Token};

/// Whoever wants to know that something changed. Called from the engine's task: must not block.
pub trait Listener: Send + Sync + 'static {
    /// Something changed.
    fn changed(&self, change: Change);
}

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionState {
    /// The first contact of this run is under way.
    Connecting,
    /// In contact.
    Online,
    /// The server does not answer.
    Offline,
    /// The server answers with a fault.
    ServerFault,
    /// The session has ended.
    SignedOut,
    /// The server wants a newer app.
    UpgradeNeeded,
    /// The disk is full.
    DiskFull,
}

/// The connection as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The state.
    pub state: ConnectionState,
    /// The last successful contact, server time.
    pub last_contact: Option<Timestamp>,
    /// Since when there is no connection, device time.
    pub offline_since: Option<Timestamp>,
    /// When the next try is due, device time.
    pub next_try: Option<Timestamp>,
}

/// The running engine. A cheap handle.
#[derive(Clone)]
pub struct Engine {}

#[expect(unused_variables, reason = "signatures first")]
impl Engine {
    /// Starts following the server.
    pub fn start(
        runtime: &tokio::runtime::Handle,
        api: Api,
        token: Token,
        cache: Arc<Cache>,
        listener: Arc<dyn Listener>,
        build: String,
    ) -> Engine {
        Engine {}
    }
    /// Something was queued.
    pub fn wake(&self) {}
    /// One exchange now, after any running one; resolves when its answer is applied.
    pub async fn exchange(&self) -> Result<(), ApiError> {
        Err(ApiError::Stopped)
    }
    /// The connection.
    pub fn connection(&self) -> Connection {
        Connection {
            state: ConnectionState::Connecting,
            last_contact: None,
            offline_since: None,
            next_try: None,
        }
    }
    /// Ends it, after a running exchange has been given up.
    pub async fn stop(self) {}
}
