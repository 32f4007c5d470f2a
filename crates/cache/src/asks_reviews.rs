//! What the window asks about access reviews.

use muster_domain::{MembershipId, ReviewId, WorkspaceId};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{
    RefusedDecision, ReviewLineDetail, ReviewLineQuery, ReviewLineWindow, ReviewSummary, ReviewWork,
};

impl Cache {
    /// The reviews of a workspace or of all, with their progress: open ones by their due date
    /// first, then the closed ones, the last closed first.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn reviews(
        &self,
        workspace: Option<WorkspaceId>,
    ) -> Result<Vec<ReviewSummary>, CacheError> {
        self.read(|mirror| mirror.reviews(workspace))
    }

    /// One review with its progress.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn review(&self, review: ReviewId) -> Result<Option<ReviewSummary>, CacheError> {
        self.read(|mirror| mirror.review_summary(review))
    }

    /// Lines of one review: what changed since the last one first, then by name.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn review_lines(&self, query: &ReviewLineQuery) -> Result<ReviewLineWindow, CacheError> {
        self.read(|mirror| mirror.review_window(query))
    }

    /// The memberships of all lines that match, in order; offset and limit are ignored.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn review_line_ids(
        &self,
        query: &ReviewLineQuery,
    ) -> Result<Vec<MembershipId>, CacheError> {
        self.read(|mirror| mirror.review_line_ids(query))
    }

    /// One line with what its panel shows besides.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn review_line(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLineDetail>, CacheError> {
        self.read(|mirror| mirror.review_detail(review, membership))
    }

    /// What the decisions of a review come to: what there is to carry out before it can be
    /// closed, and the rest in numbers. Cheap, unlike asking the rules whether it can be
    /// closed, which reads every member.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn review_work(&self, review: ReviewId) -> Result<Option<ReviewWork>, CacheError> {
        self.read(|mirror| mirror.review_work(review))
    }

    /// Decisions of a review that the server refused and that were not discarded.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn refused_decisions(&self, review: ReviewId) -> Result<Vec<RefusedDecision>, CacheError> {
        self.read(|mirror| mirror.refused_decisions(review))
    }
}
