//! The copy opens for as long as the account allows, whatever the clock says (R15, E-31).

use muster_domain::{Account, Command, ContentKind, Timestamp};
use muster_protocol::{Accounts, Policy, Say};

use super::world::*;
use crate::{
    Cache, CacheError, ContentWindowQuery, EntryState, Heed, Label, MemberWindowQuery, Standing,
    WorkspaceQuery,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn after(millis: i64) -> Timestamp {
    Timestamp(NOW.0 + millis)
}

fn is_locked(cache: &Cache) -> bool {
    cache.is_locked(account_id())
}

/// Looks at the lease at this time of the device.
fn heed(world: &World, millis: i64) -> bool {
    world.cache.heed_lease(Heed::Running, after(millis)).expect("looks");
    is_locked(&world.cache)
}

/// Everything that a window could read of the workspace.
fn readable(cache: &Cache) -> usize {
    let members = cache.members(&MemberWindowQuery::of(ws(1), 50)).expect("reads").rows.len();
    let contents = ContentKind::ALL.iter().map(|kind| {
        let query = ContentWindowQuery::of(ws(1), *kind, 50);
        cache.contents(&query).expect("reads").rows.len()
    });
    members
        + contents.sum::<usize>()
        + usize::from(cache.member(mid(1)).expect("reads").is_some())
        + cache.own_roles(ws(1)).expect("reads").len()
        + cache.invitations(ws(1), 0, 50).expect("reads").1.len()
        + cache.admins(account_id()).expect("reads").len()
        + usize::from(cache.content(cid(1)).expect("reads").is_some())
}

/// Contact at server time, with the device's clock where it is said to be.
fn contact(world: &World, server: i64, device: i64) {
    let mut frames = answer(1, 10, vec![]);
    if let Some(Say::Hello { time, .. }) = frames.first_mut() {
        *time = after(server);
    }
    world.cache.apply(&frames, after(device)).expect("is applied");
}

/// Northwind in an account that allows so many days.
fn allowing(days: u16) -> World {
    let world = World::northwind();
    let accounts = vec![Account { lease_days: days, ..account() }];
    world.apply(answer(1, 10, vec![Say::Accounts(Accounts { accounts, ..held() })]));
    world
}

#[test]
fn r15_past_the_lease_nothing_is_read_but_that_it_is_locked() {
    let world = World::northwind();
    let before = readable(&world.cache);
    assert!(before >= 5, "there is something to lock: {before}");
    assert!(!heed(&world, 7 * DAY - HOUR));
    assert_eq!(readable(&world.cache), before);
    assert!(heed(&world, 7 * DAY + HOUR));
    assert_eq!(readable(&world.cache), 0);
    let query = WorkspaceQuery { limit: 9, ..WorkspaceQuery::default() };
    let window = world.cache.workspaces(&query).expect("reads");
    let entry = &window.rows[0];
    assert_eq!((window.total, entry.workspace.name.as_str()), (1, "Northwind"));
    assert!(entry.my_membership.is_none() && !entry.account_admin && entry.people.is_none());
    assert!(entry.workspace.labels.is_empty() && entry.view.is_none());
    let lease = &world.cache.leases(after(7 * DAY + HOUR)).expect("reads")[0];
    assert_eq!((lease.standing, lease.days, lease.age_days), (Standing::Locked, 7, 7));
}

#[test]
fn r15_every_table_of_a_workspace_is_behind_the_lock() {
    let world = super::purge::full();
    heed(&world, 8 * DAY);
    let left: Vec<(String, i64)> = world
        .cache
        .read(|mirror| {
            let sql = "SELECT t.name FROM main.sqlite_schema t
                       JOIN pragma_table_info(t.name, 'main') c ON c.name IN ('workspace', 'account')
                       WHERE t.type = 'table' AND t.name NOT IN ('workspaces', 'accounts')
                       GROUP BY t.name";
            let mut statement = mirror.db().prepare(sql)?;
            let names = statement.query_map([], |row| row.get::<_, String>("name"))?;
            let names: Vec<String> = names.collect::<Result<_, _>>()?;
            assert!(names.len() > 8, "the tables are found: {names:?}");
            let count = |name: &String| {
                let sql = format!("SELECT count(*) FROM {name}");
                mirror.db().query_row(&sql, [], |row| row.get(0))
            };
            let counts = names.iter().map(|name| Ok((name.clone(), count(name)?)));
            counts.collect::<Result<Vec<_>, CacheError>>()
        })
        .expect("reads");
    let left: Vec<_> = left.into_iter().filter(|(_, rows)| *rows > 0).collect();
    assert_eq!(left, [], "rows that readers see");
}

#[test]
fn r15_the_past_is_asked_for_while_something_is_locked() {
    let world = super::purge::full();
    heed(&world, 8 * DAY);
    let at = after(8 * DAY);
    let roles = world.cache.own_roles_at(ws(1), at).expect("names of an index are no question");
    assert!(roles.is_empty());
    let page = world.cache.as_of(&MemberWindowQuery::of(ws(1), 9), at).expect("reads");
    assert_eq!((page.people, page.rows.len()), (0, 0));
}

#[test]
fn r15_contact_opens_it_again_with_everything_in_it() {
    let world = World::northwind();
    let before = readable(&world.cache);
    assert!(heed(&world, 9 * DAY));
    contact(&world, 9 * DAY, 9 * DAY);
    assert!(!is_locked(&world.cache), "at once, not at the next look");
    assert_eq!(readable(&world.cache), before);
    assert!(!heed(&world, 15 * DAY));
    assert!(heed(&world, 17 * DAY));
}

#[test]
fn r15_turning_the_clock_back_extends_nothing() {
    let world = World::northwind();
    assert!(!heed(&world, 6 * DAY));
    assert!(!heed(&world, -30 * DAY), "it is still the sixth day");
    let lease = &world.cache.leases(after(-30 * DAY)).expect("reads")[0];
    assert_eq!(lease.age_days, 6);
    assert!(heed(&world, 8 * DAY));
    assert!(heed(&world, 0), "turned back after it was locked");
    let world = world.restart();
    assert!(heed(&world, 0), "and after a restart");
}

#[test]
fn r15_a_clock_that_jumps_ahead_locks_and_contact_learns_the_difference() {
    let world = World::northwind();
    assert!(heed(&world, 900 * DAY));
    // The server says that an hour has passed; the device's clock stays wrong.
    contact(&world, HOUR, 900 * DAY);
    assert!(!is_locked(&world.cache));
    assert!(!heed(&world, 906 * DAY));
    assert!(heed(&world, 908 * DAY));
}

#[test]
fn r15_an_app_that_is_too_old_to_be_told_anything_has_no_contact() {
    let world = World::northwind();
    let mut frames = answer(1, 10, vec![]);
    frames.truncate(1);
    if let Some(Say::Hello { time, policy, .. }) = frames.first_mut() {
        (*time, *policy) = (after(6 * DAY), Policy::Upgrade);
    }
    frames.push(Say::End { cursors: vec![], more: false });
    world.cache.apply(&frames, after(6 * DAY)).expect("is applied");
    assert!(heed(&world, 8 * DAY), "what may be seen was last confirmed eight days ago");
}

#[test]
fn r15_an_app_that_may_only_read_has_contact_and_what_it_sent_waits_again() {
    let world = World::northwind();
    let n = world.submit(remove(1));
    assert_eq!(world.request().1.len(), 1, "it goes on its way");
    let mut frames = answer(1, 10, vec![]);
    if let Some(Say::Hello { time, policy, .. }) = frames.first_mut() {
        (*time, *policy) = (after(6 * DAY), Policy::ReadOnly);
    }
    let applied = world.cache.apply(&frames, after(6 * DAY)).expect("is applied");
    assert!(applied.changed.pending);
    assert!(!heed(&world, 8 * DAY), "what may be seen was confirmed two days ago");
    let state = world.cache.entry(n).expect("reads").expect("is there").state;
    assert_eq!(state, crate::EntryState::Waiting, "the server did not look at it");
    assert_eq!(world.cache.undo(n, NOW).expect("asks"), crate::Undone::Done);
}

#[test]
fn r15_the_last_day_is_told() {
    let world = World::northwind();
    let standing = |millis| world.cache.leases(after(millis)).expect("reads")[0].standing;
    assert_eq!(standing(6 * DAY - HOUR), Standing::Open);
    assert_eq!(standing(6 * DAY + HOUR), Standing::LastDay);
    assert_eq!(world.cache.leases(NOW).expect("reads")[0].until, after(7 * DAY));
}

#[test]
fn r15_no_days_means_only_while_there_is_contact() {
    let world = allowing(0);
    assert!(!heed(&world, 10 * 60_000));
    assert!(heed(&world, 12 * 60_000));
    contact(&world, 12 * 60_000, 12 * 60_000);
    assert!(!is_locked(&world.cache));
    let world = world.restart();
    world.cache.heed_lease(Heed::Starting, after(12 * 60_000 + 1)).expect("looks");
    let total = world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total;
    assert_eq!(total, 0, "nothing outlives the run");
}

fn note() -> Command {
    Command::SetMemberNote {
        workspace: ws(1),
        membership: mid(1),
        was: String::new(),
        note: "Canary Note".to_owned(),
    }
}

#[test]
fn e31_past_twice_the_lease_it_is_erased_at_the_start_and_unsent_work_stays() {
    let world = World::northwind();
    let n = world.submit(note());
    let world = world.restart();
    world.cache.heed_lease(Heed::Starting, after(13 * DAY)).expect("looks");
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 1);
    world.cache.heed_lease(Heed::Running, after(15 * DAY)).expect("looks");
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 1);
    let world = world.restart();
    world.cache.heed_lease(Heed::Starting, after(15 * DAY)).expect("looks");
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 0);
    let rows: i64 = world.cache.with_mirror(|db| {
        let sql = "SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM grants)
                       + (SELECT count(*) FROM accounts) + (SELECT count(*) FROM workspaces)";
        db.query_row(sql, [], |row| row.get(0)).expect("counts")
    });
    assert_eq!(rows, 0, "erased, not hidden");
    assert!(world.cache.erased_by_lease().expect("reads"));
    let entry = world.cache.entry(n).expect("reads").expect("is there");
    assert_eq!(entry.state, EntryState::Waiting);
    assert_eq!(entry.label.workspace_name, "Northwind", "where it is, is told");
    assert_eq!((entry.label.person, entry.body.as_str()), (None, ""), "what it says, is not");
    // Contact: everything is fetched again, and what waited leaves as it was made.
    world.apply(answer(1, 12, northwind_frames()));
    assert!(!world.cache.erased_by_lease().expect("reads"));
    let entry = world.cache.entry(n).expect("reads").expect("is there");
    assert_eq!(entry.label.person.as_deref(), Some("Canary Person"));
    assert!(world.request().1[0].body.contains("Canary Note"));
    assert_eq!(world.member(1).member.note, "Canary Note");
}

