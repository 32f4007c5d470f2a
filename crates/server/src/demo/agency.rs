//! Larch Agency: a `managed` account with many clients, acted out from its plan.

use muster_domain::{
    AccountId, Address, Command, InvitationId, Labels, Login, MembershipId, Role, RoleSet,
    SchemeId, Timestamp, WorkspaceId,
};

use super::chance::id;
use super::plan::{Act, Year, year};
use super::world::World;
use super::{DemoError, Scale};

/// The account's admin.
pub const ADMIN: (&str, &str) = ("Nora Larch", "nora@larch.example");
/// A Workspace Admin of several clients.
pub const LEAD: (&str, &str) = ("Tomás Ibáñez", "tomas@larch.example");
/// An Agent Manager of several clients.
pub const BUILDER: (&str, &str) = ("Amara Okafor", "amara@larch.example");
/// The lead at one client.
pub const CLIENT: (&str, &str) = ("Inés Fernández", "ines@harbour-coffee.example");
/// The Billing Admin at one client.
pub const BILLING: (&str, &str) = ("Jürgen Großmann", "juergen@harbour-coffee.example");
/// A Chat User at one client.
pub const CHAT: (&str, &str) = ("Chloé Lefèvre", "chloe@harbour-coffee.example");

/// What the next story needs of this one.
pub struct Agency {
    /// The admin.
    pub admin: Login,
    /// A workspace to invite to.
    pub workspace: WorkspaceId,
}

/// Acts out the year that ends at `end`.
pub fn tell(world: &mut World<'_>, scale: Scale, end: Timestamp) -> Result<Agency, DemoError> {
    let start = world.now;
    let admin = world.sign_up(ADMIN.0, ADMIN.1)?;
    let (account, _) = world.found(&admin, "Larch Agency", SchemeId::Managed)?;
    let plan = year(scale, start, end);
    let acts = plan.acts.clone();
    let people = plan.people.len();
    let seats = plan.seats.len();
    let mut stage = Stage {
        world,
        year: plan,
        account,
        admin,
        logins: vec![None; people],
        joined: vec![false; seats],
    };
    for (at, act) in acts {
        stage.world.now = at;
        stage.act(act)?;
    }
    Ok(Agency { workspace: place_id(0), admin: stage.admin })
}

struct Stage<'w, 's> {
    world: &'w mut World<'s>,
    year: Year,
    account: AccountId,
    admin: Login,
    logins: Vec<Option<Login>>,
    joined: Vec<bool>,
}

fn place_id(place: usize) -> WorkspaceId {
    WorkspaceId::from_bytes(id("client", place))
}

fn invitation_id(seat: usize) -> InvitationId {
    InvitationId::from_bytes(id("invitation", seat))
}

fn membership_id(seat: usize) -> MembershipId {
    MembershipId::from_bytes(id("membership", seat))
}

impl Stage<'_, '_> {
    fn act(&mut self, act: Act) -> Result<(), DemoError> {
        match act {
            Act::Create(place) => self.create(place),
            Act::Rename(place) => self.rename(place),
            Act::Accept(seat) => self.accept(seat),
            Act::Leave(seat) => {
                let login = self.login_of(seat)?;
                let workspace = place_id(self.year.seats[seat].place);
                self.world.command(&login, &Command::LeaveWorkspace { workspace })
            }
            Act::Invite(seat)
            | Act::Resend(seat)
            | Act::Revoke(seat)
            | Act::ChangeRoles(seat)
            | Act::Suspend(seat)
            | Act::Resume(seat)
            | Act::Remove(seat) => {
                let actor = self.actor(seat)?;
                let command = self.command(act, seat)?;
                self.world.command(&actor, &command)
            }
        }
    }

    fn command(&self, act: Act, seat: usize) -> Result<Command, DemoError> {
        let it = &self.year.seats[seat];
        let person = &self.year.people[it.person];
        let workspace = place_id(it.place);
        let membership = membership_id(seat);
        let invitation = invitation_id(seat);
        Ok(match act {
            Act::Invite(_) => Command::CreateInvitation {
                workspace,
                invitation,
                address: Address::parse(&person.address)
                    .map_err(|_| DemoError::Story("an address"))?,
                person: Some(person.name.clone()),
                roles: it.roles,
                message: None,
            },
            Act::Resend(_) => Command::ResendInvitation { workspace, invitation },
            Act::Revoke(_) => Command::RevokeInvitation { workspace, invitation },
            Act::ChangeRoles(_) => {
                let roles = other_roles(it.roles);
                Command::SetMemberRoles {
                    workspace,
                    membership,
                    was: it.roles,
                    roles,
                    reason: None,
                }
            }
            Act::Suspend(_) => Command::SuspendMember { workspace, membership, reason: None },
            Act::Resume(_) => Command::ResumeMember { workspace, membership },
            Act::Remove(_) => Command::RemoveMember { workspace, membership, reason: None },
            Act::Create(_) | Act::Rename(_) | Act::Accept(_) | Act::Leave(_) => {
                return Err(DemoError::Story("a command for this act"));
            }
        })
    }

    /// The place's lead once there is one, the Account Admin before and for the lead.
    fn actor(&self, seat: usize) -> Result<Login, DemoError> {
        let lead = self.year.leads[self.year.seats[seat].place];
        if lead != seat && self.joined[lead] && !seat.is_multiple_of(3) {
            self.login_of(lead)
        } else {
            Ok(self.admin.clone())
        }
    }

    fn login_of(&self, seat: usize) -> Result<Login, DemoError> {
        self.logins[self.year.seats[seat].person].clone().ok_or(DemoError::Story("a login"))
    }

    fn create(&mut self, place: usize) -> Result<(), DemoError> {
        let it = &self.year.places[place];
        let command = Command::CreateWorkspace {
            workspace: place_id(place),
            account: self.account,
            title: it.name.clone(),
            plan: Some(it.plan),
            membership: None,
            labels: Labels::default(),
        };
        self.world.command(&self.admin, &command)
    }

    fn rename(&mut self, place: usize) -> Result<(), DemoError> {
        let it = &self.year.places[place];
        let title = it.renamed.clone().ok_or(DemoError::Story("a new name"))?;
        let command =
            Command::RenameWorkspace { workspace: place_id(place), was: it.name.clone(), title };
        self.world.command(&self.admin, &command)
    }

    /// Whoever has no sign-in yet makes one with the invitation (C-15).
    fn accept(&mut self, seat: usize) -> Result<(), DemoError> {
        let index = self.year.seats[seat].person;
        let login = match self.logins[index].clone() {
            Some(login) => login,
            None => {
                let person = &self.year.people[index];
                self.world.sign_up(&person.name, &person.address)?
            }
        };
        self.world.accept(&login, invitation_id(seat), membership_id(seat))?;
        self.logins[index] = Some(login);
        self.joined[seat] = true;
        Ok(())
    }
}

fn other_roles(roles: RoleSet) -> RoleSet {
    if roles == RoleSet::of(&[Role::ContentManager]) {
        RoleSet::of(&[Role::AgentManager, Role::ContentManager])
    } else {
        RoleSet::of(&[Role::ContentManager])
    }
}
