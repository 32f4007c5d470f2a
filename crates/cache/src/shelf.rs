//! Windows over the records of one workspace. Each order has an index that covers paging and
//! searching; rows, which can be long, are read only for the page that is asked for.

use std::collections::HashMap;

use muster_domain::{ContentId, Known, Lookup, Part, WorkspaceId};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::error::CacheError;
use crate::fold::words;
use crate::mirror::Mirror;
use crate::types::{
    ContentCounts, ContentEntry, ContentSort, ContentWindow, ContentWindowQuery, Mark,
};
use crate::{contents, grants, members, outbox, overlay};

const fn order(query: &ContentWindowQuery) -> &'static str {
    match (query.sort, query.descending) {
        (ContentSort::Name, false) => "folded, id",
        (ContentSort::Name, true) => "folded DESC, id DESC",
        (ContentSort::Updated, false) => "updated, folded, id",
        (ContentSort::Updated, true) => "updated DESC, folded DESC, id DESC",
    }
}

/// The matching ids in order, from `offset`, at most `limit`.
fn ids(
    db: &Connection,
    query: &ContentWindowQuery,
    offset: u32,
    limit: Option<u32>,
) -> Result<Vec<ContentId>, CacheError> {
    let mut values = vec![
        Value::Blob(query.workspace.to_bytes().to_vec()),
        Value::Integer(contents::kind_number(query.kind)),
    ];
    let mut sql =
        "SELECT id FROM contents WHERE workspace = ?1 AND kind = ?2 AND shown = 1".to_owned();
    for word in words(&query.text) {
        values.push(Value::Text(word));
        sql.push_str(&format!(" AND instr(folded, ?{}) > 0", values.len()));
    }
    values.push(Value::Integer(limit.map_or(-1, i64::from)));
    values.push(Value::Integer(offset.into()));
    let end =
        format!(" ORDER BY {} LIMIT ?{} OFFSET ?{}", order(query), values.len() - 1, values.len());
    sql.push_str(&end);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, [u8; 16]>("id"))?;
    rows.map(|id| Ok(ContentId::from_bytes(id?))).collect()
}

impl Mirror<'_> {
    /// Records of one workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn contents(&self, query: &ContentWindowQuery) -> Result<ContentWindow, CacheError> {
        let db = self.db();
        let total = contents::counts(db, query.workspace)?.of(query.kind);
        let (matched, page) = if query.text.trim().is_empty() {
            (total, ids(db, query, query.offset, Some(query.limit))?)
        } else {
            // A search reads all names anyway, so one pass gives both.
            let all = ids(db, query, 0, None)?;
            let matched = u32::try_from(all.len()).unwrap_or(u32::MAX);
            let page = all.into_iter().skip(query.offset as usize).take(query.limit as usize);
            (matched, page.collect())
        };
        let marks = self.outbox(|outbox| outbox::content_marks(outbox, query.workspace))?;
        let rows = page
            .into_iter()
            .filter_map(|id| self.record(id, &marks).transpose())
            .collect::<Result<_, _>>()?;
        Ok(ContentWindow { total, matched, rows })
    }

    /// One record that lists have.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn content_entry(&self, id: ContentId) -> Result<Option<ContentEntry>, CacheError> {
        if !contents::is_listed(self.db(), id)? {
            return Ok(None);
        }
        let Some(content) = self.content(id)? else { return Ok(None) };
        let marks = self.outbox(|outbox| outbox::content_marks(outbox, content.workspace))?;
        self.record(id, &marks)
    }

    /// How many records of each kind lists have, unsent changes in place.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn content_counts(&self, workspace: WorkspaceId) -> Result<ContentCounts, CacheError> {
        contents::counts(self.db(), workspace)
    }

    fn record(
        &self,
        id: ContentId,
        marks: &HashMap<ContentId, Mark>,
    ) -> Result<Option<ContentEntry>, CacheError> {
        let Some(content) = self.content(id)? else { return Ok(None) };
        let confirmed = overlay::confirmed_content(self.db(), id)?;
        let mark = marks.get(&id).copied().unwrap_or(Mark::None);
        let creator_present = self.may_be_here(content.workspace, content.creator)?;
        Ok(Some(ContentEntry { content, confirmed, mark, creator_present }))
    }

    /// Whether a person is a member of the workspace or an Account Admin, or this copy does
    /// not hold enough to say that they are neither.
    fn may_be_here(
        &self,
        workspace: WorkspaceId,
        login: muster_domain::LoginId,
    ) -> Result<bool, CacheError> {
        if members::present(self.db(), workspace, login)?.is_some() {
            return Ok(true);
        }
        let Some(held) = grants::get(self.db(), workspace)? else { return Ok(true) };
        if !held.has(Part::Members) {
            return Ok(true);
        }
        Ok(self.is_account_admin(held.grant.account, login)? != Known::Known(false))
    }
}
