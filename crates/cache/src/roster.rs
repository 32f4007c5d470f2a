//! Windows over the members of one workspace.
//!
//! Each order has an index that covers paging, counting and searching; rows are read only for
//! the page that is asked for, so 100,000 members cost what a page costs.

use std::borrow::Cow;
use std::collections::HashMap;

use muster_domain::{
    Address, Lookup, MemberState, Membership, MembershipId, RoleSet, Row, WorkspaceId,
};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::error::CacheError;
use crate::fold::{fold, words};
use crate::mirror::Mirror;
use crate::row::{label_within, tally_labels};
use crate::types::{
    Acted, FormerRoles, Mark, MemberEntry, MemberSort, MemberStatus, MemberWindow,
    MemberWindowQuery, RoleHolders,
};
use crate::uses::LAST_ACT;
use crate::{grants, members, outbox, overlay};

/// A query as SQL from `FROM` to its conditions, with the values of those.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    fn new(query: &MemberWindowQuery) -> Self {
        let (former, shown) = match query.status {
            MemberStatus::Present => (0, None),
            MemberStatus::Active => (0, Some(0)),
            MemberStatus::Suspended => (0, Some(1)),
            MemberStatus::Former => (1, None),
        };
        let mut filter = Self {
            sql: " FROM members WHERE workspace = ?1 AND former = ?2".to_owned(),
            values: vec![Value::Blob(query.workspace.to_bytes().to_vec()), Value::Integer(former)],
        };
        if let Some(shown) = shown {
            filter.and("shown =", Value::Integer(shown));
        }
        if query.ends {
            filter.sql.push_str(" AND until IS NOT NULL");
        }
        if let Some(label) = &query.label {
            filter.values.push(Value::Text(label_within(label)));
            filter.sql.push_str(&format!(" AND instr(labels, ?{}) > 0", filter.values.len()));
        }
        if !query.roles.is_empty() {
            filter.values.push(Value::Integer(query.roles.to_bits().into()));
            filter.sql.push_str(&format!(" AND roles & ?{} != 0", filter.values.len()));
        }
        match query.acted {
            None => {}
            Some(Acted::Since(at)) => filter.and(&format!("{LAST_ACT} >="), Value::Integer(at.0)),
            Some(Acted::NotSince(at)) => {
                filter.and(&format!("coalesce({LAST_ACT}, 0) <"), Value::Integer(at.0));
                // The plus keeps the order by name, whose index has all that is asked.
                filter.and("+joined <", Value::Integer(at.0));
            }
            Some(Acted::Never) => filter.sql.push_str(&format!(" AND {LAST_ACT} IS NULL")),
        }
        for word in words(&query.text) {
            filter.values.push(Value::Text(word));
            filter.sql.push_str(&format!(" AND instr(folded, ?{}) > 0", filter.values.len()));
        }
        filter
    }

    fn and(&mut self, test: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(&format!(" AND {test} ?{}", self.values.len()));
    }
}

fn order(query: &MemberWindowQuery) -> Cow<'static, str> {
    let fixed = match (query.sort, query.descending) {
        (MemberSort::Name, false) => "folded, id",
        (MemberSort::Name, true) => "folded DESC, id DESC",
        (MemberSort::Address, false) => "address, id",
        (MemberSort::Address, true) => "address DESC, id DESC",
        // The lowest bit is the first role in the order in which roles are shown.
        (MemberSort::Role, false) => "roles & -roles, roles, folded, id",
        (MemberSort::Role, true) => "roles & -roles DESC, roles DESC, folded, id",
        (MemberSort::Status, false) => "shown, folded, id",
        (MemberSort::Status, true) => "shown DESC, folded, id",
        (MemberSort::Joined, false) => "joined, folded, id",
        (MemberSort::Joined, true) => "joined DESC, folded, id",
        (MemberSort::Ends, false) => "until IS NULL, until, folded, id",
        (MemberSort::Ends, true) => "until IS NULL, until DESC, folded, id",
        (MemberSort::Acted, descending) => {
            let way = if descending { "DESC" } else { "ASC" };
            return format!("coalesce({LAST_ACT}, 0) {way}, folded, id").into();
        }
    };
    fixed.into()
}

