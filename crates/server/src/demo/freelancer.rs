//! Alex Kim: an `owner_led` account with a personal workspace and a few others, and work for
//! the agency besides.

use muster_domain::{
    AccountId, Address, Command, InvitationId, Labels, Login, MembershipId, Plan, Role, RoleSet,
    SchemeId, Timestamp, WorkspaceId,
};

use super::DemoError;
use super::agency::Agency;
use super::chance::id;
use super::records;
use super::world::World;

/// The freelancer.
pub const OWNER: (&str, &str) = ("Alex Kim", "alex@kim.example");
/// Somebody who works with them.
pub const WRITER: (&str, &str) = ("Freya Drummond", "freya@drummond.example");

const PEOPLE: &[(&str, &str)] = &[
    WRITER,
    ("Nikos Papadopoulos", "nikos@fern-bakery.example"),
    ("Thandiwe Nkosi", "thandiwe@kite-festival.example"),
    ("佐藤 美咲", "misaki@kite-festival.example"),
    ("Callum Bell", "callum@bell.example"),
];

/// Who is where as what, by the order of [`PEOPLE`] and of the workspaces.
const SEATS: &[(usize, usize, Role)] = &[
    (0, 0, Role::Write),
    (0, 1, Role::Admin),
    (1, 0, Role::Owner),
    (2, 1, Role::Admin),
    (3, 1, Role::Read),
    (4, 2, Role::Write),
];

/// Acts out the year that ends at `end`.
pub fn tell(world: &mut World<'_>, agency: &Agency, end: Timestamp) -> Result<(), DemoError> {
    world.now = end.plus_days(-300);
    let owner = world.sign_up(OWNER.0, OWNER.1)?;
    let owner = world.prove(owner)?;
    let (account, _) = world.found(&owner, OWNER.0, SchemeId::OwnerLed)?;
    let mut story = Story { world, owner, account, invitations: 0 };
    for (index, (title, plan)) in
        [("Fern Bakery", Plan::Basic), ("Kite Festival", Plan::Pro), ("Side projects", Plan::Basic)]
            .iter()
            .enumerate()
    {
        story.create(index, title, *plan)?;
        story.fill(index)?;
    }
    let mut logins = Vec::new();
    for (name, address) in PEOPLE {
        logins.push(story.world.sign_up(name, address)?);
        // C-15: whoever an `owner_led` account invites gets a personal workspace as well.
        let login = logins.last().ok_or(DemoError::Story("a login"))?;
        story.world.found(login, name, SchemeId::OwnerLed)?;
    }
    let mut memberships = Vec::new();
    for (person, place, role) in SEATS {
        memberships.push(story.join(&logins[*person], *place, *role)?);
    }
    story.aftermath(&memberships, end)?;
    story.work_for(agency, end)
}

/// Far above the number of any client of the agency.
const FIRST_PLACE: usize = 1 << 32;

struct Story<'w, 's> {
    world: &'w mut World<'s>,
    owner: Login,
    account: AccountId,
    invitations: usize,
}

fn workspace(index: usize) -> WorkspaceId {
    WorkspaceId::from_bytes(id("freelance workspace", index))
}

impl Story<'_, '_> {
    fn create(&mut self, index: usize, title: &str, plan: Plan) -> Result<(), DemoError> {
        self.world.now = self.world.now.plus_days(7);
        let command = Command::CreateWorkspace {
            workspace: workspace(index),
            account: self.account,
            title: title.to_owned(),
            plan: Some(plan),
            membership: Some(MembershipId::from_bytes(id("freelance owner", index))),
            labels: Labels::default(),
        };
        self.world.command(&self.owner, &command)
    }

    /// The records of the agency's clients serve here as well, under ids of their own.
    fn fill(&mut self, index: usize) -> Result<(), DemoError> {
        let place = FIRST_PLACE + index;
        for number in 0..records::MANY {
            self.world.now = Timestamp(self.world.now.0 + 60 * 60 * 1_000);
            let (title, body) = records::record(place, number, self.world.now);
            let command = Command::CreateContent {
                workspace: workspace(index),
                content: records::record_id(place, number),
                title,
                body,
            };
            self.world.command(&self.owner, &command)?;
        }
        Ok(())
    }

    fn invite(
        &mut self,
        actor: &Login,
        workspace: WorkspaceId,
        address: Address,
        role: Role,
    ) -> Result<InvitationId, DemoError> {
        let invitation = InvitationId::from_bytes(id("freelance invitation", self.invitations));
        self.invitations += 1;
        let roles = RoleSet::of(&[role]);
        let command = Command::CreateInvitation {
            workspace,
            invitation,
            address,
            person: None,
            roles,
            message: None,
        };
        self.world.command(actor, &command)?;
        Ok(invitation)
    }

    fn join(&mut self, login: &Login, place: usize, role: Role) -> Result<MembershipId, DemoError> {
        self.world.now = self.world.now.plus_days(5);
        let owner = self.owner.clone();
        let invitation = self.invite(&owner, workspace(place), login.address.clone(), role)?;
        self.world.now = self.world.now.plus_days(1);
        let membership = MembershipId::from_bytes(id("freelance member", self.invitations));
        self.world.accept(login, invitation, membership)?;
        Ok(membership)
    }

    fn aftermath(&mut self, memberships: &[MembershipId], end: Timestamp) -> Result<(), DemoError> {
        let owner = self.owner.clone();
        let promote = Command::SetMemberRoles {
            workspace: workspace(1),
            membership: memberships[4],
            was: RoleSet::of(&[Role::Read]),
            roles: RoleSet::of(&[Role::Write]),
            reason: None,
        };
        let remove = Command::RemoveMember {
            workspace: workspace(2),
            membership: memberships[5],
            reason: None,
        };
        let rename = Command::RenameWorkspace {
            workspace: workspace(2),
            was: "Side projects".to_owned(),
            title: "Experiments".to_owned(),
        };
        for (days, command) in [(-90, promote), (-60, remove), (-30, rename)] {
            self.world.now = end.plus_days(days);
            self.world.command(&owner, &command)?;
        }
        for (days, address) in
            [(-20, "late@kite-festival.example"), (-2, "new@fern-bakery.example")]
        {
            self.world.now = end.plus_days(days);
            let place = if days < -10 { 1 } else { 0 };
            let address = Address::parse(address).map_err(|_| DemoError::Story("an address"))?;
            self.invite(&owner, workspace(place), address, Role::Write)?;
        }
        Ok(())
    }

    /// One login in two products' rules: Alex also builds agents for a client of the agency.
    fn work_for(&mut self, agency: &Agency, end: Timestamp) -> Result<(), DemoError> {
        self.world.now = end.plus_days(-1);
        let owner = self.owner.clone();
        let address = owner.address.clone();
        let invitation =
            self.invite(&agency.admin, agency.workspace, address, Role::AgentManager)?;
        let membership = MembershipId::from_bytes(id("freelance at agency", 0));
        self.world.accept(&owner, invitation, membership)
    }
}
