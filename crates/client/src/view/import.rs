//! People from pasted text or a file, line by line.

use muster_domain::{RoleSet, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A list of people to invite, from pasted text or a file, checked line by line. Every line
/// of the source is in exactly one of the groups: nothing is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportPreview {
    /// What the source was recognised as.
    pub format: ImportFormat,
    /// The file's columns; empty for pasted text.
    pub columns: Vec<String>,
    /// The column that addresses are taken from.
    pub address_column: Option<u32>,
    /// The column that names are taken from.
    pub name_column: Option<u32>,
    /// Lines of the source that name somebody or should.
    pub lines: u32,
    /// Counts by group.
    pub counts: ImportCounts,
    /// The lines, in the order of the source.
    pub rows: Vec<ImportRow>,
}

/// What a source was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// Typed or pasted addresses.
    Pasted,
    /// Slack's member list.
    Slack,
    /// Google Workspace's user download.
    Google,
    /// Microsoft Entra's user download.
    Entra,
    /// Any other table with a column of addresses.
    Table,
}

/// How many lines are in each group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportCounts {
    /// Ready to be invited.
    pub ready: u32,
    /// Members already.
    pub members: u32,
    /// Invited already.
    pub invited: u32,
    /// Need a look: not an address.
    pub look: u32,
    /// Left out, with a way to take them in.
    pub left_out: u32,
    /// Repeats of another line.
    pub repeated: u32,
}

/// One line of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportRow {
    /// The line's number in the source, from 1, the header not counted.
    pub line: u32,
    /// The address, normalised; or the text that is none.
    pub address: String,
    /// The person's name, if the source has one.
    pub name: Option<String>,
    /// Marked as from outside the organisation.
    pub external: bool,
    /// What happens with it.
    pub status: ImportStatus,
    /// Why it is not simply ready.
    pub reason: Option<ImportReason>,
    /// The roles a member or an invited person has.
    #[ts(type = "Role[]")]
    pub roles: RoleSet,
    /// The roles that a former member had here, to use again (E-29).
    #[ts(type = "Role[]")]
    pub former: RoleSet,
    /// Until when they had them.
    #[ts(type = "number | null")]
    pub former_until: Option<Timestamp>,
}

/// What happens with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Will be invited.
    Ready,
    /// Is a member already.
    Member,
    /// Is invited already.
    Invited,
    /// Is not an address.
    Look,
    /// Left out; can be taken in.
    LeftOut,
    /// The same person as another line, which counts instead.
    Repeated,
}

/// Why a line is not simply ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportReason {
    /// Deactivated in the source.
    Deactivated,
    /// Suspended in the source.
    Suspended,
    /// Archived in the source.
    Archived,
    /// Disabled in the source.
    Disabled,
    /// A bot or an app.
    Bot,
    /// No address in the line.
    NoAddress,
    /// A room, a scanner, a mailbox: no person's name.
    NotAPerson,
    /// A text that is no address.
    NotAnAddress,
    /// Repeats another line.
    Repeat,
}
