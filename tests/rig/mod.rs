//! The rig of the window tests: a desktop session without a screen, and the real window in it,
//! driven as a person drives it.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod desktop;
pub mod disk;
pub mod find;
pub mod hands;
pub mod input;
pub mod window;

use std::time::{Duration, Instant};

/// How long a condition may take before a test gives up. Not how long it takes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until there is an answer.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
