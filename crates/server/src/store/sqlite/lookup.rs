//! The questions of the rules, answered from the tables. Nothing is unknown here.

use std::sync::LazyLock;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Content, ContentId, ContentKind, Group, GroupId,
    Invitation, InvitationId, Known, Login, LoginId, Lookup, Membership, MembershipId, OwnRole,
    Review, ReviewId, ReviewLine, Role, RoleId, RoleSet, Timestamp, Workspace, WorkspaceId,
};
use rusqlite::params;

use super::{Session, StoreError, review, row, tombstone};
use crate::store::text::Text;

/// Counting stops here: the largest limit of a plan is far below.
const MOST_COUNTED: u32 = 10_000;

macro_rules! sql {
    ($name:ident, $($arg:tt)*) => {
        static $name: LazyLock<String> = LazyLock::new(|| format!($($arg)*));
    };
}

sql!(LOGIN, "SELECT {} FROM logins WHERE id = ?1", row::LOGIN);
sql!(ACCOUNT, "SELECT {} FROM accounts WHERE id = ?1 AND status = 'active'", row::ACCOUNT);
sql!(
    ACTIVE_ADMINS,
    "SELECT {} FROM account_admins WHERE account = ?1 AND active = 1 ORDER BY since, login",
    row::ADMIN
);
sql!(
    HOME,
    "SELECT {} FROM account_admins d JOIN accounts a ON a.id = d.account
     WHERE d.login = ?1 AND d.active = 1 AND a.scheme = 'owner_led' AND a.status = 'active'
     ORDER BY d.since, a.id LIMIT 1",
    row::of("a", row::ACCOUNT)
);
sql!(
    WORKSPACES,
    "SELECT {} FROM workspaces WHERE account = ?1 AND status IN ('active', 'trashed')
     ORDER BY id",
    row::WORKSPACE
);
const BIN: &str = "SELECT name, trashed_at FROM workspaces
     WHERE account = ?1 AND status = 'trashed' AND trashed_at IS NOT NULL";
sql!(WORKSPACE, "SELECT {} FROM workspaces WHERE id = ?1", row::WORKSPACE);
sql!(MEMBERSHIP, "SELECT {} FROM memberships WHERE id = ?1", row::MEMBERSHIP);
sql!(
    PRESENT,
    "SELECT {} FROM memberships
     WHERE workspace = ?1 AND login = ?2 AND state IN ('active', 'suspended')",
    row::MEMBERSHIP
);
sql!(
    BY_ADDRESS,
    "SELECT {} FROM memberships
     WHERE workspace = ?1 AND address = ?2 AND state IN ('active', 'suspended')
     ORDER BY id LIMIT 1",
    row::MEMBERSHIP
);
sql!(
    PRESENT_MEMBERS,
    "SELECT {} FROM memberships
     WHERE workspace = ?1 AND state IN ('active', 'suspended') ORDER BY login",
    row::MEMBERSHIP
);
sql!(
    MEMBERSHIPS_IN,
    "SELECT {} FROM memberships m JOIN workspaces w ON w.id = m.workspace
     WHERE m.login = ?2 AND m.state IN ('active', 'suspended') AND w.account = ?1
       AND w.status = 'active' ORDER BY m.id",
    row::of("m", row::MEMBERSHIP)
);
sql!(
    OWNERS,
    "SELECT {} FROM memberships m JOIN logins l ON l.id = m.login
     WHERE m.workspace = ?1 AND m.state = 'active' AND m.until IS NULL AND m.owner_class = 1
       AND m.roles & ?2 != 0 AND l.status = 'active' ORDER BY m.joined, m.id",
    row::of("m", row::MEMBERSHIP)
);
sql!(
    INVITATIONS_OF,
    "SELECT {} FROM invitations WHERE workspace = ?1 AND state = 'open' ORDER BY address, id",
    row::INVITATION
);
sql!(
    INVITATIONS_TO,
    "SELECT {} FROM invitations i JOIN workspaces w ON w.id = i.workspace
     WHERE i.address = ?2 AND i.state = 'open' AND w.account = ?1 ORDER BY i.id",
    row::of("i", row::INVITATION)
);
sql!(
    OWN_ROLES,
    "SELECT {} FROM own_roles WHERE workspace = ?1 AND deleted = 0 ORDER BY slot",
    row::ROLE
);
sql!(ROLE, "SELECT {} FROM own_roles WHERE id = ?1", row::ROLE);
sql!(CONTENT, "SELECT {} FROM contents WHERE id = ?1", row::CONTENT);
const CONTENT_COUNT: &str = "SELECT count(*) FROM
     (SELECT 1 FROM contents WHERE workspace = ?1 AND kind = ?2 AND deleted = 0 LIMIT ?3)";
