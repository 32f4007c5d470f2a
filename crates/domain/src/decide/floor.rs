//! What every accepted change leaves standing: the owner floor (R6), the account floor (R7)
//! and the personal lock (R8). One check for every door (E-1, E-2).

use super::Stop;
use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::object::{
    Account, MemberState, Membership, Row, Workspace, WorkspaceKind, WorkspaceStatus,
};
use crate::refusal::{Refusal, RefusalCode};

/// Refuses events that would break a floor.
pub(crate) fn check(facts: &Facts, command: &Command, events: &[Event]) -> Result<(), Stop> {
    events.iter().try_for_each(|event| match (&event.before, &event.after) {
        (Some(Row::Membership(before)), Row::Membership(after)) => {
            member_floor(facts, command, before, after)
        }
        (Some(Row::Workspace(before)), Row::Workspace(after)) => {
            workspace_floor(facts, before, after)
        }
        (None, Row::Membership(after)) if event.kind == EventKind::MemberJoined => {
            personal_lock(facts, after)
        }
        _ => Ok(()),
    })
}

/// Whether the membership counts for the owner floor, as far as the row itself tells.
fn counts(account: &Account, membership: &Membership) -> bool {
    membership.state == MemberState::Active
        && membership.until.is_none()
        && account.rules().is_owner_class(membership.roles)
}

fn member_floor(
    facts: &Facts,
    command: &Command,
    before: &Membership,
    after: &Membership,
) -> Result<(), Stop> {
    let (Some(account), Some(workspace)) = (&facts.account, &facts.workspace) else {
        // Account-wide commands check each workspace for themselves.
        return Ok(());
    };
    if !account.rules().is_owner_class(before.roles) {
        // Also while suspended: who is let back in must not be a second owner.
        personal_lock(facts, after)?;
    }
    if !counts(account, before) || counts(account, after) {
        return Ok(());
    }
    if workspace.kind == WorkspaceKind::Personal {
        return Err(personal_refusal(command).into());
    }
    let floor = account.rules().owner_floor;
    match facts.other_owners {
        // Nobody need ask who else there is where there need be nobody (E-3).
        _ if floor == 0 => Ok(()),
        Known::Known(others) if others >= floor => Ok(()),
        Known::Known(_) => Err(last_owner(facts, command, workspace, before).into()),
        Known::Unknown => Err(Stop::Unknown),
    }
}

fn personal_refusal(command: &Command) -> Refusal {
    let code = match command {
        Command::LeaveWorkspace { .. } => RefusalCode::PersonalLeave,
        _ => RefusalCode::PersonalOwner,
    };
    Refusal::new(code)
}

fn last_owner(
    facts: &Facts,
    command: &Command,
    workspace: &Workspace,
    target: &Membership,
) -> Refusal {
    let is_self = target.login == facts.actor.login.id;
    if let Known::Known(invited) = &facts.invitations
        && let Some(invitation) = invited.first()
    {
        // E-4: the other owner has not joined, so there would be none.
        let name = invitation.name.as_deref().unwrap_or(invitation.address.as_str());
        return Refusal::new(RefusalCode::PendingOwner)
            .with("name", name)
            .with("workspace", workspace.name.as_str());
    }
    let code = match command {
        Command::SetMemberRoles { .. } if is_self => RefusalCode::LastOwnerStepDown,
        Command::SetMemberRoles { .. } => RefusalCode::LastOwnerDemote,
        Command::SuspendMember { .. } => RefusalCode::LastOwnerSuspend,
        Command::LeaveWorkspace { .. } => RefusalCode::LastOwnerLeave,
        _ if is_self => RefusalCode::LastOwnerLeave,
        _ => RefusalCode::LastOwnerRemove,
    };
    Refusal::new(code).with("name", target.name.as_str()).with("workspace", workspace.name.as_str())
}

/// R8: a personal workspace takes nobody else into its owner class (E-21).
fn personal_lock(facts: &Facts, after: &Membership) -> Result<(), Stop> {
    let (Some(account), Some(workspace)) = (&facts.account, &facts.workspace) else {
        return Ok(());
    };
    if workspace.kind == WorkspaceKind::Personal && account.rules().is_owner_class(after.roles) {
        Err(Refusal::new(RefusalCode::PersonalOwner).into())
    } else {
        Ok(())
    }
}

fn workspace_floor(facts: &Facts, before: &Workspace, after: &Workspace) -> Result<(), Stop> {
    if after.status != WorkspaceStatus::Trashed || after.status == before.status {
        return Ok(());
    }
    if before.kind == WorkspaceKind::Personal {
        return Err(Refusal::new(RefusalCode::PersonalDelete).into());
    }
    let account = facts.account.as_ref().map_or("", |account| account.name.as_str());
    match facts.other_workspaces {
        Known::Known(0) => Err(Refusal::new(RefusalCode::LastWorkspace)
            .with("workspace", before.name.as_str())
            .with("account", account)
            .into()),
        Known::Known(_) => Ok(()),
        Known::Unknown => Err(Stop::Unknown),
    }
}
