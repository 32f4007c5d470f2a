//! Access reviews over the wire: who gets them, in which pieces, what changes of them, and a
//! whole one from its start to its end (V-49, E-48..51, R10).

mod support;

use muster_domain::mention::{Act, Deed};
use muster_domain::{
    Address, CampaignId, Choice, Command, ContentBody, ContentId, Login, LoginId, LoginStatus,
    MemberState, Membership, MembershipId, Plan, QuietDays, RefusalCode, Review, ReviewId,
    ReviewLine, Role, RoleSet, Row, SchemeId, Standpoint, Timestamp, Undecided, WorkspaceId,
};
use muster_protocol::{After, Ask, Have, LogOf, OutcomeStatus, Say, Stamped, Want};
use muster_server::store::ActOf;
use support::{Answer, Person, World, join, some_id};

/// Alex's workspace with an Admin, a writer and a reader.
struct Team {
    world: World,
    alex: Person,
    admin: Person,
    writer: Person,
    reader: Person,
    place: WorkspaceId,
}

impl Team {
    async fn start() -> Self {
        let world = World::start().await;
        let mut alex = world.person("Alex", "alex@people.example", SchemeId::OwnerLed).await;
        let place = alex.new_workspace(&world, "Team").await;
        let admin = join(&world, &mut alex, place, "Admin", Role::Admin).await;
        let writer = join(&world, &mut alex, place, "Writer", Role::Write).await;
        let reader = join(&world, &mut alex, place, "Reader", Role::Read).await;
        Self { world, alex, admin, writer, reader, place }
    }

    async fn review(&mut self, undecided: Undecided) -> ReviewId {
        let reviewers = vec![self.alex.login.id, self.admin.login.id];
        let (review, command) = start(self.place, reviewers, undecided);
        self.alex.apply(&self.world, &command).await;
        review
    }

    async fn member(&self, person: &Person) -> MembershipId {
        self.alex.member(&self.world, self.place, &person.login).await.id
    }

    async fn decide(&self, review: ReviewId, whom: &Person, choice: Option<Choice>) -> Command {
        Command::DecideReview {
            workspace: self.place,
            review,
            lines: vec![self.member(whom).await],
            choice,
            reason: Some("because".to_owned()),
        }
    }

    async fn line(&self, review: ReviewId, whom: &Person) -> ReviewLine {
        let rows = self.alex.everything(&self.world).await.rows;
        let found = lines(&rows).into_iter().find(|it| {
            it.review == review && it.login == whom.login.id && it.workspace == self.place
        });
        found.expect("a line")
    }
}

fn start(
    workspace: WorkspaceId,
    reviewers: Vec<LoginId>,
    undecided: Undecided,
) -> (ReviewId, Command) {
    let review = some_id(ReviewId::from_bytes);
    let command = Command::StartReview {
        workspace,
        review,
        campaign: some_id(CampaignId::from_bytes),
        title: "Autumn".to_owned(),
        due: support::BEGIN.plus_days(30),
        undecided,
        quiet: QuietDays::USUAL,
        reviewers,
    };
    (review, command)
}

fn lines(rows: &[Stamped]) -> Vec<ReviewLine> {
    let line = |it: &Stamped| match &it.row {
        Row::ReviewLine(line) => Some(line.clone()),
        _ => None,
    };
    rows.iter().filter_map(line).collect()
}

fn reviews(rows: &[Stamped]) -> Vec<Review> {
    let review = |it: &Stamped| match &it.row {
        Row::Review(review) => Some(review.clone()),
        _ => None,
    };
    rows.iter().filter_map(review).collect()
}

async fn refusal(person: &mut Person, world: &World, command: &Command) -> RefusalCode {
    let outcome = person.command(world, command).await;
    assert_eq!(outcome.status, OutcomeStatus::Refused, "{command:?}: {outcome:?}");
    outcome.refusal.expect("why not").code
}

/// What changed for a person since an answer.
async fn since(world: &World, person: &Person, answer: &Answer) -> Vec<Stamped> {
    let grants = answer.grants.as_deref().unwrap_or_default();
    let have = Have {
        epoch: Some(answer.epoch),
        cursors: answer.cursors.clone(),
        grants: muster_protocol::GrantSet::of(grants),
        ..Have::default()
    };
    person.exchange(world, &[person.hello(), Ask::Have(have)]).await.rows
}

