//! The one way to open the file: settings, version checks, migrations.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::mark::{Mark, Marked};

/// Below this, SQLite has a defect that can damage a file in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The schema's steps, oldest first, named by their day. Never edited, only added to.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/2026_11_21_first.sql"),
    include_str!("migrations/2026_11_22_rule_book.sql"),
    include_str!("migrations/2026_11_22_reviews.sql"),
    include_str!("migrations/2026_11_23_history.sql"),
    include_str!("migrations/2026_11_23_mark.sql"),
    include_str!("migrations/2026_11_24_lanes.sql"),
    include_str!("migrations/2026_11_24_mentions.sql"),
    include_str!("migrations/2026_11_24_colour.sql"),
    include_str!("migrations/2026_11_25_invitation_trouble.sql"),
    include_str!("migrations/2026_11_25_horizon.sql"),
    include_str!("migrations/2026_11_25_second_admin.sql"),
    include_str!("migrations/2026_11_25_kept_names.sql"),
    include_str!("migrations/2026_11_25_acts.sql"),
    include_str!("migrations/2026_11_26_device_names.sql"),
];

/// How many prepared statements a connection keeps: more than there are, because preparing one
/// costs more than running it.
const STATEMENTS: usize = 384;

const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536;
";

pub(super) fn writer(path: &Path, new_epoch: u64) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::TooOld { found: rusqlite::version() });
    }
    let mut connection = Connection::open(path)?;
    configure(&connection)?;
    migrate(&mut connection, new_epoch)?;
    Ok(connection)
}

pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // A plan is a function of the question: otherwise each new value of a limit makes SQLite
    // prepare the statement again.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

fn migrate(connection: &mut Connection, new_epoch: u64) -> Result<(), StoreError> {
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).expect("migrations are few");
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for migration in &MIGRATIONS[found as usize..] {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    const FIRST: &str = "INSERT INTO meta (one, epoch) VALUES (1, ?1) ON CONFLICT DO NOTHING";
    tx.execute(FIRST, [kept_epoch(new_epoch)])?;
    tx.commit()?;
    Ok(())
}

/// The epoch as it is kept. The top bit stays free: the column is signed.
fn kept_epoch(epoch: u64) -> i64 {
    i64::try_from(epoch >> 1).expect("half of a u64 fits an i64")
}

/// What the database says of its history.
pub(super) fn history(connection: &Connection) -> Result<Marked, StoreError> {
    const SQL: &str = "SELECT epoch, changes FROM meta";
    Ok(connection.query_row(SQL, [], |row| {
        let (epoch, changes) = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
        Ok(Marked { epoch: epoch.cast_unsigned(), changes: changes.cast_unsigned() })
    })?)
}

/// Begins another history on the same data: every app starts over (sync.md 4.10).
pub(super) fn begin_anew(connection: &Connection, new_epoch: u64) -> Result<(), StoreError> {
    connection.execute("UPDATE meta SET epoch = ?1", [kept_epoch(new_epoch)])?;
    Ok(())
}

/// Compares the database with the mark beside it, and begins anew if it is another one than
/// ran here last.
pub(super) fn marked(
    connection: &Connection,
    path: &Path,
    new_epoch: u64,
) -> Result<Mark, StoreError> {
    let (mark, told) = Mark::open(path).map_err(StoreError::Mark)?;
    let held = history(connection)?;
    let is_known = match told {
        // New, or of a build that had no marks.
        None => held.changes == 0,
        Some(told) => told.epoch == held.epoch && told.changes <= held.changes,
    };
    if !is_known {
        tracing::warn!("the database was put back from a copy: every app starts over");
        begin_anew(connection, new_epoch)?;
    }
    let written = mark.write(history(connection)?).and_then(|()| mark.sync());
    written.map_err(StoreError::Mark)?;
    Ok(mark)
}
