//! What a login may see of a workspace, in whole units (sync.md 4.7).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::object::ContentKind;
use crate::permission::{Permission, PermissionSet};

/// One kind of rows that a login sees of a workspace or does not. There is no visibility by
/// single rows. The workspace's own row, its roles and one's own membership are always seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Every member, with those of the past.
    Members,
    /// The invitations.
    Invitations,
    /// Agents, prompts, integrations and channels.
    Agents,
    /// Knowledge.
    Knowledge,
    /// Conversations.
    Conversations,
    /// Leads.
    Leads,
    /// Access reviews and their lines.
    Reviews,
    /// The whole history; without it, only one's own acts and what concerns oneself.
    History,
}

impl Part {
    /// Every part.
    pub const ALL: &[Part] = &[
        Part::Members,
        Part::Invitations,
        Part::Agents,
        Part::Knowledge,
        Part::Conversations,
        Part::Leads,
        Part::Reviews,
        Part::History,
    ];

    /// The part in which records of this kind are.
    pub const fn of(kind: ContentKind) -> Self {
        match kind {
            ContentKind::Agent
            | ContentKind::Prompt
            | ContentKind::Integration
            | ContentKind::Channel => Part::Agents,
            ContentKind::Knowledge => Part::Knowledge,
            ContentKind::Conversation => Part::Conversations,
            ContentKind::Lead => Part::Leads,
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Part::Members => Permission::MemberView,
            Part::Invitations => Permission::MemberManage,
            Part::Agents => Permission::AgentView,
            Part::Knowledge => Permission::KnowledgeView,
            Part::Conversations => Permission::ConversationView,
            Part::Leads => Permission::LeadView,
            Part::Reviews => Permission::ReviewRun,
            Part::History => Permission::AuditView,
        }
    }
}

/// A projection of a workspace's rows: which parts are seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct View(u16);

impl View {
    /// The workspace's own row and one's own membership only.
    pub const OWN: Self = Self(0);

    /// What somebody with these permissions sees.
    pub fn of(permissions: PermissionSet) -> Self {
        Part::ALL
            .iter()
            .filter(|part| permissions.has(part.permission()))
            .fold(Self::OWN, |view, part| view.with(*part))
    }

    /// The same with one more part.
    #[must_use]
    pub const fn with(self, part: Part) -> Self {
        Self(self.0 | 1 << part as u8)
    }

    /// Whether the part is seen.
    pub const fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u8) != 0
    }

    /// The view as one number; stores and messages keep it so.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The view kept as this number; bits that stand for no part are an error.
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits >> Part::ALL.len() == 0 { Some(Self(bits)) } else { None }
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Part::ALL.iter().filter(|part| self.has(**part))).finish()
    }
}

impl Serialize for View {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> Deserialize<'de> for View {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bits = u16::deserialize(deserializer)?;
        Self::from_bits(bits).ok_or_else(|| de::Error::custom("no such view"))
    }
}
