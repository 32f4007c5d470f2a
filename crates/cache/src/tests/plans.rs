//! Plans that are kept: they outlive a restart and a damaged file, say nothing of what may not
//! be seen any more, and no line becomes two commands.

use std::fs;

use muster_domain::{Command, WorkspaceId};
use muster_protocol::Say;

use super::world::*;
use crate::{Label, PlanDraft, PlanEntry, PlanPlace, Undone};

fn line(body: &str, workspace: Option<WorkspaceId>) -> PlanDraft {
    PlanDraft { body: body.to_owned(), seen: format!("seen {body}"), workspace }
}

fn keep(world: &World, name: &str) -> u64 {
    let lines = [line("one", Some(ws(1))), line("two", Some(ws(1))), line("account", None)];
    world.cache.add_plan(name, "selection", &lines, NOW).expect("is kept")
}

fn plan(world: &World, id: u64) -> PlanEntry {
    world.cache.plan(id).expect("reads").expect("is there")
}

fn names(world: &World) -> Vec<String> {
    world.cache.plans().expect("reads").into_iter().map(|it| it.name).collect()
}

#[test]
fn e47_a_plan_is_kept_over_a_restart_and_sends_nothing() {
    let world = World::northwind();
    let id = keep(&world, "Tidy up");
    keep(&world, "Later");
    let world = world.restart();
    assert_eq!(names(&world), ["Later", "Tidy up"], "the newest first");
    let found = plan(&world, id);
    let bodies: Vec<_> = found.lines.iter().map(|it| it.body.clone().expect("told")).collect();
    assert_eq!(bodies, ["one", "two", "account"]);
    assert_eq!(found.lines[0].seen.as_deref(), Some("seen one"));
    assert_eq!(world.request().1.len(), 0, "nothing leaves by itself");
}

#[test]
fn e47_a_plan_that_was_taken_away_comes_back() {
    let world = World::northwind();
    let id = keep(&world, "Tidy up");
    assert_eq!(world.cache.rename_plan(id, "Tidy").expect("answers"), Undone::Done);
    assert_eq!(world.cache.remove_plan(id, NOW).expect("answers"), Undone::Done);
    assert_eq!(names(&world), [""; 0]);
    assert_eq!(world.cache.remove_plan(id, NOW).expect("answers"), Undone::TooLate);
    assert_eq!(world.cache.restore_plan(id).expect("answers"), Undone::Done);
    assert_eq!(names(&world), ["Tidy"]);
    let later = NOW.plus_days(31);
    world.cache.remove_plan(id, NOW).expect("answers");
    let other = keep(&world, "Other");
    world.cache.remove_plan(other, later).expect("answers");
    assert_eq!(world.cache.restore_plan(id).expect("answers"), Undone::TooLate, "long ago");
    assert_eq!(world.cache.restore_plan(other).expect("answers"), Undone::Done);
}

#[test]
fn e47_that_a_line_became_a_command_is_kept_with_the_command() {
    let world = World::northwind();
    let id = keep(&world, "Tidy up");
    let place = PlanPlace { plan: id, line: 1 };
    let command = suspend(3);
    let kept = world.cache.submit_plan_line(place, &command, NOW, Label::default());
    let n = kept.expect("is kept").n.expect("it waits");
    let world = world.restart();
    assert_eq!(plan(&world, id).lines[1].command, Some(n));
    assert_eq!(plan(&world, id).lines[0].command, None);
    let pending: Vec<Option<Command>> =
        world.cache.pending().expect("reads").into_iter().map(|it| it.command).collect();
    assert_eq!(pending, [Some(command)]);
    let drop = |line| world.cache.drop_plan_line(PlanPlace { plan: id, line }).expect("answers");
    assert_eq!(drop(1), Undone::TooLate, "it is the record of what was done");
    assert_eq!(drop(0), Undone::Done);
    assert_eq!(plan(&world, id).lines.len(), 2);
}

#[test]
fn r10_plans_say_nothing_of_a_workspace_that_is_lost() {
    let world = World::northwind();
    let id = keep(&world, "Remove Person 3");
    let both = [line("here", Some(ws(1)))];
    let alone = world.cache.add_plan("Secret plan", "text", &both, NOW).expect("is kept");
    world.apply(answer(1, 20, vec![Say::Grants { all: Vec::new() }, accounts()]));
    let found = plan(&world, id);
    let told: Vec<_> = found.lines.iter().map(|it| it.body.as_deref()).collect();
    assert_eq!(told, [None, None, Some("account")]);
    assert_eq!(found.lines[0].seen, None);
    assert_eq!(plan(&world, alone).name, "", "a name may be a person's");
}

#[test]
fn e47_plans_are_saved_out_of_a_damaged_outbox() {
    let world = World::northwind();
    world.submit(suspend(3));
    keep(&world, "Tidy up");
    let World { dir, cache } = world;
    drop(cache);
    let path = dir.path().join("outbox.db");
    let mut bytes = fs::read(&path).expect("reads");
    bytes[500..700].iter_mut().for_each(|it| *it ^= 0x5a);
    fs::write(&path, bytes).expect("writes");
    let cache = open(dir.path()).expect("opens");
    let world = World { dir, cache };
    assert!(world.cache.salvaged().is_some(), "it was damaged");
    assert_eq!(names(&world), ["Tidy up"]);
    let id = world.cache.plans().expect("reads")[0].id;
    assert_eq!(plan(&world, id).lines.len(), 3);
}
