//! What holds whatever was done.

use std::collections::BTreeMap;

use muster_domain::{
    Account, AccountStatus, Command, ContentKind, Event, EventKind, InvitationState, LoginStatus,
    Lookup, Membership, Row, SchemeId, Timestamp, Workspace, WorkspaceId, WorkspaceKind,
    WorkspaceStatus,
};

use crate::Act;
use crate::support::{World, login_id};

type Check = Result<(), String>;

fn holds(is_so: bool, why: impl FnOnce() -> String) -> Check {
    if is_so { Ok(()) } else { Err(why()) }
}

/// Every invariant of a world.
pub fn check(world: &World) -> Check {
    floors(world)?;
    world.workspaces.values().try_for_each(|it| personal(world, it))?;
    present(world)?;
    slots(world)?;
    groups(world)?;
    references(world)
}

fn living(world: &World) -> impl Iterator<Item = &Account> {
    world.accounts.values().filter(|it| it.status == AccountStatus::Active)
}

fn active_in<'a>(world: &'a World, account: &Account) -> impl Iterator<Item = &'a Workspace> {
    let id = account.id;
    let all = world.workspaces.values();
    all.filter(move |it| it.account == id && it.status == WorkspaceStatus::Active)
}

/// R6 and R7.
pub fn floors(world: &World) -> Check {
    for account in living(world) {
        let rules = account.rules();
        let admins = world.admins.values().filter(|it| it.account == account.id && it.active);
        let in_use = admins.filter(|it| world.logins[&it.login].status == LoginStatus::Active);
        holds(in_use.count() > 0, || format!("R7: no admin of {}", account.name))?;
        holds(active_in(world, account).count() > 0, || {
            format!("R7: no workspace of {}", account.name)
        })?;
        for workspace in active_in(world, account) {
            let owners = world.owners(workspace.id, rules.owner_class_role);
            holds(owners >= usize::try_from(rules.owner_floor).expect("0 or 1"), || {
                format!("R6: no owner of {}", workspace.name)
            })?;
        }
    }
    Ok(())
}

/// R8: a personal workspace has one owner, its person, for as long as its account lives.
fn personal(world: &World, workspace: &Workspace) -> Check {
    let account = &world.accounts[&workspace.account];
    if workspace.kind != WorkspaceKind::Personal || account.status == AccountStatus::Deleted {
        return Ok(());
    }
    let rules = account.rules();
    let mut owners = world.members.values().filter(|it| {
        it.workspace == workspace.id && it.state.is_present() && rules.is_owner_class(it.roles)
    });
    let founder = owners.next().map(|it| it.login);
    let admins = world.admins.values().filter(|it| it.account == account.id && it.active);
    let admins: Vec<_> = admins.map(|it| Some(it.login)).collect();
    holds(
        workspace.status == WorkspaceStatus::Active
            && account.scheme == SchemeId::OwnerLed
            && owners.next().is_none()
            && admins == [founder],
        || format!("R8: {}", workspace.name),
    )
}

/// One present membership each, with roles of the scheme, and no end for the owner class.
fn present(world: &World) -> Check {
    let mut there = BTreeMap::new();
    for member in world.members.values().filter(|it| it.state.is_present()) {
        let key = (member.workspace, member.login);
        holds(there.insert(key, member.id).is_none(), || format!("twice: {key:?}"))?;
        let workspace = &world.workspaces[&member.workspace];
        let account = &world.accounts[&workspace.account];
        let gone = workspace.status == WorkspaceStatus::Erased;
        if gone || account.status == AccountStatus::Deleted {
            continue;
        }
        let (rules, own) = (account.rules(), world.own(member.workspace));
        holds(rules.allows(member.roles, &own), || format!("C-5: {member:?}"))?;
        if let Some(end) = member.until {
            let owner = rules.is_owner_class(member.roles)
                || end.roles.is_some_and(|it| rules.is_owner_class(it));
            holds(!owner, || format!("E-40: {member:?}"))?;
            let known = end.roles.is_none_or(|it| rules.allows(it, &own));
            holds(known, || format!("E-39: {member:?}"))?;
        }
    }
    invitations(world)
}

/// The roles of open invitations can be given. That each address has one stands in [`events`],
/// as it needs the time.
fn invitations(world: &World) -> Check {
    for invitation in world.invitations.values() {
        let workspace = &world.workspaces[&invitation.workspace];
        let account = &world.accounts[&workspace.account];
        let gone =
            workspace.status == WorkspaceStatus::Erased || account.status == AccountStatus::Deleted;
        if gone || invitation.state != InvitationState::Open {
            continue;
        }
        let (rules, own) = (account.rules(), world.own(workspace.id));
        holds(rules.allows(invitation.roles, &own), || format!("C-5: {invitation:?}"))?;
        let personal = workspace.kind == WorkspaceKind::Personal;
        let owner = rules.is_owner_class(invitation.roles);
        holds(!(personal && owner), || format!("R8: {invitation:?}"))?;
    }
    Ok(())
}

fn slots(world: &World) -> Check {
    let mut taken = BTreeMap::new();
    for role in world.roles.values().filter(|it| !it.deleted) {
        let key = (role.workspace, role.slot);
        holds(taken.insert(key, role.id).is_none(), || format!("R5: slot twice {key:?}"))?;
        let account = &world.accounts[&world.workspaces[&role.workspace].account];
        let gone = world.workspaces[&role.workspace].status == WorkspaceStatus::Erased;
        holds(gone || account.scheme == SchemeId::Managed, || format!("R5: {role:?}"))?;
    }
    Ok(())
}

