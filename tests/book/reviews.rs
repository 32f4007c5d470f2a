//! An access review from its start to its end, and what is left of it: the changes in the
//! roster, the sentences in the history, two dates compared, and one person in all workspaces.

use fantoccini::key::Key;

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::{four_people, page, picture, sit_down, switch, walk_to};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn v49_e48_e49_e50_e63_a_review_is_decided_carried_out_and_remembered() {
    let server = Server::start();
    four_people(&server, PLACE).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    start(&window).await;
    decide(&window).await;
    finish(&window).await;
    look_back(&window).await;
    window.close().await;
}

async fn start(window: &Window) {
    page(window, "Access reviews", "Access reviews").await;
    window.wait_for_text("whether they should still have access").await;
    window.choose("button", "Start a review").await;
    window.find_id("dialog").await;
    window.find_like("checkbox", "Ana").await;
    picture(window, "review-start").await;
    window.write("Name", "Q4 2026 review").await;
    window.choose("button", "Start the review").await;
    window.find_like("row", "Luis Pereira").await;
}

async fn decide(window: &Window) {
    walk_to(window, "Luis Pereira").await;
    window.press(&[], 'r').await;
    window.find("textbox", "Reason").await;
    picture(window, "review").await;
    window.type_text("Left the agency").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("1 of 4").await;
    walk_to(window, "Farah Haddad").await;
    window.press(&[], 'k').await;
    window.wait_for_text("2 of 4").await;
}

async fn finish(window: &Window) {
    window.choose("button", "Finish review…").await;
    window.find_id("dialog").await;
    window.wait_for_text("2 not reviewed").await;
    picture(window, "review-finish").await;
    window.choose_like("button", "Carry out").await;
    window.wait_for_text("Q4 2026 review is closed.").await;
    picture(window, "review-done").await;
    window.press(&[], Key::Escape).await;
    window.wait_until_gone("Copy result").await;
}

async fn look_back(window: &Window) {
    page(window, "Team members", "Team members").await;
    window.wait_until_gone("Luis Pereira").await;
    page(window, "History", "History").await;
    window.wait_for_text("Luis Pereira").await;
    picture(window, "history").await;
    window.choose("button", "Compare two dates…").await;
    window.find("heading", "Compare two dates").await;
    window.wait_for_text("joined").await;
    picture(window, "compare").await;
    page(window, "People", "People").await;
    window.find_like("row", "Farah Haddad").await;
    picture(window, "people").await;
}
