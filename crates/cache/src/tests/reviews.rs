//! Access reviews in the copy: progress, lines, unsent and refused decisions (V-49, E-48..51).

use muster_domain::{
    CampaignId, Choice, Command, Decided, Decision, Ended, LastReview, MemberState, Membership,
    QuietDays, Refusal, RefusalCode, Review, ReviewId, ReviewLine, Reviewer, Role, RoleSet, Row,
    Standpoint, Undecided,
};
use muster_protocol::Say;

use super::world::*;
use crate::{
    Label, Mark, ReviewFilter, ReviewLineEntry, ReviewLineQuery, ReviewSummary, Submission, Undone,
};

pub(super) fn review_id() -> ReviewId {
    ReviewId::from_bytes([80; 16])
}

fn reviewer(number: u32, name: &str) -> Reviewer {
    Reviewer { login: login_id(number), name: name.to_owned() }
}

pub(super) fn review(lines: u32) -> Review {
    Review {
        id: review_id(),
        workspace: ws(1),
        campaign: CampaignId::from_bytes([81; 16]),
        name: "Q3 review".to_owned(),
        due: NOW.plus_days(30),
        undecided: Undecided::Suspend,
        quiet: QuietDays::USUAL,
        reviewers: vec![reviewer(0, "Ana Larch"), reviewer(8, "Bo Larch")],
        lines,
        started: Ended { at: NOW, by: "Ana Larch".to_owned() },
        closed: None,
        keys: Vec::new(),
        handed_out: Vec::new(),
    }
}

pub(super) fn frozen(member: &Membership) -> ReviewLine {
    ReviewLine {
        review: review_id(),
        workspace: member.workspace,
        membership: member.id,
        login: member.login,
        name: member.name.clone(),
        address: member.address.clone(),
        roles: member.roles,
        state: member.state,
        given_by: None,
        given_at: None,
        joined: member.joined,
        last: None,
        decided: Vec::new(),
    }
}

fn kept_before(roles: RoleSet) -> Option<LastReview> {
    Some(LastReview { at: NOW, by: "Ana Larch".to_owned(), choice: Choice::Keep, roles })
}

fn by_other(choice: Choice) -> Decided {
    Decided {
        by: login_id(8),
        name: "Bo Larch".to_owned(),
        at: NOW,
        choice,
        reason: Some("left the team".to_owned()),
        client: None,
    }
}

/// Northwind with three members under review. Bea's roles are as the last review left them.
fn reviewed() -> World {
    let world = World::northwind();
    let members = [(1, "Alejandro Ruiz"), (2, "Bea Åström"), (3, "Chidi Anagonye")];
    let mut rows = vec![stamped(11, Row::Review(review(3)))];
    for (number, name) in members {
        let mut line = frozen(&member(ws(1), number, name));
        if number == 2 {
            line.last = kept_before(line.roles);
        }
        rows.push(stamped(11, Row::ReviewLine(line)));
    }
    world.apply(answer(1, 11, vec![accounts(), Say::Rows { rows }]));
    world
}

fn decide(lines: &[u32], choice: Option<Choice>, reason: Option<&str>) -> Command {
    Command::DecideReview {
        workspace: ws(1),
        review: review_id(),
        lines: lines.iter().map(|number| mid(*number)).collect(),
        choice,
        reason: reason.map(str::to_owned),
    }
}

fn summary(world: &World) -> ReviewSummary {
    let mut found = world.cache.reviews(Some(ws(1))).expect("reads");
    found.pop().expect("there is a review")
}

fn line(world: &World, number: u32) -> ReviewLineEntry {
    let found = world.cache.review_line(review_id(), mid(number)).expect("reads");
    found.expect("is a line").entry
}

fn names(world: &World, filter: ReviewFilter, text: &str) -> Vec<String> {
    let query =
        ReviewLineQuery { filter, text: text.to_owned(), ..ReviewLineQuery::of(review_id(), 10) };
    let window = world.cache.review_lines(&query).expect("reads");
    assert_eq!(window.matched as usize, window.rows.len(), "of {filter:?}");
    window.rows.into_iter().map(|row| row.line.name).collect()
}

