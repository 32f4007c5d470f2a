//! What must hold when the line is calm again, read from the files of each device and of the
//! server, apart from the code that keeps them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use crate::device::Device;
use crate::people::server::Server;

/// Every table with its rows as text, in order.
pub type Contents = BTreeMap<String, Vec<String>>;

/// What depends on the way to the same copy: cursors of accounts that are gone, when the last
/// contact was, how far a history has come, and numbers that events have in one copy alone.
const OF_THE_WAY: &[&str] = &["cursors", "meta", "logs", "event_rows", "event_members"];

/// What an event is in every copy.
const EVENTS: &str = "SELECT log, seq, ord, at, kind, hash FROM events";

/// Histories that are not here to their end, or that do not hold.
const UNFINISHED: &str = "SELECT id FROM logs WHERE more OR broken_seq IS NOT NULL";

/// The file of the one login of an installation.
fn file(dir: &Path, name: &str) -> PathBuf {
    let mut logins = std::fs::read_dir(dir.join("logins")).expect("lists");
    logins.next().expect("one login").expect("lists").path().join(name)
}

/// The two keys of an installation: of the mirror and of the outbox.
fn keys(dir: &Path) -> [Vec<u8>; 2] {
    let bytes = std::fs::read(dir.join("vault.json")).expect("reads");
    let secrets: BTreeMap<String, Vec<u8>> = serde_json::from_slice(&bytes).expect("is JSON");
    let (_, both) = secrets.iter().find(|(name, _)| name.starts_with("keys:")).expect("is there");
    [both[..32].to_vec(), both[32..].to_vec()]
}

fn look(file: &Path, key: &[u8]) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    // The salt stands at the head of the file.
    db.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA busy_timeout = 5000;"))?;
    Ok(db)
}

/// Whether every history that may be read is here and holds.
pub fn has_history(dir: &Path) -> bool {
    let found = look(&file(dir, "mirror.db"), &keys(dir)[0]).and_then(|db| rows(&db, UNFINISHED));
    found.is_ok_and(|it| it.is_empty())
}

/// What a copy holds, while its app runs; `None` while it is between two keys.
pub fn copy(dir: &Path) -> Option<Contents> {
    let db = look(&file(dir, "mirror.db"), &keys(dir)[0]).ok()?;
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = db.prepare(names).ok()?;
    let names = statement.query_map([], |row| row.get::<_, String>(0)).ok()?;
    let names: Vec<_> = names.collect::<Result<_, _>>().ok()?;
    let kept = names.into_iter().filter(|it| !OF_THE_WAY.contains(&it.as_str()));
    let tables: rusqlite::Result<Contents> =
        kept.map(|name| Ok((name.clone(), table(&db, &name)?))).collect();
    tables.ok().map(plain)
}

fn table(db: &Connection, name: &str) -> rusqlite::Result<Vec<String>> {
    match name {
        "events" => rows(db, EVENTS),
        _ => rows(db, &format!("SELECT * FROM {name}")),
    }
}

fn rows(db: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut line = String::new();
        for (at, column) in columns.iter().enumerate() {
            let value = match row.get_ref(at)? {
                ValueRef::Null => "-".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => bytes.iter().map(|it| format!("{it:02x}")).collect(),
            };
            line.push_str(&format!("{column}={value} "));
        }
        lines.push(line);
    }
    lines.sort_unstable();
    Ok(lines)
}

/// Without what is new to the person on this device, and without counts of nothing.
fn plain(mut contents: Contents) -> Contents {
    if let Some(members) = contents.get_mut("members") {
        for line in members {
            *line = line.replace(" new=1 ", " new=0 ");
        }
    }
    if let Some(counts) = contents.get_mut("content_counts") {
        counts.retain(|it| !it.contains("number=0 "));
    }
    contents
}

