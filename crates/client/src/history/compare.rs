//! Two moments compared, with what people gained and lost by the roles of then (ui.md 5.10).

use muster_cache::{
    CompareQuestion as Question, Compared, ComparedLine, Unchanged, Unsent, WorkspaceEntry,
};
use muster_domain::{
    MemberState, Membership, OwnRoles, Permission, PermissionSet, RoleSet, WorkspaceId,
    facts::own_of,
};

use crate::badge;
use crate::members::Difference;
use crate::verdict::Bench;
use crate::view::{
    CompareLine, CompareQuestion, CompareView, CompareWorkspace, Failure, OwnRoleName,
};

/// How many lines of each kind are told.
const LINES: u32 = 1_000;

/// What differs between two moments, as much of it as the window takes.
pub(crate) fn compare(
    bench: &Bench<'_>,
    question: CompareQuestion,
) -> Result<CompareView, Failure> {
    up_to(bench, question, LINES)
}

/// All that differs between two moments.
pub(crate) fn all(bench: &Bench<'_>, question: CompareQuestion) -> Result<CompareView, Failure> {
    up_to(bench, question, u32::MAX)
}

fn up_to(bench: &Bench<'_>, question: CompareQuestion, most: u32) -> Result<CompareView, Failure> {
    let places = match question.workspace {
        Some(id) => vec![bench.place(id)?],
        None => readable(bench)?,
    };
    let mut workspaces = Vec::with_capacity(places.len());
    for place in &places {
        workspaces.push(one(bench, place, &question, most)?);
    }
    workspaces.sort_by_key(|it| {
        let differs = it.joined_total + it.left_total + it.changed_total > 0;
        (!differs, it.name.to_lowercase())
    });
    let ids: Vec<WorkspaceId> = places.iter().map(|it| it.workspace.id).collect();
    let waiting = bench.cache.pending()?.into_iter().filter(|entry| {
        let of_member = entry.command.as_ref().is_some_and(|it| it.membership().is_some());
        of_member && entry.workspace.is_some_and(|id| ids.contains(&id))
    });
    Ok(CompareView {
        complete: workspaces.iter().all(|it| it.complete),
        unsent: u32::try_from(waiting.count()).unwrap_or(u32::MAX),
        workspaces,
    })
}

/// The workspaces whose whole history I may see.
fn readable(bench: &Bench<'_>) -> Result<Vec<WorkspaceEntry>, Failure> {
    let mut places = crate::reviews::everywhere(bench)?;
    let mut kept = Vec::with_capacity(places.len());
    for place in places.drain(..) {
        if bench.facts(place.workspace.id)?.permissions().has(Permission::AuditView) {
            kept.push(place);
        }
    }
    Ok(kept)
}

fn one(
    bench: &Bench<'_>,
    place: &WorkspaceEntry,
    question: &CompareQuestion,
    most: u32,
) -> Result<CompareWorkspace, Failure> {
    let workspace = place.workspace.id;
    let found: Compared = bench.cache.compare(&Question {
        workspace,
        from: question.from,
        to: question.to,
        unsent: if question.include_unsent { Unsent::Included } else { Unsent::LeftOut },
        unchanged: if question.include_unchanged { Unchanged::Told } else { Unchanged::Counted },
        limit: most,
    })?;
    let own_from = bench.cache.own_roles_at(workspace, question.from)?;
    let own_to = bench.cache.own_roles_at(workspace, question.to)?;
    let held = Held { from: own_of(&own_from), to: own_of(&own_to) };
    let lines =
        |lines: Vec<ComparedLine>| lines.into_iter().filter_map(|it| held.line(it)).collect();
    Ok(CompareWorkspace {
        workspace,
        name: place.workspace.name.clone(),
        account_name: place.account.name.clone(),
        joined: lines(found.joined),
        joined_total: found.joined_total,
        left: lines(found.left),
        left_total: found.left_total,
        changed: lines(found.changed),
        changed_total: found.changed_total,
        unchanged: found.unchanged,
        same: lines(found.same),
        complete: found.complete,
        own_from: own_from.iter().map(OwnRoleName::of).collect(),
        own_to: own_to.iter().map(OwnRoleName::of).collect(),
    })
}

/// What the workspace's own roles gave at both moments.
struct Held {
    from: OwnRoles,
    to: OwnRoles,
}

impl Held {
    fn line(&self, line: ComparedLine) -> Option<CompareLine> {
        let shown = line.after.as_ref().or(line.last.as_ref()).or(line.before.as_ref())?;
        let had = line.before.as_ref().map_or(PermissionSet::NONE, |it| could(it, &self.from));
        let has = line.after.as_ref().map_or(PermissionSet::NONE, |it| could(it, &self.to));
        let difference = Difference::of(had, has);
        Some(CompareLine {
            membership: shown.id,
            letters: badge::letters(&shown.name),
            name: shown.name.clone(),
            address: shown.address.to_string(),
            from: line.before.as_ref().map_or(RoleSet::NONE, |it| it.roles),
            to: line.after.as_ref().map_or(RoleSet::NONE, |it| it.roles),
            from_state: line.before.as_ref().map(|it| it.state),
            to_state: line.after.as_ref().or(line.last.as_ref()).map(|it| it.state),
            gains: difference.gains.iter().collect(),
            loses: difference.loses.iter().collect(),
            at: line.at,
            by: line.by,
            came_back: line.came_back,
            left_at: line.gone.as_ref().map(|(at, _)| *at),
            left_by: line.gone.map(|(_, by)| by),
            not_sent: line.not_sent,
        })
    }
}

/// What somebody could do: nothing while suspended.
fn could(member: &Membership, own: &OwnRoles) -> PermissionSet {
    match member.state {
        MemberState::Active => member.roles.permissions(own),
        MemberState::Suspended
        | MemberState::Left
        | MemberState::Removed
        | MemberState::Expired => PermissionSet::NONE,
    }
}
