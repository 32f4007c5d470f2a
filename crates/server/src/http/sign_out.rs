//! `POST /v1/sign-out`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::hub::Signal;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/sign-out",
    auth: Auth::Session,
    doc: "Ends the session. Its poke stream ends with it.",
    request: "none",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
) -> Result<StatusCode, Failure> {
    blocking(&app, move |app| {
        let tx = app.store.write()?;
        let now = app.clock.now();
        tx.end_session(&caller.token)?;
        let line = register::audit("sign_out", Some(caller.login.id), caller.device, &request, now);
        tx.append_audit(&line)?;
        tx.commit()?;
        app.hub.tell(Signal::SignedOut { login: caller.login.id, token: caller.token });
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
