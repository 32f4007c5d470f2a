//! What is made inside a workspace, and how far a role reaches in it (V-6, V-35 to V-38, U-16,
//! U-22, U-66).

use muster_domain::{
    Activity, Command, Content, ContentBody, ContentId, ContentKind, KnowledgeSource, Plan,
    RefusalCode, Role, RoleSet, Row, SchemeId, WorkspaceId,
};

use crate::support::{Person, World, join, refusal, some_id};

fn agent() -> ContentBody {
    let instructions = "Answer kindly.".to_owned();
    ContentBody::Agent { instructions, state: Activity::On, knowledge: Vec::new() }
}

/// One of each kind that people make, knowledge of each source.
fn one_of_each() -> Vec<ContentBody> {
    use KnowledgeSource::{Document, Faq, Source, Website};
    let known = |source| ContentBody::Knowledge { source, text: "Nine to five.".into(), size: 13 };
    let state = Activity::On;
    let mut bodies = vec![
        agent(),
        agent(),
        agent(),
        ContentBody::Prompt { text: "Be brief.".to_owned() },
        ContentBody::Integration { service: "Calendar".to_owned(), state },
        ContentBody::Channel { medium: "E-mail".to_owned(), state },
    ];
    bodies.extend([Website, Document, Faq, Source].map(known));
    bodies
}

/// Who makes records of this kind, by the names of the roles.
fn maker(kind: ContentKind) -> Role {
    match kind {
        ContentKind::Agent
        | ContentKind::Prompt
        | ContentKind::Integration
        | ContentKind::Channel
        | ContentKind::Conversation
        | ContentKind::Lead => Role::AgentManager,
        ContentKind::Knowledge => Role::ContentManager,
    }
}

async fn make(by: &mut Person, world: &World, at: WorkspaceId, body: ContentBody) -> ContentId {
    let content = some_id(ContentId::from_bytes);
    let title = format!("{} {}", body.kind().key(), by.next);
    by.apply(world, &Command::CreateContent { workspace: at, content, title, body }).await;
    content
}

/// The records that somebody is told of.
async fn records(person: &Person, world: &World) -> Vec<Content> {
    let told = person.exchange_all(world).await.into_iter();
    told.filter_map(|row| match row {
        Row::Content(it) if !it.deleted => Some(it),
        _ => None,
    })
    .collect()
}

fn renamed(record: &Content, workspace: WorkspaceId) -> Command {
    Command::ChangeContent {
        workspace,
        content: record.id,
        version: record.version,
        title: format!("{} again", record.name),
        body: record.body.clone(),
    }
}

#[tokio::test]
async fn v6_v35_v37_v38_u16_u22_every_kind_is_managed_in_its_workspace_and_nowhere_else() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let here = nora.home(&world).await;
    let next_door = nora.new_workspace(&world, "Next door").await;
    let mut agnes = join(&world, &mut nora, here, "Agnes", Role::AgentManager).await;
    let mut cora = join(&world, &mut nora, here, "Cora", Role::ContentManager).await;
    let far = join(&world, &mut nora, next_door, "Far", Role::AgentManager).await;

    let made = one_of_each();
    for body in made.clone() {
        let by = if maker(body.kind()) == Role::AgentManager { &mut agnes } else { &mut cora };
        make(by, &world, here, body).await;
    }
    let seen = records(&agnes, &world).await;
    assert!(seen.iter().all(|it| it.workspace == here), "U-16");
    assert_eq!(seen.len(), made.len(), "U-22: and as many of a kind as are made");
    for body in &made {
        assert!(seen.iter().any(|it| it.body == *body), "V-35, V-37, V-38: {body:?}");
    }
    assert_eq!(records(&far, &world).await, [], "none of them is next door");

    for record in &seen {
        let elsewhere = renamed(record, next_door);
        assert!(nora.command(&world, &elsewhere).await.refusal.is_some(), "U-16: {record:?}");
        let (content, body) = (record.id, record.body.clone());
        let title = record.name.clone();
        let twice = Command::CreateContent { workspace: next_door, content, title, body };
        assert_eq!(refusal(&mut nora, &world, &twice).await, RefusalCode::IdUsed, "U-16");
        let by = if maker(record.kind()) == Role::AgentManager { &mut agnes } else { &mut cora };
        by.apply(&world, &renamed(record, here)).await;
    }
    let changed = records(&agnes, &world).await;
    assert!(changed.iter().all(|it| it.name.ends_with("again") && it.version == 2), "V-6");
    for record in &changed {
        let by = if maker(record.kind()) == Role::AgentManager { &mut agnes } else { &mut cora };
        by.apply(&world, &Command::DeleteContent { workspace: here, content: record.id }).await;
    }
    assert_eq!(records(&agnes, &world).await, [], "V-6");
}

#[tokio::test]
async fn u66_u67_a_role_holds_for_every_agent_of_the_workspace_those_to_come_included() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let workspace = one.new_workspace(&world, "Shared").await;
    one.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let mut wim = join(&world, &mut one, workspace, "Wim", Role::Write).await;
    let mut rhea = join(&world, &mut one, workspace, "Rhea", Role::Read).await;
    make(&mut one, &world, workspace, agent()).await;
    make(&mut wim, &world, workspace, agent()).await;
    make(&mut one, &world, workspace, agent()).await;

    let all = records(&rhea, &world).await;
    assert_eq!(all.len(), 3, "U-66: who reads sees every one of them");
    for record in &all {
        let code = refusal(&mut rhea, &world, &renamed(record, workspace)).await;
        assert_eq!(code, RefusalCode::Missing, "U-66");
        wim.apply(&world, &renamed(record, workspace)).await;
    }
    let member = one.member(&world, workspace, &rhea.login).await;
    let (membership, was) = (member.id, member.roles);
    let roles = RoleSet::of(&[Role::Write]);
    let promote = Command::SetMemberRoles { workspace, membership, was, roles, reason: None };
    one.apply(&world, &promote).await;
    for record in &records(&rhea, &world).await {
        rhea.apply(&world, &renamed(record, workspace)).await;
    }
}
