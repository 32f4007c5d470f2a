//! Unsent changes in place: events written over the confirmed rows, whose before-images wait
//! in `shadow` until the next answer (sync.md 4.17).

use std::collections::BTreeSet;

use muster_domain::{
    Content, ContentId, ContentKind, Decision, Event, Facts, MemberState, Row, Timestamp,
    WorkspaceId, decide,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::CacheError;
use crate::mirror::Mirror;
use crate::row::{self, Key, Kind, Listed, Over, from_stored, to_stored, workspace_of};
use crate::types::{Expected, OutboxEntry};
use crate::{contents, members, meta};

/// The confirmed version of a row that an unsent change touches.
#[derive(Debug, Clone)]
pub(crate) struct Shadow {
    pub(crate) before: Option<Row>,
    seq: u64,
}

/// Writes what an accepted command does.
pub(crate) fn write(db: &Connection, events: &[Event]) -> Result<(), CacheError> {
    events.iter().try_for_each(|event| write_row(db, &event.after))
}

fn write_row(db: &Connection, after: &Row) -> Result<(), CacheError> {
    let key = Key::of(after);
    let shadow = match find(db, &key)? {
        Some(shadow) => shadow,
        None => cast(db, &key, after)?,
    };
    match after {
        Row::Membership(member) => {
            let shown = match (&shadow.before, member.state.is_present()) {
                // E-45: whom only an unsent change removes stays listed.
                (Some(Row::Membership(before)), false) if before.state.is_present() => before.state,
                _ => member.state,
            };
            members::put(db, member, shown, shadow.seq, Over::Any)?;
        }
        Row::Content(record) => {
            let was_listed = matches!(&shadow.before, Some(Row::Content(it)) if !it.deleted);
            let listed = Listed::of(!record.deleted || was_listed);
            contents::put(db, record, listed, shadow.seq, Over::Any)?;
        }
        Row::Account(_)
        | Row::AccountAdmin(_)
        | Row::Workspace(_)
        | Row::Invitation(_)
        | Row::Role(_)
        | Row::Group(_)
        | Row::Review(_)
        | Row::ReviewLine(_) => {
            row::put(db, after, shadow.seq, Over::Any)?;
        }
    }
    Ok(())
}

/// Puts the row as it is now aside.
fn cast(db: &Connection, key: &Key, after: &Row) -> Result<Shadow, CacheError> {
    let found = row::get(db, key)?;
    let seq = found.as_ref().map_or(0, |(_, seq)| *seq);
    let before = found.map(|(row, _)| row);
    db.prepare_cached(
        "INSERT INTO shadow (kind, id, workspace, seq, before) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        key.kind as i64,
        key.id,
        workspace_of(after).map(WorkspaceId::to_bytes),
        to_stored(seq),
        before.as_ref().map(row::json).transpose()?
    ])?;
    Ok(Shadow { before, seq })
}

/// The before-image of a row, if an unsent change touches it.
pub(crate) fn find(db: &Connection, key: &Key) -> Result<Option<Shadow>, CacheError> {
    let found: Option<(Option<String>, i64)> = db
        .prepare_cached("SELECT before, seq FROM shadow WHERE kind = ?1 AND id = ?2")?
        .query_row(params![key.kind as i64, key.id], |row| {
            Ok((row.get("before")?, row.get("seq")?))
        })
        .optional()?;
    let Some((before, seq)) = found else { return Ok(None) };
    let before = before.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Some(Shadow { before, seq: from_stored(seq) }))
}

/// The confirmed version of a record that an unsent change touches.
pub(crate) fn confirmed_content(
    db: &Connection,
    id: ContentId,
) -> Result<Option<Content>, CacheError> {
    let key = Key { kind: Kind::Content, id: id.to_bytes().to_vec() };
    Ok(match find(db, &key)?.and_then(|shadow| shadow.before) {
        Some(Row::Content(before)) => Some(before),
        _ => None,
    })
}

/// How many records of a kind only unsent changes delete: lists have them still.
pub(crate) fn count_going(
    db: &Connection,
    workspace: WorkspaceId,
    kind: ContentKind,
) -> Result<u32, CacheError> {
    let sql = "SELECT count(*) FROM shadow s JOIN contents c ON c.id = s.id
               WHERE s.workspace = ?1 AND s.kind = ?2 AND c.kind = ?3
                   AND c.deleted = 1 AND c.shown = 1";
    let mut statement = db.prepare_cached(sql)?;
    let values = params![workspace.to_bytes(), Kind::Content as i64, contents::kind_number(kind)];
    Ok(statement.query_row(values, |row| row.get(0))?)
}

