//! What a login has outside of workspaces that it may enter: accounts, their admins, bin,
//! offers, groups, and invitations to it.

use std::collections::BTreeMap;

use muster_domain::{
    Account, AccountAdmin, AccountId, AdminReach, BIN_DAYS, Group, Invitation, Known, Login, Part,
    Timestamp, Workspace, WorkspaceStatus,
};
use muster_protocol::{Accounts, Invited, Offered};

use crate::grants::Grants;
use crate::store::{Snapshot, StoreError};

/// Whose rights are looked at, in which snapshot, when.
pub(super) struct Rights<'a> {
    pub(super) store: &'a dyn Snapshot,
    pub(super) grants: &'a Grants,
    pub(super) login: &'a Login,
    pub(super) now: Timestamp,
}

impl Rights<'_> {
    pub(super) fn accounts(&self) -> Result<Accounts, StoreError> {
        let bin = self.bin()?;
        let accounts = self.known(&bin)?;
        Ok(Accounts {
            admins: self.admins(&accounts)?,
            groups: self.groups()?,
            offers: self.offers()?,
            inbox: self.inbox()?,
            accounts,
            bin,
        })
    }

    /// The accounts that the login has something in.
    fn known(&self, bin: &[Workspace]) -> Result<Vec<Account>, StoreError> {
        let mut found: BTreeMap<AccountId, Account> =
            self.grants.administered().iter().map(|it| (it.id, it.clone())).collect();
        let of_grants = self.grants.iter().map(|granted| granted.grant.account);
        for id in of_grants.chain(bin.iter().map(|it| it.account)) {
            if !found.contains_key(&id)
                && let Some(account) = self.store.account(id)?
            {
                found.insert(id, account);
            }
        }
        Ok(found.into_values().collect())
    }

    fn is_admin(&self, account: AccountId) -> bool {
        self.grants.administered().iter().any(|it| it.id == account)
    }

    /// R9: admins with reach are shown to those who see the members, all of them to each
    /// other; one's own row always.
    fn admins(&self, accounts: &[Account]) -> Result<Vec<AccountAdmin>, StoreError> {
        let mut admins = Vec::new();
        for account in accounts {
            let sees_members = self.grants.iter().any(|granted| {
                granted.grant.account == account.id && granted.grant.view.has(Part::Members)
            });
            let all = match account.rules().account_admin_reach {
                AdminReach::All => sees_members || self.is_admin(account.id),
                AdminReach::None => self.is_admin(account.id),
            };
            if all {
                admins.extend(self.store.admins(account.id)?);
            } else {
                admins.extend(self.store.admin(account.id, self.login.id)?);
            }
        }
        Ok(admins)
    }

    /// E-17: what the login could have deleted, it can take out of the bin again.
    fn bin(&self) -> Result<Vec<Workspace>, StoreError> {
        let mut bin: BTreeMap<_, Workspace> = BTreeMap::new();
        for account in self.grants.administered() {
            if account.rules().account_admin_reach == AdminReach::All {
                bin.extend(self.store.bin(account.id)?.into_iter().map(|it| (it.id, it)));
            }
        }
        for id in self.grants.restorable() {
            if let Some(workspace) = self.store.workspace(*id)? {
                bin.insert(*id, workspace);
            }
        }
        let restorable = |it: &Workspace| {
            let since = it.trashed.as_ref().map(|it| it.at);
            it.status == WorkspaceStatus::Trashed
                && since.is_some_and(|since| since.plus_days(BIN_DAYS) > self.now)
        };
        Ok(bin.into_values().filter(restorable).collect())
    }

    fn groups(&self) -> Result<Vec<Group>, StoreError> {
        let mut groups = Vec::new();
        for account in self.grants.administered() {
            match self.store.groups_of(account.id)? {
                Known::Known(of_account) => groups.extend(of_account),
                Known::Unknown => {}
            }
        }
        Ok(groups)
    }

    fn offers(&self) -> Result<Vec<Offered>, StoreError> {
        let mut offers = Vec::new();
        for account in self.grants.administered() {
            for (workspace, people) in self.store.offered(account.id)? {
                let Workspace { id, name, offer: Some(offer), .. } = workspace else { continue };
                offers.push(Offered { workspace: id, name, people, offer });
            }
        }
        Ok(offers)
    }

    /// Only for addresses that the login has proved to be its own.
    fn inbox(&self) -> Result<Vec<Invited>, StoreError> {
        let mut inbox = Vec::new();
        for address in &self.login.verified {
            for invitation in self.store.inbox(address, self.now)? {
                inbox.extend(self.invited(invitation)?);
            }
        }
        Ok(inbox)
    }

    fn invited(&self, invitation: Invitation) -> Result<Option<Invited>, StoreError> {
        let workspace = self.store.workspace(invitation.workspace)?;
        let Some(workspace) = workspace.filter(|it| it.status == WorkspaceStatus::Active) else {
            return Ok(None);
        };
        let Some(account) = self.store.account(workspace.account)? else { return Ok(None) };
        let mut own_roles = self.store.own_roles(workspace.id)?;
        own_roles.retain(|role| invitation.roles.has_own(role.slot));
        Ok(Some(Invited {
            invitation: invitation.id,
            address: invitation.address.to_string(),
            workspace_name: workspace.name,
            account_name: account.name,
            scheme: account.scheme,
            roles: invitation.roles,
            own_roles,
            inviter_name: invitation.inviter_name,
            message: invitation.message,
            expires: invitation.expires,
        }))
    }
}
