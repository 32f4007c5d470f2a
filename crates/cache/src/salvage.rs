//! What can be saved out of a damaged outbox: row by row, into a new file (sync.md 2.1).
//!
//! The damaged file is never written to and never deleted. Everything happens on a copy, and
//! the new file takes the old one's place in steps of which each leaves one of the two.
//!
//! SQLite finds rows by way of pages that lead to other pages, so one damaged page can hide a
//! thousand sound ones. Here every page of the copy is read as if the table began there: a page
//! that holds rows gives them, any other gives an error. Pages are sealed one by one, so
//! what a damaged page says is never taken for a row.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use muster_domain::{DeviceId, LoginId, WorkspaceId};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::error::CacheError;
use crate::keys::FileKey;
use crate::open::{self, Use};
use crate::types::{LostEntry, Salvaged};
use crate::wal;

const PAGE: u64 = 4_096;

/// The columns of a command, in the order in which rows are carried over.
const COLUMNS: &str = "n, id, body, workspace, membership, creates, label, made_at, grant_seq, \
                       deps, expected, state, lane_n, outcome, settled_at, content, epoch";

/// What else a person would miss: carried over row by row, as far as it can be read.
const TABLES: [&str; 11] = [
    "choices",
    "veiled",
    "lost",
    "drafts",
    "erased",
    "exported",
    "plans",
    "plan_lines",
    "reminded",
    "asked_reminders",
    "notes",
];

/// A whole row of a table.
type Cells = Vec<Value>;

