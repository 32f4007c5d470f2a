//! `GET /join/{code}`: the page that an invitation's link opens in a browser.

use std::sync::{Arc, LazyLock};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{Auth, Failure, Method, Route};
use crate::app::App;

pub const ROUTE: Route = Route {
    method: Method::Get,
    path: "/join/{code}",
    auth: Auth::Open,
    doc: "A plain page for whoever opens an invitation's link in a browser: it says what to do \
          and offers a `muster://join?server=…&code=…` link, which opens the app. It looks \
          nothing up and says nothing of the invitation; it loads nothing, sends no referrer \
          and is not kept. Logs name the route, never the code.",
    request: "none",
    answer: "text/html",
    handler: || axum::routing::get(handle),
};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;\
    padding:0 1rem;color:#1c1c1e;background:#fff}a.open{display:inline-block;padding:.6rem 1rem;\
    border-radius:.4rem;background:#1d4ed8;color:#fff;text-decoration:none}a.open:focus-visible{\
    outline:3px solid #93c5fd;outline-offset:2px}code{overflow-wrap:anywhere}\
    @media(prefers-color-scheme:dark){body{color:#f2f2f7;background:#1c1c1e}}";

/// Nothing may be loaded or run but the one style that is in the page.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash: [u8; 32] = Sha256::digest(STYLE.as_bytes()).into();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        STANDARD.encode(hash)
    );
    HeaderValue::from_str(&policy).expect("a policy is plain ASCII")
});

async fn handle(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let is_code = (32..=128).contains(&code.len())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_code {
        return Err(Failure::not_found());
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let link = escaped(&app.links.app(host, &code));
    let name = escaped(&app.name);
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>Invitation – Muster</title><style>{STYLE}</style></head><body><main>\
         <h1>You are invited</h1>\
         <p>This link is an invitation to a workspace on <strong>{name}</strong>. Muster, the \
         app, shows what it is for and lets you accept or decline it.</p>\
         <p><a class=\"open\" href=\"{link}\">Open in Muster</a></p>\
         <h2>If nothing opens</h2>\
         <p>Install Muster first, or copy this into its field for invitations:</p>\
         <p><code>{link}</code></p>\
         <p>The link is for the person it was sent to. Do not pass it on.</p>\
         </main></body></html>"
    );
    let mut response = Html(page).into_response();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY.clone()),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ] {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// The text where markup is.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
