//! Whole workspaces, in parts that fit an answer.

use std::collections::BTreeMap;

use muster_domain::{AccountId, ContentId, Login, MembershipId, Part, ReviewId, Row};
use muster_protocol::{After, Grant, Have, Say, Stamped};

use super::answer::{Shows, invitations, memberships};
use crate::grants::Grants;
use crate::store::{Snapshot, StoreError};

/// The least and the most bytes of rows in one answer, whatever the app asks for.
const BUDGET: std::ops::RangeInclusive<usize> = 16 << 10..=4 << 20;

/// How many records are read at a time; they differ much in size.
const RECORDS: u32 = 64;

/// How many lines of reviews are read at a time.
const LINES: u32 = 256;

/// About how many bytes a membership takes on the wire before compression.
const MEMBERSHIP: usize = 240;

/// Sends wanted workspaces in parts.
pub(super) struct Parts<'a> {
    pub(super) store: &'a dyn Snapshot,
    pub(super) login: &'a Login,
    pub(super) heads: &'a BTreeMap<AccountId, u64>,
}

/// Rows of one workspace, and where to go on.
struct Piece {
    rows: Vec<Stamped>,
    used: usize,
    next: Option<After>,
}

impl Piece {
    fn add(&mut self, rows: Vec<Stamped>) {
        self.used += rows.iter().map(size).sum::<usize>();
        self.rows.extend(rows);
    }
}

/// What is left when the wanted workspaces were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Something wanted is not sent.
    Unsent,
    /// Room for so many bytes.
    Room(usize),
}

/// The stretches of a workspace in the order in which they are sent, each from where it is to
/// go on.
#[derive(Debug, Clone, Copy)]
enum Stage {
    Members(Option<MembershipId>),
    Records(Option<ContentId>),
    Reviews(Option<(ReviewId, MembershipId)>),
}

impl Stage {
    const fn after(after: Option<After>) -> Self {
        match after {
            None => Stage::Members(None),
            Some(After::Member(id)) => Stage::Members(Some(id)),
            Some(After::Members) => Stage::Records(None),
            Some(After::Content(id)) => Stage::Records(Some(id)),
            Some(After::Contents) => Stage::Reviews(None),
            Some(After::Line { review, membership }) => Stage::Reviews(Some((review, membership))),
        }
    }
}

