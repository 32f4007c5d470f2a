//! `POST /v1/invitations/link`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{Facts, InvitationState, Permission, Refusal, RefusalCode};
use muster_protocol::http::{InvitationLink, LinkRequest};

use super::body::Body;
use super::caller::Caller;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::store::invitation_of;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/invitations/link",
    auth: Auth::Session,
    doc: "The code of an open invitation, for whoever manages the members of its workspace. \
          Codes are computed, not kept; sending an invitation again makes earlier codes void.",
    request: "LinkRequest",
    answer: "InvitationLink",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(asked): Body<LinkRequest>,
) -> Result<Json<InvitationLink>, Failure> {
    blocking(&app, move |app| {
        let store = app.store.read()?;
        let now = app.clock.now();
        let facts = Facts::of_workspace(&*store, &caller.login, asked.workspace, now)?;
        let permissions = facts.permissions();
        if permissions.is_empty() {
            return Err(Failure::not_found());
        }
        if !permissions.has(Permission::MemberManage) {
            return Err(Refusal::new(RefusalCode::Missing)
                .with("permission", Permission::MemberManage)
                .into());
        }
        let invitation = invitation_of(&*store, asked.workspace, asked.invitation)?
            .ok_or_else(Failure::not_found)?;
        if invitation.state != InvitationState::Open {
            return Err(Refusal::new(RefusalCode::InvitationGone).into());
        }
        if !invitation.is_open(now) {
            return Err(Refusal::new(RefusalCode::InvitationExpired)
                .with("inviter", invitation.inviter_name.as_str())
                .with("date", invitation.expires)
                .into());
        }
        Ok(Json(InvitationLink { code: app.secret.code(&invitation) }))
    })
    .await
}
