//! What is wrong in a text, by line.

use crate::view::{AccessError, AccessFault};

/// A fault before it is known on which line it is.
pub(super) type Fault = (AccessFault, String);

pub(super) fn fault(what: AccessFault, found: impl Into<String>) -> Fault {
    (what, found.into())
}

pub(super) fn on(line: u32, (what, found): Fault) -> AccessError {
    // A line may be a whole book; the window shows where it begins.
    let found = found.chars().take(120).collect();
    AccessError { line, what, found }
}
