//! Windows: order, search, filters, paging.

use muster_domain::{
    Address, End, Ended, GroupId, Labels, MemberState, Membership, Role, RoleSet, Row, Timestamp,
    WorkspaceId,
};
use muster_protocol::Say;
use rusqlite::types::Value;

use super::world::*;
use crate::log::BEHIND;
use crate::row::{Kind, delete_sql};
use crate::{MemberSort, MemberStatus, MemberWindowQuery, WorkspaceQuery};

fn roster() -> World {
    let world = World::empty();
    let people = [
        (1, "Ann", Role::ChatUser, MemberState::Active),
        (2, "ann marie", Role::ContentManager, MemberState::Active),
        (3, "Åsa Öberg", Role::WorkspaceAdmin, MemberState::Active),
        (4, "Zoë Ñandú", Role::AgentManager, MemberState::Suspended),
        (5, "Émile Zola", Role::ChatUser, MemberState::Removed),
        (6, "bob", Role::ChatUser, MemberState::Active),
    ];
    let mut rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
    for (number, name, role, state) in people {
        rows.push(stamped(
            10,
            Row::Membership(Membership {
                roles: RoleSet::of(&[role]),
                state,
                joined: Timestamp(1_000 - i64::from(number)),
                ..member(ws(1), number, name)
            }),
        ));
    }
    let all = vec![grant(ws(1))];
    world.apply(answer(1, 10, vec![Say::Grants { all }, accounts(), chunk(ws(1), rows)]));
    world
}

fn names(world: &World, query: &MemberWindowQuery) -> Vec<String> {
    let window = world.cache.members(query).expect("reads");
    let names: Vec<_> = window.rows.into_iter().map(|row| row.member.name).collect();
    assert!(names.len() <= window.matched as usize);
    names
}

fn query() -> MemberWindowQuery {
    MemberWindowQuery::of(ws(1), 10)
}

#[test]
fn members_sort_without_regard_to_case_and_accents() {
    let world = roster();
    let by_name = ["Ann", "ann marie", "Åsa Öberg", "bob", "Zoë Ñandú"];
    assert_eq!(names(&world, &query()), by_name);
    let mut reversed = by_name;
    reversed.reverse();
    assert_eq!(names(&world, &MemberWindowQuery { descending: true, ..query() }), reversed);
}

#[test]
fn every_sort_has_its_order() {
    let world = roster();
    let check = |sort: MemberSort, expected: &[&str]| {
        assert_eq!(names(&world, &MemberWindowQuery { sort, ..query() }), expected, "by {sort:?}");
    };
    check(MemberSort::Address, &["Ann", "ann marie", "Åsa Öberg", "Zoë Ñandú", "bob"]);
    check(MemberSort::Joined, &["bob", "Zoë Ñandú", "Åsa Öberg", "ann marie", "Ann"]);
    check(MemberSort::Status, &["Ann", "ann marie", "Åsa Öberg", "bob", "Zoë Ñandú"]);
    check(MemberSort::Role, &["Åsa Öberg", "Zoë Ñandú", "ann marie", "Ann", "bob"]);
}

#[test]
fn search_takes_words_in_any_order_in_name_and_address() {
    let world = roster();
    let check = |text: &str, expected: &[&str]| {
        let query = MemberWindowQuery { text: text.to_owned(), ..query() };
        assert_eq!(names(&world, &query), expected, "for {text:?}");
    };
    check("oberg asa", &["Åsa Öberg"]);
    check("ÖBERG", &["Åsa Öberg"]);
    check("ann", &["Ann", "ann marie"]);
    check("person4", &["Zoë Ñandú"]);
    check("nandu person4@client", &["Zoë Ñandú"]);
    check("zola", &[]);
    check("%", &[]);
}

