//! Inviting, sending again and cancelling (R2, R4, R8, R12, E-22, E-23, E-28).

use super::{Stop, guard};
use crate::address::Address;
use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::{clean_name, created};
use crate::ids::InvitationId;
use crate::object::{Account, Invitation, InvitationState, Row, Workspace, WorkspaceKind};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::role::RoleSet;
use crate::time::Timestamp;

pub(crate) fn judge(facts: &Facts, command: &Command, now: Timestamp) -> Result<Vec<Event>, Stop> {
    let (account, workspace) = guard::visible(facts)?;
    if !facts.permissions().has(Permission::MemberManage) {
        return Err(Refusal::new(RefusalCode::MayNotInvite).into());
    }
    match command {
        Command::CreateInvitation { invitation, address, person, roles, .. } => {
            may_give(facts, account, workspace, *roles)?;
            nobody_there(facts)?;
            seat_left(facts, workspace)?;
            if facts.id_used {
                return Err(Refusal::new(RefusalCode::IdUsed).into());
            }
            let wanted =
                Wanted { id: *invitation, address, person: person.as_deref(), roles: *roles };
            Ok(vec![created(
                EventKind::InvitationSent,
                invite(facts, account, workspace, wanted, now)?,
            )])
        }
        Command::ResendInvitation { .. } => resend(facts, account, workspace, now),
        Command::RevokeInvitation { .. } => revoke(facts, account),
        _ => Err(Stop::Hide),
    }
}

struct Wanted<'a> {
    id: InvitationId,
    address: &'a Address,
    person: Option<&'a str>,
    roles: RoleSet,
}

fn invite(
    facts: &Facts,
    account: &Account,
    workspace: &Workspace,
    wanted: Wanted<'_>,
    now: Timestamp,
) -> Result<Row, Stop> {
    Ok(Row::Invitation(Invitation {
        id: wanted.id,
        workspace: workspace.id,
        address: wanted.address.clone(),
        name: wanted.person.map(clean_name).transpose()?,
        roles: wanted.roles,
        inviter: facts.actor.login.id,
        inviter_name: facts.actor.login.name.clone(),
        sent: now,
        expires: now.plus_days(account.invitation_days.into()),
        generation: 1,
        state: InvitationState::Open,
    }))
}

fn may_give(
    facts: &Facts,
    account: &Account,
    workspace: &Workspace,
    roles: RoleSet,
) -> Result<(), Stop> {
    guard::owner_gate(facts, account, &[roles])?;
    guard::grantable(facts, account, roles)?;
    if workspace.kind == WorkspaceKind::Personal && account.rules().is_owner_class(roles) {
        return Err(Refusal::new(RefusalCode::PersonalOwner).into());
    }
    Ok(())
}

fn nobody_there(facts: &Facts) -> Result<(), Stop> {
    match &facts.invited_member {
        Known::Known(None) => {}
        Known::Known(Some(member)) => {
            return Err(Refusal::new(RefusalCode::MemberExists)
                .with("address", member.address.as_str())
                .with("role", member.roles)
                .into());
        }
        Known::Unknown => return Err(Stop::Unknown),
    }
    match &facts.invited_already {
        Known::Known(None) => Ok(()),
        Known::Known(Some(invitation)) => Err(Refusal::new(RefusalCode::InvitationExists)
            .with("address", invitation.address.as_str())
            .with("role", invitation.roles)
            .with("when", invitation.sent)
            .into()),
        Known::Unknown => Err(Stop::Unknown),
    }
}

/// E-28: a seat for one more person.
pub(crate) fn seat_left(facts: &Facts, workspace: &Workspace) -> Result<(), Stop> {
    match (workspace.plan.seats(), facts.seats_taken) {
        (None, _) => Ok(()),
        (Some(seats), Known::Known(taken)) if taken < seats => Ok(()),
        (Some(_), Known::Known(_)) => {
            Err(Refusal::new(RefusalCode::NoSeat).with("workspace", workspace.name.as_str()).into())
        }
        (Some(_), Known::Unknown) => Err(Stop::Unknown),
    }
}

fn resend(
    facts: &Facts,
    account: &Account,
    workspace: &Workspace,
    now: Timestamp,
) -> Result<Vec<Event>, Stop> {
    let invitation = still_open(facts)?;
    may_give(facts, account, workspace, invitation.roles)?;
    if !invitation.is_open(now) {
        // An expired invitation reserves no seat any more (E-28).
        seat_left(facts, workspace)?;
    }
    let mut after = invitation.clone();
    after.inviter = facts.actor.login.id;
    after.inviter_name = facts.actor.login.name.clone();
    after.sent = now;
    after.expires = now.plus_days(account.invitation_days.into());
    after.generation = invitation.generation.saturating_add(1);
    Ok(vec![changed(EventKind::InvitationResent, invitation, after)])
}

fn revoke(facts: &Facts, account: &Account) -> Result<Vec<Event>, Stop> {
    let invitation = facts.invitation.as_ref().ok_or(Stop::Hide)?;
    if invitation.state == InvitationState::Revoked {
        return Err(Stop::NoOp);
    }
    let invitation = still_open(facts)?;
    guard::owner_gate(facts, account, &[invitation.roles])?;
    let mut after = invitation.clone();
    after.state = InvitationState::Revoked;
    Ok(vec![changed(EventKind::InvitationRevoked, invitation, after)])
}

fn still_open(facts: &Facts) -> Result<&Invitation, Stop> {
    let invitation = facts.invitation.as_ref().ok_or(Stop::Hide)?;
    match invitation.state {
        InvitationState::Open => Ok(invitation),
        InvitationState::Accepted | InvitationState::Revoked => {
            Err(Refusal::new(RefusalCode::InvitationGone).into())
        }
    }
}

fn changed(kind: EventKind, before: &Invitation, after: Invitation) -> Event {
    Event { kind, before: Some(Row::Invitation(before.clone())), after: Row::Invitation(after) }
}
