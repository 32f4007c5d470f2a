//! The two raw keys, and the salt that tells a wrong key from a damaged file.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The keys of the two files: 256 random bits each, never derived from a passphrase.
pub struct Keys {
    /// Of the mirror.
    pub mirror: [u8; 32],
    /// Of the outbox.
    pub outbox: [u8; 32],
}

impl Drop for Keys {
    fn drop(&mut self) {
        self.mirror.zeroize();
        self.outbox.zeroize();
    }
}

/// One file's key.
pub(crate) struct FileKey([u8; 32]);

impl Drop for FileKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl FileKey {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(*key)
    }

    /// SQLCipher puts the salt in the clear at the head of the file. Made from the key, it
    /// says before any decryption whether the key is the right one (sync.md 4.15); it reveals
    /// nothing of 256 random bits.
    pub(crate) fn salt(&self) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(b"muster file salt 1");
        hash.update(self.0);
        let digest: [u8; 32] = hash.finalize().into();
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest[..16]);
        salt
    }

    /// Raw key and salt as SQLCipher takes them: no derivation.
    pub(crate) fn literal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128));
        text.push_str("x'");
        for byte in self.0.iter().chain(&self.salt()) {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\'');
        text
    }

    /// The statement that opens the file.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let mut sql = Zeroizing::new(String::with_capacity(160));
        sql.push_str("PRAGMA key = \"");
        sql.push_str(&self.literal());
        sql.push_str("\";");
        sql
    }
}
