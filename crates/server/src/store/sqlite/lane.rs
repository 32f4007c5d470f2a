//! Lanes and the outcomes of their commands.

use muster_protocol::Outcome;
use rusqlite::{Row, params};

use super::{Session, StoreError, row};
use crate::store::text::Text;
use crate::store::{Lane, StoredOutcome};

pub(super) fn last_n(db: &Session<'_>, lane: Lane) -> Result<u64, StoreError> {
    const SQL: &str = "SELECT last_n FROM lanes WHERE device = ?1 AND login = ?2";
    let params = params![lane.device.to_bytes(), lane.login.to_bytes()];
    Ok(db.one(SQL, params, |row| row::number(row, "last_n"))?.unwrap_or(0))
}

pub(super) fn outcome(
    db: &Session<'_>,
    lane: Lane,
    n: u64,
) -> Result<Option<StoredOutcome>, StoreError> {
    const SQL: &str = "SELECT n, hash, status, refusal, seq, at FROM outcomes
        WHERE device = ?1 AND login = ?2 AND n = ?3";
    db.one(SQL, params![lane.device.to_bytes(), lane.login.to_bytes(), row::int(n)], read)
}

pub(super) fn outcomes(db: &Session<'_>, lane: Lane) -> Result<Vec<StoredOutcome>, StoreError> {
    const SQL: &str = "SELECT n, hash, status, refusal, seq, at FROM outcomes
        WHERE device = ?1 AND login = ?2 ORDER BY n";
    db.many(SQL, params![lane.device.to_bytes(), lane.login.to_bytes()], read)
}

fn read(row: &Row<'_>) -> Result<StoredOutcome, StoreError> {
    let refusal = row
        .get::<_, Option<String>>("refusal")?
        .map(|json| serde_json::from_str(&json))
        .transpose()
        .map_err(|_| StoreError::Unreadable { column: "outcomes.refusal" })?;
    Ok(StoredOutcome {
        hash: row.get("hash")?,
        outcome: Outcome {
            n: row::number(row, "n")?,
            status: row::text(row, "status")?,
            refusal,
            seq: row.get::<_, Option<i64>>("seq")?.map(i64::cast_unsigned),
            at: row::time(row, "at")?,
        },
    })
}

pub(super) fn put(db: &Session<'_>, lane: Lane, stored: &StoredOutcome) -> Result<(), StoreError> {
    const OUTCOME: &str = "INSERT INTO outcomes (device, login, n, hash, status, refusal, seq, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    const LANE: &str = "INSERT INTO lanes (device, login, last_n) VALUES (?1, ?2, ?3)
        ON CONFLICT (device, login) DO UPDATE SET last_n = excluded.last_n";
    let (device, login) = (lane.device.to_bytes(), lane.login.to_bytes());
    let outcome = &stored.outcome;
    let refusal = outcome.refusal.as_ref().map(|refusal| {
        serde_json::to_string(refusal).expect("a refusal has string keys and no cycles")
    });
    let params = params![
        device,
        login,
        row::int(outcome.n),
        stored.hash,
        outcome.status.text(),
        refusal,
        outcome.seq.map(row::int),
        outcome.at.0
    ];
    db.write_one("outcomes", OUTCOME, params)?;
    db.write_one("lanes", LANE, params![device, login, row::int(outcome.n)])
}

pub(super) fn forget(db: &Session<'_>, lane: Lane, acked: u64) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM outcomes WHERE device = ?1 AND login = ?2 AND n <= ?3";
    let params = params![lane.device.to_bytes(), lane.login.to_bytes(), row::int(acked)];
    db.prepare_cached(SQL)?.execute(params)?;
    Ok(())
}
