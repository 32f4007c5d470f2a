//! The page of requirements: each id of the rule book, its sentence, and the tests that carry it.
//!
//! The sentences stand in `docs/requirements.txt`; the tests are found by their names.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use crate::{Findings, files};

const SENTENCES: &str = "docs/requirements.txt";
const PAGE: &str = "docs/requirements.md";

const HEAD: &str = "\
<!-- Written by `cargo xtask requirements` from docs/requirements.txt and the names of the tests. -->

# Requirements

What Muster does, sentence by sentence, and the tests that show it.
V and U are the requirements of the two role schemes, `managed` and `owner_led`; C says how they go together; R are the rules; E are the edge cases, each with its decision.

A test carries ids at the beginning of its name.
In Rust: `fn r6_e1_the_last_owner_stays`. In the interface: `it('U-38 r6 lists every workspace')`.
The page is written again by `cargo xtask requirements`; `cargo xtask tidy` fails when it is not current.
";

/// An id as it sorts: its letter's place on the page, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Id(usize, u16);

const LETTERS: &[(char, &str)] = &[
    ('V', "The `managed` scheme"),
    ('U', "The `owner_led` scheme"),
    ('C', "How they go together"),
    ('R', "Rules"),
    ('E', "Edge cases"),
];

impl Id {
    /// Reads `V-18`, `v18`, `R6` or `r6`.
    fn parse(text: &str) -> Option<Self> {
        let letter = text.chars().next()?.to_ascii_uppercase();
        let place = LETTERS.iter().position(|(it, _)| *it == letter)?;
        let digits = text.get(1..)?;
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        let plain = !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten().map(|number| Self(place, number))
    }

    fn name(self) -> String {
        let (letter, _) = LETTERS[self.0];
        if letter == 'R' { format!("R{}", self.1) } else { format!("{letter}-{}", self.1) }
    }
}

type Sentences = BTreeMap<Id, String>;
type Tests = BTreeMap<Id, Vec<String>>;

/// Writes the page again and says which ids no test carries.
pub fn write(root: &Path) -> Result<String, Box<dyn Error>> {
    let (page, missing) = page(root)?;
    std::fs::write(root.join(PAGE), page)?;
    Ok(format!("{PAGE}: {missing} ids without a test"))
}

/// A page that is not current. Ids without a test are told, not refused.
pub fn check(root: &Path) -> Result<Findings, Box<dyn Error>> {
    let (page, missing) = page(root)?;
    println!("{missing} ids of {SENTENCES} have no test");
    let found = std::fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    if found == page {
        return Ok(Findings::new());
    }
    Ok(vec![format!("{PAGE} is not current: run `cargo xtask requirements`")])
}

fn page(root: &Path) -> Result<(String, usize), Box<dyn Error>> {
    let sentences = sentences(&std::fs::read_to_string(root.join(SENTENCES))?)?;
    let mut tests = Tests::new();
    for path in files::listed(root)? {
        let Some(names) = scanner(&path) else { continue };
        // A listed file may be deleted but not yet committed.
        let Ok(text) = std::fs::read_to_string(root.join(&path)) else { continue };
        for name in names(&text) {
            for id in ids(&name) {
                tests.entry(id).or_default().push(format!("`{}` {}", place(&path), code(&name)));
            }
        }
    }
    Ok(render(&sentences, &tests))
}

fn sentences(text: &str) -> Result<Sentences, Box<dyn Error>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        let (id, sentence) = line.split_once(' ')?;
        Some((Id::parse(id)?, sentence.to_owned()))
    };
    lines.map(|line| read(line).ok_or_else(|| format!("no id: {line}").into())).collect()
}

/// How the tests of a file are found.
fn scanner(path: &str) -> Option<fn(&str) -> Vec<String>> {
    let interface = [".test.ts", ".test.tsx"].iter().any(|it| path.ends_with(it));
    match path {
        _ if interface => Some(interface_tests),
        _ if path.ends_with(".rs") => Some(rust_tests),
        _ => None,
    }
}

/// The functions under an attribute that makes them tests.
fn rust_tests(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.contains("test");
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if is_test {
                names.extend(rest.split('(').next().map(str::to_owned));
            }
            is_test = false;
        } else if !line.is_empty() && !line.starts_with("//") {
            is_test = false;
        }
    }
    names
}