impl Parts<'_> {
    /// Adds chunks until the budget is used.
    pub(super) fn send(
        &self,
        grants: &Grants,
        have: &Have,
        says: &mut Vec<Say>,
    ) -> Result<Rest, StoreError> {
        let asked = usize::try_from(have.budget).unwrap_or(usize::MAX);
        let mut left = asked.clamp(*BUDGET.start(), *BUDGET.end());
        for want in &have.want {
            // What is not granted is not there, and is passed over in silence.
            let Some(granted) = grants.get(want.workspace) else { continue };
            if left == 0 {
                return Ok(Rest::Unsent);
            }
            let piece = self.piece(&granted.grant, want.after, left)?;
            left = left.saturating_sub(piece.used);
            says.push(Say::Chunk {
                workspace: want.workspace,
                view: granted.grant.view,
                grant_seq: granted.grant.grant_seq,
                as_of: self.heads.get(&granted.grant.account).copied().unwrap_or_default(),
                rows: piece.rows,
                next: piece.next,
            });
            if piece.next.is_some() {
                return Ok(Rest::Unsent);
            }
        }
        Ok(Rest::Room(left))
    }

    fn piece(
        &self,
        grant: &Grant,
        after: Option<After>,
        budget: usize,
    ) -> Result<Piece, StoreError> {
        let mut piece = Piece { rows: Vec::new(), used: 0, next: None };
        if after.is_none() {
            piece.add(self.store.workspace_since(grant.workspace, 0)?.into_iter().collect());
            piece.add(self.store.roles_since(grant.workspace, 0)?);
            piece.add(invitations(self.store, grant, 0)?);
        }
        let stage = Stage::after(after);
        if let Stage::Members(last) = stage {
            self.members(grant, last, budget, &mut piece)?;
        }
        if piece.next.is_none() && grant.view.shows_records() {
            match stage {
                Stage::Members(_) => self.records(grant, None, budget, &mut piece)?,
                Stage::Records(last) => self.records(grant, last, budget, &mut piece)?,
                Stage::Reviews(_) => {}
            }
        }
        if piece.next.is_none() && grant.view.has(Part::Reviews) {
            let last = match stage {
                Stage::Members(_) | Stage::Records(_) => None,
                Stage::Reviews(last) => last,
            };
            self.reviews(grant, last, budget, &mut piece)?;
        }
        Ok(piece)
    }

    /// Every review, then lines until the budget is used. Reviews are few, lines are many.
    fn reviews(
        &self,
        grant: &Grant,
        mut last: Option<(ReviewId, MembershipId)>,
        budget: usize,
        piece: &mut Piece,
    ) -> Result<(), StoreError> {
        if last.is_none() {
            if piece.used >= budget && !piece.rows.is_empty() {
                piece.next = Some(After::Contents);
                return Ok(());
            }
            piece.add(self.store.reviews_since(grant.workspace, 0)?);
        }
        loop {
            let page = self.store.review_lines_after(grant.workspace, last, LINES)?;
            let is_last = page.len() < LINES as usize;
            for stamped in page {
                if let Some((review, membership)) = last
                    && piece.used >= budget
                    && !piece.rows.is_empty()
                {
                    piece.next = Some(After::Line { review, membership });
                    return Ok(());
                }
                let Row::ReviewLine(line) = &stamped.row else { continue };
                last = Some((line.review, line.membership));
                piece.add(vec![stamped]);
            }
            if is_last {
                return Ok(());
            }
        }
    }

    fn members(
        &self,
        grant: &Grant,
        after: Option<MembershipId>,
        budget: usize,
        piece: &mut Piece,
    ) -> Result<(), StoreError> {
        if !grant.view.has(Part::Members) {
            piece.add(memberships(self.store, self.login, grant, 0)?);
            return Ok(());
        }
        let room = budget.saturating_sub(piece.used) / MEMBERSHIP + 1;
        let limit = u32::try_from(room).unwrap_or(u32::MAX);
        let page = self.store.memberships_after(grant.workspace, after, limit)?;
        if page.len() >= room
            && let Some(Row::Membership(last)) = page.last().map(|it| &it.row)
        {
            piece.next = Some(After::Member(last.id));
        }
        piece.add(page);
        Ok(())
    }

    /// Records until the budget is used, at least one if the piece would be empty without.
    fn records(
        &self,
        grant: &Grant,
        mut after: Option<ContentId>,
        budget: usize,
        piece: &mut Piece,
    ) -> Result<(), StoreError> {
        loop {
            let page = self.store.contents_after(grant.workspace, grant.view, after, RECORDS)?;
            let is_last = page.len() < RECORDS as usize;
            for stamped in page {
                if piece.used >= budget && !piece.rows.is_empty() {
                    piece.next = Some(after.map_or(After::Members, After::Content));
                    return Ok(());
                }
                let Row::Content(record) = &stamped.row else { continue };
                after = Some(record.id);
                piece.add(vec![stamped]);
            }
            if is_last {
                return Ok(());
            }
        }
    }
}

/// About how many bytes a row takes on the wire before compression.
pub(super) fn size(stamped: &Stamped) -> usize {
    match &stamped.row {
        Row::Account(_) | Row::AccountAdmin(_) | Row::Workspace(_) => 200,
        Row::Membership(it) => MEMBERSHIP + it.note.len(),
        Row::Invitation(it) => 300 + it.message.as_ref().map_or(0, String::len),
        Row::Role(_) => 400,
        Row::Content(it) => 250 + it.body.text_len() + it.body.references().len() * 18,
        Row::Group(it) => 200 + it.people.len() * 100,
        Row::Review(it) => 300 + it.reviewers.len() * 60,
        Row::ReviewLine(it) => 400 + it.decided.len() * 160,
    }
}