/// The first difference of two copies, in words.
pub fn difference(held: &Contents, shown: &Contents) -> Option<String> {
    for (name, rows) in shown {
        let Some(other) = held.get(name) else { return Some(format!("no table `{name}`")) };
        if rows != other {
            let lacks: Vec<_> = rows.iter().filter(|it| !other.contains(it)).take(3).collect();
            let extra: Vec<_> = other.iter().filter(|it| !rows.contains(it)).take(3).collect();
            return Some(format!("`{name}` lacks {lacks:#?} and has {extra:#?}"));
        }
    }
    None
}

/// How the changes of all devices ended.
#[derive(Debug, Default)]
pub struct Ends {
    pub applied: u64,
    pub no_op: u64,
    pub refused: u64,
    pub other: u64,
    pub taken_back: u64,
}

/// Every change that was accepted has one end that both sides tell alike: applied ones are in the
/// server's history once, all others not at all, and the history has no others.
pub fn once(server: &Server, devices: &[Device]) -> Ends {
    let written = written(&server.data().join("muster.db"));
    let mut known = 0;
    let mut ends = Ends::default();
    for device in devices {
        let db = look(&file(device.dir.path(), "outbox.db"), &keys(device.dir.path())[1]);
        let db = db.expect("the outbox opens");
        for n in &device.kept {
            let sql = "SELECT count(*) FROM commands WHERE n = ?1";
            let found: i64 = db.query_row(sql, [n], |row| row.get(0)).expect("reads");
            assert_eq!(found, 1, "{}: change {n} was accepted and is lost", device.name);
        }
        let sql = "SELECT n, id, state, json_extract(outcome, '$.status') AS status, body
                   FROM commands ORDER BY n";
        let mut statement = db.prepare(sql).expect("prepares");
        let mut rows = statement.query([]).expect("reads");
        while let Some(row) = rows.next().expect("reads") {
            let (n, id): (i64, Vec<u8>) = (row.get(0).expect("n"), row.get(1).expect("id"));
            let state: String = row.get(2).expect("a state");
            let status: Option<String> = row.get(3).expect("a status");
            let body: String = row.get(4).expect("a body");
            let times = written.get(&id).copied().unwrap_or(0);
            known += u64::from(times > 0);
            let told = format!(
                "{} {n}: {state} {status:?}, {times} times in the log: {body}",
                device.name
            );
            let (count, may) = match (state.as_str(), status.as_deref()) {
                ("settled", Some("applied")) => (&mut ends.applied, 1),
                ("settled", Some("no_op")) => (&mut ends.no_op, 0),
                ("refused" | "discarded", Some("refused")) => (&mut ends.refused, 0),
                ("refused" | "discarded", Some(_)) => (&mut ends.other, 0),
                ("undone", None) => (&mut ends.taken_back, 0),
                _ => panic!("no end: {told}"),
            };
            *count += 1;
            assert_eq!(times, may, "{told}");
        }
    }
    let all = u64::try_from(written.len()).expect("few");
    assert_eq!(known, all, "the server carried out what no device has asked for");
    ends
}

/// How often each command was carried out: once is one request and one number in each account.
fn written(file: &Path) -> BTreeMap<Vec<u8>, i64> {
    let sql = "SELECT command, max(numbers, requests) FROM (
                   SELECT command, count(DISTINCT seq) AS numbers,
                       count(DISTINCT request) AS requests
                   FROM events WHERE command IS NOT NULL GROUP BY command, account)";
    let db = Connection::open(file).expect("the server's database");
    let mut statement = db.prepare(sql).expect("prepares");
    let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)));
    let mut written = BTreeMap::new();
    for row in rows.expect("reads") {
        let (command, times): (_, i64) = row.expect("reads");
        let most = written.entry(command).or_insert(0);
        *most = times.max(*most);
    }
    written
}

/// Whether every file of the server is whole.
pub fn is_whole(server: &Server) -> bool {
    let db = Connection::open(server.data().join("muster.db")).expect("the server's database");
    let verdict: Option<String> = db
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .optional()
        .expect("can be asked");
    verdict.as_deref() == Some("ok")
}
