//! Random bytes from the operating system: keys and ids, nothing else.

use crate::view::{Failure, FailureCode};

/// Fills the buffer.
pub(crate) fn fill(buffer: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(buffer).map_err(|error| Failure {
        detail: error.to_string(),
        ..Failure::new(FailureCode::CopyBroken)
    })
}

/// The bytes of a new id.
pub(crate) fn id() -> Result<[u8; 16], Failure> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(bytes)
}
