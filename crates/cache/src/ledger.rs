//! The history as lists show it: newest first, searched in words, folded by act.

use std::collections::BTreeMap;

use muster_domain::{AccountId, CommandId, LoginId, Timestamp, WorkspaceId};
use muster_protocol::{LogOf, LogPlace, LoggedEvent, mentions};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::error::CacheError;
use crate::fold::words;
use crate::log;
use crate::mirror::Mirror;
use crate::row::{from_stored, to_stored};
use crate::types::{
    EventRef, HistoryMark, HistoryOf, HistoryQuery, HistoryRows, LogState, LoggedDetail, LoggedRow,
};

/// Everything that a row shows.
const COLUMNS: &str = "SELECT e.id, e.account, e.workspace, e.log, e.seq, e.ord, e.at, e.kind,
        e.actor, e.about, e.prev, e.hash, e.sound, r.numbered_in, r.actor_name, r.as_admin,
        r.subject, r.before, r.after, r.command, r.request, r.reason, r.names,
        w.row ->> 'name' AS workspace_name
    FROM events e JOIN event_rows r ON r.id = e.id LEFT JOIN workspaces w ON w.id = e.workspace
    WHERE e.kind IS NOT NULL";

impl Mirror<'_> {
    /// A page of the history.
    pub(crate) fn history(&self, query: &HistoryQuery) -> Result<HistoryRows, CacheError> {
        let Some(filter) = Filter::new(self.db(), query)? else {
            return Ok(HistoryRows { rows: Vec::new(), next: None });
        };
        let sql = format!(
            "{COLUMNS}{} ORDER BY e.at DESC, e.id DESC LIMIT {}",
            filter.sql,
            u64::from(query.limit) + 1
        );
        let mut statement = self.db().prepare(&sql)?;
        let mut found = statement.query(params_from_iter(filter.values))?;
        let mut page = HistoryRows { rows: Vec::new(), next: None };
        let mut last = None;
        while let Some(row) = found.next()? {
            if page.rows.len() == query.limit as usize {
                page.next = last;
                break;
            }
            let id: i64 = row.get("id")?;
            last = Some(HistoryMark { at: Timestamp(row.get("at")?), id });
            let folded = if filter.folds { folded(self.db(), id)? } else { 0 };
            page.rows.push(shown(row, folded)?);
        }
        Ok(page)
    }

    /// One event with its proof.
    pub(crate) fn logged(&self, event: EventRef) -> Result<Option<LoggedDetail>, CacheError> {
        let sql = format!("{COLUMNS} AND e.log = ?1 AND e.seq = ?2 AND e.ord = ?3");
        let mut statement = self.db().prepare_cached(&sql)?;
        let log = match event.of {
            LogOf::Workspace(id) => id.to_bytes(),
            LogOf::Account(id) => id.to_bytes(),
        };
        let values = params![log, to_stored(event.place.seq), event.place.ord];
        let mut rows = statement.query(values)?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let folded = folded(self.db(), row.get("id")?)?;
        let event = logged_event(row)?;
        // What lies on the disk is checked again: the bytes may have changed since they came.
        let sound = row.get("sound")? && event.computed_hash() == event.hash;
        Ok(Some(LoggedDetail { row: shown(row, folded)?, event, sound }))
    }

    /// How much of a chain is here.
    pub(crate) fn log_state(&self, of: LogOf) -> Result<Option<LogState>, CacheError> {
        log::state(self.db(), of)
    }
}

