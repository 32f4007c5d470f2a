//! One exchange from request to applied answer. The cache is asked on blocking threads, and
//! nothing of it is held while the network is waited for.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use muster_cache::{Applied, Cache, CacheError};
use muster_domain::Timestamp;
use muster_protocol::{Ask, ErrorCode, Say, codec};

use crate::core::Failure;
use crate::http::{Api, ApiError, OfflineCause, Token};

/// About how many bytes of rows one answer may carry: about one compressed megabyte, a second
/// on a slow line. Each answer is a transaction that rewrites pages of every index, so fewer
/// and longer ones make the first download shorter.
const BUDGET: u32 = 4 << 20;

/// The most bytes of an answer after decompression.
const MAX_ANSWER_BYTES: usize = 256 << 20;

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
        let request = self.with_cache(move |cache| cache.request(&build, BUDGET)).await?;
        let carries_commands = request.iter().any(|ask| matches!(ask, Ask::Command(_)));
        let bytes = codec::encode(&request).map_err(|error| ApiError::Copy(error.to_string()))?;
        if carries_commands {
            sending();
        }
        let answered = tokio::select! {
            answered = self.api.sync(&self.token, bytes) => answered,
            _ = stop.wait_for(|is_stopped| *is_stopped) => Err(ApiError::Stopped),
        };
        match answered {
            Ok(bytes) => self.apply(bytes).await,
            Err(error) => {
                if carries_commands && is_undecided(&error) {
                    self.with_cache(Cache::not_sent).await?;
                }
                Err(error)
            }
        }
    }

    async fn apply(&self, bytes: Vec<u8>) -> Result<Applied, ApiError> {
        let frames = tokio::task::spawn_blocking(move || {
            codec::decode::<Say>(&bytes, MAX_ANSWER_BYTES).map_err(|_| ApiError::NotMuster)
        });
        let frames = frames.await.map_err(|_| ApiError::Copy("decoding stopped".to_owned()))??;
        self.with_cache(move |cache| cache.apply(&frames, device_time())).await
    }

    /// Asks the cache on a thread that may block.
    async fn with_cache<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Cache) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let cache = Arc::clone(&self.cache);
        match tokio::task::spawn_blocking(move || ask(&cache)).await {
            Ok(result) => result.map_err(|error| copy_error(&error)),
            Err(_) => Err(ApiError::Copy("a call to the copy stopped".to_owned())),
        }
    }
}

/// Whether the server certainly has not decided on the commands of a request that failed so.
fn is_undecided(error: &ApiError) -> bool {
    match error {
        ApiError::Offline(OfflineCause::Unreachable)
        | ApiError::Certificate
        | ApiError::Insecure
        | ApiError::BadServer
        // The server's own word: it did not look at them.
        | ApiError::SignedOut
        | ApiError::Version
        | ApiError::Answer(_) => true,
        ApiError::Offline(OfflineCause::Interrupted)
        | ApiError::NotMuster
        | ApiError::Fault
        | ApiError::DiskFull
        | ApiError::Copy(_)
        | ApiError::Stopped => false,
    }
}

fn copy_error(error: &CacheError) -> ApiError {
    match error {
        CacheError::DiskFull => ApiError::DiskFull,
        CacheError::CutOff => ApiError::Offline(OfflineCause::Interrupted),
        CacheError::Locked
        | CacheError::Newer
        | CacheError::Damaged
        | CacheError::OutboxBroken(_)
        | CacheError::Foreign
        | CacheError::Unsuitable(_)
        | CacheError::Io(_)
        | CacheError::Malformed(_)
        | CacheError::Database(_) => ApiError::Copy(error.to_string()),
    }
}

/// What a failure means for what comes next.
pub(crate) fn failure(error: &ApiError) -> Failure {
    match error {
        ApiError::Offline(_)
        | ApiError::NotMuster
        | ApiError::Certificate
        | ApiError::Insecure
        | ApiError::BadServer
        | ApiError::Stopped => Failure::Offline,
        ApiError::Version => Failure::UpgradeNeeded,
        ApiError::SignedOut => Failure::SignedOut,
        // Signing in again says why.
        ApiError::Answer(body) if body.code == ErrorCode::Suspended => Failure::SignedOut,
        ApiError::DiskFull => Failure::DiskFull,
        ApiError::Answer(_) | ApiError::Fault | ApiError::Copy(_) => Failure::ServerFault,
    }
}
