//! The people of a review, one by one.

use muster_cache::{ReviewFilter as Filter, ReviewLineDetail, ReviewLineEntry, ReviewLineQuery};
use muster_domain::{
    Account, Choice, Command, Decided, LastReview, LoginId, MembershipId, ReviewId, ReviewLine,
    RoleSet, Standpoint, WorkspaceId,
};

use super::hints::FromLog;
use crate::badge;
use crate::members;
use crate::person::changes;
use crate::roles::trial_reason;
use crate::verdict::Bench;
use crate::view::{
    DecidedView, Failure, FailureCode, LastReviewView, ReviewFilter, ReviewHint, ReviewLinePage,
    ReviewLineRow, ReviewLineView, ReviewQuery, StandpointView, Verdict,
};
use crate::workspaces::PAGE;

/// A page of a review's lines.
pub(crate) fn page(bench: &Bench<'_>, query: ReviewQuery) -> Result<ReviewLinePage, Failure> {
    super::summary(bench, query.workspace, query.review)?;
    let me = bench.cache.me()?.id;
    let among = super::among(bench, &query)?;
    let found = bench.cache.review_lines(&ReviewLineQuery { among, ..asked(&query, PAGE) })?;
    let rows = found.rows.iter().map(|it| row(bench, it, me)).collect();
    Ok(ReviewLinePage { matched: found.matched, rows })
}

/// A question of the window as one to the copy, for at most so many lines.
pub(crate) fn asked(query: &ReviewQuery, most: u32) -> ReviewLineQuery {
    ReviewLineQuery {
        review: query.review,
        text: query.text.clone(),
        filter: match query.filter {
            ReviewFilter::All => Filter::All,
            ReviewFilter::Undecided => Filter::Undecided,
            ReviewFilter::ChangedSince => Filter::ChangedSince,
            ReviewFilter::UnchangedSince => Filter::UnchangedSince,
            ReviewFilter::Disputed => Filter::Disputed,
            ReviewFilter::Kept => Filter::Kept,
            ReviewFilter::Changed => Filter::Changed,
            ReviewFilter::Removed => Filter::Removed,
            ReviewFilter::External => Filter::External,
            ReviewFilter::Mine => Filter::Mine,
        },
        among: None,
        offset: query.offset,
        limit: query.limit.min(most),
    }
}

/// What decisions come to, with the roles of a change.
pub(crate) const fn standpoint(of: Standpoint) -> (StandpointView, RoleSet) {
    match of {
        Standpoint::Undecided => (StandpointView::Undecided, RoleSet::NONE),
        Standpoint::Disputed => (StandpointView::Disputed, RoleSet::NONE),
        Standpoint::Agreed(choice) => chosen(choice),
    }
}

/// One choice, with the roles of a change.
pub(crate) const fn chosen(choice: Choice) -> (StandpointView, RoleSet) {
    match choice {
        Choice::Keep => (StandpointView::Keep, RoleSet::NONE),
        Choice::Change(roles) => (StandpointView::Change, roles),
        Choice::Remove => (StandpointView::Remove, RoleSet::NONE),
    }
}

fn row(bench: &Bench<'_>, entry: &ReviewLineEntry, me: LoginId) -> ReviewLineRow {
    let line = &entry.line;
    let now = entry.now.clone().map(|it| it.at(bench.now)).filter(|it| it.state.is_present());
    let (standpoint, to) = standpoint(entry.standpoint);
    ReviewLineRow {
        membership: line.membership,
        name: line.name.clone(),
        address: line.address.to_string(),
        letters: badge::letters(&line.name),
        roles: line.roles,
        state: line.state,
        standpoint,
        to,
        decided_at: line.decided.iter().map(|it| it.at).max(),
        changed_since: entry.changed_since,
        is_me: line.login == me,
        mark: members::margin(bench, entry.mark),
        gone: now.is_none(),
        now_roles: now.map_or(RoleSet::NONE, |it| it.roles),
    }
}

