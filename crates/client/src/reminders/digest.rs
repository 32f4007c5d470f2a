//! The start page: what needs me, what comes up, and what others changed since I was last here.
//! Read from the copy when the page is opened, never at the start of the app.

use std::collections::BTreeMap;

use muster_domain::{AdminReach, Permission, Timestamp, WorkspaceId};

use super::due::{AHEAD_DAYS, MOST, ending, may, next_reviews};
use super::received_key;
use crate::invitations;
use crate::verdict::Bench;
use crate::view::{Digest, DigestLine, DigestWhat, Done, Failure, Place};

/// How many lines of one sort are listed.
const LINES: usize = 5;

/// How long it is told that a workspace came to an account.
const RECEIVED_DAYS: i64 = 30;

/// How many workspaces with news are listed.
const NEWS: u32 = 8;

/// The start page.
pub(crate) fn digest(bench: &Bench<'_>, since: Option<Timestamp>) -> Result<Digest, Failure> {
    let mut needs = Vec::new();
    let mut soon = Vec::new();
    mine(bench, &mut needs)?;
    received(bench, &mut needs)?;
    reviews(bench, &mut needs, &mut soon)?;
    invited(bench, &mut needs, &mut soon)?;
    ends(bench, &mut soon)?;
    singles(bench, &mut needs)?;
    let news = match since {
        Some(since) => news(bench, since)?,
        None => Vec::new(),
    };
    Ok(Digest { needs, soon, news, since, until: bench.cache.last_contact()? })
}

fn line(what: DigestWhat, place: Place) -> DigestLine {
    DigestLine { what, place, name: None, at: None, done: None }
}

fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Lines of one sort, the first few and how many more there are.
fn some(into: &mut Vec<DigestLine>, mut lines: Vec<DigestLine>, more: Place) {
    let rest = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    into.append(&mut lines);
    if rest > 0 {
        into.push(line(DigestWhat::More { n: number(rest) }, more));
    }
}

/// What is in my own hands: invitations to me, refused and unsent changes, what I asked for.
fn mine(bench: &Bench<'_>, needs: &mut Vec<DigestLine>) -> Result<(), Failure> {
    let counts = bench.cache.counts()?;
    let drafts = number(bench.cache.drafts(None)?.len());
    let told = [
        (number(bench.cache.inbox()?.len()), Place::Inbox),
        (counts.refused, Place::Pending),
        (counts.not_sent, Place::Pending),
        (drafts, Place::Pending),
    ];
    let whats: [fn(u32) -> DigestWhat; 4] = [
        |n| DigestWhat::Inbox { n },
        |n| DigestWhat::Refused { n },
        |n| DigestWhat::NotSent { n },
        |n| DigestWhat::Drafts { n },
    ];
    for ((n, place), what) in told.into_iter().zip(whats) {
        if n > 0 {
            needs.push(line(what(n), place));
        }
    }
    for one in bench.cache.asked_reminders()? {
        let Ok(place) = serde_json::from_str::<Place>(&one.place) else { continue };
        let name = match place.workspace() {
            Some(id) => bench.cache.workspace(id)?.map(|it| it.workspace.name),
            None => None,
        };
        let done = i32::try_from(one.id).ok().map(|id| Done::Asked { id });
        needs.push(DigestLine { what: DigestWhat::Asked, place, name, at: one.due, done });
    }
    Ok(())
}

/// E-15, E-65: what came to an account of mine because its other owner went, until I say that it
/// stays there, move it, or a month has passed.
fn received(bench: &Bench<'_>, needs: &mut Vec<DigestLine>) -> Result<(), Failure> {
    let me = bench.cache.me()?.id;
    let mut mine = Vec::new();
    for account in bench.cache.accounts()? {
        let leads = account.rules().account_admin_reach == AdminReach::None;
        if leads && bench.cache.admins(account.id)?.iter().any(|it| it.login == me) {
            mine.push(account);
        }
    }
    let mut lines = Vec::new();
    for account in &mine {
        for came in bench.cache.received(account.id, bench.now.plus_days(-RECEIVED_DAYS), me)? {
            let workspace = came.workspace;
            if bench.cache.was_reminded(&received_key(workspace, came.at))? {
                continue;
            }
            lines.push(DigestLine {
                what: DigestWhat::Received {
                    account: account.name.clone(),
                    who: came.by,
                    other: mine.len() > 1,
                },
                place: Place::Move { workspace },
                name: bench.cache.workspace(workspace)?.map(|it| it.workspace.name),
                at: Some(came.at),
                done: Some(Done::Received { workspace, at: came.at }),
            });
        }
    }
    some(needs, lines, Place::Workspaces);
    Ok(())
}

