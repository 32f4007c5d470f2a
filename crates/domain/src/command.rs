//! Commands: named, versioned intents with arguments, made once and never edited.
//!
//! The serialised form is pinned by a snapshot: a command waits in outboxes for weeks, so a
//! name keeps its meaning for ever and a changed meaning gets a new version (sync.md 4.6).

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::{AccountId, InvitationId, MembershipId, WorkspaceId};
use crate::object::Plan;
use crate::role::RoleSet;

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "args")]
pub enum Command {
    /// Create a workspace (V-8, V-11, U-13).
    #[serde(rename = "workspace.create/1")]
    CreateWorkspace {
        /// The new workspace's id.
        workspace: WorkspaceId,
        /// The account that will hold it.
        account: AccountId,
        /// Its name.
        title: String,
        /// Its plan; without one the creation is refused (V-8).
        plan: Option<Plan>,
        /// The creator's membership; `None` leaves an Account Admin out of the list (E-66).
        membership: Option<MembershipId>,
    },
    /// Rename a workspace (U-40).
    #[serde(rename = "workspace.rename/1")]
    RenameWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
        /// The name it had when the change was made (E-42).
        was: String,
        /// The new name.
        title: String,
    },
    /// Put a workspace into the bin (U-41).
    #[serde(rename = "workspace.delete/1")]
    DeleteWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Leave a workspace (U-42).
    #[serde(rename = "workspace.leave/1")]
    LeaveWorkspace {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Change the roles of a member.
    #[serde(rename = "member.roles.set/1")]
    SetMemberRoles {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
        /// The roles held when the change was made (E-42).
        was: RoleSet,
        /// The roles to hold.
        roles: RoleSet,
    },
    /// Suspend a member.
    #[serde(rename = "member.suspend/1")]
    SuspendMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
    },
    /// Let a suspended member back in.
    #[serde(rename = "member.resume/1")]
    ResumeMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
    },
    /// Remove a member.
    #[serde(rename = "member.remove/1")]
    RemoveMember {
        /// The member's workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
    },
    /// Invite an address.
    #[serde(rename = "invitation.create/1")]
    CreateInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The new invitation's id.
        invitation: InvitationId,
        /// The address.
        address: Address,
        /// The name that came with the address.
        person: Option<String>,
        /// The roles to give.
        roles: RoleSet,
    },
    /// Send an invitation again with a new link (E-23).
    #[serde(rename = "invitation.resend/1")]
    ResendInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
    },
    /// Cancel an invitation.
    #[serde(rename = "invitation.revoke/1")]
    RevokeInvitation {
        /// The workspace.
        workspace: WorkspaceId,
        /// The invitation.
        invitation: InvitationId,
    },
}

/// What a command may do without a connection (R14).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineClass {
    /// Works and waits in the outbox.
    Queue,
    /// Becomes a draft that a person sends later.
    Draft,
    /// Needs a connection.
    OnlineOnly,
}

impl Command {
    /// The workspace that the command is about, where it exists already.
    pub const fn workspace(&self) -> Option<WorkspaceId> {
        match self {
            Command::CreateWorkspace { .. } => None,
            Command::RenameWorkspace { workspace, .. }
            | Command::DeleteWorkspace { workspace }
            | Command::LeaveWorkspace { workspace }
            | Command::SetMemberRoles { workspace, .. }
            | Command::SuspendMember { workspace, .. }
            | Command::ResumeMember { workspace, .. }
            | Command::RemoveMember { workspace, .. }
            | Command::CreateInvitation { workspace, .. }
            | Command::ResendInvitation { workspace, .. }
            | Command::RevokeInvitation { workspace, .. } => Some(*workspace),
        }
    }

    /// The membership that the command changes.
    pub const fn membership(&self) -> Option<MembershipId> {
        match self {
            Command::SetMemberRoles { membership, .. }
            | Command::SuspendMember { membership, .. }
            | Command::ResumeMember { membership, .. }
            | Command::RemoveMember { membership, .. } => Some(*membership),
            Command::CreateWorkspace { .. }
            | Command::RenameWorkspace { .. }
            | Command::DeleteWorkspace { .. }
            | Command::LeaveWorkspace { .. }
            | Command::CreateInvitation { .. }
            | Command::ResendInvitation { .. }
            | Command::RevokeInvitation { .. } => None,
        }
    }

    /// What it may do offline (R14). `touches_owner_class` says whether the member holds the
    /// owner-class role before or after: then nothing waits in an outbox (sync.md 4.16).
    pub const fn offline_class(&self, touches_owner_class: TouchesOwnerClass) -> OfflineClass {
        match self {
            Command::RenameWorkspace { .. } => OfflineClass::Queue,
            Command::SetMemberRoles { .. }
            | Command::SuspendMember { .. }
            | Command::ResumeMember { .. }
            | Command::RemoveMember { .. } => match touches_owner_class {
                TouchesOwnerClass::No => OfflineClass::Queue,
                TouchesOwnerClass::Yes => OfflineClass::OnlineOnly,
            },
            Command::CreateInvitation { .. } => OfflineClass::Draft,
            Command::CreateWorkspace { .. }
            | Command::DeleteWorkspace { .. }
            | Command::LeaveWorkspace { .. }
            | Command::ResendInvitation { .. }
            | Command::RevokeInvitation { .. } => OfflineClass::OnlineOnly,
        }
    }
}

/// Whether a command gives or takes the owner-class role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TouchesOwnerClass {
    /// It does.
    Yes,
    /// It does not.
    No,
}
