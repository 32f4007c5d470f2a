//! The window without its server: what waits, what becomes a draft, what says that it needs a
//! connection; and what is refused when the server is back.

use muster_client::view::Intent;
use muster_domain::{Role, RoleSet};

use crate::album::Album;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::sample::{agency, beside, places, sit_down};

const NORA: &str = "nora@larch.example";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_without_a_connection() {
    let mut server = agency();
    let nora = beside(&server, NORA).await;
    let place = places(&nora).await.into_iter().next().expect("the agency has clients");
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "offline");
    let list = format!("/w/{}/members", place.id);
    album.go(&list, "Users").await;
    server.kill();
    album.window.wait_for_text("Offline since").await;

    for (action, button) in [("Suspend…", "Suspend "), ("Remove…", "Remove ")] {
        let at = if action == "Remove…" { 4 } else { 3 };
        album.ask(&format!("document.querySelector('[data-index=\"{at}\"]').focus()")).await;
        album.window.press(&[], '.').await;
        album.window.click("menuitem", action).await;
        album.window.find_id("dialog").await;
        album.look(&button.trim().to_lowercase()).await;
        album.window.find_like("button", button).await.click().await.expect("a click");
    }
    album.window.wait_for_text("not sent yet").await;
    album.look("users").await;
    album.window.press(&[Held::Control], 'i').await;
    album.window.find_id("dialog").await;
    album.window.fill("Addresses", "ana@x.example, bo@x.example").await;
    album.window.find_id("import-ready").await;
    album.look("invite").await;
    album.close_dialog().await;
    for tab in ["general", "plan", "transfer", "end"] {
        album.go(&format!("/w/{}/settings?tab={tab}", place.id), "Settings").await;
        album.look(&format!("settings-{tab}")).await;
    }
    album.go(&format!("/account/{}", place.account), &place.account_name).await;
    album.look("account").await;
    album.go(&format!("/account/{}/delete", place.account), "Delete").await;
    album.look("account-delete").await;
    album.go("/workspaces?create=true", "Workspaces").await;
    album.window.find_id("dialog").await;
    album.look("workspace-create").await;
    album.close_dialog().await;
    album.go("/pending", "Pending").await;
    album.look("pending").await;

    // Somebody else is faster, so that what waits is refused.
    let row = album.ask("return document.body.innerText").await;
    let said = row.as_str().unwrap_or_default().to_owned();
    server.restart();
    let _ = nora.app.send_now().await;
    let page = nora.members(place.id).await;
    for member in page.rows.iter().filter(|it| said.contains(&it.name) && !it.me) {
        let intent = Intent::SetRoles {
            workspace: place.id,
            member: member.id,
            roles: RoleSet::of(&[Role::ChatUser]),
            reason: None,
        };
        let _ = nora.app.submit(intent).await;
    }
    album.window.wait_until_gone("Offline since").await;
    album.look("pending-after").await;
    album.close().await;
}
