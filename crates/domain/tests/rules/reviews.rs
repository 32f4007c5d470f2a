//! Access reviews (V-49, E-48..51): what they freeze, who decides what, and what closing asks.

use crate::prelude::*;

const KEEP: Option<Choice> = Some(Choice::Keep);
const REMOVE: Option<Choice> = Some(Choice::Remove);
const READ: RoleSet = RoleSet::of(&[Role::Read]);
const WRITE: RoleSet = RoleSet::of(&[Role::Write]);

/// Ana owns the workspace, Bo is Admin, Cleo writes, Dan reads.
fn team() -> World {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, WRITE);
    world.join(TEAM, DAN, READ);
    world
}

/// With review 1 open, decided by these people.
fn reviewing(reviewers: &[u8]) -> World {
    let mut world = team();
    assert_accepted(&world.run(ANA, &review(TEAM, 1, reviewers), NOW));
    world
}

fn decided(world: &mut World, actor: u8, who: u8, choice: Option<Choice>) {
    assert_accepted(&world.run(actor, &verdict(TEAM, 1, &[who], choice), day(1)));
}

fn standpoint(world: &World, who: u8) -> Standpoint {
    world.line(TEAM, 1, who).standpoint()
}

fn row(world: &World, id: u8) -> &Review {
    &world.reviews[&review_id(id)]
}

#[test]
fn v49_starting_freezes_everybody_as_they_are() {
    let mut world = team();
    world.member(TEAM, DAN).state = MemberState::Suspended;
    world.member(TEAM, CLEO).until = ends_in(3);
    let decision = world.run(ANA, &review(TEAM, 1, &[ANA, BO]), day(4));
    assert_eq!(times(&decision, EventKind::ReviewStarted), 1);
    assert_eq!(times(&decision, EventKind::ReviewLineFrozen), 3, "Cleo's day has come (E-39)");
    assert_eq!((row(&world, 1).lines, row(&world, 1).closed.clone()), (3, None));
    let line = world.line(TEAM, 1, DAN);
    assert_eq!((line.state, line.roles), (MemberState::Suspended, READ));
    world.join(TEAM, STRANGER, WRITE);
    world.member(TEAM, DAN).roles = WRITE;
    assert_eq!(world.line(TEAM, 1, DAN).roles, READ, "frozen");
    assert_eq!(world.lines.len(), 3, "who came later is not on the list");
}

#[test]
fn v49_only_people_who_may_run_reviews_here_start_one_or_review() {
    let mut world = team();
    assert_refused(&world.ask(CLEO, &review(TEAM, 1, &[ANA]), NOW), RefusalCode::Missing);
    assert_eq!(world.ask(STRANGER, &review(TEAM, 1, &[ANA]), NOW), Decision::Hide);
    for reviewers in [&[][..], &[CLEO], &[ANA, CLEO], &[STRANGER], &[ANA; 21]] {
        let command = review(TEAM, 1, reviewers);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadReviewer);
    }
    world.member(TEAM, BO).state = MemberState::Suspended;
    assert_refused(&world.ask(ANA, &review(TEAM, 1, &[BO]), NOW), RefusalCode::BadReviewer);
    assert_accepted(&world.run(ANA, &review(TEAM, 1, &[ANA]), NOW));
    assert_refused(&world.ask(ANA, &review(TEAM, 1, &[ANA]), NOW), RefusalCode::IdUsed);
}

#[test]
fn v49_an_account_admin_reviews_a_workspace_by_reach() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &review(CLIENT, 1, &[ANA]), NOW));
    assert_accepted(&world.run(ANA, &verdict(CLIENT, 1, &[BO], REMOVE), NOW));
    assert_accepted(&world.run(ANA, &remove(CLIENT, BO), NOW));
    assert_accepted(&world.run(ANA, &end_review(CLIENT, 1), NOW));
}

