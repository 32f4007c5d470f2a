//! `GET /v1/devices`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_protocol::http::{Devices, SignedInDevice};

use super::caller::{self, Caller};
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};

pub const ROUTE: Route = Route {
    method: Method::Get,
    path: "/v1/devices",
    auth: Auth::Session,
    doc: "Where the caller is signed in: each installation with the name that its machine gave \
          when it signed in, since when, and when it was last in touch, to the hour. Nobody \
          else ever sees it.",
    request: "none",
    answer: "Devices",
    handler: || axum::routing::get(handle),
};

async fn handle(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Devices>, Failure> {
    blocking(&app, move |app| {
        let now = app.clock.now();
        let sessions = app.store.read()?.sessions_of(caller.login.id)?;
        let devices = sessions
            .into_iter()
            .filter(|it| caller::lasts(it, now))
            .map(|it| SignedInDevice {
                device: it.device,
                name: it.name,
                since: it.created,
                last_used: it.last_used,
                here: it.device == caller.device,
            })
            .collect();
        Ok(Json(Devices { devices }))
    })
    .await
}
