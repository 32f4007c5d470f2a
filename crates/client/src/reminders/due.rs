//! What comes up, by the copy on this device alone: nothing is asked of a server, and what a
//! lease has locked is behind the copy's veil and comes up nowhere (R15).

use muster_cache::{UpcomingEnd, WorkspaceEntry};
use muster_domain::{LoginId, Permission, Timestamp, WorkspaceId};

use crate::reviews;
use crate::verdict::Bench;
use crate::view::{Failure, Place, ReminderKind};

/// How long before its day a review is told of.
const REVIEW_DAYS: i64 = 3;

/// How long before its end an invitation is told of.
const INVITATION_DAYS: i64 = 1;

/// How long before its end a membership is told of.
const END_DAYS: i64 = 7;

/// How far ahead is looked, and what the start page calls soon.
pub(super) const AHEAD_DAYS: i64 = 14;

/// The most of each kind that is looked at: nobody reads more.
pub(super) const MOST: u32 = 500;

/// One thing that comes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coming {
    pub kind: ReminderKind,
    /// What names it on this device: with the day, so that a moved day is told again.
    pub key: String,
    /// When it is to be told.
    pub tell: Timestamp,
    /// When it is due.
    pub due: Timestamp,
    pub place: Place,
}

/// Everything that is to be told now or within two weeks.
pub(crate) fn coming(bench: &Bench<'_>) -> Result<Vec<Coming>, Failure> {
    let mut all = Vec::new();
    open_reviews(bench, &mut all)?;
    rhythm(bench, &mut all)?;
    invitations(bench, &mut all)?;
    ends(bench, &mut all)?;
    singles(bench, &mut all)?;
    asked(bench, &mut all)?;
    Ok(all)
}

/// Reviews in which I decide and somebody is left to decide about.
fn open_reviews(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    let me = bench.cache.me()?.id;
    for found in bench.cache.reviews(None)? {
        let review = &found.review;
        let is_left = found.counts.undecided + found.counts.disputed > 0;
        if review.closed.is_some() || !review.has_reviewer(me) || !is_left {
            continue;
        }
        let place = Place::Review { workspace: review.workspace, review: review.id };
        for (word, tell) in [("soon", review.due.plus_days(-REVIEW_DAYS)), ("over", review.due)] {
            all.push(Coming {
                kind: ReminderKind::Review,
                key: format!("review {} {} {word}", review.id, review.due.0),
                tell,
                due: review.due,
                place,
            });
        }
    }
    Ok(())
}

/// Workspaces whose account wants reviews in a rhythm, each with the day of its next one.
pub(super) fn next_reviews(bench: &Bench<'_>) -> Result<Vec<(WorkspaceEntry, Timestamp)>, Failure> {
    let mut wanting = Vec::new();
    for account in bench.cache.accounts()?.iter().filter(|it| it.review_days > 0) {
        wanting.extend(crate::accounts::places(bench, account.id)?);
    }
    if wanting.is_empty() {
        return Ok(Vec::new());
    }
    let open = reviews::with_open(&bench.cache.reviews(None)?);
    let mut next = Vec::new();
    for place in wanting.into_iter().take(MOST as usize) {
        if may(bench, place.workspace.id, Permission::ReviewRun)?
            && let Some(due) = reviews::due(bench, &place, &open)?
        {
            next.push((place, due));
        }
    }
    Ok(next)
}

fn rhythm(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    for (place, due) in next_reviews(bench)? {
        let workspace = place.workspace.id;
        all.push(Coming {
            kind: ReminderKind::Review,
            key: format!("rhythm {workspace} {}", due.0),
            tell: due,
            due,
            place: Place::Reviews { workspace },
        });
    }
    Ok(())
}

/// Whether I hold a permission in a workspace.
pub(super) fn may(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    permission: Permission,
) -> Result<bool, Failure> {
    Ok(bench.facts(workspace)?.permissions().has(permission))
}

fn invitations(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    let found = bench.cache.upcoming(bench.now, bench.now.plus_days(AHEAD_DAYS), MOST)?;
    for (workspace, id, expires) in found.invitations {
        if may(bench, workspace, Permission::MemberManage)? {
            all.push(Coming {
                kind: ReminderKind::Invitation,
                key: format!("invitation {id} {}", expires.0),
                tell: expires.plus_days(-INVITATION_DAYS),
                due: expires,
                place: Place::Invitations { workspace },
            });
        }
    }
    Ok(())
}

/// Memberships that end soon and that I manage, or that are mine.
pub(super) fn ending(bench: &Bench<'_>) -> Result<Vec<(UpcomingEnd, LoginId)>, Failure> {
    let me = bench.cache.me()?.id;
    let found = bench.cache.upcoming(bench.now, bench.now.plus_days(AHEAD_DAYS), MOST)?;
    let mut ending = Vec::new();
    for end in found.ends {
        if end.login == me || may(bench, end.workspace, Permission::MemberManage)? {
            ending.push((end, me));
        }
    }
    Ok(ending)
}

fn ends(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    for (end, me) in ending(bench)? {
        let UpcomingEnd { workspace, membership, login, at } = end;
        let place = match login == me {
            true => Place::Members { workspace, open: Some(membership) },
            false => Place::Ending { workspace },
        };
        all.push(Coming {
            kind: ReminderKind::End,
            key: format!("end {membership} {}", at.0),
            tell: at.plus_days(-END_DAYS),
            due: at,
            place,
        });
    }
    Ok(())
}

/// What hangs on one person where I could change that, or where that person is I.
fn singles(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    let me = bench.cache.me()?.id;
    let found = bench.cache.continuity()?;
    for owner in found.owners.into_iter().take(MOST as usize) {
        let workspace = owner.workspace.id;
        if owner.holder.login == me || may(bench, workspace, Permission::OwnerAssign)? {
            all.push(Coming {
                kind: ReminderKind::Single,
                key: format!("single {workspace} {}", owner.holder.login),
                tell: bench.now,
                due: bench.now,
                place: Place::Continuity,
            });
        }
    }
    for admin in found.admins {
        all.push(Coming {
            kind: ReminderKind::Single,
            key: format!("single {} {}", admin.account.id, admin.holder.login),
            tell: bench.now,
            due: bench.now,
            place: Place::Continuity,
        });
    }
    Ok(())
}

fn asked(bench: &Bench<'_>, all: &mut Vec<Coming>) -> Result<(), Failure> {
    for one in bench.cache.asked_reminders()? {
        let Ok(place) = serde_json::from_str::<Place>(&one.place) else { continue };
        let tell = match one.due {
            Some(due) => due,
            None if bench.is_online() => bench.now,
            None => continue,
        };
        all.push(Coming {
            kind: ReminderKind::Asked,
            key: format!("asked {} {}", one.id, one.made.0),
            tell,
            due: tell,
            place,
        });
    }
    Ok(())
}
