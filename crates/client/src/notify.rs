//! Tells the window what changed: merged, and at most twenty times a second (ui.md 11).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_cache::Change;
use muster_sync::Listener;
use tokio::runtime::Handle;

use crate::view::Changed;

const PAUSE: Duration = Duration::from_millis(50);

/// Receives what changed.
pub type Tell = Arc<dyn Fn(Changed) + Send + Sync>;

/// Collects changes and passes them on.
#[derive(Clone)]
pub(crate) struct Notify {
    runtime: Handle,
    tell: Tell,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    change: Change,
    is_due: bool,
}

impl Notify {
    pub(crate) fn new(runtime: Handle, tell: Tell) -> Self {
        Self { runtime, tell, waiting: Arc::default() }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        // A panic while merging leaves at worst a change that is told once more.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_now(&self) {
        let change = {
            let mut waiting = self.lock();
            waiting.is_due = false;
            std::mem::take(&mut waiting.change)
        };
        if !change.is_empty() {
            (self.tell)(changed(change));
        }
    }
}

impl Listener for Notify {
    fn changed(&self, change: Change) {
        let mut waiting = self.lock();
        waiting.change.merge(change);
        if !waiting.is_due {
            waiting.is_due = true;
            let this = self.clone();
            self.runtime.spawn(async move {
                tokio::time::sleep(PAUSE).await;
                this.tell_now();
            });
        }
    }
}

fn changed(change: Change) -> Changed {
    let rosters: BTreeSet<String> = change.rosters.iter().map(ToString::to_string).collect();
    Changed {
        state: change.connection || change.pending || change.workspaces,
        workspaces: change.workspaces || change.pending,
        rosters: rosters.into_iter().collect(),
        pending: change.pending,
    }
}
