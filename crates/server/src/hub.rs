//! Pokes within the process: who has to look again after a commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use muster_domain::LoginId;
use tokio::sync::broadcast;

use crate::change::Change;
use crate::store::TokenHash;

/// How many signals wait for a slow stream before it has to assume the worst.
const WAITING: usize = 1_024;

/// Something that streams may have to pass on.
#[derive(Debug, Clone)]
pub enum Signal {
    /// A change was committed.
    Changed(Arc<Change>),
    /// A session ended.
    SignedOut {
        /// Whose.
        login: LoginId,
        /// Which.
        token: TokenHash,
    },
    /// A letter was written that no change tells of.
    Letter,
    /// The server is going down.
    Closing,
}

/// The sender of all signals.
pub struct Hub {
    signals: broadcast::Sender<Signal>,
    closing: AtomicBool,
}

impl Default for Hub {
    fn default() -> Self {
        Self { signals: broadcast::Sender::new(WAITING), closing: AtomicBool::new(false) }
    }
}

impl Hub {
    /// Tells every stream; nobody listening is fine.
    pub fn tell(&self, signal: Signal) {
        // An error only says that there is no stream.
        drop(self.signals.send(signal));
    }

    /// Ends every stream, and those that begin from now on.
    pub fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        self.tell(Signal::Closing);
    }

    /// Whether the server is going down.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// Tells every stream about a committed change.
    pub fn changed(&self, change: Change) {
        self.tell(Signal::Changed(Arc::new(change)));
    }

    /// How many listen.
    pub fn streams(&self) -> usize {
        self.signals.receiver_count()
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }
}
