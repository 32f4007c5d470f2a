//! The Diagnostics page: how the app and its copy are, in words and numbers that name nobody.

use serde::Serialize;
use ts_rs::TS;

use super::{Connection, FailureCode, Phase};

/// What the Diagnostics page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Diagnostics {
    /// The app's version.
    pub version: String,
    /// The operating system and the processor.
    pub system: String,
    /// The protocol that the app speaks.
    pub protocol: u32,
    /// The version of the rules that it decides by.
    pub rules: u32,
    /// The database and its version.
    pub database: String,
    /// Whether somebody is signed in and the copy opens.
    pub phase: Phase,
    /// What keeps it from opening.
    pub problem: Option<FailureCode>,
    /// Whether the key store answers.
    pub key_store: KeyStoreState,
    /// The server, as typed. It is shown and not in the report.
    pub server: Option<String>,
    /// The connection.
    pub connection: Connection,
    /// How the window is drawn, where that is known.
    pub drawing: Option<DrawingView>,
    /// The copy, where it is open.
    pub copy: Option<CopyCondition>,
    /// The same as text, for support: no names and no addresses.
    pub report: String,
}

/// Whether the system's key store answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyStoreState {
    /// It does.
    Open,
    /// There is none.
    None,
    /// It is locked.
    Locked,
    /// It fails.
    Failing,
}

/// How the window is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DrawingMode {
    /// By the graphics card.
    Accelerated,
    /// By the processor.
    Processor,
    /// By the processor, without sharing buffers.
    Plain,
}

/// How the window is drawn, and why so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct DrawingView {
    /// How.
    pub mode: DrawingMode,
    /// Why.
    pub why: DrawingWhy,
}

/// Why the window is drawn as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DrawingWhy {
    /// It is what the machine looks fit for.
    Suits,
    /// An earlier start showed nothing, or somebody chose it.
    Changed,
}

/// How the copy on this device is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CopyCondition {
    /// Bytes of the mirror.
    #[ts(type = "number")]
    pub mirror_bytes: u64,
    /// Bytes of the outbox.
    #[ts(type = "number")]
    pub outbox_bytes: u64,
    /// The number of the mirror's schema.
    pub mirror_schema: i32,
    /// The number of the outbox's schema.
    pub outbox_schema: i32,
    /// Which history of the server it follows; text, because it is a large number.
    pub epoch: Option<String>,
    /// How far each account has come, highest first.
    #[ts(type = "number[]")]
    pub cursors: Vec<u64>,
    /// Workspaces that may be seen.
    #[ts(type = "number")]
    pub workspaces: u64,
    /// Those that are here as a whole.
    #[ts(type = "number")]
    pub loaded: u64,
    /// Memberships.
    #[ts(type = "number")]
    pub members: u64,
    /// Events.
    #[ts(type = "number")]
    pub events: u64,
    /// Histories that are here to their end and hold.
    #[ts(type = "number")]
    pub chains_whole: u64,
    /// Histories of which more is to come.
    #[ts(type = "number")]
    pub chains_loading: u64,
    /// Histories that do not hold.
    #[ts(type = "number")]
    pub chains_broken: u64,
    /// Changes not sent yet, with those on their way.
    pub not_sent: u32,
    /// Those on their way.
    #[ts(type = "number")]
    pub sending: u64,
    /// Refused changes that were not discarded.
    pub refused: u32,
    /// Drafts.
    #[ts(type = "number")]
    pub drafts: u64,
    /// When the oldest unsent change was made.
    #[ts(type = "number | null")]
    pub oldest_unsent: Option<muster_domain::Timestamp>,
    /// Changes that could not be saved out of a damaged file.
    #[ts(type = "number")]
    pub lost: u64,
    /// How the lease of each account stands, without its name.
    pub leases: Vec<LeaseCondition>,
    /// Whether it waits for a new key.
    pub needs_new_key: bool,
}

/// How the lease of one account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct LeaseCondition {
    /// How many days are allowed.
    pub days: u16,
    /// Whole days since the last contact.
    pub age_days: u32,
    /// Whether it is locked.
    pub locked: bool,
}
