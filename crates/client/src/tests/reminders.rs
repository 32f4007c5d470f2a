//! Reminders and the start page (V-49, E-26, E-38, E-39).

use muster_cache::{Cache, Heed};
use muster_domain::{End, Ended, Event, EventKind, Role, Row, SchemeId, Timestamp};

use super::history::Chain;
use super::reviews::{QUARTER, line, review};
use super::world::{
    ACME, ANAS, LARCH, ME, NORTHWIND, NOW, Told, World, account, admin, agency, invitation, member,
    roles, workspace,
};
use crate::reminders::due::coming;
use crate::reminders::{ask, choices, digest, forget, grouped, untold};
use crate::verdict::Bench;
use crate::view::{DigestLine, DigestWhat, Place, ReminderKind};

const DAY: i64 = 86_400_000;

/// Northwind with an open review that is due in two days, an invitation that expires in one, and
/// a membership that ends in five.
fn told() -> Told {
    let mut told = agency();
    let mut one = review(QUARTER, &[(ME, "Ana")]);
    one.due = NOW.plus_days(2);
    told.row(Row::Review(one));
    told.row(Row::ReviewLine(line(2, "Bea", roles(&[Role::AgentManager]))));
    let mut sent = invitation(40, ME, roles(&[Role::ChatUser]));
    sent.expires = Timestamp(NOW.0 + DAY / 2);
    told.row(Row::Invitation(sent));
    let mut ends = member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]));
    ends.until = Some(End { at: NOW.plus_days(5), roles: None });
    told.replace(Row::Membership(ends));
    told
}

/// What would be shown now, kept as told.
fn shown(bench: &Bench<'_>) -> Vec<(ReminderKind, u32, Option<String>, Place)> {
    let all = coming(bench).expect("is read");
    let due = untold(bench, &all).expect("is read");
    let reminders = grouped(bench, due.iter()).expect("is grouped");
    let keys: Vec<String> = due.into_iter().map(|it| it.key).collect();
    bench.cache.note_reminded(&keys, bench.now).expect("is kept");
    reminders.into_iter().map(|it| (it.kind, it.count, it.workspace, it.place)).collect()
}

fn later(world: &World, days: i64) -> Bench<'_> {
    Bench { now: NOW.plus_days(days), ..world.offline() }
}

#[test]
fn v49_what_is_due_is_told_once_and_leads_to_its_place() {
    let world = told().heard();
    let first = shown(&world.offline());
    let northwind = Some("Northwind".to_owned());
    let review = Place::Review { workspace: NORTHWIND, review: QUARTER };
    assert!(first.contains(&(ReminderKind::Review, 1, northwind.clone(), review)), "{first:?}");
    let place = Place::Invitations { workspace: NORTHWIND };
    assert!(first.contains(&(ReminderKind::Invitation, 1, northwind.clone(), place)), "{first:?}");
    let place = Place::Ending { workspace: NORTHWIND };
    assert!(first.contains(&(ReminderKind::End, 1, northwind, place)), "{first:?}");
    assert!(shown(&world.offline()).is_empty(), "each once");
    // When its day is over, the review is told of once more.
    let over = shown(&later(&world, 3));
    assert_eq!(over.len(), 1, "{over:?}");
    assert_eq!(over[0].0, ReminderKind::Review);
}

#[test]
fn v49_what_was_told_stays_told_though_the_copy_is_fetched_anew() {
    let told = told();
    let world = told.clone().heard();
    assert!(!shown(&world.offline()).is_empty());
    let World { dir, cache } = world;
    drop(cache);
    std::fs::remove_file(dir.path().join("mirror.db")).expect("was there");
    let keys = muster_cache::Keys { mirror: [1; 32], outbox: [2; 32] };
    let device = muster_domain::DeviceId::from_bytes([5; 16]);
    let cache = Cache::open(dir.path(), &keys, &super::world::me(), device).expect("opens");
    let world = World { dir, cache: std::sync::Arc::new(cache) };
    world.hears(&told);
    assert!(shown(&world.offline()).is_empty(), "kept beside the unsent changes");
}

#[test]
fn r15_what_is_locked_comes_up_nowhere_and_no_person_is_named() {
    let world = told().heard();
    for (_, _, name, _) in shown(&later(&world, 0)) {
        assert!(name.is_none_or(|it| it == "Northwind"), "a workspace, never a person");
    }
    let world = told().heard();
    // Out of contact for longer than the account allows.
    world.cache.heed_lease(Heed::Running, NOW.plus_days(8)).expect("is heeded");
    assert!(world.cache.is_locked(super::world::LARCH));
    let bench = world.offline();
    assert!(coming(&bench).expect("is read").is_empty());
    let page = digest(&bench, Some(Timestamp(0))).expect("a page");
    assert!(page.soon.is_empty() && page.news.is_empty(), "{page:?}");
}

#[test]
fn e38_a_single_owner_is_told_of_together_with_the_others() {
    let mut told = agency();
    let owner = roles(&[Role::WorkspaceAdmin]);
    told.places[1].2.push(Row::Membership(member(ACME, 1, "Alejandro", owner)));
    let world = told.heard();
    let first = shown(&world.offline());
    let single = first.iter().find(|it| it.0 == ReminderKind::Single).expect("is told");
    assert_eq!((single.1, single.3), (2, Place::Continuity), "{first:?}");
}

