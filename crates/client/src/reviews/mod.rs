//! Access reviews in the window: the list, one review, and who decides (V-49, ui.md 5.8).

mod finish;
mod hints;
mod lines;
mod people;
mod start;

use std::collections::{HashMap, HashSet};

use muster_cache::{ReviewCounts as Counts, ReviewSummary, WorkspaceEntry, WorkspaceQuery};
use muster_domain::{
    CampaignId, Command, LoginId, Lookup as _, Permission, QuietDays, Review, ReviewId, Timestamp,
    Undecided, WorkspaceId,
};

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, ReviewCounts, ReviewLinePage, ReviewLineView, ReviewList, ReviewPerson,
    ReviewQuery, ReviewRow, ReviewView, ReviewerView, Verdict,
};

pub(crate) use hints::among;
pub(crate) use lines::{asked as line_query, chosen, last_view, standpoint};

#[cfg(test)]
pub(crate) use finish::finish;
#[cfg(test)]
pub(crate) use lines::{page as line_page, view as line_view};
#[cfg(test)]
pub(crate) use people::who_may;

impl App {
    /// The reviews of a workspace, or of all where I may review.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn reviews(&self, workspace: Option<WorkspaceId>) -> Result<ReviewList, Failure> {
        self.with_bench(move |bench| list(bench, workspace)).await
    }

    /// One review.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there.
    pub async fn review(
        &self,
        workspace: WorkspaceId,
        id: ReviewId,
    ) -> Result<ReviewView, Failure> {
        self.with_bench(move |bench| view(bench, workspace, id)).await
    }

    /// A page of a review's lines.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a review that is not there.
    pub async fn review_lines(&self, query: ReviewQuery) -> Result<ReviewLinePage, Failure> {
        self.with_bench(move |bench| lines::page(bench, query)).await
    }

    /// One line of a review with what helps to decide.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a line that is not there.
    pub async fn review_line(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
        membership: muster_domain::MembershipId,
    ) -> Result<ReviewLineView, Failure> {
        self.with_bench(move |bench| lines::view(bench, (workspace, review), membership)).await
    }

    /// People who may be named reviewer, whose name or address has these words.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn review_people(
        &self,
        workspace: WorkspaceId,
        text: String,
    ) -> Result<Vec<ReviewPerson>, Failure> {
        self.with_bench(move |bench| people::who_may(bench, workspace, &text)).await
    }
}

/// The list. Where nothing of the workspace is known, there is none.
pub(crate) fn list(
    bench: &Bench<'_>,
    workspace: Option<WorkspaceId>,
) -> Result<ReviewList, Failure> {
    let found = bench.cache.reviews(workspace)?;
    let places = match workspace {
        Some(id) => vec![bench.place(id)?],
        None => everywhere(bench)?,
    };
    let me = bench.cache.me()?.id;
    let reviewed = with_open(&found);
    let mut next_due: Option<Timestamp> = None;
    let mut start = Verdict::Hidden;
    let mut startable = Vec::new();
    for place in &places {
        if !bench.facts(place.workspace.id)?.permissions().has(Permission::ReviewRun) {
            continue;
        }
        let here = starting(bench, place, me)?;
        if matches!(here, Verdict::Allowed | Verdict::NeedsConnection { .. }) {
            startable.push(place.workspace.id);
        }
        if start == Verdict::Hidden {
            start = here;
        }
        let due = due(bench, place, &reviewed)?;
        next_due = [next_due, due].into_iter().flatten().min();
    }
    let names: HashMap<WorkspaceId, &WorkspaceEntry> =
        places.iter().map(|it| (it.workspace.id, it)).collect();
    let mut rows: Vec<ReviewRow> = found
        .iter()
        .filter_map(|summary| {
            let place = names.get(&summary.review.workspace)?;
            Some(row(bench, summary, place, me))
        })
        .collect();
    // Those that were started together are due together.
    let open = rows.partition_point(|it| it.closed.is_none());
    rows[..open].sort_by(|a, b| {
        (a.due, &a.name, &a.workspace_name).cmp(&(b.due, &b.name, &b.workspace_name))
    });
    Ok(ReviewList { rows, start, startable, next_due })
}

/// Every workspace that I can open.
pub(crate) fn everywhere(bench: &Bench<'_>) -> Result<Vec<WorkspaceEntry>, Failure> {
    let query = WorkspaceQuery { limit: u32::MAX, ..WorkspaceQuery::default() };
    Ok(bench.cache.workspaces(&query)?.rows)
}

