//! Whose name stands in a row under an act (given by, ended by, changed by). Rows say the name
//! alone, and two people may share it; so the server writes down who it was as the act happens,
//! for the tokens of the history and for the day when one of the two is called otherwise (E-64).

use std::collections::HashMap;

use muster_domain::mention::{Act, Mention};
use muster_domain::{Event, EventKind, LoginId, Row};

use super::Origin;
use crate::store::{ActKey, ActOf, StoreError, Tx};

/// From so many lines of a review on, everything of the workspace is read at once rather than
/// asked for line by line.
const MANY: usize = 64;

/// Who did what, as far as one change asks.
#[derive(Default)]
pub(super) struct Doers {
    /// Places that were read as a whole.
    known: HashMap<[u8; 16], HashMap<(ActOf, ActKey), LoginId>>,
}

impl Doers {
    /// Reads what a change of many lines will ask for.
    pub(super) fn of(tx: &dyn Tx, events: &[Event]) -> Result<Self, StoreError> {
        let mut lines: HashMap<[u8; 16], usize> = HashMap::new();
        for event in events {
            if let Row::ReviewLine(_) = &event.after {
                *lines.entry(ActOf::of(&event.after).place).or_default() += 1;
            }
        }
        let mut doers = Self::default();
        for (place, _) in lines.into_iter().filter(|(_, number)| *number >= MANY) {
            let acts = tx.acts_in(place)?;
            let known = acts.into_iter().map(|(of, act, login)| ((of, act), login));
            doers.known.insert(place, known.collect());
        }
        Ok(doers)
    }

    /// Who did it, where that was written down.
    pub(super) fn get(
        &self,
        tx: &dyn Tx,
        of: ActOf,
        act: Act,
    ) -> Result<Option<LoginId>, StoreError> {
        match self.known.get(&of.place) {
            Some(known) => Ok(known.get(&(of, act.into())).copied()),
            None => tx.act(of, act),
        }
    }

    fn put(&mut self, tx: &dyn Tx, of: ActOf, act: Act, who: LoginId) -> Result<(), StoreError> {
        tx.put_act(of, act, who)?;
        if let Some(known) = self.known.get_mut(&of.place) {
            known.insert((of, act.into()), who);
        }
        Ok(())
    }
}

/// Writes down who did what an event names somebody for.
pub(super) fn note(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    (event, among): (&Event, &[Event]),
    doers: &mut Doers,
) -> Result<(), StoreError> {
    // A review's lines name people for what they did to others rows than these.
    if matches!(event.after, Row::ReviewLine(_)) {
        return Ok(());
    }
    let of = ActOf::of(&event.after);
    let before = event.before.as_ref().map(named).unwrap_or_default();
    for (act, name) in named(&event.after) {
        if name.is_empty() || before.contains(&(act, name.clone())) {
            continue;
        }
        let moved = before.iter().find(|(was, held)| was.deed == act.deed && *held == name);
        let who = match (inviter(event, among), moved) {
            (Some(inviter), _) => Some(inviter),
            (None, _) if name == origin.actor.name => Some(origin.actor.id),
            // The same act at another moment, such as a membership that was lowered by itself.
            (None, Some((was, _))) => doers.get(tx, of, *was)?,
            (None, None) => None,
        };
        if let Some(who) = who {
            doers.put(tx, of, act, who)?;
        }
    }
    Ok(())
}

/// Whoever joins by an invitation has the roles from who invited, and joins by their own act.
fn inviter(event: &Event, among: &[Event]) -> Option<LoginId> {
    if event.kind != EventKind::MemberJoined {
        return None;
    }
    among.iter().find_map(|it| match (&it.kind, &it.after) {
        (EventKind::InvitationAccepted, Row::Invitation(invitation)) => Some(invitation.inviter),
        _ => None,
    })
}

fn named(row: &Row) -> Vec<(Act, String)> {
    let mut named = Vec::new();
    row.clone().mentions(&mut |mention| {
        if let Mention::By(act, name) = mention {
            named.push((act, name.clone()));
        }
    });
    named
}
