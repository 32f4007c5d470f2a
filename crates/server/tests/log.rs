//! The history over the wire: who is told what of it, how a reader finds what was changed or
//! left out, and how it comes in pieces (L1, R10).

mod support;

use muster_domain::{
    CampaignId, Choice, Command, ContentBody, ContentId, LoginId, MembershipId, Permission, Plan,
    QuietDays, ReviewId, Role, RoleSet, SchemeId, Undecided, WorkspaceId,
};
use muster_protocol::{Ask, Have, LogOf, LogWant, Logged, Say, Want};
use muster_server::due;
use support::{Person, Told, World, join, some_id};

const DAY: i64 = 86_400_000;

/// An agency of Nora's with a client workspace.
async fn agency(world: &World) -> (Person, WorkspaceId) {
    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(world, "Harbour").await;
    nora.apply(world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    (nora, workspace)
}

fn rename(workspace: WorkspaceId, was: &str, title: &str) -> Command {
    Command::RenameWorkspace { workspace, was: was.to_owned(), title: title.to_owned() }
}

fn prompt(workspace: WorkspaceId, content: ContentId, text: &str) -> Command {
    let body = ContentBody::Prompt { text: text.to_owned() };
    Command::CreateContent { workspace, content, title: "Prompt".to_owned(), body }
}

/// A review in which one line is decided, by Nora.
async fn reviewed(world: &World, nora: &mut Person, workspace: WorkspaceId, whom: MembershipId) {
    let review = some_id(ReviewId::from_bytes);
    let start = Command::StartReview {
        workspace,
        review,
        campaign: some_id(CampaignId::from_bytes),
        title: "dotterel review".to_owned(),
        due: support::BEGIN.plus_days(30),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![nora.login.id],
    };
    nora.apply(world, &start).await;
    let decide = Command::DecideReview {
        workspace,
        review,
        lines: vec![whom],
        choice: Some(Choice::Remove),
        reason: Some("dotterel reason".to_owned()),
    };
    nora.apply(world, &decide).await;
}

fn stored(world: &World, of: LogOf) -> Vec<Logged> {
    let store = world.running().app().store.read().expect("a snapshot");
    let events = store.chain(of).expect("a chain");
    events.into_iter().map(|it| Logged::Shown(Box::new(it))).collect()
}

fn text(told: &Told) -> String {
    serde_json::to_string(&told.events).expect("events").to_lowercase()
}

#[tokio::test]
async fn l1_whoever_sees_the_history_gets_the_whole_chain_and_can_follow_it() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let admin = join(&world, &mut nora, workspace, "Admin", Role::WorkspaceAdmin).await;
    nora.apply(&world, &prompt(workspace, some_id(ContentId::from_bytes), "siskin")).await;
    let of = LogOf::Workspace(workspace);
    let head = nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    for person in [&nora, &admin] {
        let told = person.told(&world, of, None).await.expect("their workspace");
        assert!(told.whole);
        assert_eq!(told.through, head);
        assert_eq!(told.events, stored(&world, of));
        assert!(told.follow([0; 32]).is_ok(), "L1");
        let first = told.shown()[0];
        assert_eq!((first.kind.as_str(), first.actor_name.as_str()), ("workspace.created", "Nora"));
        assert!(first.as_admin);
    }
}

#[tokio::test]
async fn r10_what_the_view_does_not_show_comes_sealed_and_the_chain_still_holds() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let watch = join(&world, &mut nora, workspace, "Watch", Role::ChatUser).await;
    let plover = join(&world, &mut nora, workspace, "Plover", Role::AgentManager).await;
    let member = nora.member(&world, workspace, &plover.login).await.id;
    nora.apply(&world, &prompt(workspace, some_id(ContentId::from_bytes), "siskin")).await;
    reviewed(&world, &mut nora, workspace, member).await;
    nora.invite(&world, workspace, "bittern@bittern.example", Role::ChatUser).await;
    nora.lets(&world, workspace, &watch, &[Permission::WorkspaceView, Permission::AuditView]).await;
    nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    let of = LogOf::Workspace(workspace);
    let told = watch.told(&world, of, None).await.expect("their workspace");
    assert!(told.whole && told.follow([0; 32]).is_ok(), "every link is there: {told:?}");
    assert_eq!(told.events.len(), stored(&world, of).len());
    for word in ["plover", "siskin", "bittern", "dotterel"] {
        assert!(!text(&told).contains(word), "{word} is not theirs to read");
        assert!(text(&nora.told(&world, of, None).await.expect("it")).contains(word));
    }
    let kinds = told.kinds();
    for kind in ["workspace.created", "workspace.renamed", "role.defined", "member.roles.changed"] {
        assert!(kinds.contains(&kind), "{kind} is shown to everybody, or is about them: {kinds:?}");
    }
    let joined = told.shown().into_iter().filter(|it| it.kind == "member.joined");
    assert_eq!(joined.count(), 1, "their own");
    for kind in ["content.created", "review.started", "review.line.frozen", "review.decided"] {
        assert!(!kinds.contains(&kind), "{kind}");
    }
}