/// Starting is asked of my rights alone: the rules would freeze every member to answer.
fn starting(bench: &Bench<'_>, place: &WorkspaceEntry, me: LoginId) -> Result<Verdict, Failure> {
    bench.if_sendable(&Command::StartReview {
        workspace: place.workspace.id,
        review: ReviewId::from_bytes([0; 16]),
        campaign: CampaignId::from_bytes([0; 16]),
        title: "…".to_owned(),
        due: bench.now.plus_days(1),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![me],
    })
}

/// The workspaces that have an open review among these.
pub(crate) fn with_open(found: &[ReviewSummary]) -> HashSet<WorkspaceId> {
    let open = found.iter().map(|it| &it.review).filter(|it| it.closed.is_none());
    open.map(|it| it.workspace).collect()
}

/// When a workspace's next review is due by its account's policy, unless one is `open`.
pub(crate) fn due(
    bench: &Bench<'_>,
    place: &WorkspaceEntry,
    open: &HashSet<WorkspaceId>,
) -> Result<Option<Timestamp>, Failure> {
    let id = place.workspace.id;
    let days = place.account.review_days;
    if days == 0 || open.contains(&id) {
        return Ok(None);
    }
    let last = bench.cache.read(|mirror| mirror.last_review(id))?;
    let last = crate::submit::known(last).and_then(|it| it.closed).map(|it| it.at);
    Ok(Some(last.unwrap_or(place.workspace.created).plus_days(days.into())))
}

/// The review of this workspace with its progress.
pub(crate) fn summary(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: ReviewId,
) -> Result<ReviewSummary, Failure> {
    let found = bench.cache.review(id)?.filter(|it| it.review.workspace == workspace);
    found.ok_or_else(|| Failure::new(FailureCode::NotFound))
}

/// One review.
pub(crate) fn view(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: ReviewId,
) -> Result<ReviewView, Failure> {
    let place = bench.place(workspace)?;
    let found = summary(bench, workspace, id)?;
    let me = bench.cache.me()?.id;
    let reviewers = found.review.reviewers.iter().map(|it| ReviewerView {
        login: it.login,
        name: it.name.clone(),
        is_me: it.login == me,
    });
    Ok(ReviewView {
        row: row(bench, &found, &place, me),
        undecided: found.review.undecided,
        counts: counts(found.counts),
        hints: hints::FromLog::new(bench, &found.review, &place.account)?.counts()?,
        reviewers: reviewers.collect(),
        set_reviewers: set_reviewers(bench, &found.review, me)?,
        finish: finishing(bench, &found.review)?,
    })
}

/// Any other choice of reviewers will do; the same one changes nothing and is allowed.
fn set_reviewers(bench: &Bench<'_>, review: &Review, me: LoginId) -> Result<Verdict, Failure> {
    let command = Command::SetReviewers {
        workspace: review.workspace,
        review: review.id,
        reviewers: vec![me],
    };
    Ok(match bench.verdict(&command)? {
        Verdict::NoOp | Verdict::Unknown => bench.if_sendable(&command)?,
        other => other,
    })
}

/// Finishing is asked of my rights and the review's state alone: the rules would read every
/// member, and what is left to carry out is no reason not to look at it.
pub(crate) fn finishing(bench: &Bench<'_>, review: &Review) -> Result<Verdict, Failure> {
    let held = bench.facts(review.workspace)?.permissions();
    if review.closed.is_some() || !held.has(Permission::ReviewRun) {
        return Ok(Verdict::Hidden);
    }
    bench.if_sendable(&Command::CloseReview { workspace: review.workspace, review: review.id })
}

const fn counts(counts: Counts) -> ReviewCounts {
    ReviewCounts {
        all: counts.all,
        undecided: counts.undecided,
        kept: counts.kept,
        changed: counts.changed,
        removed: counts.removed,
        disputed: counts.disputed,
        changed_since: counts.changed_since,
        unchanged_since: counts.unchanged_since,
        external: counts.external,
    }
}

fn row(bench: &Bench<'_>, found: &ReviewSummary, place: &WorkspaceEntry, me: LoginId) -> ReviewRow {
    let review = &found.review;
    ReviewRow {
        id: review.id,
        campaign: review.campaign,
        workspace: review.workspace,
        workspace_name: place.workspace.name.clone(),
        account_name: place.account.name.clone(),
        name: review.name.clone(),
        due: review.due,
        overdue: review.closed.is_none() && review.due < bench.now,
        started: review.started.at,
        started_by: review.started.by.clone(),
        closed: review.closed.as_ref().map(|it| it.at),
        closed_by: review.closed.as_ref().map(|it| it.by.clone()),
        people: review.lines,
        decided: found.counts.decided(),
        disputed: found.counts.disputed,
        pending: found.pending,
        reviewers: review.reviewers.iter().map(|it| it.name.clone()).collect(),
        mine: review.has_reviewer(me),
    }
}
