//! Access reviews: the list, starting, progress, lines and evidence.

use std::collections::HashSet;
use std::path::PathBuf;

use muster_client::App;
use muster_client::view::{
    Mark, Reason, ReviewFilter, ReviewForm, ReviewQuery, ReviewRow, Submitted, WorkspaceFilter,
    WorkspaceRow,
};
use muster_domain::{LoginId, WorkspaceId};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::{Lines, Scope, Start, Undecided};
use crate::exit::Exit;
use crate::form::{Named, RoleForm};
use crate::members::key;
use crate::moment::{written, written_if};
use crate::place::{self, PAGE};
use crate::roles::{self, OwnNames};
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::words;

#[derive(Serialize)]
struct ReviewsForm {
    form: &'static str,
    reviews: Vec<OneForm>,
}

#[derive(Serialize)]
struct OneForm {
    id: String,
    name: String,
    workspace: Named,
    account_name: String,
    due: String,
    overdue: bool,
    started: String,
    started_by: String,
    closed: Option<String>,
    closed_by: Option<String>,
    people: u32,
    decided: u32,
    disputed: u32,
    /// About how many a decision of the person's own is not sent yet.
    not_sent: u32,
    reviewers: Vec<String>,
}

fn form(row: &ReviewRow) -> OneForm {
    OneForm {
        id: row.id.to_string(),
        name: row.name.clone(),
        workspace: Named { id: row.workspace.to_string(), name: row.workspace_name.clone() },
        account_name: row.account_name.clone(),
        due: written(row.due),
        overdue: row.overdue,
        started: written(row.started),
        started_by: row.started_by.clone(),
        closed: row.closed.map(written),
        closed_by: row.closed_by.clone(),
        people: row.people,
        decided: row.decided,
        disputed: row.disputed,
        not_sent: row.pending,
        reviewers: row.reviewers.clone(),
    }
}

fn stands(row: &ReviewRow) -> &'static str {
    match (row.closed.is_some(), row.overdue) {
        (true, _) => "closed",
        (false, true) => "overdue",
        (false, false) => "open",
    }
}

/// The reviews and how far they are.
pub async fn list(app: &App, workspace: Option<String>) -> Result<Answer, Trouble> {
    let workspace = match workspace {
        Some(named) => Some(place::workspace(app, &named).await?.id),
        None => None,
    };
    let rows = app.reviews(workspace).await?.rows;
    let mut sheet = Sheet::new(&["review", "workspace", "state", "decided", "of", "due", "id"]);
    for row in &rows {
        sheet.row(vec![
            row.name.clone(),
            row.workspace_name.clone(),
            stands(row).to_owned(),
            row.decided.to_string(),
            row.people.to_string(),
            written(row.due),
            row.id.to_string(),
        ]);
    }
    let form = ReviewsForm { form: "reviews/1", reviews: rows.iter().map(form).collect() };
    as_of_contact(app, Answer::new(sheet, &form)).await
}

#[derive(Serialize)]
struct ProgressForm {
    form: &'static str,
    review: OneForm,
    counts: CountsForm,
    undecided: String,
}

#[derive(Serialize)]
struct CountsForm {
    all: u32,
    undecided: u32,
    kept: u32,
    changed: u32,
    removed: u32,
    disputed: u32,
    external: u32,
    changed_since: u32,
}

/// How far one review is.
pub async fn progress(app: &App, review: &str) -> Result<Answer, Trouble> {
    let row = place::review(app, review).await?;
    let view = app.review(row.workspace, row.id).await?;
    let counts = view.counts;
    let facts = Sheet::facts(&[
        ("review", row.name.clone()),
        ("workspace", row.workspace_name.clone()),
        ("state", stands(&row).to_owned()),
        ("started", format!("{} by {}", written(row.started), row.started_by)),
        ("due", written(row.due)),
        ("closed", written_if(row.closed)),
        ("reviewers", words::listed(&row.reviewers)),
        ("people", counts.all.to_string()),
        ("undecided", counts.undecided.to_string()),
        ("kept", counts.kept.to_string()),
        ("other roles", counts.changed.to_string()),
        ("removed", counts.removed.to_string()),
        ("disputed", counts.disputed.to_string()),
    ]);
    let form = ProgressForm {
        form: "review/1",
        review: form(&view.row),
        counts: CountsForm {
            all: counts.all,
            undecided: counts.undecided,
            kept: counts.kept,
            changed: counts.changed,
            removed: counts.removed,
            disputed: counts.disputed,
            external: counts.external,
            changed_since: counts.changed_since,
        },
        undecided: key(&view.undecided),
    };
    as_of_contact(app, Answer::new(facts, &form)).await
}

