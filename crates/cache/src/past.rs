//! What differs between two days: rebuilt from the history, so there is no second truth. The
//! roster of one day is `day.rs`. The columns beside the events are read in one pass in the order of their
//! key; rows are taken apart for what is shown alone.

use std::collections::{BTreeMap, HashMap};

use muster_domain::{
    LoginId, Membership, MembershipId, Part, RoleSet, Row, Timestamp, WorkspaceId,
};
use muster_protocol::{LogOf, LogPlace, mentions};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::mirror::Mirror;
use crate::row::{Kind, from_stored};
use crate::types::{CompareQuestion, Compared, ComparedLine, EventRef, Unchanged, Unsent};
use crate::{grants, ledger, log, members, own_roles};

/// A membership as one event left it.
#[derive(Debug, Clone)]
struct Was {
    event: i64,
    login: [u8; 16],
    roles: u32,
    state: i64,
}

impl Was {
    fn is_present(&self) -> bool {
        self.state < 2
    }
}

impl Mirror<'_> {
    /// Whether the history that is here tells everything about the members of a workspace.
    pub(crate) fn is_told(&self, workspace: WorkspaceId) -> Result<bool, CacheError> {
        let held = grants::get(self.db(), workspace)?;
        let sees = held.is_some_and(|it| it.has(Part::Members) && it.has(Part::History));
        let state = log::state(self.db(), LogOf::Workspace(workspace))?;
        Ok(sees && state.is_some_and(|it| it.whole && !it.loading && it.events > 0))
    }

    /// What differs between two moments.
    pub(crate) fn compare(&self, question: &CompareQuestion) -> Result<Compared, CacheError> {
        let db = self.db();
        let from = cut(db, question.workspace, question.from)?.unwrap_or(0);
        let to = cut(db, question.workspace, question.to)?.unwrap_or(0);
        let mut pairs = pairs(db, question.workspace, from, to.max(from))?;
        let unsent = match question.unsent {
            Unsent::LeftOut => HashMap::new(),
            Unsent::Included => touched(db, question.workspace)?,
        };
        for (id, member) in &unsent {
            pairs.entry(*id).or_default().unsent = Some(member.clone());
        }
        let other = other_roles(db, question)?;
        let mut compared = sorted_out(db, pairs, question, other)?;
        compared.complete = self.is_told(question.workspace)?;
        Ok(compared)
    }
}

/// The last event of the workspace at or before a moment.
pub(crate) fn cut(
    db: &Connection,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<Option<i64>, CacheError> {
    // The highest number and not the latest time: the chain's order holds where a clock did not.
    // Those that are not late have both in one order, so the last of them by time will do.
    let sql = "SELECT max(id) AS id FROM (
                   SELECT id FROM (SELECT id FROM events WHERE workspace = ?1 AND at <= ?2
                                   ORDER BY at DESC, id DESC LIMIT 1)
                   UNION ALL
                   SELECT max(id) FROM events WHERE workspace = ?1 AND late = 1 AND at <= ?2)";
    let values = params![workspace.to_bytes(), at.0];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get("id"))?)
}

/// The membership as an event left it.
pub(crate) fn member_after(db: &Connection, event: i64) -> Result<Option<Membership>, CacheError> {
    let sql = "SELECT after, names FROM event_rows WHERE id = ?1";
    let opened = |row: &rusqlite::Row<'_>| {
        let after: String = row.get("after")?;
        Ok(mentions::opened(&after, &ledger::names(row)?))
    };
    let found = db.prepare_cached(sql)?.query_row([event], opened).optional()?;
    let row: Option<Row> = found.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(match row {
        Some(Row::Membership(member)) => Some(member),
        _ => None,
    })
}

/// One membership at both moments.
#[derive(Debug, Default)]
struct Pair {
    before: Option<Was>,
    after: Option<Was>,
    /// The last event that changed roles or state in between.
    changed: Option<i64>,
    /// As unsent changes leave it.
    unsent: Option<Membership>,
    folded: String,
}

impl Pair {
    fn was_present(&self) -> bool {
        self.before.as_ref().is_some_and(Was::is_present)
    }

    fn is_present(&self) -> bool {
        match &self.unsent {
            Some(member) => member.state.is_present(),
            None => self.after.as_ref().is_some_and(Was::is_present),
        }
    }

