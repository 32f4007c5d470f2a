//! Who is mentioned by name in a row.
//!
//! Rows embed the names of people, so that lists need no join (sync.md 4.7). The history must
//! not: what is chained can never be taken back, and a person who deletes their sign-in is to
//! be nobody's name any more (E-64). So whoever writes history walks over the mentions of a row
//! and puts something else in their place.

use crate::address::Address;
use crate::ids::{InvitationId, LoginId, MembershipId};
use crate::object::{Ended, Row};

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
    /// The name of who did something; the row does not say whose it is.
    By(&'a mut String),
}

impl Row {
    /// Shows every mention of a person to `see`, which may put something else there.
    pub fn mentions(&mut self, see: &mut dyn FnMut(Mention<'_>)) {
        match self {
            Row::Account(it) => {
                if let Some(deletion) = &mut it.deletion {
                    see(Mention::By(&mut deletion.by));
                }
            }
            Row::AccountAdmin(it) => {
                see(Mention::LoginName(it.login, &mut it.name));
                see(Mention::LoginAddress(it.login, &mut it.address));
                by(&mut it.by, see);
            }
            Row::Workspace(it) => {
                ended(&mut it.trashed, see);
                if let Some(offer) = &mut it.offer {
                    see(Mention::By(&mut offer.by));
                }
            }
            Row::Membership(it) => {
                see(Mention::MemberName(it.id, &mut it.name));
                see(Mention::MemberAddress(it.id, &mut it.address));
                by(&mut it.given_by, see);
                ended(&mut it.ended, see);
            }
            Row::Invitation(it) => {
                see(Mention::InvitedAddress(it.id, &mut it.address));
                if let Some(name) = &mut it.name {
                    see(Mention::InvitedName(it.id, name));
                }
                see(Mention::LoginName(it.inviter, &mut it.inviter_name));
            }
            Row::Role(it) => see(Mention::By(&mut it.by)),
            Row::Content(it) => {
                see(Mention::LoginName(it.creator, &mut it.creator_name));
                see(Mention::By(&mut it.updated_by));
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
                    see(Mention::By(&mut handed.by));
                }
                see(Mention::By(&mut it.started.by));
                ended(&mut it.closed, see);
            }
            Row::ReviewLine(it) => {
                see(Mention::MemberName(it.membership, &mut it.name));
                see(Mention::MemberAddress(it.membership, &mut it.address));
                by(&mut it.given_by, see);
                if let Some(last) = &mut it.last {
                    see(Mention::By(&mut last.by));
                }
                for decided in &mut it.decided {
                    see(Mention::LoginName(decided.by, &mut decided.name));
                }
            }
        }
    }
}

fn by(name: &mut Option<String>, see: &mut dyn FnMut(Mention<'_>)) {
    if let Some(name) = name {
        see(Mention::By(name));
    }
}

fn ended(ended: &mut Option<Ended>, see: &mut dyn FnMut(Mention<'_>)) {
    if let Some(Ended { by, .. }) = ended {
        see(Mention::By(by));
    }
}
