//! The agency as its Account Admin sees it: every page of a workspace, every page across them,
//! and what opens over them.

use fantoccini::key::Key;
use muster_client::view::WorkspaceRow;

use crate::album::Album;
use crate::people::Person;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::sample::{agency, beside, places, sit_down};

const NORA: &str = "nora@larch.example";

/// One part of the window, by itself, so that it can be looked at alone.
async fn walk(part: impl AsyncFnOnce(&mut Album, &Person, &WorkspaceRow)) {
    let server = agency();
    let nora = beside(&server, NORA).await;
    let place = places(&nora).await.into_iter().next().expect("the agency has clients");
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "agency");
    part(&mut album, &nora, &place).await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_users() {
    walk(members).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dialogs() {
    walk(dialogs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_invitations_and_roles() {
    walk(invitations_and_roles).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reviews() {
    walk(reviews).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history() {
    walk(the_past).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contents() {
    walk(contents).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings() {
    walk(settings).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_across() {
    walk(across).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts() {
    walk(accounts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_over_everything() {
    walk(over_everything).await;
}

async fn members(album: &mut Album, nora: &Person, place: &WorkspaceRow) {
    let list = format!("/w/{}/members", place.id);
    album.go(&list, "Users").await;
    album.look("users").await;
    album.go(&format!("{list}?status=former"), "Users").await;
    album.look("users-former").await;
    album.go(&format!("{list}?q=zzzz"), "Users").await;
    album.window.wait_for_text("Nobody matches.").await;
    album.look("users-nobody").await;
    let person = nora.members(place.id).await.rows.into_iter().find(|it| !it.me);
    let person = person.expect("a client has people");
    album.go(&format!("{list}?open={}", person.id), "Users").await;
    album.window.find_id("panel").await;
    album.look("person").await;
    let at = person.joined.plus_days(1);
    album.go(&format!("{list}?at={}", at.0), "Users").await;
    album.window.wait_for_text("Back to now").await;
    album.look("as-of").await;
}

async fn dialogs(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    let list = format!("/w/{}/members", place.id);
    album.go(&list, "Users").await;
    for (action, name) in [
        ("Change role…", "role-picker"),
        ("Set an end date…", "end-date"),
        ("Suspend…", "suspend"),
        ("Remove…", "remove"),
    ] {
        act_on_third(album).await;
        album.window.click("menuitem", action).await;
        album.window.find_id("dialog").await;
        album.look(name).await;
        album.close_dialog().await;
    }
    act_on_third(album).await;
    album.look("row-menu").await;
    album.close_dialog().await;
    album.window.press(&[Held::Control], 'i').await;
    album.window.find_id("dialog").await;
    album.look("invite").await;
    album.window.fill("Addresses", "ana@x.example, bo@x.example, cleo@x, nora@larch.example").await;
    album.window.find_id("import-ready").await;
    album.look("invite-some").await;
    album.close_dialog().await;
    album.go(&list, "Users").await;
    third(album).await;
    album.window.press(&[], ' ').await;
    album.window.press(&[Held::Shift], Key::Down).await;
    album.window.press(&[Held::Shift], Key::Down).await;
    album.window.wait_for_text("selected").await;
    album.look("selection").await;
    for (action, name) in [("Change role…", "bulk-role"), ("Remove…", "bulk-remove")] {
        album.window.click("button", action).await;
        album.window.find_id("dialog").await;
        album.look(name).await;
        album.close_dialog().await;
    }
    album.go(&list, "Users").await;
}

/// Gives the focus to a row with somebody who can be acted on.
async fn third(album: &Album) {
    let script = "document.querySelector('[data-index=\"3\"]').focus()";
    album.ask(script).await;
}

async fn act_on_third(album: &Album) {
    third(album).await;
    album.window.press(&[], '.').await;
    album.window.find_like("menuitem", "").await;
}

async fn invitations_and_roles(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    album.go(&format!("/w/{}/invitations", place.id), "Invitations").await;
    album.look("invitations").await;
    if album.window.count("row", "@").await > 0 {
        album.ask("document.querySelector('[data-index=\"0\"]').click()").await;
        album.window.find_id("panel").await;
        album.look("invitation").await;
    }
    album.go(&format!("/w/{}/roles", place.id), "Roles").await;
    album.window.wait_for_text("Agent Manager").await;
    album.look("roles").await;
    album.window.click("button", "Compare with the other kind of account").await;
    album.window.wait_for_text("Accounts led by owners").await;
    album.look("roles-both").await;
    album.go(&format!("/w/{}/roles", place.id), "Roles").await;
    if album.window.has("button", "New role").await {
        album.window.click("button", "New role").await;
        album.window.find_id("dialog").await;
        album.look("role-new").await;
        album.close_dialog().await;
    }
}

async fn reviews(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    let list = format!("/w/{}/reviews", place.id);
    album.go(&format!("{list}?all=true"), "Access reviews").await;
    album.look("reviews").await;
    album.go(&format!("{list}?all=true&start=true"), "Access reviews").await;
    album.window.find_id("dialog").await;
    album.look("review-start").await;
    album.close_dialog().await;
    album.go(&format!("{list}?all=true&across=true"), "Access reviews").await;
    album.look("reviews-across").await;
    if album.window.count("row", "review").await > 0 {
        album.ask("document.querySelector('[data-index=\"0\"]').click()").await;
        album.window.find_like("row", "").await;
        album.look("review").await;
        album.ask("document.querySelector('[data-index=\"1\"]')?.click()").await;
        album.look("review-line").await;
    }
}

async fn the_past(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    album.go(&format!("/w/{}/history", place.id), "History").await;
    album.window.find_like("row", "").await;
    album.look("history").await;
    album.ask("document.querySelector('[data-index=\"1\"]').click()").await;
    album.window.find_id("panel").await;
    album.look("history-event").await;
    album.go(&format!("/w/{}/compare", place.id), "Compare").await;
    album.window.wait_for_text("joined").await;
    album.look("compare").await;
    album.go(&format!("/w/{}/compare?all=true", place.id), "Compare").await;
    album.window.wait_for_text("joined").await;
    album.look("compare-all").await;
}

async fn contents(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    for (kind, title) in [
        ("agent", "Agents"),
        ("prompt", "Prompts"),
        ("knowledge", "Knowledge"),
        ("integration", "Integrations"),
        ("channel", "Channels"),
        ("conversation", "Conversations"),
        ("lead", "Leads"),
    ] {
        album.go(&format!("/w/{}/contents/{kind}", place.id), title).await;
        album.look(kind).await;
        let any = "const it = document.querySelector('[data-index=\"0\"]'); it?.click(); return it !== null";
        if album.ask(any).await == serde_json::json!(true) {
            album.window.find_id("panel").await;
            album.look(&format!("{kind}-panel")).await;
        }
    }
    album.go(&format!("/w/{}/contents/agent", place.id), "Agents").await;
    album.window.click("button", "New agent").await;
    album.window.find_id("dialog").await;
    album.look("agent-new").await;
    album.close_dialog().await;
}

async fn settings(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    for tab in ["general", "plan", "transfer", "end"] {
        album.go(&format!("/w/{}/settings?tab={tab}", place.id), "Settings").await;
        album.look(&format!("settings-{tab}")).await;
    }
    album.window.click("button", &format!("Delete {}…", place.name)).await;
    album.window.find_id("dialog").await;
    album.look("workspace-delete").await;
    album.close_dialog().await;
}

async fn across(album: &mut Album, _: &Person, _: &WorkspaceRow) {
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
    album.ask("document.querySelector('[data-index=\"3\"]').click()").await;
    album.window.wait_for_text("Remove from everywhere").await;
    album.look("person-everywhere").await;
    let address = album.ask("return location.hash.slice(1)").await;
    let address = address.as_str().expect("an address").to_owned();
    album.go(&format!("{address}/leaver"), "from everywhere").await;
    album.window.wait_for_text("can be done").await;
    album.look("leaver").await;
    album.go("/continuity", "Continuity").await;
    album.look("continuity").await;
    album.go("/pending", "Pending").await;
    album.look("pending-empty").await;
}

async fn accounts(album: &mut Album, nora: &Person, place: &WorkspaceRow) {
    album.go("/account", "Manage Account").await;
    album.look("manage-account").await;
    let account = &place.account;
    album.go(&format!("/account/{account}"), &place.account_name).await;
    album.look("account").await;
    album.go(&format!("/account/{account}?add=true"), &place.account_name).await;
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
    album.window.press(&[Held::Control], 'o').await;
    album.window.find_like("option", "").await;
    album.look("switcher").await;
    album.window.press(&[Held::Alt], Key::Enter).await;
    album.window.find_id("why-here").await;
    album.look("switcher-why").await;
    album.close_dialog().await;
    album.window.press(&[Held::Control], 'k').await;
    album.window.find_id("dialog").await;
    album.look("palette").await;
    album.window.type_text("re").await;
    album.look("palette-typed").await;
    album.close_dialog().await;
    album.window.press(&[], Key::F1).await;
    album.window.find_id("dialog").await;
    album.look("shortcuts").await;
    album.close_dialog().await;
    album.window.choose_like("button", "appearance and sign out").await;
    album.window.find_like("menuitem", "").await;
    album.look("me-menu").await;
    album.window.click("menuitem", "Your invitations").await;
    album.window.find_id("dialog").await;
    album.look("inbox").await;
    album.close_dialog().await;
}
