//! Keys that reach over the whole window, as WebKit takes them: recent workspaces while Ctrl is
//! held, making again what was taken back (E-44), and what a copy puts on the clipboard.

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{act, founder, joins, picture, sit_down, switch, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn e44_keys_walk_recent_workspaces_make_again_and_copy_what_is_selected() {
    let mut server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    workspace(&ana, "Acme Health", Plan::Pro).await;
    for name in ["Luis Pereira", "Mei Tan"] {
        joins(&server, &ana, place, name, Role::Write).await.app.end().await;
    }
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    recent(&window).await;
    copies(&window).await;
    server.kill();
    window.wait_for_text("Offline since").await;
    again(&window).await;
    window.close().await;
}

/// They stand while Ctrl is held; letting go opens the chosen one, Escape none.
async fn recent(window: &Window) {
    switch(window, "Northwind Retail").await;
    switch(window, "Acme Health").await;
    window
        .hold(Held::Control, Key::Tab, async || {
            window.find_id("recent").await;
            picture(window, "recent-workspaces").await;
        })
        .await;
    opened(window, "Northwind Retail").await;
    window
        .hold(Held::Control, Key::Tab, async || {
            window.find_id("recent").await;
            window.find_like("row", "Luis Pereira").await;
            let chosen = "return document.querySelector('[data-testid=recent]').textContent";
            let all = window.script(chosen, &[]).await.expect("the page answers");
            assert!(all.as_str().is_some_and(|it| it.contains("Acme Health")), "{all}");
        })
        .await;
    opened(window, "Acme Health").await;
    switch(window, "Northwind Retail").await;
}

async fn opened(window: &Window, name: &str) {
    until(&format!("{name} to be open"), async || {
        window.find_id("switcher").await.text().await.ok()?.contains(name).then_some(())
    })
    .await;
}

/// What was copied is pasted where addresses are taken: that is what a copy is for.
async fn copies(window: &Window) {
    window.find_like("row", "Luis Pereira").await;
    select_all(window).await;
    window.press(&[Held::Control], 'c').await;
    window.wait_for_text("3 addresses copied").await;
    let pasted = paste(window).await;
    assert_eq!(pasted.matches('@').count(), 3, "{pasted}");
    assert!(pasted.lines().all(|it| !it.contains('\t')), "{pasted}");

    select_all(window).await;
    window.press(&[Held::Control, Held::Shift], 'c').await;
    window.wait_for_text("3 rows copied").await;
    let pasted = paste(window).await;
    assert!(pasted.starts_with("Name\tEmail\tRole"), "{pasted}");
    assert_eq!(pasted.lines().count(), 4, "{pasted}");
    window.press(&[], Key::Escape).await;
}

async fn select_all(window: &Window) {
    let row = window.find_like("row", "Luis Pereira").await;
    window.focus(&row).await.expect("a row takes the focus");
    window.press(&[Held::Control], 'a').await;
    window.wait_for_text("All 3 that match are selected").await;
}

/// The clipboard, by pasting it into a field of the test's own.
async fn paste(window: &Window) -> String {
    let field = "const it = document.body.appendChild(document.createElement('textarea'));
        it.id = 'pasted'; it.focus();";
    window.script(field, &[]).await.expect("the page answers");
    window.press(&[Held::Control], 'v').await;
    let read = "return document.getElementById('pasted').value";
    let text = until("what was copied", async || {
        let text = window.script(read, &[]).await.ok()?.as_str()?.to_owned();
        (!text.is_empty()).then_some(text)
    })
    .await;
    window.script("document.getElementById('pasted').remove()", &[]).await.expect("answers");
    text
}

/// E-44: what is not sent yet is taken back and made again.
async fn again(window: &Window) {
    act(window, "Luis Pereira", "Suspend…").await;
    window.find_id("dialog").await;
    window.choose("button", "Suspend Luis Pereira").await;
    waiting(window, 1).await;
    window.press(&[Held::Control], 'z').await;
    waiting(window, 0).await;
    window.press(&[Held::Control, Held::Shift], 'z').await;
    window.wait_for_text("Made again").await;
    waiting(window, 1).await;
    picture(window, "made-again").await;
}

async fn waiting(window: &Window, n: u32) {
    let said = window.wait_for_text("1 change not sent yet");
    if n > 0 { said.await } else { window.wait_until_gone("1 change not sent yet").await }
}
