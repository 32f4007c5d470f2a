//! Access reviews: starting, deciding, closing (V-49, E-48..51).

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, Stop, guard};
use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::{CampaignId, HandOutId, LoginId, MembershipId, ReviewId};
use crate::name::clean_name;
use crate::object::{Ended, LoginStatus, Membership, Row, Workspace};
use crate::permission::Permission;
use crate::public_key::PublicKey;
use crate::quiet_days::QuietDays;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{
    Choice, Decided, HandOut, LastReview, Review, ReviewLine, Reviewer, SigningKey, Standpoint,
    Undecided,
};
use crate::time::Timestamp;

/// How many people decide in one review at most.
const MOST_REVIEWERS: usize = 20;

/// How many lines one command keeps at most.
const MOST_LINES: usize = 500;

/// How many signing keys a review keeps at most, and how many hand-outs.
const MOST_KEPT: usize = 50;

/// What a new review is to be.
pub(crate) struct Wanted<'a> {
    pub id: ReviewId,
    pub campaign: CampaignId,
    pub title: &'a str,
    pub due: Timestamp,
    pub undecided: Undecided,
    pub quiet: QuietDays,
    pub reviewers: &'a [LoginId],
}

fn reviewing(facts: &Facts) -> Result<&Workspace, Stop> {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::ReviewRun)?;
    Ok(workspace)
}

/// The review that the command names, whatever its state.
fn named(facts: &Facts) -> Result<&Review, Stop> {
    reviewing(facts)?;
    facts.review.as_ref().ok_or_else(|| guard::missing(facts))
}

/// The review that the command names, while it is open.
fn open(facts: &Facts) -> Result<&Review, Stop> {
    let review = named(facts)?;
    match &review.closed {
        None => Ok(review),
        Some(closed) => Err(Refusal::new(RefusalCode::ReviewClosed)
            .with("name", review.name.as_str())
            .with("who", closed.by.as_str())
            .with("time", closed.at)
            .into()),
    }
}

/// Freezes the list: one line for each present member, as it is at this moment.
pub(crate) fn start(facts: &Facts, wanted: &Wanted<'_>, now: Timestamp) -> Judged {
    let workspace = reviewing(facts)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    let name = clean_name(wanted.title)?;
    if wanted.due <= now {
        return Err(RefusalCode::ReviewDue.into());
    }
    let reviewers = reviewers(facts, wanted.reviewers)?;
    let Known::Known(members) = facts.members.as_ref() else { return Err(Stop::Unknown) };
    let Known::Known(last) = facts.last_review.as_ref() else { return Err(Stop::Unknown) };
    let review = Review {
        id: wanted.id,
        workspace: workspace.id,
        campaign: wanted.campaign,
        name,
        due: wanted.due,
        undecided: wanted.undecided,
        quiet: wanted.quiet,
        reviewers,
        lines: u32::try_from(members.len()).unwrap_or(u32::MAX),
        started: Ended { at: now, by: facts.actor.login.name.clone() },
        closed: None,
        keys: Vec::new(),
        handed_out: Vec::new(),
    };
    let last: BTreeMap<MembershipId, &ReviewLine> =
        last.iter().map(|line| (line.membership, line)).collect();
    let lines =
        members.iter().map(|member| frozen(wanted.id, member, last.get(&member.id).copied()));
    let start = created(EventKind::ReviewStarted, Row::Review(review));
    Ok(std::iter::once(start).chain(lines).collect())
}

fn frozen(review: ReviewId, member: &Membership, before: Option<&ReviewLine>) -> Event {
    let line = ReviewLine {
        review,
        workspace: member.workspace,
        membership: member.id,
        login: member.login,
        name: member.name.clone(),
        address: member.address.clone(),
        roles: member.roles,
        state: member.state,
        given_by: member.given_by.clone(),
        given_at: member.given_at,
        joined: member.joined,
        last: before.and_then(last_of),
        decided: Vec::new(),
    };
    created(EventKind::ReviewLineFrozen, Row::ReviewLine(line))
}

/// What a closed review's line says to the next one; a line without a decision says what the
/// one before said.
fn last_of(line: &ReviewLine) -> Option<LastReview> {
    let Standpoint::Agreed(choice) = line.standpoint() else { return line.last.clone() };
    let decided = line.decided.iter().max_by_key(|it| it.at)?;
    let roles = match choice {
        Choice::Change(roles) => roles,
        Choice::Keep | Choice::Remove => line.roles,
    };
    Some(LastReview { at: decided.at, by: decided.name.clone(), choice, roles })
}

/// Those who may run reviews here, by the order in which they were named; whoever is named
/// twice is one reviewer, who is alone where nobody else is named (E-48).
fn reviewers(facts: &Facts, named: &[LoginId]) -> Result<Vec<Reviewer>, Stop> {
    let Known::Known(standings) = facts.reviewers.as_ref() else { return Err(Stop::Unknown) };
    let (account, _) = guard::visible(facts)?;
    if named.is_empty() || named.len() > MOST_REVIEWERS || standings.len() != named.len() {
        return Err(RefusalCode::BadReviewer.into());
    }
    let mut seen = BTreeSet::new();
    standings
        .iter()
        .filter(|standing| seen.insert(standing.login.id))
        .map(|standing| {
            let login = &standing.login;
            let may = standing.effective(account.rules().account_admin_reach);
            if login.status == LoginStatus::Active && may.has(Permission::ReviewRun) {
                Ok(Reviewer { login: login.id, name: login.name.clone() })
            } else {
                Err(Refusal::new(RefusalCode::BadReviewer).with("name", login.name.as_str()).into())
            }
        })
        .collect()
}

