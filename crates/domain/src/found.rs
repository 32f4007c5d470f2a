//! Founding: what sign-up creates (V-1, V-4, U-2..5).

use crate::event::{Event, EventKind};
use crate::ids::{AccountId, MembershipId, WorkspaceId};
use crate::labels::Labels;
use crate::name::clean_name;
use crate::object::{
    Account, AccountAdmin, AccountStatus, Login, MemberState, Membership, Row, Workspace,
    WorkspaceKind, WorkspaceStatus,
};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::role_set::RoleSet;
use crate::scheme::SchemeId;
use crate::time::Timestamp;

/// What somebody asks for at sign-up.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The account's id.
    pub account: AccountId,
    /// The first workspace's id.
    pub workspace: WorkspaceId,
    /// The founder's membership.
    pub membership: MembershipId,
    /// The role scheme.
    pub scheme: SchemeId,
    /// The account's name; `None` names it after the person.
    pub account_name: Option<String>,
    /// The first workspace's name; `None` is "Alex's workspace" for a personal one (U-4), in
    /// the person's language if the app sends one, and the account's name for others.
    pub workspace_name: Option<String>,
}

/// The events of a sign-up: account, its first admin, its first workspace, its first member.
///
/// # Errors
/// [`crate::RefusalCode::BadName`] when a name cannot be one.
pub fn found_account(
    founder: &Login,
    founding: Founding,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let scheme = founding.scheme.scheme();
    let account_name = clean_name(founding.account_name.as_deref().unwrap_or(&founder.name))?;
    let workspace_name = match (&founding.workspace_name, scheme.default_kind) {
        (Some(name), _) => clean_name(name)?,
        (None, WorkspaceKind::Personal) => format!("{}’s workspace", first_name(&founder.name)),
        (None, WorkspaceKind::Standard) => account_name.clone(),
    };
    let account = Account {
        id: founding.account,
        name: account_name,
        scheme: founding.scheme,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: 0,
        second_admin: false,
        second_admin_until: None,
        name_days: 0,
        parted: None,
        deletion: None,
        status: AccountStatus::Active,
    };
    let admin = AccountAdmin {
        account: account.id,
        login: founder.id,
        name: founder.name.clone(),
        address: founder.address.clone(),
        since: now,
        by: None,
        active: true,
    };
    let workspace = Workspace {
        id: founding.workspace,
        account: account.id,
        kind: scheme.default_kind,
        name: workspace_name,
        plan: Plan::Basic,
        status: WorkspaceStatus::Active,
        created: now,
        labels: Labels::default(),
        plan_ended: None,
        trashed: None,
        offer: None,
        colour: None,
    };
    let member = new_member(
        founding.membership,
        &workspace,
        founder,
        RoleSet::of(&[scheme.owner_class_role]),
        None,
        now,
    );
    Ok(vec![
        created(EventKind::AccountCreated, Row::Account(account)),
        created(EventKind::AdminAdded, Row::AccountAdmin(admin)),
        created(EventKind::WorkspaceCreated, Row::Workspace(workspace)),
        created(EventKind::MemberJoined, Row::Membership(member)),
    ])
}

/// The event of something that was not there before.
pub(crate) const fn created(kind: EventKind, after: Row) -> Event {
    Event { kind, before: None, after }
}

/// An active membership that begins now.
pub(crate) fn new_member(
    id: MembershipId,
    workspace: &Workspace,
    login: &Login,
    roles: RoleSet,
    given_by: Option<String>,
    now: Timestamp,
) -> Membership {
    Membership {
        id,
        workspace: workspace.id,
        login: login.id,
        name: login.name.clone(),
        address: login.address.clone(),
        roles,
        state: MemberState::Active,
        until: None,
        given_by,
        given_at: Some(now),
        labels: Labels::default(),
        note: String::new(),
        group: None,
        joined: now,
        ended: None,
    }
}

/// The part of a person's name that names their workspace (U-4).
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
