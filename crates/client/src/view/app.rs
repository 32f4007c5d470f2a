//! Where the app stands: who is signed in, the connection, what changed.

use muster_domain::{LoginId, SchemeId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CopyView, Failure};

/// Where the app stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppState {
    /// Which of the start screens or the shell to show.
    pub phase: Phase,
    /// What keeps the app from opening: the key store, or a copy that cannot be read.
    pub problem: Option<Failure>,
    /// The server that was last used, as typed.
    pub server: Option<String>,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The connection as the status line tells it.
    pub connection: Connection,
    /// What waits.
    pub counts: PendingCounts,
    /// What is on this device and nowhere else, and goes when the person signs out.
    pub only_here: OnlyHere,
    /// The copy on this device.
    pub copy: CopyView,
    /// The workspace that was open when the window closed, if it is still there.
    #[ts(type = "string | null")]
    pub last_workspace: Option<WorkspaceId>,
    /// The app's version.
    pub version: String,
}

/// Which of the start screens or the shell to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody is signed in.
    SignedOut,
    /// The system's key store cannot be used, so nothing can be kept; `problem` says why.
    NoKeyStore,
    /// Signed in, but the copy on this device does not open; `problem` says why.
    Blocked,
    /// Signed in.
    Ready,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Me {
    /// The login.
    #[ts(type = "string")]
    pub id: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The addresses that the person has proved to be theirs (E-24).
    pub verified: Vec<String>,
    /// Invitations that wait for the person.
    pub inbox: u32,
    /// Whether the server sends mail, so that addresses can be proved.
    pub mail: bool,
    /// The accounts in which the person may create workspaces.
    pub accounts: Vec<AccountView>,
}

/// An account, as the create dialog and the workspaces page need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
}

/// The connection as the status line tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Connection {
    /// The state.
    pub state: ConnectionState,
    /// The last successful contact, server time.
    #[ts(type = "number | null")]
    pub last_contact: Option<Timestamp>,
    /// Since when there is no connection.
    #[ts(type = "number | null")]
    pub offline_since: Option<Timestamp>,
    /// When the next try is due.
    #[ts(type = "number | null")]
    pub next_try: Option<Timestamp>,
    /// How many workspaces of how many are loaded, while the first download runs.
    pub loading: Option<Loading>,
}

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// The first contact of this run is under way.
    Connecting,
    /// In contact.
    Online,
    /// In contact with a server that lets this version read and decides none of its changes.
    ReadOnly,
    /// The server does not answer.
    Offline,
    /// The server answers with a fault.
    ServerFault,
    /// The session has ended: sign in again; unsent changes are kept.
    SignedOut,
    /// The server wants a newer app.
    UpgradeNeeded,
    /// The disk is full; reading works, nothing new can be kept.
    DiskFull,
    /// The folder of the copy cannot be written to; reading works, nothing is fetched or sent.
    FolderReadOnly,
}

/// Progress of the first download.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Loading {
    /// Workspaces that are whole.
    pub done: u32,
    /// Workspaces in all.
    pub total: u32,
}

/// What waits, for the top bar and the sidebar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct PendingCounts {
    /// Not sent yet.
    pub not_sent: u32,
    /// Refused and not yet discarded.
    pub refused: u32,
    /// How many of those met a change of the same thing by somebody else (E-42).
    pub needs_you: u32,
}

/// What was never meant to be sent yet, or at all, and is on this device only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct OnlyHere {
    /// Plans that are kept.
    pub plans: u32,
    /// Invitations that are drafted.
    pub drafts: u32,
    /// Reminders that were asked for.
    pub reminders: u32,
}

impl OnlyHere {
    /// Whether there is nothing of the kind.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What signing up asks for.
#[derive(Clone, Deserialize, TS)]
pub struct SignUpForm {
    /// The server's address.
    pub server: String,
    /// The person's address.
    pub address: String,
    /// The password.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// The scheme; `null` with an invitation of a managed account.
    #[ts(type = "Scheme | null")]
    pub scheme: Option<SchemeId>,
    /// The account's name, for `managed`.
    pub account_name: Option<String>,
    /// An invitation's link or code to accept at once.
    pub invitation: Option<String>,
}

/// What founding an account besides asks for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FoundForm {
    /// The scheme.
    #[ts(type = "Scheme")]
    pub scheme: SchemeId,
    /// The account's name; `null` names it after the person.
    pub account_name: Option<String>,
}

/// What signing in asks for.
#[derive(Clone, Deserialize, TS)]
pub struct SignInForm {
    /// The server's address.
    pub server: String,
    /// The person's address.
    pub address: String,
    /// The password.
    pub password: String,
}

/// What changed, so that the window reads again. At most 20 a second, merged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Changed {
    /// The state, connection or counts.
    pub state: bool,
    /// The list of workspaces.
    pub workspaces: bool,
    /// Members, invitations, roles or records of these workspaces; the id of each.
    pub rosters: Vec<String>,
    /// The past: events came, or it is known how far they go.
    pub history: bool,
    /// Accounts, the bin, groups, offers or the inbox.
    pub accounts: bool,
    /// Workspaces whose access ended since the last change.
    pub left: Vec<LeftWorkspace>,
    /// The Pending page.
    pub pending: bool,
}

/// How access to a workspace ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftHow {
    /// I was removed from it.
    Removed,
    /// I was suspended in it.
    Suspended,
    /// I left it, on another device perhaps.
    Left,
    /// The day that was set for the end of my membership came.
    Ended,
    /// It was deleted.
    Deleted,
    /// I am no longer Account Admin of its account.
    Admin,
    /// Its account was deleted.
    Account,
    /// Nobody told.
    Unknown,
}

/// A workspace that can no longer be opened (E-30, E-53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftWorkspace {
    /// Its id.
    pub id: String,
    /// The name it had.
    pub name: String,
    /// Whether it was my own doing: left, deleted, or the account's end.
    pub mine: bool,
    /// How access ended.
    pub how: LeftHow,
    /// The name of who did it, where somebody did and it is known.
    pub by: Option<String>,
}
