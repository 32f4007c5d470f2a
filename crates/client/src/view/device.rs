//! Where I am signed in (ui.md 5.16).

use muster_domain::{DeviceId, Timestamp};
use serde::Serialize;
use ts_rs::TS;

/// One installation where I am signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceRow {
    /// The installation.
    #[ts(type = "string")]
    pub id: DeviceId,
    /// What its machine is called; empty for one that did not say.
    pub name: String,
    /// When I signed in there.
    #[ts(type = "number")]
    pub since: Timestamp,
    /// When it was last in touch, to the hour.
    #[ts(type = "number")]
    pub last_used: Timestamp,
    /// Whether it is this one.
    pub here: bool,
}
