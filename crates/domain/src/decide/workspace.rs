//! Creating, renaming, deleting and leaving a workspace.

use super::{Stop, guard};
use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::Facts;
use crate::found::{clean_name, created, new_member};
use crate::ids::{MembershipId, WorkspaceId};
use crate::object::{
    Ended, LoginStatus, MemberState, Plan, Row, Workspace, WorkspaceKind, WorkspaceStatus,
};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::role::RoleSet;
use crate::scheme::SchemeId;
use crate::time::Timestamp;

pub(crate) fn judge(facts: &Facts, command: &Command, now: Timestamp) -> Result<Vec<Event>, Stop> {
    match command {
        Command::CreateWorkspace { workspace, title, plan, membership, .. } => {
            create(facts, *workspace, title, *plan, *membership, now)
        }
        Command::RenameWorkspace { was, title, .. } => rename(facts, was, title),
        Command::DeleteWorkspace { .. } => delete(facts),
        Command::LeaveWorkspace { .. } => leave(facts, now),
        _ => Err(Stop::Hide),
    }
}

fn create(
    facts: &Facts,
    id: WorkspaceId,
    title: &str,
    plan: Option<Plan>,
    membership: Option<MembershipId>,
    now: Timestamp,
) -> Result<Vec<Event>, Stop> {
    let account = facts.account.as_ref().ok_or(Stop::Hide)?;
    let actor = &facts.actor;
    if actor.login.status != LoginStatus::Active {
        return Err(Stop::Hide);
    }
    // Both schemes come down to the same check: a freelancer is the admin of their own account.
    if !actor.is_account_admin {
        return Err(Stop::Hide);
    }
    let plan = plan.ok_or_else(|| Refusal::new(RefusalCode::PlanMissing))?;
    let name = clean_name(title)?;
    if facts.id_used {
        return Err(Refusal::new(RefusalCode::IdUsed).into());
    }
    let workspace = Workspace {
        id,
        account: account.id,
        kind: WorkspaceKind::Standard,
        name,
        plan,
        status: WorkspaceStatus::Active,
        created: now,
    };
    let mut events = vec![created(EventKind::WorkspaceCreated, Row::Workspace(workspace.clone()))];
    match (membership, account.scheme) {
        (Some(id), _) => {
            let roles = RoleSet::of(&[account.rules().owner_class_role]);
            let member = new_member(id, &workspace, &actor.login, roles, None, now);
            events.push(created(EventKind::MemberJoined, Row::Membership(member)));
        }
        (None, SchemeId::Managed) => {}
        // U-14: the creator becomes owner; a command that says otherwise is malformed.
        (None, SchemeId::OwnerLed) => {
            return Err(Refusal::new(RefusalCode::FounderMissing).into());
        }
    }
    Ok(events)
}

fn rename(facts: &Facts, was: &str, title: &str) -> Result<Vec<Event>, Stop> {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceRename)?;
    let name = clean_name(title)?;
    if workspace.name == name {
        return Err(Stop::NoOp);
    }
    if workspace.name != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("was", was)
            .with("now", workspace.name.as_str())
            .with("yours", name.as_str())
            .into());
    }
    let after = Workspace { name, ..workspace.clone() };
    Ok(vec![changed(EventKind::WorkspaceRenamed, workspace, after)])
}

fn delete(facts: &Facts) -> Result<Vec<Event>, Stop> {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::WorkspaceDelete)?;
    let after = Workspace { status: WorkspaceStatus::Trashed, ..workspace.clone() };
    Ok(vec![changed(EventKind::WorkspaceDeleted, workspace, after)])
}

fn leave(facts: &Facts, now: Timestamp) -> Result<Vec<Event>, Stop> {
    guard::visible(facts)?;
    let member = facts.actor.membership.as_ref().ok_or(Stop::NoOp)?;
    let mut after = member.clone();
    after.state = MemberState::Left;
    after.ended = Some(Ended { at: now, by: facts.actor.login.name.clone() });
    Ok(vec![Event {
        kind: EventKind::MemberLeft,
        before: Some(Row::Membership(member.clone())),
        after: Row::Membership(after),
    }])
}

fn changed(kind: EventKind, before: &Workspace, after: Workspace) -> Event {
    Event { kind, before: Some(Row::Workspace(before.clone())), after: Row::Workspace(after) }
}
