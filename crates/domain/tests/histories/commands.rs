//! Random commands that make sense often enough to be accepted, and often enough do not.

use muster_domain::{
    About, AccountId, Activity, Colour, Command, Content, ContentBody, ContentId, Covers, End,
    Group, GroupId, Invitation, InvitationId, KnowledgeSource, Labels, LoginId, Membership,
    MembershipId, OwnRole, Permission, PermissionSet, Plan, Replacement, RoleId, RoleMapping,
    RoleSet, RolesTo, SchemeId, TalkState, Workspace, WorkspaceId, WorkspaceStatus,
};

use crate::support::asks::labels_of;
use crate::support::{address, login_id};
use crate::{History, PEOPLE};

/// Everything that has to be accepted at least once in a run.
pub const NAMES: &[&str] = &[
    "RenameAccount",
    "SetPolicy",
    "AddAdmin",
    "RemoveAdmin",
    "LeaveAccount",
    "DeleteAccount",
    "ScheduleDeletion",
    "WithdrawDeletion",
    "SetScheme",
    "CreateWorkspace",
    "RenameWorkspace",
    "SetWorkspaceLabels",
    "SetWorkspaceColour",
    "SetPlan",
    "EndPlan",
    "DeleteWorkspace",
    "RestoreWorkspace",
    "LeaveWorkspace",
    "OfferWorkspace",
    "EndOffer",
    "AcceptOffer",
    "AddMember",
    "SetMemberRoles",
    "SetMemberEnd",
    "SetMemberLabels",
    "SetMemberNote",
    "SuspendMember",
    "ResumeMember",
    "RemoveMember",
    "CreateInvitation",
    "ResendInvitation",
    "SetInvitationRoles",
    "ConfirmInvitation",
    "RevokeInvitation",
    "DefineRole",
    "ChangeRole",
    "DeleteRole",
    "CreateContent",
    "ChangeContent",
    "DeleteContent",
    "CreateGroup",
    "ChangeGroup",
    "DeleteGroup",
    "AddGroupPerson",
    "RemoveGroupPerson",
    "StartReview",
    "SetReviewers",
    "DecideReview",
    "RegisterReviewKey",
    "HandOutReview",
    "EnterReview",
    "CloseReview",
    "acceptance",
    "decline",
    "MemberEnds",
    "BinOver",
    "AccountDeletion",
];

impl History {
    /// The second admin of a deletion that waits for one (E-14); it is soon over by itself.
    fn second_admin(&mut self) -> Option<(u8, Command)> {
        let accounts = self.world.accounts.values();
        let mut waits = accounts
            .filter(|it| it.second_admin && it.deletion.as_ref().is_some_and(|set| !set.confirmed));
        let account = waits.next()?.clone();
        let asked = account.deletion.and_then(|it| it.login);
        let admins = self.world.admins.values();
        let mut others =
            admins.filter(|it| it.account == account.id && it.active && Some(it.login) != asked);
        let other = others.next()?.login;
        let person = (1..=PEOPLE).find(|it| login_id(*it) == other)?;
        self.dice.one_in(4).then_some((person, Command::ConfirmDeletion { account: account.id }))
    }

    /// Somebody, and what they ask for.
    pub fn command(&mut self) -> Option<(u8, Command)> {
        if let Some(asked) = self.second_admin() {
            return Some(asked);
        }
        let workspaces: Vec<_> = self
            .world
            .workspaces
            .values()
            .filter(|it| it.status != WorkspaceStatus::Erased)
            .cloned()
            .collect();
        let workspace = self.dice.pick(&workspaces)?;
        let command = match self.dice.roll(11) {
            0 | 1 => self.about_account(&workspace)?,
            2 => self.about_workspace(&workspace)?,
            3..=5 => self.about_member(&workspace)?,
            6 => self.about_invitation(&workspace)?,
            7 => self.about_role(&workspace)?,
            8 => self.about_content(&workspace)?,
            9 => self.about_review(&workspace)?,
            _ => self.about_group(&workspace)?,
        };
        let named = command.workspace().and_then(|id| self.world.workspaces.get(&id).cloned());
        let mut near = named.unwrap_or(workspace);
        if let (Command::AcceptOffer { .. }, Some(offer)) = (&command, &near.offer) {
            near.account = offer.to;
        }
        if let About::Account(account) = command.about() {
            near.account = account;
        }
        Some((self.actor(&near), command))
    }

