//! Refusals: a closed list of codes, each with the rule it comes from.
//!
//! A code is also the id of its sentence in the interface's catalogue (ui.md 8.2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::permission::Permission;
use crate::role_set::RoleSet;
use crate::time::Timestamp;

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal by $rule:literal,)*) => {
        /// Why the rules say no.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RefusalCode {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &[RefusalCode] = &[$(RefusalCode::$name,)*];

            /// The stable key, as it stands on the wire and in the catalogue.
            pub const fn key(self) -> &'static str {
                match self {
                    $(RefusalCode::$name => $key,)*
                }
            }

            /// The rule, requirement or edge case of model.md that says no.
            pub const fn rule(self) -> &'static str {
                match self {
                    $(RefusalCode::$name => $rule,)*
                }
            }
        }
    };
}

refusal_codes! {
    /// The actor lacks `permission`.
    Missing = "r1.missing" by "R1",
    /// The role gives more than the actor has.
    GrantTooWide = "r2.grant" by "R2",
    /// The actor may not invite.
    MayNotInvite = "r2.invite" by "R2",
    /// The target has more than the actor.
    TargetTooStrong = "r3.target" by "R3",
    /// Only an owner makes or unmakes an owner.
    OwnerOnly = "r4.owner" by "R4",
    /// The role would give, or gives, what the actor does not have.
    RoleTooWide = "r5.wider" by "R5",
    /// Nobody widens a role that they hold.
    RoleHeld = "r5.held" by "R5",
    /// A holder of the deleted role has no replacement.
    RoleNeedsReplacement = "r5.replacement" by "R5",
    /// A workspace has at most 16 roles of its own.
    TooManyRoles = "r5.many" by "R5",
    /// This scheme knows no roles of a workspace's own.
    NoOwnRoles = "r5.scheme" by "R5",
    /// The last owner cannot be removed.
    LastOwnerRemove = "r6.remove" by "R6",
    /// The last owner cannot be demoted.
    LastOwnerDemote = "r6.demote" by "R6",
    /// The last owner cannot step down.
    LastOwnerStepDown = "r6.demote_self" by "R6",
    /// The last owner cannot be suspended.
    LastOwnerSuspend = "r6.suspend" by "R6",
    /// The last owner cannot leave.
    LastOwnerLeave = "r6.leave" by "R6",
    /// An owner has no end date (E-40).
    OwnerTimebox = "r6.timebox" by "R6",
    /// The only other owner is invited but has not joined (E-4).
    PendingOwner = "r6.pending_owner" by "R6",
    /// A review does not take away the last owner (E-49).
    LastOwnerReview = "r6.review" by "R6",
    /// A workspace would have no owner after the change of scheme.
    NoOwnerLeft = "r6.no_owner" by "R6",
    /// An account keeps an Account Admin.
    LastAdmin = "r7.admin" by "R7",
    /// The last workspace of an account cannot be deleted.
    LastWorkspace = "r7.workspace" by "R7",
    /// A personal workspace cannot be deleted.
    PersonalDelete = "r8.delete" by "R8",
    /// A personal workspace cannot be left by its person.
    PersonalLeave = "r8.leave" by "R8",
    /// A personal workspace keeps its one owner.
    PersonalOwner = "r8.owner" by "R8",
    /// A personal workspace cannot be handed over or moved.
    PersonalTransfer = "r8.transfer" by "R8",
    /// An account with a personal workspace keeps its one Account Admin and its scheme (E-20).
    PersonalAccount = "r8.account" by "R8",
    /// Nothing the actor may see has this id.
    NotVisible = "r10.not_visible" by "R10",
    /// No seat is left in the plan.
    NoSeat = "r12.no_seat" by "R12",
    /// The inviter can no longer grant the roles.
    InviterLostRight = "r12.confirm" by "R12",
    /// Somebody would end up with more rights, and nobody ticked it.
    Widens = "r16.widen" by "R16",
    /// The person is a member already.
    MemberExists = "member.exists" by "E-22",
    /// The address is invited already.
    InvitationExists = "invite.exists" by "E-23",
    /// The invitation is for another address.
    WrongPerson = "invite.wrong_person" by "E-25",
    /// The invitation has expired.
    InvitationExpired = "invite.expired" by "E-26",
    /// The invitation was cancelled, accepted or sent again.
    InvitationGone = "invite.gone" by "E-23",
    /// The invitation's message is too long.
    BadMessage = "invite.message" by "E-26",
    /// Somebody changed the same thing meanwhile.
    Conflict = "conflict.card" by "E-42",
    /// The member is gone meanwhile.
    TargetGone = "conflict.gone" by "E-42",
    /// The actor's access to the workspace began or ended since the command was made.
    GrantChanged = "grant.changed" by "R10",
    /// The roles do not belong together in this scheme.
    RolesNotInScheme = "role.scheme" by "C-5",
    /// No plan was chosen.
    PlanMissing = "plan.choose" by "V-8",
    /// The plan has no room for one more.
    PlanLimit = "plan.limit" by "V-10",
    /// The plan does not have this feature.
    PlanFeature = "plan.feature" by "V-10",
    /// The plan has ended.
    PlanOver = "plan.ended" by "E-60",
    /// Whoever creates a workspace here becomes its owner.
    FounderMissing = "workspace.no_owner" by "U-14",
    /// The name belongs to a workspace in the bin.
    NameReserved = "name.reserved" by "E-17",
    /// A name is empty, too long or has control characters.
    BadName = "name.bad" by "U-40",
    /// A label is too long, has control characters or is one too many.
    BadLabel = "label.bad" by "V-12",
    /// A note is too long.
    BadNote = "note.bad" by "V-21",
    /// The account asks for a reason, and none was given.
    ReasonMissing = "reason.missing" by "E-36",
    /// An end date lies in the past.
    EndInPast = "end.past" by "E-39",
    /// What is left after an end date is no less than before.
    EndNotLower = "end.lower" by "E-39",
    /// A policy's number is outside of its limits.
    BadPolicy = "policy.bad" by "E-26",
    /// The name that was typed is not the account's.
    NameMistyped = "account.mistyped" by "V-50",
    /// The account is going to be deleted already.
    DeletionSet = "account.deletion_set" by "E-16",
    /// Deleting the account takes the yes of a second Account Admin.
    SecondAdmin = "account.second_admin" by "E-14",
    /// The deletion was withdrawn meanwhile.
    DeletionGone = "account.deletion_gone" by "E-16",
    /// An account's deletion is set for 1 to 14 days ahead.
    BadDelay = "account.delay" by "E-16",
    /// The person is not a member of any workspace of the account.
    NotInAccount = "account.person" by "E-34",
    /// The person is Account Admin already.
    AdminExists = "account.admin_exists" by "V-18",
    /// A workspace in the way of leaving or deleting has other people and no other owner.
    SoleOwner = "exit.sole_owner" by "E-15",
    /// The new owner has no account that could hold the workspace.
    OwnerHasNoAccount = "transfer.no_account" by "E-65",
    /// A set of roles has no counterpart in the new scheme.
    MappingMissing = "scheme.mapping" by "E-58",
    /// The account follows this scheme already, or cannot.
    SchemeSame = "scheme.same" by "E-58",
    /// A workspace moves only between accounts of one scheme, and not to its own.
    MoveScheme = "move.scheme" by "E-59",
    /// The workspace is not offered, or not to this account.
    NotOffered = "move.not_offered" by "E-59",
    /// The role comes from a group and can be changed only there.
    FromGroup = "group.member" by "E-37",
    /// A group gives built-in roles of an account with reach.
    BadGroup = "group.bad" by "E-37",
    /// A record names one that is not in its workspace.
    ForeignReference = "content.foreign" by "U-47",
    /// Conversations and leads can be looked at, not changed.
    ReadOnlyContent = "content.read_only" by "U-17",
    /// A record is too large, or became another kind.
    BadContent = "content.bad" by "U-44",
    /// A review is due at a time to come.
    ReviewDue = "review.due" by "V-49",
    /// Nobody reviews who may not, and somebody has to.
    BadReviewer = "review.reviewer" by "V-49",
    /// Only a review's reviewers decide in it.
    NotReviewer = "review.not_yours" by "E-48",
    /// Somebody else decides about oneself.
    ReviewOwnLine = "review.own_line" by "E-48",
    /// The decision needs a reason.
    ReviewReason = "review.reason" by "V-49",
    /// Only keeping is decided for several people at once.
    ReviewOneByOne = "review.one_by_one" by "V-49",
    /// The review is closed.
    ReviewClosed = "review.closed" by "E-51",
    /// Something that was decided is not so yet, or two reviewers disagree.
    ReviewUnfinished = "review.unfinished" by "E-50",
    /// A review keeps so many signing keys and hand-outs, and no more.
    ReviewFull = "review.full" by "V-49",
    /// The id belongs to something that exists or existed.
    IdUsed = "id.used" by "R13",
}

/// A value in a refusal's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Param {
    /// A name or an address, shown as it is.
    Text(String),
    /// Roles, named by the interface.
    Roles(RoleSet),
    /// A permission, named by the interface.
    Permission(Permission),
    /// A moment, written for the reader.
    Time(Timestamp),
    /// A count.
    Number(u32),
}

/// A no with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The values of its sentence by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
}

impl Refusal {
    /// A refusal without values.
    pub const fn new(code: RefusalCode) -> Self {
        Self { code, params: BTreeMap::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<RoleSet> for Param {
    fn from(roles: RoleSet) -> Self {
        Self::Roles(roles)
    }
}

impl From<Permission> for Param {
    fn from(permission: Permission) -> Self {
        Self::Permission(permission)
    }
}

impl From<Timestamp> for Param {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

impl From<u32> for Param {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}
