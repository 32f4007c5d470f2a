//! Records of a workspace: created, changed and deleted by permission, never across
//! workspaces (V-34..38, U-15..18, U-44..51).

use super::{Judged, Stop, guard};
use crate::content::{Content, ContentBody, ContentKind};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::ContentId;
use crate::name::clean_name;
use crate::object::{Row, Workspace};
use crate::refusal::{Refusal, RefusalCode};
use crate::time::Timestamp;

/// How many bytes of text one record has at most.
const MOST_TEXT: usize = 64 << 10;

/// How many records one names at most.
const MOST_REFERENCES: usize = 500;

fn editing(facts: &Facts, kind: ContentKind) -> Result<&Workspace, Stop> {
    let (_, workspace) = guard::visible(facts)?;
    if !facts.permissions().has(kind.view()) {
        return Err(Stop::Hide);
    }
    guard::require(facts, kind.edit())?;
    Ok(workspace)
}

pub(crate) fn create(
    facts: &Facts,
    id: ContentId,
    title: &str,
    body: &ContentBody,
    now: Timestamp,
) -> Judged {
    let workspace = editing(facts, body.kind())?;
    guard::plan_lives(workspace)?;
    if facts.id_used {
        return Err(RefusalCode::IdUsed.into());
    }
    room(facts, workspace, body.kind())?;
    let actor = &facts.actor.login;
    let record = Content {
        id,
        workspace: workspace.id,
        name: clean_name(title)?,
        body: sound(facts, body)?,
        creator: actor.id,
        creator_name: actor.name.clone(),
        created: now,
        updated: now,
        updated_by: actor.name.clone(),
        version: 1,
        deleted: false,
    };
    Ok(vec![created(EventKind::ContentCreated, Row::Content(record))])
}

pub(crate) fn change(
    facts: &Facts,
    version: u32,
    title: &str,
    body: &ContentBody,
    now: Timestamp,
) -> Judged {
    let (workspace, record) = existing(facts)?;
    if record.deleted {
        return Err(Refusal::new(RefusalCode::TargetGone)
            .with("name", record.name.as_str())
            .with("who", record.updated_by.as_str())
            .with("time", record.updated)
            .into());
    }
    if !record.kind().is_editable() {
        return Err(RefusalCode::ReadOnlyContent.into());
    }
    guard::plan_lives(workspace)?;
    if record.kind() != body.kind() {
        return Err(RefusalCode::BadContent.into());
    }
    let name = clean_name(title)?;
    let body = sound(facts, body)?;
    if record.name == name && record.body == body {
        return Err(Stop::NoOp);
    }
    if record.version != version {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("name", record.updated_by.as_str())
            .with("when", record.updated)
            .into());
    }
    let after = Content { name, body, ..next(facts, record, now) };
    Ok(vec![changed(EventKind::ContentChanged, record, after)])
}

pub(crate) fn delete(facts: &Facts, now: Timestamp) -> Judged {
    let (workspace, record) = existing(facts)?;
    if record.deleted {
        return Err(Stop::NoOp);
    }
    if !record.kind().is_editable() {
        return Err(RefusalCode::ReadOnlyContent.into());
    }
    guard::plan_lives(workspace)?;
    let after = Content { deleted: true, ..next(facts, record, now) };
    Ok(vec![changed(EventKind::ContentDeleted, record, after)])
}

/// The record that the command names, also one that is gone.
fn existing(facts: &Facts) -> Result<(&Workspace, &Content), Stop> {
    guard::visible(facts)?;
    let record = facts.content.as_ref().ok_or(Stop::Hide)?;
    let workspace = editing(facts, record.kind())?;
    Ok((workspace, record))
}

fn next(facts: &Facts, record: &Content, now: Timestamp) -> Content {
    Content {
        updated: now,
        updated_by: facts.actor.login.name.clone(),
        version: record.version.saturating_add(1),
        ..record.clone()
    }
}

/// The body, if it is small enough and names only knowledge of the same workspace (U-47..49).
fn sound(facts: &Facts, body: &ContentBody) -> Result<ContentBody, Stop> {
    if body.text_len() > MOST_TEXT || body.references().len() > MOST_REFERENCES {
        return Err(RefusalCode::BadContent.into());
    }
    if facts.references_hold { Ok(body.clone()) } else { Err(RefusalCode::ForeignReference.into()) }
}

/// V-10: as many as the plan has room for.
fn room(facts: &Facts, workspace: &Workspace, kind: ContentKind) -> Result<(), Stop> {
    let limits = workspace.plan.limits();
    let most = match kind {
        ContentKind::Agent => limits.agents,
        ContentKind::Knowledge => limits.knowledge,
        ContentKind::Prompt
        | ContentKind::Integration
        | ContentKind::Channel
        | ContentKind::Conversation
        | ContentKind::Lead => None,
    };
    match (most, facts.content_count) {
        (None, _) => Ok(()),
        (Some(most), Known::Known(count)) if count < most => Ok(()),
        (Some(most), Known::Known(_)) => Err(Refusal::new(RefusalCode::PlanLimit)
            .with("workspace", workspace.name.as_str())
            .with("limit", most)
            .into()),
        (Some(_), Known::Unknown) => Err(Stop::Unknown),
    }
}

fn changed(kind: EventKind, before: &Content, after: Content) -> Event {
    Event { kind, before: Some(Row::Content(before.clone())), after: Row::Content(after) }
}
