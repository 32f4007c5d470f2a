//! What the server asks of a database, in one place.
//!
//! Callers see three traits and plain rows, never SQL: [`Store`] opens a [`Snapshot`] to read
//! from or a [`Tx`] to write in. All calls block; request handlers make them on the blocking
//! pool, where a request that is dropped halfway still ends its transaction.

mod names;
pub mod sqlite;
mod text;

use muster_domain::mention::Act;
use muster_domain::{
    Account, AccountAdmin, AccountId, Address, CommandId, Content, ContentId, DeviceId, Due, End,
    Group, Invitation, InvitationId, Login, LoginId, Lookup, Membership, MembershipId, OwnRole,
    PermissionSet, Review, ReviewId, ReviewLine, RoleId, RoleSet, Timestamp, View, Workspace,
    WorkspaceId, WorkspaceStatus,
};
use muster_protocol::{Gone, LogOf, LogPlace, LoggedEvent, Outcome, RecordSet, Stamped};

pub use names::{ActKey, ActOf, KeptName, Renaming};

/// What can go wrong in a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database reported an error.
    #[error("database failed")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The disk takes no writes; nothing was changed, and everything can be read.
    #[error("database takes no writes")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored value is none that this build knows.
    #[error("database holds an unreadable `{column}`")]
    Unreadable {
        /// Where it stands.
        column: &'static str,
    },
    /// The mark beside the database cannot be read or written.
    #[error("mark beside the database cannot be used")]
    Mark(#[source] std::io::Error),
    /// The file belongs to a newer build.
    #[error("database has schema {found}, this build knows {known}")]
    Newer {
        /// The file's schema.
        found: u32,
        /// The newest schema of this build.
        known: u32,
    },
    /// The linked SQLite has known defects.
    #[error("SQLite {found} is too old")]
    TooOld {
        /// Its version.
        found: &'static str,
    },
    /// A write met another number of rows than it must.
    #[error("write to `{table}` changed {found} rows")]
    Rows {
        /// The table.
        table: &'static str,
        /// How many rows it met.
        found: usize,
    },
}

/// SHA-256 of a session token; the token itself is nowhere at rest.
pub type TokenHash = [u8; 32];

/// One signed-in device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The token's hash.
    pub token: TokenHash,
    /// Who signed in.
    pub login: LoginId,
    /// On which installation.
    pub device: DeviceId,
    /// What it called its machine; may be empty.
    pub name: String,
    /// When.
    pub created: Timestamp,
    /// When it was last used, to the hour.
    pub last_used: Timestamp,
    /// When it ends whatever happens.
    pub expires: Timestamp,
}

/// A device's numbered line of commands. One installation has one for each of its logins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    /// The installation.
    pub device: DeviceId,
    /// Whose commands.
    pub login: LoginId,
}

/// What became of a command, and which command it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOutcome {
    /// SHA-256 of the command.
    pub hash: [u8; 32],
    /// What is answered.
    pub outcome: Outcome,
}

/// An active membership of a workspace, also of one in the bin, as far as access depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its account.
    pub account: AccountId,
    /// Whether the workspace is in use or in the bin.
    pub status: WorkspaceStatus,
    /// The roles held.
    pub roles: RoleSet,
    /// When the membership ends or is lowered; the time may have come already.
    pub until: Option<End>,
    /// The account's number when this access began or last changed its view.
    pub grant_seq: u64,
    /// The account's number since which the workspace is in use there without a break.
    pub opened_seq: u64,
    /// The account's number at the workspace's last change.
    pub head_seq: u64,
}

/// Whether the Account Admins of an account have access to its workspaces (C-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To all.
    All,
    /// To none.
    None,
}

/// A role of a workspace's own, as far as access depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleView {
    /// Its slot.
    pub slot: u8,
    /// What it gives.
    pub permissions: PermissionSet,
    /// The account's number when what its holders see last changed.
    pub view_seq: u64,
}

/// A code that proves an address, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressCode {
    /// What it is computed from, together with the server's secret.
    pub nonce: [u8; 16],
    /// From when on it is good no more.
    pub expires: Timestamp,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// A letter that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its number.
    pub id: i64,
    /// The address it goes to.
    pub receiver: String,
    /// What it says, as JSON.
    pub letter: String,
    /// When it was written.
    pub made: Timestamp,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// An owner whom one operator asks for and another appoints (E-38).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Who is to be owner.
    pub login: LoginId,
    /// The operator who asked.
    pub operator: String,
    /// When.
    pub asked: Timestamp,
}

