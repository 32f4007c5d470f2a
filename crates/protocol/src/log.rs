//! The history on the wire: events as they were chained, so that a reader checks for
//! themselves that nothing was changed or left out (sync.md 1).

use std::collections::BTreeMap;

use muster_domain::{AccountId, CommandId, LoginId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::mentions;

/// Whose chain. Each workspace has one and each account one for what belongs to no workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum LogOf {
    /// A workspace's.
    Workspace(WorkspaceId),
    /// The account's own.
    Account(AccountId),
}

/// A place in a chain. Places of one chain are ordered.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LogPlace {
    /// The account's number of the change.
    pub seq: u64,
    /// Which event of that change.
    pub ord: u32,
}

/// A part of the history to be sent. Wanted after the rows: the app is usable without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogWant {
    /// Whose.
    pub of: LogOf,
    /// The last event that is held; `None` is from the beginning.
    pub after: Option<LogPlace>,
    /// The account's number up to which the history was told. If a name in it was taken out
    /// since, all of it comes again.
    #[serde(default)]
    pub through: u64,
}

/// One event of a chain.
///
/// Whoever sees the whole history of a workspace gets every event; what a part of their view
/// does not show comes sealed, so that the chain can still be followed. Who sees only their
/// own acts gets those alone, and no seals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Logged {
    /// An event that may be read.
    Shown(Box<LoggedEvent>),
    /// An event that may not; only its links.
    Sealed {
        /// Where it is in the chain.
        place: LogPlace,
        /// The hash of the event before it.
        #[serde(with = "hex_hash")]
        prev: [u8; 32],
        /// Its own hash.
        #[serde(with = "hex_hash")]
        hash: [u8; 32],
    },
}

/// An event with everything that its hash covers, and the actor's name beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedEvent {
    /// The account that it is numbered in.
    pub account: AccountId,
    /// Where it is in the chain.
    pub place: LogPlace,
    /// The workspace, unless it concerns the account alone.
    pub workspace: Option<WorkspaceId>,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Who.
    pub actor: LoginId,
    /// Their name today; not a part of the chain.
    pub actor_name: String,
    /// Whether they could do it only as Account Admin (R9).
    pub as_admin: bool,
    /// What happened, by its key; one that this build does not know is kept all the same.
    pub kind: String,
    /// The row before as JSON, to the byte as it was chained: with tokens for people.
    pub before: Option<String>,
    /// The row after as JSON, to the byte as it was chained: with tokens for people.
    pub after: String,
    /// What stands for the tokens today; not a part of the chain, so that a name can go (E-64).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The command that asked for it, for what came through a lane.
    pub command: Option<CommandId>,
    /// The request that brought it.
    pub request: String,
    /// Why, where the person said so (E-36).
    pub reason: Option<String>,
    /// The hash of the event before it in the chain.
    #[serde(with = "hex_hash")]
    pub prev: [u8; 32],
    /// This event's hash.
    #[serde(with = "hex_hash")]
    pub hash: [u8; 32],
}

impl Logged {
    /// Where it is in the chain.
    pub const fn place(&self) -> LogPlace {
        match self {
            Logged::Shown(event) => event.place,
            Logged::Sealed { place, .. } => *place,
        }
    }

    /// The hash of the event before it.
    pub const fn prev(&self) -> &[u8; 32] {
        match self {
            Logged::Shown(event) => &event.prev,
            Logged::Sealed { prev, .. } => prev,
        }
    }

    /// Its hash, as it was sent.
    pub const fn hash(&self) -> &[u8; 32] {
        match self {
            Logged::Shown(event) => &event.hash,
            Logged::Sealed { hash, .. } => hash,
        }
    }

    /// Whether it is what was chained: its hash covers what it says. A sealed event says
    /// nothing that could be wrong.
    pub fn is_sound(&self) -> bool {
        match self {
            Logged::Shown(event) => event.computed_hash() == event.hash,
            Logged::Sealed { .. } => true,
        }
    }
}

impl LoggedEvent {
    /// The row before as JSON, with the names of today.
    pub fn opened_before(&self) -> Option<String> {
        self.before.as_deref().map(|text| mentions::opened(text, &self.names))
    }

    /// The row after as JSON, with the names of today.
    pub fn opened_after(&self) -> String {
        mentions::opened(&self.after, &self.names)
    }

    /// SHA-256 over every field with its length before it, so that no two events hash the
    /// same bytes. `hash` itself, the actor's name and the other names are not covered.
    pub fn computed_hash(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        field(&self.prev);
        field(&self.account.to_bytes());
        field(&self.place.seq.to_be_bytes());
        field(&self.place.ord.to_be_bytes());
        field(&self.workspace.map(WorkspaceId::to_bytes).unwrap_or_default());
        field(&[u8::from(self.workspace.is_some())]);
        field(&self.at.0.to_be_bytes());
        field(&self.actor.to_bytes());
        field(&[u8::from(self.as_admin)]);
        field(self.kind.as_bytes());
        field(self.before.as_deref().unwrap_or_default().as_bytes());
        field(self.after.as_bytes());
        field(&self.command.map(CommandId::to_bytes).unwrap_or_default());
        field(self.request.as_bytes());
        // Reasons came later: an event without one hashes as it always did.
        if let Some(reason) = &self.reason {
            field(reason.as_bytes());
        }
        hash.finalize().into()
    }
}

mod hex_hash {
    use serde::{Deserializer, Serialize, Serializer, de};

    pub fn serialize<S: Serializer>(hash: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let text: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            text.serialize(serializer)
        } else {
            serializer.serialize_bytes(hash)
        }
    }

    /// Takes either form whatever the format says of itself: what stands within a tagged frame
    /// is read from a buffer, which calls itself readable even when it came as bytes.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        deserializer.deserialize_any(Hash)
    }

    struct Hash;

    impl de::Visitor<'_> for Hash {
        type Value = [u8; 32];

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a hash of 32 bytes")
        }

        fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<[u8; 32], E> {
            bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<[u8; 32], E> {
            if text.len() != 64 || !text.is_ascii() {
                return Err(E::invalid_length(text.len(), &self));
            }
            let mut hash = [0; 32];
            for (index, byte) in hash.iter_mut().enumerate() {
                let pair = &text[index * 2..index * 2 + 2];
                *byte = u8::from_str_radix(pair, 16).map_err(E::custom)?;
            }
            Ok(hash)
        }
    }
}
