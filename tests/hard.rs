//! Hard conditions through the whole system: what the app promises when the machine it runs on
//! does not keep its side (security.md 2.7).

mod people;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use muster_client::view::{
    ConnectionState, FailureCode, Intent, Phase, Rebuilt, Submitted, WorkspaceFilter,
};
use muster_domain::{Role, SchemeId};
use people::server::Server;
use people::{Person, address};

/// The connection gets into this state.
async fn gets(person: &Person, state: ConnectionState) {
    person
        .until(&format!("{state:?}"), async || {
            let found = person.app.app_state().await.ok()?.connection.state;
            (found == state).then_some(())
        })
        .await;
}

/// Ends the app and deletes what it kept in files; the key store keeps its secrets.
async fn without_its_folder(person: Person, files: &[&str]) -> Person {
    person.app.end().await;
    let dir = Arc::clone(&person.dir);
    drop(person);
    for name in files {
        let path = dir.path().join(name);
        if path.is_dir() {
            fs::remove_dir_all(path).expect("deletes");
        } else {
            fs::remove_file(path).expect("deletes");
        }
    }
    Person::at(dir)
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_a_deleted_data_folder_goes_on_with_the_session_of_the_key_store() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    ana.apply(Intent::RenameWorkspace { workspace: home.id, name: "One".into() }).await;
    let ana = without_its_folder(ana, &["settings.json", "logins"]).await;
    assert_eq!(ana.app.app_state().await.expect("a state").phase, Phase::Ready);
    assert_eq!(ana.workspace("One").await.id, home.id, "everything is fetched again");
    // The lane of the deleted outbox had come further: the new one goes on after it.
    ana.apply(Intent::RenameWorkspace { workspace: home.id, name: "Two".into() }).await;
    ana.workspace("Two").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_lost_settings_lose_nothing_that_was_not_sent() {
    let mut server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    server.kill();
    let rename = Intent::RenameWorkspace { workspace: home.id, name: "Unsent".into() };
    let Ok(Submitted::Queued { .. }) = ana.app.submit(rename).await else { panic!("is kept") };
    let ana = without_its_folder(ana, &["settings.json"]).await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!((state.phase, state.counts.not_sent), (Phase::Ready, 1));
    server.restart();
    ana.all_sent().await;
    assert_eq!(ana.workspace("Unsent").await.id, home.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_a_session_of_another_installation_asks_to_sign_in_and_keeps_what_waits() {
    let mut server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    server.kill();
    let rename = Intent::RenameWorkspace { workspace: home.id, name: "Unsent".into() };
    let Ok(Submitted::Queued { .. }) = ana.app.submit(rename).await else { panic!("is kept") };
    // A session as an earlier version kept it, which does not know its installation.
    ana.app.end().await;
    let path = ana.dir.path().join("vault.json");
    let mut secrets: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).expect("reads")).expect("is JSON");
    let session: Vec<u8> =
        serde_json::from_value(secrets["session"].clone()).expect("bytes of the session");
    let mut session: serde_json::Value = serde_json::from_slice(&session).expect("is JSON");
    session.as_object_mut().expect("an object").remove("device").expect("it knows");
    secrets["session"] =
        serde_json::to_value(serde_json::to_vec(&session).expect("encodes")).expect("encodes");
    fs::write(&path, serde_json::to_vec(&secrets).expect("encodes")).expect("writes");
    server.restart();
    let ana = without_its_folder(ana, &["settings.json"]).await;
    ana.app.app_state().await.expect("opens");
    gets(&ana, ConnectionState::SignedOut).await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!(state.counts.not_sent, 1, "what waits is kept");
    ana.sign_in(server.url(), "Ana").await.expect("signs in");
    ana.all_sent().await;
    assert_eq!(ana.workspace("Unsent").await.id, home.id);
}

/// The key store's file, with one entry changed.
fn change_secret(person: &Person, begin: &str, change: impl FnOnce(&mut serde_json::Value)) {
    let path = person.dir.path().join("vault.json");
    let bytes = fs::read(&path).expect("reads");
    let mut secrets: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&bytes).expect("is JSON");
    let name = secrets.keys().find(|it| it.starts_with(begin)).expect("is there").clone();
    let secret = secrets.get_mut(&name).expect("is there");
    change(secret);
    if secret.is_null() {
        secrets.remove(&name);
    }
    fs::write(&path, serde_json::to_vec(&secrets).expect("encodes")).expect("writes");
}

/// The folder of the signed-in person's files.
fn files(person: &Person) -> PathBuf {
    let logins = fs::read_dir(person.dir.path().join("logins")).expect("lists");
    logins.flatten().next().expect("one login").path()
}

