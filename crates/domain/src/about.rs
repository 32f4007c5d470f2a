//! What a command is about, read off its arguments.

use crate::command::Command;
use crate::ids::{AccountId, ContentId, MembershipId, ReviewId, WorkspaceId};

/// What a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Something in a workspace that exists already.
    Workspace(WorkspaceId),
    /// An account as a whole.
    Account(AccountId),
}

impl Command {
    /// What the command is about.
    pub const fn about(&self) -> About {
        match self {
            Command::RenameAccount { account, .. }
            | Command::SetPolicy { account, .. }
            | Command::AddAdmin { account, .. }
            | Command::RemoveAdmin { account, .. }
            | Command::LeaveAccount { account }
            | Command::DeleteAccount { account, .. }
            | Command::ScheduleDeletion { account, .. }
            | Command::ConfirmDeletion { account }
            | Command::WithdrawDeletion { account }
            | Command::SetScheme { account, .. }
            | Command::CreateWorkspace { account, .. }
            | Command::CreateGroup { account, .. }
            | Command::ChangeGroup { account, .. }
            | Command::DeleteGroup { account, .. }
            | Command::AddGroupPerson { account, .. }
            | Command::RemoveGroupPerson { account, .. } => About::Account(*account),
            Command::RenameWorkspace { workspace, .. }
            | Command::SetWorkspaceLabels { workspace, .. }
            | Command::SetWorkspaceColour { workspace, .. }
            | Command::SetPlan { workspace, .. }
            | Command::EndPlan { workspace }
            | Command::DeleteWorkspace { workspace, .. }
            | Command::RestoreWorkspace { workspace }
            | Command::LeaveWorkspace { workspace }
            | Command::OfferWorkspace { workspace, .. }
            | Command::EndOffer { workspace }
            | Command::AcceptOffer { workspace }
            | Command::AddMember { workspace, .. }
            | Command::SetMemberRoles { workspace, .. }
            | Command::SetMemberEnd { workspace, .. }
            | Command::SetMemberLabels { workspace, .. }
            | Command::SetMemberNote { workspace, .. }
            | Command::SuspendMember { workspace, .. }
            | Command::ResumeMember { workspace, .. }
            | Command::RemoveMember { workspace, .. }
            | Command::CreateInvitation { workspace, .. }
            | Command::ResendInvitation { workspace, .. }
            | Command::SetInvitationRoles { workspace, .. }
            | Command::ConfirmInvitation { workspace, .. }
            | Command::RevokeInvitation { workspace, .. }
            | Command::DefineRole { workspace, .. }
            | Command::ChangeRole { workspace, .. }
            | Command::DeleteRole { workspace, .. }
            | Command::CreateContent { workspace, .. }
            | Command::ChangeContent { workspace, .. }
            | Command::DeleteContent { workspace, .. }
            | Command::StartReview { workspace, .. }
            | Command::SetReviewers { workspace, .. }
            | Command::DecideReview { workspace, .. }
            | Command::RegisterReviewKey { workspace, .. }
            | Command::HandOutReview { workspace, .. }
            | Command::EnterReview { workspace, .. }
            | Command::CloseReview { workspace, .. } => About::Workspace(*workspace),
        }
    }

    /// The workspace that the command is about, where it exists already.
    pub const fn workspace(&self) -> Option<WorkspaceId> {
        match self.about() {
            About::Workspace(workspace) => Some(workspace),
            About::Account(_) => None,
        }
    }

    /// The membership that the command changes.
    pub const fn membership(&self) -> Option<MembershipId> {
        match self {
            Command::SetMemberRoles { membership, .. }
            | Command::SetMemberEnd { membership, .. }
            | Command::SetMemberLabels { membership, .. }
            | Command::SetMemberNote { membership, .. }
            | Command::SuspendMember { membership, .. }
            | Command::ResumeMember { membership, .. }
            | Command::RemoveMember { membership, .. } => Some(*membership),
            _ => None,
        }
    }

    /// The record that the command creates, changes or deletes.
    pub const fn content(&self) -> Option<ContentId> {
        match self {
            Command::CreateContent { content, .. }
            | Command::ChangeContent { content, .. }
            | Command::DeleteContent { content, .. } => Some(*content),
            _ => None,
        }
    }

    /// The access review that the command starts, changes or closes.
    pub const fn review(&self) -> Option<ReviewId> {
        match self {
            Command::StartReview { review, .. }
            | Command::SetReviewers { review, .. }
            | Command::DecideReview { review, .. }
            | Command::RegisterReviewKey { review, .. }
            | Command::HandOutReview { review, .. }
            | Command::EnterReview { review, .. }
            | Command::CloseReview { review, .. } => Some(*review),
            _ => None,
        }
    }

    /// Why the person does it, as they wrote it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Command::DeleteWorkspace { reason, .. }
            | Command::SetMemberRoles { reason, .. }
            | Command::SuspendMember { reason, .. }
            | Command::RemoveMember { reason, .. }
            | Command::DecideReview { reason, .. }
            | Command::EnterReview { reason, .. } => reason.as_deref(),
            _ => None,
        }
    }
}
