//! Both schemes in the window: their words, their roles side by side, and the change of a
//! living account from one to the other.

use muster_domain::{Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{founder, joins, one, page, picture, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn v21_u9_e58_two_schemes_side_by_side_and_from_one_to_the_other() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let tomas = joins(&server, &nora, first, "Tomas", Role::ContentManager).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    page(&window, "Users", "Users").await;
    compare(&window).await;
    change(&window).await;
    page(&window, "Team members", "Team members").await;
    nora.until("the new role of Tomas", async || {
        let row = nora.member(first, "Tomas").await;
        (row.roles == one(Role::Write)).then_some(())
    })
    .await;
    tomas.app.end().await;
    window.close().await;
}

/// U-14, V-34..38: what each role may, by permission.
async fn compare(window: &Window) {
    page(window, "Roles", "Roles").await;
    window.wait_for_text("Agent Manager").await;
    window.choose("button", "Compare with the other kind of account").await;
    window.wait_for_text("Accounts led by owners").await;
    window.wait_for_text("Owner").await;
    picture(window, "roles").await;
}

/// E-58: nothing without a counterpart goes on, and who gains is ticked by name (R16).
async fn change(window: &Window) {
    window.press(&[Held::Control], ',').await;
    window.choose("link", "Nora Agency").await;
    window.choose("link", "Look at the change…").await;
    window.find("heading", "Change how roles work").await;
    window.wait_for_text("Content Manager").await;
    window.choose_from("Content Manager becomes", "W").await;
    window.wait_for_text("Tomas").await;
    picture(window, "scheme-change").await;
    window.choose("button", "Change to “On my own”").await;
    window.wait_for_text("not ticked").await;
    window.check("Tomas").await;
    window.choose("button", "Change to “On my own”").await;
    window.find("heading", "Nora Agency").await;
    window.wait_for_text("On my own").await;
}
