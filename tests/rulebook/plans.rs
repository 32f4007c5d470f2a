//! Workspaces side by side, each with its own plan (V-46, V-47, U-20, U-21, U-62).

use muster_client::view::{Intent, Verdict, WorkspaceFilter};
use muster_domain::{Labels, Permission, PermissionSet, Plan, RefusalCode, Role, SchemeId};

use crate::people::server::Server;
use crate::{account_of, founder, joins, refused, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn v46_workspaces_are_made_for_teams_regions_and_uses_and_found_by_them() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await.to_string();
    let wanted = [("Sales", "sales"), ("Harbour", "EU"), ("Support", "internal")];
    for (name, label) in wanted {
        let create = Intent::CreateWorkspace {
            account: account.clone(),
            name: name.to_owned(),
            plan: Some(Plan::Basic),
            add_me: true,
            labels: Labels::clean([label]).expect("fine"),
        };
        nora.apply(create).await;
        nora.workspace(name).await;
    }
    for (name, label) in wanted {
        let filter = WorkspaceFilter { label: Some(label.into()), ..WorkspaceFilter::default() };
        let page = nora.app.workspaces(filter, 0, 10).await.expect("a page");
        let names: Vec<_> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, [name]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v47_u20_u21_a_plan_is_compared_and_chosen_for_one_workspace_alone() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let one = workspace(&nora, "One", Plan::Basic).await;
    let two = workspace(&nora, "Two", Plan::Basic).await;
    let plans = nora.app.plans();
    let [basic, pro] = &plans[..] else { panic!("two plans: {plans:?}") };
    assert_eq!((basic.plan, pro.plan), (Plan::Basic, Plan::Pro));
    assert!(!basic.own_roles && pro.own_roles && basic.seats.is_some(), "V-47: what differs");

    let free = nora.app.workspace(one).await.expect("it").seats_free.expect("limited");
    assert_eq!(free + 1, basic.seats.expect("limited"), "what is compared is what holds");
    nora.apply(Intent::SetPlan { workspace: one, plan: Plan::Pro }).await;
    nora.until("the other plan", async || {
        let row = nora.app.workspace(one).await.ok()?.row;
        (row.plan == Plan::Pro).then_some(())
    })
    .await;
    let define = |workspace| Intent::DefineRole {
        workspace,
        name: "Desk".into(),
        permissions: PermissionSet::of(&[Permission::LeadView]),
    };
    nora.apply(define(one)).await;
    assert_eq!(refused(&nora, define(two)).await, RefusalCode::PlanFeature, "U-21");
    nora.apply(Intent::EndPlan { workspace: one }).await;
    nora.until("the end of the plan", async || {
        nora.app.workspace(one).await.ok()?.row.plan_ended.then_some(())
    })
    .await;
    let other = nora.app.workspace(two).await.expect("it").row;
    assert_eq!((other.plan, other.plan_ended), (Plan::Basic, false), "U-20, U-21");
}

#[tokio::test(flavor = "multi_thread")]
async fn u62_an_admin_is_told_who_handles_billing() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Basic).await;
    let ada = joins(&server, &ana, team, "Ada", Role::Admin).await;
    let view = ada.app.workspace(team).await.expect("it");
    assert!(matches!(view.billing, Verdict::Refused { .. }), "{:?}", view.billing);
    assert_eq!(view.billing_names, ["Ana"]);
    for intent in
        [Intent::SetPlan { workspace: team, plan: Plan::Pro }, Intent::EndPlan { workspace: team }]
    {
        assert_eq!(refused(&ada, intent).await, RefusalCode::Missing);
    }
    assert_eq!(ana.app.workspace(team).await.expect("it").billing, Verdict::Allowed);
    ana.apply(Intent::SetPlan { workspace: team, plan: Plan::Pro }).await;
}
