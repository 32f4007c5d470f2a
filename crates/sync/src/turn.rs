//! The two halves of an exchange, before and after the network. Nothing in here waits, so the
//! app and the simulation go through the same code.

use muster_cache::{Applied, Cache, CacheError};
use muster_domain::Timestamp;
use muster_protocol::{Ask, ErrorCode, Policy, Say, codec};

use crate::core::{Failure, Input, Served};
use crate::http::{ApiError, OfflineCause};

/// About how many bytes of rows one answer may carry: about one compressed megabyte, a second
/// on a slow line. Each answer is a transaction that rewrites pages of every index, so fewer
/// and longer ones make the first download shorter.
const BUDGET: u32 = 4 << 20;

/// The most bytes of an answer after decompression.
const MAX_ANSWER_BYTES: usize = 256 << 20;

/// What goes on the wire.
#[derive(Debug, Clone)]
pub struct Request {
    /// The frames of the request.
    pub bytes: Vec<u8>,
    /// Whether commands are among them.
    pub carries_commands: bool,
}

/// Makes the request of the next exchange.
///
/// # Errors
/// What the copy says.
pub fn begin(cache: &Cache, build: &str) -> Result<Request, ApiError> {
    begin_within(cache, build, BUDGET)
}

/// The same with another budget of bytes for the answer.
///
/// # Errors
/// What the copy says.
pub fn begin_within(cache: &Cache, build: &str, budget: u32) -> Result<Request, ApiError> {
    let request = cache.request(build, budget).map_err(|error| copy_error(&error))?;
    let carries_commands = request.iter().any(|ask| matches!(ask, Ask::Command(_)));
    let bytes = codec::encode(&request).map_err(|error| ApiError::Copy(error.to_string()))?;
    Ok(Request { bytes, carries_commands })
}

/// Takes in what came of a request; `now` is the device's time.
///
/// # Errors
/// What the network said, or the copy.
pub fn end(
    cache: &Cache,
    carries_commands: bool,
    answered: Result<Vec<u8>, ApiError>,
    now: Timestamp,
) -> Result<Applied, ApiError> {
    match answered {
        Ok(bytes) => {
            let frames = codec::decode::<Say>(&bytes, MAX_ANSWER_BYTES);
            let frames = frames.map_err(|_| ApiError::NotMuster)?;
            cache.apply(&frames, now).map_err(|error| copy_error(&error))
        }
        Err(error) => {
            // Nothing follows for now, so what came before is to be seen. Where it cannot be
            // written, it is fetched again.
            let _ = cache.show();
            if carries_commands && is_undecided(&error) {
                cache.not_sent().map_err(|error| copy_error(&error))?;
            }
            Err(error)
        }
    }
}

/// What the core is told of an exchange.
pub fn told(result: &Result<Applied, ApiError>) -> Input {
    match result {
        Ok(applied) => {
            let served = match applied.policy {
                Policy::Ok => Served::Yes,
                Policy::ReadOnly | Policy::NotNow => Served::ReadOnly,
                Policy::Upgrade => Served::UpgradeNeeded,
            };
            Input::Answered { more: applied.more, served }
        }
        Err(error) => Input::Failed(failure(error)),
    }
}

/// Whether the server certainly has not decided on the commands of a request that failed so.
///
/// Of an answer that is so only where it says the same to every copy of the request: something
/// in between may have sent two, of which one was decided and the other, cut or late, refused.
pub fn is_undecided(error: &ApiError) -> bool {
    match error {
        // Nothing left this device.
        ApiError::Offline(OfflineCause::Unreachable)
        | ApiError::Certificate
        | ApiError::Insecure
        | ApiError::BadServer => true,
        // No copy is shorter. Without this nobody could take back what blocks the line.
        ApiError::Answer(body) => body.code == ErrorCode::TooLarge,
        ApiError::Offline(OfflineCause::Interrupted)
        | ApiError::SignedOut
        | ApiError::Version
        | ApiError::NotMuster
        | ApiError::Fault
        | ApiError::DiskFull
        | ApiError::FolderReadOnly
        | ApiError::Copy(_)
        | ApiError::Stopped => false,
    }
}

fn copy_error(error: &CacheError) -> ApiError {
    match error {
        CacheError::DiskFull => ApiError::DiskFull,
        CacheError::ReadOnly => ApiError::FolderReadOnly,
        CacheError::CutOff => ApiError::Offline(OfflineCause::Interrupted),
        CacheError::Locked
        | CacheError::Lapsed
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
fn failure(error: &ApiError) -> Failure {
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
        // What comes cannot be kept in either case.
        ApiError::DiskFull | ApiError::FolderReadOnly => Failure::DiskFull,
        ApiError::Answer(_) | ApiError::Fault | ApiError::Copy(_) => Failure::ServerFault,
    }
}

#[cfg(test)]
mod tests {
    use muster_protocol::ErrorBody;

    use super::*;

    fn answer(code: ErrorCode) -> ApiError {
        ApiError::Answer(ErrorBody { code, message: String::new(), field: None, refusal: None })
    }

    #[test]
    fn s2_what_may_have_been_decided_is_not_taken_back() {
        let table = [
            (ApiError::Offline(OfflineCause::Unreachable), true),
            (ApiError::Certificate, true),
            (ApiError::Insecure, true),
            (ApiError::BadServer, true),
            (answer(ErrorCode::TooLarge), true),
            // A copy that was cut on its way says nothing of the whole one.
            (answer(ErrorCode::BadRequest), false),
            // Nor does one that came when the session was over, or too often.
            (ApiError::SignedOut, false),
            (answer(ErrorCode::Suspended), false),
            (answer(ErrorCode::TooMany), false),
            (ApiError::Version, false),
            (ApiError::Offline(OfflineCause::Interrupted), false),
            (ApiError::NotMuster, false),
            (ApiError::Fault, false),
            (ApiError::DiskFull, false),
            (ApiError::Stopped, false),
        ];
        for (error, undecided) in table {
            assert_eq!(is_undecided(&error), undecided, "{error:?}");
        }
    }
}
