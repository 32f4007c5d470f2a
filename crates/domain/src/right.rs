//! By which right an event can happen: the history tells it, and reviews compare what somebody
//! used with what their role gives.

use crate::content::ContentKind;
use crate::event::EventKind;
use crate::permission::{Permission, PermissionSet};

/// By which right an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// By a permission in the workspace.
    Has(Permission),
    /// As Account Admin.
    Admin,
    /// Nobody needs one: it is about oneself, or happens on its day.
    None,
}

impl Right {
    /// Its key for the window.
    pub const fn key(self) -> &'static str {
        match self {
            Right::Has(permission) => permission.key(),
            Right::Admin => "account_admin",
            Right::None => "",
        }
    }
}

impl EventKind {
    /// The right that an event of this kind needs; for a record, of which kind that is.
    pub fn right(self, content: Option<ContentKind>) -> Right {
        match self {
            EventKind::AccountCreated
            | EventKind::WorkspaceErased
            | EventKind::MemberJoined
            | EventKind::MemberEnded
            | EventKind::MemberLeft
            | EventKind::InvitationDeclined
            | EventKind::InvitationUndelivered
            | EventKind::InvitationNoSeat
            | EventKind::InvitationAccepted
            // The other half says by which right it moved.
            | EventKind::WorkspaceParted => Right::None,
            EventKind::AccountRenamed
            | EventKind::PolicyChanged
            | EventKind::AdminAdded
            | EventKind::AdminRemoved
            | EventKind::DeletionScheduled
            | EventKind::DeletionConfirmed
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
                content.map_or(Right::None, |kind| Right::Has(kind.edit()))
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

    /// The kind with this key, if this build knows it.
    pub fn from_key(key: &str) -> Option<EventKind> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

impl Permission {
    /// Whether using it leaves a trace in the history. Looking and exporting leave none.
    pub const fn leaves_trace(self) -> bool {
        match self {
            Permission::WorkspaceRename
            | Permission::WorkspaceSettings
            | Permission::WorkspaceDelete
            | Permission::OwnerAssign
            | Permission::MemberManage
            | Permission::RoleDefine
            | Permission::AgentEdit
            | Permission::PromptEdit
            | Permission::KnowledgeEdit
            | Permission::IntegrationEdit
            | Permission::ChannelEdit
            | Permission::BillingManage
            | Permission::ReviewRun => true,
            Permission::WorkspaceView
            | Permission::MemberView
            | Permission::AgentView
            | Permission::KnowledgeView
            | Permission::ConversationView
            | Permission::LeadView
            | Permission::ChatUse
            | Permission::BillingView
            | Permission::AuditView
            | Permission::ExportRun => false,
        }
    }
}

impl PermissionSet {
    /// Those of it whose use leaves a trace.
    pub fn traceable(self) -> Self {
        let all: Vec<Permission> = self.iter().filter(|it| it.leaves_trace()).collect();
        PermissionSet::of(&all)
    }
}

#[cfg(test)]
mod tests {
    use super::{EventKind, Permission, Right};
    use crate::content::ContentKind;

    #[test]
    fn v49_what_leaves_a_trace_is_what_some_event_needs() {
        let kinds = ContentKind::ALL.iter().copied().map(Some).chain([None]);
        let needed: Vec<Permission> = kinds
            .flat_map(|content| EventKind::ALL.iter().map(move |kind| kind.right(content)))
            .filter_map(|right| match right {
                Right::Has(permission) => Some(permission),
                Right::Admin | Right::None => None,
            })
            .collect();
        for permission in Permission::ALL {
            assert_eq!(permission.leaves_trace(), needed.contains(permission), "{permission:?}");
        }
    }

    #[test]
    fn v49_every_kind_of_event_has_its_key_both_ways() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_key(kind.key()), Some(*kind));
        }
        assert_eq!(EventKind::from_key("something.newer"), None);
    }
}
