//! Chance that can be repeated: `MUSTER_SEED=n` sets it, every run prints it.

use std::hash::{BuildHasher, RandomState};

/// SplitMix64: small, seedable, the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    pub fn byte(&mut self, sides: u64) -> u8 {
        u8::try_from(self.roll(sides)).expect("below 256")
    }

    /// One in `sides`.
    pub fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    /// One of these; none of none.
    pub fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let at = usize::try_from(self.roll(all.len() as u64)).expect("below the length");
        all.get(at).cloned()
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    let seed = number("MUSTER_SEED", RandomState::new().hash_one(0));
    println!("MUSTER_SEED={seed}");
    seed
}

/// A number from the environment.
pub fn number(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is a number")),
        Err(_) => default,
    }
}
