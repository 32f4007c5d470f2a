//! `POST /v1/invitations/decline`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use muster_protocol::http::InvitationCode;

use super::body::Body;
use super::caller::Caller;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::invitation;
use crate::write::Origin;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/invitations/decline",
    auth: Auth::Session,
    doc: "Turns down the invitation of a code, if it is for the caller's address. Whoever \
          invited sees it; nobody can take it back.",
    request: "InvitationCode",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<InvitationCode>,
) -> Result<StatusCode, Failure> {
    blocking(&app, move |app| {
        let now = app.clock.now();
        let tx = app.store.write()?;
        let opened = invitation::open(&*tx, &app.secret, &asked.code, now)?;
        let actor = &caller.login;
        let origin = Origin { actor, command: None, request: &request, now, post: app.post() };
        let applied = invitation::decline(&*tx, &origin, &opened.invitation)?;
        tx.commit()?;
        app.hub.changed(applied.change);
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
