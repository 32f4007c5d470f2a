//! What is looked after while the app runs: the lease (R15), a new key after a purge, and
//! contact after sleep.
//!
//! The clock that timers go by stands still while the machine sleeps, the clock on the wall does
//! not. Where the two part, the machine has slept, and what happened meanwhile is fetched at
//! once instead of at the next poll.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use muster_cache::{Cache, Heed};
use muster_domain::{LoginId, Timestamp};
use muster_sync::{Engine, Listener as _};
use tokio::runtime::Handle;
use tokio::sync::Mutex;

use crate::app::blocking;
use crate::clock;
use crate::keep;
use crate::notify::Notify;
use crate::vault::Vault;
use crate::view::Failure;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(15);

/// How far the two clocks may part without sleep.
const SLACK: i64 = 30_000;

/// Whether the machine has slept, or its clock was put ahead: contact helps with both.
pub(crate) fn has_slept(waited: Duration, before: Timestamp, now: Timestamp) -> bool {
    let waited = i64::try_from(waited.as_millis()).unwrap_or(i64::MAX);
    now.0.saturating_sub(before.0) > waited.saturating_add(SLACK)
}

/// Whether it goes on looking. Locked while it does, so that whoever ends it waits.
#[derive(Clone)]
pub(crate) struct Pulse(Arc<Mutex<Going>>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Going {
    On,
    Over,
}

/// What it looks after.
pub(crate) struct Patient {
    pub cache: Weak<Cache>,
    pub engine: Engine,
    pub notify: Notify,
    pub vault: Arc<dyn Vault>,
    pub login: LoginId,
}

impl Pulse {
    /// Begins to look.
    pub(crate) fn begin(runtime: &Handle, patient: Patient) -> Self {
        let pulse = Self(Arc::new(Mutex::new(Going::On)));
        runtime.spawn(pulse.clone().run(patient));
        pulse
    }

    /// Ends it; when this returns, nothing here uses the copy.
    pub(crate) async fn end(&self) {
        *self.0.lock().await = Going::Over;
    }

    async fn run(self, patient: Patient) {
        let mut may_renew = true;
        loop {
            let (since, before) = (Instant::now(), clock::now());
            tokio::time::sleep(EVERY).await;
            let going = self.0.lock().await;
            let Some(cache) = patient.cache.upgrade().filter(|_| *going == Going::On) else {
                return;
            };
            if has_slept(since.elapsed(), before, clock::now()) {
                patient.engine.wake();
            }
            let (vault, login) = (Arc::clone(&patient.vault), patient.login);
            let reminders = patient.notify.reminders().clone();
            let link = patient.engine.connection();
            let looked = blocking(move || {
                let change = look(&cache, &*vault, login, may_renew)?;
                // A reminder that cannot be told now is told at the next look.
                if let Err(failure) = reminders.tick(&cache, link) {
                    tracing::warn!(code = ?failure.code, "what comes up could not be read");
                }
                Ok(change)
            })
            .await;
            match looked {
                Ok(change) => patient.notify.changed(change),
                Err(failure) => {
                    // A new key is tried again at the next start, which knows both.
                    may_renew = false;
                    tracing::warn!(code = ?failure.code, "the copy could not be looked after");
                }
            }
            drop(going);
        }
    }
}

/// One look.
pub(crate) fn look(
    cache: &Cache,
    vault: &dyn Vault,
    login: LoginId,
    may_renew: bool,
) -> Result<muster_cache::Change, Failure> {
    let change = cache.heed_lease(Heed::Running, clock::steady())?;
    if may_renew {
        keep::renew(vault, login, cache)?;
    }
    Ok(change)
}
