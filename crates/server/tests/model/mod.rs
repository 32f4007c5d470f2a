//! The rules' questions answered from plain maps: what the database is compared with.

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Address, Content, ContentId, ContentKind,
    Event, Group, GroupId, Invitation, InvitationId, InvitationState, Known, Login, LoginId,
    LoginStatus, Lookup, MemberState, Membership, MembershipId, OwnRole, Review, ReviewId,
    ReviewLine, Role, RoleId, Row, SchemeId, Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
};
use muster_protocol::{LogOf, mentions};

/// The present state of everything.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Model {
    pub logins: BTreeMap<LoginId, Login>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub admins: BTreeMap<(AccountId, LoginId), AccountAdmin>,
    pub workspaces: BTreeMap<WorkspaceId, Workspace>,
    pub memberships: BTreeMap<MembershipId, Membership>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
    pub roles: BTreeMap<RoleId, OwnRole>,
    pub contents: BTreeMap<ContentId, Content>,
    pub groups: BTreeMap<GroupId, Group>,
    pub reviews: BTreeMap<ReviewId, Review>,
    pub lines: BTreeMap<(ReviewId, MembershipId), ReviewLine>,
}

impl Model {
    /// Takes over the row after an event; nothing has to interpret the event. What ends for
    /// good takes with it what it held (V-43, E-17).
    pub fn put(&mut self, row: Row) {
        match row {
            Row::Account(it) if it.status == AccountStatus::Deleted => self.erase(it.id),
            Row::Workspace(it) if it.status == WorkspaceStatus::Erased => {
                self.empty(it.id);
                self.workspaces.insert(it.id, it);
            }
            Row::Account(it) => drop(self.accounts.insert(it.id, it)),
            Row::AccountAdmin(it) => drop(self.admins.insert((it.account, it.login), it)),
            Row::Workspace(it) => drop(self.workspaces.insert(it.id, it)),
            Row::Membership(it) => drop(self.memberships.insert(it.id, it)),
            Row::Invitation(it) => drop(self.invitations.insert(it.id, it)),
            Row::Role(it) => drop(self.roles.insert(it.id, it)),
            Row::Content(it) => drop(self.contents.insert(it.id, it)),
            Row::Group(it) => drop(self.groups.insert(it.id, it)),
            Row::Review(it) => drop(self.reviews.insert(it.id, it)),
            Row::ReviewLine(it) => drop(self.lines.insert((it.review, it.membership), it)),
        }
    }

    fn erase(&mut self, account: AccountId) {
        let gone: Vec<_> =
            self.workspaces.values().filter(|it| it.account == account).map(|it| it.id).collect();
        for workspace in gone {
            self.empty(workspace);
            self.workspaces.remove(&workspace);
        }
        self.admins.retain(|(of, _), _| *of != account);
        self.groups.retain(|_, it| it.account != account);
        self.accounts.remove(&account);
    }

    fn empty(&mut self, workspace: WorkspaceId) {
        self.memberships.retain(|_, it| it.workspace != workspace);
        self.invitations.retain(|_, it| it.workspace != workspace);
        self.roles.retain(|_, it| it.workspace != workspace);
        self.contents.retain(|_, it| it.workspace != workspace);
        self.reviews.retain(|_, it| it.workspace != workspace);
        self.lines.retain(|_, it| it.workspace != workspace);
    }

    /// What belongs to one chain of the history: a workspace with all that is in it, or an
    /// account with its admins and groups.
    pub fn only(&self, of: LogOf) -> Self {
        let mut only = self.clone();
        only.logins.clear();
        match of {
            LogOf::Workspace(id) => {
                only.accounts.clear();
                only.admins.clear();
                only.groups.clear();
                only.workspaces.retain(|it, _| *it == id);
                only.memberships.retain(|_, it| it.workspace == id);
                only.invitations.retain(|_, it| it.workspace == id);
                only.roles.retain(|_, it| it.workspace == id);
                only.contents.retain(|_, it| it.workspace == id);
                only.reviews.retain(|_, it| it.workspace == id);
                only.lines.retain(|_, it| it.workspace == id);
            }
            LogOf::Account(id) => {
                only = Self::default();
                only.accounts.extend(self.accounts.get(&id).map(|it| (id, it.clone())));
                let admins = self.admins.iter().filter(|(key, _)| key.0 == id);
                only.admins.extend(admins.map(|(key, it)| (*key, it.clone())));
                let groups = self.groups.iter().filter(|(_, it)| it.account == id);
                only.groups.extend(groups.map(|(key, it)| (*key, it.clone())));
            }
        }
        only
    }

