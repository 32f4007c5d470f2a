//! `GET /v1/server`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_protocol::http::ServerInfo;
use muster_protocol::{OLDEST_PROTOCOL, PROTOCOL};

use super::{Auth, Method, Route};
use crate::app::App;
use crate::mail::Post;

pub const ROUTE: Route = Route {
    method: Method::Get,
    path: "/v1/server",
    auth: Auth::Open,
    doc: "Who is there and which versions it speaks. An app asks this first; anything without \
          `\"product\": \"muster\"` is another program or a captive portal.",
    request: "none",
    answer: "ServerInfo",
    handler: || axum::routing::get(handle),
};

async fn handle(State(app): State<Arc<App>>) -> Json<ServerInfo> {
    Json(ServerInfo {
        product: "muster".to_owned(),
        name: app.name.clone(),
        build: env!("CARGO_PKG_VERSION").to_owned(),
        proto: PROTOCOL,
        oldest_proto: OLDEST_PROTOCOL,
        rules: muster_domain::RULES_VERSION,
        mail: app.post() == Post::Goes,
    })
}
