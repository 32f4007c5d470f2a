//! `POST /v1/invitations/accept`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_protocol::http::{Accepted, InvitationCode};

use super::body::Body;
use super::caller::Caller;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::invitation;
use crate::write::Origin;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/invitations/accept",
    auth: Auth::Session,
    doc: "Makes the caller a member by an invitation's code, if the invitation is for the \
          caller's address and everything still holds that held when it was sent (R12).",
    request: "InvitationCode",
    answer: "Accepted",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<InvitationCode>,
) -> Result<Json<Accepted>, Failure> {
    blocking(&app, move |app| {
        let now = app.clock.now();
        let origin = Origin {
            actor: &caller.login,
            command: None,
            request: &request,
            now,
            post: app.post(),
        };
        let workspace = invitation::join(app, &origin, |tx| {
            Ok(invitation::open(tx, &app.secret, &asked.code, now)?.invitation)
        })?;
        Ok(Json(Accepted { workspace }))
    })
    .await
}
