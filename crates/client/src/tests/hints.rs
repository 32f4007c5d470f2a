//! What the log alone says of the lines of a review (V-49).

use muster_domain::{
    Activity, ContentBody, Event, EventKind, Permission, QuietDays, Role, RoleSet, Row, Timestamp,
};

use super::history::Chain;
use super::reviews::{QUARTER, line, review};
use super::world::{ME, NORTHWIND, NOW, Told, World, admin, agency, mid, record, roles};
use crate::reviews::{line_page, line_view, view};
use crate::view::{
    HintFilter, LastChange, MemberQuery, MemberSort, MemberStatus, PeopleQuery, ReviewFilter,
    ReviewHint, ReviewLineView, ReviewQuery,
};

/// A record changed by somebody.
fn changed(seq: u64, days_ago: i64, actor: u8, chain: &mut Chain) {
    let body = ContentBody::Agent {
        instructions: String::new(),
        state: Activity::On,
        knowledge: Vec::new(),
    };
    let after = Row::Content(record(60, "Shop helper", actor, body));
    let event = Event { kind: EventKind::ContentChanged, before: Some(after.clone()), after };
    chain.add(seq, NOW.0 - days_ago * 86_400_000, actor, event);
}

/// Northwind's review of three: Alejandro changed an agent 10 days ago, Bea 200 days ago, and
/// Chidi can change nothing.
fn told(whole: bool) -> Told {
    let mut told = agency();
    let mut one = review(QUARTER, &[(ME, "Ana"), (10, "Ben")]);
    one.lines = 3;
    told.row(Row::Review(one));
    told.row(Row::ReviewLine(line(1, "Alejandro", roles(&[Role::WorkspaceAdmin]))));
    told.row(Row::ReviewLine(line(2, "Bea", roles(&[Role::AgentManager]))));
    told.row(Row::ReviewLine(line(3, "Chidi", roles(&[Role::ChatUser]))));
    let mut chain = Chain::new();
    changed(1, 200, 2, &mut chain);
    changed(2, 10, 1, &mut chain);
    told.logs.push(chain.say(whole));
    told
}

fn of(world: &World, number: u8) -> ReviewLineView {
    line_view(&world.offline(), (NORTHWIND, QUARTER), mid(NORTHWIND, number)).expect("a line")
}

fn names(world: &World, hint: HintFilter) -> Vec<String> {
    let query = ReviewQuery {
        workspace: NORTHWIND,
        review: QUARTER,
        text: String::new(),
        filter: ReviewFilter::All,
        hint: Some(hint),
        offset: 0,
        limit: 50,
    };
    let page = line_page(&world.offline(), query).expect("a page");
    assert_eq!(page.matched as usize, page.rows.len());
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn v49_whoever_changed_nothing_for_90_days_is_pointed_out() {
    let world = told(true).heard();
    let bea = of(&world, 2);
    assert!(bea.hints.contains(&ReviewHint::Quiet), "{:?}", bea.hints);
    let last = bea.used.expect("the log is whole").last_change;
    assert_eq!(last, Some(Timestamp(NOW.0 - 200 * 86_400_000)));
    assert!(!of(&world, 1).hints.contains(&ReviewHint::Quiet), "ten days ago");
    assert!(!of(&world, 3).hints.contains(&ReviewHint::Quiet), "who only looks leaves no trace");
    assert_eq!(names(&world, HintFilter::Quiet), ["Bea"]);
}

#[test]
fn v49_whoever_starts_a_review_says_after_how_many_days_somebody_is_pointed_out() {
    let quiet = |days| {
        let mut told = told(true);
        let mut one = review(QUARTER, &[(ME, "Ana"), (10, "Ben")]);
        (one.lines, one.quiet) = (3, QuietDays::new(days).expect("so many can be"));
        told.replace(Row::Review(one));
        told.heard()
    };
    // Bea's change is 200 days old, Alejandro's ten.
    assert_eq!(names(&quiet(365), HintFilter::Quiet), Vec::<String>::new());
    let world = quiet(7);
    assert_eq!(names(&world, HintFilter::Quiet), ["Alejandro", "Bea"]);
    assert_eq!(of(&world, 1).used.expect("the log is whole").quiet_days, 7);
    let hints = view(&world.offline(), NORTHWIND, QUARTER).expect("a review").hints;
    assert_eq!((hints.quiet_days.get(), hints.quiet), (7, Some(2)));
}

#[test]
fn v49_the_panel_says_when_somebody_last_changed_anything_here() {
    let world = told(true).heard();
    let of = |number| {
        let view = crate::person::view(&world.offline(), NORTHWIND, mid(NORTHWIND, number));
        let view = view.expect("a member");
        (view.changes_known, view.row.last_change)
    };
    assert_eq!(of(2), (true, Some(Timestamp(NOW.0 - 200 * 86_400_000))));
    assert_eq!(of(3), (true, None), "who only looks leaves no trace, and that is said");
    let partly = told(false).heard();
    let view = crate::person::view(&partly.offline(), NORTHWIND, mid(NORTHWIND, 2));
    let view = view.expect("a member");
    assert_eq!((view.changes_known, view.row.last_change), (false, None), "nothing is claimed");
}

/// The names on the roster of Northwind, asked so.
fn roster(world: &World, changed: Option<LastChange>, sort: MemberSort) -> (bool, Vec<String>) {
    let query = MemberQuery {
        workspace: NORTHWIND,
        text: String::new(),
        roles: RoleSet::NONE,
        label: None,
        changed,
        status: MemberStatus::Present,
        sort,
        descending: true,
        offset: 0,
        limit: 50,
    };
    let page = crate::members::page(&world.offline(), query).expect("a page");
    assert_eq!(page.matched as usize, page.rows.len());
    (page.changes_known, page.rows.into_iter().map(|row| row.name).collect())
}

#[test]
fn e41_v49_the_roster_goes_by_when_people_last_changed_something_here() {
    let world = told(true).heard();
    let by = |changed| roster(&world, Some(changed), MemberSort::Name).1;
    assert_eq!(by(LastChange::Lately), ["Alejandro"]);
    assert_eq!(by(LastChange::Never).len(), roster(&world, None, MemberSort::Name).1.len() - 2);
    assert!(by(LastChange::NotForThirty).contains(&"Bea".to_owned()));
    assert!(!by(LastChange::NotForNinety).contains(&"Alejandro".to_owned()));
    let (known, newest_first) = roster(&world, None, MemberSort::Changed);
    assert!(known);
    assert_eq!(newest_first[..2], ["Alejandro", "Bea"]);
}

#[test]
fn r10_v49_the_roster_goes_by_no_change_where_not_all_of_the_history_is_here() {
    let world = told(false).heard();
    let everybody = roster(&world, None, MemberSort::Name);
    assert!(!everybody.0, "nothing is claimed");
    assert_eq!(roster(&world, Some(LastChange::Never), MemberSort::Changed), everybody);
}

#[test]
fn e63_v49_people_say_when_they_last_changed_something_where_all_of_it_is_known() {
    let row = |world: &World| {
        let query = PeopleQuery { text: "bea".to_owned(), offset: 0, limit: 9 };
        let page = crate::people::page(&world.offline(), &query).expect("a page");
        let row = page.rows.into_iter().next().expect("Bea");
        (row.changes_known, row.last_change)
    };
    assert_eq!(row(&told(true).heard()).1, Some(Timestamp(NOW.0 - 200 * 86_400_000)));
    assert_eq!(row(&told(false).heard()), (false, None), "nothing is claimed");
}

#[test]
fn v49_who_came_less_than_90_days_ago_is_not_pointed_out() {
    let mut told = told(true);
    let mut new = line(2, "Bea", roles(&[Role::AgentManager]));
    new.joined = Timestamp(NOW.0 - 86_400_000);
    let mut member = super::world::member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]));
    member.joined = new.joined;
    told.replace(Row::ReviewLine(new));
    told.replace(Row::Membership(member));
    let world = told.heard();
    assert!(!of(&world, 2).hints.contains(&ReviewHint::Quiet));
    assert!(names(&world, HintFilter::Quiet).is_empty());
}

