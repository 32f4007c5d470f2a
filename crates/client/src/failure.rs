//! From errors of the parts to the sentences of the window.

use muster_cache::{BrokenBy, CacheError};
use muster_protocol::{ErrorBody, ErrorCode};
use muster_sync::ApiError;

use crate::vault::VaultError;
use crate::view::{Failure, FailureCode, Reason};

impl Failure {
    /// A failure without further values.
    pub fn new(code: FailureCode) -> Self {
        Self { code, reason: None, field: None, detail: String::new() }
    }

    /// A failure whose cause is kept for *Copy details*.
    pub(crate) fn caused(code: FailureCode, cause: &dyn std::error::Error) -> Self {
        Self { detail: chain(cause), ..Self::new(code) }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::Absent(_) | VaultError::Failed(_) => FailureCode::NoKeyStore,
            VaultError::Locked(_) => FailureCode::KeyStoreLocked,
        };
        Self::caused(code, &error)
    }
}

/// The sentence for an error that the server answered with.
pub(crate) const fn answered(code: ErrorCode) -> FailureCode {
    match code {
        ErrorCode::SignedOut => FailureCode::SignedOut,
        ErrorCode::WrongPassword => FailureCode::WrongPassword,
        ErrorCode::Suspended => FailureCode::Suspended,
        ErrorCode::TooMany => FailureCode::TooMany,
        ErrorCode::AddressTaken => FailureCode::AddressTaken,
        ErrorCode::BadAddress => FailureCode::BadAddress,
        ErrorCode::BadPassword => FailureCode::BadPassword,
        ErrorCode::Refused => FailureCode::Refused,
        ErrorCode::NotFound => FailureCode::NotFound,
        ErrorCode::BadRequest | ErrorCode::TooLarge => FailureCode::BadRequest,
        ErrorCode::Version => FailureCode::ServerVersion,
        ErrorCode::NoMail => FailureCode::NoMail,
        ErrorCode::WrongCode => FailureCode::WrongCode,
        ErrorCode::UnprovedAddress => FailureCode::UnprovedAddress,
        ErrorCode::AddressInUse => FailureCode::AddressInUse,
        ErrorCode::AddressOfAnother => FailureCode::AddressOfAnother,
        ErrorCode::Fault => FailureCode::ServerFault,
    }
}

impl From<CacheError> for Failure {
    fn from(error: CacheError) -> Self {
        let code = match &error {
            CacheError::DiskFull => FailureCode::DiskFull,
            CacheError::ReadOnly => FailureCode::FolderReadOnly,
            CacheError::Newer => FailureCode::CopyNewer,
            CacheError::OutboxBroken(BrokenBy::WrongKey) => FailureCode::OutboxKeyLost,
            CacheError::OutboxBroken(BrokenBy::Damage | BrokenBy::Newer) => {
                FailureCode::OutboxBroken
            }
            CacheError::Locked => FailureCode::CopyInUse,
            CacheError::Io(error) => return crate::keep::folder(error),
            CacheError::Lapsed => FailureCode::CopyLocked,
            CacheError::Damaged
            | CacheError::Foreign
            | CacheError::CutOff
            | CacheError::Unsuitable(_)
            | CacheError::Malformed(_)
            | CacheError::Database(_) => FailureCode::CopyBroken,
        };
        Self::caused(code, &error)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let code = match &error {
            ApiError::Offline(_) | ApiError::Stopped => FailureCode::Offline,
            ApiError::NotMuster => FailureCode::NotMuster,
            ApiError::Version => FailureCode::ServerVersion,
            ApiError::Certificate => FailureCode::ServerCertificate,
            ApiError::Insecure => FailureCode::ServerInsecure,
            ApiError::BadServer => FailureCode::BadServer,
            ApiError::SignedOut => FailureCode::SignedOut,
            ApiError::Answer(body) => return answer(body, &error),
            ApiError::Fault => FailureCode::ServerFault,
            ApiError::DiskFull => FailureCode::DiskFull,
            ApiError::FolderReadOnly => FailureCode::FolderReadOnly,
            ApiError::Copy(_) => FailureCode::CopyBroken,
        };
        Self::caused(code, &error)
    }
}

fn answer(body: &ErrorBody, error: &ApiError) -> Failure {
    Failure {
        reason: body.refusal.clone().map(|it| Box::new(Reason::from(it))),
        field: body.field.clone(),
        ..Failure::caused(answered(body.code), error)
    }
}
