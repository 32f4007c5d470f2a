//! The twelve colours of a workspace's tile and band (ui.md 2.2).

use serde::{Deserialize, Serialize};

/// A workspace's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// A brownish red.
    Brick,
    /// A reddish brown.
    Rust,
    /// A dark yellow.
    Ochre,
    /// A yellowish green.
    Moss,
    /// A green.
    Fern,
    /// A dark green.
    Pine,
    /// A bluish green.
    Lagoon,
    /// A greenish blue.
    Harbor,
    /// A blue.
    Slate,
    /// A violet.
    Plum,
    /// A purple.
    Mulberry,
    /// A pinkish red.
    Rose,
}

impl Colour {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Brick,
        Self::Rust,
        Self::Ochre,
        Self::Moss,
        Self::Fern,
        Self::Pine,
        Self::Lagoon,
        Self::Harbor,
        Self::Slate,
        Self::Plum,
        Self::Mulberry,
        Self::Rose,
    ];

    /// The colour as it is written.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Brick => "brick",
            Self::Rust => "rust",
            Self::Ochre => "ochre",
            Self::Moss => "moss",
            Self::Fern => "fern",
            Self::Pine => "pine",
            Self::Lagoon => "lagoon",
            Self::Harbor => "harbor",
            Self::Slate => "slate",
            Self::Plum => "plum",
            Self::Mulberry => "mulberry",
            Self::Rose => "rose",
        }
    }

    /// Its place among all of them.
    pub fn number(self) -> u8 {
        let place = Self::ALL.iter().position(|it| *it == self);
        u8::try_from(place.unwrap_or_default()).unwrap_or_default()
    }

    /// Reads what [`Colour::key`] wrote.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn v12_every_colour_reads_back_by_its_key_and_has_a_number_of_its_own() {
        for (number, colour) in (0..).zip(Colour::ALL) {
            assert_eq!(Colour::parse(colour.key()), Some(colour));
            assert_eq!(colour.number(), number);
        }
        assert_eq!(Colour::parse("blue"), None);
    }
}
