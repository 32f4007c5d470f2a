//! Elm Studio: another `managed` account, which offers one of its workspaces to the agency
//! (E-59).

use muster_domain::{
    Command, Labels, MembershipId, Plan, RoleSet, SchemeId, Timestamp, WorkspaceId,
};

use super::DemoError;
use super::agency::Agency;
use super::chance::id;
use super::world::World;

/// The account's admin.
pub const ADMIN: (&str, &str) = ("Mara Elm", "mara@elm-studio.example");

/// Acts out the year that ends at `end`.
pub fn tell(world: &mut World<'_>, agency: &Agency, end: Timestamp) -> Result<(), DemoError> {
    world.now = end.plus_days(-120);
    let admin = world.sign_up(ADMIN.0, ADMIN.1)?;
    let (account, _) = world.found(&admin, "Elm Studio", SchemeId::Managed)?;
    let workspace = WorkspaceId::from_bytes(id("offered workspace", 0));
    let create = Command::CreateWorkspace {
        workspace,
        account,
        title: "Elm Outlet".to_owned(),
        plan: Some(Plan::Pro),
        membership: Some(MembershipId::from_bytes(id("offered member", 0))),
        labels: Labels::clean(["retail"]).unwrap_or_default(),
    };
    world.command(&admin, &create)?;
    world.now = end.plus_days(-2);
    world.command(&admin, &Command::OfferWorkspace { workspace, to: agency.account })?;
    // And one more invitation for the freelancer, which waits in their inbox.
    let invite = Command::CreateInvitation {
        workspace,
        invitation: muster_domain::InvitationId::from_bytes(id("inbox", 0)),
        address: muster_domain::Address::parse(super::freelancer::OWNER.1)
            .map_err(|_| DemoError::Story("an address"))?,
        person: None,
        roles: RoleSet::of(&[muster_domain::Role::AgentManager]),
        message: Some("We would like your help with the outlet’s agents.".to_owned()),
    };
    world.command(&admin, &invite)
}
