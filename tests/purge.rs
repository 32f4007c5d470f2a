//! After access was lost nothing of it can be read, wherever the app was killed meanwhile (P1):
//! canary words are searched in the whole image of the file system that the app wrote to, in
//! what its files hold under their keys, and the old key is searched everywhere.
//!
//! The image is mounted by loop, which takes the rights to mount. Where that is not possible the
//! files themselves are searched, and standard error says so. `MUSTER_ROUNDS=n` sets how often
//! the app is killed at a moment of chance, `MUSTER_SEED=n` repeats the choices.

#[allow(dead_code, reason = "the storm uses all of it")]
#[path = "storm/dice.rs"]
mod dice;
mod people;

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use dice::Dice;
use muster_client::view::{Intent, Submitted};
use muster_domain::{ContentBody, Plan, Role, SchemeId};
use people::server::Server;
use people::{FileVault, Person, team};
use rusqlite::Connection;

/// In every name, text and address of what is lost.
const CANARY: &str = "Canary7c1f";
const PATIENCE: Duration = Duration::from_secs(90);

/// A block of the image, and one that was never written.
const BLOCK: usize = 4_096;
const EMPTY: [u8; BLOCK] = [0; BLOCK];

/// Steps of writing to the key store while the copy gets its new key.
const STEPS: u32 = 6;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}

/// A file system of its own in a file; or a folder, where nothing can be mounted.
struct Disk {
    home: tempfile::TempDir,
    is_mounted: bool,
}

impl Disk {
    fn new() -> Self {
        let mut disk = Self { home: tempfile::tempdir().expect("a folder"), is_mounted: false };
        fs::create_dir(disk.path()).expect("a folder");
        let image = fs::File::create(disk.image()).expect("a file");
        image.set_len(32 << 20).expect("is sparse");
        let made = run("mkfs.ext4", &["-q".as_ref(), "-F".as_ref(), disk.image().as_os_str()]);
        disk.is_mounted = made && disk.mount();
        if !disk.is_mounted {
            let mut told = std::io::stderr();
            let _ = writeln!(
                told,
                "p1: no file system can be mounted by loop here (that takes root and loop \
                 devices), so the files are searched and not the image"
            );
        }
        disk
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("disk")
    }

    fn image(&self) -> PathBuf {
        self.home.path().join("image")
    }

    fn mount(&self) -> bool {
        let (image, path) = (self.image(), self.path());
        run("mount", &["-o".as_ref(), "loop".as_ref(), image.as_os_str(), path.as_os_str()])
    }

    fn unmount(&self) {
        assert!(run("umount", &[self.path().as_os_str()]), "nobody uses it any more");
    }

    /// Every byte that there is, used or not.
    fn bytes(&self) -> Vec<u8> {
        if !self.is_mounted {
            let mut bytes = Vec::new();
            collect(&self.path(), &mut bytes);
            return bytes;
        }
        self.unmount();
        let bytes = fs::read(self.image()).expect("reads");
        assert!(self.mount(), "as before");
        // Most of it was never written.
        let blocks = bytes.chunks(BLOCK).filter(|it| **it != EMPTY[..it.len()]);
        blocks.flatten().copied().collect()
    }

    /// As it is now, to be gone back to.
    fn keep(&self) {
        if self.is_mounted {
            self.unmount();
            fs::copy(self.image(), self.home.path().join("kept")).expect("copies");
            assert!(self.mount(), "as before");
        } else {
            copy_all(&self.path(), &self.home.path().join("kept"));
        }
    }

    fn go_back(&self) {
        let kept = self.home.path().join("kept");
        if self.is_mounted {
            self.unmount();
            fs::copy(kept, self.image()).expect("copies");
            assert!(self.mount(), "as before");
        } else {
            fs::remove_dir_all(self.path()).expect("deletes");
            copy_all(&kept, &self.path());
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.is_mounted {
            // A test that fails may have left a process in it.
            run("umount", &["-l".as_ref(), self.path().as_os_str()]);
        }
    }
}

fn run(program: &str, args: &[&std::ffi::OsStr]) -> bool {
    let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(program);
    command.args(args).env("PATH", path).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|it| it.success())
}

fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("lists").flatten() {
        match entry.path() {
            path if path.is_dir() => collect(&path, bytes),
            path => bytes.extend(fs::read(path).expect("reads")),
        }
    }
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("lists").flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_all(&path, &copy);
        } else {
            fs::copy(path, copy).expect("copies");
        }
    }
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|it| it == what)
}

/// The canary as text is written by Rust and SQLite, and as a web view keeps it.
fn sings(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    holds(bytes, CANARY.as_bytes()) || holds(bytes, &wide)
}

