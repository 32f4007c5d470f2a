//! The objects of model.md 3.1, as rows: the present state of one entity each.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::colour::Colour;
use crate::content::Content;
use crate::ids::{AccountId, GroupId, InvitationId, LoginId, MembershipId, RoleId, WorkspaceId};
use crate::labels::Labels;
use crate::permission::PermissionSet;
use crate::plan::Plan;
use crate::review::{Review, ReviewLine};
use crate::role_set::RoleSet;
use crate::scheme::{AdminReach, Scheme, SchemeId};
use crate::time::Timestamp;

pub use crate::content::ContentKind;
pub use crate::scheme::WorkspaceKind;

/// Whether a login may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginStatus {
    /// In use.
    Active,
    /// Kept from signing in by the operator.
    Suspended,
    /// Deleted by its person (E-11). The row stays, under a pseudonym, so that the history
    /// can be read (E-64).
    Deleted,
}

/// A person's sign-in. It belongs to no workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The id that memberships join on.
    pub id: LoginId,
    /// The address of the person; what they sign in with.
    pub address: Address,
    /// The name the person gave, or the address's local part (E-57).
    pub name: String,
    /// Whether it may be used.
    pub status: LoginStatus,
    /// The addresses that the person has proved to be theirs (E-24).
    #[serde(default)]
    pub verified: Vec<Address>,
}

impl Login {
    /// Whether an invitation to this address is meant for this person (E-24, E-25). Whoever
    /// shows an invitation's link needs no further proof of the address they sign in with.
    pub fn answers_to(&self, address: &Address) -> bool {
        self.address == *address || self.verified.contains(address)
    }
}

/// The umbrella over workspaces (V-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The product rules it follows.
    pub scheme: SchemeId,
    /// How long an invitation can be accepted, in days (E-26).
    pub invitation_days: u16,
    /// How long a copy opens without contact, in days (R15).
    pub lease_days: u16,
    /// Whether acts by reach in a workspace need a reason (E-36).
    #[serde(default)]
    pub reason_required: bool,
    /// After how many days the next access review is due (V-49); 0 is never.
    #[serde(default)]
    pub review_days: u16,
    /// Whether deleting the account takes the yes of a second Account Admin (E-14).
    #[serde(default, skip_serializing_if = "is_false")]
    pub second_admin: bool,
    /// Until when it does so although that was switched off; nobody gets around the second
    /// admin by switching it off first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_admin_until: Option<Timestamp>,
    /// For how many days the name of somebody who deleted their sign-in stays in the account's
    /// rows and histories; 0 is not at all (E-64).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub name_days: u16,
    /// The last workspace that went to another account, so that this account's own history
    /// tells of it too (E-59).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<Parted>,
    /// When the account will be deleted, if somebody asked for it (E-16).
    #[serde(default)]
    pub deletion: Option<Deletion>,
    /// In use or gone.
    #[serde(default)]
    pub status: AccountStatus,
}

/// A workspace that another account holds now (E-59, E-65).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parted {
    /// Which.
    pub workspace: WorkspaceId,
    /// What it was called.
    pub name: String,
    /// The account that holds it.
    pub to: AccountId,
    /// What that was called.
    pub to_name: String,
    /// When it went.
    pub at: Timestamp,
}

/// A deletion that was asked for and can be withdrawn until its time (E-16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// When it runs.
    pub at: Timestamp,
    /// The name of who asked for it.
    pub by: String,
    /// Who asked for it; nobody is their own second admin (E-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<LoginId>,
    /// Whether a second Account Admin said yes to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub confirmed: bool,
}

/// For how many days a second admin is still needed after that was switched off: as long as a
/// deletion can be set ahead.
pub const SECOND_ADMIN_DAYS: i64 = 14;

fn is_false(it: &bool) -> bool {
    !it
}

fn is_zero(it: &u16) -> bool {
    *it == 0
}

/// Whether an account is in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// In use.
    #[default]
    Active,
    /// Deleted with all its data (V-43).
    Deleted,
}

impl Account {
    /// The parameters of the account's scheme.
    pub const fn rules(&self) -> &'static Scheme {
        self.scheme.scheme()
    }

    /// Whether deleting it takes a second Account Admin now (E-14). Where admins have no reach
    /// the account is one person's, and there is none.
    pub fn needs_second_admin(&self, now: Timestamp) -> bool {
        let asked = self.second_admin || self.second_admin_until.is_some_and(|until| now < until);
        asked && self.rules().account_admin_reach == AdminReach::All
    }
}

