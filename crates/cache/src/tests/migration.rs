//! Files of earlier versions: the outbox goes on with everything in it, the mirror is emptied.

use rusqlite::Connection;

use super::world::*;
use crate::keys::FileKey;
use crate::open::{self, MIRROR, Migration, OUTBOX, Use};
use crate::{EntryState, MemberWindowQuery, Opened, WorkspaceQuery};

/// A file as the first so many steps of its schema leave it.
fn file(world: &tempfile::TempDir, name: &str, key: u8, steps: &[Migration]) -> Connection {
    let purpose = if name == "mirror.db" { Use::WriteMirror } else { Use::WriteOutbox };
    let path = world.path().join(name);
    open::open(&path, &FileKey::new(&[key; 32]), purpose, steps).expect("opens")
}

/// The outbox as version 0.1.0 left it: one command of each state, in the lane of `device`.
fn old_outbox(dir: &tempfile::TempDir) {
    let db = file(dir, "outbox.db", 2, &OUTBOX[..1]);
    db.execute(
        "INSERT INTO lane (only_one, login, device, next_n, acked) VALUES (1, ?1, ?2, 3, 1)",
        [me().id.to_bytes(), device().to_bytes()],
    )
    .expect("writes");
    let body = format!(
        r#"{{"name":"member.remove/1","args":{{"workspace":"{}","membership":"{}"}}}}"#,
        ws(1),
        mid(1)
    );
    let label = r#"{"workspace_name":"Northwind","person":"Alejandro Ruiz"}"#;
    let refused = r#"{"expected":"refuse","refusal":{"code":"r3.target"}}"#;
    for (state, lane_n, expected) in [
        ("settled", Some(1), r#"{"expected":"accept"}"#),
        ("sending", Some(2), r#"{"expected":"accept"}"#),
        ("waiting", None, refused),
        ("refused", None, r#"{"expected":"unknown"}"#),
    ] {
        db.execute(
            "INSERT INTO commands (id, body, workspace, membership, creates, label, made_at,
                 grant_seq, deps, expected, state, lane_n)
             VALUES (randomblob(16), ?1, ?2, ?3, NULL, ?4, ?5, 1, '[]', ?6, ?7, ?8)",
            rusqlite::params![
                body,
                ws(1).to_bytes(),
                mid(1).to_bytes(),
                label,
                NOW.0,
                expected,
                state,
                lane_n
            ],
        )
        .expect("writes");
    }
}

/// The mirror as version 0.1.0 left it, with a member in it.
fn old_mirror(dir: &tempfile::TempDir) {
    let db = file(dir, "mirror.db", 1, &MIRROR[..1]);
    let me = serde_json::to_string(&me()).expect("encodes");
    db.execute("INSERT INTO meta VALUES ('me', ?1), ('epoch', '1')", [me]).expect("writes");
    db.execute(
        "INSERT INTO members (id, workspace, login, name, address, folded, roles, state, shown,
             former, joined, seq) VALUES (x'01', x'01', x'01', 'Old', 'old', 'old', 1, 0, 0, 0, 1, 1)",
        [],
    )
    .expect("writes");
}

#[test]
fn d5_an_outbox_of_an_earlier_version_keeps_every_command() {
    let dir = tempfile::tempdir().expect("a folder");
    old_outbox(&dir);
    let cache = open(dir.path()).expect("opens");
    let states: Vec<_> =
        (1..=4).map(|n| cache.entry(n).expect("reads").expect("is there").state).collect();
    assert_eq!(
        states,
        [EntryState::Settled, EntryState::Sending, EntryState::Waiting, EntryState::Refused]
    );
    let entry = cache.entry(3).expect("reads").expect("is there");
    assert_eq!(entry.command, Some(remove(1)), "a command keeps its meaning for ever");
    assert_eq!(entry.label.person.as_deref(), Some("Alejandro Ruiz"));
    assert_eq!(entry.label.object, None);
    let world = World { dir, cache };
    let numbers: Vec<_> = world.request().1.iter().map(|push| push.n).collect();
    assert_eq!(numbers, [2, 3], "the lane goes on where it was");
    assert!(world.request().1.iter().all(|push| push.body == entry.body), "the same bytes");
}

#[test]
fn d5_a_mirror_of_an_earlier_version_is_emptied_and_fetched_again() {
    let dir = tempfile::tempdir().expect("a folder");
    old_mirror(&dir);
    let cache = open(dir.path()).expect("opens");
    assert_eq!(cache.opened(), Opened::Found);
    assert_eq!(cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 0);
    let world = World { dir, cache };
    let (have, _) = world.request();
    assert_eq!((have.epoch, have.cursors.len(), have.grants.count), (None, 0, 0), "first contact");
    world.apply(answer(1, 10, northwind_frames()));
    let window = world.cache.members(&MemberWindowQuery::of(ws(1), 9)).expect("reads");
    assert_eq!(window.rows.len(), 3);
    assert_eq!(world.restart().cache.opened(), Opened::Found);
}

#[test]
fn a_history_of_an_earlier_version_learns_until_when_everybody_stood() {
    let dir = tempfile::tempdir().expect("a folder");
    let steps: Vec<_> = MIRROR.iter().copied().take_while(|(n, _)| *n < 2_026_112_731).collect();
    let db = file(&dir, "mirror.db", 1, &steps);
    for (workspace, membership, event) in
        [(1_u8, 1_u8, 3), (1, 2, 4), (1, 1, 7), (2, 1, 8), (1, 1, 9)]
    {
        db.execute(
            "INSERT INTO event_members (workspace, membership, event, login, roles, state, folded,
                 joined, labels) VALUES (?1, ?2, ?3, x'01', 1, 0, 'old', 1, '')",
            rusqlite::params![[workspace; 16], [membership; 16], event],
        )
        .expect("writes");
    }
    drop(db);
    let db = file(&dir, "mirror.db", 1, MIRROR);
    let mut statement =
        db.prepare("SELECT event, gone FROM event_members ORDER BY event").expect("reads");
    let found: Vec<(i64, Option<i64>)> = statement
        .query_map([], |row| Ok((row.get("event")?, row.get("gone")?)))
        .and_then(Iterator::collect)
        .expect("reads");
    assert_eq!(found, [(3, Some(7)), (4, None), (7, Some(9)), (8, None), (9, None)]);
}

#[test]
fn a_history_of_an_earlier_version_knows_how_far_rows_are_ahead_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let steps: Vec<_> = MIRROR.iter().copied().take_while(|(n, _)| *n < 2_026_112_801).collect();
    let db = file(&dir, "mirror.db", 1, &steps);
    for (chain, through, head) in [(1_u8, 7, 9), (2, 9, 9), (3, 9, 0)] {
        db.execute(
            "INSERT INTO logs (id, account, through, head, more) VALUES (?1, ?1, ?2, ?3, 0)",
            rusqlite::params![[chain; 16], through, head],
        )
        .expect("writes");
    }
    drop(db);
    let db = file(&dir, "mirror.db", 1, MIRROR);
    let mut statement = db.prepare("SELECT log, head FROM ahead").expect("reads");
    let found: Vec<([u8; 16], i64)> = statement
        .query_map([], |row| Ok((row.get("log")?, row.get("head")?)))
        .and_then(Iterator::collect)
        .expect("reads");
    assert_eq!(found, [([1; 16], 9)], "of the others everything is here");
}