const CHANGE: Choice = Choice::Change(RoleSet::of(&[Role::ContentManager]));

#[test]
fn v49_progress_counts_decisions_that_are_not_sent() {
    let world = reviewed();
    assert_eq!((summary(&world).counts.all, summary(&world).counts.undecided), (3, 3));
    world.submit(decide(&[1, 2], Some(Choice::Keep), None));
    let after = summary(&world);
    assert_eq!((after.counts.kept, after.counts.undecided, after.counts.decided()), (2, 1, 2));
    assert_eq!(after.pending, 2);
    assert_eq!(line(&world, 1).mark, Mark::NotSent);
    assert_eq!(line(&world, 1).standpoint, Standpoint::Agreed(Choice::Keep));
    assert_eq!(line(&world, 1).confirmed.expect("was touched").decided, []);
    assert_eq!(line(&world, 3).mark, Mark::None);
    let world = world.restart();
    assert_eq!(summary(&world).counts.kept, 2, "a restart keeps what was decided");
}

#[test]
fn v49_lines_that_changed_since_the_last_review_come_first() {
    let world = reviewed();
    let all = names(&world, ReviewFilter::All, "");
    assert_eq!(all, ["Alejandro Ruiz", "Chidi Anagonye", "Bea Åström"]);
    assert_eq!(names(&world, ReviewFilter::UnchangedSince, ""), ["Bea Åström"]);
    assert_eq!(names(&world, ReviewFilter::ChangedSince, "chidi"), ["Chidi Anagonye"]);
    assert_eq!(names(&world, ReviewFilter::All, "astrom"), ["Bea Åström"]);
    let counts = summary(&world).counts;
    assert_eq!((counts.changed_since, counts.unchanged_since), (2, 1));
}

#[test]
fn v49_an_address_outside_the_domains_of_those_who_run_it_is_external() {
    let world = reviewed();
    // The Account Admin is of larch.example, everybody here of client.example.
    assert_eq!(summary(&world).counts.external, 3);
    let owner = Membership {
        roles: RoleSet::of(&[Role::WorkspaceAdmin]),
        ..member(ws(1), 1, "Alejandro Ruiz")
    };
    world.apply(answer(
        1,
        12,
        vec![accounts(), Say::Rows { rows: vec![stamped(12, Row::Membership(owner))] }],
    ));
    assert_eq!(summary(&world).counts.external, 0, "the client's own domain is inside");
    assert!(!line(&world, 2).external);
    assert_eq!(names(&world, ReviewFilter::External, ""), Vec::<String>::new());
}

#[test]
fn e51_a_decision_is_changed_and_taken_back_before_it_is_sent() {
    let world = reviewed();
    world.submit(decide(&[1], Some(Choice::Keep), None));
    let n = world.submit(decide(&[1], Some(Choice::Remove), Some("left")));
    assert_eq!(line(&world, 1).line.decided.len(), 1, "the later one takes the place");
    assert_eq!(names(&world, ReviewFilter::Removed, ""), ["Alejandro Ruiz"]);
    assert_eq!(names(&world, ReviewFilter::Mine, ""), ["Alejandro Ruiz"]);
    assert_eq!(world.cache.undo(n, NOW).expect("writes"), Undone::Done);
    assert_eq!(line(&world, 1).standpoint, Standpoint::Agreed(Choice::Keep));
    world.submit(decide(&[1], None, None));
    assert_eq!(summary(&world).counts.undecided, 3);
}

#[test]
fn v49_a_refused_decision_marks_its_lines_until_it_is_discarded() {
    let world = reviewed();
    let n = world.submit(decide(&[1, 3], Some(Choice::Keep), None));
    world.request();
    assert_eq!(line(&world, 1).mark, Mark::Sending);
    world.apply(answer(1, 11, vec![refused(1), accounts()]));
    assert_eq!(line(&world, 1).mark, Mark::Refused);
    assert_eq!(line(&world, 1).standpoint, Standpoint::Undecided, "it took no effect");
    assert_eq!((summary(&world).counts.undecided, summary(&world).pending), (3, 0));
    let refused = world.cache.refused_decisions(review_id()).expect("reads");
    assert_eq!((refused[0].n, refused[0].lines.as_slice()), (n, &[mid(1), mid(3)][..]));
    world.cache.discard(n, NOW).expect("writes");
    assert_eq!(line(&world, 1).mark, Mark::None);
}

