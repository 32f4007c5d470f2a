//! The history in the window: what happened as rows for sentences, with what is not sent yet on
//! top and what was refused in its place (ui.md 5.9).

mod as_of;
mod compare;
mod detail;
mod kind;
mod mine;
mod row;

use std::str::FromStr;

use muster_cache::{HistoryMark, HistoryOf, HistoryQuery as Query, LogState};
use muster_domain::{AccountId, Permission, Timestamp, WorkspaceId};
use muster_protocol::LogOf;

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{
    AsOfPage, ChainState, ChainView, CompareQuestion, CompareView, Failure, FailureCode,
    HistoryDetail, HistoryPage, HistoryQuery, HistoryRow, MemberQuery,
};
use crate::workspaces::PAGE;

pub(crate) use compare::all as compare_all;

#[cfg(test)]
pub(crate) use {as_of::page as as_of, compare::compare, detail::detail};

impl App {
    /// A page of the history, newest first.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn history(&self, query: HistoryQuery) -> Result<HistoryPage, Failure> {
        self.with_bench(move |bench| page(bench, query)).await
    }

    /// One event of the history with its proof.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there.
    pub async fn history_event(&self, id: String) -> Result<HistoryDetail, Failure> {
        self.with_bench(move |bench| detail::detail(bench, &id)).await
    }

    /// The roster as it was at a moment.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn members_as_of(
        &self,
        query: MemberQuery,
        at: Timestamp,
    ) -> Result<AsOfPage, Failure> {
        self.with_bench(move |bench| as_of::page(bench, query, at)).await
    }

    /// What differs between two moments, in one workspace or in all whose history I may see.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn compare(&self, question: CompareQuestion) -> Result<CompareView, Failure> {
        self.with_bench(move |bench| compare::compare(bench, question)).await
    }
}

/// A page of the history.
pub(crate) fn page(bench: &Bench<'_>, query: HistoryQuery) -> Result<HistoryPage, Failure> {
    let limit = query.limit.min(PAGE);
    batch(bench, HistoryQuery { limit, ..query })
}

/// As many rows of the history as are asked for.
pub(crate) fn batch(bench: &Bench<'_>, query: HistoryQuery) -> Result<HistoryPage, Failure> {
    if let Some(workspace) = query.workspace {
        bench.place(workspace)?;
    }
    let before = query.before.as_deref().map(HistoryMark::from_str).transpose();
    let before = before.map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
    let found = bench.cache.history(&Query {
        of: whose(&query),
        text: query.text.clone(),
        who: query.who,
        about: query.about,
        kinds: query.kinds.clone(),
        from: query.from,
        // The cache takes the last moment itself.
        to: query.to.map(|it| Timestamp(it.0 - 1)),
        within: None,
        before,
        limit: query.limit,
    })?;
    let naming = row::Naming::new(bench)?;
    let mut rows: Vec<HistoryRow> = found.rows.iter().map(|it| naming.row(it)).collect();
    let oldest = found.next.as_ref().map(|mark| mark.at);
    let mine = mine::Mine::new(bench, &query, &naming)?;
    let refused = mine.refused(before.map(|it| it.at), oldest)?;
    merge(&mut rows, refused);
    if before.is_none() {
        let mut waiting = mine.not_sent()?;
        waiting.append(&mut rows);
        rows = waiting;
    }
    let chains = chains(bench, &query)?;
    Ok(HistoryPage {
        rows,
        next: found.next.map(|it| it.to_string()),
        own_only: !chains.iter().any(|it| it.whole),
        until: bench.cache.last_contact()?,
        chain: chain(&chains),
    })
}

fn whose(query: &HistoryQuery) -> HistoryOf {
    match (query.workspace, query.account) {
        (Some(workspace), _) => HistoryOf::Workspace(workspace),
        (None, Some(account)) => HistoryOf::Account(account),
        (None, None) => HistoryOf::All,
    }
}

/// The state of a chain as a word.
pub(crate) const fn chain_key(state: ChainState) -> &'static str {
    match state {
        ChainState::Sound => "sound",
        ChainState::Broken => "broken",
        ChainState::Loading => "loading",
        ChainState::Unknown => "unknown",
    }
}

/// Puts further rows among those that are there, all newest first.
fn merge(rows: &mut Vec<HistoryRow>, more: Vec<HistoryRow>) {
    rows.extend(more);
    // The sort keeps the order of what happened at the same moment.
    rows.sort_by_key(|it| std::cmp::Reverse(it.at));
}

/// One chain that is asked about.
struct Chain {
    /// Whether all of it may be read.
    whole: bool,
    /// What of it is here.
    state: Option<LogState>,
}

/// The chains that the page is made of.
fn chains(bench: &Bench<'_>, query: &HistoryQuery) -> Result<Vec<Chain>, Failure> {
    let (places, accounts): (Vec<WorkspaceId>, Vec<AccountId>) =
        match (query.workspace, query.account) {
            (Some(workspace), _) => (vec![workspace], Vec::new()),
            (None, Some(account)) => (Vec::new(), vec![account]),
            (None, None) => (
                crate::reviews::everywhere(bench)?.iter().map(|it| it.workspace.id).collect(),
                bench.cache.accounts()?.iter().map(|it| it.id).collect(),
            ),
        };
    let me = bench.cache.me()?.id;
    let mut chains = Vec::new();
    for id in places {
        let whole = bench.facts(id)?.permissions().has(Permission::AuditView);
        chains.push(Chain { whole, state: bench.cache.log_state(LogOf::Workspace(id))? });
    }
    for id in accounts {
        let admins = bench.cache.admins(id)?;
        let whole = admins.iter().any(|it| it.login == me && it.active);
        chains.push(Chain { whole, state: bench.cache.log_state(LogOf::Account(id))? });
    }
    Ok(chains)
}

/// What following several chains says: a break of one is told before anything else.
fn chain(chains: &[Chain]) -> ChainView {
    let whole = || chains.iter().filter(|it| it.whole);
    let states = || whole().filter_map(|it| it.state.as_ref());
    let broken_at = states().filter_map(|it| it.broken.map(|(_, at)| at)).min();
    let is_loading = whole().any(|it| it.state.is_none_or(|state| state.loading));
    let state = if broken_at.is_some() {
        ChainState::Broken
    } else if whole().next().is_none() {
        ChainState::Unknown
    } else if is_loading {
        ChainState::Loading
    } else {
        ChainState::Sound
    };
    ChainView { state, since: states().filter_map(|it| it.since).min(), broken_at }
}
