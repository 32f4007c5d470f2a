//! `POST /v1/addresses/code`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use muster_domain::Timestamp;
use muster_protocol::ErrorCode;
use muster_protocol::http::AddressCode;

use super::body::Body;
use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::hub::Signal;
use crate::limit::Door;
use crate::mail::Post;
use crate::mail::announce::queue;
use crate::mail::letter::Letter;
use crate::secret::random;
use crate::store;

/// How long a code is good, in milliseconds.
const GOOD_FOR: i64 = 15 * 60 * 1_000;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/addresses/code",
    auth: Auth::Session,
    doc: "Mails a code of six digits to an address, to prove that it is the caller's (E-24). The \
          code is good for 15 minutes and five tries; an earlier one is void. At most five \
          letters to an address, and by a caller, within an hour. Without mail the answer is \
          `mail.none`.",
    request: "AddressCode",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<AddressCode>,
) -> Result<StatusCode, Failure> {
    if app.post() == Post::None {
        return Err(Failure::new(ErrorCode::NoMail, "this server sends no mail"));
    }
    let address = register::address(&asked.address)?;
    let now = app.clock.now();
    let doors = [Door::letters_to(&address), Door::LettersBy(caller.login.id)];
    if !app.limits(|limits| doors.iter().all(|door| limits.allows(door, now))) {
        return Err(Failure::new(ErrorCode::TooMany, "too many codes"));
    }
    app.limits(|limits| doors.into_iter().for_each(|door| limits.count(door, now)));
    blocking(&app, move |app| {
        let tx = app.store.write()?;
        let login = caller.login.id;
        let expires = Timestamp(now.0 + GOOD_FOR);
        let code = store::AddressCode { nonce: random::<16>()?, expires, tries: 0 };
        tx.put_address_code(login, &address, Some(&code))?;
        queue(&*tx, &address, &Letter::Code { login }, now)?;
        tx.append_audit(&register::audit(
            "address.code",
            Some(login),
            caller.device,
            &request,
            now,
        ))?;
        tx.commit()?;
        app.hub.tell(Signal::Letter);
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
