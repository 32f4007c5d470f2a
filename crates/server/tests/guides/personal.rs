//! The personal workspace, which stays with its person (U-5, U-7, U-40, E-18, E-20, E-21).

use muster_domain::{
    Address, Command, InvitationId, Plan, RefusalCode, Role, RoleMapping, RoleSet, RolesTo,
    SchemeId, WorkspaceKind,
};

use crate::row;
use crate::support::{World, join, refusal, some_id};

#[tokio::test]
async fn r8_u7_u6_u8_e18_e21_no_door_gives_a_personal_workspace_away() {
    let world = World::start().await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let workspace = alex.home(&world).await;
    alex.new_workspace(&world, "Another").await;
    assert_eq!(row(&alex, &world, workspace).await.kind, WorkspaceKind::Personal);
    let mia = world.person("Mia", "mia@kim.example", SchemeId::OwnerLed).await;
    let guest = join(&world, &mut alex, workspace, "Guest", Role::Admin).await;
    let me = alex.member(&world, workspace, &alex.login).await.id;
    let theirs = alex.member(&world, workspace, &guest.login).await.id;
    let (owner, admin) = (RoleSet::of(&[Role::Owner]), RoleSet::of(&[Role::Admin]));
    let set = |membership, was, roles| Command::SetMemberRoles {
        workspace,
        membership,
        was,
        roles,
        reason: None,
    };
    let invitation = some_id(InvitationId::from_bytes);
    let invite = |roles| Command::CreateInvitation {
        workspace,
        invitation,
        address: Address::parse("heir@people.example").expect("an address"),
        person: None,
        roles,
        message: None,
    };
    let to = mia.account(&world).await;
    use RefusalCode::{PersonalDelete, PersonalLeave, PersonalOwner, PersonalTransfer};
    let doors = [
        (Command::DeleteWorkspace { workspace, reason: None }, PersonalDelete),
        (Command::LeaveWorkspace { workspace }, PersonalLeave),
        (Command::OfferWorkspace { workspace, to }, PersonalTransfer),
        (set(theirs, admin, owner), PersonalOwner),
        (set(me, owner, admin), PersonalOwner),
        (Command::SuspendMember { workspace, membership: me, reason: None }, PersonalOwner),
        (invite(owner), PersonalOwner),
    ];
    for (door, code) in doors {
        assert_eq!(refusal(&mut alex, &world, &door).await, code, "{door:?}");
    }
    alex.apply(&world, &invite(admin)).await;
    let raise = Command::SetInvitationRoles { workspace, invitation, roles: owner };
    assert_eq!(refusal(&mut alex, &world, &raise).await, PersonalOwner, "E-21");
    let held = alex.member(&world, workspace, &alex.login).await;
    assert_eq!(held.roles, owner, "it is as it was");
}

#[tokio::test]
async fn r8_e20_the_account_of_a_personal_workspace_keeps_its_one_admin_and_its_scheme() {
    let world = World::start().await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let shared = alex.new_workspace(&world, "Shared").await;
    let second = join(&world, &mut alex, shared, "Second", Role::Owner).await;
    let person = alex.member(&world, shared, &second.login).await.id;
    let account = alex.account(&world).await;
    let mapping = vec![RoleMapping {
        workspace: None,
        from: RoleSet::of(&[Role::Owner]),
        to: RolesTo::BuiltIn(RoleSet::of(&[Role::WorkspaceAdmin])),
    }];
    let scheme = SchemeId::Managed;
    let commands = [
        Command::AddAdmin { account, person },
        Command::SetScheme { account, scheme, mapping, widened: vec![person] },
    ];
    for command in commands {
        let code = refusal(&mut alex, &world, &command).await;
        assert_eq!(code, RefusalCode::PersonalAccount, "{command:?}");
    }
    let admins = alex.everything(&world).await.admins;
    assert_eq!(admins.iter().filter(|it| it.active).count(), 1);
}

#[tokio::test]
async fn r7_e18_the_last_workspace_of_an_account_stays_whatever_lies_in_the_bin() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let first = nora.home(&world).await;
    let second = nora.new_workspace(&world, "Second").await;
    let delete = |workspace| Command::DeleteWorkspace { workspace, reason: None };
    nora.apply(&world, &delete(first)).await;
    assert_eq!(refusal(&mut nora, &world, &delete(second)).await, RefusalCode::LastWorkspace);
    nora.apply(&world, &Command::RestoreWorkspace { workspace: first }).await;
    nora.apply(&world, &delete(second)).await;
}

#[tokio::test]
async fn u40_u5_a_personal_workspace_is_found_under_the_name_it_is_given() {
    let world = World::start().await;
    let mut alex = world.person("Alex Kim", "alex@kim.example", SchemeId::OwnerLed).await;
    let workspace = alex.home(&world).await;
    let mut reader = join(&world, &mut alex, workspace, "Reader", Role::Read).await;
    let was = row(&reader, &world, workspace).await.name;
    assert_eq!(was, "Alex’s workspace", "U-5: whoever is in it is told that name");
    let rename = |title: &str| {
        let (was, title) = (was.clone(), title.to_owned());
        Command::RenameWorkspace { workspace, was, title }
    };
    let code = refusal(&mut reader, &world, &rename("Mine")).await;
    assert_eq!(code, RefusalCode::Missing, "U-40: for those who keep its settings");
    alex.apply(&world, &rename("Atelier Kim")).await;
    assert_eq!(row(&reader, &world, workspace).await.name, "Atelier Kim");
    // It is the same workspace still, of the same kind, with its own plan.
    let held = row(&alex, &world, workspace).await;
    assert_eq!((held.kind, held.plan), (WorkspaceKind::Personal, Plan::Basic));
}
