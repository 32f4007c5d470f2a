//! Lists of reviews that are long: the window says that one is being taken, and of one that comes
//! with the first download how much has come, also while there is no connection to fetch the rest.

use muster_domain::{
    CampaignId, Command, Login, QuietDays, ReviewId, Role, SchemeId, Timestamp, Undecided,
    WorkspaceId,
};

use crate::people::line::Line;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::seed::{self, Seed};
use crate::{page, picture, sit_down, sit_down_at, switch};

const PLACE: &str = "Northwind Retail";

/// Bytes of the server with which the first answer has come, of 112 kB, and the second has not, of 60.
const PART: usize = 140_000;

fn agency(seed: &Seed<'_>, people: u16) -> (Login, WorkspaceId) {
    seed.days_ago(30);
    let ana = seed.login("Ana");
    let account = seed.account(&ana, SchemeId::Managed, "Larch");
    let place = seed.workspace(&ana, account, SchemeId::Managed, PLACE);
    seed.crowd(account, place, people, Role::ChatUser);
    (ana, place)
}

/// A review of more people than one answer brings.
fn under_review(seed: &Seed<'_>) {
    let (ana, workspace) = agency(seed, 12_000);
    let start = Command::StartReview {
        workspace,
        review: ReviewId::from_bytes(seed.fresh()),
        campaign: CampaignId::from_bytes(seed.fresh()),
        title: "Large review".to_owned(),
        due: Timestamp(4_000_000_000_000),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![ana.id],
    };
    seed.run(&ana, &start);
}

async fn start(window: &Window, from: &str, name: &str) {
    page(window, from, "Access reviews").await;
    window.choose("button", "Start a review").await;
    window.find_id("dialog").await;
    window.find_like("checkbox", "Ana").await;
    window.write("Name", name).await;
    window.choose("button", "Start the review").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_of_a_list_that_comes_the_window_says_how_much_is_here_offline_too() {
    let mut server = Server::over(|data| seed::fill(data, under_review));
    let desktop = Desktop::start();
    let line = Line::to(server.url(), PART);
    let window = sit_down_at(&desktop, line.url(), "Ana").await;
    switch(&window, PLACE).await;
    window.choose_like("link", "Access reviews").await;
    window.find_like("heading", "Large review").await;
    window.find_id("arriving").await;
    // What has come stays, and is told while the rest cannot be fetched.
    server.kill();
    line.break_off();
    window.wait_for_text("Offline since").await;
    window.find_id("arriving").await;
    window.wait_for_text("nothing has changed").await;
    picture(&window, "review-arriving").await;
    server.restart();
    window.wait_until_gone("Taking the list").await;
    window.wait_for_text("Undecided 12,000").await;
    // What was said of the time without a connection is said no more, on the page that was open.
    window.wait_until_gone("nothing has changed").await;
    window.wait_until_gone("isn’t all here").await;
    start(&window, "All reviews", "Second review").await;
    window.find_like("heading", "Second review").await;
    window.wait_for_text("Undecided 12,000").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_while_a_list_is_taken_the_window_says_so_where_it_is_seen() {
    let server = Server::over(|data| {
        seed::fill(data, |seed| {
            agency(seed, 2_000);
        });
    });
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    start(&window, "Access reviews", "Q4 2026 review").await;
    window.wait_for_text("Taking the list of people as of").await;
    picture(&window, "review-taking").await;
    window.wait_for_text("0 of 2,000").await;
    window.close().await;
}
