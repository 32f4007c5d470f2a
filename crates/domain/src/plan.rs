//! Plans: what a workspace's subscription gives (V-7, V-10, E-28). Limits are data.

use serde::{Deserialize, Serialize};

/// The subscription plan of one workspace (V-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// The smaller plan.
    Basic,
    /// The larger plan.
    Pro,
}

/// What a plan gives. `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Members and open invitations (E-28).
    pub seats: Option<u32>,
    /// Agents.
    pub agents: Option<u32>,
    /// Pieces of knowledge.
    pub knowledge: Option<u32>,
    /// Whether the workspace can have roles of its own.
    pub own_roles: bool,
}

impl Plan {
    /// Both plans.
    pub const ALL: &[Plan] = &[Plan::Basic, Plan::Pro];

    /// What the plan gives.
    pub const fn limits(self) -> Limits {
        match self {
            Plan::Basic => Limits {
                seats: Some(100),
                agents: Some(10),
                knowledge: Some(100),
                own_roles: false,
            },
            Plan::Pro => Limits { seats: None, agents: None, knowledge: None, own_roles: true },
        }
    }

    /// How many seats the plan has; `None` is no limit (E-28).
    pub const fn seats(self) -> Option<u32> {
        self.limits().seats
    }

    /// The stable key, as it stands on the wire and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Plan::Basic => "basic",
            Plan::Pro => "pro",
        }
    }
}
