//! A first download: several answers in one transaction, seen in time, resumed after a stop.

use muster_domain::{Row, Timestamp};
use muster_protocol::{After, Say};

use super::world::*;
use crate::{Cache, Label, Loading, MemberWindowQuery, Undone};

const PLACES: u8 = 6;

/// One answer of a download that goes on.
fn more(frames: Vec<Say>) -> Vec<Say> {
    let mut answer = answer(1, 10, frames);
    if let Some(Say::End { more, .. }) = answer.last_mut() {
        *more = true;
    }
    answer
}

fn opening() -> Vec<Say> {
    more(vec![Say::Grants { all: (1..=PLACES).map(|it| grant(ws(it))).collect() }, accounts()])
}

/// A whole workspace with one person.
fn place(number: u8) -> Say {
    let name = format!("Place {number}");
    let person = member(ws(number), u32::from(number) + 10, "Some Body");
    chunk(
        ws(number),
        vec![
            stamped(10, Row::Workspace(workspace(ws(number), &name))),
            stamped(10, Row::Membership(person)),
        ],
    )
}

/// A download of which the first place is there.
fn begun() -> World {
    let world = World::empty();
    world.apply(opening());
    world.apply(more(vec![place(1)]));
    world
}

fn shown(cache: &Cache) -> usize {
    let here = |it: &u8| {
        let rows = cache.members(&MemberWindowQuery::of(ws(*it), 9)).expect("reads").rows;
        !rows.is_empty()
    };
    (1..=PLACES).filter(here).count()
}

#[test]
fn the_first_place_is_seen_at_once_and_the_others_together() {
    let world = begun();
    assert_eq!(shown(&world.cache), 1, "usable from the first part");
    let held = world.apply(more(vec![place(2)]));
    assert!(held.more);
    assert!(held.changed.is_empty(), "nobody is told of what nobody can see: {held:?}");
    world.apply(more(vec![place(3)]));
    assert_eq!(shown(&world.cache), 1);
    let (have, _) = world.request();
    assert_eq!(have.want.len(), 3, "what is held is not asked for again");
    assert_eq!(shown(&world.cache), 1, "asking for more shows nothing");
    let last = world.apply(answer(1, 10, vec![place(4), place(5), place(6)]));
    assert_eq!(shown(&world.cache), 6);
    assert!(last.changed.rosters.contains(&ws(2)), "and then they are: {last:?}");
}

#[test]
fn nobody_waits_longer_than_some_seconds() {
    let world = begun();
    let at = |millis: i64| Timestamp(NOW.0 + millis);
    world.cache.apply(&more(vec![place(2)]), at(0)).expect("is applied");
    world.cache.apply(&more(vec![place(3)]), at(2_000)).expect("is applied");
    assert_eq!(shown(&world.cache), 1);
    world.cache.apply(&more(vec![place(4)]), at(3_500)).expect("is applied");
    assert_eq!(shown(&world.cache), 4);
    // And a clock that was turned back holds nothing up.
    world.cache.apply(&more(vec![place(5)]), at(3_600)).expect("is applied");
    world.cache.apply(&more(vec![]), at(-90_000)).expect("is applied");
    assert_eq!(shown(&world.cache), 5);
}

#[test]
fn whoever_writes_ends_it_first() {
    let world = begun();
    world.apply(more(vec![place(2), place(3)]));
    assert_eq!(shown(&world.cache), 1);
    let rename = muster_domain::Command::RenameWorkspace {
        workspace: ws(2),
        was: "Place 2".to_owned(),
        title: "Elsewhere".to_owned(),
    };
    let kept = world.cache.submit(&rename, NOW, Label::default()).expect("is decided");
    let n = kept.n.expect("what is held counts for the rules, so it is kept");
    assert_eq!(shown(&world.cache), 3);
    // With something unsent, each answer is seen at once.
    world.apply(more(vec![place(4)]));
    assert_eq!(shown(&world.cache), 4);
    assert_eq!(world.cache.undo(n, NOW).expect("is taken back"), Undone::Done);
}

#[test]
fn a_line_that_breaks_shows_what_came() {
    let world = begun();
    world.apply(more(vec![place(2)]));
    world.cache.show().expect("shows");
    assert_eq!(shown(&world.cache), 2);
    let told = world.cache.heed_lease(crate::Heed::Running, NOW).expect("looks");
    assert!(told.rosters.contains(&ws(2)), "and whoever looks next is told: {told:?}");
}

#[test]
fn an_orderly_end_keeps_what_came() {
    let world = begun();
    world.apply(more(vec![place(2)]));
    let world = world.restart();
    assert_eq!(shown(&world.cache), 2);
}

#[test]
fn a_kill_costs_what_was_held_and_no_more() {
    let world = begun();
    let rows = vec![stamped(10, Row::Workspace(workspace(ws(2), "Place 2")))];
    world.apply(more(vec![part(ws(2), rows, Some(After::Member(mid(3))))]));
    world.apply(more(vec![place(3)]));
    // The files as they lie there.
    let dir = tempfile::TempDir::new().expect("a folder");
    for name in ["mirror.db", "mirror.db-wal", "outbox.db", "outbox.db-wal"] {
        let (from, to) = (world.dir.path().join(name), dir.path().join(name));
        if from.exists() {
            std::fs::copy(from, to).expect("copies");
        }
    }
    let killed = World { cache: open(dir.path()).expect("opens"), dir };
    assert_eq!(shown(&killed.cache), 1);
    let loading = killed.cache.loading().expect("reads");
    assert_eq!(loading, Some(Loading { done: 1, total: u32::from(PLACES) }));
    let (have, _) = killed.request();
    assert_eq!(have.want.len(), 5, "the rest is asked for again");
    assert!(have.want.iter().all(|it| it.after.is_none()), "from where the file knows");
    killed.apply(answer(1, 10, (2..=PLACES).map(place).collect()));
    assert_eq!(shown(&killed.cache), usize::from(PLACES));
}

#[test]
fn an_answer_that_cannot_be_taken_costs_what_was_held_and_no_more() {
    let world = begun();
    world.apply(more(vec![place(2)]));
    let mut foreign = more(vec![place(3)]);
    if let Some(Say::Hello { login, .. }) = foreign.first_mut() {
        login.id = login_id(77);
    }
    assert!(world.cache.apply(&foreign, NOW).is_err());
    assert_eq!(shown(&world.cache), 1);
    let (have, _) = world.request();
    assert_eq!(have.want.len(), 5);
    world.apply(answer(1, 10, (2..=PLACES).map(place).collect()));
    assert_eq!(shown(&world.cache), usize::from(PLACES));
}
