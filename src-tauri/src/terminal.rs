//! `muster list members …` on a terminal: the window's program has no words of its own, so it
//! hands them to `muster-cli` beside it. A link is no word.

/// Becomes the command line where the program was started with words. Comes back where it was
/// not, or where there is no command line beside it.
#[cfg(target_os = "linux")]
pub(crate) fn hand_over() {
    use std::os::unix::process::CommandExt as _;
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let Some(first) = words.first().and_then(|it| it.to_str()) else { return };
    if !is_word(first) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let command = program.with_file_name("muster-cli");
    if command.is_file() {
        let error = std::process::Command::new(command).args(words).exec();
        tracing::warn!(%error, "the command line could not be started");
    }
}

/// The other systems start the command line by its own name.
#[cfg(not(target_os = "linux"))]
pub(crate) fn hand_over() {}

/// Whether it is a command's name: neither a link, a file nor an option of the toolkit.
#[cfg(any(target_os = "linux", test))]
fn is_word(argument: &str) -> bool {
    !argument.is_empty()
        && argument.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && !argument.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn e25_a_link_opens_the_window_and_a_word_does_not() {
        assert!(is_word("list") && is_word("sign-in"));
        for other in ["muster://join?code=a", "/srv/file", "--automation", "", "a b", "a.csv"] {
            assert!(!is_word(other), "{other:?}");
        }
    }
}
