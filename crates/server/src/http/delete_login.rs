//! `POST /v1/login/delete`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use muster_protocol::http::DeleteLogin;

use super::body::Body;
use super::caller::Caller;
use super::proof;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::hub::Signal;
use crate::leaving;
use crate::write::Origin;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/login/delete",
    auth: Auth::Session,
    doc: "Deletes the caller's sign-in for ever (E-11): everything is left, and an `owner_led` \
          account of one's own goes with it, all in one step. If something is in the way, the \
          refusal names the first such thing and nothing happens. The address is free again; a \
          pseudonym takes the place of the name (E-64).",
    request: "DeleteLogin",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<DeleteLogin>,
) -> Result<StatusCode, Failure> {
    proof::by_password(&app, &caller, asked.password).await?;
    blocking(&app, move |app| delete(app, &caller, &request)).await
}

fn delete(app: &App, caller: &Caller, request: &str) -> Result<StatusCode, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    let actor = tx.login(caller.login.id)?.ok_or_else(Failure::signed_out)?;
    let origin = Origin { actor: &actor, command: None, request, now, post: app.post() };
    let gone = leaving::delete_login(&*tx, &origin)??;
    let line = register::audit("login.deleted", Some(actor.id), caller.device, request, now);
    tx.append_audit(&line)?;
    tx.commit()?;
    gone.changes.into_iter().for_each(|change| app.hub.changed(change));
    for token in gone.tokens {
        app.hub.tell(Signal::SignedOut { login: actor.id, token });
    }
    Ok(StatusCode::NO_CONTENT)
}
