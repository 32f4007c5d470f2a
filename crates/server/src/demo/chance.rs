//! Repeatable chance: the same sample data every time, whoever makes it.

use sha2::{Digest, Sha256};

/// A small generator (SplitMix64); good enough for stories, useless for secrets.
pub struct Chance(u64);

impl Chance {
    /// A generator with its own sequence.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, and without, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// A number from `from` up to, and without, `to`.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = to.saturating_sub(from).max(1).cast_unsigned();
        from + (self.next() % span).cast_signed()
    }

    /// Whether something of this many percent happens.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The id of the `index`th thing of a kind.
pub fn id(kind: &str, index: usize) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(b"muster demo");
    hash.update(kind.as_bytes());
    hash.update((index as u64).to_be_bytes());
    let bytes: [u8; 32] = hash.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&bytes[..16]);
    id
}
