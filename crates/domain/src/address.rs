//! E-mail addresses, compared without regard to case (E-24).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A normalised e-mail address: trimmed and in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// A text that is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseAddressError;

impl fmt::Display for ParseAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an e-mail address")
    }
}

impl std::error::Error for ParseAddressError {}

impl Address {
    /// Reads an address as a person would type it.
    ///
    /// The check is one for typing slips, not RFC 5321: one `@`, something before it, and a
    /// dotted host of letters, digits and hyphens behind it.
    ///
    /// # Errors
    /// [`ParseAddressError`] when the text cannot be delivered to.
    pub fn parse(text: &str) -> Result<Self, ParseAddressError> {
        let text = text.trim().to_lowercase();
        let (local, host) = text.split_once('@').ok_or(ParseAddressError)?;
        if is_local_part(local) && is_host(host) && text.len() <= 254 {
            Ok(Self(text))
        } else {
            Err(ParseAddressError)
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`; names a person who gave no name (E-57).
    pub fn local_part(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }

    /// What stands behind the `@`.
    pub fn host(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}

fn is_local_part(local: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || r#"<>()[]\,;:@""#.contains(c);
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(odd)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_host(host: &str) -> bool {
    let label_is_fine = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(label_is_fine)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = ParseAddressError;

    fn try_from(text: String) -> Result<Self, ParseAddressError> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}
