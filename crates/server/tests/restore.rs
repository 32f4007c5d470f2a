//! A server that was put back from a backup: told apart from the one that ran here last, so that
//! nobody goes on with numbers that mean something else by now (sync.md 4.10).

mod support;

use std::path::Path;

use muster_domain::{Command, SchemeId, WorkspaceId};
use muster_protocol::{Ask, Cursor, GrantSet, Have, OutcomeStatus, Want};
use muster_server::store::sqlite::backup::{BackupError, backup, restore};
use support::{BEGIN, Person, World};

fn rename(workspace: WorkspaceId, was: &str, title: &str) -> Command {
    Command::RenameWorkspace { workspace, was: was.to_owned(), title: title.to_owned() }
}

async fn agency(world: &World) -> (Person, WorkspaceId) {
    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(world, "Harbour").await;
    (nora, workspace)
}

async fn epoch(world: &World, person: &Person) -> u64 {
    person.exchange(world, &[person.hello(), Ask::Have(Have::default())]).await.epoch
}

fn copy(from: &Path, to: &Path, names: &[&str]) {
    std::fs::create_dir_all(to).expect("a folder");
    for name in names {
        std::fs::copy(from.join(name), to.join(name)).expect("a copy");
    }
}

/// Stops the server without starting it again.
async fn stop(world: &mut World) {
    let server = world.server.take().expect("it runs");
    server.shutdown().await.expect("a clean end");
}

#[tokio::test]
async fn the_epoch_stays_over_restarts_and_crashes() {
    let mut world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let first = epoch(&world, &nora).await;
    world.restart().await;
    assert_eq!(epoch(&world, &nora).await, first);
    nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    stop(&mut world).await;
    // A power cut may lose what was marked last, but never a commit.
    let mark = world.folder.path().join("muster.mark");
    let told = std::fs::read_to_string(&mark).expect("the mark");
    let changes: u64 = told.split(' ').nth(1).expect("it").parse().expect("a number");
    let behind = told.replacen(&format!("{changes:020}"), &format!("{:020}", changes - 1), 1);
    assert_ne!(behind, told);
    std::fs::write(&mark, behind).expect("written");
    world.restart().await;
    assert_eq!(epoch(&world, &nora).await, first);
}

#[tokio::test]
async fn a_database_put_back_by_hand_is_told_apart() {
    let mut world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    stop(&mut world).await;
    let kept = tempfile::tempdir().expect("a folder");
    copy(world.folder.path(), kept.path(), &["muster.db"]);
    world.restart().await;
    let first = epoch(&world, &nora).await;
    nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    stop(&mut world).await;
    copy(kept.path(), world.folder.path(), &["muster.db"]);
    world.restart().await;
    let second = epoch(&world, &nora).await;
    assert_ne!(second, first, "numbers that were seen run again");
    world.restart().await;
    assert_eq!(epoch(&world, &nora).await, second, "once");
}

#[tokio::test]
async fn a_whole_folder_that_was_copied_elsewhere_is_told_apart() {
    let mut world = World::start().await;
    let (nora, _) = agency(&world).await;
    let first = epoch(&world, &nora).await;
    stop(&mut world).await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    copy(world.folder.path(), elsewhere.path(), &["muster.db", "muster.mark", "secret"]);
    world.folder = elsewhere;
    world.restart().await;
    assert_ne!(epoch(&world, &nora).await, first);
}

#[tokio::test]
async fn a_file_of_an_earlier_build_without_a_mark_goes_on() {
    let mut world = World::start().await;
    let (nora, _) = agency(&world).await;
    let first = epoch(&world, &nora).await;
    stop(&mut world).await;
    let file = world.folder.path().join("muster.db");
    let database = rusqlite::Connection::open(file).expect("the file");
    database.execute("UPDATE meta SET changes = 0", []).expect("as it was before");
    drop(database);
    std::fs::remove_file(world.folder.path().join("muster.mark")).expect("no mark yet");
    world.restart().await;
    assert_eq!(epoch(&world, &nora).await, first);
}

