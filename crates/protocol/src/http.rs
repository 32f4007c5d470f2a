//! The requests around the exchange: sign-up, sign-in, invitations. All are JSON.
//!
//! Every body is an explicit type, never a row; nothing named like a secret is in an answer
//! except the one token that its request asked for.

use muster_domain::{
    AccountId, DeviceId, InvitationId, Login, OwnRole, Refusal, RoleSet, SchemeId, Timestamp,
    WorkspaceId,
};
use serde::{Deserialize, Serialize};

/// `GET /v1/server`: who is there. Needs no session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Always "muster"; anything else is another program or a captive portal.
    pub product: String,
    /// The server's name for people.
    pub name: String,
    /// The server's version.
    pub build: String,
    /// The protocol it speaks.
    pub proto: u32,
    /// The oldest protocol it serves.
    pub oldest_proto: u32,
    /// The version of its rules.
    pub rules: u32,
    /// Whether it sends mail: invitations go by themselves, addresses can be confirmed.
    #[serde(default)]
    pub mail: bool,
}

/// `POST /v1/sign-up`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignUp {
    /// The person's address.
    pub address: String,
    /// The password, 10 to 128 characters.
    pub password: String,
    /// The person's name; empty takes the part of the address before the `@` (E-57).
    pub name: String,
    /// The scheme of the new account; `None` makes a login without an account, which only an
    /// invitation allows (C-15).
    pub scheme: Option<SchemeId>,
    /// The new account's name; `None` names it after the person.
    pub account_name: Option<String>,
    /// The first workspace's name; `None` takes the scheme's default.
    pub workspace_name: Option<String>,
    /// The code of an invitation to accept at once.
    pub invitation: Option<String>,
    /// The installation that signs in.
    pub device: DeviceId,
    /// What the installation calls its machine, for the list of [`Devices`]; empty says nothing.
    #[serde(default)]
    pub device_name: String,
}

/// `POST /v1/accounts`: an account of the caller's own, with its first workspace (C-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAccount {
    /// Its scheme.
    pub scheme: SchemeId,
    /// Its name; `None` names it after the person.
    pub account_name: Option<String>,
    /// The first workspace's name; `None` takes the scheme's default.
    pub workspace_name: Option<String>,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    /// The new account.
    pub account: AccountId,
    /// Its first workspace.
    pub workspace: WorkspaceId,
}

/// `POST /v1/sign-in`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// The person's address.
    pub address: String,
    /// The password.
    pub password: String,
    /// The installation that signs in.
    pub device: DeviceId,
    /// What the installation calls its machine, for the list of [`Devices`]; empty says nothing.
    #[serde(default)]
    pub device_name: String,
}

/// The answer to sign-up and sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// The opaque token; sent as `Authorization: Bearer …`.
    pub token: String,
    /// Who signed in.
    pub login: Login,
}

/// `GET /v1/devices`: where the caller is signed in, the one used last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// Each installation with a session that has not ended.
    pub devices: Vec<SignedInDevice>,
}

/// One installation where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInDevice {
    /// The installation.
    pub device: DeviceId,
    /// What it called its machine when it signed in; empty for one that said nothing.
    pub name: String,
    /// When it signed in.
    pub since: Timestamp,
    /// When it was last in touch, to the hour.
    pub last_used: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// `POST /v1/devices/end`: signs one of the caller's installations out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndDevice {
    /// The installation.
    pub device: DeviceId,
}

/// `POST /v1/invitations/look`: what an invitation's code is for. Needs no session: the code
/// is the proof.
#[derive(Clone, Serialize, Deserialize)]
pub struct InvitationCode {
    /// The code.
    pub code: String,
}

/// The answer: one source for what is shown and what is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// The invited address.
    pub address: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// The account's name.
    pub account_name: String,
    /// The account's scheme.
    pub scheme: SchemeId,
    /// The roles it gives.
    pub roles: RoleSet,
    /// What those of them are that are the workspace's own.
    #[serde(default)]
    pub own_roles: Vec<OwnRole>,
    /// Who invited.
    pub inviter_name: String,
    /// A word from the inviter.
    #[serde(default)]
    pub message: Option<String>,
    /// From when on it cannot be accepted.
    pub expires: Timestamp,
}

