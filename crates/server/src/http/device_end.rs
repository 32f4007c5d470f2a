//! `POST /v1/devices/end`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use muster_domain::DeviceId;
use muster_protocol::http::EndDevice;

use super::body::Body;
use super::caller::Caller;
use super::register;
use super::request::RequestId;
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::hub::Signal;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/devices/end",
    auth: Auth::Session,
    doc: "Signs one of the caller's installations out, such as one that was lost: its next \
          request is answered like one without a session, and its poke stream ends. What it \
          has not sent yet stays on it for whoever signs in there with the password. An \
          installation where the caller is not signed in is not found.",
    request: "EndDevice",
    answer: "204, empty",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    caller: Caller,
    RequestId(request): RequestId,
    Body(asked): Body<EndDevice>,
) -> Result<StatusCode, Failure> {
    blocking(&app, move |app| end(app, &caller, asked.device, &request)).await
}

fn end(app: &App, caller: &Caller, device: DeviceId, request: &str) -> Result<StatusCode, Failure> {
    let tx = app.store.write()?;
    let mine = tx.sessions_of(caller.login.id)?;
    let Some(session) = mine.into_iter().find(|it| it.device == device) else {
        return Err(Failure::not_found());
    };
    tx.end_session(&session.token)?;
    let now = app.clock.now();
    let login = Some(caller.login.id);
    tx.append_audit(&register::audit("sign_out.elsewhere", login, device, request, now))?;
    tx.commit()?;
    app.hub.tell(Signal::SignedOut { login: caller.login.id, token: session.token });
    Ok(StatusCode::NO_CONTENT)
}
