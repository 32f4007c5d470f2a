//! What leaves the window: a table into the file that the system's own dialog names, and a
//! reminder that the desktop shows and whose press leads back into the window.

use std::collections::HashMap;
use std::fs;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use muster_domain::{Plan, Role, SchemeId};
use zbus::object_server::SignalEmitter;

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::until;
use crate::rig::window::Window;
use crate::{founder, joins, page, picture, sit_down, switch, workspace};

/// How long the system's dialog may take for a path before it is typed again.
const A_TRY: Duration = Duration::from_secs(5);

const PLACE: &str = "Northwind Retail";

/// Does something with the windows and keys of the display; answers what it printed.
fn display(desktop: &Desktop, arguments: &[&str]) -> Option<String> {
    let mut command = desktop.command("xdotool");
    let output = command.args(arguments).stderr(Stdio::null()).output().expect("xdotool is there");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The windows that are shown, without the one that everything begins in.
fn shown(desktop: &Desktop) -> Vec<String> {
    let found = display(desktop, &["search", "--onlyvisible", "--name", "."]).unwrap_or_default();
    found.lines().map(str::to_owned).collect()
}

/// Types a path into the system's dialog that comes up, as a person does, and confirms it.
async fn save_as(desktop: &Desktop, window: &Window, path: &str) {
    let before = shown(desktop);
    window.choose("button", "Save as a file…").await;
    // The dialog is no page: it is a window of the display.
    let dialog = until("the system's dialog", async || {
        shown(desktop).into_iter().find(|it| !before.contains(it))
    })
    .await;
    until("the dialog to take keys", async || {
        display(desktop, &["windowfocus", &dialog])?;
        (display(desktop, &["getwindowfocus"])? == dialog).then_some(())
    })
    .await;
    // What is typed before the dialog has drawn itself is lost, and while it reads the folder
    // that was typed it takes no key: each try is given its time before the next.
    let mut tried: Option<Instant> = None;
    until("the file", async || {
        if fs::exists(path).expect("can be asked") {
            return Some(());
        }
        let is_over = tried.is_none_or(|it| it.elapsed() > A_TRY);
        if is_over && shown(desktop).contains(&dialog) {
            display(desktop, &["key", "ctrl+a"]);
            display(desktop, &["type", "--delay", "4", path]);
            display(desktop, &["key", "Return"]);
            tried = Some(Instant::now());
        }
        None
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_a_table_goes_into_a_file_that_the_system_asks_for() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    for (name, role) in [("Luis Pereira", Role::Write), ("=Farah Haddad", Role::Read)] {
        joins(&server, &ana, place, name, role).await.app.end().await;
    }
    ana.app.end().await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "Team members", "Team members").await;
    window.find_like("row", "Luis Pereira").await;
    window.choose("button", "Export").await;
    window.find("button", "Save as a file…").await;
    picture(&window, "export").await;
    let file = desktop.dir().join("members.csv");
    save_as(&desktop, &window, &file.to_string_lossy()).await;
    window.wait_for_text("members.csv").await;
    let text = fs::read_to_string(&file).expect("is there");
    assert!(text.starts_with('\u{feff}'), "with its mark: {text}");
    assert!(text.contains("\"'=Farah Haddad\""), "no formula: {text}");
    assert!(text.contains("\"Luis Pereira\""), "{text}");
    window.close().await;
}

/// What the desktop was asked to show: title and text.
type Shown = Arc<Mutex<Vec<(String, String)>>>;

/// A desktop's notifications, in the form of the standard.
struct Notifications(Shown);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the form of the standard")]
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, zbus::OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.0.lock().expect("not poisoned");
        shown.push((summary, body));
        u32::try_from(shown.len()).expect("few")
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    fn close_notification(&self, _id: u32) {}

    fn get_server_information(&self) -> (String, String, String, String) {
        ("rig".to_owned(), "Muster".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str)
    -> zbus::Result<()>;
}

/// Has the session's desktop take notifications.
async fn listen(desktop: &Desktop) -> (zbus::Connection, Shown) {
    let output = desktop.command("printenv").arg("DBUS_SESSION_BUS_ADDRESS").output();
    let bus = String::from_utf8(output.expect("is run").stdout).expect("text");
    let shown = Shown::default();
    let connection = zbus::connection::Builder::address(bus.trim())
        .name("org.freedesktop.Notifications")
        .serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&shown)))
        .build()
        .await
        .expect("connects");
    (connection, shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_e38_the_desktop_shows_a_reminder_and_a_press_opens_its_place() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    joins(&server, &ana, place, "Luis Pereira", Role::Write).await.app.end().await;
    ana.app.end().await;
    let desktop = Desktop::start();
    let (connection, shown) = listen(&desktop).await;
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    // The first look comes with the first beat of the pulse, which is no part of the start.
    let (number, title, body) = until("a notification", async || {
        let shown = shown.lock().expect("not poisoned");
        let mut shown = shown.iter().zip(1_u32..);
        shown
            .find(|((_, body), _)| body.contains("one person"))
            .map(|((title, body), number)| (number, title.clone(), body.clone()))
    })
    .await;
    for told in [&title, &body] {
        assert!(!told.contains("Ana") && !told.contains("Luis"), "no person is named: {told}");
    }
    let emitter = SignalEmitter::new(&connection, "/org/freedesktop/Notifications");
    let emitter = emitter.expect("a path");
    Notifications::action_invoked(&emitter, number, "default").await.expect("is told");
    window.find("heading", "Continuity").await;
    window.close().await;
}
