//! People who are in the account already: added to a workspace without an invitation (C-13).
//!
//! Only Account Admins with reach may, because only they may know who is in the account's
//! other workspaces (C-2, V-23).

use super::{Judged, Stop, guard, invitation};
use crate::event::EventKind;
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::MembershipId;
use crate::object::{Account, Login, LoginStatus, MemberState, Membership, Row};
use crate::refusal::RefusalCode;
use crate::role_set::RoleSet;
use crate::scheme::AdminReach;
use crate::time::Timestamp;

pub(crate) fn add(facts: &Facts, id: MembershipId, roles: RoleSet, now: Timestamp) -> Judged {
    let (account, workspace) = guard::visible(facts)?;
    has_reach(facts, account)?;
    let person = known(facts)?;
    guard::grantable(facts, account, roles)?;
    guard::plan_lives(workspace)?;
    invitation::not_a_member(facts)?;
    // E-28: a person counts once, so the seat of an invitation becomes the member's.
    let invited = match &facts.invited_already {
        Known::Known(Some(open)) => vec![invitation::revoked(open)],
        Known::Known(None) | Known::Unknown => Vec::new(),
    };
    if invited.is_empty() {
        invitation::seat_left(facts, workspace)?;
    }
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let member = Membership {
        id,
        workspace: workspace.id,
        roles,
        state: MemberState::Active,
        until: None,
        given_by: Some(facts.actor.login.name.clone()),
        given_at: Some(now),
        labels: Default::default(),
        note: String::new(),
        group: None,
        joined: now,
        ended: None,
        ..person.clone()
    };
    let joined = created(EventKind::MemberJoined, Row::Membership(member));
    Ok(invited.into_iter().chain([joined]).collect())
}

fn has_reach(facts: &Facts, account: &Account) -> Result<(), Stop> {
    match account.rules().account_admin_reach {
        AdminReach::All if facts.actor.is_account_admin => Ok(()),
        AdminReach::All | AdminReach::None => Err(Stop::Hide),
    }
}

/// The person that the command names by a membership of theirs, if their sign-in is in use.
pub(crate) fn known(facts: &Facts) -> Result<&Membership, Stop> {
    let in_use = |login: &Option<Login>| {
        // A copy does not hold the sign-ins of others; then the server looks.
        login.as_ref().is_none_or(|login| login.status == LoginStatus::Active)
    };
    match &facts.person {
        Some((member, login)) if in_use(login) => Ok(member),
        Some(_) | None => Err(RefusalCode::NotInAccount.into()),
    }
}
