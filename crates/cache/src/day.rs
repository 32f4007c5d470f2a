//! The roster of a day: rebuilt from the history in one pass over what stood on that day, and
//! kept while it is looked at. Somebody who scrolls, sorts or types a name asks for the same
//! day again and again, and what was is not going to change.

use std::cmp::Ordering;
use std::sync::{Arc, Mutex};

use muster_domain::{Timestamp, WorkspaceId};
use muster_protocol::LogOf;
use rusqlite::{Connection, params};

use crate::error::CacheError;
use crate::fold::{SEPARATOR, words};
use crate::log;
use crate::mirror::Mirror;
use crate::past::{cut, member_after};
use crate::row::label_within;
use crate::types::{AsOfPage, MemberSort, MemberStatus, MemberWindowQuery};
use crate::writer::lock;

/// A day of more people than this is read anew each time: what is kept takes room.
const MOST_KEPT: usize = 200_000;

/// Which day of which chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DayOf {
    workspace: WorkspaceId,
    cut: i64,
    /// How much of the chain was here.
    events: u32,
}

/// What a roster is sorted and found by.
struct One {
    event: i64,
    roles: u32,
    state: i64,
    folded: Box<str>,
    labels: Box<str>,
    joined: i64,
    until: Option<i64>,
}

/// Everybody who ever was a member up to a day, as that day left them.
struct Day {
    of: DayOf,
    ones: Vec<One>,
}

/// The day that was asked for last.
#[derive(Default)]
pub(crate) struct LastDay(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    day: Option<Arc<Day>>,
    /// Rises when what was kept may no longer be so.
    news: u64,
}

impl LastDay {
    /// The copy is about to be another one.
    pub(crate) fn forget(&self) {
        let mut kept = lock(&self.0);
        kept.day = None;
        kept.news += 1;
    }

    /// The day, read unless it is the one that was asked for last.
    fn get(
        &self,
        of: DayOf,
        read: impl FnOnce() -> Result<Vec<One>, CacheError>,
    ) -> Result<Arc<Day>, CacheError> {
        let news = {
            let kept = lock(&self.0);
            if let Some(day) = kept.day.as_ref().filter(|it| it.of == of) {
                return Ok(Arc::clone(day));
            }
            kept.news
        };
        let day = Arc::new(Day { of, ones: read()? });
        let mut kept = lock(&self.0);
        if kept.news == news && day.ones.len() <= MOST_KEPT {
            kept.day = Some(Arc::clone(&day));
        }
        Ok(day)
    }
}

impl Mirror<'_> {
    /// The roster as it was.
    pub(crate) fn as_of(
        &self,
        query: &MemberWindowQuery,
        at: Timestamp,
        last: &LastDay,
    ) -> Result<AsOfPage, CacheError> {
        let (db, workspace) = (self.db(), query.workspace);
        let complete = self.is_told(workspace)?;
        let Some(cut) = cut(db, workspace, at)? else {
            return Ok(AsOfPage { matched: 0, people: 0, rows: Vec::new(), complete });
        };
        let events = log::state(db, LogOf::Workspace(workspace))?.map_or(0, |it| it.events);
        let day = last.get(DayOf { workspace, cut, events }, || read(db, workspace, cut))?;
        let people = day.ones.iter().filter(|it| it.state < 2).count();
        let mut fitting = fitting(&day.ones, query);
        let matched = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
        let rows = page(&mut fitting, query)
            .iter()
            .filter_map(|one| member_after(db, one.event).transpose())
            .collect::<Result<_, _>>()?;
        Ok(AsOfPage { matched, people: u32::try_from(people).unwrap_or(u32::MAX), rows, complete })
    }
}

