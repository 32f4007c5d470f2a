//! A review with a client who has no sign-in: out, decided, in again (V-49, ui.md 5.8).

use std::collections::BTreeSet;

use muster_domain::{
    Choice, Command, HandOut, Lookup as _, MemberState, Review, ReviewId, ReviewLine, Role,
    RoleSet, Row,
};

use super::reviews::{QUARTER, decide, decided, line, review};
use super::world::{ME, NORTHWIND, NOW, World, agency, mid, roles};
use crate::client_review::{Desk, Given, Passphrase, Sheet, enter, give, look, read};
use crate::view::{
    AnswerFile, AnswerMeets, FailureCode, HandOutForm, ReviewFilter, ReviewQuery, RoleQuestion,
    StandpointView, Submitted, Verdict,
};

const PASSPHRASE: &str = "kq3x-7mwp-te9a-zz4d";

fn passphrase() -> Passphrase {
    Passphrase::typed(PASSPHRASE)
}

/// Northwind's review by me and Ben, handed to these.
fn world(
    handed_out: Vec<HandOut>,
    change: impl FnOnce(&mut Review, &mut Vec<ReviewLine>),
) -> World {
    let mut told = agency();
    let mut review = review(QUARTER, &[(ME, "Ana"), (10, "Ben")]);
    review.handed_out = handed_out;
    let mut lines = vec![
        line(ME, "Ana", roles(&[Role::WorkspaceAdmin])),
        line(2, "Bea", roles(&[Role::AgentManager])),
        line(3, "Chidi", roles(&[Role::ChatUser])),
        line(4, "Eli", RoleSet::own(0)),
    ];
    change(&mut review, &mut lines);
    review.lines = u32::try_from(lines.len()).expect("few");
    told.row(Row::Review(review));
    for line in lines {
        told.row(Row::ReviewLine(line));
    }
    told.heard()
}

fn form() -> HandOutForm {
    HandOutForm {
        workspace: NORTHWIND,
        review: QUARTER,
        client: "Mia of Northwind".to_owned(),
        passphrase: PASSPHRASE.to_owned(),
    }
}

/// What is handed out, and what the log says of it then.
fn handed(world: &World) -> (Sheet, HandOut) {
    let Ok(Given { sheet, draft }) = give(&world.offline(), &form()).expect("is asked") else {
        panic!("is refused")
    };
    let Command::HandOutReview { hand_out, client, key, .. } = draft.command else {
        panic!("another command")
    };
    (sheet, HandOut { id: hand_out, client, by: "Ana".to_owned(), at: NOW, key })
}

fn desk(sheet: &Sheet, dir: &std::path::Path) -> Desk {
    let file = sheet.locked(&passphrase()).expect("is locked");
    Desk::open(&file, passphrase(), dir).expect("is opened")
}

fn say(desk: &mut Desk, who: u8, choice: Option<Choice>, reason: Option<&str>) -> Submitted {
    desk.decide(&[mid(NORTHWIND, who)], choice, reason, NOW).expect("is kept")
}

/// The client keeps Bea, changes Eli and removes Chidi.
fn answered(world: &World, sheet: &Sheet) -> Vec<u8> {
    let mut desk = desk(sheet, world.dir.path());
    say(&mut desk, 2, Some(Choice::Keep), None);
    let less = Choice::Change(roles(&[Role::ChatUser]));
    say(&mut desk, 4, Some(less), Some("less is enough"));
    say(&mut desk, 3, Some(Choice::Remove), Some("left the team"));
    desk.answer(NOW).expect("is written").0
}

fn file() -> AnswerFile {
    AnswerFile {
        workspace: NORTHWIND,
        review: QUARTER,
        content: String::new(),
        passphrase: PASSPHRASE.to_owned(),
    }
}

fn query(filter: ReviewFilter, text: &str) -> ReviewQuery {
    let text = text.to_owned();
    let hint = None;
    ReviewQuery { workspace: NORTHWIND, review: QUARTER, text, filter, hint, offset: 0, limit: 50 }
}

/// Why an answer is not believed.
fn no(world: &World, bytes: &[u8], typed: &str) -> FailureCode {
    let unproved = match read(bytes, typed) {
        Ok(unproved) => unproved,
        Err(failure) => return failure.code,
    };
    let looked = look(&world.offline(), &file(), &unproved);
    looked.expect_err("is not believed").code
}

