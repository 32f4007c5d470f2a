//! The marks that unsent and refused decisions put on the lines of a review.
//!
//! One command decides about up to 500 lines, so their names stand in its body and not in a
//! column. Few commands wait at a time, and each is read once for a page.

use std::collections::HashMap;

use muster_domain::{Command, MembershipId, ReviewId, WorkspaceId};
use rusqlite::Connection;

use crate::error::CacheError;
use crate::marks;
use crate::row::from_stored;
use crate::types::{Mark, RefusedDecision};

/// What the outbox says of one review.
#[derive(Debug, Default)]
pub(crate) struct ReviewMarks {
    /// On lines; the newest command counts.
    pub(crate) lines: HashMap<MembershipId, Mark>,
    /// On the review itself: its reviewers, its start, its end.
    pub(crate) review: Option<Mark>,
    /// Refused decisions, oldest first.
    pub(crate) refused: Vec<RefusedDecision>,
}

/// What the outbox says of one review of this workspace.
pub(crate) fn of(
    outbox: &Connection,
    workspace: WorkspaceId,
    review: ReviewId,
) -> Result<ReviewMarks, CacheError> {
    let sql = format!(
        "SELECT n, body, {} FROM commands
         WHERE workspace = ?1 AND state IN ('waiting', 'sending', 'refused')
             AND instr(body, '\"review.') > 0 ORDER BY n",
        marks::MARK
    );
    let mut statement = outbox.prepare_cached(&sql)?;
    let mut rows = statement.query([workspace.to_bytes()])?;
    let mut found = ReviewMarks::default();
    while let Some(row) = rows.next()? {
        let body: String = row.get("body")?;
        // A newer version's command has no mark here.
        let Ok(command) = serde_json::from_str::<Command>(&body) else { continue };
        if command.review() != Some(review) {
            continue;
        }
        let mark = marks::of(row)?;
        let (Command::DecideReview { lines, .. } | Command::EnterReview { lines, .. }) = command
        else {
            found.review = Some(mark);
            continue;
        };
        found.lines.extend(lines.iter().map(|id| (*id, mark)));
        if matches!(mark, Mark::Refused | Mark::NeedsYou) {
            found.refused.push(RefusedDecision { n: from_stored(row.get("n")?), lines });
        }
    }
    Ok(found)
}
