//! What no file may be or hold.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use crate::Findings;

/// Longer files are split, or have their reason here.
const LINES: usize = 600;

/// Files that are longer, and why.
const LONG: &[(&str, &str)] = &[
    ("Cargo.lock", "written by cargo"),
    ("ui/package-lock.json", "written by npm"),
    ("ui/src/backend/types.ts", "generated from crates/client/src/view"),
    ("crates/cli/src/help.txt", "generated from the command line"),
    ("ui/src/locales/en.po", "the catalogue: one entry for each sentence"),
    ("ui/src/locales/later.en.po", "the catalogue of pages that are read later"),
    (
        "crates/server/tests/isolation.rs",
        "one matrix: principals, routes and relations side by side",
    ),
    ("crates/protocol/tests/wire.rs", "one of every frame and body there is, beside its form"),
    ("crates/server/tests/history.rs", "one property: its model, its commands, its checks"),
    ("crates/client/src/view/intent.rs", "every intent of the window, one list on purpose"),
    ("crates/domain/src/command.rs", "every command there is, one closed list"),
    ("src-tauri/src/commands.rs", "every command of the window, a few lines each"),
    ("ui/src/test/memory.ts", "the core as tests of the window see it, joined from memory/"),
];

/// A text that must not be there.
struct Forbidden {
    text: &'static str,
    /// Only in files whose path has this.
    within: &'static str,
    why: &'static str,
}

/// Split in two, so that this file does not hold them.
const FORBIDDEN: &[Forbidden] = &[
    Forbidden { text: concat!("/wo", "rk/"), within: "", why: "a path of one machine" },
    Forbidden { text: concat!("/ro", "ot/"), within: "", why: "a path of one machine" },
    Forbidden { text: concat!("/home", "/"), within: "", why: "a path of one machine" },
    Forbidden { text: concat!("/tmp/", "target"), within: "", why: "a path of one machine" },
    Forbidden {
        text: concat!("#[ign", "ore"),
        within: ".rs",
        why: "a test that does not run proves nothing",
    },
    Forbidden {
        text: concat!("thread::sl", "eep"),
        within: "tests",
        why: "wait on the condition, not on time",
    },
];

/// The files of the repository, also those that are not committed yet.
pub fn listed(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.split_terminator('\0').map(str::to_owned).collect())
}

/// Files that are too long, and words that must not be there.
pub fn check(root: &Path) -> Result<Findings, Box<dyn Error>> {
    let mut findings = Findings::new();
    for path in listed(root)? {
        // Data is not text, and a listed file may be deleted but not yet committed.
        if let Ok(text) = std::fs::read_to_string(root.join(&path)) {
            findings.extend(check_file(&path, &text));
        }
    }
    findings.extend(long_for_no_reason(root));
    Ok(findings)
}

fn check_file(path: &str, text: &str) -> Findings {
    // What others wrote is used as it is.
    if path.contains("/fixtures/") {
        return Findings::new();
    }
    let mut findings = Findings::new();
    let lines = text.lines().count();
    let is_long = lines > LINES && !path.contains("/snapshots/");
    if is_long && !LONG.iter().any(|(it, _)| *it == path) {
        findings.push(format!("{path} has {lines} lines: split it, or give a reason in xtask"));
    }
    for (at, line) in text.lines().enumerate() {
        let found =
            FORBIDDEN.iter().filter(|it| path.contains(it.within) && line.contains(it.text));
        findings.extend(found.map(|it| format!("{path}:{}: `{}`: {}", at + 1, it.text, it.why)));
    }
    findings
}

/// Exceptions that are none any more.
fn long_for_no_reason(root: &Path) -> Findings {
    let gone = LONG.iter().filter(|(path, _)| !root.join(path).exists());
    gone.map(|(path, _)| format!("xtask excuses {path}, which is not there")).collect()
}

#[cfg(test)]
mod tests {
    use super::{LINES, check_file};

    #[test]
    fn a_long_file_needs_a_reason() {
        let long = "\n".repeat(LINES + 1);
        assert_eq!(check_file("crates/a.rs", &long).len(), 1);
        assert!(check_file("Cargo.lock", &long).is_empty(), "excused");
        assert!(check_file("crates/a.rs", &"\n".repeat(LINES)).is_empty());
    }

    #[test]
    fn forbidden_words_are_found_where_they_are_forbidden() {
        let ignored = concat!("#[ign", "ore]\nfn test() {}");
        assert_eq!(check_file("crates/a.rs", ignored).len(), 1);
        let sleep = concat!("std::thread::sl", "eep(second);");
        assert_eq!(check_file("crates/a/tests/b.rs", sleep).len(), 1);
        assert!(check_file("crates/a/src/b.rs", sleep).is_empty(), "only tests must not");
    }
}
