//! One device in a storm: the app without a window, making changes until it is told to be quiet.
//!
//! `storm-client <folder> <seed> <pause>`: every `<pause>` milliseconds or so it does something,
//! and prints `kept <n>` once the app has accepted a change under that number. On its input it
//! takes `quiet` (no more changes), `ask` (prints `waits <n> <connection>`) and `end`.

#[path = "../people/mod.rs"]
mod people;

mod acts;
mod dice;

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use acts::{Done, Hands};
use dice::Dice;
use muster_client::{App, Config};
use people::FileVault;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().expect("a folder"));
    let seed = args.next().expect("a seed").parse().expect("a number");
    let pause = args.next().expect("a pause").parse().expect("a number");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(dir, Dice(seed), pause));
}

async fn run(dir: PathBuf, dice: Dice, pause: u64) {
    let app = App::new(Config {
        vault: Arc::new(FileVault::new(&dir)),
        dir,
        tell: Arc::new(|_| {}),
        runtime: tokio::runtime::Handle::current(),
        version: "test".to_owned(),
        machine: "test".to_owned(),
    });
    let state = app.app_state().await.expect("opens");
    assert!(state.problem.is_none(), "the copy does not open: {:?}", state.problem);
    say("ready");
    let mut orders = orders();
    let mut hands = Hands { app: app.clone(), dice };
    let mut is_busy = true;
    loop {
        let thinking = Duration::from_millis(pause / 2 + hands.dice.roll(pause));
        let order = tokio::select! {
            biased;
            order = orders.recv() => order.unwrap_or_else(|| "end".to_owned()),
            () = tokio::time::sleep(thinking), if is_busy => {
                if let Done::Kept(n) = hands.act().await {
                    say(&format!("kept {n}"));
                }
                continue;
            }
        };
        match order.as_str() {
            "quiet" => is_busy = false,
            "ask" => {
                let state = app.app_state().await.expect("tells");
                let connection = state.connection.state;
                say(&format!("waits {} {connection:?}", state.counts.not_sent));
            }
            _ => break,
        }
    }
    app.end().await;
    say("ended");
}

/// The lines of the input, as they come.
fn orders() -> UnboundedReceiver<String> {
    let (send, orders) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    orders
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").expect("somebody listens");
    out.flush().expect("somebody listens");
}
