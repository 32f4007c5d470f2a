//! The rule book in the real window, by keyboard alone wherever there are keys: one person at
//! the window, the others as real apps beside it, a real server and a real key store.
//!
//! Pictures go to `target/pictures`. With `MUSTER_WRITE=1` those that are in `docs/images`
//! already are taken there anew.

mod people;
mod rig;
#[path = "../crates/server/tests/smtp/mod.rs"]
mod smtp;

#[path = "book/account.rs"]
mod account;
#[path = "book/address.rs"]
mod address_walk;
#[path = "book/bulk.rs"]
mod bulk;
#[path = "book/client.rs"]
mod client_walk;
#[path = "book/contents.rs"]
mod contents;
#[path = "book/exit.rs"]
mod exit;
#[path = "book/first_run.rs"]
mod first_run;
#[path = "book/frozen.rs"]
mod frozen;
#[path = "book/gone.rs"]
mod gone;
#[path = "book/groups.rs"]
mod groups;
#[path = "book/inbox.rs"]
mod inbox;
#[path = "book/invitations.rs"]
mod invitations;
#[path = "book/keys.rs"]
mod keys;
#[path = "book/leaver.rs"]
mod leaver;
#[path = "book/link.rs"]
mod link;
#[path = "book/many.rs"]
mod many;
#[path = "book/members.rs"]
mod members;
#[path = "book/moves.rs"]
mod moves;
#[path = "book/outside.rs"]
mod outside;
#[path = "book/ownership.rs"]
mod ownership;
#[path = "book/places.rs"]
mod places;
#[path = "book/reviews.rs"]
mod reviews;
#[path = "book/roles.rs"]
mod roles;
#[path = "book/schemes.rs"]
mod schemes;
#[path = "book/scopes.rs"]
mod scopes;
#[path = "book/seed.rs"]
mod seed;
#[path = "book/switcher.rs"]
mod switcher;
#[path = "book/waiting.rs"]
mod waiting;
#[path = "book/windows.rs"]
mod windows;
#[path = "book/year.rs"]
mod year;

use std::time::{Duration, Instant};

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId};
use people::server::Server;
use people::team::{account_of, enters, founder, joins, loses, one, workspace};
use people::{PASSWORD, address};
use rig::desktop::{Desktop, root};
use rig::input::Held;
use rig::window::{Look, Window};
use rig::{PATIENCE, until};

/// A workspace of Ana's with three others in it, and nobody at a window yet.
async fn four_people(server: &Server, place: &str) {
    let ana = founder(server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, place, Plan::Pro).await;
    for (name, role) in [
        ("Luis Pereira", Role::Write),
        ("Farah Haddad", Role::Admin),
        ("Dmitri Sokolov", Role::Read),
    ] {
        joins(server, &ana, place, name, role).await.app.end().await;
    }
    ana.app.end().await;
}

/// Opens the window and signs in, as somebody does on a second device.
async fn sit_down(desktop: &Desktop, server: &Server, name: &str) -> Window {
    sit_down_at(desktop, server.url(), name).await
}

/// The same at an address that leads to the server.
async fn sit_down_at(desktop: &Desktop, url: &str, name: &str) -> Window {
    let window = Window::open(desktop, &desktop.dir().join("data")).await;
    window.choose("button", "Sign in").await;
    window.write("Server", url).await;
    window.write("E-mail", &address(name)).await;
    window.write("Password", PASSWORD).await;
    window.come_in().await;
    // The first page opens by itself; a key pressed before would be about another one.
    window.find_id("roster").await;
    window
}

/// Switches to the workspace of this name (U-26 to U-37).
async fn switch(window: &Window, name: &str) {
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", name).await;
    window.type_text(&name.to_lowercase()).await;
    until("the one that matches", async || (window.count("option", "").await == 1).then_some(()))
        .await;
    window.press(&[], Key::Enter).await;
    until(&format!("{name} to be open"), async || {
        window.find_id("switcher").await.text().await.ok()?.contains(name).then_some(())
    })
    .await;
}

/// Goes to a page by its entry in the sidebar.
async fn page(window: &Window, entry: &str, heading: &str) {
    window.choose_like("link", entry).await;
    window.find("heading", heading).await;
}

/// Walks down a list with the arrows to the row of this name.
async fn walk_to(window: &Window, name: &str) {
    window.find_like("row", name).await;
    let at = "const at = document.activeElement;
        if (at.closest('[role=grid]') === null) {
          return document.querySelector('[role=grid] [tabindex=\"0\"]') === null ? 'wait' : 'out';
        }
        const row = at.closest('[role=row]');
        if (row?.textContent.includes(arguments[0])) return 'here';
        const next = `[role=grid] [data-index=\"${Number(row?.dataset.index) + 1}\"]`;
        return document.querySelector(next) === null ? 'last' : 'on';";
    let deadline = Instant::now() + PATIENCE;
    loop {
        let place = window.script(at, &[name.into()]).await.unwrap_or_default();
        match place.as_str() {
            Some("here") => return,
            // F6 walks through the areas; the list is one of them.
            Some("out") => window.press(&[], Key::F6).await,
            Some("on") => window.press(&[], Key::Down).await,
            Some("last") => window.press(&[], Key::Home).await,
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        let focus = "return document.activeElement.outerHTML.slice(0, 300)";
        assert!(
            Instant::now() < deadline,
            "the row of {name} is not reached: {place}, {:?}",
            window.script(focus, &[]).await
        );
    }
}

/// Opens the actions of a row with its key and chooses one.
async fn act(window: &Window, name: &str, action: &str) {
    walk_to(window, name).await;
    window.press(&[], '.').await;
    window.click("menuitem", action).await;
}

/// Keeps a picture of the window in both looks.
async fn picture(window: &Window, name: &str) {
    for (look, word) in [(Look::Dark, "dark"), (Look::Light, "light")] {
        window.set_look(look).await;
        let file = format!("{name}-{word}.png");
        let kept = root().join("docs/images").join(&file);
        let is_kept = std::env::var_os("MUSTER_WRITE").is_some() && kept.exists();
        let scratch = root().join("target/pictures").join(file);
        window.screenshot(if is_kept { &kept } else { &scratch }).await;
    }
}
