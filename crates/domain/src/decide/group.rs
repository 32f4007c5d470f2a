//! Workspace groups (E-37): people who hold the same roles in a set of workspaces.
//!
//! What a group gives are ordinary memberships that name it, so every other rule sees them as
//! such; only the group can change them. Somebody who is a member already by themself keeps
//! that membership.

use super::account::reaches;
use super::{Judged, Stop, guard, member, member_changed, person};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known, Place};
use crate::found::created;
use crate::ids::{GroupId, LoginId, MembershipId};
use crate::name::clean_name;
use crate::object::{
    Account, Covers, Group, GroupPerson, MemberState, Membership, Row, Workspace, WorkspaceStatus,
};
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;
use crate::time::Timestamp;

/// How many people a group has at most; its row carries them all.
const MOST_PEOPLE: usize = 500;

pub(crate) fn create(
    facts: &Facts,
    id: GroupId,
    title: &str,
    covers: &Covers,
    roles: RoleSet,
) -> Judged {
    let account = with_reach(facts)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let group = Group {
        id,
        account: account.id,
        name: clean_name(title)?,
        covers: sound_covers(facts, covers)?,
        roles: sound_roles(facts, account, roles)?,
        people: Vec::new(),
        deleted: false,
    };
    Ok(vec![created(EventKind::GroupCreated, Row::Group(group))])
}

pub(crate) fn change(
    facts: &Facts,
    title: &str,
    covers: &Covers,
    roles: RoleSet,
    now: Timestamp,
) -> Judged {
    let account = with_reach(facts)?;
    let group = named(facts)?;
    let after = Group {
        name: clean_name(title)?,
        covers: sound_covers(facts, covers)?,
        roles: sound_roles(facts, account, roles)?,
        ..group.clone()
    };
    settle(facts, group, after, EventKind::GroupChanged, now)
}

pub(crate) fn delete(facts: &Facts, now: Timestamp) -> Judged {
    with_reach(facts)?;
    let group = named(facts)?;
    let after = Group { deleted: true, people: Vec::new(), ..group.clone() };
    settle(facts, group, after, EventKind::GroupDeleted, now)
}

pub(crate) fn add_person(facts: &Facts, now: Timestamp) -> Judged {
    with_reach(facts)?;
    let group = named(facts)?;
    let person = person::known(facts)?;
    if group.people.len() >= MOST_PEOPLE {
        return Err(RefusalCode::BadGroup.into());
    }
    let mut after = group.clone();
    if !group.people.iter().any(|it| it.login == person.login) {
        after.people.push(GroupPerson {
            login: person.login,
            name: person.name.clone(),
            address: person.address.clone(),
        });
    }
    settle(facts, group, after, EventKind::GroupChanged, now)
}

pub(crate) fn remove_person(facts: &Facts, login: LoginId, now: Timestamp) -> Judged {
    with_reach(facts)?;
    let group = named(facts)?;
    let mut after = group.clone();
    after.people.retain(|person| person.login != login);
    settle(facts, group, after, EventKind::GroupChanged, now)
}

fn with_reach(facts: &Facts) -> Result<&Account, Stop> {
    let account = guard::administered(facts)?;
    if reaches(account) { Ok(account) } else { Err(RefusalCode::BadGroup.into()) }
}

fn named(facts: &Facts) -> Result<&Group, Stop> {
    facts.group.as_ref().ok_or(Stop::Hide)
}

/// Built-in roles only: an own role means something in one workspace alone.
fn sound_roles(facts: &Facts, account: &Account, roles: RoleSet) -> Result<RoleSet, Stop> {
    if roles.iter_own().next().is_none() && account.rules().allows(roles, facts.own()) {
        Ok(roles)
    } else {
        Err(Refusal::new(RefusalCode::BadGroup).into())
    }
}

/// The workspaces are the account's own (R10).
fn sound_covers(facts: &Facts, covers: &Covers) -> Result<Covers, Stop> {
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let (Covers::Listed(named) | Covers::AllBut(named)) = covers;
    let known = |id| places.iter().any(|place| place.workspace.id == id);
    if named.iter().all(|id| known(*id)) { Ok(covers.clone()) } else { Err(Stop::Hide) }
}

