//! Another address to sign in with: proved by its code, taken with the password once more, told
//! to the earlier one, seen by the team and by the other device (E-62).

use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::people::{PASSWORD, Person, address};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::smtp::Sink;
use crate::{founder, joins, one, picture, sit_down, workspace};

/// Bo after a change of names at work.
const NEW: &str = "Bo New";

#[tokio::test(flavor = "multi_thread")]
async fn e62_u71_another_address_to_sign_in_with_is_proved_taken_and_seen_everywhere() {
    let sink = Sink::start();
    let server = Server::start_with(vec![
        ("MUSTER_SMTP", format!("smtp://{}", sink.addr)),
        ("MUSTER_MAIL_FROM", "muster@server.example".to_owned()),
        ("MUSTER_PUBLIC_URL", "https://muster.example".to_owned()),
    ]);
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Northwind Retail", Plan::Pro).await;
    let bo = joins(&server, &ana, place, "Bo", Role::Write).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Bo").await;

    prove(&window, &sink).await;
    take(&window, &sink).await;
    // A member is found by the address that the team sees.
    let seen = ana.member(place, NEW).await;
    assert_eq!((seen.name.as_str(), seen.roles), ("Bo", one(Role::Write)));
    bo.until("the other device to know it", async || {
        (bo.app.app_state().await.ok()?.me?.address == address(NEW)).then_some(())
    })
    .await;
    drop_the_old(&window, &bo).await;
    window.close().await;
    assert!(bo.sign_in(server.url(), "Bo").await.is_err(), "the earlier address opens nothing");
    bo.sign_in(server.url(), NEW).await.expect("the new one does");
}

async fn prove(window: &Window, sink: &Sink) {
    window.press(&[Held::Control], ',').await;
    window.find("heading", "Manage Account").await;
    window.choose("button", "Add an address…").await;
    window.find_id("dialog").await;
    window.write("Another address of yours", &address(NEW)).await;
    window.choose("button", "Send a code").await;
    window.wait_for_text("A code was sent to").await;
    // The invitation went to Bo before.
    let letters = sink.letters(2);
    let is_code = |word: &&str| word.len() == 6 && word.chars().all(|c| c.is_ascii_digit());
    let code = letters.iter().find_map(|it| {
        let body = it.body();
        body.split_whitespace().find(is_code).map(str::to_owned)
    });
    window.write("Code", &code.expect("a letter with a code")).await;
    window.choose("button", "Prove address").await;
    window.find("button", "Sign in with it…").await;
    picture(window, "addresses").await;
}

async fn take(window: &Window, sink: &Sink) {
    window.choose("button", "Sign in with it…").await;
    window.find_id("dialog").await;
    window.write("Password", "not the password").await;
    window.choose("button", "Use this address").await;
    window.wait_for_text("don’t belong together").await;
    picture(window, "address-to-sign-in").await;
    window.resize(500, 800).await;
    picture(window, "address-to-sign-in-narrow").await;
    window.resize(1280, 800).await;
    window.write("Password", PASSWORD).await;
    window.choose("button", "Use this address").await;
    window.wait_for_text("You sign in with this one").await;
    let letters = sink.letters(3);
    let told = letters.last().expect("a letter");
    assert_eq!(told.to, [address("Bo")], "the earlier address is told");
    picture(window, "address-changed").await;
}

/// Bo signed up by a link, so the earlier address was never proved and is not kept.
async fn drop_the_old(window: &Window, bo: &Person) {
    window.wait_until_no("button", "Sign in with it…").await;
    let me = bo.app.app_state().await.expect("answers").me.expect("is signed in");
    assert_eq!(me.verified, [address(NEW)]);
}
