//! Loading: which facts each command needs, and the questions that find them.

use super::places::{heir, idle};
use super::{Facts, Known, Lookup, Standing, own_of};
use crate::address::Address;
use crate::command::{About, Command};
use crate::content::{ContentBody, ContentKind};
use crate::decide::Due;
use crate::ids::{AccountId, ContentId, InvitationId, MembershipId, WorkspaceId};
use crate::object::{Invitation, Login, LoginStatus, Membership, WorkspaceStatus};
use crate::scheme::{AdminReach, SchemeId};
use crate::time::Timestamp;

pub(super) type Loaded<T, L> = Result<T, <L as Lookup>::Error>;

impl Facts {
    /// Loads what `decide` reads for this command.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        command: &Command,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        let mut facts = match command.about() {
            About::Account(account) => Self::of_account(store, actor, account)?,
            About::Workspace(workspace) => Self::of_workspace(store, actor, workspace, now)?,
        };
        facts.is_complete = store.is_complete();
        match command {
            Command::RenameAccount { .. }
            | Command::SetPolicy { .. }
            | Command::ScheduleDeletion { .. }
            | Command::ConfirmDeletion { .. }
            | Command::WithdrawDeletion { .. }
            | Command::SetPlan { .. }
            | Command::EndPlan { .. }
            | Command::SetWorkspaceLabels { .. }
            | Command::SetWorkspaceColour { .. } => {}
            Command::AddAdmin { person, .. } => {
                facts.load_person(store, *person, now)?;
                facts.load_bare_places(store)?;
                facts.load_admins(store)?;
            }
            Command::RemoveAdmin { .. } => facts.load_admins(store)?,
            Command::LeaveAccount { .. } => {
                facts.load_admins(store)?;
                facts.load_groups(store)?;
                facts.load_own_places(store, now)?;
            }
            Command::DeleteAccount { .. } => facts.load_heirs(store)?,
            Command::SetScheme { .. } => {
                facts.load_groups(store)?;
                facts.load_whole_places(store, now)?;
            }
            Command::CreateWorkspace { workspace, membership, title, .. } => {
                facts.id_used = store.workspace(*workspace)?.is_some()
                    || match membership {
                        Some(id) => store.membership(*id)?.is_some(),
                        None => false,
                    };
                facts.load_name(store, title)?;
                facts.load_groups(store)?;
            }
            Command::RenameWorkspace { title, .. } => facts.load_name(store, title)?,
            Command::DeleteWorkspace { workspace, .. } => {
                facts.load_other_workspaces(store, *workspace)?;
            }
            Command::RestoreWorkspace { workspace } => {
                facts.load_groups(store)?;
                facts.load_arrival(store, *workspace, now)?;
            }
            Command::LeaveWorkspace { .. } => {
                facts.target = facts.actor.membership.clone();
                facts.target_is_account_admin = Known::Known(facts.actor.is_account_admin);
                facts.load_owners(store, now)?;
            }
            Command::OfferWorkspace { workspace, to } => {
                facts.load_other_workspaces(store, *workspace)?;
                facts.load_other_account(store, *to)?;
            }
            Command::EndOffer { .. } => facts.load_offered(store)?,
            Command::AcceptOffer { workspace } => {
                facts.load_offered(store)?;
                facts.load_other_workspaces(store, *workspace)?;
                facts.members = store.present_members(*workspace)?;
                facts.groups = match &facts.other_account {
                    Some(to) => store.groups_of(to.id)?,
                    None => Known::Unknown,
                };
                facts.load_arrival(store, *workspace, now)?;
                // Groups do not move along: whoever is here by one stands for themself.
                if let Known::Known(places) = &mut facts.places {
                    places.iter_mut().flat_map(|it| &mut it.members).for_each(|it| it.group = None);
                }
            }
            Command::AddMember { workspace, membership, person, .. } => {
                facts.id_used = store.membership(*membership)?.is_some();
                facts.load_person(store, *person, now)?;
                facts.seats_taken = store.seats_taken(*workspace, now)?;
                if let Some((it, _)) = &facts.person {
                    let there = store.present_membership(*workspace, it.login)?;
                    facts.invited_member = Known::Known(there);
                    facts.invited_already = store.open_invitation(*workspace, &it.address, now)?;
                }
            }
            Command::SetMemberRoles { membership, .. }
            | Command::SetMemberEnd { membership, .. }
            | Command::SetMemberLabels { membership, .. }
            | Command::SetMemberNote { membership, .. }
            | Command::SuspendMember { membership, .. }
            | Command::ResumeMember { membership, .. }
            | Command::RemoveMember { membership, .. } => {
                facts.load_target(store, *membership, now)?;
            }
            Command::CreateInvitation { workspace, invitation, address, .. } => {
                facts.id_used = store.invitation(*invitation)?.is_some();
                facts.load_invited(store, *workspace, address, now)?;
                facts.seats_taken = store.seats_taken(*workspace, now)?;
            }
            Command::ResendInvitation { workspace, invitation } => {
                facts.load_invitation(store, *workspace, *invitation)?;
                facts.seats_taken = store.seats_taken(*workspace, now)?;
                if let Some(address) = facts.invitation.as_ref().map(|it| it.address.clone()) {
                    facts.load_invited(store, *workspace, &address, now)?;
                }
            }
            Command::SetInvitationRoles { workspace, invitation, .. }
            | Command::ConfirmInvitation { workspace, invitation }
            | Command::RevokeInvitation { workspace, invitation } => {
                facts.load_invitation(store, *workspace, *invitation)?;
            }
            Command::DefineRole { role, .. } => facts.id_used = store.role(*role)?.is_some(),
            Command::ChangeRole { workspace, role, .. } => {
                facts.role = store.role(*role)?.filter(|it| it.workspace == *workspace);
            }
            Command::DeleteRole { workspace, role, .. } => {
                facts.role = store.role(*role)?.filter(|it| it.workspace == *workspace);
                facts.members = store.present_members(*workspace)?;
                facts.invitations = store.invitations_of(*workspace)?;
            }
            Command::CreateContent { workspace, content, body, .. } => {
                facts.id_used = store.content(*content)?.is_some();
                facts.load_content(store, *workspace, None, Some(body))?;
            }
            Command::ChangeContent { workspace, content, body, .. } => {
                facts.load_content(store, *workspace, Some(*content), Some(body))?;
            }
            Command::DeleteContent { workspace, content } => {
                facts.load_content(store, *workspace, Some(*content), None)?;
            }
            Command::CreateGroup { group, .. } => {
                facts.id_used = store.group(*group)?.is_some();
                facts.load_bare_places(store)?;
            }
            Command::ChangeGroup { account, group, .. }
            | Command::DeleteGroup { account, group }
            | Command::RemoveGroupPerson { account, group, .. } => {
                facts.load_groups(store)?;
                facts.load_group(store, *account, *group, None, now)?;
            }
            Command::AddGroupPerson { account, group, person } => {
                facts.load_groups(store)?;
                facts.load_person(store, *person, now)?;
                let login = facts.person.as_ref().map(|(it, _)| it.login);
                facts.load_group(store, *account, *group, login, now)?;
            }
            Command::StartReview { workspace, review, reviewers, .. } => {
                facts.id_used = store.review(*review)?.is_some();
                facts.load_frozen(store, *workspace, now)?;
                facts.load_reviewers(store, reviewers, now)?;
            }
            Command::SetReviewers { workspace, review, reviewers } => {
                facts.load_review(store, *workspace, *review)?;
                facts.load_reviewers(store, reviewers, now)?;
            }
            Command::DecideReview { workspace, review, lines, .. }
            | Command::EnterReview { workspace, review, lines, .. } => {
                facts.load_review(store, *workspace, *review)?;
                facts.load_lines(store, *review, lines)?;
                if let [only] = lines.as_slice() {
                    facts.load_target(store, *only, now)?;
                }
            }
            Command::RegisterReviewKey { workspace, review, .. }
            | Command::HandOutReview { workspace, review, .. } => {
                facts.load_review(store, *workspace, *review)?;
            }
            Command::CloseReview { workspace, review } => {
                facts.load_review(store, *workspace, *review)?;
                facts.frozen_lines = store.review_lines(*review)?;
                facts.load_present(store, *workspace, now)?;
            }
        }
        Ok(facts)
    }

    /// Loads what [`crate::decide_acceptance`] and [`crate::decide_decline`] read. The caller
    /// has proved that the actor holds the invitation's link, or that its address is theirs.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load_acceptance<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        invitation: &Invitation,
        membership: MembershipId,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        let mut facts = Self::of_workspace(store, actor, invitation.workspace, now)?;
        facts.invitation = Some(invitation.clone());
        facts.seats_taken = store.seats_taken(invitation.workspace, now)?;
        facts.id_used = store.membership(membership)?.is_some();
        if let (Some(account), Some(inviter)) =
            (facts.account.as_ref(), store.login(invitation.inviter)?)
        {
            let standing = standing(store, &inviter, account.id, Some(invitation.workspace), now)?;
            if inviter.status == LoginStatus::Active {
                facts.inviter_permissions = standing.effective(account.rules().account_admin_reach);
            }
        }
        // One whose day has come without anybody having written it down (E-39).
        facts.target = store
            .present_membership(invitation.workspace, actor.id)?
            .filter(|it| !it.clone().at(now).state.is_present());
        Ok(facts)
    }

    /// Loads what [`crate::decide_due`] reads. `system` stands as the actor; it has no rights
    /// and needs none.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn load_due<L: Lookup + ?Sized>(
        store: &L,
        system: &Login,
        due: Due,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        match due {
            Due::MemberEnds { workspace, membership } => {
                let mut facts = Self::of_workspace(store, system, workspace, now)?;
                facts.target = store.membership(membership)?.filter(|it| it.workspace == workspace);
                Ok(facts)
            }
            Due::BinOver { workspace } => Self::of_workspace(store, system, workspace, now),
            Due::AccountDeletion { account } => {
                let mut facts = Self::of_account(store, system, account)?;
                facts.load_heirs(store)?;
                Ok(facts)
            }
        }
    }

    /// Loads what the actor may do in a workspace, and nothing of a command.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub fn of_workspace<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Result<Self, L::Error> {
        let mut facts = Self::nothing(actor);
        let Some(workspace) = store.workspace(workspace)? else { return Ok(facts) };
        facts.account = store.account(workspace.account)?;
        facts.actor = standing(store, actor, workspace.account, Some(workspace.id), now)?;
        facts.roles = store.own_roles(workspace.id)?;
        facts.workspace = Some(workspace);
        Ok(facts)
    }

    fn of_account<L: Lookup + ?Sized>(
        store: &L,
        actor: &Login,
        account: AccountId,
    ) -> Loaded<Self, L> {
        let mut facts = Self::nothing(actor);
        facts.account = store.account(account)?;
        facts.actor = standing(store, actor, account, None, Timestamp::default())?;
        Ok(facts)
    }

    pub(super) fn load_target<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        membership: MembershipId,
        now: Timestamp,
    ) -> Loaded<(), L> {
        let Some(workspace) = &self.workspace else { return Ok(()) };
        let here = workspace.id;
        let account = workspace.account;
        let found = store.membership(membership)?.filter(|it| it.workspace == here);
        self.target = found.map(|it| it.at(now));
        if let Some(target) = &self.target {
            self.target_is_account_admin = store.is_account_admin(account, target.login)?;
        }
        self.load_owners(store, now)
    }

    fn load_owners<L: Lookup + ?Sized>(&mut self, store: &L, now: Timestamp) -> Loaded<(), L> {
        let (Some(account), Some(workspace), Some(target)) =
            (&self.account, &self.workspace, &self.target)
        else {
            return Ok(());
        };
        let rules = account.rules();
        if !rules.is_owner_class(target.roles) {
            return Ok(());
        }
        let role = rules.owner_class_role;
        self.other_owners = store.other_owners(workspace.id, role, target.id)?;
        if self.other_owners == Known::Known(0) {
            self.invitations = match store.invitations_of(workspace.id)? {
                Known::Known(open) => Known::Known(
                    open.into_iter()
                        .filter(|it| it.is_open(now) && rules.is_owner_class(it.roles))
                        .collect(),
                ),
                Known::Unknown => Known::Unknown,
            };
        }
        let holds = self.target_is_account_admin != Known::Known(false);
        if holds && rules.account_admin_reach == AdminReach::None {
            self.heir = heir(store, account, workspace, target.login)?;
            self.other_workspaces = store.other_workspaces(account.id, workspace.id)?;
        }
        Ok(())
    }

    fn load_invited<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        address: &Address,
        now: Timestamp,
    ) -> Loaded<(), L> {
        self.invited_member = store.membership_by_address(workspace, address)?;
        self.invited_already = store.open_invitation(workspace, address, now)?;
        Ok(())
    }

    fn load_invitation<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        invitation: InvitationId,
    ) -> Loaded<(), L> {
        self.invitation = store.invitation(invitation)?.filter(|it| it.workspace == workspace);
        Ok(())
    }

    fn load_other_workspaces<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
    ) -> Loaded<(), L> {
        if let Some(account) = &self.account {
            self.other_workspaces = store.other_workspaces(account.id, workspace)?;
        }
        Ok(())
    }

    fn load_name<L: Lookup + ?Sized>(&mut self, store: &L, title: &str) -> Loaded<(), L> {
        if let Some(account) = &self.account {
            self.name_in_bin = store.name_in_bin(account.id, title.trim())?;
        }
        Ok(())
    }

    fn load_person<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        person: MembershipId,
        now: Timestamp,
    ) -> Loaded<(), L> {
        let Some(account) = &self.account else { return Ok(()) };
        let Some(member) = store.membership(person)?.map(|it| it.at(now)) else { return Ok(()) };
        let here = store
            .workspace(member.workspace)?
            .is_some_and(|it| it.account == account.id && it.status == WorkspaceStatus::Active);
        if here && member.state.is_present() {
            let login = store.login(member.login)?;
            self.person = Some((member, login));
        }
        Ok(())
    }

    fn load_admins<L: Lookup + ?Sized>(&mut self, store: &L) -> Loaded<(), L> {
        if let Some(account) = &self.account {
            self.admins = store.active_admins(account.id)?;
            if let Known::Known(admins) = &self.admins {
                self.idle_admins = idle(store, admins.iter().map(|it| it.login))?;
            }
        }
        Ok(())
    }

    fn load_groups<L: Lookup + ?Sized>(&mut self, store: &L) -> Loaded<(), L> {
        self.groups = match &self.account {
            // Groups need reach, so the other scheme has none.
            Some(account) if account.scheme == SchemeId::OwnerLed => Known::Known(Vec::new()),
            Some(account) => store.groups_of(account.id)?,
            None => Known::Unknown,
        };
        Ok(())
    }

    fn load_other_account<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        to: AccountId,
    ) -> Loaded<(), L> {
        let actor = self.actor.login.id;
        self.other_account = store.account(to)?;
        self.is_admin_there = store.is_account_admin(to, actor)? == Known::Known(true);
        Ok(())
    }

    fn load_offered<L: Lookup + ?Sized>(&mut self, store: &L) -> Loaded<(), L> {
        match self.workspace.as_ref().and_then(|it| it.offer.as_ref()).map(|it| it.to) {
            Some(to) => self.load_other_account(store, to),
            None => Ok(()),
        }
    }

    fn load_content<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        id: Option<ContentId>,
        body: Option<&ContentBody>,
    ) -> Loaded<(), L> {
        if let Some(id) = id {
            self.content = store.content(id)?.filter(|it| it.workspace == workspace);
        }
        let Some(body) = body else { return Ok(()) };
        self.content_count = store.content_count(workspace, body.kind())?;
        for id in body.references() {
            let holds = store.content(*id)?.is_some_and(|it| {
                it.workspace == workspace && !it.deleted && it.kind() == ContentKind::Knowledge
            });
            self.references_hold &= holds;
        }
        Ok(())
    }
}

pub(super) fn standing<L: Lookup + ?Sized>(
    store: &L,
    login: &Login,
    account: AccountId,
    workspace: Option<WorkspaceId>,
    now: Timestamp,
) -> Loaded<Standing, L> {
    let (membership, own) = match workspace {
        Some(workspace) => (
            store
                .present_membership(workspace, login.id)?
                .map(|it: Membership| it.at(now))
                .filter(|it| it.state.is_present()),
            own_of(&store.own_roles(workspace)?),
        ),
        None => (None, own_of(&[])),
    };
    let is_account_admin = matches!(store.is_account_admin(account, login.id)?, Known::Known(true));
    Ok(Standing { login: login.clone(), membership, is_account_admin, own })
}
