//! Who calls: a session, looked up and judged at each request (A4, I6).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use muster_domain::{DeviceId, Login, LoginStatus, Timestamp};
use muster_protocol::ErrorCode;

use super::Failure;
use crate::app::{App, blocking};
use crate::secret::token_hash;
use crate::store::{SessionRow, Snapshot, StoreError, TokenHash};

/// How long a session lasts without use, and at most, in days.
const IDLE_DAYS: i64 = 30;
/// See [`IDLE_DAYS`].
pub const LONGEST_DAYS: i64 = 180;

/// How exactly last use is kept, in milliseconds; finer would cost a write per request.
const LAST_USED_STEP: i64 = 60 * 60 * 1_000;

/// The proof of a session. A handler that takes it cannot be reached without one.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub login: Login,
    /// On which installation.
    pub device: DeviceId,
    /// By which session.
    pub token: TokenHash,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer "));
        let hash = token_hash(token.ok_or_else(Failure::signed_out)?);
        blocking(app, move |app| Self::prove(app, hash)).await
    }
}

impl Caller {
    pub(super) fn prove(app: &App, token: TokenHash) -> Result<Self, Failure> {
        let now = app.clock.now();
        let (session, login) = live(&*app.store.read()?, &token, now)?;
        if now.0 - session.last_used.0 >= LAST_USED_STEP {
            match touch(app, &token, now) {
                // Reading goes on while the disk takes no writes.
                Ok(()) | Err(StoreError::Unwritable(_)) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Self { login, device: session.device, token })
    }
}

/// Keeps that the session is used; one that has ended in the meantime stays ended.
pub(super) fn touch(app: &App, token: &TokenHash, now: Timestamp) -> Result<(), StoreError> {
    let tx = app.store.write()?;
    tx.touch_session(token, now)?;
    tx.commit()
}

/// The session with this token and its login, if both are good now.
///
/// # Errors
/// [`ErrorCode::SignedOut`] or [`ErrorCode::Suspended`].
pub fn live(
    store: &dyn Snapshot,
    token: &TokenHash,
    now: Timestamp,
) -> Result<(SessionRow, Login), Failure> {
    let session = store.session(token)?.ok_or_else(Failure::signed_out)?;
    if !lasts(&session, now) {
        return Err(Failure::signed_out());
    }
    let login = store.login(session.login)?.ok_or_else(Failure::signed_out)?;
    match login.status {
        LoginStatus::Active => Ok((session, login)),
        LoginStatus::Deleted => Err(Failure::signed_out()),
        LoginStatus::Suspended => {
            Err(Failure::new(ErrorCode::Suspended, "the sign-in is suspended"))
        }
    }
}

/// Whether a session still opens anything.
pub fn lasts(session: &SessionRow, now: Timestamp) -> bool {
    now < session.expires && now < session.last_used.plus_days(IDLE_DAYS)
}
