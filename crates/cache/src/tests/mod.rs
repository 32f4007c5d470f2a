//! Tests below the interface: files, answers, unsent changes, windows.

mod accounts;
mod answers;
mod choices;
mod contents;
mod drafts;
mod everywhere;
mod files;
mod filling;
mod history;
mod lease;
mod migration;
mod model;
mod pending;
mod people;
mod plans;
mod purge;
mod rebuilt;
mod rehearsal;
mod released;
mod renew;
mod reviews;
mod salvage;
mod sealed;
mod wal;
mod windows;
mod world;
