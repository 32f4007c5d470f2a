//! Who may be named reviewer.

use std::collections::BTreeSet;

use muster_cache::{MemberStatus, MemberWindowQuery};
use muster_domain::{AdminReach, LoginId, Permission, RoleSet, WorkspaceId};

use crate::badge;
use crate::verdict::Bench;
use crate::view::{Failure, ReviewPerson};
use crate::words::Words;

/// How many are offered.
const MOST: usize = 50;

/// Those who may run reviews here: members by their roles, and Account Admins by their reach.
pub(crate) fn who_may(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    text: &str,
) -> Result<Vec<ReviewPerson>, Failure> {
    let place = bench.place(workspace)?;
    let me = bench.cache.me()?.id;
    let roles = bench.roles_with(workspace, &place.account, Permission::ReviewRun)?;
    let mut people = members(bench, workspace, roles, text, me)?;
    if place.account.rules().account_admin_reach == AdminReach::All {
        let words = Words::of(text);
        let admins = bench.cache.admins(place.account.id)?.into_iter().filter(|it| it.active);
        people.extend(admins.filter(|it| words.fit(&format!("{} {}", it.name, it.address))).map(
            |it| ReviewPerson {
                login: it.login,
                letters: badge::letters(&it.name),
                address: it.address.to_string(),
                is_me: it.login == me,
                as_admin: true,
                name: it.name,
            },
        ));
    }
    let mut seen: BTreeSet<LoginId> = BTreeSet::new();
    people.retain(|it| seen.insert(it.login));
    // I come first: whoever starts a review most often decides in it.
    people.sort_by_key(|it| (!it.is_me, it.name.to_lowercase()));
    people.truncate(MOST);
    Ok(people)
}

fn members(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    roles: RoleSet,
    text: &str,
    me: LoginId,
) -> Result<Vec<ReviewPerson>, Failure> {
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let query = MemberWindowQuery {
        text: text.to_owned(),
        roles,
        status: MemberStatus::Active,
        ..MemberWindowQuery::of(workspace, u32::try_from(MOST).unwrap_or(u32::MAX))
    };
    let found = bench.cache.members(&query)?.rows.into_iter().map(|it| it.member.at(bench.now));
    let person = |it: muster_domain::Membership| ReviewPerson {
        login: it.login,
        letters: badge::letters(&it.name),
        address: it.address.to_string(),
        is_me: it.login == me,
        as_admin: false,
        name: it.name,
    };
    Ok(found.map(person).collect())
}