/// An active workspace of an account, as far as the reach of its admins depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The account's number at its creation, or since which it is in use there without a break.
    pub created_seq: u64,
    /// The account's number at its last change.
    pub head_seq: u64,
}

/// What is left of a deleted record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tombstone {
    /// The record.
    pub content: ContentId,
    /// Where it was.
    pub workspace: WorkspaceId,
    /// The account's number at its deletion.
    pub seq: u64,
}

/// An account that a login is an active admin of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administered {
    /// The account.
    pub account: Account,
    /// The account's number when the adminship began.
    pub grant_seq: u64,
}

/// What is worth keeping and is no change: sign-ins and refusals. Kept apart from the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// Who, where that is known.
    pub login: Option<LoginId>,
    /// From which installation.
    pub device: Option<DeviceId>,
    /// What, by a stable key.
    pub kind: &'static str,
    /// The refusal's code or the like; never a name or an address.
    pub detail: String,
    /// The request.
    pub request: String,
}

/// A database.
pub trait Store: Send + Sync + 'static {
    /// Opens one state of the data to read from.
    ///
    /// # Errors
    /// Whatever the database reports.
    fn read(&self) -> Result<Box<dyn Snapshot + '_>, StoreError>;

    /// Opens a transaction. Writers follow one another where they would conflict.
    ///
    /// # Errors
    /// Whatever the database reports.
    fn write(&self) -> Result<Box<dyn Tx + '_>, StoreError>;
}

/// One state of the data. Questions of the rules are in [`Lookup`], the others here.
pub trait Snapshot: Lookup<Error = StoreError> {
    /// The number that tells this history from one that was restored (sync.md 4.10).
    fn epoch(&self) -> Result<u64, StoreError>;

    /// The login with this address.
    fn login_by_address(&self, address: &Address) -> Result<Option<Login>, StoreError>;
    /// The login's password hash in PHC form.
    fn credential(&self, login: LoginId) -> Result<Option<String>, StoreError>;
    /// The session with this token, also one that has expired.
    fn session(&self, token: &TokenHash) -> Result<Option<SessionRow>, StoreError>;
    /// Whether the login has ever signed in on this installation.
    fn knows_device(&self, lane: Lane) -> Result<bool, StoreError>;

    /// The number of the lane's last decided command.
    fn last_n(&self, lane: Lane) -> Result<u64, StoreError>;
    /// What became of a command, unless its outcome was acknowledged and forgotten.
    fn outcome(&self, lane: Lane, n: u64) -> Result<Option<StoredOutcome>, StoreError>;
    /// The outcomes that are not acknowledged, in order.
    fn outcomes(&self, lane: Lane) -> Result<Vec<StoredOutcome>, StoreError>;

    /// When a command of this login was carried out and under which number, whatever lane it
    /// came by. What was refused is not found.
    fn carried_out(
        &self,
        command: CommandId,
        login: LoginId,
    ) -> Result<Option<(u64, Timestamp)>, StoreError>;

