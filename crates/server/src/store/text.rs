//! Closed enums as the texts that every backend keeps.

use muster_domain::{
    AccountStatus, ContentKind, InvitationState, InvitationTrouble, LoginStatus, MemberState, Plan,
    SchemeId, WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::OutcomeStatus;

use super::StoreError;

/// An enum kept as text.
pub(crate) trait Text: Copy + Sized + 'static {
    /// What it is, for errors.
    const COLUMN: &'static str;
    /// Every value.
    const VALUES: &'static [Self];
    /// The kept text.
    fn text(self) -> &'static str;
    /// The value that is kept as this text.
    fn read(text: &str) -> Result<Self, StoreError> {
        Self::VALUES
            .iter()
            .copied()
            .find(|value| value.text() == text)
            .ok_or(StoreError::Unreadable { column: Self::COLUMN })
    }
}

macro_rules! texts {
    ($($type:ident in $column:literal { $($variant:ident = $text:literal),* $(,)? })*) => {$(
        impl Text for $type {
            const COLUMN: &'static str = $column;
            const VALUES: &'static [Self] = &[$($type::$variant),*];
            fn text(self) -> &'static str {
                match self { $($type::$variant => $text),* }
            }
        }
    )*};
}

texts! {
    LoginStatus in "logins.status" {
        Active = "active", Suspended = "suspended", Deleted = "deleted",
    }
    AccountStatus in "accounts.status" { Active = "active", Deleted = "deleted" }
    SchemeId in "accounts.scheme" { Managed = "managed", OwnerLed = "owner_led" }
    WorkspaceKind in "workspaces.kind" { Personal = "personal", Standard = "standard" }
    WorkspaceStatus in "workspaces.status" {
        Active = "active", Trashed = "trashed", Erased = "erased",
    }
    Plan in "workspaces.plan" { Basic = "basic", Pro = "pro" }
    MemberState in "memberships.state" {
        Active = "active", Suspended = "suspended", Left = "left", Removed = "removed",
        Expired = "expired",
    }
    InvitationState in "invitations.state" {
        Open = "open", Accepted = "accepted", Revoked = "revoked", Declined = "declined",
    }
    InvitationTrouble in "invitations.trouble" {
        MailRefused = "mail_refused", NoSeat = "no_seat",
    }
    ContentKind in "contents.kind" {
        Agent = "agent", Prompt = "prompt", Knowledge = "knowledge",
        Integration = "integration", Channel = "channel", Conversation = "conversation",
        Lead = "lead",
    }
    OutcomeStatus in "outcomes.status" {
        Applied = "applied", NoOp = "no_op", Refused = "refused", Skipped = "skipped",
        Unsupported = "unsupported", Quarantined = "quarantined",
    }
}
