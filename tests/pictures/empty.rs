//! The window where there is nothing yet: every page of somebody's first workspace, and of
//! somebody who has none.

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::SchemeId;

use crate::album::Album;
use crate::people::server::Server;
use crate::people::{PASSWORD, Person, address};
use crate::rig::desktop::Desktop;
use crate::sample::{self, NORA, agency, beside, places, sign_in, who_signs_in};

#[tokio::test(flavor = "multi_thread")]
async fn every_empty_page_says_what_belongs_there() {
    let server = Server::start();
    let luis = Person::new();
    luis.sign_up(server.url(), "Luis Pereira", SchemeId::OwnerLed).await;
    let place = luis.first_workspace().await;
    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Luis Pereira"), PASSWORD).await;
    let mut album = Album::of(window, "empty");
    album.window.find_id("switcher").await;
    for (page, title, name) in [
        ("members", "Team members", "members"),
        ("contents/agent", "Agents", "agents"),
        ("contents/knowledge", "Knowledge", "knowledge"),
        ("contents/conversation", "Conversations", "conversations"),
        ("contents/lead", "Leads", "leads"),
        ("invitations", "Invitations", "invitations"),
        ("roles", "Roles", "roles"),
        ("reviews", "Access reviews", "reviews"),
        ("history", "History", "history"),
        ("settings?tab=end", "Settings", "settings-end"),
    ] {
        album.go(&format!("/w/{}/{page}", place.id), title).await;
        album.window.wait_until_gone("still being fetched").await;
        album.look(name).await;
    }
    for (page, title) in [
        ("home", "Home"),
        ("workspaces", "Workspaces"),
        ("bin", "Bin"),
        ("people", "People"),
        ("continuity", "Continuity"),
        ("plans", "Plans"),
    ] {
        album.go(&format!("/{page}"), title).await;
        album.look(page).await;
    }
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_no_workspace_is_told_so() {
    let server = agency();
    let nora = beside(&server, NORA).await;
    let address = "chloe@harbour-coffee.example";
    for place in places(&nora).await {
        let found = nora.members(place.id).await.rows;
        let Some(member) = found.into_iter().find(|it| it.address == address) else { continue };
        let (workspace, member) = (place.id, member.id);
        nora.apply(Intent::Remove { workspace, member, reason: None }).await;
    }
    let desktop = Desktop::start();
    // The page after the first sign-in is about a workspace, and there is none.
    let window = who_signs_in(&desktop, &server, address, sample::PASSWORD).await;
    window.press(&[], Key::Enter).await;
    let mut album = Album::of(window, "empty");
    album.window.wait_for_text("not in any workspace").await;
    album.look("no-workspace").await;
    album.close().await;
}