sql!(GROUP, "SELECT {} FROM workspace_groups WHERE id = ?1", row::GROUP);
sql!(
    GROUPS,
    "SELECT {} FROM workspace_groups WHERE account = ?1 AND deleted = 0 ORDER BY id",
    row::GROUP
);
sql!(INVITATION, "SELECT {} FROM invitations WHERE id = ?1", row::INVITATION);
sql!(
    OPEN_INVITATION,
    "SELECT {} FROM invitations
     WHERE workspace = ?1 AND address = ?2 AND expires > ?3 AND state = 'open'
     ORDER BY expires DESC LIMIT 1",
    row::INVITATION
);
const IS_ADMIN: &str =
    "SELECT count(*) FROM account_admins WHERE account = ?1 AND login = ?2 AND active = 1";
const OTHER_OWNERS: &str = "SELECT count(*) FROM memberships m JOIN logins l ON l.id = m.login
     WHERE m.workspace = ?1 AND m.state = 'active' AND m.until IS NULL AND m.owner_class = 1
       AND m.roles & ?2 != 0 AND m.id != ?3 AND l.status = 'active'";
const OTHER_WORKSPACES: &str =
    "SELECT count(*) FROM workspaces WHERE account = ?1 AND status = 'active' AND id != ?2";
const SEATS: &str = "SELECT present + (SELECT count(*) FROM invitations i
         WHERE i.workspace = w.id AND i.state = 'open' AND i.expires > ?2)
     FROM workspaces w WHERE w.id = ?1";

