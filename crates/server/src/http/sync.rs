//! `POST /v1/sync`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use muster_protocol::{Ask, CodecError, ErrorCode, FRAMES_TYPE, MAX_REQUEST_BYTES, Say, codec};

use super::body::unread;
use super::caller::Caller;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::sync::Exchange;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/sync",
    auth: Auth::Session,
    doc: "One exchange: commands up, outcomes and rows down, from one snapshot. The frames are \
          `Ask` and `Say` of `crates/protocol/src/frame.rs`, as \
          `application/vnd.muster.frames+zstd` or, for debugging, as `application/json`. The \
          histories that `Have` names come after the rows, in pieces, as they were hashed: \
          whole for those who may see them, with seals over what their view does not show; \
          to others what they did and what is about them. An account's own is for its admins.",
    request: "Ask frames",
    answer: "Say frames",
    handler: || axum::routing::post(handle).layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES)),
};

#[derive(Clone, Copy)]
enum Form {
    Frames,
    Json,
}

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let bytes = body.map_err(|error| unread(&error))?;
    let form = form(&headers)?;
    blocking(&app, move |app| {
        let asks = read(form, &bytes)?;
        let exchange = Exchange {
            store: &*app.store,
            clock: &*app.clock,
            hub: &app.hub,
            login: &caller.login,
            device: caller.device,
            request: &request,
            post: app.post(),
        };
        write(form, &exchange.run(asks)?)
    })
    .await
}

fn form(headers: &HeaderMap) -> Result<Form, Failure> {
    match headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
        Some(FRAMES_TYPE) => Ok(Form::Frames),
        Some(json) if json.starts_with("application/json") => Ok(Form::Json),
        Some(_) | None => Err(Failure::new(ErrorCode::BadRequest, "unknown content type")),
    }
}

fn read(form: Form, bytes: &[u8]) -> Result<Vec<Ask>, Failure> {
    let asks = match form {
        Form::Frames => codec::decode(bytes, MAX_REQUEST_BYTES),
        Form::Json => codec::from_json(bytes, MAX_REQUEST_BYTES),
    };
    asks.map_err(|error| match error {
        CodecError::TooLong { .. } => {
            Failure::new(ErrorCode::TooLarge, "the exchange is too large")
        }
        CodecError::Compression(_)
        | CodecError::CutOff
        | CodecError::Frame(_)
        | CodecError::Json(_) => Failure::new(ErrorCode::BadRequest, "the frames are damaged"),
    })
}

fn write(form: Form, says: &[Say]) -> Result<Response, Failure> {
    let (kind, bytes) = match form {
        Form::Frames => (FRAMES_TYPE, codec::encode(says)),
        Form::Json => ("application/json", codec::to_json(says)),
    };
    let bytes = bytes.map_err(|error| Failure::fault(&error))?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