/// Ana with something that was not sent, her app closed, and her server gone.
async fn unsent() -> (Server, Person) {
    let mut server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    server.kill();
    let rename = Intent::RenameWorkspace { workspace: home.id, name: "Unsent".into() };
    let Ok(Submitted::Queued { .. }) = ana.app.submit(rename).await else { panic!("is kept") };
    ana.app.end().await;
    (server, ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn security_c5_without_the_key_unsent_work_is_never_deleted_without_the_address_typed() {
    let (mut server, ana) = unsent().await;
    let mut key = serde_json::Value::Null;
    change_secret(&ana, "keys:", |secret| std::mem::swap(secret, &mut key));
    let outbox = files(&ana).join("outbox.db");
    let before = fs::read(&outbox).expect("reads");
    let ana = ana.restart().await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!(state.phase, Phase::Blocked);
    assert_eq!(state.problem.expect("says why").code, FailureCode::OutboxKeyLost);
    for wrong in ["", "somebody@else.example"] {
        let refused = ana.app.put_outbox_aside(wrong.to_owned()).await;
        assert_eq!(refused.expect_err("is refused").code, FailureCode::BadRequest);
    }
    assert_eq!(fs::read(&outbox).expect("reads"), before, "nothing was touched");
    server.restart();
    let state = ana.app.put_outbox_aside(address("Ana")).await.expect("goes on");
    assert_eq!((state.phase, state.counts.not_sent), (Phase::Ready, 0));
    let aside = files(&ana).join("outbox.db.damaged-1");
    assert_eq!(fs::read(aside).expect("is kept"), before, "put aside, not deleted");
    ana.first_workspace().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn security_c5_a_key_store_that_comes_back_opens_everything_again() {
    let (mut server, ana) = unsent().await;
    let path = ana.dir.path().join("vault.json");
    let kept = fs::read(&path).expect("reads");
    change_secret(&ana, "keys:", |secret| *secret = serde_json::Value::Null);
    let ana = ana.restart().await;
    assert_eq!(ana.app.app_state().await.expect("a state").phase, Phase::Blocked);
    fs::write(&path, kept).expect("writes");
    // "Try again" asks for the state; nothing has to be started anew.
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!((state.phase, state.counts.not_sent), (Phase::Ready, 1));
    server.restart();
    ana.all_sent().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d5_a_damaged_copy_is_fetched_again_and_unsent_work_is_sent() {
    let (mut server, ana) = unsent().await;
    for name in ["mirror.db", "outbox.db"] {
        let path = files(&ana).join(name);
        let mut bytes = fs::read(&path).expect("reads");
        bytes[500..900].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&path, bytes).expect("writes");
    }
    let ana = ana.restart().await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!((state.phase, state.counts.not_sent), (Phase::Ready, 1));
    assert_eq!(state.copy.rebuilt, Some(Rebuilt::Damage));
    assert_eq!((state.copy.saved, state.copy.lost), (Some(1), None));
    server.restart();
    ana.all_sent().await;
    ana.workspace("Unsent").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_a_second_instance_says_that_the_copy_is_in_use_and_goes_on_when_it_is_not() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    ana.first_workspace().await;
    let second = Person::at(Arc::clone(&ana.dir));
    let state = second.app.app_state().await.expect("a state");
    assert_eq!(state.phase, Phase::Blocked);
    assert_eq!(state.problem.expect("says why").code, FailureCode::CopyInUse);
    ana.app.end().await;
    drop(ana);
    assert_eq!(second.app.app_state().await.expect("a state").phase, Phase::Ready);
}

/// Something at the server's address that answers everything with a page.
fn portal(address: &str) -> std::sync::mpsc::Receiver<()> {
    let listener = TcpListener::bind(address).expect("the server is gone");
    let (met, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4_096];
            let _ = stream.read(&mut request);
            let page = "<html>Welcome to the hotel</html>";
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{page}",
                page.len()
            );
            let _ = stream.write_all(answer.as_bytes());
            if met.send(()).is_err() {
                return;
            }
        }
    });
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn e30_a_captive_portal_purges_nothing_and_ends_no_session() {
    let mut server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    server.kill();
    let address = server.url().trim_start_matches("http://").to_owned();
    let met = portal(&address);
    let failure = ana.app.send_now().await.expect_err("is no server");
    assert_eq!(failure.code, FailureCode::NotMuster, "{failure:?}");
    met.recv().expect("the portal was met");
    gets(&ana, ConnectionState::Offline).await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!(state.phase, Phase::Ready, "nobody was signed out");
    let page = ana.app.workspaces(WorkspaceFilter::default(), 0, 9).await.expect("a list");
    assert_eq!(page.rows[0].id, home.id, "and nothing was purged");
    let rename = Intent::RenameWorkspace { workspace: home.id, name: "Kept".into() };
    assert!(matches!(ana.app.submit(rename).await, Ok(Submitted::Queued { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_lost_access_is_purged_at_once_and_the_copy_gets_a_new_key() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let home = ana.first_workspace().await;
    let link = ana.invite(home.id, "Bo", Role::WorkspaceAdmin).await;
    let bo = Person::new();
    bo.sign_up(server.url(), "Bo", SchemeId::OwnerLed).await;
    bo.app.invitation_accept(link).await.expect("Bo is the addressed person");
    bo.workspace(&home.name).await;
    let keys = |person: &Person| {
        let bytes = fs::read(person.dir.path().join("vault.json")).expect("reads");
        let secrets: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(&bytes).expect("is JSON");
        let found = secrets.iter().find(|(name, _)| name.starts_with("keys:"));
        (found.expect("is there").1.clone(), secrets.keys().any(|it| it.starts_with("next:")))
    };
    let (before, _) = keys(&bo);
    let member = ana.member(home.id, "Bo").await.id;
    let removed = Instant::now();
    ana.apply(Intent::Remove { workspace: home.id, member, reason: None }).await;
    bo.until("the workspace is gone", async || {
        let page = bo.app.workspaces(WorkspaceFilter::default(), 0, 9).await.ok()?;
        (!page.rows.iter().any(|it| it.id == home.id)).then_some(())
    })
    .await;
    assert!(removed.elapsed() < Duration::from_secs(5), "{:?}", removed.elapsed());
    bo.until("the old key is destroyed", async || {
        let (now, is_between) = keys(&bo);
        (now != before && !is_between).then_some(())
    })
    .await;
    // What is left opens with the new key and nothing else.
    let bo = bo.restart().await;
    let state = bo.app.app_state().await.expect("opens");
    assert_eq!((state.phase, state.copy.rebuilt), (Phase::Ready, None));
    bo.first_workspace().await;
}

/// A folder that cannot be written to, until this is dropped.
struct Sealed<'a> {
    dir: &'a Path,
    is_mounted: bool,
}

impl<'a> Sealed<'a> {
    /// Over itself, to be read only; rights do not bind those who may mount. For others, the
    /// files take no write any more.
    fn over(dir: &'a Path) -> Self {
        let is_mounted = run("mount", &["--bind".as_ref(), dir.as_ref(), dir.as_ref()]);
        let sealed = Self { dir, is_mounted };
        if is_mounted {
            let options = ["-o".as_ref(), "remount,ro,bind".as_ref(), dir.as_ref()];
            assert!(run("mount", &options), "what may be mounted may be read only");
        } else {
            sealed.set_writable(false);
        }
        assert!(fs::File::options().write(true).open(sealed.outbox()).is_err(), "it is sealed");
        sealed
    }

    fn outbox(&self) -> PathBuf {
        let logins = fs::read_dir(self.dir.join("logins")).expect("lists");
        logins.flatten().next().expect("one login").path().join("outbox.db")
    }

    fn set_writable(&self, writable: bool) {
        for file in [self.outbox(), self.outbox().with_file_name("mirror.db")] {
            let mut rights = fs::metadata(&file).expect("is there").permissions();
            rights.set_readonly(!writable);
            fs::set_permissions(file, rights).expect("is ours");
        }
    }
}

impl Drop for Sealed<'_> {
    fn drop(&mut self) {
        if self.is_mounted {
            assert!(run("umount", &[self.dir.as_ref()]), "nobody uses it any more");
        } else {
            self.set_writable(true);
        }
    }
}

fn run(program: &str, arguments: &[&OsStr]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|it| it.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_folder_that_cannot_be_written_to_is_read_and_nothing_is_accepted() {
    let (mut server, ana) = unsent().await;
    let dir = Arc::clone(&ana.dir);
    let outbox = files(&ana).join("outbox.db");
    let before = fs::read(&outbox).expect("reads");
    server.restart();
    let sealed = Sealed::over(dir.path());
    let ana = ana.restart().await;
    let state = ana.app.app_state().await.expect("a state");
    assert_eq!((state.phase, state.counts.not_sent), (Phase::Ready, 1), "{:?}", state.problem);
    assert_eq!(state.connection.state, ConnectionState::FolderReadOnly);
    let home = ana.workspace("Unsent").await;
    let rename = |name: &str| Intent::RenameWorkspace { workspace: home.id, name: name.into() };
    let no = |what: &str, code: FailureCode| {
        assert_eq!(code, FailureCode::FolderReadOnly, "{what}");
    };
    no("a change", ana.app.submit(rename("Lost")).await.expect_err("is not kept").code);
    no("an undo", ana.app.pending_undo(1).await.expect_err("is not kept").code);
    no("a request", ana.app.send_now().await.expect_err("is not made").code);
    ana.app.workspace_opened(home.id).await.expect("is only read");
    ana.app.end().await;
    drop(sealed);
    assert_eq!(fs::read(&outbox).expect("reads"), before, "as it was");
    let ana = ana.restart().await;
    ana.all_sent().await;
    assert_eq!(ana.workspace("Unsent").await.id, home.id, "and goes on where it was");
}