/// What was found in a damaged file.
#[derive(Default)]
struct Found {
    commands: BTreeMap<i64, Cells>,
    lane: Vec<Cells>,
    /// The rows of [`TABLES`], each beside its table.
    others: Vec<(&'static str, Cells)>,
    /// Commands that an index or the counter knows, with their workspace where that is known;
    /// only those that a person would miss.
    known: BTreeMap<i64, Option<[u8; 16]>>,
}

/// The names of the files beside the outbox.
struct Places {
    outbox: PathBuf,
    work: PathBuf,
    template: PathBuf,
    saved: PathBuf,
    /// The new file is whole and takes the old one's place.
    done: PathBuf,
}

impl Places {
    fn of(outbox: &Path) -> Self {
        let beside = |end: &str| {
            let mut name = outbox.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        Self {
            outbox: outbox.to_owned(),
            work: beside(".work"),
            template: beside(".template"),
            saved: beside(".saved"),
            done: beside(".saved.done"),
        }
    }

    fn tidy(&self) -> Result<(), CacheError> {
        for path in [&self.work, &self.template] {
            open::delete(path)?;
        }
        Ok(())
    }
}

/// Ends what a stop in the middle left; before the outbox is looked at.
pub(crate) fn resume(outbox: &Path) -> Result<(), CacheError> {
    let places = Places::of(outbox);
    places.tidy()?;
    if places.done.exists() { replace(&places) } else { open::delete(&places.saved) }
}

/// Makes a new outbox out of what a damaged one still holds. `None` if no row of it can be read
/// and nothing says that the key is the right one: then nothing was changed.
pub(crate) fn salvage(
    outbox: &Path,
    key: &FileKey,
    me: LoginId,
    device: DeviceId,
    is_ours: bool,
) -> Result<Option<Salvaged>, CacheError> {
    let places = Places::of(outbox);
    places.tidy()?;
    let found = gather(&places, key)?;
    if found.commands.is_empty() && found.lane.is_empty() && !is_ours {
        places.tidy()?;
        return Ok(None);
    }
    let salvaged = write(&places, key, &found, me, device)?;
    places.tidy()?;
    File::create(&places.done)?.sync_all()?;
    replace(&places)?;
    Ok(Some(salvaged))
}

/// Renames an outbox to a name that nothing has yet, its log first: a log that is left beside
/// another file would be read into it.
pub(crate) fn put_aside(outbox: &Path) -> Result<(), CacheError> {
    let named = |number: u32| {
        let mut name = outbox.as_os_str().to_owned();
        name.push(format!(".damaged-{number}"));
        PathBuf::from(name)
    };
    let is_free = |path: &PathBuf| open::family(path).iter().all(|file| !file.exists());
    let Some(aside) = (1..=u32::MAX).map(named).find(is_free) else { return Ok(()) };
    let [main, wal, shm] = open::family(outbox);
    let [aside_main, aside_wal, aside_shm] = open::family(&aside);
    for (from, to) in [(wal, aside_wal), (shm, aside_shm), (main, aside_main)] {
        if from.exists() {
            fs::rename(from, to)?;
        }
    }
    sync_folder(outbox)
}

/// The new file takes the damaged one's place.
fn replace(places: &Places) -> Result<(), CacheError> {
    if places.saved.exists() {
        put_aside(&places.outbox)?;
        fs::rename(&places.saved, &places.outbox)?;
    }
    sync_folder(&places.outbox)?;
    crate::files::remove_if_there(&places.done)
}

/// Renamed files are where they are after a power cut as well.
pub(crate) fn sync_folder(file: &Path) -> Result<(), CacheError> {
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

fn gather(places: &Places, key: &FileKey) -> Result<Found, CacheError> {
    let mut found = Found::default();
    let [file, log, _] = open::family(&places.outbox);
    if !file.exists() {
        found.known.insert(0, None);
        return Ok(found);
    }
    fs::copy(&file, &places.work)?;
    // Nobody was told that it is kept, so nothing of it is missed.
    let is_cut_short = wal::may_be_cut_short(&log)?;
    let missed = match (is_cut_short, is_cut_short && is_unmade(places, key)?) {
        // What was cut short is the making of the file.
        (true, true) => Some(BTreeMap::new()),
        (true, false) => Some(known(places, key)?),
        (false, _) => None,
    };
    let [_, work_log, _] = open::family(&places.work);
    if log.exists() {
        fs::copy(&log, &work_log)?;
    }
    let left_out = wal::mend(&work_log)?;
    if !settle(places, key)? {
        transplant(places, key)?;
        if !settle(places, key)? {
            // Not even how much there was can be told.
            if missed.is_none_or(|it| !it.is_empty()) {
                found.known.insert(0, None);
            }
            return Ok(found);
        }
    }
    found.known = match missed {
        Some(missed) => missed,
        None => known(places, key)?,
    };
    read(&raw(&places.work, key)?, "SELECT * FROM lane", |cells| found.lane.push(cells));
    for table in TABLES {
        // A page that cannot be read leaves the connection unable to read any other.
        let db = raw(&places.work, key)?;
        let sql = format!("SELECT * FROM {table}");
        read(&db, &sql, |cells| found.others.push((table, cells)));
    }
    if left_out > 0 && !is_cut_short {
        // Nothing tells what was in them.
        found.known.insert(0, None);
    }
    for command in commands(places, key, left_out)? {
        if let Some(Value::Integer(n)) = command.first() {
            found.commands.entry(*n).or_insert(command);
        }
    }
    Ok(found)
}

/// Whether the file without its log has no table yet: its first page is sound and says so. One
/// that is shorter than a page says nothing, though SQLite takes it for an empty one.
fn is_unmade(places: &Places, key: &FileKey) -> Result<bool, CacheError> {
    let db = raw(&places.work, key)?;
    let tables: Result<i64, _> =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0));
    Ok(tables.is_ok_and(|it| it == 0) && fs::metadata(&places.work)?.len() >= PAGE)
}

/// A connection to the copy that checks nothing but the seal of each page.
fn raw(path: &Path, key: &FileKey) -> Result<Connection, CacheError> {
    let db = open::keyed(path, key, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(db)
}

/// Brings the log into the copy; false if its first page cannot be read.
fn settle(places: &Places, key: &FileKey) -> Result<bool, CacheError> {
    let db = raw(&places.work, key)?;
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'commands'";
    let begins: Result<i64, _> = db.query_row(sql, [], |row| row.get(0));
    match begins.map_err(CacheError::from) {
        Ok(1) => {}
        Err(CacheError::DiskFull) => return Err(CacheError::DiskFull),
        Ok(_) | Err(_) => return Ok(false),
    }
    // Without a log from here on: what a damaged one holds is read as far as it is sound.
    let _: Result<i64, _> = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    let mode: Result<String, _> = db.query_row("PRAGMA journal_mode = OFF", [], |row| row.get(0));
    Ok(mode.is_ok())
}

/// Puts a sound first page into the copy. Files of one key and one schema have the same: where
/// the tables begin depends on the steps that made them, and the seal on key, page number and
/// salt.
fn transplant(places: &Places, key: &FileKey) -> Result<(), CacheError> {
    let size = fs::metadata(&places.work)?.len();
    {
        let db = open::open(&places.template, key, Use::WriteOutbox, open::OUTBOX)?;
        // The first page says how long the file is, so the template has to be as long.
        db.execute(
            "INSERT INTO lost (n, workspace) VALUES (1, zeroblob(?1))",
            [i64::try_from(size).unwrap_or(i64::MAX)],
        )?;
        db.execute("DELETE FROM lost", [])?;
        write_on_one_page(&db)?;
        let _: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    }
    let mut page = vec![0; usize::try_from(PAGE).unwrap_or_default()];
    let mut template = File::open(&places.template)?;
    template.read_exact(&mut page)?;
    let length = template.metadata()?.len().max(size);
    let mut work = OpenOptions::new().write(true).open(&places.work)?;
    work.seek(SeekFrom::Start(0))?;
    work.write_all(&page)?;
    work.set_len(length)?;
    Ok(())
}

/// Writes what the template says of its tables anew, short enough for its first page: SQLite
/// keeps statements as they were typed, and only that one page is put into the copy.
fn write_on_one_page(template: &Connection) -> Result<(), CacheError> {
    let mut rows = Vec::new();
    read(template, "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema", |cells| {
        rows.push(cells);
    });
    template.pragma_update(None, "writable_schema", true)?;
    template.execute("DELETE FROM sqlite_schema", [])?;
    for mut row in rows {
        if let Some(Value::Text(sql)) = row.last_mut() {
            *sql = without_comments(sql);
        }
        let sql = "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        template.execute(sql, params_from_iter(row))?;
    }
    Ok(())
}

/// A statement on one line. Ours have no text in quotes that holds two dashes.
fn without_comments(sql: &str) -> String {
    let code = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Hands over rows as far as they can be read; the error that ends them is the damage.
fn read(db: &Connection, sql: &str, mut take: impl FnMut(Cells)) -> bool {
    let Ok(mut statement) = db.prepare(sql) else { return false };
    let width = statement.column_count();
    let Ok(mut rows) = statement.query([]) else { return false };
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                let cells: Result<Cells, _> = (0..width).map(|at| row.get(at)).collect();
                if let Ok(cells) = cells {
                    take(cells);
                }
            }
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// What the indexes and the counter of the table still say of it.
fn known(places: &Places, key: &FileKey) -> Result<BTreeMap<i64, Option<[u8; 16]>>, CacheError> {
    let mut known = BTreeMap::new();
    let mut highest = 0;
    let mut is_listed = true;
    for index in ["commands_by_workspace", "commands_by_state"] {
        let workspace = if index == "commands_by_state" { "NULL" } else { "workspace" };
        let sql = format!("SELECT n, state, {workspace} FROM commands INDEXED BY {index}");
        is_listed &= read(&raw(&places.work, key)?, &sql, |cells| {
            let [Value::Integer(n), Value::Text(state), workspace] = cells.as_slice() else {
                return;
            };
            highest = highest.max(*n);
            if !matches!(state.as_str(), "waiting" | "sending" | "refused") {
                return;
            }
            let workspace = match workspace {
                Value::Blob(id) => <[u8; 16]>::try_from(id.as_slice()).ok(),
                _ => None,
            };
            known.entry(*n).or_insert(workspace);
        });
    }
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'commands'";
    let mut is_counted = false;
    read(&raw(&places.work, key)?, sql, |cells| {
        is_counted = true;
        if let [Value::Integer(last)] = cells.as_slice() {
            // Numbers that no index has are of rows that nothing is known of.
            known.extend((highest + 1..=*last).map(|n| (n, None)));
        }
    });
    if !is_counted && !is_listed {
        // Some may have been there that nothing else knows of.
        known.insert(0, None);
    }
    Ok(known)
}

/// Every command: in one pass if nothing is in the way, else from each page by itself. Where
/// frames of the log are missing, a page may not be led to that is there.
fn commands(places: &Places, key: &FileKey, missing: usize) -> Result<Vec<Cells>, CacheError> {
    let columns = columns(&raw(&places.work, key)?);
    let sql = format!("SELECT {columns} FROM commands NOT INDEXED");
    let mut found = Vec::new();
    let is_whole = read(&raw(&places.work, key)?, &sql, |cells| found.push(cells));
    if is_whole && missing == 0 {
        return Ok(found);
    }
    let pages = fs::metadata(&places.work)?.len() / PAGE;
    for page in 2..=pages {
        // A page that cannot be read leaves the connection unable to read any other.
        let db = raw(&places.work, key)?;
        if begin_at(&db, page).is_err() {
            continue;
        }
        read(&db, &sql, |cells| found.push(cells));
    }
    Ok(found)
}

/// The columns of a command, with nothing for those that the file does not have yet.
fn columns(db: &Connection) -> String {
    let mut there = BTreeSet::new();
    read(db, "SELECT name FROM pragma_table_info('commands')", |cells| {
        if let [Value::Text(name)] = cells.as_slice() {
            there.insert(name.clone());
        }
    });
    let of_file = |name: &str| if there.contains(name) { name.to_owned() } else { "NULL".into() };
    COLUMNS.split(',').map(|name| of_file(name.trim())).collect::<Vec<_>>().join(", ")
}

/// Has the table of commands begin at a page. The copy's indexes are of no use any more.
fn begin_at(db: &Connection, page: u64) -> Result<(), CacheError> {
    db.pragma_update(None, "journal_mode", "OFF")?;
    db.pragma_update(None, "writable_schema", true)?;
    db.execute("DELETE FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'commands'", [])?;
    db.execute(
        "UPDATE sqlite_schema SET rootpage = ?1 WHERE name = 'commands'",
        [i64::try_from(page).unwrap_or(i64::MAX)],
    )?;
    db.execute_batch("PRAGMA writable_schema = RESET")?;
    Ok(())
}

fn write(
    places: &Places,
    key: &FileKey,
    found: &Found,
    me: LoginId,
    device: DeviceId,
) -> Result<Salvaged, CacheError> {
    open::delete(&places.saved)?;
    let mut db = open::open(&places.saved, key, Use::WriteOutbox, open::OUTBOX)?;
    let tx = db.transaction()?;
    let width = COLUMNS.split(',').count();
    let sql = format!("INSERT OR IGNORE INTO commands ({COLUMNS}) VALUES ({})", marks(width));
    let mut saved = BTreeSet::new();
    for (n, cells) in &found.commands {
        // What does not have the form of a command is none.
        if cells.len() == width && tx.execute(&sql, params_from_iter(cells)).is_ok_and(|it| it == 1)
        {
            saved.insert(*n);
        }
    }
    for (table, cells) in &found.others {
        // The damaged file may be of an earlier version, with columns fewer at the end.
        let width = "SELECT count(*) FROM pragma_table_info(?1)";
        let width: u32 = tx.prepare_cached(width)?.query_row([table], |row| row.get(0))?;
        let width = width as usize;
        let more = std::iter::repeat_n(&Value::Null, width.saturating_sub(cells.len()));
        let sql = format!("INSERT OR IGNORE INTO {table} VALUES ({})", marks(width));
        let _ = tx.execute(&sql, params_from_iter(cells.iter().chain(more)));
    }
    lane(&tx, found, me, device)?;
    let mut lost = Vec::new();
    for (n, workspace) in found.known.iter().filter(|(n, _)| !saved.contains(n)) {
        tx.execute(
            "INSERT OR REPLACE INTO lost (n, workspace) VALUES (?1, ?2)",
            params![n, workspace],
        )?;
        lost.push(LostEntry {
            n: crate::row::from_stored(*n),
            workspace: workspace.map(WorkspaceId::from_bytes),
        });
    }
    // A number is never given twice, not even one that is lost.
    if let Some(last) = found.known.keys().chain(found.commands.keys()).max() {
        tx.execute("DELETE FROM sqlite_sequence WHERE name = 'commands'", [])?;
        tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('commands', ?1)", [last])?;
    }
    tx.commit()?;
    let _: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    drop(db);
    File::open(&places.saved)?.sync_all()?;
    Ok(Salvaged { saved: u32::try_from(saved.len()).unwrap_or(u32::MAX), lost })
}

fn marks(width: usize) -> String {
    vec!["?"; width].join(", ")
}

/// The lane goes on where it was. Without its row it goes on after the highest number that was
/// given; if that is too low, the server says which one it expects.
fn lane(db: &Connection, found: &Found, me: LoginId, device: DeviceId) -> Result<(), CacheError> {
    for cells in &found.lane {
        let sql = format!("INSERT OR IGNORE INTO lane VALUES ({})", marks(cells.len()));
        if db.execute(&sql, params_from_iter(cells)).is_ok_and(|it| it == 1) {
            return Ok(());
        }
    }
    db.execute(
        "INSERT INTO lane (only_one, login, device, next_n, acked)
         VALUES (1, ?1, ?2, 1 + coalesce((SELECT max(lane_n) FROM commands), 0), 0)",
        params![me.to_bytes(), device.to_bytes()],
    )?;
    Ok(())
}