#[tokio::test]
async fn r10_without_the_right_there_are_ones_own_acts_and_what_concerns_oneself() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let mut bo = join(&world, &mut nora, workspace, "Bo", Role::AgentManager).await;
    join(&world, &mut nora, workspace, "Plover", Role::ChatUser).await;
    let record = some_id(ContentId::from_bytes);
    bo.apply(&world, &prompt(workspace, record, "siskin")).await;
    nora.apply(&world, &prompt(workspace, some_id(ContentId::from_bytes), "linnet")).await;
    let member = nora.member(&world, workspace, &bo.login).await;
    reviewed(&world, &mut nora, workspace, member.id).await;
    let of = LogOf::Workspace(workspace);
    let told = bo.told(&world, of, None).await.expect("their workspace");
    assert!(!told.whole);
    let kinds = told.kinds();
    assert_eq!(kinds.iter().filter(|it| **it == "content.created").count(), 1, "{kinds:?}");
    assert!(kinds.contains(&"member.joined") && kinds.contains(&"invitation.accepted"));
    assert_eq!(kinds.len(), told.events.len(), "no seals");
    assert!(told.events.iter().all(Logged::is_sound));
    for word in ["plover", "linnet", "dotterel"] {
        assert!(!text(&told).contains(word), "{word}");
    }

    // What they did where they see nothing any more is not theirs to read either.
    let change = Command::SetMemberRoles {
        workspace,
        membership: member.id,
        was: member.roles,
        roles: RoleSet::of(&[Role::ChatUser]),
        reason: None,
    };
    nora.apply(&world, &change).await;
    let told = bo.told(&world, of, None).await.expect("their workspace");
    assert!(!text(&told).contains("siskin"), "the records are not theirs any more");
    assert!(told.kinds().contains(&"member.roles.changed"), "this concerns them");
}

#[tokio::test]
async fn r9_the_history_of_an_account_is_for_its_admins_alone() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let account = LogOf::Account(nora.account(&world).await);
    let mut admin = join(&world, &mut nora, workspace, "Admin", Role::WorkspaceAdmin).await;
    assert!(admin.told(&world, account, None).await.is_none(), "silence");
    let person = nora.member(&world, workspace, &admin.login).await.id;
    let add = Command::AddAdmin { account: nora.account(&world).await, person };
    nora.apply(&world, &add).await;
    let told = admin.told(&world, account, None).await.expect("theirs now");
    assert!(told.whole && told.follow([0; 32]).is_ok(), "L1");
    assert_eq!(told.kinds(), ["account.created", "account.admin.added", "account.admin.added"]);
    assert_eq!(told.events, stored(&world, account));
    let leave = Command::LeaveAccount { account: nora.account(&world).await };
    admin.apply(&world, &leave).await;
    assert!(admin.told(&world, account, None).await.is_none(), "and no more");
}

#[tokio::test]
async fn r10_what_is_not_granted_is_passed_over_in_silence() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let guest = join(&world, &mut nora, workspace, "Guest", Role::WorkspaceAdmin).await;
    let stranger = world.person("Other", "other@people.example", SchemeId::OwnerLed).await;
    let of = LogOf::Workspace(workspace);
    assert!(stranger.told(&world, of, None).await.is_none());
    let missing = some_id(WorkspaceId::from_bytes);
    assert!(stranger.told(&world, LogOf::Workspace(missing), None).await.is_none());
    assert!(guest.told(&world, of, None).await.is_some());
    let membership = nora.member(&world, workspace, &guest.login).await.id;
    let suspend = Command::SuspendMember { workspace, membership, reason: None };
    nora.apply(&world, &suspend).await;
    assert!(guest.told(&world, of, None).await.is_none(), "access ended");
}

