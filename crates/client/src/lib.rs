//! The use cases of the app, free of any window.
#[cfg(test)]
mod typescript;
pub mod vault;
pub mod view;
