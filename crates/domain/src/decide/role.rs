//! Roles of a workspace's own (R5, V-30).

use super::{Judged, Stop, guard, invitation_changed, member, member_changed};
use crate::command::Replacement;
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::RoleId;
use crate::name::clean_name;
use crate::object::{Account, End, Invitation, Membership, OwnRole, Row, Workspace};
use crate::permission::{Permission, PermissionSet};
use crate::refusal::{Refusal, RefusalCode};
use crate::role_set::RoleSet;
use crate::time::Timestamp;

fn defining(facts: &Facts) -> Result<(&Account, &Workspace), Stop> {
    let (account, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::RoleDefine)?;
    if !account.rules().own_roles {
        return Err(RefusalCode::NoOwnRoles.into());
    }
    guard::plan_lives(workspace)?;
    Ok((account, workspace))
}

/// R5: nobody gives or takes what they do not have.
fn within(facts: &Facts, permissions: PermissionSet) -> Result<(), Stop> {
    match guard::first_missing(permissions, facts.permissions()) {
        None => Ok(()),
        Some(permission) => {
            Err(Refusal::new(RefusalCode::RoleTooWide).with("permission", permission).into())
        }
    }
}

fn feature(workspace: &Workspace) -> Result<(), Stop> {
    if workspace.plan.limits().own_roles {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::PlanFeature).with("workspace", workspace.name.as_str()).into())
}

pub(crate) fn define(facts: &Facts, id: RoleId, title: &str, permissions: PermissionSet) -> Judged {
    let (_, workspace) = defining(facts)?;
    feature(workspace)?;
    within(facts, permissions)?;
    let name = clean_name(title)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let slot = facts.own().free_slot().ok_or(RefusalCode::TooManyRoles)?;
    let role = OwnRole {
        id,
        workspace: workspace.id,
        slot,
        name,
        permissions,
        by: facts.actor.login.name.clone(),
        deleted: false,
    };
    Ok(vec![created(EventKind::RoleDefined, Row::Role(role))])
}

/// The role that the command names, if it is still there.
fn named(facts: &Facts) -> Result<&OwnRole, Stop> {
    facts.role.as_ref().filter(|role| !role.deleted).ok_or(Stop::Hide)
}

pub(crate) fn change(
    facts: &Facts,
    was: PermissionSet,
    title: &str,
    permissions: PermissionSet,
) -> Judged {
    let (_, workspace) = defining(facts)?;
    let role = named(facts)?;
    within(facts, role.permissions)?;
    within(facts, permissions)?;
    let name = clean_name(title)?;
    if role.name == name && role.permissions == permissions {
        return Err(Stop::NoOp);
    }
    if role.permissions != was {
        return Err(Refusal::new(RefusalCode::Conflict).with("name", role.name.as_str()).into());
    }
    let widens = !permissions.is_subset(role.permissions);
    let holds = facts.actor.membership.as_ref().is_some_and(|it| it.roles.has_own(role.slot));
    if widens && holds {
        return Err(Refusal::new(RefusalCode::RoleHeld).with("role", role_set(role)).into());
    }
    if widens {
        feature(workspace)?;
    }
    let by = facts.actor.login.name.clone();
    let after = OwnRole { name, permissions, by, ..role.clone() };
    Ok(vec![changed(EventKind::RoleChanged, role, after)])
}

pub(crate) fn delete(
    facts: &Facts,
    holders: &[Replacement],
    others: RoleSet,
    now: Timestamp,
) -> Judged {
    let (account, _) = defining(facts)?;
    let role = named(facts)?;
    within(facts, role.permissions)?;
    let (Known::Known(members), Known::Known(invitations)) =
        (facts.members.as_ref(), facts.invitations.as_ref())
    else {
        return Err(Stop::Unknown);
    };
    let replace = Replace { facts, account, role, others };
    let mut events = Vec::new();
    for member in members.iter().filter(|it| replace.concerns(it)) {
        let chosen = holders.iter().find(|it| it.membership == member.id);
        let with = chosen.map_or(others, |it| it.roles);
        events.push(replace.member(member, with, now)?);
    }
    for invitation in invitations.iter().filter(|it| it.roles.has_own(role.slot)) {
        events.push(replace.invitation(invitation)?);
    }
    events.push(changed(
        EventKind::RoleDeleted,
        role,
        OwnRole { deleted: true, by: facts.actor.login.name.clone(), ..role.clone() },
    ));
    Ok(events)
}

/// What takes the place of a deleted role.
struct Replace<'a> {
    facts: &'a Facts,
    account: &'a Account,
    role: &'a OwnRole,
    others: RoleSet,
}

impl Replace<'_> {
    fn concerns(&self, member: &Membership) -> bool {
        let later = member.until.and_then(|end| end.roles);
        member.roles.has_own(self.role.slot)
            || later.is_some_and(|roles| roles.has_own(self.role.slot))
    }

    /// The roles after the deletion, if the actor may give them (R2) and the scheme allows.
    fn roles(&self, held: RoleSet, with: RoleSet, name: &str) -> Result<RoleSet, Stop> {
        if !held.has_own(self.role.slot) {
            return Ok(held);
        }
        let after = held.without(role_set(self.role)).union(with);
        let missing = after.is_empty() || with.has_own(self.role.slot);
        if missing {
            return Err(Refusal::new(RefusalCode::RoleNeedsReplacement).with("name", name).into());
        }
        guard::owner_gate(self.facts, self.account, &[with])?;
        if !with.is_empty() {
            guard::grantable(self.facts, self.account, with)?;
        }
        Ok(after)
    }

    fn member(&self, member: &Membership, with: RoleSet, now: Timestamp) -> Result<Event, Stop> {
        let roles = self.roles(member.roles, with, &member.name)?;
        if member.until.is_some() && self.account.rules().is_owner_class(roles) {
            return Err(RefusalCode::OwnerTimebox.into());
        }
        let until = member.until.map(|end| self.later(end, roles, member, with)).transpose()?;
        let after = Membership {
            roles,
            until: until.flatten(),
            given_by: Some(self.facts.actor.login.name.clone()),
            given_at: Some(now),
            ..member.clone()
        };
        Ok(member_changed(EventKind::MemberRolesChanged, member, after))
    }

    /// What is left after the end date, if that is still less than what is held until then.
    fn later(
        &self,
        end: End,
        until_then: RoleSet,
        member: &Membership,
        with: RoleSet,
    ) -> Result<Option<End>, Stop> {
        let Some(left) = end.roles else { return Ok(Some(end)) };
        let left = self.roles(left, with, &member.name)?;
        let own = self.facts.own();
        if self.account.rules().is_owner_class(left)
            || !left.permissions(own).is_subset(until_then.permissions(own))
        {
            return Err(RefusalCode::EndNotLower.into());
        }
        // An end that takes nothing away is none.
        let lowers = member::is_less(self.facts, left, until_then);
        Ok(lowers.then_some(End { roles: Some(left), ..end }))
    }

    fn invitation(&self, invitation: &Invitation) -> Result<Event, Stop> {
        let roles = self.roles(invitation.roles, self.others, invitation.address.as_str())?;
        let after = Invitation { roles, ..invitation.clone() };
        Ok(invitation_changed(EventKind::InvitationRolesChanged, invitation, after))
    }
}

/// The role as a set of its own.
const fn role_set(role: &OwnRole) -> RoleSet {
    RoleSet::own(role.slot)
}

fn changed(kind: EventKind, before: &OwnRole, after: OwnRole) -> Event {
    Event { kind, before: Some(Row::Role(before.clone())), after: Row::Role(after) }
}