/// The matching ids in order, from `offset`, at most `limit`.
fn ids(
    db: &Connection,
    query: &MemberWindowQuery,
    offset: u32,
    limit: Option<u32>,
) -> Result<Vec<MembershipId>, CacheError> {
    let filter = Filter::new(query);
    let mut values = filter.values;
    values.push(Value::Integer(limit.map_or(-1, i64::from)));
    values.push(Value::Integer(offset.into()));
    let sql = format!(
        "SELECT id{} ORDER BY {} LIMIT ?{} OFFSET ?{}",
        filter.sql,
        order(query),
        values.len() - 1,
        values.len()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, [u8; 16]>("id"))?;
    rows.map(|id| Ok(MembershipId::from_bytes(id?))).collect()
}

fn count(db: &Connection, query: &MemberWindowQuery) -> Result<u32, CacheError> {
    let filter = Filter::new(query);
    let mut statement = db.prepare_cached(&format!("SELECT count(*){}", filter.sql))?;
    Ok(statement.query_row(params_from_iter(filter.values), |row| row.get(0))?)
}

impl Mirror<'_> {
    /// Members of one workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn members(&self, query: &MemberWindowQuery) -> Result<MemberWindow, CacheError> {
        let db = self.db();
        let (matched, page) = self.matching(query)?;
        let marks = self.outbox(|outbox| outbox::marks(outbox, query.workspace))?;
        let rows = page
            .into_iter()
            .filter_map(|id| self.entry_of(id, &marks).transpose())
            .collect::<Result<_, _>>()?;
        let held = grants::get(db, query.workspace)?.filter(grants::Held::has_members);
        let (counts, owners) = match held {
            Some(held) => (held.counts, held.owners),
            // Not whole yet: what is here so far.
            None => members::counts(db, query.workspace, owner_roles())?,
        };
        Ok(MemberWindow {
            people: counts.active + counts.suspended,
            owners,
            leaving: overlay::count_leaving(db, query.workspace)?,
            matched,
            counts,
            rows,
        })
    }

    /// How many match, and the page's ids.
    fn matching(&self, query: &MemberWindowQuery) -> Result<(u32, Vec<MembershipId>), CacheError> {
        let db = self.db();
        if query.text.trim().is_empty() {
            let page = ids(db, query, query.offset, Some(query.limit))?;
            return Ok((self.count(query)?, page));
        }
        // A search reads all names anyway, so one pass gives both.
        let all = ids(db, query, 0, None)?;
        let matched = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = all.into_iter().skip(query.offset as usize).take(query.limit as usize);
        Ok((matched, page.collect()))
    }

    /// How many match. Lists by state alone are not counted: there are as many as are
    /// confirmed, and those few that unsent changes shift.
    fn count(&self, query: &MemberWindowQuery) -> Result<u32, CacheError> {
        let by_state_alone =
            query.roles.is_empty() && query.label.is_none() && query.acted.is_none() && !query.ends;
        match grants::get(self.db(), query.workspace)? {
            Some(held) if by_state_alone && held.has_members() => {
                let [active, suspended, former] = overlay::shifts(self.db(), query.workspace)?;
                let active = i64::from(held.counts.active) + active;
                let suspended = i64::from(held.counts.suspended) + suspended;
                let number = match query.status {
                    MemberStatus::Present => active + suspended,
                    MemberStatus::Active => active,
                    MemberStatus::Suspended => suspended,
                    MemberStatus::Former => i64::from(held.counts.former) + former,
                };
                Ok(u32::try_from(number).unwrap_or_default())
            }
            Some(_) | None => count(self.db(), query),
        }
    }

    /// The ids of all members that match, in order; offset and limit are ignored.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_ids(&self, query: &MemberWindowQuery) -> Result<Vec<MembershipId>, CacheError> {
        ids(self.db(), query, 0, None)
    }

    /// The place in the list of the next member after a place whose name starts with the
    /// letters, from the top again when there is none below; offset and limit are ignored.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_starting(
        &self,
        query: &MemberWindowQuery,
        letters: &str,
        after: u32,
    ) -> Result<Option<u32>, CacheError> {
        let letters = fold(letters);
        let filter = Filter::new(query);
        let sql = format!("SELECT folded{} ORDER BY {}", filter.sql, order(query));
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(filter.values))?;
        let (mut first, mut place) = (None, 0);
        while let Some(row) = rows.next()? {
            let folded = row.get_ref("folded")?.as_str().map_err(rusqlite::Error::from)?;
            if folded.starts_with(&letters) {
                if place > after {
                    return Ok(Some(place));
                }
                first = first.or(Some(place));
            }
            place += 1;
        }
        Ok(first)
    }

    /// Who holds which roles.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn role_holders(&self, workspace: WorkspaceId) -> Result<RoleHolders, CacheError> {
        members::holders(self.db(), workspace)
    }

    /// The labels of present members that are in use, each with how many have it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_labels(&self, workspace: WorkspaceId) -> Result<Vec<(String, u32)>, CacheError> {
        Ok(tally_labels(&members::label_columns(self.db(), workspace)?))
    }

    /// What the last former membership of an address held (E-29).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn former_roles(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Option<FormerRoles>, CacheError> {
        members::former_roles(self.db(), workspace, address)
    }

    /// One member.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_entry(&self, id: MembershipId) -> Result<Option<MemberEntry>, CacheError> {
        let Some(member) = self.membership(id)? else { return Ok(None) };
        let marks = self.outbox(|outbox| outbox::marks(outbox, member.workspace))?;
        self.entry_of(id, &marks)
    }

    pub(crate) fn entry_of(
        &self,
        id: MembershipId,
        marks: &HashMap<MembershipId, Mark>,
    ) -> Result<Option<MemberEntry>, CacheError> {
        let Some(found) = members::listed(self.db(), id)? else { return Ok(None) };
        let before = found.before.map(|text| serde_json::from_str(&text)).transpose()?;
        let confirmed = match before {
            Some(Row::Membership(before)) => Some(before),
            _ => None,
        };
        let mark = match marks.get(&id) {
            Some(mark) => *mark,
            None if found.is_new => Mark::New,
            None => Mark::None,
        };
        Ok(Some(MemberEntry { member: found.member, confirmed, mark }))
    }
}

