//! Tests below the interface: files, answers, unsent changes, windows.

mod answers;
mod files;
mod model;
mod pending;
mod windows;
mod world;
