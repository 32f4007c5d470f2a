//! The roster: who is in a workspace.

use muster_cache::{Acted, Mark as CacheMark, MemberEntry, MemberWindowQuery};
use muster_domain::{
    Account, AdminReach, LoginId, MembershipId, Permission, PermissionSet, WorkspaceId,
};

use crate::app::App;
use crate::badge;
use crate::verdict::Bench;
use crate::view::{
    AdminView, Failure, FailureCode, LastChange, Mark, MemberCounts, MemberPage, MemberQuery,
    MemberRow, MemberSort, MemberStatus,
};
use crate::workspaces::PAGE;

/// How much of a note stands in a list.
const NOTE: usize = 120;

impl App {
    /// A page of the members that match.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn members(&self, query: MemberQuery) -> Result<MemberPage, Failure> {
        self.with_bench(move |bench| page(bench, query)).await
    }

    /// The ids of all members that match, for *select all*.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn member_ids(&self, query: MemberQuery) -> Result<Vec<MembershipId>, Failure> {
        self.with_bench(move |bench| Ok(bench.cache.member_ids(&asked(bench, query, u32::MAX)?)?))
            .await
    }

    /// Where the next member after a place stands whose name starts with the letters, in all
    /// rows that match.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn member_starting(
        &self,
        query: MemberQuery,
        letters: String,
        after: u32,
    ) -> Result<Option<u32>, Failure> {
        self.with_bench(move |bench| {
            Ok(bench.cache.member_starting(&asked(bench, query, PAGE)?, &letters, after)?)
        })
        .await
    }
}

