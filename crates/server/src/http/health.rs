//! `GET /v1/health`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};

pub const ROUTE: Route = Route {
    method: Method::Get,
    path: "/v1/health",
    auth: Auth::Open,
    doc: "Whether the server can read its database; for supervisors and balancers.",
    request: "none",
    answer: "{ \"ok\": true }",
    handler: || axum::routing::get(handle),
};

#[derive(Serialize)]
struct Health {
    ok: bool,
}

async fn handle(State(app): State<Arc<App>>) -> Result<Json<Health>, Failure> {
    blocking(&app, |app| {
        app.store.read()?.epoch()?;
        Ok(Json(Health { ok: true }))
    })
    .await
}
