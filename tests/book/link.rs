//! A link pressed anywhere on the desktop: from the page of the server through the registered
//! menu entry to the window that is open already.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::rig::desktop::{Desktop, root};
use crate::rig::until;
use crate::rig::window::{Window, app};
use crate::{founder, sit_down, workspace};

const PLACE: &str = "Northwind Retail";

#[tokio::test(flavor = "multi_thread")]
async fn r12_e25_a_pressed_link_reaches_the_window_that_is_open() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let mei = founder(&server, "Mei", SchemeId::OwnerLed).await;
    mei.app.end().await;
    let for_bo = handed_over(&server, &ana.invite(place, "Bo", Role::Write).await);
    let for_mei = handed_over(&server, &ana.invite(place, "Mei", Role::Read).await);
    let desktop = Desktop::start();
    register(&desktop);
    let window = sit_down(&desktop, &server, "Mei").await;
    let first = window.pid();

    // E-25: somebody else's link opens, and says whose it is.
    press(&desktop, &for_bo).await;
    window.find("dialog", "I have an invitation").await;
    window.choose("button", "Look at the invitation").await;
    window.choose("button", &format!("Join {PLACE}")).await;
    window.wait_for_text("This invitation is for another address.").await;
    window.choose("button", "Cancel").await;

    press(&desktop, &for_mei).await;
    look_and_join(&window).await;
    ana.member(place, "Mei").await;
    assert_eq!(window.pid(), first, "the one window took both");
    window.close().await;
}

async fn look_and_join(window: &Window) {
    window.find("dialog", "I have an invitation").await;
    window.choose("button", "Look at the invitation").await;
    window.wait_for_text("Ana invited mei@people.example to Northwind Retail").await;
    window.choose("button", &format!("Join {PLACE}")).await;
    until("the workspace of the invitation to be open", async || {
        window.find_id("switcher").await.text().await.ok()?.contains(PLACE).then_some(())
    })
    .await;
}

/// The link that the server's page of an invitation hands to the app.
fn handed_over(server: &Server, link: &str) -> String {
    let (address, path) = (
        server.url().strip_prefix("http://").expect("http on loopback"),
        link.strip_prefix(server.url()).expect("a page of this server"),
    );
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .expect("the server reads");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("a page");
    let (_, after) = page.split_once("href=\"muster://").expect("a link for the app");
    let (link, _) = after.split_once('"').expect("its end");
    format!("muster://{}", link.replace("&amp;", "&"))
}

/// Puts the package's menu entry where the desktop looks for it, as an installation does.
fn register(desktop: &Desktop) {
    let entry = std::fs::read_to_string(root().join("packaging/app/muster.desktop"));
    let entry = entry.expect("the package has one");
    let entry = entry
        .replace("{{exec}}", app().to_str().expect("a path in UTF-8"))
        .replace("{{comment}}", "Team administration")
        .replace("{{icon}}", "muster");
    let dir = desktop.dir().join("home/.local/share/applications");
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("muster.desktop"), entry).expect("written");
    let mut register = desktop.command("xdg-mime");
    register.args(["default", "muster.desktop", "x-scheme-handler/muster"]);
    assert!(register.status().expect("xdg-mime is installed").success());
}

/// Presses a link as any program of the desktop does, and waits until that is handed on.
async fn press(desktop: &Desktop, link: &str) {
    let mut pressed = desktop
        .command("xdg-open")
        .arg(link)
        .env("MUSTER_DATA_DIR", desktop.dir().join("data"))
        .spawn()
        .expect("xdg-open is installed");
    let status = until("the second start to end", async || pressed.try_wait().expect("a child"));
    assert!(status.await.success(), "the link has a program that opens it");
}
