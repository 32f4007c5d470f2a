//! Which records of a workspace to show, and what is shown of each.

use std::collections::BTreeMap;

use muster_domain::{Content, ContentKind, WorkspaceId};

use super::Mark;

/// What records are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ContentSort {
    /// By name.
    #[default]
    Name,
    /// By the time of the last change.
    Updated,
}

/// Which records to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentWindowQuery {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The sort of records.
    pub kind: ContentKind,
    /// Words in the name, in any order, accents ignored.
    pub text: String,
    /// Sorted by this.
    pub sort: ContentSort,
    /// The other way round.
    pub descending: bool,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

impl ContentWindowQuery {
    /// The records of one kind by name.
    pub fn of(workspace: WorkspaceId, kind: ContentKind, limit: u32) -> Self {
        Self {
            workspace,
            kind,
            text: String::new(),
            sort: ContentSort::Name,
            descending: false,
            offset: 0,
            limit,
        }
    }
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentWindow {
    /// How many of the kind there are, unsent changes in place.
    pub total: u32,
    /// How many match the text.
    pub matched: u32,
    /// The asked rows.
    pub rows: Vec<ContentEntry>,
}

/// One record of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentEntry {
    /// The record, with unsent changes. Deleted where only an unsent change deletes it.
    pub content: Content,
    /// The confirmed record, where an unsent change touches it.
    pub confirmed: Option<Content>,
    /// The mark.
    pub mark: Mark,
    /// Whether the creator still is in the workspace as far as this copy knows; `false` is
    /// certain (E-52).
    pub creator_present: bool,
}

/// How many records of each kind the lists of a workspace have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentCounts(pub(crate) BTreeMap<ContentKind, u32>);

impl ContentCounts {
    /// How many of this kind.
    pub fn of(&self, kind: ContentKind) -> u32 {
        self.0.get(&kind).copied().unwrap_or_default()
    }
}