/// One Account Admin of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAdmin {
    /// The account.
    pub account: AccountId,
    /// The admin's login.
    pub login: LoginId,
    /// The admin's name, as shown beside the account's members (R9).
    pub name: String,
    /// The admin's address.
    pub address: Address,
    /// Since when.
    pub since: Timestamp,
    /// The name of who made them one; `None` for the founder.
    #[serde(default)]
    pub by: Option<String>,
    /// Whether it holds now.
    pub active: bool,
}

/// Whether a workspace is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceStatus {
    /// In use.
    Active,
    /// In the bin; nobody has access (E-17).
    Trashed,
    /// Gone for good: its days in the bin are over. Only the name on the log is left.
    Erased,
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// The account it belongs to (V-5).
    pub account: AccountId,
    /// Personal or standard.
    pub kind: WorkspaceKind,
    /// Its name.
    pub name: String,
    /// Its own plan (V-7, U-20).
    pub plan: Plan,
    /// In use or in the bin.
    pub status: WorkspaceStatus,
    /// When it was created.
    pub created: Timestamp,
    /// Department, region, function: what it is sorted and grouped by (V-12).
    #[serde(default)]
    pub labels: Labels,
    /// When the plan ended, if it did (E-60).
    #[serde(default)]
    pub plan_ended: Option<Timestamp>,
    /// When it went into the bin, and by whom.
    #[serde(default)]
    pub trashed: Option<Ended>,
    /// The account that it is offered to (E-59).
    #[serde(default)]
    pub offer: Option<Offer>,
    /// The colour that was chosen for it; without one its id gives it one (ui.md 2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
}

/// The first half of a move: the one side has offered, the other has not taken it (E-59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The account that may take the workspace.
    pub to: AccountId,
    /// The name of the account that offers it.
    pub from: String,
    /// The name of who offered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How many days a workspace stays in the bin (E-17).
pub const BIN_DAYS: i64 = 30;

/// Where a membership is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Has access.
    Active,
    /// Keeps the role without access.
    Suspended,
    /// Went by their own act.
    Left,
    /// Was removed.
    Removed,
    /// Ended by itself on the day that was set for it (E-39).
    Expired,
}

impl MemberState {
    /// Every state.
    pub const ALL: &[MemberState] = &[
        MemberState::Active,
        MemberState::Suspended,
        MemberState::Left,
        MemberState::Removed,
        MemberState::Expired,
    ];

    /// Whether the person is still on the list of members.
    pub const fn is_present(self) -> bool {
        match self {
            MemberState::Active | MemberState::Suspended => true,
            MemberState::Left | MemberState::Removed | MemberState::Expired => false,
        }
    }

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            MemberState::Active => "active",
            MemberState::Suspended => "suspended",
            MemberState::Left => "left",
            MemberState::Removed => "removed",
            MemberState::Expired => "expired",
        }
    }
}

/// One person in one workspace, with a profile of its own there (C-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Its id; a new one each time the person joins.
    pub id: MembershipId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The hidden join key to the person.
    pub login: LoginId,
    /// The name shown in this workspace.
    pub name: String,
    /// The address shown in this workspace.
    pub address: Address,
    /// The roles held here.
    pub roles: RoleSet,
    /// Where it is in its life.
    pub state: MemberState,
    /// When it ends by itself, and as what (E-39); never for the owner class (E-40).
    pub until: Option<End>,
    /// Name of who last gave the roles; `None` for the founder.
    pub given_by: Option<String>,
    /// When the roles were last given.
    #[serde(default)]
    pub given_at: Option<Timestamp>,
    /// What the team sorts its people by.
    #[serde(default)]
    pub labels: Labels,
    /// What the team notes about the person; at most 500 characters.
    #[serde(default)]
    pub note: String,
    /// The group that the roles come from and that alone can change them (E-37).
    #[serde(default)]
    pub group: Option<GroupId>,
    /// When the person joined.
    pub joined: Timestamp,
    /// When the membership ended, and the name of who ended it.
    pub ended: Option<Ended>,
}

impl Membership {
    /// The membership as it is at this time: one whose day has come counts as ended or
    /// lowered at once, also before the server has got round to writing it down (E-39).
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        match self.until.take_if(|end| end.at <= now) {
            None => self,
            Some(End { roles: Some(roles), .. }) => Self { roles, ..self },
            Some(End { at, roles: None }) => Self {
                state: MemberState::Expired,
                ended: Some(Ended { at, by: String::new() }),
                ..self
            },
        }
    }
}

