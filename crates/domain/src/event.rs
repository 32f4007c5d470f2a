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
    /// An account was renamed.
    AccountRenamed = "account.renamed",
    /// An account's policies changed.
    PolicyChanged = "account.policy.changed",
    /// Somebody became Account Admin.
    AdminAdded = "account.admin.added",
    /// Somebody stopped being Account Admin.
    AdminRemoved = "account.admin.removed",
    /// An account will be deleted on a day (E-16).
    DeletionScheduled = "account.deletion.scheduled",
    /// A second Account Admin said yes to a deletion (E-14).
    DeletionConfirmed = "account.deletion.confirmed",
    /// A deletion was withdrawn before its day.
    DeletionWithdrawn = "account.deletion.withdrawn",
    /// An account was deleted; its log goes with it (V-43).
    AccountDeleted = "account.deleted",
    /// An account follows the other scheme from now on (E-58).
    SchemeChanged = "account.scheme.changed",
    /// A workspace of the account is another account's from now on (E-59).
    WorkspaceParted = "account.workspace.parted",
    /// A workspace was created.
    WorkspaceCreated = "workspace.created",
    /// A workspace was renamed.
    WorkspaceRenamed = "workspace.renamed",
    /// A workspace was labelled.
    WorkspaceLabelled = "workspace.labelled",
    /// A workspace got another colour.
    WorkspaceColoured = "workspace.coloured",
    /// A workspace's plan was chosen.
    PlanChanged = "workspace.plan.changed",
    /// A workspace's plan ended.
    PlanEnded = "workspace.plan.ended",
    /// A workspace went into the bin.
    WorkspaceDeleted = "workspace.deleted",
    /// A workspace came out of the bin.
    WorkspaceRestored = "workspace.restored",
    /// A workspace's days in the bin are over.
    WorkspaceErased = "workspace.erased",
    /// A workspace was offered to another account.
    WorkspaceOffered = "workspace.offered",
    /// An offer was taken back or turned down.
    OfferEnded = "workspace.offer.ended",
    /// A workspace moved to another account.
    WorkspaceMoved = "workspace.moved",
    /// Somebody became a member.
    MemberJoined = "member.joined",
    /// A member's roles changed.
    MemberRolesChanged = "member.roles.changed",
    /// The day on which a membership ends was set or cleared.
    MemberEndChanged = "member.end.changed",
    /// A membership ended or was lowered on its day (E-39).
    MemberEnded = "member.ended",
    /// A member was labelled.
    MemberLabelled = "member.labelled",
    /// A note about a member changed.
    MemberNoted = "member.noted",
    /// A membership now follows from a group, or stands for itself again.
    MemberGrouped = "member.grouped",
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
    /// The roles of an invitation changed.
    InvitationRolesChanged = "invitation.roles.changed",
    /// Somebody stood in for an inviter who lost the right.
    InvitationConfirmed = "invitation.confirmed",
    /// An invitation was cancelled.
    InvitationRevoked = "invitation.revoked",
    /// The invited person said no.
    InvitationDeclined = "invitation.declined",
    /// The letter of an invitation could not be delivered.
    InvitationUndelivered = "invitation.undelivered",
    /// Somebody wanted to accept an invitation when no seat was left.
    InvitationNoSeat = "invitation.no_seat",
    /// An invitation was accepted.
    InvitationAccepted = "invitation.accepted",
    /// A role of a workspace's own was defined.
    RoleDefined = "role.defined",
    /// A role of a workspace's own changed.
    RoleChanged = "role.changed",
    /// A role of a workspace's own was deleted.
    RoleDeleted = "role.deleted",
    /// A record was created.
    ContentCreated = "content.created",
    /// A record changed.
    ContentChanged = "content.changed",
    /// A record was deleted.
    ContentDeleted = "content.deleted",
    /// A group of workspaces was created.
    GroupCreated = "group.created",
    /// A group changed.
    GroupChanged = "group.changed",
    /// A group was deleted.
    GroupDeleted = "group.deleted",
    /// An access review was started.
    ReviewStarted = "review.started",
    /// A person was put on a review's list.
    ReviewLineFrozen = "review.line.frozen",
    /// A reviewer decided about a person, or took a decision back.
    ReviewDecided = "review.decided",
    /// Somebody's key for signing a review's evidence was written down.
    ReviewKeyRegistered = "review.key.registered",
    /// A review's list was handed to a client without a sign-in.
    ReviewHandedOut = "review.handed_out",
    /// Other people decide in a review.
    ReviewersChanged = "review.reviewers.changed",
    /// A review was closed.
    ReviewClosed = "review.closed",
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
