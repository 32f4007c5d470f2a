//! The history in the mirror: events as they came, checked as they come (sync.md 1, 2.1).
//!
//! A chain that does not hold is a fact to be shown. Its events stay, and so does the place at
//! which it breaks.

use muster_domain::{AccountId, LoginId, Membership, Row, Timestamp, WorkspaceId};
use muster_protocol::{LogOf, LogPlace, LogWant, Logged, LoggedEvent};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::fold::{SEPARATOR, fold, fold_member};
use crate::members::state_number;
use crate::row::{from_stored, to_stored, to_stored_labels};
use crate::types::LogState;
use crate::uses;

/// The most chains asked for in one request.
const MOST_WANTED: u32 = 256;

/// A part of a chain as an answer brought it.
pub(crate) struct Part<'a> {
    pub(crate) of: LogOf,
    /// The account through which it is seen.
    pub(crate) account: AccountId,
    /// The last event that was held when it was asked for.
    pub(crate) after: Option<LogPlace>,
    pub(crate) events: &'a [Logged],
    pub(crate) whole: bool,
    pub(crate) through: u64,
    pub(crate) more: bool,
    /// Whether what is held of it is to be erased first.
    pub(crate) anew: bool,
}

/// Whether an answer brought something of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// Events, or that there are none.
    Some,
    /// Nothing that was not known.
    None,
}

fn id_of(of: LogOf) -> [u8; 16] {
    match of {
        LogOf::Workspace(id) => id.to_bytes(),
        LogOf::Account(id) => id.to_bytes(),
    }
}

/// What is known of a chain before events are added.
struct Tail {
    whole: bool,
    through: u64,
    head: u64,
    more: bool,
    place: Option<LogPlace>,
    hash: [u8; 32],
    number: u32,
    sealed: u32,
    broken: Option<(LogPlace, Timestamp)>,
    /// When the last event was.
    at: i64,
    /// The latest time that an event of the workspace says.
    latest: Option<i64>,
    /// The last event: its number here, its act and its kind.
    last: Option<(i64, Option<i64>, Option<String>)>,
}

fn place(seq: Option<i64>, ord: Option<u32>) -> Option<LogPlace> {
    Some(LogPlace { seq: from_stored(seq?), ord: ord? })
}

fn tail(db: &Connection, of: LogOf) -> Result<Option<Tail>, CacheError> {
    let sql = "SELECT l.*, e.id AS last, e.act, e.kind, e.at,
                   coalesce((SELECT head FROM ahead WHERE log = l.id), 0) AS head,
                   (SELECT max(w.at) FROM events w WHERE w.workspace = l.workspace) AS latest
               FROM logs l
               LEFT JOIN events e ON e.log = l.id AND e.seq = l.seq AND e.ord = l.ord
               WHERE l.id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id_of(of)], |row| {
        let broken = place(row.get("broken_seq")?, row.get("broken_ord")?);
        let broken_at = row.get::<_, Option<i64>>("broken_at")?.map(Timestamp);
        let last: Option<i64> = row.get("last")?;
        let (act, kind) = (row.get("act")?, row.get("kind")?);
        Ok(Tail {
            whole: row.get("whole")?,
            through: from_stored(row.get("through")?),
            head: from_stored(row.get("head")?),
            more: row.get("more")?,
            place: place(row.get("seq")?, row.get("ord")?),
            hash: row.get::<_, Option<[u8; 32]>>("hash")?.unwrap_or_default(),
            number: row.get("number")?,
            sealed: row.get("sealed")?,
            broken: broken.zip(broken_at),
            at: row.get::<_, Option<i64>>("at")?.unwrap_or_default(),
            latest: row.get("latest")?,
            last: last.map(|id| (id, act, kind)),
        })
    });
    Ok(found.optional()?)
}

/// A chain is to be read from its beginning, if it is not known yet.
pub(crate) fn begin(db: &Connection, of: LogOf, account: AccountId) -> Result<(), CacheError> {
    let workspace = match of {
        LogOf::Workspace(id) => Some(id.to_bytes()),
        LogOf::Account(_) => None,
    };
    db.prepare_cached("INSERT OR IGNORE INTO logs (id, account, workspace) VALUES (?1, ?2, ?3)")?
        .execute(params![id_of(of), account.to_bytes(), workspace])?;
    Ok(())
}