#[tokio::test]
async fn v49_r10_reviews_are_for_those_who_run_them() {
    let mut team = Team::start().await;
    team.review(Undecided::Leave).await;
    for person in [&team.alex, &team.admin] {
        let rows = person.everything(&team.world).await.rows;
        assert_eq!((reviews(&rows).len(), lines(&rows).len()), (1, 4));
    }
    let stranger = team.world.person("S", "s@people.example", SchemeId::OwnerLed).await;
    for person in [&team.writer, &team.reader, &stranger] {
        let rows = person.everything(&team.world).await.rows;
        assert_eq!((reviews(&rows).len(), lines(&rows).len()), (0, 0));
    }
}

#[tokio::test]
async fn v49_only_what_changed_of_a_review_comes_later_and_to_nobody_else() {
    let mut team = Team::start().await;
    let before =
        [team.admin.everything(&team.world).await, team.writer.everything(&team.world).await];
    let review = team.review(Undecided::Leave).await;
    let rows = since(&team.world, &team.admin, &before[0]).await;
    assert_eq!((reviews(&rows).len(), lines(&rows).len()), (1, 4), "the list as it was frozen");
    assert!(since(&team.world, &team.writer, &before[1]).await.is_empty());

    let before = team.admin.everything(&team.world).await;
    let decide = team.decide(review, &team.reader, Some(Choice::Keep)).await;
    team.alex.apply(&team.world, &decide).await;
    let rows = since(&team.world, &team.admin, &before).await;
    assert_eq!((rows.len(), reviews(&rows).len()), (1, 0));
    let line = &lines(&rows)[0];
    assert_eq!((line.login, line.decided.len()), (team.reader.login.id, 1));

    let before = team.admin.everything(&team.world).await;
    let close = Command::CloseReview { workspace: team.place, review };
    team.alex.apply(&team.world, &close).await;
    let rows = since(&team.world, &team.admin, &before).await;
    assert_eq!((rows.len(), lines(&rows).len()), (1, 0));
    assert!(reviews(&rows)[0].closed.is_some());
}

#[tokio::test]
async fn v49_a_review_of_two_from_its_start_to_its_end() {
    let mut team = Team::start().await;
    let review = team.review(Undecided::Suspend).await;
    let (world, place) = (&team.world, team.place);
    let close = Command::CloseReview { workspace: place, review };

    let own = team.decide(review, &team.admin, Some(Choice::Keep)).await;
    let refused = refusal(&mut team.admin, world, &own).await;
    assert_eq!(refused, RefusalCode::ReviewOwnLine, "E-48");
    let last = team.decide(review, &team.alex, Some(Choice::Remove)).await;
    assert_eq!(refusal(&mut team.admin, world, &last).await, RefusalCode::LastOwnerReview);
    let stray = refusal(&mut team.writer, world, &own).await;
    assert_eq!(stray, RefusalCode::Missing);
    team.alex.apply(world, &own).await;

    let remove = team.decide(review, &team.writer, Some(Choice::Remove)).await;
    let keep = team.decide(review, &team.writer, Some(Choice::Keep)).await;
    team.alex.apply(world, &keep).await;
    team.admin.apply(world, &remove).await;
    let line = team.line(review, &team.writer).await;
    assert_eq!(line.standpoint(), Standpoint::Disputed);
    assert_eq!(refusal(&mut team.alex, world, &close).await, RefusalCode::ReviewUnfinished);
    team.alex.apply(world, &remove).await;

    let (writer, reader) = (team.member(&team.writer).await, team.member(&team.reader).await);
    let out = Command::RemoveMember { workspace: place, membership: writer, reason: None };
    team.alex.apply(world, &out).await;
    assert_eq!(
        refusal(&mut team.alex, world, &close).await,
        RefusalCode::ReviewUnfinished,
        "the reader is undecided and not suspended (E-50)"
    );
    let suspend = Command::SuspendMember { workspace: place, membership: reader, reason: None };
    team.alex.apply(world, &suspend).await;
    team.alex.apply(world, &close).await;
    assert_eq!(refusal(&mut team.admin, world, &keep).await, RefusalCode::ReviewClosed, "E-51");

    let (second, command) = start(place, vec![team.alex.login.id], Undecided::Leave);
    team.alex.apply(world, &command).await;
    let line = team.line(second, &team.admin).await;
    assert_eq!(line.last.map(|it| (it.choice, it.by)), Some((Choice::Keep, "Alex".to_owned())));
    assert_eq!(team.line(second, &team.reader).await.state, MemberState::Suspended);
}

