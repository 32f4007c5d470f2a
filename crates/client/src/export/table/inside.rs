//! Tables of one workspace.

use muster_cache::{ContentWindowQuery, Mark, MemberEntry, MemberWindowQuery, ReviewLineEntry};
use muster_domain::{ContentKind, Invitation, Standpoint, WorkspaceId};

use super::{BATCH, Cell, Filter, Place, Sheet, sorted};
use crate::view::{
    ContentQuery, ContentSort, Failure, HintFilter, LastChange, MemberQuery, MemberSort,
    MemberStatus, ReviewFilter, ReviewQuery,
};
use crate::{contents, invitations, members, reviews, roles_page};

/// Whether a change that is not sent yet stands on a row.
pub(super) fn unsent(mark: Mark) -> Cell {
    match mark {
        Mark::NotSent | Mark::Sending => Cell::tick(true),
        Mark::None | Mark::New | Mark::Refused | Mark::NeedsYou => Cell::Empty,
    }
}

pub(super) const fn status_key(status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Present => "present",
        MemberStatus::Active => "active",
        MemberStatus::Suspended => "suspended",
        MemberStatus::Ending => "with an end date",
        MemberStatus::Former => "former",
    }
}

pub(super) const fn sort_key(sort: MemberSort) -> &'static str {
    match sort {
        MemberSort::Name => "name",
        MemberSort::Address => "address",
        MemberSort::Role => "role",
        MemberSort::Status => "status",
        MemberSort::Joined => "joined",
        MemberSort::Changed => "last change",
    }
}

/// What a query of members asks for.
pub(super) fn member_filter(query: &MemberQuery, place: &Place) -> Cell {
    Filter::default()
        .and("status", status_key(query.status))
        .and("text", &query.text)
        .and("roles", &place.roles(query.roles).written())
        .and("label", query.label.as_deref().unwrap_or_default())
        .and("last change", query.changed.map(changed_key).unwrap_or_default())
        .cell()
}

const fn changed_key(changed: LastChange) -> &'static str {
    match changed {
        LastChange::Lately => "in the last 30 days",
        LastChange::NotForThirty => "none for 30 days",
        LastChange::NotForNinety => "none for 90 days",
        LastChange::Never => "none so far",
    }
}

/// The query as far as it can be answered: what nobody can be found by is not said either.
fn answerable(sheet: &Sheet<'_>, query: &MemberQuery) -> Result<(MemberQuery, bool), Failure> {
    let known = members::changes_known(sheet.bench, query.workspace)?;
    let mut query = query.clone();
    if !known {
        query.changed = None;
        if query.sort == MemberSort::Changed {
            query.sort = MemberSort::Name;
        }
    }
    Ok((query, known))
}

pub(super) fn members(sheet: &mut Sheet<'_>, query: &MemberQuery) -> Result<(), Failure> {
    let place = sheet.place(query.workspace)?;
    let (query, known) = answerable(sheet, query)?;
    let about = place
        .about(if query.status == MemberStatus::Former { "former" } else { "members" })
        .with("filter", member_filter(&query, &place))
        .with("sorted by", sorted(sort_key(query.sort), query.descending));
    let heads = [
        "name",
        "address",
        "roles",
        "state",
        "joined",
        "given_by",
        "given_at",
        "ends",
        "ended",
        "ended_by",
        "labels",
        "note",
        "not_sent",
        "last_change",
    ];
    // Without the whole history there is no such column.
    let heads = &heads[..heads.len() - usize::from(!known)];
    let (bench, now) = (sheet.bench, sheet.bench.now);
    let asked = members::asked(bench, query, u32::MAX)?;
    let page = |offset, limit| {
        let window = bench.cache.members(&MemberWindowQuery { offset, limit, ..asked.clone() })?;
        let with_change = |entry: MemberEntry| {
            let last = bench.cache.last_act(entry.member.workspace, entry.member.login)?;
            Ok((entry, last))
        };
        let rows = window.rows.into_iter().map(with_change).collect::<Result<Vec<_>, Failure>>()?;
        Ok((window.matched, rows))
    };
    sheet.paged(about, heads, BATCH, page, |(entry, last): (MemberEntry, _)| {
        let mark = entry.mark;
        let it = entry.member.at(now);
        let mut cells = vec![
            Cell::Text(it.name),
            Cell::text(it.address.to_string()),
            place.roles(it.roles),
            Cell::word(format!("state.{}", it.state.key())),
            Cell::Time(it.joined),
            Cell::maybe(it.given_by),
            Cell::when(it.given_at),
            Cell::when(it.until.map(|end| end.at)),
            Cell::when(it.ended.as_ref().map(|end| end.at)),
            Cell::maybe(it.ended.map(|end| end.by)),
            Cell::List(it.labels.iter().map(str::to_owned).collect()),
            Cell::Text(it.note),
            unsent(mark),
        ];
        if known {
            cells.push(Cell::when(last));
        }
        cells
    })
}

