//! The copy on this device: how long it opens without contact, and what became of it.

use muster_domain::{AccountId, Timestamp};
use serde::Serialize;
use ts_rs::TS;

/// What the window has to say of the copy on this device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct CopyView {
    /// Accounts whose copy is locked or will be within a day.
    pub leases: Vec<LeaseView>,
    /// Whether rows were erased because their lease had been over for as long again, and there
    /// was no contact since.
    pub erased: bool,
    /// Why the copy is fetched again in this run, where it is.
    pub rebuilt: Option<Rebuilt>,
    /// What was saved out of damaged unsent changes in this run.
    pub saved: Option<u32>,
    /// Unsent changes that could not be saved, until the person says that they have read it.
    pub lost: Option<LostView>,
}

/// How the lease of one account stands (R15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeaseView {
    /// The account.
    #[ts(type = "string")]
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// How many days its policy allows.
    pub days: u16,
    /// Whole days since the last contact.
    pub age_days: u32,
    /// When it locks, or has locked.
    #[ts(type = "number")]
    pub until: Timestamp,
    /// Whether it is locked; otherwise it will be within a day.
    pub locked: bool,
}

/// Why a copy is fetched again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rebuilt {
    /// The file was damaged.
    Damage,
    /// The key store has another key than it was made with.
    Key,
    /// A newer version of the app had made it.
    Newer,
}

/// Unsent changes that are lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LostView {
    /// How many are known.
    pub count: u32,
    /// Whether more may be lost than are known.
    pub maybe_more: bool,
    /// The names of the workspaces that they were about, as far as they are known.
    pub workspaces: Vec<String>,
}
