//! Checks of the repository itself, run as `cargo xtask tidy`: what a reader is promised in
//! `ARCHITECTURE.md` and in the documents, and what no compiler looks at.

mod arrows;
mod documents;
mod files;
mod workspace;

use std::path::Path;
use std::process::ExitCode;

use workspace::Workspace;

/// What is wrong, one sentence each.
type Findings = Vec<String>;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("tidy") {
        eprintln!("usage: cargo xtask tidy");
        return ExitCode::from(2);
    }
    match tidy() {
        Ok(findings) if findings.is_empty() => {
            println!("tidy");
            ExitCode::SUCCESS
        }
        Ok(findings) => {
            for finding in &findings {
                eprintln!("{finding}");
            }
            eprintln!("{} findings", findings.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("tidy could not look: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> Result<Findings, Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workspace = Workspace::read(&root)?;
    let mut findings = arrows::check(&workspace);
    findings.extend(documents::check(&root, &workspace)?);
    findings.extend(files::check(&root)?);
    Ok(findings)
}
