//! A review with a client who has no sign-in, as two apps on two computers: the list goes out as
//! a file, is decided about in the second app, and comes back as signed decisions that are looked
//! at before they are entered.

use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::{four_people, page, picture, sit_down, switch, walk_to};

const PLACE: &str = "Northwind Retail";
const MIA: &str = "Mia of Northwind";

#[tokio::test(flavor = "multi_thread")]
async fn v49_a_client_without_a_sign_in_decides_in_an_app_of_their_own() {
    let server = Server::start();
    four_people(&server, PLACE).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    start(&window).await;
    let (file, passphrase) = hand_out(&window).await;

    let elsewhere = Desktop::start();
    let answer = decide(&elsewhere, &file, &passphrase).await;

    changed_on_its_way(&window, &answer, &passphrase).await;
    enter(&window, &answer, &passphrase).await;
    window.close().await;
}

async fn start(window: &Window) {
    page(window, "Access reviews", "Access reviews").await;
    window.choose("button", "Start a review").await;
    window.find_id("dialog").await;
    window.find_like("checkbox", "Ana").await;
    window.write("Name", "Q4 2026 review").await;
    window.choose("button", "Start the review").await;
    window.find_like("row", "Luis Pereira").await;
}

/// Chooses among what is done with the review as a whole.
async fn task(window: &Window, name: &str) {
    window.choose_like("button", "Q4 2026 review").await;
    window.click("menuitem", name).await;
    window.find_id("dialog").await;
}

/// What stands in the field of a dialog that is there to be copied.
async fn value(window: &Window, label: &str) -> String {
    let script = "return document.querySelector(`input[aria-label=\"${arguments[0]}\"]`).value";
    let value = window.script(script, &[label.into()]).await.expect("the page answers");
    value.as_str().expect("text").to_owned()
}

/// Answers the file and its passphrase.
async fn hand_out(window: &Window) -> (PathBuf, String) {
    task(window, "Export for the client…").await;
    window.write("Who decides", MIA).await;
    picture(window, "client-out").await;
    window.choose("button", "Write the file").await;
    window.wait_for_text("Send this file to the client.").await;
    picture(window, "client-out-done").await;
    let file = PathBuf::from(value(window, "File").await);
    let passphrase = value(window, "Passphrase").await;
    window.press(&[], Key::Escape).await;
    window.wait_until_no("dialog", "").await;
    (file, passphrase)
}

/// The client opens the file and decides by keyboard; answers the file that goes back.
async fn decide(desktop: &Desktop, file: &Path, passphrase: &str) -> PathBuf {
    let window = Window::open_with(desktop, &desktop.dir().join("data"), &[file]).await;
    window.wait_for_text("A review that was sent to you").await;
    window.wait_for_text("review.muster-review").await;
    picture(&window, "client-file").await;
    window.write("Passphrase", passphrase).await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("Ana of Ana asks you, Mia of Northwind").await;
    walk_to(&window, "Luis Pereira").await;
    window.press(&[], 'r').await;
    window.find("textbox", "Reason").await;
    window.type_text("Left the agency").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("1 of 4").await;
    walk_to(&window, "Farah Haddad").await;
    window.press(&[], 'k').await;
    window.wait_for_text("2 of 4").await;
    picture(&window, "client-list").await;
    window.choose("button", "Save my decisions…").await;
    window.wait_for_text("Your decisions are written").await;
    window.wait_for_text("2 people are not decided about.").await;
    picture(&window, "client-saved").await;
    let answer = PathBuf::from(value(&window, "File").await);
    window.close().await;
    answer
}

async fn open_answer(window: &Window, answer: &Path, passphrase: &str) {
    task(window, "Import decisions…").await;
    let field = window.file_field().await;
    window.upload(&field, answer).await;
    window.write("Passphrase", passphrase).await;
    window.choose("button", "Look at it").await;
}

/// One byte of it is another: nothing of it is shown.
async fn changed_on_its_way(window: &Window, answer: &Path, passphrase: &str) {
    let mut bytes = fs::read(answer).expect("is there");
    *bytes.last_mut().expect("not empty") ^= 1;
    let changed = answer.with_file_name("changed.muster-answer");
    fs::write(&changed, bytes).expect("is written");
    open_answer(window, &changed, passphrase).await;
    window.wait_for_text("changed or cut off on its way. Nothing was taken from it.").await;
    window.press(&[], Key::Escape).await;
    window.wait_until_no("dialog", "").await;
}

async fn enter(window: &Window, answer: &Path, passphrase: &str) {
    open_answer(window, answer, passphrase).await;
    window.wait_for_text("1 kept · 0 roles changed · 1 removed · 2 not reviewed").await;
    window.wait_for_text("Left the agency").await;
    picture(window, "client-look").await;
    window.choose("button", "Enter 2 decisions").await;
    window.wait_for_text("2 decisions of Mia of Northwind entered").await;
    window.wait_for_text("2 of 4").await;
    walk_to(window, "Luis Pereira").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("Left the agency").await;
    window.wait_for_text(MIA).await;
    picture(window, "client-entered").await;
}
