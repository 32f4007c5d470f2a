//! Each workspace with a plan of its own, and who chooses it (V-46, V-47, U-20, U-21, U-62).

use muster_domain::{
    Activity, Command, ContentBody, ContentId, Labels, MembershipId, Permission, PermissionSet,
    Plan, RefusalCode, Role, RoleId, RoleSet, SchemeId, WorkspaceId,
};

use crate::support::{Person, World, join, refusal, some_id};
use crate::{row, workspaces};

fn defines(workspace: WorkspaceId) -> Command {
    Command::DefineRole {
        workspace,
        role: some_id(RoleId::from_bytes),
        title: "Desk".to_owned(),
        permissions: PermissionSet::of(&[Permission::LeadView]),
    }
}

pub(crate) fn makes_an_agent(workspace: WorkspaceId) -> Command {
    let state = Activity::On;
    Command::CreateContent {
        workspace,
        content: some_id(ContentId::from_bytes),
        title: "Front desk".to_owned(),
        body: ContentBody::Agent { instructions: String::new(), state, knowledge: Vec::new() },
    }
}

async fn labelled(by: &mut Person, world: &World, title: &str, labels: &[&str]) -> WorkspaceId {
    let workspace = some_id(WorkspaceId::from_bytes);
    let create = Command::CreateWorkspace {
        workspace,
        account: by.account(world).await,
        title: title.to_owned(),
        plan: Some(Plan::Basic),
        membership: Some(some_id(MembershipId::from_bytes)),
        labels: Labels::clean(labels.iter().copied()).expect("labels"),
    };
    by.apply(world, &create).await;
    workspace
}

#[tokio::test]
async fn v46_workspaces_of_teams_regions_and_uses_stand_side_by_side_and_are_told_apart() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let cases: [(&str, &[&str]); 3] = [
        ("Sales", &["sales"]),
        ("Harbour", &["EU", "customers"]),
        ("Internal support", &["internal"]),
    ];
    let mut made = Vec::new();
    for (title, labels) in cases {
        made.push((labelled(&mut nora, &world, title, labels).await, title, labels));
    }
    for (workspace, title, labels) in made {
        let member = join(&world, &mut nora, workspace, title, Role::AgentManager).await;
        let seen = workspaces(&member.everything(&world).await);
        let [only] = &seen[..] else { panic!("a team sees its own: {seen:?}") };
        assert_eq!((only.id, only.name.as_str()), (workspace, title));
        assert_eq!(only.labels, Labels::clean(labels.iter().copied()).expect("labels"));
    }
}

#[tokio::test]
async fn v47_u20_u21_each_workspace_has_its_own_plan_and_none_pays_for_another() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let mut places = Vec::new();
    for title in ["One", "Two", "Three"] {
        places.push(nora.new_workspace(&world, title).await);
    }
    let [one, two, three] = places[..] else { panic!("three were made") };
    let mut bill = join(&world, &mut nora, two, "Bill", Role::BillingAdmin).await;

    nora.apply(&world, &Command::SetPlan { workspace: one, plan: Plan::Pro }).await;
    let mut plans = Vec::new();
    for place in &places {
        plans.push(row(&nora, &world, *place).await.plan);
    }
    assert_eq!(plans, [Plan::Pro, Plan::Basic, Plan::Basic], "U-20");
    nora.apply(&world, &defines(one)).await;
    for place in [two, three] {
        let code = refusal(&mut nora, &world, &defines(place)).await;
        assert_eq!(code, RefusalCode::PlanFeature, "U-21: one's plan gives nothing next door");
    }

    for place in [one, three] {
        let choose = Command::SetPlan { workspace: place, plan: Plan::Pro };
        assert_eq!(refusal(&mut bill, &world, &choose).await, RefusalCode::NotVisible, "U-20");
    }
    bill.apply(&world, &Command::EndPlan { workspace: two }).await;
    let code = refusal(&mut nora, &world, &makes_an_agent(two)).await;
    assert_eq!(code, RefusalCode::PlanOver);
    for place in [one, three] {
        assert_eq!(row(&nora, &world, place).await.plan_ended, None, "U-21");
        nora.apply(&world, &makes_an_agent(place)).await;
    }
    bill.apply(&world, &Command::SetPlan { workspace: two, plan: Plan::Pro }).await;
    assert_eq!(row(&nora, &world, two).await.plan, Plan::Pro, "V-47: chosen again, and another");
    nora.apply(&world, &makes_an_agent(two)).await;
}

#[tokio::test]
async fn u62_only_owners_choose_and_end_a_plan_and_it_goes_over_with_the_ownership() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let workspace = one.new_workspace(&world, "Shared").await;
    let choose = |plan| Command::SetPlan { workspace, plan };
    let end = Command::EndPlan { workspace };
    for (name, role) in [("Ada", Role::Admin), ("Wim", Role::Write), ("Rhea", Role::Read)] {
        let mut person = join(&world, &mut one, workspace, name, role).await;
        for command in [choose(Plan::Pro), end.clone()] {
            let code = refusal(&mut person, &world, &command).await;
            assert_eq!(code, RefusalCode::Missing, "{name}");
        }
    }
    one.apply(&world, &choose(Plan::Pro)).await;

    let mut two = join(&world, &mut one, workspace, "Two", Role::Owner).await;
    for command in [end, choose(Plan::Basic)] {
        two.apply(&world, &command).await;
    }
    let membership = one.member(&world, workspace, &one.login).await.id;
    let (was, roles) = (RoleSet::of(&[Role::Owner]), RoleSet::of(&[Role::Admin]));
    let down = Command::SetMemberRoles { workspace, membership, was, roles, reason: None };
    one.apply(&world, &down).await;
    let code = refusal(&mut one, &world, &choose(Plan::Pro)).await;
    assert_eq!(code, RefusalCode::Missing, "the account that it was made in does not matter");
    two.apply(&world, &choose(Plan::Pro)).await;
}
