//! Passwords: argon2id at 19 MiB, two passes, one lane; at most two at once.
//!
//! One hash fills a core for tens of milliseconds, so the number at once is capped before
//! anything else is (A2). An unknown address costs the same hash as a known one (A2b).

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

/// How many hashes are computed at once.
const AT_ONCE: usize = 2;

/// The shortest and the longest password, in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hash function failed, which takes a lack of memory.
    #[error("password hash failed: {0}")]
    Hash(argon2::password_hash::Error),
    /// The work was cut off by shutdown.
    #[error("password hash was cut off")]
    CutOff,
}

/// Whether a password is the one that was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It is.
    Yes,
    /// It is another, or there is none.
    No,
}

/// The hasher with its cap.
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The PHC text of a new password.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.alone(move || hash(&password)).await
    }

    /// Compares a password with what is kept; `None` costs the same and never matches.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub async fn check(
        &self,
        password: String,
        phc: Option<String>,
    ) -> Result<Match, PasswordError> {
        self.alone(move || check(&password, phc.as_deref())).await
    }

    async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.map_err(|_| PasswordError::CutOff)?;
        let task = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        task.await.map_err(|_| PasswordError::CutOff)?
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("19 MiB, 2, 1 is within the limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC text of a password; blocks for tens of milliseconds.
///
/// # Errors
/// See [`PasswordError`].
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let phc = argon2().hash_password(password.as_bytes()).map_err(PasswordError::Hash)?;
    Ok(phc.to_string())
}

/// What an unknown address is compared with.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password").expect("hashing needs 19 MiB of memory"));

fn check(password: &str, phc: Option<&str>) -> Result<Match, PasswordError> {
    let against = phc.unwrap_or(&NOBODY);
    let parsed = PasswordHash::new(against)
        .map_err(|_| PasswordError::Hash(argon2::password_hash::Error::Internal))?;
    let fits = argon2().verify_password(password.as_bytes(), &parsed).is_ok();
    Ok(if fits && phc.is_some() { Match::Yes } else { Match::No })
}