    /// Puts tokens in place of everybody's name.
    pub fn forget_names(&mut self) {
        let members = self.memberships.values().cloned().map(Row::Membership);
        let invitations = self.invitations.values().cloned().map(Row::Invitation);
        let reviews = self.reviews.values().cloned().map(Row::Review);
        let lines = self.lines.values().cloned().map(Row::ReviewLine);
        let named: Vec<_> = members.chain(invitations).chain(reviews).chain(lines).collect();
        for mut row in named {
            mentions::seal(&mut row, &mut |_, _| None, &mut BTreeMap::new());
            self.put(row);
        }
    }

    fn present(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.values().filter(|it| it.state.is_present())
    }

    fn counts(&self, it: &Membership, role: Role) -> bool {
        it.state == MemberState::Active
            && it.until.is_none()
            && it.roles.has(role)
            && self.logins.get(&it.login).is_some_and(|it| it.status == LoginStatus::Active)
    }

    pub fn apply(&mut self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.put(event.after));
    }
}

impl Lookup for Model {
    type Error = Infallible;

    fn login(&self, id: LoginId) -> Result<Option<Login>, Infallible> {
        Ok(self.logins.get(&id).cloned())
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, Infallible> {
        Ok(self.accounts.get(&id).cloned())
    }

    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, Infallible> {
        Ok(Known::Known(self.admins.get(&(account, login)).is_some_and(|it| it.active)))
    }

    fn active_admins(&self, account: AccountId) -> Result<Known<Vec<AccountAdmin>>, Infallible> {
        let mut admins: Vec<_> =
            self.admins.values().filter(|it| it.account == account && it.active).cloned().collect();
        admins.sort_by_key(|it| (it.since, it.login));
        Ok(Known::Known(admins))
    }

    fn home_account(&self, login: LoginId) -> Result<Known<Option<Account>>, Infallible> {
        let homes =
            self.admins.values().filter(|it| it.login == login && it.active).filter_map(|it| {
                let account = self.accounts.get(&it.account)?;
                (account.scheme == SchemeId::OwnerLed).then_some((it.since, account.id, account))
            });
        let oldest = homes.min_by_key(|(since, id, _)| (*since, *id));
        Ok(Known::Known(oldest.map(|(_, _, account)| account.clone())))
    }

    fn workspaces_of(&self, account: AccountId) -> Result<Known<Vec<Workspace>>, Infallible> {
        let theirs =
            |it: &&Workspace| it.account == account && it.status != WorkspaceStatus::Erased;
        Ok(Known::Known(self.workspaces.values().filter(theirs).cloned().collect()))
    }

    fn name_in_bin(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Known<Option<Timestamp>>, Infallible> {
        let same = |it: &&Workspace| {
            it.account == account
                && it.status == WorkspaceStatus::Trashed
                && it.name.to_lowercase() == name.to_lowercase()
        };
        let since = self.workspaces.values().filter(same).filter_map(|it| it.trashed.as_ref());
        Ok(Known::Known(since.map(|it| it.at).max()))
    }

    fn present_members(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Known<Vec<Membership>>, Infallible> {
        let mut members: Vec<_> =
            self.present().filter(|it| it.workspace == workspace).cloned().collect();
        members.sort_by_key(|it| it.login);
        Ok(Known::Known(members))
    }

    fn memberships_in(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<Vec<Membership>>, Infallible> {
        let here = |it: &&Membership| {
            it.login == login
                && self
                    .workspaces
                    .get(&it.workspace)
                    .is_some_and(|it| it.account == account && it.status == WorkspaceStatus::Active)
        };
        Ok(Known::Known(self.present().filter(here).cloned().collect()))
    }

    fn owners_by_age(
        &self,
        workspace: WorkspaceId,
        role: Role,
    ) -> Result<Known<Vec<Membership>>, Infallible> {
        let mut owners: Vec<_> = self
            .memberships
            .values()
            .filter(|it| it.workspace == workspace && self.counts(it, role))
            .cloned()
            .collect();
        owners.sort_by_key(|it| (it.joined, it.id));
        Ok(Known::Known(owners))
    }

    fn invitations_of(&self, workspace: WorkspaceId) -> Result<Known<Vec<Invitation>>, Infallible> {
        let mut open: Vec<_> = self
            .invitations
            .values()
            .filter(|it| it.workspace == workspace && it.state == InvitationState::Open)
            .cloned()
            .collect();
        open.sort_by_key(|it| (it.address.clone(), it.id));
        Ok(Known::Known(open))
    }

    fn invitations_to(
        &self,
        account: AccountId,
        address: &Address,
    ) -> Result<Known<Vec<Invitation>>, Infallible> {
        let theirs = |it: &&Invitation| {
            it.address == *address
                && it.state == InvitationState::Open
                && self.workspaces.get(&it.workspace).is_some_and(|it| it.account == account)
        };
        Ok(Known::Known(self.invitations.values().filter(theirs).cloned().collect()))
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, Infallible> {
        let mut roles: Vec<_> = self
            .roles
            .values()
            .filter(|it| it.workspace == workspace && !it.deleted)
            .cloned()
            .collect();
        roles.sort_by_key(|it| it.slot);
        Ok(roles)
    }

    fn role(&self, id: RoleId) -> Result<Option<OwnRole>, Infallible> {
        Ok(self.roles.get(&id).cloned())
    }

    fn content(&self, id: ContentId) -> Result<Option<Content>, Infallible> {
        Ok(self.contents.get(&id).cloned())
    }

    fn content_count(
        &self,
        workspace: WorkspaceId,
        kind: ContentKind,
    ) -> Result<Known<u32>, Infallible> {
        let counts = |it: &&Content| it.workspace == workspace && it.kind() == kind && !it.deleted;
        Ok(Known::Known(count(self.contents.values().filter(counts))))
    }

    fn review(&self, id: ReviewId) -> Result<Option<Review>, Infallible> {
        Ok(self.reviews.get(&id).cloned())
    }

    fn review_line(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLine>, Infallible> {
        Ok(self.lines.get(&(review, membership)).cloned())
    }

    fn review_lines(&self, review: ReviewId) -> Result<Known<Vec<ReviewLine>>, Infallible> {
        let of_it = self.lines.values().filter(|it| it.review == review);
        Ok(Known::Known(of_it.cloned().collect()))
    }

    fn last_review(&self, workspace: WorkspaceId) -> Result<Known<Option<Review>>, Infallible> {
        let closed = self.reviews.values().filter(|it| it.workspace == workspace);
        let last = closed.filter_map(|it| Some((it.closed.as_ref()?.at, it.id, it)));
        Ok(Known::Known(last.max_by_key(|(at, id, _)| (*at, *id)).map(|(_, _, it)| it.clone())))
    }

    fn group(&self, id: GroupId) -> Result<Option<Group>, Infallible> {
        Ok(self.groups.get(&id).cloned())
    }

    fn groups_of(&self, account: AccountId) -> Result<Known<Vec<Group>>, Infallible> {
        let theirs = |it: &&Group| it.account == account && !it.deleted;
        Ok(Known::Known(self.groups.values().filter(theirs).cloned().collect()))
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Infallible> {
        Ok(self.workspaces.get(&id).cloned())
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Infallible> {
        Ok(self.memberships.get(&id).cloned())
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Infallible> {
        let is_it = |it: &&Membership| {
            it.workspace == workspace && it.login == login && it.state.is_present()
        };
        Ok(self.memberships.values().find(is_it).cloned())
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Infallible> {
        let is_it = |it: &&Membership| {
            it.workspace == workspace && it.address == *address && it.state.is_present()
        };
        Ok(Known::Known(self.memberships.values().find(is_it).cloned()))
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Infallible> {
        let counts = |it: &&Membership| {
            it.workspace == workspace && it.id != except && self.counts(it, role)
        };
        Ok(Known::Known(count(self.memberships.values().filter(counts))))
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, Infallible> {
        let counts = |it: &&Workspace| {
            it.account == account && it.status == WorkspaceStatus::Active && it.id != except
        };
        Ok(Known::Known(count(self.workspaces.values().filter(counts))))
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, Infallible> {
        let members = self
            .memberships
            .values()
            .filter(|it| it.workspace == workspace && it.state.is_present());
        let invited =
            self.invitations.values().filter(|it| it.workspace == workspace && it.is_open(now));
        Ok(Known::Known(count(members) + count(invited)))
    }

    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, Infallible> {
        Ok(self.invitations.get(&id).cloned())
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, Infallible> {
        let is_it = |it: &&Invitation| {
            it.workspace == workspace
                && it.address == *address
                && it.state == InvitationState::Open
                && it.is_open(now)
        };
        // An expired one may stand beside the open one; the open one ends last.
        Ok(Known::Known(
            self.invitations.values().filter(is_it).max_by_key(|it| it.expires).cloned(),
        ))
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).expect("few")
}
