//! Plans that are kept: checked anew when they are opened, carried out line by line, and after
//! a break on from where they stood (ui.md 4.9).

use muster_domain::{MemberState, Role, Row};
use muster_protocol::{Outcome, OutcomeStatus};

use super::world::{NORTHWIND, NOW, World, agency, member, mid, roles};
use crate::draft::{Draft, draft};
use crate::saved_plans::{list, save, view};
use crate::view::{
    FailureCode, Intent, OnlyHere, PlanAct, PlanSource, PlanVerdict, SavePlan, SavedLineState,
    Verdict,
};

fn remove(number: u8) -> Intent {
    Intent::Remove { workspace: NORTHWIND, member: mid(NORTHWIND, number), reason: None }
}

fn give(number: u8, role: Role) -> Intent {
    Intent::SetRoles {
        workspace: NORTHWIND,
        member: mid(NORTHWIND, number),
        roles: roles(&[role]),
        reason: None,
    }
}

fn keep(world: &World, intents: Vec<Intent>) -> u32 {
    let plan = SavePlan { name: " Tidy up ".to_owned(), source: PlanSource::Selection, intents };
    save(&world.offline(), plan).expect("is kept")
}

/// The first step of carrying a line out: its command is made.
fn begin(world: &World, n: u32, line: u32, intent: Intent) -> u64 {
    let bench = world.offline();
    let made = draft(&bench, intent).expect("a command");
    let place = muster_cache::PlanPlace { plan: n.into(), line };
    let made = Draft { line: Some(place), ..made };
    let kept = crate::submit::start(&bench, &made).expect("answers");
    match kept {
        (_, crate::submit::Local::Kept(n)) => n,
        (_, crate::submit::Local::Over(over)) => panic!("it is over: {over:?}"),
    }
}

#[test]
fn e47_a_plan_is_kept_with_its_name_and_changes_nothing() {
    let world = agency().heard();
    let n = keep(&world, vec![remove(2), give(3, Role::WorkspaceAdmin)]);
    let rows = list(&world.offline()).expect("reads");
    assert_eq!((rows.len(), rows[0].name.as_str()), (1, "Tidy up"));
    assert_eq!((rows[0].source, rows[0].lines, rows[0].done), (Some(PlanSource::Selection), 2, 0));
    assert!(world.cache.pending().expect("reads").is_empty());
    let found = view(&world.offline(), n).expect("is there");
    assert_eq!(found.lines[0].now.act, PlanAct::Remove);
    assert_eq!(found.lines[0].now.name, "Bea");
    assert!(found.lines.iter().all(|it| it.since.is_none()), "nothing has changed");
}

#[test]
fn e47_signing_out_asks_while_a_plan_is_only_here() {
    let world = agency().heard();
    assert_eq!(crate::app::at_stake(&world.cache).expect("reads"), None);
    let n = keep(&world, vec![remove(2)]);
    let kept = crate::app::only_here(&world.cache).expect("reads");
    assert_eq!(kept, OnlyHere { plans: 1, drafts: 0, reminders: 0 });
    let asked = crate::app::at_stake(&world.cache).expect("reads");
    assert_eq!(asked, Some(FailureCode::OnlyHere));
    begin(&world, n, 0, remove(2));
    let asked = crate::app::at_stake(&world.cache).expect("reads");
    assert_eq!(asked, Some(FailureCode::UnsentChanges), "what waits comes first");
}

#[test]
fn e47_without_a_name_or_a_line_nothing_is_kept() {
    let world = agency().heard();
    for (name, intents) in [("  ", vec![remove(2)]), ("Tidy", Vec::new())] {
        let plan = SavePlan { name: name.to_owned(), source: PlanSource::Text, intents };
        let failure = save(&world.offline(), plan).expect_err("is not kept");
        assert_eq!(failure.code, FailureCode::BadRequest);
    }
    assert!(list(&world.offline()).expect("reads").is_empty());
}

#[test]
fn r16_what_would_give_more_than_when_it_was_kept_says_so() {
    let world = agency().heard();
    // Bea is agent manager when the plan is made, chat user when it is opened.
    let n = keep(&world, vec![give(2, Role::WorkspaceAdmin)]);
    world.changed(Row::Membership(member(NORTHWIND, 2, "Bea", roles(&[Role::ChatUser]))));
    let line = view(&world.offline(), n).expect("is there").lines.remove(0);
    let since = line.since.expect("it is different");
    assert_eq!(since.from, Some(roles(&[Role::AgentManager])));
    assert!(!since.more.is_empty(), "it gives what Bea had then");
    assert!(since.more.iter().all(|it| line.now.gains.contains(it)));
    assert_eq!(since.was, None);
}

