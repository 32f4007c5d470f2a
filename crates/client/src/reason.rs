//! From a refusal to a reason: the same no, with the names that only the copy knows.

use std::collections::BTreeSet;

use muster_cache::{MemberStatus, MemberWindowQuery};
use muster_domain::{
    About, Account, AdminReach, Command, MembershipId, Param, Permission, Refusal, RefusalCode,
    RoleSet, WorkspaceId,
};

use crate::verdict::Bench;
use crate::view::{Failure, Reason};

/// How many names a sentence gives of those who could do it.
const NAMES: usize = 3;

/// How many holders of a role are looked at to find those names.
const LOOKED_AT: u32 = 32;

/// Who could do what was refused.
enum Who {
    /// Whoever has this permission in the workspace.
    Has(Permission),
    /// The Account Admins.
    Admins,
}

impl Bench<'_> {
    /// Why a command is refused.
    pub(crate) fn reason_of(&self, command: &Command, refusal: Refusal) -> Result<Reason, Failure> {
        let mut reason = self.reason(Some(command.about()), refusal)?;
        if reason.member.is_none() {
            reason.member = command.membership();
        }
        Ok(reason)
    }

    /// A refusal with the values that only the copy knows: who could do it, and my own role.
    pub(crate) fn reason(&self, about: Option<About>, refusal: Refusal) -> Result<Reason, Failure> {
        let who = who(&refusal);
        let mut reason = Reason::from(refusal);
        match about {
            None => {}
            Some(About::Account(id)) => {
                let found = self.cache.accounts()?.into_iter().find(|it| it.id == id);
                if let Some(account) = found {
                    reason.add("account", Param::Text(account.name));
                    reason.account = Some(id);
                }
            }
            Some(About::Workspace(id)) => {
                let Some(entry) = self.cache.workspace(id)? else { return Ok(reason) };
                reason.add("workspace", Param::Text(entry.workspace.name.clone()));
                reason.add("account", Param::Text(entry.account.name.clone()));
                let own = entry.my_membership.as_ref().map_or(RoleSet::NONE, |it| it.roles);
                reason.add("own", Param::Roles(own));
                reason.workspace = Some(id);
                reason.account = Some(entry.account.id);
                reason.member = self.already_here(id, &reason)?;
                let names = match who {
                    None => return Ok(reason),
                    Some(Who::Has(permission)) => self.who_has(id, &entry.account, permission)?,
                    Some(Who::Admins) => self.other_admins(&entry.account)?,
                };
                reason.add("names", Param::Text(names.join(", ")));
            }
        }
        Ok(reason)
    }

    /// The member whom a refused invitation is about (E-22).
    fn already_here(
        &self,
        workspace: WorkspaceId,
        reason: &Reason,
    ) -> Result<Option<MembershipId>, Failure> {
        let (RefusalCode::MemberExists, Some(Param::Text(address))) =
            (reason.code, reason.params.get("address"))
        else {
            return Ok(None);
        };
        let query = MemberWindowQuery {
            text: address.clone(),
            ..MemberWindowQuery::of(workspace, LOOKED_AT)
        };
        let rows = self.cache.members(&query)?.rows.into_iter();
        let mut found = rows.filter(|it| it.member.address.as_str() == address.as_str());
        Ok(found.next().map(|it| it.member.id))
    }

    /// Names of those who hold a permission here, me left out, at most three.
    pub(crate) fn who_has(
        &self,
        workspace: WorkspaceId,
        account: &Account,
        permission: Permission,
    ) -> Result<Vec<String>, Failure> {
        if let Some(names) = self.names.borrow().get(&(workspace, permission)) {
            return Ok(names.clone());
        }
        let roles = self.roles_with(workspace, account, permission)?;
        let names = self.holders(workspace, roles, &|_| true)?;
        let names = self.with_admins(account, names)?;
        self.names.borrow_mut().insert((workspace, permission), names.clone());
        Ok(names)
    }

    /// Names of those who hold exactly one of these sets of roles, and of those with reach.
    pub(crate) fn who_holds(
        &self,
        workspace: WorkspaceId,
        account: &Account,
        sets: &[RoleSet],
    ) -> Result<Vec<String>, Failure> {
        let any = sets.iter().copied().collect();
        let names = self.holders(workspace, any, &|roles| sets.contains(&roles))?;
        self.with_admins(account, names)
    }

    fn with_admins(
        &self,
        account: &Account,
        mut names: Vec<String>,
    ) -> Result<Vec<String>, Failure> {
        if account.rules().account_admin_reach == AdminReach::All {
            names.extend(self.other_admins(account)?);
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names.truncate(NAMES);
        Ok(names)
    }

    fn holders(
        &self,
        workspace: WorkspaceId,
        roles: RoleSet,
        fits: &dyn Fn(RoleSet) -> bool,
    ) -> Result<Vec<String>, Failure> {
        if roles.is_empty() {
            return Ok(Vec::new());
        }
        let me = self.cache.me()?.id;
        let query = MemberWindowQuery {
            roles,
            status: MemberStatus::Active,
            ..MemberWindowQuery::of(workspace, LOOKED_AT)
        };
        let rows = self.cache.members(&query)?.rows;
        Ok(rows
            .into_iter()
            .filter(|entry| entry.member.login != me && fits(entry.member.roles))
            .map(|entry| entry.member.name)
            .take(NAMES)
            .collect())
    }

    /// The roles of a workspace, built-in and own, that give a permission.
    pub(crate) fn roles_with(
        &self,
        workspace: WorkspaceId,
        account: &Account,
        permission: Permission,
    ) -> Result<RoleSet, Failure> {
        let built_in = account.rules().roles.iter().copied();
        let built_in: RoleSet =
            built_in.filter(|role| role.permissions().has(permission)).collect();
        let own = self.own_roles(workspace)?.into_iter();
        let own = own.filter(|role| role.permissions.has(permission));
        Ok(own.map(|role| RoleSet::own(role.slot)).fold(built_in, RoleSet::union))
    }

    /// Names of the Account Admins, me left out, at most three.
    pub(crate) fn other_admins(&self, account: &Account) -> Result<Vec<String>, Failure> {
        let me = self.cache.me()?.id;
        let admins = self.cache.admins(account.id)?.into_iter();
        let mut names: Vec<String> =
            admins.filter(|it| it.active && it.login != me).map(|it| it.name).collect();
        names.truncate(NAMES);
        Ok(names)
    }
}

