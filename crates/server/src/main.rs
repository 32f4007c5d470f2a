//! The server's binary: `serve` runs it, `demo` fills an empty data folder with sample data.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use muster_domain::{Address, WorkspaceId};
use muster_server::app::TOMBSTONE_DAYS;
use muster_server::appoint::{NOTICE_DAYS, Step, Wish, appoint};
use muster_server::clock::{Clock, SystemClock};
use muster_server::demo::{self, Scale};
use muster_server::links::Links;
use muster_server::mail::Post;
use muster_server::mail::relay::{Relay, RelayError};
use muster_server::store::sqlite::backup;
use muster_server::{Config, serve};
use tracing_subscriber::EnvFilter;

/// Muster's server. TLS is terminated in front of it; by default only this machine reaches it.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server until it is told to stop.
    Serve {
        /// The folder of its data.
        #[arg(long, env = "MUSTER_DATA")]
        data: PathBuf,
        /// Where to listen; port 0 takes a free one.
        #[arg(long, env = "MUSTER_LISTEN", default_value = "127.0.0.1:7420")]
        listen: SocketAddr,
        /// The server's name for people.
        #[arg(long, env = "MUSTER_NAME", default_value = "Muster")]
        name: String,
        /// The https address that people reach the server by; links in mail begin with it.
        #[arg(long, env = "MUSTER_PUBLIC_URL")]
        public_url: Option<String>,
        /// The relay that takes the server's mail: smtps://user:password@host:465, or
        /// smtp://user:password@host:587?tls=required. Better in the environment than here:
        /// other users of the machine see command lines.
        #[arg(long, env = "MUSTER_SMTP", hide_env_values = true)]
        smtp: Option<String>,
        /// Whom the mail is from: "Muster <muster@example.org>".
        #[arg(long, env = "MUSTER_MAIL_FROM")]
        mail_from: Option<String>,
        /// After how many days what is left of a deleted record is forgotten. Copies that were
        /// away for longer fetch its workspace again; the history is not touched.
        #[arg(long, env = "MUSTER_TOMBSTONE_DAYS", default_value_t = TOMBSTONE_DAYS,
            value_parser = clap::value_parser!(u32).range(1..=3_650))]
        tombstone_days: u32,
        /// A file to write the address to once the server listens.
        #[arg(long)]
        port_file: Option<PathBuf>,
    },
    /// Appoint an owner where the owners cannot be reached (`owner_led` accounts only). Needs
    /// two operators: the first call asks and gives the owners 14 days' notice, by mail if
    /// `MUSTER_SMTP` is set; the second, by another operator after that time, does it.
    AppointOwner {
        /// The folder of the data; the server may be running.
        #[arg(long, env = "MUSTER_DATA")]
        data: PathBuf,
        /// The workspace's id.
        #[arg(long)]
        workspace: WorkspaceId,
        /// The address of the member who is to be owner.
        #[arg(long)]
        address: String,
        /// Who you are, for the log.
        #[arg(long)]
        operator: String,
    },
    /// Copy the data of a running or stopped server into a folder, as it is at one moment.
    Backup {
        /// The folder of the data.
        #[arg(long, env = "MUSTER_DATA")]
        data: PathBuf,
        /// The folder for the copy; made if it is not there, refused if it holds one.
        #[arg(long)]
        to: PathBuf,
    },
    /// Put a backup back where no server runs. What was there is kept under another name, the
    /// history is checked, and every app starts over from it, keeping what it has not sent.
    Restore {
        /// The folder of the data.
        #[arg(long, env = "MUSTER_DATA")]
        data: PathBuf,
        /// The folder that `backup` wrote.
        #[arg(long)]
        from: PathBuf,
    },
    /// Fill an empty data folder with a sample agency and a freelancer.
    Demo {
        /// The folder of the data.
        #[arg(long, env = "MUSTER_DATA")]
        data: PathBuf,
        /// How many client workspaces.
        #[arg(long, default_value_t = 40)]
        workspaces: usize,
        /// How many people.
        #[arg(long, default_value_t = 1_500)]
        people: usize,
    },
}

fn main() -> ExitCode {
    start_log();
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut line = error.to_string();
            let mut source = error.source();
            while let Some(cause) = source {
                line = format!("{line}: {cause}");
                source = cause.source();
            }
            eprintln!("muster-server: {line}");
            ExitCode::FAILURE
        }
    }
}

