//! Completion for shells and pages of the manual, made from the command line itself.

use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::answer::Answer;
use crate::args::Cli;
use crate::trouble::Trouble;

/// What completes commands in a shell.
pub fn completion(shell: Shell) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "muster-cli", &mut script);
    // The generator writes a name with a hyphen in two ways, so that bash finds no subcommand.
    let script = String::from_utf8_lossy(&script).replace("muster__subcmd__cli", "muster__cli");
    Answer::text(script)
}

/// The page of the manual, or a page for each command in a folder.
pub fn man(into: Option<&Path>) -> Result<Answer, Trouble> {
    match into {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
                .map_err(|it| Trouble::machine(&it))?;
            Ok(Answer::text(String::new()))
        }
        None => {
            let mut page = Vec::new();
            let written = clap_mangen::Man::new(Cli::command()).render(&mut page);
            written.map_err(|it| Trouble::machine(&it))?;
            Ok(Answer::text(String::from_utf8_lossy(&page).into_owned()))
        }
    }
}