/// How unsent changes shift members between the shown states of a workspace: active,
/// suspended, former.
pub(crate) fn shifts(db: &Connection, workspace: WorkspaceId) -> Result<[i64; 3], CacheError> {
    let sql = "SELECT s.before ->> 'state' AS was, m.shown FROM shadow s
               JOIN members m ON m.id = s.id WHERE s.workspace = ?1 AND s.kind = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![workspace.to_bytes(), Kind::Membership as i64])?;
    let mut shifts = [0; 3];
    while let Some(row) = rows.next()? {
        let column = |number: i64| usize::try_from(number).unwrap_or(2).min(2);
        shifts[column(row.get("shown")?)] += 1;
        if let Some(was) = row.get::<_, Option<String>>("was")? {
            let state = MemberState::ALL.iter().find(|state| state.key() == was);
            shifts[column(state.map_or(2, |state| members::state_number(*state)))] -= 1;
        }
    }
    Ok(shifts)
}

/// How many present members of a workspace unsent changes remove.
pub(crate) fn count_leaving(db: &Connection, workspace: WorkspaceId) -> Result<u32, CacheError> {
    let sql = "SELECT count(*) FROM shadow s JOIN members m ON m.id = s.id
               WHERE s.workspace = ?1 AND s.kind = ?2 AND m.state > 1 AND m.shown < 2";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement
        .query_row(params![workspace.to_bytes(), Kind::Membership as i64], |row| row.get(0))?)
}

/// What unsent changes touch.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) keys: BTreeSet<Key>,
    pub(crate) workspaces: BTreeSet<WorkspaceId>,
    /// Those of them in which they touch records.
    pub(crate) contents: BTreeSet<WorkspaceId>,
}

/// What unsent changes touch now.
pub(crate) fn touched(db: &Connection) -> Result<Touched, CacheError> {
    let mut statement = db.prepare_cached("SELECT kind, id, workspace FROM shadow")?;
    let mut rows = statement.query([])?;
    let mut touched = Touched::default();
    while let Some(row) = rows.next()? {
        let kind = Kind::from_number(row.get("kind")?);
        if let Some(kind) = kind {
            touched.keys.insert(Key { kind, id: row.get("id")? });
        }
        let workspace = row.get::<_, Option<[u8; 16]>>("workspace")?.map(WorkspaceId::from_bytes);
        touched.workspaces.extend(workspace);
        if kind == Some(Kind::Content) {
            touched.contents.extend(workspace);
        }
    }
    Ok(touched)
}

/// Puts every confirmed row back.
pub(crate) fn restore(db: &Connection) -> Result<(), CacheError> {
    for key in touched(db)?.keys {
        match find(db, &key)? {
            Some(Shadow { before: Some(before), seq }) => {
                row::put(db, &before, seq, Over::Any)?;
            }
            Some(Shadow { before: None, .. }) => row::delete(db, &key)?,
            None => {}
        }
    }
    db.execute("DELETE FROM shadow", [])?;
    Ok(())
}

/// Replays what waits over the confirmed rows, in order. A command that no longer holds has
/// no effect and stays: the server knows more (sync.md 4.8). Time is the time at which each
/// was made, so that replaying is a function of rows and commands alone. Returns the entries
/// of which the rules now expect something else.
pub(crate) fn replay(
    mirror: &Mirror<'_>,
    pending: &[OutboxEntry],
) -> Result<Vec<(u64, Expected)>, CacheError> {
    let mut differing = Vec::new();
    for entry in pending {
        let Some(command) = &entry.command else { continue };
        let decision = judge(mirror, command, entry.made_at)?;
        if let Decision::Accept(events) = &decision {
            write(mirror.db(), events)?;
        }
        let expected = Expected::from(&decision);
        if expected != entry.expected {
            differing.push((entry.n, expected));
        }
    }
    Ok(differing)
}

/// Asks the rules.
pub(crate) fn judge(
    mirror: &Mirror<'_>,
    command: &muster_domain::Command,
    now: Timestamp,
) -> Result<Decision, CacheError> {
    let Some(me) = meta::me(mirror.db())? else { return Ok(Decision::Unknown) };
    let facts = Facts::load(mirror, &me, command, now)?;
    Ok(decide(&facts, command, now))
}
