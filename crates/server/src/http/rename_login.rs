//! `POST /v1/login/name`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::Login;
use muster_domain::name::clean_name;
use muster_protocol::http::RenameLogin;

use super::body::Body;
use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::naming::{self, Ends};

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/login/name",
    auth: Auth::Session,
    doc: "Gives the caller's sign-in another name. Every row that embeds the name is sent again \
          with the new one (sync.md 4.7); names of accounts and workspaces stay (E-57).",
    request: "RenameLogin",
    answer: "Login",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<RenameLogin>,
) -> Result<Json<Login>, Failure> {
    let name = clean_name(&asked.name)?;
    blocking(&app, move |app| rename(app, &caller, &request, name)).await
}

fn rename(app: &App, caller: &Caller, request: &str, name: String) -> Result<Json<Login>, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    let was = tx.login(caller.login.id)?.ok_or_else(Failure::signed_out)?;
    if was.name == name {
        return Ok(Json(was));
    }
    let login = Login { name, ..was.clone() };
    let change = naming::rename(&*tx, &was, &login, Ends::Renamed)?;
    let line = register::audit("login.renamed", Some(login.id), caller.device, request, now);
    tx.append_audit(&line)?;
    tx.commit()?;
    app.hub.changed(change);
    Ok(Json(login))
}
