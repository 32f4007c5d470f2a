//! The questions of the rules, answered from memory.

use std::convert::Infallible;

use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Address, Content, ContentId, ContentKind,
    Group, GroupId, Invitation, InvitationId, InvitationState, Known, Login, LoginId, Lookup,
    Membership, MembershipId, OwnRole, Review, ReviewId, ReviewLine, Role, RoleId, SchemeId,
    Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
};

use super::World;

type Found<T> = Result<T, Infallible>;

fn number(count: usize) -> Known<u32> {
    Known::Known(u32::try_from(count).expect("a small world"))
}

impl World {
    fn present_in(&self, workspace: WorkspaceId) -> impl Iterator<Item = &Membership> {
        self.members.values().filter(move |it| it.workspace == workspace && it.state.is_present())
    }

    fn living(&self, account: AccountId) -> Option<&Account> {
        self.accounts.get(&account).filter(|it| it.status == AccountStatus::Active)
    }
}

impl Lookup for World {
    type Error = Infallible;

    fn login(&self, id: LoginId) -> Found<Option<Login>> {
        Ok(self.logins.get(&id).cloned())
    }

    fn account(&self, id: AccountId) -> Found<Option<Account>> {
        Ok(self.living(id).cloned())
    }

    fn is_account_admin(&self, account: AccountId, login: LoginId) -> Found<Known<bool>> {
        Ok(Known::Known(self.admins.get(&(account, login)).is_some_and(|it| it.active)))
    }

    fn active_admins(&self, account: AccountId) -> Found<Known<Vec<AccountAdmin>>> {
        let found = self.admins.values().filter(|it| it.account == account && it.active);
        Ok(Known::Known(found.cloned().collect()))
    }

    fn home_account(&self, login: LoginId) -> Found<Known<Option<Account>>> {
        let mut own: Vec<_> = self
            .admins
            .values()
            .filter(|it| it.login == login && it.active)
            .filter_map(|it| Some((it.since, self.living(it.account)?)))
            .filter(|(_, account)| account.scheme == SchemeId::OwnerLed)
            .collect();
        own.sort_by_key(|(since, account)| (*since, account.id));
        Ok(Known::Known(own.first().map(|(_, account)| (*account).clone())))
    }

    fn workspace(&self, id: WorkspaceId) -> Found<Option<Workspace>> {
        Ok(self.workspaces.get(&id).cloned())
    }

    fn workspaces_of(&self, account: AccountId) -> Found<Known<Vec<Workspace>>> {
        let found = self
            .workspaces
            .values()
            .filter(|it| it.account == account && it.status != WorkspaceStatus::Erased);
        Ok(Known::Known(found.cloned().collect()))
    }

    fn other_workspaces(&self, account: AccountId, except: WorkspaceId) -> Found<Known<u32>> {
        let others = self.workspaces.values().filter(|it| {
            it.account == account && it.id != except && it.status == WorkspaceStatus::Active
        });
        Ok(number(others.count()))
    }

    fn name_in_bin(&self, account: AccountId, name: &str) -> Found<Known<Option<Timestamp>>> {
        let found = self.workspaces.values().find(|it| {
            it.account == account
                && it.status == WorkspaceStatus::Trashed
                && it.name.to_lowercase() == name.to_lowercase()
        });
        Ok(Known::Known(found.and_then(|it| it.trashed.as_ref()).map(|it| it.at)))
    }

