//! Request bodies, read whole and within limits.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use muster_protocol::ErrorCode;
use serde::de::DeserializeOwned;

use super::Failure;

/// The most bytes of a JSON body. The sync exchange has a limit of its own.
pub const JSON_LIMIT: usize = 64 << 10;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = Bytes::from_request(request, state).await.map_err(|error| unread(&error))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| {
            // serde's message would repeat what was sent.
            Failure::new(ErrorCode::BadRequest, "the body is not what this request takes")
        })
    }
}

/// A body that could not be read.
pub fn unread(error: &BytesRejection) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::new(ErrorCode::TooLarge, "the body is too large")
    } else {
        Failure::new(ErrorCode::BadRequest, "the body could not be read")
    }
}