#[test]
fn filters_and_counts_go_by_state_and_role() {
    let world = roster();
    let window = world.cache.members(&query()).expect("reads");
    assert_eq!((window.people, window.owners, window.leaving, window.matched), (5, 1, 0, 5));
    let counts = (window.counts.active, window.counts.suspended, window.counts.former);
    assert_eq!(counts, (4, 1, 1));
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!(entry.people, Some(5), "the sidebar and the title say the same number");
    let by_status = |status| names(&world, &MemberWindowQuery { status, ..query() });
    assert_eq!(by_status(MemberStatus::Former), ["Émile Zola"]);
    assert_eq!(by_status(MemberStatus::Suspended), ["Zoë Ñandú"]);
    assert_eq!(by_status(MemberStatus::Active).len(), 4);
    let roles = RoleSet::of(&[Role::WorkspaceAdmin, Role::AgentManager]);
    assert_eq!(names(&world, &MemberWindowQuery { roles, ..query() }), ["Åsa Öberg", "Zoë Ñandú"]);
}

#[test]
fn pages_follow_each_other() {
    let world = roster();
    let page = |offset, limit| names(&world, &MemberWindowQuery { offset, limit, ..query() });
    assert_eq!(page(0, 2), ["Ann", "ann marie"]);
    assert_eq!(page(2, 2), ["Åsa Öberg", "bob"]);
    assert_eq!(page(4, 2), ["Zoë Ñandú"]);
    assert_eq!(page(9, 2), Vec::<String>::new());
    let text = "a".to_owned();
    let second = MemberWindowQuery { text, offset: 1, limit: 1, ..query() };
    assert_eq!(names(&world, &second), ["ann marie"]);
    assert_eq!(world.cache.member_ids(&query()).expect("reads").len(), 5);
}

#[test]
fn letters_jump_to_the_next_name_that_starts_so_in_all_rows() {
    let world = roster();
    let jump = |query: &MemberWindowQuery, letters: &str, after| {
        world.cache.member_starting(query, letters, after).expect("reads")
    };
    let by_name = query();
    assert_eq!(jump(&by_name, "a", 0), Some(1), "Ann, then Ann Marie");
    assert_eq!(jump(&by_name, "a", 1), Some(2), "accents do not count: Åsa");
    assert_eq!(jump(&by_name, "A", 2), Some(0), "and from the top again");
    assert_eq!(jump(&by_name, "zo", 0), Some(4));
    assert_eq!(jump(&by_name, "marie", 0), None, "only how a name starts");
    let backwards = MemberWindowQuery { descending: true, ..query() };
    assert_eq!(jump(&backwards, "bob", 4), Some(1), "in the order that is shown");
    let limited = MemberWindowQuery { offset: 3, limit: 1, ..query() };
    assert_eq!(jump(&limited, "z", 0), Some(4), "in every row, not in the page");
}

fn plan_of(world: &World, order: &str) -> String {
    let sql = format!(
        "EXPLAIN QUERY PLAN SELECT id FROM members WHERE workspace = x'01' AND former = 0
         AND roles & 3 != 0 AND shown = 0 ORDER BY {order} LIMIT 128 OFFSET 5"
    );
    world.cache.with_mirror(|db| {
        let mut statement = db.prepare(&sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get::<_, String>("detail")).expect("explains");
        rows.map(|row| row.expect("reads")).collect::<Vec<_>>().join("; ")
    })
}

#[test]
fn orders_of_large_lists_are_covered_by_an_index() {
    let world = roster();
    for (order, index) in [
        ("folded, id", "COVERING INDEX members_by_name"),
        ("folded DESC, id DESC", "COVERING INDEX members_by_name"),
        ("address, id", "COVERING INDEX members_by_address"),
    ] {
        let plan = plan_of(&world, order);
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{order}: {plan}");
    }
}

#[test]
fn r6_owners_are_counted_by_the_index_of_the_owner_class() {
    assert_eq!(crate::roster::owner_roles().to_bits(), 17, "as the schema's index says");
    let world = roster();
    let plan: String = world.cache.with_mirror(|db| {
        let sql = "EXPLAIN QUERY PLAN SELECT count(*) FROM members WHERE workspace = x'01'
                   AND roles & 17 != 0 AND roles & 1 != 0 AND state = 0 AND until IS NULL";
        db.query_row(sql, [], |row| row.get("detail")).expect("explains")
    });
    assert!(plan.contains("members_owners"), "{plan}");
}

