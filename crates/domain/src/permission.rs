//! Permissions (model.md 3.2): what a role is made of.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// One thing that somebody may do in a workspace.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl Permission {
            /// Every permission, in the order in which they are shown.
            pub const ALL: &[Permission] = &[$(Permission::$name,)*];

            /// The stable key, as it stands in the rule book, on the wire and in the log.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Permission::$name => $key,)*
                }
            }
        }
    };
}

permissions! {
    /// See the workspace's name and plan.
    WorkspaceView = "ws.view",
    /// Rename the workspace.
    WorkspaceRename = "ws.rename",
    /// Change the workspace's settings.
    WorkspaceSettings = "ws.settings",
    /// Delete the workspace, and restore it from the bin.
    WorkspaceDelete = "ws.delete",
    /// Make or unmake an owner-class member (R4).
    OwnerAssign = "owner.assign",
    /// See who is here.
    MemberView = "member.view",
    /// Invite, change roles, suspend and remove.
    MemberManage = "member.manage",
    /// Define custom roles.
    RoleDefine = "role.define",
    /// See agents and prompts.
    AgentView = "agent.view",
    /// Edit agents.
    AgentEdit = "agent.edit",
    /// Edit prompts.
    PromptEdit = "prompt.edit",
    /// See knowledge.
    KnowledgeView = "knowledge.view",
    /// Edit knowledge.
    KnowledgeEdit = "knowledge.edit",
    /// Edit integrations.
    IntegrationEdit = "integration.edit",
    /// Edit channels.
    ChannelEdit = "channel.edit",
    /// See conversations.
    ConversationView = "conversation.view",
    /// See leads.
    LeadView = "lead.view",
    /// Chat with agents.
    ChatUse = "chat.use",
    /// See plan and invoices.
    BillingView = "billing.view",
    /// Change plan and payment.
    BillingManage = "billing.manage",
    /// See the whole history.
    AuditView = "audit.view",
    /// Run access reviews.
    ReviewRun = "review.run",
    /// Export tables.
    ExportRun = "export.run",
}

/// A set of permissions. Sets are compared by inclusion, never by size or rank (R1).
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// No permission.
    pub const NONE: Self = Self(0);
    /// Every permission.
    pub const ALL: Self = Self((1 << Permission::ALL.len()) - 1);

    /// The set of the given permissions.
    pub const fn of(permissions: &[Permission]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < permissions.len() {
            bits |= 1 << permissions[index] as u32;
            index += 1;
        }
        Self(bits)
    }

    /// The set as one number, bit `i` standing for `Permission::ALL[i]`; stores keep it so.
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// The set kept as this number; bits that stand for no permission are an error.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        let set = Self(bits);
        if set.is_subset(Self::ALL) { Some(set) } else { None }
    }

    /// Everything in either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in the other.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in both sets.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the permission is in the set.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u32) != 0
    }

    /// Whether every permission of this set is in the other; equality counts (R3).
    pub const fn is_subset(self, other: Self) -> bool {
        self.without(other).0 == 0
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.has(*permission))
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Permission::key)).finish()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions
            .into_iter()
            .fold(Self::NONE, |set, permission| set.union(Self::of(&[permission])))
    }
}

impl Serialize for PermissionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for PermissionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Permission>::deserialize(deserializer)
            .map(|permissions| permissions.into_iter().collect())
    }
}
