//! From text to a table: separators, quotes, line ends, ragged rows.
//!
//! The reader is written for files as they are, not as RFC 4180 wants them. It differs from a
//! strict one where a slip would make people vanish: a quote that is opened and never properly
//! closed is an ordinary character, so that it cannot swallow the lines behind it into one cell.

/// A table of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The column names, one for each column of the widest row. Columns without a name are
    /// named as in a spreadsheet: `A`, `B`, …
    pub header: Vec<String>,
    /// Whether the first line named the columns.
    pub headed: bool,
    /// What separates the cells.
    pub separator: char,
    /// The rows that hold anything.
    pub rows: Vec<Record>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Its number, from 1, the header not counted, empty rows counted.
    pub line: u32,
    cells: Vec<String>,
}

impl Record {
    /// The trimmed text of a cell; empty where the row is too short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The cells that hold anything, trimmed.
    pub(super) fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}

const SEPARATORS: [char; 3] = [',', ';', '\t'];

impl Table {
    /// Reads a table with the separator that its first lines show.
    pub(super) fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let (separator, text) = match declared_separator(text) {
            Some(declared) => declared,
            None => (sniff(text), text),
        };
        let mut records = parse(text, separator);
        let width = records.iter().map(Vec::len).max().unwrap_or(0);
        let first = records.iter().position(|cells| is_filled(cells)).unwrap_or(0);
        let headed = records.get(first).is_some_and(|cells| !cells.iter().any(|c| c.contains('@')));
        let names = if headed { records.drain(..=first).next_back() } else { None };
        let rows = records.into_iter().zip(1..).filter(|(cells, _)| is_filled(cells));
        Self {
            header: header(&names.unwrap_or_default(), width),
            headed,
            separator,
            rows: rows.map(|(cells, line)| Record { line, cells }).collect(),
        }
    }
}

fn is_filled(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.trim().is_empty())
}

fn header(names: &[String], width: usize) -> Vec<String> {
    (0..width)
        .map(|column| match names.get(column).map(|name| name.trim()) {
            Some("") | None => letters(column),
            Some(name) => name.to_owned(),
        })
        .collect()
}

/// The name of a column as a spreadsheet shows it: A to Z, then AA.
fn letters(column: usize) -> String {
    const ALPHABET: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let last = char::from(ALPHABET[column % 26]);
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// The `sep=;` line with which Excel is told the separator.
fn declared_separator(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("\"sep="))?;
    let separator = rest.chars().next().filter(|c| SEPARATORS.contains(c))?;
    let rest = &rest[separator.len_utf8()..];
    let end = rest.find(['\r', '\n'])?;
    let after = rest[end..].strip_prefix("\r\n").unwrap_or(&rest[end + 1..]);
    Some((separator, after))
}

/// The separator that occurs most, outside quotes, in the first line that has one.
fn sniff(text: &str) -> char {
    let mut counts = [0_u32; SEPARATORS.len()];
    let mut quoted = false;
    for c in text.chars().take(64 << 10) {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted && counts.iter().any(|count| *count > 0) => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = SEPARATORS.iter().position(|separator| *separator == c) {
                    counts[at] += 1;
                }
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[at]
}

/// All records, empty ones included, so that numbers agree with what a spreadsheet shows.
fn parse(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, after) = cell(rest, separator);
        record.push(cell);
        rest = after;
        if let Some(after) = rest.strip_prefix(separator) {
            rest = after;
            if !rest.is_empty() {
                continue;
            }
            record.push(String::new());
        }
        rest =
            rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
        records.push(std::mem::take(&mut record));
    }
    records
}

