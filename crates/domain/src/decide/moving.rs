//! Workspaces that change their account: by offer and acceptance (E-59), and after their
//! owner (E-65).

use super::account::changed;
use super::{Judged, Stop, group, guard, member_changed, workspace_changed};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::object::{
    Account, MemberState, Membership, Offer, Parted, Row, Workspace, WorkspaceKind, WorkspaceStatus,
};
use crate::permission::Permission;
use crate::refusal::{Refusal, RefusalCode};
use crate::scheme::AdminReach;
use crate::time::Timestamp;

/// The first half: the present account offers.
pub(crate) fn offer(facts: &Facts, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    let workspace = active(facts)?;
    if workspace.kind == WorkspaceKind::Personal {
        return Err(RefusalCode::PersonalTransfer.into());
    }
    // U-61: where admins have no reach, only an owner gives the workspace away.
    if account.rules().account_admin_reach == AdminReach::None {
        guard::visible(facts)?;
        guard::require(facts, Permission::OwnerAssign)?;
    }
    let Some(to) = &facts.other_account else {
        return Err(if facts.is_complete { RefusalCode::NotOffered.into() } else { Stop::Unknown });
    };
    if to.id == account.id || to.scheme != account.scheme {
        return Err(RefusalCode::MoveScheme.into());
    }
    not_the_last(facts, account, workspace)?;
    let offer = Offer {
        to: to.id,
        from: account.name.clone(),
        by: facts.actor.login.name.clone(),
        at: now,
    };
    if workspace.offer.as_ref().is_some_and(|held| held.to == offer.to) {
        return Err(Stop::NoOp);
    }
    let after = Workspace { offer: Some(offer), ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::WorkspaceOffered, workspace, after)])
}

/// Either side ends it.
pub(crate) fn end_offer(facts: &Facts) -> Judged {
    let workspace = active(facts)?;
    // V-44: of a deleted account nothing changes any more.
    if facts.account.is_none() {
        return Err(guard::missing(facts));
    }
    let involved =
        facts.actor.is_account_admin || facts.other_account.is_some() && facts.is_admin_there;
    if !involved || !guard::is_active(facts) {
        return Err(Stop::Hide);
    }
    if workspace.offer.is_none() {
        return Err(Stop::NoOp);
    }
    let after = Workspace { offer: None, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::OfferEnded, workspace, after)])
}

/// The second half: the other account takes it.
pub(crate) fn accept(facts: &Facts, now: Timestamp) -> Judged {
    let workspace = active(facts)?;
    let (Some(from), Some(to)) = (&facts.account, &facts.other_account) else {
        return Err(guard::missing(facts));
    };
    if !facts.is_admin_there || !guard::is_active(facts) {
        return Err(Stop::Hide);
    }
    if workspace.offer.as_ref().is_none_or(|offer| offer.to != to.id) {
        return Err(RefusalCode::NotOffered.into());
    }
    if to.scheme != from.scheme {
        return Err(RefusalCode::MoveScheme.into());
    }
    // U-62: in this scheme owners bill, so the account that pays is an owner's.
    let rules = from.rules();
    let is_owner =
        facts.actor.membership.as_ref().is_some_and(|held| {
            held.state == MemberState::Active && rules.is_owner_class(held.roles)
        });
    if rules.account_admin_reach == AdminReach::None && !is_owner {
        return Err(RefusalCode::OwnerOnly.into());
    }
    not_the_last(facts, from, workspace)?;
    let Known::Known(members) = facts.members.as_ref() else { return Err(Stop::Unknown) };
    let mut events = moved(workspace, from, to, now);
    events.extend(members.iter().filter(|it| it.group.is_some()).map(ungrouped));
    events.extend(group::arrive(facts, now)?);
    Ok(events)
}

/// The workspace that the command names, if it is in use.
fn active(facts: &Facts) -> Result<&Workspace, Stop> {
    let active = facts.workspace.as_ref().filter(|it| it.status == WorkspaceStatus::Active);
    active.ok_or_else(|| guard::missing(facts))
}

/// R7: an account keeps a workspace.
fn not_the_last(facts: &Facts, account: &Account, workspace: &Workspace) -> Result<(), Stop> {
    match facts.other_workspaces {
        Known::Known(0) => Err(Refusal::new(RefusalCode::LastWorkspace)
            .with("workspace", workspace.name.as_str())
            .with("account", account.name.as_str())
            .into()),
        Known::Known(_) => Ok(()),
        Known::Unknown => Err(Stop::Unknown),
    }
}

/// The events of a workspace that another account holds from now on: one in its own history,
/// which goes with it, and one in that of the account that it leaves (E-59).
pub(crate) fn moved(
    workspace: &Workspace,
    from: &Account,
    to: &Account,
    now: Timestamp,
) -> Vec<Event> {
    let parted = Parted {
        workspace: workspace.id,
        name: workspace.name.clone(),
        to: to.id,
        to_name: to.name.clone(),
        at: now,
    };
    let after = Account { parted: Some(parted), ..from.clone() };
    vec![taken(workspace, to), changed(EventKind::WorkspaceParted, from, after)]
}

/// The half of it in the workspace's own history.
pub(crate) fn taken(workspace: &Workspace, to: &Account) -> Event {
    let after = Workspace { account: to.id, offer: None, ..workspace.clone() };
    workspace_changed(EventKind::WorkspaceMoved, workspace, after)
}

/// A membership that came from a group of the old account stands for itself from now on.
pub(crate) fn ungrouped(member: &Membership) -> Event {
    let after = Membership { group: None, ..member.clone() };
    member_changed(EventKind::MemberGrouped, member, after)
}

/// E-65: when the person whose account holds the workspace stops being its owner, the
/// workspace follows the longest-standing other owner in the same change.
pub(crate) fn follow_owner(
    facts: &Facts,
    events: &mut Vec<Event>,
    now: Timestamp,
) -> Result<(), Stop> {
    let (Some(account), Some(workspace), Some(target)) =
        (&facts.account, &facts.workspace, &facts.target)
    else {
        return Ok(());
    };
    let rules = account.rules();
    let stepped_down = events.iter().any(|event| match &event.after {
        Row::Membership(after) => {
            // A suspended owner is still one, though not one that counts for the floor.
            let stays = after.state.is_present() && rules.is_owner_class(after.roles);
            after.id == target.id && rules.is_owner_class(target.roles) && !stays
        }
        _ => false,
    });
    if !stepped_down || rules.account_admin_reach == AdminReach::All {
        return Ok(());
    }
    match facts.target_is_account_admin {
        Known::Known(false) => return Ok(()),
        Known::Known(true) => {}
        Known::Unknown => return Err(Stop::Unknown),
    }
    match facts.heir.as_ref() {
        Known::Known(Some(heir)) if heir.id == account.id => Ok(()),
        Known::Known(Some(heir)) => {
            not_the_last(facts, account, workspace)?;
            events.extend(moved(workspace, account, heir, now));
            Ok(())
        }
        Known::Known(None) => Err(Refusal::new(RefusalCode::OwnerHasNoAccount)
            .with("workspace", workspace.name.as_str())
            .into()),
        Known::Unknown => Err(Stop::Unknown),
    }
}