#[derive(Serialize)]
struct LinesForm {
    form: &'static str,
    review: OneForm,
    lines: Vec<LineForm>,
}

#[derive(Serialize)]
struct LineForm {
    membership: String,
    name: String,
    address: String,
    roles: Vec<RoleForm>,
    decision: String,
    to_roles: Vec<RoleForm>,
    decided_at: Option<String>,
    not_sent: bool,
    gone: bool,
}

/// Which lines of a review.
pub fn query(row: &ReviewRow, which: Lines) -> ReviewQuery {
    ReviewQuery {
        workspace: row.workspace,
        review: row.id,
        text: String::new(),
        hint: None,
        filter: match which {
            Lines::All => ReviewFilter::All,
            Lines::Undecided => ReviewFilter::Undecided,
            Lines::Kept => ReviewFilter::Kept,
            Lines::Changed => ReviewFilter::Changed,
            Lines::Removed => ReviewFilter::Removed,
            Lines::Disputed => ReviewFilter::Disputed,
        },
        offset: 0,
        limit: PAGE,
    }
}

/// The people of a review and what was decided about them.
pub async fn lines(app: &App, review: &str, which: Lines) -> Result<Answer, Trouble> {
    let row = place::review(app, review).await?;
    let names = own_names(app, row.workspace).await;
    let mut asked = query(&row, which);
    let mut sheet = Sheet::new(&["name", "address", "role", "decision", "new role", "decided"]);
    let mut lines = Vec::new();
    loop {
        let page = app.review_lines(asked.clone()).await?;
        let is_last = page.rows.is_empty();
        for line in page.rows {
            sheet.row(vec![
                line.name.clone(),
                line.address.clone(),
                roles::cell(line.roles, &names),
                key(&line.standpoint),
                roles::cell(line.to, &names),
                written_if(line.decided_at),
            ]);
            lines.push(LineForm {
                membership: line.membership.to_string(),
                name: line.name,
                address: line.address,
                roles: roles::forms(line.roles, &names),
                decision: key(&line.standpoint),
                to_roles: roles::forms(line.to, &names),
                decided_at: line.decided_at.map(written),
                not_sent: matches!(line.mark, Mark::NotSent | Mark::Sending),
                gone: line.gone,
            });
        }
        asked.offset = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        if is_last || asked.offset >= page.matched {
            break;
        }
    }
    let form = LinesForm { form: "review-lines/1", review: form(&row), lines };
    as_of_contact(app, Answer::new(sheet, &form)).await
}

async fn own_names(app: &App, workspace: WorkspaceId) -> OwnNames {
    // A workspace that is gone keeps its keys for names.
    app.workspace(workspace).await.map(|it| roles::own_names(&it)).unwrap_or_default()
}

#[derive(Serialize)]
struct StartedForm {
    form: &'static str,
    started: Vec<StartedOne>,
}

#[derive(Serialize)]
struct StartedOne {
    workspace: Named,
    /// `started`, `refused`, `needs_connection` or `unanswered`.
    result: &'static str,
    review: Option<String>,
    code: Option<String>,
    rule: Option<String>,
    text: Option<String>,
}

/// Starts a review for each of the workspaces.
pub async fn start(app: &App, wanted: Start) -> Result<Answer, Trouble> {
    let places = scope(app, &wanted.scope).await?;
    let mut reviewers: Vec<LoginId> = Vec::new();
    for address in &wanted.reviewers {
        reviewers.push(reviewer(app, &places, address).await?);
    }
    if reviewers.is_empty() {
        let me = app.app_state().await?.me.ok_or_else(Trouble::signed_out)?;
        reviewers.push(me.id);
    }
    // The server freezes the lists, so that it has to be there (R14).
    app.send_now().await?;
    let results = app
        .start_reviews(ReviewForm {
            workspaces: places.iter().map(|it| it.id).collect(),
            name: wanted.name,
            due: wanted.due,
            undecided: match wanted.undecided {
                Undecided::Leave => muster_domain::Undecided::Leave,
                Undecided::Suspend => muster_domain::Undecided::Suspend,
            },
            quiet_days: wanted.unused,
            reviewers,
        })
        .await?;
    Ok(told(places, results))
}

