//! Several people at once in the window, and what somebody sees who is removed meanwhile.

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::until;
use crate::{founder, joins, loses, page, picture, sit_down, switch, walk_to, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn e47_three_are_selected_and_the_plan_says_who_stays() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Write).await;
    let mei = joins(&server, &ana, place, "Mei Tan", Role::Read).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "Team members", "Team members").await;

    for name in ["Ana", "Luis Pereira", "Mei Tan"] {
        walk_to(&window, name).await;
        window.press(&[], ' ').await;
    }
    window.wait_for_text("3 selected").await;
    window.choose("button", "Remove…").await;
    window.wait_for_text("2 can be done · 1 blocked").await;
    window.wait_for_text("R6").await;
    picture(&window, "plan-preview").await;
    window.choose("button", "Remove 2").await;
    window.wait_for_text("Done.").await;
    window.choose("button", "Close").await;
    loses(&luis, place).await;
    loses(&mei, place).await;
    until("Ana to be alone", async || (window.count("row", "Mei Tan").await == 0).then_some(()))
        .await;
    window.wait_for_text("Only you so far.").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e53_e30_removed_while_looking_closes_the_workspace_in_one_step() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Write).await;
    luis.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Luis Pereira").await;
    switch(&window, PLACE).await;
    page(&window, "Team members", "Team members").await;
    walk_to(&window, "Ana").await;
    window.press(&[], Key::Enter).await;
    window.find_id("panel").await;

    let member = ana.member(place, "Luis Pereira").await.id;
    ana.apply(Intent::Remove { workspace: place, member, reason: None }).await;
    window.wait_for_text("You were removed from Northwind Retail by Ana.").await;
    until("the own workspace to be open", async || {
        window.find_id("switcher").await.text().await.ok()?.contains("Luis").then_some(())
    })
    .await;
    assert_eq!(window.count("row", "Ana").await, 0, "nothing of it is left on the screen");
    window.close().await;
}