#[test]
fn v49_nothing_happens_before_it_is_carried_out_and_closing_asks_that_it_was() {
    let mut world = reviewing(&[ANA]);
    decided(&mut world, ANA, CLEO, REMOVE);
    decided(&mut world, ANA, DAN, Some(Choice::Change(WRITE)));
    assert!(world.present(TEAM, CLEO).is_some());
    let open = |world: &mut World| match world.ask(ANA, &end_review(TEAM, 1), day(2)) {
        Decision::Refuse(refusal) if refusal.code == RefusalCode::ReviewUnfinished => {
            refusal.params["count"].clone()
        }
        other => panic!("expected lines to do, got {other:?}"),
    };
    assert_eq!(open(&mut world), Param::Number(2));
    assert_accepted(&world.run(ANA, &remove(TEAM, CLEO), day(2)));
    assert_eq!(open(&mut world), Param::Number(1));
    let change = set(&world, TEAM, DAN, WRITE);
    assert_accepted(&world.run(ANA, &change, day(2)));
    let decision = world.run(ANA, &end_review(TEAM, 1), day(2));
    assert_eq!(times(&decision, EventKind::ReviewClosed), 1);
    let closed = row(&world, 1).closed.clone().expect("closed");
    assert_eq!((closed.at, closed.by.as_str()), (day(2), "Person 1"));
}

#[test]
fn v49_the_next_review_knows_what_the_last_one_said() {
    let mut world = reviewing(&[ANA]);
    decided(&mut world, ANA, CLEO, KEEP);
    decided(&mut world, ANA, DAN, Some(Choice::Change(WRITE)));
    let change = set(&world, TEAM, DAN, WRITE);
    assert_accepted(&world.run(ANA, &change, day(2)));
    assert_accepted(&world.run(ANA, &end_review(TEAM, 1), day(2)));
    let change = set(&world, TEAM, CLEO, READ);
    assert_accepted(&world.run(ANA, &change, day(3)));
    world.join(TEAM, STRANGER, READ);
    let mut second = review(TEAM, 2, &[ANA]);
    if let Command::StartReview { due, .. } = &mut second {
        *due = day(100);
    }
    assert_accepted(&world.run(ANA, &second, day(90)));
    let line = |who| world.line(TEAM, 2, who);
    let last = line(DAN).last.as_ref().expect("reviewed");
    assert_eq!((last.at, last.by.as_str()), (day(1), "Person 1"));
    assert_eq!((last.choice, last.roles), (Choice::Change(WRITE), WRITE));
    assert!(!line(DAN).changed_since_last());
    assert!(line(CLEO).changed_since_last(), "from Write to Read since");
    assert!(line(BO).changed_since_last() && line(BO).last.is_none(), "nobody decided (E-50)");
    assert!(line(STRANGER).changed_since_last(), "came since");
}

#[test]
fn v49_keeping_is_for_many_at_once_the_rest_one_by_one_with_a_reason() {
    let mut world = reviewing(&[ANA]);
    let keep = verdict_for(TEAM, 1, &[BO, CLEO, DAN, CLEO], KEEP, None);
    assert_eq!(times(&world.run(ANA, &keep, day(1)), EventKind::ReviewDecided), 3);
    assert_eq!(world.line(TEAM, 1, CLEO).decided.len(), 1, "named twice, decided once");
    assert_eq!(world.ask(ANA, &keep, day(2)), Decision::NoOp);
    for lines in [&[][..], &[BO, CLEO], &[CLEO, CLEO]] {
        let command = verdict(TEAM, 1, lines, REMOVE);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::ReviewOneByOne);
    }
    for choice in [REMOVE, Some(Choice::Change(READ))] {
        for reason in [None, Some(" ")] {
            let command = verdict_for(TEAM, 1, &[CLEO], choice, reason);
            assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::ReviewReason);
        }
    }
    let wordy = "x".repeat(501);
    let command = verdict_for(TEAM, 1, &[CLEO], REMOVE, Some(&wordy));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadNote);
    let foreign = Some(Choice::Change(one(Role::ChatUser)));
    let command = verdict(TEAM, 1, &[CLEO], foreign);
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::RolesNotInScheme);
    assert_eq!(world.ask(ANA, &verdict(TEAM, 1, &[STRANGER], KEEP), NOW), Decision::Hide);
}

#[test]
fn v49_a_review_is_of_its_workspace() {
    let mut world = reviewing(&[ANA]);
    assert_accepted(&world.run(ANA, &create(21, 1, "Other", Some(ANA)), NOW));
    assert_eq!(world.ask(ANA, &end_review(21, 1), NOW), Decision::Hide);
    assert_eq!(world.ask(ANA, &reviewed_by(21, 1, &[ANA]), NOW), Decision::Hide);
    let mut elsewhere = verdict(TEAM, 1, &[CLEO], KEEP);
    if let Command::DecideReview { workspace, .. } = &mut elsewhere {
        *workspace = workspace_id(21);
    }
    assert_eq!(world.ask(ANA, &elsewhere, NOW), Decision::Hide);
}

