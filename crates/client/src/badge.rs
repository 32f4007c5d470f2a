//! Letters and colours that tell people and workspaces apart at a glance (ui.md 2.1, 2.2).

use muster_domain::{Colour, Workspace};

/// Two letters for a name: the initials of its first two words, else its first two letters.
pub(crate) fn letters(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let picked: String = match words.as_slice() {
        [] => name.chars().take(1).collect(),
        [word] => word.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    picked.to_uppercase()
}

/// The colour that an id gives, so that it is the same on every device.
pub(crate) fn own_colour(id: [u8; 16]) -> Colour {
    let sum = id.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    Colour::ALL[usize::from(sum) % Colour::ALL.len()]
}

/// A workspace's colour: the one that was chosen, or its id's.
pub(crate) fn colour(workspace: &Workspace) -> u8 {
    workspace.colour.unwrap_or_else(|| own_colour(workspace.id.to_bytes())).number()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_are_initials_or_the_first_two() {
        for (name, wanted) in [
            ("Northwind Retail", "NR"),
            ("Acme", "AC"),
            ("Alex’s workspace", "AW"),
            ("Ω", "Ω"),
            ("", ""),
            ("— ?", "—"),
            ("straße", "ST"),
        ] {
            assert_eq!(letters(name), wanted, "{name}");
        }
    }
}
