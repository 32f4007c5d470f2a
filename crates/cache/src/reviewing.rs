//! Windows over access reviews: the list with its progress, the lines, and what there is to
//! carry out. Everything is read from indexes and counts; rows are read for a page alone.

use muster_domain::{
    LoginId, Lookup, MembershipId, Review, ReviewId, ReviewLine, RoleSet, Row, Timestamp,
    Undecided, Workspace, WorkspaceId,
};
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, params, params_from_iter};

use crate::error::CacheError;
use crate::fold::words;
use crate::mirror::Mirror;
use crate::review_marks::{self, ReviewMarks};
use crate::reviews::{self, line_key};
use crate::row::{Key, Kind};
use crate::types::{
    Among, Mark, RefusedDecision, ReviewCounts, ReviewFilter, ReviewLineDetail, ReviewLineEntry,
    ReviewLineQuery, ReviewLineWindow, ReviewSummary, ReviewWork,
};
use crate::{accounts, grants, members, overlay};

/// What the lines of one review have in common.
struct Shared {
    workspace: Workspace,
    /// Domains of those who run the workspace; addresses of others are external.
    inside: Vec<String>,
    marks: ReviewMarks,
    me: LoginId,
}

impl Mirror<'_> {
    /// The reviews of a workspace or of all, open ones first, each with its progress.
    pub(crate) fn reviews(
        &self,
        workspace: Option<WorkspaceId>,
    ) -> Result<Vec<ReviewSummary>, CacheError> {
        let found = reviews::all(self.db(), workspace)?;
        found.into_iter().filter_map(|review| self.summary(review).transpose()).collect()
    }

    /// One review with its progress.
    pub(crate) fn review_summary(&self, id: ReviewId) -> Result<Option<ReviewSummary>, CacheError> {
        match Lookup::review(self, id)? {
            Some(review) => self.summary(review),
            None => Ok(None),
        }
    }

    fn summary(&self, review: Review) -> Result<Option<ReviewSummary>, CacheError> {
        let Some(shared) = self.shared_by(&review)? else { return Ok(None) };
        let held = grants::get(self.db(), review.workspace)?;
        let complete = held.is_some_and(|it| it.is_whole() && it.has_members());
        Ok(Some(ReviewSummary {
            counts: counts(self.db(), review.id, &shared.inside)?,
            pending: pending_lines(self.db(), review.id)?,
            complete,
            mark: shared.marks.review.unwrap_or(Mark::None),
            review,
        }))
    }

    fn shared_by(&self, review: &Review) -> Result<Option<Shared>, CacheError> {
        let Some(workspace) = Lookup::workspace(self, review.workspace)? else { return Ok(None) };
        let inside = self.inside(&workspace)?;
        let marks = self.outbox(|db| review_marks::of(db, review.workspace, review.id))?;
        Ok(Some(Shared { inside, marks, me: self.me()?.id, workspace }))
    }

    /// The domains of those who run a workspace: its owner class and its Account Admins.
    fn inside(&self, workspace: &Workspace) -> Result<Vec<String>, CacheError> {
        let mut inside: Vec<String> = accounts::admins(self.db(), workspace.account)?
            .iter()
            .map(|admin| admin.address.host().to_owned())
            .collect();
        let sql = "SELECT DISTINCT address FROM members
                   WHERE workspace = ?1 AND roles & 17 != 0 AND state < 2";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement
            .query_map([workspace.id.to_bytes()], |row| row.get::<_, String>("address"))?;
        for address in rows {
            let address = address?;
            inside.extend(address.rsplit_once('@').map(|(_, host)| host.to_owned()));
        }
        inside.sort();
        inside.dedup();
        Ok(inside)
    }

    /// Lines of one review.
    pub(crate) fn review_window(
        &self,
        query: &ReviewLineQuery,
    ) -> Result<ReviewLineWindow, CacheError> {
        let none = ReviewLineWindow { matched: 0, rows: Vec::new() };
        let Some(review) = Lookup::review(self, query.review)? else { return Ok(none) };
        let Some(shared) = self.shared_by(&review)? else { return Ok(none) };
        let filter = Filter::new(query, &shared);
        let (matched, page) = filter.page(self.db(), query)?;
        let rows = page
            .into_iter()
            .filter_map(|id| self.line_entry(review.id, id, &shared).transpose())
            .collect::<Result<_, _>>()?;
        Ok(ReviewLineWindow { matched, rows })
    }

    /// The memberships of all lines that match, in order; offset and limit are ignored.
    pub(crate) fn review_line_ids(
        &self,
        query: &ReviewLineQuery,
    ) -> Result<Vec<MembershipId>, CacheError> {
        let Some(review) = Lookup::review(self, query.review)? else { return Ok(Vec::new()) };
        let Some(shared) = self.shared_by(&review)? else { return Ok(Vec::new()) };
        Filter::new(query, &shared).ids(self.db(), 0, None)
    }

    fn line_entry(
        &self,
        review: ReviewId,
        membership: MembershipId,
        shared: &Shared,
    ) -> Result<Option<ReviewLineEntry>, CacheError> {
        let Some(line) = reviews::line(self.db(), review, membership)? else { return Ok(None) };
        let key = Key { kind: Kind::ReviewLine, id: line_key(review, membership) };
        let confirmed = match overlay::find(self.db(), &key)?.and_then(|shadow| shadow.before) {
            Some(Row::ReviewLine(before)) => Some(before),
            _ => None,
        };
        let now = members::get(self.db(), &membership.to_bytes())?.map(|(it, _)| it);
        let standpoint = line.standpoint();
        Ok(Some(ReviewLineEntry {
            confirmed,
            mark: shared.marks.lines.get(&membership).copied().unwrap_or(Mark::None),
            standpoint,
            changed_since: line.changed_since_last(),
            external: is_external(&line, &shared.inside),
            now,
            line,
        }))
    }

    /// One line with what its panel shows besides.
    pub(crate) fn review_detail(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLineDetail>, CacheError> {
        let Some(found) = Lookup::review(self, review)? else { return Ok(None) };
        let Some(shared) = self.shared_by(&found)? else { return Ok(None) };
        let Some(entry) = self.line_entry(review, membership, &shared)? else { return Ok(None) };
        let sql = "SELECT coalesce(sum(number), 0) FROM review_counts
                   WHERE review = ?1 AND roles = ?2";
        let same_roles = self
            .db()
            .prepare_cached(sql)?
            .query_row(params![review.to_bytes(), entry.line.roles.to_bits()], |row| row.get(0))?;
        let other_owners = self.other_owners_of(&shared.workspace, membership)?;
        Ok(Some(ReviewLineDetail { entry, same_roles, people: found.lines, other_owners }))
    }

    /// How many others count for the owner floor of a workspace.
    pub(crate) fn other_owners_of(
        &self,
        workspace: &Workspace,
        membership: MembershipId,
    ) -> Result<Option<u32>, CacheError> {
        let Some(account) = Lookup::account(self, workspace.account)? else { return Ok(None) };
        let role = account.rules().owner_class_role;
        let others = Lookup::other_owners(self, workspace.id, role, membership)?;
        Ok(match others {
            muster_domain::Known::Known(others) => Some(others),
            muster_domain::Known::Unknown => None,
        })
    }

    /// What the decisions of a review come to.
    pub(crate) fn review_work(&self, id: ReviewId) -> Result<Option<ReviewWork>, CacheError> {
        let Some(review) = Lookup::review(self, id)? else { return Ok(None) };
        let Some(shared) = self.shared_by(&review)? else { return Ok(None) };
        let counts = counts(self.db(), id, &shared.inside)?;
        let mut work =
            ReviewWork { kept: counts.kept, undecided: counts.undecided, ..to_do(self.db(), id)? };
        work.done = counts.changed + counts.removed
            - u32::try_from(work.change.len() + work.remove.len()).unwrap_or(u32::MAX);
        if review.undecided == Undecided::Suspend {
            work.suspend = to_suspend(self.db(), id)?;
        }
        Ok(Some(work))
    }

    /// Decisions of this review that the server refused and that were not discarded.
    pub(crate) fn refused_decisions(
        &self,
        id: ReviewId,
    ) -> Result<Vec<RefusedDecision>, CacheError> {
        let Some(review) = Lookup::review(self, id)? else { return Ok(Vec::new()) };
        Ok(self.outbox(|db| review_marks::of(db, review.workspace, id))?.refused)
    }
}

