//! Who may do what to whom: the last owner, stepping down, equals, and those who are stronger
//! (R1 to R6, E-1, E-3, E-7, E-9, E-10, E-32, E-35).

use muster_domain::{
    Account, Command, InvitationId, Membership, Permission, PermissionSet, Plan, RefusalCode, Role,
    RoleId, RoleSet, Row, SchemeId, WorkspaceId,
};

use crate::row;
use crate::support::{Person, World, join, refusal, some_id};

fn set(member: &Membership, roles: RoleSet) -> Command {
    Command::SetMemberRoles {
        workspace: member.workspace,
        membership: member.id,
        was: member.roles,
        roles,
        reason: None,
    }
}

fn remove(member: &Membership) -> Command {
    let (workspace, membership) = (member.workspace, member.id);
    Command::RemoveMember { workspace, membership, reason: None }
}

fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

/// Somebody's membership, as they see it themself.
async fn own(person: &Person, world: &World, at: WorkspaceId) -> Membership {
    person.member(world, at, &person.login).await
}

#[tokio::test]
async fn r6_e1_e7_the_last_owner_stays_until_there_is_another_and_cannot_undo_stepping_down() {
    let world = World::start().await;
    let mut ana = world.person("Ana", "ana@kim.example", SchemeId::OwnerLed).await;
    let workspace = ana.new_workspace(&world, "Shared").await;
    let mut bo = join(&world, &mut ana, workspace, "Bo", Role::Write).await;
    let me = own(&ana, &world, workspace).await;
    let doors = [
        (set(&me, one(Role::Admin)), RefusalCode::LastOwnerStepDown),
        (remove(&me), RefusalCode::LastOwnerLeave),
        (Command::LeaveWorkspace { workspace }, RefusalCode::LastOwnerLeave),
    ];
    for (door, code) in doors {
        assert_eq!(refusal(&mut ana, &world, &door).await, code, "E-1: {door:?}");
    }

    // What the refusal says to do first opens the door.
    let heir = ana.member(&world, workspace, &bo.login).await;
    ana.apply(&world, &set(&heir, one(Role::Owner))).await;
    ana.apply(&world, &set(&me, one(Role::Admin))).await;
    let me = own(&ana, &world, workspace).await;
    assert_eq!(me.roles, one(Role::Admin), "E-7");
    let code = refusal(&mut ana, &world, &set(&me, one(Role::Owner))).await;
    assert_eq!(code, RefusalCode::OwnerOnly, "E-7: one does not undo that oneself");
    bo.apply(&world, &set(&me, one(Role::Owner))).await;
}

#[tokio::test]
async fn e3_an_account_admin_removes_the_last_workspace_admin_and_manages_alone() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    nora.new_workspace(&world, "Another").await;
    let wanda = join(&world, &mut nora, workspace, "Wanda", Role::WorkspaceAdmin).await;
    let mut agnes = join(&world, &mut nora, workspace, "Agnes", Role::AgentManager).await;
    nora.apply(&world, &Command::LeaveWorkspace { workspace }).await;
    let last = nora.member(&world, workspace, &wanda.login).await;
    assert_eq!(refusal(&mut agnes, &world, &remove(&last)).await, RefusalCode::Missing);
    nora.apply(&world, &remove(&last)).await;
    assert_eq!(wanda.grant(&world, workspace).await, None);
    let left = nora.everything(&world).await.rows.into_iter().filter_map(|it| match it.row {
        Row::Membership(it) if it.workspace == workspace && it.state.is_present() => Some(it.login),
        _ => None,
    });
    assert_eq!(left.collect::<Vec<_>>(), [agnes.login.id]);
    // And names a successor later, from outside.
    let heir = nora.member(&world, workspace, &agnes.login).await;
    nora.apply(&world, &set(&heir, one(Role::WorkspaceAdmin))).await;
    let was = row(&agnes, &world, workspace).await.name;
    let title = "Renamed".to_owned();
    agnes.apply(&world, &Command::RenameWorkspace { workspace, was, title }).await;
}

