//! What is inside a workspace: lists of records, and one record in the panel (ui.md 5.19).

use muster_cache::{
    ContentEntry, ContentSort as CacheSort, ContentWindowQuery, Mark as CacheMark, WorkspaceEntry,
};
use muster_domain::{
    Activity, Command, ContentBody, ContentId, ContentKind, KnowledgeSource, PermissionSet,
    SchemeId, TalkState, WorkspaceId,
};

use crate::app::App;
use crate::members::margin;
use crate::person::changes;
use crate::random;
use crate::verdict::Bench;
use crate::view::{
    ContentCount, ContentName, ContentPage, ContentQuery, ContentRow, ContentSort, ContentView,
    Failure, FailureCode, Verdict,
};
use crate::workspaces::PAGE;

impl App {
    /// A page of the records of one kind.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn contents(&self, query: ContentQuery) -> Result<ContentPage, Failure> {
        self.with_bench(move |bench| page(bench, query)).await
    }

    /// One record in the panel.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there.
    pub async fn content(
        &self,
        workspace: WorkspaceId,
        id: ContentId,
    ) -> Result<ContentView, Failure> {
        self.with_bench(move |bench| view(bench, workspace, id)).await
    }
}

/// The kinds of records that I may see, with how many there are. The products differ in what
/// they have: prompts, integrations and channels are those of `managed` (V-35, V-37, V-38).
pub(crate) fn counts(
    bench: &Bench<'_>,
    entry: &WorkspaceEntry,
    permissions: PermissionSet,
) -> Result<Vec<ContentCount>, Failure> {
    let id = entry.workspace.id;
    let counts = bench.cache.content_counts(id)?;
    let mut kinds = Vec::new();
    for kind in ContentKind::ALL.iter().copied() {
        if permissions.has(kind.view()) && has_kind(entry.account.scheme, kind) {
            let create = create(bench, id, kind)?;
            kinds.push(ContentCount { kind, count: counts.of(kind), create });
        }
    }
    Ok(kinds)
}

const fn has_kind(scheme: SchemeId, kind: ContentKind) -> bool {
    match kind {
        ContentKind::Agent
        | ContentKind::Knowledge
        | ContentKind::Conversation
        | ContentKind::Lead => true,
        ContentKind::Prompt | ContentKind::Integration | ContentKind::Channel => match scheme {
            SchemeId::Managed => true,
            SchemeId::OwnerLed => false,
        },
    }
}

/// Creating a record of a kind; what comes in from outside is not created here (U-17, U-18).
fn create(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    kind: ContentKind,
) -> Result<Verdict, Failure> {
    let Some(body) = blank(kind) else { return Ok(Verdict::Hidden) };
    let content = ContentId::from_bytes(random::id()?);
    let title = "…".to_owned();
    bench.verdict(&Command::CreateContent { workspace, content, title, body })
}

/// An empty record of a kind that people make.
fn blank(kind: ContentKind) -> Option<ContentBody> {
    let text = String::new();
    Some(match kind {
        ContentKind::Agent => {
            ContentBody::Agent { instructions: text, state: Activity::Off, knowledge: Vec::new() }
        }
        ContentKind::Prompt => ContentBody::Prompt { text },
        ContentKind::Knowledge => {
            ContentBody::Knowledge { source: KnowledgeSource::Document, text, size: 0 }
        }
        ContentKind::Integration => {
            ContentBody::Integration { service: text, state: Activity::Off }
        }
        ContentKind::Channel => ContentBody::Channel { medium: text, state: Activity::Off },
        ContentKind::Conversation | ContentKind::Lead => return None,
    })
}