/// E-37: who is somewhere by a group is there as the group says.
fn groups(world: &World) -> Check {
    for account in living(world) {
        for workspace in active_in(world, account) {
            let members = world.members.values();
            let here = members.filter(|it| it.workspace == workspace.id && it.state.is_present());
            for member in here {
                let Some(id) = member.group else { continue };
                let group = &world.groups[&id];
                let agrees = !group.deleted
                    && group.account == account.id
                    && group.covers.has(workspace.id)
                    && group.roles == member.roles
                    && group.people.iter().any(|it| it.login == member.login);
                holds(agrees, || format!("E-37: {member:?} of {group:?}"))?;
            }
        }
    }
    Ok(())
}

/// U-45..49: nothing names what is elsewhere.
fn references(world: &World) -> Check {
    for record in world.contents.values() {
        for id in record.body.references() {
            let named = world.contents.get(id);
            let inside = named.is_some_and(|it| {
                it.workspace == record.workspace && it.kind() == ContentKind::Knowledge
            });
            holds(inside, || format!("U-47: {record:?}"))?;
        }
    }
    Ok(())
}

/// What an event says was before was so, and nothing of a deleted account changes any more.
pub fn events(before: &World, events: &[Event], now: Timestamp) -> Check {
    for (at, event) in events.iter().enumerate() {
        // Later events of one change may build on earlier ones.
        let changed = events[..at].iter().any(|it| same_entity(&it.after, &event.after));
        let row = before.row(&event.after);
        let told = match (&event.before, row) {
            _ if changed => true,
            (None, None) => true,
            // An adminship has no id of its own; it is given again (V-41).
            (None, Some(Row::AccountAdmin(old))) => !old.active,
            (Some(Row::Membership(told)), Some(Row::Membership(row))) => {
                *told == row || *told == row.clone().at(now) || regrouped(told, &row)
            }
            (told, row) => *told == row,
        };
        holds(told, || format!("not what was before: {event:#?}"))?;
        let place = match &event.after {
            Row::Workspace(it) => before.workspaces.get(&it.id),
            Row::Membership(it) => before.workspaces.get(&it.workspace),
            Row::Invitation(it) => before.workspaces.get(&it.workspace),
            Row::Role(it) => before.workspaces.get(&it.workspace),
            Row::Content(it) => before.workspaces.get(&it.workspace),
            Row::Review(it) => before.workspaces.get(&it.workspace),
            Row::ReviewLine(it) => before.workspaces.get(&it.workspace),
            Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => None,
        };
        let lives = place.is_none_or(|it| {
            before.accounts[&it.account].status == AccountStatus::Active
                || it.status == WorkspaceStatus::Trashed
                || matches!(&event.after, Row::Membership(_))
        });
        holds(lives, || format!("V-44: {event:#?}"))?;
        second_admin(event, now)?;
    }
    Ok(())
}

/// E-14: what takes two Account Admins was asked for before it is done.
fn second_admin(event: &Event, now: Timestamp) -> Check {
    let (Some(Row::Account(account)), EventKind::AccountDeleted) = (&event.before, event.kind)
    else {
        return Ok(());
    };
    let alone = account.needs_second_admin(now) && account.deletion.is_none();
    holds(!alone, || format!("E-14: {event:#?}"))
}

/// A membership that stands for itself after a move is changed by what comes after it.
fn regrouped(told: &Membership, row: &Membership) -> bool {
    *told == Membership { group: None, ..row.clone() }
}

fn same_entity(one: &Row, other: &Row) -> bool {
    match (one, other) {
        (Row::Membership(one), Row::Membership(other)) => one.id == other.id,
        (Row::Workspace(one), Row::Workspace(other)) => one.id == other.id,
        (Row::Role(one), Row::Role(other)) => one.id == other.id,
        _ => false,
    }
}

/// E-28: who comes has a seat. E-23: one open invitation for each address. V-40: who leaves
/// an account has nothing in it any more.
pub fn seats(before: &World, after: &World, now: Timestamp, act: &Act) -> Check {
    let mut open = BTreeMap::new();
    for it in after.invitations.values().filter(|it| it.is_open(now)) {
        let key = (it.workspace, it.address.clone());
        holds(open.insert(key, it.id).is_none(), || format!("E-23: twice {:?}", it.address))?;
    }
    for workspace in after.workspaces.values() {
        let taken = |world: &World| seats_taken(world, workspace.id, now);
        let Some(most) = workspace.plan.seats() else { continue };
        let fits = taken(after) <= most || taken(after) <= taken(before);
        holds(fits, || format!("E-28: {} of {most}", taken(after)))?;
    }
    match act {
        Act::Asked(actor, Command::LeaveAccount { account }) => {
            let login = login_id(*actor);
            let stays = after.members.values().any(|it| {
                let workspace = &after.workspaces[&it.workspace];
                it.login == login
                    && it.clone().at(now).state.is_present()
                    && workspace.account == *account
                    && workspace.status != WorkspaceStatus::Erased
            });
            let grouped = after.groups.values().any(|it| {
                it.account == *account && it.people.iter().any(|person| person.login == login)
            });
            let admin = after.admins.get(&(*account, login)).is_some_and(|it| it.active);
            holds(!stays && !grouped && !admin, || "V-40: something is left".to_owned())
        }
        _ => Ok(()),
    }
}

fn seats_taken(world: &World, workspace: WorkspaceId, now: Timestamp) -> u32 {
    let Ok(taken) = world.seats_taken(workspace, now);
    taken.known().expect("a whole world")
}
