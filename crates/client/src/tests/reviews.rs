//! Access reviews as the window sees them (V-49, E-48 to E-51).

use muster_domain::{
    CampaignId, Choice, Command, Decided, Ended, LastReview, MemberState, QuietDays, Refusal,
    RefusalCode, Review, ReviewId, ReviewLine, Reviewer, Role, RoleSet, Row, Timestamp, Undecided,
};
use muster_protocol::{Outcome, OutcomeStatus};

use super::world::{
    ACME, LARCH, ME, NORTHWIND, NOW, Told, World, address, agency, code, login, mid, roles, text,
    workspace,
};
use crate::draft::draft;
use crate::reviews::{finish, line_page, line_view, list, view, who_may};
use crate::view::{Intent, Mark, ReviewFilter, ReviewHint, ReviewQuery, StandpointView, Verdict};

pub(super) const QUARTER: ReviewId = ReviewId::from_bytes([71; 16]);

pub(super) fn review(id: ReviewId, reviewers: &[(u8, &str)]) -> Review {
    Review {
        id,
        workspace: NORTHWIND,
        campaign: CampaignId::from_bytes([7; 16]),
        name: "Q4 review".to_owned(),
        due: NOW.plus_days(10),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: reviewers
            .iter()
            .map(|(number, name)| Reviewer { login: login(*number), name: (*name).to_owned() })
            .collect(),
        lines: 5,
        started: Ended { at: Timestamp(NOW.0 - 1_000), by: "Ana".to_owned() },
        closed: None,
        keys: Vec::new(),
        handed_out: Vec::new(),
    }
}

pub(super) fn line(number: u8, name: &str, held: RoleSet) -> ReviewLine {
    ReviewLine {
        review: QUARTER,
        workspace: NORTHWIND,
        membership: mid(NORTHWIND, number),
        login: login(number),
        name: name.to_owned(),
        address: address(number),
        roles: held,
        state: MemberState::Active,
        given_by: Some("Ana".to_owned()),
        given_at: Some(Timestamp(3)),
        joined: Timestamp(i64::from(number)),
        last: None,
        decided: Vec::new(),
    }
}

pub(super) fn decided(number: u8, name: &str, choice: Choice) -> Decided {
    let reason = (choice != Choice::Keep).then(|| "left the team".to_owned());
    Decided { by: login(number), name: name.to_owned(), at: NOW, choice, reason, client: None }
}

/// Northwind with an open review by me and Ben over its five people.
fn reviewed(change: impl FnOnce(&mut Review, &mut Vec<ReviewLine>)) -> Told {
    let mut told = agency();
    let mut review = review(QUARTER, &[(ME, "Ana"), (10, "Ben")]);
    let mut lines = vec![
        line(1, "Alejandro", roles(&[Role::WorkspaceAdmin])),
        line(2, "Bea", roles(&[Role::AgentManager])),
        line(3, "Chidi", roles(&[Role::ChatUser])),
        line(4, "Eli", RoleSet::own(0)),
        line(10, "Ben", roles(&[Role::ChatUser])),
    ];
    change(&mut review, &mut lines);
    told.row(Row::Review(review));
    for line in lines {
        told.row(Row::ReviewLine(line));
    }
    told
}

fn as_they_are() -> World {
    reviewed(|_, _| {}).heard()
}

fn query(filter: ReviewFilter) -> ReviewQuery {
    ReviewQuery {
        workspace: NORTHWIND,
        review: QUARTER,
        text: String::new(),
        filter,
        hint: None,
        offset: 0,
        limit: 50,
    }
}

pub(super) fn decide(
    world: &World,
    number: u8,
    choice: Option<Choice>,
    reason: Option<&str>,
) -> Command {
    let bench = world.offline();
    let intent = Intent::DecideReview {
        workspace: NORTHWIND,
        review: QUARTER,
        lines: vec![mid(NORTHWIND, number)],
        choice,
        reason: reason.map(str::to_owned),
    };
    let draft = draft(&bench, intent).expect("a command");
    let kept = world.cache.submit(&draft.command, NOW, draft.label).expect("is kept");
    assert!(kept.n.is_some(), "{:?}", kept.decision);
    draft.command
}

