//! The app's files at work: opens them in the folder that is named, lets a few changes wait,
//! hears of one, takes one back, and says each thing that it may be held to.
//!
//! One thread and no clock, so that its system calls come in the same order each time.

#[path = "../../benches/support/mod.rs"]
mod support;

mod scene;

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use muster_cache::{Cache, CacheError, Undone};
use scene::{AFTERWARDS, Scene, TAKEN_BACK};
use support::NOW;

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).expect("a folder is named"));
    let scene = Scene::new();
    match scene.open(&dir) {
        Ok(cache) => live(&scene, &cache),
        Err(error) => say("not open", &error),
    }
}

fn live(scene: &Scene, cache: &Cache) {
    println!("open");
    for answer in scene.first_sync() {
        heard("synced", cache.apply(&answer, NOW));
    }
    scene::BEFORE.for_each(|number| keep(scene, cache, number));
    // From here on the first of them has a number, and the server may know it.
    heard("asked", cache.request("test", 1 << 20));
    heard("told", cache.apply(&scene.decided(), NOW));
    AFTERWARDS.for_each(|number| keep(scene, cache, number));
    let waiting = cache.pending().unwrap_or_default();
    if let Some(entry) = waiting.iter().find(|it| scene.number(it) == Some(TAKEN_BACK)) {
        match cache.undo(entry.n, NOW) {
            Ok(Undone::Done) => said(&format!("undone {TAKEN_BACK}")),
            Ok(_) => said(&format!("not undone {TAKEN_BACK}")),
            Err(error) => say("not undone", &error),
        }
    }
    // The files stay open for as long as somebody holds the other end.
    std::io::stdin().read_to_end(&mut Vec::new()).expect("an end");
}

fn keep(scene: &Scene, cache: &Cache, number: usize) {
    match cache.submit(&scene.change(number), NOW, Default::default()) {
        Ok(kept) if kept.n.is_some() => said(&format!("kept {number}")),
        Ok(kept) => said(&format!("refused {number}: {:?}", kept.decision)),
        Err(error) => {
            said(&format!("failed {number}: {error}"));
            if std::env::var_os("MUSTER_ENDS_THERE").is_some() {
                // As a kill does it: nothing is closed, and no later commit covers what this
                // one left.
                std::process::exit(0);
            }
        }
    }
}

fn heard<T>(what: &str, result: Result<T, CacheError>) {
    match result {
        Ok(_) => said(what),
        Err(error) => say(&format!("not {what}"), &error),
    }
}

fn say(what: &str, error: &CacheError) {
    said(&format!("{what}: {error}"));
}

/// A line at once, in one system call.
fn said(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("somebody listens");
    out.flush().expect("somebody listens");
}
