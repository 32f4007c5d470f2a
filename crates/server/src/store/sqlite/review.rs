//! Access reviews and their lines. A line is read and written whole, so it is kept as JSON
//! beside what it is found by.

use muster_domain::{MembershipId, Review, ReviewId, ReviewLine, Row as Entity, WorkspaceId};
use muster_protocol::Stamped;
use rusqlite::{Row, params};

use super::{Session, StoreError, row};

pub(super) fn one(db: &Session<'_>, id: ReviewId) -> Result<Option<Review>, StoreError> {
    db.one("SELECT row FROM reviews WHERE id = ?1", [id.to_bytes()], |it| row::json(it, "row"))
}

pub(super) fn line(
    db: &Session<'_>,
    review: ReviewId,
    membership: MembershipId,
) -> Result<Option<ReviewLine>, StoreError> {
    const SQL: &str = "SELECT row FROM review_lines WHERE review = ?1 AND membership = ?2";
    db.one(SQL, [review.to_bytes(), membership.to_bytes()], |it| row::json(it, "row"))
}

pub(super) fn lines(db: &Session<'_>, review: ReviewId) -> Result<Vec<ReviewLine>, StoreError> {
    const SQL: &str = "SELECT row FROM review_lines WHERE review = ?1 ORDER BY membership";
    db.many(SQL, [review.to_bytes()], |it| row::json(it, "row"))
}

pub(super) fn last_closed(
    db: &Session<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Review>, StoreError> {
    const SQL: &str = "SELECT row FROM reviews WHERE workspace = ?1 AND closed IS NOT NULL
        ORDER BY closed DESC, id DESC LIMIT 1";
    db.one(SQL, [workspace.to_bytes()], |it| row::json(it, "row"))
}

pub(super) fn since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    const SQL: &str = "SELECT seq, row FROM reviews WHERE workspace = ?1 AND seq > ?2
        ORDER BY seq";
    db.many(SQL, params![workspace.to_bytes(), row::int(seq)], |it| {
        let review = Entity::Review(row::json(it, "row")?);
        Ok(Stamped { seq: row::number(it, "seq")?, row: review })
    })
}

fn stamped_line(it: &Row<'_>) -> Result<Stamped, StoreError> {
    let line = Entity::ReviewLine(row::json(it, "row")?);
    Ok(Stamped { seq: row::number(it, "seq")?, row: line })
}

pub(super) fn lines_since(
    db: &Session<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    const SQL: &str = "SELECT seq, row FROM review_lines INDEXED BY review_lines_by_change
        WHERE workspace = ?1 AND seq > ?2 ORDER BY seq";
    db.many(SQL, params![workspace.to_bytes(), row::int(seq)], stamped_line)
}

pub(super) fn lines_after(
    db: &Session<'_>,
    workspace: WorkspaceId,
    after: Option<(ReviewId, MembershipId)>,
    limit: u32,
) -> Result<Vec<Stamped>, StoreError> {
    const SQL: &str = "SELECT seq, row FROM review_lines INDEXED BY review_lines_in_order
        WHERE workspace = ?1 AND (review, membership) > (?2, ?3)
        ORDER BY review, membership LIMIT ?4";
    // No blob is smaller than the empty one.
    let (review, membership) = match after {
        Some((review, membership)) => (review.to_bytes().to_vec(), membership.to_bytes().to_vec()),
        None => (Vec::new(), Vec::new()),
    };
    let params = params![workspace.to_bytes(), review, membership, limit];
    db.many(SQL, params, stamped_line)
}

pub(super) fn put(db: &Session<'_>, review: &Review, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO reviews (id, workspace, closed, seq, row)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, seq = excluded.seq,
            row = excluded.row";
    let params = params![
        review.id.to_bytes(),
        review.workspace.to_bytes(),
        review.closed.as_ref().map(|closed| closed.at.0),
        row::int(seq),
        row::to_json(review)
    ];
    db.write_one("reviews", SQL, params)
}

pub(super) fn put_line(db: &Session<'_>, line: &ReviewLine, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO review_lines (review, membership, workspace, seq, row)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (review, membership) DO UPDATE SET seq = excluded.seq, row = excluded.row";
    let params = params![
        line.review.to_bytes(),
        line.membership.to_bytes(),
        line.workspace.to_bytes(),
        row::int(seq),
        row::to_json(line)
    ];
    db.write_one("review_lines", SQL, params)
}