/// What stands around the first canary.
fn around(bytes: &[u8]) -> String {
    let at = bytes.windows(CANARY.len()).position(|it| it == CANARY.as_bytes()).unwrap_or(0);
    let end = bytes.len().min(at + 120);
    String::from_utf8_lossy(&bytes[at.saturating_sub(240)..end]).into_owned()
}

/// The two keys of the one login in a key store.
fn keys(store: &Path) -> [Vec<u8>; 2] {
    let bytes = fs::read(store.join("vault.json")).expect("reads");
    let secrets: std::collections::BTreeMap<String, Vec<u8>> =
        serde_json::from_slice(&bytes).expect("is JSON");
    let (_, both) = secrets.iter().find(|(name, _)| name.starts_with("keys:")).expect("is there");
    [both[..32].to_vec(), both[32..].to_vec()]
}

/// Everything that the two files hold under these keys.
fn read_out(folder: &Path, keys: &[Vec<u8>; 2]) -> Vec<u8> {
    let login = fs::read_dir(folder.join("logins")).expect("lists").flatten().next();
    let login = login.expect("one login").path();
    let mut text = Vec::new();
    for (name, key) in ["mirror.db", "outbox.db"].into_iter().zip(keys) {
        let db = Connection::open(login.join(name)).expect("opens");
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        db.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"")).expect("takes the key");
        // As SQLite would write it without a key, with what stands on pages that are in use.
        let plain = tempfile::tempdir().expect("a folder");
        let path = plain.path().join("plain.db");
        db.execute("ATTACH ?1 AS plain KEY ''", [path.to_string_lossy()]).expect("attaches");
        db.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).expect("exports");
        db.execute_batch("DETACH plain").expect("detaches");
        text.extend(fs::read(path).expect("reads"));
    }
    text
}

/// The app in a process of its own.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(folder: &Path, store: &Path, stop: u32) -> Self {
        let mut child = Command::new(people::server::example("purge-client"))
            .arg(folder)
            .arg(store)
            .arg(stop.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo test builds examples");
        let stdout = child.stdout.take().expect("piped");
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// What it says next; `None` when it is dead.
    fn says(&self) -> Option<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the app says nothing"),
        }
    }

    /// Waits until the workspace is gone; whether the copy then waits for a new key.
    fn until_gone(&mut self) -> Option<bool> {
        assert_eq!(self.says()?, "open");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let asked = writeln!(self.child.stdin.as_mut().expect("piped"), "?");
            asked.ok()?;
            let said = self.says()?;
            if let Some(due) = said.strip_prefix("gone ") {
                return Some(due == "true");
            }
            assert!(Instant::now() < deadline, "access is not lost: {said}");
        }
    }

    fn kill(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("ends");
    }

    fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().expect("ends").success());
    }
}

/// Where the app is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// So long after its start, while it hides, erases and empties the log.
    After(Duration),
    /// At this step of its writing to the key store, while the copy gets its new key.
    AtStep(u32),
}

struct Lost {
    disk: Disk,
    store: tempfile::TempDir,
    folder: PathBuf,
    server: Server,
    server_kept: tempfile::TempDir,
    old: [Vec<u8>; 2],
    store_kept: Vec<u8>,
}

impl Lost {
    /// Bo has worked in a workspace full of canaries, has something unsent in it, and has lost it
    /// while his app was closed.
    async fn prepare() -> Self {
        let disk = Disk::new();
        let store = tempfile::tempdir().expect("a folder");
        let mut server = Server::start();
        let ana = team::founder(&server, "Ana", SchemeId::OwnerLed).await;
        let place = team::workspace(&ana, "Works", Plan::Pro).await;
        let dir = Arc::new(tempfile::tempdir_in(disk.path()).expect("a folder"));
        let folder = dir.path().to_owned();
        let bo = Person::with(Arc::clone(&dir), Arc::new(FileVault::new(store.path())));
        bo.sign_up(server.url(), "Bo", SchemeId::OwnerLed).await;
        let link = ana.invite(place, "Bo", Role::Admin).await;
        bo.app.invitation_accept(link).await.expect("Bo is the addressed person");
        team::enters(&bo, place).await;
        let _other = team::joins(&server, &ana, place, CANARY, Role::Read).await;
        let text = format!("{CANARY} {}", "text ".repeat(900));
        for number in 0..20 {
            let body = ContentBody::Agent {
                instructions: text.clone(),
                state: muster_domain::Activity::On,
                knowledge: Vec::new(),
            };
            let name = format!("{CANARY} {number}");
            ana.apply(Intent::CreateContent { workspace: place, name, body }).await;
        }
        bo.member(place, CANARY).await;
        bo.app.send_now().await.expect("answers");
        server.kill();
        let rename = Intent::RenameWorkspace { workspace: place, name: format!("{CANARY} Unsent") };
        let Ok(Submitted::Queued { .. }) = bo.app.submit(rename).await else { panic!("is kept") };
        bo.app.end().await;
        // The folder stays when the person is forgotten.
        std::mem::forget(dir);
        drop(bo);
        let old = keys(store.path());
        let before = read_out(&folder, &old);
        assert!(sings(&before), "or nothing is proved");
        server.restart();
        let member = ana.member(place, "Bo").await.id;
        ana.apply(Intent::Remove { workspace: place, member, reason: None }).await;
        ana.app.end().await;
        server.kill();
        let server_kept = tempfile::tempdir().expect("a folder");
        copy_all(server.data(), server_kept.path());
        disk.keep();
        let store_kept = fs::read(store.path().join("vault.json")).expect("reads");
        Self { disk, store, folder, server, server_kept, old, store_kept }
    }

