//! Whom a change concerns, so that pokes reach those and nobody else.

use muster_domain::{AccountId, Address, Event, LoginId, Part, Row, WorkspaceId, WorkspaceStatus};

use crate::history::part_of;

/// What a committed change touched. It has ids and addresses only and never leaves the process.
#[derive(Debug, Clone)]
pub struct Change {
    accounts: Vec<AccountId>,
    seen: Vec<Seen>,
    logins: Vec<LoginId>,
    addresses: Vec<Address>,
    access: AccessOf,
}

/// A workspace in which something changed, and the part of it that shows the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The part; `None` is shown to everybody with access.
    pub part: Option<Part>,
}

/// Whose access, or whose sight of the account itself, the change may have altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessOf {
    /// Of the named logins only.
    Named,
    /// Of everybody who sees the change: what a role gives there is another thing now.
    Seeing,
    /// Of those who see the change and of the accounts' admins: a workspace began or ended.
    Admins,
    /// Of everybody with something in the accounts.
    Everybody,
}

impl Change {
    /// A change that touched nothing yet.
    pub const fn new() -> Self {
        Self {
            accounts: Vec::new(),
            seen: Vec::new(),
            logins: Vec::new(),
            addresses: Vec::new(),
            access: AccessOf::Named,
        }
    }

    /// Adds what an event touches; `account` is the one that it is numbered in.
    pub fn note(&mut self, account: AccountId, event: &Event) {
        self.concern(account);
        match &event.after {
            Row::Account(_) => self.widen(AccessOf::Everybody),
            Row::AccountAdmin(admin) => {
                self.logins.push(admin.login);
                self.widen(AccessOf::Admins);
            }
            Row::Group(_) => self.widen(AccessOf::Admins),
            Row::Workspace(workspace) => {
                self.see(workspace.id, None);
                self.note_workspace(event.before.as_ref(), workspace);
            }
            Row::Membership(membership) => {
                self.see(membership.workspace, part_of(&event.after));
                self.logins.push(membership.login);
            }
            Row::Invitation(invitation) => {
                self.see(invitation.workspace, part_of(&event.after));
                self.addresses.push(invitation.address.clone());
            }
            Row::Role(role) => {
                self.see(role.workspace, None);
                self.widen(AccessOf::Seeing);
            }
            Row::Content(content) => self.see(content.workspace, part_of(&event.after)),
            Row::Review(review) => self.see(review.workspace, part_of(&event.after)),
            Row::ReviewLine(line) => self.see(line.workspace, part_of(&event.after)),
        }
    }

    /// Both ends of a move and of an offer have admins who look on.
    fn note_workspace(&mut self, before: Option<&Row>, after: &muster_domain::Workspace) {
        let before = match before {
            Some(Row::Workspace(before)) => Some(before),
            Some(_) | None => None,
        };
        for side in before.into_iter().chain([after]) {
            self.concern(side.account);
            if let Some(offer) = &side.offer {
                self.concern(offer.to);
                self.widen(AccessOf::Admins);
            }
        }
        let goes_on = before.is_some_and(|before| {
            before.account == after.account
                && before.status == WorkspaceStatus::Active
                && after.status == WorkspaceStatus::Active
        });
        if !goes_on {
            self.widen(AccessOf::Admins);
        }
    }

    fn concern(&mut self, account: AccountId) {
        if !self.accounts.contains(&account) {
            self.accounts.push(account);
        }
    }

    fn widen(&mut self, access: AccessOf) {
        self.access = self.access.max(access);
    }

    /// Adds that the account's own rows changed, for those who see them.
    pub fn account(&mut self, account: AccountId) {
        self.concern(account);
        self.widen(AccessOf::Admins);
    }

    /// Adds that somebody's own row changed.
    pub fn name(&mut self, login: LoginId) {
        self.logins.push(login);
    }

    /// Adds that a part of a workspace changed.
    pub fn see(&mut self, workspace: WorkspaceId, part: Option<Part>) {
        let seen = Seen { workspace, part };
        if !self.seen.contains(&seen) {
            self.seen.push(seen);
        }
    }

    /// The accounts.
    pub fn accounts(&self) -> &[AccountId] {
        &self.accounts
    }

    /// What changed where.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// The workspaces in which something changed, each once.
    pub fn workspaces(&self) -> Vec<WorkspaceId> {
        let mut all: Vec<_> = self.seen.iter().map(|seen| seen.workspace).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether this login's own access may have changed.
    pub fn concerns(&self, login: LoginId) -> bool {
        self.logins.contains(&login)
    }

    /// Whether an invitation to one of these addresses changed.
    pub fn invites(&self, addresses: &[Address]) -> bool {
        self.addresses.iter().any(|it| addresses.contains(it))
    }

    /// Whose access may have changed besides.
    pub const fn access(&self) -> AccessOf {
        self.access
    }
}

impl Default for Change {
    fn default() -> Self {
        Self::new()
    }
}
