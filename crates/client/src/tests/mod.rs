//! The use cases over a real copy, filled with answers as the server makes them.

mod access;
mod account;
mod changes;
mod client_review;
mod diagnostics;
mod drafts;
mod everybody;
mod evidence;
mod exports;
mod gone;
mod hints;
mod history;
mod inside;
mod keeping;
mod people;
mod places;
mod reminders;
mod revert;
mod reviews;
mod saved_plans;
mod world;
