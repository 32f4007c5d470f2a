//! One start of several reviews: of all workspaces with a label, of one account, and of all in
//! which one may review. Each workspace has a review of its own afterwards.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use muster_client::view::ReviewRow;
use muster_domain::{Command, Labels, Role, SchemeId, WorkspaceId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::seed::{self, Seed};
use crate::{page, picture, sit_down, switch};

const PLACE: &str = "Northwind Retail";

/// Ana's agency with three clients, two of them in Europe, and two workspaces of Luis: one that
/// she may review in and one that she may only read.
fn agency(seed: &Seed<'_>) {
    seed.days_ago(30);
    let (ana, ben, luis) = (seed.login("Ana"), seed.login("Ben Okafor"), seed.login("Luis"));
    let larch = seed.account(&ana, SchemeId::Managed, "Larch");
    let place = |title: &str| seed.workspace(&ana, larch, SchemeId::Managed, title);
    for title in [PLACE, "Acme Health"] {
        let place = place(title);
        seed.joins(&ana, place, &ben, Role::WorkspaceAdmin);
        in_europe(seed, &ana, place);
    }
    place("Blue Lake");
    let own = seed.account(&luis, SchemeId::OwnerLed, "Luis");
    for (title, role) in [("Harbour Coffee", Role::Admin), ("Pine Press", Role::Read)] {
        let place = seed.workspace(&luis, own, SchemeId::OwnerLed, title);
        seed.joins(&luis, place, &ana, role);
    }
}

fn in_europe(seed: &Seed<'_>, ana: &muster_domain::Login, workspace: WorkspaceId) {
    let labels = Labels::clean(["Europe"]).expect("a label");
    let was = Labels::default();
    seed.run(ana, &Command::SetWorkspaceLabels { workspace, was, labels });
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_e48_one_start_of_a_label_an_account_and_all_clients() {
    let server = Server::over(|data| seed::fill(data, agency));
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "Access reviews", "Access reviews").await;

    open(&window).await;
    window.pick("All with a label").await;
    window.choose_from("Label", "Europe").await;
    window.wait_for_text("2 workspaces, each with a review of its own.").await;
    window.check("Ben Okafor").await;
    start(&window, "Europe", 2, "start-label").await;
    let person = Person::new();
    person.sign_in(server.url(), "Ana").await.expect("signs in");
    are(&person, "Europe", &["Acme Health", PLACE], &["Ana", "Ben Okafor"]).await;

    open(&window).await;
    window.pick("All workspaces of Larch").await;
    window.wait_for_text("4 workspaces, each with a review of its own.").await;
    start(&window, "Larch", 4, "start-account").await;
    are(&person, "Larch", &["Acme Health", "Blue Lake", "Larch", PLACE], &["Ana"]).await;

    // Where she may not review there is nothing to start.
    open(&window).await;
    window.pick("All my clients").await;
    window.wait_for_text("5 workspaces, each with a review of its own.").await;
    start(&window, "Everybody", 5, "start-all").await;
    let all = ["Acme Health", "Blue Lake", "Harbour Coffee", "Larch", PLACE];
    are(&person, "Everybody", &all, &["Ana"]).await;

    window.choose("button", "All workspaces").await;
    window.find_like("row", "Harbour Coffee").await;
    picture(&window, "reviews-all").await;
    person.app.end().await;
    window.close().await;
}

async fn open(window: &Window) {
    window.choose("button", "Start a review").await;
    window.find_id("dialog").await;
    window.find_like("checkbox", "Ana").await;
}

async fn start(window: &Window, name: &str, n: usize, as_picture: &str) {
    window.write("Name", name).await;
    picture(window, as_picture).await;
    window.choose("button", &format!("Start {n} reviews")).await;
    window.find("heading", &format!("{n} reviews were started")).await;
    picture(window, &format!("{as_picture}-done")).await;
    window.press(&[], Key::Escape).await;
    window.wait_until_no("dialog", "").await;
}

/// Each of these workspaces has one review of this name, begun with the others.
async fn are(person: &Person, name: &str, places: &[&str], reviewers: &[&str]) {
    let rows: Vec<ReviewRow> = person
        .until("the reviews", async || {
            let list = person.app.reviews(None).await.ok()?;
            let rows: Vec<_> = list.rows.into_iter().filter(|it| it.name == name).collect();
            (rows.len() == places.len()).then_some(rows)
        })
        .await;
    let found: BTreeSet<&str> = rows.iter().map(|it| it.workspace_name.as_str()).collect();
    assert_eq!(found, places.iter().copied().collect(), "one each");
    let first = rows.first().expect("at least one");
    for row in &rows {
        assert_eq!((row.due, row.campaign), (first.due, first.campaign), "{name}");
        let named: BTreeSet<&str> = row.reviewers.iter().map(String::as_str).collect();
        assert_eq!(named, reviewers.iter().copied().collect(), "{name}");
        assert!(row.due.0 > row.started.0 && row.closed.is_none(), "{name}");
    }
}
