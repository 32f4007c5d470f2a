//! Invitations that are written and not to be sent yet (R14).

use muster_domain::{Command, Timestamp, WorkspaceId};

use super::Label;

/// An invitation that is kept on this device until somebody sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// Its number on this device.
    pub id: u64,
    /// The command; `None` when a newer version of the app made it.
    pub command: Option<Command>,
    /// The workspace it is about.
    pub workspace: Option<WorkspaceId>,
    /// The invited address.
    pub address: Option<String>,
    /// What to show of it.
    pub label: Label,
    /// When it was written.
    pub made_at: Timestamp,
    /// The number of the command that it became, once it was sent.
    pub sent_as: Option<u64>,
}

/// What becomes of an invitation that takes itself back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// This unsent command and the new one cancel out: nothing is sent (E-44).
    Command(u64),
    /// This draft is gone.
    Draft(u64),
}
