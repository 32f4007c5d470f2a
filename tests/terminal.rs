//! Muster on the command line: the real program in a session with a real key store, against a
//! real server, with and without it.

mod people;
mod rig;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use muster_client::view::{Intent, MemberQuery};
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};
use people::server::{Server, binary};
use people::team::{founder, joins, one, workspace};
use people::{PASSWORD, Person, address, everybody};
use rig::desktop::{Desktop, Keyring};
use serde_json::Value;

/// The program in a session, over a folder of its own.
struct Terminal {
    desktop: Desktop,
    data: PathBuf,
}

impl Terminal {
    fn new(keyring: Keyring) -> Self {
        let desktop = Desktop::with(keyring);
        let data = desktop.dir().join("data");
        Self { desktop, data }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.desktop.command(binary("muster-cli"));
        command.env("MUSTER_DATA_DIR", &self.data).args(words);
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).stdin(Stdio::null()).output().expect("the program runs")
    }

    /// What a run printed that ended well.
    fn text(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", told(&output));
        String::from_utf8(output.stdout).expect("text")
    }

    /// The same as JSON of this form.
    fn json(&self, form: &str, words: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(words);
        let value: Value = serde_json::from_str(&self.text(&all)).expect("JSON");
        assert_eq!(value["form"], form, "{value}");
        value
    }

    /// What a run said that ended with this code.
    fn fails(&self, code: i32, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", told(&output));
        told(&output)
    }

    fn sign_in(&self, server: &str, name: &str) -> Output {
        self.sign_in_with(server, name, PASSWORD)
    }

    fn sign_in_with(&self, server: &str, name: &str, password: &str) -> Output {
        let address = address(name);
        let words =
            ["sign-in", "--server", server, "--address", &address, "--password-stdin", "--json"];
        let mut child = self
            .command(&words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut stdin = child.stdin.take().expect("piped");
        // A program that has ended already needs no password.
        let _ = stdin.write_all(format!("{password}\n").as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Ana with *Blue Lake Travel*, in which Zoe can read.
async fn team(server: &Server) -> (Person, WorkspaceId, Person) {
    let ana = founder(server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Blue Lake Travel", Plan::Pro).await;
    let zoe = joins(server, &ana, place, "Zoe", Role::Read).await;
    (ana, place, zoe)
}

#[tokio::test(flavor = "multi_thread")]
async fn e63_e14_e48_the_whole_way_online_and_then_without_the_server() {
    let mut server = Server::start();
    let (ana, place, _zoe) = team(&server).await;
    let terminal = Terminal::new(Keyring::Unlocked);

    assert!(terminal.fails(4, &["list", "workspaces"]).contains("sign-in --server"));
    let wrong = terminal.sign_in_with(server.url(), "Ana", "not the password");
    assert_eq!(wrong.status.code(), Some(4), "{}", told(&wrong));
    let signed_in = terminal.sign_in(server.url(), "Ana");
    assert!(signed_in.status.success(), "{}", told(&signed_in));
    let synced: Value = serde_json::from_slice(&signed_in.stdout).expect("JSON");
    assert_eq!((&synced["form"], &synced["complete"]), (&"sync/1".into(), &true.into()));
    let again = terminal.sign_in(server.url(), "Ana");
    assert_eq!(again.status.code(), Some(2), "{}", told(&again));

    lists_say_what_is_there(&terminal);
    let review = a_review_is_started(&terminal);

    // A change by somebody else comes with the next contact and not before.
    let member = ana.member(place, "Zoe").await;
    let (workspace, member, roles) = (place, member.id, one(Role::Write));
    ana.apply(Intent::SetRoles { workspace, member, roles, reason: None }).await;
    assert!(terminal.text(&["list", "members", "blue lake travel"]).contains("Read"));
    assert!(terminal.json("sync/1", &["sync"])["complete"].as_bool().unwrap_or_default());
    assert!(terminal.text(&["list", "members", "Blue Lake Travel"]).contains("Write"));

    server.kill();
    offline(&terminal, &review);
}

fn lists_say_what_is_there(terminal: &Terminal) {
    let status = terminal.json("status/1", &["status"]);
    assert_eq!(status["signed_in"]["address"], address("Ana"));
    let workspaces = terminal.json("workspaces/1", &["list", "workspaces"]);
    let names: Vec<&str> =
        rows(&workspaces, "workspaces").iter().filter_map(|it| it["name"].as_str()).collect();
    assert!(names.contains(&"Blue Lake Travel"), "{names:?}");
    let members = terminal.json("members/1", &["list", "members", "Blue Lake Travel"]);
    assert_eq!(rows(&members, "members").len(), 2);
    let zoe = rows(&members, "members").iter().find(|it| it["name"] == "Zoe").expect("is there");
    assert_eq!(zoe["roles"][0]["key"], "read");
    assert_eq!(zoe["roles"][0]["name"], "Read");
    let owners = ["list", "members", "Blue Lake Travel", "--role", "owner"];
    assert_eq!(rows(&terminal.json("members/1", &owners), "members").len(), 1);
    let people = terminal.json("people/1", &["list", "people", "--search", "zoe"]);
    assert_eq!(rows(&people, "people").len(), 1);
    let admins = terminal.json("admins/1", &["list", "admins"]);
    assert_eq!(rows(&admins, "admins")[0]["address"], address("Ana"));
    assert!(!rows(&terminal.json("accounts/1", &["list", "accounts"]), "accounts").is_empty());
    let invited = terminal.json("invitations/1", &["list", "invitations", "Blue Lake Travel"]);
    let states: Vec<_> = rows(&invited, "invitations").iter().map(|it| &it["state"]).collect();
    assert_eq!(states, ["accepted"]);
    assert!(rows(&terminal.json("pending/1", &["list", "pending"]), "not_sent").is_empty());
    let missing = terminal.fails(7, &["list", "members", "Nowhere"]);
    assert!(missing.contains("no workspace `Nowhere`") && missing.contains("way out:"));
}

fn rows<'a>(form: &'a Value, of: &str) -> &'a Vec<Value> {
    form[of].as_array().unwrap_or_else(|| panic!("`{of}` in {form}"))
}

/// Answers the review's id.
fn a_review_is_started(terminal: &Terminal) -> String {
    let start = |name: &'static str, due: &'static str| {
        ["review", "start", "--workspace", "Blue Lake Travel", "--name", name, "--due", due]
    };
    let started = terminal.json("reviews-started/1", &start("Autumn", "2099-01-01"));
    let one = &rows(&started, "started")[0];
    assert_eq!(one["result"], "started", "{one}");
    let review = one["review"].as_str().expect("an id").to_owned();
    // A rule's no is told with its id and ends the run with its code.
    let output = terminal.run(&start("Spring", "2001-01-01"));
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("refused"));
    assert!(told(&output).contains("rule: V-49"), "{}", told(&output));
    assert!(terminal.json("sync/1", &["sync"])["complete"].as_bool().unwrap_or_default());
    review
}

/// Everything that reads, with the server gone.
fn offline(terminal: &Terminal, review: &str) {
    lists_agree_with_csv(terminal);
    let history = terminal.json("history/1", &["history", "Blue Lake Travel"]);
    assert_eq!(history["chain"], "sound");
    let texts: Vec<&str> =
        rows(&history, "events").iter().filter_map(|it| it["text"].as_str()).collect();
    assert!(texts.iter().any(|it| it.contains("Zoe") && it.contains("Write")), "{texts:?}");
    assert!(texts.iter().all(|it| !it.contains('{') && !it.starts_with("event.")), "{texts:?}");

    let compared = terminal
        .json("compare/1", &["compare", "2020-01-01", "now", "--workspace", "Blue Lake Travel"]);
    assert_eq!(compared["complete"], true);
    assert_eq!(rows(&compared, "workspaces")[0]["joined_total"], 2);
    assert!(terminal.fails(2, &["compare", "2026-02-01", "2026-01-01"]).contains("later"));
    assert!(terminal.fails(2, &["compare", "yesterday"]).contains("not a day"));

    let reviews = terminal.json("reviews/1", &["review", "list"]);
    assert_eq!(rows(&reviews, "reviews")[0]["id"], review);
    let progress = terminal.json("review/1", &["review", "progress", "autumn"]);
    assert_eq!(
        (&progress["counts"]["all"], &progress["counts"]["undecided"]),
        (&2.into(), &2.into())
    );
    let lines = terminal.json("review-lines/1", &["review", "lines", review]);
    assert_eq!(rows(&lines, "lines").len(), 2);
    evidence(terminal, review);

    let words = ["review", "start", "--all", "--name", "Winter", "--due", "2099-01-01", "--json"];
    let refused: Value = serde_json::from_str(&terminal.fails(3, &words)).expect("JSON");
    assert_eq!((&refused["form"], &refused["exit"]), (&"error/1".into(), &3.into()));
    assert!(terminal.fails(3, &["sync"]).contains("way out:"));
}

fn lists_agree_with_csv(terminal: &Terminal) {
    let file = terminal.desktop.dir().join("members.csv");
    let path = file.to_str().expect("text");
    let words = ["export", "members", "Blue Lake Travel", "--output", path];
    terminal.text(&words);
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(text.starts_with("\u{feff}\"table\",\"members\""), "{text}");
    assert!(text.contains("\"as of\"") && text.contains("\"made with\",\"Muster "), "{text}");
    let bare = terminal.text(&["export", "members", "Blue Lake Travel", "--bare"]);
    assert!(bare.starts_with("\u{feff}\"Name\"") || bare.starts_with("\u{feff}\"name\""), "{bare}");
    assert_eq!(bare.lines().count(), 3, "{bare}");
    assert!(terminal.fails(8, &words).contains("--force"), "a file is not written over");
    terminal.text(&["export", "members", "Blue Lake Travel", "--force", "-o", path]);
    assert!(terminal.text(&["export", "history"]).contains("Zoe"));
}

fn evidence(terminal: &Terminal, review: &str) {
    let into = terminal.desktop.dir().join("evidence");
    let path = into.to_str().expect("text");
    let words = ["review", "evidence", review, "--into", path];
    let written = terminal.json("evidence/1", &words);
    let folder = written["folder"].as_str().expect("a path");
    assert!(Path::new(folder).starts_with(&into));
    let verified = Command::new(binary("muster-verify")).arg(folder).output().expect("runs");
    assert!(verified.status.success(), "{}", told(&verified));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_at_a_time_has_the_copy_and_signing_out_erases_it() {
    let server = Server::start();
    founder(&server, "Ana", SchemeId::OwnerLed).await;
    let terminal = Terminal::new(Keyring::Unlocked);
    assert!(terminal.sign_in(server.url(), "Ana").status.success());

    // What the window holds while it is open.
    let logins = std::fs::read_dir(terminal.data.join("logins")).expect("there");
    let login = logins.map(|it| it.expect("readable").path()).next().expect("somebody");
    let lock = std::fs::File::options().write(true).open(login.join("lock")).expect("there");
    lock.try_lock().expect("nobody has it");
    let said = terminal.fails(5, &["list", "workspaces"]);
    assert!(said.contains("open already") && said.contains("--data-dir"), "{said}");
    drop(lock);
    terminal.text(&["list", "workspaces"]);

    // A copy of its own has secrets of its own.
    let other = terminal.desktop.dir().join("other");
    let words = ["--data-dir", other.to_str().expect("text"), "list", "workspaces"];
    terminal.fails(4, &words);

    let out = terminal.json("status/1", &["sign-out"]);
    assert_eq!(out["signed_in"], Value::Null);
    for file in ["mirror.db", "outbox.db"] {
        assert!(!login.join(file).exists(), "{file} is gone");
    }
    terminal.fails(4, &["list", "workspaces"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_makes_no_contact() {
    let server = Server::start();
    let (ana, place, _zoe) = team(&server).await;
    let terminal = Terminal::new(Keyring::Unlocked);
    assert!(terminal.sign_in(server.url(), "Ana").status.success());
    let before: MemberQuery = everybody(place);
    assert_eq!(ana.app.members(before).await.expect("the roster").people, 2);
    let contact = || terminal.json("status/1", &["status"])["last_contact"].clone();
    let first = contact();
    for words in [["list", "people"], ["list", "pending"], ["review", "list"]] {
        terminal.text(&words);
    }
    assert_eq!(contact(), first, "reading makes no contact");
}

#[test]
fn security_c5_without_a_key_store_nothing_is_kept_and_the_code_says_so() {
    for (keyring, says) in [(Keyring::Absent, "key store"), (Keyring::Locked, "locked")] {
        let terminal = Terminal::new(keyring);
        let said = terminal.fails(6, &["status"]);
        assert!(said.contains(says) && said.contains("way out:"), "{said}");
        let signed_in = terminal.sign_in("http://127.0.0.1:1", "Ana");
        assert_eq!(signed_in.status.code(), Some(6), "{}", told(&signed_in));
    }
}

#[test]
fn completion_and_manual_are_made_and_a_wrong_use_is_told() {
    let run =
        |words: &[&str]| Command::new(binary("muster-cli")).args(words).output().expect("runs");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completion", shell]);
        assert!(script.status.success() && script.stdout.len() > 1_000, "{shell}");
    }
    assert_eq!(bash_completes("muster-cli rev"), "review");
    assert_eq!(bash_completes("muster-cli review st"), "start");
    assert_eq!(bash_completes("muster-cli review start --un"), "--undecided --unused");
    assert_eq!(bash_completes("muster-cli export members x --state sus"), "suspended");
    let page = run(&["man"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains(".TH"), "a page of the manual");
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("of pages");
    let pages = run(&["man", "--into", folder.to_str().expect("text")]);
    assert!(pages.status.success() && folder.join("muster-cli-sync.1").exists());
    assert_eq!(run(&["no-such-thing"]).status.code(), Some(2));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
    for words in [
        &["list", "members", "x", "--as-of", "9999-01-01"][..],
        &["compare", "2026-01-01", "9999-01-01"],
    ] {
        let late = run(words);
        assert_eq!(late.status.code(), Some(2), "{words:?}");
        assert!(told(&late).contains("this moment has not come yet"), "{}", told(&late));
    }
}

/// What bash makes of a line whose last word is being typed.
fn bash_completes(line: &str) -> String {
    const ASK: &str = "source <(\"$0\" completion bash)
        COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _muster__cli muster-cli \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"
        echo -n \"${COMPREPLY[*]}\"";
    let program = binary("muster-cli");
    let asked = Command::new("bash").arg("-c").arg(ASK).arg(program).arg(line).output();
    String::from_utf8(asked.expect("bash is there").stdout).expect("text")
}
