//! The history, in pieces that fit an answer: whole chains with seals over what the reader's
//! view does not show, or only what is the reader's own (ui.md 5.9).

use std::collections::BTreeMap;

use muster_domain::{AccountId, Login, Part, PermissionSet, Row, View, WorkspaceId};
use muster_protocol::{LogOf, LogPlace, LogWant, Logged, LoggedEvent, Say};

use crate::grants::Grants;
use crate::history::{part_of, row_after};
use crate::store::{Snapshot, StoreError};

/// How many events are read at a time; they differ much in size.
const PAGE: u32 = 256;

/// How many histories one answer looks at.
const MOST_LOGS: usize = 500;

/// About how many bytes an event takes on the wire besides its texts, and a seal.
const EVENT: usize = 260;
const SEAL: usize = 90;

/// Sends wanted histories in pieces.
pub(super) struct Logs<'a> {
    pub(super) store: &'a dyn Snapshot,
    pub(super) login: &'a Login,
    pub(super) grants: &'a Grants,
    pub(super) heads: &'a BTreeMap<AccountId, u64>,
}

/// How much of a history the login gets.
#[derive(Debug, Clone, Copy)]
enum Reach {
    /// Every event, as far as the view shows it; of an account's own history, all.
    Whole(Option<View>),
    /// What the login did within the view, and what is about it.
    Own(WorkspaceId, View),
}

/// Events of one history, and whether there are more.
struct Piece {
    events: Vec<Logged>,
    used: usize,
    more: bool,
}

impl Logs<'_> {
    /// Adds pieces until the budget is used; whether something wanted is left.
    pub(super) fn send(
        &self,
        wanted: &[LogWant],
        mut left: usize,
        says: &mut Vec<Say>,
    ) -> Result<bool, StoreError> {
        for want in wanted.iter().take(MOST_LOGS) {
            // What is not granted is not there, and is passed over in silence.
            let Some((account, reach)) = self.reach(want.of) else { continue };
            if left == 0 {
                return Ok(true);
            }
            // E-64: a name was taken out since; what was told says it still.
            let anew = want.after.is_some() && self.store.retold(want.of)? > want.through;
            let after = want.after.filter(|_| !anew);
            let piece = self.piece(want.of, after, reach, left)?;
            left = left.saturating_sub(piece.used);
            says.push(Say::Log {
                of: want.of,
                events: piece.events,
                whole: matches!(reach, Reach::Whole(_)),
                through: self.heads.get(&account).copied().unwrap_or_default(),
                more: piece.more,
                anew,
            });
            if piece.more {
                return Ok(true);
            }
        }
        Ok(wanted.len() > MOST_LOGS)
    }

    /// How much of it the login gets, and the account that numbers it.
    fn reach(&self, of: LogOf) -> Option<(AccountId, Reach)> {
        match of {
            LogOf::Account(id) => {
                let administers = self.grants.administered().iter().any(|it| it.id == id);
                administers.then_some((id, Reach::Whole(None)))
            }
            LogOf::Workspace(workspace) => {
                let grant = self.grants.get(workspace)?.grant;
                let reach = if grant.view.has(Part::History) {
                    Reach::Whole(Some(grant.view))
                } else {
                    Reach::Own(workspace, grant.view)
                };
                Some((grant.account, reach))
            }
        }
    }

    /// Events until the budget is used, at least one.
    fn piece(
        &self,
        of: LogOf,
        mut after: Option<LogPlace>,
        reach: Reach,
        budget: usize,
    ) -> Result<Piece, StoreError> {
        let mut piece = Piece { events: Vec::new(), used: 0, more: false };
        loop {
            let page = self.page(of, reach, after)?;
            let is_last = page.len() < PAGE as usize;
            for event in page {
                if piece.used >= budget && !piece.events.is_empty() {
                    piece.more = true;
                    return Ok(piece);
                }
                after = Some(event.place);
                if let Some(logged) = self.seen(reach, event) {
                    piece.used += size(&logged);
                    piece.events.push(logged);
                }
            }
            if is_last {
                return Ok(piece);
            }
        }
    }

    fn page(
        &self,
        of: LogOf,
        reach: Reach,
        after: Option<LogPlace>,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        match reach {
            Reach::Whole(_) => self.store.events_after(of, after, PAGE),
            Reach::Own(workspace, _) => {
                self.store.own_events_after(workspace, self.login, after, PAGE)
            }
        }
    }

    /// The event as the login gets it; `None` where it gets nothing of it.
    fn seen(&self, reach: Reach, event: LoggedEvent) -> Option<Logged> {
        match reach {
            Reach::Whole(None) => Some(Logged::Shown(Box::new(event))),
            Reach::Whole(Some(view)) => Some(if self.is_shown(view, &event) {
                Logged::Shown(Box::new(event))
            } else {
                Logged::Sealed { place: event.place, prev: event.prev, hash: event.hash }
            }),
            Reach::Own(_, view) => {
                self.is_shown(view, &event).then(|| Logged::Shown(Box::new(event)))
            }
        }
    }

    /// Whether the view shows the row that the event is about, or the row is about the login
    /// itself. What cannot be read as a row is shown to those who see everything.
    fn is_shown(&self, view: View, event: &LoggedEvent) -> bool {
        if view == View::of(PermissionSet::ALL) {
            return true;
        }
        row_after(event).is_ok_and(|row| {
            part_of(&row).is_none_or(|part| view.has(part)) || self.is_about_the_login(&row)
        })
    }

    fn is_about_the_login(&self, row: &Row) -> bool {
        match row {
            Row::Membership(member) => member.login == self.login.id,
            Row::Invitation(invitation) => self.login.answers_to(&invitation.address),
            Row::Account(_)
            | Row::AccountAdmin(_)
            | Row::Workspace(_)
            | Row::Role(_)
            | Row::Content(_)
            | Row::Group(_)
            // What others decide about somebody is for those who review.
            | Row::Review(_)
            | Row::ReviewLine(_) => false,
        }
    }
}

/// About how many bytes an event takes on the wire before compression.
fn size(event: &Logged) -> usize {
    match event {
        Logged::Shown(event) => {
            let before = event.before.as_ref().map_or(0, String::len);
            let reason = event.reason.as_ref().map_or(0, String::len);
            let names: usize = event.names.iter().map(|(it, name)| it.len() + name.len()).sum();
            EVENT + before + event.after.len() + event.request.len() + reason + names
        }
        Logged::Sealed { .. } => SEAL,
    }
}
