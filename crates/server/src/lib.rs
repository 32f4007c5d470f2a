//! The server: decides every request and keeps the log.
//!
//! [`serve`] starts one on the current runtime. Behind HTTP ([`http`]) there are use cases
//! ([`sync`], [`invitation`], [`write`]) over storage traits ([`store`]). Every change goes
//! through [`write`], in the transaction that decides it.

pub mod app;
pub mod appoint;
pub mod change;
pub mod clock;
pub mod demo;
pub mod due;
pub mod grants;
pub mod history;
pub mod http;
pub mod hub;
pub mod invitation;
pub mod leaving;
pub mod limit;
pub mod links;
pub mod mail;
mod naming;
pub mod password;
pub mod secret;
pub mod serve;
pub mod store;
pub mod sync;
pub mod write;

pub use serve::{Config, Running, StartError, serve};
