//! What ends by itself soon, and what the person asked to be reminded of.

use muster_domain::{InvitationId, LoginId, MembershipId, Timestamp, WorkspaceId};

/// What ends by itself within a while, soonest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upcoming {
    /// Open invitations.
    pub invitations: Vec<(WorkspaceId, InvitationId, Timestamp)>,
    /// Memberships.
    pub ends: Vec<UpcomingEnd>,
}

/// A membership that ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpcomingEnd {
    /// Where.
    pub workspace: WorkspaceId,
    /// Which.
    pub membership: MembershipId,
    /// Whose.
    pub login: LoginId,
    /// When.
    pub at: Timestamp,
}

/// A workspace that somebody else's act put into an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Which.
    pub workspace: WorkspaceId,
    /// When.
    pub at: Timestamp,
    /// Whose act it was.
    pub by: String,
}

/// Something that the person asked to be reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedReminder {
    /// Its number on this device.
    pub id: i64,
    /// Where it leads, as it was given.
    pub place: String,
    /// When; `None` is as soon as there is a connection.
    pub due: Option<Timestamp>,
    /// When it was asked for.
    pub made: Timestamp,
}
