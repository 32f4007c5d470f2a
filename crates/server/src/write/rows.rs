//! A change as rows: which account numbers it, and which grants begin anew by it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use muster_domain::facts::own_of;
use muster_domain::{
    AccountId, AccountStatus, Event, LoginId, MemberState, Membership, OwnRole, OwnRoles, RoleSet,
    Row, View, WorkspaceId, WorkspaceStatus,
};

use super::{Origin, WriteError};
use crate::store::{AuditRow, Tx};

/// The numbers of a change: one for each account that it is in.
pub(super) struct Numbers {
    first: u64,
    by_account: BTreeMap<AccountId, u64>,
    /// The account of each workspace after the change.
    places: BTreeMap<WorkspaceId, AccountId>,
    erased: BTreeSet<AccountId>,
}

impl Numbers {
    /// Draws them; a new account is opened first, because its number is drawn from it.
    ///
    /// What happens to a workspace that moves is numbered by the account that it moves to,
    /// above everything that it was numbered by so far: its rows and grants only ever rise.
    pub(super) fn draw(tx: &dyn Tx, events: &[Event]) -> Result<Self, WriteError> {
        let mut numbers = Self {
            first: 0,
            by_account: BTreeMap::new(),
            places: BTreeMap::new(),
            erased: BTreeSet::new(),
        };
        let mut above: BTreeMap<AccountId, u64> = BTreeMap::new();
        for event in events {
            match (&event.before, &event.after) {
                (Some(Row::Workspace(before)), Row::Workspace(after)) => {
                    numbers.places.insert(after.id, after.account);
                    if before.account != after.account {
                        let head = tx.head(before.account)?;
                        let least = above.entry(after.account).or_default();
                        *least = head.max(*least);
                    }
                }
                (_, Row::Workspace(after)) => {
                    numbers.places.insert(after.id, after.account);
                }
                (None, Row::Account(account)) => tx.put_account(account, 0)?,
                (Some(_), Row::Account(account)) if account.status == AccountStatus::Deleted => {
                    numbers.erased.insert(account.id);
                }
                _ => {}
            }
        }
        for event in events {
            let account = numbers.account_of(tx, &event.after)?;
            if let Some(workspace) = workspace_of(&event.after) {
                numbers.places.insert(workspace, account);
            }
            if let Entry::Vacant(place) = numbers.by_account.entry(account) {
                let least = above.get(&account).copied().unwrap_or_default();
                place.insert(tx.draw(account, least)?);
            }
        }
        let first = events.first().ok_or(WriteError::Undecided)?;
        numbers.first = numbers.of(tx, first)?.1;
        Ok(numbers)
    }

    fn account_of(&self, tx: &dyn Tx, row: &Row) -> Result<AccountId, WriteError> {
        match row {
            Row::Account(account) => Ok(account.id),
            Row::AccountAdmin(admin) => Ok(admin.account),
            Row::Group(group) => Ok(group.account),
            Row::Workspace(_)
            | Row::Membership(_)
            | Row::Invitation(_)
            | Row::Role(_)
            | Row::Content(_)
            | Row::Review(_)
            | Row::ReviewLine(_) => {
                let workspace = workspace_of(row).ok_or(WriteError::Undecided)?;
                match self.places.get(&workspace) {
                    Some(account) => Ok(*account),
                    None => Ok(tx.workspace(workspace)?.ok_or(WriteError::Undecided)?.account),
                }
            }
        }
    }

    /// The account of an event and the change's number in it.
    pub(super) fn of(&self, tx: &dyn Tx, event: &Event) -> Result<(AccountId, u64), WriteError> {
        let account = self.account_of(tx, &event.after)?;
        let seq = self.by_account.get(&account).ok_or(WriteError::Undecided)?;
        Ok((account, *seq))
    }

    /// The change's number in a workspace.
    pub(super) fn of_workspace(&self, workspace: WorkspaceId) -> Option<u64> {
        self.by_account.get(self.places.get(&workspace)?).copied()
    }

    /// The number of the change's first event.
    pub(super) const fn first(&self) -> u64 {
        self.first
    }

    /// Whether the account ends with this change.
    pub(super) fn is_erased(&self, account: AccountId) -> bool {
        self.erased.contains(&account)
    }
}

/// What the own roles give before and after a change, where memberships change with them.
pub(super) struct Views(BTreeMap<WorkspaceId, (OwnRoles, OwnRoles)>);

impl Views {
    pub(super) fn load(tx: &dyn Tx, events: &[Event]) -> Result<Self, WriteError> {
        let mut roles: BTreeMap<WorkspaceId, (Vec<OwnRole>, Vec<OwnRole>)> = BTreeMap::new();
        for event in events {
            let (workspace, uses_own) = match &event.after {
                Row::Membership(it) => (it.workspace, uses_own(event.before.as_ref(), it.roles)),
                Row::Role(it) => (it.workspace, true),
                _ => continue,
            };
            if uses_own && !roles.contains_key(&workspace) {
                let held = tx.own_roles(workspace)?;
                roles.insert(workspace, (held.clone(), held));
            }
            if let (Row::Role(role), Some((_, after))) = (&event.after, roles.get_mut(&workspace)) {
                after.retain(|it| it.id != role.id);
                after.push(role.clone());
            }
        }
        let own = |(before, after): (Vec<OwnRole>, Vec<OwnRole>)| (own_of(&before), own_of(&after));
        Ok(Self(roles.into_iter().map(|(workspace, it)| (workspace, own(it))).collect()))
    }

