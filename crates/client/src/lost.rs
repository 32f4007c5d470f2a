//! What took the right that a refused change needed (E-43): the last thing that was done to me
//! in its workspace between making it and the server's no.

use muster_cache::{HistoryOf, HistoryQuery, LoggedRow, OutboxEntry};
use muster_domain::{EventKind, MemberState, Membership, RefusalCode, RoleSet, Row};
use muster_protocol::Outcome;

use crate::verdict::Bench;
use crate::view::{Failure, LostRight};

/// What can take rights from a member.
const TAKES: [EventKind; 7] = [
    EventKind::MemberRolesChanged,
    EventKind::MemberEndChanged,
    EventKind::MemberEnded,
    EventKind::MemberGrouped,
    EventKind::MemberSuspended,
    EventKind::MemberRemoved,
    EventKind::MemberLeft,
];

/// How many of the events about me are looked at.
const LOOKED_AT: u32 = 20;

/// What took it; `None` where it was something else that stood against the change.
pub(crate) fn lost(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
    outcome: &Outcome,
) -> Result<Option<LostRight>, Failure> {
    let is_right = outcome.refusal.as_ref().is_some_and(|it| is_of_rights(it.code));
    let (true, Some(workspace)) = (is_right, entry.workspace) else { return Ok(None) };
    let query = HistoryQuery {
        of: HistoryOf::Workspace(workspace),
        about: Some(bench.cache.me()?.id),
        kinds: TAKES.iter().map(|it| it.key().to_owned()).collect(),
        from: Some(entry.made_at),
        to: Some(outcome.at),
        limit: LOOKED_AT,
        ..HistoryQuery::default()
    };
    let rows = bench.cache.history(&query)?.rows;
    Ok(rows.iter().find_map(taken))
}

/// The codes that say that a right is missing.
fn is_of_rights(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::Missing
            | RefusalCode::MayNotInvite
            | RefusalCode::NotVisible
            | RefusalCode::GrantChanged
    ) || ["R2", "R3", "R4", "R5"].contains(&code.rule())
}

fn taken(event: &LoggedRow) -> Option<LostRight> {
    let (Some(Row::Membership(before)), Some(Row::Membership(after))) =
        (&event.before, &event.after)
    else {
        return None;
    };
    let (had, has) = (held(before), held(after));
    (!had.without(has).is_empty()).then(|| LostRight {
        roles: had,
        at: event.at,
        who: event.actor_name.clone(),
    })
}

/// The roles that give something.
const fn held(member: &Membership) -> RoleSet {
    match member.state {
        MemberState::Active => member.roles,
        MemberState::Suspended
        | MemberState::Left
        | MemberState::Removed
        | MemberState::Expired => RoleSet::NONE,
    }
}
