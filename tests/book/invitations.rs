//! The life of invitations in the window: sent, changed, cancelled, confirmed, accepted.

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{Person, address};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{act, founder, joins, one, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn u38_e22_e23_e25_e27_invitations_from_sent_to_accepted() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis", Role::Admin).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;

    send(&window).await;
    change_and_cancel(&window, &ana, place).await;
    confirm(&window, &server, &ana, &luis, place).await;
    accept(&window, &server).await;
    window.close().await;
}

async fn send(window: &Window) {
    page(window, "Team members", "Team members").await;
    window.press(&[Held::Control], 'i').await;
    window.find_id("dialog").await;
    let both = format!("{}, {}", address("Bo"), address("Mei"));
    window.write("Addresses", &both).await;
    window.wait_for_text("2 ready").await;
    window.pick("Read").await;
    window.choose("button", "Send 2 invitations").await;
    window.wait_for_text("2 invitations sent.").await;
    page(window, "Invitations", "Invitations").await;
}

/// E-23: the role of an open one changes and its link stays; a cancelled one is gone.
async fn change_and_cancel(window: &Window, ana: &Person, place: WorkspaceId) {
    act(window, &address("Bo"), "Change role…").await;
    window.find_id("dialog").await;
    window.pick("Write").await;
    window.choose("button", "Invite as Write").await;
    window.wait_for_text("is invited as Write now").await;
    act(window, &address("Mei"), "Cancel invitation…").await;
    window.find_id("dialog").await;
    window.choose("button", "Cancel invitation").await;
    ana.until("one invitation to be left", async || {
        let page = ana.app.invitations(place, 0, 128).await.ok()?;
        let (1, Some(row)) = (page.open, page.rows.first()) else { return None };
        (row.address == address("Bo") && row.roles == one(Role::Write)).then_some(())
    })
    .await;
}

/// E-22, R12: who invited can no longer give the role, so somebody who can has to confirm.
async fn confirm(
    window: &Window,
    server: &Server,
    ana: &Person,
    luis: &Person,
    place: WorkspaceId,
) {
    let link = luis.invite(place, "Kim", Role::Write).await;
    let member = ana.member(place, "Luis").await.id;
    let roles = one(Role::Read);
    ana.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;
    window.wait_for_text("Needs confirmation").await;
    picture(window, "invitations").await;
    act(window, &address("Kim"), "Confirm").await;
    window.wait_for_text("confirmed").await;

    let kim = Person::new();
    kim.sign_up(server.url(), "Kim", SchemeId::OwnerLed).await;
    kim.app.invitation_accept(link).await.expect("confirmed and meant for Kim");
    ana.member(place, "Kim").await;
}

/// E-25, E-27: only the addressed person, and with what it says by then.
async fn accept(window: &Window, server: &Server) {
    act(window, &address("Bo"), "Copy link").await;
    let field = window.find_id("invitation-link").await;
    let link = field.prop("value").await.expect("readable").expect("a link");
    window.press(&[], Key::Escape).await;
    let zoe = Person::new();
    zoe.sign_up(server.url(), "Zoe", SchemeId::OwnerLed).await;
    let refused = zoe.app.invitation_accept(link.clone()).await.expect_err("for Bo only");
    assert_eq!(refused.reason.expect("a reason").rule, "E-25");
    let bo = Person::new();
    bo.sign_up(server.url(), "Bo", SchemeId::OwnerLed).await;
    bo.app.invitation_accept(link).await.expect("Bo is meant");
    page(window, "Team members", "Team members").await;
    window.wait_for_text("Bo").await;
}
