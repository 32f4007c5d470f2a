//! The questions that a decision asks of a store.
//!
//! Server, mirror and tests each implement [`Lookup`]; [`crate::Facts`] asks the same
//! questions of all three. A mirror that does not hold a whole collection answers
//! [`Known::Unknown`], and the decision then says that it cannot know (sync.md 4.7).

use crate::address::Address;
use crate::content::{Content, ContentKind};
use crate::ids::{
    AccountId, ContentId, GroupId, InvitationId, LoginId, MembershipId, ReviewId, RoleId,
    WorkspaceId,
};
use crate::object::{
    Account, AccountAdmin, Group, Invitation, Login, Membership, OwnRole, Workspace,
};
use crate::review::{Review, ReviewLine};
use crate::role::Role;
use crate::time::Timestamp;

/// A fact, or the honest absence of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<T> {
    /// The whole truth.
    Known(T),
    /// The view does not hold what this needs.
    Unknown,
}

impl<T> Known<T> {
    /// The fact, if it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Known::Known(fact) => Some(fact),
            Known::Unknown => None,
        }
    }

    /// The fact by reference.
    pub const fn as_ref(&self) -> Known<&T> {
        match self {
            Known::Known(fact) => Known::Known(fact),
            Known::Unknown => Known::Unknown,
        }
    }
}

/// The questions that a decision asks of a store.
///
/// A single entity that is not there, or that the reader may not see, is `None`. Questions
/// about a whole collection answer [`Known::Unknown`] where the collection is not complete.
/// *Present* memberships are active or suspended ones.
pub trait Lookup {
    /// What can go wrong in the store.
    type Error;

    /// Whether the store holds everything there is. Then what it does not have is not there;
    /// to a copy it may only not have been shown.
    fn is_complete(&self) -> bool {
        true
    }

    /// The login.
    fn login(&self, id: LoginId) -> Result<Option<Login>, Self::Error>;
    /// The account, unless it is deleted.
    fn account(&self, id: AccountId) -> Result<Option<Account>, Self::Error>;
    /// Whether the login is an active Account Admin of the account.
    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, Self::Error>;
    /// The active Account Admins of the account.
    fn active_admins(&self, account: AccountId) -> Result<Known<Vec<AccountAdmin>>, Self::Error>;
    /// The account of the scheme `owner_led` whose active admin the login is: the one that
    /// their own workspaces are in (E-65). The oldest, if there are several.
    fn home_account(&self, login: LoginId) -> Result<Known<Option<Account>>, Self::Error>;

    /// The workspace, also from the bin.
    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, Self::Error>;
    /// The workspaces of the account, active ones and those in the bin.
    fn workspaces_of(&self, account: AccountId) -> Result<Known<Vec<Workspace>>, Self::Error>;
    /// How many active workspaces the account has besides this one (R7).
    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, Self::Error>;
    /// When a workspace of this name went into the account's bin, if one lies there (E-17).
    /// Names are compared without regard to case.
    fn name_in_bin(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Known<Option<Timestamp>>, Self::Error>;

    /// The membership, in whatever state.
    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, Self::Error>;
    /// The present membership of a login in a workspace.
    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, Self::Error>;
    /// The present membership of an address in a workspace.
    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, Self::Error>;
    /// The present memberships of a workspace.
    fn present_members(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Known<Vec<Membership>>, Self::Error>;
    /// The present memberships of a login in the active workspaces of an account.
    fn memberships_in(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<Vec<Membership>>, Self::Error>;
    /// How many memberships other than `except` count for R6: active, with this role, no end
    /// date, and an active login.
    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, Self::Error>;
    /// The memberships that count for R6, the longest-standing first (E-15, E-65).
    fn owners_by_age(
        &self,
        workspace: WorkspaceId,
        role: Role,
    ) -> Result<Known<Vec<Membership>>, Self::Error>;
    /// How many seats are taken: present memberships and open, unexpired invitations (E-28).
    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, Self::Error>;

    /// The invitation, in whatever state.
    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, Self::Error>;
    /// The open, unexpired invitation of an address to a workspace.
    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, Self::Error>;
    /// The invitations of a workspace whose state is open, also expired ones.
    fn invitations_of(&self, workspace: WorkspaceId)
    -> Result<Known<Vec<Invitation>>, Self::Error>;
    /// The invitations of an address in an account whose state is open, also expired ones.
    fn invitations_to(
        &self,
        account: AccountId,
        address: &Address,
    ) -> Result<Known<Vec<Invitation>>, Self::Error>;

    /// The roles of the workspace's own that are not deleted.
    fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, Self::Error>;
    /// A role of a workspace's own, also a deleted one.
    fn role(&self, id: RoleId) -> Result<Option<OwnRole>, Self::Error>;

    /// The record, also a deleted one.
    fn content(&self, id: ContentId) -> Result<Option<Content>, Self::Error>;
    /// How many records of a kind the workspace has.
    fn content_count(
        &self,
        workspace: WorkspaceId,
        kind: ContentKind,
    ) -> Result<Known<u32>, Self::Error>;

    /// The access review, also a closed one.
    fn review(&self, id: ReviewId) -> Result<Option<Review>, Self::Error>;
    /// One line of an access review.
    fn review_line(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLine>, Self::Error>;
    /// Every line of an access review.
    fn review_lines(&self, review: ReviewId) -> Result<Known<Vec<ReviewLine>>, Self::Error>;
    /// The review of the workspace that was closed last.
    fn last_review(&self, workspace: WorkspaceId) -> Result<Known<Option<Review>>, Self::Error>;

    /// The group, also a deleted one.
    fn group(&self, id: GroupId) -> Result<Option<Group>, Self::Error>;
    /// The groups of the account that are not deleted.
    fn groups_of(&self, account: AccountId) -> Result<Known<Vec<Group>>, Self::Error>;
}
