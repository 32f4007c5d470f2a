//! Inviting, sending again, changing, confirming and cancelling
//! (R2, R4, R8, R12, E-22, E-23, E-27, E-28).

use super::{Judged, Stop, guard, invitation_changed};
use crate::address::Address;
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::InvitationId;
use crate::name::clean_name;
use crate::object::{Account, Invitation, InvitationState, Row, Workspace, WorkspaceKind};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;
use crate::time::Timestamp;

/// The invitation that somebody wants to send.
pub(crate) struct Wanted<'a> {
    pub(crate) id: InvitationId,
    pub(crate) address: &'a Address,
    pub(crate) person: Option<&'a str>,
    pub(crate) roles: RoleSet,
    pub(crate) message: Option<&'a str>,
}

fn inviting(facts: &Facts) -> Result<(&Account, &Workspace), Stop> {
    let (account, workspace) = guard::visible(facts)?;
    if facts.permissions().has(Permission::MemberManage) {
        Ok((account, workspace))
    } else {
        Err(RefusalCode::MayNotInvite.into())
    }
}

pub(crate) fn create(facts: &Facts, wanted: &Wanted<'_>, now: Timestamp) -> Judged {
    let (account, workspace) = inviting(facts)?;
    may_give(facts, account, workspace, wanted.roles)?;
    guard::plan_lives(workspace)?;
    nobody_there(facts)?;
    seat_left(facts, workspace)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let message = wanted.message.map(str::trim).filter(|text| !text.is_empty());
    if message.is_some_and(|text| text.chars().count() > guard::LONGEST_TEXT) {
        return Err(RefusalCode::BadMessage.into());
    }
    let invitation = Invitation {
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
        message: message.map(str::to_owned),
        trouble: None,
    };
    Ok(vec![created(EventKind::InvitationSent, Row::Invitation(invitation))])
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
        return Err(RefusalCode::PersonalOwner.into());
    }
    Ok(())
}

fn nobody_there(facts: &Facts) -> Result<(), Stop> {
    not_a_member(facts)?;
    not_invited(facts)
}

/// E-23: one open invitation for each address.
fn not_invited(facts: &Facts) -> Result<(), Stop> {
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

/// E-22: nobody is in a workspace twice.
pub(crate) fn not_a_member(facts: &Facts) -> Result<(), Stop> {
    match &facts.invited_member {
        Known::Known(None) => Ok(()),
        Known::Known(Some(member)) => Err(Refusal::new(RefusalCode::MemberExists)
            .with("address", member.address.as_str())
            .with("role", member.roles)
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

/// E-23, R12: a new link, also for one that was turned down or has expired.
pub(crate) fn resend(facts: &Facts, now: Timestamp) -> Judged {
    let (account, workspace) = inviting(facts)?;
    let invitation = not_over(facts)?;
    may_give(facts, account, workspace, invitation.roles)?;
    guard::plan_lives(workspace)?;
    // E-22, E-23: what was free when it expired may be taken since.
    not_a_member(facts)?;
    if !invitation.is_open(now) {
        not_invited(facts)?;
        // An expired invitation reserves no seat any more (E-28).
        seat_left(facts, workspace)?;
    }
    let mut after = vouched(facts, invitation);
    after.state = InvitationState::Open;
    after.trouble = None;
    after.sent = now;
    after.expires = now.plus_days(account.invitation_days.into());
    after.generation = invitation.generation.saturating_add(1);
    Ok(vec![invitation_changed(EventKind::InvitationResent, invitation, after)])
}

/// E-23: other roles under the same link.
pub(crate) fn set_roles(facts: &Facts, roles: RoleSet) -> Judged {
    let (account, workspace) = inviting(facts)?;
    let invitation = still_open(facts)?;
    guard::owner_gate(facts, account, &[invitation.roles])?;
    may_give(facts, account, workspace, roles)?;
    guard::plan_lives(workspace)?;
    if invitation.roles == roles {
        return Err(Stop::NoOp);
    }
    let after = Invitation { roles, ..vouched(facts, invitation) };
    Ok(vec![invitation_changed(EventKind::InvitationRolesChanged, invitation, after)])
}

/// E-27: somebody who can give the roles stands in for the inviter. The link stays.
pub(crate) fn confirm(facts: &Facts, now: Timestamp) -> Judged {
    let (account, workspace) = inviting(facts)?;
    let invitation = still_open(facts)?;
    may_give(facts, account, workspace, invitation.roles)?;
    guard::plan_lives(workspace)?;
    if !invitation.is_open(now) {
        return Err(Refusal::new(RefusalCode::InvitationExpired)
            .with("inviter", invitation.inviter_name.as_str())
            .with("date", invitation.expires)
            .into());
    }
    if invitation.inviter == facts.actor.login.id {
        return Err(Stop::NoOp);
    }
    let after = vouched(facts, invitation);
    Ok(vec![invitation_changed(EventKind::InvitationConfirmed, invitation, after)])
}

/// The invitation with the actor as the one who must be able to grant its roles (R12).
fn vouched(facts: &Facts, invitation: &Invitation) -> Invitation {
    Invitation {
        inviter: facts.actor.login.id,
        inviter_name: facts.actor.login.name.clone(),
        ..invitation.clone()
    }
}

pub(crate) fn revoke(facts: &Facts) -> Judged {
    let (account, _) = inviting(facts)?;
    let invitation = facts.invitation.as_ref().ok_or(Stop::Hide)?;
    if invitation.state == InvitationState::Revoked {
        return Err(Stop::NoOp);
    }
    // One that was turned down is only taken off the list.
    let invitation = not_over(facts)?;
    guard::owner_gate(facts, account, &[invitation.roles])?;
    Ok(vec![revoked(invitation)])
}

/// The event of an invitation that opens no door any more.
pub(crate) fn revoked(invitation: &Invitation) -> Event {
    let after = Invitation { state: InvitationState::Revoked, ..invitation.clone() };
    invitation_changed(EventKind::InvitationRevoked, invitation, after)
}

/// Open, expired or turned down: whoever invited has still something to do with it.
fn not_over(facts: &Facts) -> Result<&Invitation, Stop> {
    let invitation = facts.invitation.as_ref().ok_or(Stop::Hide)?;
    match invitation.state {
        InvitationState::Open | InvitationState::Declined => Ok(invitation),
        InvitationState::Accepted | InvitationState::Revoked => {
            Err(RefusalCode::InvitationGone.into())
        }
    }
}

fn still_open(facts: &Facts) -> Result<&Invitation, Stop> {
    let invitation = facts.invitation.as_ref().ok_or(Stop::Hide)?;
    match invitation.state {
        InvitationState::Open => Ok(invitation),
        InvitationState::Accepted | InvitationState::Revoked | InvitationState::Declined => {
            Err(RefusalCode::InvitationGone.into())
        }
    }
}