/// Who could do what was refused, where somebody could.
fn who(refusal: &Refusal) -> Option<Who> {
    match refusal.code {
        RefusalCode::Missing
        | RefusalCode::GrantTooWide
        | RefusalCode::TargetTooStrong
        | RefusalCode::RoleTooWide => match refusal.params.get("permission") {
            Some(Param::Permission(permission)) => Some(Who::Has(*permission)),
            _ => None,
        },
        RefusalCode::MayNotInvite | RefusalCode::InviterLostRight => {
            Some(Who::Has(Permission::MemberManage))
        }
        RefusalCode::OwnerOnly => Some(Who::Has(Permission::OwnerAssign)),
        RefusalCode::RoleHeld => Some(Who::Has(Permission::RoleDefine)),
        RefusalCode::NoSeat
        | RefusalCode::PlanLimit
        | RefusalCode::PlanFeature
        | RefusalCode::PlanOver => Some(Who::Has(Permission::BillingManage)),
        RefusalCode::FromGroup => Some(Who::Admins),
        RefusalCode::LastOwnerReview
        | RefusalCode::ReviewDue
        | RefusalCode::BadReviewer
        | RefusalCode::NotReviewer
        | RefusalCode::ReviewOwnLine
        | RefusalCode::ReviewReason
        | RefusalCode::ReviewOneByOne
        | RefusalCode::ReviewClosed
        | RefusalCode::ReviewUnfinished
        | RefusalCode::ReviewFull
        | RefusalCode::RoleNeedsReplacement
        | RefusalCode::TooManyRoles
        | RefusalCode::NoOwnRoles
        | RefusalCode::LastOwnerRemove
        | RefusalCode::LastOwnerDemote
        | RefusalCode::LastOwnerStepDown
        | RefusalCode::LastOwnerSuspend
        | RefusalCode::LastOwnerLeave
        | RefusalCode::OwnerTimebox
        | RefusalCode::PendingOwner
        | RefusalCode::NoOwnerLeft
        | RefusalCode::LastAdmin
        | RefusalCode::LastWorkspace
        | RefusalCode::PersonalDelete
        | RefusalCode::PersonalLeave
        | RefusalCode::PersonalOwner
        | RefusalCode::PersonalTransfer
        | RefusalCode::PersonalAccount
        | RefusalCode::NotVisible
        | RefusalCode::Widens
        | RefusalCode::MemberExists
        | RefusalCode::InvitationExists
        | RefusalCode::WrongPerson
        | RefusalCode::InvitationExpired
        | RefusalCode::InvitationGone
        | RefusalCode::BadMessage
        | RefusalCode::Conflict
        | RefusalCode::TargetGone
        | RefusalCode::GrantChanged
        | RefusalCode::RolesNotInScheme
        | RefusalCode::PlanMissing
        | RefusalCode::FounderMissing
        | RefusalCode::NameReserved
        | RefusalCode::BadName
        | RefusalCode::BadLabel
        | RefusalCode::BadNote
        | RefusalCode::ReasonMissing
        | RefusalCode::EndInPast
        | RefusalCode::EndNotLower
        | RefusalCode::BadPolicy
        | RefusalCode::NameMistyped
        | RefusalCode::DeletionSet
        | RefusalCode::SecondAdmin
        | RefusalCode::DeletionGone
        | RefusalCode::BadDelay
        | RefusalCode::NotInAccount
        | RefusalCode::AdminExists
        | RefusalCode::SoleOwner
        | RefusalCode::OwnerHasNoAccount
        | RefusalCode::MappingMissing
        | RefusalCode::SchemeSame
        | RefusalCode::MoveScheme
        | RefusalCode::NotOffered
        | RefusalCode::BadGroup
        | RefusalCode::ForeignReference
        | RefusalCode::ReadOnlyContent
        | RefusalCode::BadContent
        | RefusalCode::IdUsed => None,
    }
}

impl Reason {
    /// A value, unless the refusal brought it.
    fn add(&mut self, name: &str, value: Param) {
        self.params.entry(name.to_owned()).or_insert(value);
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.code,
            rule: refusal.code.rule().to_owned(),
            params: refusal.params,
            workspace: None,
            account: None,
            member: None,
        }
    }
}
