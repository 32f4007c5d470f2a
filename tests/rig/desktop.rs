//! A desktop session of its own: display, message bus, key store, home. `scripts/session` makes
//! it; it ends when this process does, however it ends.

use std::ffi::OsString;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The state of the session's key store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// Ready to use.
    Unlocked,
    /// Locked, and nobody there to unlock it.
    Locked,
    /// None, nor a bus to find one on.
    Absent,
}

/// A desktop session.
pub struct Desktop {
    session: Child,
    dir: tempfile::TempDir,
    env: Vec<(OsString, OsString)>,
}

impl Desktop {
    /// A session with an unlocked key store.
    pub fn start() -> Self {
        Self::with(Keyring::Unlocked)
    }

    /// A session whose key store is in this state.
    pub fn with(keyring: Keyring) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        // The session lasts until `cat` sees the end of its input, which comes with the end of
        // this process even when it is killed.
        let mut session = Command::new(root().join("scripts/session"))
            .arg(dir.path())
            .args(["sh", "-c", "env -0; printf 'END\\0'; exec cat >&2"])
            .env("MUSTER_KEYRING", keyring.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/session can be run");
        let env = environment(&mut session);
        Self { session, dir, env }
    }

    /// A program to be run in the session.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.env.iter().cloned());
        command
    }

    /// A folder that lasts as long as the session.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        drop(self.session.stdin.take());
        let ended = self.session.wait();
        if let Err(error) = ended {
            eprintln!("the session did not end: {error}");
        }
    }
}

impl Keyring {
    const fn name(self) -> &'static str {
        match self {
            Self::Unlocked => "unlocked",
            Self::Locked => "locked",
            Self::Absent => "none",
        }
    }
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads what `env -0` prints, up to the end mark.
fn environment(session: &mut Child) -> Vec<(OsString, OsString)> {
    let stdout = session.stdout.as_mut().expect("piped");
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\0END\0") {
        assert_eq!(stdout.read(&mut byte).expect("readable"), 1, "the session did not start");
        bytes.push(byte[0]);
    }
    let variables = bytes.split(|it| *it == 0).filter_map(|variable| {
        let middle = variable.iter().position(|it| *it == b'=')?;
        let name = OsString::from_vec(variable[..middle].to_vec());
        Some((name, OsString::from_vec(variable[middle + 1..].to_vec())))
    });
    variables.collect()
}
