//! What the switcher and the Workspaces page are told, and that each workspace answers for
//! itself alone (V-20, V-22, U-14, U-19, U-25, U-30, U-33, U-38, U-42, U-52, E-56, E-66).

use muster_client::view::{ContentQuery, Intent, WorkspaceFilter, WorkspaceRow};
use muster_domain::{ContentKind, Labels, Plan, Role, RoleSet, SchemeId, WorkspaceId};

use crate::contents::{agent, all, create};
use crate::people::server::Server;
use crate::people::{Person, everybody};
use crate::{account_of, enters, founder, joins, loses, one, refused, workspace};

/// The entries of the switcher.
async fn entries(person: &Person) -> Vec<WorkspaceRow> {
    let filter = WorkspaceFilter { switcher: true, ..WorkspaceFilter::default() };
    person.app.workspaces(filter, 0, 128).await.expect("a page").rows
}

/// The entry of a workspace, once it is there.
async fn entry(person: &Person, id: WorkspaceId) -> WorkspaceRow {
    person
        .until("the entry", async || entries(person).await.into_iter().find(|it| it.id == id))
        .await
}

async fn agents(person: &Person, place: WorkspaceId) -> Vec<String> {
    let query: ContentQuery = all(place, ContentKind::Agent);
    let page = person.app.contents(query).await.expect("the list");
    page.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn u25_u29_u30_u33_every_entry_has_its_role_and_every_workspace_answers_for_itself() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let home = ana.first_workspace().await.id;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let cleo = founder(&server, "Cleo", SchemeId::OwnerLed).await;
    let hers = workspace(&cleo, "Studio", Plan::Basic).await;
    let link = cleo.invite(hers, "Ana", Role::Read).await;
    ana.app.invitation_accept(link).await.expect("Ana is meant");
    enters(&ana, hers).await;
    create(&ana, team, "Of the team", agent(Vec::new())).await;
    create(&cleo, hers, "Of the studio", agent(Vec::new())).await;

    let mut told: Vec<_> =
        entries(&ana).await.into_iter().map(|row| (row.id, row.my_roles, row.plan)).collect();
    told.sort_by_key(|it| it.0);
    let owner = one(Role::Owner);
    let mut wanted = vec![
        (home, owner, Plan::Basic),
        (team, owner, Plan::Pro),
        (hers, one(Role::Read), Plan::Basic),
    ];
    wanted.sort_by_key(|it| it.0);
    assert_eq!(told, wanted, "U-29, U-30");

    ana.until("what Cleo made", async || {
        (agents(&ana, hers).await == ["Of the studio"]).then_some(())
    })
    .await;
    assert_eq!(agents(&ana, team).await, ["Of the team"], "U-25, U-33");
    assert_eq!(agents(&ana, home).await, [""; 0]);
    for (place, people) in [(home, 1), (team, 1), (hers, 2)] {
        ana.app.workspace_opened(place).await.expect("is kept");
        let view = ana.app.workspace(place).await.expect("it");
        let page = ana.app.members(everybody(place)).await.expect("the team");
        assert_eq!((view.row.id, page.people), (place, people), "U-25: settings and team");
        let shown = view.contents.iter().find(|it| it.kind == ContentKind::Agent);
        let count = u32::from(place != home);
        assert_eq!(shown.expect("is counted").count, count, "U-33");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v22_u19_u42_u52_each_clients_people_are_in_their_own_workspace_and_leave_that_alone() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let harbour = workspace(&nora, "Harbour", Plan::Pro).await;
    let orchard = workspace(&nora, "Orchard", Plan::Pro).await;
    let ines = joins(&server, &nora, harbour, "Ines", Role::WorkspaceAdmin).await;
    let otto = joins(&server, &nora, orchard, "Otto", Role::WorkspaceAdmin).await;
    for (person, place) in [(&ines, harbour), (&otto, orchard)] {
        let ids: Vec<_> = entries(person).await.iter().map(|row| row.id).collect();
        assert_eq!(ids, [place], "U-52");
        let page = person.app.members(everybody(place)).await.expect("the roster");
        assert_eq!(page.people, 2, "U-52: Nora and they themselves");
    }

    let person = nora.member(harbour, "Ines").await.id;
    let roles = one(Role::AgentManager);
    nora.apply(Intent::AddMember { workspace: orchard, person, roles }).await;
    enters(&ines, orchard).await;
    assert_eq!(entry(&ines, orchard).await.my_roles, roles, "V-22, U-19");
    assert_eq!(entry(&ines, harbour).await.my_roles, one(Role::WorkspaceAdmin), "U-19");
    ines.apply(Intent::LeaveWorkspace { workspace: orchard }).await;
    loses(&ines, orchard).await;
    enters(&ines, harbour).await;
    assert_eq!(entries(&ines).await.len(), 1, "U-42");
}

#[tokio::test(flavor = "multi_thread")]
async fn v20_u14_e66_creators_are_in_what_they_make_and_account_admins_see_it_all_anyway() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let home = nora.first_workspace().await.id;
    let admin = one(Role::WorkspaceAdmin);
    assert_eq!(entry(&nora, home).await.my_roles, admin, "E-66: the default one");
    let makes = |name: &str, add_me| Intent::CreateWorkspace {
        account: account.to_string(),
        name: name.to_owned(),
        plan: Some(Plan::Basic),
        add_me,
        labels: Labels::default(),
    };
    nora.apply(makes("With me", true)).await;
    nora.apply(makes("Without me", false)).await;
    let within = nora.workspace("With me").await;
    let without = nora.workspace("Without me").await;
    assert_eq!((within.my_roles, within.people), (admin, Some(1)), "E-66");
    assert_eq!((without.my_roles, without.people), (RoleSet::NONE, Some(0)), "E-66");
    let filter = WorkspaceFilter { account: Some(account), ..WorkspaceFilter::default() };
    let page = nora.app.workspaces(filter, 0, 128).await.expect("one place to see them");
    assert_eq!(page.total, 3, "V-20");
    assert!(page.rows.iter().all(|row| row.account_admin && row.people.is_some()), "V-20");

    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let account = account_of(&ana).await.to_string();
    let create = Intent::CreateWorkspace {
        account,
        name: "Team".into(),
        plan: Some(Plan::Basic),
        add_me: false,
        labels: Labels::default(),
    };
    ana.apply(create).await;
    assert_eq!(ana.workspace("Team").await.my_roles, one(Role::Owner), "U-14: whatever is asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn e56_the_same_name_twice_is_fine_told_apart_and_flagged() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let account = account_of(&ana).await;
    let first = workspace(&ana, "Harbour", Plan::Basic).await;
    assert!(!entry(&ana, first).await.same_name);
    for (name, flagged) in [("Harbour", true), ("HARB0UR", true), ("Orchard", false)] {
        let found = ana.app.similar_name(account, name.into(), None).await.expect("answers");
        assert_eq!(found.is_some(), flagged, "{name} looks like {found:?}");
    }
    let cleo = founder(&server, "Cleo", SchemeId::OwnerLed).await;
    let other = workspace(&cleo, "Harbour", Plan::Basic).await;
    let link = cleo.invite(other, "Ana", Role::Read).await;
    ana.app.invitation_accept(link).await.expect("Ana is meant");
    enters(&ana, other).await;
    let rows = [entry(&ana, first).await, entry(&ana, other).await];
    assert!(rows.iter().all(|row| row.same_name && row.name == "Harbour"), "{rows:?}");
    assert_ne!(rows[0].account_name, rows[1].account_name, "what the switcher adds");
    // Within one account too: nothing refuses it.
    ana.apply(Intent::CreateWorkspace {
        account: account.to_string(),
        name: "Harbour".into(),
        plan: Some(Plan::Basic),
        add_me: true,
        labels: Labels::default(),
    })
    .await;
    let rename = Intent::RenameWorkspace { workspace: other, name: "Mine".into() };
    refused(&ana, rename).await;
}
