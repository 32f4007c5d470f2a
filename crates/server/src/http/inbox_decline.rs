//! `POST /v1/inbox/decline`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use muster_protocol::http::InboxRequest;

use super::body::Body;
use super::caller::Caller;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::invitation;
use crate::write::Origin;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/inbox/decline",
    auth: Auth::Session,
    doc: "Turns down an invitation to an address that the caller has proved to be theirs.",
    request: "InboxRequest",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<InboxRequest>,
) -> Result<StatusCode, Failure> {
    blocking(&app, move |app| {
        let now = app.clock.now();
        let tx = app.store.write()?;
        let found = invitation::of_inbox(&*tx, &caller.login, asked.invitation)?;
        let actor = &caller.login;
        let origin = Origin { actor, command: None, request: &request, now, post: app.post() };
        let applied = invitation::decline(&*tx, &origin, &found)?;
        tx.commit()?;
        app.hub.changed(applied.change);
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