// An unsent start of a review over 12,000 people holds as many rows: taken back by passing over
// the table once for each of them, it kept the copy busy for minutes.
#[test]
fn a_row_of_any_kind_is_taken_out_without_passing_over_the_others() {
    let world = roster();
    for kind in Kind::ALL {
        let sql = format!("EXPLAIN QUERY PLAN {}", delete_sql(kind));
        let plan: String = world.cache.with_mirror(|db| {
            db.query_row(&sql, [vec![1; 32]], |row| row.get("detail")).expect("explains")
        });
        assert!(plan.starts_with("SEARCH"), "{kind:?}: {plan}");
    }
}

// Every answer asks these, however many workspaces there are.
#[test]
fn what_is_behind_is_found_without_passing_over_every_chain() {
    let world = roster();
    for sql in [
        "SELECT id FROM logs WHERE workspace IS NULL".to_owned(),
        "SELECT id FROM logs WHERE more = 1".to_owned(),
        format!("SELECT id FROM logs WHERE {BEHIND}"),
    ] {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let plan: Vec<String> = world.cache.with_mirror(|db| {
            let mut steps = db.prepare(&explain).expect("prepares");
            let steps = steps.query_map([], |row| row.get("detail")).expect("explains");
            steps.collect::<Result<_, _>>().expect("reads")
        });
        assert!(!plan.iter().any(|step| step == "SCAN logs"), "{sql}: {plan:?}");
    }
}

#[test]
fn counts_follow_single_changes() {
    let world = roster();
    let change = |number: u32, state, role| {
        stamped(
            20,
            Row::Membership(Membership {
                roles: RoleSet::of(&[role]),
                state,
                ..member(ws(1), number, "Changed")
            }),
        )
    };
    let rows = vec![
        change(1, MemberState::Removed, Role::ChatUser),
        change(2, MemberState::Active, Role::WorkspaceAdmin),
        change(3, MemberState::Suspended, Role::WorkspaceAdmin),
        change(9, MemberState::Active, Role::ChatUser),
    ];
    world.apply(answer(1, 20, vec![Say::Rows { rows: rows.clone() }]));
    // The same rows again, as after an answer that got lost, count once.
    world.apply(answer(1, 20, vec![Say::Rows { rows }]));
    let kept = world.cache.members(&query()).expect("reads");
    world.cache.with_mirror(|db| crate::roster::recount(db, ws(1)).expect("counts"));
    let counted = world.cache.members(&query()).expect("reads");
    assert_eq!(kept, counted, "what is added up is what there is");
    assert_eq!((kept.people, kept.owners, kept.counts.suspended, kept.counts.former), (5, 1, 2, 2));
}

fn switcher(names: &[&str]) -> World {
    let world = World::empty();
    let mut frames = vec![accounts()];
    let mut all = Vec::new();
    for (number, name) in (1..).zip(names) {
        all.push(grant(ws(number)));
        let rows = vec![stamped(10, Row::Workspace(workspace(ws(number), name)))];
        frames.push(chunk(ws(number), rows));
    }
    frames.insert(0, Say::Grants { all });
    world.apply(answer(1, 10, frames));
    world
}

fn found(world: &World, text: &str) -> Vec<String> {
    let query = WorkspaceQuery { text: text.to_owned(), limit: 10, ..WorkspaceQuery::default() };
    let window = world.cache.workspaces(&query).expect("reads");
    window.rows.into_iter().map(|row| row.workspace.name).collect()
}

