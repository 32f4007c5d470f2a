//! The checks that several commands share: R1 to R4, and what an account or a plan asks.

use super::Stop;
use crate::command::Command;
use crate::facts::{Facts, Known, Standing};
use crate::object::{Account, LoginStatus, Membership, Workspace, WorkspaceStatus};
use crate::permission::{Permission, PermissionSet};
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;

/// The workspace and its account, if the actor may know of them (R10).
pub(crate) fn visible(facts: &Facts) -> Result<(&Account, &Workspace), Stop> {
    let (Some(account), Some(workspace)) = (&facts.account, &facts.workspace) else {
        return Err(Stop::Hide);
    };
    let active = workspace.status == WorkspaceStatus::Active && is_active(facts);
    if active && !facts.permissions().is_empty() {
        Ok((account, workspace))
    } else {
        Err(Stop::Hide)
    }
}

/// The account, if the actor is one of its admins (V-33: to others it is not there).
pub(crate) fn administered(facts: &Facts) -> Result<&Account, Stop> {
    match &facts.account {
        Some(account) if facts.actor.is_account_admin && is_active(facts) => Ok(account),
        Some(_) | None => Err(Stop::Hide),
    }
}

/// Whether the actor's sign-in may be used.
pub(crate) fn is_active(facts: &Facts) -> bool {
    facts.actor.login.status == LoginStatus::Active
}

/// What to say of something that is not there: to a copy it may only not be shown, so a
/// complete store has to be asked.
pub(crate) const fn missing(facts: &Facts) -> Stop {
    if facts.is_complete { Stop::Hide } else { Stop::Unknown }
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
    if !account.rules().allows(roles, facts.own()) {
        return Err(Refusal::new(RefusalCode::RolesNotInScheme).with("role", roles).into());
    }
    match first_missing(roles.permissions(facts.own()), facts.permissions()) {
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
        Err(RefusalCode::OwnerOnly.into())
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
    let held = target.roles.permissions(facts.own());
    let theirs = Standing { is_account_admin, membership: None, ..facts.actor.clone() };
    let by_reach = theirs.by_reach(account.rules().account_admin_reach);
    match first_missing(held.union(by_reach), facts.permissions()) {
        None => Ok(()),
        Some(permission) => Err(Refusal::new(RefusalCode::TargetTooStrong)
            .with("name", target.name.as_str())
            .with("role", target.roles)
            .with("permission", permission)
            .into()),
    }
}

/// E-60: a workspace whose plan has ended can be looked at, left and given up, not more.
pub(crate) fn plan_lives(workspace: &Workspace) -> Result<(), Stop> {
    match workspace.plan_ended {
        None => Ok(()),
        Some(_) => Err(Refusal::new(RefusalCode::PlanOver)
            .with("workspace", workspace.name.as_str())
            .into()),
    }
}

/// E-36: where the account asks for it, an act that only reach allows needs a reason.
pub(crate) fn reasoned(
    facts: &Facts,
    command: &Command,
    permission: Permission,
) -> Result<(), Stop> {
    let reason = command.reason().map_or("", str::trim);
    if reason.chars().count() > LONGEST_TEXT {
        return Err(RefusalCode::BadNote.into());
    }
    let asked = facts.account.as_ref().is_some_and(|account| account.reason_required)
        && !facts.actor.by_roles().has(permission);
    if asked && reason.is_empty() {
        return Err(RefusalCode::ReasonMissing.into());
    }
    Ok(())
}

/// How many characters a note, a message or a reason has at most.
pub(crate) const LONGEST_TEXT: usize = 500;

pub(crate) fn first_missing(wanted: PermissionSet, held: PermissionSet) -> Option<Permission> {
    wanted.without(held).iter().next()
}