fn is_external(line: &ReviewLine, inside: &[String]) -> bool {
    !inside.is_empty() && !inside.iter().any(|it| it == line.address.host())
}

/// The lines in numbers.
fn counts(
    db: &Connection,
    review: ReviewId,
    inside: &[String],
) -> Result<ReviewCounts, CacheError> {
    let sql = "SELECT standpoint, changed, domain, sum(number) AS number FROM review_counts
               WHERE review = ?1 GROUP BY standpoint, changed, domain";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([review.to_bytes()])?;
    let mut counts = ReviewCounts::default();
    while let Some(row) = rows.next()? {
        let number: u32 = row.get("number")?;
        counts.all += number;
        match row.get::<_, i64>("standpoint")? {
            0 => counts.undecided += number,
            1 => counts.kept += number,
            2 => counts.changed += number,
            3 => counts.removed += number,
            _ => counts.disputed += number,
        }
        if row.get("changed")? {
            counts.changed_since += number;
        } else {
            counts.unchanged_since += number;
        }
        let domain: String = row.get("domain")?;
        if !inside.is_empty() && !inside.contains(&domain) {
            counts.external += number;
        }
    }
    Ok(counts)
}

/// How many lines of a review unsent decisions touch.
fn pending_lines(db: &Connection, review: ReviewId) -> Result<u32, CacheError> {
    let sql = "SELECT count(*) FROM shadow WHERE kind = ?1 AND id > ?2 AND id < ?3";
    let mut above = review.to_bytes().to_vec();
    above.extend([0xff; 17]);
    Ok(db
        .prepare_cached(sql)?
        .query_row(params![Kind::ReviewLine as i64, review.to_bytes(), above], |row| row.get(0))?)
}

