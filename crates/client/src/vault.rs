//! The place where secrets rest: the operating system's key store, seen from the core.

/// What can go wrong with the key store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no key store on this machine or in this session.
    #[error("no key store: {0}")]
    Absent(String),
    /// It is there but locked, and nobody unlocked it.
    #[error("key store locked: {0}")]
    Locked(String),
    /// It answered with something else.
    #[error("key store failed: {0}")]
    Failed(String),
}

/// A key store. Every call may block for as long as a person takes to answer a prompt, so
/// callers keep it off the event loop.
pub trait Vault: Send + Sync + 'static {
    /// Whether secrets can be kept.
    ///
    /// # Errors
    /// [`VaultError`] says why not.
    fn check(&self) -> Result<(), VaultError>;

    /// The secret of this name.
    ///
    /// # Errors
    /// [`VaultError`] when the store cannot be asked.
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError>;

    /// Keeps a secret under this name in place of an earlier one.
    ///
    /// # Errors
    /// [`VaultError`] when it was not kept.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;

    /// Forgets the secret of this name, if there is one.
    ///
    /// # Errors
    /// [`VaultError`] when it may still be there.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}
