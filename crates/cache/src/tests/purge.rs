//! Losing access: no row and no byte is left (R10, sync.md 4.13).

use std::fs;

use muster_domain::{
    Command, ContentBody, ContentKind, End, Membership, RefusalCode, Role, RoleSet, Row,
};
use muster_protocol::{Accounts, Invited, Offered, Say};

use super::world::*;
use crate::{EntryState, WorkspaceQuery};

/// Stands in every text of the workspace that will be lost.
const CANARY: &str = "Canary";

/// Every table of the mirror but the few facts about the copy itself.
fn tables(world: &World) -> Vec<String> {
    world.cache.with_mirror(|db| {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'meta'
                   AND name NOT LIKE 'sqlite_%'";
        let mut statement = db.prepare(sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get(0)).expect("lists");
        rows.collect::<Result<_, _>>().expect("reads")
    })
}

fn count(world: &World, table: &str) -> u32 {
    let sql = format!("SELECT count(*) FROM {table}");
    world.cache.with_mirror(|db| db.query_row(&sql, [], |row| row.get(0)).expect("counts"))
}

/// A workspace with something in every table, and something unsent of every sort.
pub(super) fn full() -> World {
    let world = World::northwind();
    let mut rows = vec![
        stamped(
            11,
            Row::Membership(Membership {
                labels: labels(&["Canary Label"]),
                note: "Canary Note".to_owned(),
                until: Some(End { at: NOW.plus_days(1), roles: None }),
                ..member(ws(1), 1, "Canary Name")
            }),
        ),
        stamped(11, Row::Invitation(invitation(ws(1), 1, "canary@client.example"))),
        stamped(11, Row::Role(own_role(ws(1), 0, "Canary Role"))),
    ];
    for (number, kind) in (1..).zip(ContentKind::ALL) {
        let record = content(ws(1), number, "Canary Record", body(*kind));
        rows.push(stamped(11, Row::Content(record)));
    }
    let group = muster_domain::Group {
        id: muster_domain::GroupId::from_bytes([70; 16]),
        account: account_id(),
        name: "Canary Group".to_owned(),
        covers: muster_domain::Covers::AllBut(Vec::new()),
        roles: RoleSet::of(&[Role::ChatUser]),
        people: Vec::new(),
        deleted: false,
    };
    let mut trashed = workspace(ws(9), "Canary Bin");
    trashed.status = muster_domain::WorkspaceStatus::Trashed;
    let offer = muster_domain::Offer {
        to: account_id(),
        from: "Canary Account".to_owned(),
        by: "Canary Person".to_owned(),
        at: NOW,
    };
    let accounts = Accounts {
        bin: vec![trashed],
        groups: vec![group],
        offers: vec![Offered { workspace: ws(8), name: "Canary".to_owned(), people: 3, offer }],
        inbox: vec![invited()],
        ..held()
    };
    let person = Membership { note: "Canary Note".to_owned(), ..member(ws(1), 7, "Canary Name") };
    rows.push(stamped(11, Row::Review(super::reviews::review(1))));
    rows.push(stamped(11, Row::ReviewLine(super::reviews::frozen(&person))));
    let mut chain = super::history::Chain::northwind();
    let event = muster_domain::Event {
        kind: muster_domain::EventKind::MemberJoined,
        before: None,
        after: Row::Membership(person),
    };
    chain.add(11, NOW.0, 0, event);
    let frames = vec![Say::Accounts(accounts), Say::Rows { rows }, chain.all()];
    super::history::tell(&world, 11, frames);
    world
}

fn invited() -> Invited {
    Invited {
        invitation: muster_domain::InvitationId::from_bytes([71; 16]),
        address: "ana@larch.example".to_owned(),
        workspace_name: "Canary Workspace".to_owned(),
        account_name: "Canary Account".to_owned(),
        scheme: muster_domain::SchemeId::Managed,
        roles: RoleSet::of(&[Role::ChatUser]),
        own_roles: Vec::new(),
        inviter_name: "Canary Person".to_owned(),
        message: None,
        expires: NOW,
    }
}

fn unsent(world: &World) -> Vec<u64> {
    let prompt = || ContentBody::Prompt { text: "Canary Text".to_owned() };
    let (workspace, membership) = (ws(1), mid(1));
    [
        remove(2),
        create(30, "Canary Title", prompt()),
        Command::ChangeContent {
            workspace,
            content: cid(2),
            version: 1,
            title: "Canary Title".to_owned(),
            body: prompt(),
        },
        delete(3),
        Command::SetMemberNote {
            workspace,
            membership,
            was: "Canary Note".to_owned(),
            note: "Canary Again".to_owned(),
        },
        Command::SetMemberLabels {
            workspace,
            membership,
            was: labels(&["Canary Label"]),
            labels: labels(&["Canary Other"]),
        },
        Command::SetWorkspaceLabels {
            workspace,
            was: labels(&[]),
            labels: labels(&["Canary Place"]),
        },
        Command::RenameWorkspace {
            workspace,
            was: "Northwind".to_owned(),
            title: "Canary Wind".to_owned(),
        },
    ]
    .into_iter()
    .map(|command| world.submit(command))
    .collect()
}

