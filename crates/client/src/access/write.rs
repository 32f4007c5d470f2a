//! Access as text: one line for each, in one order, nothing that depends on when or by whom.

use std::fmt::Write as _;

use super::{Access, RoleWord, Until, moment};

/// What the first line says.
pub(super) const WORD: &str = "muster-access";

/// The version of the form.
pub(super) const VERSION: u32 = 1;

/// The text. Lines are sorted within their kind, whatever order they came in.
pub(crate) fn write(access: &Access) -> String {
    let mut text = format!("{WORD} {VERSION}\n");
    line(&mut text, format!("workspace {} {}", access.workspace, quoted(&access.name)));
    line(&mut text, format!("scheme {}", access.scheme.key()));
    sorted(&mut text, &access.roles, |it| {
        let gives: Vec<&str> = it.permissions.iter().map(|it| it.key()).collect();
        format!("role {} {}", quoted(&it.name), gives.join(" ")).trim_end().to_owned()
    });
    sorted(&mut text, &access.groups, |it| {
        format!("group {} {}", quoted(&it.name), roles(&it.roles))
    });
    sorted(&mut text, &access.admins, |it| format!("admin {} {}", it.address, quoted(&it.name)));
    sorted(&mut text, &access.people, |it| {
        let mut line = format!("person {} {} {}", it.address, quoted(&it.name), roles(&it.roles));
        if it.is_suspended {
            line.push_str(" suspended");
        }
        if let Some(until) = &it.until {
            line.push_str(&ending(until));
        }
        if let Some(group) = &it.group {
            let _ = write!(line, " group {}", quoted(group));
        }
        line
    });
    sorted(&mut text, &access.invitations, |it| {
        format!("invitation {} {} {}", it.address, quoted(&it.name), roles(&it.roles))
    });
    text
}

fn line(text: &mut String, line: String) {
    text.push_str(&line);
    text.push('\n');
}

fn sorted<T>(text: &mut String, them: &[T], form: impl Fn(&T) -> String) {
    let mut lines: Vec<String> = them.iter().map(form).collect();
    lines.sort();
    lines.into_iter().for_each(|it| line(text, it));
}

fn ending(until: &Until) -> String {
    let at = moment::write(until.at);
    match &until.then {
        None => format!(" until {at}"),
        Some(then) => format!(" until {at} then {}", roles(then)),
    }
}

/// Roles with a plus between them; none is a minus.
fn roles(words: &[RoleWord]) -> String {
    if words.is_empty() {
        return "-".to_owned();
    }
    let word = |word: &RoleWord| match word {
        RoleWord::BuiltIn(role) => role.key().to_owned(),
        RoleWord::Own(name) => quoted(name),
    };
    words.iter().map(word).collect::<Vec<_>>().join("+")
}

/// A name between marks. What would break the line, or could not be seen, is written out.
fn quoted(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push('"');
    for c in name.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            c if is_hidden(c) => {
                let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Line ends, control characters, and those that turn the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || c == '\u{feff}'
}
