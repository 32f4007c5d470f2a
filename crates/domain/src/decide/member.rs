//! Changing, time-boxing, suspending, letting back in and removing members (R2, R3, R4).

use super::{Judged, Stop, guard, member_changed};
use crate::command::Command;
use crate::event::EventKind;
use crate::facts::Facts;
use crate::labels::Labels;
use crate::object::{Account, End, Ended, MemberState, Membership, Workspace};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;
use crate::time::Timestamp;

/// The present member that the command names, if the actor may manage members here.
fn target<'a>(
    facts: &'a Facts,
    command: &Command,
) -> Result<(&'a Account, &'a Workspace, &'a Membership), Stop> {
    let (account, workspace) = guard::visible(facts)?;
    if !facts.permissions().has(Permission::MemberView) {
        return Err(Stop::Hide);
    }
    let target = facts.target.as_ref().ok_or(Stop::Hide)?;
    guard::require(facts, Permission::MemberManage)?;
    if !target.state.is_present() {
        return Err(gone(command, target));
    }
    Ok((account, workspace, target))
}

/// E-42: the person left or was removed before this arrived.
fn gone(command: &Command, target: &Membership) -> Stop {
    if matches!(command, Command::RemoveMember { .. }) {
        return Stop::NoOp;
    }
    let mut refusal = Refusal::new(RefusalCode::TargetGone).with("name", target.name.as_str());
    if let Some(ended) = &target.ended {
        refusal = refusal.with("who", ended.by.as_str()).with("time", ended.at);
    }
    refusal.into()
}

pub(crate) fn set_roles(
    facts: &Facts,
    command: &Command,
    was: RoleSet,
    roles: RoleSet,
    now: Timestamp,
) -> Judged {
    let (account, workspace, target) = target(facts, command)?;
    let rules = account.rules();
    if rules.is_owner_class(target.roles) != rules.is_owner_class(roles) {
        guard::owner_gate(facts, account, &[target.roles, roles])?;
    }
    guard::weaker_target(facts, account, target)?;
    guard::grantable(facts, account, roles)?;
    if target.roles == roles {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    not_from_group(target)?;
    if target.roles != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("name", target.name.as_str())
            .with("was", was)
            .with("now", target.roles)
            .with("yours", roles)
            .into());
    }
    if target.until.is_some() && rules.is_owner_class(roles) {
        return Err(timebox(workspace));
    }
    guard::reasoned(facts, command, Permission::MemberManage)?;
    let mut after = target.clone();
    after.roles = roles;
    after.given_by = Some(facts.actor.login.name.clone());
    after.given_at = Some(now);
    // An end that would no longer take anything away is none.
    after.until = after.until.filter(|end| end.roles.is_none_or(|it| is_less(facts, it, roles)));
    Ok(vec![member_changed(EventKind::MemberRolesChanged, target, after)])
}

