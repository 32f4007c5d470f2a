//! Typed or pasted text: addresses in any order, with names or without, and whatever else was
//! copied along. What is no address stays as a line of its own; only marks that carry nothing
//! (bullets, numbers of a list, `To:`) are passed over.

use muster_domain::Address;

use super::classify::{Entry, Found, Standing, address, name, visible};

/// Everything that the text names, in its order, numbered from 1.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut reader = Reader::default();
    for line in text.split(['\r', '\n', '\u{2028}', '\u{2029}']) {
        if line.contains('\t') {
            reader.read_cells(line);
        } else {
            reader.read_line(line);
        }
    }
    reader.entries
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Quoted(String),
    Angle(String),
    Comma,
    End,
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// Words that may be the name of the address behind them, split at commas.
    parts: Vec<Vec<String>>,
}

impl Reader {
    /// A line without tabs.
    fn read_line(&mut self, line: &str) {
        let tokens = tokens(&visible(line));
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            match token {
                Token::Word(word) if at == 0 && is_mark(word) => {}
                Token::Word(word) => self.word(word, matches!(next, Some(Token::Angle(_)))),
                Token::Quoted(text) => self.quoted(text, matches!(next, Some(Token::Angle(_)))),
                Token::Angle(text) => self.angle(text),
                Token::Comma => self.parts.push(Vec::new()),
                Token::End => self.flush(),
            }
        }
        self.flush();
    }

    /// A line copied from a sheet: the cells before an address name the person; beside an only
    /// address, those behind it may. Without an address the line is one that needs a look.
    fn read_cells(&mut self, line: &str) {
        let from = self.entries.len();
        let cells: Vec<String> =
            line.split('\t').map(visible).filter(|it| !it.is_empty()).collect();
        let mut before = 0;
        for at in (0..cells.len()).filter(|at| cells[*at].contains('@')) {
            let first = self.entries.len();
            self.read_line(&cells[at]);
            if let [only] = &mut self.entries[first..] {
                only.name = only.name.take().or_else(|| cell_name(&cells[before..at]));
            }
            before = at + 1;
        }
        match &mut self.entries[from..] {
            [] => self.text(&cells.join(" ")),
            [only] => only.name = only.name.take().or_else(|| cell_name(&cells[before..])),
            [_, _, ..] => {}
        }
    }

    /// A word: an address, a slip, or a part of a name.
    fn word(&mut self, word: &str, names_what_follows: bool) {
        if !word.contains('@') || names_what_follows {
            self.push(word);
            return;
        }
        match bare_address(word) {
            Some(address) => {
                let name = self.take_name(1, &address);
                self.add(Found::Address(address), name);
            }
            None => {
                self.flush();
                self.text(word);
            }
        }
    }

    /// What stands between quotes: the name of what follows, or whatever it is without them.
    fn quoted(&mut self, text: &str, names_what_follows: bool) {
        if text.contains('@') && !names_what_follows {
            self.flush();
            self.read_line(text);
        } else {
            self.push(text);
        }
    }

    /// What stands between angle brackets; `Last, First <address>` has a comma in its name.
    fn angle(&mut self, text: &str) {
        match bare_address(text) {
            Some(address) => {
                let name = self.take_name(2, &address);
                self.add(Found::Address(address), name);
            }
            None => {
                self.flush();
                self.text(text);
            }
        }
    }

    fn push(&mut self, word: &str) {
        if word.chars().all(is_ornament) {
            return;
        }
        match self.parts.last_mut() {
            Some(part) => part.push(word.to_owned()),
            None => self.parts.push(vec![word.to_owned()]),
        }
    }

    /// The name in the last parts, at most so many; earlier parts become lines, and so does what
    /// cannot be a name.
    fn take_name(&mut self, most: usize, of: &Address) -> Option<String> {
        let named = self.parts.iter().rev().take(most).take_while(|it| !it.is_empty()).count();
        let keep = self.parts.split_off(self.parts.len() - named);
        self.flush();
        let words: Vec<_> = keep.into_iter().map(|part| part.join(" ")).collect();
        let (others, rest): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|part| bare_address(part).is_some());
        // Mail programs write the address as its own name.
        for other in others.iter().filter(|it| bare_address(it).as_ref() != Some(of)) {
            self.text(other);
        }
        let text = rest.join(", ");
        if text.is_empty() {
            return None;
        }
        let found = name(&text).filter(|_| !text.ends_with(':'));
        if found.is_none() {
            self.text(&text);
        }
        found
    }

    /// Parts that name nobody become lines.
    fn flush(&mut self) {
        for part in std::mem::take(&mut self.parts) {
            self.text(&part.join(" "));
        }
    }

    /// A line for a text of its own.
    fn text(&mut self, text: &str) {
        if text.chars().all(|c| c.is_whitespace() || is_ornament(c)) {
            return;
        }
        let found = bare_address(text).map_or_else(|| Found::read(text), Found::Address);
        if found != Found::Nothing {
            self.add(found, None);
        }
    }

    fn add(&mut self, found: Found, name: Option<String>) {
        let line = u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX);
        self.entries.push(Entry { line, found, name, standing: Standing::default() });
    }
}

/// The name in cells beside an address: one cell, or first and last name in two.
fn cell_name(cells: &[String]) -> Option<String> {
    let lettered = |cell: &&String| cell.chars().any(char::is_alphabetic) && !cell.contains('@');
    let mut names = cells.iter().filter(lettered);
    let first = names.next()?;
    match names.next() {
        Some(second) if !first.contains(' ') && !second.contains(' ') => {
            name(&format!("{first} {second}"))
        }
        Some(_) | None => name(first),
    }
}

/// A word as an address, without `mailto:` and the punctuation of a sentence around it.
fn bare_address(word: &str) -> Option<Address> {
    let around = |c: char| "<>()[]{}\"'“”„‘’«».,:;!?*•".contains(c) || c.is_whitespace();
    let word = word.trim_matches(around);
    let linked = word.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let word = if linked { word[7..].split('?').next().unwrap_or_default() } else { word };
    address(word.trim_matches(around))
}

/// What begins a line without meaning: the number of a list, the field of a mail's head.
fn is_mark(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).is_some_and(|number| {
        !number.is_empty() && number.len() <= 5 && number.chars().all(|c| c.is_ascii_digit())
    });
    number || ["to:", "cc:", "bcc:", "from:"].contains(&word.to_lowercase().as_str())
}

fn is_ornament(c: char) -> bool {
    c.is_ascii_punctuation() || "•·–—→▪●○■□“”„‘’«»…".contains(c)
}

/// Splits a line into words, quoted and bracketed texts, and separators.
fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let (token, next) = match c {
            ',' | '，' | '、' => (Some(Token::Comma), after),
            ';' | '；' => (Some(Token::End), after),
            '"' if word.is_empty() => match after.split_once('"') {
                Some((inside, after)) => (Some(Token::Quoted(inside.to_owned())), after),
                None => (None, after),
            },
            '<' => match bracketed(after) {
                Some((inside, after)) => (Some(Token::Angle(inside.to_owned())), after),
                None => (None, after),
            },
            _ if c.is_whitespace() => (None, after),
            _ => {
                word.push(c);
                rest = after;
                continue;
            }
        };
        if !word.is_empty() {
            tokens.push(Token::Word(std::mem::take(&mut word)));
        }
        tokens.extend(token);
        rest = next;
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
    tokens
}

/// The text up to the closing bracket, if no other bracket opens before it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let end = text.find(['<', '>'])?;
    text[end..].strip_prefix('>').map(|after| (&text[..end], after))
}
