//! Tables of the past.

use muster_cache::MemberWindowQuery;
use muster_domain::{Timestamp, WorkspaceId};

use super::inside::{member_filter, sort_key};
use super::{BATCH, Cell, Filter, Flow, Sheet, named, sorted};
use crate::export::about::{AS_OF, About};
use crate::history;
use crate::members;
use crate::view::{CompareLine, CompareQuestion, Failure, HistoryQuery, HistoryRow, MemberQuery};

/// A roster of the past is put together anew for each batch, so there are few of them.
const PAST_BATCH: u32 = 16_384;

pub(super) fn as_of(
    sheet: &mut Sheet<'_>,
    query: &MemberQuery,
    at: Timestamp,
) -> Result<(), Failure> {
    let place = sheet.place(query.workspace)?;
    let asked = members::window(query.clone(), u32::MAX);
    let bench = sheet.bench;
    let probe = MemberWindowQuery { offset: 0, limit: 0, ..asked.clone() };
    let complete = bench.cache.as_of(&probe, at)?.complete;
    let own = bench.cache.own_roles_at(query.workspace, at)?;
    let about = place
        .about("as_of")
        .with(AS_OF, Cell::Time(at))
        .with("complete", Cell::word(if complete { "export.yes" } else { "export.no" }))
        .with("filter", member_filter(query, &place))
        .with("sorted by", sorted(sort_key(query.sort), query.descending));
    let heads =
        ["name", "address", "roles", "state", "joined", "given_by", "given_at", "ends", "labels"];
    let page = |offset, limit| {
        let found = bench.cache.as_of(&MemberWindowQuery { offset, limit, ..asked.clone() }, at)?;
        Ok((found.matched, found.rows))
    };
    sheet.paged(about, &heads, PAST_BATCH, page, |it| {
        vec![
            Cell::Text(it.name),
            Cell::text(it.address.to_string()),
            named(it.roles, &own),
            Cell::word(format!("state.{}", it.state.key())),
            Cell::Time(it.joined),
            Cell::maybe(it.given_by),
            Cell::when(it.given_at),
            Cell::when(it.until.map(|end| end.at)),
            Cell::List(it.labels.iter().map(str::to_owned).collect()),
        ]
    })
}

/// What a question over several workspaces may tell: each is asked about once.
struct Open(Vec<(WorkspaceId, bool)>);

impl Open {
    fn may(&mut self, sheet: &Sheet<'_>, workspace: WorkspaceId) -> Result<bool, Failure> {
        if let Some((_, may)) = self.0.iter().find(|(id, _)| *id == workspace) {
            return Ok(*may);
        }
        let may = sheet.may(workspace)?;
        self.0.push((workspace, may));
        Ok(may)
    }

    fn left_out(&self) -> u32 {
        u32::try_from(self.0.iter().filter(|(_, may)| !may).count()).unwrap_or(u32::MAX)
    }
}

/// What the history is of: a workspace, an account, or everything.
fn whose(sheet: &Sheet<'_>, query: &HistoryQuery) -> Result<About, Failure> {
    Ok(match (query.workspace, query.account) {
        (Some(workspace), _) => sheet.place(workspace)?.about("history"),
        (None, Some(account)) => {
            About::of("history").with("account", Cell::Text(sheet.administered(account)?))
        }
        (None, None) => About::of("history"),
    })
}

pub(super) fn history(sheet: &mut Sheet<'_>, query: &HistoryQuery) -> Result<(), Failure> {
    let filter = Filter::default()
        .and("text", &query.text)
        .and("kinds", &query.kinds.join(", "))
        .and("who", &query.who.map(|it| it.to_string()).unwrap_or_default())
        .and("about", &query.about.map(|it| it.to_string()).unwrap_or_default());
    let asked = HistoryQuery { before: None, limit: BATCH, ..query.clone() };
    let mut found = history::batch(sheet.bench, asked.clone())?;
    let chain = history::chain_key(found.chain.state);
    let about = whose(sheet, query)?
        .with("record", Cell::word(format!("export.chain.{chain}")))
        .if_any("filter", filter.cell())
        .if_any("from", Cell::when(query.from))
        .if_any("before", Cell::when(query.to))
        .with("sorted by", sorted("at", true));
    let heads = [
        "at",
        "who",
        "as_admin",
        "kind",
        "subject",
        "workspace",
        "from_roles",
        "to_roles",
        "was",
        "now",
        "reason",
        "more",
        "not_sent",
        "refused",
    ];
    sheet.begin(about, &heads, None)?;
    let mut open = Open(Vec::new());
    loop {
        for row in found.rows {
            let may = match row.workspace {
                Some(id) if query.workspace.is_none() => open.may(sheet, id)?,
                _ => true,
            };
            if may && sheet.out.row(happened(row))? == Flow::Enough {
                return Ok(());
            }
        }
        let Some(before) = found.next else { return Ok(()) };
        found =
            history::batch(sheet.bench, HistoryQuery { before: Some(before), ..asked.clone() })?;
    }
}

