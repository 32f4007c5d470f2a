//! Several windows over one core (E-55): each on a workspace of its own, all of them hearing of
//! every change, and the app lasting until the last is closed.

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{founder, joins, sit_down, switch, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn e55_two_windows_show_two_workspaces_and_hear_of_every_change() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let north = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    workspace(&ana, "Acme Health", Plan::Pro).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, "Northwind Retail").await;

    let first = window.here().await;
    open_beside(&window, "acme").await;
    let second = window.to_another(&[&first]).await;
    shows(&window, "Acme Health").await;

    joins(&server, &ana, north, "Luis Pereira", Role::Write).await.app.end().await;
    window.to(&first).await;
    shows(&window, "Northwind Retail").await;
    window.find_like("row", "Luis Pereira").await;
    window.close_this().await;

    window.to(&second).await;
    shows(&window, "Acme Health").await;
    switch(&window, "Northwind Retail").await;
    window.find_like("row", "Luis Pereira").await;
    window.press(&[Held::Control], 'n').await;
    window.to_another(&[&first, &second]).await;
    shows(&window, "Northwind Retail").await;
    window.find_like("row", "Luis Pereira").await;
    window.close().await;
}

/// Mod+Enter in the switcher (ui.md 4.1).
async fn open_beside(window: &Window, words: &str) {
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", "Acme Health").await;
    window.type_text(words).await;
    until("the one that matches", async || (window.count("option", "").await == 1).then_some(()))
        .await;
    window.press(&[Held::Control], Key::Enter).await;
}

async fn shows(window: &Window, name: &str) {
    until(&format!("{name} to be open"), async || {
        window.find_id("switcher").await.text().await.ok()?.contains(name).then_some(())
    })
    .await;
}
