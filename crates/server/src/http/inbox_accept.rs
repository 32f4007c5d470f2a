//! `POST /v1/inbox/accept`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_protocol::http::{Accepted, InboxRequest};

use super::body::Body;
use super::caller::Caller;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::invitation;
use crate::write::Origin;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/inbox/accept",
    auth: Auth::Session,
    doc: "Makes the caller a member by an invitation to an address that they have proved to be \
          theirs, without its link, if everything still holds that held when it was sent (R12). \
          An invitation to any other address is not there.",
    request: "InboxRequest",
    answer: "Accepted",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<InboxRequest>,
) -> Result<Json<Accepted>, Failure> {
    blocking(&app, move |app| {
        let now = app.clock.now();
        let actor = &caller.login;
        let origin = Origin { actor, command: None, request: &request, now, post: app.post() };
        let workspace = invitation::join(app, &origin, |tx| {
            invitation::of_inbox(tx, &caller.login, asked.invitation)
        })?;
        Ok(Json(Accepted { workspace }))
    })
    .await
}
