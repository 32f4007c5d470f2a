//! The seal: one signature over the hash of every file, with an Ed25519 key of the sign-in that
//! made the evidence.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use crate::text::{hex, unhex};

/// The first line of every seal.
const HEAD: &str = "muster evidence 1";

/// The first line of what a client's answer is signed over.
const ANSWER: &str = "muster review answer 1";

/// A seed that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this seed makes no key")]
pub struct BadKey;

/// A key that signs.
pub struct Key(Ed25519KeyPair);

impl Key {
    /// The key of a seed out of a key store.
    ///
    /// # Errors
    /// [`BadKey`] for a seed that makes none.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, BadKey> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| BadKey)
    }

    /// A signature of what a client decided, as digits. What it is of stands before the text, so
    /// that no seal of evidence passes for an answer.
    pub fn sign_answer(&self, text: &str) -> String {
        hex(self.0.sign(&answer(text)).as_ref())
    }

    /// What others check with, as digits.
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }
}

fn answer(text: &str) -> Vec<u8> {
    format!("{ANSWER}\n{text}").into_bytes()
}

/// Whether a client's decisions were signed with the other half of this key.
pub fn is_answer_of(public: &str, text: &str, signature: &str) -> bool {
    let (Some(key), Some(signature)) = (unhex(public), unhex(signature)) else { return false };
    UnparsedPublicKey::new(&ED25519, key).verify(&answer(text), &signature).is_ok()
}

/// A public key in groups that two people can compare by voice: the hash of the key, shortened.
pub fn fingerprint(public: &str) -> String {
    let digits = hex(&Sha256::digest(public.as_bytes())[..16]);
    let groups: Vec<&str> = (0..digits.len()).step_by(4).map(|at| &digits[at..at + 4]).collect();
    groups.join(" ")
}

fn head(files: &[(&str, &[u8])], public: &str) -> String {
    let mut text = format!("{HEAD}\n");
    for (name, bytes) in files {
        text.push_str(&format!("sha256 {} {name}\n", hex(&Sha256::digest(bytes))));
    }
    text.push_str(&format!("key ed25519 {public}\n"));
    text
}

/// The seal of these files.
pub(crate) fn seal(files: &[(&str, &[u8])], key: &Key) -> Vec<u8> {
    let mut text = head(files, &key.public());
    let signature = key.0.sign(text.as_bytes());
    text.push_str(&format!("signature {}\n", hex(signature.as_ref())));
    text.into_bytes()
}

/// What is wrong with a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It is no seal of this form.
    Form,
    /// This file is not the one that was signed.
    File(String),
    /// The signature is not of these hashes and this key.
    Signature,
}

/// Checks a seal against the files; answers the public key.
///
/// The seal is written anew from the files and the key that it names, so that every byte of it
/// is compared, whatever it says.
pub(crate) fn open(seal: &[u8], files: &[(&str, &[u8])]) -> Result<String, Broken> {
    let text = std::str::from_utf8(seal).map_err(|_| Broken::Form)?;
    let field = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
    let public = field("key ed25519 ").ok_or(Broken::Form)?;
    let signature = field("signature ").ok_or(Broken::Form)?;
    for (name, bytes) in files {
        let line = format!("sha256 {} {name}", hex(&Sha256::digest(bytes)));
        if !text.lines().any(|it| it == line) {
            return Err(Broken::File((*name).to_owned()));
        }
    }
    let signed = head(files, public);
    if text != format!("{signed}signature {signature}\n") {
        return Err(Broken::Form);
    }
    let (key, signature) = (unhex(public), unhex(signature));
    let (Some(key), Some(signature)) = (key, signature) else { return Err(Broken::Form) };
    UnparsedPublicKey::new(&ED25519, key)
        .verify(signed.as_bytes(), &signature)
        .map_err(|_| Broken::Signature)?;
    Ok(public.to_owned())
}
