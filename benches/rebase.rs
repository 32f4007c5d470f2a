//! What unsent changes cost each answer: they are lifted off, the answer is applied, and they are
//! laid over it again. That must grow with their number and not with the copy.

mod support;

use std::time::Duration;

use muster_cache::{Cache, Label};
use muster_domain::Command;
use support::{Members, NOW, Roster, agency, apply, median, mirror_file, report, time};

/// How many changes wait, one after the other.
const WAITING: [usize; 3] = [10, 100, 1_000];
const ROUNDS: u64 = 15;

fn main() {
    let small = measure("10,000", &agency(1, 10_000));
    let large = measure("100,000", &agency(1, 100_000));
    for ((waiting, large), small) in WAITING.iter().zip(&large).zip(&small) {
        report(&format!("{waiting} waiting among 100,000"), *large, "among 10,000", *small);
    }
}

/// What so many waiting changes add to an answer of one row, for each of [`WAITING`].
fn measure(among: &str, roster: &Roster) -> Vec<Duration> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let cache = roster.synced(dir.path());
    let mut rounds = 0..;
    let mut answer = || {
        median(ROUNDS, |_| {
            let answer = roster.delta(1, rounds.next().expect("without end"));
            time(|| apply(&cache, &answer))
        })
    };
    let none = answer();
    let mut kept = 0;
    let mut added: Vec<Duration> = Vec::new();
    for waiting in WAITING {
        (kept..waiting).for_each(|number| keep(&cache, roster, number));
        kept = waiting;
        let took = answer();
        report(&format!("an answer over {waiting} waiting among {among}"), took, "over none", none);
        added.push(took.saturating_sub(none));
    }
    for pair in 1..WAITING.len() {
        let (more, less) = (WAITING[pair], WAITING[pair - 1]);
        let what = format!("rebase of {more} among {among}");
        report(&what, added[pair], &format!("of {less}"), added[pair - 1]);
    }
    drop(cache);
    let members = Members::of(&mirror_file(dir.path()));
    let mut db = members.empty_file(&dir.path().join("floor.db"));
    members.write(&mut db, 1, members.len());
    let most = WAITING[WAITING.len() - 1];
    let step = members.len() / most;
    // Off and on again: each of their rows is written twice.
    let floor = median(ROUNDS, |_| {
        time(|| {
            members.write(&mut db, step, most);
            members.write(&mut db, step, most);
        })
    });
    let last = added.last().copied().unwrap_or_default();
    report(&format!("rebase of {most} among {among}"), last, "bare rewriting, twice", floor);
    added
}

/// A note on somebody, not sent.
fn keep(cache: &Cache, roster: &Roster, number: usize) {
    let step = roster.members.len() / 1_001;
    let others = roster.members.iter().filter(|it| it.login != roster.me.id);
    let member = others.skip(1).step_by(step).nth(number).expect("the roster is large enough");
    let command = Command::SetMemberNote {
        workspace: member.workspace,
        membership: member.id,
        was: member.note.clone(),
        note: format!("seen {number}"),
    };
    let kept = cache.submit(&command, NOW, Label::default()).expect("is decided");
    kept.n.expect("an owner may write notes");
}
