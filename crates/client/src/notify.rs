//! Tells the window what changed: merged, and at most twenty times a second (ui.md 11).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_cache::Change;
use muster_sync::Listener;
use tokio::runtime::Handle;

use crate::clock;
use crate::left::Watch;
use crate::reminders::Reminders;
use crate::view::{Changed, LeftWorkspace};

const PAUSE: Duration = Duration::from_millis(50);

/// Receives what changed.
pub type Tell = Arc<dyn Fn(Changed) + Send + Sync>;

/// Collects changes and passes them on.
#[derive(Clone)]
pub(crate) struct Notify {
    runtime: Handle,
    tell: Tell,
    waiting: Arc<Mutex<Waiting>>,
    /// What can be opened while somebody is signed in.
    watch: Arc<Mutex<Option<Watch>>>,
    /// Who looks again when something changed.
    reminders: Reminders,
}

#[derive(Default)]
struct Waiting {
    change: Change,
    is_due: bool,
}

impl Notify {
    pub(crate) fn new(runtime: Handle, tell: Tell) -> Self {
        let reminders = Reminders::default();
        Self { runtime, tell, waiting: Arc::default(), watch: Arc::default(), reminders }
    }

    /// What comes up.
    pub(crate) fn reminders(&self) -> &Reminders {
        &self.reminders
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        // A panic while merging leaves at worst a change that is told once more.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows what can be opened; `None` at the end of a sign-in. When this returns, nothing
    /// here is using the copy that was followed before.
    pub(crate) fn follow(&self, watch: Option<Watch>) {
        *self.watch.lock().unwrap_or_else(PoisonError::into_inner) = watch;
    }

    fn left(&self, change: &Change) -> Vec<LeftWorkspace> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(watch) = watch.as_mut().filter(|_| change.workspaces) else { return Vec::new() };
        watch.left(&change.rosters, &change.gone, clock::now()).unwrap_or_else(|error| {
            // The page finds out by itself that the workspace is gone; it only lacks the name.
            tracing::warn!(%error, "cannot tell which workspaces were left");
            Vec::new()
        })
    }

    fn tell_now(&self) {
        let change = {
            let mut waiting = self.lock();
            waiting.is_due = false;
            std::mem::take(&mut waiting.change)
        };
        if !change.is_empty() {
            let left = self.left(&change);
            (self.tell)(changed(change, left));
        }
    }
}

impl Listener for Notify {
    fn changed(&self, change: Change) {
        self.reminders.stir();
        let mut waiting = self.lock();
        waiting.change.merge(change);
        if !waiting.is_due {
            waiting.is_due = true;
            let this = self.clone();
            self.runtime.spawn(async move {
                tokio::time::sleep(PAUSE).await;
                // An error says that the app is ending.
                let _ = tokio::task::spawn_blocking(move || this.tell_now()).await;
            });
        }
    }
}

fn changed(change: Change, left: Vec<LeftWorkspace>) -> Changed {
    let touched: BTreeSet<_> = change.rosters.union(&change.contents).collect();
    Changed {
        state: change.connection || change.pending || change.workspaces,
        workspaces: change.workspaces || change.pending,
        rosters: touched.into_iter().map(ToString::to_string).collect(),
        history: change.history,
        accounts: change.workspaces || change.pending,
        left,
        pending: change.pending,
    }
}
