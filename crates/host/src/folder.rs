//! The folder of everything that is kept in files.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No variable names a home.
    #[error("there is no folder to keep anything in: neither HOME nor XDG_DATA_HOME is set")]
    NoHome,
    /// The folder cannot be made or written to.
    #[error("the folder `{}` cannot be written to; make it writable or name another one in MUSTER_DATA_DIR", path.display())]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Puts the folder somewhere else: for tests, and for trying the app beside the real one.
const ELSEWHERE: &str = "MUSTER_DATA_DIR";

const IDENTIFIER: &str = "app.muster.desktop";

/// A folder that exists and can be written to, or has something in it to be read.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    vault_service: String,
}

impl Folder {
    /// Finds the folder, makes it if need be, and makes sure that it can be used.
    ///
    /// # Errors
    /// [`FolderError`] says why there is none.
    pub fn prepare() -> Result<Self, FolderError> {
        match env::var_os(ELSEWHERE).filter(|it| !it.is_empty()) {
            Some(path) => Self::at(PathBuf::from(path)),
            None => {
                let path = usual_place().ok_or(FolderError::NoHome)?;
                Self::with(path, IDENTIFIER.to_owned())
            }
        }
    }

    /// A folder elsewhere. Secrets belong to a folder: this one has its own.
    ///
    /// # Errors
    /// [`FolderError::Unwritable`] when nothing can be kept there.
    pub fn at(path: PathBuf) -> Result<Self, FolderError> {
        let service = format!("{IDENTIFIER} {}", path.display());
        Self::with(path, service)
    }

    fn with(path: PathBuf, vault_service: String) -> Result<Self, FolderError> {
        match writable(&path) {
            // What is in it can be read all the same (security.md 2.7); the app says so.
            Err(error) if !(is_denied(&error) && is_used(&path)) => {
                Err(FolderError::Unwritable { path, source: error })
            }
            _ => Ok(Self { path, vault_service }),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name under which the key store keeps the secrets that belong to this folder.
    pub fn vault_service(&self) -> &str {
        &self.vault_service
    }
}

#[cfg(target_os = "windows")]
fn usual_place() -> Option<PathBuf> {
    absolute("LOCALAPPDATA").map(|it| it.join(IDENTIFIER))
}

#[cfg(target_os = "macos")]
fn usual_place() -> Option<PathBuf> {
    absolute("HOME").map(|it| it.join("Library/Application Support").join(IDENTIFIER))
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn usual_place() -> Option<PathBuf> {
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|it| it.join(".local/share")))
        .map(|it| it.join(IDENTIFIER))
}

/// The folder that a variable names; a relative one is to be ignored, says the XDG standard.
fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|it| it.is_absolute())
}

fn writable(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    private(path)?;
    let probe = path.join(".probe");
    fs::write(&probe, [])?;
    fs::remove_file(probe)
}

fn is_denied(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Whether somebody has signed in here before.
fn is_used(path: &Path) -> bool {
    fs::read_dir(path.join("logins")).is_ok_and(|mut it| it.next().is_some())
}

/// Nobody else on the machine has any business in there.
#[cfg(unix)]
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_path: &Path) -> io::Result<()> {
    Ok(())
}