#[test]
fn v49_two_reviewers_who_disagree_dispute_a_line() {
    let world = reviewed();
    let mut theirs = frozen(&member(ws(1), 1, "Alejandro Ruiz"));
    theirs.decided.push(by_other(Choice::Remove));
    world.submit(decide(&[1], Some(Choice::Keep), None));
    world.apply(answer(
        1,
        12,
        vec![accounts(), Say::Rows { rows: vec![stamped(12, Row::ReviewLine(theirs))] }],
    ));
    assert_eq!(line(&world, 1).standpoint, Standpoint::Disputed, "both are kept");
    assert_eq!(summary(&world).counts.disputed, 1);
    assert_eq!(names(&world, ReviewFilter::Disputed, ""), ["Alejandro Ruiz"]);
    let work = world.cache.review_work(review_id()).expect("reads").expect("is there");
    assert_eq!(work.disputed, [mid(1)]);
    world.submit(remove(1));
    let work = world.cache.review_work(review_id()).expect("reads").expect("is there");
    assert!(work.disputed.is_empty(), "nobody need agree about whoever is gone");
}

#[test]
fn e50_what_is_to_carry_out_is_read_from_the_decisions() {
    let world = reviewed();
    world.submit(decide(&[1], Some(CHANGE), Some("writes only")));
    world.submit(decide(&[2], Some(Choice::Remove), Some("left")));
    let work = world.cache.review_work(review_id()).expect("reads").expect("is there");
    assert_eq!(work.change, [(mid(1), RoleSet::of(&[Role::ContentManager]))]);
    assert_eq!(work.remove, [mid(2)]);
    assert_eq!(work.suspend, [mid(3)], "nobody decided, and the review says suspend");
    assert_eq!((work.undecided, work.kept, work.done), (1, 0, 0));
    world.submit(remove(2));
    let work = world.cache.review_work(review_id()).expect("reads").expect("is there");
    assert_eq!((work.remove.len(), work.done), (0, 1), "the removal that waits does it");
    world.submit(set_roles(1, &[Role::ChatUser], &[Role::ContentManager]));
    let work = world.cache.review_work(review_id()).expect("reads").expect("is there");
    assert_eq!((work.change.len(), work.done), (0, 2), "and so does the change");
}

#[test]
fn e48_ones_own_line_is_decided_by_somebody_else() {
    let world = reviewed();
    let mine =
        ReviewLine { login: me().id, membership: mid(5), ..frozen(&member(ws(1), 5, "Ana Larch")) };
    world.apply(answer(
        1,
        12,
        vec![accounts(), Say::Rows { rows: vec![stamped(12, Row::ReviewLine(mine))] }],
    ));
    let command = decide(&[5], Some(Choice::Keep), None);
    let decision = world.cache.predict(&command, NOW).expect("reads");
    let refusal = Refusal::new(RefusalCode::ReviewOwnLine);
    assert_eq!(decision, Decision::Refuse(refusal));
    let Submission { n, .. } =
        world.cache.submit(&command, NOW, Label::default()).expect("answers");
    assert_eq!(n, None);
    assert_eq!(summary(&world).counts.kept, 0);
}

#[test]
fn v49_the_line_of_somebody_who_left_says_so() {
    let world = reviewed();
    let gone = Membership {
        state: MemberState::Removed,
        ended: Some(Ended { at: NOW, by: "Bo Larch".to_owned() }),
        ..member(ws(1), 3, "Chidi Anagonye")
    };
    world.apply(answer(
        1,
        12,
        vec![accounts(), Say::Rows { rows: vec![stamped(12, Row::Membership(gone))] }],
    ));
    let now = line(&world, 3).now.expect("is here");
    assert!(!now.state.is_present());
    let detail = world.cache.review_line(review_id(), mid(3)).expect("reads").expect("is there");
    assert_eq!((detail.same_roles, detail.people), (3, 3));
}
