//! The inbox inside the app: an address is proved with the code that was mailed there, and what
//! waits for it is accepted or declined.

use muster_client::view::{InvitationRow, InvitationStatus};
use muster_domain::{Plan, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{Person, address};
use crate::rig::desktop::Desktop;
use crate::rig::until;
use crate::rig::window::Window;
use crate::smtp::Sink;
use crate::{founder, page, picture, sit_down, workspace};

const PLACE: &str = "Northwind Retail";
const OTHER: &str = "Acme Health";
/// Alex at work: another address than the one that Alex signed up with.
const AT_WORK: &str = "Alex Work";

#[tokio::test(flavor = "multi_thread")]
async fn e24_e25_r12_an_address_is_proved_and_what_waits_for_it_accepted_and_declined() {
    let sink = Sink::start();
    let server = Server::start_with(vec![
        ("MUSTER_SMTP", format!("smtp://{}", sink.addr)),
        ("MUSTER_MAIL_FROM", "muster@server.example".to_owned()),
        ("MUSTER_PUBLIC_URL", "https://muster.example".to_owned()),
    ]);
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let other = workspace(&ana, OTHER, Plan::Pro).await;
    let alex = founder(&server, "Alex", SchemeId::OwnerLed).await;
    alex.app.end().await;
    ana.invite(place, AT_WORK, Role::Write).await;
    ana.invite(other, AT_WORK, Role::Read).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Alex").await;

    prove(&window, &sink).await;
    decline(&window, &ana, other).await;
    accept(&window, &ana, place).await;
    window.close().await;
}

async fn open_inbox(window: &Window) {
    window.choose_like("button", "Alex, appearance and sign out").await;
    window.click("menuitem", "Your invitations").await;
    window.find_id("dialog").await;
}

/// E-24: only what goes to an address that is proved to be Alex's is told to Alex.
async fn prove(window: &Window, sink: &Sink) {
    open_inbox(window).await;
    window.wait_for_text("No invitations wait for you.").await;
    window.write("Another address of yours", &address(AT_WORK)).await;
    window.choose("button", "Send a code").await;
    window.wait_for_text("A code was sent to").await;
    // Two invitations went to this address before.
    let letters = sink.letters(3);
    let code = letters.iter().find_map(|letter| code_in(&letter.body()));
    window.write("Code", &code.expect("a letter with a code")).await;
    window.choose("button", "Prove address").await;
    window.find("button", &format!("Join {PLACE}")).await;
    window.find("button", &format!("Join {OTHER}")).await;
    picture(window, "inbox").await;
}

fn code_in(body: &str) -> Option<String> {
    let is_code = |word: &&str| word.len() == 6 && word.chars().all(|c| c.is_ascii_digit());
    body.split_whitespace().find(is_code).map(str::to_owned)
}

/// It is gone for whoever invited, too.
async fn decline(window: &Window, ana: &Person, other: WorkspaceId) {
    window.choose_in(OTHER, "button", "Decline").await;
    window.wait_until_no("button", &format!("Join {OTHER}")).await;
    ana.until("the invitation to wait no more", async || {
        let page = ana.app.invitations(other, 0, 128).await.ok()?;
        let waits = |row: &InvitationRow| row.state == InvitationStatus::Waiting;
        (!page.rows.iter().any(waits)).then_some(())
    })
    .await;
}

/// R12: joins as what the invitation says, under the address that it went to.
async fn accept(window: &Window, ana: &Person, place: WorkspaceId) {
    window.choose("button", &format!("Join {PLACE}")).await;
    until("the new workspace to be open", async || {
        window.find_id("switcher").await.text().await.ok()?.contains(PLACE).then_some(())
    })
    .await;
    page(window, "Team members", "Team members").await;
    window.find_like("row", "Ana").await;
    ana.until("Alex among the members", async || {
        let members = ana.members(place).await;
        (members.people == 2).then_some(())
    })
    .await;
    open_inbox(window).await;
    window.wait_for_text("No invitations wait for you.").await;
}
