//! Access reviews and their lines in the mirror (V-49).

use muster_domain::{MembershipId, Review, ReviewId, ReviewLine, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::fold;
use crate::row::{Over, json, stamped, to_stored};

pub(crate) fn put(
    db: &Connection,
    review: &Review,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO reviews (id, workspace, due, closed, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET due = excluded.due, closed = excluded.closed,
             seq = excluded.seq, row = excluded.row{}",
        over.clause("reviews")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        review.id.to_bytes(),
        review.workspace.to_bytes(),
        review.due.0,
        review.closed.as_ref().map(|closed| closed.at.0),
        to_stored(seq),
        json(review)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Review, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM reviews WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

pub(crate) fn put_line(
    db: &Connection,
    line: &ReviewLine,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO review_lines (review, membership, workspace, folded, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (review, membership) DO UPDATE SET folded = excluded.folded,
             seq = excluded.seq, row = excluded.row{}",
        over.clause("review_lines")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        line.review.to_bytes(),
        line.membership.to_bytes(),
        line.workspace.to_bytes(),
        fold(&line.name),
        to_stored(seq),
        json(line)?
    ])?;
    Ok(written > 0)
}

/// The line with this key: the bytes of the review's id, then those of the membership's.
pub(crate) fn get_line(
    db: &Connection,
    key: &[u8],
) -> Result<Option<(ReviewLine, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM review_lines WHERE review = ?1 AND membership = ?2")?
        .query_row(params![key.get(..16), key.get(16..)], |row| {
            Ok((row.get("row")?, row.get("seq")?))
        })
        .optional()?;
    stamped(found)
}

/// One line of a review.
pub(crate) fn line(
    db: &Connection,
    review: ReviewId,
    membership: MembershipId,
) -> Result<Option<ReviewLine>, CacheError> {
    let key = [review.to_bytes(), membership.to_bytes()].concat();
    Ok(get_line(db, &key)?.map(|(line, _)| line))
}

/// Every line of a review.
pub(crate) fn lines(db: &Connection, review: ReviewId) -> Result<Vec<ReviewLine>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT row FROM review_lines WHERE review = ?1 ORDER BY membership")?;
    let rows = statement.query_map([review.to_bytes()], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

/// The review of the workspace that was closed last.
pub(crate) fn last_closed(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<Option<Review>, CacheError> {
    let sql = "SELECT row FROM reviews WHERE workspace = ?1 AND closed IS NOT NULL
               ORDER BY closed DESC, id DESC LIMIT 1";
    let found: Option<String> = db
        .prepare_cached(sql)?
        .query_row([workspace.to_bytes()], |row| row.get("row"))
        .optional()?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}
