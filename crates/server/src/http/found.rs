//! `POST /v1/accounts`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{AccountId, Founding, MembershipId, SchemeId, WorkspaceId, WorkspaceKind};
use muster_protocol::ErrorCode;
use muster_protocol::http::{FoundAccount, Founded};

use super::body::Body;
use super::caller::Caller;
use super::register::{self, new_id};
use super::request::{Place, RequestId};
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::limit::Door;
use crate::store::Tx;
use crate::write::{self, Origin, Verdict};

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/accounts",
    auth: Auth::Session,
    doc: "Founds an account of the caller's own with its first workspace, for whoever came by an \
          invitation and has none, or runs an agency besides a personal workspace (C-15, E-20). \
          A second personal workspace is refused.",
    request: "FoundAccount",
    answer: "Founded",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    Place(place): Place,
    RequestId(request): RequestId,
    Body(asked): Body<FoundAccount>,
) -> Result<Json<Founded>, Failure> {
    let now = app.clock.now();
    let door = Door::SignUp(place);
    if !app.limits(|limits| limits.allows(&door, now)) {
        return Err(Failure::new(ErrorCode::TooMany, "too many new accounts"));
    }
    app.limits(|limits| limits.count(door, now));
    blocking(&app, move |app| found(app, &caller, asked, &request)).await.map(Json)
}

fn found(
    app: &App,
    caller: &Caller,
    asked: FoundAccount,
    request: &str,
) -> Result<Founded, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    if asked.scheme == SchemeId::OwnerLed && has_personal(&*tx, caller)? {
        let message = "the sign-in has its personal workspace";
        return Err(Failure::field(ErrorCode::BadRequest, message, "scheme"));
    }
    let (account, workspace) = (new_id(AccountId::from_bytes)?, new_id(WorkspaceId::from_bytes)?);
    let founding = Founding {
        account,
        workspace,
        membership: new_id(MembershipId::from_bytes)?,
        scheme: asked.scheme,
        account_name: asked.account_name,
        workspace_name: asked.workspace_name,
    };
    let origin = Origin { actor: &caller.login, command: None, request, now, post: app.post() };
    let change = match write::found(&*tx, &origin, founding)? {
        Verdict::Applied(applied) => applied.change,
        Verdict::NoOp => return Err(Failure::new(ErrorCode::BadRequest, "nothing to found")),
        Verdict::Refused(refusal) => return Err(refusal.into()),
    };
    let login = Some(caller.login.id);
    tx.append_audit(&register::audit("account.founded", login, caller.device, request, now))?;
    tx.commit()?;
    app.hub.changed(change);
    Ok(Founded { account, workspace })
}

/// Whether the caller has a personal workspace of their own: nobody has two (U-1, U-2).
fn has_personal(tx: &dyn Tx, caller: &Caller) -> Result<bool, Failure> {
    for held in tx.held(caller.login.id)? {
        let personal =
            tx.workspace(held.workspace)?.filter(|it| it.kind == WorkspaceKind::Personal);
        if personal.is_some()
            && tx.admin(held.account, caller.login.id)?.is_some_and(|it| it.active)
        {
            return Ok(true);
        }
    }
    Ok(false)
}
