//! Handing a workspace over in the window: a checklist, each step confirmed by the server.

use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::{founder, joins, one, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn u68_u69_u70_e65_a_workspace_is_handed_over_step_by_step() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Admin).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;

    page(&window, "Settings", "Settings").await;
    window.choose("link", "Transfer").await;
    window.wait_for_text("Nobody else is an owner yet.").await;
    window.pick("Luis Pereira").await;
    window.choose("button", "Make Luis Pereira Owner").await;
    window.find_id("dialog").await;
    window.choose("button", "Make Luis Pereira Owner").await;
    window.wait_for_text("Luis Pereira is an owner here.").await;
    picture(&window, "transfer").await;

    window.choose_from("Step down to", "A").await;
    window.choose("button", "Step down to Admin").await;
    window.find_id("dialog").await;
    window.choose("button", "Step down to Admin").await;
    window.wait_for_text("You are Admin in Northwind Retail now").await;
    luis.until("Luis to be the one owner", async || {
        let ana = luis.member(place, "Ana").await;
        let own = luis.member(place, "Luis Pereira").await;
        (ana.roles == one(Role::Admin) && own.roles == one(Role::Owner)).then_some(())
    })
    .await;
    window.close().await;
}
