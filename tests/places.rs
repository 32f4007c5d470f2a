//! Coming with an invitation, and the life of a workspace, in the real window: join, create,
//! rename, delete, leave, be refused, sign out, be told what was typed wrongly.

mod people;
mod rig;

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::{Labels, Plan, Role, SchemeId};
use people::server::Server;
use people::{PASSWORD, Person, address};
use rig::desktop::Desktop;
use rig::until;
use rig::window::Window;

const ZOE: &str = "Zoe Laurent";

#[tokio::test(flavor = "multi_thread")]
async fn u29_u38_u43_u6_u8_an_invitation_and_the_life_of_a_workspace() {
    let server = Server::start();
    let link = invitation(&server).await;
    let desktop = Desktop::start();
    let window = Window::open(&desktop, &desktop.dir().join("data")).await;

    join(&window, &link).await;
    create_rename_delete(&window).await;
    leave_what_can_be_left(&window).await;
    sign_out_and_mistype(&window, &server).await;
    window.close().await;
}

/// Ana has a workspace and invites Zoe.
async fn invitation(server: &Server) -> String {
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::OwnerLed).await;
    ana.first_workspace().await;
    let account = ana
        .until("the account", async || {
            let me = ana.app.app_state().await.ok()?.me?;
            me.accounts.first().map(|it| it.id.clone())
        })
        .await;
    let create = Intent::CreateWorkspace {
        account,
        name: "Blue Lake Travel".into(),
        plan: Some(Plan::Pro),
        add_me: true,
        labels: Labels::default(),
    };
    ana.apply(create).await;
    let place = ana.workspace("Blue Lake Travel").await.id;
    ana.invite(place, ZOE, Role::Read).await
}

async fn join(window: &Window, link: &str) {
    window.click("button", "I have an invitation").await;
    window.fill("Invitation link or code", link).await;
    window.click("button", "Look at the invitation").await;
    window.wait_for_text("Ana invited").await;
    window.fill("Your name", ZOE).await;
    window.fill("Password", PASSWORD).await;
    window.click("button", "Sign up and join").await;
    window.find("heading", "Team members").await;
    window.wait_for_text("Ana").await;
    all(window).await;
    window.wait_for_text("Blue Lake Travel").await;
    // C-15: whoever joins from an owner-led account has a personal workspace too.
    window.wait_for_text("Zoe’s workspace").await;
}

async fn create_rename_delete(window: &Window) {
    window.click("button", "Create").await;
    window.find_id("dialog").await;
    window.fill("Name", "Trial").await;
    let basic = window.find_like("radio", "Basic").await;
    window.focus(&basic).await.expect("takes the focus");
    window.press(&[], ' ').await;
    window.click("button", "Create Trial on Basic").await;
    window.wait_until_no("dialog", "Create a workspace").await;
    window.find("heading", "Team members").await;

    all(window).await;
    window.click("button", "Actions for Trial").await;
    window.click("menuitem", "Rename").await;
    // The menu gives the focus back when it has gone, and not to the field that it opened.
    until("the focus to be in the name", async || {
        let focused = "return document.activeElement.getAttribute('aria-label')";
        (window.script(focused, &[]).await.ok()? == "New name").then_some(())
    })
    .await;
    window.fill("New name", "Pilot").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("Renamed to").await;
    until("the new name to be sent", async || {
        let waiting = "return document.querySelectorAll(
            '[data-mark=not_sent], [data-mark=sending]').length";
        (window.script(waiting, &[]).await.ok()? == 0).then_some(())
    })
    .await;

    window.click("button", "Actions for Pilot").await;
    window.click("menuitem", "Delete…").await;
    window.find_id("dialog").await;
    window.click("button", "Delete Pilot").await;
    // E-53: the open workspace is gone, so this is another one, and it says so.
    window.wait_for_text("You deleted Pilot. This is").await;
    window.find("heading", "Team members").await;
}

/// The page of all workspaces.
async fn all(window: &Window) {
    window.find_like("link", "Workspaces").await.click().await.expect("takes a click");
    window.find("heading", "Workspaces").await;
}

/// R8, E-18: the personal one cannot be left; the other ends at once.
async fn leave_what_can_be_left(window: &Window) {
    all(window).await;
    window.click("button", "Actions for Zoe’s workspace").await;
    window.find("menuitem", "Settings").await;
    assert!(!window.has("menuitem", "Leave…").await, "it stays");
    window.press(&[], Key::Escape).await;
    window.click("button", "Actions for Blue Lake Travel").await;
    window.click("menuitem", "Leave…").await;
    window.find_id("dialog").await;
    window.click("button", "Leave Blue Lake Travel").await;
    window.wait_until_no("button", "Actions for Blue Lake Travel").await;
}

async fn sign_out_and_mistype(window: &Window, server: &Server) {
    window.click("button", &format!("{ZOE}, appearance and sign out")).await;
    window.click("menuitem", "Sign out").await;
    window.find_like("button", "I have an invitation").await;
    window.click("button", "Sign in").await;
    window.fill("Server", server.url()).await;
    window.fill("E-mail", &address(ZOE)).await;
    window.fill("Password", "not the password").await;
    window.press(&[], Key::Enter).await;
    window.find_id("reason").await;
    window.fill("Server", "http://127.0.0.1:9").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("127.0.0.1:9").await;
    window.fill("Server", server.url()).await;
    window.fill("Password", PASSWORD).await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("Zoe’s workspace").await;
}
