//! The real server process on a port of its own, to be killed and started again.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server with its own data.
pub struct Server {
    child: Option<Child>,
    data: tempfile::TempDir,
    address: String,
    url: String,
    environment: Vec<(&'static str, String)>,
}

impl Server {
    /// Starts a server on a free port over an empty folder.
    pub fn start() -> Self {
        Self::start_with(Vec::new())
    }

    /// The same with variables that say more, as its operator sets them.
    pub fn start_with(environment: Vec<(&'static str, String)>) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let (address, url) = ("127.0.0.1:0".to_owned(), String::new());
        let mut server = Self { child: None, data, address, url, environment };
        server.restart();
        server
    }

    /// The same over a folder that is filled first.
    pub fn over(fill: impl FnOnce(&Path)) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        fill(data.path());
        let (address, url) = ("127.0.0.1:0".to_owned(), String::new());
        let mut server = Self { child: None, data, address, url, environment: Vec::new() };
        server.restart();
        server
    }

    /// Its address, as people type it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Ends it with SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("SIGKILL");
            child.wait().expect("ends");
        }
    }

    /// Starts it again where nobody looks for it; the answer is where they do.
    pub fn restart_elsewhere(&mut self) -> String {
        let known = std::mem::replace(&mut self.address, "127.0.0.1:0".to_owned());
        self.restart();
        known
    }

    /// Starts it again where it was.
    pub fn restart_at(&mut self, address: String) {
        self.kill();
        self.address = address;
        self.restart();
    }

    /// Starts it again on the same port over the same data.
    pub fn restart(&mut self) {
        let mut child = Command::new(binary("muster-server"))
            .args(["serve", "--name", "Test server", "--listen", &self.address])
            .arg("--data")
            .arg(self.data.path())
            .env("MUSTER_LOG", "warn")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo test builds the server");
        let stdout = child.stdout.take().expect("piped");
        self.child = Some(child);
        let line = BufReader::new(stdout).lines().next().expect("a line").expect("text");
        let url = line.strip_prefix("listening on ").expect("the server's first line");
        self.url = url.to_owned();
        self.address = url.strip_prefix("http://").expect("http on loopback").to_owned();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A program of this workspace, built by the same `cargo test`.
pub fn binary(name: &str) -> PathBuf {
    profile_dir().join(name)
}

/// An example of this workspace, built by the same `cargo test`.
pub fn example(name: &str) -> PathBuf {
    profile_dir().join("examples").join(name)
}

/// `target/<profile>`, two folders above the test program.
fn profile_dir() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows itself");
    let dir = test.parent().and_then(Path::parent);
    dir.expect("tests are in target/<profile>/deps").to_owned()
}