impl Lookup for Session<'_> {
    type Error = StoreError;

    fn login(&self, id: LoginId) -> Result<Option<Login>, StoreError> {
        self.one(&LOGIN, [id.to_bytes()], row::login)
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.one(&ACCOUNT, [id.to_bytes()], row::account)
    }

    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, StoreError> {
        let count = self.count(IS_ADMIN, params![account.to_bytes(), login.to_bytes()])?;
        Ok(Known::Known(count > 0))
    }

    fn active_admins(&self, account: AccountId) -> Result<Known<Vec<AccountAdmin>>, StoreError> {
        self.many(&ACTIVE_ADMINS, [account.to_bytes()], row::admin).map(Known::Known)
    }

    fn home_account(&self, login: LoginId) -> Result<Known<Option<Account>>, StoreError> {
        self.one(&HOME, [login.to_bytes()], row::account).map(Known::Known)
    }

    fn workspaces_of(&self, account: AccountId) -> Result<Known<Vec<Workspace>>, StoreError> {
        self.many(&WORKSPACES, [account.to_bytes()], row::workspace).map(Known::Known)
    }

    fn name_in_bin(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Known<Option<Timestamp>>, StoreError> {
        let wanted = name.to_lowercase();
        let bin = self.many(BIN, [account.to_bytes()], |row| {
            Ok((row.get::<_, String>("name")?, row::time(row, "trashed_at")?))
        })?;
        let same = bin.into_iter().filter(|(name, _)| name.to_lowercase() == wanted);
        Ok(Known::Known(same.map(|(_, since)| since).max()))
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        self.one(&WORKSPACE, [id.to_bytes()], row::workspace)
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, StoreError> {
        self.one(&MEMBERSHIP, [id.to_bytes()], row::membership)
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, StoreError> {
        self.one(&PRESENT, params![workspace.to_bytes(), login.to_bytes()], row::membership)
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, StoreError> {
        let params = params![workspace.to_bytes(), address.as_str()];
        self.one(&BY_ADDRESS, params, row::membership).map(Known::Known)
    }

    fn present_members(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Known<Vec<Membership>>, StoreError> {
        self.many(&PRESENT_MEMBERS, [workspace.to_bytes()], row::membership).map(Known::Known)
    }

    fn memberships_in(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<Vec<Membership>>, StoreError> {
        let params = params![account.to_bytes(), login.to_bytes()];
        self.many(&MEMBERSHIPS_IN, params, row::membership).map(Known::Known)
    }

    fn owners_by_age(
        &self,
        workspace: WorkspaceId,
        role: Role,
    ) -> Result<Known<Vec<Membership>>, StoreError> {
        let params = params![workspace.to_bytes(), RoleSet::of(&[role]).to_bits()];
        self.many(&OWNERS, params, row::membership).map(Known::Known)
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, StoreError> {
        let bits = RoleSet::of(&[role]).to_bits();
        let params = params![workspace.to_bytes(), bits, except.to_bytes()];
        self.count(OTHER_OWNERS, params).map(Known::Known)
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, StoreError> {
        self.count(OTHER_WORKSPACES, params![account.to_bytes(), except.to_bytes()])
            .map(Known::Known)
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, StoreError> {
        let taken = self.one(SEATS, params![workspace.to_bytes(), now.0], |row| Ok(row.get(0)?))?;
        Ok(Known::Known(taken.unwrap_or(0)))
    }

    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        self.one(&INVITATION, [id.to_bytes()], row::invitation)
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, StoreError> {
        let params = params![workspace.to_bytes(), address.as_str(), now.0];
        self.one(&OPEN_INVITATION, params, row::invitation).map(Known::Known)
    }

    fn invitations_of(&self, workspace: WorkspaceId) -> Result<Known<Vec<Invitation>>, StoreError> {
        self.many(&INVITATIONS_OF, [workspace.to_bytes()], row::invitation).map(Known::Known)
    }

    fn invitations_to(
        &self,
        account: AccountId,
        address: &Address,
    ) -> Result<Known<Vec<Invitation>>, StoreError> {
        let params = params![account.to_bytes(), address.as_str()];
        self.many(&INVITATIONS_TO, params, row::invitation).map(Known::Known)
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, StoreError> {
        self.many(&OWN_ROLES, [workspace.to_bytes()], row::own_role)
    }

    fn role(&self, id: RoleId) -> Result<Option<OwnRole>, StoreError> {
        self.one(&ROLE, [id.to_bytes()], row::own_role)
    }

    fn content(&self, id: ContentId) -> Result<Option<Content>, StoreError> {
        match self.one(&CONTENT, [id.to_bytes()], row::content)? {
            Some(found) => Ok(Some(found)),
            None => tombstone::spent(self, id),
        }
    }

    fn content_count(
        &self,
        workspace: WorkspaceId,
        kind: ContentKind,
    ) -> Result<Known<u32>, StoreError> {
        let params = params![workspace.to_bytes(), kind.text(), MOST_COUNTED];
        self.count(CONTENT_COUNT, params).map(Known::Known)
    }

    fn review(&self, id: ReviewId) -> Result<Option<Review>, StoreError> {
        review::one(self, id)
    }

    fn review_line(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLine>, StoreError> {
        review::line(self, review, membership)
    }

    fn review_lines(&self, review: ReviewId) -> Result<Known<Vec<ReviewLine>>, StoreError> {
        review::lines(self, review).map(Known::Known)
    }

    fn last_review(&self, workspace: WorkspaceId) -> Result<Known<Option<Review>>, StoreError> {
        review::last_closed(self, workspace).map(Known::Known)
    }

    fn group(&self, id: GroupId) -> Result<Option<Group>, StoreError> {
        self.one(&GROUP, [id.to_bytes()], row::group)
    }

    fn groups_of(&self, account: AccountId) -> Result<Known<Vec<Group>>, StoreError> {
        self.many(&GROUPS, [account.to_bytes()], row::group).map(Known::Known)
    }
}
