//! Every table that the window shows, for files and for paper. All rows that match are read, a
//! batch at a time, and not only those that can be seen.
//!
//! A new table is a variant of [`ExportTable`], its heads, and one function from an entry of the
//! copy to cells. Who may export is asked here: the permission of the workspace (`export.run`),
//! for an account's own tables being its Account Admin. A table across workspaces leaves out
//! those that may not be exported, and says so.

mod across;
mod inside;
mod past;

use muster_domain::{AccountId, OwnRole, Permission, RoleSet, WorkspaceId};

use super::about::{About, From, Told};
use crate::verdict::Bench;
use crate::view::{Cell, ExportTable, Failure, FailureCode};

/// How many rows are read at a time.
const BATCH: u32 = 1_024;

/// Whether more rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// They are.
    More,
    /// There is no room for more.
    Enough,
}

/// Receives a table.
pub(crate) trait Rows {
    /// What it is, and its heads.
    fn begin(&mut self, about: Told, heads: Vec<Cell>) -> Result<(), Failure>;

    /// The next row.
    fn row(&mut self, cells: Vec<Cell>) -> Result<Flow, Failure>;
}

/// A table on its way to whoever receives it.
struct Sheet<'a> {
    bench: &'a Bench<'a>,
    from: &'a From,
    out: &'a mut dyn Rows,
}

/// Hands a table on.
pub(crate) fn table(
    bench: &Bench<'_>,
    from: &From,
    asked: &ExportTable,
    out: &mut dyn Rows,
) -> Result<(), Failure> {
    let mut sheet = Sheet { bench, from, out };
    match asked {
        ExportTable::Members { query } => inside::members(&mut sheet, query),
        ExportTable::Invitations { workspace } => inside::invitations(&mut sheet, *workspace),
        ExportTable::Roles { workspace } => inside::roles(&mut sheet, *workspace),
        ExportTable::Contents { query } => inside::contents(&mut sheet, query),
        ExportTable::ReviewLines { query } => inside::review_lines(&mut sheet, query),
        ExportTable::AsOf { query, at } => past::as_of(&mut sheet, query, *at),
        ExportTable::History { query } => past::history(&mut sheet, query),
        ExportTable::Compare { question } => past::compare(&mut sheet, question),
        ExportTable::Reviews { workspace } => across::reviews(&mut sheet, *workspace),
        ExportTable::Workspaces { filter } => across::workspaces(&mut sheet, filter),
        ExportTable::People { query } => across::people(&mut sheet, query),
        ExportTable::Continuity => across::continuity(&mut sheet),
        ExportTable::Admins { account } => across::admins(&mut sheet, *account),
        ExportTable::Groups { account } => across::groups(&mut sheet, *account),
        ExportTable::Pending => across::pending(&mut sheet),
    }
}

impl Sheet<'_> {
    /// Begins with heads that are words of the catalogue.
    fn begin(&mut self, about: About, heads: &[&str], rows: Option<u32>) -> Result<(), Failure> {
        let heads = heads.iter().map(|head| Cell::Word(format!("export.head.{head}"))).collect();
        self.begin_with(about, heads, rows)
    }

    fn begin_with(
        &mut self,
        about: About,
        heads: Vec<Cell>,
        rows: Option<u32>,
    ) -> Result<(), Failure> {
        self.out.begin(about.told(self.bench, self.from, rows), heads)
    }

    /// A window's rows, page by page; each page says how many match. What changes meanwhile is
    /// noticed by that number.
    fn paged<T>(
        &mut self,
        about: About,
        heads: &[&str],
        batch: u32,
        page: impl Fn(u32, u32) -> Result<(u32, Vec<T>), Failure>,
        row: impl Fn(T) -> Vec<Cell>,
    ) -> Result<(), Failure> {
        let (matched, mut rows) = page(0, batch)?;
        self.begin(about, heads, Some(matched))?;
        let mut offset = 0;
        loop {
            let got = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            for one in rows {
                if self.out.row(row(one))? == Flow::Enough {
                    return Ok(());
                }
            }
            offset += got;
            if got == 0 || offset >= matched {
                return if offset == matched { Ok(()) } else { Err(moved()) };
            }
            let next = page(offset, batch)?;
            if next.0 != matched {
                return Err(moved());
            }
            rows = next.1;
        }
    }

    /// Rows that are all there.
    fn all(&mut self, about: About, heads: &[&str], rows: Vec<Vec<Cell>>) -> Result<(), Failure> {
        self.begin(about, heads, u32::try_from(rows.len()).ok())?;
        for cells in rows {
            if self.out.row(cells)? == Flow::Enough {
                break;
            }
        }
        Ok(())
    }

    /// The workspace with its own roles, if it may be exported.
    fn place(&self, workspace: WorkspaceId) -> Result<Place, Failure> {
        let entry = self.bench.place(workspace)?;
        if !self.may(workspace)? {
            return Err(Failure::new(FailureCode::MayNotExport));
        }
        Ok(Place {
            name: entry.confirmed.map_or(entry.workspace.name, |it| it.name),
            account: entry.account.name,
            own: self.bench.own_roles(workspace)?,
        })
    }

    /// Whether I may export tables of a workspace.
    fn may(&self, workspace: WorkspaceId) -> Result<bool, Failure> {
        Ok(self.bench.facts(workspace)?.permissions().has(Permission::ExportRun))
    }

    /// An account's name, if I am its Account Admin.
    fn administered(&self, account: AccountId) -> Result<String, Failure> {
        let found = self.bench.account_of(account)?;
        let me = self.bench.cache.me()?.id;
        let admins = self.bench.cache.admins(account)?;
        if admins.iter().any(|it| it.login == me && it.active) {
            Ok(found.name)
        } else {
            Err(Failure::new(FailureCode::MayNotExport))
        }
    }
}

/// A workspace as its tables need it.
struct Place {
    name: String,
    account: String,
    own: Vec<OwnRole>,
}

impl Place {
    fn about(&self, table: &'static str) -> About {
        About::of(table)
            .with("workspace", Cell::text(&self.name))
            .with("account", Cell::text(&self.account))
    }

    fn roles(&self, roles: RoleSet) -> Cell {
        named(roles, &self.own)
    }
}

/// Roles, the workspace's own by name.
fn named(roles: RoleSet, own: &[OwnRole]) -> Cell {
    if roles == RoleSet::NONE {
        return Cell::Empty;
    }
    let own = own.iter().filter(|role| roles.has_own(role.slot)).map(|role| role.name.clone());
    Cell::Roles(roles, own.collect())
}

/// What a filter asks for: each part that is set, by name.
#[derive(Default)]
struct Filter(Vec<String>);

impl Filter {
    fn and(mut self, name: &str, value: &str) -> Self {
        if !value.trim().is_empty() {
            self.0.push(format!("{name}: {}", value.trim()));
        }
        self
    }

    fn cell(self) -> Cell {
        if self.0.is_empty() { Cell::Empty } else { Cell::Text(self.0.join("; ")) }
    }
}

/// An order in words.
fn sorted(by: &str, descending: bool) -> Cell {
    Cell::Text(if descending { format!("{by}, descending") } else { by.to_owned() })
}

/// The rows are not what they were at the first page.
fn moved() -> Failure {
    Failure::new(FailureCode::Moved)
}