/// One line with everything that helps to decide.
pub(crate) fn view(
    bench: &Bench<'_>,
    (workspace, review): (WorkspaceId, ReviewId),
    membership: MembershipId,
) -> Result<ReviewLineView, Failure> {
    super::summary(bench, workspace, review)?;
    let place = bench.place(workspace)?;
    let found = bench.cache.review_line(review, membership)?;
    let detail = found.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let me = bench.cache.me()?.id;
    let line = &detail.entry.line;
    let acts = Acts { bench, line };
    let found = super::summary(bench, workspace, review)?.review;
    let (told, used) = FromLog::new(bench, &found, &place.account)?.of_line(line)?;
    let (_, refused) = changes(bench, |of| decides(of, review, membership))?;
    let mut all = hints(&detail, &place.account);
    all.extend(told);
    Ok(ReviewLineView {
        row: row(bench, &detail.entry, me),
        given_by: line.given_by.clone(),
        given_at: line.given_at,
        joined: line.joined,
        last: line.last.as_ref().map(last_view),
        same_roles: detail.same_roles,
        people: detail.people,
        decided: line.decided.iter().map(|it| decided(&detail.entry, it, me)).collect(),
        keep: acts.verdict(Choice::Keep)?,
        change: acts.change(&place.account)?,
        remove: acts.verdict(Choice::Remove)?,
        keep_needs_reason: line.login == me,
        hints: all,
        used,
        refused,
    })
}

/// Whether a command is a decision about this line.
fn decides(command: &Command, review: ReviewId, line: MembershipId) -> bool {
    matches!(
        command,
        Command::DecideReview { lines, .. } | Command::EnterReview { lines, .. }
            if command.review() == Some(review) && lines.contains(&line)
    )
}

/// What the last review said.
pub(crate) fn last_view(last: &LastReview) -> LastReviewView {
    LastReviewView {
        at: last.at,
        by: last.by.clone(),
        choice: chosen(last.choice).0,
        to: last.roles,
    }
}

fn decided(entry: &ReviewLineEntry, decided: &Decided, me: LoginId) -> DecidedView {
    let (choice, to) = chosen(decided.choice);
    let confirmed = entry.confirmed.as_ref();
    // Without an unsent change the line is as the server told it.
    let is_sent = confirmed.is_none_or(|line| line.decided.contains(decided));
    DecidedView {
        name: decided.name.clone(),
        at: decided.at,
        choice,
        to,
        reason: decided.reason.clone(),
        client: decided.client.clone(),
        is_me: decided.by == me,
        pending: !is_sent,
    }
}

fn hints(detail: &ReviewLineDetail, account: &Account) -> Vec<ReviewHint> {
    let entry = &detail.entry;
    let now = entry.now.as_ref().filter(|it| it.state.is_present());
    let owns = now.is_some_and(|it| account.rules().is_owner_class(it.roles));
    let all = [
        (entry.external, ReviewHint::External),
        (owns && detail.other_owners == Some(0), ReviewHint::SingleOwner),
        (owns, ReviewHint::OwnerClass),
        (entry.line.last.is_some() && entry.changed_since, ReviewHint::ChangedSince),
        (entry.line.last.is_none(), ReviewHint::NeverReviewed),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, hint)| hint).collect()
}

/// What I can decide about one line. Reasons are given, so that the lack of one is no answer.
struct Acts<'a> {
    bench: &'a Bench<'a>,
    line: &'a ReviewLine,
}

impl Acts<'_> {
    fn verdict(&self, choice: Choice) -> Result<Verdict, Failure> {
        let verdict = self.bench.verdict(&Command::DecideReview {
            workspace: self.line.workspace,
            review: self.line.review,
            lines: vec![self.line.membership],
            choice: Some(choice),
            reason: trial_reason(),
        })?;
        Ok(match verdict {
            // Deciding the same again is nothing to be kept from.
            Verdict::NoOp | Verdict::Unknown => Verdict::Allowed,
            other => other,
        })
    }

    /// Changing the role is possible if some other role can be decided for.
    fn change(&self, account: &Account) -> Result<Verdict, Failure> {
        let built_in = account.rules().roles.iter().map(|role| RoleSet::of(&[*role]));
        let own = self.bench.own_roles(self.line.workspace)?.into_iter();
        let own = own.map(|role| RoleSet::own(role.slot));
        let mut first_no = Verdict::Hidden;
        for roles in built_in.chain(own).filter(|roles| *roles != self.line.roles) {
            match self.verdict(Choice::Change(roles))? {
                Verdict::Allowed => return Ok(Verdict::Allowed),
                no if first_no == Verdict::Hidden => first_no = no,
                _ => {}
            }
        }
        Ok(first_no)
    }
}
