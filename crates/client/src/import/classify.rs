//! From what a line says to what happens with it.

use std::collections::HashMap;

use muster_domain::{Address, RoleSet, name::clean_name};

use super::{Present, PresentState};
use crate::view::{
    ImportCounts, ImportFormat, ImportPreview, ImportReason, ImportRow, ImportStatus,
};

/// One line of a source, read but not yet compared with the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its number in the source.
    pub line: u32,
    /// What stands where an address should.
    pub found: Found,
    /// The person's name, as [`clean_name`] takes it.
    pub name: Option<String>,
    /// What the source says of the person.
    pub standing: Standing,
}

/// What stands where an address should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// An address.
    Address(Address),
    /// An address made out of the sign-in name of a guest: offered, never taken unasked.
    Derived(Address),
    /// A text that is none.
    Text(String),
    /// Nothing.
    Nothing,
}

/// What the source says of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// From outside the organisation.
    pub external: bool,
    /// Not to be invited unasked.
    pub left_out: Option<ImportReason>,
}

/// How much of a text that is no address is shown.
const SHOWN: usize = 200;

impl Found {
    /// Reads a whole cell or word.
    pub(super) fn read(text: &str) -> Self {
        let text = visible(text);
        if text.is_empty() {
            return Self::Nothing;
        }
        address(&text).map_or_else(|| Self::text(&text), Self::Address)
    }

    /// A text that is not taken for an address, whatever it holds.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(shown(&visible(text)))
    }
}

impl Entry {
    fn address(&self) -> Option<&Address> {
        match &self.found {
            Found::Address(address) | Found::Derived(address) => Some(address),
            Found::Text(_) | Found::Nothing => None,
        }
    }

    fn left_out(&self) -> Option<ImportReason> {
        let no_address = match self.found {
            Found::Derived(_) | Found::Nothing => Some(ImportReason::NoAddress),
            Found::Address(_) | Found::Text(_) => None,
        };
        self.standing.left_out.or(no_address)
    }
}

/// An address that may be invited as it stands.
///
/// Entra writes the sign-in name of a guest as `name_host#EXT#@tenant`, which has the shape of
/// an address but is none. A leading `=`, `+` or `@` makes a formula in the next program that
/// opens a list, so such a text waits for a person's look.
pub(super) fn address(text: &str) -> Option<Address> {
    let formula = text.starts_with(['=', '+', '@']);
    if formula || text.to_ascii_lowercase().contains("#ext#") {
        return None;
    }
    Address::parse(text).ok()
}

/// The text as a person sees it: no hidden characters, line breaks and runs of white space as
/// one space.
pub(super) fn visible(text: &str) -> String {
    let hidden = |c: &char| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let spaced: String =
        text.chars().filter(|c| !hidden(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person's name, if the text can be one. An address repeated as the name is none.
pub(super) fn name(text: &str) -> Option<String> {
    let name = visible(text);
    if address(&name).is_some() {
        return None;
    }
    clean_name(&name).ok()
}

/// The beginning of a text, for showing.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Puts every line into its group.
pub(super) fn preview(
    format: ImportFormat,
    entries: Vec<Entry>,
    present: &dyn Present,
) -> ImportPreview {
    let leading = leading(&entries);
    let rows: Vec<_> =
        entries.iter().zip(leading).map(|(entry, leads)| row(entry, leads, present)).collect();
    ImportPreview {
        format,
        columns: Vec::new(),
        address_column: None,
        name_column: None,
        lines: u32::try_from(rows.len()).expect("previews have at most MAX_LINES lines"),
        counts: count(&rows),
        rows,
    }
}

/// Whether a line stands for its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Leads,
    Repeats,
}

/// Which line stands for each person: the first that is not left out, else the first. A former
/// account must not hide that the same person has an active one further down.
fn leading(entries: &[Entry]) -> Vec<Part> {
    let mut leaders: HashMap<&Address, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(address) = entry.address() {
            let leader = leaders.entry(address).or_insert(at);
            if entries[*leader].left_out().is_some() && entry.left_out().is_none() {
                *leader = at;
            }
        }
    }
    let part = |(at, entry): (usize, &Entry)| match entry.address().map(|it| leaders[it]) {
        Some(leader) if leader != at => Part::Repeats,
        Some(_) | None => Part::Leads,
    };
    entries.iter().enumerate().map(part).collect()
}

fn row(entry: &Entry, part: Part, present: &dyn Present) -> ImportRow {
    let (status, reason, roles) = judge(entry, part, present);
    let address = match &entry.found {
        Found::Address(address) | Found::Derived(address) => address.as_str().to_owned(),
        Found::Text(text) => text.clone(),
        Found::Nothing => String::new(),
    };
    let former = match status {
        ImportStatus::Ready | ImportStatus::LeftOut => {
            entry.address().and_then(|address| present.former(address))
        }
        ImportStatus::Member
        | ImportStatus::Invited
        | ImportStatus::Look
        | ImportStatus::Repeated => None,
    };
    ImportRow {
        line: entry.line,
        address,
        name: entry.name.clone(),
        external: entry.standing.external,
        status,
        reason,
        roles,
        former: former.map_or(RoleSet::NONE, |it| it.roles),
        former_until: former.and_then(|it| it.until),
    }
}

/// Members and invited people keep what the source says against them as the reason: whoever
/// invites learns that somebody with access is deactivated elsewhere.
fn judge(
    entry: &Entry,
    part: Part,
    present: &dyn Present,
) -> (ImportStatus, Option<ImportReason>, RoleSet) {
    let left_out = entry.left_out();
    if part == Part::Repeats {
        let reason = left_out.unwrap_or(ImportReason::Repeat);
        return (ImportStatus::Repeated, Some(reason), RoleSet::NONE);
    }
    let state = entry.address().map_or(PresentState::Nobody, |address| present.state(address));
    match (state, left_out, &entry.found) {
        (PresentState::Member(roles), reason, _) => (ImportStatus::Member, reason, roles),
        (PresentState::Invited(roles), reason, _) => (ImportStatus::Invited, reason, roles),
        (PresentState::Nobody, Some(reason), _) => {
            (ImportStatus::LeftOut, Some(reason), RoleSet::NONE)
        }
        (PresentState::Nobody, None, Found::Text(_)) => {
            (ImportStatus::Look, Some(ImportReason::NotAnAddress), RoleSet::NONE)
        }
        (PresentState::Nobody, None, _) => (ImportStatus::Ready, None, RoleSet::NONE),
    }
}

fn count(rows: &[ImportRow]) -> ImportCounts {
    let mut counts = ImportCounts::default();
    for row in rows {
        match row.status {
            ImportStatus::Ready => counts.ready += 1,
            ImportStatus::Member => counts.members += 1,
            ImportStatus::Invited => counts.invited += 1,
            ImportStatus::Look => counts.look += 1,
            ImportStatus::LeftOut => counts.left_out += 1,
            ImportStatus::Repeated => counts.repeated += 1,
        }
    }
    counts
}
