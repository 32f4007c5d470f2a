//! After how many days without a change a review points somebody out (V-49, ui.md 5.8). Whoever
//! starts the review says it, so that everybody who decides in it is shown the same people.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number of days that is too small or too great to say anything by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietDaysError;

impl fmt::Display for QuietDaysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (QuietDays::LEAST, QuietDays::MOST);
        write!(f, "between {least} and {most} days without a change can be pointed out")
    }
}

impl std::error::Error for QuietDaysError {}

/// Days without a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct QuietDays(u16);

impl QuietDays {
    /// The fewest. In less, most people of any workspace changed nothing.
    pub const LEAST: u16 = 7;
    /// The most.
    pub const MOST: u16 = 730;
    /// What it is unless somebody says another number.
    pub const USUAL: Self = Self(90);

    /// So many days.
    ///
    /// # Errors
    /// [`QuietDaysError`] below [`Self::LEAST`] and above [`Self::MOST`].
    pub const fn new(days: u16) -> Result<Self, QuietDaysError> {
        if days < Self::LEAST || days > Self::MOST {
            return Err(QuietDaysError);
        }
        Ok(Self(days))
    }

    /// How many.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether it goes without saying: then it is not written, and what was written before
    /// anybody could choose keeps its bytes and its hash.
    pub(crate) const fn is_usual(&self) -> bool {
        self.0 == Self::USUAL.0
    }
}

impl Default for QuietDays {
    fn default() -> Self {
        Self::USUAL
    }
}

impl TryFrom<u16> for QuietDays {
    type Error = QuietDaysError;

    fn try_from(days: u16) -> Result<Self, QuietDaysError> {
        Self::new(days)
    }
}

impl From<QuietDays> for u16 {
    fn from(days: QuietDays) -> Self {
        days.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v49_only_days_that_say_something_are_read() {
        let read = |text: &str| serde_json::from_str::<QuietDays>(text).ok().map(QuietDays::get);
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("90"), Some(90));
        assert_eq!(read("730"), Some(730));
        assert_eq!(read("6"), None);
        assert_eq!(read("731"), None);
        assert_eq!(read("-1"), None);
    }
}