#[tokio::test]
async fn r10_whoever_loses_the_right_to_review_gets_no_more_of_it() {
    let mut team = Team::start().await;
    let review = team.review(Undecided::Leave).await;
    let decide = team.decide(review, &team.reader, Some(Choice::Keep)).await;
    let demote = Command::SetMemberRoles {
        workspace: team.place,
        membership: team.member(&team.admin).await,
        was: RoleSet::of(&[Role::Admin]),
        roles: RoleSet::of(&[Role::Write]),
        reason: None,
    };
    team.alex.apply(&team.world, &demote).await;
    let rows = team.admin.everything(&team.world).await.rows;
    assert_eq!((reviews(&rows).len(), lines(&rows).len()), (0, 0));
    let refused = refusal(&mut team.admin, &team.world, &decide).await;
    assert_eq!(refused, RefusalCode::Missing);
}

#[tokio::test]
async fn v49_reviews_outlive_a_restart_and_end_with_their_workspace() {
    let mut team = Team::start().await;
    let review = team.review(Undecided::Leave).await;
    team.world.restart().await;
    let rows = team.alex.everything(&team.world).await.rows;
    assert_eq!((reviews(&rows).len(), lines(&rows).len()), (1, 4));
    let delete = Command::DeleteWorkspace { workspace: team.place, reason: None };
    team.alex.apply(&team.world, &delete).await;
    team.world.clock.advance(31 * 86_400_000);
    let app = team.world.running().app();
    muster_server::due::now(app).expect("erased");
    let store = app.store.read().expect("a snapshot");
    assert_eq!(store.review(review).expect("an answer"), None);
    let left = store.review_lines_after(team.place, None, 9).expect("an answer");
    assert!(left.is_empty());
}

/// Puts many people into a workspace, straight into the store: inviting them takes minutes.
/// Their roles are from these in turn.
fn crowd(world: &World, workspace: WorkspaceId, people: u16, givers: &[&Login]) {
    let tx = world.running().app().store.write().expect("a transaction");
    let account = tx.workspace(workspace).expect("an answer").expect("there").account;
    let seq = tx.draw(account, 0).expect("a number");
    for number in 0..people {
        let login = Login {
            id: some_id(LoginId::from_bytes),
            address: Address::parse(&format!("p{number}@crowd.example")).expect("an address"),
            name: format!("Person {number}"),
            status: LoginStatus::Active,
            verified: Vec::new(),
        };
        tx.add_login(&login, "$none$", Timestamp(0)).expect("a login");
        let giver = givers.get(usize::from(number) % givers.len().max(1));
        let member = Membership {
            id: some_id(MembershipId::from_bytes),
            workspace,
            login: login.id,
            name: login.name,
            address: login.address,
            roles: RoleSet::of(&[Role::ChatUser]),
            state: MemberState::Active,
            until: None,
            given_by: giver.map(|it| it.name.clone()),
            given_at: giver.map(|_| support::BEGIN),
            labels: Default::default(),
            note: String::new(),
            group: None,
            joined: support::BEGIN,
            ended: None,
        };
        tx.put_membership(&member, seq, seq).expect("written");
        if let Some(giver) = giver {
            let of = ActOf { place: workspace.to_bytes(), id: member.id.to_bytes() };
            let act = Act { deed: Deed::Given, at: Some(support::BEGIN) };
            tx.put_act(of, act, giver.id).expect("written");
        }
    }
    tx.touch_workspace(workspace, seq).expect("written");
    tx.commit().expect("a commit");
}

