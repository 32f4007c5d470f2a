//! Plans in both senses: what a workspace pays for, and what a change of many things would do
//! (ui.md 4.9).

use muster_domain::{Permission, Plan, RoleSet, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Intent, Submitted, Verdict};

/// What a plan gives; `None` is no limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanView {
    /// The plan.
    #[ts(type = "Plan")]
    pub plan: Plan,
    /// Seats.
    pub seats: Option<u32>,
    /// Agents.
    pub agents: Option<u32>,
    /// Pieces of knowledge.
    pub knowledge: Option<u32>,
    /// Roles of the workspace's own.
    pub own_roles: bool,
}

/// What a change of many things would do, line by line, each line seeing those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanPreview {
    /// The lines in the order asked.
    pub lines: Vec<PlanLine>,
    /// How many can be done.
    pub allowed: u32,
    /// How many are refused.
    pub blocked: u32,
    /// How many are so already.
    pub unchanged: u32,
    /// How many would give somebody more rights (R16).
    pub widening: u32,
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanLine {
    /// What it is about: the person's name, or the workspace's.
    pub name: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// What is done, where roles before and after do not say it.
    pub act: PlanAct,
    /// The end date that it sets.
    #[ts(type = "number | null")]
    pub until: Option<Timestamp>,
    /// The roles so far.
    #[ts(type = "Role[]")]
    pub from: RoleSet,
    /// The roles after the change; empty where access ends.
    #[ts(type = "Role[]")]
    pub to: RoleSet,
    /// What they gain.
    #[ts(type = "Permission[]")]
    pub gains: Vec<Permission>,
    /// What they lose.
    #[ts(type = "Permission[]")]
    pub loses: Vec<Permission>,
    /// What the rules expect.
    pub verdict: Verdict,
    /// What has to be said before it is done, where it can be done.
    pub grave: Option<Grave>,
}

/// What a line of a plan does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanAct {
    /// It changes roles.
    Roles,
    /// It sets or clears an end date.
    End,
    /// It suspends.
    Suspend,
    /// It lets back in.
    Resume,
    /// It removes.
    Remove,
    /// It adds somebody of the account (C-13).
    Add,
    /// It invites.
    Invite,
    /// It changes the roles of an invitation.
    InvitationRoles,
    /// It cancels an invitation.
    Revoke,
    /// It makes somebody Account Admin.
    AddAdmin,
    /// It takes the adminship from somebody.
    RemoveAdmin,
    /// Something else.
    Other,
}

/// Why a change that is allowed is asked for once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grave {
    /// Afterwards only the Account Admins manage the workspace (E-3).
    LastManager,
    /// Somebody gives up rights of their own (E-7).
    OwnRights,
}

/// A plan to carry out: the lines that were left ticked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct PlanRun {
    /// What to do, in order.
    pub intents: Vec<Intent>,
}

/// What became of a plan, line by line in the order asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanResult {
    /// One result for each intent.
    pub lines: Vec<Submitted>,
}

/// What a change of a group does (E-37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GroupPreview {
    /// Memberships that begin, change or end, at most 1,000.
    pub lines: Vec<PlanLine>,
    /// How many in all.
    pub total: u32,
    /// How many of them give somebody more rights.
    pub widening: u32,
    /// What the rules expect of the change as a whole.
    pub verdict: Verdict,
}
