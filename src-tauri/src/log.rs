//! The log: to standard error, without personal data.

use tracing_subscriber::EnvFilter;

/// Which parts of the log are wanted, in the form of `tracing_subscriber`'s filters.
const WANTED: &str = "MUSTER_LOG";

/// Starts the log, and puts panics into it.
pub(crate) fn start() {
    let wanted = EnvFilter::try_from_env(WANTED);
    tracing_subscriber::fmt()
        .with_env_filter(wanted.unwrap_or_else(|_| EnvFilter::new("warn,muster_app=info")))
        .with_writer(std::io::stderr)
        .init();
    // The text of a panic may quote what a person typed; the place it happened at does not.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        tracing::error!(place, "a defect stopped part of the app");
    }));
}
