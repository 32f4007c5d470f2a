//! Who has access now, out of the copy.

use muster_cache::{MemberWindowQuery, WorkspaceEntry};
use muster_domain::{AdminReach, OwnRole, WorkspaceId};

use super::{Access, AdminLine, GroupLine, InvitationLine, OwnRoleLine, PersonLine, Until, words};
use crate::steps::Steps;
use crate::verdict::Bench;
use crate::view::Failure;

/// How many members are read at a time.
const BATCH: u32 = 1_024;

/// Who has access now, and whether that is everybody.
pub(crate) fn collect(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
) -> Result<(Access, bool), Failure> {
    let place = bench.place(workspace)?;
    let own = bench.own_roles(workspace)?;
    let mut steps = Steps::new(bench, workspace)?;
    let access = Access {
        workspace,
        name: place.workspace.name.clone(),
        scheme: place.account.scheme,
        roles: own.iter().map(own_role).collect(),
        groups: groups(bench, &place, &own)?,
        admins: admins(bench, &place)?,
        people: people(bench, &mut steps, workspace, &own)?,
        invitations: invitations(&steps, &own),
    };
    // Without the members of this workspace the copy has no number of them.
    let complete = place.people.is_some();
    Ok((access, complete))
}

fn own_role(role: &OwnRole) -> OwnRoleLine {
    OwnRoleLine { name: role.name.clone(), permissions: role.permissions.iter().collect() }
}

fn groups(
    bench: &Bench<'_>,
    place: &WorkspaceEntry,
    own: &[OwnRole],
) -> Result<Vec<GroupLine>, Failure> {
    let found = bench.cache.groups(place.account.id)?.into_iter();
    let here = found.filter(|it| !it.deleted && it.covers.has(place.workspace.id));
    Ok(here.map(|it| GroupLine { name: it.name, roles: words(it.roles, own) }).collect())
}

/// R9: who has rights without being a member is named.
fn admins(bench: &Bench<'_>, place: &WorkspaceEntry) -> Result<Vec<AdminLine>, Failure> {
    match place.account.rules().account_admin_reach {
        AdminReach::None => Ok(Vec::new()),
        AdminReach::All => {
            let active = bench.cache.admins(place.account.id)?.into_iter().filter(|it| it.active);
            Ok(active.map(|it| AdminLine { address: it.address, name: it.name }).collect())
        }
    }
}

fn people(
    bench: &Bench<'_>,
    steps: &mut Steps<'_>,
    workspace: WorkspaceId,
    own: &[OwnRole],
) -> Result<Vec<PersonLine>, Failure> {
    let mut people = Vec::new();
    let mut query = MemberWindowQuery::of(workspace, BATCH);
    loop {
        let rows = bench.cache.members(&query)?.rows;
        let is_last = rows.len() < BATCH as usize;
        for row in rows {
            // Who is listed may be gone by an unsent change, or by the day that was set.
            let member = row.member.at(bench.now);
            if !member.state.is_present() {
                continue;
            }
            people.push(PersonLine {
                roles: words(member.roles, own),
                is_suspended: member.state == muster_domain::MemberState::Suspended,
                until: member
                    .until
                    .map(|end| Until { at: end.at, then: end.roles.map(|it| words(it, own)) }),
                group: steps.group(member.group),
                address: member.address,
                name: member.name,
                line: 0,
            });
        }
        if is_last {
            return Ok(people);
        }
        query.offset += BATCH;
    }
}

fn invitations(steps: &Steps<'_>, own: &[OwnRole]) -> Vec<InvitationLine> {
    let line = |it: &muster_domain::Invitation| InvitationLine {
        address: it.address.clone(),
        name: it.name.clone().unwrap_or_default(),
        roles: words(it.roles, own),
        line: 0,
    };
    steps.invited().values().map(line).collect()
}
