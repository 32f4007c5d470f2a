//! Where the two guides contradict each other, and what holds at the server (C-1 to C-4, C-6, C-8
//! to C-11, C-14).

use muster_domain::{
    Command, Labels, MembershipId, OwnRoles, Permission, Plan, RefusalCode, Role, RoleSet, Row,
    SchemeId, WorkspaceId, WorkspaceKind,
};

use crate::row;
use crate::support::{Person, World, join, refusal, some_id};

async fn agency(world: &World) -> Person {
    world.person("Nora", "nora@larch.example", SchemeId::Managed).await
}

async fn freelancer(world: &World) -> Person {
    world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await
}

async fn rename(by: &mut Person, all: &Person, world: &World, workspace: WorkspaceId) -> Command {
    let was = row(all, world, workspace).await.name;
    let title = format!("Renamed by {}", by.login.name);
    Command::RenameWorkspace { workspace, was, title }
}

#[tokio::test]
async fn c1_a_sign_in_and_an_account_are_two_things_held_together_by_adminship_or_membership() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let tomas = join(&world, &mut nora, home, "Tomas", Role::ChatUser).await;
    let of_nora = nora.everything(&world).await;
    let account = of_nora.accounts[0].id;
    assert_eq!(of_nora.admins.len(), 1, "signing up made an account and its one admin");
    assert_eq!((of_nora.admins[0].account, of_nora.admins[0].login), (account, nora.login.id));

    let of_tomas = tomas.everything(&world).await;
    assert!(of_tomas.admins.is_empty(), "a membership makes nobody an admin");
    let grants = of_tomas.grants.expect("grants");
    assert_eq!(grants.iter().map(|it| it.account).collect::<Vec<_>>(), [account]);

    // The other way round: an admin who is a member nowhere.
    nora.apply(&world, &Command::LeaveWorkspace { workspace: home }).await;
    let of_nora = nora.everything(&world).await;
    let is_hers = |row: &Row| matches!(row, Row::Membership(it) if it.login == nora.login.id && it.state.is_present());
    assert!(!of_nora.rows.iter().any(|it| is_hers(&it.row)), "no membership");
    assert_eq!(of_nora.admins.len(), 1, "and still the admin");
}

#[tokio::test]
async fn c2_who_sees_one_membership_of_somebody_learns_of_no_other() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let here = nora.home(&world).await;
    let there = nora.new_workspace(&world, "There").await;
    let luis = join(&world, &mut nora, here, "Luis", Role::ChatUser).await;
    let wanda = join(&world, &mut nora, here, "Wanda", Role::WorkspaceAdmin).await;
    let add = Command::AddMember {
        workspace: there,
        membership: some_id(MembershipId::from_bytes),
        person: nora.member(&world, here, &luis.login).await.id,
        roles: RoleSet::of(&[Role::AgentManager]),
    };
    nora.apply(&world, &add).await;
    let of_luis = async |person: &Person| {
        let rows = person.everything(&world).await.rows.into_iter();
        let mut places: Vec<_> = rows
            .filter_map(|it| match it.row {
                Row::Membership(it) if it.login == luis.login.id => Some(it.workspace),
                _ => None,
            })
            .collect();
        places.sort_unstable();
        places
    };
    let mut both = vec![here, there];
    both.sort_unstable();
    assert_eq!(of_luis(&luis).await, both, "the person themself");
    assert_eq!(of_luis(&nora).await, both, "the admin of the account that holds both");
    assert_eq!(of_luis(&wanda).await, [here], "and nobody else");
    // Not even in passing: no frame of what Wanda is told says that the other place is there.
    let names = async |person: &Person| {
        let told = person.everything_and_its_history(&world).await;
        format!("{:?}", told.frames).contains(&format!("{there:?}"))
    };
    assert!(names(&nora).await, "it would be seen if it were there");
    assert!(!names(&wanda).await);
}

#[tokio::test]
async fn c3_c4_c8_c11_an_agency_reaches_everywhere_and_its_workspaces_need_no_owner() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let account = nora.account(&world).await;
    let mut wanda = join(&world, &mut nora, home, "Wanda", Role::WorkspaceAdmin).await;
    nora.apply(&world, &Command::LeaveWorkspace { workspace: home }).await;
    // C-4: full rights, billing included.
    wanda.apply(&world, &Command::SetPlan { workspace: home, plan: Plan::Pro }).await;
    assert_eq!(
        refusal(&mut wanda, &world, &creates(account)).await,
        RefusalCode::NotVisible,
        "C-11: only Account Admins create"
    );
    let command = rename(&mut nora, &wanda, &world, home).await;
    nora.apply(&world, &command).await;
    // C-8: the last one of the owner class goes, because the account has an admin.
    let last = nora.member(&world, home, &wanda.login).await.id;
    let remove = Command::RemoveMember { workspace: home, membership: last, reason: None };
    nora.apply(&world, &remove).await;
    assert_eq!(wanda.grant(&world, home).await, None);
    nora.apply(&world, &creates(account)).await;
}

