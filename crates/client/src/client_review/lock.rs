//! Locking the files with a passphrase: argon2id makes keys of it, ChaCha20-Poly1305 seals. Both
//! are of libraries that the app has anyway; only the order of the bytes is ours.
//!
//! A locked file is its first line, a salt, a check of the passphrase, a nonce and the sealed
//! bytes. The cost of a try is part of the form and not of the file, so a file from outside
//! cannot ask for any amount of work. The check tells a wrong passphrase from a changed file.

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::random;
use crate::view::{Failure, FailureCode};

/// The first line of a file under a passphrase.
const HEAD: &[u8] = b"muster locked file 1\n";

/// The first line of a client's notes.
const NOTES: &[u8] = b"muster notes 1\n";

/// What a try of a passphrase costs: memory in KiB, and rounds over it.
const COST: (u32, u32) = if cfg!(test) { (8, 1) } else { (64 << 10, 3) };

const SALT: usize = 16;
const CHECK: usize = 16;

/// The fewest characters of a passphrase.
const SHORTEST: usize = 12;

/// What a suggested passphrase is made of: nothing that is read out for something else.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A passphrase, cleared from memory when it is over.
#[derive(Clone)]
pub(crate) struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// As somebody typed it; what was copied often has a blank at its end.
    pub(crate) fn typed(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// Whether it is long enough to lock a file that leaves the house.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.0.chars().count() < SHORTEST {
            return Err(Failure::new(FailureCode::SheetWeak));
        }
        Ok(())
    }

    /// The key that seals, and the bytes that tell whether the passphrase is right.
    fn keys(&self, salt: &[u8]) -> Result<(SealingKey, [u8; CHECK]), Failure> {
        let (memory, rounds) = COST;
        let mut both = Zeroizing::new([0; 64]);
        let derived = Params::new(memory, rounds, 1, Some(both.len())).and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                self.0.as_bytes(),
                salt,
                both.as_mut_slice(),
            )
        });
        derived.map_err(|it| Failure::caused(FailureCode::SheetOther, &it))?;
        let mut check = [0; CHECK];
        check.copy_from_slice(&Sha256::digest(&both[32..])[..CHECK]);
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&both[..32]);
        Ok((SealingKey(key), check))
    }
}

/// A key that seals and opens.
pub(crate) struct SealingKey(Zeroizing<[u8; 32]>);

impl SealingKey {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    fn key(&self) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, self.0.as_slice());
        LessSafeKey::new(key.expect("32 bytes are a key"))
    }

    /// Nonce and sealed bytes; what stands before them cannot be changed either.
    fn seal(&self, before: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut nonce = [0; NONCE_LEN];
        random::fill(&mut nonce)?;
        let mut sealed = bytes.to_vec();
        self.key()
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(before),
                &mut sealed,
            )
            .map_err(|_| Failure::new(FailureCode::CannotWrite))?;
        Ok([before, &nonce[..], &sealed].concat())
    }

    fn open(&self, before: &[u8], rest: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let damaged = || Failure::new(FailureCode::SheetDamaged);
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN).ok_or_else(damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut bytes = Zeroizing::new(sealed.to_vec());
        let opened = self.key().open_in_place(nonce, Aad::from(before), &mut bytes);
        let long = opened.map_err(|_| damaged())?.len();
        bytes.truncate(long);
        Ok(bytes)
    }
}

/// A passphrase of a hundred random bits, in groups that can be read out on the telephone.
pub(crate) fn suggested() -> Result<String, Failure> {
    let mut bytes = Zeroizing::new([0; 20]);
    random::fill(bytes.as_mut_slice())?;
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> =
        bytes.chunks(4).map(|group| group.iter().map(letter).collect()).collect();
    Ok(groups.join("-"))
}

/// Locks bytes under a passphrase.
pub(crate) fn lock(bytes: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, Failure> {
    let mut salt = [0; SALT];
    random::fill(&mut salt)?;
    let (key, check) = passphrase.keys(&salt)?;
    key.seal(&[HEAD, &salt, &check].concat(), bytes)
}

/// Opens a file with its passphrase.
pub(crate) fn open(file: &[u8], passphrase: &Passphrase) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let rest = file.strip_prefix(HEAD).ok_or_else(|| Failure::new(FailureCode::SheetOther))?;
    let damaged = || Failure::new(FailureCode::SheetDamaged);
    let (salt, rest) = rest.split_at_checked(SALT).ok_or_else(damaged)?;
    let (told, rest) = rest.split_at_checked(CHECK).ok_or_else(damaged)?;
    let (key, check) = passphrase.keys(salt)?;
    if !bool::from(check[..].ct_eq(told)) {
        return Err(Failure::new(FailureCode::SheetPassphrase));
    }
    key.open(&[HEAD, salt, told].concat(), rest)
}

/// Locks a client's notes.
pub(crate) fn lock_notes(bytes: &[u8], key: &SealingKey) -> Result<Vec<u8>, Failure> {
    key.seal(NOTES, bytes)
}

/// Opens a client's notes.
pub(crate) fn open_notes(file: &[u8], key: &SealingKey) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let rest = file.strip_prefix(NOTES).ok_or_else(|| Failure::new(FailureCode::SheetDamaged))?;
    key.open(NOTES, rest)
}
