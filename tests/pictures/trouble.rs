//! The window while something is wrong on this side: the copy, its folder, its key, the access.
//! Each has to be told by the page, by the status line and by Diagnostics.

use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::album::Album;
use crate::people::address;
use crate::people::server::Server;
use crate::people::team::{founder, joins, workspace};
use crate::rig::desktop::{Desktop, Keyring};
use crate::rig::disk::Mounted;
use crate::rig::window::Window;
use crate::sample::{self, NORA, agency, beside, places, sign_in, sit_down};
use crate::{people, rig};

/// Where the app of a desktop keeps its files.
fn data(desktop: &Desktop) -> PathBuf {
    desktop.dir().join("data")
}

/// The files of whoever is signed in there.
fn files(desktop: &Desktop) -> PathBuf {
    let logins = std::fs::read_dir(data(desktop).join("logins")).expect("somebody signed in");
    logins.flatten().next().expect("one login").path()
}

/// As a failing disk does it.
fn spoil(file: &Path, from: usize, to: usize) {
    let mut bytes = std::fs::read(file).expect("is there");
    let to = to.min(bytes.len());
    bytes[from..to].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(file, bytes).expect("writes");
}

/// The largest workspace of the sample.
async fn largest(server: &Server) -> WorkspaceId {
    places(&beside(server, NORA).await).await.first().expect("the agency has clients").id
}

/// Asks for something of this person without a connection: it waits.
async fn suspend(album: &Album, row: usize) {
    album.focus_row(row).await;
    album.window.press(&[], '.').await;
    album.window.click("menuitem", "Suspend…").await;
    album.window.find_id("dialog").await;
    album.window.find_like("button", "Suspend ").await.click().await.expect("a click");
    let gone = "return document.querySelector('[data-testid=dialog]') === null";
    rig::until("the dialog to close", async || {
        (album.window.script(gone, &[]).await.ok()? == serde_json::json!(true)).then_some(())
    })
    .await;
}

/// What each condition has to be told by.
async fn told(album: &mut Album, said: &str, name: &str) {
    album.go("/pending", "Pending").await;
    album.window.wait_for_text(said).await;
    album.look(&format!("{name}-pending")).await;
    album.go("/diagnostics", "Diagnostics").await;
    album.look(&format!("{name}-diagnostics")).await;
}

