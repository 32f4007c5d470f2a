//! The frames of `POST /v1/sync`.
//!
//! A request is a list of [`Ask`], an answer a list of [`Say`] that ends with [`Say::End`].
//! One answer comes from one snapshot of the server's store. An answer without its `End` was
//! cut off and is not applied.

use muster_domain::{
    Account, AccountAdmin, AccountId, CommandId, ContentId, DeviceId, Group, InvitationId, Login,
    MembershipId, Offer, OwnRole, Refusal, ReviewId, RoleSet, Row, SchemeId, Timestamp, View,
    Workspace, WorkspaceId,
};
use serde::{Deserialize, Serialize};

use crate::log::{LogOf, LogWant, Logged};

/// One frame of either direction, as the codec sees it.
pub trait Frame: Serialize + serde::de::DeserializeOwned {
    /// The number that names the frame's kind on the wire.
    fn tag(&self) -> u8;
    /// Whether this build knows the kind.
    fn knows(tag: u8) -> bool;
}

/// What the app says, in this order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Ask {
    /// Opens the exchange.
    Hello {
        /// The protocol that the app speaks.
        proto: u32,
        /// The app's version, for the log.
        build: String,
        /// The version of its mirror's schema.
        schema: u32,
        /// The version of its rules.
        rules: u32,
        /// The installation; must belong to the session.
        device: DeviceId,
    },
    /// What the mirror holds.
    Have(Have),
    /// What the lane has been told.
    Lane(LaneState),
    /// A command to decide.
    Command(Push),
    /// Access ended, and this device has erased what it held. An older server skips it.
    Erased(Erased),
    /// A table left the copy as a file or onto paper. An older server skips it.
    Exported(Exported),
}

/// That a table left a device's copy, for the operator's audit table: which, and never what was
/// in it. It may have happened long before, without a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// The table's key, at most [`crate::MAX_TABLE`] letters.
    pub table: String,
    /// Whose it is, where it is one workspace's.
    pub workspace: Option<WorkspaceId>,
    /// When, by the device's clock.
    pub at: Timestamp,
}

impl Exported {
    /// Whether the key is one: small letters and underscores.
    pub fn is_named(&self) -> bool {
        let fits = (1..=crate::MAX_TABLE).contains(&self.table.len());
        fits && self.table.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
    }
}

/// That a device has erased its copy of a workspace after access ended (E-30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The server's time of the answer that said so.
    pub at: Timestamp,
}

/// What the mirror holds and wants.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Have {
    /// The server's epoch when the cursors were given; `None` on first contact.
    pub epoch: Option<u64>,
    /// How far each account has been read.
    pub cursors: Vec<Cursor>,
    /// A digest over the workspaces that are held whole, see [`GrantSet::digest`].
    pub grants: GrantSet,
    /// Workspaces to send, the most wanted first.
    pub want: Vec<Want>,
    /// Parts of the history to send when everything wanted is sent, the most wanted first.
    #[serde(default)]
    pub logs: Vec<LogWant>,
    /// About how many bytes of rows one answer may carry.
    pub budget: u32,
}

/// How far an account has been read: every change up to `seq` is in the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The account.
    pub account: AccountId,
    /// The last change read.
    pub seq: u64,
}

/// A set of grants in short (sync.md 4.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantSet {
    /// How many.
    pub count: u32,
    /// The sum, modulo 2^128, of the first 16 bytes of SHA-256 over each grant's bytes.
    #[serde(with = "digest_bytes")]
    pub digest: u128,
}

/// The records of a workspace in short, without deleted ones (sync.md 4.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSet {
    /// How many.
    pub count: u32,
    /// The sum, modulo 2^128, of the first 16 bytes of SHA-256 over each record's id and the
    /// number of its last change.
    #[serde(with = "digest_bytes")]
    pub digest: u128,
}

/// A workspace to be sent, from its beginning or from where the last answer stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Want {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Where the last answer stopped, as it said; `None` is from the beginning.
    pub after: Option<After>,
}

/// How far a workspace has been sent. First come its own row, its roles and its invitations,
/// then the members, then the records, then the reviews and their lines, each in the order of
/// their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", content = "id", rename_all = "snake_case")]
pub enum After {
    /// This member was the last.
    Member(MembershipId),
    /// Every member is there.
    Members,
    /// This record was the last.
    Content(ContentId),
    /// Every record is there.
    Contents,
    /// This line of a review was the last.
    Line {
        /// The review.
        review: ReviewId,
        /// Whose line.
        membership: MembershipId,
    },
}