#[test]
fn r10_losing_access_leaves_no_row_and_refuses_what_waited() {
    let world = full();
    let waiting = unsent(&world);
    for table in tables(&world) {
        assert_ne!(count(&world, &table), 0, "the test has nothing in {table}");
    }
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    let done = world.apply(answer(1, 12, nothing));
    assert_eq!(done.left, [ws(1)]);
    for table in tables(&world) {
        // The answer's own cursors are numbers, no data.
        if table != "cursors" {
            assert_eq!(count(&world, &table), 0, "rows left in {table}");
        }
    }
    for n in waiting {
        let entry = world.cache.entry(n).expect("reads").expect("is there");
        assert_eq!(entry.state, EntryState::Refused);
        let refusal = entry.outcome.expect("has one").refusal.expect("a reason");
        assert_eq!(refusal.code, RefusalCode::GrantChanged);
        assert_eq!((entry.label.person, entry.label.object), (None, None));
        assert!(!entry.body.contains(CANARY), "{} quotes what is gone", entry.body);
        assert!(entry.command.is_some(), "what was asked can be told");
    }
    assert!(world.request().1.is_empty());
}

#[test]
fn r10_no_text_of_a_lost_workspace_is_left_in_the_decrypted_files() {
    let world = full();
    // Refused before, with names in its reason; sent and accepted; and still waiting.
    world.submit(remove(1));
    world.request();
    let refusal = muster_domain::Refusal::new(RefusalCode::TargetTooStrong).with("name", CANARY);
    let outcome = muster_protocol::Outcome {
        n: 1,
        status: muster_protocol::OutcomeStatus::Refused,
        refusal: Some(refusal),
        seq: None,
        at: NOW,
    };
    world.apply(answer(1, 11, vec![Say::Outcome(outcome)]));
    unsent(&world);
    let found = || {
        [("mirror.db", 1), ("outbox.db", 2)].map(|(file, key)| {
            let bytes = decrypted(&world, file, key);
            bytes.windows(CANARY.len()).filter(|it| *it == CANARY.as_bytes()).count()
        })
    };
    let before = found();
    assert!(before.iter().all(|hits| *hits > 10), "the canaries are there: {before:?}");
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    world.apply(answer(1, 12, nothing));
    assert_eq!(found(), [0, 0]);
}

#[test]
fn r10_what_was_on_its_way_when_access_ended_is_emptied_when_it_is_settled() {
    let world = full();
    let n = world.submit(Command::SetMemberNote {
        workspace: ws(1),
        membership: mid(1),
        was: "Canary Note".to_owned(),
        note: "Canary Again".to_owned(),
    });
    let sent = world.request().1[0].body.clone();
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    world.apply(answer(1, 12, nothing));
    assert_eq!(world.request().1[0].body, sent, "the server compares what comes again");
    world.apply(answer(1, 12, vec![refused(1)]));
    let entry = world.cache.entry(n).expect("reads").expect("is there");
    assert_eq!((entry.state, entry.label.person), (EntryState::Refused, None));
    assert!(!entry.body.contains(CANARY), "{}", entry.body);
}

/// The bytes of everything in a file, without the encryption. What was there before is
/// overwritten by SQLite itself, which `d5_what_is_deleted_is_overwritten` holds it to.
fn decrypted(world: &World, file: &str, key: u8) -> Vec<u8> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = world.dir.path().join(file);
    let key = crate::keys::FileKey::new(&[key; 32]);
    let db = crate::open::open(&path, &key, crate::open::Use::Read, &[]).expect("opens");
    let plain = dir.path().join("plain.db");
    db.pragma_update(None, "query_only", false).expect("a setting");
    db.execute("ATTACH ?1 AS plain KEY ''", [plain.to_str().expect("a path")]).expect("attaches");
    db.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).expect("exports");
    db.execute_batch("DETACH plain").expect("detaches");
    fs::read(plain).expect("reads")
}

#[test]
fn d5_what_is_deleted_is_overwritten() {
    let world = World::northwind();
    let is_on: i64 = world.cache.with_mirror(|db| {
        db.query_row("PRAGMA secure_delete", [], |row| row.get(0)).expect("reads")
    });
    assert_eq!(is_on, 1);
}

