//! One consistent view of the mirror, unsent changes in place. What the rules ask of it is in
//! `facts`.

use std::sync::{Mutex, PoisonError};

use muster_domain::{AccountId, AdminReach, Known, Login, Lookup, WorkspaceId};
use rusqlite::Connection;

use crate::error::CacheError;
use crate::grants::{self, Held};
use crate::meta;

/// One consistent view of the mirror, with unsent changes in it.
pub struct Mirror<'a> {
    db: &'a Connection,
    outbox: &'a Mutex<Connection>,
}

impl<'a> Mirror<'a> {
    pub(crate) fn new(db: &'a Connection, outbox: &'a Mutex<Connection>) -> Self {
        Self { db, outbox }
    }

    pub(crate) fn db(&self) -> &Connection {
        self.db
    }

    /// Asks the outbox, which is a file of its own.
    pub(crate) fn outbox<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, CacheError>,
    ) -> Result<T, CacheError> {
        ask(&self.outbox.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The caller's own login as the server last told it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn me(&self) -> Result<Login, CacheError> {
        meta::me(self.db)?.ok_or(CacheError::Damaged)
    }

    /// A collection, if the grant of its workspace holds all of it.
    pub(crate) fn whole<T>(
        &self,
        workspace: WorkspaceId,
        holds: impl FnOnce(&Held) -> bool,
        ask: impl FnOnce() -> Result<T, CacheError>,
    ) -> Result<Known<T>, CacheError> {
        match grants::get(self.db, workspace)? {
            Some(held) if holds(&held) => Ok(Known::Known(ask()?)),
            Some(_) | None => Ok(Known::Unknown),
        }
    }

    /// Whether I am Account Admin of the account.
    pub(crate) fn i_administer(&self, account: AccountId) -> Result<bool, CacheError> {
        Ok(self.is_account_admin(account, self.me()?.id)? == Known::Known(true))
    }

    /// Whether I am Account Admin with reach: then the server sends every workspace of the
    /// account and its bin.
    pub(crate) fn i_reach(&self, account: AccountId) -> Result<bool, CacheError> {
        let reaches = match Lookup::account(self, account)? {
            Some(it) => it.rules().account_admin_reach == AdminReach::All,
            None => false,
        };
        Ok(reaches && self.i_administer(account)?)
    }

    /// A collection over all workspaces of an account, if every one of them is here with
    /// everything in it.
    pub(crate) fn whole_account<T>(
        &self,
        account: AccountId,
        ask: impl FnOnce() -> Result<T, CacheError>,
    ) -> Result<Known<T>, CacheError> {
        if self.i_reach(account)? && grants::account_is_whole(self.db, account)? {
            Ok(Known::Known(ask()?))
        } else {
            Ok(Known::Unknown)
        }
    }
}
