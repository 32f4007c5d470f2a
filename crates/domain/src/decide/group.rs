//! Workspace groups (E-37): people who hold the same roles in a set of workspaces.
//!
//! What a group gives are ordinary memberships that name it, so every other rule sees them as
//! such; only the group can change them. Somebody who is a member already by themself keeps
//! that membership.

use super::account::reaches;
use super::invitation::revoked;
use super::{Judged, Stop, guard, member, member_changed, person};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known, Place};
use crate::found::created;
use crate::ids::{GroupId, LoginId, MembershipId, WorkspaceId};
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
        covers: sound_covers(facts, None, covers)?,
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
        covers: sound_covers(facts, Some(group), covers)?,
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

/// The workspaces are the account's own (R10). Those that the group named before and that are
/// erased or moved since fall out.
fn sound_covers(facts: &Facts, before: Option<&Group>, covers: &Covers) -> Result<Covers, Stop> {
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let known = |id: WorkspaceId| places.iter().any(|place| place.workspace.id == id);
    let had = |id: WorkspaceId| before.is_some_and(|group| group.covers.named().contains(&id));
    if !covers.named().iter().all(|id| known(*id) || had(*id)) {
        return Err(Stop::Hide);
    }
    let named = covers.named().iter().copied().filter(|id| known(*id)).collect();
    Ok(match covers {
        Covers::Listed(_) => Covers::Listed(named),
        Covers::AllBut(_) => Covers::AllBut(named),
    })
}

/// The group's own change, and what follows from it in every workspace.
fn settle(facts: &Facts, before: &Group, after: Group, kind: EventKind, now: Timestamp) -> Judged {
    if *before == after {
        return Err(Stop::NoOp);
    }
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    let earlier = match facts.groups.as_ref() {
        Known::Known(groups) => groups.clone(),
        Known::Unknown => vec![before.clone()],
    };
    let mut later: Vec<Group> = earlier.iter().filter(|it| it.id != after.id).cloned().collect();
    if !after.deleted {
        later.insert(0, after.clone());
    }
    let mut people: Vec<&GroupPerson> = before.people.iter().collect();
    people.extend(after.people.iter().filter(|it| !before.people.contains(it)));
    let mut events = vec![Event {
        kind,
        before: Some(Row::Group(before.clone())),
        after: Row::Group(after.clone()),
    }];
    for place in places.iter().filter(|it| it.workspace.status == WorkspaceStatus::Active) {
        let order = Order { facts, place, earlier: &earlier, later: &later, now };
        events.extend(order.events(&people)?);
    }
    Ok(events)
}

/// A new workspace: the groups that cover all have their people in it from the beginning.
pub(crate) fn join_new(
    facts: &Facts,
    workspace: &Workspace,
    with_creator: bool,
    now: Timestamp,
) -> Judged {
    // A copy may not hold the groups; the server adds what follows from them.
    let Known::Known(groups) = facts.groups.as_ref() else { return Ok(Vec::new()) };
    let place = Place { seats_taken: with_creator.into(), ..Place::bare(workspace.clone()) };
    // Whoever creates it has chosen for themself whether to be in it (E-66).
    let creator = facts.actor.login.id;
    let people: Vec<_> = everybody(groups).into_iter().filter(|it| it.login != creator).collect();
    Order { facts, place: &place, earlier: &[], later: groups, now }.events(&people)
}

/// A workspace out of the bin or from another account: what the groups of its account are now
/// holds there too.
pub(crate) fn arrive(facts: &Facts, now: Timestamp) -> Judged {
    let (Known::Known(groups), Known::Known(places)) =
        (facts.groups.as_ref(), facts.places.as_ref())
    else {
        return Ok(Vec::new());
    };
    let mut events = Vec::new();
    for place in places {
        let former: Vec<GroupPerson> = place.members.iter().map(person_of).collect();
        let mut people = everybody(groups);
        people.extend(&former);
        let order = Order { facts, place, earlier: &[], later: groups, now };
        events.extend(order.events(&people)?);
    }
    Ok(events)
}

fn everybody(groups: &[Group]) -> Vec<&GroupPerson> {
    groups.iter().flat_map(|group| &group.people).collect()
}

fn person_of(member: &Membership) -> GroupPerson {
    GroupPerson { login: member.login, name: member.name.clone(), address: member.address.clone() }
}

