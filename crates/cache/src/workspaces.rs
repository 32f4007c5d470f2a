//! Workspaces in the mirror.

use std::collections::BTreeSet;

use muster_domain::{AccountId, Part, View, Workspace, WorkspaceId};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::error::CacheError;
use crate::fold::fold;
use crate::row::{Over, json, label_within, stamped, to_stored, to_stored_labels};
use crate::types::{HiddenOnes, WorkspaceFilter};

pub(crate) fn put(
    db: &Connection,
    workspace: &Workspace,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    let sql = format!(
        "INSERT INTO workspaces (id, account, folded, plan, labels, seq, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET account = excluded.account, folded = excluded.folded,
             plan = excluded.plan, labels = excluded.labels, seq = excluded.seq,
             row = excluded.row{}",
        over.clause("workspaces")
    );
    let written = db.prepare_cached(&sql)?.execute(params![
        workspace.id.to_bytes(),
        workspace.account.to_bytes(),
        fold(&workspace.name),
        workspace.plan.key(),
        to_stored_labels(&workspace.labels),
        to_stored(seq),
        json(workspace)?
    ])?;
    Ok(written > 0)
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Workspace, u64)>, CacheError> {
    let found = db
        .prepare_cached("SELECT row, seq FROM workspaces WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("row")?, row.get("seq")?)))
        .optional()?;
    stamped(found)
}

/// How many there are, those of unsent changes included.
pub(crate) fn count(db: &Connection) -> Result<u32, CacheError> {
    Ok(db.prepare_cached("SELECT count(*) FROM workspaces")?.query_row([], |row| row.get(0))?)
}

/// Those of an account, by name.
pub(crate) fn of_account(db: &Connection, id: AccountId) -> Result<Vec<Workspace>, CacheError> {
    let sql = "SELECT row FROM workspaces WHERE account = ?1 ORDER BY folded, id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([id.to_bytes()], |row| row.get::<_, String>("row"))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

/// The columns of labels that have any.
pub(crate) fn label_columns(db: &Connection) -> Result<Vec<String>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT labels FROM workspaces WHERE labels != '' ORDER BY folded, id")?;
    let rows = statement.query_map([], |row| row.get("labels"))?;
    rows.map(|row| Ok(row?)).collect()
}

/// What a workspace is found by: id, account, folded name and stored labels.
pub(crate) type Named = (WorkspaceId, [u8; 16], String, String);

/// A filter as SQL from `FROM` to its conditions, with the values of those.
#[derive(Clone)]
pub(crate) struct Fitting {
    sql: String,
    values: Vec<Value>,
}

impl Fitting {
    /// `hidden` are the workspaces that the person hid on this device.
    pub(crate) fn new(filter: &WorkspaceFilter, hidden: &BTreeSet<WorkspaceId>) -> Self {
        let mut fitting = Self { sql: " FROM workspaces w WHERE 1".to_owned(), values: Vec::new() };
        if let Some(account) = filter.account {
            fitting.and("w.account = ?", Value::Blob(account.to_bytes().to_vec()));
        }
        if let Some(plan) = filter.plan {
            fitting.and("w.plan = ?", Value::Text(plan.key().to_owned()));
        }
        if let Some(label) = &filter.label {
            fitting.and("instr(w.labels, ?) > 0", Value::Text(label_within(label)));
        }
        if filter.one_owner {
            let members = View::OWN.with(Part::Members).to_bits();
            fitting.and(
                "EXISTS (SELECT 1 FROM grants g WHERE g.workspace = w.id AND g.state = 2
                     AND g.owners = 1 AND g.view & ? != 0)",
                Value::Integer(members.into()),
            );
        }
        match filter.hidden {
            HiddenOnes::Listed => {}
            HiddenOnes::LeftOut => {
                for id in hidden {
                    fitting.and("w.id != ?", Value::Blob(id.to_bytes().to_vec()));
                }
            }
        }
        fitting
    }

    fn and(&mut self, test: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(" AND ");
        self.sql.push_str(&test.replace('?', &format!("?{}", self.values.len())));
    }

    /// The same without these.
    pub(crate) fn without(&self, ids: &[WorkspaceId]) -> Self {
        let mut rest = self.clone();
        for id in ids {
            rest.and("w.id != ?", Value::Blob(id.to_bytes().to_vec()));
        }
        rest
    }

    /// Whether this one fits.
    pub(crate) fn holds(&self, db: &Connection, id: WorkspaceId) -> Result<bool, CacheError> {
        let mut one = self.clone();
        one.and("w.id = ?", Value::Blob(id.to_bytes().to_vec()));
        Ok(one.count(db)? > 0)
    }

    /// How many fit.
    pub(crate) fn count(&self, db: &Connection) -> Result<u32, CacheError> {
        let mut statement = db.prepare_cached(&format!("SELECT count(*){}", self.sql))?;
        Ok(statement.query_row(params_from_iter(&self.values), |row| row.get(0))?)
    }

    /// The ids of one page by name.
    pub(crate) fn page(
        &self,
        db: &Connection,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<WorkspaceId>, CacheError> {
        let sql = format!(
            "SELECT w.id{} ORDER BY w.folded, w.id LIMIT {limit} OFFSET {offset}",
            self.sql
        );
        let mut statement = db.prepare(&sql)?;
        let rows = statement
            .query_map(params_from_iter(&self.values), |row| row.get::<_, [u8; 16]>("id"))?;
        rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
    }

    /// All that fit, by name.
    pub(crate) fn names(&self, db: &Connection) -> Result<Vec<Named>, CacheError> {
        let sql = format!(
            "SELECT w.id, w.account, w.folded, w.labels{} ORDER BY w.folded, w.id",
            self.sql
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&self.values), |row| {
            let id = WorkspaceId::from_bytes(row.get("id")?);
            Ok((id, row.get("account")?, row.get("folded")?, row.get("labels")?))
        })?;
        rows.map(|row| Ok(row?)).collect()
    }
}

/// Whether another workspace has a name that differs in case and accents at most.
pub(crate) fn has_namesake(db: &Connection, name: &str) -> Result<bool, CacheError> {
    let sql = "SELECT count(*) > 1 FROM (SELECT 1 FROM workspaces WHERE folded = ?1 LIMIT 2)";
    Ok(db.prepare_cached(sql)?.query_row([fold(name)], |row| row.get(0))?)
}
