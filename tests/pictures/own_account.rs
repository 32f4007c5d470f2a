//! An account of one's own, for who came by an invitation of an agency (C-15).

use muster_domain::{Plan, Role, SchemeId};

use crate::album::Album;
use crate::people;
use crate::people::address;
use crate::people::server::Server;
use crate::people::team::{founder, joins, workspace};
use crate::rig::desktop::Desktop;
use crate::sample::sign_in;

#[tokio::test(flavor = "multi_thread")]
async fn c15_an_account_of_ones_own_from_the_question_to_its_workspace() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::Managed).await;
    let place = workspace(&ana, "Northwind Retail", Plan::Basic).await;
    joins(&server, &ana, place, "Bo Lind", Role::ChatUser).await.app.end().await;
    ana.app.end().await;
    let desktop = Desktop::start();
    let window = sign_in(&desktop, &server, &address("Bo Lind"), people::PASSWORD).await;
    let mut album = Album::of(window, "own-account");
    album.window.find_id("switcher").await;
    album.window.wait_for_text("Up to date").await;
    album.go("/account", "Manage Account").await;
    album.window.choose("button", "Create an account…").await;
    album.window.find_id("dialog").await;
    album.look("dialog").await;
    album.window.pick("Agency").await;
    album.look("agency").await;
    album.window.fill("Name of the agency", "Lind & Co").await;
    album.window.choose("button", "Create account").await;
    album.window.wait_for_text("Lind & Co").await;
    album.look("founded").await;
    album.close().await;
}
