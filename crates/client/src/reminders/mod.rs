//! Reminders: what comes up is told once, by a notification of the system, and stands on the
//! start page until it is done.
//!
//! A notification may be read by whoever sees the screen, locked or not, so it never names a
//! person; what a lease has locked is told of nowhere. There is no timer of its own: the pulse
//! that looks after the copy asks whether the next moment has come or the copy has changed.

mod digest;
pub(crate) mod due;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use muster_cache::Cache;
use muster_domain::{Timestamp, WorkspaceId};
use muster_sync::Connection as Link;

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{
    Digest, Done, Failure, FailureCode, Place, Reminder, ReminderChoice, ReminderKind,
};
use due::{Coming, coming};

#[cfg(test)]
pub(crate) use digest::digest;

/// Shows reminders.
pub type Remind = Arc<dyn Fn(Vec<Reminder>) + Send + Sync>;

/// Without any change, it is looked again after this long: rights and clocks change too.
const AGAIN: i64 = 3_600_000;

/// However much changes, it is looked at most this often.
const PAUSE: i64 = 60_000;

/// When I was last here.
const HERE: &str = "here";

/// Reminders of who is signed in.
#[derive(Clone, Default)]
pub(crate) struct Reminders {
    remind: Arc<Mutex<Option<Remind>>>,
    /// Something changed since the last look.
    stirred: Arc<AtomicBool>,
    look: Arc<Mutex<Look>>,
}

#[derive(Default)]
struct Look {
    last: Option<Timestamp>,
    next: Option<Timestamp>,
    /// When I was here before this run.
    since: Option<Timestamp>,
    begun: bool,
}

impl Reminders {
    fn look(&self) -> std::sync::MutexGuard<'_, Look> {
        // A panic while looking leaves at worst a reminder that is told later.
        self.look.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something changed in the copy.
    pub(crate) fn stir(&self) {
        self.stirred.store(true, Ordering::Relaxed);
    }

    /// Another sign-in begins.
    pub(crate) fn begin(&self) {
        *self.look() = Look::default();
    }

    /// When I was here before this run.
    fn since(&self, cache: &Cache) -> Result<Option<Timestamp>, Failure> {
        let mut look = self.look();
        if !look.begun {
            look.begun = true;
            let kept = cache.device_note(HERE)?;
            look.since = kept.and_then(|it| it.parse().ok()).map(Timestamp);
        }
        Ok(look.since)
    }

    /// Looks if there is reason to.
    pub(crate) fn tick(&self, cache: &Cache, link: Link) -> Result<(), Failure> {
        if cache.is_read_only() {
            // It could not be remembered what was told, and would be told with every start.
            return Ok(());
        }
        self.since(cache)?;
        let bench = Bench::new(cache, link);
        if !self.is_time(bench.now) {
            return Ok(());
        }
        cache.set_device_note(HERE, &bench.now.0.to_string())?;
        let all = coming(&bench)?;
        let due = untold(&bench, &all)?;
        let next = all.iter().map(|it| it.tell).filter(|it| *it > bench.now).min();
        {
            let mut look = self.look();
            look.last = Some(bench.now);
            look.next = next;
        }
        self.tell(&bench, &due)
    }

    fn is_time(&self, now: Timestamp) -> bool {
        let look = self.look();
        let Some(last) = look.last else { return true };
        let waited = now.0 - last.0;
        // A clock that was put back is no reason to wait for it.
        if !(0..AGAIN).contains(&waited) || look.next.is_some_and(|next| next <= now) {
            return true;
        }
        waited >= PAUSE && self.stirred.swap(false, Ordering::Relaxed)
    }

    /// Tells what is due; what is switched off counts as told, so that switching it on does not
    /// bring back a month.
    fn tell(&self, bench: &Bench<'_>, due: &[Coming]) -> Result<(), Failure> {
        if due.is_empty() {
            return Ok(());
        }
        let off: Vec<ReminderKind> =
            choices(bench)?.into_iter().filter(|it| !it.on).map(|it| it.kind).collect();
        let shown = due.iter().filter(|it| !off.contains(&it.kind));
        let reminders = grouped(bench, shown)?;
        let remind = self.remind.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(remind) = remind else { return Ok(()) };
        let keys: Vec<String> = due.iter().map(|it| it.key.clone()).collect();
        // Kept first: rather one reminder too few than the same one every minute.
        bench.cache.note_reminded(&keys, bench.now)?;
        if !reminders.is_empty() {
            remind(reminders);
        }
        Ok(())
    }
}

/// What is due and was not told yet. Of one thing that is told twice, the later word replaces
/// the earlier one.
pub(crate) fn untold(bench: &Bench<'_>, all: &[Coming]) -> Result<Vec<Coming>, Failure> {
    let mut due = Vec::new();
    for one in all.iter().filter(|it| it.tell <= bench.now) {
        if !bench.cache.was_reminded(&one.key)? {
            due.push(one.clone());
        }
    }
    Ok(due)
}

