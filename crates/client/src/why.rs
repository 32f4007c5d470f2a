//! *Why?*: the proof of one yes or no, with its sources, and who could change it (R9, E-32).

use muster_domain::{
    Account, AdminReach, MemberState, Membership, MembershipId, OwnRoles, Permission, RoleSet,
    WorkspaceId, facts::own_of,
};

use crate::app::App;
use crate::members::find;
use crate::person::group_name;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Proof, ProofSource};

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
    let by_reach = by_reach(bench, &account, &member)?;
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
    let source = |role: RoleSet| ProofSource::Role {
        role,
        given_by: member.given_by.clone(),
        given_at: member.given_at,
        group: group.clone(),
        until: member.until.map(|end| end.at),
        gives: role.permissions(own).has(permission),
    };
    Ok(member.roles.each().map(source).collect())
}

/// R9: being Account Admin gives everything where the scheme gives reach.
fn by_reach(
    bench: &Bench<'_>,
    account: &Account,
    member: &Membership,
) -> Result<Option<ProofSource>, Failure> {
    if account.rules().account_admin_reach == AdminReach::None {
        return Ok(None);
    }
    let admins = bench.cache.admins(account.id)?.into_iter();
    let admin = admins.filter(|it| it.active).find(|it| it.login == member.login);
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
