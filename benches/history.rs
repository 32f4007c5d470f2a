//! The past of 100,000 members with two events each: what it adds to the first sync, a page of
//! it, a search for a word, the roster of a day and the difference between two, each against
//! the first 200 of today's roster. Questions are measured in processor time.

mod support;

use std::hint::black_box;
use std::time::Duration;

use muster_cache::{Cache, CompareQuestion, HistoryQuery, MemberWindowQuery, Unchanged, Unsent};
use muster_domain::{EventKind, Membership, Role, RoleSet, Row, Timestamp};
use muster_protocol::{Cursor, LogOf, LogPlace, Logged, LoggedEvent, Policy, Say};
use support::{NOW, Roster, median, processor, report, roster, time};

const PEOPLE: usize = 100_000;
/// How many events one answer brings, about the budget that the app asks for.
const PART: usize = 4_096;
const ROUNDS: u64 = 11;
const DAY: i64 = 86_400_000;

fn main() {
    let roster = roster(PEOPLE);
    let parts = parts(&roster);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut synced = None;
    let rows = time(|| synced = Some(roster.synced(dir.path())));
    let cache = synced.expect("was made");
    let log = parts.iter().map(|part| told(&cache, &roster, part)).sum::<Duration>();
    report("200,000 events checked and kept", log, "the rows of 100,000 members", rows);

    let query = MemberWindowQuery::of(roster.workspace.id, 200);
    let floor = median(ROUNDS, |_| {
        processor(|| {
            black_box(cache.members(&query).expect("the copy can be read"));
        })
    });
    let page = HistoryQuery { limit: 50, ..HistoryQuery::default() };
    let word = HistoryQuery { text: "person4711@".to_owned(), ..page.clone() };
    let against = "the first 200 of today's roster";
    let first = median(ROUNDS, |_| {
        processor(|| {
            let page = cache.history(&page).expect("the copy can be read");
            assert_eq!(page.rows.len(), 50);
            black_box(page);
        })
    });
    report("the newest 50 events", first, against, floor);
    let found = median(ROUNDS, |_| {
        processor(|| {
            let page = cache.history(&word).expect("the copy can be read");
            assert_eq!(page.rows.len(), 2);
            black_box(page);
        })
    });
    report("a word in 200,000 events", found, against, floor);
    let at = Timestamp(NOW.0 + DAY);
    let past = median(ROUNDS, |_| {
        processor(|| {
            let page = cache.as_of(&query, at).expect("the copy can be read");
            assert_eq!((page.people as usize, page.rows.len()), (PEOPLE, 200));
            black_box(page);
        })
    });
    report("the first 200 of a day that is looked at already", past, against, floor);
    // Another day each time, so that none is kept from the round before.
    let first = median(ROUNDS, |n| {
        let at = Timestamp(if n % 2 == 0 { NOW.0 + 3 * DAY } else { at.0 });
        processor(|| {
            let page = cache.as_of(&query, at).expect("the copy can be read");
            assert_eq!((page.people as usize, page.rows.len()), (PEOPLE, 200));
            black_box(page);
        })
    });
    report("the first 200 of a day, the first time", first, against, floor);
    let question = CompareQuestion {
        workspace: roster.workspace.id,
        from: at,
        to: Timestamp(NOW.0 + 3 * DAY),
        unsent: Unsent::LeftOut,
        unchanged: Unchanged::Counted,
        limit: 200,
    };
    let compared = median(ROUNDS, |_| {
        processor(|| {
            let compared = cache.compare(&question).expect("the copy can be read");
            assert_eq!(compared.changed_total as usize, PEOPLE);
            black_box(compared);
        })
    });
    report("two days of 100,000 people compared", compared, against, floor);
    let people = median(ROUNDS, |_| {
        processor(|| {
            let page = cache.people("", 0, 200).expect("the copy can be read");
            assert_eq!(page.matched as usize, PEOPLE);
            black_box(page);
        })
    });
    report("the first 200 people of all workspaces", people, against, floor);
}

/// How long a part takes from the asking to the last byte kept.
fn told(cache: &Cache, roster: &Roster, part: &Say) -> Duration {
    let hello = Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: roster.me.clone() };
    let cursors = vec![Cursor { account: roster.account.id, seq: roster.members.len() as u64 + 1 }];
    let end = Say::End { cursors, more: false };
    let answer = [hello, part.clone(), end];
    time(|| {
        cache.request("bench", 1 << 20).expect("a request");
        cache.apply(&answer, NOW).expect("is applied");
    })
}

/// The history in answers: everybody joins, and two days later everybody gets another role.
fn parts(roster: &Roster) -> Vec<Say> {
    let mut prev = [0; 32];
    let mut events = Vec::with_capacity(2 * roster.members.len());
    for (n, member) in roster.members.iter().enumerate() {
        let after = Row::Membership(member.clone());
        events.push(event(roster, &mut prev, n, (NOW.0, None, &after)));
    }
    for (n, member) in roster.members.iter().enumerate() {
        let other =
            RoleSet::of(&[if member.roles.has(Role::Read) { Role::Write } else { Role::Read }]);
        let before = Row::Membership(member.clone());
        let after = Row::Membership(Membership { roles: other, ..member.clone() });
        let told = (NOW.0 + 2 * DAY, Some(&before), &after);
        events.push(event(roster, &mut prev, roster.members.len() + n, told));
    }
    let all = events.len();
    let of = LogOf::Workspace(roster.workspace.id);
    let mut parts = Vec::new();
    let mut sent = 0;
    while !events.is_empty() {
        let rest = events.split_off(PART.min(events.len()));
        sent += events.len();
        let through = all as u64 + 1;
        parts.push(Say::Log { of, events, whole: true, through, more: sent < all, anew: false });
        events = rest;
    }
    parts
}

fn event(
    roster: &Roster,
    prev: &mut [u8; 32],
    n: usize,
    (at, before, after): (i64, Option<&Row>, &Row),
) -> Logged {
    let json = |row: &Row| serde_json::to_string(row).expect("a row has a form");
    let kind =
        if before.is_some() { EventKind::MemberRolesChanged } else { EventKind::MemberJoined };
    let mut logged = LoggedEvent {
        account: roster.account.id,
        place: LogPlace { seq: n as u64 + 1, ord: 0 },
        workspace: Some(roster.workspace.id),
        at: Timestamp(at),
        actor: roster.me.id,
        actor_name: roster.me.name.clone(),
        as_admin: false,
        kind: kind.key().to_owned(),
        names: std::collections::BTreeMap::new(),
        before: before.map(json),
        after: json(after),
        command: None,
        request: "0198c0de00000000".to_owned(),
        reason: None,
        prev: *prev,
        hash: [0; 32],
    };
    logged.hash = logged.computed_hash();
    *prev = logged.hash;
    Logged::Shown(Box::new(logged))
}