#[tokio::test]
async fn e3_where_owners_lead_no_account_admin_reaches_the_last_owner() {
    let world = World::start().await;
    let mut ana = world.person("Ana", "ana@kim.example", SchemeId::OwnerLed).await;
    let workspace = ana.new_workspace(&world, "Shared").await;
    let bo = join(&world, &mut ana, workspace, "Bo", Role::Owner).await;
    let owner = ana.member(&world, workspace, &bo.login).await;
    ana.apply(&world, &Command::LeaveWorkspace { workspace }).await;
    assert_eq!(refusal(&mut ana, &world, &remove(&owner)).await, RefusalCode::NotVisible);
    assert_eq!(own(&bo, &world, workspace).await.roles, one(Role::Owner));
}

#[tokio::test]
async fn r3_e9_an_admin_manages_another_admin() {
    let world = World::start().await;
    let mut ana = world.person("Ana", "ana@kim.example", SchemeId::OwnerLed).await;
    let workspace = ana.new_workspace(&world, "Shared").await;
    let mut ada = join(&world, &mut ana, workspace, "Ada", Role::Admin).await;
    // An admin brings in another one as well: equal sets.
    let mut al = join(&world, &mut ada, workspace, "Al", Role::Admin).await;
    let other = ada.member(&world, workspace, &al.login).await;
    let membership = other.id;
    ada.apply(&world, &Command::SuspendMember { workspace, membership, reason: None }).await;
    assert_eq!(al.grant(&world, workspace).await, None);
    ada.apply(&world, &Command::ResumeMember { workspace, membership }).await;
    ada.apply(&world, &set(&other, one(Role::Read))).await;
    let back = own(&ada, &world, workspace).await;
    assert_eq!(refusal(&mut al, &world, &remove(&back)).await, RefusalCode::Missing);
    let other = ada.member(&world, workspace, &al.login).await;
    ada.apply(&world, &set(&other, one(Role::Admin))).await;
    al.apply(&world, &remove(&back)).await;
    assert_eq!(ada.grant(&world, workspace).await, None);
}

#[tokio::test]
async fn r2_r5_e10_nobody_widens_a_role_or_gives_one_that_is_stronger_than_they_are() {
    use Permission::{ChatUse, LeadView, MemberManage, MemberView, RoleDefine, WorkspaceView};
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let mut ada = join(&world, &mut nora, workspace, "Ada", Role::ChatUser).await;
    let guest = join(&world, &mut nora, workspace, "Guest", Role::ChatUser).await;
    let small = PermissionSet::of(&[WorkspaceView]);
    let wide = small.union(PermissionSet::of(&[LeadView]));
    let holds = PermissionSet::of(&[WorkspaceView, MemberView, MemberManage, RoleDefine, ChatUse]);
    let define = |role, permissions| Command::DefineRole {
        workspace,
        role,
        title: format!("Role {role}"),
        permissions,
    };
    let change = |role, was, permissions| Command::ChangeRole {
        workspace,
        role,
        was,
        title: "Widened".to_owned(),
        permissions,
    };
    let [hers, weak, strong] = [(); 3].map(|()| some_id(RoleId::from_bytes));
    for (role, permissions) in [(hers, holds), (weak, small), (strong, wide)] {
        nora.apply(&world, &define(role, permissions)).await;
    }
    let member = nora.member(&world, workspace, &ada.login).await;
    nora.apply(&world, &set(&member, RoleSet::own(0))).await;
    let give = nora.member(&world, workspace, &guest.login).await;
    let invite = |roles| Command::CreateInvitation {
        workspace,
        invitation: some_id(InvitationId::from_bytes),
        address: muster_domain::Address::parse("new@people.example").expect("an address"),
        person: None,
        roles,
        message: None,
    };
    let others = one(Role::ChatUser);
    let delete = Command::DeleteRole { workspace, role: strong, holders: Vec::new(), others };
    let less = PermissionSet::of(&[WorkspaceView, MemberManage, RoleDefine]);
    let new = some_id(RoleId::from_bytes);
    let cases = [
        (define(new, wide), RefusalCode::RoleTooWide),
        (change(weak, small, wide), RefusalCode::RoleTooWide),
        (change(strong, wide, small), RefusalCode::RoleTooWide),
        (delete, RefusalCode::RoleTooWide),
        (set(&give, RoleSet::own(2)), RefusalCode::GrantTooWide),
        (set(&give, one(Role::WorkspaceAdmin)), RefusalCode::OwnerOnly),
        (invite(RoleSet::own(2)), RefusalCode::GrantTooWide),
    ];
    for (command, code) in cases {
        assert_eq!(refusal(&mut ada, &world, &command).await, code, "E-10: {command:?}");
    }
    // Of the own role she takes away, and does not get it back.
    ada.apply(&world, &change(hers, holds, less)).await;
    let code = refusal(&mut ada, &world, &change(hers, less, holds)).await;
    assert_eq!(code, RefusalCode::RoleTooWide, "E-10: what is gone is no longer hers to give");
    nora.apply(&world, &set(&give, RoleSet::own(1))).await;
}

