//! Workspaces: the bin, moves, groups, labels, and what happens to who loses one.

use muster_client::Hidden;
use muster_client::view::{Intent, Verdict, WorkspaceFilter};
use muster_domain::{Covers, Labels, Plan, RefusalCode, Role, SchemeId};

use crate::people::server::Server;
use crate::{account_of, enters, founder, joins, loses, one, refused, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn e17_a_deleted_workspace_waits_in_the_bin_with_its_name_and_comes_back() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    ana.apply(Intent::DeleteWorkspace { workspace: team, reason: None }).await;
    loses(&ana, team).await;
    loses(&bo, team).await;
    let row = ana.until("the bin", async || ana.app.bin().await.ok()?.into_iter().next()).await;
    assert_eq!((row.name.as_str(), row.by.as_str()), ("Team", "Ana"));
    assert!(bo.app.bin().await.expect("asks").is_empty(), "Bo could not delete it either");
    let account = account_of(&ana).await.to_string();
    let again = Intent::CreateWorkspace {
        account,
        name: "team".into(),
        plan: Some(Plan::Basic),
        add_me: true,
        labels: Labels::default(),
    };
    assert_eq!(refused(&ana, again).await, RefusalCode::NameReserved);
    ana.apply(Intent::RestoreWorkspace { workspace: team }).await;
    enters(&ana, team).await;
    enters(&bo, team).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e59_v16_a_workspace_moves_when_both_sides_say_so() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let zed = founder(&server, "Zed", SchemeId::Managed).await;
    let place = workspace(&nora, "Harbour", Plan::Pro).await;
    let ines = joins(&server, &nora, place, "Ines", Role::WorkspaceAdmin).await;
    let to = account_of(&zed).await;
    nora.apply(Intent::OfferWorkspace { workspace: place, to: to.to_string() }).await;
    let offer =
        zed.until("the offer", async || zed.app.offers().await.ok()?.into_iter().next()).await;
    assert_eq!((offer.name.as_str(), offer.by.as_str()), ("Harbour", "Nora"));
    zed.apply(Intent::AcceptOffer { workspace: place }).await;
    enters(&zed, place).await;
    ines.until("the new account", async || {
        let row = ines.app.workspace(place).await.ok()?.row;
        (row.account == to.to_string()).then_some(())
    })
    .await;
    // Nora was a member of it too, so she keeps that, and nothing more.
    nora.until("Nora without reach", async || {
        let row = nora.app.workspace(place).await.ok()?.row;
        (!row.account_admin).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e37_c13_a_group_gives_one_role_in_each_of_its_workspaces() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let home = nora.first_workspace().await.id;
    let one_client = workspace(&nora, "Harbour", Plan::Pro).await;
    let tomas = joins(&server, &nora, home, "Tomas", Role::ChatUser).await;
    let covers = Covers::AllBut(vec![home]);
    let roles = one(Role::AgentManager);
    nora.apply(Intent::CreateGroup { account, name: "Pod 1".into(), covers, roles }).await;
    let group = nora
        .until("the group", async || nora.app.groups(account).await.ok()?.into_iter().next())
        .await;
    let person = nora.app.account_people(account, "tomas".into()).await.expect("asks")[0].person;
    // What lies in the bin makes nothing uncertain.
    let bin = workspace(&nora, "Old", Plan::Basic).await;
    nora.apply(Intent::DeleteWorkspace { workspace: bin, reason: None }).await;
    let add = Intent::AddGroupPerson { account, group: group.id, person };
    let preview = nora.app.group_preview(add.clone()).await.expect("the preview");
    assert_eq!((preview.verdict, preview.total, preview.widening), (Verdict::Allowed, 1, 1));
    nora.apply(add).await;
    enters(&tomas, one_client).await;
    let later = workspace(&nora, "Later", Plan::Pro).await;
    enters(&tomas, later).await;
    let member = nora.member(later, "Tomas").await;
    assert!(member.grouped);
    let change = Intent::SetRoles {
        workspace: later,
        member: member.id,
        roles: one(Role::ChatUser),
        reason: None,
    };
    assert_eq!(refused(&nora, change).await, RefusalCode::FromGroup);
    let login = nora.app.groups(account).await.expect("asks")[0].people[0].login;
    nora.apply(Intent::RemoveGroupPerson { account, group: group.id, login }).await;
    loses(&tomas, one_client).await;
    loses(&tomas, later).await;
    enters(&tomas, home).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v12_e19_workspaces_are_labelled_filtered_and_hidden() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let personal = ana.first_workspace().await.id;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let labels = Labels::clean(["EU", "retail"]).expect("fine");
    ana.app.submit(Intent::LabelWorkspace { workspace: team, labels }).await.expect("submits");
    ana.all_sent().await;
    let filter = WorkspaceFilter { label: Some("EU".into()), ..WorkspaceFilter::default() };
    let page = ana.app.workspaces(filter, 0, 10).await.expect("a page");
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [team]);
    ana.app.set_hidden(personal, Hidden::LeftOut).await.expect("a preference");
    let page = ana.app.workspaces(WorkspaceFilter::default(), 0, 10).await.expect("a page");
    assert!(page.rows.iter().all(|row| row.id != personal), "E-19");
    let filter = WorkspaceFilter { hidden: true, ..WorkspaceFilter::default() };
    let page = ana.app.workspaces(filter, 0, 10).await.expect("a page");
    assert!(page.rows.iter().any(|row| row.id == personal && row.hidden));
}