/// E-39, E-40: the day on which a membership ends or falls to lower roles.
pub(crate) fn set_end(
    facts: &Facts,
    command: &Command,
    was: &Option<End>,
    end: &Option<End>,
    now: Timestamp,
) -> Judged {
    let (account, workspace, target) = target(facts, command)?;
    if account.rules().is_owner_class(target.roles) {
        guard::owner_gate(facts, account, &[target.roles])?;
        return Err(timebox(workspace));
    }
    guard::weaker_target(facts, account, target)?;
    if target.until == *end {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    not_from_group(target)?;
    if target.until != *was {
        return Err(Refusal::new(RefusalCode::Conflict).with("name", target.name.as_str()).into());
    }
    match end {
        // Without its end the membership goes on, which is to give the roles again (R2).
        None => guard::grantable(facts, account, target.roles)?,
        Some(end) => {
            if end.at <= now {
                return Err(RefusalCode::EndInPast.into());
            }
            if let Some(roles) = end.roles {
                lower(facts, account, target, roles)?;
            }
        }
    }
    let after = Membership { until: *end, ..target.clone() };
    Ok(vec![member_changed(EventKind::MemberEndChanged, target, after)])
}

/// What is left after an end date is less than before, and no owner class.
fn lower(
    facts: &Facts,
    account: &Account,
    target: &Membership,
    roles: RoleSet,
) -> Result<(), Stop> {
    guard::grantable(facts, account, roles)?;
    if account.rules().is_owner_class(roles) || !is_less(facts, roles, target.roles) {
        return Err(RefusalCode::EndNotLower.into());
    }
    Ok(())
}

/// Whether the first roles give less than the second.
pub(crate) fn is_less(facts: &Facts, left: RoleSet, held: RoleSet) -> bool {
    let (left, held) = (left.permissions(facts.own()), held.permissions(facts.own()));
    left != held && left.is_subset(held)
}

fn timebox(workspace: &Workspace) -> Stop {
    Refusal::new(RefusalCode::OwnerTimebox).with("workspace", workspace.name.as_str()).into()
}

pub(crate) fn label(facts: &Facts, command: &Command, was: &Labels, labels: &Labels) -> Judged {
    let (_, workspace, target) = target(facts, command)?;
    let labels = Labels::clean(labels.iter())?;
    if target.labels == labels {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    if target.labels != *was {
        return Err(Refusal::new(RefusalCode::Conflict).with("name", target.name.as_str()).into());
    }
    let after = Membership { labels, ..target.clone() };
    Ok(vec![member_changed(EventKind::MemberLabelled, target, after)])
}

pub(crate) fn note(facts: &Facts, command: &Command, was: &str, note: &str) -> Judged {
    let (_, workspace, target) = target(facts, command)?;
    let note = note.trim();
    if note.chars().count() > guard::LONGEST_TEXT {
        return Err(RefusalCode::BadNote.into());
    }
    if target.note == note {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    if target.note != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("name", target.name.as_str())
            .with("was", was)
            .with("now", target.note.as_str())
            .with("yours", note)
            .into());
    }
    let after = Membership { note: note.to_owned(), ..target.clone() };
    Ok(vec![member_changed(EventKind::MemberNoted, target, after)])
}

pub(crate) fn suspend(facts: &Facts, command: &Command) -> Judged {
    let (account, _, target) = target(facts, command)?;
    may_take(facts, account, target)?;
    if target.state == MemberState::Suspended {
        return Err(Stop::NoOp);
    }
    guard::reasoned(facts, command, Permission::MemberManage)?;
    let after = Membership { state: MemberState::Suspended, ..target.clone() };
    Ok(vec![member_changed(EventKind::MemberSuspended, target, after)])
}

pub(crate) fn resume(facts: &Facts, command: &Command) -> Judged {
    let (account, workspace, target) = target(facts, command)?;
    may_take(facts, account, target)?;
    // Letting back in gives the roles again, so R2 holds as well.
    guard::grantable(facts, account, target.roles)?;
    if target.state == MemberState::Active {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    let after = Membership { state: MemberState::Active, ..target.clone() };
    Ok(vec![member_changed(EventKind::MemberResumed, target, after)])
}

pub(crate) fn remove(facts: &Facts, command: &Command, now: Timestamp) -> Judged {
    let (account, _, target) = target(facts, command)?;
    may_take(facts, account, target)?;
    not_from_group(target)?;
    guard::reasoned(facts, command, Permission::MemberManage)?;
    let after = ended(target, MemberState::Removed, now, &facts.actor.login.name);
    Ok(vec![member_changed(EventKind::MemberRemoved, target, after)])
}

/// The membership after its end.
pub(crate) fn ended(
    member: &Membership,
    state: MemberState,
    at: Timestamp,
    by: &str,
) -> Membership {
    let mut after = member.clone();
    after.state = state;
    after.until = None;
    after.ended = Some(Ended { at, by: by.to_owned() });
    after
}

/// R3 and R4 for everything that takes access or gives it back.
fn may_take(facts: &Facts, account: &Account, target: &Membership) -> Result<(), Stop> {
    guard::owner_gate(facts, account, &[target.roles])?;
    guard::weaker_target(facts, account, target)
}

/// E-37: what comes from a group is changed there.
pub(crate) fn not_from_group(target: &Membership) -> Result<(), Stop> {
    match target.group {
        None => Ok(()),
        Some(_) => {
            Err(Refusal::new(RefusalCode::FromGroup).with("name", target.name.as_str()).into())
        }
    }
}