#[test]
fn u29_workspaces_are_found_best_match_first() {
    let world =
        switcher(&["Northwind Retail", "Old Northern Mill", "Retail North", "Énorth", "Zeta"]);
    assert_eq!(
        found(&world, "north"),
        ["Northwind Retail", "Old Northern Mill", "Retail North", "Énorth"]
    );
    assert_eq!(found(&world, "retail north"), ["Retail North", "Northwind Retail"]);
    assert_eq!(found(&world, "enorth"), ["Énorth"]);
    assert_eq!(found(&world, "larch zeta"), ["Zeta"], "the account's name counts");
    assert_eq!(found(&world, "nothing"), Vec::<String>::new());
    assert_eq!(found(&world, "").len(), 5);
}

#[test]
fn e56_equal_names_are_flagged() {
    let world = switcher(&["Retail", "retail", "Other"]);
    let window = world
        .cache
        .workspaces(&WorkspaceQuery { limit: 10, ..WorkspaceQuery::default() })
        .expect("reads");
    let flags: Vec<_> =
        window.rows.iter().map(|row| (row.workspace.name.as_str(), row.same_name)).collect();
    assert_eq!(flags, [("Other", false), ("Retail", true), ("retail", true)]);
}

#[test]
fn a_rename_that_is_not_sent_shows_both_names() {
    let world = switcher(&["Northwind"]);
    world.submit(muster_domain::Command::RenameWorkspace {
        workspace: ws(1),
        was: "Northwind".to_owned(),
        title: "Southwind".to_owned(),
    });
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!(entry.workspace.name, "Southwind");
    assert_eq!(entry.confirmed.expect("is touched").name, "Northwind");
    assert_eq!(found(&world, "south"), ["Southwind"]);
    assert_eq!(world.cache.last_workspace().expect("reads"), None::<WorkspaceId>);
    world.cache.prefer(ws(1)).expect("writes");
    assert_eq!(world.cache.last_workspace().expect("reads"), Some(ws(1)));
}

/// What the table has of a member, column by column.
fn stored(world: &World, number: u32) -> Vec<Value> {
    world.cache.with_mirror(|db| {
        let mut row = db.prepare("SELECT * FROM members WHERE id = ?1").expect("prepares");
        let width = row.column_count();
        let values = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
        row.query_row([mid(number).to_bytes()], values).expect("is there")
    })
}

// Only the columns that differ are written.
#[test]
fn a_member_that_changed_is_kept_as_one_that_came_so() {
    let was = member(ws(1), 1, "Ann");
    let end = End { at: Timestamp(5_000), roles: Some(RoleSet::of(&[Role::ChatUser])) };
    let all = Membership {
        login: login_id(8),
        name: "Åsa".to_owned(),
        address: Address::parse("asa@client.example").expect("an address"),
        roles: RoleSet::of(&[Role::WorkspaceAdmin]),
        state: MemberState::Removed,
        until: Some(end),
        given_by: Some("Bea".to_owned()),
        given_at: Some(Timestamp(7)),
        labels: Labels::clean(["night shift"]).expect("labels"),
        note: "a note".to_owned(),
        group: Some(GroupId::from_bytes([3; 16])),
        joined: Timestamp(9),
        ended: Some(Ended { at: Timestamp(11), by: "Bea".to_owned() }),
        ..was.clone()
    };
    let others = [
        Membership { name: all.name.clone(), ..was.clone() },
        Membership { roles: all.roles, ..was.clone() },
        Membership { state: all.state, ..was.clone() },
        Membership { note: all.note.clone(), ..was.clone() },
        was.clone(),
        all,
    ];
    for is in others {
        let (changed, came) = (roster(), roster());
        for (seq, row) in [(20, was.clone()), (30, is.clone()), (40, was.clone()), (50, is.clone())]
        {
            let rows = vec![stamped(seq, Row::Membership(row))];
            changed.apply(answer(1, seq, vec![Say::Rows { rows }]));
        }
        came.cache.with_mirror(|db| db.execute("DELETE FROM members", []).expect("deletes"));
        let rows = vec![stamped(50, Row::Membership(is.clone()))];
        came.apply(answer(1, 50, vec![Say::Rows { rows }]));
        assert_eq!(stored(&changed, 1), stored(&came, 1), "{is:?}");
    }
}
