//! Tables across workspaces, and those of accounts.

use std::collections::HashMap;

use muster_cache::{MemberStatus, MemberWindowQuery, WorkspaceEntry, WorkspaceQuery};
use muster_domain::{AccountId, Covers, WorkspaceId, WorkspaceKind};

use super::inside::unsent;
use super::past::some;
use super::{BATCH, Cell, Filter, Flow, Sheet, named, sorted};
use crate::export::about::About;
use crate::view::{
    ContinuityKind, Failure, OutcomeKind, PendingItem, PendingWhat, PeopleQuery, WorkspaceFilter,
};
use crate::{pending, people, reviews, workspaces};

pub(super) fn reviews(
    sheet: &mut Sheet<'_>,
    workspace: Option<WorkspaceId>,
) -> Result<(), Failure> {
    let about = match workspace {
        Some(id) => sheet.place(id)?.about("reviews"),
        None => About::of("reviews"),
    };
    let mut rows = Vec::new();
    let mut left_out = 0_u32;
    for it in reviews::list(sheet.bench, workspace)?.rows {
        if !sheet.may(it.workspace)? {
            left_out += 1;
            continue;
        }
        rows.push(vec![
            Cell::Text(it.name),
            Cell::Text(it.workspace_name),
            Cell::Text(it.account_name),
            Cell::Time(it.started),
            Cell::Text(it.started_by),
            Cell::Time(it.due),
            Cell::when(it.closed),
            Cell::maybe(it.closed_by),
            Cell::Number(it.people),
            Cell::Number(it.decided),
            Cell::Number(it.disputed),
            Cell::List(it.reviewers),
        ]);
    }
    let heads = [
        "name",
        "workspace",
        "account",
        "started",
        "started_by",
        "due",
        "closed",
        "closed_by",
        "people",
        "decided",
        "disputed",
        "reviewers",
    ];
    sheet.all(about.if_any("left out", some(left_out)), &heads, rows)
}

pub(super) fn workspaces(sheet: &mut Sheet<'_>, filter: &WorkspaceFilter) -> Result<(), Failure> {
    let asked = workspaces::query(filter.clone(), 0, BATCH);
    let found = Filter::default()
        .and("text", &filter.text)
        .and("account", &name_of_account(sheet, filter.account)?)
        .and("label", filter.label.as_deref().unwrap_or_default())
        .and("plan", filter.plan.map_or("", |it| it.key()))
        .and("owners", if filter.one_owner { "one" } else { "" });
    let (places, left_out) = open_places(sheet, asked)?;
    let about = About::of("workspaces")
        .if_any("filter", found.cell())
        .if_any("left out", some(left_out))
        .with("sorted by", sorted("name", false));
    let heads = [
        "name",
        "account",
        "kind",
        "my_roles",
        "account_admin",
        "plan",
        "plan_ended",
        "people",
        "owners",
        "labels",
        "created",
        "hidden",
        "not_sent",
    ];
    let mut rows = Vec::with_capacity(places.len());
    for entry in places {
        let own = sheet.bench.own_roles(entry.workspace.id)?;
        let roles = entry.my_membership.as_ref().map(|it| it.roles).unwrap_or_default();
        let it = entry.workspace;
        rows.push(vec![
            Cell::Text(it.name),
            Cell::Text(entry.account.name),
            Cell::word(match it.kind {
                WorkspaceKind::Personal => "export.kind.personal",
                WorkspaceKind::Standard => "export.kind.standard",
            }),
            named(roles, &own),
            Cell::tick(entry.account_admin),
            Cell::word(format!("plan.{}", it.plan.key())),
            Cell::when(it.plan_ended),
            Cell::number(entry.people),
            Cell::number(entry.owners),
            Cell::List(it.labels.iter().map(str::to_owned).collect()),
            Cell::Time(it.created),
            Cell::tick(entry.hidden),
            Cell::tick(entry.not_sent > 0),
        ]);
    }
    sheet.all(about, &heads, rows)
}