/// One workspace brought into line with the groups of its account.
struct Order<'a> {
    facts: &'a Facts,
    place: &'a Place,
    /// The groups before the change. Somebody whom these gave a place that they do not have
    /// was removed or left since, and does not come back by a change of something else.
    earlier: &'a [Group],
    /// The groups after it, the changed one first.
    later: &'a [Group],
    now: Timestamp,
}

impl<'a> Order<'a> {
    fn events(&self, people: &[&GroupPerson]) -> Judged {
        let mut events = Vec::new();
        let mut done: Vec<LoginId> = Vec::with_capacity(people.len());
        let mut seats = self.place.seats_taken;
        for person in people {
            if done.contains(&person.login) {
                continue;
            }
            done.push(person.login);
            match self.place.members.iter().find(|it| it.login == person.login) {
                Some(held) => events.extend(self.held(held)),
                None => events.extend(self.absent(person, &mut seats)?),
            }
        }
        Ok(events)
    }

    /// The group that wants the person here: the one they are here by, or the first.
    fn wanting(
        &self,
        groups: &'a [Group],
        login: LoginId,
        by: Option<GroupId>,
    ) -> Option<&'a Group> {
        let here = self.place.workspace.id;
        let wants = |group: &&Group| {
            group.covers.has(here) && group.people.iter().any(|it| it.login == login)
        };
        let same = groups.iter().filter(wants).find(|group| Some(group.id) == by);
        same.or_else(|| groups.iter().find(wants))
    }

    /// Who is a member by themself stays one; who is by a group follows it, or another.
    fn held(&self, held: &Membership) -> Option<Event> {
        let by = Some(held.group?);
        let given_by = Some(self.facts.actor.login.name.clone());
        match self.wanting(self.later, held.login, by) {
            None => {
                let by = &self.facts.actor.login.name;
                let after = member::ended(held, MemberState::Removed, self.now, by);
                Some(member_changed(EventKind::MemberRemoved, held, after))
            }
            Some(group) if held.group == Some(group.id) && held.roles == group.roles => None,
            Some(group) => {
                let kind = if held.group == Some(group.id) {
                    EventKind::MemberRolesChanged
                } else {
                    EventKind::MemberGrouped
                };
                let after = Membership {
                    group: Some(group.id),
                    roles: group.roles,
                    given_by,
                    given_at: Some(self.now),
                    ..held.clone()
                };
                Some(member_changed(kind, held, after))
            }
        }
    }

    fn absent(&self, person: &GroupPerson, seats: &mut u32) -> Judged {
        let group = match self.wanting(self.later, person.login, None) {
            Some(group) if self.wanting(self.earlier, person.login, None).is_none() => group,
            Some(_) | None => return Ok(Vec::new()),
        };
        let workspace = &self.place.workspace;
        // E-28: a person counts once, so the seat of an invitation becomes the member's.
        let open = self.place.invitations.iter().find(|it| it.address == person.address);
        if open.is_none() {
            if workspace.plan.seats().is_some_and(|most| *seats >= most) {
                return Err(Refusal::new(RefusalCode::NoSeat)
                    .with("workspace", workspace.name.as_str())
                    .into());
            }
            *seats += 1;
        }
        let joined = created(EventKind::MemberJoined, Row::Membership(self.member(group, person)));
        Ok(open.map(revoked).into_iter().chain([joined]).collect())
    }

    fn member(&self, group: &Group, person: &GroupPerson) -> Membership {
        let workspace = self.place.workspace.id;
        let times = self.place.rejoining.iter().find(|(login, _)| *login == person.login);
        Membership {
            id: derived_id(workspace, person.login, self.now, times.map_or(0, |(_, times)| *times)),
            workspace,
            login: person.login,
            name: person.name.clone(),
            address: person.address.clone(),
            roles: group.roles,
            state: MemberState::Active,
            until: None,
            given_by: Some(self.facts.actor.login.name.clone()),
            given_at: Some(self.now),
            labels: Default::default(),
            note: String::new(),
            group: Some(group.id),
            joined: self.now,
            ended: None,
        }
    }
}

/// The id of a membership that follows from a group: the rules draw no random numbers.
pub(crate) fn derived_id(
    workspace: WorkspaceId,
    login: LoginId,
    now: Timestamp,
    times: u8,
) -> MembershipId {
    MembershipId::derived(&[
        b"group",
        &workspace.to_bytes(),
        &login.to_bytes(),
        &now.0.to_be_bytes(),
        &[times],
    ])
}
