//! Events: the one log. Each is one entity before and after one change.
//!
//! An event carries the whole row on both sides. So the state at any moment is the last
//! `after` of each entity, a store applies an event by writing that row, and nothing has to
//! interpret old event kinds to rebuild the past.

use serde::{Deserialize, Serialize};

use crate::object::Row;

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[EventKind] = &[$(EventKind::$name,)*];

            /// The stable key, as it stands on the wire and in the log.
            pub const fn key(self) -> &'static str {
                match self {
                    $(EventKind::$name => $key,)*
                }
            }
        }
    };
}

event_kinds! {
    /// An account was created by sign-up (V-1).
    AccountCreated = "account.created",
    /// Somebody became Account Admin.
    AdminAdded = "account.admin.added",
    /// A workspace was created.
    WorkspaceCreated = "workspace.created",
    /// A workspace was renamed.
    WorkspaceRenamed = "workspace.renamed",
    /// A workspace went into the bin.
    WorkspaceDeleted = "workspace.deleted",
    /// Somebody became a member.
    MemberJoined = "member.joined",
    /// A member's roles changed.
    MemberRolesChanged = "member.roles.changed",
    /// A member was suspended.
    MemberSuspended = "member.suspended",
    /// A suspended member was let back in.
    MemberResumed = "member.resumed",
    /// A member was removed.
    MemberRemoved = "member.removed",
    /// A member left.
    MemberLeft = "member.left",
    /// An address was invited.
    InvitationSent = "invitation.sent",
    /// An invitation was sent again.
    InvitationResent = "invitation.resent",
    /// An invitation was cancelled.
    InvitationRevoked = "invitation.revoked",
    /// An invitation was accepted.
    InvitationAccepted = "invitation.accepted",
}

/// One change of one entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The entity before; `None` when it was created.
    pub before: Option<Row>,
    /// The entity after.
    pub after: Row,
}
