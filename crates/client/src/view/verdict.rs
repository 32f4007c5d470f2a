//! A yes or no with its reason, and failures.

use std::collections::BTreeMap;

use muster_domain::{AccountId, MembershipId, Param, RefusalCode, WorkspaceId};
use serde::Serialize;
use ts_rs::TS;

/// A yes or no of the rules, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Expected to be accepted.
    Allowed,
    /// It is so already.
    NoOp,
    /// Refused.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// Absent: the person could never do it here.
    Hidden,
    /// This copy does not hold what the answer needs; the server will say.
    Unknown,
    /// Allowed, but not without a connection (R14).
    NeedsConnection {
        /// The id of the sentence: `offline.online_only`, `offline.owner`, …
        sentence: String,
    },
}

/// A reason as the interface's catalogue needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reason {
    /// The id of the sentence.
    #[ts(type = "RefusalCode")]
    pub code: RefusalCode,
    /// The rule.
    pub rule: String,
    /// The values of the sentence.
    #[ts(type = "Record<string, Param>")]
    pub params: BTreeMap<String, Param>,
    /// The workspace that it is about, for the ways out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub workspace: Option<WorkspaceId>,
    /// The account that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub account: Option<AccountId>,
    /// The member that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "string")]
    pub member: Option<MembershipId>,
}

/// A failure that the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Failure {
    /// The id of the sentence.
    pub code: FailureCode,
    /// The rule's reason, for `refused`.
    pub reason: Option<Box<Reason>>,
    /// The field of a form that is wrong.
    pub field: Option<String>,
    /// For *Copy details*: no names, no addresses, no secrets.
    pub detail: String,
}

macro_rules! failure_codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// The ids of the sentences for failures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
        pub enum FailureCode {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl FailureCode {
            /// Every code's key.
            pub const KEYS: &[&str] = &[$($key,)*];
        }
    };
}

failure_codes! {
    /// The passphrase of a review file is too short.
    SheetWeak = "sheet.weak",
    /// The passphrase is not that of the review file.
    SheetPassphrase = "sheet.passphrase",
    /// The review file was changed or cut off.
    SheetDamaged = "sheet.damaged",
    /// The file is none of a review with a client.
    SheetOther = "sheet.other",
    /// It is the other of the two files: the list, or the answer.
    SheetKind = "sheet.kind",
    /// The review file was made by a newer version of the app.
    SheetNewer = "sheet.newer",
    /// What was decided on a review file before cannot be read.
    NotesBroken = "sheet.notes",
    /// The answer is to another review.
    AnswerOther = "answer.other",
    /// The review was closed before the answer came.
    AnswerClosed = "answer.closed",
    /// This review's log knows of no such list.
    AnswerUnknown = "answer.unknown",
    /// The answer is not signed with the key that was handed out.
    AnswerForged = "answer.forged",
    /// A rule said no.
    Refused = "refused",
    /// Address and password do not belong together.
    WrongPassword = "signin.wrong",
    /// The login is suspended.
    Suspended = "signin.suspended",
    /// Signing in needs a connection.
    SignInOffline = "signin.offline",
    /// Too many attempts.
    TooMany = "too_many",
    /// The address has a sign-in already.
    AddressTaken = "signup.taken",
    /// Not an address.
    BadAddress = "address.bad",
    /// The password is too short or too long.
    BadPassword = "password.bad",
    /// Not a server's address.
    BadServer = "server.bad",
    /// Nobody answers at that address.
    NoServer = "server.none",
    /// Something answers that is not Muster.
    NotMuster = "server.other",
    /// The server's version and this one have nothing in common.
    ServerVersion = "server.version",
    /// The server's certificate is not trusted.
    ServerCertificate = "server.certificate",
    /// Plain http to another machine is not allowed.
    ServerInsecure = "server.insecure",
    /// The server failed.
    ServerFault = "server.fault",
    /// The server does not answer.
    Offline = "offline.now",
    /// The session ended.
    SignedOut = "signed_out",
    /// There are unsent changes.
    UnsentChanges = "signout.unsent",
    /// There are plans, drafts or reminders that are on this device only.
    OnlyHere = "signout.only_here",
    /// Nothing there that the person may see.
    NotFound = "not_found",
    /// What may be seen of it has changed, so it is being fetched again.
    OnItsWay = "on_its_way",
    /// The code of an invitation is incomplete or wrong.
    BadCode = "invite.code",
    /// More than 5,000 people at once.
    TooManyPeople = "import.too_many",
    /// A file over 10 MB.
    FileTooLarge = "import.too_large",
    /// A file without a column of addresses.
    NoAddressColumn = "import.no_addresses",
    /// A file that is no table of text.
    NotATable = "import.not_text",
    /// No key store.
    NoKeyStore = "keystore.none",
    /// The key store is locked.
    KeyStoreLocked = "keystore.locked",
    /// The disk is full.
    DiskFull = "disk.full",
    /// The copy of the account is locked until the next contact (R15).
    CopyLocked = "r15.locked",
    /// The local copy cannot be read or written.
    CopyBroken = "copy.broken",
    /// The local copy was made by a newer version of the app.
    CopyNewer = "copy.newer",
    /// The outbox cannot be read.
    OutboxBroken = "outbox.broken",
    /// The key of the outbox is not in the key store.
    OutboxKeyLost = "outbox.key",
    /// Another instance of the app has the copy open.
    CopyInUse = "copy.in_use",
    /// The folder of the copy cannot be written to.
    FolderReadOnly = "folder.read_only",
    /// The server sends no mail.
    NoMail = "mail.none",
    /// The code that came by mail is wrong or too old.
    WrongCode = "address.code",
    /// The address was not proved to be the person's (E-62).
    UnprovedAddress = "address.unproved",
    /// The person signs in with the address.
    AddressInUse = "address.in_use",
    /// Somebody else signs in with the address.
    AddressOfAnother = "address.taken",
    /// Somebody else is signed in on this device.
    AnotherSignIn = "signin.another",
    /// A file could not be written.
    CannotWrite = "file.write",
    /// The page could not be printed.
    CannotPrint = "print.failed",
    /// Tables of this may not be exported.
    MayNotExport = "export.may_not",
    /// The table changed again and again while it was read.
    Moved = "export.moved",
    /// It is on its way or settled and cannot be taken back.
    CannotUndo = "undo.late",
    /// As many windows are open as there can be.
    TooManyWindows = "window.full",
    /// The system opened no further window.
    NoWindow = "window.failed",
    /// The request from the window makes no sense; a defect.
    BadRequest = "bad_request",
}
