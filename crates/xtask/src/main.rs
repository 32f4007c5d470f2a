//! Checks of the repository itself, run as `cargo xtask tidy`, and the page of requirements,
//! written by `cargo xtask requirements`: what a reader is promised in
//! `ARCHITECTURE.md` and in the documents, and what no compiler looks at.

mod arrows;
mod documents;
mod files;
mod requirements;
mod workspace;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use workspace::Workspace;

/// What is wrong, one sentence each.
type Findings = Vec<String>;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => report(tidy()),
        Some("requirements") => match root().and_then(|root| requirements::write(&root)) {
            Ok(written) => {
                println!("{written}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("the page could not be written: {error}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("usage: cargo xtask tidy | requirements");
            ExitCode::from(2)
        }
    }
}

fn report(findings: Result<Findings, Box<dyn Error>>) -> ExitCode {
    match findings {
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

fn root() -> Result<PathBuf, Box<dyn Error>> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

fn tidy() -> Result<Findings, Box<dyn Error>> {
    let root = root()?;
    let workspace = Workspace::read(&root)?;
    let mut findings = arrows::check(&workspace);
    findings.extend(documents::check(&root, &workspace)?);
    findings.extend(files::check(&root)?);
    findings.extend(requirements::check(&root)?);
    Ok(findings)
}
