//! One decision with its facts, from memory, against looking up one member in a hash map.

mod support;

use std::collections::HashMap;
use std::convert::Infallible;
use std::hint::black_box;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Command, Content, ContentId, ContentKind, Decision,
    Facts, Group, GroupId, Invitation, InvitationId, Known, Login, LoginId, Lookup, MemberState,
    Membership, MembershipId, OwnRole, Review, ReviewId, ReviewLine, Role, RoleId, RoleSet,
    Timestamp, Workspace, WorkspaceId, decide,
};
use support::{NOW, Roster, median, report, roster, time};

const PEOPLE: usize = 100_000;
const DECISIONS: usize = 100_000;
const ROUNDS: u64 = 11;

fn main() {
    let roster = roster(PEOPLE);
    let store = Memory::of(&roster);
    let commands: Vec<_> = roster
        .members
        .iter()
        .filter(|member| member.login != roster.me.id)
        .cycle()
        .take(DECISIONS)
        .map(|member| Command::SetMemberRoles {
            workspace: member.workspace,
            membership: member.id,
            was: member.roles,
            roles: RoleSet::of(&[Role::Admin]),
            reason: None,
        })
        .collect();
    let decisions = median(ROUNDS, |_| {
        time(|| {
            for command in &commands {
                let Ok(facts) = Facts::load(&store, &roster.me, command, NOW);
                let decision = decide(&facts, command, NOW);
                assert!(matches!(decision, Decision::Accept(_) | Decision::NoOp), "{decision:?}");
                black_box(decision);
            }
        })
    });
    let floor = median(ROUNDS, |_| {
        time(|| {
            for command in &commands {
                let id = command.membership().expect("the commands are about members");
                black_box(store.members.get(&id).expect("everybody is there"));
            }
        })
    });
    let each = |all: std::time::Duration| all / u32::try_from(DECISIONS).expect("a small number");
    report("one decision", each(decisions), "one look-up in a hash map", each(floor));
}

/// A store of one workspace in hash maps.
struct Memory {
    me: Login,
    account: Account,
    workspace: Workspace,
    members: HashMap<MembershipId, Membership>,
    by_login: HashMap<LoginId, MembershipId>,
    by_address: HashMap<Address, MembershipId>,
    owners: Vec<MembershipId>,
}

impl Memory {
    fn of(roster: &Roster) -> Self {
        let owner = |it: &&Membership| {
            it.state == MemberState::Active && it.roles.has(Role::Owner) && it.until.is_none()
        };
        Self {
            me: roster.me.clone(),
            account: roster.account.clone(),
            workspace: roster.workspace.clone(),
            members: roster.members.iter().map(|it| (it.id, it.clone())).collect(),
            by_login: roster.members.iter().map(|it| (it.login, it.id)).collect(),
            by_address: roster.members.iter().map(|it| (it.address.clone(), it.id)).collect(),
            owners: roster.members.iter().filter(owner).map(|it| it.id).collect(),
        }
    }

    fn count(count: usize) -> Known<u32> {
        Known::Known(u32::try_from(count).expect("fewer than a billion"))
    }
}

/// What a decision about one member does not ask is answered with nothing.
impl Lookup for Memory {
    type Error = Infallible;

    fn login(&self, id: LoginId) -> Result<Option<Login>, Infallible> {
        Ok((self.me.id == id).then(|| self.me.clone()))
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, Infallible> {
        Ok((self.account.id == id).then(|| self.account.clone()))
    }

    fn is_account_admin(&self, _: AccountId, _: LoginId) -> Result<Known<bool>, Infallible> {
        Ok(Known::Known(false))
    }

    fn active_admins(&self, _: AccountId) -> Result<Known<Vec<AccountAdmin>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn home_account(&self, _: LoginId) -> Result<Known<Option<Account>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Infallible> {
        Ok((self.workspace.id == id).then(|| self.workspace.clone()))
    }

    fn workspaces_of(&self, _: AccountId) -> Result<Known<Vec<Workspace>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn other_workspaces(&self, _: AccountId, _: WorkspaceId) -> Result<Known<u32>, Infallible> {
        Ok(Known::Known(0))
    }

    fn name_in_bin(&self, _: AccountId, _: &str) -> Result<Known<Option<Timestamp>>, Infallible> {
        Ok(Known::Known(None))
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Infallible> {
        Ok(self.members.get(&id).cloned())
    }

    fn present_membership(
        &self,
        _: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Infallible> {
        Ok(self.by_login.get(&login).and_then(|id| self.members.get(id)).cloned())
    }

    fn membership_by_address(
        &self,
        _: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Infallible> {
        let found = self.by_address.get(address).and_then(|id| self.members.get(id));
        Ok(Known::Known(found.cloned()))
    }

    fn present_members(&self, _: WorkspaceId) -> Result<Known<Vec<Membership>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn memberships_in(
        &self,
        _: AccountId,
        _: LoginId,
    ) -> Result<Known<Vec<Membership>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn other_owners(
        &self,
        _: WorkspaceId,
        _: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Infallible> {
        Ok(Self::count(self.owners.iter().filter(|id| **id != except).count()))
    }

    fn owners_by_age(&self, _: WorkspaceId, _: Role) -> Result<Known<Vec<Membership>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn seats_taken(&self, _: WorkspaceId, _: Timestamp) -> Result<Known<u32>, Infallible> {
        Ok(Self::count(self.members.len()))
    }

    fn invitation(&self, _: InvitationId) -> Result<Option<Invitation>, Infallible> {
        Ok(None)
    }

    fn open_invitation(
        &self,
        _: WorkspaceId,
        _: &Address,
        _: Timestamp,
    ) -> Result<Known<Option<Invitation>>, Infallible> {
        Ok(Known::Known(None))
    }

    fn invitations_of(&self, _: WorkspaceId) -> Result<Known<Vec<Invitation>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn invitations_to(
        &self,
        _: AccountId,
        _: &Address,
    ) -> Result<Known<Vec<Invitation>>, Infallible> {
        Ok(Known::Unknown)
    }

    fn own_roles(&self, _: WorkspaceId) -> Result<Vec<OwnRole>, Infallible> {
        Ok(Vec::new())
    }

    fn role(&self, _: RoleId) -> Result<Option<OwnRole>, Infallible> {
        Ok(None)
    }

    fn content(&self, _: ContentId) -> Result<Option<Content>, Infallible> {
        Ok(None)
    }

    fn content_count(&self, _: WorkspaceId, _: ContentKind) -> Result<Known<u32>, Infallible> {
        Ok(Known::Unknown)
    }

    fn review(&self, _: ReviewId) -> Result<Option<Review>, Infallible> {
        Ok(None)
    }
    fn review_line(&self, _: ReviewId, _: MembershipId) -> Result<Option<ReviewLine>, Infallible> {
        Ok(None)
    }
    fn review_lines(&self, _: ReviewId) -> Result<Known<Vec<ReviewLine>>, Infallible> {
        Ok(Known::Unknown)
    }
    fn last_review(&self, _: WorkspaceId) -> Result<Known<Option<Review>>, Infallible> {
        Ok(Known::Unknown)
    }
    fn group(&self, _: GroupId) -> Result<Option<Group>, Infallible> {
        Ok(None)
    }

    fn groups_of(&self, _: AccountId) -> Result<Known<Vec<Group>>, Infallible> {
        Ok(Known::Unknown)
    }
}