#[test]
fn e48_own_line_goes_to_another_reviewer() {
    let mut world = reviewing(&[ANA, BO]);
    for choice in [KEEP, REMOVE] {
        let own = verdict(TEAM, 1, &[BO], choice);
        assert_refused(&world.ask(BO, &own, NOW), RefusalCode::ReviewOwnLine);
    }
    let among_others = verdict_for(TEAM, 1, &[BO, CLEO], KEEP, Some("all fine"));
    assert_refused(&world.ask(BO, &among_others, NOW), RefusalCode::ReviewOwnLine);
    decided(&mut world, ANA, BO, KEEP);
}

#[test]
fn e48_alone_needs_reason() {
    let mut world = reviewing(&[BO]);
    let silent = verdict_for(TEAM, 1, &[BO], KEEP, None);
    assert_refused(&world.ask(BO, &silent, NOW), RefusalCode::ReviewReason);
    let among_others = verdict_for(TEAM, 1, &[CLEO, BO], KEEP, None);
    assert_refused(&world.ask(BO, &among_others, NOW), RefusalCode::ReviewReason);
    decided(&mut world, BO, BO, KEEP);
}

#[test]
fn e48_naming_somebody_twice_makes_no_second_reviewer() {
    let mut world = reviewing(&[BO, BO]);
    assert_eq!(row(&world, 1).reviewers.len(), 1);
    decided(&mut world, BO, BO, KEEP);
}

#[test]
fn e48_only_reviewers_decide_and_nobody_who_lost_the_right() {
    let mut world = reviewing(&[BO]);
    let keep = verdict(TEAM, 1, &[CLEO], KEEP);
    assert_refused(&world.ask(ANA, &keep, NOW), RefusalCode::NotReviewer);
    world.member(TEAM, BO).roles = WRITE;
    assert_refused(&world.ask(BO, &keep, NOW), RefusalCode::Missing);
    assert_accepted(&world.run(ANA, &reviewed_by(TEAM, 1, &[ANA]), NOW));
    assert_eq!(world.ask(ANA, &reviewed_by(TEAM, 1, &[ANA]), NOW), Decision::NoOp);
    assert_accepted(&world.ask(ANA, &keep, NOW));
}

#[test]
fn e48_whoever_reviews_no_more_gives_way_to_those_who_do() {
    let mut world = reviewing(&[ANA, BO]);
    decided(&mut world, BO, CLEO, REMOVE);
    decided(&mut world, ANA, CLEO, KEEP);
    assert_eq!(standpoint(&world, CLEO), Standpoint::Disputed);
    assert_refused(&world.ask(ANA, &end_review(TEAM, 1), NOW), RefusalCode::ReviewUnfinished);
    assert_accepted(&world.run(ANA, &remove(TEAM, BO), NOW));
    assert_accepted(&world.run(ANA, &reviewed_by(TEAM, 1, &[ANA]), NOW));
    assert_eq!(standpoint(&world, CLEO), Standpoint::Disputed, "their word stands until then");
    let again = verdict_for(TEAM, 1, &[CLEO], KEEP, Some("needed until May"));
    assert_accepted(&world.run(ANA, &again, day(2)));
    assert_eq!(standpoint(&world, CLEO), Standpoint::Agreed(Choice::Keep));
    assert_accepted(&world.ask(ANA, &end_review(TEAM, 1), day(2)));
}

#[test]
fn e49_r6_review_last_owner_cannot_be_decided_away() {
    let mut world = reviewing(&[ANA, BO]);
    for choice in [REMOVE, Some(Choice::Change(WRITE))] {
        let command = verdict(TEAM, 1, &[ANA], choice);
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::LastOwnerReview);
    }
    decided(&mut world, BO, ANA, KEEP);
    assert_accepted(&world.ask(
        BO,
        &verdict(TEAM, 1, &[ANA], Some(Choice::Change(one(Role::Owner)))),
        NOW,
    ));
    world.join(TEAM, STRANGER, one(Role::Owner));
    decided(&mut world, BO, ANA, REMOVE);
}

#[test]
fn e49_a_managed_workspace_has_no_last_owner() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.run(ANA, &review(CLIENT, 1, &[ANA]), NOW));
    assert_accepted(&world.ask(ANA, &verdict(CLIENT, 1, &[BO], REMOVE), NOW));
}

