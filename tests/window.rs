//! The real window, from the outside.

mod people;
mod rig;

use fantoccini::key::Key;
use people::PASSWORD;
use people::server::Server;
use rig::desktop::Desktop;
use rig::input::Held;
use rig::until;
use rig::window::{Look, Window, app};
use serde_json::json;

#[tokio::test]
async fn u2_signing_up_in_the_window_lasts_over_kill_and_restart() {
    let server = Server::start();
    let desktop = Desktop::start();
    let data = desktop.dir().join("data");
    let window = Window::open(&desktop, &data).await;
    window.click("button", "Sign up").await;
    window.fill("Server", server.url()).await;
    window.fill("Your name", "Alex Doe").await;
    window.fill("E-mail", "alex@example.org").await;
    window.fill("Password", PASSWORD).await;
    window.find_like("radio", "On my own").await.click().await.expect("takes a click");
    window.find("textbox", "Password").await.send_keys("\u{e007}").await.expect("takes Enter");
    window.wait_for_text("Alex’s workspace").await;
    window.kill();

    let window = Window::open(&desktop, &data).await;
    window.wait_for_text("Alex’s workspace").await;
    window.close().await;
}

#[tokio::test]
async fn security_c2_the_page_reaches_no_network_and_runs_no_text() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop, &desktop.dir().join("data")).await;
    let script = "const done = arguments[arguments.length - 1];
         const tries = [
           () => { const it = document.createElement('script'); it.textContent = 'window.ran = 1';
                   document.head.append(it); return window.ran === undefined; },
           () => fetch('http://127.0.0.1:9/').then(() => false, () => true),
           () => { const it = document.createElement('iframe'); it.src = 'https://example.org/';
                   document.body.append(it); return it.contentDocument?.URL !== it.src; },
           () => { Object.prototype.planted = 1; return ({}).planted === undefined; },
         ];
         Promise.all(tries.map(async (it) => { try { return await it(); } catch { return true; } }))
           .then(done);";
    let held = window.script_async(script).await;
    assert_eq!(held, json!([true, true, true, true]), "script, fetch, frame, prototype");
    window.close().await;
}

#[tokio::test]
async fn a_second_start_ends_and_leaves_the_first_window() {
    let desktop = Desktop::start();
    let data = desktop.dir().join("data");
    let window = Window::open(&desktop, &data).await;
    let pid = window.pid();
    let mut second = desktop.command(app());
    let mut second = second.env("MUSTER_DATA_DIR", &data).spawn().expect("the app runs");
    let status =
        until("the second start to end", async || second.try_wait().expect("a child")).await;
    assert!(status.success(), "the second start hands over and ends well");
    assert_eq!(window.pid(), pid, "the first is still there");
    window.wait_for_text("Sign in").await;
    window.close().await;
}

/// The rig itself: what it says it does, the page sees.
#[tokio::test]
async fn the_rig_drops_files_chooses_them_and_presses_keys() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop, &desktop.dir().join("data")).await;
    let script = "const add = (tag, label) => {
           const it = document.body.appendChild(document.createElement(tag));
           it.setAttribute('aria-label', label);
           return it;
         };
         window.seen = [];
         const note = async (how, file) => seen.push([how, file.name, await file.text()]);
         const target = add('button', 'Target');
         target.textContent = 'Target';
         target.ondragover = (event) => event.preventDefault();
         target.ondrop = (event) => note('drop', event.dataTransfer.files[0]);
         const chooser = add('input', 'Chooser');
         chooser.type = 'file';
         chooser.setAttribute('role', 'chooser');
         chooser.onchange = () => note('choose', chooser.files[0]);
         document.onkeydown = ({ key, ctrlKey, shiftKey }) => {
           if (key === 'K' || key === 'Escape') seen.push([key, ctrlKey, shiftKey]);
         };";
    window.script(script, &[]).await.expect("the page answers");
    let file = desktop.dir().join("people.csv");
    std::fs::write(&file, "email\nbjörk@example.org\n").expect("write");
    let content = "email\nbjörk@example.org\n";

    window.drop_file(&window.find("button", "Target").await, &file).await;
    window.upload(&window.find("chooser", "Chooser").await, &file).await;
    window.press(&[Held::Control, Held::Shift], 'K').await;
    window.press(&[], Key::Escape).await;

    let seen = until("all four", async || {
        let seen = window.script("return seen", &[]).await.expect("the page answers");
        (seen.as_array()?.len() == 4).then_some(seen)
    });
    let mut seen = seen.await.as_array().expect("a list").clone();
    seen.sort_by_key(ToString::to_string);
    let expected = json!([
        ["Escape", false, false],
        ["K", true, true],
        ["choose", "people.csv", content],
        ["drop", "people.csv", content],
    ]);
    assert_eq!(json!(seen), expected);

    window.resize(640, 700).await;
    let width = window.script("return innerWidth", &[]).await.expect("the page answers");
    assert_eq!(width, json!(640));
    window.set_look(Look::Dark).await;
    let picture = desktop.dir().join("dark.png");
    window.screenshot(&picture).await;
    let picture = std::fs::read(picture).expect("kept");
    assert!(picture.starts_with(b"\x89PNG"), "a picture");
    window.close().await;
}
