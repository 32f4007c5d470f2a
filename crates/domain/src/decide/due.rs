//! What happens by itself when its time has come: no person asks, so no right is needed, but
//! the floors hold all the same (E-2).

use super::account::changed;
use super::{Decision, Judged, Stop, exit, member_changed, workspace_changed};
use crate::event::{Event, EventKind};
use crate::facts::Facts;
use crate::ids::{AccountId, MembershipId, WorkspaceId};
use crate::object::{Account, BIN_DAYS, Membership, Workspace, WorkspaceStatus};
use crate::time::Timestamp;

/// Something whose time may have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A membership's day (E-39).
    MemberEnds {
        /// The workspace.
        workspace: WorkspaceId,
        /// The member.
        membership: MembershipId,
    },
    /// A workspace's last day in the bin (E-17).
    BinOver {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// The day of an account's deletion (E-16).
    AccountDeletion {
        /// The account.
        account: AccountId,
    },
}

/// Decides what happens now, by the facts that [`Facts::load_due`] found.
pub fn decide_due(facts: &Facts, due: Due, now: Timestamp) -> Decision {
    let judged = match due {
        Due::MemberEnds { .. } => member_ends(facts, now),
        Due::BinOver { .. } => bin_over(facts, now),
        Due::AccountDeletion { .. } => account_deletion(facts, now),
    };
    judged.into()
}

/// E-39: exactly that membership, and nothing else. The owner class has no end (E-40), so the
/// owner floor stands.
fn member_ends(facts: &Facts, now: Timestamp) -> Judged {
    let target = facts.target.as_ref().ok_or(Stop::NoOp)?;
    if !target.state.is_present() || target.until.is_none_or(|end| end.at > now) {
        return Err(Stop::NoOp);
    }
    Ok(vec![ended(target, now)])
}

/// The event of a membership whose day has come.
pub(crate) fn ended(held: &Membership, now: Timestamp) -> Event {
    let mut after: Membership = held.clone().at(now);
    if after.state.is_present() {
        after.given_at = Some(now);
    }
    member_changed(EventKind::MemberEnded, held, after)
}

fn bin_over(facts: &Facts, now: Timestamp) -> Judged {
    let workspace = facts.workspace.as_ref().ok_or(Stop::NoOp)?;
    let since = workspace.trashed.as_ref().map(|it| it.at);
    let is_over = workspace.status == WorkspaceStatus::Trashed
        && since.is_some_and(|since| since.plus_days(BIN_DAYS) <= now);
    if !is_over {
        return Err(Stop::NoOp);
    }
    let after = Workspace { status: WorkspaceStatus::Erased, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::WorkspaceErased, workspace, after)])
}

/// E-16. What has come into the way since it was asked for withdraws it.
fn account_deletion(facts: &Facts, now: Timestamp) -> Judged {
    let account = facts.account.as_ref().ok_or(Stop::NoOp)?;
    let Some(set) = account.deletion.as_ref().filter(|set| set.at <= now) else {
        return Err(Stop::NoOp);
    };
    // E-14: without the yes of a second admin nothing is deleted.
    if account.needs_second_admin(now) && !set.confirmed {
        return Ok(vec![withdrawn(account)]);
    }
    match exit::deletion(facts, account) {
        Err(Stop::Refuse(_)) => Ok(vec![withdrawn(account)]),
        judged => judged,
    }
}

fn withdrawn(account: &Account) -> Event {
    let after = Account { deletion: None, ..account.clone() };
    changed(EventKind::DeletionWithdrawn, account, after)
}
