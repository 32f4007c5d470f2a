//! Tables on their way out of the window: as a file, or onto paper.

use muster_domain::{AccountId, RoleSet, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CompareQuestion, ContentQuery, HistoryQuery, MemberQuery, PeopleQuery, ReviewQuery,
    WorkspaceFilter,
};

/// A table as the window shows it: the question that filled it, without its page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "table", rename_all = "snake_case")]
pub enum ExportTable {
    /// The members of a workspace; with the status `former`, those who were.
    Members {
        /// Which.
        query: MemberQuery,
    },
    /// The members of a workspace as they were.
    AsOf {
        /// Which.
        query: MemberQuery,
        /// When.
        #[ts(type = "number")]
        at: Timestamp,
    },
    /// Open and expired invitations of a workspace.
    Invitations {
        /// Whose.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// The roles of a workspace by permission.
    Roles {
        /// Whose.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Records of one kind in a workspace.
    Contents {
        /// Which.
        query: ContentQuery,
    },
    /// The history.
    History {
        /// Which part.
        query: HistoryQuery,
    },
    /// What differs between two moments.
    Compare {
        /// Which.
        question: CompareQuestion,
    },
    /// The reviews of a workspace, or of all.
    Reviews {
        /// Whose.
        #[ts(type = "string | null")]
        workspace: Option<WorkspaceId>,
    },
    /// The lines of a review.
    ReviewLines {
        /// Which.
        query: ReviewQuery,
    },
    /// My workspaces.
    Workspaces {
        /// Which.
        filter: WorkspaceFilter,
    },
    /// Everybody whom I can see, a line for each place.
    People {
        /// Which.
        query: PeopleQuery,
    },
    /// What hangs on one person.
    Continuity,
    /// The Account Admins of an account.
    Admins {
        /// Whose.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// The groups of an account with their people.
    Groups {
        /// Whose.
        #[ts(type = "string")]
        account: AccountId,
    },
    /// My own changes: not sent, refused, sent.
    Pending,
}

impl ExportTable {
    /// Its key, as the operator's audit table has it.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Members { .. } => "members",
            Self::AsOf { .. } => "as_of",
            Self::Invitations { .. } => "invitations",
            Self::Roles { .. } => "roles",
            Self::Contents { .. } => "contents",
            Self::History { .. } => "history",
            Self::Compare { .. } => "compare",
            Self::Reviews { .. } => "reviews",
            Self::ReviewLines { .. } => "review_lines",
            Self::Workspaces { .. } => "workspaces",
            Self::People { .. } => "people",
            Self::Continuity => "continuity",
            Self::Admins { .. } => "admins",
            Self::Groups { .. } => "groups",
            Self::Pending => "pending",
        }
    }

    /// Whose it is, where it is one workspace's.
    pub(crate) const fn workspace(&self) -> Option<WorkspaceId> {
        match self {
            Self::Members { query } | Self::AsOf { query, .. } => Some(query.workspace),
            Self::Invitations { workspace } | Self::Roles { workspace } => Some(*workspace),
            Self::Contents { query } => Some(query.workspace),
            Self::History { query } => query.workspace,
            Self::Compare { question } => question.workspace,
            Self::Reviews { workspace } => *workspace,
            Self::ReviewLines { query } => Some(query.workspace),
            Self::Workspaces { .. }
            | Self::People { .. }
            | Self::Continuity
            | Self::Admins { .. }
            | Self::Groups { .. }
            | Self::Pending => None,
        }
    }
}

/// A table that becomes a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct ExportForm {
    /// Which.
    pub table: ExportTable,
    /// Whether the file begins with a byte order mark: some spreadsheet programs take UTF-8 for
    /// an older encoding without it.
    pub mark: bool,
    /// Whether the first lines tell what the table is: as of when, filter, order, versions.
    pub about: bool,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Exported {
    /// Its name, without the folder.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
}

/// A table to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct PrintSheet {
    /// What it is: a name and a value for each line.
    pub about: Vec<(String, Cell)>,
    /// The heads of its columns.
    pub heads: Vec<Cell>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more rows than are printed.
    pub cut: bool,
}

/// One cell of a table. The window writes it for its reader, a file for every program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "cell", content = "value", rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A name, an address, a sentence that somebody wrote.
    Text(String),
    /// A number.
    Number(u32),
    /// A moment.
    Time(#[ts(type = "number")] Timestamp),
    /// A word of the catalogue by its id; its last part is the word in a file.
    Word(String),
    /// Built-in roles, and the names of the workspace's own.
    Roles(#[ts(type = "Role[]")] RoleSet, Vec<String>),
    /// Several.
    List(Vec<String>),
}