fn name_of_account(sheet: &Sheet<'_>, account: Option<AccountId>) -> Result<String, Failure> {
    match account {
        Some(id) => Ok(sheet.bench.account_name(id)?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}

/// The workspaces that may be exported, and how many others there are.
fn open_places(
    sheet: &Sheet<'_>,
    mut query: WorkspaceQuery,
) -> Result<(Vec<WorkspaceEntry>, u32), Failure> {
    let (mut open, mut left_out) = (Vec::new(), 0_u32);
    loop {
        let rows = sheet.bench.cache.workspaces(&query)?.rows;
        let is_last = rows.len() < query.limit as usize;
        for entry in rows {
            if sheet.may(entry.workspace.id)? {
                open.push(entry);
            } else {
                left_out = left_out.saturating_add(1);
            }
        }
        if is_last {
            return Ok((open, left_out));
        }
        query.offset += query.limit;
    }
}

/// A line for each place of a person: joined on this device, as the page is (E-63).
pub(super) fn people(sheet: &mut Sheet<'_>, query: &PeopleQuery) -> Result<(), Failure> {
    let all = WorkspaceQuery { limit: BATCH, ..WorkspaceQuery::default() };
    let (places, left_out) = open_places(sheet, all)?;
    let about = About::of("people")
        .if_any("filter", Filter::default().and("text", &query.text).cell())
        .if_any("left out", some(left_out))
        .with("sorted by", sorted("workspace, name", false));
    let heads =
        ["name", "address", "workspace", "account", "roles", "state", "joined", "ends", "not_sent"];
    sheet.begin(about, &heads, None)?;
    let now = sheet.bench.now;
    for entry in places {
        let own = sheet.bench.own_roles(entry.workspace.id)?;
        let first = MemberWindowQuery::of(entry.workspace.id, BATCH);
        let mut asked =
            MemberWindowQuery { status: MemberStatus::Present, text: query.text.clone(), ..first };
        loop {
            let rows = sheet.bench.cache.members(&asked)?.rows;
            let is_last = rows.len() < BATCH as usize;
            for row in rows {
                let mark = row.mark;
                let it = row.member.at(now);
                let cells = vec![
                    Cell::Text(it.name),
                    Cell::text(it.address.to_string()),
                    Cell::text(&entry.workspace.name),
                    Cell::text(&entry.account.name),
                    named(it.roles, &own),
                    Cell::word(format!("state.{}", it.state.key())),
                    Cell::Time(it.joined),
                    Cell::when(it.until.map(|end| end.at)),
                    unsent(mark),
                ];
                if sheet.out.row(cells)? == Flow::Enough {
                    return Ok(());
                }
            }
            if is_last {
                break;
            }
            asked.offset += BATCH;
        }
    }
    Ok(())
}

pub(super) fn continuity(sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let (mut rows, mut left_out) = (Vec::new(), 0_u32);
    for it in people::continuity(sheet.bench)? {
        let (kind, may) = match it.kind {
            ContinuityKind::Owner => {
                let id = it.id.parse::<WorkspaceId>().ok();
                ("owner", id.is_some_and(|id| sheet.may(id).unwrap_or(false)))
            }
            ContinuityKind::Admin => {
                let id = it.id.parse::<AccountId>().ok();
                ("admin", id.is_some_and(|id| sheet.administered(id).is_ok()))
            }
        };
        if !may {
            left_out += 1;
            continue;
        }
        rows.push(vec![
            Cell::Text(it.holder),
            Cell::word(format!("export.alone.{kind}")),
            Cell::Text(it.name),
            Cell::Text(it.account_name),
            Cell::Number(it.also),
        ]);
    }
    let heads = ["name", "alone_as", "of", "account", "others"];
    sheet.all(About::of("continuity").if_any("left out", some(left_out)), &heads, rows)
}

pub(super) fn admins(sheet: &mut Sheet<'_>, account: AccountId) -> Result<(), Failure> {
    let name = sheet.administered(account)?;
    let admins = sheet.bench.cache.admins(account)?.into_iter().filter(|it| it.active);
    let rows = admins.map(|it| {
        vec![
            Cell::Text(it.name),
            Cell::text(it.address.to_string()),
            Cell::Time(it.since),
            Cell::maybe(it.by),
        ]
    });
    let rows = rows.collect();
    let about = About::of("admins").with("account", Cell::Text(name));
    sheet.all(about, &["name", "address", "since", "by"], rows)
}

pub(super) fn groups(sheet: &mut Sheet<'_>, account: AccountId) -> Result<(), Failure> {
    let name = sheet.administered(account)?;
    let names: HashMap<WorkspaceId, String> = crate::accounts::places(sheet.bench, account)?
        .into_iter()
        .map(|it| (it.workspace.id, it.workspace.name))
        .collect();
    let listed = |ids: &[WorkspaceId]| {
        Cell::List(ids.iter().filter_map(|id| names.get(id).cloned()).collect())
    };
    let mut rows = Vec::new();
    for group in sheet.bench.cache.groups(account)? {
        let (which, ids) = match &group.covers {
            Covers::Listed(ids) => ("listed", listed(ids)),
            Covers::AllBut(ids) => ("all_but", listed(ids)),
        };
        let cells = |name: Cell, address: Cell| {
            vec![
                Cell::text(&group.name),
                named(group.roles, &[]),
                Cell::word(format!("export.covers.{which}")),
                ids.clone(),
                name,
                address,
            ]
        };
        if group.people.is_empty() {
            rows.push(cells(Cell::Empty, Cell::Empty));
        }
        for person in &group.people {
            rows.push(cells(Cell::text(&person.name), Cell::text(person.address.to_string())));
        }
    }
    let about = About::of("groups").with("account", Cell::Text(name));
    sheet.all(about, &["group", "roles", "covers", "workspaces", "name", "address"], rows)
}

/// My own changes: mine to keep, whatever I may export otherwise.
pub(super) fn pending(sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let found = pending::view(sheet.bench)?;
    let kinds = [("not_sent", found.not_sent), ("refused", found.refused), ("sent", found.sent)];
    let rows = kinds
        .into_iter()
        .flat_map(|(state, items)| items.into_iter().map(move |item| change(state, item)));
    let rows = rows.collect();
    let heads = ["state", "what", "subject", "workspace", "made", "outcome", "rule", "decided_at"];
    sheet.all(About::of("pending"), &heads, rows)
}

fn change(state: &str, item: PendingItem) -> Vec<Cell> {
    let (what, subject) = told(item.what);
    let outcome = item.outcome;
    let reason = outcome.as_ref().and_then(|it| it.reason.as_ref());
    vec![
        Cell::word(format!("export.sent.{state}")),
        Cell::Text(what),
        Cell::Text(subject),
        Cell::Text(item.workspace_name),
        Cell::Time(item.made),
        outcome.as_ref().map_or(Cell::Empty, |it| {
            Cell::word(format!("export.outcome.{}", outcome_key(it.status)))
        }),
        Cell::maybe(reason.map(|it| format!("{} {}", it.rule, it.code.key()))),
        Cell::when(outcome.as_ref().map(|it| it.at)),
    ]
}

const fn outcome_key(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Applied => "applied",
        OutcomeKind::NoOp => "no_op",
        OutcomeKind::Refused => "refused",
        OutcomeKind::Skipped => "skipped",
        OutcomeKind::Unsupported => "unsupported",
        OutcomeKind::Quarantined => "quarantined",
    }
}

/// What a change asks for, and of whom or what.
fn told(what: PendingWhat) -> (String, String) {
    let (key, subject) = match what {
        PendingWhat::Create { name } => ("create", name),
        PendingWhat::Rename { was, name } => ("rename", format!("{was} → {name}")),
        PendingWhat::Delete => ("delete", String::new()),
        PendingWhat::Leave => ("leave", String::new()),
        PendingWhat::Roles { person, was, roles } => {
            let (was, roles) = (named(was, &[]).written(), named(roles, &[]).written());
            ("roles", format!("{person}: {was} → {roles}"))
        }
        PendingWhat::Suspend { person } => ("suspend", person),
        PendingWhat::Resume { person } => ("let back in", person),
        PendingWhat::Remove { person } => ("remove", person),
        PendingWhat::Invite { address, .. } => ("invite", address),
        PendingWhat::Resend { address } => ("send again", address),
        PendingWhat::Revoke { address } => ("cancel invitation", address),
        PendingWhat::Other { command, name } => return (command, name),
        PendingWhat::Unreadable => ("unreadable", String::new()),
    };
    (key.to_owned(), subject)
}
