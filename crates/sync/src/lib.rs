//! How the copy follows the server: a core without I/O and a thin driver.
//!
//! `core` decides what happens next and knows no clock, no randomness and no network; `driver`
//! gives it answers, time and chance and carries out what it says (sync.md 2.7). `http` is the
//! one place that speaks to a server. `turn` is what an exchange does before and after the
//! network; the simulation in `tests/simulation` goes through it and `core` as the app does.

mod connection;
pub mod core;
mod driver;
mod exchange;
mod http;
mod poke;
pub mod turn;

pub use connection::{Connection, ConnectionState};
pub use driver::{Begin, Engine, Following, Listener};
pub use http::{Api, ApiError, OfflineCause, Token};
pub use muster_cache::Change;
