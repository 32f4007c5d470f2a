//! The agency as its Account Admin sees it: every page of a workspace, and what opens there.

use fantoccini::key::Key;
use muster_client::view::WorkspaceRow;
use muster_domain::Plan;

use crate::album::Album;
use crate::people::Person;
use crate::rig::input::Held;
use crate::sample::{places, walk};

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
    album.window.find_like("button", "Why?").await.click().await.expect("a click");
    album.window.find_id("proof").await;
    album.look("person-why").await;
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
        act_on(album, 3).await;
        album.window.click("menuitem", action).await;
        album.window.find_id("dialog").await;
        album.look(name).await;
        album.close_dialog().await;
    }
    let menu = |row| {
        async move |window: &crate::rig::window::Window| {
            let script = format!("document.querySelector('[data-index=\"{row}\"]').focus()");
            window.script(&script, &[]).await.expect("the page answers");
            window.press(&[], '.').await;
            window.find_like("menuitem", "").await;
        }
    };
    album.look_over("row-menu", menu(3)).await;
    // Somebody whose role comes from a group: what is refused says so, with its way out.
    album.look_over("row-menu-refused", menu(4)).await;
    act_on(album, 4).await;
    album.window.click("menuitem", "Remove…").await;
    album.window.find_id("dialog").await;
    album.look("remove-refused").await;
    album.close_dialog().await;
    album.window.press(&[Held::Control], 'i').await;
    album.window.find_id("dialog").await;
    album.look("invite").await;
    album.window.fill("Addresses", "ana@x.example, bo@x.example, cleo@x, nora@larch.example").await;
    album.window.find_id("import-ready").await;
    album.look("invite-some").await;
    album.close_dialog().await;
    album.go(&list, "Users").await;
    album.focus_row(3).await;
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
}

async fn act_on(album: &Album, row: usize) {
    album.focus_row(row).await;
    album.window.press(&[], '.').await;
    album.window.find_like("menuitem", "").await;
}

async fn invitations_and_roles(album: &mut Album, nora: &Person, place: &WorkspaceRow) {
    album.go(&format!("/w/{}/invitations", place.id), "Invitations").await;
    album.look("invitations").await;
    album.window.choose_like("button", "expired or answered").await;
    album.window.wait_for_text("Accepted").await;
    album.look("invitations-all").await;
    album.open_row(0).await;
    album.window.find_id("invitation-panel").await;
    album.look("invitation").await;
    album.go(&format!("/w/{}/roles", place.id), "Roles").await;
    album.window.wait_for_text("Agent Manager").await;
    album.look("roles").await;
    album.window.click("button", "Compare with the other kind of account").await;
    album.window.wait_for_text("Accounts led by owners").await;
    album.look("roles-both").await;
    // Own roles come with Pro; on Basic the button says so.
    let places = places(nora).await;
    let of = |plan| places.iter().find(|it| it.plan == plan && it.account == place.account);
    let pro = of(Plan::Pro).expect("some clients are on Pro");
    album.go(&format!("/w/{}/roles", pro.id), "Roles").await;
    album.window.click("button", "New role").await;
    album.window.find_id("dialog").await;
    album.look("role-new").await;
    album.close_dialog().await;
    let basic = of(Plan::Basic).expect("some clients are on Basic");
    album.go(&format!("/w/{}/roles", basic.id), "Roles").await;
    album.window.click("button", "New role").await;
    album.window.wait_for_text("Pro").await;
    album.look("role-new-refused").await;
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
    album.open_row(0).await;
    album.titled("This quarter").await;
    album.look("review").await;
    album.open_row(1).await;
    album.window.find_id("panel").await;
    album.look("review-line").await;
    album.window.press(&[], Key::Escape).await;
    album.window.click("button", "Actions for This quarter").await;
    album.window.click("menuitem", "Export for the client…").await;
    album.window.find_id("dialog").await;
    album.look("review-hand-out").await;
    album.close_dialog().await;
    album.window.click("button", "Finish review…").await;
    album.window.find_id("dialog").await;
    album.look("review-finish").await;
    album.close_dialog().await;
}

async fn the_past(album: &mut Album, _: &Person, place: &WorkspaceRow) {
    album.go(&format!("/w/{}/history", place.id), "History").await;
    album.look("history-fetched").await;
    album.focus_row(0).await;
    album.look("history").await;
    album.open_row(1).await;
    album.window.find_id("panel").await;
    album.look("history-event").await;
    album.go(&format!("/w/{}/compare", place.id), "Compare").await;
    album.window.wait_for_text("joined").await;
    album.look("compare").await;
    album.go(&format!("/w/{}/compare?all=true", place.id), "Compare").await;
    album.window.wait_for_text("joined").await;
    album.look("compare-all").await;
    album.go(&format!("/w/{}/access", place.id), "Access").await;
    album.look("access").await;
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
        if album.rows().await > 0 {
            album.open_row(0).await;
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
    album.window.click("button", "Delete…").await;
    album.window.find_id("dialog").await;
    album.look("workspace-delete").await;
    album.close_dialog().await;
    album.go(&format!("/w/{}/settings?tab=general", place.id), "Settings").await;
    album.window.pick("Ochre").await;
    album.window.choose("button", "Change colour").await;
    album.window.wait_for_text("is Ochre now").await;
    album.look("settings-colour").await;
}