/// The lines that keep a review open, as `ReviewLine::is_done` says it of one, without the
/// undecided. `members.state` has the unsent changes in it, as the rules have when they are asked.
fn to_do(db: &Connection, review: ReviewId) -> Result<ReviewWork, CacheError> {
    let sql = "SELECT l.membership, l.standpoint, l.to_roles
               FROM review_lines l JOIN members m ON m.id = l.membership
               WHERE l.review = ?1 AND l.standpoint > 1 AND m.state < 2
                   AND (l.standpoint != 2 OR m.roles != l.to_roles)
               ORDER BY l.folded";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([review.to_bytes()])?;
    let mut work = ReviewWork::default();
    while let Some(row) = rows.next()? {
        let id = MembershipId::from_bytes(row.get("membership")?);
        match row.get::<_, i64>("standpoint")? {
            2 => work.change.push((id, roles(row.get("to_roles")?)?)),
            3 => work.remove.push(id),
            _ => work.disputed.push(id),
        }
    }
    Ok(work)
}

fn roles(bits: u32) -> rusqlite::Result<RoleSet> {
    RoleSet::from_bits(bits)
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(0, "roles".to_owned(), Type::Integer))
}

/// Active people about whom nobody decided, without the owner class of both schemes (E-50).
fn to_suspend(db: &Connection, review: ReviewId) -> Result<Vec<MembershipId>, CacheError> {
    let sql = "SELECT l.membership FROM review_lines l JOIN members m ON m.id = l.membership
               WHERE l.review = ?1 AND l.standpoint = 0 AND m.state = 0 AND m.roles & 17 = 0
               ORDER BY l.folded";
    let mut statement = db.prepare_cached(sql)?;
    let rows =
        statement.query_map([review.to_bytes()], |row| row.get::<_, [u8; 16]>("membership"))?;
    rows.map(|id| Ok(MembershipId::from_bytes(id?))).collect()
}

