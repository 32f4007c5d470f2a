//! How long the copy opens without contact (R15, E-31), and what of it is shown while it does
//! not.
//!
//! Time is the server's, estimated: what the device's clock says plus how far it was off at the
//! last contact, and never less than any estimate before. So turning the clock back extends
//! nothing: time is counted on from the highest estimate. And a clock that jumps ahead locks the copy until the next contact, which learns
//! the difference anew.

use std::collections::BTreeSet;

use muster_domain::{Account, AccountId, Timestamp, WorkspaceId};
use muster_protocol::Policy;
use rusqlite::Connection;

use crate::apply::Answer;
use crate::error::CacheError;
use crate::types::{Lease, Standing};
use crate::{accounts, grants, meta};

const DAY: i64 = 86_400_000;

/// A lease of no days means: only while there is contact. The app asks every five minutes, so
/// one exchange may fail before the copy is locked.
const IN_CONTACT: i64 = 11 * 60_000;

/// An estimate is written down when it has grown by this much; each is a write to the disk.
const STEP: i64 = 60_000;

/// Which accounts are locked, and which workspaces lost their rows for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lapse {
    /// Accounts past their lease.
    pub(crate) accounts: BTreeSet<AccountId>,
    /// Their workspaces, and those whose rows were erased and are not back yet.
    pub(crate) workspaces: BTreeSet<WorkspaceId>,
}

impl Lapse {
    pub(crate) fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.workspaces.is_empty()
    }
}

/// How long an account's copy opens after contact, in milliseconds.
fn limit(account: &Account) -> i64 {
    match account.lease_days {
        0 => IN_CONTACT,
        days => i64::from(days) * DAY,
    }
}

/// From which age on it is not even kept. Without any offline time, nothing outlives the run.
fn keeping(account: &Account) -> i64 {
    match account.lease_days {
        0 => 0,
        days => 2 * i64::from(days) * DAY,
    }
}

/// Remembers a contact. A server that only says that the app is too old has not confirmed what
/// may be seen, so it extends nothing; one that lets it read has.
pub(crate) fn contact(
    db: &Connection,
    answer: &Answer<'_>,
    device: Timestamp,
) -> Result<(), CacheError> {
    match answer.policy {
        Policy::Ok | Policy::ReadOnly | Policy::NotNow => {
            meta::forget_time(db, "lease_erased")?;
            meta::set_time(db, "lease_from", answer.time.0)?;
            meta::set_time(db, "clock_offset", answer.time.0.saturating_sub(device.0))?;
            meta::set_time(db, "time_seen", answer.time.0)
        }
        Policy::Upgrade => Ok(()),
    }
}

/// The server's time as far as this device can tell.
fn estimate(db: &Connection, device: Timestamp) -> Result<i64, CacheError> {
    let offset = meta::time(db, "clock_offset")?.unwrap_or(0);
    let seen = meta::time(db, "time_seen")?.unwrap_or(i64::MIN);
    Ok(seen.max(device.0.saturating_add(offset)))
}

/// The last contact that confirmed what may be seen. A copy of an earlier version knows only
/// the last contact.
fn since(db: &Connection) -> Result<Option<i64>, CacheError> {
    match meta::time(db, "lease_from")? {
        Some(at) => Ok(Some(at)),
        None => Ok(meta::last_contact(db)?.map(|at| at.0)),
    }
}

/// Writes the estimate down, so that it stands whatever the clock says next. A clock that was
/// turned back counts on from there.
pub(crate) fn note(db: &Connection, device: Timestamp) -> Result<(), CacheError> {
    if since(db)?.is_none() {
        return Ok(());
    }
    let now = estimate(db, device)?;
    let seen = meta::time(db, "time_seen")?;
    if seen.is_none_or(|seen| now >= seen.saturating_add(STEP)) {
        meta::set_time(db, "time_seen", now)?;
    }
    let offset = meta::time(db, "clock_offset")?.unwrap_or(0);
    if device.0.saturating_add(offset).saturating_add(STEP) < now {
        meta::set_time(db, "clock_offset", now.saturating_sub(device.0))?;
    }
    Ok(())
}

/// Every account with how its lease stands.
pub(crate) fn all(db: &Connection, device: Timestamp) -> Result<Vec<Lease>, CacheError> {
    let Some(since) = since(db)? else { return Ok(Vec::new()) };
    let age = estimate(db, device)?.saturating_sub(since);
    let accounts = accounts::all(db)?;
    Ok(accounts.into_iter().map(|account| lease(account, since, age)).collect())
}

fn lease(account: Account, since: i64, age: i64) -> Lease {
    let limit = limit(&account);
    Lease {
        account: account.id,
        name: account.name,
        days: account.lease_days,
        since: Timestamp(since),
        until: Timestamp(since.saturating_add(limit)),
        age_days: u32::try_from(age.max(0) / DAY).unwrap_or(u32::MAX),
        standing: if age > limit {
            Standing::Locked
        } else if age > limit - DAY {
            Standing::LastDay
        } else {
            Standing::Open
        },
    }
}

/// Accounts whose rows are not to be kept any longer.
pub(crate) fn overdue(db: &Connection, device: Timestamp) -> Result<Vec<AccountId>, CacheError> {
    let Some(since) = since(db)? else { return Ok(Vec::new()) };
    let age = estimate(db, device)?.saturating_sub(since);
    let overdue = accounts::all(db)?.into_iter().filter(|it| age > keeping(it));
    Ok(overdue.map(|it| it.id).collect())
}

/// The workspaces of an account, granted or made here.
pub(crate) fn workspaces_of(
    db: &Connection,
    account: AccountId,
) -> Result<BTreeSet<WorkspaceId>, CacheError> {
    let sql = "SELECT workspace AS id FROM grants WHERE account = ?1
               UNION SELECT id FROM workspaces WHERE account = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([account.to_bytes()], |row| row.get::<_, [u8; 16]>("id"))?;
    rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
}

/// What is locked now; `erased` are workspaces whose rows went before.
pub(crate) fn lapse(
    db: &Connection,
    erased: BTreeSet<WorkspaceId>,
    device: Timestamp,
) -> Result<Lapse, CacheError> {
    let mut lapse = Lapse { workspaces: erased, ..Lapse::default() };
    for lease in all(db, device)? {
        if lease.standing == Standing::Locked {
            lapse.workspaces.append(&mut workspaces_of(db, lease.account)?);
            lapse.accounts.insert(lease.account);
        }
    }
    Ok(lapse)
}

/// Erases an account's rows. What may be seen is asked anew at the next contact: without its
/// grants the digests differ.
pub(crate) fn erase(db: &Connection, account: AccountId) -> Result<(), CacheError> {
    for workspace in workspaces_of(db, account)? {
        grants::leave(db, workspace)?;
    }
    accounts::forget(db, account)
}
