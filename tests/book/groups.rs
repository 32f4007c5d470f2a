//! A group of workspaces in the window: one role in each of them, and in those that come later.

use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{enters, founder, joins, loses, picture, sit_down, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn e37_a_pod_gets_its_role_in_each_client_and_loses_it_again() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let home = nora.first_workspace().await;
    let harbour = workspace(&nora, "Harbour", Plan::Pro).await;
    let quay = workspace(&nora, "Quay", Plan::Basic).await;
    let tomas = joins(&server, &nora, home.id, "Tomas", Role::ChatUser).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    make(&window, &home.name).await;
    add(&window).await;
    enters(&tomas, harbour).await;
    enters(&tomas, quay).await;
    // What comes later is covered too.
    let later = workspace(&nora, "Later", Plan::Pro).await;
    enters(&tomas, later).await;
    take_out(&window).await;
    for place in [harbour, quay, later] {
        loses(&tomas, place).await;
    }
    delete(&window).await;
    window.close().await;
}

async fn make(window: &Window, home: &str) {
    window.press(&[Held::Control], ',').await;
    window.find("heading", "Manage Account").await;
    window.choose("link", "Nora Agency").await;
    window.choose("link", "New group").await;
    window.find("heading", "New group").await;
    window.write("Name", "Pod 1").await;
    window.check("Agent Manager").await;
    window.pick("All but those that are ticked, with new ones").await;
    window.check(home).await;
    picture(window, "group-form").await;
    window.choose("button", "Create group…").await;
    window.choose("button", "Create Pod 1").await;
    window.find("heading", "Pod 1").await;
}

/// R16: what would be given is seen before anybody gets it.
async fn add(window: &Window) {
    window.choose("button", "Add a person…").await;
    window.find("dialog", "Add a person to Pod 1").await;
    window.write("Find by name or email", "tomas").await;
    window.pick("Tomas").await;
    window.choose("button", "See what changes").await;
    window.wait_for_text("2 memberships change").await;
    picture(window, "group-add").await;
    window.check("I mean it").await;
    window.choose("button", "Add Tomas").await;
    window.find("button", "Take Tomas out").await;
    picture(window, "group").await;
}

async fn take_out(window: &Window) {
    window.choose("button", "Take Tomas out").await;
    window.wait_for_text("Take Tomas out of Pod 1?").await;
    window.choose("button", "Take Tomas out").await;
    window.wait_for_text("Nobody is in this group yet.").await;
}

async fn delete(window: &Window) {
    window.choose("button", "Delete group…").await;
    window.wait_for_text("Delete the group Pod 1?").await;
    window.choose("button", "Delete Pod 1").await;
    window.wait_for_text("No groups yet.").await;
}