    /// Whether access goes on under the same view, so that its grant keeps its number.
    fn keep(&self, before: Option<&Row>, after: &Membership) -> bool {
        let Some(Row::Membership(before)) = before else { return false };
        let none = (OwnRoles::NONE, OwnRoles::NONE);
        let (own_before, own_after) = self.0.get(&after.workspace).unwrap_or(&none);
        match (before.state, after.state) {
            (MemberState::Active, MemberState::Active) => {
                sight(before.roles, own_before) == sight(after.roles, own_after)
            }
            (_, MemberState::Active) => false,
            (
                _,
                MemberState::Suspended
                | MemberState::Left
                | MemberState::Removed
                | MemberState::Expired,
            ) => true,
        }
    }
}

fn uses_own(before: Option<&Row>, after: RoleSet) -> bool {
    let held = match before {
        Some(Row::Membership(before)) => before.roles.union(after),
        Some(_) | None => after,
    };
    held.iter_own().next().is_some()
}

/// What the roles let see, and whether they let anything.
fn sight(roles: RoleSet, own: &OwnRoles) -> (View, bool) {
    let permissions = roles.permissions(own);
    (View::of(permissions), permissions.is_empty())
}

/// Writes the row of an event.
pub(super) fn put(tx: &dyn Tx, event: &Event, seq: u64, views: &Views) -> Result<(), WriteError> {
    let before = event.before.as_ref();
    match &event.after {
        Row::Account(account) => match account.status {
            AccountStatus::Active => {
                tx.put_account(account, seq)?;
                if changes_scheme(before, account) {
                    tx.renew_reach(account.id, seq)?;
                }
            }
            AccountStatus::Deleted => tx.erase_account(account.id, seq)?,
        },
        Row::AccountAdmin(admin) => {
            let grant_seq = admin_grant_seq(tx, admin.account, admin.login, admin.active, seq)?;
            tx.put_admin(admin, seq, grant_seq)?;
        }
        Row::Workspace(workspace) => {
            tx.put_workspace(workspace, seq)?;
            if workspace.status == WorkspaceStatus::Erased {
                tx.erase_workspace(workspace.id)?;
            }
        }
        Row::Membership(after) => {
            let grant_seq = if views.keep(before, after) {
                tx.membership_grant_seq(after.id)?.unwrap_or(seq)
            } else {
                seq
            };
            tx.put_membership(after, seq, grant_seq)?;
        }
        Row::Invitation(invitation) => tx.put_invitation(invitation, seq)?,
        Row::Role(role) => {
            let view_seq = match before {
                Some(Row::Role(before)) if gives_alike(before, role) => {
                    tx.role_view_seq(role.id)?.unwrap_or(seq)
                }
                Some(_) | None => seq,
            };
            tx.put_role(role, seq, view_seq)?;
        }
        Row::Content(content) => tx.put_content(content, seq)?,
        Row::Group(group) => tx.put_group(group, seq)?,
        Row::Review(review) => tx.put_review(review, seq)?,
        Row::ReviewLine(line) => tx.put_review_line(line, seq)?,
    }
    Ok(())
}

/// Whether the holders of a role see through it what they saw.
fn gives_alike(before: &OwnRole, after: &OwnRole) -> bool {
    View::of(before.permissions) == View::of(after.permissions)
        && before.permissions.is_empty() == after.permissions.is_empty()
}

fn changes_scheme(before: Option<&Row>, after: &muster_domain::Account) -> bool {
    matches!(before, Some(Row::Account(before)) if before.scheme != after.scheme)
}

/// An adminship's number stays while it holds and is new when it begins anew.
fn admin_grant_seq(
    tx: &dyn Tx,
    account: AccountId,
    login: LoginId,
    active: bool,
    seq: u64,
) -> Result<u64, WriteError> {
    let held = tx.administered(login)?.into_iter().find(|it| it.account.id == account);
    Ok(match held {
        Some(held) if active => held.grant_seq,
        Some(_) | None => seq,
    })
}

pub(super) fn json(row: &Row) -> String {
    serde_json::to_string(row).expect("a row has string keys and no cycles")
}

pub(super) const fn workspace_of(row: &Row) -> Option<WorkspaceId> {
    match row {
        Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => None,
        Row::Workspace(workspace) => Some(workspace.id),
        Row::Membership(membership) => Some(membership.workspace),
        Row::Invitation(invitation) => Some(invitation.workspace),
        Row::Role(role) => Some(role.workspace),
        Row::Content(content) => Some(content.workspace),
        Row::Review(review) => Some(review.workspace),
        Row::ReviewLine(line) => Some(line.workspace),
    }
}

/// What the audit table says of an account that was erased.
pub(super) fn erased(origin: &Origin<'_>, account: AccountId) -> AuditRow {
    AuditRow {
        at: origin.now,
        login: Some(origin.actor.id),
        device: None,
        kind: "account.deleted",
        detail: account.to_string(),
        request: origin.request.to_owned(),
    }
}