    /// Mostly somebody with something to say here.
    fn actor(&mut self, workspace: &Workspace) -> u8 {
        let world = &self.world;
        let admins =
            world.admins.values().filter(|it| it.account == workspace.account && it.active);
        let members = world.members.values();
        let members = members.filter(|it| it.workspace == workspace.id && it.state.is_present());
        let near: Vec<LoginId> =
            admins.map(|it| it.login).chain(members.map(|it| it.login)).collect();
        let near = self.dice.pick(&near).filter(|_| !self.dice.one_in(5));
        near.and_then(|id| (1..=PEOPLE).find(|it| login_id(*it) == id))
            .unwrap_or_else(|| self.person())
    }

    fn scheme(&self, workspace: &Workspace) -> SchemeId {
        self.world.accounts[&workspace.account].scheme
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Vec<OwnRole> {
        let roles = self.world.roles.values();
        roles.filter(|it| it.workspace == workspace && !it.deleted).cloned().collect()
    }

    pub fn roles(&mut self, workspace: &Workspace) -> RoleSet {
        // Now and then of the other scheme.
        let scheme = self.scheme(workspace);
        let other = self.dice.one_in(30);
        let known = if other { SchemeId::ALL[0] } else { scheme }.scheme().roles;
        let mut roles = RoleSet::of(&[self.dice.pick(known).expect("some")]);
        if scheme == SchemeId::Managed {
            if self.dice.one_in(3) {
                roles = roles.union(RoleSet::of(&[self.dice.pick(known).expect("some")]));
            }
            let own = self.own_roles(workspace.id);
            if let Some(role) = self.dice.pick(&own).filter(|_| self.dice.one_in(2)) {
                let alone = RoleSet::own(role.slot);
                roles = if self.dice.one_in(2) { alone } else { roles.union(alone) };
            }
        }
        roles
    }

    fn any_account(&mut self) -> AccountId {
        let all: Vec<_> = self.world.accounts.keys().copied().collect();
        self.dice.pick(&all).expect("some")
    }

    fn member(&mut self, workspace: WorkspaceId) -> Option<Membership> {
        let all: Vec<_> =
            self.world.members.values().filter(|it| it.workspace == workspace).collect();
        let present: Vec<_> = all.iter().copied().filter(|it| it.state.is_present()).collect();
        let from = if self.dice.one_in(10) { all } else { present };
        self.dice.pick(&from).cloned()
    }

    fn admin(&mut self, account: AccountId) -> Option<LoginId> {
        let admins = self.world.admins.values();
        let admins: Vec<_> =
            admins.filter(|it| it.account == account && it.active).map(|it| it.login).collect();
        self.dice.pick(&admins)
    }

    /// Somebody of the account, by a membership.
    fn somebody(&mut self, account: AccountId) -> Option<MembershipId> {
        let world = &self.world;
        let here = |it: &&Membership| {
            it.state.is_present() && world.workspaces[&it.workspace].account == account
        };
        let all: Vec<_> = world.members.values().filter(here).map(|it| it.id).collect();
        self.dice.pick(&all)
    }

    fn about_account(&mut self, workspace: &Workspace) -> Option<Command> {
        let account = workspace.account;
        let row = self.world.accounts[&account].clone();
        let title = row.name.clone();
        Some(match self.dice.roll(24) {
            0 => Command::RenameAccount { account, was: title.clone(), title: title + "x" },
            1 => Command::SetPolicy {
                account,
                invitation_days: u16::from(self.dice.byte(32)),
                lease_days: u16::from(self.dice.byte(32)),
                reason_required: self.dice.one_in(4),
                review_days: Some(u16::from(self.dice.byte(92))),
                second_admin: Some(!self.dice.one_in(4)),
                name_days: None,
            },
            2..=4 => Command::AddAdmin { account, person: self.somebody(account)? },
            5 | 6 => Command::RemoveAdmin { account, login: self.admin(account)? },
            7 | 8 => Command::LeaveAccount { account },
            9 if self.dice.one_in(12) => Command::DeleteAccount { account, title },
            10 if !row.second_admin && self.dice.one_in(2) => Command::SetPolicy {
                account,
                invitation_days: 7,
                lease_days: 7,
                reason_required: row.reason_required,
                review_days: None,
                second_admin: Some(true),
                name_days: None,
            },
            10 if self.dice.one_in(2) => {
                let days = u16::from(self.dice.byte(16));
                Command::ScheduleDeletion { account, title, days }
            }
            11 => {
                let set = self.world.accounts.values().filter(|it| it.deletion.is_some());
                let set: Vec<_> = set.map(|it| it.id).collect();
                Command::WithdrawDeletion { account: self.dice.pick(&set)? }
            }
            12..=14 => self.scheme_change(account),
            15..=18 => self.new_workspace(account),
            19 | 20 => {
                let to = self.any_account();
                Command::OfferWorkspace { workspace: workspace.id, to }
            }
            _ => return self.take_an_offer(),
        })
    }

    fn take_an_offer(&mut self) -> Option<Command> {
        let world = &self.world;
        let offered: Vec<_> =
            world.workspaces.values().filter(|it| it.offer.is_some()).map(|it| it.id).collect();
        let workspace = self.dice.pick(&offered)?;
        Some(if self.dice.one_in(3) {
            Command::EndOffer { workspace }
        } else {
            Command::AcceptOffer { workspace }
        })
    }

    fn new_workspace(&mut self, account: AccountId) -> Command {
        let creator = !self.dice.one_in(3);
        Command::CreateWorkspace {
            workspace: WorkspaceId::from_bytes(self.fresh()),
            account,
            title: format!("W{}", self.dice.roll(5)),
            plan: Some(if self.dice.one_in(3) { Plan::Basic } else { Plan::Pro }),
            membership: creator.then(|| MembershipId::from_bytes(self.fresh())),
            labels: Labels::default(),
        }
    }

    /// A mapping of everything that is held or offered, right more often than not.
    fn scheme_change(&mut self, account: AccountId) -> Command {
        let scheme = match self.world.accounts[&account].scheme {
            SchemeId::Managed => SchemeId::OwnerLed,
            SchemeId::OwnerLed => SchemeId::Managed,
        };
        let world = &self.world;
        let here = |id: WorkspaceId| world.workspaces[&id].account == account;
        let mut held: Vec<(WorkspaceId, RoleSet)> = world
            .members
            .values()
            .filter(|it| here(it.workspace) && it.state.is_present())
            .map(|it| (it.workspace, it.roles))
            .chain(
                world
                    .invitations
                    .values()
                    .filter(|it| here(it.workspace))
                    .map(|it| (it.workspace, it.roles)),
            )
            .collect();
        let members = world.members.values();
        let people: Vec<_> = members.filter(|it| here(it.workspace)).map(|it| it.id).collect();
        held.sort_unstable();
        held.dedup();
        let owner = world.accounts[&account].rules().owner_class_role;
        let mut mapping = Vec::new();
        for (workspace, from) in held {
            let known = scheme.scheme().roles;
            let to = if from.has(owner) && !self.dice.one_in(20) {
                RolesTo::BuiltIn(RoleSet::of(&[scheme.scheme().owner_class_role]))
            } else if scheme == SchemeId::Managed && self.dice.one_in(3) {
                RolesTo::Equal
            } else {
                RolesTo::BuiltIn(RoleSet::of(&[self.dice.pick(known).expect("some")]))
            };
            mapping.push(RoleMapping { workspace: Some(workspace), from, to });
        }
        let all = !self.dice.one_in(3);
        let widened = if all { people } else { Vec::new() };
        Command::SetScheme { account, scheme, mapping, widened }
    }

    fn about_workspace(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        Some(match self.dice.roll(12) {
            0 => {
                let title = format!("W{}", self.dice.roll(5));
                Command::RenameWorkspace { workspace, was: row.name.clone(), title }
            }
            1 => {
                let labels = labels_of(&[["north", "south"][usize::from(self.dice.byte(2))]]);
                if self.dice.one_in(3) {
                    let colour = Colour::ALL[usize::from(self.dice.byte(12))];
                    Command::SetWorkspaceColour { workspace, colour: Some(colour) }
                } else {
                    Command::SetWorkspaceLabels { workspace, was: row.labels.clone(), labels }
                }
            }
            2 | 3 => {
                let plan = if self.dice.one_in(3) { Plan::Basic } else { Plan::Pro };
                Command::SetPlan { workspace, plan }
            }
            4 if self.dice.one_in(6) => Command::EndPlan { workspace },
            5 => Command::DeleteWorkspace { workspace, reason: self.reason() },
            6..=8 => {
                let world = &self.world;
                let binned = world.workspaces.values();
                let binned: Vec<_> = binned
                    .filter(|it| it.status == WorkspaceStatus::Trashed)
                    .map(|it| it.id)
                    .collect();
                Command::RestoreWorkspace { workspace: self.dice.pick(&binned)? }
            }
            _ => Command::LeaveWorkspace { workspace },
        })
    }

    pub fn reason(&mut self) -> Option<String> {
        (!self.dice.one_in(3)).then(|| "because".to_owned())
    }

    fn about_member(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        let member = self.member(workspace)?;
        let membership = member.id;
        Some(match self.dice.roll(16) {
            0..=4 => {
                let was = if self.dice.one_in(20) { RoleSet::NONE } else { member.roles };
                let (roles, reason) = (self.roles(row), self.reason());
                Command::SetMemberRoles { workspace, membership, was, roles, reason }
            }
            5..=7 => {
                let at = self.now.plus_days(i64::from(self.dice.byte(9)) - 1);
                let roles = self.dice.one_in(2).then(|| self.roles(row));
                let end = (!self.dice.one_in(4)).then_some(End { at, roles });
                Command::SetMemberEnd { workspace, membership, was: member.until, end }
            }
            8 => {
                let labels = labels_of(&[["day", "night"][usize::from(self.dice.byte(2))]]);
                Command::SetMemberLabels { workspace, membership, was: member.labels, labels }
            }
            9 => {
                let note = format!("note {}", self.dice.roll(9));
                Command::SetMemberNote { workspace, membership, was: member.note, note }
            }
            10 | 11 => Command::SuspendMember { workspace, membership, reason: self.reason() },
            12 => Command::ResumeMember { workspace, membership },
            13 => Command::RemoveMember { workspace, membership, reason: self.reason() },
            _ => Command::AddMember {
                workspace,
                membership: MembershipId::from_bytes(self.fresh()),
                person: self.somebody(row.account)?,
                roles: self.roles(row),
            },
        })
    }

    fn about_invitation(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        if self.dice.one_in(2) {
            return Some(Command::CreateInvitation {
                workspace,
                invitation: InvitationId::from_bytes(self.fresh()),
                address: address(self.dice.byte(u64::from(PEOPLE) + 3)),
                person: None,
                roles: self.roles(row),
                message: None,
            });
        }
        let any = self.dice.one_in(6);
        let now = self.now;
        let all: Vec<Invitation> = self
            .world
            .invitations
            .values()
            .filter(|it| it.workspace == workspace && (any || it.is_open(now)))
            .cloned()
            .collect();
        let Some(invitation) = self.dice.pick(&all).map(|it| it.id) else {
            return self.confirmation();
        };
        Some(match self.dice.roll(4) {
            0 => Command::ResendInvitation { workspace, invitation },
            1 => {
                let roles = self.roles(row);
                Command::SetInvitationRoles { workspace, invitation, roles }
            }
            2 => Command::ConfirmInvitation { workspace, invitation },
            _ => Command::RevokeInvitation { workspace, invitation },
        })
    }

    /// Of any open invitation, wherever it is.
    fn confirmation(&mut self) -> Option<Command> {
        let now = self.now;
        let open = self.world.invitations.values().filter(|it| it.is_open(now));
        let open: Vec<_> = open.map(|it| (it.workspace, it.id)).collect();
        let (workspace, invitation) = self.dice.pick(&open)?;
        Some(Command::ConfirmInvitation { workspace, invitation })
    }

    fn permissions(&mut self) -> PermissionSet {
        let likely = 2 + self.dice.roll(3);
        Permission::ALL.iter().copied().filter(|_| self.dice.one_in(likely)).collect()
    }

    fn about_role(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        let own = self.own_roles(workspace);
        let role = self.dice.pick(&own).filter(|_| !self.dice.one_in(3));
        let Some(role) = role else {
            return Some(Command::DefineRole {
                workspace,
                role: RoleId::from_bytes(self.fresh()),
                title: "Role".into(),
                permissions: self.permissions(),
            });
        };
        if self.dice.one_in(2) {
            return Some(Command::ChangeRole {
                workspace,
                role: role.id,
                was: role.permissions,
                title: role.name,
                permissions: self.permissions(),
            });
        }
        let holder = self.member(workspace);
        let holders = holder
            .map(|it| Replacement { membership: it.id, roles: self.roles(row) })
            .into_iter()
            .collect();
        let others = self.roles(row);
        Some(Command::DeleteRole { workspace, role: role.id, holders, others })
    }

    fn body(&mut self, workspace: WorkspaceId) -> ContentBody {
        let text = format!("text {}", self.dice.roll(99));
        let state = Activity::On;
        match self.dice.roll(7) {
            0..=1 => {
                // Now and then knowledge of another workspace.
                let foreign = self.dice.one_in(6);
                let all = self.world.contents.values();
                let here: Vec<_> =
                    all.filter(|it| foreign || it.workspace == workspace).map(|it| it.id).collect();
                let knowledge = self.dice.pick(&here).into_iter().collect();
                ContentBody::Agent { instructions: text, state, knowledge }
            }
            2 => ContentBody::Prompt { text },
            3 | 4 => ContentBody::Knowledge { source: KnowledgeSource::Faq, text, size: 9 },
            5 => ContentBody::Integration { service: text, state },
            _ => ContentBody::Conversation {
                person: text.clone(),
                at: self.now,
                channel: text,
                state: TalkState::Open,
            },
        }
    }

    fn about_content(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        let body = self.body(workspace);
        let all: Vec<Content> =
            self.world.contents.values().filter(|it| it.workspace == workspace).cloned().collect();
        let title = "Name".to_owned();
        let record = self.dice.pick(&all).filter(|_| !self.dice.one_in(2));
        Some(match record {
            None => {
                let content = ContentId::from_bytes(self.fresh());
                Command::CreateContent { workspace, content, title, body }
            }
            Some(record) if self.dice.one_in(3) => {
                Command::DeleteContent { workspace, content: record.id }
            }
            Some(record) => {
                let version = record.version;
                Command::ChangeContent { workspace, content: record.id, version, title, body }
            }
        })
    }

    fn covers(&mut self, account: AccountId) -> Covers {
        let foreign = self.dice.one_in(12);
        let all = self.world.workspaces.values();
        let all = all.filter(|it| foreign || it.account == account);
        let ids: Vec<_> = all.map(|it| it.id).collect();
        let some: Vec<_> = ids.into_iter().filter(|_| self.dice.one_in(2)).collect();
        if self.dice.one_in(2) { Covers::Listed(some) } else { Covers::AllBut(some) }
    }

    fn about_group(&mut self, row: &Workspace) -> Option<Command> {
        let account = row.account;
        let title = format!("Pod {}", self.dice.roll(9));
        let groups = self.world.groups.values();
        let groups: Vec<Group> =
            groups.filter(|it| it.account == account && !it.deleted).cloned().collect();
        let group = self.dice.pick(&groups).filter(|_| !self.dice.one_in(6));
        let Some(group) = group else {
            let covers = self.covers(account);
            let roles = self.roles(row);
            let group = GroupId::from_bytes(self.fresh());
            return Some(Command::CreateGroup { account, group, title, covers, roles });
        };
        let group = group.id;
        Some(match self.dice.roll(8) {
            0 | 1 => {
                let covers = self.covers(account);
                let roles = self.roles(row);
                Command::ChangeGroup { account, group, title, covers, roles }
            }
            2 => Command::DeleteGroup { account, group },
            3..=5 => Command::AddGroupPerson { account, group, person: self.somebody(account)? },
            _ => {
                let people = &self.world.groups[&group].people;
                let people: Vec<_> = people.iter().map(|it| it.login).collect();
                Command::RemoveGroupPerson { account, group, login: self.dice.pick(&people)? }
            }
        })
    }
}
