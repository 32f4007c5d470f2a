//! The use cases of the app, free of any window.
//!
//! [`App`] is what the shell holds: one method per command of the window, each over the copy
//! and the engine. The window, the tests and, later, a command line drive the same methods.

mod app;
mod badge;
mod clock;
mod failure;
pub mod import;
mod invitations;
mod keep;
mod link;
mod members;
mod notify;
mod pending;
mod random;
mod roles;
mod submit;
#[cfg(test)]
mod typescript;
pub mod vault;
mod verdict;
pub mod view;
mod workspaces;

pub use app::{App, Config, Unsent};
pub use notify::Tell;
