//! What outlives the process: the session in the key store, and a small file without secrets.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use muster_cache::{Cache, Keys, Renewed};
use muster_domain::{DeviceId, Login, LoginId};
use muster_sync::Token;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::random;
use crate::vault::{Vault, VaultError};
use crate::view::{Failure, FailureCode};

const SESSION: &str = "session";

/// Who is signed in where.
#[derive(Clone)]
pub(crate) struct Kept {
    pub server: String,
    pub token: Token,
    pub login: Login,
    /// The installation that the server knows the session by; `None` in a session that an
    /// earlier version kept.
    pub device: Option<DeviceId>,
}

#[derive(Serialize, Deserialize)]
struct KeptForm {
    server: String,
    token: String,
    login: Login,
    #[serde(default)]
    device: Option<DeviceId>,
}

/// The session that the key store keeps.
pub(crate) fn session(vault: &dyn Vault) -> Result<Option<Kept>, VaultError> {
    let Some(bytes) = vault.get(SESSION)?.map(Zeroizing::new) else { return Ok(None) };
    // A session in a form that this build does not read is none: signing in makes a new one.
    Ok(serde_json::from_slice::<KeptForm>(&bytes).ok().map(|form| Kept {
        server: form.server,
        token: Token::new(form.token),
        login: form.login,
        device: form.device,
    }))
}

/// Keeps the session.
pub(crate) fn set_session(vault: &dyn Vault, kept: &Kept) -> Result<(), VaultError> {
    let form = KeptForm {
        server: kept.server.clone(),
        token: kept.token.as_str().to_owned(),
        login: kept.login.clone(),
        device: kept.device,
    };
    let bytes = serde_json::to_vec(&form).expect("strings and ids always serialise");
    vault.set(SESSION, &Zeroizing::new(bytes))
}

/// Forgets the session.
pub(crate) fn forget_session(vault: &dyn Vault) -> Result<(), VaultError> {
    vault.delete(SESSION)
}

fn keys_name(login: LoginId) -> String {
    format!("keys:{login}")
}

/// Where the mirror's next key stands until the mirror is under it.
fn next_name(login: LoginId) -> String {
    format!("next:{login}")
}

/// The keys of a login's files, made on first use. Where there are unsent changes, no key is
/// made: the one that opens them may come back with the key store.
pub(crate) fn keys(vault: &dyn Vault, dir: &Path, login: LoginId) -> Result<Keys, Failure> {
    let name = keys_name(login);
    let found = vault.get(&name)?.map(Zeroizing::new);
    let both = match found.and_then(|it| <[u8; 64]>::try_from(it.as_slice()).ok()) {
        Some(both) => Zeroizing::new(both),
        None if has_outbox(dir) => return Err(Failure::new(FailureCode::OutboxKeyLost)),
        None => {
            let mut both = Zeroizing::new([0; 64]);
            random::fill(both.as_mut_slice())?;
            vault.set(&name, both.as_slice())?;
            both
        }
    };
    let mut keys = split(&both);
    settle_next(vault, dir, login, &mut keys)?;
    Ok(keys)
}

fn has_outbox(dir: &Path) -> bool {
    fs::metadata(dir.join("outbox.db")).is_ok_and(|it| it.len() > 0)
}

/// Ends what a stop in the middle of [`renew`] left.
fn settle_next(
    vault: &dyn Vault,
    dir: &Path,
    login: LoginId,
    keys: &mut Keys,
) -> Result<(), Failure> {
    let Some(next) = vault.get(&next_name(login))?.map(Zeroizing::new) else { return Ok(()) };
    if let Ok(next) = <[u8; 32]>::try_from(next.as_slice()).map(Zeroizing::new)
        && Cache::is_under(dir, &next)?
    {
        keys.mirror = *next;
        vault.set(&keys_name(login), joined(keys).as_slice())?;
    }
    Ok(vault.delete(&next_name(login))?)
}

