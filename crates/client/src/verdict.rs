//! What the rules of this copy expect, in the window's terms.

use std::cell::RefCell;
use std::collections::HashMap;

use muster_cache::{Cache, WorkspaceEntry};
use muster_domain::{
    Account, AccountId, Command, Decision, Facts, OfflineClass, OwnRole, Permission, RoleSet,
    Timestamp, TouchesOwnerClass, WorkspaceId,
};
use muster_sync::{Connection as Link, ConnectionState as LinkState};

use crate::clock;
use crate::view::{Failure, FailureCode, Verdict};

/// The rules as they stand in this copy, for as long as one question takes.
pub(crate) struct Bench<'a> {
    pub cache: &'a Cache,
    pub link: Link,
    pub now: Timestamp,
    /// Names of those who hold a permission: many rows of one list ask for the same.
    pub(crate) names: RefCell<HashMap<(WorkspaceId, Permission), Vec<String>>>,
}

impl<'a> Bench<'a> {
    /// Over this copy, at this moment.
    pub(crate) fn new(cache: &'a Cache, link: Link) -> Self {
        Self { cache, link, now: clock::now(), names: RefCell::default() }
    }

    /// Whether a command can be sent now.
    pub(crate) fn is_online(&self) -> bool {
        self.link.state == LinkState::Online
    }

    /// What is expected of a command.
    pub(crate) fn verdict(&self, command: &Command) -> Result<Verdict, Failure> {
        let decision = self.cache.predict(command, self.now)?;
        self.of_decision(command, decision)
    }

    /// A decision in the window's terms, with what needs a connection told apart (R14).
    pub(crate) fn of_decision(
        &self,
        command: &Command,
        decision: Decision,
    ) -> Result<Verdict, Failure> {
        match decision {
            Decision::Accept(_) => self.if_sendable(command),
            Decision::Unknown => Ok(self.sendable(command)?.unwrap_or(Verdict::Unknown)),
            Decision::NoOp => Ok(Verdict::NoOp),
            Decision::Hide => Ok(Verdict::Hidden),
            Decision::Refuse(refusal) => {
                let reason = self.reason_of(command, refusal)?;
                Ok(Verdict::Refused { reason })
            }
        }
    }

    /// A yes, where the command could be sent now.
    pub(crate) fn if_sendable(&self, command: &Command) -> Result<Verdict, Failure> {
        Ok(self.sendable(command)?.unwrap_or(Verdict::Allowed))
    }

    fn sendable(&self, command: &Command) -> Result<Option<Verdict>, Failure> {
        if self.is_online() {
            return Ok(None);
        }
        Ok(self.offline_sentence(command)?.map(|sentence| Verdict::NeedsConnection { sentence }))
    }

    /// The sentence for a command that cannot wait, or `None` for one that can.
    pub(crate) fn offline_sentence(&self, command: &Command) -> Result<Option<String>, Failure> {
        let touches = self.touches_owner_class(command)?;
        Ok(match command.offline_class(touches) {
            OfflineClass::Queue => None,
            OfflineClass::Draft | OfflineClass::OnlineOnly => Some(sentence(command).to_owned()),
        })
    }

    fn touches_owner_class(&self, command: &Command) -> Result<TouchesOwnerClass, Failure> {
        let Some(id) = command.membership() else { return Ok(TouchesOwnerClass::No) };
        let Some(entry) = self.cache.member(id)? else { return Ok(TouchesOwnerClass::No) };
        let Some(account) = self.account(entry.member.workspace)? else {
            return Ok(TouchesOwnerClass::No);
        };
        let after = match command {
            Command::SetMemberRoles { roles, .. } => *roles,
            _ => RoleSet::NONE,
        };
        let rules = account.rules();
        if rules.is_owner_class(entry.member.roles) || rules.is_owner_class(after) {
            Ok(TouchesOwnerClass::Yes)
        } else {
            Ok(TouchesOwnerClass::No)
        }
    }

    /// The account of a workspace.
    pub(crate) fn account(&self, workspace: WorkspaceId) -> Result<Option<Account>, Failure> {
        Ok(self.cache.workspace(workspace)?.map(|entry| entry.account))
    }

