//! A living account that follows the other product's rules from now on (E-58, R16).

use super::account::changed;
use super::{Judged, Stop, guard, invitation_changed, member_changed};
use crate::command::{RoleMapping, RolesTo};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known, Place};
use crate::found::created;
use crate::ids::{MembershipId, RoleId};
use crate::object::{
    Account, End, Group, Invitation, MemberState, Membership, OwnRole, Row, WorkspaceKind,
    WorkspaceStatus,
};
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::{OwnRoles, RoleSet};
use crate::scheme::SchemeId;
use crate::time::Timestamp;

pub(crate) fn set(
    facts: &Facts,
    scheme: SchemeId,
    mapping: &[RoleMapping],
    widened: &[MembershipId],
    now: Timestamp,
) -> Judged {
    let account = guard::administered(facts)?;
    if account.scheme == scheme {
        return Err(RefusalCode::SchemeSame.into());
    }
    let (Known::Known(places), Known::Known(groups)) =
        (facts.places.as_ref(), facts.groups.as_ref())
    else {
        return Err(Stop::Unknown);
    };
    if places.iter().any(|place| place.workspace.kind == WorkspaceKind::Personal) {
        return Err(RefusalCode::PersonalAccount.into());
    }
    let after = Account { scheme, ..account.clone() };
    let mut events = vec![changed(EventKind::SchemeChanged, account, after.clone())];
    events.extend(groups.iter().map(group_gone));
    let mut growing = 0;
    for place in places {
        let mut change = PlaceChange::new(facts, &after, place, mapping, now);
        change.people()?;
        change.floor()?;
        growing += change.grown.iter().filter(|id| !widened.contains(id)).count();
        events.extend(change.events);
    }
    if growing > 0 {
        let count = u32::try_from(growing).unwrap_or(u32::MAX);
        return Err(Refusal::new(RefusalCode::Widens).with("n", count).into());
    }
    Ok(events)
}

fn group_gone(group: &Group) -> Event {
    let after = Group { deleted: true, people: Vec::new(), ..group.clone() };
    Event {
        kind: EventKind::GroupDeleted,
        before: Some(Row::Group(group.clone())),
        after: Row::Group(after),
    }
}

/// What the change does in one workspace.
struct PlaceChange<'a> {
    facts: &'a Facts,
    account: &'a Account,
    place: &'a Place,
    mapping: &'a [RoleMapping],
    now: Timestamp,
    before: OwnRoles,
    /// The own roles after the change.
    after: OwnRoles,
    /// Own roles that stand for old ones with equal permissions: old set, new slot.
    equals: Vec<(RoleSet, u8)>,
    events: Vec<Event>,
    grown: Vec<MembershipId>,
    owners: u32,
}

impl<'a> PlaceChange<'a> {
    fn new(
        facts: &'a Facts,
        account: &'a Account,
        place: &'a Place,
        mapping: &'a [RoleMapping],
        now: Timestamp,
    ) -> Self {
        Self {
            facts,
            account,
            place,
            mapping,
            now,
            before: place.own(),
            after: OwnRoles::NONE,
            equals: Vec::new(),
            events: Vec::new(),
            grown: Vec::new(),
            owners: 0,
        }
    }

    fn people(&mut self) -> Result<(), Stop> {
        // Slots are free again before new roles take them.
        for role in self.place.roles.iter().filter(|role| !role.deleted) {
            self.events.push(Event {
                kind: EventKind::RoleDeleted,
                before: Some(Row::Role(role.clone())),
                after: Row::Role(OwnRole { deleted: true, ..role.clone() }),
            });
        }
        for member in &self.place.members {
            self.member(member)?;
        }
        for invitation in &self.place.invitations {
            let roles = self.to(invitation.roles)?;
            let after = Invitation { roles, ..invitation.clone() };
            let kind = EventKind::InvitationRolesChanged;
            self.events.push(invitation_changed(kind, invitation, after));
        }
        Ok(())
    }