fn read(db: &Connection, workspace: WorkspaceId, cut: i64) -> Result<Vec<One>, CacheError> {
    // Columns by number: their names would be looked up again for each of 100,000 people.
    let sql = standing("event, roles, state, until, labels, folded, joined");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params![workspace.to_bytes(), cut])?;
    let mut ones = Vec::new();
    while let Some(row) = rows.next()? {
        ones.push(One {
            event: row.get(0)?,
            roles: row.get(1)?,
            state: row.get(2)?,
            until: row.get(3)?,
            labels: row.get_ref(4)?.as_str().unwrap_or_default().into(),
            folded: row.get_ref(5)?.as_str().unwrap_or_default().into(),
            joined: row.get(6)?,
        });
    }
    Ok(ones)
}

/// What asks for the memberships of the workspace `?1` as they stood after the event `?2`: those
/// that still stand so, and those that something came to later. Every column is in the index.
pub(crate) fn standing(columns: &str) -> String {
    format!(
        "SELECT {columns} FROM event_members
         WHERE workspace = ?1 AND gone IS NULL AND event <= ?2
         UNION ALL
         SELECT {columns} FROM event_members
         WHERE workspace = ?1 AND gone > ?2 AND event <= ?2"
    )
}

impl One {
    fn address(&self) -> Option<&str> {
        self.folded.rsplit_once(SEPARATOR).map(|(_, address)| address)
    }
}

/// Those that match.
fn fitting<'a>(ones: &'a [One], query: &MemberWindowQuery) -> Vec<&'a One> {
    let words = words(&query.text);
    let label = query.label.as_deref().map(label_within);
    let wanted = query.roles.to_bits();
    let fits = |one: &&One| {
        let in_state = match query.status {
            MemberStatus::Present => one.state < 2,
            MemberStatus::Active => one.state == 0,
            MemberStatus::Suspended => one.state == 1,
            MemberStatus::Former => one.state > 1,
        };
        in_state
            && (wanted == 0 || one.roles & wanted != 0)
            && (!query.ends || one.until.is_some())
            && label.as_deref().is_none_or(|label| one.labels.contains(label))
            && words.iter().all(|word| one.folded.contains(word.as_str()))
    };
    ones.iter().filter(fits).collect()
}

/// The rows of the page, in the order of the roster. What lies behind it is not put in order.
fn page<'a, 'b>(fitting: &'b mut [&'a One], query: &MemberWindowQuery) -> &'b [&'a One] {
    let from = (query.offset as usize).min(fitting.len());
    let to = from.saturating_add(query.limit as usize).min(fitting.len());
    let order = |one: &&One, other: &&One| compared(one, other, query);
    if to < fitting.len() {
        fitting.select_nth_unstable_by(to, order);
    }
    let head = &mut fitting[..to];
    if from > 0 && from < to {
        head.select_nth_unstable_by(from, order);
    }
    head[from..].sort_unstable_by(order);
    &fitting[from..to]
}

/// The order of the roster, as today's has it.
fn compared(one: &One, other: &One, query: &MemberWindowQuery) -> Ordering {
    let first = match query.sort {
        MemberSort::Name => one.folded.cmp(&other.folded),
        MemberSort::Address => one.address().cmp(&other.address()),
        MemberSort::Role => (one.roles & one.roles.wrapping_neg(), one.roles)
            .cmp(&(other.roles & other.roles.wrapping_neg(), other.roles)),
        MemberSort::Status => one.state.cmp(&other.state),
        MemberSort::Joined => one.joined.cmp(&other.joined),
        MemberSort::Ends => one.until.cmp(&other.until),
        // Of a day that is not kept, and the roster of a day does not offer it.
        MemberSort::Acted => Ordering::Equal,
    };
    let first = if query.descending { first.reverse() } else { first };
    // Those without a day come last, whichever way the days run.
    let without_day = match query.sort {
        MemberSort::Ends => one.until.is_none().cmp(&other.until.is_none()),
        MemberSort::Name
        | MemberSort::Address
        | MemberSort::Role
        | MemberSort::Status
        | MemberSort::Joined
        | MemberSort::Acted => Ordering::Equal,
    };
    // Two of the same name stand in the same order on every page.
    let last = || one.folded.cmp(&other.folded).then(one.event.cmp(&other.event));
    without_day.then(first).then_with(last)
}