/// The group's own change, and what follows from it in every workspace.
fn settle(facts: &Facts, before: &Group, after: Group, kind: EventKind, now: Timestamp) -> Judged {
    if *before == after {
        return Err(Stop::NoOp);
    }
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let mut events = vec![Event {
        kind,
        before: Some(Row::Group(before.clone())),
        after: Row::Group(after.clone()),
    }];
    let mut people: Vec<&GroupPerson> = before.people.iter().collect();
    people.extend(after.people.iter().filter(|it| !before.people.contains(it)));
    for place in places.iter().filter(|it| it.workspace.status == WorkspaceStatus::Active) {
        events.extend(in_place(facts, &after, place, &people, now)?);
    }
    Ok(events)
}

/// What the group's people hold in one workspace after the change.
fn in_place(
    facts: &Facts,
    group: &Group,
    place: &Place,
    people: &[&GroupPerson],
    now: Timestamp,
) -> Judged {
    let mut events = Vec::new();
    let mut seats = place.seats_taken;
    for person in people {
        let wanted = !group.deleted
            && group.covers.has(place.workspace.id)
            && group.people.iter().any(|it| it.login == person.login);
        let held = place.members.iter().find(|it| it.login == person.login);
        match (held, wanted) {
            (None, true) => {
                if place.workspace.plan.seats().is_some_and(|most| seats >= most) {
                    return Err(Refusal::new(RefusalCode::NoSeat)
                        .with("workspace", place.workspace.name.as_str())
                        .into());
                }
                seats += 1;
                events.push(joined(facts, group, &place.workspace, person, now));
            }
            (Some(held), true) if held.group == Some(group.id) && held.roles != group.roles => {
                let after = Membership {
                    roles: group.roles,
                    given_by: Some(facts.actor.login.name.clone()),
                    given_at: Some(now),
                    ..held.clone()
                };
                events.push(member_changed(EventKind::MemberRolesChanged, held, after));
            }
            (Some(held), false) if held.group == Some(group.id) => {
                let by = &facts.actor.login.name;
                let after = member::ended(held, MemberState::Removed, now, by);
                events.push(member_changed(EventKind::MemberRemoved, held, after));
            }
            (Some(_), _) | (None, false) => {}
        }
    }
    Ok(events)
}

fn joined(
    facts: &Facts,
    group: &Group,
    workspace: &Workspace,
    person: &GroupPerson,
    now: Timestamp,
) -> Event {
    let id = MembershipId::derived(&[
        &group.id.to_bytes(),
        &workspace.id.to_bytes(),
        &person.login.to_bytes(),
        &now.0.to_be_bytes(),
    ]);
    created(
        EventKind::MemberJoined,
        Row::Membership(Membership {
            id,
            workspace: workspace.id,
            login: person.login,
            name: person.name.clone(),
            address: person.address.clone(),
            roles: group.roles,
            state: MemberState::Active,
            until: None,
            given_by: Some(facts.actor.login.name.clone()),
            given_at: Some(now),
            labels: Default::default(),
            note: String::new(),
            group: Some(group.id),
            joined: now,
            ended: None,
        }),
    )
}

/// A new workspace: the groups that cover all have their people in it from the beginning.
pub(crate) fn join_new(facts: &Facts, workspace: &Workspace, now: Timestamp) -> Judged {
    // A copy may not hold the groups; the server adds what follows from them.
    let Known::Known(groups) = facts.groups.as_ref() else { return Ok(Vec::new()) };
    let creator = facts.actor.login.id;
    let mut taken = vec![creator];
    let mut events = Vec::new();
    for group in groups.iter().filter(|group| group.covers.has(workspace.id)) {
        for person in &group.people {
            if !taken.contains(&person.login) {
                taken.push(person.login);
                events.push(joined(facts, group, workspace, person, now));
            }
        }
    }
    Ok(events)
}

/// A workspace out of the bin: what its groups became meanwhile holds there too.
pub(crate) fn catch_up(facts: &Facts, workspace: &Workspace, now: Timestamp) -> Judged {
    let (Known::Known(groups), Known::Known(places)) =
        (facts.groups.as_ref(), facts.places.as_ref())
    else {
        return Ok(Vec::new());
    };
    let Some(place) = places.iter().find(|it| it.workspace.id == workspace.id) else {
        return Ok(Vec::new());
    };
    let mut events: Vec<Event> = Vec::new();
    for group in groups {
        let people: Vec<&GroupPerson> = group.people.iter().collect();
        for event in in_place(facts, group, place, &people, now)? {
            let Row::Membership(after) = &event.after else { continue };
            let again = events.iter().any(
                |held| matches!(&held.after, Row::Membership(held) if held.login == after.login),
            );
            if !again {
                events.push(event);
            }
        }
    }
    Ok(events)
}
