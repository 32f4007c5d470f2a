//! HTTP around the use cases: one file per endpoint, one table of all of them.

mod accept;
mod body;
mod caller;
pub mod docs;
mod failure;
mod health;
mod link;
mod look;
mod poke;
mod register;
mod request;
mod routes;
mod server_info;
mod sign_in;
mod sign_out;
mod sign_up;
mod sync;

pub use failure::Failure;
pub use routes::{Auth, Method, ROUTES, Route, router};