    fn member(&mut self, member: &Membership) -> Result<(), Stop> {
        let roles = self.to(member.roles)?;
        let is_owner = self.account.rules().is_owner_class(roles);
        // An end date and the owner class do not go together (E-40); the lower roles of one
        // are old roles, so the end becomes an end for good.
        let until = member.until.filter(|_| !is_owner).map(|end| End { roles: None, ..end });
        let wider =
            !roles.permissions(&self.after).is_subset(member.roles.permissions(&self.before));
        let longer = member.until.is_some() && until.is_none();
        if wider || longer {
            self.grown.push(member.id);
        }
        let in_use = !self.place.idle.contains(&member.login);
        let counts = is_owner && in_use && member.state == MemberState::Active;
        self.owners += u32::from(counts);
        let after = Membership { roles, until, group: None, ..member.clone() };
        self.events.push(member_changed(EventKind::MemberRolesChanged, member, after));
        Ok(())
    }

    /// The roles in the new scheme, as the mapping says.
    fn to(&mut self, from: RoleSet) -> Result<RoleSet, Stop> {
        let here = self.place.workspace.id;
        let fits = |it: &&RoleMapping| it.from == from && it.workspace.is_none_or(|id| id == here);
        let own = from.iter_own().next().is_some();
        // What a slot means is each workspace's own.
        let entry = self
            .mapping
            .iter()
            .filter(fits)
            .max_by_key(|it| it.workspace.is_some())
            .filter(|it| !own || it.workspace.is_some());
        let missing = || {
            Refusal::new(RefusalCode::MappingMissing)
                .with("role", from)
                .with("workspace", self.place.workspace.name.as_str())
        };
        let to = match entry.map(|it| it.to) {
            None => return Err(missing().into()),
            // A slot means nothing across workspaces.
            Some(RolesTo::BuiltIn(roles)) if roles.iter_own().next().is_some() => {
                return Err(missing().into());
            }
            Some(RolesTo::BuiltIn(roles)) => roles,
            Some(RolesTo::Equal) => RoleSet::own(self.equal(from)?),
        };
        if self.account.rules().allows(to, &self.after) { Ok(to) } else { Err(missing().into()) }
    }

    /// The slot of the own role that gives what the old roles gave.
    fn equal(&mut self, from: RoleSet) -> Result<u8, Stop> {
        if let Some((_, slot)) = self.equals.iter().find(|(held, _)| *held == from) {
            return Ok(*slot);
        }
        if !self.account.rules().own_roles {
            return Err(RefusalCode::NoOwnRoles.into());
        }
        let slot = self.after.free_slot().ok_or(RefusalCode::TooManyRoles)?;
        let permissions = from.permissions(&self.before);
        let keys: Vec<String> = from.keys().collect();
        let workspace = self.place.workspace.id;
        let id = MembershipId::derived(&[
            b"equal",
            &workspace.to_bytes(),
            &from.to_bits().to_be_bytes(),
            // The account may have come this way before.
            &self.now.0.to_be_bytes(),
        ]);
        self.events.push(created(
            EventKind::RoleDefined,
            Row::Role(OwnRole {
                id: RoleId::from_bytes(id.to_bytes()),
                workspace,
                slot,
                name: keys.join(" + "),
                permissions,
                by: self.facts.actor.login.name.clone(),
                deleted: false,
            }),
        ));
        self.after = self.after.with(slot, permissions);
        self.equals.push((from, slot));
        Ok(slot)
    }

    /// R6 in the new scheme.
    fn floor(&self) -> Result<(), Stop> {
        let active = self.place.workspace.status == WorkspaceStatus::Active;
        if active && self.owners < self.account.rules().owner_floor {
            return Err(Refusal::new(RefusalCode::NoOwnerLeft)
                .with("workspace", self.place.workspace.name.as_str())
                .into());
        }
        Ok(())
    }
}