/// Takes a part of a chain in.
pub(crate) fn take(db: &Connection, part: &Part<'_>) -> Result<News, CacheError> {
    if part.anew {
        // E-64: a name was taken out of it.
        forget(db, part.of)?;
    }
    begin(db, part.of, part.account)?;
    let Some(mut tail) = tail(db, part.of)? else { return Ok(News::None) };
    if tail.place != part.after {
        // The copy was emptied meanwhile, or has this part already: what was asked for does
        // not go on from what is here. It is asked for again.
        return Ok(News::None);
    }
    if tail.number > 0 && tail.whole != part.whole {
        // Another sort of chain: nothing of it follows from what is here.
        forget(db, part.of)?;
        begin(db, part.of, part.account)?;
        return Ok(News::Some);
    }
    tail.whole = part.whole;
    let known = (tail.number, tail.through, tail.more);
    for logged in part.events {
        if tail.place.is_none_or(|last| logged.place() > last) {
            add(db, part, &mut tail, logged)?;
        }
    }
    tail.through = tail.through.max(part.through);
    tail.more = part.more;
    if tail.number == known.0 && !part.more {
        // Asked and answered: what came has no event that may be seen.
        tail.through = tail.through.max(tail.head);
    }
    keep(db, part.of, &tail)?;
    let is_news = known != (tail.number, tail.through, tail.more);
    Ok(if is_news { News::Some } else { News::None })
}

fn keep(db: &Connection, of: LogOf, tail: &Tail) -> Result<(), CacheError> {
    db.prepare_cached(
        "UPDATE logs SET whole = ?2, through = ?3, more = ?4, seq = ?5, ord = ?6, hash = ?7,
             number = ?8, sealed = ?9, broken_seq = ?10, broken_ord = ?11, broken_at = ?12,
             asked = 0 WHERE id = ?1",
    )?
    .execute(params![
        id_of(of),
        tail.whole,
        to_stored(tail.through),
        tail.more,
        tail.place.map(|it| to_stored(it.seq)),
        tail.place.map(|it| it.ord),
        tail.place.map(|_| tail.hash),
        tail.number,
        tail.sealed,
        tail.broken.map(|(it, _)| to_stored(it.seq)),
        tail.broken.map(|(it, _)| it.ord),
        tail.broken.map(|(_, at)| at.0),
    ])?;
    db.prepare_cached("DELETE FROM ahead WHERE log = ?1 AND head <= ?2")?
        .execute(params![id_of(of), to_stored(tail.through)])?;
    Ok(())
}

/// Whether the event is one of this chain at all.
fn belongs(of: LogOf, event: &LoggedEvent) -> bool {
    match of {
        LogOf::Workspace(id) => event.workspace == Some(id),
        LogOf::Account(id) => event.workspace.is_none() && event.account == id,
    }
}

fn add(
    db: &Connection,
    part: &Part<'_>,
    tail: &mut Tail,
    logged: &Logged,
) -> Result<(), CacheError> {
    let event = match logged {
        Logged::Shown(event) => Some(event.as_ref()),
        Logged::Sealed { .. } => None,
    };
    let is_ours = event.is_none_or(|event| belongs(part.of, event));
    // Who gets no seals has gaps between events, and nothing follows.
    let follows = !part.whole || *logged.prev() == tail.hash;
    let is_sound = is_ours && follows && logged.is_sound();
    tail.at = event.map_or(tail.at, |event| event.at.0);
    if !is_sound && tail.broken.is_none() {
        tail.broken = Some((logged.place(), Timestamp(tail.at)));
    }
    // What belongs elsewhere has no business here (R10); that it came is told.
    let event = event.filter(|_| is_ours);
    let row: Option<Row> = event.and_then(|event| serde_json::from_str(&event.opened_after()).ok());
    let told = Told::of(event, row.as_ref());
    let kind = event.map(|event| event.kind.clone());
    let act = tail.last.take().and_then(|(id, act, before)| {
        let is_same = tail.place.is_some_and(|last| last.seq == logged.place().seq);
        (is_same && kind.is_some() && before == kind).then_some(act.unwrap_or(id))
    });
    db.prepare_cached(ADD)?.execute(params![
        part.account.to_bytes(),
        match part.of {
            LogOf::Workspace(id) => Some(id.to_bytes()),
            LogOf::Account(_) => None,
        },
        id_of(part.of),
        to_stored(logged.place().seq),
        logged.place().ord,
        tail.at,
        kind,
        event.map(|event| event.actor.to_bytes()),
        told.about.map(LoginId::to_bytes),
        told.invited,
        told.folded,
        act,
        logged.prev(),
        logged.hash(),
        is_sound,
        tail.latest.is_some_and(|latest| tail.at < latest)
    ])?;
    tail.latest = tail.latest.max(Some(tail.at));
    let id = db.last_insert_rowid();
    if let Some(event) = event {
        add_row(db, id, part.account, event, told.subject)?;
        uses::add(db, event, row.as_ref())?;
    }
    if let Some(Row::Membership(member)) = &row {
        add_member(db, id, member)?;
    }
    tail.number += 1;
    tail.sealed += u32::from(event.is_none());
    tail.place = Some(logged.place());
    tail.hash = *logged.hash();
    tail.last = Some((id, act, kind));
    Ok(())
}

