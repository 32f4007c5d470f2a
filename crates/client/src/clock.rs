//! The one place where the app reads the device's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use muster_domain::Timestamp;

/// Now by the device's clock: for predictions and for what is shown, never for a verdict.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
