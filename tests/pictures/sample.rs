//! The sample agency behind the pictures: a server over it, and somebody of it at the window.

use std::process::Command;

use muster_client::view::{SignInForm, WorkspaceFilter, WorkspaceRow};

use crate::album::Album;
use crate::people::Person;
use crate::people::server::{Server, binary};
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;

/// The Account Admin of the sample.
pub const NORA: &str = "nora@larch.example";

/// Everybody's password in the sample data.
pub const PASSWORD: &str = "muster-demo-2026";

/// A server over a small sample agency.
pub fn agency() -> Server {
    Server::over(|data| {
        let filled = Command::new(binary("muster-server"))
            .args(["demo", "--workspaces", "12", "--people", "150", "--data"])
            .arg(data)
            .env("MUSTER_LOG", "warn")
            .output()
            .expect("cargo test builds the server");
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
    })
}

/// Somebody of the sample agency signs in at the window.
pub async fn sit_down(desktop: &Desktop, server: &Server, address: &str) -> Window {
    let window = sign_in(desktop, server, address, PASSWORD).await;
    window.find_id("switcher").await;
    window
}

/// Somebody signs in at the window, whatever it shows then.
pub async fn sign_in(desktop: &Desktop, server: &Server, who: &str, password: &str) -> Window {
    let window = who_signs_in(desktop, server, who, password).await;
    window.come_in().await;
    window
}

/// The same up to the last key.
pub async fn who_signs_in(desktop: &Desktop, server: &Server, who: &str, password: &str) -> Window {
    let window = Window::open(desktop, &desktop.dir().join("data")).await;
    window.choose("button", "Sign in").await;
    window.write("Server", server.url()).await;
    window.write("E-mail", who).await;
    window.write("Password", password).await;
    window
}

/// The same person on a second device, where the test reads what is where.
pub async fn beside(server: &Server, address: &str) -> Person {
    let person = Person::new();
    let form = SignInForm {
        server: server.url().to_owned(),
        address: address.to_owned(),
        password: PASSWORD.to_owned(),
    };
    person.app.sign_in(form).await.expect("somebody of the sample");
    person
}

/// The workspaces of somebody, once all are there; the one with most people first.
pub async fn places(person: &Person) -> Vec<WorkspaceRow> {
    let mut rows = person
        .until("every workspace", async || {
            let page = person.app.workspaces(WorkspaceFilter::default(), 0, 128).await.ok()?;
            let whole = !page.rows.is_empty() && page.rows.iter().all(|it| it.loaded);
            whole.then_some(page.rows)
        })
        .await;
    rows.sort_by_key(|it| std::cmp::Reverse(it.people));
    rows
}

/// One part of the window as the Account Admin sees it, so that it can be looked at alone.
pub async fn walk(part: impl AsyncFnOnce(&mut Album, &Person, &WorkspaceRow)) {
    let server = agency();
    let nora = beside(&server, NORA).await;
    let place = places(&nora).await.into_iter().next().expect("the agency has clients");
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "agency");
    part(&mut album, &nora, &place).await;
    album.close().await;
}
