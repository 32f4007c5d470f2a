//! Any other table: which column holds addresses, and which names, is guessed by header name
//! and content. The guess is shown and can be changed.

use std::cmp::Reverse;

use super::classify::{Found, Standing, name};
use super::layout::{Layout, cell_address};
use super::table::{Record, Table};
use super::text;
use crate::view::ImportFormat;

/// How many rows are looked at to guess.
const SAMPLE: usize = 500;

/// Names of a column of addresses, letters and digits only.
const ADDRESS: &[&str] = &[
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "emailadresse",
    "mailadresse",
    "adresseemail",
    "adressemail",
    "courriel",
    "correo",
    "correoelectronico",
    "correoelectrónico",
    "epost",
    "eposta",
    "posta",
    "postaelettronica",
    "primaryemail",
    "workemail",
];
/// Parts of such names.
const ADDRESS_PARTS: &[&str] = &["mail", "courriel", "correo", "epost"];
/// Names that may as well be those of a street.
const ADDRESS_OR_STREET: &[&str] = &["address", "adresse", "direccion", "dirección", "endereço"];
/// Parts of the names of columns with somebody else's address, or one for emergencies.
const OTHERS: &[&str] = &["recovery", "secondary", "manager", "supervisor", "backup", "alternat"];
const FULL: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "person",
    "contact",
    "nomcomplet",
    "nombrecompleto",
    "nomecompleto",
    "vollständigername",
    "naam",
    "namn",
    "navn",
];
const FIRST: &[&str] = &[
    "firstname",
    "givenname",
    "first",
    "vorname",
    "prénom",
    "prenom",
    "nombre",
    "nome",
    "voornaam",
];
const LAST: &[&str] = &[
    "lastname",
    "surname",
    "familyname",
    "last",
    "nachname",
    "nom",
    "apellido",
    "apellidos",
    "cognome",
    "sobrenome",
    "achternaam",
];

/// The guessed columns.
pub(super) struct Plain {
    address: Option<usize>,
    name: Option<usize>,
    /// The last name, where the other column holds first names only.
    last_name: Option<usize>,
}

impl Plain {
    /// The best guess for a table.
    pub(super) fn guess(table: &Table) -> Self {
        let address = address_column(table);
        let (name, last_name) = match named_names(table) {
            (None, _) => (names_by_content(table, address), None),
            named => named,
        };
        Self { address, name, last_name }
    }

    /// Whether the header of the table names a column of addresses.
    pub(super) fn names_addresses(table: &Table) -> bool {
        table.headed && (0..table.header.len()).any(|column| rank(&key(table, column)) >= 2)
    }
}

impl Layout for Plain {
    fn format(&self) -> ImportFormat {
        ImportFormat::Table
    }

    fn address_column(&self) -> Option<usize> {
        self.address
    }

    fn name_column(&self) -> Option<usize> {
        self.name
    }

    fn found(&self, row: &Record) -> Found {
        match self.address {
            Some(column) => cell_address(row.cell(column)),
            // Without a column of addresses every line needs a look, also one that has some.
            None => Found::text(row.filled().next().unwrap_or_default()),
        }
    }

    fn name(&self, row: &Record) -> Option<String> {
        let cell = |column: Option<usize>| column.map_or("", |at| row.cell(at));
        let own = || text::entries(cell(self.address)).into_iter().find_map(|entry| entry.name);
        name(&format!("{} {}", cell(self.name), cell(self.last_name))).or_else(own)
    }

    fn standing(&self, _row: &Record) -> Standing {
        Standing::default()
    }
}

/// The letters and digits of a column's name, in lower case.
fn key(table: &Table, column: usize) -> String {
    let name = if table.headed { table.header[column].as_str() } else { "" };
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How clearly a name is that of a column of addresses, 0 to 3.
fn rank(key: &str) -> u8 {
    let has = |parts: &[&str]| parts.iter().any(|part| key.contains(part));
    if ADDRESS.contains(&key) {
        3
    } else if has(ADDRESS_PARTS) && !has(OTHERS) {
        2
    } else {
        u8::from(ADDRESS_OR_STREET.contains(&key) || has(ADDRESS_PARTS))
    }
}

/// Of the columns named or filled as one of addresses: one that holds any before one that holds
/// none, then by name, then by content, then the leftmost.
fn address_column(table: &Table) -> Option<usize> {
    let guess = |column: usize| {
        let rank = rank(&key(table, column));
        let is = |cell: &str| matches!(cell_address(cell), Found::Address(_));
        let share = share(table, column, is);
        let candidate = rank >= 2 || share >= 500 || (rank == 1 && share > 0);
        candidate.then_some(((share > 0, rank, share, Reverse(column)), column))
    };
    (0..table.header.len()).filter_map(guess).max().map(|(_, column)| column)
}

/// The columns of names by their headers: a full name, or a first with a last name.
fn named_names(table: &Table) -> (Option<usize>, Option<usize>) {
    let column = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| (0..table.header.len()).find(|column| key(table, *column) == *name))
    };
    match (column(FULL), column(FIRST), column(LAST)) {
        (Some(full), _, _) => (Some(full), None),
        (None, Some(first), last) => (Some(first), last),
        (None, None, last) => (last, None),
    }
}

/// The column in which most cells read like a person's full name.
fn names_by_content(table: &Table, address: Option<usize>) -> Option<usize> {
    let guess = |column: usize| {
        let share = share(table, column, reads_like_a_name);
        (Some(column) != address && share >= 500).then_some(((share, Reverse(column)), column))
    };
    (0..table.header.len()).filter_map(guess).max().map(|(_, column)| column)
}

fn reads_like_a_name(cell: &str) -> bool {
    let words = cell.split_whitespace().count();
    let letters = |c: char| c.is_alphabetic() || c.is_whitespace() || "'’-.,\"".contains(c);
    (2..=5).contains(&words) && cell.chars().all(letters)
}

/// How many of a thousand filled cells of a column are such.
fn share(table: &Table, column: usize, is: impl Fn(&str) -> bool) -> usize {
    let cells = table.rows.iter().take(SAMPLE).map(|row| row.cell(column));
    let (mut filled, mut hits) = (0, 0);
    for cell in cells.filter(|cell| !cell.is_empty()) {
        filled += 1;
        hits += usize::from(is(cell));
    }
    (hits * 1000_usize).checked_div(filled).unwrap_or(0)
}
