//! The use cases over a real copy, filled with answers as the server makes them.

mod access;
mod account;
mod changes;
mod drafts;
mod everybody;
mod evidence;
mod gone;
mod history;
mod inside;
mod keeping;
mod people;
mod places;
mod revert;
mod reviews;
mod saved_plans;
mod world;
