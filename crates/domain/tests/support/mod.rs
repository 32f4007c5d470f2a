//! A store in memory for tests of the rules: rows by id and the log that made them.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod asks;
mod lookup;
pub mod random;

use std::collections::BTreeMap;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Command, Content, ContentId, Decision, Due, Event,
    Facts, Founding, Group, GroupId, HandOutId, Invitation, InvitationId, Login, LoginId,
    LoginStatus, MemberState, Membership, MembershipId, OwnRole, OwnRoles, PermissionSet, Review,
    ReviewId, ReviewLine, Role, RoleId, RoleSet, Row, SchemeId, Timestamp, Workspace, WorkspaceId,
    decide, decide_acceptance, decide_decline, decide_due, facts::own_of, found_account,
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
    pub roles: BTreeMap<RoleId, OwnRole>,
    pub contents: BTreeMap<ContentId, Content>,
    pub groups: BTreeMap<GroupId, Group>,
    pub reviews: BTreeMap<ReviewId, Review>,
    pub lines: BTreeMap<(ReviewId, MembershipId), ReviewLine>,
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

pub fn role_id(n: u8) -> RoleId {
    RoleId::from_bytes([n; 16])
}

pub fn content_id(n: u8) -> ContentId {
    ContentId::from_bytes([n; 16])
}

pub fn group_id(n: u8) -> GroupId {
    GroupId::from_bytes([n; 16])
}

pub fn review_id(n: u8) -> ReviewId {
    ReviewId::from_bytes([n; 16])
}

pub fn hand_out_id(n: u8) -> HandOutId {
    HandOutId::from_bytes([n; 16])
}

pub fn address(n: u8) -> Address {
    Address::parse(&format!("person{n}@example.org")).expect("a fine address")
}

impl World {
    /// A login, made on first mention.
    pub fn person(&mut self, n: u8) -> Login {
        self.logins
            .entry(login_id(n))
            .or_insert_with(|| Login {
                id: login_id(n),
                address: address(n),
                name: format!("Person {n}"),
                status: LoginStatus::Active,
                verified: Vec::new(),
            })
            .clone()
    }

    /// An account founded by a login, with workspace `workspace`.
    pub fn found(&mut self, account: u8, workspace: u8, founder: u8, scheme: SchemeId) {
        let login = self.person(founder);
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
        let login_row = self.person(login);
        let id = member_id(workspace, login);
        let member = Membership {
            id,
            workspace: workspace_id(workspace),
            login: login_row.id,
            name: login_row.name,
            address: login_row.address,
            roles,
            state: MemberState::Active,
            until: None,
            given_by: None,
            given_at: None,
            labels: Default::default(),
            note: String::new(),
            group: None,
            joined: NOW,
            ended: None,
        };
        self.members.insert(id, member);
        id
    }

    /// The row of a person in a workspace, to bend it.
    pub fn member(&mut self, workspace: u8, login: u8) -> &mut Membership {
        self.members.get_mut(&member_id(workspace, login)).expect("joined before")
    }

    /// The present membership of a person in a workspace, whatever its id.
    pub fn present(&self, workspace: u8, login: u8) -> Option<&Membership> {
        let (workspace, login) = (workspace_id(workspace), login_id(login));
        self.members
            .values()
            .find(|it| it.workspace == workspace && it.login == login && it.state.is_present())
    }

    pub fn workspace_mut(&mut self, workspace: u8) -> &mut Workspace {
        self.workspaces.get_mut(&workspace_id(workspace)).expect("created before")
    }

    pub fn account_mut(&mut self, account: u8) -> &mut Account {
        self.accounts.get_mut(&account_id(account)).expect("founded before")
    }

    /// What the rules say, without doing it.
    pub fn ask(&mut self, actor: u8, command: &Command, now: Timestamp) -> Decision {
        let actor = self.person(actor);
        let Ok(facts) = Facts::load(self, &actor, command, now);
        decide(&facts, command, now)
    }

    /// Does it if the rules say yes.
    pub fn run(&mut self, actor: u8, command: &Command, now: Timestamp) -> Decision {
        let decision = self.ask(actor, command, now);
        self.take(decision)
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
        let decision = self.ask_acceptance(actor, id, member, now);
        self.take(decision)
    }

