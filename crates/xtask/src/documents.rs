//! The documents name what is there: every package, and why each dependency is.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use crate::Findings;
use crate::workspace::Workspace;

/// Packages that `ARCHITECTURE.md` does not name, and dependencies without a reason.
pub fn check(root: &Path, workspace: &Workspace) -> Result<Findings, Box<dyn Error>> {
    let architecture = std::fs::read_to_string(root.join("ARCHITECTURE.md"))?;
    let mut findings = Findings::new();
    for package in &workspace.packages {
        if !architecture.contains(&format!("`{}`", package.name)) {
            findings.push(format!("ARCHITECTURE.md does not name `{}`", package.name));
        }
    }
    let reasons = std::fs::read_to_string(root.join("docs/dependencies.md"))?;
    let used: BTreeSet<String> =
        workspace.crates().into_iter().chain(workspace.npm.clone()).collect();
    findings.extend(compare(&named(&reasons), &used));
    Ok(findings)
}

fn compare(named: &BTreeSet<String>, used: &BTreeSet<String>) -> Findings {
    let missing = used.difference(named);
    let missing = missing.map(|it| format!("docs/dependencies.md gives no reason for `{it}`"));
    let gone = named.difference(used);
    let gone = gone.map(|it| format!("docs/dependencies.md names `{it}`, which nothing uses"));
    missing.chain(gone).collect()
}

/// The names in the first cells of the tables.
fn named(text: &str) -> BTreeSet<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `"));
    cells.filter_map(|it| it.split_once('`')).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{compare, named};

    #[test]
    fn a_dependency_without_a_reason_and_a_reason_without_one_are_found() {
        let named = named("# Title\n| name | why |\n|---|---|\n| `kept` | r |\n| `gone` | r |\n");
        let used = ["kept".to_owned(), "new".to_owned()].into();
        let findings = compare(&named, &used);
        assert_eq!(findings.len(), 2);
        assert!(findings[0].contains("`new`") && findings[1].contains("`gone`"));
    }
}
