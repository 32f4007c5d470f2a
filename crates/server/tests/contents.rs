//! Records: each in one workspace, shown by part, sent in pieces, and never led into another
//! workspace, whoever tries.

mod support;

use muster_domain::{
    Activity, Command, ContentBody, ContentId, ContentKind, KnowledgeSource, Part, Permission,
    PermissionSet, Plan, RefusalCode, Role, RoleId, RoleSet, Row, SchemeId, TalkState, View,
    WorkspaceId,
};
use muster_protocol::{After, Ask, GrantSet, Have, RecordSet, Say, Want};
use support::{Person, World, join, some_id};

fn agent(knowledge: Vec<ContentId>) -> ContentBody {
    let instructions = "Answer kindly.".to_owned();
    ContentBody::Agent { instructions, state: Activity::On, knowledge }
}

fn knowledge(text: &str) -> ContentBody {
    let text = text.to_owned();
    ContentBody::Knowledge { source: KnowledgeSource::Document, size: 1, text }
}

async fn create(
    by: &mut Person,
    world: &World,
    workspace: WorkspaceId,
    body: ContentBody,
) -> ContentId {
    let content = some_id(ContentId::from_bytes);
    let title = format!("{} {}", body.kind().key(), by.next);
    by.apply(world, &Command::CreateContent { workspace, content, title, body }).await;
    content
}

fn kinds(rows: &[Row]) -> Vec<ContentKind> {
    let mut kinds: Vec<_> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Content(it) => Some(it.kind()),
            _ => None,
        })
        .collect();
    kinds.sort_unstable();
    kinds
}

#[tokio::test]
async fn v34_v36_u15_u17_u44_u45_records_come_by_part_and_only_from_where_one_is() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let known = create(&mut nora, &world, home, knowledge("opening hours")).await;
    create(&mut nora, &world, home, agent(vec![known])).await;
    let at = support::BEGIN;
    let (person, channel, state) = ("P".to_owned(), "site".to_owned(), TalkState::Open);
    let talk = ContentBody::Conversation { person, at, channel, state };
    create(&mut nora, &world, home, talk).await;
    let chat = join(&world, &mut nora, home, "Chat", Role::ChatUser).await;
    let builder = join(&world, &mut nora, home, "Builder", Role::AgentManager).await;
    let eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    use ContentKind::{Agent, Conversation, Knowledge};
    assert_eq!(kinds(&nora.exchange_all(&world).await), [Agent, Knowledge, Conversation]);
    assert_eq!(kinds(&builder.exchange_all(&world).await), [Agent, Knowledge, Conversation]);
    assert_eq!(kinds(&chat.exchange_all(&world).await), []);
    assert_eq!(kinds(&eve.exchange_all(&world).await), []);
}

#[tokio::test]
async fn u45_a_role_that_shows_one_part_shows_nothing_of_another() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    nora.apply(&world, &Command::SetPlan { workspace: home, plan: Plan::Pro }).await;
    let reader = join(&world, &mut nora, home, "Reader", Role::ChatUser).await;
    let membership = nora.member(&world, home, &reader.login).await.id;
    let permissions = PermissionSet::of(&[Permission::WorkspaceView, Permission::ConversationView]);
    let (role, title) = (some_id(RoleId::from_bytes), "Reader".to_owned());
    let define = Command::DefineRole { workspace: home, role, title, permissions };
    nora.apply(&world, &define).await;
    let give = Command::SetMemberRoles {
        workspace: home,
        membership,
        was: RoleSet::of(&[Role::ChatUser]),
        roles: RoleSet::own(0),
        reason: None,
    };
    nora.apply(&world, &give).await;
    let before = reader.everything(&world).await;
    create(&mut nora, &world, home, knowledge("k")).await;
    create(&mut nora, &world, home, agent(Vec::new())).await;
    let at = support::BEGIN;
    let (person, channel, state) = ("P".to_owned(), "site".to_owned(), TalkState::Open);
    let (name, contact) = (person.clone(), "c".to_owned());
    let lead = ContentBody::Lead { person: name, contact, at, channel: channel.clone(), state };
    create(&mut nora, &world, home, lead).await;
    create(&mut nora, &world, home, ContentBody::Conversation { person, at, channel, state }).await;
    assert_eq!(kinds(&reader.exchange_all(&world).await), [ContentKind::Conversation]);
    let have = Have {
        epoch: Some(before.epoch),
        cursors: before.cursors,
        grants: GrantSet::of(before.grants.as_deref().unwrap_or_default()),
        want: Vec::new(),
        logs: Vec::new(),
        budget: 0,
    };
    let delta = reader.exchange(&world, &[reader.hello(), Ask::Have(have)]).await;
    let rows: Vec<_> = delta.rows.into_iter().map(|it| it.row).collect();
    assert_eq!(kinds(&rows), [ContentKind::Conversation]);
    assert_eq!(rows.len(), 1, "nothing else changed for this view");
}

