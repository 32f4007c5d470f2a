//! The switcher, and the Workspaces page behind it: where they stand, what they say of each
//! workspace, and that everything on the page goes over with the one that is chosen.

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId};
use serde_json::json;

use crate::contents::agent;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{enters, founder, page, picture, sit_down, switch, workspace};

/// What a script says of the page.
async fn says(window: &Window, script: &str) -> bool {
    window.script(script, &[]).await.expect("the page answers") == json!(true)
}

#[tokio::test(flavor = "multi_thread")]
async fn u23_u25_u27_u28_u30_u31_u32_u33_u39_u5_the_switcher_takes_the_whole_page_along() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    agent(&ana, team, "Shop helper").await;
    let cleo = founder(&server, "Cleo", SchemeId::OwnerLed).await;
    let studio = workspace(&cleo, "Acme Health", Plan::Basic).await;
    agent(&cleo, studio, "Clinic guide").await;
    let link = cleo.invite(studio, "Ana", Role::Read).await;
    ana.app.invitation_accept(link).await.expect("Ana is meant");
    enters(&ana, studio).await;

    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, "Northwind Retail").await;
    stands_in_the_top_bar(&window).await;
    names_each_with_its_role(&window).await;
    takes_the_page_along(&window).await;
    is_highlighted_on_its_page(&window).await;
    stands_first_in_the_drawer(&window).await;
    window.close().await;
}

async fn stands_in_the_top_bar(window: &Window) {
    let in_header = "return document.querySelector('header [data-testid=switcher]') !== null";
    assert!(says(window, in_header).await, "U-27");
    // U-23: entries of one level, above what belongs to a single agent.
    let level = "const at = (name) => [...document.querySelectorAll('nav a')]
            .find((it) => it.textContent.trim().startsWith(name))?.closest('li')?.parentElement;
        return ['Workspaces', 'Agents', 'Team members']
            .every((it) => at(it)?.parentElement?.tagName === 'NAV')";
    assert!(says(window, level).await, "U-23");
}

async fn names_each_with_its_role(window: &Window) {
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", "Acme Health").await;
    // The picture shows what is seen of it; this is what is read out.
    picture(window, "switcher-roles").await;
    let named = "const all = [...document.querySelectorAll('[role=option]')];
        return all.some((it) => it.textContent.includes(arguments[0])
            && it.textContent.includes(arguments[1]))";
    for (name, role) in
        [("Northwind Retail", "Owner"), ("Acme Health", "Read"), ("Ana’s workspace", "Owner")]
    {
        let said = window.script(named, &[json!(name), json!(role)]).await;
        assert_eq!(said.expect("the page answers"), json!(true), "U-30, U-5: {name}, {role}");
    }
    let open = "const all = [...document.querySelectorAll('[role=option][aria-selected=true]')];
        const ticks = document.querySelectorAll('[role=option] .lucide-check');
        return all.length === 1 && all[0].textContent.includes('Northwind Retail')
            && ticks.length === 1 && all[0].contains(ticks[0])";
    assert!(says(window, open).await, "U-31");
    window.press(&[], Key::Escape).await;
    window.wait_until_no("option", "Acme Health").await;
}

async fn takes_the_page_along(window: &Window) {
    page(window, "Agents", "Agents").await;
    window.find_like("row", "Shop helper").await;
    // U-32: the entry is pressed.
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", "Acme Health").await.click().await.expect("takes a click");
    until("Acme Health to be open", async || {
        window.find_id("switcher").await.text().await.ok()?.contains("Acme Health").then_some(())
    })
    .await;
    // U-25, U-33: on the same page, with what is in the other one and nothing of the first.
    window.find_like("row", "Clinic guide").await;
    assert_eq!(window.count("row", "Shop helper").await, 0, "U-33");
    page(window, "Team members", "Team members").await;
    window.find_like("row", "Cleo").await;
}

async fn is_highlighted_on_its_page(window: &Window) {
    page(window, "Workspaces", "Workspaces").await;
    window.wait_for_text("Open now").await;
    let marked = "const rows = [...document.querySelectorAll('[aria-current=true]')]
            .filter((it) => it.textContent.includes('Open now'));
        return rows.length === 1 && rows[0].textContent.includes('Acme Health')";
    assert!(says(window, marked).await, "U-39");
}

async fn stands_first_in_the_drawer(window: &Window) {
    window.resize(500, 900).await;
    until("the switcher to leave the top bar", async || {
        says(window, "return document.querySelector('header [data-testid=switcher]') === null")
            .await
            .then_some(())
    })
    .await;
    window.choose("button", "Show or hide the areas").await;
    let first = "return document.querySelector('nav button')?.dataset.testid === 'switcher'";
    until("the drawer", async || says(window, first).await.then_some(())).await;
    picture(window, "switcher-drawer").await;
}
