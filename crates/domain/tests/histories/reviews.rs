//! What holds of access reviews whatever was done (V-49, E-48..51).

use muster_domain::{
    Choice, Command, Event, EventKind, MemberState, Permission, Review, ReviewLine, Row,
    Standpoint, Timestamp, Undecided,
};

use crate::support::{World, login_id};
use crate::{Act, grants};

type Check = Result<(), String>;

fn holds(is_so: bool, why: impl FnOnce() -> String) -> Check {
    if is_so { Ok(()) } else { Err(why()) }
}

/// Everything about the reviews that a change touched.
pub fn check(before: &World, after: &World, act: &Act, events: &[Event], now: Timestamp) -> Check {
    for event in events {
        match (&event.before, &event.after) {
            (Some(Row::ReviewLine(was)), Row::ReviewLine(is)) => {
                frozen(was, is)?;
                decided_by_the_actor(before, act, was, is, now)?;
            }
            (None, Row::ReviewLine(line)) => {
                let begins = event.kind == EventKind::ReviewLineFrozen && line.decided.is_empty();
                holds(begins, || format!("V-49: a line came late: {line:?}"))?;
            }
            (Some(Row::Review(was)), Row::Review(is)) => {
                grows(was, is)?;
                let may = was.closed.is_none() || event.kind == EventKind::ReviewKeyRegistered;
                holds(may, || format!("E-51: changed when closed: {is:?}"))?;
                if was.closed.is_none() && is.closed.is_some() {
                    nothing_left(after, is, now)?;
                }
            }
            (None, Row::Review(review)) => whole(after, review)?,
            _ => {}
        }
    }
    Ok(())
}

/// Signing keys and hand-outs are added and never taken out again.
fn grows(was: &Review, is: &Review) -> Check {
    let kept = is.keys.starts_with(&was.keys) && is.handed_out.starts_with(&was.handed_out);
    holds(kept, || format!("V-49: forgotten: {was:?} became {is:?}"))
}

/// The list of a new review is there with it, everybody on it once.
fn whole(world: &World, review: &Review) -> Check {
    let lines = world.lines.values().filter(|it| it.review == review.id).count();
    let told = usize::try_from(review.lines).expect("few");
    holds(lines == told && !review.reviewers.is_empty(), || {
        format!("V-49: {lines} lines of {review:?}")
    })?;
    let mut named: Vec<_> = review.reviewers.iter().map(|it| it.login).collect();
    named.sort_unstable();
    named.dedup();
    holds(named.len() == review.reviewers.len(), || format!("E-48: named twice: {review:?}"))
}

/// Nothing but what was decided ever changes in a line.
fn frozen(was: &ReviewLine, is: &ReviewLine) -> Check {
    let thawed = ReviewLine { decided: was.decided.clone(), ..is.clone() };
    holds(thawed == *was, || format!("V-49: not frozen: {was:?} became {is:?}"))
}

/// Only a reviewer's own decision is added, each has one at most, and nobody decides about
/// themself unless they are alone.
fn decided_by_the_actor(
    before: &World,
    act: &Act,
    was: &ReviewLine,
    is: &ReviewLine,
    now: Timestamp,
) -> Check {
    let Act::Asked(actor, Command::DecideReview { .. } | Command::EnterReview { .. }) = act else {
        return Err(format!("V-49: decided by {act:?}"));
    };
    let actor = login_id(*actor);
    let review = &before.reviews[&is.review];
    let may = grants::rights(before, now)
        .get(&(is.workspace, actor))
        .is_some_and(|it| it.has(Permission::ReviewRun));
    holds(may && review.has_reviewer(actor) && review.closed.is_none(), || {
        format!("E-48: {actor:?} may not decide in {review:?}")
    })?;
    for decided in is.decided.iter().filter(|it| !was.decided.contains(it)) {
        let client = decided.client.as_ref();
        let handed = |it: &String| review.handed_out.iter().any(|out| out.client == *it);
        holds(client.is_none_or(handed), || format!("V-49: no such client: {decided:?}"))?;
        holds(decided.by == actor, || format!("E-48: for somebody else: {decided:?}"))?;
        let alone = review.reviewers.len() == 1 && decided.reason.is_some();
        holds(is.login != actor || alone, || format!("E-48: their own line: {is:?}"))?;
        let reasoned = decided.choice == Choice::Keep || decided.reason.is_some();
        holds(reasoned, || format!("V-49: without a reason: {decided:?}"))?;
    }
    for gone in was.decided.iter().filter(|it| !is.decided.contains(it)) {
        let may_go = gone.by == actor || !review.has_reviewer(gone.by);
        holds(may_go, || format!("E-51: somebody else's decision went: {gone:?}"))?;
    }
    let mut by: Vec<_> = is.decided.iter().map(|it| it.by).collect();
    by.sort_unstable();
    by.dedup();
    holds(by.len() == is.decided.len(), || format!("E-51: decided twice: {is:?}"))
}

/// A closed review has nothing left to carry out.
fn nothing_left(world: &World, review: &Review, now: Timestamp) -> Check {
    let rules = world.accounts[&world.workspaces[&review.workspace].account].rules();
    for line in world.lines.values().filter(|it| it.review == review.id) {
        let held = world.members[&line.membership].clone().at(now);
        if !held.state.is_present() {
            continue;
        }
        let done = match line.standpoint() {
            Standpoint::Agreed(Choice::Keep) => true,
            Standpoint::Agreed(Choice::Change(roles)) => held.roles == roles,
            Standpoint::Agreed(Choice::Remove) | Standpoint::Disputed => false,
            Standpoint::Undecided => {
                review.undecided == Undecided::Leave
                    || held.state == MemberState::Suspended
                    || rules.is_owner_class(held.roles)
            }
        };
        holds(done, || format!("V-49, E-50: closed with this to do: {line:?}"))?;
    }
    Ok(())
}