fn start_log() {
    let filter = EnvFilter::try_from_env("MUSTER_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("MUSTER_LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().init();
    } else {
        log.init();
    }
}

fn run(command: Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Serve {
            data,
            listen,
            name,
            public_url,
            smtp,
            mail_from,
            tombstone_days,
            port_file,
        } => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            let (links, relay) = outside(public_url.as_deref(), smtp.as_deref(), mail_from)?;
            let clock = Arc::new(SystemClock);
            let config = Config { data, listen, name, clock, links, relay, tombstone_days };
            runtime.block_on(run_server(config, port_file))
        }
        Command::AppointOwner { data, workspace, address, operator } => {
            let address = Address::parse(&address)?;
            run_appoint(&data, &Wish { workspace, address: &address, operator: &operator })
        }
        Command::Backup { data, to } => {
            backup::backup(&data, &to)?;
            println!("copied to {}", to.display());
            Ok(())
        }
        Command::Restore { data, from } => run_restore(&data, &from),
        Command::Demo { data, workspaces, people } => run_demo(&data, Scale { workspaces, people }),
    }
}

/// How people reach the server, and what takes its mail.
fn outside(
    public_url: Option<&str>,
    smtp: Option<&str>,
    from: Option<String>,
) -> Result<(Links, Option<Relay>), Box<dyn std::error::Error>> {
    let links = public_url.map(Links::of).transpose()?.unwrap_or_default();
    let Some(smtp) = smtp else { return Ok((links, None)) };
    if !links.is_known() {
        return Err(RelayError::NoUrl.into());
    }
    let relay = Relay::new(smtp, from.as_deref().unwrap_or_default())?;
    Ok((links, Some(relay)))
}

fn run_appoint(data: &Path, wish: &Wish<'_>) -> Result<(), Box<dyn std::error::Error>> {
    let app = muster_server::serve::open(data, Arc::new(SystemClock), "operator".to_owned())?;
    // The running server sends what is written here.
    let post = if std::env::var_os("MUSTER_SMTP").is_some() { Post::Goes } else { Post::None };
    match appoint(&app, wish, post)? {
        Step::Asked(_) => println!(
            "asked for; another operator can do it in {NOTICE_DAYS} days unless an owner comes back"
        ),
        Step::Appointed => println!("appointed"),
    }
    Ok(())
}

fn run_restore(data: &Path, from: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let restored = backup::restore(data, from, SystemClock.now())?;
    println!("put back; {} histories checked, every app starts over", restored.chains);
    if let Some(replaced) = restored.replaced {
        println!("what was there before: {}", replaced.display());
    }
    Ok(())
}

fn run_demo(data: &Path, scale: Scale) -> Result<(), Box<dyn std::error::Error>> {
    let clock = Arc::new(SystemClock);
    let now = clock.now();
    let app = muster_server::serve::open(data, clock, "demo".to_owned())?;
    let filled = demo::fill(&app, scale, now)?;
    println!("{} changes written; everybody's password is {}", filled.changes, demo::PASSWORD);
    for it in demo::SIGN_INS {
        println!("  {:32} {}", it.address, it.who);
    }
    Ok(())
}

async fn run_server(
    config: Config,
    port_file: Option<PathBuf>,
) -> Result<(), Box<dyn std::error::Error>> {
    let signals = StopSignals::new()?;
    let server = serve(config).await?;
    if let Some(path) = port_file {
        // Renamed into place, so that a reader never sees half an address.
        let part = path.with_extension("part");
        std::fs::write(&part, server.url())?;
        std::fs::rename(&part, &path)?;
    }
    println!("listening on {}", server.url());
    signals.received().await?;
    tracing::info!("stopping");
    server.shutdown().await?;
    Ok(())
}

/// The signals that end the server. Made before anybody is told that it listens, so that a
/// signal at once is not lost.
#[cfg(unix)]
struct StopSignals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn received(mut self) -> std::io::Result<()> {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        Ok(())
    }
}

/// The signals that end the server.
#[cfg(not(unix))]
struct StopSignals;

#[cfg(not(unix))]
impl StopSignals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn received(self) -> std::io::Result<()> {
        tokio::signal::ctrl_c().await
    }
}
