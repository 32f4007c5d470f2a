//! Who is mentioned by name in a row.
//!
//! Rows embed the names of people, so that lists need no join (sync.md 4.7). The history must
//! not: what is chained can never be taken back, and a person who deletes their sign-in is to
//! be nobody's name any more (E-64). So whoever writes history walks over the mentions of a row
//! and puts something else in their place.

use crate::address::Address;
use crate::ids::{InvitationId, LoginId, MembershipId};
use crate::object::{Ended, Row};
use crate::time::Timestamp;

/// One place of a row that names a person.
#[derive(Debug)]
pub enum Mention<'a> {
    /// A member's name in their workspace.
    MemberName(MembershipId, &'a mut String),
    /// A member's address in their workspace.
    MemberAddress(MembershipId, &'a mut Address),
    /// The name of a sign-in.
    LoginName(LoginId, &'a mut String),
    /// The address of a sign-in.
    LoginAddress(LoginId, &'a mut Address),
    /// The address that somebody was invited by.
    InvitedAddress(InvitationId, &'a mut Address),
    /// The name that came with it.
    InvitedName(InvitationId, &'a mut String),
    /// The name of who did something; the row does not say whose it is, but which act it was.
    By(Act, &'a mut String),
}

/// An act that a row names the doer of: which it is, and when. Of two people of one name it is
/// told apart by this whose name stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Act {
    /// Which.
    pub deed: Deed,
    /// When; `None` where the row does not say.
    pub at: Option<Timestamp>,
}

/// What somebody did to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Asked for an account's deletion.
    Deletion = 1,
    /// Made somebody Account Admin.
    Appointed = 2,
    /// Put a workspace into the bin.
    Trashed = 3,
    /// Offered a workspace to another account.
    Offered = 4,
    /// Gave the roles of a membership.
    Given = 5,
    /// Ended a membership.
    Ended = 6,
    /// Made or changed a role.
    Defined = 7,
    /// Changed a record.
    Updated = 8,
    /// Handed a review's list out.
    HandedOut = 9,
    /// Started a review.
    Started = 10,
    /// Closed a review.
    Closed = 11,
    /// Decided in the review before.
    DecidedBefore = 12,
}

impl Row {
    /// Shows every mention of a person to `see`, which may put something else there.
    pub fn mentions(&mut self, see: &mut dyn FnMut(Mention<'_>)) {
        match self {
            Row::Account(it) => {
                if let Some(deletion) = &mut it.deletion {
                    by(Deed::Deletion, Some(deletion.at), &mut deletion.by, see);
                }
            }
            Row::AccountAdmin(it) => {
                see(Mention::LoginName(it.login, &mut it.name));
                see(Mention::LoginAddress(it.login, &mut it.address));
                maybe(Deed::Appointed, Some(it.since), &mut it.by, see);
            }
            Row::Workspace(it) => {
                ended(Deed::Trashed, &mut it.trashed, see);
                if let Some(offer) = &mut it.offer {
                    by(Deed::Offered, Some(offer.at), &mut offer.by, see);
                }
            }
            Row::Membership(it) => {
                see(Mention::MemberName(it.id, &mut it.name));
                see(Mention::MemberAddress(it.id, &mut it.address));
                maybe(Deed::Given, it.given_at, &mut it.given_by, see);
                ended(Deed::Ended, &mut it.ended, see);
            }
            Row::Invitation(it) => {
                see(Mention::InvitedAddress(it.id, &mut it.address));
                if let Some(name) = &mut it.name {
                    see(Mention::InvitedName(it.id, name));
                }
                see(Mention::LoginName(it.inviter, &mut it.inviter_name));
            }
            Row::Role(it) => by(Deed::Defined, None, &mut it.by, see),
            Row::Content(it) => {
                see(Mention::LoginName(it.creator, &mut it.creator_name));
                by(Deed::Updated, Some(it.updated), &mut it.updated_by, see);
            }
            Row::Group(it) => {
                for person in &mut it.people {
                    see(Mention::LoginName(person.login, &mut person.name));
                    see(Mention::LoginAddress(person.login, &mut person.address));
                }
            }
            Row::Review(it) => {
                for reviewer in &mut it.reviewers {
                    see(Mention::LoginName(reviewer.login, &mut reviewer.name));
                }
                for key in &mut it.keys {
                    see(Mention::LoginName(key.login, &mut key.name));
                }
                for handed in &mut it.handed_out {
                    by(Deed::HandedOut, Some(handed.at), &mut handed.by, see);
                }
                by(Deed::Started, Some(it.started.at), &mut it.started.by, see);
                ended(Deed::Closed, &mut it.closed, see);
            }
            Row::ReviewLine(it) => {
                see(Mention::MemberName(it.membership, &mut it.name));
                see(Mention::MemberAddress(it.membership, &mut it.address));
                maybe(Deed::Given, it.given_at, &mut it.given_by, see);
                if let Some(last) = &mut it.last {
                    by(Deed::DecidedBefore, Some(last.at), &mut last.by, see);
                }
                for decided in &mut it.decided {
                    see(Mention::LoginName(decided.by, &mut decided.name));
                }
            }
        }
    }
}

fn by(deed: Deed, at: Option<Timestamp>, name: &mut String, see: &mut dyn FnMut(Mention<'_>)) {
    see(Mention::By(Act { deed, at }, name));
}

fn maybe(
    deed: Deed,
    at: Option<Timestamp>,
    name: &mut Option<String>,
    see: &mut dyn FnMut(Mention<'_>),
) {
    if let Some(name) = name {
        by(deed, at, name, see);
    }
}

fn ended(deed: Deed, ended: &mut Option<Ended>, see: &mut dyn FnMut(Mention<'_>)) {
    if let Some(Ended { at, by: name }) = ended {
        by(deed, Some(*at), name, see);
    }
}
