//! The roster of a day: page by page, by the chain and not by the clock, through its indexes.

use muster_domain::{EventKind, Membership, Role, RoleSet, Timestamp};

use super::history::{ANA, BO, Chain, joined, roster, tell, told, turned};
use super::world::*;
use crate::{MemberSort, MemberWindowQuery};

#[test]
fn the_roster_of_a_day_is_rebuilt() {
    let world = told();
    assert_eq!(roster(&world, 99), []);
    let names: Vec<_> = roster(&world, 899).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Alejandro Ruiz", "Bea Åström", "Chidi Anagonye"]);
    assert_eq!(roster(&world, 499)[1].1, RoleSet::of(&[Role::ChatUser]));
    assert_eq!(roster(&world, 500)[1].1, RoleSet::of(&[Role::ContentManager]));
    assert_eq!(roster(&world, 900).len(), 2);
    let query = MemberWindowQuery { text: "bea".to_owned(), ..MemberWindowQuery::of(ws(1), 9) };
    let page = world.cache.as_of(&query, Timestamp(899)).expect("reads");
    assert_eq!((page.people, page.matched), (3, 1));
}

#[test]
fn the_pages_of_a_day_are_one_list_in_any_order() {
    let world = told();
    for sort in [MemberSort::Name, MemberSort::Address, MemberSort::Role, MemberSort::Joined] {
        for descending in [false, true] {
            let query = MemberWindowQuery { sort, descending, ..MemberWindowQuery::of(ws(1), 9) };
            let of = |offset, limit| {
                let query = MemberWindowQuery { offset, limit, ..query.clone() };
                let page = world.cache.as_of(&query, Timestamp(899)).expect("reads");
                assert_eq!((page.people, page.matched), (3, 3));
                page.rows.into_iter().map(|it| it.name).collect::<Vec<_>>()
            };
            let all = of(0, 9);
            assert_eq!(all.len(), 3);
            let one_by_one: Vec<_> = (0..3).flat_map(|offset| of(offset, 1)).collect();
            assert_eq!(one_by_one, all, "{sort:?}, descending {descending}");
            assert_eq!([of(0, 2), of(2, 2), of(4, 2)].concat(), all);
        }
    }
    let later = roster(&world, 900);
    assert_eq!(later.len(), 2, "another day is another list");
}

#[test]
fn a_clock_that_was_set_back_moves_nothing_in_the_chain() {
    // The last event up to a moment is found by the time where times rise, and among the few
    // that do not; it has to be what a look at every event finds.
    for seed in 0..40_u64 {
        let world = World::northwind();
        let mut chain = Chain::northwind();
        let (mut state, mut at) = (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, 1_000_i64);
        let mut before = member(ws(1), 1, "Alejandro Ruiz");
        chain.add(1, at, ANA, joined(1, "Alejandro Ruiz"));
        for seq in 2..30 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seq);
            let step = i64::try_from((state >> 33) % 100).expect("small");
            at += step - if step % 4 == 0 { 90 } else { 20 };
            let roles =
                RoleSet::of(&[if seq % 2 == 0 { Role::ContentManager } else { Role::ChatUser }]);
            let after = Membership { roles, ..before.clone() };
            chain.add(seq, at, BO, turned(EventKind::MemberRolesChanged, &before, after.clone()));
            before = after;
        }
        // In two parts, so that what is late in the second is known from the first.
        tell(&world, 29, vec![chain.say(0, 11, true)]);
        tell(&world, 29, vec![chain.say(11, chain.events.len(), false)]);
        for moment in 500..1_800 {
            let (found, wanted) = world
                .cache
                .read(|mirror| {
                    let db = mirror.db();
                    let sql = "SELECT max(id) FROM events WHERE workspace = ?1 AND at <= ?2";
                    let values = rusqlite::params![ws(1).to_bytes(), moment];
                    let wanted: Option<i64> = db.query_row(sql, values, |row| row.get(0))?;
                    Ok((crate::past::cut(db, ws(1), Timestamp(moment))?, wanted))
                })
                .expect("reads");
            assert_eq!(found, wanted, "seed {seed}, moment {moment}");
        }
    }
}

#[test]
fn questions_of_the_past_go_through_their_indexes() {
    let world = told();
    let plan = |sql: &str| -> Vec<String> {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let ask = |mirror: &crate::mirror::Mirror<'_>| {
            let mut statement = mirror.db().prepare(&sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>("detail"))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        world.cache.read(ask).expect("reads")
    };
    let check = |sql: &str, index: &str| {
        let plan = plan(sql);
        assert!(plan.iter().any(|it| it.contains(index)), "{sql}: {plan:?}");
        assert!(!plan.iter().any(|it| it.contains("TEMP B-TREE")), "{sql}: {plan:?}");
    };
    check(
        "SELECT id, kind FROM events e WHERE e.kind IS NOT NULL AND e.workspace = x'01'
             AND instr(e.folded, 'bea') > 0 ORDER BY e.at DESC, e.id DESC LIMIT 50",
        "USING INDEX events_by_workspace",
    );
    check(
        "SELECT r.before FROM events e JOIN event_rows r ON r.id = e.id
         WHERE e.workspace = x'01' AND e.id > 7
             AND e.kind IN ('role.defined', 'role.changed', 'role.deleted') ORDER BY e.id DESC",
        "USING INDEX events_of_roles",
    );
    check(
        "SELECT max(id) FROM events WHERE workspace = x'01' AND late = 1 AND at <= 9",
        "events_late",
    );
    let columns = "membership, event, roles, state, until, labels, folded, joined";
    let day = crate::day::standing(columns).replace("?1", "x'01'").replace("?2", "9");
    for part in [
        "USING COVERING INDEX event_members_standing (workspace=? AND gone=? AND event<?)",
        "USING COVERING INDEX event_members_standing (workspace=? AND gone>?)",
    ] {
        check(&day, part);
    }
}
