//! Plans that are kept: they outlive a restart and a damaged file, say nothing of what may not
//! be seen any more, and no line becomes two commands.

use std::fs;

use muster_domain::{About, Command};
use muster_protocol::Say;

use super::world::*;
use crate::keys::FileKey;
use crate::open::{self, OUTBOX, Use};
use crate::{Label, PlanDraft, PlanEntry, PlanPlace, Undone};

fn line(body: &str, about: About) -> PlanDraft {
    PlanDraft { body: body.to_owned(), seen: format!("seen {body}"), about }
}

fn here() -> About {
    About::Workspace(ws(1))
}

fn keep(world: &World, name: &str) -> u64 {
    let lines =
        [line("one", here()), line("two", here()), line("account", About::Account(account_id()))];
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
    let both = [line("here", here())];
    let alone = world.cache.add_plan("Secret plan", "text", &both, NOW).expect("is kept");
    world.apply(answer(1, 20, vec![Say::Grants { all: Vec::new() }, accounts()]));
    let found = plan(&world, id);
    let told: Vec<_> = found.lines.iter().map(|it| it.body.as_deref()).collect();
    assert_eq!(told, [None, None, Some("account")]);
    assert_eq!(found.lines[0].seen, None);
    assert_eq!(plan(&world, alone).name, "", "a name may be a person's");
}

fn bodies(world: &World, id: u64) -> Vec<Option<String>> {
    plan(world, id).lines.into_iter().map(|it| it.body).collect()
}

/// What the files say of plans, whoever asks.
fn kept(world: &World) -> String {
    world
        .cache
        .ask_outbox(|db| {
            let sql = "SELECT coalesce(group_concat(body || seen, ''), '') FROM plan_lines";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        })
        .expect("reads")
}

#[test]
fn r10_plans_say_nothing_of_an_account_that_is_lost() {
    let world = World::northwind();
    let id = keep(&world, "Remove Person 3");
    let about = [line("admin Person 4", About::Account(account_id()))];
    let alone = world.cache.add_plan("Person 4", "text", &about, NOW).expect("is kept");
    let gone = Say::Accounts(muster_protocol::Accounts::default());
    world.apply(answer(1, 20, vec![Say::Grants { all: Vec::new() }, gone]));
    assert_eq!(bodies(&world, id), [None, None, None]);
    assert_eq!(bodies(&world, alone), [None]);
    assert_eq!(names(&world), ["", ""], "a name may be a person's");
    assert_eq!(kept(&world), "", "the file says nothing either");
}

#[test]
fn r10_what_was_asked_of_an_account_that_is_lost_names_nobody() {
    let world = World::northwind();
    let label = Label { person: Some("Person 4".to_owned()), ..Label::default() };
    let rename = Command::RenameAccount {
        account: account_id(),
        was: "Larch Agency".to_owned(),
        title: "Secret".to_owned(),
    };
    world.cache.submit(&rename, NOW, label).expect("is kept");
    let gone = Say::Accounts(muster_protocol::Accounts::default());
    world.apply(answer(1, 20, vec![Say::Grants { all: Vec::new() }, gone]));
    let told = world.cache.refused().expect("reads");
    assert_eq!(told.len(), 1, "it is not sent");
    assert_eq!(told[0].label.person, None);
    assert!(!told[0].body.contains("Secret") && !told[0].body.contains("Larch"));
}

#[test]
fn r15_plans_say_nothing_of_an_account_that_is_locked_until_there_is_contact() {
    let world = World::northwind();
    let id = keep(&world, "Tidy up");
    let late = |days| NOW.plus_days(days);
    world.cache.heed_lease(crate::Heed::Running, late(8)).expect("looks");
    assert_eq!(bodies(&world, id), [None, None, None], "locked");
    world.cache.heed_lease(crate::Heed::Starting, late(15)).expect("looks");
    assert_eq!(bodies(&world, id), [None, None, None], "erased");
    let mut frames = answer(1, 10, vec![Say::Grants { all: vec![grant(ws(1))] }, accounts()]);
    if let Some(Say::Hello { time, .. }) = frames.first_mut() {
        *time = late(15);
    }
    world.cache.apply(&frames, late(15)).expect("is applied");
    let told = [Some("one"), Some("two"), Some("account")].map(|it| it.map(str::to_owned));
    assert_eq!(bodies(&world, id), told, "there is contact again");
}

#[test]
fn r10_lines_of_an_earlier_version_learn_whose_they_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let steps: Vec<_> = OUTBOX.iter().copied().take_while(|(n, _)| *n < 2_026_112_551).collect();
    let (path, key) = (dir.path().join("outbox.db"), FileKey::new(&[2; 32]));
    let db = open::open(&path, &key, Use::WriteOutbox, &steps).expect("opens");
    let body = format!(r#"{{"intent":"rename_account","account":"{}"}}"#, account_id());
    db.execute("INSERT INTO plan_lines (plan, line, body, seen) VALUES (1, 0, ?1, '{}')", [body])
        .expect("writes");
    drop(db);
    let db = open::open(&path, &key, Use::WriteOutbox, OUTBOX).expect("opens");
    let found: [u8; 16] =
        db.query_row("SELECT account FROM plan_lines", [], |row| row.get(0)).expect("reads");
    assert_eq!(found, account_id().to_bytes());
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
    let cache = super::world::open(dir.path()).expect("opens");
    let world = World { dir, cache };
    assert!(world.cache.salvaged().is_some(), "it was damaged");
    assert_eq!(names(&world), ["Tidy up"]);
    let id = world.cache.plans().expect("reads")[0].id;
    assert_eq!(plan(&world, id).lines.len(), 3);
}
