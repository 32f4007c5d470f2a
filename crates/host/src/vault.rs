//! The operating system's key store: Secret Service, Keychain or Credential Manager.
//!
//! Every call blocks, and for as long as a person takes to answer a prompt; the core keeps
//! them off the event loop.

use keyring::{Entry, Error};
use muster_client::vault::{Vault, VaultError};

/// Secrets of one data folder in the system's key store.
#[derive(Debug)]
pub struct SystemVault {
    service: String,
}

/// The entry that [`Vault::check`] reads, and writes when it is not there.
const CHECK: &str = "check";

impl SystemVault {
    /// The secrets that are kept under this name.
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        // Asked first because it says why there is no store; making an entry only says that.
        if let Err(error) = Entry::store_status() {
            return Err(VaultError::Absent(error.to_string()));
        }
        Entry::new(&self.service, name).map_err(|error| told(&error))
    }
}

impl Vault for SystemVault {
    fn check(&self) -> Result<(), VaultError> {
        // A locked store answers questions about what it does not hold. Only something kept
        // shows that it is unlocked, or brings up the prompt to unlock it.
        match self.get(CHECK)? {
            Some(_) => Ok(()),
            None => self.set(CHECK, b"1"),
        }
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(&error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.entry(name)?.set_secret(secret).map_err(|error| told(&error))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }
}

/// The error in the core's terms. Its text may hold a secret's bytes in some variants, so only
/// those that cannot are quoted.
fn told(error: &Error) -> VaultError {
    match error {
        Error::NoDefaultStore => VaultError::Absent(error.to_string()),
        Error::NoStorageAccess(cause) => VaultError::Locked(cause.to_string()),
        Error::PlatformFailure(cause) => VaultError::Failed(cause.to_string()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            VaultError::Failed("the secret is damaged".to_owned())
        }
        Error::Ambiguous(_) => VaultError::Failed("the secret is there more than once".to_owned()),
        other => VaultError::Failed(other.to_string()),
    }
}
