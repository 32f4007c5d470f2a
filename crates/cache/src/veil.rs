//! What readers see of locked accounts: the names of their workspaces and nothing else.
//!
//! Views of a reader's own stand before the tables of the same names, so no question has to
//! know of them, and one that is added later is covered too. The writer sees everything: what
//! waits is replayed over the confirmed rows whether they are shown or not.

use std::collections::BTreeSet;

use muster_domain::{About, AccountId, Command};
use rusqlite::Connection;

use crate::error::CacheError;
use crate::lease::Lapse;
use crate::story;
use crate::types::{DraftEntry, OutboxEntry, PlanEntry};

/// Tables of the mirror that hold nothing of one account or workspace, or that are shown.
const SHOWN: &[&str] = &["accounts", "meta", "workspaces"];

/// Tables with a view of their own.
const APART: &[&str] = &["offers"];

fn literals<'a>(ids: impl Iterator<Item = &'a AccountId>) -> String {
    let hex = |id: &AccountId| {
        let digits: String = id.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("x'{digits}'")
    };
    ids.map(hex).collect::<Vec<_>>().join(", ")
}

/// The tables that are veiled, with the column that says whose a row is.
fn tables(db: &Connection) -> Result<Vec<(String, bool)>, CacheError> {
    let mut statement = db.prepare(
        "SELECT t.name, max(c.name = 'account') AS by_account FROM main.sqlite_schema t
         JOIN pragma_table_info(t.name, 'main') c
         WHERE t.type = 'table' AND c.name IN ('account', 'workspace') GROUP BY t.name",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get("name")?, row.get("by_account")?)))?;
    let found: Vec<(String, bool)> = rows.collect::<Result<_, _>>()?;
    Ok(found
        .into_iter()
        .filter(|(name, _)| !SHOWN.contains(&name.as_str()) && !APART.contains(&name.as_str()))
        .collect())
}

/// The views that leave out what belongs to these accounts.
fn views(db: &Connection, lapse: &Lapse) -> Result<Vec<(String, String)>, CacheError> {
    let accounts = literals(lapse.accounts.iter());
    let workspaces = format!(
        "SELECT id FROM main.workspaces WHERE account IN ({accounts})
         UNION SELECT workspace FROM main.grants WHERE account IN ({accounts})"
    );
    let mut views = Vec::new();
    for (name, by_account) in tables(db)? {
        let test = if by_account {
            format!("account NOT IN ({accounts})")
        } else {
            format!("(workspace IS NULL OR workspace NOT IN ({workspaces}))")
        };
        let sql = format!("SELECT * FROM main.\"{name}\" WHERE {test}");
        views.push((name, sql));
    }
    // What is offered to an account is of somebody else's until it is taken.
    let offered: Vec<String> = lapse.accounts.iter().map(|id| format!("'{id}'")).collect();
    let sql = format!(
        "SELECT * FROM main.offers WHERE json_extract(row, '$.offer.to') NOT IN ({})
             AND workspace NOT IN ({workspaces})",
        offered.join(", ")
    );
    views.push(("offers".to_owned(), sql));
    let bare = "json_set(row, '$.labels', json('[]'), '$.offer', NULL)";
    let sql = format!(
        "SELECT id, account, folded, plan, iif(account IN ({accounts}), '', labels) AS labels,
             seq, iif(account IN ({accounts}), {bare}, row) AS row FROM main.workspaces"
    );
    views.push(("workspaces".to_owned(), sql));
    Ok(views)
}

/// Makes a reader see only what is not locked.
pub(crate) fn draw(db: &Connection, lapse: &Lapse) -> Result<(), CacheError> {
    db.pragma_update(None, "query_only", false)?;
    let drawn: Vec<String> = {
        let mut statement =
            db.prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'view'")?;
        let rows = statement.query_map([], |row| row.get("name"))?;
        rows.collect::<Result<_, _>>()?
    };
    for name in drawn {
        db.execute_batch(&format!("DROP VIEW temp.\"{name}\""))?;
    }
    if !lapse.accounts.is_empty() {
        for (name, sql) in views(db, lapse)? {
            db.execute_batch(&format!("CREATE TEMP VIEW \"{name}\" AS {sql}"))?;
        }
    }
    db.pragma_update(None, "query_only", true)?;
    Ok(())
}

/// What is told of a draft in a locked workspace: that it is there, not to whom it goes.
pub(crate) fn over_draft(lapse: &Lapse, mut draft: DraftEntry) -> DraftEntry {
    if draft.workspace.is_some_and(|id| lapse.workspaces.contains(&id)) {
        draft.label.person = None;
        draft.label.object = None;
        draft.command = None;
        draft.address = None;
    }
    draft
}

/// Whether what is about this is locked, or was erased because it had been for long: an account
/// that is not in the copy is not spoken of.
fn is_veiled(lapse: &Lapse, known: &BTreeSet<AccountId>, about: Option<About>) -> bool {
    match about {
        Some(About::Workspace(id)) => lapse.workspaces.contains(&id),
        Some(About::Account(id)) => lapse.accounts.contains(&id) || !known.contains(&id),
        None => true,
    }
}

/// What is told of a plan: of lines about what is locked, that they are there.
pub(crate) fn over_plan(
    lapse: &Lapse,
    known: &BTreeSet<AccountId>,
    mut plan: PlanEntry,
) -> PlanEntry {
    for line in &mut plan.lines {
        if is_veiled(lapse, known, line.about) {
            line.body = None;
            line.seen = None;
            line.told = None;
        }
    }
    if !plan.lines.is_empty() && plan.lines.iter().all(|line| line.body.is_none()) {
        plan.name = String::new();
    }
    plan
}

/// What is told of an unsent change in a locked workspace: that it is there, not what it says.
pub(crate) fn over(lapse: &Lapse, mut entry: OutboxEntry) -> OutboxEntry {
    let is_locked = match (entry.workspace, entry.command.as_ref().map(Command::about)) {
        (Some(id), _) => lapse.workspaces.contains(&id),
        (None, Some(About::Account(id))) => lapse.accounts.contains(&id),
        (None, Some(About::Workspace(_)) | None) => false,
    };
    if !is_locked {
        return entry;
    }
    entry.label.person = None;
    entry.label.object = None;
    entry.command = entry.command.map(story::without_texts);
    entry.body = String::new();
    entry.expected = match entry.expected {
        crate::Expected::Refuse(mut refusal) => {
            refusal.params.clear();
            crate::Expected::Refuse(refusal)
        }
        other => other,
    };
    if let Some(refusal) = entry.outcome.as_mut().and_then(|it| it.refusal.as_mut()) {
        refusal.params.clear();
    }
    entry
}
