//! Microsoft Entra's *Download users*.

use muster_domain::Address;

use super::classify::{Found, Standing, name};
use super::format::Header;
use super::layout::{Layout, cell_address};
use super::table::Record;
use super::text;
use crate::view::{ImportFormat, ImportReason};

/// The columns of Entra's user download.
pub(super) struct Entra {
    sign_in: usize,
    mail: Option<usize>,
    alternate: Option<usize>,
    display_name: Option<usize>,
    given: Option<usize>,
    surname: Option<usize>,
    user_type: Option<usize>,
    enabled: Option<usize>,
}

impl Entra {
    /// The columns, if the header is Entra's.
    pub(super) fn recognise(header: &Header) -> Option<Self> {
        let found = Self {
            sign_in: header.column("userprincipalname")?,
            mail: header.column("mail"),
            alternate: header.column("alternateemailaddress"),
            display_name: header.column("displayname"),
            given: header.column("givenname"),
            surname: header.column("surname"),
            user_type: header.column("usertype"),
            enabled: header.column("accountenabled"),
        };
        let more = [found.mail, found.display_name, found.user_type, found.enabled];
        more.iter().any(Option::is_some).then_some(found)
    }

    /// Members without first and last name are rooms and machines. Guests are not told apart
    /// so: an invitation fills in their display name only.
    fn is_nameless(&self, row: &Record) -> bool {
        match (self.given, self.surname) {
            (Some(given), Some(surname)) => {
                row.cell(given).is_empty() && row.cell(surname).is_empty()
            }
            (_, _) => false,
        }
    }
}

impl Layout for Entra {
    fn format(&self) -> ImportFormat {
        ImportFormat::Entra
    }

    fn address_column(&self) -> Option<usize> {
        Some(self.mail.unwrap_or(self.sign_in))
    }

    fn name_column(&self) -> Option<usize> {
        self.display_name
    }

    fn found(&self, row: &Record) -> Found {
        let cell = |column: Option<usize>| column.map_or("", |at| row.cell(at));
        let candidates = [
            cell_address(cell(self.mail)),
            first_address(cell(self.alternate)),
            sign_in_address(row.cell(self.sign_in)),
        ];
        let text = candidates.iter().find(|it| matches!(it, Found::Text(_))).cloned();
        let usable = |it: &Found| matches!(it, Found::Address(_) | Found::Derived(_));
        candidates.into_iter().find(usable).or(text).unwrap_or(Found::Nothing)
    }

    fn name(&self, row: &Record) -> Option<String> {
        let cell = |column: Option<usize>| column.map_or("", |at| row.cell(at));
        name(cell(self.display_name))
            .or_else(|| name(&format!("{} {}", cell(self.given), cell(self.surname))))
    }

    fn standing(&self, row: &Record) -> Standing {
        let is = |column: Option<usize>, wanted: &str| {
            column.is_some_and(|at| row.cell(at).eq_ignore_ascii_case(wanted))
        };
        let external = is(self.user_type, "guest");
        let left_out = if is(self.enabled, "false") {
            Some(ImportReason::Disabled)
        } else if !external && self.is_nameless(row) {
            Some(ImportReason::NotAPerson)
        } else {
            None
        };
        Standing { external, left_out }
    }
}

/// The first of several addresses: the directory lists the alternate ones in its own order.
fn first_address(cell: &str) -> Found {
    match cell_address(cell) {
        Found::Text(shown) => text::entries(cell)
            .into_iter()
            .map(|entry| entry.found)
            .find(|it| matches!(it, Found::Address(_)))
            .unwrap_or(Found::Text(shown)),
        found @ (Found::Address(_) | Found::Derived(_) | Found::Nothing) => found,
    }
}

/// A member's sign-in name is an address. A guest's is made of one, `name_host#EXT#@tenant`:
/// a host has no underscore, so the last one was the `@`.
fn sign_in_address(cell: &str) -> Found {
    let Some(end) = cell.to_ascii_lowercase().find("#ext#") else {
        return cell_address(cell);
    };
    let parsed = cell[..end]
        .rsplit_once('_')
        .and_then(|(local, host)| Address::parse(&format!("{local}@{host}")).ok());
    parsed.map_or(Found::Nothing, Found::Derived)
}

#[cfg(test)]
mod tests {
    use super::{Found, sign_in_address};

    #[test]
    fn a_guests_sign_in_name_is_never_taken_as_it_stands() {
        let found = sign_in_address("ana_b_partner.example#EXT#@larch.example");
        let Found::Derived(address) = found else { panic!("derived, got {found:?}") };
        assert_eq!(address.as_str(), "ana_b@partner.example");
        assert_eq!(sign_in_address("ana#EXT#@larch.example"), Found::Nothing);
        assert_eq!(sign_in_address("_x#ext#@larch.example"), Found::Nothing);
    }
}
