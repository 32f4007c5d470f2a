//! Whose name stands in a row under an act (given by, ended by, changed by). Rows say the name
//! alone, and two people may share it; so the server writes down who it was as the act happens,
//! for the tokens of the history and for the day when one of the two is called otherwise (E-64).

use muster_domain::mention::{Act, Mention};
use muster_domain::{Event, EventKind, LoginId, Row};

use super::Origin;
use crate::store::{ActOf, StoreError, Tx};

/// Writes down who did what an event names somebody for.
pub(super) fn note(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    event: &Event,
    among: &[Event],
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
            (None, Some((was, _))) => tx.act(of, *was)?,
            (None, None) => None,
        };
        if let Some(who) = who {
            tx.put_act(of, act, who)?;
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
