//! Larch Agency: a `managed` account with many clients, acted out from its plan.

use std::collections::BTreeSet;

use muster_domain::{
    AccountId, Address, Command, Covers, End, GroupId, InvitationId, Labels, Login, MembershipId,
    Plan, Role, RoleId, RoleSet, SchemeId, Timestamp, WorkspaceId,
};

use super::chance::id;
use super::plan::{Act, Year, year};
use super::records;
use super::reviews::{self, Cast, Quarter, Step};
use super::world::World;
use super::{DemoError, SIGN_INS, Scale};

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
    /// The account.
    pub account: AccountId,
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
    Ok(Agency { account, workspace: place_id(0), admin: stage.admin })
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

fn pod() -> GroupId {
    GroupId::from_bytes(id("pod", 1))
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
            Act::Record(place, index) => self.record(place, index),
            Act::Define(place) => self.define(place),
            Act::Review(quarter, step) => self.review(quarter, step),
            Act::FormPod | Act::Begin | Act::Bin => {
                let command = self.account_wide(act)?;
                self.world.command(&self.admin, &command)
            }
            Act::Promote(seat) => {
                let person = membership_id(seat);
                let command = Command::AddAdmin { account: self.account, person };
                self.world.command(&self.admin, &command)
            }
            Act::Pod(seat) => {
                let (account, group, person) = (self.account, pod(), membership_id(seat));
                let command = Command::AddGroupPerson { account, group, person };
                self.world.command(&self.admin, &command)
            }
            Act::GiveOwn(seat)
            | Act::Note(seat)
            | Act::Label(seat)
            | Act::End(seat)
            | Act::Invite(seat)
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
                message: seat
                    .is_multiple_of(10)
                    .then(|| "Welcome! Your agents are waiting for you.".to_owned()),
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
            Act::GiveOwn(_) => {
                let roles = it.roles.union(RoleSet::own(0));
                Command::SetMemberRoles {
                    workspace,
                    membership,
                    was: it.roles,
                    roles,
                    reason: None,
                }
            }
            Act::Note(_) => {
                let note = "Prefers to be called before noon.".to_owned();
                Command::SetMemberNote { workspace, membership, was: String::new(), note }
            }
            Act::Label(_) => {
                let team = ["Marketing", "Support", "Finance"][seat % 3];
                let labels = Labels::clean([team]).unwrap_or_default();
                Command::SetMemberLabels { workspace, membership, was: Labels::default(), labels }
            }
            Act::End(_) => {
                let days = 10 + i64::try_from(seat % 60).unwrap_or_default();
                let end = Some(End { at: self.year.end.plus_days(days), roles: None });
                Command::SetMemberEnd { workspace, membership, was: None, end }
            }
            Act::Create(_)
            | Act::Rename(_)
            | Act::Accept(_)
            | Act::Leave(_)
            | Act::Record(..)
            | Act::Define(_)
            | Act::Promote(_)
            | Act::Pod(_)
            | Act::FormPod
            | Act::Begin
            | Act::Bin
            | Act::Review(..) => {
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
            labels: it.labels.clone(),
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

    /// Whoever runs the place: its lead once there is one.
    fn keeper(&self, place: usize) -> Result<Login, DemoError> {
        let lead = self.year.leads[place];
        if self.joined[lead] { self.login_of(lead) } else { Ok(self.admin.clone()) }
    }

    fn record(&mut self, place: usize, index: usize) -> Result<(), DemoError> {
        let actor = self.keeper(place)?;
        let (title, body) = records::record(place, index, self.world.now);
        let content = records::record_id(place, index);
        let workspace = place_id(place);
        self.world.command(&actor, &Command::CreateContent { workspace, content, title, body })
    }

    fn define(&mut self, place: usize) -> Result<(), DemoError> {
        let actor = self.keeper(place)?;
        let command = Command::DefineRole {
            workspace: place_id(place),
            role: RoleId::from_bytes(id("reporter", place)),
            title: "Reporter".to_owned(),
            permissions: records::reporter(),
        };
        self.world.command(&actor, &command)
    }

    fn review(&mut self, quarter: Quarter, step: Step) -> Result<(), DemoError> {
        let lead = self.keeper(0)?;
        let cast = Cast {
            workspace: place_id(0),
            admin: &self.admin,
            lead: &lead,
            free: &self.uneventful(0),
        };
        reviews::act(self.world, &cast, quarter, step)
    }

    /// Members of a place whom the story leaves alone since the review's list was frozen.
    fn uneventful(&self, place: usize) -> BTreeSet<MembershipId> {
        let since = self.world.now.plus_days(-5);
        let to_come = self.year.acts.iter().filter(|(at, _)| *at >= since);
        let busy: BTreeSet<usize> = to_come.filter_map(|(_, act)| act.seat()).collect();
        let named: BTreeSet<_> = SIGN_INS.iter().map(|it| it.address).collect();
        let seats = self.year.seats.iter().enumerate().filter(|(seat, it)| {
            let address = &self.year.people[it.person].address;
            it.place == place
                && self.joined[*seat]
                && !busy.contains(seat)
                && !named.contains(address.as_str())
                && !address.ends_with("@larch.example")
        });
        seats.map(|(seat, _)| membership_id(seat)).collect()
    }

    fn account_wide(&self, act: Act) -> Result<Command, DemoError> {
        let begun = WorkspaceId::from_bytes(id("begun", 0));
        Ok(match act {
            Act::FormPod => Command::CreateGroup {
                account: self.account,
                group: pod(),
                title: "Pod 1".to_owned(),
                covers: Covers::Listed((0..self.year.places.len().min(6)).map(place_id).collect()),
                roles: RoleSet::of(&[Role::AgentManager, Role::ContentManager]),
            },
            Act::Begin => Command::CreateWorkspace {
                workspace: begun,
                account: self.account,
                title: "Summer campaign".to_owned(),
                plan: Some(Plan::Basic),
                membership: None,
                labels: Labels::default(),
            },
            Act::Bin => Command::DeleteWorkspace { workspace: begun, reason: None },
            _ => return Err(DemoError::Story("a command for this act")),
        })
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
