//! Reviews, the past and the people across workspaces without the server: what is decided waits,
//! what needs a connection says so; and what becomes of a decision that is refused.

use fantoccini::key::Key;
use muster_client::view::Intent;

use crate::album::Album;
use crate::rig::desktop::Desktop;
use crate::sample::{NORA, agency, beside, places, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn reviews_and_the_past_fit_without_a_connection() {
    let mut server = agency();
    let nora = beside(&server, NORA).await;
    let place = places(&nora).await.into_iter().next().expect("the agency has clients");
    let review = nora.app.reviews(Some(place.id)).await.expect("reads").rows;
    let review = review.into_iter().find(|it| it.closed.is_none()).expect("one is open").id;
    let alone = nora.app.continuity().await.expect("the owners of the sample");
    let alone = alone.into_iter().find(|it| it.holder != "Nora Larch").expect("somebody is");
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "offline");
    let page = format!("/w/{}/reviews/{review}?show=undecided", place.id);
    album.go(&page, "This quarter").await;
    server.kill();
    album.window.wait_for_text("Offline since").await;

    album.open_row(1).await;
    album.window.press(&[], 'k').await;
    album.window.wait_for_text("not sent yet").await;
    album.look("review").await;
    album.go(&format!("/w/{}/reviews/{review}?show=mine", place.id), "This quarter").await;
    album.open_row(0).await;
    album.window.find_id("panel").await;
    album.look("review-decided").await;
    album.window.press(&[], Key::Escape).await;
    album.window.click("button", "Finish review…").await;
    album.look("review-finish").await;
    album.go(&format!("/w/{}/reviews?all=true", place.id), "Access reviews").await;
    album.window.click("button", "Start a review").await;
    album.look("review-start").await;

    album.go(&format!("/w/{}/history", place.id), "History").await;
    album.window.wait_for_text("Not sent yet").await;
    album.look("history").await;
    album.go(&format!("/w/{}/compare", place.id), "Compare").await;
    album.window.wait_for_text("joined").await;
    album.look("compare").await;
    album.go("/people", "People").await;
    album.look("people").await;
    album.go("/continuity", "Continuity").await;
    album.look("continuity").await;
    album.go(&format!("/people/{}/leaver", alone.holder_login), "from everywhere").await;
    album.window.wait_for_text("can be done").await;
    album.look("leaver").await;

    // Somebody else decides from now on, which the window could not hear of.
    let known = server.restart_elsewhere();
    let faster = beside(&server, NORA).await;
    places(&faster).await;
    let people = faster.app.review_people(place.id, String::new()).await.expect("reads");
    let other = people.into_iter().find(|it| !it.is_me).expect("somebody else may").login;
    let (workspace, reviewers) = (place.id, vec![other]);
    faster.apply(Intent::SetReviewers { workspace, review, reviewers }).await;
    server.restart_at(known);
    album.window.wait_until_gone("Offline since").await;
    album.window.wait_for_text("1 change refused").await;
    album.go(&format!("/w/{}/reviews/{review}?show=undecided", place.id), "This quarter").await;
    album.look("review-refused").await;
    album.go(&format!("/w/{}/history", place.id), "History").await;
    album.look("history-refused").await;
    album.close().await;
}
