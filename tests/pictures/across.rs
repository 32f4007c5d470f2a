//! The pages across the workspaces of the agency, its account, and what lies over everything.

use fantoccini::key::Key;
use muster_client::view::WorkspaceRow;

use crate::album::Album;
use crate::people::Person;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::sample::walk;

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_across() {
    walk(across).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_leaver_run() {
    walk(leaver).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts() {
    walk(accounts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_over_everything() {
    walk(over_everything).await;
}

async fn across(album: &mut Album, _: &Person, _: &WorkspaceRow) {
    album.go("/home", "Home").await;
    album.look("home").await;
    album.go("/workspaces", "Workspaces").await;
    album.look("workspaces").await;
    album.go("/workspaces?group=label", "Workspaces").await;
    album.look("workspaces-by-label").await;
    album.go("/workspaces?create=true", "Workspaces").await;
    album.window.find_id("dialog").await;
    album.look("workspace-create").await;
    album.close_dialog().await;
    album.go("/bin", "Bin").await;
    album.look("bin").await;
    album.go("/people", "People").await;
    album.window.find_like("row", "").await;
    album.look("people").await;
    let pages = "window.dispatchEvent(new Event('muster:reading'))";
    album.ask(&format!("localStorage.setItem('muster.reading.tables', 'pages'); {pages}")).await;
    album.window.click("button", "Next page").await;
    album.window.wait_for_text("51 to 100").await;
    album.look("people-in-pages").await;
    album.ask(&format!("localStorage.removeItem('muster.reading.tables'); {pages}")).await;
    album.go("/continuity", "Continuity").await;
    album.look("continuity").await;
    album.go("/pending", "Pending").await;
    album.look("pending-empty").await;
    album.go("/plans", "Plans").await;
    album.look("plans-empty").await;
}

/// Somebody who is the only owner of a client is in the way of their own run.
async fn leaver(album: &mut Album, nora: &Person, _: &WorkspaceRow) {
    let alone = nora.app.continuity().await.expect("the owners of the sample");
    let alone = alone.into_iter().find(|it| it.holder != "Nora Larch");
    let alone = alone.expect("somebody is alone somewhere");
    let address = format!("/people/{}", alone.holder_login);
    album.go(&address, &alone.holder).await;
    album.window.wait_for_text("Remove from everywhere").await;
    album.look("person-everywhere").await;
    album.go(&format!("{address}/leaver"), "from everywhere").await;
    album.window.wait_for_text("can be done").await;
    album.look("leaver").await;
    album.window.click("button", "Save plan").await;
    album.window.wait_for_text("Left to do").await;
    album.look("plan").await;
    album.go("/plans", "Plans").await;
    album.window.find_id("saved-plan").await;
    album.look("plans").await;
    album.go(&format!("{address}/leaver"), "from everywhere").await;
    album.window.choose_like("button", "Name a successor").await;
    album.window.find_id("dialog").await;
    album.look("successor").await;
    album.close_dialog().await;
}

async fn accounts(album: &mut Album, nora: &Person, place: &WorkspaceRow) {
    album.go("/account", "Manage Account").await;
    album.look("manage-account").await;
    let heading = "[...document.querySelectorAll('h2')].find((it) => it.textContent === ";
    album.ask(&format!("{heading}'Accessibility').scrollIntoView()")).await;
    album.look("manage-account-reading").await;
    album.ask(&format!("{heading}'Where you are signed in').scrollIntoView()")).await;
    album.look("manage-account-security").await;
    for (name, title) in [("keys", "Keyboard"), ("language", "Language")] {
        album.ask(&format!("{heading}'{title}').scrollIntoView()")).await;
        album.look(&format!("manage-account-{name}")).await;
    }
    album.window.click("button", "Sign out test?").await;
    album.look("sign-out-device").await;
    album.close_dialog().await;
    album.window.click("button", "Wipe…").await;
    album.look("wipe").await;
    album.close_dialog().await;
    album.window.fill("Your name", "Nora Larch-Hale").await;
    album.window.click("button", "Change name").await;
    album.window.wait_for_text("Nora Larch-Hale").await;
    album.to_the_end().await;
    album.look("manage-account-end").await;
    let account = &place.account;
    album.go(&format!("/account/{account}"), &place.account_name).await;
    album.look("account").await;
    album.ask(&format!("{heading}'Policies').scrollIntoView()")).await;
    album.look("account-policies").await;
    album.to_the_end().await;
    album.look("account-end").await;
    album.window.click("button", "Add…").await;
    album.window.find_id("dialog").await;
    album.look("admin-add").await;
    album.close_dialog().await;
    let groups = nora.app.groups(account.parse().expect("an id")).await.expect("the groups");
    if let Some(group) = groups.first() {
        album.go(&format!("/account/{account}/groups/{}", group.id), &group.name).await;
        album.look("group").await;
    }
    album.go(&format!("/account/{account}/scheme"), "Change how roles work").await;
    album.look("scheme").await;
    album.go(&format!("/account/{account}/leave"), "Leave").await;
    album.look("account-leave").await;
    album.go(&format!("/account/{account}/delete"), "Delete").await;
    album.look("account-delete").await;
    album.go("/account/sign-in", "Delete your sign-in").await;
    album.look("sign-in-delete").await;
    album.go("/nowhere/at/all", "").await;
    album.look("not-available").await;
}

async fn over_everything(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    album.go(&format!("/w/{}/members", place.id), "Users").await;
    let switcher = async |window: &Window| {
        window.press(&[Held::Control], 'o').await;
        window.find_like("option", "").await;
    };
    album.look_over("switcher", switcher).await;
    let why = async |window: &Window| {
        switcher(window).await;
        window.press(&[Held::Alt], Key::Enter).await;
        window.find_id("why-here").await;
    };
    album.look_over("switcher-why", why).await;
    album.window.press(&[Held::Control], 'k').await;
    album.window.find_like("option", "").await;
    album.look("palette").await;
    album.window.type_text("re").await;
    album.look("palette-typed").await;
    album.close_dialog().await;
    album.window.press(&[], Key::F1).await;
    album.window.find_id("dialog").await;
    album.look("shortcuts").await;
    album.close_dialog().await;
    let me = async |window: &Window| {
        window.choose_like("button", "appearance and sign out").await;
        window.find_like("menuitem", "").await;
    };
    album.look_over("me-menu", me).await;
    me(&album.window).await;
    album.window.click("menuitem", "Your invitations").await;
    album.window.find_id("dialog").await;
    album.look("inbox").await;
    album.close_dialog().await;
}
