//! The window while something is wrong between it and the server: Diagnostics in each state.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use crate::album::Album;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::until;
use crate::sample::{NORA, agency, sit_down};

/// Something at the server's address that answers everything with the same words.
struct Parrot {
    ends: Arc<AtomicBool>,
    address: String,
    thread: Option<JoinHandle<()>>,
}

impl Parrot {
    fn at(server: &Server, status: &str, code: &str) -> Self {
        let body = json!({ "code": code, "message": "" }).to_string();
        Self::saying(server, status, "application/json", &body)
    }

    /// A network that wants somebody to sign in first.
    fn portal(server: &Server) -> Self {
        Self::saying(server, "200 OK", "text/html", "<html>Welcome to the hotel</html>")
    }

    fn saying(server: &Server, status: &str, kind: &str, body: &str) -> Self {
        let address = server.url().trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind(&address).expect("the server is gone");
        let said = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let ends = Arc::new(AtomicBool::new(false));
        let ending = Arc::clone(&ends);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ending.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(mut stream) = stream else { continue };
                // Whoever asks may go away before the answer.
                let _ = stream.read(&mut [0; 65536]).and_then(|_| stream.write(said.as_bytes()));
            }
        });
        Self { ends, address, thread: Some(thread) }
    }
}

impl Drop for Parrot {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        let _ = std::net::TcpStream::connect(&self.address);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it only repeats what it was told");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_fit_online_and_offline() {
    let mut server = agency();
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "diagnostics");
    album.go("/workspaces", "Workspaces").await;
    album.focus_row(0).await;
    album.go("/diagnostics", "Diagnostics").await;
    album.window.wait_for_text("Online").await;
    album.look("online").await;
    server.kill();
    diagnosed(&mut album, "Offline since", "offline").await;
    album.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_fit_when_the_server_says_no() {
    for (status, code, said, name) in [
        ("500 Internal Server Error", "fault", "The server has a problem", "server-fault"),
        ("426 Upgrade Required", "server.version", "a newer version of this app", "newer-server"),
        ("401 Unauthorized", "signed_out", "The sign-in has ended", "signed-out"),
    ] {
        // What one of them says may end the asking, so each has a window of its own.
        let mut server = agency();
        let desktop = Desktop::start();
        let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "diagnostics");
        server.kill();
        let parrot = Parrot::at(&server, status, code);
        diagnosed(&mut album, said, name).await;
        album.close().await;
        drop(parrot);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_fit_behind_a_captive_portal() {
    let mut server = agency();
    let desktop = Desktop::start();
    let mut album = Album::of(sit_down(&desktop, &server, NORA).await, "diagnostics");
    server.kill();
    let portal = Parrot::portal(&server);
    diagnosed(&mut album, "Offline since", "portal").await;
    album.close().await;
    drop(portal);
}

/// The page reads how things are when it is opened.
async fn diagnosed(album: &mut Album, said: &str, name: &str) {
    until(said, async || {
        album.go("/pending", "Pending").await;
        album.go("/diagnostics", "Diagnostics").await;
        album.window.text().await.contains(said).then_some(())
    })
    .await;
    album.look(name).await;
}