const ADD: &str = "INSERT INTO events (account, workspace, log, seq, ord, at, kind, actor, about,
        invited, folded, act, prev, hash, sound, late)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

fn add_row(
    db: &Connection,
    id: i64,
    account: AccountId,
    event: &LoggedEvent,
    subject: &str,
) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO event_rows (id, account, numbered_in, actor_name, as_admin, subject, before,
             after, command, request, reason, names)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        id,
        account.to_bytes(),
        event.account.to_bytes(),
        event.actor_name,
        event.as_admin,
        subject,
        event.before,
        event.after,
        event.command.map(muster_domain::CommandId::to_bytes),
        event.request,
        event.reason,
        serde_json::to_string(&event.names)?
    ])?;
    Ok(())
}

fn add_member(db: &Connection, event: i64, member: &Membership) -> Result<(), CacheError> {
    // Events get rising numbers, so the one before is the greatest.
    db.prepare_cached(
        "UPDATE event_members SET gone = ?1 WHERE workspace = ?2 AND membership = ?3 AND event = (
             SELECT max(event) FROM event_members WHERE workspace = ?2 AND membership = ?3)",
    )?
    .execute(params![event, member.workspace.to_bytes(), member.id.to_bytes()])?;
    db.prepare_cached(
        "INSERT INTO event_members (workspace, membership, event, login, roles, state, folded,
             joined, until, labels)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        member.workspace.to_bytes(),
        member.id.to_bytes(),
        event,
        member.login.to_bytes(),
        member.roles.to_bits(),
        state_number(member.state),
        fold_member(&member.name, member.address.as_str()),
        member.joined.0,
        member.until.map(|it| it.at.0),
        to_stored_labels(&member.labels)
    ])?;
    Ok(())
}

/// What a list finds an event by.
#[derive(Default)]
struct Told<'a> {
    subject: &'a str,
    about: Option<LoginId>,
    invited: Option<&'a str>,
    folded: String,
}

impl<'a> Told<'a> {
    fn of(event: Option<&LoggedEvent>, row: Option<&'a Row>) -> Self {
        let Some(event) = event else { return Self::default() };
        let (subject, about, address) = match row {
            Some(Row::Account(it)) => (it.name.as_str(), None, None),
            Some(Row::AccountAdmin(it)) => {
                (it.name.as_str(), Some(it.login), Some(it.address.as_str()))
            }
            Some(Row::Workspace(it)) => (it.name.as_str(), None, None),
            Some(Row::Membership(it)) => {
                (it.name.as_str(), Some(it.login), Some(it.address.as_str()))
            }
            Some(Row::Invitation(it)) => (it.address.as_str(), None, Some(it.address.as_str())),
            Some(Row::Role(it)) => (it.name.as_str(), None, None),
            Some(Row::Content(it)) => (it.name.as_str(), None, None),
            Some(Row::Group(it)) => (it.name.as_str(), None, None),
            Some(Row::Review(it)) => (it.name.as_str(), None, None),
            Some(Row::ReviewLine(it)) => {
                (it.name.as_str(), Some(it.login), Some(it.address.as_str()))
            }
            None => ("", None, None),
        };
        let is_invitation = matches!(row, Some(Row::Invitation(_)));
        // Whoever started a review did not act on each of its 100,000 lines.
        let is_frozen = event.kind == muster_domain::EventKind::ReviewLineFrozen.key();
        let actor = if is_frozen { "" } else { event.actor_name.as_str() };
        let reason = event.reason.as_deref().unwrap_or_default();
        let mut folded = String::new();
        for text in [actor, subject, address.unwrap_or_default(), reason] {
            folded.push_str(&fold(text));
            folded.push(SEPARATOR);
        }
        Self { subject, about, invited: address.filter(|_| is_invitation), folded }
    }
}

/// Rows with these numbers came: the events that made them are to be fetched.
pub(crate) fn rows_came(db: &Connection, of: LogOf, seq: u64) -> Result<(), CacheError> {
    db.prepare_cached(
        "INSERT INTO ahead SELECT id, ?2 FROM logs WHERE id = ?1 AND through < ?2
         ON CONFLICT DO UPDATE SET head = max(head, excluded.head)",
    )?
    .execute(params![id_of(of), to_stored(seq)])?;
    Ok(())
}

