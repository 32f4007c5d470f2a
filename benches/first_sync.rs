//! First sync of 1,000,000 memberships in 10,000 workspaces, and of 100,000 in one: from the
//! bytes of the answers to a whole copy, against inserting the same rows in bulk into the same
//! encrypted schema. Also how much memory the copy needs for it.

mod support;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use support::{CHUNK, Members, Roster, agency, exchange, median, mirror_file, read, report, time};

/// Set for the process whose memory is measured: where the answers are.
const ANSWERS: &str = "MUSTER_BENCH_ANSWERS";

fn main() {
    if let Some(folder) = env::var_os(ANSWERS) {
        return take_in(Path::new(&folder));
    }
    measure("100,000 memberships of one workspace", &agency(1, 100_000), 3);
    measure("1,000,000 memberships of 10,000 workspaces", &agency(10_000, 100), 1);
}

fn measure(what: &str, roster: &Roster, rounds: u64) {
    let answers = roster.answers();
    size(what, &answers);
    let sync = median(rounds, |_| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = roster.open(dir.path());
        time(|| answers.iter().for_each(|answer| exchange(&cache, answer)))
    });

    let dir = tempfile::tempdir().expect("a temporary folder");
    memory(what, roster, &answers, dir.path());
    let members = Members::of(&mirror_file(&dir.path().join("copy")));
    assert_eq!(members.len(), roster.members.len(), "the copy holds everybody");
    let floor = median(rounds, |round| {
        let mut db = members.empty_file(&dir.path().join(format!("floor{round}.db")));
        time(|| members.write(&mut db, 1, members.len()))
    });
    let in_chunks = median(rounds, |round| {
        let mut db = members.empty_file(&dir.path().join(format!("chunks{round}.db")));
        time(|| members.write_in_chunks(&mut db, CHUNK))
    });
    let decoding =
        median(rounds, |_| time(|| answers.iter().for_each(|answer| drop(read(answer)))));
    report(what, sync, "bulk insert of the same rows and decoding", floor + decoding);
    report(what, sync, "bulk insert of the same rows", floor);
    report(what, sync, "the same insert, one transaction an answer", in_chunks);
    report(what, sync, "decoding the answers alone", decoding);
}

fn size(what: &str, answers: &[Vec<u8>]) {
    let bytes: usize = answers.iter().map(Vec::len).sum();
    let as_json = |answer: &Vec<u8>| serde_json::to_vec(&read(answer)).expect("plain data").len();
    let json: usize = answers.iter().map(as_json).sum();
    println!(
        "{what}: {} answers, {:.1} MB on the wire; as plain JSON {:.1} MB; ratio {:.2}",
        answers.len(),
        bytes as f64 / 1e6,
        json as f64 / 1e6,
        bytes as f64 / json as f64
    );
}

/// Takes the answers in once more, in a process that holds one of them at a time, as the app does.
fn memory(what: &str, roster: &Roster, answers: &[Vec<u8>], folder: &Path) {
    let me = serde_json::to_vec(&roster.me).expect("plain data");
    fs::write(folder.join("me"), me).expect("the folder is ours");
    for (n, answer) in answers.iter().enumerate() {
        fs::write(folder.join(format!("answer{n}")), answer).expect("the folder is ours");
    }
    let program = env::current_exe().expect("is running");
    let peak = Command::new(program).env(ANSWERS, folder).output().expect("starts itself");
    assert!(peak.status.success(), "{}", String::from_utf8_lossy(&peak.stderr));
    println!("{what}: {}", String::from_utf8_lossy(&peak.stdout).trim());
}

fn take_in(folder: &Path) {
    let me = fs::read(folder.join("me")).expect("was written");
    let me = serde_json::from_slice(&me).expect("was written here");
    let copy = folder.join("copy");
    fs::create_dir(&copy).expect("the folder is ours");
    let cache = support::open(&copy, &me);
    for n in 0.. {
        let Ok(answer) = fs::read(folder.join(format!("answer{n}"))) else { break };
        exchange(&cache, &answer);
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("peak memory {}", peak.map_or("not known on this system", str::trim));
}
