//! The one way to open the file: settings, version checks, migrations.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// Below this, SQLite has a defect that can damage a file in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The schema's steps, oldest first, named by their day. Never edited, only added to.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/2026_11_21_first.sql"),
    include_str!("migrations/2026_11_22_rule_book.sql"),
    include_str!("migrations/2026_11_22_reviews.sql"),
    include_str!("migrations/2026_11_23_history.sql"),
];

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
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(128);
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
    // The top bit stays free: the column is signed.
    let epoch = i64::try_from(new_epoch >> 1).expect("half of a u64 fits an i64");
    tx.execute("INSERT INTO meta (one, epoch) VALUES (1, ?1) ON CONFLICT DO NOTHING", [epoch])?;
    tx.commit()?;
    Ok(())
}
