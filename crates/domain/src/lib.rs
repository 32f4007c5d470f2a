//! The rule book: what exists, who may do what, and one pure decision.
//!
//! The desktop runs this crate to predict, the server runs it to judge (R13). It has no I/O,
//! clock, randomness or database; facts are loaded first through [`Lookup`], then [`decide`]
//! answers from them alone.

pub mod about;
pub mod address;
pub mod colour;
pub mod command;
pub mod content;
pub mod decide;
pub mod event;
pub mod facts;
pub mod found;
pub mod ids;
pub mod labels;
pub mod lookup;
pub mod mention;
pub mod name;
pub mod object;
pub mod offline;
pub mod permission;
pub mod plan;
pub mod public_key;
pub mod quiet_days;
pub mod refusal;
pub mod review;
pub mod right;
pub mod role;
pub mod role_set;
pub mod scheme;
pub mod time;
pub mod view;

pub use address::Address;
pub use colour::Colour;
pub use command::{
    About, Command, OfflineClass, Replacement, RoleMapping, RolesTo, TouchesOwnerClass,
};
pub use content::{Activity, Content, ContentBody, ContentKind, KnowledgeSource, TalkState};
pub use decide::{
    Decision, Due, decide, decide_acceptance, decide_decline, decide_due, decide_trouble,
};
pub use event::{Event, EventKind};
pub use facts::{Facts, Place, Standing};
pub use found::{Founding, found_account};
pub use ids::{
    AccountId, CampaignId, CommandId, ContentId, DeviceId, GroupId, HandOutId, InvitationId,
    LoginId, MembershipId, ParseIdError, ReviewId, RoleId, WorkspaceId,
};
pub use labels::Labels;
pub use lookup::{Known, Lookup};
pub use object::{
    Account, AccountAdmin, AccountStatus, BIN_DAYS, Covers, Deletion, End, Ended, Group,
    GroupPerson, Invitation, InvitationState, InvitationTrouble, Login, LoginStatus, MemberState,
    Membership, Offer, OwnRole, Parted, Row, SECOND_ADMIN_DAYS, Workspace, WorkspaceKind,
    WorkspaceStatus,
};
pub use permission::{Permission, PermissionSet};
pub use plan::{Limits, Plan};
pub use public_key::{ParseKeyError, PublicKey};
pub use quiet_days::{QuietDays, QuietDaysError};
pub use refusal::{Param, Refusal, RefusalCode};
pub use review::{
    Choice, Decided, HandOut, LastReview, Review, ReviewLine, Reviewer, SigningKey, Standpoint,
    Undecided,
};
pub use right::Right;
pub use role::Role;
pub use role_set::{OWN_ROLES, OwnRoles, RoleSet};
pub use scheme::{AdminReach, MayCreate, RolesPerMember, Scheme, SchemeId};
pub use time::Timestamp;
pub use view::{Part, View};

/// The version of the rules in this crate; app and server tell each other theirs (sync.md 4.6).
pub const RULES_VERSION: u32 = 3;
