//! Built-in roles (model.md 3.2): named permission sets. Nothing ranks them (R1).
//!
//! What a member holds is a [`crate::RoleSet`]: built-in roles and roles of the workspace's own.

use serde::{Deserialize, Serialize};

use crate::permission::{Permission as P, PermissionSet};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A built-in role.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Role {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl Role {
            /// Every built-in role of both schemes, in the order in which they are shown.
            pub const ALL: &[Role] = &[$(Role::$name,)*];

            /// The stable key, as it stands on the wire and in the log.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Role::$name => $key,)*
                }
            }
        }
    };
}

roles! {
    /// Everything, including billing and deleting (U-55).
    Owner = "owner",
    /// Manages people and settings, no billing (U-56).
    Admin = "admin",
    /// Edits agents and knowledge (U-57).
    Write = "write",
    /// Looks, changes nothing (U-58).
    Read = "read",
    /// Full rights in the workspace (V-25, V-31).
    WorkspaceAdmin = "workspace_admin",
    /// Edits agents, prompts, integrations and channels (V-26).
    AgentManager = "agent_manager",
    /// Edits knowledge (V-27).
    ContentManager = "content_manager",
    /// Handles billing (V-28).
    BillingAdmin = "billing_admin",
    /// Chats with agents (V-29).
    ChatUser = "chat_user",
}

const LOOK: PermissionSet = PermissionSet::of(&[
    P::WorkspaceView,
    P::AgentView,
    P::KnowledgeView,
    P::ConversationView,
    P::LeadView,
    P::ChatUse,
    P::MemberView,
]);
const EDIT_AGENTS: PermissionSet =
    PermissionSet::of(&[P::AgentEdit, P::PromptEdit, P::IntegrationEdit, P::ChannelEdit]);
const EDIT_KNOWLEDGE: PermissionSet = PermissionSet::of(&[P::KnowledgeEdit]);
const MANAGE: PermissionSet = PermissionSet::of(&[
    P::WorkspaceRename,
    P::WorkspaceSettings,
    P::MemberManage,
    P::AuditView,
    P::ReviewRun,
    P::ExportRun,
]);

impl Role {
    /// The permissions of this role.
    pub const fn permissions(self) -> PermissionSet {
        match self {
            Role::Owner | Role::WorkspaceAdmin => PermissionSet::ALL,
            Role::Admin => LOOK.union(EDIT_AGENTS).union(EDIT_KNOWLEDGE).union(MANAGE),
            Role::Write => LOOK.union(EDIT_AGENTS).union(EDIT_KNOWLEDGE),
            Role::Read => LOOK,
            Role::AgentManager => LOOK.union(EDIT_AGENTS),
            Role::ContentManager => LOOK.union(EDIT_KNOWLEDGE),
            Role::BillingAdmin => {
                PermissionSet::of(&[P::WorkspaceView, P::BillingView, P::BillingManage])
            }
            Role::ChatUser => PermissionSet::of(&[P::ChatUse]),
        }
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }
}
