//! How often somebody may try a door, in memory and by the server's clock.
//!
//! Failures count against the address that was tried and against where they came from. A
//! device that has signed in to the address before has a count of its own, so that a stranger
//! cannot lock the owner out (A2).

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use muster_domain::{Address, DeviceId, LoginId, Timestamp};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// So many within so long.
struct Quota {
    most: usize,
    within: i64,
}

const ADDRESS: &[Quota] =
    &[Quota { most: 10, within: 15 * MINUTE }, Quota { most: 100, within: DAY }];
const PLACE: &[Quota] = &[Quota { most: 100, within: 15 * MINUTE }];
const SIGN_UPS: &[Quota] = &[Quota { most: 1_000, within: 60 * MINUTE }];
const LETTERS: &[Quota] =
    &[Quota { most: 5, within: 60 * MINUTE }, Quota { most: 20, within: DAY }];
const CODES: &[Quota] = &[Quota { most: 100, within: 15 * MINUTE }];

/// When there are more keys than this, stale ones are dropped.
const MANY: usize = 10_000;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Door {
    /// Wrong passwords for an address, from devices that never signed in to it.
    Address(u64),
    /// Wrong passwords for an address from a device that has.
    Known(u64, DeviceId),
    /// Wrong passwords from one place.
    Place(IpAddr),
    /// Sign-ups from one place.
    SignUp(IpAddr),
    /// Wrong invitation codes from one place.
    Code(IpAddr),
    /// Letters with codes to an address, whoever asks for them.
    LettersTo(u64),
    /// Letters with codes that a login asks for.
    LettersBy(LoginId),
}

impl Door {
    /// The door of an address; the address itself is not kept.
    pub fn address(address: &Address) -> Self {
        Self::Address(digest(address))
    }

    /// The door of letters to an address.
    pub fn letters_to(address: &Address) -> Self {
        Self::LettersTo(digest(address))
    }

    /// The door of an address for a device that has signed in to it before.
    pub fn known(address: &Address, device: DeviceId) -> Self {
        Self::Known(digest(address), device)
    }

    const fn quotas(&self) -> &'static [Quota] {
        match self {
            Door::Address(_) | Door::Known(..) => ADDRESS,
            Door::Place(_) => PLACE,
            Door::SignUp(_) => SIGN_UPS,
            Door::Code(_) => CODES,
            Door::LettersTo(_) | Door::LettersBy(_) => LETTERS,
        }
    }
}

fn digest(address: &Address) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    hasher.finish()
}

/// The tries of the last day.
#[derive(Default)]
pub struct Limits {
    tries: HashMap<Door, VecDeque<Timestamp>>,
}

impl Limits {
    /// Whether one more try is allowed at this door.
    pub fn allows(&self, door: &Door, now: Timestamp) -> bool {
        let Some(tries) = self.tries.get(door) else { return true };
        door.quotas()
            .iter()
            .all(|quota| tries.iter().filter(|at| now.0 - at.0 < quota.within).count() < quota.most)
    }

    /// Counts a try.
    pub fn count(&mut self, door: Door, now: Timestamp) {
        if self.tries.len() >= MANY {
            self.tries
                .retain(|door, tries| tries.back().is_some_and(|at| is_fresh(door, *at, now)));
        }
        let tries = self.tries.entry(door.clone()).or_default();
        while tries.front().is_some_and(|at| !is_fresh(&door, *at, now)) {
            tries.pop_front();
        }
        tries.push_back(now);
    }

    /// Forgets the tries at a door that was opened.
    pub fn forget(&mut self, door: &Door) {
        self.tries.remove(door);
    }
}

fn is_fresh(door: &Door, at: Timestamp, now: Timestamp) -> bool {
    door.quotas().iter().any(|quota| now.0 - at.0 < quota.within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        Door::address(&Address::parse("ada@larch.example").expect("an address"))
    }

    #[test]
    fn a2_eleventh_try_within_a_quarter_hour_is_one_too_many() {
        let mut limits = Limits::default();
        for minute in 0..10 {
            assert!(limits.allows(&door(), Timestamp(minute * MINUTE)));
            limits.count(door(), Timestamp(minute * MINUTE));
        }
        assert!(!limits.allows(&door(), Timestamp(14 * MINUTE)));
        assert!(limits.allows(&door(), Timestamp(15 * MINUTE)), "the first try has aged");
    }

    #[test]
    fn a2_a_day_at_full_speed_allows_a_hundred_guesses() {
        let mut limits = Limits::default();
        let mut guesses = 0;
        for second in 0..24 * 60 * 60 {
            let now = Timestamp(second * 1_000);
            if limits.allows(&door(), now) {
                limits.count(door(), now);
                guesses += 1;
            }
        }
        assert_eq!(guesses, 100);
    }

    #[test]
    fn a2_a_known_device_is_not_locked_out_by_strangers() {
        let mut limits = Limits::default();
        for _ in 0..200 {
            limits.count(door(), Timestamp(0));
        }
        let address = Address::parse("ada@larch.example").expect("an address");
        assert!(!limits.allows(&door(), Timestamp(1)));
        assert!(limits.allows(&Door::known(&address, DeviceId::from_bytes([1; 16])), Timestamp(1)));
    }
}
