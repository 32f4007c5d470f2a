//! Going back to a date: a plan whose lines widen, each with a tick of its own (R16), and somebody
//! who comes back; and signing in again after another device ended the session.

use std::time::SystemTime;

use muster_client::view::Intent;
use muster_domain::{Plan, Role, RoleSet, SchemeId};

use crate::album::Album;
use crate::people;
use crate::people::address;
use crate::people::server::Server;
use crate::people::team::{founder, joins, workspace};
use crate::rig::desktop::Desktop;
use crate::sample::sign_in;

#[tokio::test(flavor = "multi_thread")]
async fn r16_a_plan_says_who_would_gain_and_a_session_that_ended_how_to_go_on() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    for name in ["Mei Tan", "Bo Lind", "Luis Pereira"] {
        joins(&server, &ana, place, name, Role::Write).await.app.end().await;
    }
    let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock");
    let at = at.as_millis();
    let of = async |name: &str| ana.member(place, name).await.id;
    let roles = RoleSet::of(&[Role::Read]);
    let member = of("Mei Tan").await;
    ana.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;
    let roles = RoleSet::of(&[Role::Admin]);
    let member = of("Bo Lind").await;
    ana.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;
    let member = of("Luis Pereira").await;
    ana.apply(Intent::Remove { workspace: place, member, reason: None }).await;

    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Ana"), people::PASSWORD).await;
    let mut album = Album::of(window, "plans");
    album.window.find_id("switcher").await;
    album.window.wait_for_text("Up to date").await;
    album.go(&format!("/w/{place}/compare?from={at}"), "Compare").await;
    album.window.find_like("link", "as it was").await;
    album.look("compare").await;
    album.go(&format!("/w/{place}/revert?at={at}"), "Back to").await;
    album.window.wait_for_text("R16").await;
    album.look("revert").await;
    album.window.choose("button", "Save plan").await;
    album.titled("Northwind Retail as it was on").await;
    album.window.choose_like("button", "appearance and sign out").await;
    album.window.click("menuitem", "Sign out").await;
    album.window.find_id("dialog").await;
    album.look("sign-out").await;
    album.close_dialog().await;
    album.go(&format!("/w/{place}/members?status=former"), "Team members").await;
    album.open_row(0).await;
    album.window.find_id("panel").await;
    album.look("former").await;

    let devices = ana.app.devices().await.expect("reads");
    let window = devices.iter().find(|it| !it.here).expect("the window's").id;
    ana.app.end_device(window).await.expect("ends");
    album.window.wait_for_text("Sign in again").await;
    album.look("ended").await;
    album.window.choose("button", "Sign in again").await;
    album.window.find_id("dialog").await;
    album.look("sign-in-again").await;
    album.window.write("Password", people::PASSWORD).await;
    album.window.press(&[], fantoccini::key::Key::Enter).await;
    album.window.wait_for_text("Up to date").await;
    album.close().await;
}
