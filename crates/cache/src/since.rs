//! What is different now from what was at a moment: the question behind *revert to a date*.
//!
//! The history's side is read from the small columns beside the events, today's side from the
//! roster itself, with unsent changes. Whole rows are read only where the two differ.

use std::collections::BTreeMap;

use muster_domain::{Membership, Timestamp, WorkspaceId};
use rusqlite::{Connection, params};

use crate::day::standing;
use crate::error::CacheError;
use crate::members;
use crate::mirror::Mirror;
use crate::past::{cut, member_after};
use crate::types::Differing;

/// What is compared: roles, state and end.
type Held = (u32, i64, Option<i64>);

/// Both sides of one membership; the event that made the earlier one.
#[derive(Default)]
struct Sides {
    then: Option<(i64, Held)>,
    now: Option<Held>,
}

impl Mirror<'_> {
    /// What is different now from what was at a moment.
    pub(crate) fn differing(
        &self,
        workspace: WorkspaceId,
        at: Timestamp,
    ) -> Result<Differing, CacheError> {
        let db = self.db();
        let mut sides = BTreeMap::new();
        if let Some(cut) = cut(db, workspace, at)? {
            then(db, workspace, cut, &mut sides)?;
        }
        now(db, workspace, &mut sides)?;
        let mut lines = Vec::new();
        for (id, Sides { then, now }) in sides {
            if then.map(|(_, held)| held) == now {
                continue;
            }
            let was = match then {
                Some((event, _)) => member_after(db, event)?,
                None => None,
            };
            let is: Option<Membership> = match now {
                Some(_) => members::get(db, &id)?.map(|(member, _)| member),
                None => None,
            };
            lines.push((was, is));
        }
        Ok(Differing { lines, complete: self.is_told(workspace)? })
    }
}

/// Whoever was present.
fn then(
    db: &Connection,
    workspace: WorkspaceId,
    cut: i64,
    sides: &mut BTreeMap<Vec<u8>, Sides>,
) -> Result<(), CacheError> {
    let mut statement = db.prepare_cached(&standing("membership, event, roles, state, until"))?;
    let mut rows = statement.query(params![workspace.to_bytes(), cut])?;
    while let Some(row) = rows.next()? {
        let held: Held = (row.get("roles")?, row.get("state")?, row.get("until")?);
        if held.1 < 2 {
            let sides = sides.entry(row.get("membership")?).or_default();
            sides.then = Some((row.get("event")?, held));
        }
    }
    Ok(())
}

/// Whoever is present.
fn now(
    db: &Connection,
    workspace: WorkspaceId,
    sides: &mut BTreeMap<Vec<u8>, Sides>,
) -> Result<(), CacheError> {
    let sql = "SELECT id, roles, state, until FROM members WHERE workspace = ?1 AND state < 2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([workspace.to_bytes()])?;
    while let Some(row) = rows.next()? {
        let held: Held = (row.get("roles")?, row.get("state")?, row.get("until")?);
        sides.entry(row.get("id")?).or_default().now = Some(held);
    }
    Ok(())
}
