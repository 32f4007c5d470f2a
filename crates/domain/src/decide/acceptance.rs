//! Accepting an invitation: checked a second time, against the present (R12).

use super::{Decision, Judged, Stop, due, guard, invitation::seat_left, invitation_changed};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::{created, new_member};
use crate::ids::MembershipId;
use crate::object::{
    Invitation, InvitationState, InvitationTrouble, LoginStatus, Row, Workspace, WorkspaceKind,
    WorkspaceStatus,
};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::time::Timestamp;

/// Decides whether the actor, who has shown the invitation's link, becomes a member.
pub fn decide_acceptance(facts: &Facts, membership: MembershipId, now: Timestamp) -> Decision {
    judge(facts, membership, now).into()
}

/// Decides whether the actor turns an invitation down. It can be taken back by nobody.
pub fn decide_decline(facts: &Facts, now: Timestamp) -> Decision {
    decline(facts, now).into()
}

fn decline(facts: &Facts, now: Timestamp) -> Judged {
    let (Some(_), Some(workspace), Some(invitation)) =
        (&facts.account, &facts.workspace, &facts.invitation)
    else {
        return Err(Stop::Hide);
    };
    if invitation.state == InvitationState::Declined {
        return Err(Stop::NoOp);
    }
    still_valid(facts, workspace, invitation, now)?;
    let after =
        Invitation { state: InvitationState::Declined, trouble: None, ..invitation.clone() };
    Ok(vec![invitation_changed(EventKind::InvitationDeclined, invitation, after)])
}

/// Decides whether whoever sent an invitation is told what came into its way. Only the present
/// sending counts, and only once.
pub fn decide_trouble(
    invitation: &Invitation,
    generation: u32,
    trouble: InvitationTrouble,
    now: Timestamp,
) -> Decision {
    let is_news = invitation.is_open(now)
        && invitation.generation == generation
        && invitation.trouble != Some(trouble);
    if !is_news {
        return Decision::NoOp;
    }
    let kind = match trouble {
        InvitationTrouble::MailRefused => EventKind::InvitationUndelivered,
        InvitationTrouble::NoSeat => EventKind::InvitationNoSeat,
    };
    let after = Invitation { trouble: Some(trouble), ..invitation.clone() };
    Decision::Accept(vec![invitation_changed(kind, invitation, after)])
}

fn judge(facts: &Facts, id: MembershipId, now: Timestamp) -> Judged {
    let (Some(account), Some(workspace), Some(invitation)) =
        (&facts.account, &facts.workspace, &facts.invitation)
    else {
        return Err(Stop::Hide);
    };
    still_valid(facts, workspace, invitation, now)?;
    let rules = account.rules();
    let is_owner_class = rules.is_owner_class(invitation.roles);
    guard::plan_lives(workspace)?;
    let gives = invitation.roles.permissions(facts.own());
    let known = rules.allows(invitation.roles, facts.own());
    // R12: not only what the roles give, but also giving them.
    let may_give = facts.inviter_permissions.has(Permission::MemberManage)
        && gives.is_subset(facts.inviter_permissions);
    if !known || !may_give {
        return Err(Refusal::new(RefusalCode::InviterLostRight)
            .with("inviter", invitation.inviter_name.as_str())
            .with("role", invitation.roles)
            .into());
    }
    if workspace.kind == WorkspaceKind::Personal && is_owner_class {
        return Err(Refusal::new(RefusalCode::PersonalOwner).into());
    }
    if let Some(member) = &facts.actor.membership {
        return Err(Refusal::new(RefusalCode::MemberExists)
            .with("address", member.address.as_str())
            .with("role", member.roles)
            .into());
    }
    if facts.id_used {
        return Err(Refusal::new(RefusalCode::IdUsed).into());
    }
    // E-39: a membership whose day has come is over, though nobody has written it down yet.
    let over: Vec<Event> = facts.target.iter().map(|held| due::ended(held, now)).collect();
    // The invitation's own seat becomes the member's.
    let mut facts_without_reservation = facts.clone();
    if let Known::Known(taken) = facts.seats_taken {
        let freed = if over.is_empty() { 1 } else { 2 };
        facts_without_reservation.seats_taken = Known::Known(taken.saturating_sub(freed));
    }
    seat_left(&facts_without_reservation, workspace)?;
    let member = new_member(
        id,
        workspace,
        &facts.actor.login,
        invitation.roles,
        Some(invitation.inviter_name.clone()),
        now,
    );
    let mut accepted = invitation.clone();
    accepted.state = InvitationState::Accepted;
    accepted.trouble = None;
    let joined = [
        invitation_changed(EventKind::InvitationAccepted, invitation, accepted),
        created(EventKind::MemberJoined, Row::Membership(member)),
    ];
    Ok(over.into_iter().chain(joined).collect())
}

/// Right person, right time, right place.
fn still_valid(
    facts: &Facts,
    workspace: &Workspace,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<(), Stop> {
    let login = &facts.actor.login;
    if login.status != LoginStatus::Active {
        return Err(Stop::Hide);
    }
    if !login.answers_to(&invitation.address) {
        return Err(Refusal::new(RefusalCode::WrongPerson)
            .with("inviter", invitation.inviter_name.as_str())
            .with("address", login.address.as_str())
            .into());
    }
    if invitation.state != InvitationState::Open || workspace.status != WorkspaceStatus::Active {
        return Err(Refusal::new(RefusalCode::InvitationGone).into());
    }
    if !invitation.is_open(now) {
        return Err(Refusal::new(RefusalCode::InvitationExpired)
            .with("inviter", invitation.inviter_name.as_str())
            .with("date", invitation.expires)
            .into());
    }
    Ok(())
}