fn told(places: Vec<WorkspaceRow>, results: Vec<Submitted>) -> Answer {
    let mut sheet = Sheet::new(&["workspace", "result", "review", "why", "rule"]);
    let (mut started, mut notes, mut exit) = (Vec::new(), Vec::new(), Exit::Done);
    for (place, result) in places.into_iter().zip(results) {
        let one = one(Named { id: place.id.to_string(), name: place.name }, result);
        // The worst of them is how the run ends.
        exit = match (exit, one.result) {
            (_, "refused") => Exit::Refused,
            (Exit::Done, "needs_connection" | "unanswered") => Exit::Offline,
            (exit, _) => exit,
        };
        let told = |it: &Option<String>| it.clone().unwrap_or_default();
        sheet.row(vec![
            one.workspace.name.clone(),
            one.result.replace('_', " "),
            told(&one.review),
            told(&one.text),
            told(&one.rule),
        ]);
        if let Some(rule) = &one.rule {
            notes.push(format!("{}: {}\n  rule: {rule}", one.workspace.name, told(&one.text)));
        }
        started.push(one);
    }
    let form = StartedForm { form: "reviews-started/1", started };
    Answer { exit, notes, ..Answer::new(sheet, &form) }
}

fn one(workspace: Named, result: Submitted) -> StartedOne {
    let with = |result, review, trouble: Option<Trouble>| StartedOne {
        workspace: workspace.clone(),
        result,
        review,
        code: trouble.as_ref().map(|it| it.code.clone()),
        rule: trouble.as_ref().and_then(|it| it.rule.clone()),
        text: trouble.map(|it| it.message),
    };
    let refused = |reason: &Reason| Some(Trouble::refused(reason, &OwnNames::new()));
    match result {
        Submitted::Applied { created } => with("started", created, None),
        Submitted::Refused { reason } => with("refused", None, refused(&reason)),
        Submitted::NeedsConnection { sentence } => {
            with("needs_connection", None, Some(Trouble::needs_connection(&sentence)))
        }
        // `muster-cli list pending` tells what becomes of these.
        Submitted::NoOp | Submitted::Queued { .. } | Submitted::Unanswered => {
            with("unanswered", None, None)
        }
    }
}

async fn scope(app: &App, scope: &Scope) -> Result<Vec<WorkspaceRow>, Trouble> {
    if !scope.workspaces.is_empty() {
        let mut places: Vec<WorkspaceRow> = Vec::new();
        for named in &scope.workspaces {
            let place = place::workspace(app, named).await?;
            if places.iter().all(|it| it.id != place.id) {
                places.push(place);
            }
        }
        return Ok(places);
    }
    let account = match &scope.account {
        Some(named) => Some(place::account(app, named).await?.id),
        None => None,
    };
    let label = scope.label.clone();
    let filter = WorkspaceFilter { account, label, hidden: true, ..WorkspaceFilter::default() };
    // Where the person may not review at all, a scope of many leaves it out.
    let startable: HashSet<_> = app.reviews(None).await?.startable.into_iter().collect();
    let mut places = place::workspaces(app, &filter).await?;
    places.retain(|it| startable.contains(&it.id));
    if places.is_empty() {
        return Err(Trouble::not_found(
            "There is no workspace there in which you may start a review.",
            "`muster-cli list workspaces` says what there is",
        ));
    }
    Ok(places)
}

/// Somebody who may decide, by address.
async fn reviewer(app: &App, places: &[WorkspaceRow], address: &str) -> Result<LoginId, Trouble> {
    for place in places {
        let found = app.review_people(place.id, address.to_owned()).await?;
        let is_it =
            |it: &muster_client::view::ReviewPerson| it.address.eq_ignore_ascii_case(address);
        if let Some(person) = found.into_iter().find(is_it) {
            return Ok(person.login);
        }
    }
    Err(Trouble::not_found(
        format!("Nobody with the address {address} may review there."),
        "name somebody who may review in these workspaces",
    ))
}

#[derive(Serialize)]
struct EvidenceForm {
    form: &'static str,
    folder: String,
    /// The signing key, in groups that two people can compare by voice.
    fingerprint: String,
    /// Whether the log in it says whose the key is.
    key: String,
}

/// Writes the evidence of a review into a new folder.
pub async fn evidence(app: &App, review: &str, into: Option<PathBuf>) -> Result<Answer, Trouble> {
    let row = place::review(app, review).await?;
    let view = app.review_evidence_below(row.workspace, row.id, into).await?;
    let form = EvidenceForm {
        form: "evidence/1",
        folder: view.folder,
        fingerprint: view.fingerprint,
        key: key(&view.key),
    };
    let facts = [("folder", form.folder.clone()), ("key", form.fingerprint.clone())];
    let answer = Answer::new(Sheet::facts(&facts), &form);
    Ok(answer.note("`muster-verify FOLDER` checks it without a server"))
}
