//! What a login may see now: its memberships and the reach of its adminships (R1, R9, R10).
//!
//! Nothing here is cached across requests; every answer starts from the snapshot at hand.

use std::collections::BTreeMap;

use muster_domain::{
    Account, AccountId, AdminReach, Login, LoginStatus, PermissionSet, ViewClass, WorkspaceId,
};
use muster_protocol::{Grant, GrantSet};

use crate::store::{Held, Reached, Snapshot, StoreError};

/// A workspace that a login may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// What goes over the wire.
    pub grant: Grant,
    /// The account's number at the workspace's last change.
    pub head_seq: u64,
}

/// Everything that a login may see.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    by_workspace: BTreeMap<WorkspaceId, Granted>,
    administered: Vec<Account>,
}

impl Grants {
    /// Loads them from a snapshot. A login that may not be used has none.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load<S: Snapshot + ?Sized>(store: &S, login: &Login) -> Result<Self, StoreError> {
        let mut grants = Self::default();
        match login.status {
            LoginStatus::Active => {}
            LoginStatus::Suspended => return Ok(grants),
        }
        for held in store.held(login.id)?.iter().filter(|held| gives_access(held)) {
            grants.by_workspace.insert(held.workspace, by_membership(held));
        }
        for it in store.administered(login.id)? {
            if it.account.rules().account_admin_reach == AdminReach::All {
                for reached in store.reached(it.account.id)? {
                    let granted = by_reach(it.account.id, it.grant_seq, &reached);
                    grants.by_workspace.insert(reached.workspace, granted);
                }
            }
            grants.administered.push(it.account);
        }
        Ok(grants)
    }

    /// The grant of one workspace, without loading the others.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn one<S: Snapshot + ?Sized>(
        store: &S,
        login: &Login,
        workspace: WorkspaceId,
    ) -> Result<Option<Grant>, StoreError> {
        match login.status {
            LoginStatus::Active => {}
            LoginStatus::Suspended => return Ok(None),
        }
        let Some((account, reached)) = store.reached_one(workspace)? else { return Ok(None) };
        let admin = store.administered(login.id)?.into_iter().find(|it| {
            it.account.id == account && it.account.rules().account_admin_reach == AdminReach::All
        });
        if let Some(admin) = admin {
            return Ok(Some(by_reach(account, admin.grant_seq, &reached).grant));
        }
        let held = store.held_one(login.id, workspace)?;
        Ok(held.as_ref().filter(|held| gives_access(held)).map(|held| by_membership(held).grant))
    }

    /// The grants in the order of their workspaces.
    pub fn iter(&self) -> impl Iterator<Item = &Granted> {
        self.by_workspace.values()
    }

    /// The grant of a workspace.
    pub fn get(&self, workspace: WorkspaceId) -> Option<&Granted> {
        self.by_workspace.get(&workspace)
    }

    /// The accounts that the login is an active admin of, whatever their reach.
    pub fn administered(&self) -> &[Account] {
        &self.administered
    }

    /// The grants in short.
    pub fn set(&self) -> GrantSet {
        GrantSet::of(self.iter().map(|granted| &granted.grant))
    }
}

/// R1: a membership whose roles give nothing gives no access either.
fn gives_access(held: &Held) -> bool {
    !held.roles.permissions().is_empty()
}

fn by_membership(held: &Held) -> Granted {
    Granted {
        grant: Grant {
            workspace: held.workspace,
            account: held.account,
            view: ViewClass::of(held.roles.permissions()),
            grant_seq: held.grant_seq,
        },
        head_seq: held.head_seq,
    }
}

/// Where reach and a membership both apply, the reach's grant stands: it shows everything
/// and does not change with the membership.
fn by_reach(account: AccountId, admin_seq: u64, reached: &Reached) -> Granted {
    Granted {
        grant: Grant {
            workspace: reached.workspace,
            account,
            view: ViewClass::of(PermissionSet::ALL),
            grant_seq: admin_seq.max(reached.created_seq),
        },
        head_seq: reached.head_seq,
    }
}
