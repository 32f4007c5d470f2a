//! Writes answers and troubles. Nothing is coloured and nothing depends on the terminal, so that
//! what a person sees is what a script reads.

use std::io::{self, Write as _};

use serde_json::json;

use crate::answer::{Answer, Body};
use crate::sheet::harmless;
use crate::trouble::Trouble;

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Aligned text.
    Plain,
    /// Aligned text without notes.
    Quiet,
    /// JSON.
    Json,
}

/// Writes an answer.
pub fn answer(answer: &Answer, style: &Style) -> Result<(), Trouble> {
    let text = match (&answer.body, style) {
        (Body::Sheet(_, form), Style::Json) => json_text(form),
        (Body::Sheet(sheet, _), Style::Plain | Style::Quiet) => sheet.text(),
        (Body::Text(text), _) => text.clone(),
    };
    let written = io::stdout().lock().write_all(text.as_bytes());
    if let Err(error) = written.and_then(|()| io::stdout().lock().flush()) {
        // `muster-cli list members … | head` is no failure.
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Ok(());
        }
        return Err(Trouble::machine(&error));
    }
    if *style == Style::Plain {
        for note in &answer.notes {
            for line in note.lines() {
                eprintln!("{}", harmless(line));
            }
        }
    }
    Ok(())
}

/// Writes what went wrong: what happened, the way out, the rule.
pub fn trouble(trouble: &Trouble, style: &Style) {
    if *style == Style::Json {
        let error = json!({
            "form": "error/1",
            "code": trouble.code,
            "message": trouble.message,
            "way_out": trouble.way_out,
            "rule": trouble.rule,
            "exit": trouble.exit.number(),
        });
        eprint!("{}", json_text(&error));
        return;
    }
    eprintln!("muster-cli: {}", harmless(&trouble.message));
    if let Some(way_out) = &trouble.way_out {
        eprintln!("  way out: {}", harmless(way_out));
    }
    if let Some(rule) = &trouble.rule {
        eprintln!("  rule: {rule}");
    }
}

/// JSON whose texts hold no bytes that a terminal obeys.
fn json_text(form: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(form).expect("plain data");
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c != '\n' && c.is_control() {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe.push('\n');
    safe
}

#[cfg(test)]
mod tests {
    use super::json_text;

    #[test]
    fn json_holds_no_control_characters_and_means_the_same() {
        let value = serde_json::json!({ "name": "a\u{9b}31m\u{1b}[2J" });
        let text = json_text(&value);
        assert!(!text.trim_end().chars().any(|c| c.is_control() && c != '\n'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(value));
    }
}