#[test]
fn r10_losing_one_workspace_keeps_the_others() {
    let world = full();
    let other = stamped(11, Row::Workspace(workspace(ws(2), "Southwind")));
    let all = vec![grant(ws(1)), grant(ws(2))];
    let record = content(ws(2), 90, "Kept", body(ContentKind::Lead));
    let rows = vec![other, stamped(11, Row::Content(record))];
    world.apply(answer(1, 11, vec![Say::Grants { all }, chunk(ws(2), rows)]));
    world.apply(answer(1, 12, vec![Say::Grants { all: vec![grant(ws(2))] }, accounts()]));
    assert_eq!(count(&world, "contents"), 1);
    assert_eq!(world.cache.content_counts(ws(2)).expect("reads").of(ContentKind::Lead), 1);
    assert!(world.cache.content(cid(1)).expect("reads").is_none());
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 1);
    assert!(world.cache.bin(0, 9).expect("reads").rows.is_empty(), "accounts come whole");
}

#[test]
fn r10_a_narrower_view_is_fetched_anew_without_what_it_does_not_hold() {
    let world = full();
    let rows = vec![stamped(11, Row::Workspace(workspace(ws(1), "Northwind")))];
    let mut narrower = narrow(&[], rows, held());
    for frame in &mut narrower {
        if let Say::Grants { all } = frame {
            all[0].grant_seq = 2;
        }
        if let Say::Chunk { grant_seq, .. } = frame {
            *grant_seq = 2;
        }
    }
    world.apply(narrower);
    for table in [
        "members",
        "contents",
        "content_counts",
        "invitations",
        "own_roles",
        "review_lines",
        "events",
    ] {
        assert_eq!(count(&world, table), 0, "rows left in {table}");
    }
}

#[test]
fn r15_a_purge_empties_the_log() {
    let world = full();
    world.apply(answer(1, 12, vec![Say::Grants { all: vec![] }]));
    let log = world.dir.path().join("mirror.db-wal");
    assert_eq!(fs::metadata(log).map(|it| it.len()).unwrap_or(0), 0);
}

fn told(world: &World) -> Vec<muster_protocol::Erased> {
    let request = world.cache.request("test", 1 << 20).expect("makes a request");
    let erased = request.into_iter().filter_map(|ask| match ask {
        muster_protocol::Ask::Erased(erased) => Some(erased),
        muster_protocol::Ask::Hello { .. }
        | muster_protocol::Ask::Have(_)
        | muster_protocol::Ask::Lane(_)
        | muster_protocol::Ask::Command(_)
        | muster_protocol::Ask::Exported(_) => None,
    });
    erased.collect()
}

#[test]
fn r15_a_purge_is_told_to_the_server_until_it_has_heard() {
    let world = full();
    assert!(told(&world).is_empty());
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    let applied = world.apply(answer(1, 12, nothing));
    assert!(applied.more, "it is told at once");
    let expected = [muster_protocol::Erased { workspace: ws(1), at: NOW }];
    assert_eq!(told(&world), expected);
    let world = world.restart();
    assert_eq!(told(&world), expected, "the answer never came");
    world.apply(answer(1, 12, vec![]));
    assert!(told(&world).is_empty(), "told once");
}

#[test]
fn r15_what_is_still_there_is_not_told_as_erased() {
    let world = full();
    // A stop between the outbox and the mirror: access is known to have ended, the rows are
    // still there.
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    world.cache.settle_only(&answer(1, 12, nothing.clone()));
    let world = world.restart();
    assert!(told(&world).is_empty());
    world.apply(answer(1, 12, nothing));
    assert_eq!(told(&world).len(), 1);
}

#[test]
fn r15_an_export_is_told_to_the_server_until_it_has_heard() {
    let exported = |world: &World| {
        let request = world.cache.request("test", 1 << 20).expect("makes a request");
        let exported = request.into_iter().filter_map(|ask| match ask {
            muster_protocol::Ask::Exported(exported) => Some(exported.table),
            muster_protocol::Ask::Hello { .. }
            | muster_protocol::Ask::Have(_)
            | muster_protocol::Ask::Lane(_)
            | muster_protocol::Ask::Command(_)
            | muster_protocol::Ask::Erased(_) => None,
        });
        exported.collect::<Vec<_>>()
    };
    let note = |world: &World, table: &str| {
        let exported =
            muster_protocol::Exported { table: table.to_owned(), workspace: Some(ws(1)), at: NOW };
        world.cache.note_exported(&exported).expect("is kept");
    };
    let world = full();
    note(&world, "members");
    assert_eq!(exported(&world), ["members"]);
    let world = world.restart();
    assert_eq!(exported(&world), ["members"], "the answer never came");
    // What leaves while the answer is on its way is told with the next request.
    note(&world, "history");
    world.apply(answer(1, 12, vec![]));
    assert_eq!(exported(&world), ["history"]);
    world.apply(answer(1, 13, vec![]));
    assert!(exported(&world).is_empty(), "told once");
}
