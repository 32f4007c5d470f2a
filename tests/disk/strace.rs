//! The app under `strace`: one of its system calls fails, or all that it hands to the disk is
//! written down.

use std::fmt;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

const LOG: &str = "log";
const SIGKILL: i32 = 9;

/// What a disk does to a system call.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Their names.
    pub calls: &'static str,
    does: &'static str,
    stays: bool,
    ends: bool,
}

impl Fault {
    /// One call fails.
    pub const fn once(calls: &'static str, does: &'static str) -> Self {
        Self { calls, does, stays: false, ends: false }
    }

    /// One call and all after it fail.
    pub const fn from(calls: &'static str, does: &'static str) -> Self {
        Self { calls, does, stays: true, ends: false }
    }

    /// One call fails, and with the first change that cannot be kept the app is gone.
    pub const fn last(calls: &'static str, does: &'static str) -> Self {
        Self { calls, does, stays: false, ends: true }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let often = match (self.stays, self.ends) {
            (true, _) => "from one on",
            (false, true) => "once, and the app is gone",
            (false, false) => "once",
        };
        write!(f, "{} {} {often}", self.calls, self.does)
    }
}

/// One thing that the app did, as the disk or a listener sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Said(String),
    Made(String),
    Wrote { name: String, at: usize, bytes: Vec<u8> },
    Cut { name: String, length: usize },
    Synced(String),
    Removed(String),
}

/// How a life of the app went.
pub struct Run {
    status: ExitStatus,
    /// Its lines, in their order.
    pub said: Vec<String>,
    complaint: String,
    /// Whether the call that should fail was made.
    pub was_hit: bool,
    log: PathBuf,
    files: PathBuf,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, said {:?}\n{}", self.status, self.said, self.complaint)
    }
}

impl Run {
    /// A life in the folder `files`, of whose system calls on it the `at`th meets this fault.
    pub fn with(fault: &Fault, at: u64, folder: &Path, files: &Path) -> Self {
        let when = if fault.stays { format!("{at}+") } else { at.to_string() };
        let inject = format!("inject={}:{}:when={when}", fault.calls, fault.does);
        let mut strace = strace(folder);
        strace.arg("-e").arg(format!("trace={}", fault.calls)).args(["-e", &inject]);
        if fault.ends {
            strace.env("MUSTER_ENDS_THERE", "");
        }
        for name in family() {
            strace.arg("-P").arg(files.join(name));
        }
        Self::of(strace, folder, files)
    }

    /// A life in which all that it does to its files is written down.
    pub fn watched(folder: &Path, files: &Path) -> Self {
        let mut strace = strace(folder);
        let calls = "trace=openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename,renameat";
        strace.args(["-e", calls, "-y", "--strings-in-hex=all", "-s", "100000"]);
        Self::of(strace, folder, files)
    }

    /// So many lives in one folder that nobody disturbs but each other. None ends before each
    /// has opened the files or has been told why not.
    pub fn beside_each_other(files: &Path, number: usize) -> Vec<Self> {
        let begin = || {
            let mut life = Command::new(client());
            life.arg(files).env("RUST_BACKTRACE", "0").stdin(Stdio::piped());
            life.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("is built")
        };
        let mut lives: Vec<_> = (0..number).map(|_| begin()).collect();
        let mut heard = Vec::new();
        for life in &mut lives {
            let mut lines = BufReader::new(life.stdout.take().expect("is piped"));
            let mut first = String::new();
            lines.read_line(&mut first).expect("words");
            heard.push((first, lines));
        }
        // From here on nobody holds them.
        lives.iter_mut().for_each(|life| drop(life.stdin.take()));
        let end = |(life, (mut said, mut rest)): (Child, (String, BufReader<_>))| {
            rest.read_to_string(&mut said).expect("words");
            let Output { status, stderr, .. } = life.wait_with_output().expect("ends");
            Self::told(Output { status, stdout: said.into_bytes(), stderr }, files, files)
        };
        lives.into_iter().zip(heard).map(end).collect()
    }

