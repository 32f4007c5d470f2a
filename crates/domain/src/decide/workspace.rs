//! Creating, renaming, labelling, deleting, restoring and leaving a workspace.

use super::{Judged, Stop, group, guard, member, member_changed, workspace_changed};
use crate::colour::Colour;
use crate::command::Command;
use crate::event::EventKind;
use crate::facts::{Facts, Known};
use crate::found::{created, new_member};
use crate::ids::{MembershipId, WorkspaceId};
use crate::labels::Labels;
use crate::name::clean_name;
use crate::object::{BIN_DAYS, Ended, MemberState, Row, Workspace, WorkspaceKind, WorkspaceStatus};
use crate::permission::Permission;
use crate::plan::Plan;
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;
use crate::scheme::SchemeId;
use crate::time::Timestamp;

/// The workspace that somebody wants to create.
pub(crate) struct Wanted<'a> {
    pub(crate) id: WorkspaceId,
    pub(crate) title: &'a str,
    pub(crate) plan: Option<Plan>,
    pub(crate) membership: Option<MembershipId>,
    pub(crate) labels: &'a Labels,
}

pub(crate) fn create(facts: &Facts, wanted: &Wanted<'_>, now: Timestamp) -> Judged {
    // Both schemes come down to the same check: a freelancer is the admin of their own account.
    let account = guard::administered(facts)?;
    let plan = wanted.plan.ok_or(RefusalCode::PlanMissing)?;
    let name = clean_name(wanted.title)?;
    name_free(facts)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let workspace = Workspace {
        id: wanted.id,
        account: account.id,
        kind: WorkspaceKind::Standard,
        name,
        plan,
        status: WorkspaceStatus::Active,
        created: now,
        labels: Labels::clean(wanted.labels.iter())?,
        plan_ended: None,
        trashed: None,
        offer: None,
        colour: None,
    };
    let mut events = vec![created(EventKind::WorkspaceCreated, Row::Workspace(workspace.clone()))];
    match (wanted.membership, account.scheme) {
        (Some(id), _) => {
            let roles = RoleSet::of(&[account.rules().owner_class_role]);
            let member = new_member(id, &workspace, &facts.actor.login, roles, None, now);
            events.push(created(EventKind::MemberJoined, Row::Membership(member)));
        }
        (None, SchemeId::Managed) => {}
        // U-14: the creator becomes owner; a command that says otherwise is malformed.
        (None, SchemeId::OwnerLed) => return Err(RefusalCode::FounderMissing.into()),
    }
    events.extend(group::join_new(facts, &workspace, wanted.membership.is_some(), now)?);
    Ok(events)
}

pub(crate) fn rename(facts: &Facts, was: &str, title: &str) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceRename)?;
    let name = clean_name(title)?;
    if workspace.name == name {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    if workspace.name != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("was", was)
            .with("now", workspace.name.as_str())
            .with("yours", name.as_str())
            .into());
    }
    name_free(facts)?;
    let after = Workspace { name, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::WorkspaceRenamed, workspace, after)])
}

/// E-17: the name of a workspace in the bin stays its own.
fn name_free(facts: &Facts) -> Result<(), Stop> {
    match facts.name_in_bin {
        // A copy may not hold the bin; then the server says so.
        Known::Known(None) | Known::Unknown => Ok(()),
        Known::Known(Some(since)) => Err(Refusal::new(RefusalCode::NameReserved)
            .with("date", since.plus_days(BIN_DAYS))
            .into()),
    }
}

pub(crate) fn label(facts: &Facts, was: &Labels, labels: &Labels) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceSettings)?;
    let labels = Labels::clean(labels.iter())?;
    if workspace.labels == labels {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    if workspace.labels != *was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("name", workspace.name.as_str())
            .into());
    }
    let after = Workspace { labels, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::WorkspaceLabelled, workspace, after)])
}

/// The last who chose a colour has chosen it: nothing is lost by it, so it has no conflicts.
pub(crate) fn paint(facts: &Facts, colour: Option<Colour>) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceSettings)?;
    if workspace.colour == colour {
        return Err(Stop::NoOp);
    }
    guard::plan_lives(workspace)?;
    let after = Workspace { colour, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::WorkspaceColoured, workspace, after)])
}

pub(crate) fn delete(facts: &Facts, command: &Command, now: Timestamp) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceDelete)?;
    guard::reasoned(facts, command, Permission::WorkspaceDelete)?;
    let after = Workspace {
        status: WorkspaceStatus::Trashed,
        trashed: Some(Ended { at: now, by: facts.actor.login.name.clone() }),
        offer: None,
        ..workspace.clone()
    };
    Ok(vec![workspace_changed(EventKind::WorkspaceDeleted, workspace, after)])
}

/// E-17: whoever could delete it can take it out of the bin again.
pub(crate) fn restore(facts: &Facts, now: Timestamp) -> Judged {
    let (Some(account), Some(workspace)) = (&facts.account, &facts.workspace) else {
        return Err(guard::missing(facts));
    };
    let held = facts.actor.effective(account.rules().account_admin_reach);
    if !guard::is_active(facts) || !held.has(Permission::WorkspaceDelete) {
        // A copy lets go of the membership when the workspace goes into the bin.
        return Err(guard::missing(facts));
    }
    match workspace.status {
        WorkspaceStatus::Active => return Err(Stop::NoOp),
        WorkspaceStatus::Erased => return Err(Stop::Hide),
        WorkspaceStatus::Trashed => {}
    }
    let over = workspace.trashed.as_ref().is_some_and(|it| it.at.plus_days(BIN_DAYS) <= now);
    if over {
        return Err(Stop::Hide);
    }
    let after = Workspace { status: WorkspaceStatus::Active, trashed: None, ..workspace.clone() };
    let mut events =
        vec![workspace_changed(EventKind::WorkspaceRestored, workspace, after.clone())];
    events.extend(group::arrive(facts, now)?);
    Ok(events)
}

pub(crate) fn leave(facts: &Facts, now: Timestamp) -> Judged {
    guard::visible(facts)?;
    let held = facts.actor.membership.as_ref().ok_or(Stop::NoOp)?;
    member::not_from_group(held)?;
    let after = member::ended(held, MemberState::Left, now, &facts.actor.login.name);
    Ok(vec![member_changed(EventKind::MemberLeft, held, after)])
}
