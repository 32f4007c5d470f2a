//! How long the copy of an account opens without contact (R15).

use muster_domain::{AccountId, Timestamp};

/// Whether the copy of an account opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Open,
    /// It does, for less than a day.
    LastDay,
    /// It does not, until the next contact.
    Locked,
}

/// How the lease of one account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// How many days its policy allows.
    pub days: u16,
    /// The last contact, server time.
    pub since: Timestamp,
    /// When it locks or has locked, server time.
    pub until: Timestamp,
    /// Whole days since the last contact.
    pub age_days: u32,
    /// Whether it opens.
    pub standing: Standing,
}
