//! The connection as the status line tells it.

use muster_domain::Timestamp;

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionState {
    /// The first contact of this run is under way.
    Connecting,
    /// In contact.
    Online,
    /// In contact with a server that lets this version read and decides none of its changes.
    ReadOnly,
    /// The server does not answer.
    Offline,
    /// The server answers with a fault.
    ServerFault,
    /// The session has ended: sign in again; unsent changes are kept.
    SignedOut,
    /// The server wants a newer app.
    UpgradeNeeded,
    /// The disk is full; reading works, nothing new can be kept.
    DiskFull,
}

/// The connection as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The state.
    pub state: ConnectionState,
    /// The last successful contact, server time.
    pub last_contact: Option<Timestamp>,
    /// Since when there is no contact, device time.
    pub offline_since: Option<Timestamp>,
    /// When the next try is due, device time.
    pub next_try: Option<Timestamp>,
}
