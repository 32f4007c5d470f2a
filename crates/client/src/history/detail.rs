//! One event in the panel: what changed field by field, by which right, and its proof.

use std::collections::BTreeSet;
use std::str::FromStr;

use muster_cache::{EventRef, HistoryOf, HistoryQuery, LoggedDetail};
use muster_domain::Right;
use muster_protocol::LogOf;
use serde_json::Value;

use super::kind;
use super::mine;
use super::row::{Naming, known};
use crate::pending;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, FieldChange, HistoryDetail, HistoryRow};

/// How many folded events are told.
const FOLDED: u32 = 500;

/// Names of things that mean nothing to a reader.
const SILENT: [&str; 12] = [
    "object",
    "id",
    "workspace",
    "account",
    "login",
    "review",
    "membership",
    "group",
    "inviter",
    "campaign",
    "generation",
    "slot",
];

/// One event.
pub(crate) fn detail(bench: &Bench<'_>, id: &str) -> Result<HistoryDetail, Failure> {
    let naming = Naming::new(bench)?;
    if let Some(n) = id.strip_prefix(mine::PREFIX).and_then(|it| it.parse().ok()) {
        return of_outbox(bench, &naming, n);
    }
    let event =
        EventRef::from_str(id).map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
    let found = bench.cache.logged(event)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let row = naming.row(&found.row);
    let folded = if row.more > 0 { folded(bench, &naming, event)? } else { Vec::new() };
    Ok(HistoryDetail {
        folded,
        changes: changes(found.event.opened_before().as_deref(), &found.event.opened_after()),
        right: right(&found).key().to_owned(),
        command: found.event.command.map(|it| it.to_string()),
        hash: hex(&found.event.hash),
        prev: hex(&found.event.prev),
        sound: found.sound,
        row,
    })
}

fn right(found: &LoggedDetail) -> Right {
    match (found.row.as_admin, known(&found.row.kind)) {
        (true, _) => Right::Admin,
        (false, Some(known)) => kind::right(known, found.row.after.as_ref()),
        (false, None) => Right::None,
    }
}

/// The events of the same act, without the one that stands for them.
fn folded(bench: &Bench<'_>, naming: &Naming, event: EventRef) -> Result<Vec<HistoryRow>, Failure> {
    let of = match event.of {
        LogOf::Workspace(id) => HistoryOf::Workspace(id),
        LogOf::Account(id) => HistoryOf::Account(id),
    };
    let query = HistoryQuery { of, within: Some(event), limit: FOLDED, ..HistoryQuery::default() };
    let found = bench.cache.history(&query)?.rows;
    Ok(found.iter().filter(|it| it.event() != event).map(|it| naming.row(it)).collect())
}

/// A change that the log does not have says what was asked for.
fn of_outbox(bench: &Bench<'_>, naming: &Naming, n: u64) -> Result<HistoryDetail, Failure> {
    let entry = bench.cache.entry(n)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let row = mine::row(bench, naming, &entry)?;
    let right = entry.command.as_ref().map(|it| kind::right(kind::of_command(it), None));
    let command = entry.command.as_ref().map(pending::name_of);
    Ok(HistoryDetail {
        folded: Vec::new(),
        changes: Vec::new(),
        right: right.map_or("", |it| it.key()).to_owned(),
        command: command.map(|name| format!("{name} {}", entry.id)),
        hash: String::new(),
        prev: String::new(),
        sound: true,
        row,
    })
}

/// What differs between two rows, by the fields that the log has.
pub(super) fn changes(before: Option<&str>, after: &str) -> Vec<FieldChange> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (before, after) = (before.map(read).unwrap_or_default(), read(after));
    let fields = |row: &Value| -> BTreeSet<String> {
        row.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
    };
    let all = fields(&before).into_iter().chain(fields(&after)).collect::<BTreeSet<_>>();
    all.into_iter()
        .filter(|field| !SILENT.contains(&field.as_str()))
        .filter_map(|field| {
            let (was, now) = (text(before.get(&field)), text(after.get(&field)));
            (was != now).then_some(FieldChange { field, was, now })
        })
        .collect()
}

/// A value as people read it; nothing and empty are the same.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    Some(text).filter(|it| !it.is_empty())
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
