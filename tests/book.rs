//! The rule book in the real window, by keyboard alone wherever there are keys: one person at
//! the window, the others as real apps beside it, a real server and a real key store.
//!
//! Pictures go to `target/pictures`. With `MUSTER_WRITE=1` those that are in `docs/images`
//! already are taken there anew.

mod people;
mod rig;

#[path = "book/account.rs"]
mod account;
#[path = "book/bulk.rs"]
mod bulk;
#[path = "book/contents.rs"]
mod contents;
#[path = "book/invitations.rs"]
mod invitations;
#[path = "book/members.rs"]
mod members;
#[path = "book/ownership.rs"]
mod ownership;
#[path = "book/places.rs"]
mod places;
#[path = "book/schemes.rs"]
mod schemes;

use std::time::{Duration, Instant};

use fantoccini::key::Key;
use muster_client::view::{Intent, Submitted};
use muster_domain::{AccountId, Plan, Role, RoleSet, SchemeId, WorkspaceId};
use people::server::Server;
use people::{PASSWORD, Person, address, sign_up_form};
use rig::desktop::{Desktop, root};
use rig::input::Held;
use rig::window::{Look, Window};
use rig::{PATIENCE, until};

/// One built-in role.
fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

/// Somebody with an account of the scheme, with the first workspace loaded.
async fn founder(server: &Server, name: &str, scheme: SchemeId) -> Person {
    let person = Person::new();
    person.sign_up(server.url(), name, scheme).await;
    person.first_workspace().await;
    person
}

/// Does something that is accepted, at once or as soon as the server has it.
async fn does(person: &Person, intent: Intent) {
    match person.app.submit(intent).await.expect("submits") {
        Submitted::Applied { .. } => {}
        Submitted::Queued { .. } => person.all_sent().await,
        other => panic!("expected it to be accepted, got {other:?}"),
    }
}

/// The account that somebody administers.
async fn account_of(person: &Person) -> AccountId {
    person
        .until("an account of one's own", async || {
            let rows = person.app.accounts().await.ok()?;
            rows.into_iter().find(|row| row.admin).map(|row| row.id)
        })
        .await
}

/// A further workspace in the person's own account.
async fn workspace(person: &Person, name: &str, plan: Plan) -> WorkspaceId {
    let account = account_of(person).await.to_string();
    let create = Intent::CreateWorkspace {
        account,
        name: name.to_owned(),
        plan: Some(plan),
        add_me: true,
        labels: Default::default(),
    };
    does(person, create).await;
    person.workspace(name).await.id
}

/// Somebody who joins by invitation: with an account of their own from an owner-led one,
/// without from a managed one (C-15).
async fn joins(
    server: &Server,
    host: &Person,
    place: WorkspaceId,
    name: &str,
    role: Role,
) -> Person {
    let link = host.invite(place, name, role).await;
    let scheme = host.app.workspace(place).await.expect("is there").row.scheme;
    let guest = Person::new();
    let own = (scheme == SchemeId::OwnerLed).then_some(SchemeId::OwnerLed);
    let mut form = sign_up_form(server.url(), name, own);
    form.invitation = Some(link);
    guest.app.sign_up(form).await.expect("signs up with the invitation");
    enters(&guest, place).await;
    host.member(place, name).await;
    guest
}

/// Waits until somebody can open a workspace.
async fn enters(person: &Person, place: WorkspaceId) {
    person
        .until("the workspace to open", async || {
            person.app.workspace(place).await.ok().filter(|it| it.row.loaded).map(|_| ())
        })
        .await;
}

/// Waits until somebody can no longer open a workspace.
async fn loses(person: &Person, place: WorkspaceId) {
    person
        .until("the workspace to close", async || {
            person.app.workspace(place).await.is_err().then_some(())
        })
        .await;
}

/// Opens the window and signs in, as somebody does on a second device.
async fn sit_down(desktop: &Desktop, server: &Server, name: &str) -> Window {
    let window = Window::open(desktop, &desktop.dir().join("data")).await;
    window.choose("button", "Sign in").await;
    window.write("Server", server.url()).await;
    window.write("E-mail", &address(name)).await;
    window.write("Password", PASSWORD).await;
    window.press(&[], Key::Enter).await;
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
