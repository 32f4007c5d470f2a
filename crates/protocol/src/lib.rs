//! The wire between app and server: what is said, in which version.
//!
//! [`frame`] holds the sync exchange (sync.md 3), [`http`] the few requests around it.
//! Anything here is a promise to programs that are already installed; `tests/wire.rs` fails
//! when a shape changes without a new [`PROTOCOL`] version.

pub mod codec;
pub mod frame;
pub mod http;
pub mod log;
pub mod mentions;

pub use codec::{CodecError, decode, encode};
pub use frame::{
    Accounts, After, Ask, Cursor, Erased, Exported, Frame, Gone, GoneHow, Grant, GrantSet, Have,
    Invited, LaneState, Offered, Outcome, OutcomeStatus, Policy, Push, RecordSet, Say, Stamped,
    Want,
};
pub use http::{ErrorBody, ErrorCode};
pub use log::{LogOf, LogPlace, LogWant, Logged, LoggedEvent};
pub use mentions::Token;

/// The protocol spoken by this build.
///
/// | version | since | what changed |
/// |---|---|---|
/// | 1 | – | before the first release |
/// | 2 | 0.1.0 | views as sets of parts, records, roles of a workspace's own, what accounts hold |
/// | 3 | 0.1.0 | access reviews, the history, views of up to sixteen parts, how an access ended, what a device erased |
/// | 4 | 0.1.0 | the history names nobody in what is chained: names come beside its events; signing keys and hand-outs of reviews, decisions entered for a client; workspaces of which deleted records were forgotten, what left a copy as a file |
pub const PROTOCOL: u32 = 4;

/// The oldest protocol that this build still serves.
pub const OLDEST_PROTOCOL: u32 = 4;

/// The media type of a sync exchange: zstd over length-delimited frames.
pub const FRAMES_TYPE: &str = "application/vnd.muster.frames+zstd";

/// The most commands in one exchange.
pub const MAX_COMMANDS: usize = 500;

/// The most erased workspaces told in one exchange.
pub const MAX_ERASED: usize = 500;

/// The most exports told in one exchange.
pub const MAX_EXPORTED: usize = 500;

/// The most letters of a table's key.
pub const MAX_TABLE: usize = 32;

/// The most bytes of one exchange's request, after decompression.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;