/// Lets other people decide.
pub(crate) fn set_reviewers(facts: &Facts, named: &[LoginId]) -> Judged {
    let review = open(facts)?;
    let reviewers = reviewers(facts, named)?;
    if review.reviewers == reviewers {
        return Err(Stop::NoOp);
    }
    let after = Review { reviewers, ..review.clone() };
    Ok(vec![changed(EventKind::ReviewersChanged, review, after)])
}

/// Writes down the key with which the actor signs evidence. Evidence is mostly made of closed
/// reviews, so they take keys too.
pub(crate) fn register_key(facts: &Facts, key: PublicKey, now: Timestamp) -> Judged {
    let review = named(facts)?;
    let actor = &facts.actor.login;
    match review.signer(key) {
        Some(held) if held.login == actor.id => return Err(Stop::NoOp),
        // The private half rests on one device: two people cannot have made the same.
        Some(_) => return Err(RefusalCode::IdUsed.into()),
        None => {}
    }
    if review.keys.len() >= MOST_KEPT {
        return Err(full(review));
    }
    let mut after = review.clone();
    after.keys.push(SigningKey { login: actor.id, name: actor.name.clone(), key, at: now });
    Ok(vec![changed(EventKind::ReviewKeyRegistered, review, after)])
}

/// Writes down to whom the list goes. Only who decides in the review hands it out.
pub(crate) fn hand_out(
    facts: &Facts,
    id: HandOutId,
    client: &str,
    key: PublicKey,
    now: Timestamp,
) -> Judged {
    let review = open(facts)?;
    reviewer(facts, review)?;
    if review.hand_out(id).is_some() {
        return Err(RefusalCode::IdUsed.into());
    }
    if review.handed_out.len() >= MOST_KEPT {
        return Err(full(review));
    }
    let (client, by) = (clean_name(client)?, facts.actor.login.name.clone());
    let mut after = review.clone();
    after.handed_out.push(HandOut { id, client, by, at: now, key });
    Ok(vec![changed(EventKind::ReviewHandedOut, review, after)])
}

fn full(review: &Review) -> Stop {
    Refusal::new(RefusalCode::ReviewFull).with("name", review.name.as_str()).into()
}

fn reviewer(facts: &Facts, review: &Review) -> Result<(), Stop> {
    if review.has_reviewer(facts.actor.login.id) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotReviewer).with("name", review.name.as_str()).into())
}

/// Decides about lines, or takes a decision back (E-51). Nobody loses or gains anything yet.
pub(crate) fn decide(
    facts: &Facts,
    command: &Command,
    lines: &[MembershipId],
    choice: Option<Choice>,
    now: Timestamp,
) -> Judged {
    let review = open(facts)?;
    let said = Said { choice, reason: reason(command)?, client: None };
    decide_lines(facts, review, lines, &said, now)
}

/// Enters what a client decided in a file. It is the actor's decision like any other, under the
/// same rules; the line names the client beside them.
pub(crate) fn enter(
    facts: &Facts,
    command: &Command,
    id: HandOutId,
    lines: &[MembershipId],
    choice: Choice,
    now: Timestamp,
) -> Judged {
    let review = open(facts)?;
    let hand_out = review.hand_out(id).ok_or_else(|| guard::missing(facts))?;
    let client = Some(hand_out.client.as_str());
    let said = Said { choice: Some(choice), reason: reason(command)?, client };
    decide_lines(facts, review, lines, &said, now)
}

/// What is said about lines.
struct Said<'a> {
    /// What; none takes a decision back.
    choice: Option<Choice>,
    /// Why.
    reason: Option<&'a str>,
    /// The client who said it, where the actor only enters it.
    client: Option<&'a str>,
}

fn reason(command: &Command) -> Result<Option<&str>, Stop> {
    let reason = command.reason().map(str::trim).filter(|it| !it.is_empty());
    if reason.is_some_and(|it| it.chars().count() > guard::LONGEST_TEXT) {
        return Err(RefusalCode::BadNote.into());
    }
    Ok(reason)
}

