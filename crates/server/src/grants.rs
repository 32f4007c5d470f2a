//! What a login may see now: its memberships and the reach of its adminships (R1, R9, R10).
//!
//! Nothing here is cached across requests; every answer starts from the snapshot at hand.

use std::collections::BTreeMap;

use muster_domain::{
    Account, AccountId, AdminReach, Login, LoginStatus, OwnRoles, Permission, PermissionSet,
    RoleSet, Timestamp, View, WorkspaceId, WorkspaceStatus,
};
use muster_protocol::{Grant, GrantSet};

use crate::store::{Held, Reached, RoleView, Snapshot, StoreError};

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
    places: Vec<WorkspaceId>,
    restorable: Vec<WorkspaceId>,
}

impl Grants {
    /// Loads them from a snapshot. A login that may not be used has none.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load<S: Snapshot + ?Sized>(
        store: &S,
        login: &Login,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut grants = Self::default();
        match login.status {
            LoginStatus::Active => {}
            LoginStatus::Suspended | LoginStatus::Deleted => return Ok(grants),
        }
        for held in store.held(login.id)? {
            grants.places.push(held.workspace);
            let Some(access) = Access::of(store, &held, now)? else { continue };
            match held.status {
                WorkspaceStatus::Active => {
                    grants.by_workspace.insert(held.workspace, by_membership(&held, access));
                }
                WorkspaceStatus::Trashed => {
                    if access.permissions.has(Permission::WorkspaceDelete) {
                        grants.restorable.push(held.workspace);
                    }
                }
                WorkspaceStatus::Erased => {}
            }
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
        now: Timestamp,
    ) -> Result<Option<Grant>, StoreError> {
        match login.status {
            LoginStatus::Active => {}
            LoginStatus::Suspended | LoginStatus::Deleted => return Ok(None),
        }
        let Some((account, reached)) = store.reached_one(workspace)? else { return Ok(None) };
        let admin = store.administered(login.id)?.into_iter().find(|it| {
            it.account.id == account && it.account.rules().account_admin_reach == AdminReach::All
        });
        if let Some(admin) = admin {
            return Ok(Some(by_reach(account, admin.grant_seq, &reached).grant));
        }
        let Some(held) = store.held_one(login.id, workspace)? else { return Ok(None) };
        Ok(Access::of(store, &held, now)?.map(|access| by_membership(&held, access).grant))
    }

    /// Every workspace that the login is an active member of, also those in the bin.
    pub fn places(&self) -> &[WorkspaceId] {
        &self.places
    }

    /// Workspaces in the bin that a membership lets the login take out again (E-17).
    pub fn restorable(&self) -> &[WorkspaceId] {
        &self.restorable
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

/// What a membership gives at this time.
#[derive(Debug, Clone, Copy)]
struct Access {
    permissions: PermissionSet,
    /// The account's number since which it gives that.
    since: u64,
}

impl Access {
    /// R1: a membership whose roles give nothing gives no access either, nor does one whose
    /// day has come, also before that was written down (E-39).
    fn of<S: Snapshot + ?Sized>(
        store: &S,
        held: &Held,
        now: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let roles = match held.until.filter(|end| end.at <= now) {
            None => held.roles,
            Some(end) => match end.roles {
                Some(left) => left,
                None => return Ok(None),
            },
        };
        let own = if roles.iter_own().next().is_some() {
            store.role_views(held.workspace)?
        } else {
            Vec::new()
        };
        let access = Self::by(roles, &own, held.grant_seq.max(held.opened_seq));
        Ok(Some(access).filter(|it| !it.permissions.is_empty()))
    }

    fn by(roles: RoleSet, own: &[RoleView], since: u64) -> Self {
        let gives =
            own.iter().fold(OwnRoles::NONE, |own, role| own.with(role.slot, role.permissions));
        let held = own.iter().filter(|role| roles.has_own(role.slot));
        Self {
            permissions: roles.permissions(&gives),
            since: held.map(|role| role.view_seq).fold(since, u64::max),
        }
    }
}

fn by_membership(held: &Held, access: Access) -> Granted {
    Granted {
        grant: Grant {
            workspace: held.workspace,
            account: held.account,
            view: View::of(access.permissions),
            grant_seq: access.since,
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
            view: View::of(PermissionSet::ALL),
            grant_seq: admin_seq.max(reached.created_seq),
        },
        head_seq: reached.head_seq,
    }
}
