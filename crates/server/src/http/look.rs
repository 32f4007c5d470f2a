//! `POST /v1/invitations/look`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_protocol::ErrorCode;
use muster_protocol::http::{InvitationCode, InvitationView};

use super::body::Body;
use super::request::Place;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::invitation;
use crate::limit::Door;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/invitations/look",
    auth: Auth::Code,
    doc: "What an invitation's code is for. A code that nobody here made is not found; one that \
          has expired, was cancelled, accepted or sent again is refused with the reason.",
    request: "InvitationCode",
    answer: "InvitationView",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    Place(place): Place,
    Body(asked): Body<InvitationCode>,
) -> Result<Json<InvitationView>, Failure> {
    let now = app.clock.now();
    let door = Door::Code(place);
    if !app.limits(|limits| limits.allows(&door, now)) {
        return Err(Failure::new(ErrorCode::TooMany, "too many wrong codes"));
    }
    let result = blocking(&app, move |app| {
        let store = app.store.read()?;
        let opened = invitation::open(&*store, &app.secret, &asked.code, now)?;
        Ok(Json(InvitationView {
            address: opened.invitation.address.to_string(),
            workspace_name: opened.workspace.name,
            account_name: opened.account.name,
            scheme: opened.account.scheme,
            roles: opened.invitation.roles,
            own_roles: opened.own_roles,
            inviter_name: opened.invitation.inviter_name,
            message: opened.invitation.message,
            expires: opened.invitation.expires,
        }))
    })
    .await;
    if result.is_err() {
        app.limits(|limits| limits.count(door, now));
    }
    result
}
