//! The checks that several commands share: R1 to R4.

use super::Stop;
use crate::facts::{Facts, Known, Standing};
use crate::object::{Account, LoginStatus, Membership, Workspace, WorkspaceStatus};
use crate::permission::{Permission, PermissionSet};
use crate::refusal::{Refusal, RefusalCode};
use crate::role::RoleSet;

/// The workspace and its account, if the actor may know of them (R10).
pub(crate) fn visible(facts: &Facts) -> Result<(&Account, &Workspace), Stop> {
    let (Some(account), Some(workspace)) = (&facts.account, &facts.workspace) else {
        return Err(Stop::Hide);
    };
    let active = workspace.status == WorkspaceStatus::Active
        && facts.actor.login.status == LoginStatus::Active;
    if active && !facts.permissions().is_empty() {
        Ok((account, workspace))
    } else {
        Err(Stop::Hide)
    }
}

/// R1: the actor has the permission.
pub(crate) fn require(facts: &Facts, permission: Permission) -> Result<(), Stop> {
    if facts.permissions().has(permission) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::Missing).with("permission", permission).into())
    }
}

/// R2: the actor has everything that the roles give, and the scheme knows them.
pub(crate) fn grantable(facts: &Facts, account: &Account, roles: RoleSet) -> Result<(), Stop> {
    if !account.rules().allows(roles) {
        return Err(Refusal::new(RefusalCode::RolesNotInScheme).with("role", roles).into());
    }
    match first_missing(roles.permissions(), facts.permissions()) {
        None => Ok(()),
        Some(permission) => Err(Refusal::new(RefusalCode::GrantTooWide)
            .with("role", roles)
            .with("permission", permission)
            .into()),
    }
}

/// R4: making or unmaking the owner class needs `owner.assign`.
pub(crate) fn owner_gate(facts: &Facts, account: &Account, roles: &[RoleSet]) -> Result<(), Stop> {
    let touches = roles.iter().any(|roles| account.rules().is_owner_class(*roles));
    if touches && !facts.permissions().has(Permission::OwnerAssign) {
        Err(Refusal::new(RefusalCode::OwnerOnly).into())
    } else {
        Ok(())
    }
}

/// R3: the target's effective set is within the actor's. Not asked about oneself.
pub(crate) fn weaker_target(
    facts: &Facts,
    account: &Account,
    target: &Membership,
) -> Result<(), Stop> {
    if target.login == facts.actor.login.id {
        return Ok(());
    }
    let is_account_admin = match facts.target_is_account_admin {
        Known::Known(is_admin) => is_admin,
        Known::Unknown => return Err(Stop::Unknown),
    };
    // A suspended member is judged by the roles they come back to.
    let held = target.roles.permissions();
    let by_reach =
        Standing { login: facts.actor.login.clone(), membership: None, is_account_admin }
            .effective(account.rules().account_admin_reach);
    match first_missing(held.union(by_reach), facts.permissions()) {
        None => Ok(()),
        Some(permission) => Err(Refusal::new(RefusalCode::TargetTooStrong)
            .with("name", target.name.as_str())
            .with("role", target.roles)
            .with("permission", permission)
            .into()),
    }
}

fn first_missing(wanted: PermissionSet, held: PermissionSet) -> Option<Permission> {
    wanted.without(held).iter().next()
}
