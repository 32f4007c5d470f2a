//! What a command would be in the history, and by which right an event could happen.

use muster_domain::{Command, EventKind, Right, Row};

/// The kind of the event that a command asks for.
pub(super) const fn of_command(command: &Command) -> EventKind {
    match command {
        Command::RenameAccount { .. } => EventKind::AccountRenamed,
        Command::SetPolicy { .. } => EventKind::PolicyChanged,
        Command::AddAdmin { .. } => EventKind::AdminAdded,
        Command::RemoveAdmin { .. } | Command::LeaveAccount { .. } => EventKind::AdminRemoved,
        Command::DeleteAccount { .. } => EventKind::AccountDeleted,
        Command::ScheduleDeletion { .. } => EventKind::DeletionScheduled,
        Command::ConfirmDeletion { .. } => EventKind::DeletionConfirmed,
        Command::WithdrawDeletion { .. } => EventKind::DeletionWithdrawn,
        Command::SetScheme { .. } => EventKind::SchemeChanged,
        Command::CreateWorkspace { .. } => EventKind::WorkspaceCreated,
        Command::RenameWorkspace { .. } => EventKind::WorkspaceRenamed,
        Command::SetWorkspaceLabels { .. } => EventKind::WorkspaceLabelled,
        Command::SetWorkspaceColour { .. } => EventKind::WorkspaceColoured,
        Command::SetPlan { .. } => EventKind::PlanChanged,
        Command::EndPlan { .. } => EventKind::PlanEnded,
        Command::DeleteWorkspace { .. } => EventKind::WorkspaceDeleted,
        Command::RestoreWorkspace { .. } => EventKind::WorkspaceRestored,
        Command::LeaveWorkspace { .. } => EventKind::MemberLeft,
        Command::OfferWorkspace { .. } => EventKind::WorkspaceOffered,
        Command::EndOffer { .. } => EventKind::OfferEnded,
        Command::AcceptOffer { .. } => EventKind::WorkspaceMoved,
        Command::AddMember { .. } => EventKind::MemberJoined,
        Command::SetMemberRoles { .. } => EventKind::MemberRolesChanged,
        Command::SetMemberEnd { .. } => EventKind::MemberEndChanged,
        Command::SetMemberLabels { .. } => EventKind::MemberLabelled,
        Command::SetMemberNote { .. } => EventKind::MemberNoted,
        Command::SuspendMember { .. } => EventKind::MemberSuspended,
        Command::ResumeMember { .. } => EventKind::MemberResumed,
        Command::RemoveMember { .. } => EventKind::MemberRemoved,
        Command::CreateInvitation { .. } => EventKind::InvitationSent,
        Command::ResendInvitation { .. } => EventKind::InvitationResent,
        Command::SetInvitationRoles { .. } => EventKind::InvitationRolesChanged,
        Command::ConfirmInvitation { .. } => EventKind::InvitationConfirmed,
        Command::RevokeInvitation { .. } => EventKind::InvitationRevoked,
        Command::DefineRole { .. } => EventKind::RoleDefined,
        Command::ChangeRole { .. } => EventKind::RoleChanged,
        Command::DeleteRole { .. } => EventKind::RoleDeleted,
        Command::CreateContent { .. } => EventKind::ContentCreated,
        Command::ChangeContent { .. } => EventKind::ContentChanged,
        Command::DeleteContent { .. } => EventKind::ContentDeleted,
        Command::CreateGroup { .. } => EventKind::GroupCreated,
        Command::ChangeGroup { .. }
        | Command::AddGroupPerson { .. }
        | Command::RemoveGroupPerson { .. } => EventKind::GroupChanged,
        Command::DeleteGroup { .. } => EventKind::GroupDeleted,
        Command::StartReview { .. } => EventKind::ReviewStarted,
        Command::SetReviewers { .. } => EventKind::ReviewersChanged,
        Command::DecideReview { .. } | Command::EnterReview { .. } => EventKind::ReviewDecided,
        Command::RegisterReviewKey { .. } => EventKind::ReviewKeyRegistered,
        Command::HandOutReview { .. } => EventKind::ReviewHandedOut,
        Command::CloseReview { .. } => EventKind::ReviewClosed,
    }
}

/// The right that an event of this kind needs.
pub(super) fn right(kind: EventKind, after: Option<&Row>) -> Right {
    kind.right(match after {
        Some(Row::Content(content)) => Some(content.body.kind()),
        _ => None,
    })
}