/// After rows were erased: writes the copy under a new key and destroys the old one. At every
/// step one of the keys that are kept opens it (security.md 0.8).
pub(crate) fn renew(vault: &dyn Vault, login: LoginId, cache: &Cache) -> Result<(), Failure> {
    if !cache.needs_new_key()? {
        return Ok(());
    }
    let found = vault.get(&keys_name(login))?.map(Zeroizing::new);
    let Some(both) = found.and_then(|it| <[u8; 64]>::try_from(it.as_slice()).ok()) else {
        return Err(Failure::new(FailureCode::OutboxKeyLost));
    };
    let mut keys = split(&Zeroizing::new(both));
    random::fill(&mut keys.mirror)?;
    vault.set(&next_name(login), &keys.mirror)?;
    match cache.renew_key(&keys.mirror)? {
        Renewed::Done => vault.set(&keys_name(login), joined(&keys).as_slice())?,
        Renewed::Busy => {}
    }
    Ok(vault.delete(&next_name(login))?)
}

fn joined(keys: &Keys) -> Zeroizing<[u8; 64]> {
    let mut both = Zeroizing::new([0; 64]);
    both[..32].copy_from_slice(&keys.mirror);
    both[32..].copy_from_slice(&keys.outbox);
    both
}

fn split(both: &[u8; 64]) -> Keys {
    let mut keys = Keys { mirror: [0; 32], outbox: [0; 32] };
    keys.mirror.copy_from_slice(&both[..32]);
    keys.outbox.copy_from_slice(&both[32..]);
    keys
}

/// Forgets the keys of a login's files; what is left of the files cannot be read any more.
pub(crate) fn forget_keys(vault: &dyn Vault, login: LoginId) -> Result<(), VaultError> {
    vault.delete(&crate::evidence::key_name(login))?;
    vault.delete(&next_name(login))?;
    vault.delete(&keys_name(login))
}

/// The file without secrets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// This installation.
    pub device: DeviceId,
    /// The server that was last used.
    pub server: Option<String>,
    /// Whether it sends mail, as it last said.
    #[serde(default)]
    pub mail: bool,
}

fn settings_file(dir: &Path) -> PathBuf {
    dir.join("settings.json")
}

/// What the file says, if there is one that can be read.
pub(crate) fn found_settings(dir: &Path) -> Option<Settings> {
    let bytes = fs::read(settings_file(dir)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Reads the file, or begins one.
pub(crate) fn settings(dir: &Path) -> Result<Settings, Failure> {
    fs::create_dir_all(dir).map_err(|it| folder(&it))?;
    if let Some(settings) = found_settings(dir) {
        return Ok(settings);
    }
    let settings =
        Settings { device: DeviceId::from_bytes(random::id()?), server: None, mail: false };
    set_settings(dir, &settings)?;
    Ok(settings)
}

/// The settings under which a session goes on. The folder may have been deleted while the key
/// store kept the session; under a new number this installation would be another one to the
/// server, and what it may have sent already would go out a second time.
pub(crate) fn settings_of(dir: &Path, kept: &Kept) -> Result<Settings, Failure> {
    let found = settings(dir)?;
    let device = kept.device.unwrap_or(found.device);
    if device == found.device && found.server.is_some() {
        return Ok(found);
    }
    let settings = Settings { device, server: Some(kept.server.clone()), ..found };
    set_settings(dir, &settings)?;
    Ok(settings)
}

/// Writes the file whole or not at all.
pub(crate) fn set_settings(dir: &Path, settings: &Settings) -> Result<(), Failure> {
    let bytes = serde_json::to_vec_pretty(settings).expect("strings and ids always serialise");
    let draft = dir.join("settings.json.new");
    let write = || {
        let mut file = fs::File::create(&draft)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&draft, settings_file(dir))
    };
    write().map_err(|it| folder(&it))
}

pub(crate) fn folder(error: &std::io::Error) -> Failure {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => FailureCode::DiskFull,
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            FailureCode::FolderReadOnly
        }
        _ => FailureCode::CopyBroken,
    };
    Failure::caused(code, error)
}

/// The folder of one login's files.
pub(crate) fn login_dir(dir: &Path, login: LoginId) -> PathBuf {
    dir.join("logins").join(login.to_string())
}
