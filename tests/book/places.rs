//! Workspaces in the window: created, labelled, deleted and restored, hidden, on a plan.

use fantoccini::key::Key;
use muster_client::view::WorkspaceFilter;
use muster_domain::{Plan, SchemeId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{act, founder, page, picture, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn v8_v12_u37_e17_e19_workspaces_from_created_to_restored() {
    let server = Server::start();
    let zoe = founder(&server, "Zoe", SchemeId::OwnerLed).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Zoe").await;

    create(&window, "Blue Lake Travel").await;
    create(&window, "Blue Lake Trips").await;
    label(&window, &zoe).await;
    bin_and_back(&window).await;
    hide(&window).await;
    plan(&window, &zoe).await;
    window.close().await;
}

/// V-8, V-12: a plan is chosen each time, and labels go in at once.
async fn create(window: &Window, name: &str) {
    window.press(&[Held::Control, Held::Shift], 'o').await;
    window.find("heading", "Workspaces").await;
    window.choose("button", "Create").await;
    window.find_id("dialog").await;
    window.write("Name", name).await;
    window.pick("Pro").await;
    window.write("Labels", "Travel").await;
    window.press(&[], Key::Enter).await;
    picture(window, "create").await;
    window.choose("button", &format!("Create {name} on Pro")).await;
    window.wait_until_no("dialog", "Create a workspace").await;
    window.find("heading", "Team members").await;
}

async fn all(window: &Window) {
    window.press(&[Held::Control, Held::Shift], 'o').await;
    window.find("heading", "Workspaces").await;
}

async fn label(window: &Window, zoe: &Person) {
    all(window).await;
    act(window, "Blue Lake Trips", "Labels…").await;
    window.find_id("dialog").await;
    window.write("Labels", "Summer").await;
    window.press(&[], Key::Enter).await;
    window.choose("button", "Save labels").await;
    window.wait_for_text("Labels of Blue Lake Trips saved").await;
    picture(window, "workspaces").await;
    zoe.until("the labels on the second device", async || {
        let row = zoe.workspace("Blue Lake Trips").await;
        (row.labels.iter().count() == 2).then_some(())
    })
    .await;
}

/// E-17: thirty days in the bin, and back with everything.
async fn bin_and_back(window: &Window) {
    act(window, "Blue Lake Trips", "Delete…").await;
    window.find_id("dialog").await;
    window.choose("button", "Delete Blue Lake Trips").await;
    // E-53: the open workspace is gone, so this is another one, and it says so.
    window.wait_for_text("You deleted Blue Lake Trips. This is").await;
    window.find("heading", "Team members").await;
    all(window).await;
    window.choose("link", "Bin").await;
    window.find("heading", "Bin").await;
    window.wait_for_text("deleted by").await;
    picture(window, "bin").await;
    window.choose("button", "Restore").await;
    window.wait_for_text("The bin is empty.").await;
    all(window).await;
    window.find_like("row", "Blue Lake Trips").await;
}

/// E-19: out of the switcher, and still on this page.
async fn hide(window: &Window) {
    act(window, "Zoe’s workspace", "Hide from the switcher").await;
    window.wait_for_text("hidden").await;
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", "Blue Lake Travel").await;
    assert_eq!(window.count("option", "Zoe’s workspace").await, 0, "hidden");
    window.press(&[], Key::Escape).await;
}

async fn plan(window: &Window, zoe: &Person) {
    act(window, "Blue Lake Travel", "Settings").await;
    window.find("heading", "Settings").await;
    window.choose("link", "Plan and billing").await;
    window.pick("Basic").await;
    picture(window, "plan").await;
    window.choose("button", "Use Basic").await;
    window.wait_for_text("Blue Lake Travel is on Basic").await;
    zoe.until("the plan on the second device", async || {
        let page = zoe.app.workspaces(WorkspaceFilter::default(), 0, 128).await.ok()?;
        let row = page.rows.into_iter().find(|it| it.name == "Blue Lake Travel")?;
        (row.plan == Plan::Basic).then_some(())
    })
    .await;
    page(window, "Team members", "Team members").await;
}