/// Follows the chains of the accounts that the login administers, and forgets those of others;
/// tells whether it forgot one.
pub(crate) fn follow_accounts(
    db: &Connection,
    administered: &[AccountId],
) -> Result<bool, CacheError> {
    let mut statement = db.prepare_cached("SELECT id FROM logs WHERE workspace IS NULL")?;
    let held: Vec<[u8; 16]> =
        statement.query_map([], |row| row.get("id"))?.collect::<Result<_, _>>()?;
    let mut forgot = false;
    for account in held.into_iter().map(AccountId::from_bytes) {
        if !administered.contains(&account) {
            forget(db, LogOf::Account(account))?;
            forgot = true;
        }
    }
    for account in administered {
        begin(db, LogOf::Account(*account), *account)?;
        let mut cursor = db.prepare_cached("SELECT seq FROM cursors WHERE account = ?1")?;
        let seq = cursor.query_row([account.to_bytes()], |row| row.get("seq")).optional()?;
        rows_came(db, LogOf::Account(*account), from_stored(seq.unwrap_or(0)))?;
    }
    Ok(forgot)
}

/// Of which chains there is more than is here.
pub(crate) const BEHIND: &str =
    "id IN (SELECT id FROM logs WHERE more = 1 UNION ALL SELECT log FROM ahead)";

/// Whether events are to be fetched.
pub(crate) fn is_behind(db: &Connection) -> Result<bool, CacheError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM logs WHERE more = 1) OR EXISTS (SELECT 1 FROM ahead)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What to ask for once every row is here: the open workspace first, then what was asked for in
/// vain least often.
pub(crate) fn wanted(
    db: &Connection,
    open: Option<WorkspaceId>,
) -> Result<Vec<LogWant>, CacheError> {
    let sql = format!(
        "SELECT id, workspace, seq, ord, through FROM logs WHERE {BEHIND}
         ORDER BY workspace IS ?1 DESC, asked, id LIMIT {MOST_WANTED}"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let open = open.map(WorkspaceId::to_bytes).unwrap_or_default();
    let rows = statement.query_map([open], |row| {
        let id: [u8; 16] = row.get("id")?;
        let of = match row.get::<_, Option<[u8; 16]>>("workspace")? {
            Some(id) => LogOf::Workspace(WorkspaceId::from_bytes(id)),
            None => LogOf::Account(AccountId::from_bytes(id)),
        };
        let through = from_stored(row.get("through")?);
        Ok(LogWant { of, after: place(row.get("seq")?, row.get("ord")?), through })
    })?;
    rows.map(|want| Ok(want?)).collect()
}

/// The answer said nothing of these: others come first next time.
pub(crate) fn unanswered(db: &Connection, asked: &[LogOf]) -> Result<(), CacheError> {
    for of in asked {
        db.prepare_cached("UPDATE logs SET asked = asked + 1 WHERE id = ?1")?
            .execute([id_of(*of)])?;
    }
    Ok(())
}

/// Erases a chain and what is known of it.
pub(crate) fn forget(db: &Connection, of: LogOf) -> Result<(), CacheError> {
    for sql in [
        "DELETE FROM event_rows WHERE id IN (SELECT id FROM events WHERE log = ?1)",
        "DELETE FROM event_members WHERE workspace = ?1",
        "DELETE FROM uses WHERE workspace = ?1",
        "DELETE FROM acted WHERE workspace = ?1",
        "DELETE FROM events WHERE log = ?1",
        "DELETE FROM ahead WHERE log = ?1",
        "DELETE FROM logs WHERE id = ?1",
    ] {
        db.prepare_cached(sql)?.execute([id_of(of)])?;
    }
    Ok(())
}

/// How much of a chain is here; `None` if nothing is known of it.
pub(crate) fn state(db: &Connection, of: LogOf) -> Result<Option<LogState>, CacheError> {
    let Some(tail) = tail(db, of)? else { return Ok(None) };
    let sql = "SELECT at FROM events WHERE log = ?1 ORDER BY seq, ord LIMIT 1";
    let since: Option<i64> =
        db.prepare_cached(sql)?.query_row([id_of(of)], |row| row.get("at")).optional()?;
    Ok(Some(LogState {
        whole: tail.whole,
        through: tail.through,
        since: since.map(Timestamp),
        until: since.map(|_| Timestamp(tail.at)),
        events: tail.number,
        sealed: tail.sealed,
        broken: tail.broken,
        loading: tail.more || tail.head > tail.through,
    }))
}