/// The owner-class roles of every scheme; no workspace mixes schemes (C-5).
pub(crate) fn owner_roles() -> RoleSet {
    muster_domain::SchemeId::ALL.iter().map(|it| it.scheme().owner_class_role).collect()
}

/// Keeps the confirmed counts of a workspace, from rows without unsent changes.
pub(crate) fn recount(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    let (counts, owners) = members::counts(db, workspace, owner_roles())?;
    grants::count(db, workspace, counts, owners)
}

/// Adds one change of a confirmed row to the counts of its workspace, which may be too large
/// to be counted at each change.
pub(crate) fn adjust(
    db: &Connection,
    before: Option<&Membership>,
    after: &Membership,
) -> Result<(), CacheError> {
    let mut change = tally(after);
    if let Some(before) = before {
        change.iter_mut().zip(tally(before)).for_each(|(after, before)| *after -= before);
    }
    if change == [0; 4] {
        return Ok(());
    }
    grants::adjust(db, after.workspace, change)
}

/// What one member adds to active, suspended, former and owners.
fn tally(member: &Membership) -> [i64; 4] {
    match member.state {
        MemberState::Active => {
            let is_owner = member.roles.iter().any(|role| owner_roles().has(role));
            [1, 0, 0, is_owner.into()]
        }
        MemberState::Suspended => [0, 1, 0, 0],
        MemberState::Left | MemberState::Removed | MemberState::Expired => [0, 0, 1, 0],
    }
}