fn happened(row: HistoryRow) -> Vec<Cell> {
    vec![
        Cell::Time(row.at),
        Cell::Text(row.actor),
        Cell::tick(row.as_admin),
        Cell::Text(row.kind),
        Cell::Text(row.subject),
        Cell::Text(row.workspace_name),
        named(row.from_roles, &[]),
        named(row.to_roles, &[]),
        Cell::maybe(row.was),
        Cell::maybe(row.now),
        Cell::maybe(row.reason),
        if row.more == 0 { Cell::Empty } else { Cell::Number(row.more) },
        Cell::tick(row.not_sent),
        Cell::maybe(row.refused.map(|it| format!("{} {}", it.rule, it.code.key()))),
    ]
}

pub(super) fn compare(sheet: &mut Sheet<'_>, question: &CompareQuestion) -> Result<(), Failure> {
    let about = match question.workspace {
        Some(workspace) => sheet.place(workspace)?.about("compare"),
        None => About::of("compare"),
    };
    let found = history::compare_all(sheet.bench, question.clone())?;
    let mut open = Open(Vec::new());
    for it in &found.workspaces {
        open.may(sheet, it.workspace)?;
    }
    let about = about
        .with("from", Cell::Time(question.from))
        .with(AS_OF, Cell::Time(question.to))
        .with("complete", Cell::word(if found.complete { "export.yes" } else { "export.no" }))
        .if_any("left out", some(open.left_out()));
    let heads = [
        "workspace",
        "account",
        "what",
        "name",
        "address",
        "from_roles",
        "to_roles",
        "from_state",
        "to_state",
        "gains",
        "loses",
        "at",
        "by",
        "came_back",
        "left_at",
        "left_by",
        "not_sent",
    ];
    let workspaces: Vec<_> = {
        let may = |id| open.0.iter().any(|(it, may)| *it == id && *may);
        found.workspaces.into_iter().filter(|it| may(it.workspace)).collect()
    };
    let rows: usize = workspaces
        .iter()
        .map(|it| it.joined.len() + it.left.len() + it.changed.len() + it.same.len())
        .sum();
    sheet.begin(about, &heads, u32::try_from(rows).ok())?;
    for it in workspaces {
        let own = [
            sheet.bench.cache.own_roles_at(it.workspace, question.from)?,
            sheet.bench.cache.own_roles_at(it.workspace, question.to)?,
        ];
        let kinds = [
            ("joined", it.joined),
            ("left", it.left),
            ("changed", it.changed),
            ("unchanged", it.same),
        ];
        for (what, lines) in kinds {
            for line in lines {
                let held = [named(line.from, &own[0]), named(line.to, &own[1])];
                let cells = differs(&it.name, &it.account_name, what, line, held);
                if sheet.out.row(cells)? == Flow::Enough {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// A number worth telling.
pub(super) const fn some(number: u32) -> Cell {
    if number == 0 { Cell::Empty } else { Cell::Number(number) }
}

fn differs(
    workspace: &str,
    account: &str,
    what: &str,
    line: CompareLine,
    [from, to]: [Cell; 2],
) -> Vec<Cell> {
    let state = |it: Option<muster_domain::MemberState>| {
        it.map_or(Cell::Empty, |it| Cell::word(format!("state.{}", it.key())))
    };
    let keys = |all: Vec<muster_domain::Permission>| {
        Cell::List(all.into_iter().map(|it| it.key().to_owned()).collect())
    };
    vec![
        Cell::text(workspace),
        Cell::text(account),
        Cell::word(format!("export.compare.{what}")),
        Cell::Text(line.name),
        Cell::Text(line.address),
        from,
        to,
        state(line.from_state),
        state(line.to_state),
        keys(line.gains),
        keys(line.loses),
        Cell::when(line.at),
        Cell::maybe(line.by),
        Cell::tick(line.came_back),
        Cell::when(line.left_at),
        Cell::maybe(line.left_by),
        Cell::tick(line.not_sent),
    ]
}
