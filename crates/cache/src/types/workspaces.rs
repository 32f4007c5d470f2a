//! Which workspaces to show, and what is shown of each.

use std::collections::BTreeSet;

use muster_domain::{Account, AccountId, Membership, Plan, View, Workspace, WorkspaceId};

/// Which workspaces to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceQuery {
    /// Words in the name, a label or the account's name, in any order, accents ignored, small
    /// slips forgiven.
    pub text: String,
    /// Only those that fit this.
    pub filter: WorkspaceFilter,
    /// In which order they come while no text is looked for.
    pub order: WorkspaceOrder,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// Which workspaces fit; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those with this label (V-12).
    pub label: Option<String>,
    /// Only those on this plan.
    pub plan: Option<Plan>,
    /// Only those that are known to have one owner (E-38).
    pub one_owner: bool,
    /// What to do with those that the person hid on this device.
    pub hidden: HiddenOnes,
}

impl WorkspaceFilter {
    /// Whether everything fits.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// The order of a list of workspaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WorkspaceOrder {
    /// By name.
    #[default]
    Name,
    /// As the switcher shows them: pinned, opened last, then all others by name.
    Switcher,
}

/// What a list does with hidden workspaces (E-19).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HiddenOnes {
    /// It has them, as the Workspaces page does.
    #[default]
    Listed,
    /// It leaves them out, as the switcher does.
    LeftOut,
}

/// A page of workspaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceWindow {
    /// How many there are.
    pub total: u32,
    /// How many match text and filter.
    pub matched: u32,
    /// How many of the first ones are pinned, in the switcher's order.
    pub pinned: u32,
    /// How many after them were opened last, in the switcher's order.
    pub recent: u32,
    /// The asked rows, best match first, then by name.
    pub rows: Vec<WorkspaceEntry>,
}

/// One workspace with what its list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceEntry {
    /// The workspace, with unsent changes.
    pub workspace: Workspace,
    /// The confirmed workspace, where an unsent change touches it.
    pub confirmed: Option<Workspace>,
    /// Its account.
    pub account: Account,
    /// My present membership, with unsent changes.
    pub my_membership: Option<Membership>,
    /// Whether I am Account Admin of its account.
    pub account_admin: bool,
    /// What I may see of it; `None` until the server has granted it.
    pub view: Option<View>,
    /// Whether its copy is whole.
    pub whole: bool,
    /// Members, confirmed, where I may see them: with the suspended, as the roster counts them.
    pub people: Option<u32>,
    /// Active owner-class members, confirmed, where I may see them.
    pub owners: Option<u32>,
    /// Changes waiting in it.
    pub not_sent: u32,
    /// Refused changes in it.
    pub refused: u32,
    /// How many of those met a change of the same thing by somebody else (E-42).
    pub needs_you: u32,
    /// Whether another workspace here has the same name (E-56).
    pub same_name: bool,
    /// Whether the person hid it on this device (E-19).
    pub hidden: bool,
    /// Its place among the pinned ones, from 0.
    pub pinned: Option<u32>,
}

/// What the person chose for this device. It survives a copy that is fetched anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Hidden workspaces (E-19).
    pub hidden: BTreeSet<WorkspaceId>,
    /// Pinned workspaces in their order.
    pub pinned: Vec<WorkspaceId>,
    /// The five that were opened last, the last first.
    pub recent: Vec<WorkspaceId>,
}

/// Whether something is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    On,
    /// It is not.
    Off,
}
