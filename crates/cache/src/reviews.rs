//! Access reviews and their lines in the mirror (V-49).

use muster_domain::{
    Choice, MembershipId, Review, ReviewId, ReviewLine, RoleSet, Standpoint, WorkspaceId,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::fold_member;
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

/// Standpoints as the table numbers them.
pub(crate) const fn standpoint_number(standpoint: Standpoint) -> i64 {
    match standpoint {
        Standpoint::Undecided => 0,
        Standpoint::Agreed(Choice::Keep) => 1,
        Standpoint::Agreed(Choice::Change(_)) => 2,
        Standpoint::Agreed(Choice::Remove) => 3,
        Standpoint::Disputed => 4,
    }
}

const fn agreed_roles(standpoint: Standpoint) -> Option<RoleSet> {
    match standpoint {
        Standpoint::Agreed(Choice::Change(roles)) => Some(roles),
        Standpoint::Agreed(Choice::Keep | Choice::Remove)
        | Standpoint::Undecided
        | Standpoint::Disputed => None,
    }
}

pub(crate) fn put_line(
    db: &Connection,
    line: &ReviewLine,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = match over {
        Over::Older => PUT_LINE_OVER_OLDER,
        Over::Any => PUT_LINE,
    };
    let standpoint = line.standpoint();
    let deciders: Vec<u8> = line.decided.iter().flat_map(|it| it.by.to_bytes()).collect();
    let written = db.prepare_cached(sql)?.execute(params![
        line.review.to_bytes(),
        line.membership.to_bytes(),
        line.workspace.to_bytes(),
        fold_member(&line.name, line.address.as_str()),
        line.roles.to_bits(),
        standpoint_number(standpoint),
        agreed_roles(standpoint).map(RoleSet::to_bits),
        line.changed_since_last(),
        line.address.host(),
        deciders,
        to_stored(seq),
        json(line)?
    ])?;
    Ok(written > 0)
}

macro_rules! put_line_sql {
    ($end:literal) => {
        concat!(
            "INSERT INTO review_lines (review, membership, workspace, folded, roles, standpoint,
                 to_roles, changed, domain, deciders, seq, row)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (review, membership) DO UPDATE SET folded = excluded.folded,
                 roles = excluded.roles, standpoint = excluded.standpoint,
                 to_roles = excluded.to_roles, changed = excluded.changed,
                 domain = excluded.domain, deciders = excluded.deciders,
                 seq = excluded.seq, row = excluded.row",
            $end
        )
    };
}
const PUT_LINE: &str = put_line_sql!("");
const PUT_LINE_OVER_OLDER: &str = put_line_sql!(" WHERE excluded.seq > review_lines.seq");

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

/// The key of a line.
pub(crate) fn line_key(review: ReviewId, membership: MembershipId) -> Vec<u8> {
    [review.to_bytes(), membership.to_bytes()].concat()
}

/// One line of a review.
pub(crate) fn line(
    db: &Connection,
    review: ReviewId,
    membership: MembershipId,
) -> Result<Option<ReviewLine>, CacheError> {
    Ok(get_line(db, &line_key(review, membership))?.map(|(line, _)| line))
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

/// Reviews, of one workspace or of all, open ones by their due date first, then the closed
/// ones, the last closed first.
pub(crate) fn all(
    db: &Connection,
    workspace: Option<WorkspaceId>,
) -> Result<Vec<Review>, CacheError> {
    let sql = "SELECT row FROM reviews WHERE ?1 IS NULL OR workspace = ?1
               ORDER BY closed IS NOT NULL, closed DESC, due, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement
        .query_map([workspace.map(WorkspaceId::to_bytes)], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}
