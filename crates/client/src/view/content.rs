//! What is inside a workspace (ui.md 5.19).

use muster_domain::{ContentBody, ContentId, ContentKind, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Mark, PendingItem, Verdict};

/// How many records of a kind a workspace has, and what I may do with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentCount {
    /// The kind.
    #[ts(type = "ContentKind")]
    pub kind: ContentKind,
    /// How many there are.
    pub count: u32,
    /// Creating one; `Hidden` for kinds that come in from outside.
    pub create: Verdict,
}

/// Which records to show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ContentQuery {
    /// The workspace.
    #[ts(type = "string")]
    pub workspace: WorkspaceId,
    /// The kind.
    #[ts(type = "ContentKind")]
    pub kind: ContentKind,
    /// Words in the name, in any order, accents ignored.
    #[serde(default)]
    pub text: String,
    /// Sorted by this.
    pub sort: ContentSort,
    /// The other way round.
    #[serde(default)]
    pub descending: bool,
    /// The first row asked for.
    #[serde(default)]
    pub offset: u32,
    /// How many rows, at most 128.
    pub limit: u32,
}

/// What records are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContentSort {
    /// By name.
    Name,
    /// By the last change.
    Updated,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentPage {
    /// How many there are of the kind.
    pub total: u32,
    /// How many match.
    pub matched: u32,
    /// Creating one.
    pub create: Verdict,
    /// The asked rows.
    pub rows: Vec<ContentRow>,
}

/// One record in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: ContentId,
    /// Its kind.
    #[ts(type = "ContentKind")]
    pub kind: ContentKind,
    /// Its name.
    pub name: String,
    /// One word about it for the list: `on`, `off`, `website`, `open`, …
    pub state: String,
    /// Who created it.
    pub creator: String,
    /// Whether the creator is no member any more (E-52).
    pub creator_gone: bool,
    /// When it was created.
    #[ts(type = "number")]
    pub created: Timestamp,
    /// When it was last changed.
    #[ts(type = "number")]
    pub updated: Timestamp,
    /// Who last changed it.
    pub updated_by: String,
    /// Whether an unsent change deletes it.
    pub deleted: bool,
    /// The mark in the margin.
    pub mark: Mark,
}

/// One record in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentView {
    /// The row.
    pub row: ContentRow,
    /// What is in it.
    #[ts(type = "ContentBody")]
    pub body: ContentBody,
    /// The version, for a change.
    pub version: u32,
    /// The names of the knowledge that an agent uses, those that are gone left out.
    pub knowledge: Vec<ContentName>,
    /// Changing it; `Hidden` for conversations and leads.
    pub change: Verdict,
    /// Deleting it; `Hidden` for conversations and leads.
    pub delete: Verdict,
    /// The unsent changes that stand on it.
    pub not_sent: Vec<PendingItem>,
    /// The refused change that stands on it.
    pub refused: Option<PendingItem>,
}

/// A record by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContentName {
    /// Its id.
    #[ts(type = "string")]
    pub id: ContentId,
    /// Its name.
    pub name: String,
}