/// Ids as SQLite takes them apart.
fn ids_json(ids: &[MembershipId]) -> Value {
    let hex = |id: &MembershipId| -> String {
        id.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let all: Vec<String> = ids.iter().map(hex).collect();
    Value::Text(format!("{all:?}"))
}

/// A query as conditions, with the values of those.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    fn new(query: &ReviewLineQuery, shared: &Shared) -> Self {
        let mut filter = Self {
            sql: " FROM review_lines WHERE review = ?1".to_owned(),
            values: vec![Value::Blob(query.review.to_bytes().to_vec())],
        };
        match query.filter {
            ReviewFilter::All => {}
            ReviewFilter::Undecided => filter.sql.push_str(" AND standpoint = 0"),
            ReviewFilter::Kept => filter.sql.push_str(" AND standpoint = 1"),
            ReviewFilter::Changed => filter.sql.push_str(" AND standpoint = 2"),
            ReviewFilter::Removed => filter.sql.push_str(" AND standpoint = 3"),
            ReviewFilter::Disputed => filter.sql.push_str(" AND standpoint = 4"),
            ReviewFilter::ChangedSince => filter.sql.push_str(" AND changed = 1"),
            ReviewFilter::UnchangedSince => filter.sql.push_str(" AND changed = 0"),
            ReviewFilter::External => filter.external(&shared.inside),
            ReviewFilter::Mine => {
                let me = Value::Blob(shared.me.to_bytes().to_vec());
                filter.and("instr(deciders, ?) > 0", me);
            }
        }
        match &query.among {
            None => {}
            Some(Among::Quiet { since, roles }) => {
                filter.quiet(query.review, shared, *since, roles)
            }
            Some(Among::These(ids)) => {
                filter.and("membership IN (SELECT unhex(value) FROM json_each(?))", ids_json(ids));
            }
        }
        for word in words(&query.text) {
            filter.and("instr(folded, ?) > 0", Value::Text(word));
        }
        filter
    }

    /// Whoever was there at the moment, could change something, and did not.
    fn quiet(&mut self, review: ReviewId, shared: &Shared, since: Timestamp, roles: &[RoleSet]) {
        let roles: Vec<u32> = roles.iter().map(|it| it.to_bits()).collect();
        let workspace = Value::Blob(shared.workspace.id.to_bytes().to_vec());
        self.values.push(Value::Blob(review.to_bytes().to_vec()));
        let able = format!(
            "membership IN (SELECT membership FROM review_lines WHERE review = ?{} AND roles IN
                 (SELECT value FROM json_each(?)))",
            self.values.len()
        );
        self.and(&able, Value::Text(format!("{roles:?}")));
        self.values.push(workspace);
        let place = self.values.len();
        let active = format!(
            "membership NOT IN (SELECT m.id FROM uses u
                 JOIN members m ON m.login = u.actor AND m.workspace = u.workspace
                 WHERE u.workspace = ?{place} AND u.last >= ?)"
        );
        self.and(&active, Value::Integer(since.0));
        let new = format!(
            "membership NOT IN (SELECT id FROM members
                 WHERE workspace = ?{place} AND former = 0 AND joined > ?)"
        );
        self.and(&new, Value::Integer(since.0));
    }

    fn and(&mut self, test: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(" AND ");
        // A value that stands there by number already keeps it.
        let mut rest = test;
        while let Some(at) = rest.find('?') {
            self.sql.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                self.sql.push('?');
            } else {
                self.sql.push_str(&format!("?{}", self.values.len()));
            }
        }
        self.sql.push_str(rest);
    }

    fn external(&mut self, inside: &[String]) {
        if inside.is_empty() {
            self.sql.push_str(" AND 0");
        }
        for domain in inside {
            self.and("domain != ?", Value::Text(domain.clone()));
        }
    }

    /// The matching lines in order, from `offset`, at most `limit`.
    fn ids(
        &self,
        db: &Connection,
        offset: u32,
        limit: Option<u32>,
    ) -> Result<Vec<MembershipId>, CacheError> {
        let sql = format!(
            "SELECT membership{} ORDER BY changed DESC, folded, membership LIMIT {} OFFSET {offset}",
            self.sql,
            limit.map_or(-1, i64::from)
        );
        let mut statement = db.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(&self.values), |row| {
            row.get::<_, [u8; 16]>("membership")
        })?;
        rows.map(|id| Ok(MembershipId::from_bytes(id?))).collect()
    }

    /// How many match, and the page. Without words the number comes from an index alone.
    fn page(
        &self,
        db: &Connection,
        query: &ReviewLineQuery,
    ) -> Result<(u32, Vec<MembershipId>), CacheError> {
        let mut statement = db.prepare_cached(&format!("SELECT count(*){}", self.sql))?;
        let matched = statement.query_row(params_from_iter(&self.values), |row| row.get(0))?;
        Ok((matched, self.ids(db, query.offset, Some(query.limit))?))
    }
}