/// The first arguments of `it` and `test`.
fn interface_tests(text: &str) -> Vec<String> {
    let calls = ["it(", "test(", "it.each", "test.each"];
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut names = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !calls.iter().any(|call| line.starts_with(call)) {
            continue;
        }
        // The name may stand on one of the next lines.
        let quoted = lines[at..].iter().take(3).find_map(|line| quoted(line));
        names.extend(quoted);
    }
    names
}

fn quoted(line: &str) -> Option<String> {
    let start = line.find(['\'', '"', '`'])?;
    let quote = line[start..].chars().next()?;
    let rest = &line[start + 1..];
    rest.split(quote).next().map(str::to_owned)
}

/// The ids at the beginning of a test's name.
fn ids(name: &str) -> Vec<Id> {
    name.split(['_', ' ', ',', ':']).map_while(Id::parse).collect()
}

/// Where a test is, in few words: `crates/domain`, `tests`, `ui`.
fn place(path: &str) -> &str {
    let depth = if path.starts_with("crates/") { 2 } else { 1 };
    let end = path.match_indices('/').nth(depth - 1).map_or(path.len(), |(at, _)| at);
    &path[..end]
}

fn code(name: &str) -> String {
    name.replace('|', "\\|").replace('<', "&lt;")
}

fn render(sentences: &Sentences, tests: &Tests) -> (String, usize) {
    let missing: Vec<Id> = sentences.keys().copied().filter(|id| !tests.contains_key(id)).collect();
    let mut page = HEAD.to_owned();
    let names: Vec<String> = missing.iter().map(|id| id.name()).collect();
    let _ = match names.is_empty() {
        true => writeln!(page, "\nEvery id has a test."),
        false => writeln!(page, "\n**Without a test ({}):** {}", names.len(), names.join(", ")),
    };
    for (place, (_, title)) in LETTERS.iter().enumerate() {
        let _ = writeln!(page, "\n## {title}\n\n| id | | tests |\n|---|---|---|");
        for (id, sentence) in sentences.iter().filter(|(id, _)| id.0 == place) {
            let mut carried = tests.get(id).cloned().unwrap_or_default();
            carried.sort();
            carried.dedup();
            let sentence = sentence.replace('|', "\\|");
            let _ = writeln!(page, "| {} | {sentence} | {} |", id.name(), carried.join("<br>"));
        }
    }
    (page, missing.len())
}

#[cfg(test)]
mod tests {
    use super::{Id, ids, interface_tests, place, render, rust_tests, sentences};

    fn names(of: &str) -> Vec<String> {
        ids(of).into_iter().map(Id::name).collect()
    }

    #[test]
    fn ids_are_read_from_the_beginning_of_a_name() {
        assert_eq!(names("r6_e1_u63_the_last_owner_of_v3"), ["R6", "E-1", "U-63"]);
        assert_eq!(names("U-38 r6 lists every workspace"), ["U-38", "R6"]);
        assert!(names("the_e1_case").is_empty());
        assert!(names("every_code").is_empty());
    }

    #[test]
    fn only_functions_under_a_test_attribute_count() {
        let text =
            "#[test]\nfn r1_a() {\n}\nfn r2_b() {}\n#[tokio::test]\n/// Why.\nasync fn r3_c() {";
        assert_eq!(rust_tests(text), ["r1_a", "r3_c"]);
        let text = "it('V-8 asks', () => {\n  test(\n    \"r6 says\",\n it.each([1])('U-1 x', f)";
        assert_eq!(interface_tests(text), ["V-8 asks", "r6 says", "U-1 x"]);
    }

    #[test]
    fn an_id_without_a_test_is_named_at_the_top() {
        let sentences = sentences("# note\nV-1 One.\nR2 Two.\n").expect("two sentences");
        let two = Id::parse("r2").expect("an id");
        let (page, missing) = render(&sentences, &[(two, vec!["`ui` r2 x".to_owned()])].into());
        assert_eq!(missing, 1);
        assert!(page.contains("**Without a test (1):** V-1"));
        assert!(page.contains("| R2 | Two. | `ui` r2 x |"));
    }

    #[test]
    fn a_test_is_named_with_its_package() {
        assert_eq!(place("crates/domain/tests/forms.rs"), "crates/domain");
        assert_eq!(place("ui/src/test/a.test.tsx"), "ui");
    }
}
