//! The folder of everything that is kept in files.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::fault::StartError;

/// Puts the folder somewhere else: for tests, and for trying the app beside the real one.
const ELSEWHERE: &str = "MUSTER_DATA_DIR";

const IDENTIFIER: &str = "app.muster.desktop";

/// A folder that exists and can be written to.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    vault_service: String,
}

impl Folder {
    /// Finds the folder, makes it if need be, and makes sure that it can be written to.
    pub(crate) fn prepare() -> Result<Self, StartError> {
        let (path, vault_service) = match env::var_os(ELSEWHERE).filter(|it| !it.is_empty()) {
            // Secrets belong to a folder: one elsewhere has its own.
            Some(path) => {
                let path = PathBuf::from(path);
                let service = format!("{IDENTIFIER} {}", path.display());
                (path, service)
            }
            None => (usual_place().ok_or(StartError::NoHome)?, IDENTIFIER.to_owned()),
        };
        writable(&path).map_err(|source| StartError::Folder { path: path.clone(), source })?;
        Ok(Self { path, vault_service })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The name under which the key store keeps the secrets that belong to this folder.
    pub(crate) fn vault_service(&self) -> &str {
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