#[test]
fn e47_what_is_refused_by_now_says_what_was_expected() {
    let world = agency().heard();
    let n = keep(&world, vec![remove(2), remove(3)]);
    let mut gone = member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]));
    gone.state = MemberState::Removed;
    gone.ended = Some(muster_domain::Ended { at: NOW, by: "Ben".to_owned() });
    world.changed(Row::Membership(gone));
    let lines = view(&world.offline(), n).expect("is there").lines;
    let since = lines[0].since.as_ref().expect("it is different");
    assert_eq!(since.was, Some(PlanVerdict::Able));
    assert_eq!(lines[0].now.name, "Bea", "who it was about can still be read");
    assert!(lines[1].since.is_none());
    assert_eq!(lines[1].now.verdict, Verdict::Allowed);
}

#[test]
fn e47_a_run_that_broke_off_goes_on_and_makes_no_line_twice() {
    let world = agency().heard();
    let n = keep(&world, vec![remove(2), remove(3), give(4, Role::ChatUser)]);
    let first = begin(&world, n, 0, remove(2));
    let second = begin(&world, n, 1, remove(3));
    // The app is killed here; the plan knows what it became.
    let world = world.restart();
    let lines = view(&world.offline(), n).expect("is there").lines;
    let states: Vec<_> = lines.iter().map(|it| it.state.clone()).collect();
    assert_eq!(
        states,
        [SavedLineState::Waiting, SavedLineState::Waiting, SavedLineState::Open],
        "{first} and {second} wait"
    );
    assert_eq!(list(&world.offline()).expect("reads")[0].done, 2);
    world.cache.request("test", 1_000_000).expect("a request");
    for (n, status) in [(1, OutcomeStatus::Applied), (2, OutcomeStatus::Refused)] {
        let refusal = (status == OutcomeStatus::Refused)
            .then(|| muster_domain::Refusal::new(muster_domain::RefusalCode::NotVisible));
        world.decided(Outcome { n, status, refusal, seq: Some(11), at: NOW });
    }
    let lines = view(&world.offline(), n).expect("is there").lines;
    assert_eq!(lines[0].state, SavedLineState::Done);
    assert_eq!(lines[0].now.name, "Bea", "the receipt says whom");
    assert!(matches!(lines[1].state, SavedLineState::Refused { .. }), "{:?}", lines[1].state);
    assert_eq!(lines[2].state, SavedLineState::Open);
}

#[test]
fn e47_a_line_that_is_taken_back_is_open_again() {
    let world = agency().heard();
    let n = keep(&world, vec![remove(2)]);
    let made = begin(&world, n, 0, remove(2));
    world.cache.undo(made, NOW).expect("is taken back");
    let line = view(&world.offline(), n).expect("is there").lines.remove(0);
    assert_eq!(line.state, SavedLineState::Open);
    assert_eq!(line.now.verdict, Verdict::Allowed);
}

#[test]
fn e47_every_intent_outlives_a_restart() {
    let all = [
        remove(2),
        give(2, Role::ChatUser),
        Intent::Invite {
            workspace: NORTHWIND,
            address: "cy@x.example".to_owned(),
            name: None,
            roles: roles(&[Role::ChatUser]),
        },
        Intent::SetEnd { workspace: NORTHWIND, member: mid(NORTHWIND, 2), end: None },
    ];
    for intent in all {
        let text = serde_json::to_string(&intent).expect("is written");
        let read: Intent = serde_json::from_str(&text).expect("is read");
        assert_eq!(read, intent, "{text}");
    }
}

#[test]
fn r16_an_invitation_in_a_plan_counts_as_more_rights() {
    let world = agency().heard();
    let n = keep(
        &world,
        vec![Intent::Invite {
            workspace: NORTHWIND,
            address: "cy@x.example".to_owned(),
            name: Some("Cy".to_owned()),
            roles: roles(&[Role::AgentManager]),
        }],
    );
    let line = view(&world.online(), n).expect("is there").lines.remove(0).now;
    assert_eq!((line.act, line.name.as_str()), (PlanAct::Invite, "cy@x.example"));
    assert_eq!(line.to, roles(&[Role::AgentManager]));
    assert!(!line.gains.is_empty(), "it needs a tick of its own");
    let line = view(&world.offline(), n).expect("is there").lines.remove(0);
    assert!(matches!(line.now.verdict, Verdict::NeedsConnection { .. }), "R14");
    assert!(line.since.is_none(), "the connection alone is no news");
}
