//! The arrows between packages point inward only, and the rule book depends on next to nothing.

use crate::Findings;
use crate::workspace::{Package, Workspace};

/// Which packages of ours each package may use. Tests may use more.
const ARROWS: &[(&str, &[&str])] = &[
    ("muster-domain", &[]),
    ("muster-protocol", &["muster-domain"]),
    ("muster-cache", &["muster-protocol", "muster-domain"]),
    ("muster-sync", &["muster-cache", "muster-protocol", "muster-domain"]),
    ("muster-evidence", &["muster-protocol", "muster-domain"]),
    (
        "muster-client",
        &["muster-evidence", "muster-sync", "muster-cache", "muster-protocol", "muster-domain"],
    ),
    ("muster-host", &["muster-client"]),
    ("muster", &["muster-host", "muster-client", "muster-domain"]),
    ("muster-cli", &["muster-host", "muster-client", "muster-evidence", "muster-domain"]),
    ("muster-server", &["muster-protocol", "muster-domain"]),
    ("xtask", &[]),
];

/// What the rule book may use from outside: nothing that reaches a file, a clock or chance.
const DOMAIN_MAY_USE: &[&str] = &["serde"];

/// New arrows, and new ties of the rule book.
pub fn check(workspace: &Workspace) -> Findings {
    workspace.packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Findings {
    let name = &package.name;
    let Some((_, allowed)) = ARROWS.iter().find(|(it, _)| it == name) else {
        return vec![format!("package `{name}` has no arrows in crates/xtask/src/arrows.rs")];
    };
    let used = package.dependencies.iter().filter(|it| it.kind.as_deref() != Some("dev"));
    let mut findings = Findings::new();
    for dependency in used {
        let (is_ours, other) = (dependency.path.is_some(), dependency.name.as_str());
        if is_ours && !allowed.contains(&other) {
            findings.push(format!("`{name}` must not use `{other}`: arrows point inward"));
        }
        if !is_ours && name == "muster-domain" && !DOMAIN_MAY_USE.contains(&other) {
            findings.push(format!("`{name}` must not use `{other}`: the rule book is pure"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check_package;
    use crate::workspace::{Dependency, Package};

    fn package(name: &str, dependency: &str, kind: Option<&str>, ours: bool) -> Package {
        let dependency = Dependency {
            name: dependency.to_owned(),
            kind: kind.map(str::to_owned),
            path: ours.then(|| "crates".to_owned()),
        };
        Package { name: name.to_owned(), dependencies: vec![dependency] }
    }

    #[test]
    fn an_arrow_outward_is_found_and_one_inward_is_not() {
        let inward = package("muster-server", "muster-domain", None, true);
        assert!(check_package(&inward).is_empty());
        let outward = package("muster-domain", "muster-server", None, true);
        assert_eq!(check_package(&outward).len(), 1);
        let in_tests = package("muster", "muster-server", Some("dev"), true);
        assert!(check_package(&in_tests).is_empty(), "tests may use more");
    }

    #[test]
    fn a_new_tie_of_the_rule_book_and_an_unknown_package_are_found() {
        assert_eq!(check_package(&package("muster-domain", "rand", None, false)).len(), 1);
        assert_eq!(check_package(&package("muster-new", "serde", None, false)).len(), 1);
    }
}
