//! `POST /v1/login/address`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{Address, Login};
use muster_protocol::ErrorCode;
use muster_protocol::http::ChangeAddress;

use super::body::Body;
use super::caller::Caller;
use super::proof;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::hub::Signal;
use crate::mail::Post;
use crate::mail::announce::queue;
use crate::mail::letter::Letter;
use crate::naming::{self, Ends};

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/login/address",
    auth: Auth::Session,
    doc: "Has the caller sign in with another address, one that they proved to be theirs (E-62). \
          Memberships and sessions go on: they follow the sign-in, not the address. Every row \
          that says the address says the new one; invitations keep the address that they were \
          sent to. The earlier address stays among the proved ones if it was, and a letter goes \
          to it. An address that was never proved is `address.unproved`, one that somebody else \
          signs in with `address.taken`.",
    request: "ChangeAddress",
    answer: "Login",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<ChangeAddress>,
) -> Result<Json<Login>, Failure> {
    let address = register::address(&asked.address)?;
    proof::by_password(&app, &caller, asked.password).await?;
    blocking(&app, move |app| change(app, &caller, &request, address)).await
}

fn change(
    app: &App,
    caller: &Caller,
    request: &str,
    address: Address,
) -> Result<Json<Login>, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    let was = tx.login(caller.login.id)?.ok_or_else(Failure::signed_out)?;
    if was.address == address {
        return Ok(Json(was));
    }
    // Who else signs in with it is told to its owner alone.
    if !was.verified.contains(&address) {
        let code = ErrorCode::UnprovedAddress;
        return Err(Failure::field(code, "the address was not proved", "address"));
    }
    if tx.login_by_address(&address)?.is_some() {
        let code = ErrorCode::AddressOfAnother;
        return Err(Failure::field(code, "somebody else signs in with it", "address"));
    }
    let login = Login { address, ..was.clone() };
    let change = naming::rename(&*tx, &was, &login, Ends::Renamed)?;
    match app.post() {
        Post::None => {}
        Post::Goes => queue(&*tx, &was.address, &Letter::AddressChanged, now)?,
    }
    let line =
        register::audit("login.address.changed", Some(login.id), caller.device, request, now);
    tx.append_audit(&line)?;
    tx.commit()?;
    app.hub.changed(change);
    app.hub.tell(Signal::Letter);
    Ok(Json(login))
}