/// Whether the lack of a change in a workspace says something: I may read its history, and all
/// of it is here. What it tells is of this workspace alone (R10).
pub(crate) fn changes_known(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<bool, Failure> {
    let sees = bench.facts(workspace)?.permissions().has(Permission::AuditView);
    Ok(sees && bench.cache.tells_all(workspace)?)
}

/// The query of today's roster, by when people last changed something as well where that is
/// known.
pub(crate) fn asked(
    bench: &Bench<'_>,
    query: MemberQuery,
    most: u32,
) -> Result<MemberWindowQuery, Failure> {
    let (changed, by_change) = (query.changed, query.sort == MemberSort::Changed);
    let window = window(query, most);
    let asks = changed.is_some() || by_change;
    if !asks || !changes_known(bench, window.workspace)? {
        return Ok(window);
    }
    let ago = |days: i64| bench.now.plus_days(-days);
    let acted = changed.map(|it| match it {
        LastChange::Lately => Acted::Since(ago(30)),
        LastChange::NotForThirty => Acted::NotSince(ago(30)),
        LastChange::NotForNinety => Acted::NotSince(ago(90)),
        LastChange::Never => Acted::Never,
    });
    let sort = if by_change { muster_cache::MemberSort::Acted } else { window.sort };
    Ok(MemberWindowQuery { acted, sort, ..window })
}

/// The query of any roster, also that of a day, which says nothing of when people last changed
/// something.
pub(crate) fn window(query: MemberQuery, most: u32) -> MemberWindowQuery {
    MemberWindowQuery {
        workspace: query.workspace,
        text: query.text,
        roles: query.roles,
        label: query.label,
        ends: query.status == MemberStatus::Ending,
        acted: None,
        status: match query.status {
            MemberStatus::Present | MemberStatus::Ending => muster_cache::MemberStatus::Present,
            MemberStatus::Active => muster_cache::MemberStatus::Active,
            MemberStatus::Suspended => muster_cache::MemberStatus::Suspended,
            MemberStatus::Former => muster_cache::MemberStatus::Former,
        },
        sort: match query.sort {
            MemberSort::Name | MemberSort::Changed => muster_cache::MemberSort::Name,
            MemberSort::Address => muster_cache::MemberSort::Address,
            MemberSort::Role => muster_cache::MemberSort::Role,
            MemberSort::Status => muster_cache::MemberSort::Status,
            MemberSort::Joined => muster_cache::MemberSort::Joined,
        },
        descending: query.descending,
        offset: query.offset,
        limit: query.limit.min(most),
    }
}

/// A page of the members that match.
pub(crate) fn page(bench: &Bench<'_>, query: MemberQuery) -> Result<MemberPage, Failure> {
    let account =
        bench.account(query.workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let workspace = query.workspace;
    let changes_known = changes_known(bench, workspace)?;
    let found = bench.cache.members(&asked(bench, query, PAGE)?)?;
    Ok(MemberPage {
        people: found.people,
        owners: found.owners,
        leaving: found.leaving,
        matched: found.matched,
        counts: MemberCounts {
            active: found.counts.active,
            suspended: found.counts.suspended,
            ending: ending(bench, workspace)?,
            former: found.counts.former,
        },
        account_admins: with_reach(bench, &account)?,
        changes_known,
        rows: if changes_known {
            with_changes(bench, found.rows)?
        } else {
            rows(bench, found.rows)?
        },
    })
}

/// How many memberships end by themselves (E-39).
fn ending(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<u32, Failure> {
    let query = MemberWindowQuery { ends: true, ..MemberWindowQuery::of(workspace, 0) };
    Ok(bench.cache.members(&query)?.matched)
}

/// R9: Account Admins are named where they have rights.
fn with_reach(bench: &Bench<'_>, account: &Account) -> Result<Vec<AdminView>, Failure> {
    match account.rules().account_admin_reach {
        AdminReach::None => Ok(Vec::new()),
        AdminReach::All => Ok(bench
            .cache
            .admins(account.id)?
            .into_iter()
            .filter(|it| it.active)
            .map(|it| AdminView { name: it.name, address: it.address.to_string(), since: it.since })
            .collect()),
    }
}

/// Entries of the copy as rows of a list.
pub(crate) fn rows(
    bench: &Bench<'_>,
    entries: Vec<MemberEntry>,
) -> Result<Vec<MemberRow>, Failure> {
    let me = bench.cache.me()?.id;
    Ok(entries.into_iter().map(|entry| row(bench, entry, me)).collect())
}

/// Rows that say when their people last changed anything.
fn with_changes(bench: &Bench<'_>, entries: Vec<MemberEntry>) -> Result<Vec<MemberRow>, Failure> {
    let me = bench.cache.me()?.id;
    let with_change = |entry: MemberEntry| {
        let last_change = bench.cache.last_act(entry.member.workspace, entry.member.login)?;
        Ok(MemberRow { last_change, ..row(bench, entry, me) })
    };
    entries.into_iter().map(with_change).collect()
}

/// One entry of the copy as a row of a list, as it is now (E-39).
pub(crate) fn row(bench: &Bench<'_>, entry: MemberEntry, me: LoginId) -> MemberRow {
    let MemberEntry { member, confirmed, mark } = entry;
    let member = member.at(bench.now);
    let confirmed = confirmed.map(|it| it.at(bench.now));
    let roles_were = confirmed.as_ref().map(|it| it.roles).filter(|it| *it != member.roles);
    let state_was = confirmed.as_ref().map(|it| it.state).filter(|it| *it != member.state);
    MemberRow {
        id: member.id,
        letters: badge::letters(&member.name),
        address: member.address.to_string(),
        name: member.name,
        roles: member.roles,
        roles_were,
        state: member.state,
        state_was,
        joined: member.joined,
        given_by: member.given_by,
        ended: member.ended.as_ref().map(|it| it.at),
        ended_by: member.ended.map(|it| it.by),
        until: member.until,
        labels: member.labels,
        note: member.note.chars().take(NOTE).collect(),
        last_change: None,
        grouped: member.group.is_some(),
        me: member.login == me,
        mark: margin(bench, mark),
    }
}

/// The mark in a row's margin.
pub(crate) fn margin(bench: &Bench<'_>, mark: CacheMark) -> Mark {
    match mark {
        CacheMark::None => Mark::None,
        CacheMark::New => Mark::New,
        CacheMark::NotSent => Mark::NotSent,
        CacheMark::Sending if bench.is_online() => Mark::Sending,
        // A try that nobody answers sends nothing; the mark does not flicker with it.
        CacheMark::Sending => Mark::NotSent,
        CacheMark::Refused => Mark::Refused,
        CacheMark::NeedsYou => Mark::NeedsYou,
    }
}

/// A member of this workspace, or the failure that says there is none.
pub(crate) fn find(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Result<MemberEntry, Failure> {
    bench
        .cache
        .member(id)?
        .filter(|entry| entry.member.workspace == workspace)
        .ok_or_else(|| Failure::new(FailureCode::NotFound))
}

/// What a change of roles gives and takes.
pub(crate) struct Difference {
    pub gains: PermissionSet,
    pub keeps: PermissionSet,
    pub loses: PermissionSet,
}

impl Difference {
    pub(crate) fn of(before: PermissionSet, after: PermissionSet) -> Self {
        Self {
            gains: after.without(before),
            keeps: after.intersection(before),
            loses: before.without(after),
        }
    }
}
