//! Randomness and the server's one secret.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use muster_domain::{Address, Invitation, InvitationId, LoginId};
use sha2::{Digest, Sha256};

use crate::store::TokenHash;

/// `N` random bytes from the operating system.
///
/// # Errors
/// When the operating system has none, which ends the request.
pub fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

/// A new session token of 256 bits, and what is kept of it.
///
/// # Errors
/// See [`random`].
pub fn new_token() -> io::Result<(String, TokenHash)> {
    let token = URL_SAFE_NO_PAD.encode(random::<32>()?);
    let hash = token_hash(&token);
    Ok((token, hash))
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// The key behind invitation codes. It stands in a file of its own, so that a copy of the
/// database alone opens no door.
pub struct Secret([u8; 32]);

/// What a code says about an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFit {
    /// It was made for the present sending.
    Present,
    /// It was made for an earlier sending (E-23).
    Earlier,
    /// Nobody here made it.
    Forged,
}

impl Secret {
    /// Reads the secret of a data folder, or makes it at the first start.
    ///
    /// # Errors
    /// When the file can be neither read nor made, or is damaged.
    pub fn open(path: &Path) -> io::Result<Self> {
        match fs::File::open(path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                bytes.try_into().map(Self).map_err(|_| {
                    io::Error::new(io::ErrorKind::InvalidData, "the secret's file is damaged")
                })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(error),
        }
    }

    fn create(path: &Path) -> io::Result<Self> {
        let bytes = random::<32>()?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        Ok(Self(bytes))
    }

    /// A secret with these bytes, for tests.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn mac(&self, id: InvitationId, generation: u32) -> Hmac<Sha256> {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("HMAC takes any key length");
        mac.update(b"muster invitation");
        mac.update(&id.to_bytes());
        mac.update(&generation.to_be_bytes());
        mac
    }

    /// The code of an invitation's present sending.
    pub fn code(&self, invitation: &Invitation) -> String {
        let tag: [u8; 32] =
            self.mac(invitation.id, invitation.generation).finalize().into_bytes().into();
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(&invitation.id.to_bytes());
        bytes[16..].copy_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The six digits that prove an address. They are computed, so that none are at rest.
    pub fn address_code(&self, login: LoginId, address: &Address, nonce: [u8; 16]) -> String {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("HMAC takes any key length");
        mac.update(b"muster address");
        mac.update(&login.to_bytes());
        mac.update(&nonce);
        mac.update(address.as_str().as_bytes());
        let tag: [u8; 32] = mac.finalize().into_bytes().into();
        let mut first = [0; 8];
        first.copy_from_slice(&tag[..8]);
        format!("{:06}", u64::from_be_bytes(first) % 1_000_000)
    }

    /// How a code's proof fits the invitation that it names. Tags are compared in constant
    /// time.
    pub fn fit(&self, code: &Code, generation: u32) -> CodeFit {
        let fits =
            |generation| self.mac(code.invitation, generation).verify_slice(&code.tag).is_ok();
        if fits(generation) {
            return CodeFit::Present;
        }
        // Links older than this many sendings are as good as forged.
        let oldest = generation.saturating_sub(32).max(1);
        if (oldest..generation).any(fits) { CodeFit::Earlier } else { CodeFit::Forged }
    }
}

/// A code as it came in: which invitation it names, and its proof.
pub struct Code {
    /// The invitation.
    pub invitation: InvitationId,
    tag: [u8; 32],
}

impl Code {
    /// Reads a code; `None` for what cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 48] = URL_SAFE_NO_PAD.decode(text.trim()).ok()?.try_into().ok()?;
        let (id, tag) = bytes.split_at(16);
        Some(Self {
            invitation: InvitationId::from_bytes(id.try_into().ok()?),
            tag: tag.try_into().ok()?,
        })
    }
}
