//! *Why?*: the proof of one yes or no, with its sources, and who could change it (R9, E-32).

use muster_domain::{
    Account, AdminReach, LoginId, MemberState, Membership, MembershipId, OwnRoles, Permission,
    RoleSet, WorkspaceId, facts::own_of,
};

use crate::app::App;
use crate::members::find;
use crate::person::{abilities, group_name};
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, MyAccess, Proof, ProofSource};

impl App {
    /// Why somebody can or cannot do something here.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for somebody who is not there.
    pub async fn why(
        &self,
        workspace: WorkspaceId,
        member: MembershipId,
        permission: Permission,
    ) -> Result<Proof, Failure> {
        self.with_bench(move |bench| proof(bench, workspace, member, permission)).await
    }

    /// Why I have a workspace at all, and what I may do there.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that I have not, [`FailureCode::CopyLocked`] for one
    /// whose copy is locked.
    pub async fn my_access(&self, workspace: WorkspaceId) -> Result<MyAccess, Failure> {
        self.with_bench(move |bench| my_access(bench, workspace)).await
    }
}

/// My own sources in a workspace, whether or not I may see who else is there.
pub(crate) fn my_access(bench: &Bench<'_>, id: WorkspaceId) -> Result<MyAccess, Failure> {
    let entry = bench.place(id)?;
    let own = own_of(&bench.own_roles(id)?);
    let member = entry.my_membership.map(|it| it.at(bench.now));
    let reach = by_reach(bench, &entry.account, bench.cache.me()?.id)?;
    let reached = reach.is_some();
    let mut sources = Vec::new();
    if let Some(member) = member.as_ref().filter(|it| it.state.is_present()) {
        let group = group_name(bench, &entry.account, member.group)?;
        sources.extend(member.roles.each().map(|role| held(member, role, group.as_deref(), true)));
    }
    sources.extend(reach);
    let names = match &member {
        Some(member) => names(bench, &entry.account, member, reached)?,
        None => bench.other_admins(&entry.account)?,
    };
    Ok(MyAccess { sources, can: abilities(member.as_ref(), &own, reached), names })
}

/// The proof of one permission of one member.
pub(crate) fn proof(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
    permission: Permission,
) -> Result<Proof, Failure> {
    let member = find(bench, workspace, id)?.member.at(bench.now);
    let account = bench.account(workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let own = own_of(&bench.own_roles(workspace)?);
    let by_roles =
        member.state == MemberState::Active && member.roles.permissions(&own).has(permission);
    let mut sources = by_role(bench, &account, &member, &own, permission)?;
    let by_reach = by_reach(bench, &account, member.login)?;
    let has = by_roles || by_reach.is_some();
    let reached = by_reach.is_some();
    sources.extend(by_reach);
    let roles =
        if has { RoleSet::NONE } else { bench.roles_with(workspace, &account, permission)? };
    Ok(Proof {
        permission,
        has,
        sources,
        roles,
        names: names(bench, &account, &member, reached)?,
        suspended: member.state == MemberState::Suspended,
    })
}

/// Each role that is held, and whether it gives the permission.
fn by_role(
    bench: &Bench<'_>,
    account: &Account,
    member: &Membership,
    own: &OwnRoles,
    permission: Permission,
) -> Result<Vec<ProofSource>, Failure> {
    if !member.state.is_present() {
        return Ok(Vec::new());
    }
    let group = group_name(bench, account, member.group)?;
    let source =
        |role: RoleSet| held(member, role, group.as_deref(), role.permissions(own).has(permission));
    Ok(member.roles.each().map(source).collect())
}

/// A role that is held, and where it came from.
fn held(member: &Membership, role: RoleSet, group: Option<&str>, gives: bool) -> ProofSource {
    ProofSource::Role {
        role,
        given_by: member.given_by.clone(),
        given_at: member.given_at,
        group: group.map(str::to_owned),
        until: member.until.map(|end| end.at),
        gives,
    }
}

/// R9: being Account Admin gives everything where the scheme gives reach.
fn by_reach(
    bench: &Bench<'_>,
    account: &Account,
    login: LoginId,
) -> Result<Option<ProofSource>, Failure> {
    if account.rules().account_admin_reach == AdminReach::None {
        return Ok(None);
    }
    let admins = bench.cache.admins(account.id)?.into_iter();
    let admin = admins.filter(|it| it.active).find(|it| it.login == login);
    Ok(admin.map(|it| ProofSource::AccountAdmin {
        account: account.id,
        account_name: account.name.clone(),
        since: it.since,
        by: it.by,
    }))
}

/// Who could give it, or take it away: whoever manages members. What comes from a group or by
/// being Account Admin, only Account Admins change; owners, only those who assign owners.
fn names(
    bench: &Bench<'_>,
    account: &Account,
    member: &Membership,
    reached: bool,
) -> Result<Vec<String>, Failure> {
    if reached || member.group.is_some() {
        return bench.other_admins(account);
    }
    let permission = if account.rules().is_owner_class(member.roles) {
        Permission::OwnerAssign
    } else {
        Permission::MemberManage
    };
    let names = bench.who_has(member.workspace, account, permission)?;
    Ok(names.into_iter().filter(|name| *name != member.name).collect())
}
