//! The engine's word for the connection, as the window is told.

use muster_sync::{Connection as Link, ConnectionState as LinkState};

use crate::view::{Connection, ConnectionState};

/// Before the server was ever turned to.
pub(crate) const fn offline() -> Link {
    Link { state: LinkState::Connecting, last_contact: None, offline_since: None, next_try: None }
}

/// The connection as the window is told.
pub(crate) const fn connection(link: &Link) -> Connection {
    Connection {
        state: match link.state {
            LinkState::Connecting => ConnectionState::Connecting,
            LinkState::Online => ConnectionState::Online,
            LinkState::ReadOnly => ConnectionState::ReadOnly,
            LinkState::Offline => ConnectionState::Offline,
            LinkState::ServerFault => ConnectionState::ServerFault,
            LinkState::SignedOut => ConnectionState::SignedOut,
            LinkState::UpgradeNeeded => ConnectionState::UpgradeNeeded,
            LinkState::DiskFull => ConnectionState::DiskFull,
        },
        last_contact: link.last_contact,
        offline_since: link.offline_since,
        next_try: link.next_try,
        loading: None,
    }
}