    /// What the rules say of an acceptance, without doing it.
    pub fn ask_acceptance(
        &mut self,
        actor: u8,
        id: InvitationId,
        member: MembershipId,
        now: Timestamp,
    ) -> Decision {
        let actor = self.person(actor);
        let Some(invitation) = self.invitations.get(&id).cloned() else {
            return Decision::Hide;
        };
        let Ok(facts) = Facts::load_acceptance(self, &actor, &invitation, member, now);
        decide_acceptance(&facts, member, now)
    }

    /// Turns an invitation down if the rules say yes.
    pub fn decline(&mut self, actor: u8, id: InvitationId, now: Timestamp) -> Decision {
        let actor = self.person(actor);
        let Some(invitation) = self.invitations.get(&id).cloned() else {
            return Decision::Hide;
        };
        let unused = MembershipId::from_bytes([0; 16]);
        let Ok(facts) = Facts::load_acceptance(self, &actor, &invitation, unused, now);
        let decision = decide_decline(&facts, now);
        self.take(decision)
    }

    /// Lets happen what is due.
    pub fn due(&mut self, due: Due, now: Timestamp) -> Decision {
        let system = Login {
            id: LoginId::from_bytes([0; 16]),
            address: address(0),
            name: String::new(),
            status: LoginStatus::Active,
            verified: Vec::new(),
        };
        let Ok(facts) = Facts::load_due(self, &system, due, now);
        let decision = decide_due(&facts, due, now);
        self.take(decision)
    }

    fn take(&mut self, decision: Decision) -> Decision {
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
            Row::Role(it) => drop(self.roles.insert(it.id, it)),
            Row::Content(it) => drop(self.contents.insert(it.id, it)),
            Row::Group(it) => drop(self.groups.insert(it.id, it)),
            Row::Review(it) => drop(self.reviews.insert(it.id, it)),
            Row::ReviewLine(it) => drop(self.lines.insert((it.review, it.membership), it)),
        }
    }

    /// The row as it stands before an event changes it.
    pub fn row(&self, like: &Row) -> Option<Row> {
        match like {
            Row::Account(it) => self.accounts.get(&it.id).cloned().map(Row::Account),
            Row::AccountAdmin(it) => {
                self.admins.get(&(it.account, it.login)).cloned().map(Row::AccountAdmin)
            }
            Row::Workspace(it) => self.workspaces.get(&it.id).cloned().map(Row::Workspace),
            Row::Membership(it) => self.members.get(&it.id).cloned().map(Row::Membership),
            Row::Invitation(it) => self.invitations.get(&it.id).cloned().map(Row::Invitation),
            Row::Role(it) => self.roles.get(&it.id).cloned().map(Row::Role),
            Row::Content(it) => self.contents.get(&it.id).cloned().map(Row::Content),
            Row::Group(it) => self.groups.get(&it.id).cloned().map(Row::Group),
            Row::Review(it) => self.reviews.get(&it.id).cloned().map(Row::Review),
            Row::ReviewLine(it) => {
                self.lines.get(&(it.review, it.membership)).cloned().map(Row::ReviewLine)
            }
        }
    }

    /// What a workspace's own roles give.
    pub fn own(&self, workspace: WorkspaceId) -> OwnRoles {
        let roles: Vec<OwnRole> =
            self.roles.values().filter(|it| it.workspace == workspace).cloned().collect();
        own_of(&roles)
    }

    /// What a person may do in a workspace, by the rules' own facts (R1).
    pub fn permissions(&mut self, workspace: u8, login: u8, now: Timestamp) -> PermissionSet {
        let actor = self.person(login);
        let Ok(facts) = Facts::of_workspace(self, &actor, workspace_id(workspace), now);
        facts.permissions()
    }

    /// The line of a person's first membership in a review.
    pub fn line(&self, workspace: u8, review: u8, login: u8) -> &ReviewLine {
        &self.lines[&(review_id(review), member_id(workspace, login))]
    }

    /// How many memberships count for R6 in a workspace.
    pub fn owners(&self, workspace: WorkspaceId, role: Role) -> usize {
        self.members
            .values()
            .filter(|it| it.workspace == workspace && self.counts(it, role))
            .count()
    }

    /// Whether a membership counts for R6.
    pub fn counts(&self, member: &Membership, role: Role) -> bool {
        member.state == MemberState::Active
            && member.roles.has(role)
            && member.until.is_none()
            && self.logins.get(&member.login).is_some_and(|it| it.status == LoginStatus::Active)
    }
}
