//! `docs/api.md`, written from the route table.

use std::fmt::Write;

use super::{Auth, Method, ROUTES};

/// The page.
pub fn api() -> String {
    let mut page = String::from(
        "# The server's HTTP interface\n\n\
         Written from the route table in `crates/server/src/http/routes.rs` by\n\
         `MUSTER_WRITE=1 cargo test -p muster-server --test api`. Types are those of\n\
         `crates/protocol/src/http.rs` and `crates/protocol/src/frame.rs`, as JSON.\n\n\
         Every answer carries `x-request-id`. Every answer that is not a success is an\n\
         `ErrorBody`: 400 malformed, 401 no session, 403 visible but not allowed, 404 not there\n\
         or not visible (alike to the byte), 409 refused by a rule, 413 too large, 429 too many\n\
         tries, 500 the server's fault. TLS is terminated in front of the server, which binds to\n\
         loopback by default.\n\n\
         | Route | Needs | Body | Answer |\n|---|---|---|---|\n",
    );
    for route in ROUTES {
        let row = format!(
            "| `{} {}` | {} | `{}` | `{}` |\n",
            method(route.method),
            route.path,
            needs(route.auth),
            route.request,
            route.answer
        );
        page.push_str(&row);
    }
    for route in ROUTES {
        write!(page, "\n## {} {}\n\n{}\n", method(route.method), route.path, route.doc)
            .expect("a string takes any text");
    }
    page
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
    }
}

const fn needs(auth: Auth) -> &'static str {
    match auth {
        Auth::Open => "nothing",
        Auth::Password => "address and password",
        Auth::Code => "an invitation's code",
        Auth::Session => "a session",
    }
}
