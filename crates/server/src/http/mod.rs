//! HTTP around the use cases: one file per endpoint, one table of all of them.

mod accept;
mod address_code;
mod address_confirm;
mod address_drop;
mod body;
mod caller;
mod change_address;
mod decline;
mod delete_login;
mod device_end;
mod devices;
pub mod docs;
mod failure;
mod found;
mod health;
mod inbox_accept;
mod inbox_decline;
mod join;
mod link;
mod look;
mod poke;
mod proof;
mod register;
mod rename_login;
mod request;
mod routes;
#[cfg(test)]
mod schedules;
mod server_info;
mod sign_in;
mod sign_out;
mod sign_up;
mod sync;

pub use failure::Failure;
pub use routes::{Auth, Method, ROUTES, Route, router};