    /// The account of this id, if I have something in it.
    pub(crate) fn account_of(&self, id: AccountId) -> Result<Account, Failure> {
        let found = self.cache.accounts()?.into_iter().find(|it| it.id == id);
        found.ok_or_else(|| Failure::new(FailureCode::NotFound))
    }

    /// The name of an account, if I have something in it.
    pub(crate) fn account_name(&self, id: AccountId) -> Result<Option<String>, Failure> {
        Ok(self.cache.accounts()?.into_iter().find(|it| it.id == id).map(|it| it.name))
    }

    /// A workspace that I can open.
    pub(crate) fn place(&self, workspace: WorkspaceId) -> Result<WorkspaceEntry, Failure> {
        if let Some(entry) = self.cache.workspace(workspace)? {
            return Ok(entry);
        }
        let is_coming = self.cache.is_on_its_way(workspace)?;
        let code = if is_coming { FailureCode::OnItsWay } else { FailureCode::NotFound };
        Err(Failure::new(code))
    }

    /// The roles of the workspace's own.
    pub(crate) fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, Failure> {
        Ok(self.cache.own_roles(workspace)?)
    }

    /// What I may do in a workspace, and what the rules know of it.
    pub(crate) fn facts(&self, workspace: WorkspaceId) -> Result<Facts, Failure> {
        let me = self.cache.me()?;
        Ok(self.cache.read(|mirror| Facts::of_workspace(mirror, &me, workspace, self.now))?)
    }
}

/// What is said of a command that needs a connection (ui.md 8.2).
const fn sentence(command: &Command) -> &'static str {
    match command {
        Command::DeleteWorkspace { .. } => "offline.delete",
        Command::LeaveWorkspace { .. } => "offline.leave",
        // These wait otherwise; what does not is what makes or unmakes an owner.
        Command::SetMemberRoles { .. }
        | Command::SetMemberEnd { .. }
        | Command::SuspendMember { .. }
        | Command::ResumeMember { .. }
        | Command::RemoveMember { .. } => "offline.owner",
        Command::ResendInvitation { .. }
        | Command::SetInvitationRoles { .. }
        | Command::ConfirmInvitation { .. }
        | Command::RevokeInvitation { .. } => "offline.invitation",
        Command::RenameAccount { .. }
        | Command::SetPolicy { .. }
        | Command::AddAdmin { .. }
        | Command::RemoveAdmin { .. }
        | Command::LeaveAccount { .. }
        | Command::DeleteAccount { .. }
        | Command::ScheduleDeletion { .. }
        | Command::ConfirmDeletion { .. }
        | Command::WithdrawDeletion { .. }
        | Command::SetScheme { .. }
        | Command::CreateWorkspace { .. }
        | Command::RenameWorkspace { .. }
        | Command::SetWorkspaceLabels { .. }
        | Command::SetWorkspaceColour { .. }
        | Command::SetPlan { .. }
        | Command::EndPlan { .. }
        | Command::RestoreWorkspace { .. }
        | Command::OfferWorkspace { .. }
        | Command::EndOffer { .. }
        | Command::AcceptOffer { .. }
        | Command::AddMember { .. }
        | Command::SetMemberLabels { .. }
        | Command::SetMemberNote { .. }
        | Command::CreateInvitation { .. }
        | Command::DefineRole { .. }
        | Command::ChangeRole { .. }
        | Command::DeleteRole { .. }
        | Command::CreateContent { .. }
        | Command::ChangeContent { .. }
        | Command::DeleteContent { .. }
        | Command::CreateGroup { .. }
        | Command::ChangeGroup { .. }
        | Command::DeleteGroup { .. }
        | Command::AddGroupPerson { .. }
        | Command::RemoveGroupPerson { .. }
        | Command::SetReviewers { .. }
        | Command::DecideReview { .. }
        | Command::EnterReview { .. }
        | Command::RegisterReviewKey { .. }
        | Command::HandOutReview { .. }
        | Command::CloseReview { .. } => "offline.online_only",
        Command::StartReview { .. } => "offline.review",
    }
}
