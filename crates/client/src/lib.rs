//! The use cases of the app, free of any window.
//!
//! [`App`] is what the shell holds: one method per command of the window, each over the copy
//! and the engine. The window, the tests and the command line drive the same methods.

mod access;
mod accounts;
mod app;
mod badge;
mod client_review;
mod clock;
mod conflict;
mod connection;
mod contents;
mod copy;
mod devices;
mod diagnostics;
mod draft;
mod drafts;
mod evidence;
mod exit;
mod export;
mod failure;
mod found;
mod grave;
mod groups;
mod history;
pub mod import;
mod inbox;
mod invitations;
mod keep;
mod left;
mod link;
mod lost;
mod me;
mod members;
mod notify;
mod pending;
mod people;
mod person;
mod place;
mod plan;
mod pulse;
mod random;
mod reason;
mod rebase;
mod reminders;
mod revert;
mod reviews;
mod roles;
mod roles_page;
mod saved_plans;
mod scheme_preview;
mod shelf;
mod similar;
mod steps;
mod submit;
#[cfg(test)]
mod tests;
mod transfer;
#[cfg(test)]
mod typescript;
pub mod vault;
mod verdict;
pub mod view;
mod why;
mod words;
mod workspaces;

pub use app::{App, Config, Unsent};
pub use notify::Tell;
pub use reminders::{Remind, Wanted};
pub use workspaces::Hidden;
