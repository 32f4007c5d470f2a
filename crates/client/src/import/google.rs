//! Google Workspace's *Download users*.

use super::classify::{Found, Standing, name};
use super::format::Header;
use super::layout::{Layout, cell_address};
use super::table::Record;
use crate::view::{ImportFormat, ImportReason};

/// The columns of Google's user download. Recovery, secondary and manager addresses are in it
/// too; they belong to other places or other people and are never read.
pub(super) struct Google {
    first: usize,
    last: usize,
    email: usize,
    status: Option<usize>,
}

impl Google {
    /// The columns, if the header is Google's.
    pub(super) fn recognise(header: &Header) -> Option<Self> {
        Some(Self {
            first: header.column("first name [required]")?,
            last: header.column("last name [required]")?,
            email: header.column("email address [required]")?,
            status: header.column("status [read only]"),
        })
    }
}

impl Layout for Google {
    fn format(&self) -> ImportFormat {
        ImportFormat::Google
    }

    fn address_column(&self) -> Option<usize> {
        Some(self.email)
    }

    fn name_column(&self) -> Option<usize> {
        Some(self.first)
    }

    fn found(&self, row: &Record) -> Found {
        cell_address(row.cell(self.email))
    }

    fn name(&self, row: &Record) -> Option<String> {
        name(&format!("{} {}", row.cell(self.first), row.cell(self.last)))
    }

    fn standing(&self, row: &Record) -> Standing {
        let status = self.status.map_or("", |at| row.cell(at)).to_lowercase();
        let nameless = row.cell(self.first).is_empty() && row.cell(self.last).is_empty();
        let left_out = match status.as_str() {
            "suspended" => Some(ImportReason::Suspended),
            "archived" => Some(ImportReason::Archived),
            _ if nameless => Some(ImportReason::NotAPerson),
            _ => None,
        };
        Standing { external: false, left_out }
    }
}