pub(super) fn invitations(sheet: &mut Sheet<'_>, workspace: WorkspaceId) -> Result<(), Failure> {
    let place = sheet.place(workspace)?;
    let about = place.about("invitations").with("sorted by", sorted("sent", true));
    let heads = ["address", "name", "roles", "state", "invited_by", "sent", "ends", "message"];
    let bench = sheet.bench;
    let page = |offset, limit| {
        let (total, rows) = bench.cache.invitations(workspace, offset, limit)?;
        let with_state = |it: Invitation| Ok((invitations::state_key(bench, &it)?, it));
        let rows = rows.into_iter().map(with_state).collect::<Result<Vec<_>, Failure>>()?;
        Ok((total, rows))
    };
    sheet.paged(about, &heads, BATCH, page, |(state, it)| {
        vec![
            Cell::text(it.address.to_string()),
            Cell::maybe(it.name),
            place.roles(it.roles),
            Cell::word(format!("invitation.state.{state}")),
            Cell::Text(it.inviter_name),
            Cell::Time(it.sent),
            Cell::Time(it.expires),
            Cell::maybe(it.message),
        ]
    })
}

pub(super) fn roles(sheet: &mut Sheet<'_>, workspace: WorkspaceId) -> Result<(), Failure> {
    let place = sheet.place(workspace)?;
    let found = roles_page::page(sheet.bench, workspace)?;
    let mut heads = vec![Cell::word("export.head.permission")];
    let role = |key: &str, name: &Option<String>| match name {
        Some(name) => Cell::text(name),
        None => Cell::word(format!("role.{key}")),
    };
    heads.extend(found.columns.iter().map(|it| role(&it.key, &it.name)));
    let permissions = muster_domain::Permission::ALL;
    let rows = u32::try_from(permissions.len() + 1).ok();
    sheet.begin_with(place.about("roles"), heads, rows)?;
    let mut people = vec![Cell::word("export.head.people")];
    people.extend(found.columns.iter().map(|it| Cell::number(it.people)));
    sheet.out.row(people)?;
    for permission in permissions {
        let mut row = vec![Cell::text(permission.key())];
        let has = found.columns.iter().map(|it| it.permissions.contains(permission));
        row.extend(has.map(Cell::tick));
        sheet.out.row(row)?;
    }
    Ok(())
}

pub(super) fn contents(sheet: &mut Sheet<'_>, query: &ContentQuery) -> Result<(), Failure> {
    let place = sheet.place(query.workspace)?;
    let kind: ContentKind = query.kind;
    let (by, sort) = match query.sort {
        ContentSort::Name => ("name", muster_cache::ContentSort::Name),
        ContentSort::Updated => ("updated", muster_cache::ContentSort::Updated),
    };
    let about = place
        .about("contents")
        .with("kind", Cell::word(format!("nav.{}", kind.key())))
        .if_any("filter", Filter::default().and("text", &query.text).cell())
        .with("sorted by", sorted(by, query.descending));
    let heads =
        ["name", "state", "created_by", "created", "updated_by", "updated", "body", "not_sent"];
    let bench = sheet.bench;
    // Bodies can be long.
    let first = ContentWindowQuery::of(query.workspace, kind, BATCH / 8);
    let asked = ContentWindowQuery {
        text: query.text.clone(),
        sort,
        descending: query.descending,
        ..first
    };
    let page = |offset, limit| {
        let window =
            bench.cache.contents(&ContentWindowQuery { offset, limit, ..asked.clone() })?;
        Ok((window.matched, window.rows))
    };
    sheet.paged(about, &heads, BATCH / 8, page, |entry| {
        let it = entry.content;
        let state = contents::state(&it.body);
        vec![
            Cell::Text(it.name),
            if state.is_empty() {
                Cell::Empty
            } else {
                Cell::word(format!("content.state.{state}"))
            },
            Cell::Text(it.creator_name),
            Cell::Time(it.created),
            Cell::Text(it.updated_by),
            Cell::Time(it.updated),
            serde_json::to_string(&it.body).map_or(Cell::Empty, Cell::Text),
            unsent(entry.mark),
        ]
    })
}

