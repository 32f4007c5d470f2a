//! The end of a review: what was decided becomes a plan, the plan is carried out, and the
//! review is closed when nothing of it is left (E-48 to E-51).

use std::collections::BTreeSet;

use muster_domain::{
    Choice, Lookup as _, MembershipId, Review, ReviewId, RoleSet, Standpoint, WorkspaceId,
};

use crate::app::App;
use crate::plan;
use crate::verdict::Bench;
use crate::view::{
    Failure, Intent, PlanRun, ReviewFinish, ReviewOutcome, ReviewResult, Submitted, Verdict,
};

/// One change that follows from a review.
struct Step {
    membership: MembershipId,
    name: String,
    kind: Follows,
    intent: Intent,
}

/// What a change follows from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// From a decision; the review stays open until it is so.
    Decided,
    /// From the lack of one (E-50).
    Undecided,
}

impl App {
    /// What finishing a review does, as a plan.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NotFound`] for a review that is not there.
    pub async fn review_finish(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
    ) -> Result<ReviewFinish, Failure> {
        self.with_bench(move |bench| finish(bench, workspace, review)).await
    }

    /// Carries out the changes of these memberships, then closes the review if nothing is left
    /// of it. Lines that were refused keep it open. Needs a connection (R14).
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked or written; a rule's no is a result.
    pub async fn review_carry_out(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
        memberships: Vec<MembershipId>,
    ) -> Result<ReviewResult, Failure> {
        let asked: BTreeSet<MembershipId> = memberships.into_iter().collect();
        let (closing, steps) = self
            .with_bench(move |bench| {
                let found = super::summary(bench, workspace, review)?.review;
                let mut steps = steps(bench, &found)?;
                steps.retain(|step| asked.contains(&step.membership));
                Ok((super::finishing(bench, &found)?, steps))
            })
            .await?;
        if let Verdict::NeedsConnection { sentence } = closing {
            let open = self.with_bench(move |bench| open(bench, review)).await?;
            let closed = Some(Submitted::NeedsConnection { sentence });
            return Ok(ReviewResult { lines: Vec::new(), closed, open });
        }
        let intents = steps.iter().map(|step| step.intent.clone()).collect();
        let results = self.carry_out(PlanRun { intents }).await?.lines;
        let not_suspended = steps
            .iter()
            .zip(&results)
            .filter(|(step, result)| step.kind == Follows::Undecided && !is_so(result))
            .count();
        let open = self.with_bench(move |bench| open(bench, review)).await?;
        let open = open.saturating_add(u32::try_from(not_suspended).unwrap_or(u32::MAX));
        let closed = match open {
            0 => Some(self.submit(Intent::CloseReview { workspace, review }).await?),
            _ => None,
        };
        let outcome = |(step, result): (Step, Submitted)| ReviewOutcome {
            membership: step.membership,
            name: step.name,
            result,
        };
        let lines = steps.into_iter().zip(results).map(outcome).collect();
        Ok(ReviewResult { lines, closed, open })
    }
}

/// Whether what was asked for is so now.
const fn is_so(submitted: &Submitted) -> bool {
    match submitted {
        Submitted::Applied { .. } | Submitted::NoOp => true,
        Submitted::Queued { .. }
        | Submitted::Refused { .. }
        | Submitted::NeedsConnection { .. }
        | Submitted::Unanswered => false,
    }
}

/// How many lines keep a review open.
fn open(bench: &Bench<'_>, review: ReviewId) -> Result<u32, Failure> {
    let work = bench.cache.review_work(review)?.unwrap_or_default();
    let open = work.change.len() + work.remove.len() + work.disputed.len();
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}

/// What finishing a review does.
pub(crate) fn finish(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    review: ReviewId,
) -> Result<ReviewFinish, Failure> {
    let found = super::summary(bench, workspace, review)?;
    let work = bench.cache.review_work(review)?.unwrap_or_default();
    let steps = steps(bench, &found.review)?;
    let memberships = steps.iter().map(|step| step.membership).collect();
    let intents = steps.into_iter().map(|step| step.intent).collect();
    Ok(ReviewFinish {
        kept: work.kept,
        changed: found.counts.changed,
        removed: found.counts.removed,
        not_reviewed: work.undecided,
        suspended: u32::try_from(work.suspend.len()).unwrap_or(u32::MAX),
        disputed: u32::try_from(work.disputed.len()).unwrap_or(u32::MAX),
        done: work.done,
        memberships,
        preview: plan::preview(bench, intents)?,
        close: super::finishing(bench, &found.review)?,
    })
}

/// Every change that follows from a review and is not so yet.
fn steps(bench: &Bench<'_>, review: &Review) -> Result<Vec<Step>, Failure> {
    let Some(work) = bench.cache.review_work(review.id)? else { return Ok(Vec::new()) };
    let changed = work.change.into_iter().map(|(id, roles)| (id, Wanted::Roles(roles)));
    let removed = work.remove.into_iter().map(|id| (id, Wanted::Removed));
    let suspended = work.suspend.into_iter().map(|id| (id, Wanted::Suspended));
    changed.chain(removed).chain(suspended).map(|(id, it)| step(bench, review, id, it)).collect()
}

#[derive(Clone, Copy)]
enum Wanted {
    Roles(RoleSet),
    Removed,
    Suspended,
}

/// The change carries the decision's reason into the log, or else the review's name.
fn step(
    bench: &Bench<'_>,
    review: &Review,
    membership: MembershipId,
    wanted: Wanted,
) -> Result<Step, Failure> {
    let line = bench.cache.read(|mirror| mirror.review_line(review.id, membership))?;
    let agreed = line.as_ref().map(muster_domain::ReviewLine::standpoint);
    let reason = line.as_ref().and_then(|line| match agreed {
        Some(Standpoint::Agreed(Choice::Change(_) | Choice::Remove)) => {
            line.decided.iter().max_by_key(|it| it.at).and_then(|it| it.reason.clone())
        }
        _ => None,
    });
    let reason = Some(reason.unwrap_or_else(|| review.name.clone()));
    let (workspace, member) = (review.workspace, membership);
    let (kind, intent) = match wanted {
        Wanted::Roles(roles) => {
            (Follows::Decided, Intent::SetRoles { workspace, member, roles, reason })
        }
        Wanted::Removed => (Follows::Decided, Intent::Remove { workspace, member, reason }),
        Wanted::Suspended => (Follows::Undecided, Intent::Suspend { workspace, member, reason }),
    };
    Ok(Step { membership, name: line.map(|it| it.name).unwrap_or_default(), kind, intent })
}