/// One notification for each kind, however many came up.
pub(crate) fn grouped<'a>(
    bench: &Bench<'_>,
    due: impl Iterator<Item = &'a Coming>,
) -> Result<Vec<Reminder>, Failure> {
    let mut kinds: BTreeMap<ReminderKind, BTreeMap<Place, Vec<&Coming>>> = BTreeMap::new();
    for one in due {
        kinds.entry(one.kind).or_default().entry(one.place).or_default().push(one);
    }
    let mut reminders = Vec::new();
    for (kind, places) in kinds {
        let count = match kind {
            // Two words about one review are one review.
            ReminderKind::Review => places.len(),
            _ => places.values().map(Vec::len).sum(),
        };
        let over = places.values().flatten().all(|it| it.due <= bench.now);
        let first = places.keys().next().copied().filter(|_| places.len() == 1);
        let workspace = match first.and_then(Place::workspace) {
            Some(id) => bench.cache.workspace(id)?.map(|it| it.workspace.name),
            None => None,
        };
        reminders.push(Reminder {
            kind,
            count: u32::try_from(count).unwrap_or(u32::MAX),
            over,
            workspace,
            place: first.unwrap_or(Place::Home),
        });
    }
    Ok(reminders)
}

fn off_key(kind: ReminderKind) -> String {
    format!("reminder off {}", kind.key())
}

/// Which kinds are on.
pub(crate) fn choices(bench: &Bench<'_>) -> Result<Vec<ReminderChoice>, Failure> {
    let choice = |kind: &ReminderKind| {
        let off = bench.cache.device_note(&off_key(*kind))?;
        Ok(ReminderChoice { kind: *kind, on: off.as_deref() != Some("1") })
    };
    ReminderKind::ALL.iter().map(choice).collect()
}

/// Asks to be reminded of a place, at a moment or as soon as there is a connection.
pub(crate) fn ask(bench: &Bench<'_>, place: Place, when: Option<Timestamp>) -> Result<(), Failure> {
    let text = serde_json::to_string(&place)
        .map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
    Ok(bench.cache.ask_reminder(&text, place.workspace(), when, bench.now)?)
}

/// What keeps off the start page that a workspace came to an account then.
fn received_key(workspace: WorkspaceId, at: Timestamp) -> String {
    format!("received {workspace} {}", at.0)
}

/// Takes a line off the start page.
pub(crate) fn forget(bench: &Bench<'_>, done: Done) -> Result<(), Failure> {
    match done {
        Done::Asked { id } => bench.cache.drop_reminder(id.into())?,
        Done::Received { workspace, at } => {
            bench.cache.note_reminded(&[received_key(workspace, at)], bench.now)?;
        }
    }
    Ok(())
}

impl App {
    /// Has reminders shown from now on.
    pub fn on_reminder(&self, remind: Remind) {
        let reminders = self.reminders();
        *reminders.remind.lock().unwrap_or_else(PoisonError::into_inner) = Some(remind);
    }

    /// Reminds the person of a place at a moment, or as soon as there is a connection: the way
    /// out of "needs a connection". It stands on the start page until it is taken off.
    ///
    /// # Errors
    /// [`Failure`] when it cannot be kept.
    pub async fn remind(&self, place: Place, when: Option<Timestamp>) -> Result<(), Failure> {
        self.with_bench(move |bench| ask(bench, place, when)).await?;
        self.reminders().stir();
        self.changed(muster_cache::Change { pending: true, ..Default::default() });
        Ok(())
    }

    /// Takes a line off the start page.
    ///
    /// # Errors
    /// [`Failure`] when that cannot be kept.
    pub async fn forget_reminder(&self, done: Done) -> Result<(), Failure> {
        self.with_bench(move |bench| forget(bench, done)).await?;
        self.changed(muster_cache::Change { pending: true, ..Default::default() });
        Ok(())
    }

    /// The start page.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn digest(&self) -> Result<Digest, Failure> {
        let reminders = self.reminders();
        self.with_bench(move |bench| {
            let since = reminders.since(bench.cache)?;
            digest::digest(bench, since)
        })
        .await
    }

    /// Which reminders are on.
    ///
    /// # Errors
    /// [`Failure`] when the device's notes cannot be read.
    pub async fn reminder_choices(&self) -> Result<Vec<ReminderChoice>, Failure> {
        self.with_bench(choices).await
    }

    /// Switches a kind of reminder on or off on this device.
    ///
    /// # Errors
    /// [`Failure`] when the choice cannot be kept.
    pub async fn set_reminder(
        &self,
        kind: ReminderKind,
        wanted: Wanted,
    ) -> Result<Vec<ReminderChoice>, Failure> {
        self.with_bench(move |bench| {
            let off = match wanted {
                Wanted::On => "0",
                Wanted::Off => "1",
            };
            bench.cache.set_device_note(&off_key(kind), off)?;
            choices(bench)
        })
        .await
    }
}

/// Whether a kind of reminder is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It is shown.
    On,
    /// It is not.
    Off,
}
