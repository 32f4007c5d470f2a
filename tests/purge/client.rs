//! An app without a window whose disk and key store are apart, to be killed while it purges.
//!
//! `purge-client <folder> <key store> <stop>`: prints `gone <due>` whenever it is asked with a
//! line and no workspace is left but its own; `<due>` says whether the copy waits for a new key.
//! With a `<stop>` above 0 it kills itself at that step of its writing to the key store: odd
//! ones come before a change, even ones after it.

#[path = "../people/mod.rs"]
mod people;

use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use muster_client::vault::{Vault, VaultError};
use muster_client::view::WorkspaceFilter;
use muster_client::{App, Config};
use people::FileVault;

struct Stopping {
    vault: FileVault,
    step: AtomicU32,
    stop: u32,
}

impl Stopping {
    fn step(&self) {
        if self.step.fetch_add(1, Ordering::Relaxed) + 1 == self.stop {
            let me = std::process::id().to_string();
            let _ = std::process::Command::new("kill").args(["-9", &me]).status();
        }
    }

    fn change(&self, f: impl FnOnce() -> Result<(), VaultError>) -> Result<(), VaultError> {
        self.step();
        let result = f();
        self.step();
        result
    }
}

impl Vault for Stopping {
    fn check(&self) -> Result<(), VaultError> {
        self.vault.check()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        self.vault.get(name)
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.change(|| self.vault.set(name, secret))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.change(|| self.vault.delete(name))
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().expect("a folder"));
    let keys = PathBuf::from(args.next().expect("a folder of the key store"));
    let stop = args.next().expect("a step").parse().expect("a number");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(dir, &keys, stop));
}

async fn run(dir: PathBuf, keys: &Path, stop: u32) {
    let vault = Stopping { vault: FileVault::new(keys), step: AtomicU32::new(0), stop };
    let app = App::new(Config {
        vault: Arc::new(vault),
        dir,
        tell: Arc::new(|_| {}),
        runtime: tokio::runtime::Handle::current(),
        version: "test".to_owned(),
        machine: "test".to_owned(),
    });
    let state = app.app_state().await.expect("opens");
    assert!(state.problem.is_none(), "the copy does not open: {:?}", state.problem);
    say("open");
    // The driver asks; at the end of its lines it wants the app closed.
    let lines = std::io::stdin().lock().lines();
    for _ in lines.map_while(Result::ok) {
        let page = app.workspaces(WorkspaceFilter::default(), 0, 9).await.expect("a list");
        let copy = app.diagnostics(None).await.expect("tells").copy.expect("is open");
        let word = if page.total <= 1 { "gone" } else { "held" };
        say(&format!("{word} {}", copy.needs_new_key));
    }
    app.end().await;
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").expect("somebody listens");
    out.flush().expect("somebody listens");
}