#[test]
fn v49_a_role_that_is_wider_than_what_was_used_is_pointed_out_with_one_that_is_enough() {
    let world = told(true).heard();
    let alejandro = of(&world, 1);
    assert!(alejandro.hints.contains(&ReviewHint::RoleWider), "{:?}", alejandro.hints);
    let used = alejandro.used.expect("the log is whole");
    assert_eq!(used.enough, roles(&[Role::AgentManager]), "it keeps what there is to look at");
    assert!(used.unused.contains(&Permission::MemberManage));
    assert!(!used.unused.contains(&Permission::AgentEdit));
    assert!(!used.unused.contains(&Permission::AuditView), "looking leaves no trace");
    let bea = of(&world, 2);
    assert!(!bea.hints.contains(&ReviewHint::RoleWider), "no narrower role edits agents");
    assert_eq!(bea.used.expect("whole").enough, RoleSet::NONE);
    assert_eq!(names(&world, HintFilter::Wide), ["Alejandro"]);
}

#[test]
fn v49_where_the_log_is_not_whole_nothing_is_said_and_that_is_said() {
    let world = told(false).heard();
    let bea = of(&world, 2);
    assert!(bea.hints.contains(&ReviewHint::LogMissing), "{:?}", bea.hints);
    assert!(!bea.hints.contains(&ReviewHint::Quiet));
    assert!(bea.used.is_none());
    assert!(names(&world, HintFilter::Quiet).is_empty());
    assert!(names(&world, HintFilter::Wide).is_empty());
    let seen = view(&world.offline(), NORTHWIND, QUARTER).expect("a review").hints;
    assert_eq!((seen.quiet, seen.wide), (None, None));
}

#[test]
fn v49_the_head_of_a_review_counts_what_the_log_points_out() {
    let world = told(true).heard();
    let seen = view(&world.offline(), NORTHWIND, QUARTER).expect("a review").hints;
    assert_eq!((seen.quiet, seen.wide, seen.many_admins), (Some(1), Some(1), None));
}

#[test]
fn v48_more_account_admins_than_needed_are_told_in_a_review() {
    let mut told = told(true);
    for number in 20..23 {
        told.accounts.admins.push(admin(super::world::LARCH, number, "Admin"));
    }
    let seen = view(&told.heard().offline(), NORTHWIND, QUARTER).expect("a review").hints;
    assert_eq!(seen.many_admins, Some(5));
}
