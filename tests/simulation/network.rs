//! What becomes of messages: lost, late, twice, out of order, cut off, or answered by somebody
//! else.

use muster_protocol::{Say, codec};
use muster_sync::{ApiError, OfflineCause};

use crate::random::Dice;

/// How long the app waits for an answer, in milliseconds.
pub const PATIENCE: u64 = 30_000;

/// What the network is like. Shares are thousandths.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    pub loss: u64,
    pub twice: u64,
    pub damage: u64,
    /// The longest way, in milliseconds.
    pub slowest: u64,
}

impl Weather {
    pub const CALM: Weather = Weather { loss: 0, twice: 0, damage: 0, slowest: 200 };

    pub fn any(dice: &mut Dice) -> Self {
        let share = |dice: &mut Dice, most: &[u64]| dice.pick(most).unwrap_or(0);
        Self {
            loss: share(dice, &[0, 20, 100, 300]),
            twice: share(dice, &[0, 50, 200]),
            damage: share(dice, &[0, 20, 100]),
            slowest: share(dice, &[50, 2_000, 20_000]),
        }
    }

    fn hits(dice: &mut Dice, share: u64) -> bool {
        dice.roll(1_000) < share
    }

    pub fn way(&self, dice: &mut Dice) -> u64 {
        10 + dice.roll(self.slowest)
    }

    pub fn loses(&self, dice: &mut Dice) -> bool {
        Self::hits(dice, self.loss)
    }

    pub fn request(&self, dice: &mut Dice) -> Passage {
        if Self::hits(dice, self.loss) {
            return match dice.roll(4) {
                0 => Passage::Fails(ApiError::Offline(OfflineCause::Unreachable), 30),
                1 => Passage::Fails(ApiError::NotMuster, 30),
                _ => Passage::Fails(ApiError::Offline(OfflineCause::Interrupted), PATIENCE),
            };
        }
        let again = Self::hits(dice, self.twice).then(|| self.way(dice) * 4);
        Passage::Arrives { after: self.way(dice), cut: Self::hits(dice, self.damage), again }
    }

    pub fn answer(&self, dice: &mut Dice, says: &[Say]) -> (Result<Vec<u8>, ApiError>, u64) {
        let after = self.way(dice);
        if Self::hits(dice, self.loss) {
            return match dice.roll(6) {
                0 => (Err(ApiError::Fault), after),
                1 => (Err(ApiError::NotMuster), after),
                2..=4 => (Err(ApiError::Offline(OfflineCause::Interrupted)), after),
                _ => (Err(ApiError::Offline(OfflineCause::Interrupted)), PATIENCE),
            };
        }
        if Self::hits(dice, self.damage) {
            // Between two frames, where nothing else tells.
            let kept = usize::try_from(dice.roll(says.len() as u64)).expect("few frames");
            return (Ok(codec::encode(&says[..kept]).expect("encodes")), after);
        }
        let mut bytes = codec::encode(says).expect("encodes");
        if Self::hits(dice, self.damage) {
            cut(dice, &mut bytes);
        }
        (Ok(bytes), after)
    }
}

/// The way of a request.
pub enum Passage {
    Fails(ApiError, u64),
    Arrives {
        after: u64,
        cut: bool,
        /// When a second copy of it comes along.
        again: Option<u64>,
    },
}

pub fn cut(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let share = usize::try_from(dice.roll(1_000)).expect("small");
    bytes.truncate(bytes.len() * share / 1_000);
}
