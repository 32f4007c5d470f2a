//! What the window asks about access reviews.

use muster_domain::{
    LoginId, MembershipId, PermissionSet, ReviewId, RoleSet, Timestamp, WorkspaceId,
};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{
    RefusedDecision, ReviewLineDetail, ReviewLineQuery, ReviewLineWindow, ReviewSummary,
    ReviewWork, UsedLine,
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

    /// Whether the whole history of a workspace is here and unbroken: only then the lack of an
    /// event says something.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn tells_all(&self, workspace: WorkspaceId) -> Result<bool, CacheError> {
        self.read(|mirror| mirror.tells_all(workspace))
    }

    /// When somebody last changed anything in a workspace, as far as its history is here.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn last_act(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Timestamp>, CacheError> {
        self.read(|mirror| mirror.last_act(workspace, login))
    }

    /// Which rights somebody used in a workspace since a moment, and when they last changed
    /// anything there.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn used_by(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
        since: Timestamp,
    ) -> Result<(PermissionSet, Option<Timestamp>), CacheError> {
        self.read(|mirror| mirror.used_by(workspace, login, since))
    }

    /// The lines of a review whose people changed something since a moment, with the rights that
    /// they used.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn used_lines(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
        since: Timestamp,
    ) -> Result<Vec<UsedLine>, CacheError> {
        self.read(|mirror| mirror.used_lines(workspace, review, since))
    }

    /// The sets of roles that lines of a review have.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn roles_of_lines(&self, review: ReviewId) -> Result<Vec<RoleSet>, CacheError> {
        self.read(|mirror| mirror.roles_of_lines(review))
    }
}
