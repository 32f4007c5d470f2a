//! From a text to a plan: each difference between what it says and what is becomes a line.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use muster_cache::MemberWindowQuery;
use muster_domain::{Address, AdminReach, End, Membership, OwnRole, RoleSet, WorkspaceId};

use super::fault::{fault, on};
use super::parse::parse;
use super::{Access, RoleWord, collect};
use crate::steps::{Shall, Steps};
use crate::verdict::Bench;
use crate::view::{AccessAnswer, AccessError, AccessFault, Failure, GapReason, Intent, MadePlan};

/// How many members are read at a time.
const BATCH: u32 = 1_024;

/// What it takes to have access as a text says, or what in it cannot be read.
pub(crate) fn answer(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    text: &str,
) -> Result<AccessAnswer, Failure> {
    let unread = |errors| AccessAnswer { errors, other: None, plan: None };
    let wanted = match parse(text) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(unread(errors)),
    };
    let own = bench.own_roles(workspace)?;
    let scheme = bench.place(workspace)?.account.scheme;
    let mut errors = unknown_roles(&wanted, &own);
    if wanted.scheme != scheme {
        errors.insert(0, on(1, fault(AccessFault::Scheme, wanted.scheme.key())));
    }
    if !errors.is_empty() {
        return Ok(unread(errors));
    }
    let other = (wanted.workspace != workspace).then(|| wanted.name.clone());
    let plan = Some(plan(bench, workspace, &wanted, &own)?);
    Ok(AccessAnswer { errors: Vec::new(), other, plan })
}

/// Roles that this workspace does not have.
fn unknown_roles(wanted: &Access, own: &[OwnRole]) -> Vec<AccessError> {
    let people = wanted.people.iter().map(|it| {
        let then = it.until.as_ref().and_then(|it| it.then.as_ref());
        (it.line, it.roles.iter().chain(then.into_iter().flatten()).collect::<Vec<_>>())
    });
    let invited = wanted.invitations.iter().map(|it| (it.line, it.roles.iter().collect()));
    let mut errors = Vec::new();
    for (line, words) in people.chain(invited) {
        for word in words {
            match word {
                RoleWord::Own(name) if !own.iter().any(|it| it.name == *name) => {
                    errors.push(on(line, fault(AccessFault::OwnRole, name)));
                }
                RoleWord::Own(_) => {}
                RoleWord::BuiltIn(role) => {
                    if !wanted.scheme.scheme().roles.contains(role) {
                        errors.push(on(line, fault(AccessFault::Role, role.key())));
                    }
                }
            }
        }
    }
    errors.sort_by_key(|it| it.line);
    errors
}

/// The roles of these words here. Each was looked for before.
fn roles(words: &[RoleWord], own: &[OwnRole]) -> RoleSet {
    let set = |word: &RoleWord| match word {
        RoleWord::BuiltIn(role) => RoleSet::of(&[*role]),
        RoleWord::Own(name) => match own.iter().find(|it| it.name == *name) {
            Some(role) => RoleSet::own(role.slot),
            None => RoleSet::NONE,
        },
    };
    words.iter().map(set).collect()
}

fn plan(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    wanted: &Access,
    own: &[OwnRole],
) -> Result<MadePlan, Failure> {
    let mut steps = Steps::new(bench, workspace)?;
    let (now, complete) = collect(bench, workspace)?;
    let present = present(bench, workspace)?;
    people(&mut steps, wanted, own, &present)?;
    invitations(&mut steps, wanted, own, &present)?;
    admins(bench, workspace, &mut steps, wanted)?;
    roles_and_groups(&mut steps, wanted, &now);
    steps.made(complete)
}

/// Who is here, by address.
fn present(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
) -> Result<BTreeMap<Address, Membership>, Failure> {
    let mut present = BTreeMap::new();
    let mut query = MemberWindowQuery::of(workspace, BATCH);
    loop {
        let rows = bench.cache.members(&query)?.rows;
        let is_last = rows.len() < BATCH as usize;
        let members = rows.into_iter().map(|it| it.member.at(bench.now));
        let here = members.filter(|it| it.state.is_present());
        present.extend(here.map(|it| (it.address.clone(), it)));
        if is_last {
            return Ok(present);
        }
        query.offset += BATCH;
    }
}

