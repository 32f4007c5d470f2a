//! Leaving an account and deleting it (V-39..45, V-50, E-12..16).

use super::account::{admin_removed, another_admin, changed, reaches};
use super::invitation::revoked;
use super::{Judged, Stop, guard, member, member_changed, moving};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known, Place};
use crate::object::{
    Account, AccountStatus, Deletion, Group, MemberState, Membership, Row, WorkspaceKind,
    WorkspaceStatus,
};
use crate::refusal::{Refusal, RefusalCode};
use crate::time::Timestamp;

/// E-13: one change ends everything that the person has in the account.
pub(crate) fn leave(facts: &Facts, now: Timestamp) -> Judged {
    let account = facts.account.as_ref().filter(|_| guard::is_active(facts)).ok_or(Stop::Hide)?;
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let mut events = adminship(facts, account)?;
    let Known::Known(groups) = facts.groups.as_ref() else { return Err(Stop::Unknown) };
    events.extend(groups.iter().filter_map(|group| without(group, facts)));
    // Each workspace that goes is told in the account's history over what was told before.
    let mut account_now = account.clone();
    for place in places {
        for event in membership(facts, &account_now, place, now)? {
            if let Row::Account(after) = &event.after {
                account_now = after.clone();
            }
            events.push(event);
        }
        events.extend(place.invitations.iter().map(revoked));
    }
    // E-65, R7: what follows its other owners must not be all that the account has.
    let moves = events.iter().any(|event| event.kind == EventKind::WorkspaceMoved);
    if moves && facts.other_workspaces == Known::Known(0) {
        return Err(Refusal::new(RefusalCode::LastWorkspace)
            .with("account", account.name.as_str())
            .into());
    }
    if events.is_empty() { Err(Stop::Hide) } else { Ok(events) }
}

fn adminship(facts: &Facts, account: &Account) -> Judged {
    if !facts.actor.is_account_admin {
        return Ok(Vec::new());
    }
    let Known::Known(admins) = facts.admins.as_ref() else { return Err(Stop::Unknown) };
    let own = admins.iter().find(|admin| admin.login == facts.actor.login.id);
    let own = own.ok_or(Stop::Unknown)?;
    another_admin(facts, account, admins, own)?;
    Ok(vec![admin_removed(own)])
}

fn without(group: &Group, facts: &Facts) -> Option<Event> {
    let login = facts.actor.login.id;
    let mut after = group.clone();
    after.people.retain(|person| person.login != login);
    (after.people.len() < group.people.len()).then(|| Event {
        kind: EventKind::GroupChanged,
        before: Some(Row::Group(group.clone())),
        after: Row::Group(after),
    })
}

fn membership(facts: &Facts, account: &Account, place: &Place, now: Timestamp) -> Judged {
    let mut events = Vec::new();
    for held in &place.members {
        if !held.state.is_present() {
            continue;
        }
        if counts(account, held) && place.workspace.status == WorkspaceStatus::Active {
            if place.other_owners < account.rules().owner_floor {
                return Err(blocked(RefusalCode::LastOwnerLeave, place));
            }
            events.extend(followed(facts, account, place, now)?);
        }
        let after = member::ended(held, MemberState::Left, now, &facts.actor.login.name);
        events.push(member_changed(EventKind::MemberLeft, held, after));
    }
    Ok(events)
}

/// E-65: the workspace follows its other owners when the person whose account holds it goes.
fn followed(facts: &Facts, account: &Account, place: &Place, now: Timestamp) -> Judged {
    if reaches(account) || !facts.actor.is_account_admin {
        return Ok(Vec::new());
    }
    match &place.heir {
        Some(heir) if heir.id == account.id => Ok(Vec::new()),
        Some(heir) => Ok(moving::moved(&place.workspace, account, heir, now)),
        None => Err(blocked(RefusalCode::OwnerHasNoAccount, place)),
    }
}

fn counts(account: &Account, member: &Membership) -> bool {
    member.state == MemberState::Active && account.rules().is_owner_class(member.roles)
}

