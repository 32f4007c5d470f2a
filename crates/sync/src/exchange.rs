//! One exchange from request to applied answer. The cache is asked on blocking threads, and
//! nothing of it is held while the network is waited for.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use muster_cache::{Applied, Cache};
use muster_domain::Timestamp;

use crate::http::{Api, ApiError, Token};
use crate::turn;

/// What an exchange needs.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) api: Api,
    pub(crate) token: Token,
    pub(crate) cache: Arc<Cache>,
    pub(crate) build: Arc<str>,
}

/// The device's clock.
pub(crate) fn device_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

impl Exchange {
    /// Makes one exchange; `sending` is called when commands are about to leave.
    pub(crate) async fn run(
        &self,
        sending: impl FnOnce() + Send,
        mut stop: tokio::sync::watch::Receiver<bool>,
    ) -> Result<Applied, ApiError> {
        let build = Arc::clone(&self.build);
        let request = self.with_cache(move |cache| turn::begin(cache, &build)).await?;
        if request.carries_commands {
            sending();
        }
        let answered = tokio::select! {
            answered = self.api.sync(&self.token, request.bytes) => answered,
            _ = stop.wait_for(|is_stopped| *is_stopped) => Err(ApiError::Stopped),
        };
        let carries_commands = request.carries_commands;
        self.with_cache(move |cache| turn::end(cache, carries_commands, answered, device_time()))
            .await
    }

    /// Asks the cache on a thread that may block.
    async fn with_cache<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Cache) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let cache = Arc::clone(&self.cache);
        match tokio::task::spawn_blocking(move || ask(&cache)).await {
            Ok(result) => result,
            Err(_) => Err(ApiError::Copy("a call to the copy stopped".to_owned())),
        }
    }
}
