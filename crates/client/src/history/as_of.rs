//! A roster as it was at a moment.

use muster_domain::{Membership, Timestamp};

use crate::badge;
use crate::members::window;
use crate::verdict::Bench;
use crate::view::{AsOfPage, AsOfRow, Failure, MemberQuery, OwnRoleName};
use crate::workspaces::PAGE;

/// A page of the members of then, by the same query as today's.
pub(crate) fn page(
    bench: &Bench<'_>,
    query: MemberQuery,
    at: Timestamp,
) -> Result<AsOfPage, Failure> {
    bench.place(query.workspace)?;
    let own = bench.cache.own_roles_at(query.workspace, at)?;
    let found = bench.cache.as_of(&window(query, PAGE), at)?;
    Ok(AsOfPage {
        at,
        people: found.people,
        matched: found.matched,
        complete: found.complete,
        own_roles: own.iter().map(OwnRoleName::of).collect(),
        rows: found.rows.into_iter().map(row).collect(),
    })
}

fn row(member: Membership) -> AsOfRow {
    AsOfRow {
        membership: member.id,
        letters: badge::letters(&member.name),
        name: member.name,
        address: member.address.to_string(),
        roles: member.roles,
        state: member.state,
        given_by: member.given_by,
        given_at: member.given_at,
        joined: member.joined,
        until: member.until.map(|it| it.at),
    }
}
