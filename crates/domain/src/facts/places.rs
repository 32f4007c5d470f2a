//! Loading what an account-wide command asks about each of the account's workspaces.

use super::{Facts, Known, Lookup, Place};
use crate::decide::group;
use crate::ids::{AccountId, GroupId, LoginId, WorkspaceId};
use crate::object::{Account, Group, LoginStatus, Workspace, WorkspaceStatus};
use crate::scheme::AdminReach;
use crate::time::Timestamp;

type Loaded<T, L> = Result<T, <L as Lookup>::Error>;

/// Facts about every workspace of an account.
impl Facts {
    /// For what only asks which workspaces there are, and of what kind.
    pub(super) fn load_bare_places<L: Lookup + ?Sized>(&mut self, store: &L) -> Loaded<(), L> {
        self.load_places(store, |_, workspace| Ok(Known::Known(Some(Place::bare(workspace)))))
    }

    /// For leaving an account: where the actor is a member or invited.
    pub(super) fn load_own_places<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        now: Timestamp,
    ) -> Loaded<(), L> {
        let Some(account) = self.account.clone() else { return Ok(()) };
        let login = self.actor.login.clone();
        let Known::Known(held) = store.memberships_in(account.id, login.id)? else {
            return Ok(());
        };
        let mut invited = Vec::new();
        for address in std::iter::once(&login.address).chain(&login.verified) {
            match store.invitations_to(account.id, address)? {
                Known::Known(open) => invited.extend(open),
                Known::Unknown => return Ok(()),
            }
        }
        invited.sort_by_key(|it| it.id);
        invited.dedup_by_key(|it| it.id);
        let role = account.rules().owner_class_role;
        let mut places: Vec<Place> = Vec::new();
        let mut staying = 0_u32;
        for member in held {
            let Some(workspace) = store.workspace(member.workspace)? else { continue };
            let mut place = Place::bare(workspace);
            match store.other_owners(member.workspace, role, member.id)? {
                Known::Known(others) => place.other_owners = others,
                Known::Unknown => return Ok(()),
            }
            let follows = self.actor.is_account_admin
                && account.rules().account_admin_reach == AdminReach::None
                && member.roles.has(role);
            if follows {
                match heir(store, &account, &place.workspace, login.id)? {
                    Known::Known(heir) => place.heir = heir,
                    Known::Unknown => return Ok(()),
                }
            }
            place.members = vec![member.at(now)];
            places.push(place);
        }
        if let Known::Known(all) = store.workspaces_of(account.id)? {
            for workspace in all {
                let followed = places
                    .iter()
                    .find(|it| it.workspace.id == workspace.id)
                    .and_then(|it| it.heir.as_ref())
                    .is_some_and(|heir| heir.id != account.id);
                if workspace.status == WorkspaceStatus::Active {
                    staying += u32::from(!followed);
                } else if let Some(member) = store.present_membership(workspace.id, login.id)? {
                    // V-41: nobody comes back by way of the bin.
                    let mut place = Place::bare(workspace);
                    place.members = vec![member.at(now)];
                    places.push(place);
                }
            }
            self.other_workspaces = Known::Known(staying);
        }
        for invitation in invited {
            match places.iter_mut().find(|it| it.workspace.id == invitation.workspace) {
                Some(place) => place.invitations.push(invitation),
                None => {
                    if let Some(workspace) = store.workspace(invitation.workspace)? {
                        let mut place = Place::bare(workspace);
                        place.invitations.push(invitation);
                        places.push(place);
                    }
                }
            }
        }
        self.places = Known::Known(places);
        Ok(())
    }

    /// For deleting an account: which workspaces have other owners, and where those go.
    pub(super) fn load_heirs<L: Lookup + ?Sized>(&mut self, store: &L) -> Loaded<(), L> {
        let Some(account) = self.account.clone() else { return Ok(()) };
        if account.rules().account_admin_reach == AdminReach::All {
            // The workspaces are the account's own and end with it (E-14).
            self.places = Known::Known(Vec::new());
            return Ok(());
        }
        let Known::Known(admins) = store.active_admins(account.id)? else { return Ok(()) };
        let own = |login: LoginId| admins.iter().any(|admin| admin.login == login);
        let role = account.rules().owner_class_role;
        self.load_places(store, |store, workspace| {
            let (Known::Known(members), Known::Known(owners)) =
                (store.present_members(workspace.id)?, store.owners_by_age(workspace.id, role)?)
            else {
                return Ok(Known::Unknown);
            };
            let mut place = Place::bare(workspace);
            place.other_people = count(members.iter().filter(|it| !own(it.login)).count());
            let others: Vec<_> = owners.into_iter().filter(|it| !own(it.login)).collect();
            place.other_owners = count(others.len());
            for owner in others {
                match store.home_account(owner.login)? {
                    Known::Known(Some(home)) if home.id != account.id => {
                        place.heir = Some(home);
                        break;
                    }
                    Known::Known(_) => {}
                    Known::Unknown => return Ok(Known::Unknown),
                }
            }
            Ok(Known::Known(Some(place)))
        })
    }

    /// For changing the scheme: everybody everywhere.
    pub(super) fn load_whole_places<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        now: Timestamp,
    ) -> Loaded<(), L> {
        self.load_places(store, |store, workspace| {
            let (Known::Known(members), Known::Known(invitations)) =
                (store.present_members(workspace.id)?, store.invitations_of(workspace.id)?)
            else {
                return Ok(Known::Unknown);
            };
            let mut place = Place::bare(workspace);
            place.roles = store.own_roles(place.workspace.id)?;
            place.members = members.into_iter().map(|it| it.at(now)).collect();
            place.invitations = invitations;
            place.idle = idle(store, place.members.iter().map(|it| it.login))?;
            Ok(Known::Known(Some(place)))
        })
    }

    /// For groups: what the people of one, and one more, hold where.
    pub(super) fn load_group_places<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        more: Option<LoginId>,
        now: Timestamp,
    ) -> Loaded<(), L> {
        let people = self.group.iter().flat_map(|group| &group.people);
        let logins = unique(people.map(|person| person.login).chain(more));
        self.load_places(store, |store, workspace| {
            // Nobody is in what lies in the bin; it is settled when it comes back.
            if workspace.status != WorkspaceStatus::Active {
                return Ok(Known::Known(Some(Place::bare(workspace))));
            }
            group_place(store, workspace, &logins, now)
        })
    }

    /// For a workspace that comes into an account's care, again or newly: what the people of
    /// the account's groups hold there, and who is there by a group.
    pub(super) fn load_arrival<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        workspace: WorkspaceId,
        now: Timestamp,
    ) -> Loaded<(), L> {
        let (Some(workspace), Known::Known(groups)) =
            (store.workspace(workspace)?, self.groups.as_ref())
        else {
            return Ok(());
        };
        let Known::Known(members) = store.present_members(workspace.id)? else { return Ok(()) };
        let grouped = members.iter().filter(|it| it.group.is_some()).map(|it| it.login);
        let people = groups.iter().flat_map(|group| &group.people).map(|it| it.login);
        let logins = unique(people.chain(grouped));
        if let Known::Known(place) = group_place(store, workspace, &logins, now)? {
            self.places = Known::Known(place.into_iter().collect());
        }
        Ok(())
    }

    pub(super) fn load_group<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        account: AccountId,
        group: GroupId,
        more: Option<LoginId>,
        now: Timestamp,
    ) -> Loaded<(), L> {
        self.group = store.group(group)?.filter(|it: &Group| it.account == account && !it.deleted);
        self.load_group_places(store, more, now)
    }

    /// Asks something about every workspace of the account; one unknown makes all unknown.
    fn load_places<L: Lookup + ?Sized>(
        &mut self,
        store: &L,
        mut ask: impl FnMut(&L, Workspace) -> Loaded<Known<Option<Place>>, L>,
    ) -> Loaded<(), L> {
        let Some(account) = &self.account else { return Ok(()) };
        let Known::Known(workspaces) = store.workspaces_of(account.id)? else { return Ok(()) };
        let mut places = Vec::with_capacity(workspaces.len());
        for workspace in workspaces {
            match ask(store, workspace)? {
                Known::Known(place) => places.extend(place),
                Known::Unknown => return Ok(()),
            }
        }
        self.places = Known::Known(places);
        Ok(())
    }
}

