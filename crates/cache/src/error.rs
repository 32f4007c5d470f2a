//! What can go wrong with the copy or the outbox, as far as a caller acts on it.

use rusqlite::ErrorCode;

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenBy {
    /// The key is not the one that the file was made with.
    WrongKey,
    /// The file is damaged.
    Damage,
    /// A newer version of the app made it.
    Newer,
}

/// A failure of the copy or the outbox.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// Another process has this folder open.
    #[error("another process uses this copy")]
    Locked,
    /// The files were made by a newer version of the app.
    #[error("the copy was made by a newer version")]
    Newer,
    /// The mirror is damaged; it is rebuilt at the next opening.
    #[error("the copy is damaged")]
    Damaged,
    /// The disk is full; nothing was changed.
    #[error("the disk is full")]
    DiskFull,
    /// The outbox cannot be read. Nothing of it was touched.
    #[error("the outbox cannot be read: {0:?}")]
    OutboxBroken(BrokenBy),
    /// The folder belongs to another login.
    #[error("the copy belongs to another sign-in")]
    Foreign,
    /// The lease of the account is over; nothing of it opens before the next contact.
    #[error("the copy is locked until the next contact")]
    Lapsed,
    /// The answer has no beginning or no end and was not applied.
    #[error("the answer was cut off")]
    CutOff,
    /// The SQLite in this build is not the one that the app needs.
    #[error("unsuitable SQLite: {0}")]
    Unsuitable(String),
    /// The folder cannot be written to; nothing was changed.
    #[error("the folder of the copy cannot be written to")]
    ReadOnly,
    /// The folder cannot be used.
    #[error("the folder of the copy cannot be used")]
    Io(#[from] std::io::Error),
    /// A stored value does not have the form that this code gave it.
    #[error("a stored value is malformed")]
    Malformed(#[source] serde_json::Error),
    /// The database reports something else.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for CacheError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => CacheError::DiskFull,
            Some(ErrorCode::ReadOnly) => CacheError::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => CacheError::Damaged,
            _ => CacheError::Database(error),
        }
    }
}

impl From<serde_json::Error> for CacheError {
    fn from(error: serde_json::Error) -> Self {
        CacheError::Malformed(error)
    }
}