    /// The number of the account's last change.
    fn head(&self, account: AccountId) -> Result<u64, StoreError>;
    /// The admins of an account, also former ones.
    fn admins(&self, account: AccountId) -> Result<Vec<AccountAdmin>, StoreError>;
    /// The admin row of a login in an account.
    fn admin(&self, account: AccountId, login: LoginId)
    -> Result<Option<AccountAdmin>, StoreError>;
    /// The accounts that the login is an active admin of.
    fn administered(&self, login: LoginId) -> Result<Vec<Administered>, StoreError>;
    /// The active workspaces of an account.
    fn reached(&self, account: AccountId) -> Result<Vec<Reached>, StoreError>;
    /// One active workspace with its account.
    fn reached_one(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Option<(AccountId, Reached)>, StoreError>;
    /// The login's active memberships of workspaces in use and in the bin.
    fn held(&self, login: LoginId) -> Result<Vec<Held>, StoreError>;
    /// The same of one workspace, if it is in use.
    fn held_one(&self, login: LoginId, workspace: WorkspaceId) -> Result<Option<Held>, StoreError>;
    /// The `grant_seq` of a membership.
    fn membership_grant_seq(&self, id: MembershipId) -> Result<Option<u64>, StoreError>;

    /// The workspace's own row if it changed after `seq`.
    fn workspace_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Option<Stamped>, StoreError>;
    /// The memberships that changed after `seq`, also ended ones.
    fn memberships_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// The same, of one login only.
    fn own_memberships_since(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// How the login's access to workspaces of the account ended after `seq` (E-53).
    fn lost(
        &self,
        login: LoginId,
        account: AccountId,
        reach: Reach,
        seq: u64,
    ) -> Result<Vec<Gone>, StoreError>;
    /// The invitations that changed after `seq`.
    fn invitations_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// Up to `limit` memberships in the order of their ids.
    fn memberships_after(
        &self,
        workspace: WorkspaceId,
        after: Option<MembershipId>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError>;

    /// The workspace's own roles that are not deleted, as far as access depends on them.
    fn role_views(&self, workspace: WorkspaceId) -> Result<Vec<RoleView>, StoreError>;
    /// The own roles that changed after `seq`, also deleted ones.
    fn roles_since(&self, workspace: WorkspaceId, seq: u64) -> Result<Vec<Stamped>, StoreError>;
    /// Up to `limit` records within the view that changed after `seq`, in that order.
    fn contents_since(
        &self,
        workspace: WorkspaceId,
        view: View,
        seq: u64,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// Up to `limit` records within the view in the order of their ids.
    fn contents_after(
        &self,
        workspace: WorkspaceId,
        view: View,
        after: Option<ContentId>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// Up to `limit` deleted records of which nothing changed since and to which nothing refers.
    fn tombstones(&self, before: Timestamp, limit: u32) -> Result<Vec<Tombstone>, StoreError>;
    /// The workspaces of an account in which deleted records are forgotten that were deleted
    /// after `seq`.
    fn forgotten_since(&self, account: AccountId, seq: u64)
    -> Result<Vec<WorkspaceId>, StoreError>;
    /// The records within the view in short, without deleted ones.
    fn records(&self, workspace: WorkspaceId, view: View) -> Result<RecordSet, StoreError>;
    /// The access reviews that changed after `seq`, in that order.
    fn reviews_since(&self, workspace: WorkspaceId, seq: u64) -> Result<Vec<Stamped>, StoreError>;
    /// The lines of reviews that changed after `seq`, in that order.
    fn review_lines_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// Up to `limit` lines of reviews in the order of their keys.
    fn review_lines_after(
        &self,
        workspace: WorkspaceId,
        after: Option<(ReviewId, MembershipId)>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError>;
    /// The workspaces in the account's bin.
    fn bin(&self, account: AccountId) -> Result<Vec<Workspace>, StoreError>;
    /// The workspaces that are offered to the account, with how many people are in them.
    fn offered(&self, account: AccountId) -> Result<Vec<(Workspace, u32)>, StoreError>;
    /// The open, unexpired invitations of an address, wherever they are.
    fn inbox(&self, address: &Address, now: Timestamp) -> Result<Vec<Invitation>, StoreError>;
    /// Something whose time has come, at most `limit` of it.
    fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError>;
    /// The accounts that a login administers or once did.
    fn accounts_of(&self, login: LoginId) -> Result<Vec<AccountId>, StoreError>;
    /// The workspaces of an account in which a login did something.
    fn acted_in(&self, login: LoginId, account: AccountId) -> Result<Vec<WorkspaceId>, StoreError>;
    /// Who did something that a row names them for, where that was written down.
    fn act(&self, of: ActOf, act: Act) -> Result<Option<LoginId>, StoreError>;
    /// Everything of the kind in one place, for a change that names many.
    fn acts_in(&self, place: [u8; 16]) -> Result<Vec<(ActOf, ActKey, LoginId)>, StoreError>;
    /// Where the name of a deleted sign-in is kept.
    fn kept_names(&self, login: LoginId) -> Result<Vec<KeptName>, StoreError>;
    /// Kept names whose days are over, at most `limit` of them.
    fn names_over(&self, now: Timestamp, limit: u32) -> Result<Vec<KeptName>, StoreError>;
    /// Whose name it is, among those who can be named in a chain.
    fn whose(
        &self,
        account: AccountId,
        workspace: Option<WorkspaceId>,
        name: &str,
    ) -> Result<Option<LoginId>, StoreError>;
    /// Up to which number of its account a chain has to be told anew; 0 is never.
    fn retold(&self, chain: LogOf) -> Result<u64, StoreError>;
    /// Where a login is or was a member.
    fn places_of(&self, login: LoginId) -> Result<Vec<(AccountId, WorkspaceId)>, StoreError>;
    /// The code that was sent to prove an address.
    fn address_code(
        &self,
        login: LoginId,
        address: &Address,
    ) -> Result<Option<AddressCode>, StoreError>;
    /// Letters whose time has come.
    fn letters(&self, now: Timestamp, limit: u32) -> Result<Vec<Queued>, StoreError>;
    /// When a login was last here, to the hour; `None` if it has no session.
    fn last_seen(&self, login: LoginId) -> Result<Option<Timestamp>, StoreError>;
    /// Every session of a login, the one used last first.
    fn sessions_of(&self, login: LoginId) -> Result<Vec<SessionRow>, StoreError>;
    /// The owner who is asked for in a workspace (E-38).
    fn appointment(&self, workspace: WorkspaceId) -> Result<Option<Appointment>, StoreError>;

    /// The hash of the chain's last event; zeros for an empty chain.
    fn chain_tail(&self, chain: LogOf) -> Result<[u8; 32], StoreError>;
    /// A chain from its beginning.
    fn chain(&self, chain: LogOf) -> Result<Vec<LoggedEvent>, StoreError>;
    /// Up to `limit` events of a chain after a place.
    fn events_after(
        &self,
        chain: LogOf,
        after: Option<LogPlace>,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError>;
    /// The same, only of what a login did in a workspace and of what is about it.
    fn own_events_after(
        &self,
        workspace: WorkspaceId,
        login: &Login,
        after: Option<LogPlace>,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError>;
    /// Every chain of an account.
    fn chains(&self, account: AccountId) -> Result<Vec<LogOf>, StoreError>;
    /// Every account.
    fn accounts(&self) -> Result<Vec<AccountId>, StoreError>;
}

/// A transaction. Dropping it takes everything back.
pub trait Tx: Snapshot {
    /// Marks a point to return to.
    fn savepoint(&self) -> Result<(), StoreError>;
    /// Takes back what was written since the last mark, and the mark.
    fn rollback_to(&self) -> Result<(), StoreError>;
    /// Forgets the last mark and keeps what was written since.
    fn release(&self) -> Result<(), StoreError>;
    /// Makes everything durable and visible.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Raises the account's number, also above `above`, and returns it. Nobody else can until
    /// this transaction ends, so the order of numbers is the order of visibility (sync.md 4.2).
    fn draw(&self, account: AccountId, above: u64) -> Result<u64, StoreError>;
    /// Writes an account's row; a new one starts at number zero.
    fn put_account(&self, account: &Account, seq: u64) -> Result<(), StoreError>;
    /// Writes an Account Admin's row.
    fn put_admin(&self, admin: &AccountAdmin, seq: u64, grant_seq: u64) -> Result<(), StoreError>;
    /// Writes a workspace's row.
    fn put_workspace(&self, workspace: &Workspace, seq: u64) -> Result<(), StoreError>;
    /// Notes that something in the workspace changed.
    fn touch_workspace(&self, workspace: WorkspaceId, seq: u64) -> Result<(), StoreError>;
    /// Writes a membership's row.
    fn put_membership(
        &self,
        membership: &Membership,
        seq: u64,
        grant_seq: u64,
    ) -> Result<(), StoreError>;
    /// Writes an invitation's row.
    fn put_invitation(&self, invitation: &Invitation, seq: u64) -> Result<(), StoreError>;
    /// Begins the reach of an account's admins anew: what they see of it changed as a whole.
    fn renew_reach(&self, account: AccountId, seq: u64) -> Result<(), StoreError>;
    /// Writes the row of a workspace's own role.
    fn put_role(&self, role: &OwnRole, seq: u64, view_seq: u64) -> Result<(), StoreError>;
    /// The `view_seq` of a role.
    fn role_view_seq(&self, role: RoleId) -> Result<Option<u64>, StoreError>;
    /// Writes a record's row and what it refers to.
    fn put_content(&self, content: &Content, seq: u64) -> Result<(), StoreError>;
    /// Writes a group's row.
    fn put_group(&self, group: &Group, seq: u64) -> Result<(), StoreError>;
    /// Writes an access review's row.
    fn put_review(&self, review: &Review, seq: u64) -> Result<(), StoreError>;
    /// Writes a review's line.
    fn put_review_line(&self, line: &ReviewLine, seq: u64) -> Result<(), StoreError>;
    /// Forgets what is left of a deleted record. Its id stays spent, its events stay, and copies
    /// that may have missed the deletion are told (sync.md 4.4).
    fn forget(&self, tombstone: &Tombstone) -> Result<(), StoreError>;
    /// Erases what is in a workspace, for good; its own row and its history stay.
    fn erase_workspace(&self, workspace: WorkspaceId) -> Result<(), StoreError>;
    /// Erases an account and everything in it with all of its history, for good (V-43).
    fn erase_account(&self, account: AccountId, seq: u64) -> Result<(), StoreError>;
    /// Adds an event to its chain.
    fn append_event(&self, event: &LoggedEvent) -> Result<(), StoreError>;
    /// Adds a line to the audit table.
    fn append_audit(&self, line: &AuditRow) -> Result<(), StoreError>;

    /// Writes a new login with its password hash.
    fn add_login(&self, login: &Login, phc: &str, at: Timestamp) -> Result<(), StoreError>;
    /// Writes a session, in place of an earlier one of the same login and installation.
    fn add_session(&self, session: &SessionRow) -> Result<(), StoreError>;
    /// Notes that a session was used.
    fn touch_session(&self, token: &TokenHash, at: Timestamp) -> Result<(), StoreError>;
    /// Ends a session; whether there was one.
    fn end_session(&self, token: &TokenHash) -> Result<bool, StoreError>;

    /// Writes a login's own row.
    fn put_login(&self, login: &Login) -> Result<(), StoreError>;
    /// Ends every session of a login and its password; the sessions' tokens.
    fn close_login(&self, login: LoginId) -> Result<Vec<TokenHash>, StoreError>;
    /// Puts another name of a person into every row of one workspace that embeds it.
    fn rename_in(
        &self,
        renaming: &Renaming<'_>,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<(), StoreError>;
    /// The same for what an account holds besides its workspaces.
    fn rename_in_account(
        &self,
        renaming: &Renaming<'_>,
        account: AccountId,
        seq: u64,
    ) -> Result<(), StoreError>;
    /// Writes down who did something that a row names them for.
    fn put_act(&self, of: ActOf, act: Act, who: LoginId) -> Result<(), StoreError>;
    /// Has an account keep a name (E-64).
    fn keep_name(&self, kept: &KeptName) -> Result<(), StoreError>;
    /// Keeps a name no longer; what says it is for the caller to change.
    fn drop_name(&self, kept: &KeptName) -> Result<(), StoreError>;
    /// Has a chain told anew to whoever holds a part of it, because a name in it is no longer
    /// to be said.
    fn retell(&self, chain: LogOf, seq: u64) -> Result<(), StoreError>;
    /// Keeps the code that was sent to prove an address, or forgets it.
    fn put_address_code(
        &self,
        login: LoginId,
        address: &Address,
        code: Option<&AddressCode>,
    ) -> Result<(), StoreError>;

    /// Adds a letter to the outbox.
    fn add_letter(&self, receiver: &str, letter: &str, now: Timestamp) -> Result<(), StoreError>;
    /// Forgets a letter that was sent.
    fn letter_sent(&self, id: i64) -> Result<(), StoreError>;
    /// Has a letter tried again at a later time.
    fn letter_later(&self, id: i64, due: Timestamp) -> Result<(), StoreError>;
    /// Gives a letter up.
    fn letter_failed(&self, id: i64) -> Result<(), StoreError>;

    /// Keeps who is asked for as owner of a workspace, or forgets it.
    fn put_appointment(
        &self,
        workspace: WorkspaceId,
        appointment: Option<&Appointment>,
    ) -> Result<(), StoreError>;

    /// Keeps an outcome and moves the lane past it.
    fn put_outcome(&self, lane: Lane, outcome: &StoredOutcome) -> Result<(), StoreError>;
    /// Forgets the outcomes up to a number that the device has kept.
    fn forget_outcomes(&self, lane: Lane, acked: u64) -> Result<(), StoreError>;
}

/// The invitation with this id in this workspace, for callers that hold both.
///
/// # Errors
/// Whatever the store reports.
pub fn invitation_of<S: Snapshot + ?Sized>(
    store: &S,
    workspace: WorkspaceId,
    invitation: InvitationId,
) -> Result<Option<Invitation>, StoreError> {
    Ok(store.invitation(invitation)?.filter(|it| it.workspace == workspace))
}