#[tokio::test]
async fn u46_u47_u48_u49_no_record_names_one_of_another_workspace() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let (home, other) = (nora.home(&world).await, nora.new_workspace(&world, "Other").await);
    let theirs = create(&mut nora, &world, other, knowledge("secret of the other")).await;
    let own = create(&mut nora, &world, home, knowledge("own")).await;
    let mine = create(&mut nora, &world, home, agent(vec![own])).await;
    let create = Command::CreateContent {
        workspace: home,
        content: some_id(ContentId::from_bytes),
        title: "Thief".to_owned(),
        body: agent(vec![theirs]),
    };
    let change = Command::ChangeContent {
        workspace: home,
        content: mine,
        version: 1,
        title: "Thief".to_owned(),
        body: agent(vec![own, theirs]),
    };
    for command in [create, change] {
        let refusal = nora.command(&world, &command).await.refusal.expect("refused");
        assert_eq!(refusal.code, RefusalCode::ForeignReference);
    }

    // U-45..49: and the store itself refuses, whatever the program above it says.
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    file.execute_batch("PRAGMA foreign_keys = ON").expect("a setting");
    let refer = "INSERT INTO content_refs (workspace, content, refers) VALUES (?1, ?2, ?3)";
    let (home, other) = (home.to_bytes(), other.to_bytes());
    let (mine, theirs) = (mine.to_bytes(), theirs.to_bytes());
    for workspace in [home, other] {
        let error = file.execute(refer, rusqlite::params![workspace, mine, theirs]);
        assert!(error.expect_err("refused").to_string().contains("FOREIGN KEY"));
    }
    let steal = "UPDATE contents SET workspace = ?1 WHERE id = ?2";
    let error = file.execute(steal, rusqlite::params![home, theirs]).expect_err("refused");
    assert!(error.to_string().contains("a record stays in its workspace"), "{error}");
}

#[tokio::test]
async fn sync_many_records_come_in_pieces_that_add_up_and_change_once_each() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let text = "x".repeat(3_000);
    for _ in 0..30 {
        create(&mut nora, &world, home, ContentBody::Prompt { text: text.clone() }).await;
    }
    let mut ids = Vec::new();
    let mut after = None;
    let mut pieces = 0;
    loop {
        let have =
            Have { want: vec![Want { workspace: home, after }], budget: 1, ..Have::default() };
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        let next = answer.frames.iter().find_map(|it| match it {
            Say::Chunk { next, .. } => Some(*next),
            _ => None,
        });
        ids.extend(answer.rows.iter().filter_map(|it| match &it.row {
            Row::Content(it) => Some(it.id),
            _ => None,
        }));
        pieces += 1;
        match next.expect("a chunk") {
            None => break,
            Some(it) => {
                assert!(matches!(it, After::Members | After::Content(_)), "members come first");
                after = Some(it);
            }
        }
        assert!(pieces < 50, "it ends");
    }
    assert!(pieces > 3, "the least budget is less than 90 kB");
    assert!(ids.is_sorted() && ids.len() == 30, "each once, in order");

    let whole = nora.everything(&world).await;
    let change = |version| Command::ChangeContent {
        workspace: home,
        content: ids[0],
        version,
        title: format!("Version {version}"),
        body: ContentBody::Prompt { text: "short".to_owned() },
    };
    nora.apply(&world, &change(1)).await;
    nora.apply(&world, &change(2)).await;
    nora.apply(&world, &Command::DeleteContent { workspace: home, content: ids[1] }).await;
    let have = Have {
        epoch: Some(whole.epoch),
        cursors: whole.cursors.clone(),
        grants: GrantSet::of(whole.grants.as_deref().unwrap_or_default()),
        want: Vec::new(),
        logs: Vec::new(),
        budget: 0,
    };
    let delta = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    let changed: Vec<_> = delta
        .rows
        .iter()
        .filter_map(|it| match &it.row {
            Row::Content(it) => Some((it.version, it.deleted)),
            _ => None,
        })
        .collect();
    assert_eq!(changed, [(3, false), (2, true)]);
}

