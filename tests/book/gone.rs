//! The open workspace ends while somebody looks at it, and pages that are not open after a
//! switch.

use muster_client::view::Intent;
use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{founder, joins, page, sit_down, switch, workspace};

const PLACE: &str = "Northwind Retail";

async fn opens(window: &Window, name: &str) {
    until(&format!("{name} to be open"), async || {
        window.find_id("switcher").await.text().await.ok()?.contains(name).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e53_u1_deleted_while_looking_leads_to_the_next_workspace() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Admin).await;
    luis.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Luis Pereira").await;
    switch(&window, PLACE).await;
    page(&window, "Settings", "Settings").await;
    window.choose("link", "Leave or delete").await;

    ana.apply(Intent::DeleteWorkspace { workspace: place, reason: None }).await;
    opens(&window, "Luis’s workspace").await;
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", "Luis’s workspace").await;
    assert_eq!(window.count("option", PLACE).await, 0, "nothing leads there any more");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e53_u24_removed_from_the_only_workspace_leads_to_a_page_that_says_so() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let tomas = joins(&server, &nora, first, "Tomas", Role::WorkspaceAdmin).await;
    tomas.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Tomas").await;
    page(&window, "Users", "Users").await;

    let member = nora.member(first, "Tomas").await.id;
    nora.apply(Intent::Remove { workspace: first, member, reason: None }).await;
    window.wait_for_text("You’re not in any workspace yet.").await;
    for role in ["row", "navigation"] {
        assert_eq!(window.count(role, "").await, 0, "nothing of it is left as a {role}");
    }
    window.find("button", "I have an invitation").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e54_u34_a_page_that_is_not_open_there_gives_way_to_the_nearest() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let other = workspace(&ana, "Acme Health", Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Admin).await;
    let link = ana.invite(other, "Luis Pereira", Role::Read).await;
    luis.app.invitation_accept(link).await.expect("Luis is meant");
    luis.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Luis Pereira").await;
    switch(&window, PLACE).await;

    // U-34: the same page where it is open, ...
    page(&window, "Roles", "Roles").await;
    switch(&window, "Acme Health").await;
    window.find("heading", "Roles").await;
    switch(&window, PLACE).await;
    window.find("heading", "Roles").await;
    // ... else the nearest, with a line that says so.
    page(&window, "Invitations", "Invitations").await;
    switch(&window, "Acme Health").await;
    window.find("heading", "Team members").await;
    window
        .wait_for_text("Invitations isn’t open to you in Acme Health, so this is Team members.")
        .await;
    window.close().await;
}
