//! A review of 1,284 people: begun online, decided offline by two reviewers, merged without a
//! conflict, carried out with two lines that the rules refuse, and proved. The evidence is then
//! tampered with and caught.

use std::path::Path;
use std::process::Command as Program;

use fantoccini::key::Key;
use muster_client::view::{Intent, ReviewFilter, ReviewQuery};
use muster_domain::{Choice, Command, Covers, GroupId, ReviewId, Role, SchemeId, WorkspaceId};

use crate::people::Person;
use crate::people::server::{Server, binary};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::until;
use crate::rig::window::Window;
use crate::seed::{self, Seed};
use crate::{one, page, picture, sit_down, switch, walk_to};

const PLACE: &str = "Northwind Retail";
const PEOPLE: u16 = 1_284;

/// Ana's agency with one client of 1,284 people: Ben, two of a pod, and everybody else. Whom a
/// group brought can only be removed in the group, so those two are refused at the end.
fn agency(seed: &Seed<'_>) {
    seed.days_ago(30);
    let ana = seed.login("Ana");
    let account = seed.account(&ana, SchemeId::Managed, "Larch");
    let home = seed.workspace(&ana, account, SchemeId::Managed, "Larch Studio");
    let place = seed.workspace(&ana, account, SchemeId::Managed, PLACE);
    let pod = GroupId::from_bytes(seed.fresh());
    seed.run(
        &ana,
        &Command::CreateGroup {
            account,
            group: pod,
            title: "Pod".to_owned(),
            covers: Covers::Listed(vec![place]),
            roles: one(Role::AgentManager),
        },
    );
    for number in 1..=PEOPLE {
        let side = if number % 2 == 0 { "North" } else { "South" };
        let (name, role, first) = match number {
            1 => ("Ben North".to_owned(), Role::WorkspaceAdmin, place),
            2 | 3 => (format!("Aa Pod {number} North"), Role::ChatUser, home),
            4 | 6 => (format!("Aa Gone {number} North"), Role::ChatUser, place),
            _ => (format!("Person {number} {side}"), Role::ChatUser, place),
        };
        let person = seed.joins(&ana, first, &seed.login(&name), role);
        if first == home {
            seed.run(&ana, &Command::AddGroupPerson { account, group: pod, person });
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_e48_e50_e51_1284_people_are_reviewed_offline_by_two_and_proved() {
    let mut server = Server::over(|data| seed::fill(data, agency));
    let ben = Person::new();
    ben.sign_in(server.url(), "Ben North").await.expect("signs in");
    let place = ben.workspace(PLACE).await.id;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    start(&window).await;
    let review = frozen(&ben, place).await;
    server.kill();
    window.wait_for_text("Finishing needs a connection.").await;
    offline_ana(&window).await;
    offline_ben(&ben, place, review).await;
    server.restart();
    ben.all_sent().await;
    window.wait_for_text("1,284 of 1,284").await;
    finish(&window).await;
    let folder = evidence(&window).await;
    caught(Path::new(&folder));
    window.close().await;
    ben.app.end().await;
}

async fn start(window: &Window) {
    page(window, "Access reviews", "Access reviews").await;
    window.choose("button", "Start a review").await;
    window.find_id("dialog").await;
    window.find_like("checkbox", "Ana").await;
    window.check("Ben North").await;
    window.write("Name", "Q4 2026 review").await;
    window.choose("button", "Start the review").await;
    window.wait_for_text("0 of 1,284").await;
}

fn lines(workspace: WorkspaceId, review: ReviewId, text: &str, offset: u32) -> ReviewQuery {
    let (text, filter, hint) = (text.to_owned(), ReviewFilter::All, None);
    ReviewQuery { workspace, review, text, filter, hint, offset, limit: 128 }
}

/// The review as Ben has it, with its whole list.
async fn frozen(ben: &Person, place: WorkspaceId) -> ReviewId {
    ben.until("the whole list", async || {
        let list = ben.app.reviews(Some(place)).await.ok()?;
        let id = list.rows.first()?.id;
        let page = ben.app.review_lines(lines(place, id, "", 0)).await.ok()?;
        (page.matched == u32::from(PEOPLE)).then_some(id)
    })
    .await
}

/// Ana keeps everybody of the north at once, and then has four of them removed.
async fn offline_ana(window: &Window) {
    window.write("Filter by name or email", "north").await;
    window.press(&[], Key::Down).await;
    window.press(&[Held::Control], 'a').await;
    window.wait_for_text("All 644 that match are selected").await;
    window.press(&[], 'k').await;
    window.wait_for_text("644 of 1,284").await;
    window.press(&[], Key::Home).await;
    for who in ["Aa Gone 4", "Aa Gone 6", "Aa Pod 2", "Aa Pod 3"] {
        walk_to(window, who).await;
        window.press(&[], 'r').await;
        window.find("textbox", "Reason").await;
        window.type_text("Left the client").await;
        window.press(&[], Key::Enter).await;
    }
    picture(window, "review-1284").await;
}

/// Ben keeps everybody of the south.
async fn offline_ben(ben: &Person, place: WorkspaceId, review: ReviewId) {
    let mut south = Vec::new();
    loop {
        let offset = u32::try_from(south.len()).expect("few");
        let page =
            ben.app.review_lines(lines(place, review, "south", offset)).await.expect("is read");
        south.extend(page.rows.iter().map(|it| it.membership));
        if south.len() >= usize::try_from(page.matched).expect("few") {
            break;
        }
    }
    for some in south.chunks(500) {
        let (lines, choice) = (some.to_vec(), Some(Choice::Keep));
        let (workspace, reason) = (place, None);
        let intent = Intent::DecideReview { workspace, review, lines, choice, reason };
        ben.app.submit(intent).await.expect("is kept");
    }
}

async fn finish(window: &Window) {
    window.choose("button", "Finish review…").await;
    window.find_id("dialog").await;
    window.wait_for_text("4 removed").await;
    window.wait_for_text("2 can be done · 2 blocked").await;
    window.wait_for_text("E-37").await;
    picture(window, "finish-1284").await;
    window.choose_like("button", "Carry out 2 changes").await;
    window.wait_for_text("The review stays open for 2 lines.").await;
    window.choose("button", "Close").await;
    window.wait_until_gone("Copy result").await;
}

/// Writes evidence until the history is whole in it; answers its folder.
async fn evidence(window: &Window) -> String {
    until("evidence with the key in the history", async || {
        window.choose("button", "Evidence").await;
        let dialog = window.find_id("dialog").await;
        let said = dialog.text().await.ok()?;
        let folder = window
            .script("return document.querySelector('[role=dialog] input[readonly]').value", &[])
            .await
            .ok()?;
        window.press(&[], Key::Escape).await;
        window.wait_until_no("dialog", "").await;
        let folder = folder.as_str()?.to_owned();
        said.contains("says that the key is yours").then_some(folder)
    })
    .await
}

/// Verifies, changes one byte, and is found out.
fn caught(folder: &Path) {
    let verify = || {
        let output = Program::new(binary("muster-verify")).arg(folder).output();
        let output = output.expect("cargo test builds it");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1284 people of Northwind Retail"), "{said}");
    assert!(said.contains("the 2 changes"), "{said}");
    assert!(said.contains("The key is that of the sign-in"), "{said}");
    let table = folder.join("review.csv");
    let mut bytes = std::fs::read(&table).expect("is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&table, bytes).expect("is written");
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("`review.csv` was changed after it was signed"), "{said}");
}
