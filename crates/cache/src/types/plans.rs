//! Plans that are kept, to be looked at and carried out another time.

use muster_domain::{About, Timestamp};

/// A line that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// What is asked for, in the app's own form.
    pub body: String,
    /// What the rules said of it, in the app's own form.
    pub seen: String,
    /// Whose it is.
    pub about: About,
}

/// A plan that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEntry {
    /// Its number on this device.
    pub id: u64,
    /// What its author calls it; empty once access to everything in it has ended.
    pub name: String,
    /// What it was made from, in the app's own word.
    pub source: String,
    /// When it was kept.
    pub made_at: Timestamp,
    /// Its lines, in order.
    pub lines: Vec<PlanLineEntry>,
}

/// One line of a plan that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLineEntry {
    /// Its number in the plan.
    pub line: u32,
    /// What is asked for; `None` where that may not be said, because access has ended or the
    /// lease is over.
    pub body: Option<String>,
    /// What the rules said of it when it was kept.
    pub seen: Option<String>,
    /// Whose it is; `None` where that cannot be told.
    pub about: Option<About>,
    /// The command that it became.
    pub command: Option<u64>,
    /// What was said of it in the end, in the app's own form.
    pub told: Option<String>,
}

/// A line of a plan by its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanPlace {
    /// The plan.
    pub plan: u64,
    /// The line.
    pub line: u32,
}