/// The day on which a membership ends or falls to lower roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// When.
    pub at: Timestamp,
    /// The roles that are left from then on; `None` ends the membership.
    #[serde(default)]
    pub roles: Option<RoleSet>,
}

/// How a membership ended, or a workspace got into the bin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// The name of who did it; empty where it happened by itself.
    pub by: String,
}

/// Where an invitation is in its life. Expiry is not a state: it follows from the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Can be accepted until it expires.
    Open,
    /// Was accepted.
    Accepted,
    /// Was cancelled.
    Revoked,
    /// The invited person said no.
    Declined,
}

/// What came into the way of an invitation that is open all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationTrouble {
    /// No mail server took its letter: the link has to go another way.
    MailRefused,
    /// The person wanted to join when no seat was left (E-28).
    NoSeat,
}

impl InvitationTrouble {
    /// Every one.
    pub const ALL: &[Self] = &[Self::MailRefused, Self::NoSeat];

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::MailRefused => "mail_refused",
            Self::NoSeat => "no_seat",
        }
    }
}

/// An invitation of one address to one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The invited address.
    pub address: Address,
    /// The name that came with the address, if any.
    pub name: Option<String>,
    /// The roles it gives.
    pub roles: RoleSet,
    /// Who must still be able to grant the roles at acceptance (R12).
    pub inviter: LoginId,
    /// The inviter's name.
    pub inviter_name: String,
    /// When it was last sent.
    pub sent: Timestamp,
    /// From when on it cannot be accepted.
    pub expires: Timestamp,
    /// Which sending this is; links of earlier ones are dead (E-23).
    pub generation: u32,
    /// Where it is in its life.
    pub state: InvitationState,
    /// A word from the inviter, at most 500 characters.
    #[serde(default)]
    pub message: Option<String>,
    /// What came into the way of this sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<InvitationTrouble>,
}

impl Invitation {
    /// Whether it can be accepted at this time.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == InvitationState::Open && now < self.expires
    }
}

/// A role that a workspace made for itself (R5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRole {
    /// Its id.
    pub id: RoleId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its place among the workspace's own roles; free again once it is deleted.
    pub slot: u8,
    /// Its name.
    pub name: String,
    /// What it gives.
    pub permissions: PermissionSet,
    /// The name of who made or last changed it.
    pub by: String,
    /// Whether it is gone.
    pub deleted: bool,
}

/// A set of workspaces in which some people hold the same roles (E-37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Which workspaces it covers.
    pub covers: Covers,
    /// The built-in roles that its people hold there.
    pub roles: RoleSet,
    /// Its people.
    pub people: Vec<GroupPerson>,
    /// Whether it is gone.
    pub deleted: bool,
}

/// Which workspaces of an account a group covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "which", content = "workspaces", rename_all = "snake_case")]
pub enum Covers {
    /// These.
    Listed(Vec<WorkspaceId>),
    /// All, also later ones, but these.
    AllBut(Vec<WorkspaceId>),
}

impl Covers {
    /// The workspaces that it names, to cover them or to leave them out.
    pub fn named(&self) -> &[WorkspaceId] {
        let (Covers::Listed(named) | Covers::AllBut(named)) = self;
        named
    }

    /// Whether the workspace is covered.
    pub fn has(&self, workspace: WorkspaceId) -> bool {
        match self {
            Covers::Listed(listed) => listed.contains(&workspace),
            Covers::AllBut(left_out) => !left_out.contains(&workspace),
        }
    }
}

/// One person of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPerson {
    /// The person.
    pub login: LoginId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: Address,
}

/// The present state of one entity.
///
/// The tag stands among the entity's own fields, so it has a name that none of them has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "object", rename_all = "snake_case")]
pub enum Row {
    /// An account.
    Account(Account),
    /// An Account Admin.
    AccountAdmin(AccountAdmin),
    /// A workspace.
    Workspace(Workspace),
    /// A membership.
    Membership(Membership),
    /// An invitation.
    Invitation(Invitation),
    /// A role of a workspace's own.
    Role(OwnRole),
    /// A record of a workspace. Its own kind stands in its body.
    Content(Content),
    /// A group of workspaces.
    Group(Group),
    /// An access review.
    Review(Review),
    /// One person of an access review.
    ReviewLine(ReviewLine),
}