/// How many events of the same act stand behind this one.
fn folded(db: &Connection, id: i64) -> Result<u32, CacheError> {
    let mut statement = db.prepare_cached("SELECT count(*) FROM events WHERE act = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

fn of(row: &Row<'_>) -> rusqlite::Result<LogOf> {
    Ok(match row.get::<_, Option<[u8; 16]>>("workspace")? {
        Some(id) => LogOf::Workspace(WorkspaceId::from_bytes(id)),
        None => LogOf::Account(AccountId::from_bytes(row.get("log")?)),
    })
}

fn place(row: &Row<'_>) -> rusqlite::Result<LogPlace> {
    Ok(LogPlace { seq: from_stored(row.get("seq")?), ord: row.get("ord")? })
}

fn shown(row: &Row<'_>, folded: u32) -> rusqlite::Result<LoggedRow> {
    // What a newer server wrote is listed, though this build cannot say what it was.
    let names = names(row)?;
    let parsed = |column: &str| -> rusqlite::Result<Option<muster_domain::Row>> {
        let text: Option<String> = row.get(column)?;
        Ok(text.and_then(|text| serde_json::from_str(&mentions::opened(&text, &names)).ok()))
    };
    Ok(LoggedRow {
        of: of(row)?,
        place: place(row)?,
        at: Timestamp(row.get("at")?),
        actor: LoginId::from_bytes(row.get("actor")?),
        actor_name: row.get("actor_name")?,
        as_admin: row.get("as_admin")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        about: row.get::<_, Option<[u8; 16]>>("about")?.map(LoginId::from_bytes),
        workspace: row.get::<_, Option<[u8; 16]>>("workspace")?.map(WorkspaceId::from_bytes),
        workspace_name: row.get("workspace_name")?,
        reason: row.get("reason")?,
        before: parsed("before")?,
        after: parsed("after")?,
        command: row.get::<_, Option<[u8; 16]>>("command")?.map(CommandId::from_bytes),
        folded,
    })
}

/// What stands for the tokens of the event.
pub(crate) fn names(row: &Row<'_>) -> rusqlite::Result<BTreeMap<String, String>> {
    let text = row.get_ref("names")?.as_str()?;
    Ok(serde_json::from_str(text).unwrap_or_default())
}

fn logged_event(row: &Row<'_>) -> rusqlite::Result<LoggedEvent> {
    Ok(LoggedEvent {
        account: AccountId::from_bytes(row.get("numbered_in")?),
        place: place(row)?,
        workspace: row.get::<_, Option<[u8; 16]>>("workspace")?.map(WorkspaceId::from_bytes),
        at: Timestamp(row.get("at")?),
        actor: LoginId::from_bytes(row.get("actor")?),
        actor_name: row.get("actor_name")?,
        as_admin: row.get("as_admin")?,
        kind: row.get("kind")?,
        before: row.get("before")?,
        after: row.get("after")?,
        names: names(row)?,
        command: row.get::<_, Option<[u8; 16]>>("command")?.map(CommandId::from_bytes),
        request: row.get("request")?,
        reason: row.get("reason")?,
        prev: row.get("prev")?,
        hash: row.get("hash")?,
    })
}

/// A query as conditions, with the values of those.
struct Filter {
    sql: String,
    values: Vec<Value>,
    /// Whether acts are folded: who looks for a word finds each event that has it.
    folds: bool,
}

impl Filter {
    /// `None` if the event whose act is asked for is not here.
    fn new(db: &Connection, query: &HistoryQuery) -> Result<Option<Self>, CacheError> {
        let folds = query.within.is_none() && query.about.is_none() && query.text.trim().is_empty();
        let mut filter = Self { sql: String::new(), values: Vec::new(), folds };
        match query.of {
            HistoryOf::All => {}
            HistoryOf::Workspace(id) => filter.and("e.workspace = ?", blob(id.to_bytes())),
            HistoryOf::Account(id) => filter.and("e.account = ?", blob(id.to_bytes())),
        }
        if let Some(event) = query.within {
            let Some(id) = id_of(db, event)? else { return Ok(None) };
            filter.and("(e.id = ? OR e.act = ?)", Value::Integer(id));
        }
        if folds {
            filter.sql.push_str(" AND e.act IS NULL");
        }
        if let Some(who) = query.who {
            filter.and("e.actor = ?", blob(who.to_bytes()));
        }
        if let Some(about) = query.about {
            // Invitations know addresses alone; whose they are is known from memberships.
            filter.and(
                "(e.about = ? OR e.invited IN (SELECT address FROM members WHERE login = ?))",
                blob(about.to_bytes()),
            );
        }
        filter.kinds(&query.kinds);
        if let Some(from) = query.from {
            filter.and("e.at >= ?", Value::Integer(from.0));
        }
        if let Some(to) = query.to {
            filter.and("e.at <= ?", Value::Integer(to.0));
        }
        for word in words(&query.text) {
            filter.and("instr(e.folded, ?) > 0", Value::Text(word));
        }
        if let Some(mark) = query.before {
            filter.values.extend([Value::Integer(mark.at.0), Value::Integer(mark.id)]);
            let last = filter.values.len();
            filter.sql.push_str(&format!(" AND (e.at, e.id) < (?{}, ?{last})", last - 1));
        }
        Ok(Some(filter))
    }

    fn and(&mut self, test: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(" AND ");
        self.sql.push_str(&test.replace('?', &format!("?{}", self.values.len())));
    }

    fn kinds(&mut self, kinds: &[String]) {
        if kinds.is_empty() {
            return;
        }
        let mut places = Vec::with_capacity(kinds.len());
        for kind in kinds {
            self.values.push(Value::Text(kind.clone()));
            places.push(format!("?{}", self.values.len()));
        }
        self.sql.push_str(&format!(" AND e.kind IN ({})", places.join(", ")));
    }
}

fn blob(id: [u8; 16]) -> Value {
    Value::Blob(id.to_vec())
}

fn id_of(db: &Connection, event: EventRef) -> Result<Option<i64>, CacheError> {
    let log = match event.of {
        LogOf::Workspace(id) => id.to_bytes(),
        LogOf::Account(id) => id.to_bytes(),
    };
    let sql = "SELECT id FROM events WHERE log = ?1 AND seq = ?2 AND ord = ?3";
    let values = params![log, to_stored(event.place.seq), event.place.ord];
    Ok(db.prepare_cached(sql)?.query_row(values, |row| row.get("id")).optional()?)
}