#[test]
fn v49_a_client_decides_on_the_frozen_list_without_a_sign_in() {
    let world = world(Vec::new(), |_, lines| {
        lines[1].decided = vec![decided(10, "Ben", Choice::Remove)];
    });
    let (sheet, _) = handed(&world);
    let mut desk = desk(&sheet, world.dir.path());
    let view = desk.view(NOW);
    assert_eq!((view.client.as_str(), view.from.as_str()), ("Mia of Northwind", "Ana"));
    assert_eq!((view.review.row.people, view.review.row.decided), (4, 0));
    assert_eq!(view.review.finish, Verdict::Hidden, "nothing else can be done with it");
    let bea = desk.line(mid(NORTHWIND, 2)).expect("Bea");
    assert!(bea.decided.is_empty(), "what the reviewers said stays with them");

    let refused = |it| matches!(it, Submitted::Refused { .. });
    assert!(refused(say(&mut desk, 3, Some(Choice::Remove), None)), "a reason is needed");
    assert!(refused(say(&mut desk, 77, Some(Choice::Keep), None)), "nobody of that id");
    say(&mut desk, 3, Some(Choice::Remove), Some("left"));
    let page = desk.page(&query(ReviewFilter::Removed, "chi"));
    assert_eq!(page.rows[0].standpoint, StandpointView::Remove);
    assert_eq!(desk.page(&query(ReviewFilter::Undecided, "")).matched, 3);
    let question = RoleQuestion {
        workspace: NORTHWIND,
        members: vec![mid(NORTHWIND, 4)],
        roles: roles(&[Role::ChatUser]),
    };
    let answer = desk.roles(&question).expect("roles");
    let own = answer.options.iter().find(|it| it.name.is_some()).expect("an own role");
    assert!(own.now && own.verdict == Verdict::Allowed);
}

#[test]
fn v49_what_a_client_decided_is_there_when_the_file_is_opened_again() {
    let world = world(Vec::new(), |_, _| {});
    let (sheet, _) = handed(&world);
    let mut first = desk(&sheet, world.dir.path());
    say(&mut first, 2, Some(Choice::Keep), None);
    say(&mut first, 3, Some(Choice::Keep), None);
    say(&mut first, 3, None, None);
    assert_eq!(desk(&sheet, world.dir.path()).view(NOW).review.row.decided, 1);
    let notes = world.dir.path().join("client-reviews");
    let file = std::fs::read_dir(&notes).expect("a folder").next().expect("a file").expect("it");
    let bytes = std::fs::read(file.path()).expect("is read");
    assert!(bytes.starts_with(b"muster notes 1\n"), "nothing is kept in plain text");
    assert!(!bytes.windows(6).any(|it| it == b"choice"));
    std::fs::write(file.path(), b"other").expect("is written");
    let locked = sheet.locked(&passphrase()).expect("is locked");
    let broken = Desk::open(&locked, passphrase(), world.dir.path()).map(drop);
    assert_eq!(broken.expect_err("is told").code, FailureCode::NotesBroken);
}

#[test]
fn v49_an_answer_is_looked_at_before_it_is_entered_and_names_the_client() {
    let (sheet, handed) = handed(&world(Vec::new(), |_, _| {}));
    let world = world(vec![handed], |_, lines| {
        lines[2].decided = vec![decided(10, "Ben", Choice::Keep)];
    });
    // Meanwhile I decided otherwise about Bea.
    decide(&world, 2, Some(Choice::Remove), Some("left"));
    let unproved = read(&answered(&world, &sheet), PASSPHRASE).expect("is opened");
    let bench = world.offline();
    let seen = look(&bench, &file(), &unproved).expect("is believed");
    assert_eq!((seen.client.as_str(), seen.people, seen.refused), ("Mia of Northwind", 4, 0));
    let meets: Vec<_> = seen.lines.iter().map(|it| (it.name.as_str(), it.meets)).collect();
    assert_eq!(
        meets,
        [
            ("Bea", AnswerMeets::Replaces),
            ("Chidi", AnswerMeets::Differs),
            ("Eli", AnswerMeets::New)
        ]
    );
    let left_out = BTreeSet::from([mid(NORTHWIND, 3)]);
    assert_eq!(enter(&bench, &file(), &unproved, &left_out).expect("is entered").entered, 2);
    let eli = world.cache.read(|it| it.review_line(QUARTER, mid(NORTHWIND, 4)));
    let eli = eli.expect("is read").expect("Eli");
    let [said] = eli.decided.as_slice() else { panic!("one decision: {eli:?}") };
    assert_eq!((said.name.as_str(), said.client.as_deref()), ("Ana", Some("Mia of Northwind")));
    assert_eq!(said.reason.as_deref(), Some("less is enough"));
    // The second time there is nothing left to do for those.
    let again = look(&bench, &file(), &unproved).expect("is believed");
    assert_eq!(again.same, 2);
    assert_eq!(enter(&bench, &file(), &unproved, &left_out).expect("is asked").entered, 0);
}