#[tokio::test]
async fn s1_deletions_are_forgotten_and_copies_that_may_have_missed_one_are_told() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    let known = create(&mut nora, &world, home, knowledge("opening hours")).await;
    create(&mut nora, &world, home, agent(vec![known])).await;
    let gone = create(&mut nora, &world, home, knowledge("prices")).await;
    let before = nora.everything(&world).await;
    nora.apply(&world, &Command::DeleteContent { workspace: home, content: gone }).await;
    let after = nora.everything(&world).await;
    world.clock.advance(19 * 86_400_000);
    let app = world.running().app();
    assert_eq!(muster_server::due::now(app).expect("done"), 0, "not yet");
    nora.exchange(&world, &[nora.hello(), Ask::Have(Have::default())]).await;
    world.clock.advance(2 * 86_400_000);
    assert_eq!(muster_server::due::now(app).expect("done"), 1);
    let have = |of: &support::Answer| {
        let grants = GrantSet::of(of.grants.as_deref().unwrap_or_default());
        let (epoch, cursors) = (Some(of.epoch), of.cursors.clone());
        Ask::Have(Have { epoch, cursors, grants, ..Have::default() })
    };
    let left = nora.everything(&world).await;
    let records = left.rows.iter().fold(RecordSet::default(), |set, it| match &it.row {
        Row::Content(record) => set.with(record.id, it.seq),
        _ => set,
    });
    assert_eq!(records.count, 2, "nothing is left of the third");
    let behind = nora.exchange(&world, &[nora.hello(), have(&before)]).await;
    assert_eq!(behind.resets, [(home, records)]);
    assert!(nora.exchange(&world, &[nora.hello(), have(&after)]).await.resets.is_empty());
    let others = Have { cursors: before.cursors.clone(), ..Have::default() };
    let others = Ask::Have(Have { epoch: Some(before.epoch), ..others });
    assert!(eve.exchange(&world, &[eve.hello(), others]).await.resets.is_empty());

    // No id comes again, and the history has everything.
    let body = knowledge("prices again");
    let title = "Prices".to_owned();
    let again = Command::CreateContent { workspace: home, content: gone, title, body };
    let outcome = nora.command(&world, &again).await;
    assert_eq!(outcome.refusal.map(|it| it.code), Some(RefusalCode::IdUsed));
    let of = muster_protocol::LogOf::Workspace(home);
    let told = nora.told(&world, of, None).await.expect("her own");
    let deleted = |it: &muster_protocol::Logged| match it {
        muster_protocol::Logged::Shown(event) => event.kind == "content.deleted",
        muster_protocol::Logged::Sealed { .. } => false,
    };
    assert_eq!(told.events.iter().filter(|it| deleted(it)).count(), 1);
}

#[tokio::test]
async fn u51_e52_removing_a_person_never_removes_a_record() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let mut builder = join(&world, &mut nora, workspace, "Builder", Role::AgentManager).await;
    create(&mut builder, &world, workspace, agent(Vec::new())).await;
    let membership = nora.member(&world, workspace, &builder.login).await.id;
    nora.apply(&world, &Command::RemoveMember { workspace, membership, reason: None }).await;
    let rows = nora.exchange_all(&world).await;
    let creators: Vec<_> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Content(it) => Some((it.creator_name.as_str(), it.deleted)),
            _ => None,
        })
        .collect();
    assert_eq!(creators, [("Builder", false)]);
    assert_eq!(kinds(&builder.exchange_all(&world).await), []);
}

#[test]
fn every_kind_is_in_a_part_that_the_store_can_ask_for() {
    for kind in ContentKind::ALL {
        assert_ne!(View::OWN.with(Part::of(*kind)), View::OWN);
    }
}
