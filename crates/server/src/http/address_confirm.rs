//! `POST /v1/addresses/confirm`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{Address, Login};
use muster_protocol::ErrorCode;
use muster_protocol::http::AddressConfirm;
use subtle::ConstantTimeEq;

use super::body::Body;
use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::change::Change;
use crate::store::{self, Tx};

/// How often a code may be tried in vain.
const TRIES: u32 = 5;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/addresses/confirm",
    auth: Auth::Session,
    doc: "Proves an address by the code that came by mail. From then on invitations to it are in \
          the caller's inbox and can be accepted without their links (E-24). A wrong code, one \
          that is over and one that was never sent are answered alike.",
    request: "AddressConfirm",
    answer: "Login",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<AddressConfirm>,
) -> Result<Json<Login>, Failure> {
    let address = register::address(&asked.address)?;
    blocking(&app, move |app| {
        let wrong = || Failure::new(ErrorCode::WrongCode, "the code is wrong or too old");
        let now = app.clock.now();
        let tx = app.store.write()?;
        let login = tx.login(caller.login.id)?.ok_or_else(Failure::signed_out)?;
        let kept = tx
            .address_code(login.id, &address)?
            .filter(|kept| now < kept.expires && kept.tries < TRIES)
            .ok_or_else(wrong)?;
        let code = app.secret.address_code(login.id, &address, kept.nonce);
        if !bool::from(code.as_bytes().ct_eq(asked.code.trim().as_bytes())) {
            let tried = store::AddressCode { tries: kept.tries + 1, ..kept };
            tx.put_address_code(login.id, &address, Some(&tried))?;
            tx.commit()?;
            return Err(wrong());
        }
        let login = confirmed(&*tx, login, address)?;
        let line =
            register::audit("address.confirmed", Some(login.id), caller.device, &request, now);
        tx.append_audit(&line)?;
        tx.commit()?;
        let mut change = Change::new();
        change.name(login.id);
        app.hub.changed(change);
        Ok(Json(login))
    })
    .await
}

fn confirmed(tx: &dyn Tx, mut login: Login, address: Address) -> Result<Login, Failure> {
    tx.put_address_code(login.id, &address, None)?;
    if !login.verified.contains(&address) {
        login.verified.push(address);
        tx.put_login(&login)?;
    }
    Ok(login)
}