#[tokio::test]
async fn r3_e35_a_workspace_admin_ends_the_membership_of_an_account_admin_and_not_the_reach() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let account: Account = nora.everything(&world).await.accounts.remove(0);
    let mut wanda = join(&world, &mut nora, workspace, "Wanda", Role::WorkspaceAdmin).await;
    let login = nora.login.id;
    let unmake = Command::RemoveAdmin { account: account.id, login };
    assert_eq!(refusal(&mut wanda, &world, &unmake).await, RefusalCode::NotVisible);
    let member = wanda.member(&world, workspace, &nora.login).await;
    wanda.apply(&world, &remove(&member)).await;
    assert!(nora.grant(&world, workspace).await.is_some(), "by reach");
    let was = row(&nora, &world, workspace).await.name;
    let title = "Still mine to rename".to_owned();
    nora.apply(&world, &Command::RenameWorkspace { workspace, was, title }).await;
}

#[tokio::test]
async fn r1_c7_c5_e32_rights_are_the_union_of_all_roles_and_of_reach() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let mut bea = join(&world, &mut nora, workspace, "Bea", Role::AgentManager).await;
    let choose = |plan| Command::SetPlan { workspace, plan };
    assert_eq!(refusal(&mut bea, &world, &choose(Plan::Pro)).await, RefusalCode::Missing);
    let member = nora.member(&world, workspace, &bea.login).await;
    let both = RoleSet::of(&[Role::AgentManager, Role::BillingAdmin]);
    nora.apply(&world, &set(&member, both)).await;
    bea.apply(&world, &choose(Plan::Pro)).await;
    bea.apply(&world, &crate::plans::makes_an_agent(workspace)).await;

    // E-32: what the role lacks, reach gives.
    let mine = own(&nora, &world, workspace).await;
    nora.apply(&world, &set(&mine, one(Role::ChatUser))).await;
    nora.apply(&world, &choose(Plan::Basic)).await;

    let mut ana = world.person("Ana", "ana@kim.example", SchemeId::OwnerLed).await;
    let shared = ana.new_workspace(&world, "Shared").await;
    let bo = join(&world, &mut ana, shared, "Bo", Role::Write).await;
    let member = ana.member(&world, shared, &bo.login).await;
    for roles in [RoleSet::of(&[Role::Write, Role::Read]), one(Role::AgentManager)] {
        let code = refusal(&mut ana, &world, &set(&member, roles)).await;
        assert_eq!(code, RefusalCode::RolesNotInScheme, "C-5, C-7: {roles:?}");
    }
}
