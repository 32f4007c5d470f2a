//! Files of the first version of the app, with what a device holds now: the present version
//! must take them up as they are (D5).

use std::fs;
use std::path::Path;

use muster_domain::Login;

use crate::disk::{self, Disk};

/// The first steps of both schemas, and the number that such files bear.
const FIRST_OUTBOX: &str = include_str!("../../crates/cache/src/sql/outbox_20261121.sql");
const FIRST_MIRROR: &str = include_str!("../../crates/cache/src/sql/mirror_20261121.sql");
const FIRST: i64 = 2_026_112_101;

/// What an outbox of the first version has of the present one: everything that is not settled.
const COMMANDS: &str = "n, id, body, workspace, membership, creates, label, made_at, grant_seq,
    deps, expected, state, lane_n, outcome, settled_at";

/// Writes the outbox anew, as the first version would have it.
pub fn outbox(disk: &Disk) {
    let (file, old) = (disk.file(disk::OUTBOX), disk.file("older.db"));
    let db = disk::look(&old, &disk::OUTBOX_KEY);
    db.execute_batch(FIRST_OUTBOX).expect("the first schema");
    db.execute_batch(&format!(
        "ATTACH '{}' AS now KEY \"{}\";
         INSERT INTO lane (only_one, login, device, next_n, acked)
             SELECT only_one, login, device, next_n, acked FROM now.lane;
         INSERT INTO commands ({COMMANDS}) SELECT {COMMANDS} FROM now.commands;
         DELETE FROM sqlite_sequence;
         INSERT INTO sqlite_sequence SELECT name, seq FROM now.sqlite_sequence;
         PRAGMA user_version = {FIRST};
         DETACH now;",
        file.display(),
        disk::raw(&disk::OUTBOX_KEY)
    ))
    .expect("copies");
    drop(db);
    replace(&old, &file);
}

/// Puts a mirror of the first version in the place of the present one. It knows its person and
/// holds nothing that anybody reads: the next step empties it.
pub fn mirror(disk: &Disk, login: &Login) {
    let (file, old) = (disk.file(disk::MIRROR), disk.file("older.db"));
    let db = disk::look(&old, &disk::MIRROR_KEY);
    db.execute_batch(FIRST_MIRROR).expect("the first schema");
    let me = serde_json::to_string(login).expect("a login");
    db.execute("INSERT INTO meta VALUES ('me', ?1), ('epoch', '1')", [me]).expect("writes");
    db.pragma_update(None, "user_version", FIRST).expect("writes");
    drop(db);
    replace(&old, &file);
}

fn replace(old: &Path, file: &Path) {
    fs::rename(old, file).expect("renames");
    disk::forget_log(file);
}
