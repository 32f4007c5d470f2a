//! The catalogue of the window, compiled in and read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILES: [&str; 2] = [
    include_str!("../../../../ui/src/locales/en.po"),
    include_str!("../../../../ui/src/locales/later.en.po"),
];

/// The message with this id.
pub fn find(id: &str) -> Option<&'static str> {
    static TEXTS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| FILES.into_iter().flat_map(read).collect());
    texts.get(id).map(String::as_str)
}

/// Ids and messages of a file in the form of gettext; a text may go on over several lines.
fn read(file: &str) -> Vec<(String, String)> {
    let (mut texts, mut id, mut text, mut is_id) = (Vec::new(), String::new(), String::new(), true);
    for line in file.lines().chain(["msgid \"\""]) {
        if let Some(begun) = line.strip_prefix("msgid ") {
            if !id.is_empty() {
                texts.push((std::mem::take(&mut id), std::mem::take(&mut text)));
            }
            (id, text, is_id) = (unquoted(begun), String::new(), true);
        } else if let Some(begun) = line.strip_prefix("msgstr ") {
            (text, is_id) = (unquoted(begun), false);
        } else if line.starts_with('"') {
            if is_id { &mut id } else { &mut text }.push_str(&unquoted(line));
        }
    }
    texts
}

/// A quoted text; what the catalogue escapes is what JSON escapes.
fn unquoted(quoted: &str) -> String {
    serde_json::from_str(quoted.trim()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{find, read};

    #[test]
    fn texts_are_found_also_over_several_lines() {
        let file = "#. Note\nmsgid \"a.b\"\nmsgstr \"one \"\n\"\\\"two\\\"\"\n\nmsgid \"c\"\nmsgstr \"x\"\n";
        let found = read(file);
        assert_eq!(found[0], ("a.b".to_owned(), "one \"two\"".to_owned()));
        assert_eq!(found[1], ("c".to_owned(), "x".to_owned()));
        assert!(find("refused").is_some_and(|it| it.contains("rule")));
    }
}
