//! How a run ends, as scripts read it. The numbers are a promise: docs/command-line.md.

use std::process::ExitCode;

use muster_client::view::FailureCode;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It was done.
    Done,
    /// A rule said no; its id is told.
    Refused,
    /// The command line makes no sense.
    Usage,
    /// It needs a connection, and there is none or the server fails.
    Offline,
    /// Nobody is signed in, or the sign-in has ended or was not accepted.
    SignedOut,
    /// Another program, most often the window, has the copy open.
    InUse,
    /// The key store cannot be used.
    KeyStore,
    /// Nothing there that the person may see.
    NotFound,
    /// Something on this computer: disk, folder, a copy that cannot be read.
    Machine,
}

impl Exit {
    /// The number.
    pub const fn number(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::Offline => 3,
            Exit::SignedOut => 4,
            Exit::InUse => 5,
            Exit::KeyStore => 6,
            Exit::NotFound => 7,
            Exit::Machine => 8,
        }
    }

    /// The number as the system takes it.
    pub fn code(self) -> ExitCode {
        ExitCode::from(self.number())
    }

    /// How a failure of the core ends a run.
    pub const fn of(code: FailureCode) -> Self {
        match code {
            FailureCode::Refused | FailureCode::MayNotExport => Exit::Refused,
            FailureCode::WrongPassword
            | FailureCode::Suspended
            | FailureCode::SignedOut
            | FailureCode::TooMany => Exit::SignedOut,
            FailureCode::SignInOffline
            | FailureCode::NoServer
            | FailureCode::NotMuster
            | FailureCode::ServerVersion
            | FailureCode::ServerCertificate
            | FailureCode::ServerFault
            | FailureCode::Offline
            | FailureCode::OnItsWay
            | FailureCode::CopyLocked
            | FailureCode::NoMail => Exit::Offline,
            FailureCode::BadServer
            | FailureCode::ServerInsecure
            | FailureCode::BadAddress
            | FailureCode::BadPassword
            | FailureCode::AddressTaken
            | FailureCode::UnsentChanges
            | FailureCode::OnlyHere
            | FailureCode::BadCode
            | FailureCode::TooManyPeople
            | FailureCode::FileTooLarge
            | FailureCode::NoAddressColumn
            | FailureCode::NotATable
            | FailureCode::WrongCode
            | FailureCode::UnprovedAddress
            | FailureCode::AddressInUse
            | FailureCode::AddressOfAnother
            | FailureCode::AnotherSignIn
            | FailureCode::SheetWeak
            | FailureCode::SheetPassphrase
            | FailureCode::SheetDamaged
            | FailureCode::SheetOther
            | FailureCode::SheetKind
            | FailureCode::SheetNewer
            | FailureCode::AnswerOther
            | FailureCode::AnswerClosed
            | FailureCode::AnswerUnknown
            | FailureCode::AnswerForged
            | FailureCode::CannotUndo
            | FailureCode::TooManyWindows
            | FailureCode::BadRequest => Exit::Usage,
            FailureCode::NotFound => Exit::NotFound,
            FailureCode::NoKeyStore | FailureCode::KeyStoreLocked => Exit::KeyStore,
            FailureCode::CopyInUse => Exit::InUse,
            FailureCode::DiskFull
            | FailureCode::CopyBroken
            | FailureCode::NotesBroken
            | FailureCode::CopyNewer
            | FailureCode::OutboxBroken
            | FailureCode::OutboxKeyLost
            | FailureCode::FolderReadOnly
            | FailureCode::NoWindow
            | FailureCode::CannotWrite
            | FailureCode::CannotPrint
            | FailureCode::Moved => Exit::Machine,
        }
    }
}
