//! The questions of the rules, answered from the tables. Nothing is unknown here.

use std::sync::LazyLock;

use muster_domain::{
    Account, AccountId, Address, Invitation, InvitationId, Known, Login, LoginId, Lookup,
    Membership, MembershipId, Role, RoleSet, Timestamp, Workspace, WorkspaceId,
};
use rusqlite::params;

use super::{Session, StoreError, row};

macro_rules! sql {
    ($name:ident, $($arg:tt)*) => {
        static $name: LazyLock<String> = LazyLock::new(|| format!($($arg)*));
    };
}

sql!(ACCOUNT, "SELECT {} FROM accounts WHERE id = ?1", row::ACCOUNT);
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
        const SQL: &str = "SELECT id, address, name, status FROM logins WHERE id = ?1";
        self.one(SQL, [id.to_bytes()], row::login)
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
}
