//! `POST /v1/addresses/drop`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{Address, Login};
use muster_protocol::ErrorCode;
use muster_protocol::http::DropAddress;

use super::body::Body;
use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::change::Change;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/addresses/drop",
    auth: Auth::Session,
    doc: "An address that the caller proved is theirs no more, such as one they signed in with \
          before (E-62): invitations to it are not in their inbox any longer. What they joined \
          by it stays. The address that they sign in with is kept (`address.in_use`).",
    request: "DropAddress",
    answer: "Login",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<DropAddress>,
) -> Result<Json<Login>, Failure> {
    let address = register::address(&asked.address)?;
    blocking(&app, move |app| drop_address(app, &caller, &request, &address)).await
}

fn drop_address(
    app: &App,
    caller: &Caller,
    request: &str,
    address: &Address,
) -> Result<Json<Login>, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    let mut login = tx.login(caller.login.id)?.ok_or_else(Failure::signed_out)?;
    if login.address == *address {
        let code = ErrorCode::AddressInUse;
        return Err(Failure::field(code, "the caller signs in with it", "address"));
    }
    // A code that is on its way would bring it back.
    tx.put_address_code(login.id, address, None)?;
    login.verified.retain(|it| it != address);
    tx.put_login(&login)?;
    let line = register::audit("address.dropped", Some(login.id), caller.device, request, now);
    tx.append_audit(&line)?;
    tx.commit()?;
    let mut change = Change::new();
    change.name(login.id);
    app.hub.changed(change);
    Ok(Json(login))
}
