//! `POST /v1/invitations/accept`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::MembershipId;
use muster_protocol::http::{Accepted, InvitationCode};

use super::body::Body;
use super::caller::Caller;
use super::register;
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
        let tx = app.store.write()?;
        let opened = invitation::open(&*tx, &app.secret, &asked.code, now)?;
        let origin = Origin {
            actor: &caller.login,
            command: None,
            request: &request,
            now,
            post: app.post(),
        };
        let membership = register::new_id(MembershipId::from_bytes)?;
        let (workspace, applied) =
            invitation::accept(&*tx, &origin, &opened.invitation, membership)?;
        tx.commit()?;
        app.hub.changed(applied.change);
        Ok(Json(Accepted { workspace }))
    })
    .await
}
