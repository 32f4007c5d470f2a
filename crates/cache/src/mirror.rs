//! One consistent view of the mirror, unsent changes in place, as the rules ask for it.
//!
//! Where the view class or a download that is not finished leaves a collection incomplete,
//! the answer is [`Known::Unknown`] and never a guess (sync.md 4.7).

use std::sync::{Mutex, PoisonError};

use muster_domain::{
    Account, AccountId, Address, AdminReach, Invitation, InvitationId, Known, Login, LoginId,
    LoginStatus, Lookup, Membership, MembershipId, Role, Timestamp, Workspace, WorkspaceId,
};
use rusqlite::Connection;

use crate::error::CacheError;
use crate::grants::{self, Held};
use crate::{accounts, invitations, members, meta, workspaces};

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
    fn whole<T>(
        &self,
        workspace: WorkspaceId,
        holds: fn(&Held) -> bool,
        ask: impl FnOnce() -> Result<T, CacheError>,
    ) -> Result<Known<T>, CacheError> {
        match grants::get(self.db, workspace)? {
            Some(held) if holds(&held) => Ok(Known::Known(ask()?)),
            Some(_) | None => Ok(Known::Unknown),
        }
    }
}

impl Lookup for Mirror<'_> {
    type Error = CacheError;

    /// Oneself, and whoever is known through a membership. Whether such a login is suspended
    /// is not in the mirror, so it counts as active here and the server asks again.
    fn login(&self, id: LoginId) -> Result<Option<Login>, CacheError> {
        let me = self.me()?;
        if me.id == id {
            return Ok(Some(me));
        }
        let known = members::any_of(self.db, id)?;
        Ok(known.map(|it| Login {
            id,
            address: it.address,
            name: it.name,
            status: LoginStatus::Active,
        }))
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, CacheError> {
        Ok(accounts::get(self.db, &id.to_bytes())?.map(|(it, _)| it))
    }

    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, CacheError> {
        let (is_admin, is_listed) = accounts::admin_state(self.db, account, login)?;
        if is_listed {
            return Ok(Known::Known(is_admin));
        }
        // No account is without admins (R7), so an empty list is one that may not be seen.
        // Admins see their own list: whoever does not is none. And without reach nothing that
        // is asked about others depends on the answer.
        let without_reach = match Lookup::account(self, account)? {
            Some(it) => it.rules().account_admin_reach == AdminReach::None,
            None => false,
        };
        let is_me = self.me()?.id == login;
        Ok(if is_me || without_reach { Known::Known(false) } else { Known::Unknown })
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, CacheError> {
        Ok(workspaces::get(self.db, &id.to_bytes())?.map(|(it, _)| it))
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, CacheError> {
        Ok(members::get(self.db, &id.to_bytes())?.map(|(it, _)| it))
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, CacheError> {
        members::present(self.db, workspace, login)
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, CacheError> {
        let ask = || members::by_address(self.db, workspace, address);
        self.whole(workspace, Held::has_members, ask)
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, CacheError> {
        let ask = || members::count_owners(self.db, workspace, role, except);
        self.whole(workspace, Held::has_members, ask)
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, CacheError> {
        let others = grants::others(self.db, account, except)?;
        let reaches_all = match Lookup::account(self, account)? {
            Some(it) if it.rules().account_admin_reach == AdminReach::All => {
                self.is_account_admin(account, self.me()?.id)? == Known::Known(true)
            }
            Some(_) | None => false,
        };
        // R7 asks whether there is another one. Who sees only some of the account's
        // workspaces knows that as soon as they see one.
        Ok(if reaches_all || others > 0 { Known::Known(others) } else { Known::Unknown })
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, CacheError> {
        self.whole(workspace, Held::has_invitations, || {
            Ok(members::count_present(self.db, workspace)?
                + invitations::count_open(self.db, workspace, now)?)
        })
    }

    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, CacheError> {
        Ok(invitations::get(self.db, &id.to_bytes())?.map(|(it, _)| it))
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, CacheError> {
        let ask = || invitations::open_for(self.db, workspace, address, now);
        self.whole(workspace, Held::has_invitations, ask)
    }
}
