//! What each command may do without a connection (R14).

use crate::command::Command;

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

/// Whether a command gives or takes the owner-class role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TouchesOwnerClass {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Command {
    /// What it may do offline (R14). `touches_owner_class` says whether the member holds the
    /// owner-class role before or after: then nothing waits in an outbox (sync.md 4.16).
    pub const fn offline_class(&self, touches_owner_class: TouchesOwnerClass) -> OfflineClass {
        match self {
            Command::RenameWorkspace { .. }
            | Command::SetWorkspaceLabels { .. }
            | Command::SetWorkspaceColour { .. }
            | Command::SetMemberLabels { .. }
            | Command::SetMemberNote { .. }
            | Command::CreateContent { .. }
            | Command::ChangeContent { .. }
            | Command::DeleteContent { .. }
            | Command::DecideReview { .. }
            | Command::RegisterReviewKey { .. }
            | Command::HandOutReview { .. }
            | Command::EnterReview { .. } => OfflineClass::Queue,
            Command::SetMemberRoles { .. }
            | Command::SetMemberEnd { .. }
            | Command::SuspendMember { .. }
            | Command::ResumeMember { .. }
            | Command::RemoveMember { .. } => match touches_owner_class {
                TouchesOwnerClass::No => OfflineClass::Queue,
                TouchesOwnerClass::Yes => OfflineClass::OnlineOnly,
            },
            Command::CreateInvitation { .. } => OfflineClass::Draft,
            Command::RenameAccount { .. }
            | Command::SetPolicy { .. }
            | Command::AddAdmin { .. }
            | Command::RemoveAdmin { .. }
            | Command::LeaveAccount { .. }
            | Command::DeleteAccount { .. }
            | Command::ScheduleDeletion { .. }
            | Command::ConfirmDeletion { .. }
            | Command::WithdrawDeletion { .. }
            | Command::SetScheme { .. }
            | Command::CreateWorkspace { .. }
            | Command::SetPlan { .. }
            | Command::EndPlan { .. }
            | Command::DeleteWorkspace { .. }
            | Command::RestoreWorkspace { .. }
            | Command::LeaveWorkspace { .. }
            | Command::OfferWorkspace { .. }
            | Command::EndOffer { .. }
            | Command::AcceptOffer { .. }
            | Command::AddMember { .. }
            | Command::ResendInvitation { .. }
            | Command::SetInvitationRoles { .. }
            | Command::ConfirmInvitation { .. }
            | Command::RevokeInvitation { .. }
            | Command::DefineRole { .. }
            | Command::ChangeRole { .. }
            | Command::DeleteRole { .. }
            | Command::CreateGroup { .. }
            | Command::ChangeGroup { .. }
            | Command::DeleteGroup { .. }
            | Command::AddGroupPerson { .. }
            | Command::RemoveGroupPerson { .. }
            | Command::StartReview { .. }
            | Command::SetReviewers { .. }
            | Command::CloseReview { .. } => OfflineClass::OnlineOnly,
        }
    }
}
