//! What happens by itself: memberships that end on their day (E-39), bins that are over
//! (E-17), deletions whose time has come (E-16), what is left of deleted records (sync.md 4.4),
//! kept names of deleted sign-ins (E-64).
//! Looked for at the start and twice a minute.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::hub::Signal;
use crate::naming;
use crate::store::StoreError;
use crate::write::{self, Verdict, WriteError};

/// How often is looked.
const LOOK: Duration = Duration::from_secs(30);

/// How much is done in one transaction, so that requests get in between.
const HANDFUL: u32 = 10;

/// Looks until the server ends.
pub async fn run(app: Arc<App>, mut signals: Receiver<Signal>) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                let app = Arc::clone(&app);
                match tokio::task::spawn_blocking(move || now(&app)).await {
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => tracing::error!(%error, "due work failed"),
                    Err(error) => tracing::error!(%error, "due work crashed"),
                }
            }
            signal = signals.recv() => match signal {
                Ok(Signal::Closing) | Err(RecvError::Closed) => return,
                Ok(Signal::Changed(_) | Signal::Letter | Signal::SignedOut { .. })
                | Err(RecvError::Lagged(_)) => {}
            },
        }
    }
}

/// Does everything whose time has come by the server's clock; how much that was.
///
/// # Errors
/// Whatever the store reports; what was done before stays done.
pub fn now(app: &App) -> Result<usize, WriteError> {
    let mut done = 0;
    loop {
        let step = handful(app)?;
        done += step;
        if step == 0 {
            return Ok(done + forget(app)? + let_names_go(app)?);
        }
        if app.hub.is_closing() {
            return Ok(done);
        }
    }
}

/// Forgets what is left of records that were deleted long ago; how many that were.
fn forget(app: &App) -> Result<usize, StoreError> {
    let before = app.clock.now().plus_days(-i64::from(app.tombstone_days));
    let mut done = 0;
    while !app.hub.is_closing() && !app.store.read()?.tombstones(before, 1)?.is_empty() {
        let tx = app.store.write()?;
        for tombstone in tx.tombstones(before, HANDFUL)? {
            tx.forget(&tombstone)?;
            done += 1;
        }
        tx.commit()?;
    }
    Ok(done)
}

/// Lets go of the names that accounts kept of deleted sign-ins, when their days are over (E-64);
/// how many that were.
fn let_names_go(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let mut done = 0;
    while !app.hub.is_closing() && !app.store.read()?.names_over(now, 1)?.is_empty() {
        let tx = app.store.write()?;
        let mut changes = Vec::new();
        for kept in tx.names_over(now, HANDFUL)? {
            changes.push(naming::let_go(&*tx, &kept, now)?);
        }
        tx.commit()?;
        done += changes.len();
        changes.into_iter().for_each(|change| app.hub.changed(change));
    }
    Ok(done)
}

fn handful(app: &App) -> Result<usize, WriteError> {
    let now = app.clock.now();
    if app.store.read()?.due(now, 1)?.is_empty() {
        return Ok(0);
    }
    let tx = app.store.write()?;
    let mut changes = Vec::new();
    for due in tx.due(now, HANDFUL)? {
        match write::due(&*tx, due, app.post(), now)? {
            Verdict::Applied(applied) => changes.push(applied.change),
            Verdict::NoOp => {}
            Verdict::Refused(refusal) => {
                tracing::error!(code = refusal.code.key(), ?due, "due work was refused");
            }
        }
    }
    tx.commit()?;
    let done = changes.len();
    changes.into_iter().for_each(|change| app.hub.changed(change));
    Ok(done)
}
