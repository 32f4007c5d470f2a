//! Hard conditions through the whole system: what the app promises when the machine it runs on
//! does not keep its side (security.md 2.7).

mod people;

use std::fs;
use std::sync::Arc;

use muster_client::view::{ConnectionState, Intent, Phase, Submitted};
use muster_domain::SchemeId;
use people::Person;
use people::server::Server;

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
