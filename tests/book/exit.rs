//! Leaving for good, in the window: what is in the way comes first, each with its way out.

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{PASSWORD, Person, address};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{account_of, enters, founder, joins, loses, one, picture, sit_down, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn v39_v40_v41_v45_v50_e12_e13_the_last_admin_appoints_another_and_leaves() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let second = workspace(&nora, "Second", Plan::Pro).await;
    let tomas = joins(&server, &nora, first, "Tomas", Role::AgentManager).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    to_leaving(&window).await;
    last_admin_is_in_the_way(&window, &tomas).await;
    leave(&window).await;
    loses(&nora, first).await;
    loses(&nora, second).await;
    enters(&tomas, second).await;
    come_back(&window, &tomas).await;
    window.close().await;
}

async fn to_leaving(window: &Window) {
    window.press(&[Held::Control], ',').await;
    window.find("heading", "Manage Account").await;
    window.choose("link", "Nora Agency").await;
    window.choose("link", "Leave this account…").await;
    window.find("heading", "Leave Nora Agency").await;
}

/// E-12, R7: the way out is the first thing on the page, and the button below does nothing yet.
async fn last_admin_is_in_the_way(window: &Window, tomas: &Person) {
    window.find("heading", "One thing is in the way").await;
    window.wait_for_text("the only Account Admin of Nora Agency. Add another one first.").await;
    picture(window, "leave-account").await;
    window.choose("button", "Leave Nora Agency…").await;
    assert_eq!(window.count("alertdialog", "").await, 0, "nothing is asked while that is so");
    window.choose("button", "Add an admin…").await;
    window.find("dialog", "Add an Account Admin of Nora Agency").await;
    window.write("Find by name or email", "tomas").await;
    window.pick("Tomas").await;
    window.choose("button", "Make Tomas Account Admin").await;
    window.find("heading", "2 Account Admins").await;
    window.wait_until_no("button", "Make Tomas Account Admin").await;
    account_of(tomas).await;
}

/// V-45, V-50: said before, asked once more with the safe button first, and then at once.
async fn leave(window: &Window) {
    to_leaving(window).await;
    window.wait_for_text("You lose access to 2 workspaces").await;
    assert!(!window.has("heading", "One thing is in the way").await, "nothing is any more");
    window.choose("button", "Leave Nora Agency…").await;
    window.find("alertdialog", "Leave Nora Agency?").await;
    window.press(&[], Key::Enter).await;
    window.wait_until_no("alertdialog", "Leave Nora Agency?").await;
    window.find("heading", "Leave Nora Agency").await;
    window.choose("button", "Leave Nora Agency…").await;
    window.choose("button", "Leave Nora Agency").await;
    window.wait_for_text("You’re not in any workspace yet.").await;
}

/// V-41: only by a new invitation, and then as what it says.
async fn come_back(window: &Window, tomas: &Person) {
    let first = tomas.first_workspace().await;
    let link = tomas.invite(first.id, "Nora", Role::ChatUser).await;
    window.choose("button", "I have an invitation").await;
    window.write("Invitation link or code", &link).await;
    window.choose("button", "Look at the invitation").await;
    window.choose("button", &format!("Join {}", first.name)).await;
    window.wait_until_gone("You’re not in any workspace yet.").await;
    window.find_like("button", &first.name).await;
    tomas.member(first.id, "Nora").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e11_e15_v44_a_sign_in_is_deleted_once_its_workspace_has_another_owner() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let bo = joins(&server, &ana, place, "Bo", Role::Write).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;

    to_deleting(&window).await;
    sole_owner_is_in_the_way(&window).await;
    make_bo_owner(&window, &bo, place).await;
    to_deleting(&window).await;
    delete(&window).await;
    assert!(ana.sign_in(server.url(), "Ana").await.is_err(), "the sign-in is gone");
    let home = account_of(&bo).await.to_string();
    bo.until("the workspace in Bo’s account", async || {
        let row = bo.app.workspace(place).await.ok()?.row;
        (row.account == home).then_some(())
    })
    .await;
    window.close().await;
}

async fn to_deleting(window: &Window) {
    window.press(&[Held::Control], ',').await;
    window.find("heading", "Manage Account").await;
    window.choose("link", "Delete your sign-in…").await;
    window.find("heading", "Delete your sign-in").await;
}

async fn proof(window: &Window, typed: &str, password: &str) {
    window.write(&format!("Type {}", address("Ana")), typed).await;
    window.write("Password", password).await;
    window.press(&[], Key::Enter).await;
}

/// E-11: the list with its ways out; typing everything right changes nothing while it is there.
async fn sole_owner_is_in_the_way(window: &Window) {
    window.find("heading", "One thing is in the way").await;
    window.wait_for_text("has other people and no other owner.").await;
    picture(window, "delete-sign-in").await;
    proof(window, &address("Ana"), PASSWORD).await;
    window.find("heading", "Delete your sign-in").await;
    window.find("button", "Delete…").await;
    window.choose("button", "Make someone owner…").await;
}

async fn make_bo_owner(window: &Window, bo: &Person, place: WorkspaceId) {
    window.find("dialog", "Make someone Owner of Northwind Retail").await;
    window.pick("Bo").await;
    window.choose("button", "Go on with Bo").await;
    window.wait_for_text("Bo gains").await;
    window.choose("button", "Make Owner").await;
    bo.until("Bo to be an owner", async || {
        let row = bo.app.workspace(place).await.ok()?.row;
        (row.my_roles == one(Role::Owner)).then_some(())
    })
    .await;
    window.wait_until_no("button", "Make Owner").await;
}

/// Tier 3: what ends is named, the address is typed and the password proves who types it.
async fn delete(window: &Window) {
    window.wait_for_text("1 workspace is deleted").await;
    window.wait_for_text("1 workspace goes to another owner’s account").await;
    assert!(!window.has("heading", "One thing is in the way").await, "nothing is any more");
    proof(window, "ana", PASSWORD).await;
    window.find("heading", "Delete your sign-in").await;
    proof(window, &address("Ana"), "not the password").await;
    window.wait_for_text("password").await;
    window.find("heading", "Delete your sign-in").await;
    proof(window, &address("Ana"), PASSWORD).await;
    window.find("button", "Sign in").await;
}