#[tokio::test]
async fn a_backup_of_a_running_server_is_put_back_and_every_app_starts_over() {
    let mut world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let data = world.folder.path().to_owned();
    let kept = tempfile::tempdir().expect("a folder");
    let to = kept.path().join("monday");
    backup(&data, &to).expect("a copy of a running server");
    assert!(matches!(backup(&data, &to), Err(BackupError::Exists { .. })));
    assert!(to.join("secret").exists() && !to.join("muster.mark").exists());

    nora.apply(&world, &rename(workspace, "Harbour", "Lost")).await;
    let seen = nora.everything(&world).await;
    let error = restore(&data, &to, BEGIN).expect_err("it runs");
    assert!(matches!(error, BackupError::Running), "{error}");
    stop(&mut world).await;
    let restored = restore(&data, &to, BEGIN).expect("put back");
    assert!(restored.chains >= 3, "the account's and both workspaces'");
    assert!(restored.replaced.expect("the old one is kept").exists());
    world.restart().await;

    // The reset path: cursors, grants and places of before mean nothing; everything comes anew.
    let have = Have {
        epoch: Some(seen.epoch),
        cursors: seen.cursors.clone(),
        grants: GrantSet::of(seen.grants.as_deref().unwrap_or_default()),
        want: vec![Want { workspace, after: None }],
        ..Have::default()
    };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    assert_ne!(answer.epoch, seen.epoch);
    assert!(answer.grants.is_some(), "all of them, although their digest may be the same");
    let names: Vec<_> = answer
        .rows
        .iter()
        .filter_map(|it| match &it.row {
            muster_domain::Row::Workspace(it) => Some(it.name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["Harbour"], "as it was on Monday");
    nora.next -= 1;
    let again = nora.command(&world, &rename(workspace, "Harbour", "Haven")).await;
    assert_eq!(again.status, OutcomeStatus::Applied, "the lane goes on from Monday too");
}

#[tokio::test]
async fn a_damaged_or_changed_backup_is_not_put_back() {
    let mut world = World::start().await;
    let (nora, _) = agency(&world).await;
    let data = world.folder.path().to_owned();
    let kept = tempfile::tempdir().expect("a folder");
    let (changed, damaged) = (kept.path().join("changed"), kept.path().join("damaged"));
    for to in [&changed, &damaged] {
        backup(&data, to).expect("a copy");
    }
    stop(&mut world).await;
    let file = rusqlite::Connection::open(changed.join("muster.db")).expect("the copy");
    file.execute_batch(
        "DROP TRIGGER events_stay;
         UPDATE events SET after = replace(after, 'Harbour', 'Arbour');",
    )
    .expect("a thief can");
    drop(file);
    assert!(matches!(restore(&data, &changed, BEGIN), Err(BackupError::History(_))));
    let path = damaged.join("muster.db");
    let mut bytes = std::fs::read(&path).expect("the copy");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_096].fill(0xA5);
    std::fs::write(&path, bytes).expect("damaged");
    assert!(restore(&data, &damaged, BEGIN).is_err());
    let nothing = kept.path().join("nothing");
    assert!(matches!(restore(&data, &nothing, BEGIN), Err(BackupError::Nothing { .. })));
    world.restart().await;
    assert!(nora.grant(&world, nora.home(&world).await).await.is_some(), "nothing was replaced");
}

/// Cursors ahead of the server are of another history, whatever the epoch says.
#[tokio::test]
async fn a_cursor_ahead_of_the_server_starts_over() {
    let world = World::start().await;
    let (nora, _) = agency(&world).await;
    let seen = nora.everything(&world).await;
    let ahead = |it: &Cursor| Cursor { seq: it.seq + 1, ..*it };
    let have = Have {
        epoch: Some(seen.epoch),
        cursors: seen.cursors.iter().map(ahead).collect(),
        grants: GrantSet::of(seen.grants.as_deref().unwrap_or_default()),
        ..Have::default()
    };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    assert!(answer.grants.is_some() && answer.cursors == seen.cursors);
}
