//! R2, R3 and R4 stated a second time, over what happened instead of over what was asked.

use std::collections::BTreeMap;

use muster_domain::{
    AccountStatus, Command, Event, EventKind, LoginId, MemberState, MembershipId, Permission,
    PermissionSet, Row, SchemeId, Timestamp, WorkspaceId, WorkspaceStatus,
};

use crate::Act;
use crate::support::{World, login_id};

pub type Rights = BTreeMap<(WorkspaceId, LoginId), PermissionSet>;

/// What everybody may do everywhere: roles held now, and everything by reach.
pub fn rights(world: &World, now: Timestamp) -> Rights {
    let mut rights = Rights::new();
    for workspace in world.workspaces.values() {
        let account = &world.accounts[&workspace.account];
        let lives =
            workspace.status == WorkspaceStatus::Active && account.status == AccountStatus::Active;
        if !lives {
            continue;
        }
        let own = world.own(workspace.id);
        for member in world.members.values().filter(|it| it.workspace == workspace.id) {
            let roles = match member.until {
                Some(end) if end.at <= now => end.roles,
                Some(_) | None => Some(member.roles),
            };
            if let (MemberState::Active, Some(roles)) = (member.state, roles) {
                rights.insert((workspace.id, member.login), roles.permissions(&own));
            }
        }
        if account.scheme == SchemeId::Managed {
            for admin in world.admins.values().filter(|it| it.account == account.id && it.active) {
                rights.insert((workspace.id, admin.login), PermissionSet::ALL);
            }
        }
    }
    rights
}

pub fn check(
    before: &World,
    after: &World,
    act: &Act,
    events: &[Event],
    now: Timestamp,
) -> Result<(), String> {
    let (held, holds) = (rights(before, now), rights(after, now));
    for (key, now_has) in &holds {
        let had = held.get(key).copied().unwrap_or_default();
        let gained = now_has.without(had);
        if !gained.is_empty() && !may_gain(before, after, act, &held, *key, gained) {
            return Err(format!("R2, R16: {key:?} gained {gained:?}"));
        }
    }
    match act {
        Act::Asked(actor, command) => targets(before, &held, *actor, command, events),
        Act::Accepted(_) | Act::Declined | Act::Due(_) => Ok(()),
    }
}

/// Whether somebody may have more after this than before.
fn may_gain(
    before: &World,
    after: &World,
    act: &Act,
    held: &Rights,
    key: (WorkspaceId, LoginId),
    gained: PermissionSet,
) -> bool {
    let (workspace, login) = key;
    let by = |actor: u8| {
        let has = held.get(&(workspace, login_id(actor))).copied().unwrap_or_default();
        gained.is_subset(has)
    };
    let reaches = |world: &World| {
        let account = &world.accounts[&world.workspaces[&workspace].account];
        let admin = world.admins.get(&(account.id, login));
        account.scheme == SchemeId::Managed && admin.is_some_and(|it| it.active)
    };
    match act {
        // What time brings was so already; a deletion gives nobody anything.
        Act::Due(_) | Act::Declined => false,
        Act::Accepted(actor) => {
            let inviter = before.invitations.values().any(|it| {
                let has = held.get(&(workspace, it.inviter)).copied().unwrap_or_default();
                let own = before.own(workspace);
                it.workspace == workspace
                    && has.has(Permission::MemberManage)
                    && gained.is_subset(has)
                    && gained.is_subset(it.roles.permissions(&own))
            });
            login == login_id(*actor) && inviter
        }
        Act::Asked(actor, command) => match command {
            // It was nobody's before, or nobody could reach it.
            Command::CreateWorkspace { workspace: new, .. } => *new == workspace,
            Command::RestoreWorkspace { workspace: restored } => *restored == workspace,
            Command::AcceptOffer { workspace: moved } => {
                let grouped = after
                    .members
                    .values()
                    .any(|it| it.workspace == workspace && it.login == login && it.group.is_some());
                *moved == workspace && (reaches(after) || grouped)
            }
            Command::SetScheme { widened, .. } => {
                let ticked = |id: &MembershipId| {
                    before.members.get(id).is_some_and(|it| (it.workspace, it.login) == key)
                };
                reaches(after) || widened.iter().any(ticked)
            }
            _ => by(*actor),
        },
    }
}

/// R3 and R4 for commands about one member.
fn targets(
    before: &World,
    held: &Rights,
    actor: u8,
    command: &Command,
    events: &[Event],
) -> Result<(), String> {
    let silent = matches!(command, Command::SetMemberLabels { .. } | Command::SetMemberNote { .. });
    let Some(membership) = command.membership().filter(|_| !silent) else { return Ok(()) };
    let target = &before.members[&membership];
    let own = before.own(target.workspace);
    let account = &before.accounts[&before.workspaces[&target.workspace].account];
    let may = held.get(&(target.workspace, login_id(actor))).copied().unwrap_or_default();
    let owner_class = account.rules().owner_class_role;
    if target.login != login_id(actor) && !target.roles.permissions(&own).is_subset(may) {
        // Unless the day of the greater roles is over.
        if target.until.is_none() {
            return Err(format!("R3: {membership:?} has more than {actor}"));
        }
    }
    for event in events.iter().filter(|it| it.kind != EventKind::WorkspaceMoved) {
        let Row::Membership(after) = &event.after else { continue };
        let crosses = target.roles.has(owner_class) != after.roles.has(owner_class)
            || target.roles.has(owner_class) && target.state != after.state;
        if crosses && !may.has(Permission::OwnerAssign) {
            return Err("R4: without the right to make owners".to_owned());
        }
    }
    Ok(())
}
