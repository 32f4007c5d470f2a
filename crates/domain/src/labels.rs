//! Labels of a workspace or a member (V-12): a few short words, in order, each once.

use serde::{Deserialize, Serialize};

use crate::name::clean_name;
use crate::refusal::{Refusal, RefusalCode};

/// How many labels one thing has at most.
const MOST: usize = 20;

/// How many characters a label has at most.
const LONGEST: usize = 40;

/// Labels, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels(Vec<String>);

impl Labels {
    /// The labels as they are kept, or why they cannot be.
    ///
    /// # Errors
    /// [`RefusalCode::BadLabel`] for one that is too long, has hidden characters, or is one
    /// too many. Empty ones are left out.
    pub fn clean<S: AsRef<str>>(labels: impl IntoIterator<Item = S>) -> Result<Self, Refusal> {
        let mut clean = Vec::new();
        for label in labels {
            let label = label.as_ref().trim();
            if label.is_empty() {
                continue;
            }
            let bad = || Refusal::new(RefusalCode::BadLabel).with("label", label);
            if label.chars().count() > LONGEST {
                return Err(bad());
            }
            clean.push(clean_name(label).map_err(|_| bad())?);
        }
        clean.sort();
        clean.dedup();
        if clean.len() > MOST {
            return Err(Refusal::new(RefusalCode::BadLabel).with("label", clean[MOST].as_str()));
        }
        Ok(Self(clean))
    }

    /// The labels in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