    /// Roles and state at the later moment.
    fn later(&self) -> Option<(u32, i64)> {
        match &self.unsent {
            Some(member) => Some((member.roles.to_bits(), members::state_number(member.state))),
            None => self.after.as_ref().map(|it| (it.roles, it.state)),
        }
    }

    fn is_unsent(&self) -> bool {
        self.unsent.is_some() && self.later() != self.after.as_ref().map(|it| (it.roles, it.state))
    }

    /// `other` are bits that stood for another role.
    fn is_same(&self, other: u32) -> bool {
        let was = self.before.as_ref().map(|it| (it.roles, it.state));
        was == self.later() && was.is_none_or(|(roles, _)| roles & other == 0)
    }

    fn login(&self) -> Option<LoginId> {
        let logged = self.after.as_ref().or(self.before.as_ref()).map(|it| it.login);
        self.unsent.as_ref().map(|it| it.login).or(logged.map(LoginId::from_bytes))
    }
}

/// Every membership with what it was at both moments.
fn pairs(
    db: &Connection,
    workspace: WorkspaceId,
    from: i64,
    to: i64,
) -> Result<BTreeMap<MembershipId, Pair>, CacheError> {
    // Columns by number: their names would be looked up again for each of 200,000 rows.
    let sql = "SELECT membership, event, login, roles, state, folded FROM event_members
               WHERE workspace = ?1 AND event <= ?2 ORDER BY membership, event";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![workspace.to_bytes(), to])?;
    let mut pairs: BTreeMap<MembershipId, Pair> = BTreeMap::new();
    let mut current: Option<(MembershipId, Pair)> = None;
    while let Some(row) = rows.next()? {
        let id = MembershipId::from_bytes(row.get(0)?);
        if current.as_ref().is_none_or(|(held, _)| *held != id) {
            pairs.extend(current.replace((id, Pair::default())));
        }
        let Some((_, pair)) = &mut current else { continue };
        let was =
            Was { event: row.get(1)?, login: row.get(2)?, roles: row.get(3)?, state: row.get(4)? };
        let differs = pair.after.as_ref().map(|it| (it.roles, it.state));
        if was.event <= from {
            pair.before = Some(was.clone());
        } else if differs != Some((was.roles, was.state)) {
            pair.changed = Some(was.event);
        }
        if pair.changed.is_some() || pair.folded.is_empty() {
            pair.folded.clear();
            pair.folded.push_str(row.get_ref(5)?.as_str().unwrap_or_default());
        }
        pair.after = Some(was);
    }
    pairs.extend(current);
    Ok(pairs)
}

