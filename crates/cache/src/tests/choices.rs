//! What the person chose for this device.

use std::fs;

use muster_domain::{Row, WorkspaceId};
use muster_protocol::Say;

use super::world::*;
use crate::{Choices, HiddenOnes, Opened, Tick, WorkspaceFilter, WorkspaceOrder, WorkspaceQuery};

/// Workspaces 1 to `count`, named after their numbers.
fn workspaces(count: u8) -> Vec<Say> {
    let all = (1..=count).map(|number| grant(ws(number))).collect();
    let mut frames = vec![Say::Grants { all }, accounts()];
    for number in 1..=count {
        let row = Row::Workspace(workspace(ws(number), &format!("Number {number}")));
        frames.push(chunk(ws(number), vec![stamped(10, row)]));
    }
    answer(1, 10, frames)
}

fn listed(world: &World, hidden: HiddenOnes) -> Vec<WorkspaceId> {
    let filter = WorkspaceFilter { hidden, ..WorkspaceFilter::default() };
    let query = WorkspaceQuery { filter, limit: 20, ..WorkspaceQuery::default() };
    let window = world.cache.workspaces(&query).expect("reads");
    assert_eq!(window.matched as usize, window.rows.len());
    window.rows.iter().map(|row| row.workspace.id).collect()
}

#[test]
fn e19_a_hidden_workspace_is_left_out_of_the_switcher_only() {
    let world = World::empty();
    world.apply(workspaces(3));
    world.cache.set_hidden(ws(2), Tick::On).expect("writes");
    assert_eq!(listed(&world, HiddenOnes::LeftOut), [ws(1), ws(3)]);
    assert_eq!(listed(&world, HiddenOnes::Listed), [ws(1), ws(2), ws(3)]);
    let entry = world.cache.workspace(ws(2)).expect("reads").expect("is there");
    assert!(entry.hidden, "the Workspaces page says so");
    let filter = WorkspaceFilter { hidden: HiddenOnes::LeftOut, ..Default::default() };
    let query =
        WorkspaceQuery { text: "number".to_owned(), filter, limit: 9, ..Default::default() };
    assert_eq!(world.cache.workspaces(&query).expect("reads").matched, 2, "nor by search");
    world.cache.set_hidden(ws(2), Tick::Off).expect("writes");
    assert_eq!(listed(&world, HiddenOnes::LeftOut).len(), 3);
}

#[test]
fn pinned_ones_keep_the_order_that_was_given() {
    let world = World::empty();
    world.apply(workspaces(4));
    world.cache.set_pinned(&[ws(3), ws(1)]).expect("writes");
    assert_eq!(world.cache.choices().expect("reads").pinned, [ws(3), ws(1)]);
    let pinned = |number| world.cache.workspace(ws(number)).expect("reads").expect("is").pinned;
    assert_eq!((pinned(3), pinned(1), pinned(2)), (Some(0), Some(1), None));
    world.cache.set_pinned(&[ws(1), ws(2), ws(3)]).expect("writes");
    assert_eq!(world.cache.choices().expect("reads").pinned, [ws(1), ws(2), ws(3)]);
    world.cache.set_pinned(&[]).expect("writes");
    assert!(world.cache.choices().expect("reads").pinned.is_empty());
}

#[test]
fn e55_the_five_last_opened_are_remembered_the_last_first() {
    let world = World::empty();
    world.apply(workspaces(7));
    for number in [1, 2, 3, 4, 5, 6, 2] {
        world.cache.prefer(ws(number)).expect("writes");
    }
    let recent = world.cache.choices().expect("reads").recent;
    assert_eq!(recent, [ws(2), ws(6), ws(5), ws(4), ws(3)]);
    assert_eq!(world.cache.last_workspace().expect("reads"), Some(ws(2)));
    // One that is lost makes room for an earlier one.
    let all = [1, 3, 4, 5, 6, 7].map(|number| grant(ws(number))).to_vec();
    world.apply(answer(1, 12, vec![Say::Grants { all }, accounts()]));
    let recent = world.cache.choices().expect("reads").recent;
    assert_eq!(recent, [ws(6), ws(5), ws(4), ws(3), ws(1)]);
    assert_eq!(world.cache.last_workspace().expect("reads"), Some(ws(6)));
}