    fn of(mut strace: Command, folder: &Path, files: &Path) -> Self {
        strace.arg(client()).arg(files).stdin(Stdio::null()).env("RUST_BACKTRACE", "0");
        Self::told(strace.output().expect("scripts/setup installs strace"), folder, files)
    }

    fn told(output: Output, folder: &Path, files: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let log = folder.join(LOG);
        let was_hit = fs::read(&log).is_ok_and(|bytes| text(&bytes).contains("(INJECTED)"));
        let was_killed = output.status.signal() == Some(SIGKILL);
        Self {
            status: output.status,
            said: text(&output.stdout).lines().map(str::to_owned).collect(),
            complaint: text(&output.stderr),
            was_hit: was_hit || was_killed,
            log,
            files: files.to_owned(),
        }
    }

    /// Whether it came to its end, or was killed as it should be: anything else is a crash.
    pub fn has_ended_well(&self) -> bool {
        self.status.success() || self.status.signal() == Some(SIGKILL)
    }

    /// What it did, in its order.
    pub fn events(&self) -> Vec<Event> {
        let log = fs::read_to_string(&self.log).expect("strace writes a log");
        log.lines().filter_map(|line| event(line, &self.files)).collect()
    }
}

fn strace(folder: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o"]).arg(folder.join(LOG));
    strace
}

/// The app, built by the same `cargo test`.
fn client() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows itself");
    let profile = test.parent().and_then(Path::parent).expect("tests are in target/<profile>/deps");
    profile.join("examples").join("disk-client")
}

/// The files whose system calls fail.
fn family() -> impl Iterator<Item = String> {
    let files = ["outbox.db", "mirror.db"].into_iter();
    files.flat_map(|file| ["", "-wal", "-shm"].map(|end| format!("{file}{end}")))
}

/// A line of the log, if it is about one of the files or is something said.
fn event(line: &str, files: &Path) -> Option<Event> {
    let (_, call) = line.split_once(' ')?;
    let (call, result) = call.trim_start().rsplit_once(" = ")?;
    let (name, rest) = call.split_once('(')?;
    if result.starts_with('-') {
        return None;
    }
    let arguments = rest.strip_suffix(')')?;
    let on_file = || within(&unescaped(between(arguments, '<', '>')?), files);
    match name {
        "write" if arguments.starts_with("1<") => {
            let line = String::from_utf8(unescaped(quoted(arguments)?)).ok()?;
            Some(Event::Said(line.trim_end().to_owned()))
        }
        "openat" if arguments.contains("O_CREAT") => {
            Some(Event::Made(within(&unescaped(quoted(arguments)?), files)?))
        }
        "pwrite64" => {
            let at = arguments.rsplit_once(", ")?.1.parse().ok()?;
            Some(Event::Wrote { name: on_file()?, at, bytes: unescaped(quoted(arguments)?) })
        }
        "ftruncate" => {
            let length = arguments.rsplit_once(", ")?.1.parse().ok()?;
            Some(Event::Cut { name: on_file()?, length })
        }
        "fsync" | "fdatasync" => Some(Event::Synced(on_file()?)),
        "unlink" => Some(Event::Removed(within(&unescaped(quoted(arguments)?), files)?)),
        _ => None,
    }
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    let (_, rest) = text.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

fn quoted(text: &str) -> Option<&str> {
    between(text, '"', '"')
}

/// The name of a file in the folder, or nothing for the folder itself.
fn within(path: &[u8], files: &Path) -> Option<String> {
    let path = Path::new(std::str::from_utf8(path).ok()?);
    Some(path.strip_prefix(files).ok()?.to_str()?.to_owned())
}

/// The bytes of `\x12\xab…`.
fn unescaped(text: &str) -> Vec<u8> {
    let byte = |hex: &str| u8::from_str_radix(hex, 16).expect("strace writes hexadecimal");
    text.split("\\x").skip(1).map(byte).collect()
}