#[test]
fn e50_undecided_is_not_kept_and_does_not_keep_it_open() {
    let mut world = reviewing(&[ANA]);
    decided(&mut world, ANA, CLEO, KEEP);
    assert_eq!(standpoint(&world, DAN), Standpoint::Undecided);
    assert_accepted(&world.run(ANA, &end_review(TEAM, 1), day(2)));
    assert_eq!(standpoint(&world, DAN), Standpoint::Undecided, "never counted as kept");
    assert!(world.present(TEAM, DAN).is_some());
}

#[test]
fn e50_undecided_people_are_suspended_where_asked_but_never_an_owner() {
    let mut world = team();
    world.join(TEAM, STRANGER, one(Role::Owner));
    let command = review_with(TEAM, 1, &[ANA], Undecided::Suspend);
    assert_accepted(&world.run(ANA, &command, NOW));
    for who in [BO, CLEO] {
        decided(&mut world, ANA, who, KEEP);
    }
    let close = end_review(TEAM, 1);
    assert_refused(&world.ask(ANA, &close, day(2)), RefusalCode::ReviewUnfinished);
    assert_accepted(&world.run(ANA, &suspend(TEAM, DAN), day(2)));
    assert_accepted(&world.run(ANA, &close, day(2)));
    assert_eq!(standpoint(&world, STRANGER), Standpoint::Undecided);
    assert_eq!(world.member(TEAM, STRANGER).state, MemberState::Active);
}

#[test]
fn e51_mind_changed_until_closed() {
    let mut world = reviewing(&[ANA]);
    decided(&mut world, ANA, CLEO, REMOVE);
    decided(&mut world, ANA, CLEO, KEEP);
    assert_eq!(standpoint(&world, CLEO), Standpoint::Agreed(Choice::Keep));
    decided(&mut world, ANA, CLEO, None);
    assert_eq!(standpoint(&world, CLEO), Standpoint::Undecided);
    assert_eq!(world.ask(ANA, &verdict(TEAM, 1, &[CLEO], None), day(2)), Decision::NoOp);
    let said = world.log.iter().filter(|it| it.kind == EventKind::ReviewDecided);
    assert_eq!(said.count(), 3, "all of them stay in the log");
    assert_accepted(&world.run(ANA, &end_review(TEAM, 1), day(3)));
    for command in [
        verdict(TEAM, 1, &[CLEO], KEEP),
        verdict(TEAM, 1, &[CLEO], None),
        reviewed_by(TEAM, 1, &[BO]),
        end_review(TEAM, 1),
    ] {
        assert_refused(&world.ask(ANA, &command, day(4)), RefusalCode::ReviewClosed);
    }
}

#[test]
fn e51_two_who_disagree_keep_it_open_until_one_gives_way_or_the_person_is_gone() {
    let mut world = reviewing(&[ANA, BO]);
    for who in [CLEO, DAN] {
        decided(&mut world, ANA, who, KEEP);
        decided(&mut world, BO, who, REMOVE);
        assert_eq!(standpoint(&world, who), Standpoint::Disputed);
    }
    assert_eq!(world.line(TEAM, 1, CLEO).decided.len(), 2, "both are shown");
    decided(&mut world, BO, CLEO, KEEP);
    assert_eq!(standpoint(&world, CLEO), Standpoint::Agreed(Choice::Keep));
    let close = end_review(TEAM, 1);
    assert_refused(&world.ask(ANA, &close, day(2)), RefusalCode::ReviewUnfinished);
    assert_accepted(&world.run(DAN, &leave(TEAM), day(2)));
    assert_accepted(&world.ask(ANA, &close, day(2)));
}

#[test]
fn e37_v49_whom_a_group_holds_is_done_when_the_group_lets_go() {
    let mut world = managed();
    world.join(FIRST, BO, one(Role::ChatUser));
    let pod = group(1, 1, listed(&[CLIENT]), one(Role::AgentManager));
    assert_accepted(&world.run(ANA, &pod, NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, BO), NOW));
    assert_accepted(&world.run(ANA, &review(CLIENT, 1, &[ANA]), NOW));
    let (workspace, membership) =
        (workspace_id(CLIENT), world.present(CLIENT, BO).expect("in the pod").id);
    let decide = Command::DecideReview {
        workspace,
        review: review_id(1),
        lines: vec![membership],
        choice: REMOVE,
        reason: Some("left the pod".to_owned()),
    };
    assert_accepted(&world.run(ANA, &decide, NOW));
    let removal = Command::RemoveMember { workspace, membership, reason: None };
    assert_refused(&world.ask(ANA, &removal, NOW), RefusalCode::FromGroup);
    assert_refused(&world.ask(ANA, &end_review(CLIENT, 1), NOW), RefusalCode::ReviewUnfinished);
    assert_accepted(&world.run(ANA, &out_of_group(1, 1, BO), NOW));
    assert_accepted(&world.ask(ANA, &end_review(CLIENT, 1), NOW));
}