fn names(world: &World, filter: ReviewFilter) -> Vec<String> {
    let page = line_page(&world.offline(), query(filter)).expect("a page");
    assert_eq!(page.matched as usize, page.rows.len());
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn v49_the_list_tells_progress_and_whether_i_decide() {
    let world = as_they_are();
    let found = list(&world.online(), Some(NORTHWIND)).expect("a list");
    let [row] = found.rows.as_slice() else { panic!("one review: {found:?}") };
    assert_eq!((row.people, row.decided, row.pending), (5, 0, 0));
    assert_eq!(row.workspace_name, "Northwind");
    assert_eq!(row.reviewers, ["Ana", "Ben"]);
    assert!(row.mine && !row.overdue && row.closed.is_none());
    assert_eq!(found.start, Verdict::Allowed);
    assert!(list(&world.online(), Some(ACME)).expect("a list").rows.is_empty());
    assert_eq!(list(&world.online(), None).expect("a list").rows.len(), 1);
}

#[test]
fn v49_without_the_right_to_review_there_is_nothing() {
    let mut told = Told::default();
    told.accounts.accounts = agency().accounts.accounts;
    let mine = super::world::member(NORTHWIND, ME, "Ana", roles(&[Role::ChatUser]));
    let sees = Role::ChatUser.permissions();
    told.place(workspace(NORTHWIND, LARCH, "Northwind"), sees, vec![Row::Membership(mine)]);
    let world = told.heard();
    let found = list(&world.online(), Some(NORTHWIND)).expect("a list");
    assert!(found.rows.is_empty());
    assert_eq!(found.start, Verdict::Hidden);
}

#[test]
fn v49_starting_needs_a_connection_and_deciding_does_not() {
    let world = as_they_are();
    let offline = list(&world.offline(), Some(NORTHWIND)).expect("a list");
    let sentence = "offline.review".to_owned();
    assert_eq!(offline.start, Verdict::NeedsConnection { sentence });
    let line =
        line_view(&world.offline(), (NORTHWIND, QUARTER), mid(NORTHWIND, 2)).expect("a line");
    assert_eq!([line.keep, line.change, line.remove], [const { Verdict::Allowed }; 3]);
    let review = view(&world.offline(), NORTHWIND, QUARTER).expect("a review");
    assert!(matches!(review.finish, Verdict::NeedsConnection { .. }), "{:?}", review.finish);
}

#[test]
fn v49_the_next_review_is_due_by_the_accounts_policy() {
    let closed = Some(Ended { at: Timestamp(NOW.0 - 5), by: "Ana".to_owned() });
    let mut told = reviewed(|review, _| review.closed.clone_from(&closed));
    told.accounts.accounts[0].review_days = 90;
    let world = told.heard();
    let due = list(&world.online(), Some(NORTHWIND)).expect("a list").next_due;
    assert_eq!(due, Some(Timestamp(NOW.0 - 5).plus_days(90)));
    // While one is open, no other is asked for.
    let mut told = reviewed(|_, _| {});
    told.accounts.accounts[0].review_days = 90;
    assert_eq!(list(&told.heard().online(), Some(NORTHWIND)).expect("a list").next_due, None);
}

#[test]
fn v49_what_changed_since_the_last_review_comes_first() {
    let world = reviewed(|_, lines| {
        for line in lines.iter_mut().filter(|it| it.name != "Eli") {
            let roles = if line.name == "Chidi" { RoleSet::NONE } else { line.roles };
            let at = Timestamp(NOW.0 - 100_000);
            let (by, choice) = ("Ben".to_owned(), Choice::Keep);
            line.last = Some(LastReview { at, by, choice, roles });
        }
    })
    .heard();
    assert_eq!(names(&world, ReviewFilter::ChangedSince), ["Chidi", "Eli"]);
    assert_eq!(names(&world, ReviewFilter::UnchangedSince), ["Alejandro", "Bea", "Ben"]);
    assert_eq!(names(&world, ReviewFilter::All)[..2], ["Chidi", "Eli"]);
    let bench = world.online();
    let hints = |number| {
        let key = (NORTHWIND, QUARTER);
        line_view(&bench, key, mid(NORTHWIND, number)).expect("a line").hints
    };
    assert!(hints(3).contains(&ReviewHint::ChangedSince));
    assert!(hints(4).contains(&ReviewHint::NeverReviewed));
    assert!(hints(1).contains(&ReviewHint::OwnerClass));
}

#[test]
fn e48_my_own_line_goes_to_somebody_else() {
    let mut told = reviewed(|_, lines| lines.push(line(ME, "Ana", roles(&[Role::ChatUser]))));
    let mine = super::world::member(NORTHWIND, ME, "Ana", roles(&[Role::ChatUser]));
    told.row(Row::Membership(mine));
    let world = told.heard();
    let bench = world.online();
    let line = line_view(&bench, (NORTHWIND, QUARTER), mid(NORTHWIND, ME)).expect("a line");
    assert_eq!(code(&line.keep), "review.own_line");
    assert!(line.row.is_me && line.keep_needs_reason);
    let other = line_view(&bench, (NORTHWIND, QUARTER), mid(NORTHWIND, 2)).expect("a line");
    assert!(!other.keep_needs_reason);
}

#[test]
fn e48_who_is_no_reviewer_decides_nothing() {
    let world = reviewed(|review, _| review.reviewers.retain(|it| it.name == "Ben")).heard();
    let bench = world.online();
    let line = line_view(&bench, (NORTHWIND, QUARTER), mid(NORTHWIND, 2)).expect("a line");
    for verdict in [&line.keep, &line.change, &line.remove] {
        assert_eq!(code(verdict), "review.not_yours");
    }
}

#[test]
fn e48_reviewers_are_those_who_may_run_reviews() {
    let world = as_they_are();
    let bench = world.online();
    let named = |text: &str| -> Vec<String> {
        let found = who_may(&bench, NORTHWIND, text).expect("people");
        found.into_iter().map(|it| it.name).collect()
    };
    // Ana and Ben by the reach of Account Admins, Alejandro by his role; me first.
    assert_eq!(named(""), ["Ana", "Alejandro", "Ben"]);
    assert_eq!(named("BEN"), ["Ben"]);
    assert!(named("chidi").is_empty());
}

#[test]
fn e49_the_last_owner_has_no_remove() {
    let mut told = reviewed(|_, _| {});
    told.accounts.accounts[0].scheme = muster_domain::SchemeId::OwnerLed;
    for row in &mut told.places[0].2 {
        if let Row::Membership(it) = row {
            let is_owner = it.name == "Alejandro";
            it.roles = roles(&[if is_owner { Role::Owner } else { Role::Read }]);
        }
    }
    let admin = super::world::member(NORTHWIND, ME, "Ana", roles(&[Role::Admin]));
    told.row(Row::Membership(admin));
    let world = told.heard();
    let bench = world.online();
    let line = line_view(&bench, (NORTHWIND, QUARTER), mid(NORTHWIND, 1)).expect("a line");
    assert_eq!(code(&line.remove), "r6.review");
    let Verdict::Refused { reason } = &line.remove else { unreachable!() };
    assert_eq!(text(reason, "name"), "Alejandro");
    assert_eq!(line.keep, Verdict::Allowed);
    assert!(line.hints.contains(&ReviewHint::SingleOwner));
}

#[test]
fn e50_nobody_is_kept_without_a_decision() {
    let world = as_they_are();
    decide(&world, 2, Some(Choice::Keep), None);
    let review = view(&world.offline(), NORTHWIND, QUARTER).expect("a review");
    assert_eq!((review.counts.kept, review.counts.undecided), (1, 4));
    let end = finish(&world.offline(), NORTHWIND, QUARTER).expect("an end");
    assert_eq!((end.kept, end.not_reviewed, end.suspended), (1, 4, 0));
    assert!(end.preview.lines.is_empty() && end.memberships.is_empty());
}

#[test]
fn e50_undecided_people_can_be_suspended_but_owners_never() {
    let world = reviewed(|review, _| review.undecided = Undecided::Suspend).heard();
    decide(&world, 2, Some(Choice::Keep), None);
    let end = finish(&world.online(), NORTHWIND, QUARTER).expect("an end");
    let names: Vec<&str> = end.preview.lines.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Ben", "Chidi", "Eli"]);
    assert_eq!(end.suspended, 3);
}

#[test]
fn e51_decisions_made_offline_are_marked_and_counted_and_can_be_taken_back() {
    let world = as_they_are();
    decide(&world, 3, Some(Choice::Remove), Some("left"));
    let rows = line_page(&world.offline(), query(ReviewFilter::Removed)).expect("a page").rows;
    let [row] = rows.as_slice() else { panic!("one row: {rows:?}") };
    assert_eq!((row.name.as_str(), row.standpoint), ("Chidi", StandpointView::Remove));
    assert!(row.mark == Mark::NotSent && !row.gone);
    let list = list(&world.offline(), Some(NORTHWIND)).expect("a list");
    assert_eq!((list.rows[0].decided, list.rows[0].pending), (1, 1));
    let line =
        line_view(&world.offline(), (NORTHWIND, QUARTER), mid(NORTHWIND, 3)).expect("a line");
    let [said] = line.decided.as_slice() else { panic!("one decision") };
    assert!(said.is_me && said.pending);
    assert_eq!(said.reason.as_deref(), Some("left"));
    decide(&world, 3, None, None);
    assert_eq!(names(&world, ReviewFilter::Undecided).len(), 5);
}

#[test]
fn e51_a_refused_decision_is_marked_and_told_on_its_line() {
    let world = as_they_are();
    decide(&world, 3, Some(Choice::Remove), Some("left"));
    world.cache.request("test", 1_000_000).expect("a request");
    world.decided(Outcome {
        n: 1,
        status: OutcomeStatus::Refused,
        refusal: Some(Refusal::new(RefusalCode::ReviewClosed)),
        seq: None,
        at: NOW,
    });
    let of =
        |n| line_view(&world.online(), (NORTHWIND, QUARTER), mid(NORTHWIND, n)).expect("a line");
    let chidi = of(3);
    assert_eq!((chidi.row.mark, chidi.row.standpoint), (Mark::Refused, StandpointView::Undecided));
    assert_eq!(chidi.refused.map(|it| it.n), Some(1));
    assert_eq!((of(2).row.mark, of(2).refused), (Mark::None, None));
}

#[test]
fn e51_two_who_disagree_are_both_shown_and_keep_the_review_open() {
    let world =
        reviewed(|_, lines| lines[1].decided = vec![decided(10, "Ben", Choice::Remove)]).heard();
    decide(&world, 2, Some(Choice::Keep), None);
    assert_eq!(names(&world, ReviewFilter::Disputed), ["Bea"]);
    let line =
        line_view(&world.offline(), (NORTHWIND, QUARTER), mid(NORTHWIND, 2)).expect("a line");
    assert_eq!(line.row.standpoint, StandpointView::Disputed);
    let who: Vec<(&str, bool)> =
        line.decided.iter().map(|it| (it.name.as_str(), it.pending)).collect();
    assert_eq!(who, [("Ben", false), ("Ana", true)]);
    let end = finish(&world.offline(), NORTHWIND, QUARTER).expect("an end");
    assert_eq!(end.disputed, 1);
    assert!(end.preview.lines.is_empty(), "what is disputed is not carried out");
}

#[test]
fn v49_the_end_is_one_plan_with_a_verdict_for_each_line() {
    let content = roles(&[Role::ContentManager]);
    let world = reviewed(|_, lines| {
        lines[1].decided = vec![decided(10, "Ben", Choice::Change(content))];
        lines[2].decided = vec![decided(10, "Ben", Choice::Remove)];
        // What was decided and is so already is no part of the plan.
        lines[4].decided = vec![decided(ME, "Ana", Choice::Change(lines[4].roles))];
    })
    .heard();
    let end = finish(&world.online(), NORTHWIND, QUARTER).expect("an end");
    assert_eq!((end.changed, end.removed, end.done, end.not_reviewed), (2, 1, 1, 2));
    assert_eq!(end.memberships, [mid(NORTHWIND, 2), mid(NORTHWIND, 3)]);
    let [bea, chidi] = end.preview.lines.as_slice() else { panic!("two lines") };
    assert_eq!((bea.name.as_str(), bea.to), ("Bea", content));
    assert_eq!((chidi.name.as_str(), chidi.to), ("Chidi", RoleSet::NONE));
    assert_eq!(end.preview.allowed, 2);
    assert_eq!(end.close, Verdict::Allowed);
}

#[test]
fn e51_a_closed_review_is_read_only() {
    let closed = Some(Ended { at: NOW, by: "Ben".to_owned() });
    let world = reviewed(|review, _| review.closed.clone_from(&closed)).heard();
    let bench = world.online();
    let found = view(&bench, NORTHWIND, QUARTER).expect("a review");
    assert_eq!(found.finish, Verdict::Hidden);
    assert_eq!(code(&found.set_reviewers), "review.closed");
    assert_eq!(found.row.closed_by.as_deref(), Some("Ben"));
    let line = line_view(&bench, (NORTHWIND, QUARTER), mid(NORTHWIND, 2)).expect("a line");
    assert_eq!(code(&line.keep), "review.closed");
}