fn reviews(
    bench: &Bench<'_>,
    needs: &mut Vec<DigestLine>,
    soon: &mut Vec<DigestLine>,
) -> Result<(), Failure> {
    let me = bench.cache.me()?.id;
    let mut lines = Vec::new();
    for found in bench.cache.reviews(None)? {
        let review = found.review;
        let undecided = found.counts.undecided;
        let is_left = undecided + found.counts.disputed > 0;
        if review.closed.is_some() || !review.has_reviewer(me) || !is_left {
            continue;
        }
        let name = bench.cache.workspace(review.workspace)?.map(|it| it.workspace.name);
        let over = review.due < bench.now;
        lines.push(DigestLine {
            what: DigestWhat::Review { review: review.name, undecided, over },
            place: Place::Review { workspace: review.workspace, review: review.id },
            name,
            at: Some(review.due),
            done: None,
        });
    }
    some(needs, lines, Place::Workspaces);
    let (mut over, mut later) = (Vec::new(), Vec::new());
    for (place, due) in next_reviews(bench)? {
        let is_over = due < bench.now;
        if due > bench.now.plus_days(AHEAD_DAYS) {
            continue;
        }
        let told = DigestLine {
            what: DigestWhat::Rhythm { over: is_over },
            place: Place::Reviews { workspace: place.workspace.id },
            name: Some(place.workspace.name),
            at: Some(due),
            done: None,
        };
        if is_over { over.push(told) } else { later.push(told) }
    }
    over.sort_by_key(|it| it.at);
    later.sort_by_key(|it| it.at);
    some(needs, over, Place::Workspaces);
    some(soon, later, Place::Workspaces);
    Ok(())
}

/// What is counted by workspace, with the earliest moment of each.
#[derive(Default)]
struct ByPlace(BTreeMap<WorkspaceId, (u32, Timestamp)>);

impl ByPlace {
    fn add(&mut self, workspace: WorkspaceId, at: Timestamp) {
        let found = self.0.entry(workspace).or_insert((0, at));
        found.0 += 1;
        found.1 = found.1.min(at);
    }

    fn lines(
        self,
        bench: &Bench<'_>,
        what: fn(u32) -> DigestWhat,
        place: fn(WorkspaceId) -> Place,
    ) -> Result<Vec<DigestLine>, Failure> {
        let mut lines = Vec::new();
        for (workspace, (n, at)) in self.0 {
            let name = bench.cache.workspace(workspace)?.map(|it| it.workspace.name);
            let (what, place) = (what(n), place(workspace));
            lines.push(DigestLine { what, place, name, at: Some(at), done: None });
        }
        lines.sort_by_key(|it| it.at);
        Ok(lines)
    }
}

fn invited(
    bench: &Bench<'_>,
    needs: &mut Vec<DigestLine>,
    soon: &mut Vec<DigestLine>,
) -> Result<(), Failure> {
    // An invitation lives for 30 days at most.
    let open = bench.cache.upcoming(bench.now, bench.now.plus_days(31), MOST)?.invitations;
    let (mut confirm, mut expiring) = (ByPlace::default(), ByPlace::default());
    for (workspace, id, expires) in open {
        if !may(bench, workspace, Permission::MemberManage)? {
            continue;
        }
        if invitations::needs_somebody(bench, id)? {
            confirm.add(workspace, expires);
        } else if expires <= bench.now.plus_days(AHEAD_DAYS) {
            expiring.add(workspace, expires);
        }
    }
    let place = |workspace| Place::Invitations { workspace };
    some(needs, confirm.lines(bench, |n| DigestWhat::Confirm { n }, place)?, Place::Workspaces);
    some(soon, expiring.lines(bench, |n| DigestWhat::Expiring { n }, place)?, Place::Workspaces);
    Ok(())
}

fn ends(bench: &Bench<'_>, soon: &mut Vec<DigestLine>) -> Result<(), Failure> {
    let mut others = ByPlace::default();
    let mut mine = Vec::new();
    for (end, me) in ending(bench)? {
        if end.login != me {
            others.add(end.workspace, end.at);
            continue;
        }
        mine.push(DigestLine {
            what: DigestWhat::MineEnds,
            place: Place::Members { workspace: end.workspace, open: Some(end.membership) },
            name: bench.cache.workspace(end.workspace)?.map(|it| it.workspace.name),
            at: Some(end.at),
            done: None,
        });
    }
    some(soon, mine, Place::Workspaces);
    let place = |workspace| Place::Ending { workspace };
    some(soon, others.lines(bench, |n| DigestWhat::Ending { n }, place)?, Place::Workspaces);
    Ok(())
}

fn singles(bench: &Bench<'_>, needs: &mut Vec<DigestLine>) -> Result<(), Failure> {
    let found = bench.cache.continuity()?;
    let (owners, admins) = (number(found.owners.len()), number(found.admins.len()));
    if owners > 0 {
        needs.push(line(DigestWhat::SingleOwners { n: owners }, Place::Continuity));
    }
    if admins > 0 {
        needs.push(line(DigestWhat::SingleAdmins { n: admins }, Place::Continuity));
    }
    Ok(())
}

/// What others changed, by workspace, most of it first.
fn news(bench: &Bench<'_>, since: Timestamp) -> Result<Vec<DigestLine>, Failure> {
    let me = bench.cache.me()?.id;
    let mut lines = Vec::new();
    for (workspace, n, last) in bench.cache.news(since, me, NEWS)? {
        let Some(place) = bench.cache.workspace(workspace)? else { continue };
        lines.push(DigestLine {
            what: DigestWhat::Changes { n },
            place: Place::History { workspace, from: since },
            name: Some(place.workspace.name),
            at: Some(last),
            done: None,
        });
    }
    Ok(lines)
}
