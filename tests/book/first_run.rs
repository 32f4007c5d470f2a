//! The page after the first sign-in on a device (ui.md 5.1), by keyboard alone: three lines, each
//! done here, and none of them again at the next start.

use fantoccini::key::Key;
use muster_domain::{Plan, SchemeId};

use crate::people::server::Server;
use crate::people::{PASSWORD, address};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{founder, picture, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn u4_e57_the_first_page_is_done_by_keys_and_comes_once() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    for name in ["Northwind Retail", "Acme Health"] {
        workspace(&ana, name, Plan::Pro).await;
    }
    let desktop = Desktop::start();
    let data = desktop.dir().join("data");
    let window = Window::open(&desktop, &data).await;
    window.choose("button", "Sign in").await;
    window.write("Server", server.url()).await;
    window.write("E-mail", &address("Ana")).await;
    window.write("Password", PASSWORD).await;
    window.press(&[], Key::Enter).await;
    window.find("heading", "Welcome").await;
    window.find("heading", "Press Ctrl+K for anything").await;
    window.find_like("checkbox", "Northwind Retail").await;
    picture(&window, "first-run").await;
    window.resize(400, 800).await;
    picture(&window, "first-run-narrow").await;
    window.resize(1280, 800).await;

    window.write("Your name", "Ana Marques").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("You are Ana Marques now.").await;
    window.check("Northwind Retail").await;
    until("the pin", async || is_pinned(&window).await.then_some(())).await;
    window.press(&[Held::Control], 'k').await;
    window.find_id("dialog").await;
    window.press(&[], Key::Escape).await;
    window.choose("button", "Start working").await;
    window.find_id("roster").await;
    // What is pinned is opened by its number.
    window.press(&[Held::Control], '1').await;
    until("the pinned one", async || {
        let open = window.find_id("switcher").await.text().await.ok()?;
        open.contains("Northwind Retail").then_some(())
    })
    .await;
    window.close().await;

    let window = Window::open(&desktop, &data).await;
    window.find_id("roster").await;
    window.close().await;
}

async fn is_pinned(window: &Window) -> bool {
    let script = "return [...document.querySelectorAll('input[type=checkbox]')]
        .some((it) => it.checked && it.closest('label').textContent.includes('Northwind'))";
    window.script(script, &[]).await.is_ok_and(|it| it == serde_json::json!(true))
}