#[test]
fn e31_access_that_ended_while_the_copy_was_erased_ends_what_waited() {
    let world = World::northwind();
    let n = world.submit(note());
    let world = world.restart();
    world.cache.heed_lease(Heed::Starting, after(15 * DAY)).expect("looks");
    world.apply(answer(1, 12, vec![Say::Grants { all: vec![] }, Say::Accounts(held())]));
    let entry = world.cache.entry(n).expect("reads").expect("is there");
    assert_eq!((entry.state, entry.label.person), (EntryState::Refused, None));
    assert!(!entry.body.contains("Canary"), "{}", entry.body);
    assert!(world.request().1.is_empty());
}

#[test]
fn r15_unsent_work_of_a_locked_workspace_is_named_without_what_it_says() {
    let world = World::northwind();
    let n = world.submit(note());
    let body = world.cache.entry(n).expect("reads").expect("is there").body;
    assert!(heed(&world, 8 * DAY));
    let entry = world.cache.pending().expect("reads").pop().expect("it waits");
    assert_eq!((entry.n, entry.label.workspace_name.as_str()), (n, "Northwind"));
    assert_eq!((entry.label.person, entry.label.object), (None, None));
    assert!(!format!("{:?}{}", entry.command, entry.body).contains("Canary"));
    assert_eq!(world.request().1[0].body, body, "the server gets what was made");
}