#[tokio::test]
async fn e17_a_workspace_in_the_bin_or_erased_tells_nothing_and_a_restored_one_everything() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let of = LogOf::Workspace(workspace);
    nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    assert!(nora.told(&world, of, None).await.is_none(), "in the bin");
    nora.apply(&world, &Command::RestoreWorkspace { workspace }).await;
    let told = nora.told(&world, of, None).await.expect("back");
    assert!(told.follow([0; 32]).is_ok());
    nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    world.clock.advance(31 * DAY);
    due::now(world.running().app()).expect("erased");
    let device = nora.device;
    let session = world.sign_in("nora@people.example", support::PASSWORD, device).await;
    nora.token = session.expect("a month later, signed in again").token;
    assert!(nora.told(&world, of, None).await.is_none(), "erased");
}

/// Changes rows of the history as a thief with the file would.
fn tamper(world: &World, sql: &str) {
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    file.execute_batch("DROP TRIGGER events_stay; DROP TRIGGER events_remain;")
        .expect("a thief can");
    assert_eq!(file.execute(sql, []).expect("changed"), 1);
}

#[tokio::test]
async fn l1_a_reader_finds_an_event_that_was_changed() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    nora.apply(&world, &rename(workspace, "Harbor", "Haven")).await;
    let of = LogOf::Workspace(workspace);
    let before = nora.told(&world, of, None).await.expect("it");
    assert!(before.follow([0; 32]).is_ok());
    let changed = "UPDATE events SET after = replace(after, 'Harbor', 'Arbour')
        WHERE kind = 'workspace.renamed' AND after LIKE '%Harbor%'";
    tamper(&world, changed);
    let told = nora.told(&world, of, None).await.expect("it");
    let broken = told.follow([0; 32]).expect_err("L1: found");
    let place = before.shown().into_iter().find(|it| it.kind == "workspace.renamed");
    assert_eq!(Some(broken), place.map(|it| it.place));
}

#[tokio::test]
async fn l1_a_reader_finds_that_an_event_was_left_out() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let watch = join(&world, &mut nora, workspace, "Watch", Role::ChatUser).await;
    nora.lets(&world, workspace, &watch, &[Permission::AuditView]).await;
    let of = LogOf::Workspace(workspace);
    assert!(watch.told(&world, of, None).await.expect("it").follow([0; 32]).is_ok());
    let theirs = watch.login.id;
    tamper(
        &world,
        &format!(
            "DELETE FROM events
             WHERE kind = 'member.joined' AND json_extract(after, '$.login') = '{theirs}'"
        ),
    );
    for person in [&nora, &watch] {
        let told = person.told(&world, of, None).await.expect("it");
        assert!(told.follow([0; 32]).is_err(), "L1: seals are links as well");
    }
}

#[tokio::test]
async fn a_history_comes_in_pieces_and_nothing_comes_twice() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    for number in 0..12 {
        let text = format!("{number} {}", "x".repeat(4_000));
        nora.apply(&world, &prompt(workspace, some_id(ContentId::from_bytes), &text)).await;
    }
    let of = LogOf::Workspace(workspace);
    let told = nora.told(&world, of, None).await.expect("it");
    assert!(told.pieces > 2, "{} pieces", told.pieces);
    assert_eq!(told.events, stored(&world, of));
    assert!(told.follow([0; 32]).is_ok());
}

#[tokio::test]
async fn a_history_goes_on_where_it_was_read_to() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let of = LogOf::Workspace(workspace);
    let first = nora.told(&world, of, None).await.expect("it");
    let hash = first.follow([0; 32]).expect("sound");
    let last = first.events.last().map(Logged::place);
    let nothing = nora.told(&world, of, last).await.expect("it");
    assert_eq!((nothing.events.len(), nothing.through), (0, first.through));
    let head = nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    let more = nora.told(&world, of, last).await.expect("it");
    assert_eq!((more.kinds(), more.through), (vec!["workspace.renamed"], head));
    assert!(more.follow(hash).is_ok(), "it links to what was read before");
}

