//! What a command would be in the history, and by which right an event could happen.

use muster_domain::{Command, ContentKind, EventKind, Permission, Row};

/// The kind of the event that a command asks for.
pub(super) const fn of_command(command: &Command) -> EventKind {
    match command {
        Command::RenameAccount { .. } => EventKind::AccountRenamed,
        Command::SetPolicy { .. } => EventKind::PolicyChanged,
        Command::AddAdmin { .. } => EventKind::AdminAdded,
        Command::RemoveAdmin { .. } | Command::LeaveAccount { .. } => EventKind::AdminRemoved,
        Command::DeleteAccount { .. } => EventKind::AccountDeleted,
        Command::ScheduleDeletion { .. } => EventKind::DeletionScheduled,
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

/// By which right an event happens.
pub(super) enum Right {
    /// By a permission in the workspace.
    Has(Permission),
    /// As Account Admin.
    Admin,
    /// Nobody needs one: it is about oneself, or happens on its day.
    None,
}

impl Right {
    /// Its key for the window.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Right::Has(permission) => permission.key(),
            Right::Admin => "account_admin",
            Right::None => "",
        }
    }
}

/// The right that an event of this kind needs.
pub(super) fn right(kind: EventKind, after: Option<&Row>) -> Right {
    match kind {
        EventKind::AccountCreated
        | EventKind::WorkspaceErased
        | EventKind::MemberJoined
        | EventKind::MemberEnded
        | EventKind::MemberLeft
        | EventKind::InvitationDeclined
        | EventKind::InvitationAccepted => Right::None,
        EventKind::AccountRenamed
        | EventKind::PolicyChanged
        | EventKind::AdminAdded
        | EventKind::AdminRemoved
        | EventKind::DeletionScheduled
        | EventKind::DeletionWithdrawn
        | EventKind::AccountDeleted
        | EventKind::SchemeChanged
        | EventKind::WorkspaceCreated
        | EventKind::MemberGrouped
        | EventKind::GroupCreated
        | EventKind::GroupChanged
        | EventKind::GroupDeleted => Right::Admin,
        EventKind::WorkspaceRenamed => Right::Has(Permission::WorkspaceRename),
        EventKind::WorkspaceLabelled | EventKind::WorkspaceColoured => {
            Right::Has(Permission::WorkspaceSettings)
        }
        EventKind::PlanChanged | EventKind::PlanEnded => Right::Has(Permission::BillingManage),
        EventKind::WorkspaceDeleted | EventKind::WorkspaceRestored => {
            Right::Has(Permission::WorkspaceDelete)
        }
        EventKind::WorkspaceOffered | EventKind::OfferEnded | EventKind::WorkspaceMoved => {
            Right::Has(Permission::OwnerAssign)
        }
        EventKind::MemberRolesChanged
        | EventKind::MemberEndChanged
        | EventKind::MemberLabelled
        | EventKind::MemberNoted
        | EventKind::MemberSuspended
        | EventKind::MemberResumed
        | EventKind::MemberRemoved
        | EventKind::InvitationSent
        | EventKind::InvitationResent
        | EventKind::InvitationRolesChanged
        | EventKind::InvitationConfirmed
        | EventKind::InvitationRevoked => Right::Has(Permission::MemberManage),
        EventKind::RoleDefined | EventKind::RoleChanged | EventKind::RoleDeleted => {
            Right::Has(Permission::RoleDefine)
        }
        EventKind::ContentCreated | EventKind::ContentChanged | EventKind::ContentDeleted => {
            content(after)
        }
        EventKind::ReviewStarted
        | EventKind::ReviewLineFrozen
        | EventKind::ReviewDecided
        | EventKind::ReviewersChanged
        | EventKind::ReviewKeyRegistered
        | EventKind::ReviewHandedOut
        | EventKind::ReviewClosed => Right::Has(Permission::ReviewRun),
    }
}

fn content(after: Option<&Row>) -> Right {
    match after {
        Some(Row::Content(content)) => {
            let kind: ContentKind = content.body.kind();
            Right::Has(kind.edit())
        }
        _ => Right::None,
    }
}