    fn membership(&self, id: MembershipId) -> Found<Option<Membership>> {
        Ok(self.members.get(&id).cloned())
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Found<Option<Membership>> {
        Ok(self.present_in(workspace).find(|it| it.login == login).cloned())
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Found<Known<Option<Membership>>> {
        Ok(Known::Known(self.present_in(workspace).find(|it| it.address == *address).cloned()))
    }

    fn present_members(&self, workspace: WorkspaceId) -> Found<Known<Vec<Membership>>> {
        Ok(Known::Known(self.present_in(workspace).cloned().collect()))
    }

    fn memberships_in(&self, account: AccountId, login: LoginId) -> Found<Known<Vec<Membership>>> {
        let active = |id: &WorkspaceId| {
            let workspace = &self.workspaces[id];
            workspace.account == account && workspace.status == WorkspaceStatus::Active
        };
        let found = self
            .members
            .values()
            .filter(|it| it.login == login && it.state.is_present() && active(&it.workspace));
        Ok(Known::Known(found.cloned().collect()))
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Found<Known<u32>> {
        let others = self.present_in(workspace).filter(|it| it.id != except);
        Ok(number(others.filter(|it| self.counts(it, role)).count()))
    }

    fn owners_by_age(&self, workspace: WorkspaceId, role: Role) -> Found<Known<Vec<Membership>>> {
        let mut owners: Vec<_> =
            self.present_in(workspace).filter(|it| self.counts(it, role)).cloned().collect();
        owners.sort_by_key(|it| (it.joined, it.id));
        Ok(Known::Known(owners))
    }

    fn seats_taken(&self, workspace: WorkspaceId, now: Timestamp) -> Found<Known<u32>> {
        let invited =
            self.invitations.values().filter(|it| it.workspace == workspace && it.is_open(now));
        Ok(number(self.present_in(workspace).count() + invited.count()))
    }

    fn invitation(&self, id: InvitationId) -> Found<Option<Invitation>> {
        Ok(self.invitations.get(&id).cloned())
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Found<Known<Option<Invitation>>> {
        let found = self
            .invitations
            .values()
            .find(|it| it.workspace == workspace && it.address == *address && it.is_open(now));
        Ok(Known::Known(found.cloned()))
    }

    fn invitations_of(&self, workspace: WorkspaceId) -> Found<Known<Vec<Invitation>>> {
        let found = self
            .invitations
            .values()
            .filter(|it| it.workspace == workspace && it.state == InvitationState::Open);
        Ok(Known::Known(found.cloned().collect()))
    }

    fn invitations_to(
        &self,
        account: AccountId,
        address: &Address,
    ) -> Found<Known<Vec<Invitation>>> {
        let found = self.invitations.values().filter(|it| {
            it.address == *address
                && it.state == InvitationState::Open
                && self.workspaces[&it.workspace].account == account
        });
        Ok(Known::Known(found.cloned().collect()))
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Found<Vec<OwnRole>> {
        let found = self.roles.values().filter(|it| it.workspace == workspace && !it.deleted);
        Ok(found.cloned().collect())
    }

    fn role(&self, id: RoleId) -> Found<Option<OwnRole>> {
        Ok(self.roles.get(&id).cloned())
    }

    fn content(&self, id: ContentId) -> Found<Option<Content>> {
        Ok(self.contents.get(&id).cloned())
    }

    fn content_count(&self, workspace: WorkspaceId, kind: ContentKind) -> Found<Known<u32>> {
        let found = self
            .contents
            .values()
            .filter(|it| it.workspace == workspace && it.kind() == kind && !it.deleted);
        Ok(number(found.count()))
    }

    fn review(&self, id: ReviewId) -> Found<Option<Review>> {
        Ok(self.reviews.get(&id).cloned())
    }

    fn review_line(&self, review: ReviewId, membership: MembershipId) -> Found<Option<ReviewLine>> {
        Ok(self.lines.get(&(review, membership)).cloned())
    }

    fn review_lines(&self, review: ReviewId) -> Found<Known<Vec<ReviewLine>>> {
        let of_it = self.lines.values().filter(|it| it.review == review);
        Ok(Known::Known(of_it.cloned().collect()))
    }

    fn last_review(&self, workspace: WorkspaceId) -> Found<Known<Option<Review>>> {
        let closed = self.reviews.values().filter(|it| it.workspace == workspace);
        let last = closed.filter_map(|it| Some((it.closed.as_ref()?.at, it.id, it)));
        Ok(Known::Known(last.max_by_key(|(at, id, _)| (*at, *id)).map(|(_, _, it)| it.clone())))
    }

    fn group(&self, id: GroupId) -> Found<Option<Group>> {
        Ok(self.groups.get(&id).cloned())
    }

    fn groups_of(&self, account: AccountId) -> Found<Known<Vec<Group>>> {
        let found = self.groups.values().filter(|it| it.account == account && !it.deleted);
        Ok(Known::Known(found.cloned().collect()))
    }
}
