//! What the rules of this copy expect, in the window's terms.

use muster_cache::{Cache, CacheError, MemberStatus, MemberWindowQuery};
use muster_domain::{
    Account, AdminReach, Command, Decision, Facts, OfflineClass, Param, Permission, Refusal,
    RefusalCode, Role, RoleSet, TouchesOwnerClass, WorkspaceId,
};
use muster_sync::{Connection as Link, ConnectionState as LinkState};

use crate::clock;
use crate::view::{Failure, Reason, Verdict};

/// How many names a sentence gives of those who could do it.
const NAMES: u32 = 3;

/// One workspace's rules as they stand in this copy.
pub(crate) struct Bench<'a> {
    pub cache: &'a Cache,
    pub link: Link,
}

impl Bench<'_> {
    /// Whether a command can be sent now.
    pub(crate) fn is_online(&self) -> bool {
        self.link.state == LinkState::Online
    }

    /// What is expected of a command.
    pub(crate) fn verdict(&self, command: &Command) -> Result<Verdict, Failure> {
        let decision = self.cache.predict(command, clock::now())?;
        self.of_decision(command, decision)
    }

    /// A decision in the window's terms, with what needs a connection told apart (R14).
    pub(crate) fn of_decision(
        &self,
        command: &Command,
        decision: Decision,
    ) -> Result<Verdict, Failure> {
        match decision {
            Decision::Accept(_) => Ok(self.sendable(command)?.unwrap_or(Verdict::Allowed)),
            Decision::Unknown => Ok(self.sendable(command)?.unwrap_or(Verdict::Unknown)),
            Decision::NoOp => Ok(Verdict::NoOp),
            Decision::Hide => Ok(Verdict::Hidden),
            Decision::Refuse(refusal) => {
                let reason = self.reason(command.workspace(), refusal)?;
                Ok(Verdict::Refused { reason })
            }
        }
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
        let sentence = match command.offline_class(touches) {
            OfflineClass::Queue => return Ok(None),
            OfflineClass::Draft => "offline.online_only",
            OfflineClass::OnlineOnly => match command {
                Command::DeleteWorkspace { .. } => "offline.delete",
                Command::LeaveWorkspace { .. } => "offline.leave",
                Command::SetMemberRoles { .. }
                | Command::SuspendMember { .. }
                | Command::ResumeMember { .. }
                | Command::RemoveMember { .. } => "offline.owner",
                Command::ResendInvitation { .. } | Command::RevokeInvitation { .. } => {
                    "offline.invitation"
                }
                Command::CreateWorkspace { .. }
                | Command::RenameWorkspace { .. }
                | Command::CreateInvitation { .. } => "offline.online_only",
            },
        };
        Ok(Some(sentence.to_owned()))
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

    /// What I may do in a workspace, and what the rules know of it.
    pub(crate) fn facts(&self, workspace: WorkspaceId) -> Result<Facts, Failure> {
        let me = self.cache.me()?;
        Ok(self.cache.read(|mirror| Facts::of_workspace(mirror, &me, workspace))?)
    }

    /// A refusal with the values that only the copy knows: who could do it, and my own role.
    pub(crate) fn reason(
        &self,
        workspace: Option<WorkspaceId>,
        refusal: Refusal,
    ) -> Result<Reason, Failure> {
        let needed = needed(&refusal);
        let mut reason = Reason::from(refusal);
        let Some(workspace) = workspace else { return Ok(reason) };
        let Some(entry) = self.cache.workspace(workspace)? else { return Ok(reason) };
        let mut add = |name: &str, value: Param| {
            reason.params.entry(name.to_owned()).or_insert(value);
        };
        add("workspace", Param::Text(entry.workspace.name.clone()));
        add("account", Param::Text(entry.account.name.clone()));
        let own = entry.my_membership.as_ref().map_or(RoleSet::NONE, |it| it.roles);
        add("own", Param::Roles(own));
        if let Some(permission) = needed {
            let names = self.who_has(workspace, &entry.account, permission)?;
            add("names", Param::Text(names.join(", ")));
        }
        Ok(reason)
    }

    /// Names of those who hold a permission here, me left out.
    fn who_has(
        &self,
        workspace: WorkspaceId,
        account: &Account,
        permission: Permission,
    ) -> Result<Vec<String>, CacheError> {
        let me = self.cache.me()?.id;
        let roles: Vec<Role> = account
            .rules()
            .roles
            .iter()
            .copied()
            .filter(|role| role.permissions().has(permission))
            .collect();
        let query = MemberWindowQuery {
            roles,
            status: MemberStatus::Active,
            ..MemberWindowQuery::of(workspace, NAMES + 1)
        };
        let mut names: Vec<String> = self
            .cache
            .members(&query)?
            .rows
            .into_iter()
            .filter(|entry| entry.member.login != me)
            .map(|entry| entry.member.name)
            .collect();
        if account.rules().account_admin_reach == AdminReach::All {
            let admins = self.cache.admins(account.id)?;
            names.extend(
                admins.into_iter().filter(|it| it.active && it.login != me).map(|it| it.name),
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names.truncate(NAMES as usize);
        Ok(names)
    }
}

/// The permission whose holders could do what was refused.
fn needed(refusal: &Refusal) -> Option<Permission> {
    match refusal.code {
        RefusalCode::Missing | RefusalCode::GrantTooWide | RefusalCode::TargetTooStrong => {
            match refusal.params.get("permission") {
                Some(Param::Permission(permission)) => Some(*permission),
                _ => None,
            }
        }
        RefusalCode::MayNotInvite => Some(Permission::MemberManage),
        RefusalCode::OwnerOnly => Some(Permission::OwnerAssign),
        RefusalCode::MayNotCreate
        | RefusalCode::LastOwnerRemove
        | RefusalCode::LastOwnerDemote
        | RefusalCode::LastOwnerStepDown
        | RefusalCode::LastOwnerSuspend
        | RefusalCode::LastOwnerLeave
        | RefusalCode::LastWorkspace
        | RefusalCode::PersonalDelete
        | RefusalCode::PersonalLeave
        | RefusalCode::PersonalOwner
        | RefusalCode::NotVisible
        | RefusalCode::NoSeat
        | RefusalCode::InviterLostRight
        | RefusalCode::MemberExists
        | RefusalCode::InvitationExists
        | RefusalCode::WrongPerson
        | RefusalCode::InvitationExpired
        | RefusalCode::InvitationGone
        | RefusalCode::Conflict
        | RefusalCode::TargetGone
        | RefusalCode::GrantChanged
        | RefusalCode::RolesNotInScheme
        | RefusalCode::PlanMissing
        | RefusalCode::FounderMissing
        | RefusalCode::BadName
        | RefusalCode::IdUsed => None,
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code, rule: refusal.code.rule().to_owned(), params: refusal.params }
    }
}
