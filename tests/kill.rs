//! `kill -9` of app and server at random moments while changes are queued and sent: no
//! acknowledged change is lost, none is applied twice (D1, S5).
//!
//! `MUSTER_SEED=n` repeats the choices, `MUSTER_ROUNDS=n` sets how many rounds (200).

mod people;

use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use muster_client::view::Intent;
use muster_domain::{Labels, Plan, SchemeId, WorkspaceId};
use people::Person;
use people::server::Server;

/// How long an app may take to open on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the app says: that it is open, and each number that it has accepted.
enum Said {
    Open,
    Ack(u64),
}

/// The app under test with what it has acknowledged so far.
struct Busy {
    child: Child,
    lines: Receiver<Said>,
    is_open: bool,
}

impl Busy {
    fn start(person: &Person, workspace: WorkspaceId) -> Self {
        let mut child = Command::new(people::server::example("busy-client"))
            .arg(person.dir.path())
            .arg(workspace.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo test builds examples");
        let stdout = child.stdout.take().expect("piped");
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let number = line.strip_prefix("ack ").and_then(|it| it.parse().ok());
                let said = number.map(Said::Ack).or((line == "open").then_some(Said::Open));
                if said.is_some_and(|said| send.send(said).is_err()) {
                    return;
                }
            }
        });
        Self { child, lines, is_open: false }
    }

    /// Waits until it is open, however long that takes here.
    fn opens(&mut self) {
        if !self.is_open {
            let first = self.lines.recv_timeout(PATIENCE);
            assert!(matches!(first, Ok(Said::Open)), "the app does not open");
            self.is_open = true;
        }
    }

    /// Collects acknowledgements for a while.
    fn listen(&mut self, acked: &mut Vec<u64>, time: Duration) {
        let deadline = Instant::now() + time;
        while let Ok(said) =
            self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            match said {
                Said::Open => self.is_open = true,
                Said::Ack(number) => acked.push(number),
            }
        }
    }

    /// Kills it and collects what it had still said.
    fn kill(mut self, acked: &mut Vec<u64>) {
        let running = self.child.try_wait().expect("can be asked");
        assert!(running.is_none(), "the app ended by itself: {running:?}");
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("ends");
        acked.extend(self.lines.iter().filter_map(|said| match said {
            Said::Open => None,
            Said::Ack(number) => Some(number),
        }));
    }
}

/// SplitMix64.
fn roll(state: &mut u64, sides: u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % sides
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |it| it.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread")]
async fn d1_kill_9_loses_nothing_acknowledged_and_applies_nothing_twice() {
    let mut dice = number("MUSTER_SEED", RandomState::new().hash_one(0));
    let rounds = number("MUSTER_ROUNDS", 200);
    println!("MUSTER_SEED={dice} MUSTER_ROUNDS={rounds}");
    let mut server = Server::start();
    let (person, workspace) = prepared(&server).await;

    let mut acked = Vec::new();
    let mut busy = Busy::start(&person, workspace);
    for _ in 0..rounds {
        // Now and then it is killed while it opens.
        if roll(&mut dice, 5) > 0 {
            busy.opens();
        }
        busy.listen(&mut acked, Duration::from_millis(20 + roll(&mut dice, 200)));
        match roll(&mut dice, 10) {
            0..=2 => {
                server.kill();
                server.restart();
            }
            3 => {
                server.kill();
                busy.kill(&mut acked);
                server.restart();
                busy = Busy::start(&person, workspace);
            }
            _ => {
                busy.kill(&mut acked);
                busy = Busy::start(&person, workspace);
            }
        }
    }
    busy.kill(&mut acked);

    let person = Person::at(person.dir.clone());
    person.app.app_state().await.expect("opens after all that");
    person.all_sent().await;
    let pending = person.app.pending().await.expect("the page");
    assert!(pending.refused.is_empty(), "nothing was refused: {:?}", pending.refused);
    person.app.end().await;
    server.kill();

    let applied = renames(&server);
    println!("{rounds} rounds, {} acknowledged, {} applied", acked.len(), applied.len());
    let mut sorted = applied.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), applied.len(), "nothing is applied twice");
    assert_eq!(applied, sorted, "everything is applied in order");
    for number in &acked {
        assert!(sorted.binary_search(number).is_ok(), "T{number} was acknowledged and is lost");
    }
    assert!(acked.len() * 2 > usize::try_from(rounds).expect("few"), "the app was busy");
}

/// Somebody signed in with a workspace to rename, the app closed.
async fn prepared(server: &Server) -> (Person, WorkspaceId) {
    let person = Person::new();
    person.sign_up(server.url(), "Ana", SchemeId::OwnerLed).await;
    person.first_workspace().await;
    let account = person
        .until("the account", async || {
            let me = person.app.app_state().await.ok()?.me?;
            me.accounts.first().map(|it| it.id.clone())
        })
        .await;
    person
        .apply(Intent::CreateWorkspace {
            account,
            name: "T0".into(),
            plan: Some(Plan::Pro),
            add_me: true,
            labels: Labels::default(),
        })
        .await;
    let workspace = person.workspace("T0").await.id;
    person.app.end().await;
    (person, workspace)
}

/// The numbers of the renames in the server's log, in its order.
fn renames(server: &Server) -> Vec<u64> {
    let file = server.data().join("muster.db");
    let db = rusqlite::Connection::open(file).expect("the server's database");
    let mut query = db
        .prepare("SELECT after FROM events WHERE kind = 'workspace.renamed' ORDER BY seq, ord")
        .expect("the log");
    let rows = query.query_map([], |row| row.get::<_, String>(0)).expect("the log");
    rows.map(|after| {
        let row: serde_json::Value = serde_json::from_str(&after.expect("text")).expect("json");
        let name = row["name"].as_str().expect("a name");
        name.strip_prefix('T').and_then(|it| it.parse().ok()).expect("T and a number")
    })
    .collect()
}
