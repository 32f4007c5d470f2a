//! What is inside a workspace: agents, prompts, knowledge and the rest (V-34..38, U-15..18).
//!
//! Thin records with the fields that a reviewer needs. Each belongs to one workspace for ever
//! (U-44); the one reference between them, an agent's knowledge, stays inside it (U-47..49).

use serde::{Deserialize, Serialize};

use crate::ids::{ContentId, LoginId, WorkspaceId};
use crate::permission::Permission;
use crate::time::Timestamp;

/// What sort of record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentKind {
    /// An assistant that answers people.
    Agent,
    /// A text that agents are asked with.
    Prompt,
    /// Something agents know.
    Knowledge,
    /// A connection to another program.
    Integration,
    /// A way in which people reach agents.
    Channel,
    /// A talk of a person with an agent. Read only.
    Conversation,
    /// A person who left their details. Read only.
    Lead,
}

impl ContentKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: &[ContentKind] = &[
        ContentKind::Agent,
        ContentKind::Prompt,
        ContentKind::Knowledge,
        ContentKind::Integration,
        ContentKind::Channel,
        ContentKind::Conversation,
        ContentKind::Lead,
    ];

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            ContentKind::Agent => "agent",
            ContentKind::Prompt => "prompt",
            ContentKind::Knowledge => "knowledge",
            ContentKind::Integration => "integration",
            ContentKind::Channel => "channel",
            ContentKind::Conversation => "conversation",
            ContentKind::Lead => "lead",
        }
    }

    /// The permission to see records of this kind.
    pub const fn view(self) -> Permission {
        match self {
            ContentKind::Agent
            | ContentKind::Prompt
            | ContentKind::Integration
            | ContentKind::Channel => Permission::AgentView,
            ContentKind::Knowledge => Permission::KnowledgeView,
            ContentKind::Conversation => Permission::ConversationView,
            ContentKind::Lead => Permission::LeadView,
        }
    }

    /// The permission to create, change and delete records of this kind. Conversations and
    /// leads come in through a channel, so whoever edits channels brings them in, once.
    pub const fn edit(self) -> Permission {
        match self {
            ContentKind::Agent => Permission::AgentEdit,
            ContentKind::Prompt => Permission::PromptEdit,
            ContentKind::Knowledge => Permission::KnowledgeEdit,
            ContentKind::Integration => Permission::IntegrationEdit,
            ContentKind::Channel | ContentKind::Conversation | ContentKind::Lead => {
                Permission::ChannelEdit
            }
        }
    }

    /// Whether a record of this kind can change after it came in.
    pub const fn is_editable(self) -> bool {
        match self {
            ContentKind::Agent
            | ContentKind::Prompt
            | ContentKind::Knowledge
            | ContentKind::Integration
            | ContentKind::Channel => true,
            ContentKind::Conversation | ContentKind::Lead => false,
        }
    }
}

/// A record of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its id.
    pub id: ContentId,
    /// The workspace that it belongs to.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub body: ContentBody,
    /// Who created it; the person may be gone since (E-52).
    pub creator: LoginId,
    /// The creator's name at that time.
    pub creator_name: String,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// The name of who last changed it.
    pub updated_by: String,
    /// Rises with every change; a change names the one it builds on (E-42).
    pub version: u32,
    /// Whether it is gone.
    pub deleted: bool,
}

impl Content {
    /// What sort of record it is.
    pub const fn kind(&self) -> ContentKind {
        self.body.kind()
    }
}

/// The fields of a record, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ContentBody {
    /// An agent.
    Agent {
        /// What it is told to do.
        instructions: String,
        /// Whether it answers.
        state: Activity,
        /// The knowledge it uses, of the same workspace.
        knowledge: Vec<ContentId>,
    },
    /// A prompt.
    Prompt {
        /// Its text.
        text: String,
    },
    /// A piece of knowledge.
    Knowledge {
        /// Where it is from.
        source: KnowledgeSource,
        /// Its text, or the address that it was read from.
        text: String,
        /// How large it is, in bytes.
        size: u64,
    },
    /// An integration.
    Integration {
        /// The other program.
        service: String,
        /// Whether it is on.
        state: Activity,
    },
    /// A channel.
    Channel {
        /// What sort of channel: website, e-mail, a messenger.
        medium: String,
        /// Whether it is open.
        state: Activity,
    },
    /// A conversation.
    Conversation {
        /// Who talked.
        person: String,
        /// When it began.
        at: Timestamp,
        /// The channel it came through.
        channel: String,
        /// Where it stands.
        state: TalkState,
    },
    /// A lead.
    Lead {
        /// Who left their details.
        person: String,
        /// How to reach them.
        contact: String,
        /// When.
        at: Timestamp,
        /// The channel it came through.
        channel: String,
        /// Where it stands.
        state: TalkState,
    },
}

impl ContentBody {
    /// What sort of record it is.
    pub const fn kind(&self) -> ContentKind {
        match self {
            ContentBody::Agent { .. } => ContentKind::Agent,
            ContentBody::Prompt { .. } => ContentKind::Prompt,
            ContentBody::Knowledge { .. } => ContentKind::Knowledge,
            ContentBody::Integration { .. } => ContentKind::Integration,
            ContentBody::Channel { .. } => ContentKind::Channel,
            ContentBody::Conversation { .. } => ContentKind::Conversation,
            ContentBody::Lead { .. } => ContentKind::Lead,
        }
    }

    /// The records of the same workspace that it names.
    pub fn references(&self) -> &[ContentId] {
        match self {
            ContentBody::Agent { knowledge, .. } => knowledge,
            ContentBody::Prompt { .. }
            | ContentBody::Knowledge { .. }
            | ContentBody::Integration { .. }
            | ContentBody::Channel { .. }
            | ContentBody::Conversation { .. }
            | ContentBody::Lead { .. } => &[],
        }
    }

    /// How many bytes its texts have together.
    pub const fn text_len(&self) -> usize {
        match self {
            ContentBody::Agent { instructions, .. } => instructions.len(),
            ContentBody::Prompt { text } | ContentBody::Knowledge { text, .. } => text.len(),
            ContentBody::Integration { service, .. } => service.len(),
            ContentBody::Channel { medium, .. } => medium.len(),
            ContentBody::Conversation { person, channel, .. } => person.len() + channel.len(),
            ContentBody::Lead { person, contact, channel, .. } => {
                person.len() + contact.len() + channel.len()
            }
        }
    }
}

/// Whether something works at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// It does.
    On,
    /// It does not.
    Off,
}

/// Where a piece of knowledge is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnowledgeSource {
    /// Pages of a website.
    Website,
    /// A document.
    Document,
    /// Questions and answers.
    Faq,
    /// Another connected source.
    Source,
}

/// Where a conversation or a lead stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TalkState {
    /// Nobody has dealt with it.
    Open,
    /// It is dealt with.
    Closed,
}
