//! Slack's *Export member list*.

use super::classify::{Found, Standing, name};
use super::format::Header;
use super::layout::{Layout, cell_address};
use super::table::Record;
use crate::view::{ImportFormat, ImportReason};

/// The columns of Slack's member list.
pub(super) struct Slack {
    email: usize,
    status: usize,
    full_name: Option<usize>,
    display_name: Option<usize>,
}

impl Slack {
    /// The columns, if the header is Slack's.
    pub(super) fn recognise(header: &Header) -> Option<Self> {
        header.column("userid")?;
        header.column("username")?;
        Some(Self {
            email: header.column("email")?,
            status: header.column("status")?,
            full_name: header.column("fullname"),
            display_name: header.column("displayname"),
        })
    }
}

impl Layout for Slack {
    fn format(&self) -> ImportFormat {
        ImportFormat::Slack
    }

    fn address_column(&self) -> Option<usize> {
        Some(self.email)
    }

    fn name_column(&self) -> Option<usize> {
        self.full_name.or(self.display_name)
    }

    fn found(&self, row: &Record) -> Found {
        cell_address(row.cell(self.email))
    }

    fn name(&self, row: &Record) -> Option<String> {
        [self.full_name, self.display_name].into_iter().flatten().find_map(|at| name(row.cell(at)))
    }

    fn standing(&self, row: &Record) -> Standing {
        let status = row.cell(self.status).to_lowercase();
        let left_out = match status.as_str() {
            "deactivated" => Some(ImportReason::Deactivated),
            "bot" => Some(ImportReason::Bot),
            _ => None,
        };
        Standing { external: status.contains("guest"), left_out }
    }
}
