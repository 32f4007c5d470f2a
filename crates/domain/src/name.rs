//! Names of accounts, workspaces, people and records, as they are kept.

use crate::refusal::{Refusal, RefusalCode};

/// A name as it is kept: trimmed, 1 to 80 characters, nothing that hides or breaks a line.
///
/// # Errors
/// [`RefusalCode::BadName`] otherwise.
pub fn clean_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let length = name.chars().count();
    if length == 0 || length > 80 || name.contains(hidden) {
        return Err(Refusal::new(RefusalCode::BadName));
    }
    Ok(name.to_owned())
}