/// A lease of no days: nothing outlives the run.
#[tokio::test(flavor = "multi_thread")]
async fn r15_a_copy_that_is_erased() {
    let mut server = agency();
    let nora = beside(&server, NORA).await;
    let place = places(&nora).await.into_iter().next().expect("the agency has clients");
    nora.apply(Intent::SetPolicy {
        account: place.account.parse().expect("an id"),
        invitation_days: 14,
        lease_days: 0,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days: None,
    })
    .await;
    let desktop = Desktop::start();
    let album = Album::of(sit_down(&desktop, &server, NORA).await, "erased");
    album.go(&format!("/w/{}/members", place.id), "Users").await;
    album.close().await;
    server.kill();
    let mut album = Album::of(Window::open(&desktop, &data(&desktop)).await, "erased");
    album.window.wait_for_text("This copy is locked").await;
    album.look("copy").await;
    album.window.click("button", "Try now").await;
    album.window.wait_for_text("no connection").await;
    album.look("copy-tried").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn c5_a_copy_without_its_key() {
    let mut server = agency();
    let place = largest(&server).await;
    let desktop = Desktop::start();
    let album = Album::of(sit_down(&desktop, &server, NORA).await, "key");
    album.go(&format!("/w/{place}/members"), "Users").await;
    server.kill();
    album.window.wait_for_text("Offline since").await;
    suspend(&album, 3).await;
    album.close().await;

    // Another session of the same person, whose key store is locked.
    let other = Desktop::with(Keyring::Locked);
    let mut album = Album::of(Window::open(&other, &data(&desktop)).await, "key");
    album.window.wait_for_text("key store").await;
    album.look("store-locked").await;
    album.close().await;

    // The store is there and has the key no longer.
    let login = files(&desktop).file_name().expect("a name").to_string_lossy().into_owned();
    let service = format!("app.muster.desktop {}", data(&desktop).display());
    let words = ["of".to_owned(), service, "delete".to_owned(), format!("keys:{login}")];
    let told = desktop.command(people::server::example("vault-probe")).args(words).output();
    assert_eq!(told.expect("runs").stdout, b"ok\nok\n");
    let mut album = Album::of(Window::open(&desktop, &data(&desktop)).await, "key");
    album.window.find_like("button", "Go on").await;
    album.look("lost").await;
    album.window.find_like("button", "Go on").await.click().await.expect("a click");
    album.window.find_id("dialog").await;
    album.look("lost-aside").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_folder_that_takes_no_writes() {
    let server = agency();
    let place = largest(&server).await;
    let desktop = Desktop::start();
    let album = Album::of(sit_down(&desktop, &server, NORA).await, "sealed");
    album.go(&format!("/w/{place}/members"), "Users").await;
    album.close().await;
    let Some(_sealed) = Mounted::read_only(&files(&desktop)) else { return };
    let mut album = Album::of(Window::open(&desktop, &data(&desktop)).await, "sealed");
    album.window.wait_for_text("can’t write to the folder").await;
    album.go(&format!("/w/{place}/members"), "Users").await;
    album.look("users").await;
    album.focus_row(3).await;
    album.window.press(&[], '.').await;
    album.window.click("menuitem", "Suspend…").await;
    album.window.find_id("dialog").await;
    album.window.find_like("button", "Suspend ").await.click().await.expect("a click");
    album.window.wait_for_text("Make it writable").await;
    album.look("refused").await;
    album.close_dialog().await;
    told(&mut album, "can’t write to the folder", "folder").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d3_a_disk_that_is_full() {
    let server = agency();
    let place = largest(&server).await;
    let desktop = Desktop::start();
    std::fs::create_dir_all(data(&desktop)).expect("a folder");
    let Some(disk) = Mounted::small(&data(&desktop), 96) else { return };
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "full");
    album.go(&format!("/w/{place}/members"), "Users").await;
    disk.fill();
    album.focus_row(3).await;
    album.window.press(&[], '.').await;
    album.window.click("menuitem", "Suspend…").await;
    album.window.find_id("dialog").await;
    album.window.find_like("button", "Suspend ").await.click().await.expect("a click");
    album.window.wait_for_text("The disk is full").await;
    album.look("refused").await;
    album.close_dialog().await;
    told(&mut album, "The disk is full", "disk").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d5_damaged_files() {
    let mut server = agency();
    let place = largest(&server).await;
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "damaged");
    album.go(&format!("/w/{place}/members"), "Users").await;
    server.kill();
    album.window.wait_for_text("Offline since").await;
    for row in [3, 5] {
        suspend(&album, row).await;
    }
    album.close().await;

    // The copy alone: it is fetched again, and what waits is untouched. What was written last
    // stands in its log.
    for name in ["mirror.db", "mirror.db-wal"] {
        spoil(&files(&desktop).join(name), 500, usize::MAX);
    }
    album = Album::of(Window::open(&desktop, &data(&desktop)).await, "damaged");
    album.window.find_id("notice").await;
    album.look("copy").await;
    told(&mut album, "Offline since", "copy").await;
    album.close().await;

    // The changes as well: what can be read of them is saved.
    spoil(&files(&desktop).join("outbox.db"), 500, 900);
    album = Album::of(Window::open(&desktop, &data(&desktop)).await, "damaged");
    album.window.find_id("notice").await;
    album.look("changes").await;
    told(&mut album, "not sent yet", "changes").await;
    album.close().await;

    // More than can be mended: what is lost is said until somebody has read it.
    let outbox = files(&desktop).join("outbox.db");
    spoil(&outbox, 4_096, usize::MAX);
    album = Album::of(Window::open(&desktop, &data(&desktop)).await, "damaged");
    told(&mut album, "More may have been in it", "lost").await;
    album.close().await;
}

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn e30_access_that_ends_with_changes_not_sent() {
    let mut server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    for name in ["Mei Tan", "Bo Lind"] {
        joins(&server, &ana, place, name, Role::Write).await;
    }
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Admin).await;
    luis.app.end().await;
    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Luis Pereira"), people::PASSWORD).await;
    let mut album = Album::of(window, "removed");
    album.window.find_id("switcher").await;
    album.go(&format!("/w/{place}/members"), "Team members").await;
    server.kill();
    let known = server.restart_elsewhere();
    album.window.wait_for_text("Offline since").await;
    suspend(&album, 1).await;

    let faster = people::Person::new();
    faster.sign_in(server.url(), "Ana").await.expect("Ana has a second device");
    let member = faster.member(place, "Luis Pereira").await.id;
    faster.apply(Intent::Remove { workspace: place, member, reason: None }).await;
    server.restart_at(known);
    album.window.wait_until_gone("Offline since").await;
    album.window.wait_for_text("You were removed").await;
    album.look("while-looking").await;
    told(&mut album, "Refused", "access").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_in_trouble_and_drafts() {
    let sink = crate::smtp::Sink::start();
    let mut server = Server::start_with(vec![
        ("MUSTER_SMTP", format!("smtp://{}", sink.addr)),
        ("MUSTER_MAIL_FROM", "muster@server.example".to_owned()),
        ("MUSTER_PUBLIC_URL", "https://muster.example".to_owned()),
    ]);
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    ana.invite(place, "Mei Tan", Role::Write).await;
    sink.be(crate::smtp::Mood::Never);
    ana.invite(place, "Bo Lind", Role::Read).await;
    sink.refusals(1);
    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Ana"), people::PASSWORD).await;
    let mut album = Album::of(window, "trouble");
    album.window.find_id("switcher").await;
    let list = format!("/w/{place}/invitations");
    album.go(&list, "Invitations").await;
    album.window.wait_for_text("mail").await;
    album.look("invitations").await;
    album.open_row(0).await;
    album.window.find_id("invitation-panel").await;
    album.look("invitation").await;

    server.kill();
    album.window.wait_for_text("Offline since").await;
    album.go(&format!("/w/{place}/members"), "Team members").await;
    album.window.press(&[rig::input::Held::Control], 'i').await;
    album.window.find_id("dialog").await;
    album.window.fill("Addresses", "ana@x.example, bo@x.example, cleo@x.example").await;
    album.window.find_id("import-ready").await;
    album.window.pick("Read").await;
    album.window.press(&[rig::input::Held::Control], Key::Enter).await;
    album.window.wait_until_gone("3 ready").await;
    album.go(&list, "Invitations").await;
    album.look("drafts").await;
    told(&mut album, "Drafts", "drafts").await;
    server.restart();
    album.window.wait_until_gone("Offline since").await;
    album.go("/pending", "Pending").await;
    album.look("drafts-ready").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_that_was_handed_out() {
    let server = agency();
    let nora = beside(&server, NORA).await;
    places(&nora).await;
    let reviews = nora.app.reviews(None).await.expect("the sample has reviews").rows;
    let open = reviews.into_iter().find(|it| it.name == "This quarter").expect("one is open");
    let handed = nora
        .app
        .hand_out_review(muster_client::view::HandOutForm {
            workspace: open.workspace,
            review: open.id,
            client: "Harbour Coffee".to_owned(),
            passphrase: sample::PASSWORD.to_owned(),
        })
        .await
        .expect("is written");
    let file = PathBuf::from(handed.file.expect("a file"));
    let desktop = Desktop::start();
    let mut album = Album::of(Window::open(&desktop, &data(&desktop)).await, "sheet");
    album.window.choose_like("button", "review").await;
    album.window.wait_for_text("A review that was sent to you").await;
    album.look("choose").await;
    let field = album.window.file_field().await;
    album.window.upload(&field, &file).await;
    album.window.fill("Passphrase", sample::PASSWORD).await;
    album.window.press(&[], Key::Enter).await;
    album.window.wait_for_text("Save my decisions").await;
    album.look("list").await;
    album.close().await;
    std::fs::remove_file(file).expect("is the test's own");
}