/// What these people hold in a workspace, as far as groups are concerned with it.
fn group_place<L: Lookup + ?Sized>(
    store: &L,
    workspace: Workspace,
    logins: &[LoginId],
    now: Timestamp,
) -> Loaded<Known<Option<Place>>, L> {
    let Known::Known(seats) = store.seats_taken(workspace.id, now)? else {
        return Ok(Known::Unknown);
    };
    let id = workspace.id;
    let mut place = Place::bare(workspace);
    place.seats_taken = seats;
    for login in logins {
        if let Some(held) = store.present_membership(id, *login)? {
            place.members.push(held);
            continue;
        }
        let mut times = 0;
        while store.membership(group::derived_id(id, *login, now, times))?.is_some() {
            times += 1;
        }
        if times > 0 {
            place.rejoining.push((*login, times));
        }
        if let Some(address) = store.login(*login)?.map(|it| it.address)
            && let Known::Known(open) = store.open_invitation(id, &address, now)?
        {
            place.invitations.extend(open);
        }
    }
    Ok(Known::Known(Some(place)))
}

/// Those whose sign-in is known to be out of use. A copy does not hold the sign-ins of others.
pub(super) fn idle<L: Lookup + ?Sized>(
    store: &L,
    logins: impl Iterator<Item = LoginId>,
) -> Loaded<Vec<LoginId>, L> {
    let mut idle = Vec::new();
    for login in logins {
        if store.login(login)?.is_some_and(|it| it.status != LoginStatus::Active) {
            idle.push(login);
        }
    }
    Ok(idle)
}

