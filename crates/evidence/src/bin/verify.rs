//! `muster-verify <folder>`: checks the evidence of an access review, without any server.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use muster_evidence::{CSV, Files, HTML, PACK, SEAL, check};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(folder), None) = (arguments.next(), arguments.next()) else {
        eprintln!("muster-verify <folder>");
        return ExitCode::from(2);
    };
    let files = match read(Path::new(&folder)) {
        Ok(files) => files,
        Err(error) => {
            println!("Not verified: {error}.");
            return ExitCode::FAILURE;
        }
    };
    match check(&files) {
        Ok(report) => {
            println!("Verified.");
            report.proved.iter().for_each(|it| println!("  proved  {it}"));
            report.open.iter().for_each(|it| println!("  open    {it}"));
            for name in others(Path::new(&folder)) {
                println!("  open    `{name}` is no part of the evidence.");
            }
            ExitCode::SUCCESS
        }
        Err(tampered) => {
            println!("Not verified: {tampered}.");
            ExitCode::FAILURE
        }
    }
}

fn read(folder: &Path) -> io::Result<Files> {
    let file = |name: &str| {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("`{name}`: {error}"));
        fs::read(folder.join(name)).map_err(named)
    };
    Ok(Files { html: file(HTML)?, csv: file(CSV)?, pack: file(PACK)?, seal: file(SEAL)? })
}

/// Files of the folder that nobody signed.
fn others(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().map(|it| it.file_name().to_string_lossy().into_owned());
    let mut others: Vec<String> =
        names.filter(|it| ![HTML, CSV, PACK, SEAL].contains(&it.as_str())).collect();
    others.sort();
    others
}
