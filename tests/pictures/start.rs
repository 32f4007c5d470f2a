//! What the window shows before anybody is signed in, and when it cannot open: the forms, the
//! failures of each, and the pages that say what is in the way.

use crate::album::Album;
use crate::people::server::Server;
use crate::people::{PASSWORD, Person, address};
use crate::rig::desktop::{Desktop, Keyring};
use crate::rig::window::Window;
use fantoccini::key::Key;
use muster_domain::SchemeId;

#[tokio::test(flavor = "multi_thread")]
async fn every_start_page_fits() {
    let server = Server::start();
    let desktop = Desktop::start();
    let window = Window::open(&desktop, &desktop.dir().join("data")).await;
    let mut album = Album::of(window, "start");
    album.window.find("button", "Sign in").await;
    album.look("welcome").await;
    album.window.click("button", "Sign up").await;
    album.look("sign-up").await;
    album.window.fill("Server", server.url()).await;
    album.window.press(&[], Key::Enter).await;
    album.look("sign-up-refused").await;
    album.window.press(&[], Key::Escape).await;
    let luis = Person::new();
    luis.sign_up(server.url(), "Luis Pereira", SchemeId::OwnerLed).await;
    drop(luis);
    album.close().await;

    // The app before may still be on its way out of its own session.
    let desktop = Desktop::start();
    let window = Window::open(&desktop, &desktop.dir().join("data")).await;
    let mut album = Album::of(window, "start");
    album.window.choose("button", "Sign in").await;
    album.window.write("Server", server.url()).await;
    album.window.write("E-mail", &address("Luis Pereira")).await;
    album.window.write("Password", "not the password").await;
    album.window.press(&[], Key::Enter).await;
    album.window.find_like("alert", "").await;
    album.look("sign-in-wrong").await;
    album.window.write("Password", PASSWORD).await;
    album.window.press(&[], Key::Enter).await;
    album.window.find("heading", "Welcome").await;
    album.look("first-run").await;
    album.window.choose("button", "Start working").await;
    album.window.wait_for_text("Only you so far.").await;
    album.look("first-workspace").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_problem_page_fits() {
    for (keyring, name) in
        [(Keyring::Locked, "key-store-locked"), (Keyring::Absent, "no-key-store")]
    {
        let desktop = Desktop::with(keyring);
        let window = Window::open(&desktop, &desktop.dir().join("data")).await;
        let mut album = Album::of(window, "start");
        album.window.wait_for_text("key store").await;
        album.look(name).await;
        album.close().await;
    }
}