/// What the lane has been told (sync.md 4.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneState {
    /// The app has kept every outcome up to this number.
    pub acked: u64,
}

/// A command on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// Its number in the lane, from 1.
    pub n: u64,
    /// Its id.
    pub id: CommandId,
    /// The command as JSON, exactly as it was made.
    pub body: String,
    /// Numbers of earlier commands that this one builds on.
    pub deps: Vec<u64>,
    /// The grant under which it was made (sync.md 4.14).
    pub grant: Option<u64>,
    /// When it was made by the device's clock; kept for the log, never decided on.
    pub claimed_at: Timestamp,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Say {
    /// Opens the answer.
    Hello {
        /// The server's epoch; another one than before means a restore (sync.md 4.10).
        epoch: u64,
        /// The server's time.
        time: Timestamp,
        /// What the app may do with its version.
        policy: Policy,
        /// The caller's own login as it is now.
        login: Login,
    },
    /// What became of a command.
    Outcome(Outcome),
    /// The lane is another one's: the device was cloned or restored (sync.md 4.9).
    Fork {
        /// The number that the server expects next.
        expected: u64,
    },
    /// Every grant of the login, because the digests differ.
    Grants {
        /// All of them.
        all: Vec<Grant>,
    },
    /// How access to workspaces ended since the cursors, where that can be told (E-53).
    Gone {
        /// One for each workspace.
        all: Vec<Gone>,
    },
    /// What the login has outside of workspaces that it may enter. Comes whole every time.
    Accounts(Accounts),
    /// A part of a wanted workspace.
    Chunk {
        /// The workspace.
        workspace: WorkspaceId,
        /// Which columns and rows it has.
        view: View,
        /// The grant that it is sent under.
        grant_seq: u64,
        /// The account's number at which it was read.
        as_of: u64,
        /// The rows.
        rows: Vec<Stamped>,
        /// Where to go on; `None` when the workspace is whole now.
        next: Option<After>,
    },
    /// Rows that changed since the cursors.
    Rows {
        /// The rows, each at most once.
        rows: Vec<Stamped>,
    },
    /// The server has forgotten what was left of deleted records of this workspace, and the
    /// cursor may not have read all of that (sync.md 4.4). Where the records that are held
    /// differ from these, the workspace is to be fetched again.
    Reset {
        /// The workspace.
        workspace: WorkspaceId,
        /// Its records within the view.
        records: RecordSet,
    },
    /// A part of a wanted history, in the order of the chain.
    Log {
        /// Whose.
        of: LogOf,
        /// The events after the wanted place.
        events: Vec<Logged>,
        /// Whether every event that the reader may see comes, sealed or shown, so that the
        /// chain can be followed; otherwise only their own acts and what concerns them.
        whole: bool,
        /// Up to which number of the account the history is there now. What changes later has
        /// a higher one.
        through: u64,
        /// Whether more of it is to come before that number.
        more: bool,
        /// Whether it begins anew, because a name in it was taken out (E-64): what is held of
        /// it is to be erased first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anew: bool,
    },
    /// Ends the answer.
    End {
        /// The cursors to keep.
        cursors: Vec<Cursor>,
        /// Whether to ask again at once.
        more: bool,
    },
}

/// How the access to a workspace ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Which workspace.
    pub workspace: WorkspaceId,
    /// How.
    pub how: GoneHow,
    /// The name of who did it, where somebody did and it is known.
    pub by: Option<String>,
}

/// What ends an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoneHow {
    /// Removed from it.
    Removed,
    /// Suspended in it.
    Suspended,
    /// Left it, on another device perhaps.
    Left,
    /// The day of its end came (E-39).
    Ended,
    /// The workspace went into the bin.
    Deleted,
    /// No longer Account Admin of its account.
    Admin,
}

/// What a login has outside of workspaces that it may enter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    /// Accounts that the login has something in.
    pub accounts: Vec<Account>,
    /// Their Account Admins, where the login may see them (R9).
    pub admins: Vec<AccountAdmin>,
    /// Workspaces in the bin that the login can take out again (E-17).
    pub bin: Vec<Workspace>,
    /// Groups of the accounts that the login administers (E-37).
    pub groups: Vec<Group>,
    /// Workspaces offered to accounts that the login administers (E-59).
    pub offers: Vec<Offered>,
    /// Invitations to addresses that the login has proved to be its own.
    pub inbox: Vec<Invited>,
}

