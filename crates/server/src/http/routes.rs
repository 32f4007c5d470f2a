//! The route table. Routing, `docs/api.md` and the isolation matrix come from it; a route
//! that is not in it does not exist.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::MethodRouter;
use muster_protocol::ErrorCode;

use super::{
    Failure, accept, address_code, address_confirm, address_drop, body, change_address, decline,
    delete_login, device_end, devices, found, health, inbox_accept, inbox_decline, join, link,
    look, poke, rename_login, request, server_info, sign_in, sign_out, sign_up, sync,
};
use crate::app::App;

/// How a route is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Everything else.
    Post,
}

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Nothing: there is nothing of anybody's in it.
    Open,
    /// A password.
    Password,
    /// The code of an invitation.
    Code,
    /// A session.
    Session,
}

/// One route.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: &'static str,
    /// What it asks of its caller.
    pub auth: Auth,
    /// One paragraph for `docs/api.md`.
    pub doc: &'static str,
    /// The type of its body.
    pub request: &'static str,
    /// The type of its answer.
    pub answer: &'static str,
    /// The handler.
    pub handler: fn() -> MethodRouter<Arc<App>>,
}

/// Every route.
pub const ROUTES: &[Route] = &[
    server_info::ROUTE,
    health::ROUTE,
    sign_up::ROUTE,
    sign_in::ROUTE,
    sign_out::ROUTE,
    found::ROUTE,
    devices::ROUTE,
    device_end::ROUTE,
    look::ROUTE,
    accept::ROUTE,
    decline::ROUTE,
    link::ROUTE,
    inbox_accept::ROUTE,
    inbox_decline::ROUTE,
    address_code::ROUTE,
    address_confirm::ROUTE,
    address_drop::ROUTE,
    rename_login::ROUTE,
    change_address::ROUTE,
    delete_login::ROUTE,
    sync::ROUTE,
    poke::ROUTE,
    join::ROUTE,
];

/// The router of the table.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)());
    }
    router
        .fallback(async || Failure::not_found())
        .method_not_allowed_fallback(async || {
            Failure::new(ErrorCode::BadRequest, "this path has another method")
        })
        .layer(DefaultBodyLimit::max(body::JSON_LIMIT))
        .layer(axum::middleware::from_fn(request::around))
        .with_state(app)
}