/// The cell at the start of the text, and the text from its separator or line end on.
fn cell(text: &str, separator: char) -> (String, &str) {
    let ends = |c: char| c == separator || c == '\r' || c == '\n';
    if let Some((mut value, after)) = quoted(text, separator) {
        let end = after.find(ends).unwrap_or(after.len());
        value.push_str(&after[..end]);
        return (value, &after[end..]);
    }
    let end = text.find(ends).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A quoted cell, if the text begins with one: its value and what follows its last quote.
fn quoted(text: &str, separator: char) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut rest = inside;
    loop {
        let quote = rest.find('"')?;
        value.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                value.push('"');
                rest = after;
            }
            None => break,
        }
    }
    let closed = rest.trim_start_matches([' ', '\u{a0}']);
    let at_end = closed.is_empty() || closed.starts_with([separator, '\r', '\n']);
    // A value over several lines whose closing quote stands before more text was not closed: the
    // quote belongs to a later cell.
    let swallows = !at_end && value.contains(['\r', '\n']);
    (!swallows).then_some((value, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Table, letters, parse, sniff};

    fn check(text: &str, separator: char, wanted: &[&[&str]]) {
        assert_eq!(parse(text, separator), wanted, "in {text:?}");
    }

    #[test]
    fn cells_are_read_as_written() {
        check("a,b\r\nc,d\r\n", ',', &[&["a", "b"], &["c", "d"]]);
        check("a,b\rc,d", ',', &[&["a", "b"], &["c", "d"]]);
        check("a;\"b;c\";\"d \"\"e\"\"\"\n", ';', &[&["a", "b;c", "d \"e\""]]);
        check("\"12 Long Lane,\nLeeds\",x\ny", ',', &[&["12 Long Lane,\nLeeds", "x"], &["y"]]);
        check("a\n\n,\nb,", ',', &[&["a"], &[""], &["", ""], &["b", ""]]);
        check("\"a\"b,c", ',', &[&["ab", "c"]]);
    }

    #[test]
    fn an_open_quote_swallows_no_line() {
        check("\"Ana,a\nBo,b\n", ',', &[&["\"Ana", "a"], &["Bo", "b"]]);
        check("\"Ana,a\nBo,\"b, c\"\nCy,d", ',', &[&["\"Ana", "a"], &["Bo", "b, c"], &["Cy", "d"]]);
    }

    #[test]
    fn the_separator_is_the_one_outside_quotes() {
        assert_eq!(sniff("a;b;\"c,d,e,f\"\n1,2,3,4,5"), ';');
        assert_eq!(sniff("a\tb"), '\t');
        assert_eq!(sniff("title\nname;email\n"), ';');
        assert_eq!(sniff(""), ',');
        let told = Table::parse("sep=;\r\nname,x;email\r\nAna;ana@x.example\r\n");
        assert_eq!(told.header, ["name,x", "email"]);
        assert_eq!(told.rows.len(), 1);
    }

    #[test]
    fn ragged_rows_keep_every_cell_and_their_number() {
        let table = Table::parse("email\n\na@x.example,Ana\n,\nb@x.example\n");
        assert_eq!(table.header, ["email", "B"]);
        let lines: Vec<_> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4], "empty rows count, but are no lines");
        assert_eq!(table.rows[0].cell(1), "Ana");
        assert_eq!(table.rows[1].cell(1), "");
    }

    #[test]
    fn columns_without_a_name_are_named_as_in_a_sheet() {
        let names: Vec<_> = [0, 25, 26, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    proptest! {
        #[test]
        fn a_well_formed_table_reads_as_a_strict_reader_reads_it(
            rows in prop::collection::vec(
                prop::collection::vec("[a-z\",;\n\r é\t]{0,6}", 2..5), 1..8),
            at in 0..3_usize,
        ) {
            let separator = super::SEPARATORS[at];
            let mut writer = csv::WriterBuilder::new()
                .flexible(true)
                .quote_style(csv::QuoteStyle::Always)
                .delimiter(u8::try_from(separator).expect("the separators are ASCII"))
                .from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("a vector takes every record");
            }
            let bytes = writer.into_inner().expect("a vector can be flushed");
            let text = String::from_utf8(bytes).expect("text was written");
            prop_assert_eq!(parse(&text, separator), rows);
        }
    }
}
