//! What commands about access reviews read.

use super::load::{Loaded, standing};
use super::{Facts, Known, Lookup};
use crate::ids::{LoginId, MembershipId, ReviewId, WorkspaceId};
use crate::time::Timestamp;

impl Facts {
    pub(super) fn load_review<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        review: ReviewId,
    ) -> Loaded<(), L> {
        self.review = store.review(review)?.filter(|it| it.workspace == workspace);
        Ok(())
    }

    pub(super) fn load_lines<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        review: ReviewId,
        lines: &[MembershipId],
    ) -> Loaded<(), L> {
        if self.review.is_none() {
            return Ok(());
        }
        for membership in lines {
            self.review_lines.extend(store.review_line(review, *membership)?);
        }
        Ok(())
    }

    /// Who is present, as of now: whose day has come is gone (E-39).
    pub(super) fn load_present<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Loaded<(), L> {
        self.members = match store.present_members(workspace)? {
            Known::Known(members) => Known::Known(
                members
                    .into_iter()
                    .map(|it| it.at(now))
                    .filter(|it| it.state.is_present())
                    .collect(),
            ),
            Known::Unknown => Known::Unknown,
        };
        Ok(())
    }

    /// Who is present, and what the last closed review said of them.
    pub(super) fn load_frozen<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Loaded<(), L> {
        self.load_present(store, workspace, now)?;
        self.last_review = match store.last_review(workspace)? {
            Known::Known(Some(review)) => store.review_lines(review.id)?,
            Known::Known(None) => Known::Known(Vec::new()),
            Known::Unknown => Known::Unknown,
        };
        Ok(())
    }

    /// A copy does not know of every sign-in; the member's or admin's row then speaks for it.
    pub(super) fn load_reviewers<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        reviewers: &[LoginId],
        now: Timestamp,
    ) -> Loaded<(), L> {
        let (Some(account), Some(workspace)) = (&self.account, &self.workspace) else {
            return Ok(());
        };
        let mut standings = Vec::new();
        for id in reviewers {
            let Some(login) = store.login(*id)? else {
                self.reviewers =
                    if self.is_complete { Known::Known(standings) } else { Known::Unknown };
                return Ok(());
            };
            standings.push(standing(store, &login, account.id, Some(workspace.id), now)?);
        }
        self.reviewers = Known::Known(standings);
        Ok(())
    }
}
