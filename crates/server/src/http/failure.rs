//! Every answer that is not a success: one shape, no inner detail (house rule: the chain is
//! logged once, here).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use muster_domain::{Refusal, RefusalCode};
use muster_protocol::{ErrorBody, ErrorCode};

use crate::store::StoreError;
use crate::sync::SyncError;
use crate::write::WriteError;

/// An answer that is not a success.
#[derive(Debug)]
pub struct Failure(ErrorBody);

impl Failure {
    /// A failure with a sentence for whoever reads the log.
    pub fn new(code: ErrorCode, message: &str) -> Self {
        Self(ErrorBody { code, message: message.to_owned(), field: None, refusal: None })
    }

    /// The same, about one field of the request.
    pub fn field(code: ErrorCode, message: &str, field: &str) -> Self {
        let mut failure = Self::new(code, message);
        failure.0.field = Some(field.to_owned());
        failure
    }

    /// What is not there and what may not be seen, alike to the byte (R10).
    pub fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "nothing there")
    }

    /// No session.
    pub fn signed_out() -> Self {
        Self::new(ErrorCode::SignedOut, "no session")
    }

    /// The server's own fault; its chain goes to the log and nowhere else.
    pub fn fault(error: &dyn std::error::Error) -> Self {
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            source = cause.source();
        }
        tracing::error!(error = chain, "request failed");
        Self::new(ErrorCode::Fault, "the server failed")
    }

    /// The rule that said no, if one did.
    pub fn refused(&self) -> Option<RefusalCode> {
        self.0.refusal.as_ref().map(|refusal| refusal.code)
    }

    fn status(&self) -> StatusCode {
        match self.0.code {
            ErrorCode::SignedOut | ErrorCode::WrongPassword => StatusCode::UNAUTHORIZED,
            ErrorCode::Suspended => StatusCode::FORBIDDEN,
            ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::AddressTaken
            | ErrorCode::UnprovedAddress
            | ErrorCode::AddressInUse
            | ErrorCode::AddressOfAnother
            | ErrorCode::NoMail => StatusCode::CONFLICT,
            ErrorCode::BadAddress
            | ErrorCode::WrongCode
            | ErrorCode::BadPassword
            | ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
            ErrorCode::Refused => match self.0.refusal.as_ref().map(|refusal| refusal.code) {
                Some(
                    RefusalCode::Missing | RefusalCode::MayNotInvite | RefusalCode::WrongPerson,
                ) => StatusCode::FORBIDDEN,
                Some(_) | None => StatusCode::CONFLICT,
            },
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::Version => StatusCode::UPGRADE_REQUIRED,
            ErrorCode::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status(), Json(self.0)).into_response()
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        if refusal.code == RefusalCode::NotVisible {
            return Self::not_found();
        }
        let mut failure = Self::new(ErrorCode::Refused, refusal.code.key());
        failure.0.refusal = Some(refusal);
        failure
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::fault(&error)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::fault(&error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::fault(&error)
    }
}

impl From<crate::password::PasswordError> for Failure {
    fn from(error: crate::password::PasswordError) -> Self {
        Self::fault(&error)
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Malformed(what) => Self::new(ErrorCode::BadRequest, what),
            // Signing in again gives it a session of its own; asking again would not.
            SyncError::OtherDevice => Self::new(ErrorCode::SignedOut, "another device's session"),
            SyncError::Store(error) => Self::fault(&error),
        }
    }
}
