//! What is inside a workspace, and that nothing of it is seen or named from another one.

use muster_client::view::{ContentQuery, ContentSort, Intent, Submitted};
use muster_domain::{
    Activity, ContentBody, ContentId, ContentKind, KnowledgeSource, Plan, RefusalCode, Role,
    SchemeId, WorkspaceId,
};

use crate::people::Person;
use crate::people::server::Server;
use crate::{founder, joins, loses, refused, workspace};

pub(crate) fn all(workspace: WorkspaceId, kind: ContentKind) -> ContentQuery {
    ContentQuery {
        workspace,
        kind,
        text: String::new(),
        sort: ContentSort::Name,
        descending: false,
        offset: 0,
        limit: 128,
    }
}

fn faq() -> ContentBody {
    ContentBody::Knowledge { source: KnowledgeSource::Faq, text: "When? Always.".into(), size: 13 }
}

pub(crate) fn agent(knowledge: Vec<ContentId>) -> ContentBody {
    ContentBody::Agent { instructions: "Answer.".into(), state: Activity::On, knowledge }
}

/// Creates a record and waits until the server has it.
pub(crate) async fn create(
    person: &Person,
    workspace: WorkspaceId,
    name: &str,
    body: ContentBody,
) -> ContentId {
    let kind = body.kind();
    let intent = Intent::CreateContent { workspace, name: name.to_owned(), body };
    let submitted = person.app.submit(intent).await.expect("submits");
    assert!(matches!(submitted, Submitted::Queued { .. }), "{submitted:?}");
    person.all_sent().await;
    let page = person.app.contents(all(workspace, kind)).await.expect("the list");
    page.rows.iter().find(|row| row.name == name).expect("is listed").id
}

#[tokio::test(flavor = "multi_thread")]
async fn v34_v36_u15_u44_u45_u47_u48_u49_contents_stay_inside_their_workspace() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let other = workspace(&ana, "Other", Plan::Pro).await;
    let known = create(&ana, team, "Opening hours", faq()).await;
    create(&ana, team, "Shop helper", agent(vec![known])).await;

    let foreign =
        Intent::CreateContent { workspace: other, name: "Spy".into(), body: agent(vec![known]) };
    assert_eq!(refused(&ana, foreign).await, RefusalCode::ForeignReference, "U-47");
    let there = ana.app.contents(all(other, ContentKind::Knowledge)).await.expect("the list");
    assert_eq!(there.total, 0, "U-45, U-49");
}

#[tokio::test(flavor = "multi_thread")]
async fn v6_v35_v37_v38_u16_u22_u66_u67_every_kind_is_managed_in_its_workspace_by_all_who_write() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::Managed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let other = workspace(&ana, "Other", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::WorkspaceAdmin).await;
    let state = Activity::On;
    let made = [
        ("First", agent(Vec::new())),
        ("Second", agent(Vec::new())),
        ("Greeting", ContentBody::Prompt { text: "Be brief.".into() }),
        ("Opening hours", faq()),
        ("Calendar", ContentBody::Integration { service: "Calendar".into(), state }),
        ("Post", ContentBody::Channel { medium: "E-mail".into(), state }),
    ];
    for (name, body) in made.clone() {
        let id = create(&ana, team, name, body.clone()).await;
        // U-66, U-67: whoever writes changes every one, whoever made it.
        let view = bo.until("what Ana made", async || bo.app.content(team, id).await.ok()).await;
        assert_eq!((&view.body, view.row.creator.as_str()), (&body, "Ana"));
        bo.apply(Intent::ChangeContent {
            workspace: team,
            content: id,
            version: view.version,
            name: format!("{name} again"),
            body,
        })
        .await;
    }
    let view = ana.app.workspace(team).await.expect("it");
    let next_door = ana.app.workspace(other).await.expect("it");
    for (kind, wanted) in [
        (ContentKind::Agent, 2),
        (ContentKind::Prompt, 1),
        (ContentKind::Knowledge, 1),
        (ContentKind::Integration, 1),
        (ContentKind::Channel, 1),
    ] {
        let count = |view: &[muster_client::view::ContentCount]| {
            view.iter().find(|it| it.kind == kind).map(|it| it.count)
        };
        assert_eq!(count(&view.contents), Some(wanted), "V-6, U-22: {kind:?}");
        assert_eq!(count(&next_door.contents), Some(0), "U-16: {kind:?}");
        ana.until("the new names", async || {
            let page = ana.app.contents(all(team, kind)).await.ok()?;
            page.rows.iter().all(|row| row.name.ends_with("again")).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn u51_u57_u58_u67_e52_write_edits_read_looks_and_the_agent_stays_when_its_maker_goes() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    let cleo = joins(&server, &ana, team, "Cleo", Role::Read).await;
    let id = create(&bo, team, "Shop helper", agent(Vec::new())).await;

    let view = cleo.until("the agent", async || cleo.app.content(team, id).await.ok()).await;
    let change = Intent::ChangeContent {
        workspace: team,
        content: id,
        version: view.version,
        name: "Mine".into(),
        body: view.body.clone(),
    };
    assert_eq!(refused(&cleo, change).await, RefusalCode::Missing, "U-58");

    let member = ana.member(team, "Bo").await.id;
    let remove = Intent::Remove { workspace: team, member, reason: None };
    assert!(matches!(ana.app.submit(remove).await, Ok(Submitted::Queued { .. })));
    loses(&bo, team).await;
    let view = ana.app.content(team, id).await.expect("U-51: the agent stays");
    assert_eq!(view.row.creator, "Bo");
    assert!(view.row.creator_gone, "E-52");
}

#[tokio::test(flavor = "multi_thread")]
async fn e60_e61_v10_a_workspace_whose_plan_ended_can_be_looked_at() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    create(&ana, team, "Opening hours", faq()).await;
    ana.apply(Intent::EndPlan { workspace: team }).await;
    let more = Intent::CreateContent { workspace: team, name: "More".into(), body: faq() };
    assert_eq!(refused(&ana, more.clone()).await, RefusalCode::PlanOver, "E-60");
    let page = ana.app.contents(all(team, ContentKind::Knowledge)).await.expect("the list");
    assert_eq!(page.total, 1, "nothing is deleted");
    let member = ana.member(team, "Bo").await.id;
    let remove = Intent::Remove { workspace: team, member, reason: None };
    assert!(matches!(ana.app.submit(remove).await, Ok(Submitted::Queued { .. })));
    loses(&bo, team).await;
    ana.apply(Intent::SetPlan { workspace: team, plan: Plan::Basic }).await;
    let submitted = ana.app.submit(more).await.expect("submits");
    assert!(matches!(submitted, Submitted::Queued { .. }), "{submitted:?}");
    ana.all_sent().await;
}
