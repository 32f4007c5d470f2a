//! The rule book: what exists, who may do what, and one pure decision.
//!
//! The desktop runs this crate to predict, the server runs it to judge (R13). It has no I/O,
//! clock, randomness or database; facts are loaded first through [`Lookup`], then [`decide`]
//! answers from them alone.

pub mod address;
pub mod command;
pub mod decide;
pub mod event;
pub mod facts;
pub mod found;
pub mod ids;
pub mod object;
pub mod permission;
pub mod refusal;
pub mod role;
pub mod scheme;
pub mod time;
pub mod view;

pub use address::Address;
pub use command::{Command, OfflineClass, TouchesOwnerClass};
pub use decide::{Decision, decide, decide_acceptance};
pub use event::{Event, EventKind};
pub use facts::{Facts, Known, Lookup};
pub use found::{Founding, found_account};
pub use ids::{
    AccountId, CommandId, DeviceId, InvitationId, LoginId, MembershipId, ParseIdError, WorkspaceId,
};
pub use object::{
    Account, AccountAdmin, Ended, Invitation, InvitationState, Login, LoginStatus, MemberState,
    Membership, Plan, Row, Workspace, WorkspaceKind, WorkspaceStatus,
};
pub use permission::{Permission, PermissionSet};
pub use refusal::{Param, Refusal, RefusalCode};
pub use role::{Role, RoleSet};
pub use scheme::{AdminReach, MayCreate, RolesPerMember, Scheme, SchemeId};
pub use time::Timestamp;
pub use view::ViewClass;

/// The version of the rules in this crate; app and server tell each other theirs (sync.md 4.6).
pub const RULES_VERSION: u32 = 1;
