//! What people ask for: commands made from what their own copy shows, sensible often enough to
//! be accepted and often enough not.

use std::collections::BTreeMap;

use muster_cache::Mirror;
use muster_domain::{
    AccountId, Activity, Address, Command, ContentBody, ContentId, Covers, End, GroupId,
    InvitationId, KnowledgeSource, Labels, Lookup, Membership, MembershipId, OwnRole, Permission,
    PermissionSet, Plan, Replacement, RoleId, RoleMapping, RoleSet, RolesTo, SchemeId, TalkState,
    Timestamp, Workspace, WorkspaceId,
};

use crate::random::Dice;

/// What has ever been made, whoever can see it.
#[derive(Debug, Default)]
pub struct Atlas {
    pub accounts: Vec<AccountId>,
    pub workspaces: Vec<WorkspaceId>,
    pub contents: BTreeMap<WorkspaceId, Vec<ContentId>>,
    pub addresses: Vec<Address>,
    fresh: u64,
}

impl Atlas {
    /// Bytes of an id that nothing has.
    pub fn fresh(&mut self) -> [u8; 16] {
        self.fresh += 1;
        let mut bytes = [0xEE; 16];
        bytes[8..].copy_from_slice(&self.fresh.to_be_bytes());
        bytes
    }
}

/// Somebody in front of a copy.
pub struct Asker<'a> {
    pub dice: &'a mut Dice,
    pub atlas: &'a mut Atlas,
    pub mirror: &'a Mirror<'a>,
    pub now: Timestamp,
}

