//! One member in the window: end date, label, note, proof, suspended and let back in.

use fantoccini::key::Key;
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::{
    act, enters, founder, joins, loses, page, picture, sit_down, switch, walk_to, workspace,
};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn e32_e39_a_member_is_dated_labelled_proved_suspended_and_let_back_in() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let luis = joins(&server, &ana, place, "Luis Pereira", Role::Write).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "Team members", "Team members").await;

    end_date(&window, &ana, place).await;
    label_and_note(&window, &ana, place).await;
    proof(&window).await;
    suspend_and_let_back_in(&window, &luis, place).await;
    window.close().await;
}

/// E-39: typed or chosen; the row says when.
async fn end_date(window: &Window, ana: &Person, place: WorkspaceId) {
    act(window, "Luis Pereira", "Set an end date…").await;
    window.find_id("dialog").await;
    window.choose("button", "In 30 days").await;
    window.choose_like("button", "End on").await;
    window.wait_for_text("Luis Pereira ends on").await;
    ana.until("the end date on the second device", async || {
        ana.member(place, "Luis Pereira").await.until.map(|_| ())
    })
    .await;
}

async fn label_and_note(window: &Window, ana: &Person, place: WorkspaceId) {
    walk_to(window, "Luis Pereira").await;
    window.press(&[], Key::Enter).await;
    window.find_id("panel").await;
    window.write("Labels", "Legal").await;
    window.press(&[], Key::Enter).await;
    window.find("button", "Take Legal away").await;
    window.write("Note", "Reviews every contract.").await;
    window.choose("button", "Keep note").await;
    window.wait_until_no("button", "Keep note").await;
    ana.until("label and note on the second device", async || {
        let row = ana.member(place, "Luis Pereira").await;
        let view = ana.app.member(place, row.id).await.ok()?;
        (view.note == "Reviews every contract." && !view.row.labels.is_empty()).then_some(())
    })
    .await;
}

/// E-32: where a yes and a no come from.
async fn proof(window: &Window) {
    window.choose("button", "Why? edit knowledge").await;
    window.wait_for_text("Write, given by Ana").await;
    window.choose("button", "Why? change its settings").await;
    window.wait_for_text("It would take one of these roles").await;
    picture(window, "person").await;
}

async fn suspend_and_let_back_in(window: &Window, luis: &Person, place: WorkspaceId) {
    window.press(&[], Key::Escape).await;
    act(window, "Luis Pereira", "Suspend…").await;
    window.find_id("dialog").await;
    window.choose("button", "Suspend Luis Pereira").await;
    window.wait_for_text("Suspended").await;
    loses(luis, place).await;
    act(window, "Luis Pereira", "Let back in").await;
    window.wait_for_text("Luis Pereira let back in").await;
    enters(luis, place).await;
}