    /// Everything as it was before the loss was told.
    fn go_back(&mut self) {
        self.server.kill();
        self.disk.go_back();
        fs::write(self.store.path().join("vault.json"), &self.store_kept).expect("writes");
        // Over the files that are there: a mark of its own would tell that they were put back.
        for entry in fs::read_dir(self.server.data()).expect("lists").flatten() {
            if !self.server_kept.path().join(entry.file_name()).exists() {
                fs::remove_file(entry.path()).expect("deletes");
            }
        }
        copy_all(self.server_kept.path(), self.server.data());
        self.server.restart();
    }

    fn start(&self, stop: u32) -> Running {
        Running::start(&self.folder, self.store.path(), stop)
    }

    /// One life that ends as told, and then as many as it takes.
    fn live(&mut self, kill: Kill) {
        self.go_back();
        match kill {
            Kill::After(time) => {
                let app = self.start(0);
                // The time is what is tried here: no condition tells a moment of chance.
                std::thread::park_timeout(time);
                app.kill();
            }
            Kill::AtStep(step) => {
                let mut app = self.start(0);
                assert_eq!(app.until_gone(), Some(true), "rows were erased under this key");
                app.kill();
                let mut app = self.start(step);
                assert_eq!(app.until_gone(), None, "it was killed at step {step}");
                app.kill();
            }
        }
        for _ in 0..4 {
            let mut app = self.start(0);
            let is_due = app.until_gone().expect("nobody kills it");
            app.end();
            if !is_due {
                return self.search(kill);
            }
        }
        panic!("{kill:?}: the copy never gets its new key");
    }

    fn search(&self, kill: Kill) {
        let new = keys(self.store.path());
        assert_ne!(new[0], self.old[0], "{kill:?}: the copy has a new key");
        let held = read_out(&self.folder, &new);
        assert!(!sings(&held), "{kill:?}: the files hold what was lost: {}", around(&held));
        let disk = self.disk.bytes();
        assert!(!sings(&disk), "{kill:?}: something readable is on the disk");
        let hex: String = self.old[0].iter().map(|byte| format!("{byte:02x}")).collect();
        for form in [self.old[0].as_slice(), hex.as_bytes()] {
            assert!(!holds(&disk, form), "{kill:?}: the old key is on the disk");
        }
        let store = fs::read(self.store.path().join("vault.json")).expect("reads");
        let text: serde_json::Value = serde_json::from_slice(&store).expect("is JSON");
        let secrets = text.as_object().expect("an object");
        let listed = serde_json::to_string(&self.old[0]).expect("encodes");
        let listed = listed.trim_matches(['[', ']']);
        assert!(!String::from_utf8_lossy(&store).contains(listed), "{kill:?}: the old key is kept");
        assert!(!secrets.keys().any(|it| it.starts_with("next:")), "{kill:?}: a key is left over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_killed_at_any_step_of_a_purge_no_canary_is_left_in_files_image_or_key_store() {
    let mut dice = Dice(number("MUSTER_SEED", RandomState::new().hash_one(0)));
    let rounds = number("MUSTER_ROUNDS", 3);
    println!("MUSTER_SEED={} MUSTER_ROUNDS={rounds}", dice.0);
    let mut lost = Lost::prepare().await;
    for step in 1..=STEPS {
        lost.live(Kill::AtStep(step));
    }
    for _ in 0..rounds {
        lost.live(Kill::After(Duration::from_millis(20 + dice.roll(600))));
    }
    println!("{} lives, searched in {}", u64::from(STEPS) + rounds, lost.place());
}

impl Lost {
    fn place(&self) -> &'static str {
        if self.disk.is_mounted { "the mounted image" } else { "the files alone" }
    }
}