impl Asker<'_> {
    pub fn command(&mut self) -> Option<Command> {
        let known = self.atlas.workspaces.clone();
        let mut seen = None;
        for _ in 0..8 {
            seen = self.mirror.workspace(self.dice.pick(&known)?).ok()?;
            if seen.is_some() {
                break;
            }
        }
        let workspace = seen?;
        match self.dice.roll(20) {
            0 => self.about_account(&workspace),
            1 | 2 => self.about_workspace(&workspace),
            3..=9 => self.about_member(&workspace),
            10 | 11 => self.about_invitation(&workspace),
            12 => self.about_role(&workspace),
            13 => self.about_group(&workspace),
            _ => self.about_content(&workspace),
        }
    }

    fn scheme(&self, workspace: &Workspace) -> Option<SchemeId> {
        Some(self.mirror.account(workspace.account).ok()??.scheme)
    }

    fn members(&self, workspace: WorkspaceId) -> Option<Vec<Membership>> {
        self.mirror.present_members(workspace).ok()?.known()
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Option<Vec<OwnRole>> {
        self.mirror.own_roles(workspace).ok()
    }

    fn roles(&mut self, workspace: &Workspace) -> Option<RoleSet> {
        let known = self.scheme(workspace)?.scheme().roles;
        let mut roles = RoleSet::of(&[self.dice.pick(known)?]);
        if self.scheme(workspace)? == SchemeId::Managed {
            if self.dice.one_in(3) {
                roles = roles.union(RoleSet::of(&[self.dice.pick(known)?]));
            }
            let own = self.own_roles(workspace.id)?;
            if let Some(role) = self.dice.pick(&own).filter(|_| self.dice.one_in(2)) {
                roles = roles.union(RoleSet::own(role.slot));
            }
        }
        Some(roles)
    }

    /// Somebody of the account, by a membership.
    fn somebody(&mut self, account: AccountId) -> Option<MembershipId> {
        let mut all = Vec::new();
        for id in &self.atlas.workspaces {
            let here = self.mirror.workspace(*id).ok()?.is_some_and(|it| it.account == account);
            if here && let Some(members) = self.members(*id) {
                all.extend(members.into_iter().map(|it| it.id));
            }
        }
        self.dice.pick(&all)
    }

    fn reason(&mut self) -> Option<String> {
        self.dice.one_in(2).then(|| "because".to_owned())
    }

    fn about_account(&mut self, workspace: &Workspace) -> Option<Command> {
        let account = workspace.account;
        let row = self.mirror.account(account).ok()??;
        Some(match self.dice.roll(16) {
            0 => {
                let title = format!("Account {}", self.dice.roll(9));
                Command::RenameAccount { account, was: row.name, title }
            }
            1 => Command::SetPolicy {
                account,
                invitation_days: 1 + u16::from(self.dice.byte(9)),
                lease_days: u16::from(self.dice.byte(30)),
                reason_required: self.dice.one_in(4),
                review_days: None,
                second_admin: Some(self.dice.one_in(2)),
                name_days: None,
            },
            2..=5 => Command::AddAdmin { account, person: self.somebody(account)? },
            6..=8 => {
                let admins = self.mirror.active_admins(account).ok()?.known()?;
                Command::RemoveAdmin { account, login: self.dice.pick(&admins)?.login }
            }
            9 => Command::LeaveAccount { account },
            10 => self.scheme_change(account, row.scheme),
            11 if self.dice.one_in(3) => {
                let days = 1 + u16::from(self.dice.byte(5));
                Command::ScheduleDeletion { account, title: row.name, days }
            }
            12 if self.dice.one_in(2) => Command::ConfirmDeletion { account },
            12 => Command::WithdrawDeletion { account },
            _ => self.new_workspace(account),
        })
    }

    fn scheme_change(&mut self, account: AccountId, from: SchemeId) -> Command {
        let scheme = match from {
            SchemeId::Managed => SchemeId::OwnerLed,
            SchemeId::OwnerLed => SchemeId::Managed,
        };
        let (owner, next) = (from.scheme().owner_class_role, scheme.scheme().owner_class_role);
        let mapping = from.scheme().roles.iter().map(|role| {
            let to =
                if *role == owner { next } else { *scheme.scheme().roles.last().unwrap_or(&next) };
            let to = RolesTo::BuiltIn(RoleSet::of(&[to]));
            RoleMapping { workspace: None, from: RoleSet::of(&[*role]), to }
        });
        Command::SetScheme { account, scheme, mapping: mapping.collect(), widened: Vec::new() }
    }

    fn new_workspace(&mut self, account: AccountId) -> Command {
        let workspace = WorkspaceId::from_bytes(self.atlas.fresh());
        let creator = !self.dice.one_in(3);
        if self.atlas.workspaces.len() < 12 {
            self.atlas.workspaces.push(workspace);
        }
        Command::CreateWorkspace {
            workspace,
            account,
            title: format!("W{}", self.dice.roll(50)),
            plan: Some(Plan::Pro),
            membership: creator.then(|| MembershipId::from_bytes(self.atlas.fresh())),
            labels: Labels::default(),
        }
    }

    fn about_workspace(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        Some(match self.dice.roll(16) {
            0..=4 => {
                let title = format!("W{}", self.dice.roll(50));
                Command::RenameWorkspace { workspace, was: row.name.clone(), title }
            }
            5 | 6 => {
                let labels = self.labels();
                Command::SetWorkspaceLabels { workspace, was: row.labels.clone(), labels }
            }
            7 => {
                let plan = if self.dice.one_in(4) { Plan::Basic } else { Plan::Pro };
                Command::SetPlan { workspace, plan }
            }
            8 => Command::LeaveWorkspace { workspace },
            9 => Command::DeleteWorkspace { workspace, reason: self.reason() },
            10 | 11 => Command::RestoreWorkspace { workspace },
            12 | 13 => {
                let accounts = self.atlas.accounts.clone();
                Command::OfferWorkspace { workspace, to: self.dice.pick(&accounts)? }
            }
            14 => Command::EndOffer { workspace },
            _ => {
                // Of an account's own offers, the mirror knows no workspace row.
                let all = self.atlas.workspaces.clone();
                Command::AcceptOffer { workspace: self.dice.pick(&all)? }
            }
        })
    }

    fn labels(&mut self) -> Labels {
        let word = ["north", "south", "day", "night"][usize::from(self.dice.byte(4))];
        Labels::clean([word]).unwrap_or_default()
    }

    fn about_member(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        let members = self.members(workspace)?;
        let member = self.dice.pick(&members)?;
        let membership = member.id;
        Some(match self.dice.roll(20) {
            0..=4 => {
                let (roles, reason) = (self.roles(row)?, self.reason());
                Command::SetMemberRoles { workspace, membership, was: member.roles, roles, reason }
            }
            5..=7 => {
                let at = self.now.plus_days(i64::from(self.dice.byte(4)));
                let roles = if self.dice.one_in(2) { Some(self.roles(row)?) } else { None };
                let end = (!self.dice.one_in(4)).then_some(End { at, roles });
                Command::SetMemberEnd { workspace, membership, was: member.until, end }
            }
            8 | 9 => {
                let labels = self.labels();
                Command::SetMemberLabels { workspace, membership, was: member.labels, labels }
            }
            10 | 11 => {
                let note = format!("note {}", self.dice.roll(9));
                Command::SetMemberNote { workspace, membership, was: member.note, note }
            }
            12 | 13 => Command::SuspendMember { workspace, membership, reason: self.reason() },
            14 | 15 => Command::ResumeMember { workspace, membership },
            16 => Command::RemoveMember { workspace, membership, reason: self.reason() },
            _ => Command::AddMember {
                workspace,
                membership: MembershipId::from_bytes(self.atlas.fresh()),
                person: self.somebody(row.account)?,
                roles: self.roles(row)?,
            },
        })
    }

    fn about_invitation(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        if self.dice.one_in(2) {
            let addresses = self.atlas.addresses.clone();
            return Some(Command::CreateInvitation {
                workspace,
                invitation: InvitationId::from_bytes(self.atlas.fresh()),
                address: self.dice.pick(&addresses)?,
                person: None,
                roles: self.roles(row)?,
                message: None,
            });
        }
        let all = self.mirror.invitations_of(workspace).ok()?.known()?;
        let invitation = self.dice.pick(&all)?.id;
        Some(match self.dice.roll(4) {
            0 => Command::ResendInvitation { workspace, invitation },
            1 => Command::SetInvitationRoles { workspace, invitation, roles: self.roles(row)? },
            2 => Command::ConfirmInvitation { workspace, invitation },
            _ => Command::RevokeInvitation { workspace, invitation },
        })
    }

    fn permissions(&mut self) -> PermissionSet {
        Permission::ALL.iter().copied().filter(|_| self.dice.one_in(2)).collect()
    }

    fn about_role(&mut self, row: &Workspace) -> Option<Command> {
        let workspace = row.id;
        let own = self.own_roles(workspace)?;
        let Some(role) = self.dice.pick(&own).filter(|_| !self.dice.one_in(3)) else {
            return Some(Command::DefineRole {
                workspace,
                role: RoleId::from_bytes(self.atlas.fresh()),
                title: format!("Role {}", self.dice.roll(99)),
                permissions: self.permissions(),
            });
        };
        if !self.dice.one_in(3) {
            let (title, permissions) = (role.name, self.permissions());
            let was = role.permissions;
            return Some(Command::ChangeRole { workspace, role: role.id, was, title, permissions });
        }
        let holder = self.members(workspace).and_then(|all| self.dice.pick(&all));
        let holders = match holder {
            Some(it) => vec![Replacement { membership: it.id, roles: self.roles(row)? }],
            None => Vec::new(),
        };
        let others = self.roles(row)?;
        Some(Command::DeleteRole { workspace, role: role.id, holders, others })
    }

    fn body(&mut self, workspace: WorkspaceId) -> ContentBody {
        let text = format!("text {}", self.dice.roll(99));
        let state = Activity::On;
        match self.dice.roll(7) {
            0 | 1 => {
                let here = self.atlas.contents.get(&workspace).cloned().unwrap_or_default();
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
        let title = format!("Record {}", self.dice.roll(99));
        let here = self.atlas.contents.get(&workspace).cloned().unwrap_or_default();
        let record = match self.dice.pick(&here) {
            Some(id) => self.mirror.content(id).ok()?,
            None => None,
        };
        Some(match record.filter(|_| !self.dice.one_in(3)) {
            None => {
                let content = ContentId::from_bytes(self.atlas.fresh());
                let known = self.atlas.contents.entry(workspace).or_default();
                if known.len() >= 8 {
                    known.remove(0);
                }
                known.push(content);
                Command::CreateContent { workspace, content, title, body }
            }
            Some(record) if self.dice.one_in(4) => {
                Command::DeleteContent { workspace, content: record.id }
            }
            Some(record) => {
                let (content, version) = (record.id, record.version);
                let body = if self.dice.one_in(3) { body } else { record.body };
                Command::ChangeContent { workspace, content, version, title, body }
            }
        })
    }

    fn covers(&mut self) -> Covers {
        let all = self.atlas.workspaces.clone();
        let some = all.into_iter().filter(|_| self.dice.one_in(2)).collect();
        if self.dice.one_in(2) { Covers::Listed(some) } else { Covers::AllBut(some) }
    }

    fn about_group(&mut self, row: &Workspace) -> Option<Command> {
        let account = row.account;
        let title = format!("Pod {}", self.dice.roll(9));
        let groups = self.mirror.groups_of(account).ok()?.known()?;
        let Some(group) = self.dice.pick(&groups).filter(|_| !self.dice.one_in(4)) else {
            let (covers, roles) = (self.covers(), self.roles(row)?);
            let group = GroupId::from_bytes(self.atlas.fresh());
            return Some(Command::CreateGroup { account, group, title, covers, roles });
        };
        let id = group.id;
        Some(match self.dice.roll(8) {
            0 | 1 => {
                let (covers, roles) = (self.covers(), self.roles(row)?);
                Command::ChangeGroup { account, group: id, title, covers, roles }
            }
            2 => Command::DeleteGroup { account, group: id },
            3..=5 => {
                Command::AddGroupPerson { account, group: id, person: self.somebody(account)? }
            }
            _ => {
                let login = self.dice.pick(&group.people)?.login;
                Command::RemoveGroupPerson { account, group: id, login }
            }
        })
    }
}
