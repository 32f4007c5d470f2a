//! How a world begins: who there is, which accounts they have, and who is in whose workspaces.

use muster_domain::{
    AccountId, Address, Command, DeviceId, Founding, InvitationId, Labels, Login, LoginId,
    LoginStatus, MembershipId, Plan, Role, RoleSet, SchemeId, Timestamp, WorkspaceId,
};
use muster_server::write::{self, Verdict};

use crate::asks::Atlas;
use crate::random::Dice;
use crate::server::{BEGIN, Server};

/// Signs everybody up.
pub fn people(server: &Server, atlas: &mut Atlas, number: u8) -> Vec<Login> {
    let tx = server.app().store.write().expect("a transaction");
    let people: Vec<_> = (0..number).map(person).collect();
    for person in &people {
        tx.add_login(person, "$none$", Timestamp(BEGIN)).expect("a login");
        tx.put_login(person).expect("a login");
        atlas.addresses.push(person.address.clone());
    }
    tx.commit().expect("commits");
    atlas.addresses.push(Address::parse("stranger@away.example").expect("an address"));
    people
}

fn person(number: u8) -> Login {
    let address = format!("person{number}@muster.example");
    let address = Address::parse(&address).expect("an address");
    Login {
        id: LoginId::from_bytes([number + 1; 16]),
        address: address.clone(),
        name: format!("Person {number}"),
        status: LoginStatus::Active,
        verified: vec![address],
    }
}

pub fn device_id(person: usize, device: u64) -> DeviceId {
    let mut bytes = [0xD0; 16];
    bytes[0] = u8::try_from(person).expect("few people");
    bytes[8..].copy_from_slice(&device.to_be_bytes());
    DeviceId::from_bytes(bytes)
}

/// Accounts and workspaces, with everybody somewhere.
pub fn places(server: &mut Server, atlas: &mut Atlas, people: &[Login], dice: &mut Dice) {
    let agency = found(server, atlas, &people[0], SchemeId::Managed);
    let own = found(server, atlas, &people[1], SchemeId::OwnerLed);
    let second = WorkspaceId::from_bytes(atlas.fresh());
    let create = Command::CreateWorkspace {
        workspace: second,
        account: agency.0,
        title: "Second".to_owned(),
        plan: Some(Plan::Pro),
        membership: Some(MembershipId::from_bytes(atlas.fresh())),
        labels: Labels::default(),
    };
    atlas.workspaces.push(second);
    ask(server, &people[0], &create);
    for (place, host) in [(agency.1, 0), (second, 0), (own.1, 1)] {
        ask(server, &people[host], &Command::SetPlan { workspace: place, plan: Plan::Pro });
        for (number, guest) in people.iter().enumerate() {
            if number != host && !dice.one_in(4) {
                let managed = [Role::WorkspaceAdmin, Role::AgentManager, Role::ChatUser];
                let led = [Role::Admin];
                let roles: &[Role] = if host == 0 { &managed } else { &led };
                let role = dice.pick(roles).expect("some");
                join(server, atlas, &people[host], guest, place, role);
            }
        }
    }
}

fn found(
    server: &mut Server,
    atlas: &mut Atlas,
    founder: &Login,
    scheme: SchemeId,
) -> (AccountId, WorkspaceId) {
    let account = AccountId::from_bytes(atlas.fresh());
    let workspace = WorkspaceId::from_bytes(atlas.fresh());
    let founding = Founding {
        account,
        workspace,
        membership: MembershipId::from_bytes(atlas.fresh()),
        scheme,
        account_name: Some("Account".to_owned()),
        workspace_name: Some("First".to_owned()),
    };
    let verdict = server.write(founder.id, |tx, origin| write::found(tx, origin, founding));
    assert!(matches!(verdict, Some(Verdict::Applied(_))), "founds an account");
    atlas.accounts.push(account);
    atlas.workspaces.push(workspace);
    (account, workspace)
}

fn ask(server: &mut Server, actor: &Login, command: &Command) {
    let verdict = server.write(actor.id, |tx, origin| write::run(tx, origin, command));
    let done = matches!(verdict, Some(Verdict::Applied(_) | Verdict::NoOp));
    assert!(done, "the world begins with what is allowed: {verdict:?}");
}

fn join(
    server: &mut Server,
    atlas: &mut Atlas,
    host: &Login,
    guest: &Login,
    workspace: WorkspaceId,
    role: Role,
) {
    let invitation = InvitationId::from_bytes(atlas.fresh());
    let invite = Command::CreateInvitation {
        workspace,
        invitation,
        address: guest.address.clone(),
        person: None,
        roles: RoleSet::of(&[role]),
        message: None,
    };
    ask(server, host, &invite);
    let verdict = accept(server, atlas, guest, invitation);
    assert!(matches!(verdict, Some(Verdict::Applied(_))), "accepts: {verdict:?}");
}

/// Somebody follows the link of an invitation.
pub fn accept(
    server: &mut Server,
    atlas: &mut Atlas,
    guest: &Login,
    invitation: InvitationId,
) -> Option<Verdict> {
    let membership = MembershipId::from_bytes(atlas.fresh());
    server.write(guest.id, |tx, origin| match tx.invitation(invitation)? {
        Some(found) => write::accept(tx, origin, &found, membership),
        None => Ok(Verdict::NoOp),
    })
}