fn unique(logins: impl Iterator<Item = LoginId>) -> Vec<LoginId> {
    let mut logins: Vec<LoginId> = logins.collect();
    logins.sort_unstable();
    logins.dedup();
    logins
}

impl Place {
    pub(crate) const fn bare(workspace: Workspace) -> Self {
        Self {
            workspace,
            roles: Vec::new(),
            members: Vec::new(),
            invitations: Vec::new(),
            other_owners: 0,
            other_people: 0,
            heir: None,
            seats_taken: 0,
            idle: Vec::new(),
            rejoining: Vec::new(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The account that holds a workspace after `leaving` stopped being its owner (E-65): that of
/// the longest-standing other owner who has one.
pub(super) fn heir<L: Lookup + ?Sized>(
    store: &L,
    account: &Account,
    workspace: &Workspace,
    leaving: LoginId,
) -> Loaded<Known<Option<Account>>, L> {
    let role = account.rules().owner_class_role;
    let Known::Known(owners) = store.owners_by_age(workspace.id, role)? else {
        return Ok(Known::Unknown);
    };
    for owner in owners.into_iter().filter(|it| it.login != leaving) {
        if store.is_account_admin(account.id, owner.login)? == Known::Known(true) {
            // Another person of the same account is still an owner, so it stays there.
            return Ok(Known::Known(Some(account.clone())));
        }
        match store.home_account(owner.login)? {
            Known::Known(Some(home)) => return Ok(Known::Known(Some(home))),
            Known::Known(None) => {}
            Known::Unknown => return Ok(Known::Unknown),
        }
    }
    Ok(Known::Known(None))
}
