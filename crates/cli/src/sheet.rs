//! A table: what is printed as aligned text or written as CSV.

use unicode_width::UnicodeWidthStr as _;

/// A table with its heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// An empty table.
    pub fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), rows: Vec::new() }
    }

    /// A table of what is so, one line each.
    pub fn facts(facts: &[(&'static str, String)]) -> Self {
        let rows = facts.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]);
        Self { heads: Vec::new(), rows: rows.collect() }
    }

    /// One more row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// As aligned text: two spaces between columns, heads in capitals.
    pub fn text(&self) -> String {
        let heads: Vec<String> = self.heads.iter().map(|it| it.to_uppercase()).collect();
        let lines: Vec<Vec<String>> = std::iter::once(&heads)
            .filter(|it| !it.is_empty())
            .chain(&self.rows)
            .map(|row| row.iter().map(|cell| harmless(cell)).collect())
            .collect();
        let columns = lines.iter().map(Vec::len).max().unwrap_or_default();
        let widest = |column: usize| {
            let cells = lines.iter().filter_map(|row| row.get(column));
            cells.map(|it| it.width()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        let mut text = String::new();
        for line in &lines {
            let mut written = String::new();
            for (cell, width) in line.iter().zip(&widths) {
                written.push_str(cell);
                written.push_str(&" ".repeat(width - cell.width() + 2));
            }
            text.push_str(written.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A text that moves no cursor and turns no line around: names are typed by other people, and a
/// terminal obeys what is in them.
pub fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sheet, harmless};

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let mut sheet = Sheet::new(&["name", "role"]);
        sheet.row(vec!["Ana".into(), "Owner".into()]);
        sheet.row(vec!["東京".into(), String::new()]);
        assert_eq!(sheet.text(), "NAME  ROLE\nAna   Owner\n東京\n");
    }

    #[test]
    fn a_name_cannot_command_the_terminal() {
        assert_eq!(
            harmless("A\u{1b}[2J\u{9b}m\n\u{202e}B"),
            "A\u{fffd}[2J\u{fffd}m\u{fffd}\u{fffd}B"
        );
        assert_eq!(harmless("Größe 東京"), "Größe 東京");
    }
}