#[test]
fn r15_nobody_changes_what_is_locked() {
    let world = World::northwind();
    assert!(heed(&world, 8 * DAY));
    let result = world.cache.submit(&remove(1), after(8 * DAY), Label::default());
    assert!(matches!(result, Err(CacheError::Lapsed)), "{result:?}");
    assert_eq!(world.cache.counts().expect("reads").not_sent, 0);
}

/// Contact with a clock that is off by anything; then time passes and somebody turns the clock
/// back again and again.
#[test]
fn r15_p2_a_thousand_clock_scenarios_lock_on_time() {
    let world = World::northwind();
    let mut seed: u64 = 0x5eed_0015;
    let mut draw = move |below: i64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(seed >> 33).expect("31 bits") % below
    };
    let (mut server, mut locked_ones) = (0, 0);
    for scenario in 0..1_000 {
        let mut skew = draw(730) * DAY - 365 * DAY;
        contact(&world, server, server + skew);
        assert!(!is_locked(&world.cache), "scenario {scenario}: contact opens");
        let mut passed = 0;
        for _ in 0..5 {
            passed += draw(72) * HOUR + 1_800_000;
            let is_over = passed > 7 * DAY;
            let told = format!("scenario {scenario}: {} hours", passed / HOUR);
            assert_eq!(heed(&world, server + passed + skew), is_over, "{told}");
            skew -= draw(2) * draw(400) * DAY;
            assert_eq!(heed(&world, server + passed + skew), is_over, "{told}, turned back");
            locked_ones += i32::from(is_over);
        }
        server += passed;
    }
    assert!(locked_ones > 500, "both sides are tried: {locked_ones}");
}
