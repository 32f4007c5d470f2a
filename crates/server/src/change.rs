//! Whom a change concerns, so that pokes reach those and nobody else.

use muster_domain::{AccountId, Event, LoginId, Row, ViewClass, WorkspaceId, WorkspaceStatus};

/// What a committed change touched. It has ids only and never leaves the process.
#[derive(Debug, Clone)]
pub struct Change {
    account: AccountId,
    seen: Vec<Seen>,
    logins: Vec<LoginId>,
    access: AccessOf,
}

/// A workspace in which something changed, and the least view that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The least view class that shows the change.
    pub view: ViewClass,
}

/// Whose access the change may have altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessOf {
    /// Of the named logins only.
    Named,
    /// Of everybody with access to the account: a workspace began or ended.
    Account,
}

impl Change {
    /// A change of this account that touched nothing yet.
    pub const fn new(account: AccountId) -> Self {
        Self { account, seen: Vec::new(), logins: Vec::new(), access: AccessOf::Named }
    }

    /// Adds what an event touches.
    pub fn note(&mut self, event: &Event) {
        match &event.after {
            Row::Account(_) => self.access = AccessOf::Account,
            Row::AccountAdmin(admin) => {
                self.logins.push(admin.login);
                self.access = AccessOf::Account;
            }
            Row::Workspace(workspace) => {
                self.see(workspace.id, ViewClass::Own);
                if event.before.is_none() || workspace.status == WorkspaceStatus::Trashed {
                    self.access = AccessOf::Account;
                }
            }
            Row::Membership(membership) => {
                self.see(membership.workspace, ViewClass::Members);
                self.logins.push(membership.login);
            }
            Row::Invitation(invitation) => self.see(invitation.workspace, ViewClass::Manage),
        }
    }

    fn see(&mut self, workspace: WorkspaceId, view: ViewClass) {
        let seen = Seen { workspace, view };
        if !self.seen.contains(&seen) {
            self.seen.push(seen);
        }
    }

    /// The account.
    pub const fn account(&self) -> AccountId {
        self.account
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

    /// Whose access may have changed besides.
    pub const fn access(&self) -> AccessOf {
        self.access
    }
}
