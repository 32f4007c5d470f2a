//! People to invite, read from pasted text or from a file that a directory exported.
//!
//! Everything here is pure: text or bytes in, classified lines out. Nothing is sent and nothing
//! is dropped: every line of the source ends in exactly one group of the preview, so that the
//! person who invites sees what will happen to whom, and why not to the others.
//!
//! Two limits apply. A source over [`MAX_FILE_BYTES`] or [`MAX_LINES`] is refused as a whole,
//! because a preview cut short would hide people. [`MAX_PEOPLE`] is the limit of one sending and
//! is checked there: a longer list can still be looked at and narrowed in the preview.

mod classify;
mod decode;
mod entra;
mod format;
mod google;
mod layout;
mod plain;
mod slack;
mod table;
#[cfg(test)]
mod tests;
mod text;

use muster_domain::{Address, RoleSet, Timestamp};

use self::layout::{Layout, Overridden};
use self::table::Table;
use crate::view::{Failure, FailureCode, ImportFormat, ImportPreview};

/// How many people can be invited in one sending.
pub const MAX_PEOPLE: usize = 5_000;
/// How large a file may be.
pub const MAX_FILE_BYTES: usize = 10 << 20;
/// How many lines a preview may have; more is refused with `import.too_many`.
pub const MAX_LINES: usize = 50_000;

/// How many columns a table may have; what has more is not one that people keep.
const MAX_COLUMNS: usize = 1_000;

/// What is known of the workspace, asked per address.
pub trait Present {
    /// Whether this address is a member, invited, or neither.
    fn state(&self, address: &Address) -> PresentState;

    /// What somebody who is neither held here before, and until when (E-29).
    fn former(&self, address: &Address) -> Option<Former>;
}

/// What a former member held at last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// The roles, as a suggestion.
    pub roles: RoleSet,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// What the workspace knows of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresentState {
    /// Neither member nor invited.
    Nobody,
    /// A member with these roles.
    Member(RoleSet),
    /// Invited as this.
    Invited(RoleSet),
}

/// The columns that the person chose; `None` leaves the choice to the recognised format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of addresses.
    pub address: Option<u32>,
    /// The column of names.
    pub name: Option<u32>,
}

/// Classifies typed or pasted text.
///
/// Addresses are separated by comma, semicolon, white space or line end; `Name <address>`,
/// `mailto:` and columns pasted from a sheet are understood. Text without any address is not a
/// failure: it is shown, line by line, as needing a look.
///
/// # Errors
/// `import.too_large` and `import.too_many` beyond the limits of the module.
pub fn from_text(text: &str, present: &dyn Present) -> Result<ImportPreview, Failure> {
    check_size(text.len())?;
    let entries = match format::pasted_table(text) {
        Some(table) => {
            let layout = format::layout(&table);
            check_lines(table.rows.len())?;
            layout::entries(layout.as_ref(), &table)
        }
        None => text::entries(text),
    };
    check_lines(entries.len())?;
    Ok(classify::preview(ImportFormat::Pasted, entries, present))
}

/// Classifies a file.
///
/// A table in which no column of addresses can be found still gives a preview when it has
/// columns to choose from: `address_column` is `None` and every line needs a look.
///
/// # Errors
/// `import.too_large` and `import.too_many` beyond the limits of the module, `import.not_text`
/// for a file that is no text, `import.no_addresses` for one with neither addresses nor columns,
/// `bad_request` for a chosen column that the file does not have.
pub fn from_file(
    bytes: &[u8],
    columns: Columns,
    present: &dyn Present,
) -> Result<ImportPreview, Failure> {
    check_size(bytes.len())?;
    let text = decode::decode(bytes)?;
    let table = Table::parse(&text);
    check_lines(table.rows.len())?;
    check_columns(&table, columns)?;
    if columns == Columns::default()
        && let Some(entries) = format::bare_list(&table, &text)
    {
        check_lines(entries.len())?;
        let preview = classify::preview(ImportFormat::Table, entries, present);
        return Ok(ImportPreview { columns: table.header, address_column: Some(0), ..preview });
    }
    if table.header.len() > MAX_COLUMNS {
        return Err(failure(FailureCode::NotATable, format!("columns: {}", table.header.len())));
    }
    preview_table(table, columns, present)
}

fn preview_table(
    table: Table,
    columns: Columns,
    present: &dyn Present,
) -> Result<ImportPreview, Failure> {
    let found = format::layout(&table);
    let layout = Overridden::new(found.as_ref(), columns);
    if layout.address_column().is_none() && !has_choice(&table) {
        let detail = format!("columns: {}, lines: {}", table.header.len(), table.rows.len());
        return Err(failure(FailureCode::NoAddressColumn, detail));
    }
    let preview = classify::preview(layout.format(), layout::entries(&layout, &table), present);
    Ok(ImportPreview {
        address_column: layout.address_column().map(as_index),
        name_column: layout.name_column().map(as_index),
        columns: table.header,
        ..preview
    })
}

/// Whether there is anything to choose a column from.
fn has_choice(table: &Table) -> bool {
    table.header.len() > 1 && !table.rows.is_empty()
}

fn check_size(bytes: usize) -> Result<(), Failure> {
    if bytes > MAX_FILE_BYTES {
        return Err(failure(FailureCode::FileTooLarge, format!("bytes: {bytes}")));
    }
    Ok(())
}

fn check_lines(lines: usize) -> Result<(), Failure> {
    if lines > MAX_LINES {
        return Err(failure(FailureCode::TooManyPeople, format!("lines: {lines}")));
    }
    Ok(())
}

fn check_columns(table: &Table, columns: Columns) -> Result<(), Failure> {
    let there = table.header.len();
    for (field, column) in [("address", columns.address), ("name", columns.name)] {
        if let Some(column) = column
            && column as usize >= there
        {
            let detail = format!("column {column} of {there}");
            return Err(Failure {
                field: Some(field.to_owned()),
                ..failure(FailureCode::BadRequest, detail)
            });
        }
    }
    Ok(())
}

fn failure(code: FailureCode, detail: String) -> Failure {
    Failure { code, reason: None, field: None, detail }
}

fn as_index(column: usize) -> u32 {
    u32::try_from(column).expect("a file of at most 10 MB has fewer columns than bytes")
}