#[tokio::test]
async fn c3_c4_c8_c11_where_owners_lead_the_account_reaches_nowhere_and_an_owner_stays() {
    let world = World::start().await;
    let mut alex = freelancer(&world).await;
    let account = alex.account(&world).await;
    let shared = alex.new_workspace(&world, "Shared").await;
    let mut ada = join(&world, &mut alex, shared, "Ada", Role::Admin).await;
    // C-4: an admin renames, and neither bills nor deletes.
    let command = rename(&mut ada, &alex, &world, shared).await;
    ada.apply(&world, &command).await;
    for command in [
        Command::SetPlan { workspace: shared, plan: Plan::Pro },
        Command::DeleteWorkspace { workspace: shared, reason: None },
    ] {
        assert!(ada.command(&world, &command).await.refusal.is_some(), "C-4: {command:?}");
    }
    // C-11: everybody creates in their own account, and in nobody else's.
    ada.new_workspace(&world, "Ada’s own").await;
    assert_eq!(refusal(&mut ada, &world, &creates(account)).await, RefusalCode::NotVisible);
    // C-8: the last owner stays.
    let leave = Command::LeaveWorkspace { workspace: shared };
    assert_eq!(refusal(&mut alex, &world, &leave).await.rule(), "R6");
    // C-3: whoever handed over has no power through the account.
    let bo = join(&world, &mut alex, shared, "Bo", Role::Owner).await;
    let command = rename(&mut alex, &bo, &world, shared).await;
    alex.apply(&world, &leave).await;
    assert_eq!(alex.grant(&world, shared).await, None);
    assert_eq!(refusal(&mut alex, &world, &command).await, RefusalCode::NotVisible);
}

fn creates(account: muster_domain::AccountId) -> Command {
    Command::CreateWorkspace {
        workspace: some_id(WorkspaceId::from_bytes),
        account,
        title: "One more".to_owned(),
        plan: Some(Plan::Basic),
        membership: Some(some_id(MembershipId::from_bytes)),
        labels: Labels::default(),
    }
}

#[tokio::test]
async fn c6_roles_are_compared_by_what_they_give_and_not_by_rank() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    nora.apply(&world, &Command::SetPlan { workspace: home, plan: Plan::Pro }).await;
    let cora = join(&world, &mut nora, home, "Cora", Role::ContentManager).await;
    let agnes = join(&world, &mut nora, home, "Agnes", Role::AgentManager).await;
    let mut mei = join(&world, &mut nora, home, "Mei", Role::ChatUser).await;
    let content = RoleSet::of(&[Role::ContentManager]).permissions(&OwnRoles::NONE);
    let mut gives: Vec<_> = content.iter().collect();
    gives.extend([Permission::MemberView, Permission::MemberManage]);
    nora.lets(&world, home, &mei, &gives).await;
    let suspend = async |of: &Person| Command::SuspendMember {
        workspace: home,
        membership: nora.member(&world, home, &of.login).await.id,
        reason: None,
    };
    let (hers, more) = (suspend(&cora).await, suspend(&agnes).await);
    mei.apply(&world, &hers).await;
    assert_eq!(refusal(&mut mei, &world, &more).await.rule(), "R3", "neither above nor below");
}

#[tokio::test]
async fn c9_c10_a_personal_workspace_is_of_ones_own_account_and_plans_are_of_workspaces() {
    let world = World::start().await;
    let mut alex = freelancer(&world).await;
    let home = alex.home(&world).await;
    let shared = alex.new_workspace(&world, "Shared").await;
    assert_eq!(row(&alex, &world, home).await.kind, WorkspaceKind::Personal);
    assert_eq!(row(&alex, &world, shared).await.kind, WorkspaceKind::Standard);
    let delete = |workspace| Command::DeleteWorkspace { workspace, reason: None };
    assert_eq!(refusal(&mut alex, &world, &delete(home)).await.rule(), "R8");

    let mut nora = agency(&world).await;
    let first = nora.home(&world).await;
    assert_eq!(
        row(&nora, &world, first).await.kind,
        WorkspaceKind::Standard,
        "C-9: an ordinary one"
    );
    assert_eq!(refusal(&mut nora, &world, &delete(first)).await, RefusalCode::LastWorkspace);
    let second = nora.new_workspace(&world, "Second").await;
    // C-10: what one is on says nothing of the other.
    nora.apply(&world, &Command::SetPlan { workspace: second, plan: Plan::Pro }).await;
    assert_eq!(row(&nora, &world, first).await.plan, Plan::Basic);
    assert_eq!(row(&nora, &world, second).await.plan, Plan::Pro);
    nora.apply(&world, &delete(first)).await;
}

#[tokio::test]
async fn c14_whoever_is_in_a_workspace_is_told_by_which_scheme_its_people_are_called() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let mut alex = freelancer(&world).await;
    let (clients, shared) = (nora.home(&world).await, alex.new_workspace(&world, "Shared").await);
    let (_, code) = nora.invite(&world, clients, "alex@kim.example", Role::ChatUser).await;
    alex.accept(&world, &code).await.expect("is meant");
    let told = alex.everything(&world).await;
    let grants = told.grants.expect("grants");
    let scheme = |workspace| {
        let grant = grants.iter().find(|it| it.workspace == workspace).expect("a grant");
        told.accounts.iter().find(|it| it.id == grant.account).expect("its account").scheme
    };
    assert_eq!(scheme(clients), SchemeId::Managed, "Users");
    assert_eq!(scheme(shared), SchemeId::OwnerLed, "Team members");
}
