//! From how access shall be to what has to be done for it: one step for each difference, and a
//! word for each difference that no step can bring about.
//!
//! Nothing is decided here. Each step is judged by the rules when it is looked at and again
//! when it is carried out.

use std::collections::HashMap;

use muster_cache::WorkspaceEntry;
use muster_domain::{
    Address, AdminReach, End, Group, GroupId, Invitation, LoginId, MemberState, Membership,
    RoleSet, WorkspaceId,
};

use crate::plan::preview;
use crate::verdict::Bench;
use crate::view::{Failure, GapReason, Intent, MadePlan, PlanGap};

/// The host of the addresses that stand for deleted sign-ins (E-64).
const FORMER: &str = "former.invalid";

/// Somebody as they shall be.
#[derive(Debug, Clone)]
pub(crate) struct Shall {
    pub name: String,
    pub address: Address,
    pub login: Option<LoginId>,
    pub roles: RoleSet,
    pub state: MemberState,
    pub until: Option<End>,
    /// The group that the membership comes from, by name (E-37).
    pub group: Option<String>,
}

/// Steps towards how access shall be.
pub(crate) struct Steps<'a> {
    bench: &'a Bench<'a>,
    place: WorkspaceEntry,
    /// Open invitations by address.
    invited: HashMap<Address, Invitation>,
    groups: Vec<Group>,
    /// Everyone of the account by address, once they are looked for.
    people: Option<HashMap<Address, Membership>>,
    intents: Vec<Intent>,
    gaps: Vec<PlanGap>,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(bench: &'a Bench<'a>, workspace: WorkspaceId) -> Result<Self, Failure> {
        let place = bench.place(workspace)?;
        let groups = bench.cache.groups(place.account.id)?;
        let (_, found) = bench.cache.invitations(workspace, 0, u32::MAX)?;
        let open = found.into_iter().filter(|it| it.is_open(bench.now));
        let invited = open.map(|it| (it.address.clone(), it)).collect();
        let (intents, gaps) = (Vec::new(), Vec::new());
        Ok(Self { bench, place, invited, groups, people: None, intents, gaps })
    }

    pub(crate) const fn workspace(&self) -> WorkspaceId {
        self.place.workspace.id
    }

    /// The open invitations of now.
    pub(crate) const fn invited(&self) -> &HashMap<Address, Invitation> {
        &self.invited
    }

    /// The name of a group, where I may see it.
    pub(crate) fn group(&self, id: Option<GroupId>) -> Option<String> {
        let id = id?;
        let found = self.groups.iter().find(|it| it.id == id);
        Some(found.map(|it| it.name.clone()).unwrap_or_default())
    }

    pub(crate) fn gap(&mut self, about: &str, of: &str, why: GapReason) {
        self.gaps.push(PlanGap { about: about.to_owned(), of: of.to_owned(), why });
    }

    pub(crate) fn step(&mut self, intent: Intent) {
        self.intents.push(intent);
    }

    /// What it takes to make somebody as they shall be; `None` is nobody.
    pub(crate) fn person(
        &mut self,
        shall: Option<&Shall>,
        now: Option<&Membership>,
    ) -> Result<(), Failure> {
        match (shall, now) {
            (None, None) => Ok(()),
            (None, Some(now)) => {
                self.remove(now);
                Ok(())
            }
            (Some(shall), None) => self.bring_in(shall),
            (Some(shall), Some(now)) => {
                self.change(shall, now);
                Ok(())
            }
        }
    }

    fn remove(&mut self, now: &Membership) {
        if let Some(group) = self.group(now.group) {
            return self.gap(&now.name, &group, GapReason::Grouped);
        }
        let (workspace, member) = (self.workspace(), now.id);
        self.step(Intent::Remove { workspace, member, reason: None });
    }

    fn change(&mut self, shall: &Shall, now: &Membership) {
        let is_same = shall.roles == now.roles && shall.state == now.state;
        if is_same && shall.until == now.until {
            return;
        }
        if let Some(group) = self.group(now.group) {
            return self.gap(&now.name, &group, GapReason::Grouped);
        }
        let (workspace, member) = (self.workspace(), now.id);
        if shall.roles != now.roles {
            let roles = shall.roles;
            self.step(Intent::SetRoles { workspace, member, roles, reason: None });
        }
        match (shall.state, now.state) {
            (MemberState::Suspended, MemberState::Active) => {
                self.step(Intent::Suspend { workspace, member, reason: None });
            }
            (MemberState::Active, MemberState::Suspended) => {
                self.step(Intent::Resume { workspace, member });
            }
            _ => {}
        }
        if shall.until != now.until {
            match shall.until {
                Some(end) if end.at <= self.bench.now => {
                    self.gap(&now.name, "", GapReason::EndPast);
                }
                end => self.step(Intent::SetEnd { workspace, member, end }),
            }
        }
    }

    /// Somebody who is not there: added where the account knows them, else invited.
    fn bring_in(&mut self, shall: &Shall) -> Result<(), Failure> {
        if let Some(group) = &shall.group {
            self.gap(&shall.name, group, GapReason::Grouped);
            return Ok(());
        }
        if shall.address.host() == FORMER {
            self.gap(&shall.name, "", GapReason::Former);
            return Ok(());
        }
        let (workspace, roles) = (self.workspace(), shall.roles);
        if let Some(open) = self.invited.get(&shall.address) {
            if open.roles != roles {
                let invitation = open.id;
                self.step(Intent::SetInvitationRoles { workspace, invitation, roles });
            }
        } else if let Some(known) = self.elsewhere(shall)? {
            self.step(Intent::AddMember { workspace, person: known.id, roles });
        } else {
            let address = shall.address.to_string();
            let name = Some(shall.name.clone()).filter(|it| !it.is_empty());
            self.step(Intent::Invite { workspace, address, name, roles });
        }
        let is_suspended = match shall.state {
            MemberState::Suspended => true,
            MemberState::Active
            | MemberState::Left
            | MemberState::Removed
            | MemberState::Expired => false,
        };
        if is_suspended {
            self.gap(&shall.name, "", GapReason::SuspendLater);
        }
        if shall.until.is_some() {
            self.gap(&shall.name, "", GapReason::EndLater);
        }
        Ok(())
    }

    /// Their membership in another workspace of the account, where I may add by it (C-13).
    fn elsewhere(&mut self, shall: &Shall) -> Result<Option<Membership>, Failure> {
        let has_reach = match self.place.account.rules().account_admin_reach {
            AdminReach::All => crate::accounts::am_admin(self.bench, self.place.account.id)?,
            AdminReach::None => false,
        };
        if !has_reach {
            return Ok(None);
        }
        self.in_account(&shall.address, shall.login)
    }

    /// Somebody of the account by sign-in where that is known, else by address.
    pub(crate) fn in_account(
        &mut self,
        address: &Address,
        login: Option<LoginId>,
    ) -> Result<Option<Membership>, Failure> {
        let account = self.place.account.id;
        if let Some(login) = login {
            let places = self.bench.cache.person_places(login)?.map(|it| it.places);
            let mut here = places.into_iter().flatten().filter(|it| it.account.id == account);
            return Ok(here.next().map(|it| it.entry.member));
        }
        if self.people.is_none() {
            // One pass over all of them, however many are looked for.
            let all = self.bench.cache.in_account(account, "", u32::MAX)?;
            self.people = Some(all.into_iter().map(|it| (it.address.clone(), it)).collect());
        }
        Ok(self.people.as_ref().and_then(|people| people.get(address)).cloned())
    }

    /// An invitation that shall be, or shall not be, open.
    pub(crate) fn revoke(&mut self, invitation: &Invitation) {
        let (workspace, invitation) = (self.workspace(), invitation.id);
        self.step(Intent::Revoke { workspace, invitation });
    }

    /// The steps with what would become of them, and what they cannot bring about.
    pub(crate) fn made(mut self, complete: bool) -> Result<MadePlan, Failure> {
        self.gaps.sort();
        self.gaps.dedup();
        let preview = preview(self.bench, self.intents.clone())?;
        Ok(MadePlan { intents: self.intents, preview, gaps: self.gaps, complete })
    }
}
