//! Cells as text: for every program the same, and nothing that a spreadsheet would calculate.
//!
//! A cell that a spreadsheet program would take for a formula gets one apostrophe in front, and
//! so does a cell that begins with an apostrophe. Whoever reads the table takes the first
//! apostrophe of a cell away and has what stood there: nothing is lost and nothing is mixed up.

use muster_domain::Timestamp;
use muster_evidence::text::moment;

use crate::view::Cell;

/// What programs begin a formula with; in full width too, which some of them accept.
const RISKY: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text with an apostrophe in front where it needs one.
pub(crate) fn guarded(text: String) -> String {
    let begins = text.trim_start_matches(' ');
    if begins.starts_with(RISKY) || text.starts_with('\'') { format!("'{text}") } else { text }
}

/// What stood in a cell before it was guarded.
#[cfg(test)]
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

impl Cell {
    /// Some text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Text that may be lacking.
    pub(crate) fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    /// A moment that may be lacking.
    pub(crate) fn when(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Empty, Self::Time)
    }

    /// A number that may be unknown.
    pub(crate) fn number(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// A word of the catalogue.
    pub(crate) fn word(id: impl Into<String>) -> Self {
        Self::Word(id.into())
    }

    /// A tick: yes, or nothing.
    pub(crate) fn tick(holds: bool) -> Self {
        if holds { Self::word("export.yes") } else { Self::Empty }
    }

    /// As every program reads it.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Time(at) => moment(*at),
            Self::Word(id) => id.rsplit('.').next().unwrap_or(id).replace('_', " "),
            Self::Roles(roles, own) => {
                let built_in = roles.iter().map(|role| role.key().to_owned());
                built_in.chain(own.iter().cloned()).collect::<Vec<_>>().join("; ")
            }
            Self::List(all) => all.join("; "),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{guarded, unguarded};

    #[test]
    fn v49_no_cell_of_an_export_is_a_formula() {
        for risky in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "\r", "\n=1", "'=1"] {
            let cell = guarded(risky.to_owned());
            assert!(cell.starts_with('\''), "{risky:?}");
            assert_eq!(unguarded(&cell), risky);
        }
        for plain in ["Ana", "", "a=b", "1 + 1", "  two"] {
            assert_eq!(guarded(plain.to_owned()), plain);
        }
    }

    proptest! {
        #[test]
        fn v49_a_guarded_cell_can_be_read_back(text in "['=+@\\-\\t\\r\\n a-z0-9\"',;é東]{0,12}") {
            let cell = guarded(text.clone());
            let begins = cell.trim_start_matches(' ');
            prop_assert!(!begins.starts_with(super::RISKY), "{cell:?}");
            prop_assert_eq!(unguarded(&cell), text);
        }
    }
}
