//! A change that met another one of the same thing (E-42): what it was, what it is now, and what
//! I made of it. The person keeps theirs, or has the own change made again over what is now.

use muster_cache::{HistoryOf, HistoryQuery, OutboxEntry};
use muster_domain::{
    Command, Content, ContentBody, EventKind, LoginId, MembershipId, RefusalCode, Timestamp,
    WorkspaceId,
};

use crate::app::App;
use crate::draft::Draft;
use crate::pending::everything;
use crate::rebase::{self, Field, Value};
use crate::submit::{Local, Way, queued, start};
use crate::verdict::Bench;
use crate::view::{ConflictValue, ConflictView, Failure, FailureCode, Submitted};

impl App {
    /// Makes a change that met another one again, over what is there now. When it is taken, the
    /// refused one leaves the list.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] when there is nothing to decide any more.
    pub async fn pending_apply(&self, n: u32) -> Result<Submitted, Failure> {
        let (way, local) = self.with_bench(move |bench| again(bench, n)).await?;
        let submitted = match (way, local) {
            (_, Local::Over(submitted)) => submitted,
            (Way::Queue, Local::Kept(n)) => {
                self.signed()?.engine.wake();
                queued(n)
            }
            (Way::Online, Local::Kept(n)) => self.settle(n, None).await?,
        };
        if is_taken(&submitted) {
            self.with_bench(move |bench| Ok(bench.cache.discard(n.into(), bench.now)?)).await?;
        }
        self.changed(everything());
        Ok(submitted)
    }
}

fn is_taken(submitted: &Submitted) -> bool {
    match submitted {
        Submitted::Queued { .. } | Submitted::Applied { .. } | Submitted::NoOp => true,
        Submitted::Refused { .. } | Submitted::NeedsConnection { .. } | Submitted::Unanswered => {
            false
        }
    }
}

/// The change made again, as far as it goes in this copy.
pub(crate) fn again(bench: &Bench<'_>, n: u32) -> Result<(Way, Local), Failure> {
    let gone = || Failure::new(FailureCode::NotFound);
    let entry = bench.cache.entry(n.into())?.filter(met).ok_or_else(gone)?;
    let command = entry.command.clone().ok_or_else(gone)?;
    let command = over_now(bench, command)?.ok_or_else(gone)?;
    start(bench, &Draft::plain(command, entry.label))
}

/// Whether the server refused it because somebody changed the same thing.
fn met(entry: &OutboxEntry) -> bool {
    let refusal = entry.outcome.as_ref().and_then(|it| it.refusal.as_ref());
    refusal.is_some_and(|it| it.code == RefusalCode::Conflict)
}

/// The same change over what is there now; `None` where that is gone.
fn over_now(bench: &Bench<'_>, mut command: Command) -> Result<Option<Command>, Failure> {
    if let Command::ChangeContent { content, version, .. } = &mut command {
        let Some(entry) = bench.cache.content(*content)? else { return Ok(None) };
        *version = entry.content.version;
        return Ok((!entry.content.deleted).then_some(command));
    }
    let Some((field, _, _)) = rebase::change(&command) else { return Ok(None) };
    let Some(now) = held(bench, &field)? else { return Ok(None) };
    rebase::set_was(&mut command, now);
    Ok(Some(command))
}

/// What a field holds now, if what has it is still there.
fn held(bench: &Bench<'_>, field: &Field) -> Result<Option<Value>, Failure> {
    Ok(match field {
        Field::Roles(id) | Field::End(id) | Field::MemberLabels(id) | Field::Note(id) => {
            let entry = bench.cache.member(*id)?.map(|it| it.member);
            let Some(member) = entry.filter(|it| it.state.is_present()) else { return Ok(None) };
            Some(match field {
                Field::Roles(_) => Value::Roles(member.roles),
                Field::End(_) => Value::End(member.until),
                Field::MemberLabels(_) => Value::Labels(member.labels),
                Field::Note(_) | Field::Name(_) | Field::Labels(_) => Value::Text(member.note),
            })
        }
        Field::Name(id) => bench.cache.workspace(*id)?.map(|it| Value::Text(it.workspace.name)),
        Field::Labels(id) => {
            bench.cache.workspace(*id)?.map(|it| Value::Labels(it.workspace.labels))
        }
    })
}

