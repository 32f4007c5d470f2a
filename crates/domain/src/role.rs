//! Built-in roles (model.md 3.2): named permission sets. Nothing ranks them (R1).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// The roles of one membership. Rights are their union (C-7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RoleSet(u16);

impl RoleSet {
    /// No role.
    pub const NONE: Self = Self(0);

    /// The set of the given roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < roles.len() {
            bits |= 1 << roles[index] as u16;
            index += 1;
        }
        Self(bits)
    }

    /// The set as one number, bit `i` standing for `Role::ALL[i]`; stores keep it so.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The set kept as this number; bits that stand for no role are an error.
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits >> Role::ALL.len() == 0 { Some(Self(bits)) } else { None }
    }

    /// Whether the role is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// How many roles are in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// The union of the roles' permissions.
    pub fn permissions(self) -> PermissionSet {
        self.iter().fold(PermissionSet::NONE, |set, role| set.union(role.permissions()))
    }
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Role::key)).finish()
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, |set, role| Self(set.0 | Self::of(&[role]).0))
    }
}

impl Serialize for RoleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for RoleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Role>::deserialize(deserializer).map(|roles| roles.into_iter().collect())
    }
}
