//! The command line: its words, and nothing of what they do. Help, completion and the page of
//! the manual are made from it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use muster_domain::{QuietDays, Timestamp};

use crate::moment;
use crate::print::Style;

const AFTER: &str = "\
What only reads works on the copy on this computer and sends nothing.
Days are UTC: 2026-11-22 is the beginning of that day.

Exit codes: 0 done; 1 refused by a rule, whose id is told; 2 wrong use; 3 needs a connection;
4 not signed in; 5 the copy is open in another program; 6 no key store, or it is locked;
7 nothing there that you may see; 8 something on this computer.";

/// Muster on the command line: who has access, who had it, and reviews, with or without a
/// connection.
#[derive(Debug, Parser)]
#[command(name = "muster-cli", version, about, after_help = AFTER)]
pub struct Cli {
    /// Answer as JSON, in forms that do not change (docs/command-line.md).
    #[arg(long, global = true)]
    json: bool,
    /// No notes beside the answer.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// The folder of the copy, instead of the window's; its secrets are its own.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// How answers are written.
    pub fn style(&self) -> Style {
        match (self.json, self.quiet) {
            (true, _) => Style::Json,
            (false, true) => Style::Quiet,
            (false, false) => Style::Plain,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in, and fetch the copy.
    SignIn(SignIn),
    /// Sign out: end the session, erase the copy and its keys.
    SignOut {
        /// Lose the changes that are not sent yet.
        #[arg(long)]
        discard: bool,
    },
    /// Who is signed in where, how old the copy is, and what waits.
    Status,
    /// Send what waits and fetch what is new.
    Sync {
        /// How long to keep at it, in seconds.
        #[arg(long, default_value_t = 600, value_name = "SECONDS")]
        wait: u64,
    },
    /// List what the copy holds.
    List {
        #[command(subcommand)]
        what: Listed,
    },
    /// What happened, newest first.
    History(History),
    /// Who joined, left or changed between two moments.
    Compare(Compare),
    /// Access reviews.
    Review {
        #[command(subcommand)]
        what: ReviewCommand,
    },
    /// Write a table as CSV.
    Export {
        #[command(subcommand)]
        what: Exported,
        /// The file to write; without it, standard output.
        #[arg(long, short, global = true, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Write over a file that is there.
        #[arg(long, global = true)]
        force: bool,
        /// Leave out the first lines, which say what the table is, as of when and made by what.
        #[arg(long, global = true)]
        bare: bool,
    },
    /// Print what completes commands in a shell.
    Completion {
        /// The shell.
        shell: Shell,
    },
    /// Print the page of the manual, or write a page for each command into a folder.
    Man {
        /// The folder.
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct SignIn {
    /// The server's address.
    #[arg(long)]
    pub server: String,
    /// Your address.
    #[arg(long)]
    pub address: String,
    /// Read the password from standard input instead of asking for it.
    #[arg(long)]
    pub password_stdin: bool,
    /// Do not fetch the copy now.
    #[arg(long)]
    pub no_sync: bool,
}

#[derive(Debug, Subcommand)]
pub enum Listed {
    /// The workspaces that you can open.
    Workspaces(Workspaces),
    /// The accounts that you have something in.
    Accounts,
    /// The Account Admins of an account that you administer.
    Admins {
        /// The account, by name or id; without it, each that you administer.
        account: Option<String>,
    },
    /// The members of a workspace.
    Members(Members),
    /// The invitations of a workspace, each with its state.
    Invitations {
        /// The workspace, by name or id.
        workspace: String,
    },
    /// People across all workspaces.
    People {
        /// Words in name or address.
        #[arg(long)]
        search: Option<String>,
    },
    /// What is not sent yet, and what was refused.
    Pending,
}

#[derive(Debug, Args)]
pub struct Workspaces {
    /// Words in name, label or account.
    #[arg(long)]
    pub search: Option<String>,
    /// Only with this label.
    #[arg(long)]
    pub label: Option<String>,
    /// Only those with one owner.
    #[arg(long)]
    pub one_owner: bool,
}

#[derive(Debug, Args)]
pub struct Members {
    /// The workspace, by name or id.
    pub workspace: String,
    /// Words in name or address.
    #[arg(long)]
    pub search: Option<String>,
    /// Only with this role, by its key: owner, write, own:3.
    #[arg(long)]
    pub role: Option<String>,
    /// Only with this label.
    #[arg(long)]
    pub label: Option<String>,
    /// Which of them.
    #[arg(long, value_enum, default_value_t = Which::Present)]
    pub state: Which,
    /// The roster as it was at this moment.
    #[arg(long, value_parser = moment::past, value_name = "MOMENT")]
    pub as_of: Option<Timestamp>,
}

/// Which members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Active and suspended.
    Present,
    /// Active only.
    Active,
    /// Suspended only.
    Suspended,
    /// Those with an end date.
    Ending,
    /// Those who left, were removed or whose time was over.
    Former,
}

#[derive(Debug, Args)]
pub struct History {
    /// Which of it.
    #[command(flatten)]
    pub what: Happened,
    /// At most so many; 0 is all.
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
}

/// A part of what happened.
#[derive(Debug, Args)]
pub struct Happened {
    /// The workspace, by name or id; without it, everything that the copy holds.
    pub workspace: Option<String>,
    /// Words in names, addresses and reasons.
    #[arg(long)]
    pub search: Option<String>,
    /// From this moment on.
    #[arg(long, value_parser = moment::read, value_name = "MOMENT")]
    pub from: Option<Timestamp>,
    /// Before this moment.
    #[arg(long, value_parser = moment::read, value_name = "MOMENT")]
    pub to: Option<Timestamp>,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// The earlier moment.
    #[arg(value_parser = moment::past)]
    pub from: Timestamp,
    /// The later moment.
    #[arg(value_parser = moment::past, default_value = "now")]
    pub to: Timestamp,
    /// One workspace, by name or id; without it, each whose history you may see.
    #[arg(long)]
    pub workspace: Option<String>,
    /// Count changes that are not sent yet, where the later moment is now.
    #[arg(long)]
    pub with_unsent: bool,
}

#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// The reviews and how far they are.
    List {
        /// One workspace, by name or id.
        #[arg(long)]
        workspace: Option<String>,
    },
    /// Start a review for each of the workspaces. Needs a connection: the server freezes the
    /// lists.
    Start(Start),
    /// How far a review is.
    Progress {
        /// The review, by id or by its name.
        review: String,
    },
    /// The people of a review and what was decided about them.
    Lines {
        /// The review, by id or by its name.
        review: String,
        /// Which of them.
        #[arg(long, value_enum, default_value_t = Lines::All)]
        which: Lines,
    },
    /// Write the evidence of a review into a new folder. `muster-verify` checks it.
    Evidence {
        /// The review, by id or by its name.
        review: String,
        /// Where the folder is made; without it, the folder for downloads.
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

/// Which people of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lines {
    /// All.
    All,
    /// Nobody decided.
    Undecided,
    /// Access stays.
    Kept,
    /// Other roles.
    Changed,
    /// Access ends.
    Removed,
    /// Reviewers disagree.
    Disputed,
}

#[derive(Debug, Args)]
#[group(id = "scope", required = true, multiple = false)]
pub struct Scope {
    /// A workspace, by name or id; may be given several times.
    #[arg(long = "workspace", group = "scope", value_name = "WORKSPACE")]
    pub workspaces: Vec<String>,
    /// Every workspace with this label.
    #[arg(long, group = "scope")]
    pub label: Option<String>,
    /// Every workspace of this account, by name or id.
    #[arg(long, group = "scope")]
    pub account: Option<String>,
    /// Every workspace in which you may.
    #[arg(long, group = "scope")]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Start {
    #[command(flatten)]
    pub scope: Scope,
    /// The name of all of them.
    #[arg(long)]
    pub name: String,
    /// When they should be done.
    #[arg(long, value_parser = moment::read, value_name = "MOMENT")]
    pub due: Timestamp,
    /// Who decides, by address; may be given several times. Without it, you.
    #[arg(long = "reviewer", value_name = "ADDRESS")]
    pub reviewers: Vec<String>,
    /// What happens at the end to people whom nobody decided about.
    #[arg(long, value_enum, default_value_t = Undecided::Leave)]
    pub undecided: Undecided,
    /// After how many days without a change somebody is pointed out, 7 to 730.
    #[arg(long, value_name = "DAYS", default_value = "90", value_parser = quiet_days)]
    pub unused: QuietDays,
}

fn quiet_days(text: &str) -> Result<QuietDays, String> {
    let days: u16 = text.parse().map_err(|_| "a number of days is wanted".to_owned())?;
    QuietDays::new(days).map_err(|why| why.to_string())
}

/// What happens to people whom nobody decided about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Undecided {
    /// Nothing; they are reported as not reviewed.
    Leave,
    /// They are suspended, unless they are owners.
    Suspend,
}

#[derive(Debug, Subcommand)]
pub enum Exported {
    /// The workspaces that you can open.
    Workspaces(Workspaces),
    /// The members of a workspace, now or at a moment.
    Members(Members),
    /// The invitations of a workspace, each with its state.
    Invitations {
        /// The workspace, by name or id.
        workspace: String,
    },
    /// The Account Admins of an account that you administer.
    Admins {
        /// The account, by name or id; without it, the one that you administer.
        account: Option<String>,
    },
    /// People across all workspaces.
    People {
        /// Words in name or address.
        #[arg(long)]
        search: Option<String>,
    },
    /// What is not sent yet, and what was refused.
    Pending,
    /// What happened: all that fits.
    History(Happened),
    /// Who joined, left or changed between two moments.
    Compare(Compare),
    /// The people of a review and what was decided about them.
    Review {
        /// The review, by id or by its name.
        review: String,
    },
    /// All that the copy holds of an account, as a folder of tables.
    Account {
        /// The account, by name or id.
        account: String,
        /// Where the folder is made; without it, the folder for downloads.
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    /// The help is what people read first; it changes on purpose only. To accept: `make gen`.
    #[test]
    fn the_help_of_the_command_line_keeps_its_form() {
        let mut text = String::new();
        write(&mut Cli::command(), &mut Vec::new(), &mut text);
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/help.txt");
        if std::env::var_os("MUSTER_WRITE").is_some() {
            std::fs::write(file, &text).expect("the snapshot can be written");
        }
        let reviewed = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(text, reviewed, "the help is no longer what was reviewed");
    }

    fn write(command: &mut clap::Command, path: &mut Vec<String>, text: &mut String) {
        path.push(command.get_name().to_owned());
        let help = command.clone().term_width(100).render_long_help().to_string();
        text.push_str(&format!("$ {} --help\n{}\n\n", path.join(" "), help.trim_end()));
        for sub in command.get_subcommands_mut() {
            write(sub, path, text);
        }
        path.pop();
    }

    #[test]
    fn the_command_line_fits_together() {
        Cli::command().debug_assert();
    }
}
