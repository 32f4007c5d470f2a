//! What waits on this device and what stands against it: the mark of a conflict in the list, on
//! Pending and in the switcher (E-42), and what signing out would throw away.

use muster_client::view::Intent;
use muster_domain::{Plan, Role, RoleSet, SchemeId};

use crate::album::Album;
use crate::people;
use crate::people::address;
use crate::people::server::Server;
use crate::people::team::{founder, joins, workspace};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::sample::sign_in;

#[tokio::test(flavor = "multi_thread")]
async fn e42_what_needs_somebody_and_what_signing_out_throws_away() {
    let mut server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    for name in ["Mei Tan", "Bo Lind"] {
        joins(&server, &ana, place, name, Role::Write).await;
    }
    ana.app.end().await;
    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Ana"), people::PASSWORD).await;
    let mut album = Album::of(window, "waiting");
    album.window.find_id("switcher").await;
    album.go(&format!("/w/{place}/members"), "Team members").await;
    server.kill();
    let known = server.restart_elsewhere();
    album.window.wait_for_text("Offline since").await;
    make(&album.window, "Mei Tan", "Read").await;
    album.window.choose_like("button", "appearance and sign out").await;
    album.window.click("menuitem", "Sign out").await;
    album.window.find_id("dialog").await;
    album.look("sign-out").await;
    album.close_dialog().await;

    let other = people::Person::new();
    other.sign_in(server.url(), "Ana").await.expect("Ana has a second device");
    let member = other.member(place, "Mei Tan").await.id;
    let roles = RoleSet::of(&[Role::Admin]);
    other.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;
    other.app.end().await;
    server.restart_at(known);
    album.window.wait_for_text("needs you").await;
    album.go(&format!("/w/{place}/members"), "Team members").await;
    album.look("marked").await;
    let switcher = async |window: &Window| {
        window.press(&[Held::Control], 'o').await;
        window.find_like("option", "").await;
    };
    album.look_over("switcher", switcher).await;
    album.go("/pending", "Pending").await;
    album.look("needs-you").await;
    album.close().await;
}

async fn make(window: &Window, name: &str, role: &str) {
    window.click("button", &format!("Actions for {name}")).await;
    window.click("menuitem", "Change role…").await;
    window.find("dialog", &format!("Change role: {name}")).await;
    window.pick(role).await;
    window.wait_for_text("The server is expected to accept this.").await;
    window.choose("button", &format!("Make {role}")).await;
    window.wait_for_text("not sent yet").await;
}
