//! What is inside a workspace, in the window: made with the keyboard, left behind by a switch,
//! looked at by somebody who may no more.

use muster_client::view::Intent;
use muster_domain::{Activity, ContentBody, Plan, Role, SchemeId, WorkspaceId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{act, founder, joins, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Northwind Retail";

pub(crate) async fn agent(person: &Person, workspace: WorkspaceId, name: &str) {
    let body = ContentBody::Agent {
        instructions: "Answers in the tone of the house.".into(),
        state: Activity::On,
        knowledge: Vec::new(),
    };
    let name = name.to_owned();
    person.apply(Intent::CreateContent { workspace, name, body }).await;
}

async fn selected(window: &Window, agent: &str) {
    until(&format!("{agent} to be the selected agent"), async || {
        window.has("link", &format!("{agent}, the selected agent")).await.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn u15_u35_u36_u44_u47_an_agent_with_its_knowledge_stays_in_its_workspace() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    workspace(&ana, PLACE, Plan::Pro).await;
    let other = workspace(&ana, "Acme Health", Plan::Pro).await;
    agent(&ana, other, "Clinic guide").await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;

    page(&window, "Knowledge", "Knowledge").await;
    window.choose("button", "New knowledge").await;
    window.find_id("dialog").await;
    window.write("Name", "Returns").await;
    window.write("Text", "Thirty days, with the receipt.").await;
    window.choose("button", "Create Returns").await;
    window.wait_until_no("button", "Create Returns").await;

    page(&window, "Agents", "Agents").await;
    window.choose("button", "New agent").await;
    window.find_id("dialog").await;
    window.write("Name", "Shop helper").await;
    window.write("Instructions", "Help people of the shop.").await;
    window.check("Returns").await;
    window.choose("button", "Create Shop helper").await;
    window.wait_until_no("button", "Create Shop helper").await;
    selected(&window, "Shop helper").await;
    picture(&window, "agents").await;

    switch(&window, "Acme Health").await;
    selected(&window, "Clinic guide").await;
    for role in ["row", "link", "heading"] {
        let left = window.count(role, "Shop helper").await;
        assert_eq!(left, 0, "nothing of the other workspace is left as a {role}");
    }
    switch(&window, PLACE).await;
    selected(&window, "Shop helper").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn u17_u18_who_reads_looks_and_changes_nothing() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    agent(&ana, place, "Shop helper").await;
    let mei = joins(&server, &ana, place, "Mei", Role::Read).await;
    mei.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Mei").await;
    switch(&window, PLACE).await;

    page(&window, "Agents", "Agents").await;
    act(&window, "Shop helper", "Open").await;
    window.wait_for_text("Answers in the tone of the house.").await;
    for action in ["New agent", "Edit…", "Delete…"] {
        assert_inert(&window, action).await;
    }
    page(&window, "Team members", "Team members").await;
    window.wait_for_text("You can see who is here.").await;
    assert!(!window.has("button", "Invite people").await, "inviting is not for Mei");
    window.close().await;
}

/// Absent, or there with its reason.
async fn assert_inert(window: &Window, action: &str) {
    if !window.has("button", action).await {
        return;
    }
    let button = window.find("button", action).await;
    let disabled = button.attr("aria-disabled").await.expect("readable");
    assert_eq!(disabled.as_deref(), Some("true"), "{action} is refused with its reason");
}