#[tokio::test]
async fn v49_lines_come_in_pieces_after_everything_else_and_none_twice() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    crowd(&world, workspace, 150, &[]);
    for number in 0..8 {
        let body = ContentBody::Prompt { text: format!("{number} {}", "x".repeat(4_000)) };
        let content = some_id(ContentId::from_bytes);
        let title = "Prompt".to_owned();
        nora.apply(&world, &Command::CreateContent { workspace, content, title, body }).await;
    }
    for _ in 0..2 {
        let (_, command) = start(workspace, vec![nora.login.id], Undecided::Leave);
        nora.apply(&world, &command).await;
    }
    let (mut rows, mut stops, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let want = vec![Want { workspace, after }];
        // The least that a server sends at a time is 16 KiB.
        let have = Have { want, ..Have::default() };
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        let chunk = answer.frames.iter().find_map(|frame| match frame {
            Say::Chunk { next, rows, .. } => Some((*next, rows.clone())),
            _ => None,
        });
        let (next, part) = chunk.expect("a chunk");
        assert!(!part.is_empty() || next.is_none(), "each piece brings something");
        assert_eq!(answer.more, next.is_some());
        rows.extend(part);
        stops.extend(next);
        after = next;
        if next.is_none() {
            break;
        }
    }
    let order: Vec<_> = rows.iter().map(|it| stage(&it.row)).collect();
    assert!(order.is_sorted(), "the place, its people, its records, its reviews, their lines");
    assert_eq!((reviews(&rows).len(), lines(&rows).len()), (2, 302), "Nora and the crowd");
    let mut keys: Vec<_> = lines(&rows).iter().map(|it| (it.review, it.membership)).collect();
    assert!(keys.is_sorted());
    keys.dedup();
    assert_eq!(keys.len(), 302, "none twice");
    assert!(stops.iter().filter(|it| matches!(it, After::Line { .. })).count() > 3, "{stops:?}");
}

#[tokio::test]
async fn v49_e64_a_long_list_knows_which_of_two_people_of_one_name_gave_what() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let mut annas = Vec::new();
    for name in ["one", "two"] {
        let address = format!("anna@{name}.example");
        let (_, code) = nora.invite(&world, workspace, &address, Role::WorkspaceAdmin).await;
        annas.push(world.invited("Anna Berg", &address, &code).await.login);
    }
    crowd(&world, workspace, 100, &[&annas[0], &annas[1]]);
    let (_, command) = start(workspace, vec![nora.login.id], Undecided::Leave);
    nora.apply(&world, &command).await;
    let told = nora.told(&world, LogOf::Workspace(workspace), None).await.expect("a history");
    let frozen: Vec<_> =
        told.shown().into_iter().filter(|it| it.kind == "review.line.frozen").collect();
    assert_eq!(frozen.len(), 103, "the crowd, two of one name, and Nora");
    let given = |by: &Login| {
        let token = format!("\"given_by\":\"sign-in:{}\"", by.id);
        frozen.iter().filter(|it| it.after.contains(&token)).count()
    };
    assert_eq!([given(&annas[0]), given(&annas[1])], [50, 50]);
    assert!(frozen.iter().all(|it| !it.after.contains("Anna Berg")), "names come beside (E-64)");
}

const fn stage(row: &Row) -> u8 {
    match row {
        Row::Workspace(_)
        | Row::Role(_)
        | Row::Invitation(_)
        | Row::Account(_)
        | Row::AccountAdmin(_)
        | Row::Group(_) => 0,
        Row::Membership(_) => 1,
        Row::Content(_) => 2,
        Row::Review(_) => 3,
        Row::ReviewLine(_) => 4,
    }
}

#[tokio::test]
async fn v49_a_workspace_without_records_in_sight_goes_on_with_its_reviews() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let (_, command) = start(workspace, vec![nora.login.id], Undecided::Leave);
    nora.apply(&world, &command).await;
    crowd(&world, workspace, 3, &[]);
    for after in [After::Contents, After::Members] {
        let want = vec![Want { workspace, after: Some(after) }];
        let have = Have { want, ..Have::default() };
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        assert_eq!((reviews(&answer.rows).len(), answer.more), (1, false), "{after:?}");
        assert!(!answer.rows.iter().any(|it| stage(&it.row) < 2), "what was sent is not again");
    }
}