/// A page of the records of one kind.
pub(crate) fn page(bench: &Bench<'_>, query: ContentQuery) -> Result<ContentPage, Failure> {
    bench.place(query.workspace)?;
    let (workspace, kind) = (query.workspace, query.kind);
    let window = bench.cache.contents(&ContentWindowQuery {
        workspace,
        kind,
        text: query.text,
        sort: match query.sort {
            ContentSort::Name => CacheSort::Name,
            ContentSort::Updated => CacheSort::Updated,
        },
        descending: query.descending,
        offset: query.offset,
        limit: query.limit.min(PAGE),
    })?;
    Ok(ContentPage {
        total: window.total,
        matched: window.matched,
        create: create(bench, workspace, kind)?,
        rows: window.rows.into_iter().map(|it| row(bench, it)).collect(),
    })
}

fn row(bench: &Bench<'_>, entry: ContentEntry) -> ContentRow {
    let ContentEntry { content, mark, creator_present, .. } = entry;
    ContentRow {
        id: content.id,
        kind: content.kind(),
        state: state(&content.body).to_owned(),
        creator_gone: !creator_present,
        creator: content.creator_name,
        created: content.created,
        updated: content.updated,
        updated_by: content.updated_by,
        deleted: content.deleted,
        mark: match mark {
            // Lists of records tell only of one's own changes.
            CacheMark::None | CacheMark::New => crate::view::Mark::None,
            CacheMark::NotSent | CacheMark::Sending | CacheMark::Refused | CacheMark::NeedsYou => {
                margin(bench, mark)
            }
        },
        name: content.name,
    }
}

/// One word about a record, for its list.
pub(crate) const fn state(body: &ContentBody) -> &'static str {
    match body {
        ContentBody::Agent { state, .. }
        | ContentBody::Integration { state, .. }
        | ContentBody::Channel { state, .. } => match state {
            Activity::On => "on",
            Activity::Off => "off",
        },
        ContentBody::Prompt { .. } => "",
        ContentBody::Knowledge { source, .. } => match source {
            KnowledgeSource::Website => "website",
            KnowledgeSource::Document => "document",
            KnowledgeSource::Faq => "faq",
            KnowledgeSource::Source => "source",
        },
        ContentBody::Conversation { state, .. } | ContentBody::Lead { state, .. } => match state {
            TalkState::Open => "open",
            TalkState::Closed => "closed",
        },
    }
}

/// A record of this workspace, or the failure that says there is none.
pub(crate) fn find(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: ContentId,
) -> Result<ContentEntry, Failure> {
    let found = bench.cache.content(id)?.filter(|it| it.content.workspace == workspace);
    found.ok_or_else(|| Failure::new(FailureCode::NotFound))
}

/// One record in the panel.
pub(crate) fn view(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: ContentId,
) -> Result<ContentView, Failure> {
    let entry = find(bench, workspace, id)?;
    let content = entry.content.clone();
    let (not_sent, refused) = changes(bench, |command| command.content() == Some(id))?;
    let (change, delete) = if content.kind().is_editable() && !content.deleted {
        let title = if content.name == "…" { "…." } else { "…" }.to_owned();
        let change = Command::ChangeContent {
            workspace,
            content: id,
            version: content.version,
            title,
            body: content.body.clone(),
        };
        let delete = Command::DeleteContent { workspace, content: id };
        (bench.verdict(&change)?, bench.verdict(&delete)?)
    } else {
        (Verdict::Hidden, Verdict::Hidden)
    };
    Ok(ContentView {
        row: row(bench, entry),
        version: content.version,
        knowledge: knowledge(bench, workspace, &content.body)?,
        body: content.body,
        change,
        delete,
        not_sent,
        refused,
    })
}

/// U-47: what an agent knows is of the same workspace; what is gone is left out.
fn knowledge(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    body: &ContentBody,
) -> Result<Vec<ContentName>, Failure> {
    let mut names = Vec::new();
    for id in body.references().iter().copied() {
        let found = bench.cache.content(id)?.map(|it| it.content);
        if let Some(found) = found.filter(|it| it.workspace == workspace && !it.deleted) {
            names.push(ContentName { id, name: found.name });
        }
    }
    Ok(names)
}
