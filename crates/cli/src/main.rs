//! Muster on the command line. It opens the copy that the window opens, with the keys that the
//! window has, and asks the same core; it holds no rule and no second copy of anything.
//!
//! Everything that reads works on the copy alone and sends nothing. Only what says so turns to
//! the server: signing in and out, `sync`, and starting a review.

mod answer;
mod args;
mod compare;
mod everyone;
mod exit;
mod export;
mod form;
mod history;
mod members;
mod moment;
mod papers;
mod pending;
mod place;
mod print;
mod reviews;
mod roles;
mod session;
mod sheet;
mod trouble;
mod words;
mod workspaces;

use std::process::ExitCode;

use clap::Parser as _;

use crate::answer::Answer;
use crate::args::{Cli, Command, Listed, ReviewCommand};
use crate::exit::Exit;
use crate::session::Session;
use crate::trouble::Trouble;

fn main() -> ExitCode {
    log();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return told_by_clap(&error),
    };
    let style = cli.style();
    match run(cli) {
        Ok(answer) => match print::answer(&answer, &style) {
            Ok(()) => answer.exit.code(),
            Err(trouble) => failed(&trouble, &style),
        },
        Err(trouble) => failed(&trouble, &style),
    }
}

fn failed(trouble: &Trouble, style: &print::Style) -> ExitCode {
    print::trouble(trouble, style);
    trouble.exit.code()
}

/// Help and version are answers, everything else that the parser says is a wrong use.
fn told_by_clap(error: &clap::Error) -> ExitCode {
    // Where nobody reads the other end there is nobody to tell.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage.code() } else { Exit::Done.code() }
}

/// The log goes to standard error and is silent unless it is wanted.
fn log() {
    let wanted = tracing_subscriber::EnvFilter::try_from_env("MUSTER_LOG");
    tracing_subscriber::fmt()
        .with_env_filter(wanted.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off")))
        .with_writer(std::io::stderr)
        .init();
}

fn run(cli: Cli) -> Result<Answer, Trouble> {
    match &cli.command {
        Command::Completion { shell } => return Ok(papers::completion(*shell)),
        Command::Man { into } => return papers::man(into.as_deref()),
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Trouble::machine(&error))?;
    runtime.block_on(async {
        let session = Session::open(cli.data_dir.clone(), runtime.handle().clone())?;
        let answered = answer(&session, cli.command).await;
        // Also after a failure: what is being written is written, and the copy is free.
        session.end().await;
        answered
    })
}

async fn answer(session: &Session, command: Command) -> Result<Answer, Trouble> {
    match command {
        Command::SignIn(wanted) => session.sign_in(wanted).await,
        Command::SignOut { discard } => session.sign_out(discard).await,
        Command::Status => session.status().await,
        Command::Sync { wait } => session.sync(wait).await,
        Command::List { what } => listed(session, what).await,
        Command::History(wanted) => history::history(session.app().await?, wanted).await,
        Command::Compare(wanted) => compare::compare(session.app().await?, wanted).await,
        Command::Review { what } => reviewed(session, what).await,
        Command::Export { what, output, force, bare } => {
            let form = export::Form { output: output.as_deref(), force, bare };
            export::export(session, what, form).await
        }
        // Answered before there was a session.
        Command::Completion { shell } => Ok(papers::completion(shell)),
        Command::Man { into } => papers::man(into.as_deref()),
    }
}

/// One list.
async fn listed(session: &Session, what: Listed) -> Result<Answer, Trouble> {
    let app = session.app().await?;
    match what {
        Listed::Workspaces(wanted) => workspaces::workspaces(app, wanted).await,
        Listed::Accounts => workspaces::accounts(app).await,
        Listed::Admins { account } => workspaces::admins(app, account).await,
        Listed::Members(wanted) => members::members(app, wanted).await,
        Listed::Invitations { workspace } => members::invitations(app, workspace).await,
        Listed::People { search } => everyone::people(app, search).await,
        Listed::Pending => pending::pending(app).await,
    }
}

async fn reviewed(session: &Session, what: ReviewCommand) -> Result<Answer, Trouble> {
    let app = session.app().await?;
    match what {
        ReviewCommand::List { workspace } => reviews::list(app, workspace).await,
        ReviewCommand::Start(wanted) => reviews::start(app, wanted).await,
        ReviewCommand::Progress { review } => reviews::progress(app, &review).await,
        ReviewCommand::Lines { review, which } => reviews::lines(app, &review, which).await,
        ReviewCommand::Evidence { review, into } => reviews::evidence(app, &review, into).await,
    }
}