#[test]
fn e48_v49_what_the_rules_refuse_to_the_reviewer_is_said_and_takes_nothing_else_with_it() {
    let (sheet, handed) = handed(&world(Vec::new(), |_, _| {}));
    let world = world(vec![handed], |_, _| {});
    let mut desk = desk(&sheet, world.dir.path());
    for who in [ME, 2, 3] {
        say(&mut desk, who, Some(Choice::Keep), None);
    }
    let answer = desk.answer(NOW).expect("is written").0;
    let unproved = read(&answer, PASSPHRASE).expect("is opened");
    let bench = world.offline();
    assert_eq!(look(&bench, &file(), &unproved).expect("is believed").refused, 1, "my own line");
    let entered = enter(&bench, &file(), &unproved, &BTreeSet::new()).expect("is entered");
    assert_eq!(entered.entered, 2);
}

#[test]
fn v49_what_is_wrong_with_an_answer_has_its_own_sentence() {
    let (sheet, handed) = handed(&world(Vec::new(), |_, _| {}));
    let here = world(vec![handed.clone()], |_, _| {});
    let answer = answered(&here, &sheet);
    assert!(look(&here.offline(), &file(), &read(&answer, PASSPHRASE).expect("opens")).is_ok());

    assert_eq!(no(&here, &answer, "another passphrase"), FailureCode::SheetPassphrase);
    assert_eq!(no(&here, b"name,role\nAna,Read\n", PASSPHRASE), FailureCode::SheetOther);
    assert_eq!(no(&here, b"", PASSPHRASE), FailureCode::SheetOther);
    let list = sheet.locked(&passphrase()).expect("is locked");
    assert_eq!(no(&here, &list, PASSPHRASE), FailureCode::SheetKind);
    let cut = &answer[..answer.len() - 1];
    assert_eq!(no(&here, cut, PASSPHRASE), FailureCode::SheetDamaged);

    let forger = Sheet { seed: "07".repeat(32), ..sheet.clone() };
    assert_eq!(no(&here, &answered(&here, &forger), PASSPHRASE), FailureCode::AnswerForged);
    let elsewhere = Sheet { review: ReviewId::from_bytes([9; 16]), ..sheet.clone() };
    assert_eq!(no(&here, &answered(&here, &elsewhere), PASSPHRASE), FailureCode::AnswerOther);
    let unknown = world(Vec::new(), |_, _| {});
    assert_eq!(no(&unknown, &answer, PASSPHRASE), FailureCode::AnswerUnknown);
    let ended = Some(muster_domain::Ended { at: NOW, by: "Ben".to_owned() });
    let closed = world(vec![handed], |review, _| review.closed = ended);
    assert_eq!(no(&closed, &answer, PASSPHRASE), FailureCode::AnswerClosed);
}

#[test]
fn v49_a_changed_byte_of_either_file_is_never_believed() {
    let (sheet, handed) = handed(&world(Vec::new(), |_, _| {}));
    let world = world(vec![handed], |_, _| {});
    let answer = answered(&world, &sheet);
    for at in (0..answer.len()).step_by(7).chain([answer.len() - 1]) {
        let mut changed = answer.clone();
        changed[at] ^= 1 << (at % 8);
        let read = read(&changed, PASSPHRASE).map(drop);
        assert!(read.is_err(), "byte {at} of {}", answer.len());
    }
    let list = sheet.locked(&passphrase()).expect("is locked");
    for at in (0..list.len()).step_by(31) {
        let mut changed = list.clone();
        changed[at] ^= 1 << (at % 8);
        let opened = Desk::open(&changed, passphrase(), world.dir.path()).map(drop);
        assert!(opened.is_err(), "byte {at} of {}", list.len());
    }
}

#[test]
fn v49_handing_out_is_a_command_like_any_other() {
    let gone = world(Vec::new(), |review, _| drop(review.reviewers.remove(0)));
    let Err(Submitted::Refused { reason }) = give(&gone.offline(), &form()).expect("is asked")
    else {
        panic!("only reviewers hand a list out")
    };
    assert_eq!(reason.code, muster_domain::RefusalCode::NotReviewer);
    let open = world(Vec::new(), |_, lines| lines[3].state = MemberState::Suspended);
    let (sheet, _) = handed(&open);
    assert!(sheet.lines.iter().all(|it| it.decided.is_empty()));
}
