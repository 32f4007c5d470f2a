//! What the window asks of the copy: each a question to one consistent view.

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, ContentId, Group, Invitation, InvitationId, Known,
    Login, Lookup, Membership, MembershipId, OwnRole, Timestamp, WorkspaceId,
};
use muster_protocol::{Invited, Offered};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::types::{
    BinWindow, Choices, ContentCounts, ContentEntry, ContentWindow, ContentWindowQuery,
    FormerRoles, Loading, LossWindow, MemberEntry, MemberWindow, MemberWindowQuery, MyPlace,
    RoleHolders, WorkspaceEntry, WorkspaceQuery, WorkspaceWindow,
};
use crate::{accounts, bin, grants, groups, invitations, meta};

impl Cache {
    /// The caller's own login as the server last told it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn me(&self) -> Result<Login, CacheError> {
        self.read(|mirror| mirror.me())
    }

    /// The workspaces: best match first, then by name.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspaces(&self, query: &WorkspaceQuery) -> Result<WorkspaceWindow, CacheError> {
        self.read(|mirror| mirror.workspaces(query))
    }

    /// One workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspace(&self, id: WorkspaceId) -> Result<Option<WorkspaceEntry>, CacheError> {
        self.read(|mirror| mirror.workspace_entry(id))
    }

    /// Whether a workspace may be opened though nothing of it is here: what may be seen of it
    /// has changed, so it is on its way again. It is not gone.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn is_on_its_way(&self, id: WorkspaceId) -> Result<bool, CacheError> {
        self.read(|mirror| {
            Ok(mirror.workspace_entry(id)?.is_none() && grants::get(mirror.db(), id)?.is_some())
        })
    }

    /// Members of one workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn members(&self, query: &MemberWindowQuery) -> Result<MemberWindow, CacheError> {
        self.read(|mirror| mirror.members(query))
    }

    /// The ids of all members that match, in order; offset and limit are ignored.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_ids(&self, query: &MemberWindowQuery) -> Result<Vec<MembershipId>, CacheError> {
        self.read(|mirror| mirror.member_ids(query))
    }

    /// The place of the next member after a place whose name starts with the letters, from the
    /// top again when there is none below.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member_starting(
        &self,
        query: &MemberWindowQuery,
        letters: &str,
        after: u32,
    ) -> Result<Option<u32>, CacheError> {
        self.read(|mirror| mirror.member_starting(query, letters, after))
    }

    /// One member.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn member(&self, id: MembershipId) -> Result<Option<MemberEntry>, CacheError> {
        self.read(|mirror| mirror.member_entry(id))
    }

    /// The accounts by name.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, CacheError> {
        self.read(|mirror| accounts::all(mirror.db()))
    }

    /// The Account Admins of an account, longest-standing first, where they may be seen.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn admins(&self, account: AccountId) -> Result<Vec<AccountAdmin>, CacheError> {
        self.read(|mirror| accounts::admins(mirror.db(), account))
    }

    /// The groups of an account by name, where I administer it (E-37).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn groups(&self, account: AccountId) -> Result<Vec<Group>, CacheError> {
        self.read(|mirror| groups::all(mirror.db(), account))
    }

    /// Workspaces in the bin that I can take out again, the last that went in first (E-17).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn bin(&self, offset: u32, limit: u32) -> Result<BinWindow, CacheError> {
        self.read(|mirror| bin::page(mirror.db(), offset, limit))
    }

    /// Workspaces that are offered to accounts which I administer, oldest offer first (E-59).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn offers(&self) -> Result<Vec<Offered>, CacheError> {
        self.read(|mirror| bin::offers(mirror.db()))
    }

    /// Invitations to addresses that I have proved to be mine, what ends soonest first.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn inbox(&self) -> Result<Vec<Invited>, CacheError> {
        self.read(|mirror| bin::inbox(mirror.db()))
    }

    /// The roles of a workspace's own, by slot (R5).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, CacheError> {
        self.read(|mirror| mirror.own_roles(workspace))
    }

    /// Who holds which roles of a workspace, for counts by role.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn role_holders(&self, workspace: WorkspaceId) -> Result<RoleHolders, CacheError> {
        self.read(|mirror| mirror.role_holders(workspace))
    }

    /// The labels of a workspace's members that are in use, each with how many have it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn labels_in_use(&self, workspace: WorkspaceId) -> Result<Vec<(String, u32)>, CacheError> {
        self.read(|mirror| mirror.member_labels(workspace))
    }

    /// The labels of workspaces that are in use, each with how many have it (V-12).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspace_labels(&self) -> Result<Vec<(String, u32)>, CacheError> {
        self.read(|mirror| mirror.workspace_labels())
    }

    /// What the last former membership of an address held, as a suggestion (E-29).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn former_roles(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Option<FormerRoles>, CacheError> {
        self.read(|mirror| mirror.former_roles(workspace, address))
    }

    /// Records of one workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn contents(&self, query: &ContentWindowQuery) -> Result<ContentWindow, CacheError> {
        self.read(|mirror| mirror.contents(query))
    }

    /// One record that lists have; also one that only an unsent change deletes.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn content(&self, id: ContentId) -> Result<Option<ContentEntry>, CacheError> {
        self.read(|mirror| mirror.content_entry(id))
    }

    /// How many records of each kind a workspace has.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn content_counts(&self, workspace: WorkspaceId) -> Result<ContentCounts, CacheError> {
        self.read(|mirror| mirror.content_counts(workspace))
    }

    /// People of an account by name, each with one present membership, for choosing an Account
    /// Admin or a group's person: words in name or address, in any order.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn in_account(
        &self,
        account: AccountId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<Membership>, CacheError> {
        self.read(|mirror| mirror.in_account(account, text, limit))
    }

    /// The workspaces of an account that I am a member of, by name: what leaving means.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn memberships_of_me(&self, account: AccountId) -> Result<Vec<MyPlace>, CacheError> {
        self.read(|mirror| mirror.memberships_of_me(account))
    }

    /// The workspaces that end with an account, by name, with their people (E-14).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn losing_access(
        &self,
        account: AccountId,
        offset: u32,
        limit: u32,
    ) -> Result<LossWindow, CacheError> {
        self.read(|mirror| mirror.losing_access(account, offset, limit))
    }

    /// Whether whoever sent an open invitation could still give its roles, as far as this copy
    /// knows (E-27). If not, the invitation waits until somebody confirms it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn inviter_holds(
        &self,
        invitation: InvitationId,
        now: Timestamp,
    ) -> Result<Known<bool>, CacheError> {
        self.read(|mirror| mirror.inviter_holds(invitation, now))
    }

    /// What the person chose for this device: hidden, pinned and recent workspaces.
    ///
    /// # Errors
    /// [`CacheError`] when the files cannot be read.
    pub fn choices(&self) -> Result<Choices, CacheError> {
        self.read(|mirror| mirror.choices())
    }

    /// The workspace that was open last, if it is still there.
    ///
    /// # Errors
    /// [`CacheError`] when the files cannot be read.
    pub fn last_workspace(&self) -> Result<Option<WorkspaceId>, CacheError> {
        Ok(self.choices()?.recent.first().copied())
    }

    /// Open and expired invitations of a workspace, newest first, and how many there are.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn invitations(
        &self,
        workspace: WorkspaceId,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<Invitation>), CacheError> {
        self.read(|mirror| invitations::page(mirror.db(), workspace, offset, limit))
    }

    /// A page of every invitation that is on the list: open and expired ones, then those that
    /// were turned down, then accepted ones; and how many there are.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn invitations_listed(
        &self,
        workspace: WorkspaceId,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<Invitation>), CacheError> {
        self.read(|mirror| invitations::listed(mirror.db(), workspace, offset, limit))
    }

    /// The last successful contact, server time.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn last_contact(&self) -> Result<Option<Timestamp>, CacheError> {
        self.read(|mirror| meta::last_contact(mirror.db()))
    }

    /// Progress of the download; `None` when everything is here.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn loading(&self) -> Result<Option<Loading>, CacheError> {
        self.read(|mirror| grants::loading(mirror.db()))
    }
}
