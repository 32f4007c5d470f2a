//! What a table is: its first lines, so that a file that lies about for a year still says as of
//! when it is, what was left out, and what made it.

use muster_domain::{RULES_VERSION, Timestamp};
use muster_protocol::PROTOCOL;

use crate::verdict::Bench;
use crate::view::Cell;

/// What a table is told from outside of the copy.
#[derive(Debug, Clone)]
pub(crate) struct From {
    /// The server's address.
    pub server: String,
    /// The app's version.
    pub version: String,
}

/// What a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// The table's key: `members`, `history`, …
    pub table: &'static str,
    lines: Vec<(&'static str, Cell)>,
}

impl About {
    /// Of this table.
    pub(crate) const fn of(table: &'static str) -> Self {
        Self { table, lines: Vec::new() }
    }

    /// With a line more.
    pub(crate) fn with(mut self, name: &'static str, value: Cell) -> Self {
        self.lines.push((name, value));
        self
    }

    /// With a line more, where there is something to tell.
    pub(crate) fn if_any(self, name: &'static str, value: Cell) -> Self {
        if value == Cell::Empty { self } else { self.with(name, value) }
    }

    /// Every line, with those that every table has.
    pub(crate) fn told(self, bench: &Bench<'_>, from: &From, rows: Option<u32>) -> Told {
        let mut lines = vec![("table", Cell::word(format!("export.table.{}", self.table)))];
        let has_moment = self.lines.iter().any(|(name, _)| *name == AS_OF);
        lines.extend(self.lines);
        if !has_moment {
            lines.push((AS_OF, Cell::Time(as_of(bench))));
        }
        lines.extend(rows.map(|rows| ("rows", Cell::Number(rows))));
        let made = format!(
            "Muster {}, rules {RULES_VERSION}, protocol {PROTOCOL}, {}",
            from.version, from.server
        );
        lines.push(("exported", Cell::Time(bench.now)));
        lines.push(("made with", Cell::Text(made)));
        lines
    }
}

/// The lines of a table.
pub(crate) type Told = Vec<(&'static str, Cell)>;

/// The line that says as of when a table is.
pub(crate) const AS_OF: &str = "as of";

/// As of when the copy is: now, or the last contact.
fn as_of(bench: &Bench<'_>) -> Timestamp {
    if bench.is_online() {
        return bench.now;
    }
    let last = bench.link.last_contact.or_else(|| bench.cache.last_contact().ok().flatten());
    last.unwrap_or(bench.now)
}
