//! The roster: who is in a workspace.

use muster_cache::{Mark as CacheMark, MemberEntry, MemberWindowQuery};
use muster_domain::{Account, AdminReach, LoginId, MembershipId, PermissionSet, WorkspaceId};

use crate::app::App;
use crate::badge;
use crate::verdict::Bench;
use crate::view::{
    AdminView, Failure, FailureCode, Mark, MemberCounts, MemberPage, MemberQuery, MemberRow,
    MemberSort, MemberStatus,
};
use crate::workspaces::PAGE;

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
        self.with_bench(move |bench| Ok(bench.cache.member_ids(&window(query, u32::MAX))?)).await
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
            Ok(bench.cache.member_starting(&window(query, PAGE), &letters, after)?)
        })
        .await
    }
}

pub(crate) fn window(query: MemberQuery, most: u32) -> MemberWindowQuery {
    MemberWindowQuery {
        workspace: query.workspace,
        text: query.text,
        roles: query.roles,
        label: query.label,
        ends: query.status == MemberStatus::Ending,
        status: match query.status {
            MemberStatus::Present | MemberStatus::Ending => muster_cache::MemberStatus::Present,
            MemberStatus::Active => muster_cache::MemberStatus::Active,
            MemberStatus::Suspended => muster_cache::MemberStatus::Suspended,
            MemberStatus::Former => muster_cache::MemberStatus::Former,
        },
        sort: match query.sort {
            MemberSort::Name => muster_cache::MemberSort::Name,
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
    let found = bench.cache.members(&window(query, PAGE))?;
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
        rows: rows(bench, found.rows)?,
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