/// The three sides of a refused change that met another one; `None` for every other change and
/// where what it was about is gone.
pub(crate) fn view(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
) -> Result<Option<ConflictView>, Failure> {
    let Some(command) = entry.command.as_ref().filter(|_| met(entry)) else { return Ok(None) };
    if let Command::ChangeContent { content, title, body, .. } = command {
        let record = bench.cache.content(*content)?.map(|it| it.content);
        return Ok(record.filter(|it| !it.deleted).map(|it| of_record(it, title, body)));
    }
    let Some((field, was, yours)) = rebase::change(command) else { return Ok(None) };
    let Some(now) = held(bench, &field)? else { return Ok(None) };
    let (who, at) = changed_by(bench, entry, &field)?;
    let (was, now, yours) = (told(was), told(now), told(yours));
    Ok(Some(ConflictView { who, at, was: Some(was), now, yours }))
}

/// A record carries who changed it last; what it was before is in neither version.
fn of_record(now: Content, title: &str, body: &ContentBody) -> ConflictView {
    ConflictView {
        who: Some(now.updated_by.clone()),
        at: Some(now.updated),
        was: None,
        now: ConflictValue::Record { name: now.name.clone(), text: text(&now.body) },
        yours: ConflictValue::Record { name: title.to_owned(), text: text(body) },
    }
}

/// What somebody would compare two versions of a record by.
fn text(body: &ContentBody) -> String {
    match body {
        ContentBody::Agent { instructions, .. } => instructions.clone(),
        ContentBody::Prompt { text } | ContentBody::Knowledge { text, .. } => text.clone(),
        ContentBody::Integration { service, .. } => service.clone(),
        ContentBody::Channel { medium, .. } => medium.clone(),
        ContentBody::Conversation { .. } | ContentBody::Lead { .. } => String::new(),
    }
}

fn told(value: Value) -> ConflictValue {
    match value {
        Value::Roles(roles) => ConflictValue::Roles { roles },
        Value::End(end) => ConflictValue::End { end },
        Value::Labels(labels) => ConflictValue::Labels { labels },
        Value::Text(text) => ConflictValue::Text { text },
    }
}

/// Who changed it last and when, where this copy holds the history of that.
fn changed_by(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
    field: &Field,
) -> Result<(Option<String>, Option<Timestamp>), Failure> {
    let Some(workspace) = entry.workspace else { return Ok((None, None)) };
    let (kind, about) = match field {
        Field::Roles(id) => (EventKind::MemberRolesChanged, person(bench, *id)?),
        Field::End(id) => (EventKind::MemberEndChanged, person(bench, *id)?),
        Field::MemberLabels(id) => (EventKind::MemberLabelled, person(bench, *id)?),
        Field::Note(id) => (EventKind::MemberNoted, person(bench, *id)?),
        Field::Name(_) => (EventKind::WorkspaceRenamed, None),
        Field::Labels(_) => (EventKind::WorkspaceLabelled, None),
    };
    let rows = bench.cache.history(&last(workspace, kind, about))?.rows;
    let last = rows.into_iter().next();
    let who = last.as_ref().map(|it| it.actor_name.clone()).filter(|it| !it.is_empty());
    Ok((who, last.map(|it| it.at)))
}

fn person(bench: &Bench<'_>, id: MembershipId) -> Result<Option<LoginId>, Failure> {
    Ok(bench.cache.member(id)?.map(|it| it.member.login))
}

fn last(workspace: WorkspaceId, kind: EventKind, about: Option<LoginId>) -> HistoryQuery {
    HistoryQuery {
        of: HistoryOf::Workspace(workspace),
        about,
        kinds: vec![kind.key().to_owned()],
        limit: 1,
        ..HistoryQuery::default()
    }
}