#[tokio::test]
async fn rows_come_before_the_history_and_the_most_wanted_history_first() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let small = nora.new_workspace(&world, "Small").await;
    for number in 0..12 {
        let text = format!("{number} {}", "x".repeat(4_000));
        nora.apply(&world, &prompt(workspace, some_id(ContentId::from_bytes), &text)).await;
    }
    let hello = nora.exchange(&world, &[nora.hello(), Ask::Have(Have::default())]).await;
    let of = |workspace| LogWant { of: LogOf::Workspace(workspace), after: None, through: 0 };
    let have = Have {
        epoch: Some(hello.epoch),
        want: vec![Want { workspace, after: None }],
        logs: vec![of(small), of(workspace)],
        ..Have::default()
    };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have.clone())]).await;
    assert!(answer.more && answer.logs.is_empty(), "the workspace is not whole yet");
    let have = Have { want: Vec::new(), ..have };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    let told: Vec<_> = answer
        .logs
        .iter()
        .map(|it| match it {
            Say::Log { of, more, .. } => (*of, *more),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [(LogOf::Workspace(small), false), (LogOf::Workspace(workspace), true)]);
}

#[tokio::test]
async fn places_of_another_history_are_passed_over() {
    let world = World::start().await;
    let (nora, workspace) = agency(&world).await;
    let hello = nora.exchange(&world, &[nora.hello(), Ask::Have(Have::default())]).await;
    let logs = vec![LogWant { of: LogOf::Workspace(workspace), after: None, through: 0 }];
    for epoch in [None, Some(hello.epoch + 1)] {
        let have = Have { epoch, logs: logs.clone(), ..Have::default() };
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        assert!(answer.logs.is_empty() && !answer.more, "first the rows of this history");
    }
}

#[tokio::test]
async fn e59_a_workspace_that_moves_keeps_its_chain() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let mut other = world.person("Otto", "otto@people.example", SchemeId::Managed).await;
    let to = other.account(&world).await;
    let of = LogOf::Workspace(workspace);
    let before = nora.told(&world, of, None).await.expect("it");
    nora.apply(&world, &Command::OfferWorkspace { workspace, to }).await;
    let head = other.apply(&world, &Command::AcceptOffer { workspace }).await;
    let told = other.told(&world, of, None).await.expect("theirs now");
    assert!(told.whole && told.follow([0; 32]).is_ok(), "one chain in two accounts");
    assert_eq!(told.events[..before.events.len()], before.events);
    assert!(told.through >= head);
    assert!(told.kinds().contains(&"workspace.moved"));
    let told = nora.told(&world, of, None).await.expect("a member there, without reach");
    assert!(told.whole && told.follow([0; 32]).is_ok());
}

#[tokio::test]
async fn v43_a_deleted_account_takes_its_history_along() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let account = nora.account(&world).await;
    let title = nora.everything(&world).await.accounts[0].name.clone();
    nora.apply(&world, &Command::DeleteAccount { account, title }).await;
    for of in [LogOf::Workspace(workspace), LogOf::Account(account)] {
        assert!(nora.told(&world, of, None).await.is_none());
        assert!(stored(&world, of).is_empty());
    }
}

#[tokio::test]
async fn e52_who_acted_is_named_as_today_and_nobody_for_what_happened_by_itself() {
    let world = World::start().await;
    let (mut nora, workspace) = agency(&world).await;
    let guest = join(&world, &mut nora, workspace, "Guest", Role::ChatUser).await;
    let membership = nora.member(&world, workspace, &guest.login).await.id;
    let end = Some(muster_domain::End { at: support::BEGIN.plus_days(3), roles: None });
    let set = Command::SetMemberEnd { workspace, membership, was: None, end };
    nora.apply(&world, &set).await;
    world.clock.advance(4 * DAY);
    due::now(world.running().app()).expect("ended");
    let told = nora.told(&world, LogOf::Workspace(workspace), None).await.expect("it");
    let ended = told.shown().into_iter().find(|it| it.kind == "member.ended").expect("it ended");
    assert_eq!((ended.actor, ended.actor_name.as_str()), (LoginId::from_bytes([0; 16]), ""));
    assert!(told.shown().iter().any(|it| it.actor_name == "Guest"), "who accepted");
}
