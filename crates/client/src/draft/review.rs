//! Intents about access reviews.

use muster_cache::Label;
use muster_domain::{Choice, Command, Lookup as _, MembershipId, Review, ReviewId, WorkspaceId};

use super::{Draft, given, in_workspace, misplaced};
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent};

pub(super) fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::SetReviewers { workspace, review, reviewers } => {
            let command = Command::SetReviewers { workspace, review, reviewers };
            about(bench, workspace, review, command)
        }
        Intent::DecideReview { workspace, review, lines, choice, reason } => {
            decide(bench, (workspace, review), lines, choice, given(reason))
        }
        Intent::CloseReview { workspace, review } => {
            about(bench, workspace, review, Command::CloseReview { workspace, review })
        }
        _ => Err(misplaced()),
    }
}

/// The review of a workspace, as far as I may see it.
pub(crate) fn find(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    review: ReviewId,
) -> Result<Review, Failure> {
    let found = bench.cache.read(|mirror| mirror.review(review))?;
    let found = found.filter(|it| it.workspace == workspace);
    found.ok_or_else(|| Failure::new(FailureCode::NotFound))
}

fn about(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    review: ReviewId,
    command: Command,
) -> Result<Draft, Failure> {
    let name = find(bench, workspace, review)?.name;
    Ok(Draft::plain(command, in_workspace(bench, workspace, None, Some(name))?))
}

/// A decision is told by the person whom it is about, several by the review.
fn decide(
    bench: &Bench<'_>,
    (workspace, review): (WorkspaceId, ReviewId),
    lines: Vec<MembershipId>,
    choice: Option<Choice>,
    reason: Option<String>,
) -> Result<Draft, Failure> {
    let name = find(bench, workspace, review)?.name;
    let person = match lines.as_slice() {
        [line] => bench.cache.read(|mirror| mirror.review_line(review, *line))?.map(|it| it.name),
        _ => None,
    };
    let label = Label { person, ..in_workspace(bench, workspace, None, Some(name))? };
    Ok(Draft::plain(Command::DecideReview { workspace, review, lines, choice, reason }, label))
}
