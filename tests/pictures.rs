//! Every page and dialog of the real window over the sample agency, wide, middle and narrow, in
//! both looks. Each has to fit its width and axe has to find nothing in it, contrast included:
//! this is the one place where colours are measured as the engine draws them (ui.md 10).
//!
//! `make pictures` takes them and keeps them in `target/pictures`, to be looked at by a person;
//! it takes long, so `make test` leaves it out. A part is taken by its name:
//! `cargo test --features muster/custom-protocol --test pictures accounts`.

mod people;
mod rig;
#[path = "../crates/server/tests/smtp/mod.rs"]
mod smtp;

#[path = "pictures/across.rs"]
mod across;
#[path = "pictures/agency.rs"]
mod agency;
#[path = "pictures/album.rs"]
mod album;
#[path = "pictures/connection.rs"]
mod connection;
#[path = "pictures/empty.rs"]
mod empty;
#[path = "pictures/offline.rs"]
mod offline;
#[path = "pictures/others.rs"]
mod others;
#[path = "pictures/own_account.rs"]
mod own_account;
#[path = "pictures/past.rs"]
mod past;
#[path = "pictures/plans.rs"]
mod plans;
#[path = "pictures/sample.rs"]
mod sample;
#[path = "pictures/start.rs"]
mod start;
#[path = "pictures/trouble.rs"]
mod trouble;
#[path = "pictures/waiting.rs"]
mod waiting;
