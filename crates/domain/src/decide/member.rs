//! Changing, suspending, letting back in and removing members (R2, R3, R4).

use super::{Stop, guard};
use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::Facts;
use crate::object::{Account, Ended, MemberState, Membership, Row};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::role::RoleSet;
use crate::time::Timestamp;

pub(crate) fn judge(facts: &Facts, command: &Command, now: Timestamp) -> Result<Vec<Event>, Stop> {
    let (account, _) = guard::visible(facts)?;
    if !facts.permissions().has(Permission::MemberView) {
        return Err(Stop::Hide);
    }
    let target = facts.target.as_ref().ok_or(Stop::Hide)?;
    guard::require(facts, Permission::MemberManage)?;
    if !target.state.is_present() {
        return gone(command, target);
    }
    match command {
        Command::SetMemberRoles { was, roles, .. } => {
            set_roles(facts, account, target, *was, *roles)
        }
        Command::SuspendMember { .. } => suspend(facts, account, target),
        Command::ResumeMember { .. } => resume(facts, account, target),
        Command::RemoveMember { .. } => remove(facts, account, target, now),
        _ => Err(Stop::Hide),
    }
}

/// E-42: the person left or was removed before this arrived.
fn gone(command: &Command, target: &Membership) -> Result<Vec<Event>, Stop> {
    if matches!(command, Command::RemoveMember { .. }) {
        return Err(Stop::NoOp);
    }
    let mut refusal = Refusal::new(RefusalCode::TargetGone).with("name", target.name.as_str());
    if let Some(ended) = &target.ended {
        refusal = refusal.with("who", ended.by.as_str()).with("time", ended.at);
    }
    Err(refusal.into())
}

fn set_roles(
    facts: &Facts,
    account: &Account,
    target: &Membership,
    was: RoleSet,
    roles: RoleSet,
) -> Result<Vec<Event>, Stop> {
    let crosses =
        account.rules().is_owner_class(target.roles) != account.rules().is_owner_class(roles);
    if crosses {
        guard::owner_gate(facts, account, &[target.roles, roles])?;
    }
    guard::weaker_target(facts, account, target)?;
    guard::grantable(facts, account, roles)?;
    if target.roles == roles {
        return Err(Stop::NoOp);
    }
    if target.roles != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("name", target.name.as_str())
            .with("was", was)
            .with("now", target.roles)
            .with("yours", roles)
            .into());
    }
    let mut after = target.clone();
    after.roles = roles;
    after.given_by = Some(facts.actor.login.name.clone());
    Ok(vec![changed(EventKind::MemberRolesChanged, target, after)])
}

fn suspend(facts: &Facts, account: &Account, target: &Membership) -> Result<Vec<Event>, Stop> {
    may_take(facts, account, target)?;
    if target.state == MemberState::Suspended {
        return Err(Stop::NoOp);
    }
    let after = Membership { state: MemberState::Suspended, ..target.clone() };
    Ok(vec![changed(EventKind::MemberSuspended, target, after)])
}

fn resume(facts: &Facts, account: &Account, target: &Membership) -> Result<Vec<Event>, Stop> {
    may_take(facts, account, target)?;
    // Letting back in gives the roles again, so R2 holds as well.
    guard::grantable(facts, account, target.roles)?;
    if target.state == MemberState::Active {
        return Err(Stop::NoOp);
    }
    let after = Membership { state: MemberState::Active, ..target.clone() };
    Ok(vec![changed(EventKind::MemberResumed, target, after)])
}

fn remove(
    facts: &Facts,
    account: &Account,
    target: &Membership,
    now: Timestamp,
) -> Result<Vec<Event>, Stop> {
    may_take(facts, account, target)?;
    let mut after = target.clone();
    after.state = MemberState::Removed;
    after.ended = Some(Ended { at: now, by: facts.actor.login.name.clone() });
    Ok(vec![changed(EventKind::MemberRemoved, target, after)])
}

/// R3 and R4 for everything that takes access or gives it back.
fn may_take(facts: &Facts, account: &Account, target: &Membership) -> Result<(), Stop> {
    guard::owner_gate(facts, account, &[target.roles])?;
    guard::weaker_target(facts, account, target)
}

fn changed(kind: EventKind, before: &Membership, after: Membership) -> Event {
    Event { kind, before: Some(Row::Membership(before.clone())), after: Row::Membership(after) }
}
