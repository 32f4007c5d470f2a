//! The one place where the app reads the device's clock.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use muster_domain::Timestamp;

/// Now by the device's clock: for predictions and for what is shown, never for a verdict.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Now by the device's clock, but never less than what has passed since the app started: while
/// it runs, turning the clock back takes no time away (R15).
pub(crate) fn steady() -> Timestamp {
    static START: OnceLock<(Instant, Timestamp)> = OnceLock::new();
    let (since, at) = START.get_or_init(|| (Instant::now(), now()));
    let passed = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
    now().max(Timestamp(at.0.saturating_add(passed)))
}