/// `POST /v1/inbox/accept` and `POST /v1/inbox/decline`: an invitation to an address that the
/// caller has proved to be theirs, without its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRequest {
    /// The invitation.
    pub invitation: InvitationId,
}

/// `POST /v1/addresses/code`: mails a code to an address, to prove that it is the caller's.
#[derive(Clone, Serialize, Deserialize)]
pub struct AddressCode {
    /// The address.
    pub address: String,
}

/// `POST /v1/addresses/confirm`: the code that came by mail. The answer is the login.
#[derive(Clone, Serialize, Deserialize)]
pub struct AddressConfirm {
    /// The address.
    pub address: String,
    /// The code.
    pub code: String,
}

/// `POST /v1/login/name`: gives the caller's sign-in another name. The answer is the sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameLogin {
    /// The name.
    pub name: String,
}

/// `POST /v1/login/address`: has the caller sign in with another of the addresses that they have
/// proved to be theirs (E-62). The answer is the sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChangeAddress {
    /// The address.
    pub address: String,
    /// The password, once more.
    pub password: String,
}

/// `POST /v1/addresses/drop`: an address is not the caller's any more. The answer is the sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct DropAddress {
    /// The address; not the one that they sign in with.
    pub address: String,
}

/// `POST /v1/login/delete`: deletes the caller's sign-in for ever (E-11). The answer has no
/// body; a refusal names the first thing in the way.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeleteLogin {
    /// The password, once more.
    pub password: String,
}

/// The answer to `POST /v1/invitations/accept`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The workspace that opened.
    pub workspace: WorkspaceId,
}

/// `POST /v1/invitations/link`: the link of an invitation that the caller may manage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRequest {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The invitation.
    pub invitation: InvitationId,
}

/// The answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct InvitationLink {
    /// The code alone.
    pub code: String,
}

/// What can go wrong across the wire, other than a rule's no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorCode {
    /// No session, or one that ended.
    #[serde(rename = "signed_out")]
    SignedOut,
    /// Address and password do not belong together.
    #[serde(rename = "signin.wrong")]
    WrongPassword,
    /// The login is suspended.
    #[serde(rename = "signin.suspended")]
    Suspended,
    /// Too many attempts; try again later.
    #[serde(rename = "too_many")]
    TooMany,
    /// The address has a sign-in already.
    #[serde(rename = "signup.taken")]
    AddressTaken,
    /// A text is no address.
    #[serde(rename = "address.bad")]
    BadAddress,
    /// The password is too short or too long.
    #[serde(rename = "password.bad")]
    BadPassword,
    /// A rule said no; `refusal` has the reason.
    #[serde(rename = "refused")]
    Refused,
    /// Nothing there that the caller may see.
    #[serde(rename = "not_found")]
    NotFound,
    /// The request cannot be read.
    #[serde(rename = "bad_request")]
    BadRequest,
    /// The request is too large.
    #[serde(rename = "too_large")]
    TooLarge,
    /// App and server have no protocol in common.
    #[serde(rename = "server.version")]
    Version,
    /// This server sends no mail, so an address cannot be confirmed.
    #[serde(rename = "mail.none")]
    NoMail,
    /// The code that came by mail is wrong or too old.
    #[serde(rename = "address.code")]
    WrongCode,
    /// The address was not proved to be the caller's (E-62).
    #[serde(rename = "address.unproved")]
    UnprovedAddress,
    /// The caller signs in with the address (E-62).
    #[serde(rename = "address.in_use")]
    AddressInUse,
    /// Somebody else signs in with the address (E-62).
    #[serde(rename = "address.taken")]
    AddressOfAnother,
    /// The server failed.
    #[serde(rename = "server.fault")]
    Fault,
}

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What the app branches on.
    pub code: ErrorCode,
    /// For a person who reads the log; never shown by the app.
    pub message: String,
    /// The field of the request that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule's reason, for [`ErrorCode::Refused`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}
