//! What the rules ask, answered by the mirror.
//!
//! Where the view or a download that is not finished leaves a collection incomplete, the
//! answer is [`Known::Unknown`] and never a guess (sync.md 4.7).

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, AdminReach, Content, ContentId, ContentKind, Group,
    GroupId, Invitation, InvitationId, Known, Login, LoginId, LoginStatus, Lookup, Membership,
    MembershipId, OwnRole, Part, Review, ReviewId, ReviewLine, Role, RoleId, SchemeId, Timestamp,
    Workspace, WorkspaceId,
};

use crate::error::CacheError;
use crate::grants::{self, Held};
use crate::mirror::Mirror;
use crate::{
    accounts, bin, contents, groups, invitations, members, overlay, own_roles, reviews, workspaces,
};

impl Lookup for Mirror<'_> {
    type Error = CacheError;

    fn is_complete(&self) -> bool {
        false
    }

    /// Oneself, and whoever is known through a membership or an adminship. Whether such a login
    /// is suspended is not in the mirror, so it counts as active here and the server asks again.
    fn login(&self, id: LoginId) -> Result<Option<Login>, CacheError> {
        let me = self.me()?;
        if me.id == id {
            return Ok(Some(me));
        }
        let known = match members::any_of(self.db(), id)? {
            Some(it) => Some((it.address, it.name)),
            None => accounts::admin_of(self.db(), id)?.map(|it| (it.address, it.name)),
        };
        Ok(known.map(|(address, name)| Login {
            id,
            address,
            name,
            status: LoginStatus::Active,
            verified: Vec::new(),
        }))
    }

    fn account(&self, id: AccountId) -> Result<Option<Account>, CacheError> {
        let found = accounts::get(self.db(), &id.to_bytes())?.map(|(it, _)| it);
        Ok(found.filter(|it| it.status == muster_domain::AccountStatus::Active))
    }

    fn is_account_admin(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<bool>, CacheError> {
        let (is_admin, is_listed) = accounts::admin_state(self.db(), account, login)?;
        if is_listed {
            return Ok(Known::Known(is_admin));
        }
        // No account is without admins (R7), so an empty list is one that may not be seen.
        // Admins see their own list: whoever does not is none. And without reach no yes or no
        // about others depends on the answer; that a workspace follows its owner to another
        // account (E-65) then shows with the server's answer.
        let without_reach = match Lookup::account(self, account)? {
            Some(it) => it.rules().account_admin_reach == AdminReach::None,
            None => false,
        };
        let is_me = self.me()?.id == login;
        Ok(if is_me || without_reach { Known::Known(false) } else { Known::Unknown })
    }

    fn active_admins(&self, account: AccountId) -> Result<Known<Vec<AccountAdmin>>, CacheError> {
        let listed = accounts::admins(self.db(), account)?;
        Ok(if listed.is_empty() { Known::Unknown } else { Known::Known(listed) })
    }

    /// One's own; what others administer is no business of this copy.
    fn home_account(&self, login: LoginId) -> Result<Known<Option<Account>>, CacheError> {
        if self.me()?.id != login {
            return Ok(Known::Unknown);
        }
        let mut homes = Vec::new();
        for account in accounts::all(self.db())? {
            let own = account.scheme == SchemeId::OwnerLed;
            for admin in accounts::admins(self.db(), account.id)? {
                if own && admin.login == login {
                    homes.push((admin.since, account.id, account.clone()));
                }
            }
        }
        homes.sort_by_key(|(since, id, _)| (*since, *id));
        Ok(Known::Known(homes.into_iter().next().map(|(_, _, account)| account)))
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, CacheError> {
        match workspaces::get(self.db(), &id.to_bytes())? {
            Some((workspace, _)) => Ok(Some(workspace)),
            None => bin::get(self.db(), &id.to_bytes()),
        }
    }

    fn workspaces_of(&self, account: AccountId) -> Result<Known<Vec<Workspace>>, CacheError> {
        self.whole_account(account, || {
            let mut all = workspaces::of_account(self.db(), account)?;
            let here = |id: WorkspaceId| all.iter().any(|it| it.id == id);
            let bin: Vec<_> = bin::of_account(self.db(), account)?;
            let bin: Vec<_> = bin.into_iter().filter(|it| !here(it.id)).collect();
            all.extend(bin);
            Ok(all)
        })
    }

    fn other_workspaces(
        &self,
        account: AccountId,
        except: WorkspaceId,
    ) -> Result<Known<u32>, CacheError> {
        let others = grants::others(self.db(), account, except)?;
        // R7 asks whether there is another one. Who sees only some of the account's
        // workspaces knows that as soon as they see one.
        let is_known = others > 0 || self.i_reach(account)?;
        Ok(if is_known { Known::Known(others) } else { Known::Unknown })
    }

    /// A name that lies in the bin here is taken. That none lies there knows only who sees all
    /// of the account's bin.
    fn name_in_bin(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<Known<Option<Timestamp>>, CacheError> {
        match bin::since(self.db(), account, name)? {
            Some(since) => Ok(Known::Known(Some(since))),
            None if self.i_reach(account)? => Ok(Known::Known(None)),
            None => Ok(Known::Unknown),
        }
    }

    fn membership(&self, id: MembershipId) -> Result<Option<Membership>, CacheError> {
        Ok(members::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn present_membership(
        &self,
        workspace: WorkspaceId,
        login: LoginId,
    ) -> Result<Option<Membership>, CacheError> {
        members::present(self.db(), workspace, login)
    }

    fn membership_by_address(
        &self,
        workspace: WorkspaceId,
        address: &Address,
    ) -> Result<Known<Option<Membership>>, CacheError> {
        let ask = || members::by_address(self.db(), workspace, address);
        self.whole(workspace, Held::has_members, ask)
    }

    fn present_members(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Known<Vec<Membership>>, CacheError> {
        self.whole(workspace, Held::has_members, || members::all_present(self.db(), workspace))
    }

    /// Somebody's, and one's own too, only where every workspace of the account is here: a
    /// suspended membership gives no grant, so one does not see even one's own.
    fn memberships_in(
        &self,
        account: AccountId,
        login: LoginId,
    ) -> Result<Known<Vec<Membership>>, CacheError> {
        self.whole_account(account, || members::of_login(self.db(), account, login))
    }

    fn other_owners(
        &self,
        workspace: WorkspaceId,
        role: Role,
        except: MembershipId,
    ) -> Result<Known<u32>, CacheError> {
        let ask = || members::count_owners(self.db(), workspace, role, except);
        self.whole(workspace, Held::has_members, ask)
    }

    fn owners_by_age(
        &self,
        workspace: WorkspaceId,
        role: Role,
    ) -> Result<Known<Vec<Membership>>, CacheError> {
        let ask = || members::owners_by_age(self.db(), workspace, role);
        self.whole(workspace, Held::has_members, ask)
    }

    fn seats_taken(
        &self,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Known<u32>, CacheError> {
        let holds = |held: &Held| held.has_members() && held.has_invitations();
        self.whole(workspace, holds, || {
            Ok(members::count_present(self.db(), workspace)?
                + invitations::count_open(self.db(), workspace, now)?)
        })
    }

    fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, CacheError> {
        Ok(invitations::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn open_invitation(
        &self,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Result<Known<Option<Invitation>>, CacheError> {
        let ask = || invitations::open_for(self.db(), workspace, address, now);
        self.whole(workspace, Held::has_invitations, ask)
    }

    fn invitations_of(&self, workspace: WorkspaceId) -> Result<Known<Vec<Invitation>>, CacheError> {
        self.whole(workspace, Held::has_invitations, || invitations::all(self.db(), workspace))
    }

    fn invitations_to(
        &self,
        account: AccountId,
        address: &Address,
    ) -> Result<Known<Vec<Invitation>>, CacheError> {
        self.whole_account(account, || invitations::to_address(self.db(), account, address))
    }

    fn own_roles(&self, workspace: WorkspaceId) -> Result<Vec<OwnRole>, CacheError> {
        own_roles::all(self.db(), workspace)
    }

    fn role(&self, id: RoleId) -> Result<Option<OwnRole>, CacheError> {
        Ok(own_roles::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn content(&self, id: ContentId) -> Result<Option<Content>, CacheError> {
        Ok(contents::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn content_count(
        &self,
        workspace: WorkspaceId,
        kind: ContentKind,
    ) -> Result<Known<u32>, CacheError> {
        self.whole(
            workspace,
            |held| held.has(Part::of(kind)),
            || {
                let listed = contents::counts(self.db(), workspace)?.of(kind);
                let going = overlay::count_going(self.db(), workspace, kind)?;
                Ok(listed.saturating_sub(going))
            },
        )
    }

    fn review(&self, id: ReviewId) -> Result<Option<Review>, CacheError> {
        Ok(reviews::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn review_line(
        &self,
        review: ReviewId,
        membership: MembershipId,
    ) -> Result<Option<ReviewLine>, CacheError> {
        reviews::line(self.db(), review, membership)
    }

    fn review_lines(&self, review: ReviewId) -> Result<Known<Vec<ReviewLine>>, CacheError> {
        match Lookup::review(self, review)? {
            Some(it) => self.whole(
                it.workspace,
                |held| held.has(Part::Reviews),
                || reviews::lines(self.db(), review),
            ),
            None => Ok(Known::Unknown),
        }
    }

    fn last_review(&self, workspace: WorkspaceId) -> Result<Known<Option<Review>>, CacheError> {
        self.whole(
            workspace,
            |held| held.has(Part::Reviews),
            || reviews::last_closed(self.db(), workspace),
        )
    }

    fn group(&self, id: GroupId) -> Result<Option<Group>, CacheError> {
        Ok(groups::get(self.db(), &id.to_bytes())?.map(|(it, _)| it))
    }

    fn groups_of(&self, account: AccountId) -> Result<Known<Vec<Group>>, CacheError> {
        if self.i_administer(account)? {
            Ok(Known::Known(groups::all(self.db(), account)?))
        } else {
            Ok(Known::Unknown)
        }
    }
}
