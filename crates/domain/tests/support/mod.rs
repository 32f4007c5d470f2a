//! A store in memory for tests of the rules: rows by id and the log that made them.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Command, Decision, Event, Facts, Founding,
    Invitation, InvitationId, Known, Login, LoginId, LoginStatus, Lookup, MemberState, Membership,
    MembershipId, Role, RoleSet, Row, SchemeId, Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
    decide, decide_acceptance, found_account,
};

/// Everything there is.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub logins: BTreeMap<LoginId, Login>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub admins: BTreeMap<(AccountId, LoginId), AccountAdmin>,
    pub workspaces: BTreeMap<WorkspaceId, Workspace>,
    pub members: BTreeMap<MembershipId, Membership>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
    pub log: Vec<Event>,
}

pub const NOW: Timestamp = Timestamp(1_700_000_000_000);

pub fn login_id(n: u8) -> LoginId {
    LoginId::from_bytes([n; 16])
}

pub fn account_id(n: u8) -> AccountId {
    AccountId::from_bytes([n; 16])
}

pub fn workspace_id(n: u8) -> WorkspaceId {
    WorkspaceId::from_bytes([n; 16])
}

pub fn member_id(workspace: u8, login: u8) -> MembershipId {
    let mut bytes = [workspace; 16];
    bytes[15] = login;
    MembershipId::from_bytes(bytes)
}

pub fn invitation_id(n: u8) -> InvitationId {
    InvitationId::from_bytes([n; 16])
}

pub fn address(n: u8) -> Address {
    Address::parse(&format!("person{n}@example.org")).expect("a fine address")
}

impl World {
    /// A login, made on first mention.
    pub fn login(&mut self, n: u8) -> Login {
        self.logins
            .entry(login_id(n))
            .or_insert_with(|| Login {
                id: login_id(n),
                address: address(n),
                name: format!("Person {n}"),
                status: LoginStatus::Active,
            })
            .clone()
    }

    /// An account founded by a login, with workspace `workspace`.
    pub fn found(&mut self, account: u8, workspace: u8, founder: u8, scheme: SchemeId) {
        let login = self.login(founder);
        let founding = Founding {
            account: account_id(account),
            workspace: workspace_id(workspace),
            membership: member_id(workspace, founder),
            scheme,
            account_name: Some(format!("Account {account}")),
            workspace_name: None,
        };
        let events = found_account(&login, founding, NOW).expect("fine names");
        self.apply(&events);
    }

    /// A further member, put in place by the rules' own row.
    pub fn join(&mut self, workspace: u8, login: u8, roles: RoleSet) -> MembershipId {
        let login_row = self.login(login);
        let id = member_id(workspace, login);
        self.members.insert(
            id,
            Membership {
                id,
                workspace: workspace_id(workspace),
                login: login_row.id,
                name: login_row.name,
                address: login_row.address,
                roles,
                state: MemberState::Active,
                until: None,
                given_by: None,
                joined: NOW,
                ended: None,
            },
        );
        id
    }

    /// What the rules say, without doing it.
    pub fn ask(&mut self, actor: u8, command: &Command, now: Timestamp) -> Decision {
        let actor = self.login(actor);
        let Ok(facts) = Facts::load(self, &actor, command, now);
        decide(&facts, command, now)
    }

    /// Does it if the rules say yes.
    pub fn run(&mut self, actor: u8, command: &Command, now: Timestamp) -> Decision {
        let decision = self.ask(actor, command, now);
        if let Decision::Accept(events) = &decision {
            self.apply(events);
        }
        decision
    }

    /// Accepts an invitation if the rules say yes.
    pub fn accept(&mut self, actor: u8, id: InvitationId, member: MembershipId) -> Decision {
        self.accept_at(actor, id, member, NOW)
    }

    /// Accepts an invitation at a time.
    pub fn accept_at(
        &mut self,
        actor: u8,
        id: InvitationId,
        member: MembershipId,
        now: Timestamp,
    ) -> Decision {
        let actor = self.login(actor);
        let Some(invitation) = self.invitations.get(&id).cloned() else {
            return Decision::Hide;
        };
        let Ok(facts) = Facts::load_acceptance(self, &actor, &invitation, member, now);
        let decision = decide_acceptance(&facts, member, now);
        if let Decision::Accept(events) = &decision {
            self.apply(events);
        }
        decision
    }

    pub fn apply(&mut self, events: &[Event]) {
        for event in events {
            self.log.push(event.clone());
            self.write(event.after.clone());
        }
    }

    pub fn write(&mut self, row: Row) {
        match row {
            Row::Account(it) => drop(self.accounts.insert(it.id, it)),
            Row::AccountAdmin(it) => drop(self.admins.insert((it.account, it.login), it)),
            Row::Workspace(it) => drop(self.workspaces.insert(it.id, it)),
            Row::Membership(it) => drop(self.members.insert(it.id, it)),
            Row::Invitation(it) => drop(self.invitations.insert(it.id, it)),
        }
    }

    /// How many memberships count for R6 in a workspace.
    pub fn owners(&self, workspace: WorkspaceId, role: Role) -> usize {
        self.members
            .values()
            .filter(|it| it.workspace == workspace && counts(self, it, role))
            .count()
    }
}

fn counts(world: &World, member: &Membership, role: Role) -> bool {
    member.state == MemberState::Active
        && member.roles.has(role)
        && member.until.is_none()
        && world.logins.get(&member.login).is_some_and(|it| it.status == LoginStatus::Active)
}

fn number(count: usize) -> Known<u32> {
    Known::Known(u32::try_from(count).expect("a small world"))
}

impl Lookup for World {
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

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Infallible> {
        Ok(self.workspaces.get(&id).cloned())
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Infallible> {
        Ok(self.members.get(&id).cloned())
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Infallible> {
        let found = self
            .members
            .values()
            .find(|it| it.workspace == workspace && it.login == login && it.state.is_present());
        Ok(found.cloned())
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Infallible> {
        let found = self.members.values().find(|it| {
            it.workspace == workspace && it.address == *address && it.state.is_present()
        });
        Ok(Known::Known(found.cloned()))
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Infallible> {
        let others = self
            .members
            .values()
            .filter(|it| it.workspace == workspace && it.id != except && counts(self, it, role));
        Ok(number(others.count()))
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, Infallible> {
        let others = self.workspaces.values().filter(|it| {
            it.account == account && it.id != except && it.status == WorkspaceStatus::Active
        });
        Ok(number(others.count()))
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, Infallible> {
        let members =
            self.members.values().filter(|it| it.workspace == workspace && it.state.is_present());
        let invited =
            self.invitations.values().filter(|it| it.workspace == workspace && it.is_open(now));
        Ok(number(members.count() + invited.count()))
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
        let found = self
            .invitations
            .values()
            .find(|it| it.workspace == workspace && it.address == *address && it.is_open(now));
        Ok(Known::Known(found.cloned()))
    }
}