#[test]
fn v49_what_i_asked_for_comes_back_with_the_connection_and_can_be_taken_off() {
    let world = agency().heard();
    let place = Place::Settings { workspace: NORTHWIND };
    ask(&world.offline(), place, None).expect("is kept");
    ask(&world.offline(), place, None).expect("is kept");
    let offline = shown(&world.offline());
    assert!(offline.iter().all(|it| it.0 != ReminderKind::Asked), "not without a connection");
    let page = digest(&world.offline(), None).expect("a page");
    let asked: Vec<_> = page.needs.iter().filter(|it| it.what == DigestWhat::Asked).collect();
    assert_eq!(asked.len(), 1, "the same place is asked for once");
    assert_eq!(asked[0].place, place);
    let online = shown(&world.online());
    assert!(online.iter().any(|it| it.0 == ReminderKind::Asked && it.3 == place), "{online:?}");
    forget(&world.offline(), asked[0].done.expect("can be taken off")).expect("is dropped");
    let page = digest(&world.online(), None).expect("a page");
    assert!(page.needs.iter().all(|it| it.what != DigestWhat::Asked));
}

#[test]
fn v49_every_kind_of_reminder_can_be_switched_off() {
    let world = agency().heard();
    let bench = world.offline();
    assert!(choices(&bench).expect("are read").iter().all(|it| it.on), "on at first");
    world.cache.set_device_note("reminder off review", "1").expect("is kept");
    let now = choices(&bench).expect("are read");
    let off: Vec<_> = now.iter().filter(|it| !it.on).map(|it| it.kind).collect();
    assert_eq!(off, [ReminderKind::Review]);
}

#[test]
fn v49_the_start_page_lists_what_needs_me_and_what_comes_up() {
    let world = told().heard();
    let page = digest(&world.offline(), None).expect("a page");
    let review = page.needs.iter().find_map(|it| match &it.what {
        DigestWhat::Review { review, undecided, over } => Some((review.clone(), *undecided, *over)),
        _ => None,
    });
    assert_eq!(review, Some(("Q4 review".to_owned(), 1, false)));
    let soon: Vec<&DigestWhat> = page.soon.iter().map(|it| &it.what).collect();
    assert!(soon.contains(&&DigestWhat::Expiring { n: 1 }), "{soon:?}");
    assert!(soon.contains(&&DigestWhat::Ending { n: 1 }), "{soon:?}");
    assert!(page.soon.iter().all(|it| it.name.as_deref() == Some("Northwind")));
    assert!(page.news.is_empty(), "without an earlier visit nothing is new");
}

#[test]
fn v49_a_start_page_with_nothing_on_it_says_nothing() {
    let mut told = agency();
    let owner = roles(&[Role::WorkspaceAdmin]);
    for place in 0..2 {
        let workspace = told.places[place].0.id;
        for number in [20, 21] {
            let one = member(workspace, number, "Owner", owner);
            told.places[place].2.push(Row::Membership(one));
        }
    }
    let page = digest(&told.heard().offline(), None).expect("a page");
    assert!(page.needs.is_empty() && page.soon.is_empty() && page.news.is_empty(), "{page:?}");
}

#[test]
fn v49_a_closed_review_reminds_nobody() {
    let mut told = told();
    let mut one = review(QUARTER, &[(ME, "Ana")]);
    one.due = NOW.plus_days(2);
    one.closed = Some(Ended { at: NOW, by: "Ana".to_owned() });
    told.replace(Row::Review(one));
    let world = told.heard();
    assert!(shown(&world.offline()).iter().all(|it| it.0 != ReminderKind::Review));
}

/// Northwind came to my account from Ben's, a while ago, by somebody's act.
fn came(by: u8, at: i64) -> World {
    let mut told = agency();
    let mine = |id, name| account(id, name, SchemeId::OwnerLed);
    told.accounts.accounts = vec![mine(LARCH, "Ana"), mine(ANAS, "Ana’s clients")];
    told.accounts.admins.push(admin(ANAS, ME, "Ana"));
    let before = Some(Row::Workspace(workspace(NORTHWIND, ANAS, "Northwind")));
    let after = Row::Workspace(workspace(NORTHWIND, LARCH, "Northwind"));
    let mut chain = Chain::new();
    chain.add(9, at, by, Event { kind: EventKind::WorkspaceMoved, before, after });
    told.logs.push(chain.say(true));
    told.heard()
}

fn came_lines(bench: &Bench<'_>) -> Vec<DigestLine> {
    let needs = digest(bench, None).expect("a page").needs.into_iter();
    needs.filter(|it| matches!(it.what, DigestWhat::Received { .. })).collect()
}

#[test]
fn e15_who_receives_a_workspace_is_told_until_they_say_where_it_stays() {
    let world = came(10, NOW.0 - DAY);
    let lines = came_lines(&world.offline());
    let [line] = lines.as_slice() else { panic!("one line: {lines:?}") };
    let (account, who) = ("Ana".to_owned(), "Ben".to_owned());
    assert_eq!(line.what, DigestWhat::Received { account, who, other: true });
    assert_eq!(line.place, Place::Move { workspace: NORTHWIND }, "to where it can be moved");
    assert_eq!(line.name.as_deref(), Some("Northwind"));
    forget(&world.offline(), line.done.expect("can be taken off")).expect("is kept");
    assert!(came_lines(&world.offline()).is_empty(), "it stays here");
}

#[test]
fn e15_what_i_took_myself_and_what_is_long_ago_are_no_news() {
    assert!(came_lines(&came(ME, NOW.0 - DAY).offline()).is_empty(), "I took it");
    assert!(came_lines(&came(10, NOW.0 - 31 * DAY).offline()).is_empty(), "a month ago");
}

#[test]
fn e15_where_account_admins_reach_in_a_move_is_told_by_the_history_alone() {
    let world = came(10, NOW.0 - DAY);
    let mut told = agency();
    told.accounts.accounts = vec![account(LARCH, "Larch Agency", SchemeId::Managed)];
    world.hears(&told);
    assert!(came_lines(&world.offline()).is_empty());
}