fn decide_lines(
    facts: &Facts,
    review: &Review,
    lines: &[MembershipId],
    said: &Said<'_>,
    now: Timestamp,
) -> Judged {
    reviewer(facts, review)?;
    let alone = lines.len() == 1;
    let kept_together = matches!(said.choice, Some(Choice::Keep) | None);
    if lines.is_empty() || lines.len() > MOST_LINES || !(alone || kept_together) {
        return Err(RefusalCode::ReviewOneByOne.into());
    }
    if facts.review_lines.len() != lines.len() {
        return Err(guard::missing(facts));
    }
    let mut events = Vec::new();
    let mut seen = BTreeSet::new();
    for line in facts.review_lines.iter().filter(|it| seen.insert(it.membership)) {
        if let Some(choice) = said.choice {
            may_decide(facts, review, line, choice, said.reason)?;
        }
        let after = decided(facts, review, line, said, now);
        if after != *line {
            events.push(Event {
                kind: EventKind::ReviewDecided,
                before: Some(Row::ReviewLine(line.clone())),
                after: Row::ReviewLine(after),
            });
        }
    }
    if events.is_empty() { Err(Stop::NoOp) } else { Ok(events) }
}

fn may_decide(
    facts: &Facts,
    review: &Review,
    line: &ReviewLine,
    choice: Choice,
    reason: Option<&str>,
) -> Result<(), Stop> {
    let own = line.login == facts.actor.login.id;
    // E-48: somebody else decides about you, if there is anybody.
    if own && review.reviewers.len() > 1 {
        return Err(RefusalCode::ReviewOwnLine.into());
    }
    if reason.is_none() && (own || choice != Choice::Keep) {
        return Err(Refusal::new(RefusalCode::ReviewReason)
            .with("name", line.name.as_str())
            .into());
    }
    match choice {
        Choice::Keep => Ok(()),
        Choice::Remove => owner_stays(facts, line),
        Choice::Change(roles) => {
            let (account, _) = guard::visible(facts)?;
            if !account.rules().allows(roles, facts.own()) {
                return Err(Refusal::new(RefusalCode::RolesNotInScheme).with("role", roles).into());
            }
            if account.rules().is_owner_class(roles) { Ok(()) } else { owner_stays(facts, line) }
        }
    }
}

/// E-49: the last owner cannot be decided away; a successor comes first (R6).
fn owner_stays(facts: &Facts, line: &ReviewLine) -> Result<(), Stop> {
    let (account, _) = guard::visible(facts)?;
    let rules = account.rules();
    let Some(target) = facts.target.as_ref().filter(|it| it.id == line.membership) else {
        return Ok(());
    };
    if rules.owner_floor == 0 || !target.state.is_present() || !rules.is_owner_class(target.roles) {
        return Ok(());
    }
    match facts.other_owners {
        Known::Known(others) if others >= rules.owner_floor => Ok(()),
        Known::Known(_) => Err(Refusal::new(RefusalCode::LastOwnerReview)
            .with("name", target.name.as_str())
            .into()),
        Known::Unknown => Err(Stop::Unknown),
    }
}

/// The line after the actor's decision takes the place of their earlier one, and of those of
/// people who review no more: they could not give way in a dispute. The log has them all.
fn decided(
    facts: &Facts,
    review: &Review,
    line: &ReviewLine,
    said: &Said<'_>,
    now: Timestamp,
) -> ReviewLine {
    let actor = &facts.actor.login;
    let is_said = |it: &Decided| {
        Some(it.choice) == said.choice
            && it.reason.as_deref() == said.reason
            && it.client.as_deref() == said.client
    };
    if line.decided.iter().any(|it| it.by == actor.id && is_said(it)) {
        return line.clone();
    }
    let mut after = line.clone();
    after.decided.retain(|it| it.by != actor.id);
    if let Some(choice) = said.choice {
        after.decided.retain(|it| review.has_reviewer(it.by));
        after.decided.push(Decided {
            by: actor.id,
            name: actor.name.clone(),
            at: now,
            choice,
            reason: said.reason.map(str::to_owned),
            client: said.client.map(str::to_owned),
        });
    }
    after
}

/// Closes a review once what was decided is so. Lines whose change was refused keep it open;
/// undecided ones do so only where they are to be suspended, and stay marked as not reviewed
/// either way (E-50).
pub(crate) fn close(facts: &Facts, now: Timestamp) -> Judged {
    let review = open(facts)?;
    let (account, _) = guard::visible(facts)?;
    let Known::Known(lines) = facts.frozen_lines.as_ref() else { return Err(Stop::Unknown) };
    let Known::Known(members) = facts.members.as_ref() else { return Err(Stop::Unknown) };
    let present: BTreeMap<MembershipId, &Membership> =
        members.iter().map(|it| (it.id, it)).collect();
    let is_open = |line: &&ReviewLine| {
        let held = present.get(&line.membership).copied();
        !line.is_done(review.undecided, account.rules(), held)
    };
    let unfinished = lines.iter().filter(is_open).count();
    if unfinished > 0 {
        return Err(Refusal::new(RefusalCode::ReviewUnfinished)
            .with("name", review.name.as_str())
            .with("count", u32::try_from(unfinished).unwrap_or(u32::MAX))
            .into());
    }
    let closed = Some(Ended { at: now, by: facts.actor.login.name.clone() });
    let after = Review { closed, ..review.clone() };
    Ok(vec![changed(EventKind::ReviewClosed, review, after)])
}

fn changed(kind: EventKind, before: &Review, after: Review) -> Event {
    Event { kind, before: Some(Row::Review(before.clone())), after: Row::Review(after) }
}
