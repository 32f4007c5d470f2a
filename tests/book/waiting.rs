//! What waits, in the window: invitations written without a connection, and a change that met
//! another one of the same thing.

use muster_client::view::{Intent, InvitationStatus};
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{Person, address};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{act, founder, joins, one, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn r14_e42_drafts_are_sent_by_hand_and_a_conflict_is_decided() {
    let mut server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let bo = joins(&server, &ana, place, "Bo", Role::Admin).await;
    joins(&server, &ana, place, "Luis Pereira", Role::Read).await.app.end().await;
    ana.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "Team members", "Team members").await;

    server.kill();
    window.wait_for_text("Offline since").await;
    draft(&window).await;
    change_role(&window).await;
    window.close().await;
    server.restart();
    let member = bo.member(place, "Luis Pereira").await.id;
    let roles = one(Role::Admin);
    bo.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;

    let window = again(&desktop).await;
    decide(&window, &bo, place).await;
    send(&window, &bo, place).await;
    window.close().await;
}

/// R14: the dialog says what they become, and nothing is sent.
async fn draft(window: &Window) {
    window.press(&[Held::Control], 'i').await;
    window.find("dialog", "Draft invitations to Northwind Retail").await;
    window.write("Addresses", &address("Mei Tan")).await;
    window.wait_for_text("1 ready").await;
    window.pick("Read").await;
    picture(window, "draft").await;
    window.choose("button", "Save 1 draft").await;
    window.wait_for_text("1 draft saved.").await;
}

async fn change_role(window: &Window) {
    act(window, "Luis Pereira", "Change role…").await;
    window.find("dialog", "Change role: Luis Pereira").await;
    window.pick("Write").await;
    window.choose("button", "Make Write").await;
    window.wait_until_no("button", "Make Write").await;
    window.wait_for_text("1 change not sent yet").await;
}

/// The same installation after the app was closed.
async fn again(desktop: &Desktop) -> Window {
    let window = Window::open(desktop, &desktop.dir().join("data")).await;
    window.find_id("roster").await;
    window.press(&[Held::Control, Held::Shift], 'p').await;
    window.find("heading", "Pending").await;
    window
}

/// E-42: three sides; mine is made again over what is there now.
async fn decide(window: &Window, bo: &Person, place: WorkspaceId) {
    window.wait_for_text("Bo changed this meanwhile.").await;
    window.find("button", "Keep Admin").await;
    picture(window, "conflict").await;
    window.choose("button", "Change to Write").await;
    window.wait_until_no("button", "Keep Admin").await;
    bo.until("the role that Ana chose again", async || {
        let row = bo.member(place, "Luis Pereira").await;
        (row.roles == one(Role::Write)).then_some(())
    })
    .await;
}

/// A draft went nowhere by itself, also when there was contact again.
async fn send(window: &Window, bo: &Person, place: WorkspaceId) {
    assert_eq!(bo.app.invitations(place, 0, 128).await.expect("reads").open, 0);
    window.choose("button", "Send 1 invitation").await;
    window.wait_until_no("button", "Send 1 invitation").await;
    bo.until("the invitation", async || {
        let page = bo.app.invitations(place, 0, 128).await.ok()?;
        let row = page.rows.into_iter().next()?;
        let waits = row.state == InvitationStatus::Waiting;
        (row.address == address("Mei Tan") && waits).then_some(())
    })
    .await;
}
