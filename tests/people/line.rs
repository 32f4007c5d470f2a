//! A line between an app and the server on which an answer stops on its way and stays there, for
//! as long as a test looks at what has come.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// A line on one device's way to the server.
pub struct Line {
    url: String,
    gate: Arc<Gate>,
}

/// How many bytes of the server may still pass; `None` is any number.
struct Gate {
    left: Mutex<Option<usize>>,
    opened: Condvar,
}

impl Line {
    /// A line to a server on this machine on which so many bytes of the server pass.
    pub fn to(server: &str, bytes: usize) -> Self {
        let server = server.trim_start_matches("http://").parse().expect("an address");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("is bound"));
        let gate = Arc::new(Gate { left: Mutex::new(Some(bytes)), opened: Condvar::new() });
        let of_all = Arc::clone(&gate);
        thread::spawn(move || listen(&listener, server, &of_all));
        Self { url, gate }
    }

    /// The address that the app knows.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Loses what is on its way, as a line that breaks does, and lets everything after it pass.
    pub fn break_off(&self) {
        *self.gate.left.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.gate.opened.notify_all();
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.break_off();
    }
}

impl Gate {
    /// Whether so many bytes pass. What is more than may pass waits, and is lost in the end.
    fn passes(&self, bytes: usize) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.is_some_and(|left| left < bytes) {
            while left.is_some() {
                left = self.opened.wait(left).unwrap_or_else(PoisonError::into_inner);
            }
            return false;
        }
        *left = left.map(|left| left - bytes);
        true
    }
}

fn listen(listener: &TcpListener, server: SocketAddr, gate: &Arc<Gate>) {
    for app in listener.incoming().map_while(Result::ok) {
        // Without a server the app is told as a closed port would tell it.
        let Ok(to_server) = TcpStream::connect(server) else { continue };
        let Ok((from_app, from_server)) =
            app.try_clone().and_then(|app| Ok((app, to_server.try_clone()?)))
        else {
            continue;
        };
        let gate = Arc::clone(gate);
        thread::spawn(move || copy(from_app, to_server, |_| true));
        thread::spawn(move || copy(from_server, app, |bytes| gate.passes(bytes)));
    }
}

/// Passes on until one of the two ends, and then ends both.
fn copy(mut from: TcpStream, mut to: TcpStream, passes: impl Fn(usize) -> bool) {
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !passes(count) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    // Either may be closed already.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
