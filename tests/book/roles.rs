//! A role of a workspace's own in the window: made, given, changed for who holds it, deleted.

use muster_domain::{Permission, Plan, Role, SchemeId, WorkspaceId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::{act, founder, joins, one, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Harbour";

#[tokio::test(flavor = "multi_thread")]
async fn v30_r5_a_role_of_ones_own_is_made_given_changed_and_deleted() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let place = workspace(&nora, PLACE, Plan::Pro).await;
    let tomas = joins(&server, &nora, place, "Tomas", Role::ChatUser).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    switch(&window, PLACE).await;
    make(&window).await;
    give(&window).await;
    may(&tomas, place, Permission::MemberManage).await;
    change(&window).await;
    may(&tomas, place, Permission::KnowledgeEdit).await;
    delete(&window).await;
    tomas
        .until("the role that takes its place", async || {
            let row = tomas.app.workspace(place).await.ok()?.row;
            (row.my_roles == one(Role::ChatUser)).then_some(())
        })
        .await;
    window.close().await;
}

async fn may(person: &Person, place: WorkspaceId, permission: Permission) {
    person
        .until("the right", async || {
            let view = person.app.workspace(place).await.ok()?;
            view.permissions.contains(&permission).then_some(())
        })
        .await;
}

/// V-30, R5: named, with what it gives.
async fn make(window: &Window) {
    page(window, "Roles", "Roles").await;
    window.choose("button", "New role").await;
    window.find_id("dialog").await;
    window.write("Name", "Support lead").await;
    window.check("see who is here").await;
    window.check("invite, change roles and remove people").await;
    picture(window, "role-form").await;
    window.choose("button", "Define Support lead").await;
    window.find("button", "Support lead").await;
}

async fn give(window: &Window) {
    page(window, "Users", "Users").await;
    act(window, "Tomas", "Change role…").await;
    window.find("dialog", "Change role: Tomas").await;
    window.check("Support lead").await;
    window.wait_for_text("Tomas gains").await;
    window.choose_like("button", "Make ").await;
    window.wait_until_no("dialog", "Change role: Tomas").await;
}

/// A change holds for everybody who has the role, and says so before.
async fn change(window: &Window) {
    page(window, "Roles", "Roles").await;
    window.choose("button", "Support lead").await;
    window.find_id("role-panel").await;
    window.wait_for_text("1 person has it").await;
    picture(window, "role-panel").await;
    window.choose("button", "Change…").await;
    window.find("dialog", "Change Support lead").await;
    window.check("edit knowledge").await;
    window.choose("button", "Change role for everyone who holds it").await;
    window.wait_until_no("dialog", "Change Support lead").await;
}

/// Nobody is left without a role: who holds it gets another one first.
async fn delete(window: &Window) {
    window.choose("button", "Delete…").await;
    window.find_id("dialog").await;
    window.wait_for_text("Delete the role Support lead?").await;
    window.wait_for_text("1 person holds it and gets another role instead.").await;
    window.choose_from("Everyone gets", "Chat").await;
    picture(window, "role-delete").await;
    window.choose("button", "Delete Support lead").await;
    window.wait_until_no("button", "Support lead").await;
}
