//! A device of the storm: a process with the app in it, at the end of a line of its own.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::dice::Dice;
use crate::line::Line;
use crate::people::{self, Person};

/// How long an app may take to start or to end on a busy machine; a request that hangs in a
/// silent line is given up after half of it.
const PATIENCE: Duration = Duration::from_secs(90);

/// One installation with somebody signed in.
pub struct Device {
    /// Whose, as signed up.
    pub name: &'static str,
    pub dir: Arc<tempfile::TempDir>,
    pub line: Line,
    /// Every number under which the app has accepted a change.
    pub kept: BTreeSet<u32>,
    pub restarts: u32,
    running: Option<Running>,
}

struct Running {
    child: Child,
    orders: ChildStdin,
    lines: Receiver<String>,
}

impl Device {
    /// The installation of somebody whose app was closed.
    pub async fn of(name: &'static str, person: Person, line: Line) -> Self {
        person.app.end().await;
        let dir = Arc::clone(&person.dir);
        Self { name, dir, line, kept: BTreeSet::new(), restarts: 0, running: None }
    }

    /// Starts the app, which goes on as it was left.
    pub fn start(&mut self, dice: &mut Dice, pause: u64) {
        let mut child = Command::new(people::server::example("storm-client"))
            .arg(self.dir.path())
            .arg(dice.roll(u64::MAX).to_string())
            .arg(pause.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo test builds examples");
        let orders = child.stdin.take().expect("piped");
        let stdout = child.stdout.take().expect("piped");
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        self.running = Some(Running { child, orders, lines });
        self.hears("ready");
    }

    fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("the app runs")
    }

    /// Takes in what the app has said.
    pub fn listen(&mut self) {
        let said: Vec<_> = self.running().lines.try_iter().collect();
        said.iter().for_each(|line| self.note(line));
        let ended = self.running().child.try_wait().expect("can be asked");
        assert!(ended.is_none(), "the app of {} ended by itself: {ended:?}", self.name);
    }

    fn note(&mut self, line: &str) {
        if let Some(n) = line.strip_prefix("kept ") {
            let n = n.parse().expect("a number");
            assert!(self.kept.insert(n), "{}: number {n} was given twice", self.name);
        }
    }

    /// Waits for a line that begins so.
    fn hears(&mut self, begin: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.running().lines.recv_timeout(left) {
                Ok(line) if line.starts_with(begin) => return line,
                Ok(line) => self.note(&line),
                Err(RecvTimeoutError::Timeout) => panic!("{} never says {begin}", self.name),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the app of {} ended by itself", self.name)
                }
            }
        }
    }

    fn order(&mut self, order: &str) {
        let orders = &mut self.running().orders;
        writeln!(orders, "{order}").expect("the app listens");
        orders.flush().expect("the app listens");
    }

    /// `kill -9`, and a new start.
    pub fn crash(&mut self, dice: &mut Dice, pause: u64) {
        self.listen();
        let mut running = self.running.take().expect("the app runs");
        running.child.kill().expect("SIGKILL");
        running.child.wait().expect("ends");
        let said: Vec<_> = running.lines.iter().collect();
        said.iter().for_each(|line| self.note(line));
        self.restarts += 1;
        self.start(dice, pause);
    }

    /// No more changes.
    pub fn quiet(&mut self) {
        self.order("quiet");
    }

    /// How much waits, and how the connection is.
    pub fn waits(&mut self) -> (u32, String) {
        self.order("ask");
        let line = self.hears("waits ");
        let mut words = line.split(' ').skip(1);
        let waits = words.next().and_then(|it| it.parse().ok()).expect("a number");
        (waits, words.next().expect("a state").to_owned())
    }

    /// Closes the app.
    pub fn end(&mut self) {
        self.order("end");
        self.hears("ended");
        let mut running = self.running.take().expect("the app runs");
        assert!(running.child.wait().expect("ends").success(), "{}", self.name);
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // A test that fails leaves nothing behind.
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}
