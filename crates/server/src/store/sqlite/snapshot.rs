//! [`Snapshot`], question by question to the module of its table.

use muster_domain::mention::Act;
use muster_domain::{
    AccountAdmin, AccountId, Address, CommandId, ContentId, Due, Invitation, Login, LoginId,
    MembershipId, ReviewId, Timestamp, View, Workspace, WorkspaceId,
};
use muster_protocol::{Gone, LogOf, LogPlace, LoggedEvent, RecordSet, Stamped};

use super::{
    Session, StoreError, access, account_wide, acts, appointment, due, event, feed, lane, login,
    lost, people, post, review, row, tombstone,
};
use crate::store::{
    ActKey, ActOf, AddressCode, Administered, Appointment, Held, KeptName, Lane, Queued, Reach,
    Reached, RoleView, SessionRow, Snapshot, StoredOutcome, TokenHash, Tombstone,
};

impl Snapshot for Session<'_> {
    fn epoch(&self) -> Result<u64, StoreError> {
        let epoch = self.one("SELECT epoch FROM meta", [], |row| row::number(row, "epoch"))?;
        epoch.ok_or(StoreError::Unreadable { column: "meta.epoch" })
    }

    fn login_by_address(&self, address: &Address) -> Result<Option<Login>, StoreError> {
        login::by_address(self, address)
    }

    fn credential(&self, login: LoginId) -> Result<Option<String>, StoreError> {
        login::credential(self, login)
    }

    fn session(&self, token: &TokenHash) -> Result<Option<SessionRow>, StoreError> {
        login::session(self, token)
    }

    fn knows_device(&self, lane: Lane) -> Result<bool, StoreError> {
        login::knows_device(self, lane)
    }

    fn last_n(&self, lane: Lane) -> Result<u64, StoreError> {
        lane::last_n(self, lane)
    }

    fn outcome(&self, lane: Lane, n: u64) -> Result<Option<StoredOutcome>, StoreError> {
        lane::outcome(self, lane, n)
    }

    fn outcomes(&self, lane: Lane) -> Result<Vec<StoredOutcome>, StoreError> {
        lane::outcomes(self, lane)
    }

    fn carried_out(
        &self,
        command: CommandId,
        login: LoginId,
    ) -> Result<Option<(u64, Timestamp)>, StoreError> {
        event::carried_out(self, command, login)
    }

    fn head(&self, account: AccountId) -> Result<u64, StoreError> {
        access::head(self, account)
    }

    fn admins(&self, account: AccountId) -> Result<Vec<AccountAdmin>, StoreError> {
        access::admins(self, account)
    }

    fn admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Option<AccountAdmin>, StoreError> {
        access::admin(self, account, login)
    }

    fn administered(&self, login: LoginId) -> Result<Vec<Administered>, StoreError> {
        access::administered(self, login)
    }

    fn reached(&self, account: AccountId) -> Result<Vec<Reached>, StoreError> {
        access::reached(self, account)
    }

    fn reached_one(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Option<(AccountId, Reached)>, StoreError> {
        access::reached_one(self, workspace)
    }

    fn held(&self, login: LoginId) -> Result<Vec<Held>, StoreError> {
        access::held(self, login)
    }

    fn held_one(&self, login: LoginId, workspace: WorkspaceId) -> Result<Option<Held>, StoreError> {
        access::held_one(self, login, workspace)
    }

    fn membership_grant_seq(&self, id: MembershipId) -> Result<Option<u64>, StoreError> {
        access::membership_grant_seq(self, id)
    }

    fn workspace_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Option<Stamped>, StoreError> {
        feed::workspace_since(self, workspace, seq)
    }

    fn memberships_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::memberships_since(self, workspace, seq)
    }

    fn own_memberships_since(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::own_memberships_since(self, workspace, login, seq)
    }

    fn lost(
        &self,
        login: LoginId,
        account: AccountId,
        reach: Reach,
        seq: u64,
    ) -> Result<Vec<Gone>, StoreError> {
        lost::lost(self, login, account, reach, seq)
    }

    fn invitations_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::invitations_since(self, workspace, seq)
    }

    fn memberships_after(
        &self,
        workspace: WorkspaceId,
        after: Option<MembershipId>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::memberships_after(self, workspace, after, limit)
    }

    fn role_views(&self, workspace: WorkspaceId) -> Result<Vec<RoleView>, StoreError> {
        access::role_views(self, workspace)
    }

    fn roles_since(&self, workspace: WorkspaceId, seq: u64) -> Result<Vec<Stamped>, StoreError> {
        feed::roles_since(self, workspace, seq)
    }

    fn contents_since(
        &self,
        workspace: WorkspaceId,
        view: View,
        seq: u64,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::contents_since(self, workspace, view, seq, limit)
    }

    fn contents_after(
        &self,
        workspace: WorkspaceId,
        view: View,
        after: Option<ContentId>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError> {
        feed::contents_after(self, workspace, view, after, limit)
    }

    fn tombstones(&self, before: Timestamp, limit: u32) -> Result<Vec<Tombstone>, StoreError> {
        tombstone::before(self, before, limit)
    }

    fn forgotten_since(
        &self,
        account: AccountId,
        seq: u64,
    ) -> Result<Vec<WorkspaceId>, StoreError> {
        tombstone::forgotten_since(self, account, seq)
    }

    fn records(&self, workspace: WorkspaceId, view: View) -> Result<RecordSet, StoreError> {
        tombstone::records(self, workspace, view)
    }

    fn reviews_since(&self, workspace: WorkspaceId, seq: u64) -> Result<Vec<Stamped>, StoreError> {
        review::since(self, workspace, seq)
    }

    fn review_lines_since(
        &self,
        workspace: WorkspaceId,
        seq: u64,
    ) -> Result<Vec<Stamped>, StoreError> {
        review::lines_since(self, workspace, seq)
    }

    fn review_lines_after(
        &self,
        workspace: WorkspaceId,
        after: Option<(ReviewId, MembershipId)>,
        limit: u32,
    ) -> Result<Vec<Stamped>, StoreError> {
        review::lines_after(self, workspace, after, limit)
    }

    fn bin(&self, account: AccountId) -> Result<Vec<Workspace>, StoreError> {
        account_wide::bin(self, account)
    }

    fn offered(&self, account: AccountId) -> Result<Vec<(Workspace, u32)>, StoreError> {
        account_wide::offered(self, account)
    }

    fn inbox(&self, address: &Address, now: Timestamp) -> Result<Vec<Invitation>, StoreError> {
        account_wide::inbox(self, address, now)
    }

    fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
        due::due(self, now, limit)
    }

    fn places_of(&self, login: LoginId) -> Result<Vec<(AccountId, WorkspaceId)>, StoreError> {
        login::places(self, login)
    }

    fn address_code(
        &self,
        login: LoginId,
        address: &Address,
    ) -> Result<Option<AddressCode>, StoreError> {
        login::address_code(self, login, address)
    }

    fn letters(&self, now: Timestamp, limit: u32) -> Result<Vec<Queued>, StoreError> {
        post::due(self, now, limit)
    }

    fn accounts_of(&self, login: LoginId) -> Result<Vec<AccountId>, StoreError> {
        people::accounts_of(self, login)
    }

    fn acted_in(&self, login: LoginId, account: AccountId) -> Result<Vec<WorkspaceId>, StoreError> {
        people::acted_in(self, login, account)
    }

    fn act(&self, of: ActOf, act: Act) -> Result<Option<LoginId>, StoreError> {
        acts::get(self, of, act)
    }

    fn acts_in(&self, place: [u8; 16]) -> Result<Vec<(ActOf, ActKey, LoginId)>, StoreError> {
        acts::of_place(self, place)
    }

    fn kept_names(&self, login: LoginId) -> Result<Vec<KeptName>, StoreError> {
        people::kept(self, login)
    }

    fn names_over(&self, now: Timestamp, limit: u32) -> Result<Vec<KeptName>, StoreError> {
        people::over(self, now, limit)
    }

    fn whose(
        &self,
        account: AccountId,
        workspace: Option<WorkspaceId>,
        name: &str,
    ) -> Result<Option<LoginId>, StoreError> {
        people::whose(self, account, workspace, name)
    }

    fn retold(&self, chain: LogOf) -> Result<u64, StoreError> {
        people::retold(self, chain)
    }

    fn last_seen(&self, login: LoginId) -> Result<Option<Timestamp>, StoreError> {
        login::last_seen(self, login)
    }

    fn sessions_of(&self, login: LoginId) -> Result<Vec<SessionRow>, StoreError> {
        login::sessions_of(self, login)
    }

    fn appointment(&self, workspace: WorkspaceId) -> Result<Option<Appointment>, StoreError> {
        appointment::get(self, workspace)
    }

    fn chain_tail(&self, chain: LogOf) -> Result<[u8; 32], StoreError> {
        event::tail(self, chain)
    }

    fn chain(&self, chain: LogOf) -> Result<Vec<LoggedEvent>, StoreError> {
        event::chain(self, chain)
    }

    fn events_after(
        &self,
        chain: LogOf,
        after: Option<LogPlace>,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        event::after(self, chain, after, limit)
    }

    fn own_events_after(
        &self,
        workspace: WorkspaceId,
        login: &Login,
        after: Option<LogPlace>,
        limit: u32,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        event::own_after(self, workspace, login, after, limit)
    }

    fn chains(&self, account: AccountId) -> Result<Vec<LogOf>, StoreError> {
        event::chains(self, account)
    }

    fn accounts(&self) -> Result<Vec<AccountId>, StoreError> {
        access::all(self)
    }
}
