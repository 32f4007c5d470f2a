//! What a format knows of its columns, and the person's own choice over it.

use super::classify::{Entry, Found, Standing, name};
use super::table::{Record, Table};
use super::{Columns, text};
use crate::view::ImportFormat;

/// Where a table keeps addresses, names and who should not be invited.
pub(super) trait Layout {
    /// The format.
    fn format(&self) -> ImportFormat;
    /// The column that addresses come from first.
    fn address_column(&self) -> Option<usize>;
    /// The column that names come from first.
    fn name_column(&self) -> Option<usize>;
    /// The row's address.
    fn found(&self, row: &Record) -> Found;
    /// The row's name.
    fn name(&self, row: &Record) -> Option<String>;
    /// What the row says of the person.
    fn standing(&self, row: &Record) -> Standing;
}

/// Every row of the table as the layout reads it.
pub(super) fn entries(layout: &dyn Layout, table: &Table) -> Vec<Entry> {
    let entry = |row: &Record| Entry {
        line: row.line,
        found: layout.found(row),
        name: layout.name(row),
        standing: layout.standing(row),
    };
    table.rows.iter().map(entry).collect()
}

/// The address of a cell, which may also hold `Name <address>` or `mailto:`. A cell with
/// several addresses is left as text: nothing says which of them is meant.
pub(super) fn cell_address(cell: &str) -> Found {
    match Found::read(cell) {
        Found::Text(shown) => match text::entries(cell).as_slice() {
            [Entry { found: Found::Address(address), .. }] => Found::Address(address.clone()),
            _ => Found::Text(shown),
        },
        found @ (Found::Address(_) | Found::Derived(_) | Found::Nothing) => found,
    }
}

/// A layout in which the person chose columns. A choice that equals the layout's own changes
/// nothing, so that confirming the columns keeps what the format knows beyond them.
pub(super) struct Overridden<'a> {
    layout: &'a dyn Layout,
    address: Option<usize>,
    name: Option<usize>,
}

impl<'a> Overridden<'a> {
    /// The layout with the person's choice over it.
    pub(super) fn new(layout: &'a dyn Layout, columns: Columns) -> Self {
        let chosen = |column: Option<u32>, own: Option<usize>| {
            column.map(|it| it as usize).filter(|it| Some(*it) != own)
        };
        Self {
            layout,
            address: chosen(columns.address, layout.address_column()),
            name: chosen(columns.name, layout.name_column()),
        }
    }
}

impl Layout for Overridden<'_> {
    fn format(&self) -> ImportFormat {
        self.layout.format()
    }

    fn address_column(&self) -> Option<usize> {
        self.address.or_else(|| self.layout.address_column())
    }

    fn name_column(&self) -> Option<usize> {
        self.name.or_else(|| self.layout.name_column())
    }

    fn found(&self, row: &Record) -> Found {
        match self.address {
            Some(column) => cell_address(row.cell(column)),
            None => self.layout.found(row),
        }
    }

    fn name(&self, row: &Record) -> Option<String> {
        match self.name {
            Some(column) => name(row.cell(column)),
            None => self.layout.name(row),
        }
    }

    fn standing(&self, row: &Record) -> Standing {
        self.layout.standing(row)
    }
}
