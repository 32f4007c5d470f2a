//! The shell without its page: which window may call what, the key store of the system, and
//! starts that cannot succeed.

mod people;
mod rig;

use std::collections::BTreeSet;
use std::process::{Command, Output};

use people::server::example;
use rig::desktop::{Desktop, Keyring, root};
use rig::window::app;
use serde_json::Value;
use tauri::Url;
use tauri::ipc::Origin;

/// C1: the table is read by people when it changes. To accept a change: `make gen`.
#[test]
fn security_c1_the_window_may_call_our_commands_and_listen_and_nothing_else() {
    let table = permissions();
    let file = root().join("tests/snapshots/commands.txt");
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&file, &table).expect("the snapshot can be written");
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(table, reviewed, "the permissions are no longer those that were reviewed");
}

#[test]
fn security_c1_the_page_is_confined() {
    let config = std::fs::read_to_string(root().join("tauri.conf.json")).expect("there");
    let config: Value = serde_json::from_str(&config).expect("JSON");
    let security = &config["app"]["security"];
    assert_eq!(security["csp"]["default-src"], "'none'");
    for (directive, value) in security["csp"].as_object().expect("an object") {
        let value = value.as_str().expect("text");
        assert!(!value.contains("unsafe"), "{directive} allows {value}");
        assert!(!value.contains('*'), "{directive} allows {value}");
        assert!(!value.contains("https:"), "{directive} reaches the network: {value}");
    }
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], serde_json::json!(["main"]), "no wildcard");
}

/// Every command there is, for our window and for one that should not exist, from our page and
/// from elsewhere. Only what is allowed is listed.
fn permissions() -> String {
    let mut context = muster_app::context();
    let authority = context.runtime_authority_mut();
    let elsewhere = Url::parse("https://elsewhere.example/").expect("a URL");
    let origins = [("own page", Origin::Local), ("elsewhere", Origin::Remote { url: elsewhere })];
    let mut table = String::new();
    for command in all_commands() {
        for window in ["main", "other"] {
            for (name, origin) in &origins {
                if authority.resolve_access(&command, window, window, origin).is_some() {
                    table.push_str(&format!("{command:<32} {window:<6} {name}\n"));
                }
            }
        }
    }
    table + "everything else is denied\n"
}

/// E-55: windows are alike, so what was reviewed of the first holds of all, and there is none
/// that the capability does not name.
#[test]
fn e55_every_window_has_a_name_and_the_permissions_of_the_first() {
    let file = root().join("src-tauri/capabilities/main.json");
    let main: Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("there")).expect("JSON");
    let named = main["windows"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let named: Vec<&str> = named.collect();
    let source = std::fs::read_to_string(root().join("src-tauri/src/window.rs")).expect("there");
    let (_, labels) = source.split_once("const LABELS").expect("the windows have labels");
    let (labels, _) = labels.split_once("];").expect("a list");
    let labels: Vec<&str> = labels.split('"').skip(1).step_by(2).collect();
    assert_eq!(named, labels, "windows of the capability, and those that can be opened");

    let mut context = muster_app::context();
    let authority = context.runtime_authority_mut();
    for command in all_commands() {
        let may =
            |label| authority.resolve_access(&command, label, label, &Origin::Local).is_some();
        let first = may("main");
        for label in &named {
            assert_eq!(may(label), first, "{command} in {label}");
        }
    }
}

/// The commands that the build knows: ours, and those of the framework and its plugins.
fn all_commands() -> BTreeSet<String> {
    let file = root().join("gen/schemas/acl-manifests.json");
    let manifests = std::fs::read_to_string(file).expect("the build writes it");
    let manifests: Value = serde_json::from_str(&manifests).expect("JSON");
    let mut commands = BTreeSet::new();
    for (owner, manifest) in manifests.as_object().expect("an object") {
        for permission in manifest["permissions"].as_object().expect("an object").values() {
            for command in permission["commands"]["allow"].as_array().into_iter().flatten() {
                let command = command.as_str().expect("text");
                commands.insert(match owner.as_str() {
                    "__app-acl__" => command.to_owned(),
                    plugin => {
                        let plugin = plugin.strip_prefix("core:").unwrap_or(plugin);
                        format!("plugin:{plugin}|{command}")
                    }
                });
            }
        }
    }
    assert!(commands.len() > 100, "the framework has many commands: {}", commands.len());
    commands
}

fn ask(desktop: &Desktop, words: &[&str]) -> Vec<String> {
    let output = desktop.command(example("vault-probe")).args(words).output().expect("runs");
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().map(str::to_owned).collect()
}

#[test]
fn security_c5_secrets_outlive_the_process_and_go_when_told() {
    let desktop = Desktop::start();
    let first = ["get", "session", "check", "set", "session", "one", "set", "session", "two"];
    assert_eq!(ask(&desktop, &first), ["none", "ok", "ok", "ok"]);
    let then = ["check", "get", "session", "delete", "session", "get", "session"];
    assert_eq!(ask(&desktop, &then), ["ok", "two", "ok", "none"]);
    assert_eq!(ask(&desktop, &["delete", "session"]), ["ok"], "deleting twice is no failure");
}

#[test]
fn security_c5_a_locked_key_store_is_told_from_none() {
    let locked = Desktop::with(Keyring::Locked);
    assert_eq!(ask(&locked, &["check", "set", "session", "one"]), ["locked", "locked"]);
    let absent = Desktop::with(Keyring::Absent);
    let answers = ask(&absent, &["check", "get", "session", "set", "session", "one"]);
    assert_eq!(answers, ["absent", "absent", "absent"]);
}

/// A start outside any session; what the variables say is all it has.
fn start(variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(app());
    command.env_clear().envs(variables.iter().copied());
    command.output().expect("the app runs")
}

#[test]
fn security_c6_a_start_that_cannot_succeed_says_why_and_ends_with_a_code() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("file");
    std::fs::write(&file, "not a folder").expect("write");
    let data = dir.path().to_str().expect("text");
    let inside = file.join("data");
    let inside = inside.to_str().expect("text");
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[], "neither HOME nor XDG_DATA_HOME is set"),
        (&[("HOME", "relative"), ("XDG_DATA_HOME", "also/relative")], "neither HOME nor"),
        (&[("MUSTER_DATA_DIR", inside)], "cannot be written to"),
        (&[("MUSTER_DATA_DIR", data)], "there is no display"),
    ];
    for (variables, says) in cases {
        let output = start(variables);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{variables:?}: {told}");
        assert!(told.contains(says), "{variables:?}: {told}");
    }
}

/// A command that the window's permissions leave out is turned away in the app and nowhere else.
#[test]
fn security_c1_every_command_of_the_list_may_be_asked_by_the_window() {
    let list = std::fs::read_to_string(root().join("src-tauri/src/list.rs")).expect("there");
    let file = root().join("src-tauri/capabilities/main.json");
    let main: Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("there")).expect("JSON");
    let allowed: BTreeSet<&str> =
        main["permissions"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let listed = list.lines().map(|line| line.trim().trim_end_matches(','));
    let names = listed
        .filter(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 60, "the list was not read");
    for name in names {
        let permission = format!("allow-{}", name.replace('_', "-"));
        assert!(allowed.contains(permission.as_str()), "{permission} is missing");
    }
}
