//! What became of a damaged outbox.

use muster_domain::WorkspaceId;

/// A command that could not be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostEntry {
    /// Its number on this device; 0 if not even numbers could be read.
    pub n: u64,
    /// The workspace that it was about, where that is known.
    pub workspace: Option<WorkspaceId>,
}

/// What was saved out of a damaged outbox, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many commands were carried over.
    pub saved: u32,
    /// Those that could not be.
    pub lost: Vec<LostEntry>,
}
