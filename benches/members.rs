//! The first 200 members by name out of 100,000, with all that the list shows around them,
//! against the bare query for the rows; and the first 200 by when they last changed something,
//! where everybody did, against the order by name.

mod support;

use std::hint::black_box;

use muster_cache::{MemberSort, MemberWindowQuery};
use rusqlite::types::Value;
use support::{bare, median, mirror_file, report, roster, time};

const PEOPLE: usize = 100_000;
const ROWS: u32 = 200;
const ROUNDS: u64 = 51;

fn main() {
    let roster = roster(PEOPLE);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let cache = roster.synced(dir.path());
    let query = MemberWindowQuery::of(roster.workspace.id, ROWS);
    let window = median(ROUNDS, |_| {
        time(|| {
            let window = cache.members(&query).expect("the copy can be read");
            assert_eq!(window.rows.len(), ROWS as usize);
            black_box(window);
        })
    });

    let db = bare(&mirror_file(dir.path()));
    let sql = "SELECT * FROM members WHERE workspace = ? AND former = 0 ORDER BY folded LIMIT 200";
    let mut select = db.prepare(sql).expect("the columns of the schema");
    let width = select.column_count();
    let floor = median(ROUNDS, |_| {
        time(|| {
            let values = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
            let rows = select.query_map([roster.workspace.id.to_bytes()], values);
            let rows: Vec<Vec<Value>> =
                rows.and_then(Iterator::collect).expect("rows of plain values");
            assert_eq!(rows.len(), ROWS as usize);
            black_box(rows);
        })
    });
    report("first 200 of 100,000 members by name", window, "the bare query", floor);

    drop(select);
    // As the history leaves it: everybody changed something once, in no order that helps.
    db.execute_batch(
        "INSERT INTO acted SELECT workspace, login,
             row_number() OVER (ORDER BY folded) * 7919 % 100003 FROM members WHERE former = 0",
    )
    .expect("the columns of the schema");
    let spent = |query: &MemberWindowQuery| {
        median(ROUNDS, |_| {
            time(|| {
                let window = cache.members(query).expect("the copy can be read");
                assert_eq!(window.rows.len(), ROWS as usize);
                black_box(window);
            })
        })
    };
    let named = spent(&query);
    for (descending, way) in [(false, "the oldest first"), (true, "the latest first")] {
        let query = MemberWindowQuery { sort: MemberSort::Acted, descending, ..query.clone() };
        let what = format!("first 200 of 100,000 members by last change, {way}");
        report(&what, spent(&query), "by name", named);
    }
}