fn people(
    steps: &mut Steps<'_>,
    wanted: &Access,
    own: &[OwnRole],
    present: &BTreeMap<Address, Membership>,
) -> Result<(), Failure> {
    let named: BTreeSet<&Address> = wanted.people.iter().map(|it| &it.address).collect();
    for line in &wanted.people {
        let shall = Shall {
            name: line.name.clone(),
            address: line.address.clone(),
            login: None,
            roles: roles(&line.roles, own),
            state: line.state(),
            until: line
                .until
                .as_ref()
                .map(|it| End { at: it.at, roles: it.then.as_ref().map(|it| roles(it, own)) }),
            group: line.group.clone(),
        };
        steps.person(Some(&shall), present.get(&line.address))?;
    }
    for (_, member) in present.iter().filter(|(address, _)| !named.contains(address)) {
        steps.person(None, Some(member))?;
    }
    Ok(())
}

fn invitations(
    steps: &mut Steps<'_>,
    wanted: &Access,
    own: &[OwnRole],
    present: &BTreeMap<Address, Membership>,
) -> Result<(), Failure> {
    let open: HashMap<_, _> = steps.invited().clone();
    let people: BTreeSet<&Address> = wanted.people.iter().map(|it| &it.address).collect();
    let named: BTreeSet<&Address> = wanted.invitations.iter().map(|it| &it.address).collect();
    for line in &wanted.invitations {
        let shall = Shall {
            name: line.name.clone(),
            address: line.address.clone(),
            login: None,
            roles: roles(&line.roles, own),
            state: muster_domain::MemberState::Active,
            until: None,
            group: None,
        };
        // Who is here is removed for it above, and invited again: as the text has it.
        match open.get(&line.address) {
            Some(found) if found.roles == shall.roles => {}
            Some(_) | None => invite(steps, &shall, present.contains_key(&line.address))?,
        }
    }
    let mut left: Vec<_> = open
        .values()
        .filter(|it| !named.contains(&it.address) && !people.contains(&it.address))
        .collect();
    left.sort_by(|one, other| one.address.cmp(&other.address));
    left.into_iter().for_each(|it| steps.revoke(it));
    Ok(())
}

fn invite(steps: &mut Steps<'_>, shall: &Shall, is_here: bool) -> Result<(), Failure> {
    if is_here || steps.invited().contains_key(&shall.address) {
        return steps.person(Some(shall), None);
    }
    let name = Some(shall.name.clone()).filter(|it| !it.is_empty());
    let (workspace, address) = (steps.workspace(), shall.address.to_string());
    steps.step(Intent::Invite { workspace, address, name, roles: shall.roles });
    Ok(())
}

/// R9: who has reach is part of who has access, where there is such a thing.
fn admins(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    steps: &mut Steps<'_>,
    wanted: &Access,
) -> Result<(), Failure> {
    let account = bench.place(workspace)?.account;
    match account.rules().account_admin_reach {
        AdminReach::None => return Ok(()),
        AdminReach::All => {}
    }
    let now: Vec<_> = bench.cache.admins(account.id)?.into_iter().filter(|it| it.active).collect();
    let named: BTreeSet<&Address> = wanted.admins.iter().map(|it| &it.address).collect();
    for line in &wanted.admins {
        if now.iter().any(|it| it.address == line.address) {
            continue;
        }
        match steps.in_account(&line.address, None)? {
            Some(known) => steps.step(Intent::AddAdmin { account: account.id, person: known.id }),
            None => steps.gap(&line.name, "", GapReason::NotInAccount),
        }
    }
    for gone in now.into_iter().filter(|it| !named.contains(&it.address)) {
        steps.step(Intent::RemoveAdmin { account: account.id, login: gone.login });
    }
    Ok(())
}

/// Roles and groups are changed on their own pages, where it is said whom that concerns.
fn roles_and_groups(steps: &mut Steps<'_>, wanted: &Access, now: &Access) {
    for line in wanted.roles.iter().filter(|it| !now.roles.contains(it)) {
        steps.gap(&line.name, "", GapReason::RoleDiffers);
    }
    for line in wanted.groups.iter().filter(|it| !now.groups.contains(it)) {
        steps.gap(&line.name, "", GapReason::GroupDiffers);
    }
}