const fn filter_key(filter: ReviewFilter) -> &'static str {
    match filter {
        ReviewFilter::All => "",
        ReviewFilter::Undecided => "undecided",
        ReviewFilter::ChangedSince => "changed since the last review",
        ReviewFilter::UnchangedSince => "unchanged since the last review",
        ReviewFilter::Disputed => "disputed",
        ReviewFilter::Kept => "kept",
        ReviewFilter::Changed => "role changes",
        ReviewFilter::Removed => "removed",
        ReviewFilter::External => "external",
        ReviewFilter::Mine => "decided by me",
    }
}

pub(super) fn review_lines(sheet: &mut Sheet<'_>, query: &ReviewQuery) -> Result<(), Failure> {
    let place = sheet.place(query.workspace)?;
    let found = reviews::summary(sheet.bench, query.workspace, query.review)?.review;
    let hint = query.hint.map_or_else(String::new, |hint| match hint {
        HintFilter::Quiet => format!("changed nothing for {} days", found.quiet.get()),
        HintFilter::Wide => "role wider than used".to_owned(),
    });
    let filter = Filter::default()
        .and("lines", filter_key(query.filter))
        .and("hint", &hint)
        .and("text", &query.text);
    let about = place
        .about("review_lines")
        .with("review", Cell::text(&found.name))
        .with("list frozen", Cell::Time(found.started.at))
        .with("due", Cell::Time(found.due))
        .if_any("filter", filter.cell());
    let heads = [
        "name",
        "address",
        "roles",
        "state",
        "decision",
        "to_roles",
        "decided_by",
        "decided_at",
        "reason",
        "given_by",
        "given_at",
        "changed_since",
        "roles_now",
        "not_sent",
    ];
    let bench = sheet.bench;
    let among = reviews::among(bench, query)?;
    let first = reviews::line_query(query, u32::MAX);
    let asked = muster_cache::ReviewLineQuery { among, ..first };
    let page = |offset, limit| {
        let asked = muster_cache::ReviewLineQuery { offset, limit, ..asked.clone() };
        let window = bench.cache.review_lines(&asked)?;
        Ok((window.matched, window.rows))
    };
    sheet.paged(about, &heads, BATCH, page, |entry| line(&place, entry))
}

fn line(place: &Place, entry: ReviewLineEntry) -> Vec<Cell> {
    let (standpoint, to) = reviews::standpoint(entry.standpoint);
    let decided = match entry.standpoint {
        Standpoint::Undecided => None,
        Standpoint::Agreed(_) | Standpoint::Disputed => {
            entry.line.decided.iter().max_by_key(|it| it.at)
        }
    };
    let by = entry.line.decided.iter().map(|it| it.name.clone()).collect();
    let now = entry.now.as_ref().filter(|it| it.state.is_present());
    vec![
        Cell::text(&entry.line.name),
        Cell::text(entry.line.address.to_string()),
        place.roles(entry.line.roles),
        Cell::word(format!("state.{}", entry.line.state.key())),
        Cell::word(format!("review.standpoint.{}", standpoint.key())),
        place.roles(to),
        Cell::List(by),
        Cell::when(decided.map(|it| it.at)),
        Cell::maybe(decided.and_then(|it| it.reason.clone())),
        Cell::maybe(entry.line.given_by.clone()),
        Cell::when(entry.line.given_at),
        Cell::tick(entry.changed_since),
        now.map_or(Cell::Empty, |it| place.roles(it.roles)),
        unsent(entry.mark),
    ]
}