/// A workspace that an account of the login may take (E-59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// How many people have access, who come with it.
    pub people: u32,
    /// The offer.
    pub offer: Offer,
}

/// An invitation as its addressee sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The invitation.
    pub invitation: InvitationId,
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
    pub own_roles: Vec<OwnRole>,
    /// Who invited.
    pub inviter_name: String,
    /// A word from the inviter.
    pub message: Option<String>,
    /// From when on it cannot be accepted.
    pub expires: Timestamp,
}

/// A row with the number of its last change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stamped {
    /// The account's number at the row's last change.
    pub seq: u64,
    /// The row.
    pub row: Row,
}

/// A workspace that a login may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its account.
    pub account: AccountId,
    /// What of it.
    pub view: View,
    /// Rises whenever access begins anew or the view changes (sync.md 4.14).
    pub grant_seq: u64,
}

/// What an app of this version may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Everything.
    Ok,
    /// Read only, until it is upgraded.
    ReadOnly,
    /// Read only for now: the server's own disk takes no writes. Another copy of the same request
    /// may be decided when it does, so what was on its way stays on its way.
    NotNow,
    /// Nothing, until it is upgraded.
    Upgrade,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its number in the lane.
    pub n: u64,
    /// What became of it.
    pub status: OutcomeStatus,
    /// Why not, for `Refused`.
    pub refusal: Option<Refusal>,
    /// The account's number of its change, for `Applied`.
    pub seq: Option<u64>,
    /// When the server decided.
    pub at: Timestamp,
}

/// What can become of a command. All are terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// It took effect.
    Applied,
    /// It was so already.
    NoOp,
    /// The rules said no.
    Refused,
    /// A command that it builds on did not take effect.
    Skipped,
    /// This server does not know it.
    Unsupported,
    /// It crashed the server's decision and was put aside.
    Quarantined,
}

impl GrantSet {
    /// The set of these grants; `hash` is SHA-256.
    pub fn of<'a>(grants: impl IntoIterator<Item = &'a Grant>) -> Self {
        use sha2::{Digest, Sha256};
        grants.into_iter().fold(Self::default(), |set, grant| {
            let mut hash = Sha256::new();
            hash.update(grant.workspace.to_bytes());
            hash.update(grant.account.to_bytes());
            hash.update(grant.view.to_bits().to_be_bytes());
            hash.update(grant.grant_seq.to_be_bytes());
            Self { count: set.count + 1, digest: set.digest.wrapping_add(half(hash)) }
        })
    }
}

impl RecordSet {
    /// The set with one more record.
    #[must_use]
    pub fn with(self, id: ContentId, seq: u64) -> Self {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(id.to_bytes());
        hash.update(seq.to_be_bytes());
        Self { count: self.count + 1, digest: self.digest.wrapping_add(half(hash)) }
    }
}

/// The first half of a hash as a number.
fn half(hash: sha2::Sha256) -> u128 {
    let bytes: [u8; 32] = sha2::Digest::finalize(hash).into();
    let mut first = [0; 16];
    first.copy_from_slice(&bytes[..16]);
    u128::from_be_bytes(first)
}

impl Frame for Ask {
    fn tag(&self) -> u8 {
        match self {
            Ask::Hello { .. } => 1,
            Ask::Have(_) => 2,
            Ask::Lane(_) => 3,
            Ask::Command(_) => 4,
            Ask::Erased(_) => 5,
            Ask::Exported(_) => 6,
        }
    }

    fn knows(tag: u8) -> bool {
        (1..=6).contains(&tag)
    }
}

impl Frame for Say {
    fn tag(&self) -> u8 {
        match self {
            Say::Hello { .. } => 1,
            Say::Outcome(_) => 2,
            Say::Fork { .. } => 3,
            Say::Grants { .. } => 4,
            Say::Accounts(_) => 5,
            Say::Chunk { .. } => 6,
            Say::Rows { .. } => 7,
            Say::End { .. } => 8,
            Say::Log { .. } => 9,
            Say::Gone { .. } => 10,
            Say::Reset { .. } => 11,
        }
    }

    fn knows(tag: u8) -> bool {
        (1..=11).contains(&tag)
    }
}

mod digest_bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(digest: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{digest:032x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }
}
