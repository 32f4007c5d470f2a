//! The window without its server: what waits, what becomes a draft, what says that it needs a
//! connection; and what is refused when the server is back.

use muster_client::view::Intent;

use crate::album::Album;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::sample::{NORA, agency, beside, places, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_without_a_connection() {
    let mut server = agency();
    let place = places(&beside(&server, NORA).await)
        .await
        .into_iter()
        .next()
        .expect("the agency has clients");
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "offline");
    let list = format!("/w/{}/members", place.id);
    album.go(&list, "Users").await;
    server.kill();
    album.window.wait_for_text("Offline since").await;

    // Neither has a role from a group, which only the group changes.
    for (row, action, button) in [(3, "Suspend…", "Suspend "), (5, "Remove…", "Remove ")] {
        album.focus_row(row).await;
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

    // Somebody else was faster, where the window could not hear of it: what waits is refused.
    let known = server.restart_elsewhere();
    let faster = beside(&server, NORA).await;
    places(&faster).await;
    let member = faster.members(place.id).await.rows.into_iter().nth(3).expect("many people");
    let (workspace, member) = (place.id, member.id);
    faster.apply(Intent::Remove { workspace, member, reason: None }).await;
    server.restart_at(known);
    album.window.wait_until_gone("Offline since").await;
    album.window.wait_for_text("Refused").await;
    album.look("pending-refused").await;
    album.go(&list, "Users").await;
    album.look("users-refused").await;
    album.close().await;
}
