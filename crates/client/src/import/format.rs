//! Which program wrote a table, told by its header.

use super::classify::{Entry, Found};
use super::entra::Entra;
use super::google::Google;
use super::layout::{Layout, cell_address};
use super::plain::Plain;
use super::slack::Slack;
use super::table::Table;
use super::text;

/// The layout of a table: that of a known exporter, else a guess.
pub(super) fn layout(table: &Table) -> Box<dyn Layout> {
    known(table).unwrap_or_else(|| Box::new(Plain::guess(table)))
}

fn known(table: &Table) -> Option<Box<dyn Layout>> {
    if !table.headed {
        return None;
    }
    let header = Header::new(&table.header);
    if let Some(slack) = Slack::recognise(&header) {
        return Some(Box::new(slack));
    }
    if let Some(google) = Google::recognise(&header) {
        return Some(Box::new(google));
    }
    Entra::recognise(&header).map(|entra| Box::new(entra) as Box<dyn Layout>)
}

/// A table pasted as text, with its header: of a known exporter, or out of a sheet with a named
/// column of addresses. Anything else is read line by line.
pub(super) fn pasted_table(text: &str) -> Option<Table> {
    let table = Table::parse(text);
    let from_sheet = table.separator == '\t' && Plain::names_addresses(&table);
    (from_sheet || known(&table).is_some()).then_some(table)
}

/// A file that is a list rather than a table: no header, and one column or nothing but
/// addresses. Read as text, because addresses may stand side by side in it.
pub(super) fn bare_list(table: &Table, text: &str) -> Option<Vec<Entry>> {
    if table.headed || table.rows.is_empty() {
        return None;
    }
    let is_address = |cell: &str| matches!(cell_address(cell), Found::Address(_));
    let list = table.header.len() == 1 || table.rows.iter().all(|row| row.filled().all(is_address));
    list.then(|| text::entries(text))
}

/// The names of a table's columns, compared without regard to case.
pub(super) struct Header(Vec<String>);

impl Header {
    /// The header of a table.
    pub(super) fn new(names: &[String]) -> Self {
        Self(names.iter().map(|name| name.trim().to_lowercase()).collect())
    }

    /// The first column of this name, which is given in lower case.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|it| it == name)
    }
}