#[test]
fn r14_decisions_are_made_offline_the_frame_around_them_online() {
    assert_eq!(
        verdict(TEAM, 1, &[CLEO], KEEP).offline_class(TouchesOwnerClass::No),
        OfflineClass::Queue
    );
    for command in [
        key_of(TEAM, 1, 1),
        hand_out(TEAM, 1, 1, "Mia"),
        entered(TEAM, 1, 1, &[CLEO], Choice::Keep, None),
    ] {
        assert_eq!(command.offline_class(TouchesOwnerClass::No), OfflineClass::Queue);
    }
    for command in [review(TEAM, 1, &[ANA]), reviewed_by(TEAM, 1, &[ANA]), end_review(TEAM, 1)] {
        assert_eq!(command.offline_class(TouchesOwnerClass::No), OfflineClass::OnlineOnly);
    }
}

#[test]
fn v49_the_log_says_whose_signing_key_it_is_also_after_the_end() {
    let mut world = reviewing(&[ANA]);
    assert_accepted(&world.run(ANA, &key_of(TEAM, 1, 1), NOW));
    assert_eq!(world.ask(ANA, &key_of(TEAM, 1, 1), day(1)), Decision::NoOp);
    // Bo decides nothing here, but may make evidence of it.
    assert_refused(&world.ask(BO, &key_of(TEAM, 1, 1), day(1)), RefusalCode::IdUsed);
    assert_refused(&world.ask(CLEO, &key_of(TEAM, 1, 2), day(1)), RefusalCode::Missing);
    assert_accepted(&world.run(ANA, &end_review(TEAM, 1), day(1)));
    assert_accepted(&world.run(BO, &key_of(TEAM, 1, 2), day(2)));
    let keys: Vec<_> = row(&world, 1).keys.iter().map(|it| (it.login, it.at)).collect();
    assert_eq!(keys, [(login_id(ANA), NOW), (login_id(BO), day(2))]);
}

#[test]
fn v49_what_a_client_decided_is_entered_by_a_reviewer_under_the_same_rules() {
    let mut world = reviewing(&[ANA, BO]);
    let enter = |people: &[u8], choice, reason| entered(TEAM, 1, 7, people, choice, reason);
    let keep = enter(&[CLEO, DAN], Choice::Keep, None);
    assert_eq!(world.ask(ANA, &keep, NOW), Decision::Hide, "nothing was handed out");
    assert_refused(&world.ask(CLEO, &hand_out(TEAM, 1, 7, "Mia"), NOW), RefusalCode::Missing);
    assert_refused(&world.ask(ANA, &hand_out(TEAM, 1, 7, " "), NOW), RefusalCode::BadName);
    assert_accepted(&world.run(ANA, &hand_out(TEAM, 1, 7, "Mia"), NOW));
    assert_refused(&world.ask(BO, &hand_out(TEAM, 1, 7, "Tom"), NOW), RefusalCode::IdUsed);
    assert_accepted(&world.run(BO, &keep, day(1)));
    let said = &world.line(TEAM, 1, CLEO).decided[0];
    assert_eq!((said.by, said.client.as_deref()), (login_id(BO), Some("Mia")));
    assert_eq!(world.ask(BO, &keep, day(2)), Decision::NoOp);
    let (why, remove) = (Some("left"), Choice::Remove);
    assert_refused(&world.ask(BO, &enter(&[CLEO], remove, None), NOW), RefusalCode::ReviewReason);
    assert_refused(&world.ask(BO, &enter(&[ANA], remove, why), NOW), RefusalCode::LastOwnerReview);
    assert_refused(
        &world.ask(BO, &enter(&[BO], Choice::Keep, why), NOW),
        RefusalCode::ReviewOwnLine,
    );
    decided(&mut world, BO, CLEO, KEEP);
    assert_eq!(world.line(TEAM, 1, CLEO).decided[0].client, None, "now it is Bo's own word");
    assert_accepted(&world.run(ANA, &end_review(TEAM, 1), day(3)));
    for command in [keep, hand_out(TEAM, 1, 8, "Tom")] {
        assert_refused(&world.ask(BO, &command, day(4)), RefusalCode::ReviewClosed);
    }
}
