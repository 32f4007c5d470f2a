//! First sync of 100,000 memberships in one workspace: from the bytes of the answers to a whole
//! copy, against inserting the same rows in bulk into the same encrypted schema.

mod support;

use support::{CHUNK, Members, apply, median, mirror_file, read, report, roster, time};

const PEOPLE: usize = 100_000;
const ROUNDS: u64 = 3;

fn main() {
    let roster = roster(PEOPLE);
    let answers = roster.answers();
    let bytes: usize = answers.iter().map(Vec::len).sum();
    let as_json = |answer: &Vec<u8>| serde_json::to_vec(&read(answer)).expect("plain data").len();
    let json: usize = answers.iter().map(as_json).sum();
    println!(
        "{} answers, {:.1} MB on the wire; as plain JSON {:.1} MB; ratio {:.2}",
        answers.len(),
        bytes as f64 / 1e6,
        json as f64 / 1e6,
        bytes as f64 / json as f64
    );

    let sync = median(ROUNDS, |_| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let cache = roster.open(dir.path());
        time(|| answers.iter().for_each(|answer| apply(&cache, answer)))
    });

    let dir = tempfile::tempdir().expect("a temporary folder");
    drop(roster.synced(dir.path()));
    let members = Members::of(&mirror_file(dir.path()));
    assert_eq!(members.len(), PEOPLE, "the copy holds everybody");
    let floor = median(ROUNDS, |round| {
        let mut db = members.empty_file(&dir.path().join(format!("floor{round}.db")));
        time(|| members.write(&mut db, 1, PEOPLE))
    });
    let in_chunks = |chunk: usize| {
        median(ROUNDS, |round| {
            let mut db = members.empty_file(&dir.path().join(format!("{chunk}-{round}.db")));
            time(|| members.write_in_chunks(&mut db, chunk))
        })
    };
    let decoding =
        median(ROUNDS, |_| time(|| answers.iter().for_each(|answer| drop(read(answer)))));
    let what = "first sync of 100,000 memberships";
    report(what, sync, "bulk insert of the same rows", floor);
    report(what, sync, "the same insert, one transaction an answer", in_chunks(CHUNK));
    report(what, sync, "the same insert, answers four times as long", in_chunks(4 * CHUNK));
    report(what, sync, "decoding the answers alone", decoding);
}
