//! What sign-up and sign-in share: reading what a person typed, and opening a session.

use std::io;

use muster_domain::{Address, DeviceId, LoginId, Timestamp};
use muster_protocol::ErrorCode;

use super::Failure;
use super::caller::LONGEST_DAYS;
use crate::password::LENGTH;
use crate::secret::{new_token, random};
use crate::store::{AuditRow, SessionRow, Tx};

/// How long the name of a machine is kept, in characters.
const LONGEST_MACHINE: usize = 64;

/// The address in a request.
pub fn address(text: &str) -> Result<Address, Failure> {
    Address::parse(text)
        .map_err(|_| Failure::field(ErrorCode::BadAddress, "not an e-mail address", "address"))
}

/// A new password, if it can be one.
pub fn password(text: &str) -> Result<(), Failure> {
    if LENGTH.contains(&text.chars().count()) {
        Ok(())
    } else {
        Err(Failure::field(ErrorCode::BadPassword, "10 to 128 characters", "password"))
    }
}

/// A new random id.
pub fn new_id<T>(make: impl FnOnce([u8; 16]) -> T) -> io::Result<T> {
    random::<16>().map(make)
}

/// The installation that signs in, with what it calls its machine.
#[derive(Debug, Clone)]
pub struct Machine {
    device: DeviceId,
    name: String,
}

impl Machine {
    /// Of the name, what fits a line: nobody but the person themselves ever reads it.
    pub fn new(device: DeviceId, name: &str) -> Self {
        let shown = name.trim().chars().filter(|it| !it.is_control());
        Self { device, name: shown.take(LONGEST_MACHINE).collect() }
    }
}

/// Opens a session and returns its token.
pub fn open_session(
    tx: &dyn Tx,
    login: LoginId,
    machine: Machine,
    now: Timestamp,
) -> Result<String, Failure> {
    let (token, hash) = new_token()?;
    tx.add_session(&SessionRow {
        token: hash,
        login,
        device: machine.device,
        name: machine.name,
        created: now,
        last_used: now,
        expires: now.plus_days(LONGEST_DAYS),
    })?;
    Ok(token)
}

/// A line of the audit table about a door.
pub fn audit(
    kind: &'static str,
    login: Option<LoginId>,
    device: DeviceId,
    request: &str,
    at: Timestamp,
) -> AuditRow {
    AuditRow {
        at,
        login,
        device: Some(device),
        kind,
        detail: String::new(),
        request: request.to_owned(),
    }
}
