//! The password of somebody who is signed in already, asked once more before what cannot be
//! taken back. A found session is then not enough, and guessing has the limit of its device.

use std::sync::Arc;

use muster_protocol::ErrorCode;

use super::Failure;
use super::caller::Caller;
use crate::app::{App, blocking};
use crate::limit::Door;
use crate::password::Match;

/// Whether the password is the caller's own; each try counts until one is right.
///
/// # Errors
/// [`ErrorCode::TooMany`] past the limit, [`ErrorCode::WrongPassword`] for another password.
pub(super) async fn by_password(
    app: &Arc<App>,
    caller: &Caller,
    password: String,
) -> Result<(), Failure> {
    let door = Door::known(&caller.login.address, caller.device);
    let now = app.clock.now();
    if !app.limits(|limits| limits.allows(&door, now)) {
        return Err(Failure::new(ErrorCode::TooMany, "too many tries"));
    }
    app.limits(|limits| limits.count(door.clone(), now));
    let login = caller.login.id;
    let phc = blocking(app, move |app| Ok(app.store.read()?.credential(login)?)).await?;
    match app.passwords.check(password, phc).await? {
        Match::Yes => {
            app.limits(|limits| limits.forget(&door));
            Ok(())
        }
        Match::No => Err(Failure::field(ErrorCode::WrongPassword, "not the password", "password")),
    }
}