/// Memberships that unsent changes touch, as they leave them.
fn touched(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<HashMap<MembershipId, Membership>, CacheError> {
    let sql = "SELECT id FROM shadow WHERE workspace = ?1 AND kind = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement
        .query_map(params![workspace.to_bytes(), Kind::Membership as i64], |row| {
            row.get::<_, Vec<u8>>("id")
        })?;
    let mut touched = HashMap::new();
    for id in rows {
        if let Some((member, _)) = members::get(db, &id?)? {
            touched.insert(member.id, member);
        }
    }
    Ok(touched)
}

/// The own roles' bits that stand for another role at the later moment.
fn other_roles(db: &Connection, question: &CompareQuestion) -> Result<u32, CacheError> {
    let of = |at| own_roles::at(db, question.workspace, at);
    let (then, later) = (of(question.from)?, of(question.to)?);
    let other = then.iter().filter(|was| {
        let is = later.iter().find(|is| is.slot == was.slot);
        is.is_some_and(|is| is.id != was.id)
    });
    Ok(other.map(|was| RoleSet::own(was.slot)).fold(0, |bits, it| bits | it.to_bits()))
}

/// Which of the pairs differ, and how.
fn sorted_out(
    db: &Connection,
    pairs: BTreeMap<MembershipId, Pair>,
    question: &CompareQuestion,
    other: u32,
) -> Result<Compared, CacheError> {
    let limit = question.limit;
    let mut compared = Compared::default();
    let (mut joined, mut left, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut same = Vec::new();
    for (_, pair) in pairs {
        match (pair.was_present(), pair.is_present()) {
            (false, false) => continue,
            (true, true) if pair.is_same(other) => {
                compared.unchanged += 1;
                if question.unchanged == Unchanged::Told {
                    same.push((pair, None));
                }
            }
            (true, true) => changed.push((pair, None)),
            (false, true) => joined.push(pair),
            (true, false) => left.push(pair),
        }
    }
    // Who left and came back has two memberships and is one line.
    let mut gone: HashMap<LoginId, Pair> = HashMap::new();
    let mut nameless = Vec::new();
    for pair in left {
        match pair.login() {
            Some(login) => nameless.extend(gone.insert(login, pair)),
            None => nameless.push(pair),
        }
    }
    let (mut fresh, mut back) = (Vec::new(), Vec::new());
    for pair in joined {
        match pair.login().and_then(|login| gone.remove(&login)) {
            Some(former) => back.push((pair, Some(former))),
            None => fresh.push((pair, None)),
        }
    }
    changed.append(&mut back);
    let gone: Vec<_> = gone.into_values().chain(nameless).map(|pair| (pair, None)).collect();
    let all = || fresh.iter().chain(&changed).chain(&gone);
    compared.unsent = number(all().filter(|(pair, _)| pair.is_unsent()).count());
    compared.joined_total = number(fresh.len());
    compared.changed_total = number(changed.len());
    compared.left_total = number(gone.len());
    compared.joined = lines(db, fresh, limit)?;
    compared.changed = lines(db, changed, limit)?;
    compared.left = lines(db, gone, limit)?;
    compared.same = lines(db, same, limit)?;
    Ok(compared)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The first lines by name.
fn lines(
    db: &Connection,
    mut pairs: Vec<(Pair, Option<Pair>)>,
    limit: u32,
) -> Result<Vec<ComparedLine>, CacheError> {
    let name = |pair: &Pair| match &pair.unsent {
        Some(member) => crate::fold::fold_member(&member.name, member.address.as_str()),
        None => pair.folded.clone(),
    };
    pairs.sort_by_cached_key(|(pair, _)| name(pair));
    pairs.truncate(limit as usize);
    pairs.into_iter().map(|(pair, former)| line(db, &pair, former.as_ref())).collect()
}

fn line(db: &Connection, pair: &Pair, former: Option<&Pair>) -> Result<ComparedLine, CacheError> {
    let was = former.unwrap_or(pair).before.as_ref();
    let before = match was.filter(|it| it.is_present()) {
        Some(was) => member_after(db, was.event)?,
        None => None,
    };
    let last = match (&pair.unsent, &pair.after) {
        (Some(member), _) => Some(member.clone()),
        (None, Some(after)) => member_after(db, after.event)?,
        (None, None) => None,
    };
    let told = match pair.changed.filter(|_| !pair.is_unsent()) {
        Some(event) => told(db, event)?,
        None => None,
    };
    let gone = match former.and_then(|it| it.changed) {
        Some(event) => self::told(db, event)?.map(|(at, by, _)| (at, by)),
        None => None,
    };
    let (at, by, event) = match told {
        Some((at, by, event)) => (Some(at), Some(by), Some(event)),
        None => (None, None, None),
    };
    Ok(ComparedLine {
        before,
        after: last.clone().filter(|it| it.state.is_present()),
        last,
        at,
        by,
        event,
        came_back: former.is_some(),
        gone,
        not_sent: pair.is_unsent(),
    })
}

/// When an event was, who did it, and its name.
fn told(db: &Connection, event: i64) -> Result<Option<(Timestamp, String, EventRef)>, CacheError> {
    let sql = "SELECT e.at, e.seq, e.ord, e.log, r.actor_name FROM events e
               JOIN event_rows r ON r.id = e.id WHERE e.id = ?1";
    let found = db.prepare_cached(sql)?.query_row([event], |row| {
        let of = LogOf::Workspace(WorkspaceId::from_bytes(row.get("log")?));
        let place = LogPlace { seq: from_stored(row.get("seq")?), ord: row.get("ord")? };
        Ok((Timestamp(row.get("at")?), row.get("actor_name")?, EventRef { of, place }))
    });
    Ok(found.optional()?)
}