/// V-42..44: at once and for ever.
pub(crate) fn delete(facts: &Facts, title: &str, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    typed(account, title)?;
    if account.needs_second_admin(now) {
        // E-14: what another admin asked for, or agreed to, is the yes of two.
        let asked = account.deletion.as_ref();
        let by_two = asked.is_some_and(|it| it.confirmed || !is_mine(facts, it));
        if !by_two {
            return Err(second_admin(account));
        }
    }
    deletion(facts, account)
}

fn is_mine(facts: &Facts, deletion: &Deletion) -> bool {
    deletion.login == Some(facts.actor.login.id)
}

fn second_admin(account: &Account) -> Stop {
    Refusal::new(RefusalCode::SecondAdmin).with("account", account.name.as_str()).into()
}

/// The events of a deletion whose time has come.
pub(crate) fn deletion(facts: &Facts, account: &Account) -> Judged {
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let mut events = Vec::new();
    if !reaches(account) {
        for place in places {
            events.extend(handed_on(place)?);
        }
    }
    let after = Account { status: AccountStatus::Deleted, deletion: None, ..account.clone() };
    events.push(changed(EventKind::AccountDeleted, account, after));
    Ok(events)
}

/// E-15: a workspace with another owner moves to theirs; one with other people but no other
/// owner is in the way; the rest goes with the account, the personal one too (C-12).
fn handed_on(place: &Place) -> Result<Option<Event>, Stop> {
    let workspace = &place.workspace;
    if workspace.status != WorkspaceStatus::Active || workspace.kind == WorkspaceKind::Personal {
        return Ok(None);
    }
    if place.other_owners > 0 {
        let heir = place.heir.as_ref();
        let heir = heir.ok_or_else(|| blocked(RefusalCode::OwnerHasNoAccount, place))?;
        // The account's own history ends with it.
        return Ok(Some(moving::taken(workspace, heir)));
    }
    if place.other_people > 0 {
        return Err(blocked(RefusalCode::SoleOwner, place));
    }
    Ok(None)
}

fn blocked(code: RefusalCode, place: &Place) -> Stop {
    Refusal::new(code).with("workspace", place.workspace.name.as_str()).into()
}

/// V-50: a deliberate act.
fn typed(account: &Account, title: &str) -> Result<(), Stop> {
    if title.trim() == account.name {
        Ok(())
    } else {
        Err(Refusal::new(RefusalCode::NameMistyped).with("account", account.name.as_str()).into())
    }
}

/// E-16: on a later day, until which it can be withdrawn.
pub(crate) fn schedule(facts: &Facts, title: &str, days: u16, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    typed(account, title)?;
    if !(1..=14).contains(&days) {
        return Err(RefusalCode::BadDelay.into());
    }
    if let Some(set) = &account.deletion {
        return Err(Refusal::new(RefusalCode::DeletionSet).with("date", set.at).into());
    }
    let deletion = Deletion {
        at: now.plus_days(days.into()),
        by: facts.actor.login.name.clone(),
        login: Some(facts.actor.login.id),
        confirmed: false,
    };
    let after = Account { deletion: Some(deletion), ..account.clone() };
    Ok(vec![changed(EventKind::DeletionScheduled, account, after)])
}

/// E-14: the second Account Admin's yes.
pub(crate) fn confirm(facts: &Facts, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    let Some(asked) = &account.deletion else {
        let gone = Refusal::new(RefusalCode::DeletionGone);
        return Err(gone.with("account", account.name.as_str()).into());
    };
    if asked.confirmed || !account.needs_second_admin(now) {
        return Err(Stop::NoOp);
    }
    if is_mine(facts, asked) {
        return Err(second_admin(account));
    }
    let deletion = Deletion { confirmed: true, ..asked.clone() };
    let after = Account { deletion: Some(deletion), ..account.clone() };
    Ok(vec![changed(EventKind::DeletionConfirmed, account, after)])
}

pub(crate) fn withdraw(facts: &Facts) -> Judged {
    let account = guard::administered(facts)?;
    if account.deletion.is_none() {
        return Err(Stop::NoOp);
    }
    let after = Account { deletion: None, ..account.clone() };
    Ok(vec![changed(EventKind::DeletionWithdrawn, account, after)])
}
