//! The real window, driven over WebDriver.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use fantoccini::wd::{Capabilities, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::desktop::Desktop;
use super::{PATIENCE, until};

/// The look of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The app's window, with the process behind it.
pub struct Window {
    pub(super) client: Client,
    driver: Driver,
}

impl Window {
    /// Opens the app over a data folder, and waits until the page is there.
    pub async fn open(desktop: &Desktop, data: &Path) -> Self {
        Self::open_with(desktop, data, &[]).await
    }

    /// The same with files, as a desktop opens them with the app.
    pub async fn open_with(desktop: &Desktop, data: &Path, files: &[&Path]) -> Self {
        let driver = Driver::start(desktop, data);
        let client = driver.connect(files).await;
        let window = Self { client, driver };
        window.drawn().await;
        window
    }

    /// Waits until the page is there.
    async fn drawn(&self) {
        until("the page", async || {
            let there = self.script("return document.querySelector('#root > *') !== null", &[]);
            there.await.is_ok_and(|it| it == json!(true)).then_some(())
        })
        .await;
    }

    /// Closes it as a person does.
    pub async fn close(self) {
        // The driver closes the window with its session; what is left, `Driver` ends.
        if let Err(error) = self.client.clone().close().await {
            eprintln!("the session did not close: {error}");
        }
    }

    /// The window of the app that is driven now.
    pub async fn here(&self) -> WindowHandle {
        self.client.window().await.expect("a window")
    }

    /// Drives one more window of the app, once it is there and has its page.
    pub async fn to_another(&self, known: &[&WindowHandle]) -> WindowHandle {
        let other = until("another window", async || {
            let all = self.client.windows().await.ok()?;
            all.into_iter().find(|it| !known.contains(&it))
        })
        .await;
        self.to(&other).await;
        other
    }

    /// Drives this window of the app.
    pub async fn to(&self, handle: &WindowHandle) {
        self.client.switch_to_window(handle.clone()).await.expect("the window is open");
        self.drawn().await;
    }

    /// Closes only the window that is driven now; another has to be chosen then.
    pub async fn close_this(&self) {
        self.client.close_window().await.expect("the window closes");
    }

    /// Ends the app with SIGKILL.
    pub fn kill(self) {
        drop(self.driver);
    }

    /// The app's process.
    pub fn pid(&self) -> u32 {
        *self.driver.apps().first().expect("the app runs")
    }

    /// Runs a script in the page. `arguments[n]` are the arguments.
    pub async fn script(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> Result<Value, fantoccini::error::CmdError> {
        self.client.execute(script, arguments.to_vec()).await
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn script_async(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.expect("the page answers")
    }

    /// The text that the page shows.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body.innerText", &[]).await;
        text.expect("the page answers").as_str().expect("text").to_owned()
    }

    /// Waits until the page shows a text.
    pub async fn wait_for_text(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.text().await.contains(text) {
            assert!(
                Instant::now() < deadline,
                "waited in vain for “{text}”; the page says:\n{}",
                self.text().await
            );
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Waits until the page no longer shows a text.
    pub async fn wait_until_gone(&self, text: &str) {
        until(&format!("“{text}” to go"), async || {
            (!self.text().await.contains(text)).then_some(())
        })
        .await;
    }

    /// Switches the look.
    pub async fn set_look(&self, look: Look) {
        let theme = match look {
            Look::Light => "light",
            Look::Dark => "dark",
        };
        let script = "document.documentElement.dataset.theme = arguments[0]";
        self.script(script, &[json!(theme)]).await.expect("the page answers");
        self.painted().await;
    }

    /// Gives the window another size.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.expect("a size it can have");
        self.painted().await;
    }

    /// Waits until what was asked for so far is on the screen. A window that has nothing new
    /// to draw is given no frame, so the clock ends the wait as well.
    pub async fn painted(&self) {
        let script = "const done = arguments[arguments.length - 1];
             setTimeout(() => done(true), 300);
             requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.script_async(script).await;
    }

    /// Keeps a picture of the window.
    pub async fn screenshot(&self, file: &Path) {
        self.painted().await;
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::create_dir_all(file.parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(file, picture).expect("the folder can be written to");
    }
}

/// WebKit's driver, with the app as its child. One session each.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    fn start(desktop: &Desktop, data: &Path) -> Self {
        let port = free_port();
        let child = desktop
            .command("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("MUSTER_DATA_DIR", data)
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed");
        Self { child, port }
    }

    /// Starts the app; asked again until the driver listens.
    async fn connect(&self, files: &[&Path]) -> Client {
        let url = format!("http://127.0.0.1:{}", self.port);
        until("the driver", async || tokio::net::TcpStream::connect(&url[7..]).await.ok()).await;
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": app(), "args": files },
        });
        let capabilities: Capabilities = capabilities.as_object().expect("an object").clone();
        let connector = HttpConnector::new();
        let session = ClientBuilder::new(connector).capabilities(capabilities).connect(&url).await;
        session.expect("the app opens its window")
    }

    /// The processes that it started.
    fn apps(&self) -> Vec<u32> {
        let pid = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        let children = children.unwrap_or_default();
        children.split_whitespace().filter_map(|it| it.parse().ok()).collect()
    }
}

impl Drop for Driver {
    /// Ends the app first: it would outlive its driver.
    fn drop(&mut self) {
        for app in self.apps() {
            kill(app);
        }
        kill(self.child.id());
        if let Err(error) = self.child.wait() {
            eprintln!("the driver did not end: {error}");
        }
    }
}

/// The program under test.
pub fn app() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_muster"))
}

/// SIGKILL.
pub fn kill(pid: u32) {
    // It may have ended by itself a moment ago.
    let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("bound").port()
}