#[test]
fn choices_survive_a_copy_that_is_fetched_anew() {
    let world = World::empty();
    world.apply(workspaces(3));
    world.cache.set_hidden(ws(1), Tick::On).expect("writes");
    world.cache.set_pinned(&[ws(3)]).expect("writes");
    world.cache.prefer(ws(2)).expect("writes");
    let before = world.cache.choices().expect("reads");
    let World { dir, cache } = world;
    drop(cache);
    fs::write(dir.path().join("mirror.db"), b"SQLite format 3\0 and more").expect("writes");
    let world = World { cache: open(dir.path()).expect("opens"), dir };
    assert!(matches!(world.cache.opened(), Opened::Rebuilt(_)));
    assert_eq!(world.cache.choices().expect("reads"), Choices::default(), "nothing is here yet");
    let all = (1..=3).map(|number| grant(ws(number))).collect();
    world.apply(answer(1, 10, vec![Say::Grants { all }, accounts()]));
    assert_eq!(world.request().0.want[0].workspace, ws(2), "the last one open comes first");
    world.apply(workspaces(3));
    assert_eq!(world.cache.choices().expect("reads"), before);
}

fn in_switcher(world: &World, text: &str) -> (Vec<WorkspaceId>, u32, u32) {
    let filter = WorkspaceFilter { hidden: HiddenOnes::LeftOut, ..Default::default() };
    let order = WorkspaceOrder::Switcher;
    let mut ids = Vec::new();
    let mut counts = (0, 0);
    // In small pages, as a long list is read.
    for offset in (0..30).step_by(4) {
        let query = WorkspaceQuery {
            text: text.to_owned(),
            filter: filter.clone(),
            order,
            offset,
            limit: 4,
        };
        let window = world.cache.workspaces(&query).expect("reads");
        counts = (window.pinned, window.recent);
        ids.extend(window.rows.iter().map(|row| row.workspace.id));
    }
    (ids, counts.0, counts.1)
}

#[test]
fn u29_the_switcher_has_pinned_ones_then_recent_ones_then_all_others_by_name() {
    let world = World::empty();
    world.apply(workspaces(9));
    world.cache.set_pinned(&[ws(7), ws(4)]).expect("writes");
    for number in [1, 2, 4, 5, 6, 8, 9, 3] {
        world.cache.prefer(ws(number)).expect("writes");
    }
    let (ids, pinned, recent) = in_switcher(&world, "");
    assert_eq!((pinned, recent), (2, 0), "nine fit on one page");
    assert_eq!(ids, [7, 4, 1, 2, 3, 5, 6, 8, 9].map(ws));
    world.apply(workspaces(12));
    world.cache.set_hidden(ws(8), Tick::On).expect("writes");
    let (ids, pinned, recent) = in_switcher(&world, "");
    assert_eq!((pinned, recent), (2, 5), "3 is open, 4 is pinned, 8 is hidden");
    let by_name = [3, 10, 11, 12];
    let mut rest = by_name.map(|number| (format!("number {number}"), ws(number)));
    rest.sort();
    assert_eq!(ids[..7], [7, 4, 9, 6, 5, 2, 1].map(ws));
    assert_eq!(ids[7..], rest.map(|(_, id)| id));
}

#[test]
fn u29_a_pinned_one_comes_before_others_that_match_as_well() {
    let world = World::empty();
    world.apply(workspaces(4));
    world.cache.set_pinned(&[ws(3)]).expect("writes");
    assert_eq!(in_switcher(&world, "number").0, [3, 1, 2, 4].map(ws));
    assert_eq!(in_switcher(&world, "numbre 4").0, [ws(4)], "a slip of the hand");
}
