//! Deleting a sign-in: everything is let go of at once, or nothing is (E-11, E-12, E-64).

mod support;

use muster_domain::{
    CampaignId, Command, ContentBody, ContentId, DeviceId, Login, MemberState, QuietDays,
    RefusalCode, ReviewId, Role, Row, SchemeId, Undecided,
};
use muster_protocol::http::{DeleteLogin, InvitationCode, RenameLogin};
use muster_protocol::{Ask, ErrorCode, Have, LogOf, LogWant, Say};
use muster_server::due;
use reqwest::StatusCode;
use support::{BEGIN, PASSWORD, Person, World, answer, some_id};

const DAY: i64 = 86_400_000;

async fn delete(
    person: &Person,
    world: &World,
    password: &str,
) -> Result<(), (StatusCode, muster_protocol::ErrorBody)> {
    let body = DeleteLogin { password: password.to_owned() };
    let response = person.post(world, "/v1/login/delete", &body).await;
    if response.status() == StatusCode::NO_CONTENT {
        return Ok(());
    }
    answer::<()>(response).await
}

#[tokio::test]
async fn e11_e15_e64_c12_a_sign_in_takes_its_personal_account_with_it_and_leaves_the_rest() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let mut alex = world.person("Alex Kim", "alex@kim.example", SchemeId::OwnerLed).await;
    let own = alex.account(&world).await;
    let shared = alex.new_workspace(&world, "Shared").await;
    let (_, code) = alex.invite(&world, shared, "two@kim.example", Role::Owner).await;
    let two = world.invited("Two", "two@kim.example", &code).await;
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::AgentManager).await;
    alex.accept(&world, &code).await.expect("a member");

    let error = delete(&alex, &world, "not the password").await.expect_err("refused");
    assert_eq!(error.1.code, ErrorCode::WrongPassword);
    delete(&alex, &world, PASSWORD).await.expect("deleted");

    let again = alex.raw_sync(&world, &[alex.hello()]).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED, "every session ended");
    let device = some_id(DeviceId::from_bytes);
    let error = world.sign_in("alex@kim.example", PASSWORD, device).await.err().expect("no");
    assert_eq!(error.1.code, ErrorCode::WrongPassword);
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    assert_eq!(store.account(own).expect("it"), None, "the account went along (C-12)");
    let grants = two.everything(&world).await.grants.expect("grants");
    let grant = grants.iter().find(|it| it.workspace == shared).expect("two owns it");
    assert_eq!(grant.account, two.account(&world).await, "E-15");
    drop(store);

    // E-64: a pseudonym stands where the name stood; the same everywhere.
    let former = |rows: Vec<Row>| {
        rows.into_iter()
            .filter_map(|row| match row {
                Row::Membership(it) if it.login == alex.login.id => {
                    Some((it.name, it.address.to_string(), it.state))
                }
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let at_nora = former(nora.exchange_all(&world).await);
    let at_two = former(two.exchange_all(&world).await);
    assert_eq!((at_nora.len(), at_two.len()), (1, 1));
    assert_eq!(at_nora, at_two);
    let (name, address, state) = &at_nora[0];
    assert!(name.starts_with("Former member ") && address.ends_with("@former.invalid"));
    assert_eq!(*state, MemberState::Left);

    // The address is free again, for somebody else altogether.
    let new = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    assert_ne!(new.login.id, alex.login.id);
    assert_eq!(new.everything(&world).await.grants.expect("grants").len(), 1);
}

/// Whatever of rows and histories this person gets, as one text.
async fn all(person: &Person, world: &World) -> String {
    let told = person.everything_and_its_history(world).await;
    format!("{told:?}")
}

#[tokio::test]
async fn e64_no_row_and_no_history_says_the_name_of_a_deleted_sign_in() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let (account, home) = (nora.account(&world).await, nora.home(&world).await);
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::WorkspaceAdmin).await;
    let mut alex = world.invited("Alex Kim", "alex@kim.example", &code).await;
    let person = nora.member(&world, home, &alex.login).await.id;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    // In a workspace where he is no member, he acts by reach.
    let far = nora.new_workspace(&world, "Far").await;
    let rename =
        Command::RenameWorkspace { workspace: far, was: "Far".into(), title: "Farther".into() };
    alex.apply(&world, &rename).await;
    let (_, code) = alex.invite(&world, far, "cleo@else.example", Role::ChatUser).await;
    let cleo = world.invited("Cleo", "cleo@else.example", &code).await;
    let body = ContentBody::Prompt { text: "Be brief".to_owned() };
    let content = some_id(ContentId::from_bytes);
    let create = Command::CreateContent { workspace: home, content, title: "Tone".into(), body };
    alex.apply(&world, &create).await;
    let review = Command::StartReview {
        workspace: home,
        review: some_id(ReviewId::from_bytes),
        campaign: some_id(CampaignId::from_bytes),
        title: "Q4".to_owned(),
        due: BEGIN.plus_days(7),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![alex.login.id, nora.login.id],
    };
    nora.apply(&world, &review).await;
    for seen in [all(&nora, &world).await, all(&cleo, &world).await] {
        assert!(seen.contains("Alex Kim"), "the name was there");
    }
    let of = LogOf::Workspace(home);
    let held = nora.told(&world, of, None).await.expect("a history");

    delete(&alex, &world, PASSWORD).await.expect("deleted");
    for seen in [all(&nora, &world).await, all(&cleo, &world).await] {
        for word in ["Alex", "alex@", "kim.example"] {
            assert!(!seen.contains(word), "{word} in {seen}");
        }
        assert!(seen.contains("Former member "), "a pseudonym stands there");
    }
    // The chain is the one that it was, and goes on.
    let told = nora.told(&world, of, None).await.expect("a history");
    told.follow([0; 32]).expect("it holds");
    assert!(told.events.iter().zip(&held.events).all(|(now, then)| now.hash() == then.hash()));

    // Whoever was told of it before is told anew.
    let after = held.events.last().map(muster_protocol::Logged::place);
    let epoch = nora.exchange(&world, &[nora.hello(), Ask::Have(Have::default())]).await.epoch;
    let logs = vec![LogWant { of, after, through: held.through }];
    let have = Have { epoch: Some(epoch), logs, budget: 4 << 20, ..Have::default() };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    let Some(Say::Log { events, anew, .. }) = answer.logs.first() else { panic!("a history") };
    assert!(*anew);
    assert_eq!(events.len(), told.events.len(), "from its beginning");
}

#[tokio::test]
async fn e64_an_account_that_keeps_names_says_them_until_their_days_are_over() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let mut mara = world.person("Mara", "mara@elm.example", SchemeId::Managed).await;
    let (account, home) = (nora.account(&world).await, nora.home(&world).await);
    let away = mara.home(&world).await;
    let policy = |days| Command::SetPolicy {
        account,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days: Some(days),
    };
    nora.apply(&world, &policy(30)).await;
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::WorkspaceAdmin).await;
    let mut alex = world.invited("Alex Kim", "alex@kim.example", &code).await;
    let (_, code) = mara.invite(&world, away, "alex@kim.example", Role::ChatUser).await;
    alex.accept(&world, &code).await.expect("a member");
    let was = nora.everything(&world).await.rows.into_iter().find_map(|it| match it.row {
        Row::Workspace(it) if it.id == home => Some(it.name),
        _ => None,
    });
    let (was, title) = (was.expect("a name"), "Farther".to_owned());
    let rename = Command::RenameWorkspace { workspace: home, was, title };
    alex.apply(&world, &rename).await;
    let of = LogOf::Workspace(home);
    let held = nora.told(&world, of, None).await.expect("a history");
    delete(&alex, &world, PASSWORD).await.expect("deleted");

    let words = async |person: &Person| {
        let seen = all(person, &world).await;
        (seen.contains("Alex Kim"), seen.contains("kim.example"), seen.contains("Former member "))
    };
    assert_eq!(words(&mara).await, (false, false, true), "hers keeps none");
    let (name, address, _) = words(&nora).await;
    assert!(name && !address, "the name stays, the address went at once");
    let told = nora.told(&world, of, None).await.expect("a history");
    assert!(told.shown().iter().any(|it| it.actor_name == "Alex Kim"), "who did it as well");

    let app = world.running().app();
    world.clock.advance(29 * DAY);
    assert_eq!(due::now(app).expect("done"), 0, "not yet");
    assert!(words(&nora).await.0);
    world.clock.advance(DAY);
    assert_eq!(due::now(app).expect("done"), 1);
    assert_eq!(due::now(app).expect("done"), 0);
    assert_eq!(words(&nora).await, (false, false, true));
    let told = nora.told(&world, of, None).await.expect("a history");
    told.follow([0; 32]).expect("the chain is the one that it was");
    assert!(told.events.iter().zip(&held.events).all(|(now, then)| now.hash() == then.hash()));
    // Whoever was told of it before is told anew.
    let after = held.events.last().map(muster_protocol::Logged::place);
    let epoch = nora.exchange(&world, &[nora.hello(), Ask::Have(Have::default())]).await.epoch;
    let logs = vec![LogWant { of, after, through: held.through }];
    let have = Have { epoch: Some(epoch), logs, budget: 4 << 20, ..Have::default() };
    let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    let Some(Say::Log { anew, .. }) = answer.logs.first() else { panic!("a history") };
    assert!(*anew);
}

#[tokio::test]
async fn e64_a_shorter_policy_lets_kept_names_go_at_once() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let (account, home) = (nora.account(&world).await, nora.home(&world).await);
    let policy = |days| Command::SetPolicy {
        account,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days: Some(days),
    };
    nora.apply(&world, &policy(3_650)).await;
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::ChatUser).await;
    let alex = world.invited("Alex Kim", "alex@kim.example", &code).await;
    delete(&alex, &world, PASSWORD).await.expect("deleted");
    assert!(all(&nora, &world).await.contains("Alex Kim"));
    nora.apply(&world, &policy(0)).await;
    assert_eq!(due::now(world.running().app()).expect("done"), 1);
    assert!(!all(&nora, &world).await.contains("Alex Kim"));
}

#[tokio::test]
async fn e64_of_two_people_of_one_name_only_the_one_who_changes_it_is_called_otherwise() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let mut annas = Vec::new();
    for address in ["anna@one.example", "anna@two.example"] {
        let (_, code) = nora.invite(&world, home, address, Role::WorkspaceAdmin).await;
        annas.push(world.invited("Anna Berg", address, &code).await);
    }
    let mut given = Vec::new();
    for (n, anna) in annas.iter_mut().enumerate() {
        let address = format!("guest{n}@else.example");
        let (_, code) = anna.invite(&world, home, &address, Role::ChatUser).await;
        // Of the same name as who invited, and their own act is to join.
        let name = if n == 0 { "Anna Berg" } else { "Guest" };
        given.push(world.invited(name, &address, &code).await);
    }
    let mut texts = Vec::new();
    for anna in &mut annas {
        let content = some_id(ContentId::from_bytes);
        let body = ContentBody::Prompt { text: "Be brief".to_owned() };
        let title = format!("Tone {}", texts.len());
        anna.apply(&world, &Command::CreateContent { workspace: home, content, title, body }).await;
        texts.push(content);
    }
    let of = LogOf::Workspace(home);
    let body = RenameLogin { name: "Anna Lindqvist".to_owned() };
    let second = &annas[1];
    answer::<Login>(second.post(&world, "/v1/login/name", &body).await).await.expect("renamed");

    let rows = nora.everything(&world).await.rows;
    let by = |person: &Person| {
        rows.iter().find_map(|it| match &it.row {
            Row::Membership(it) if it.login == person.login.id => it.given_by.clone(),
            _ => None,
        })
    };
    assert_eq!(by(&given[0]).as_deref(), Some("Anna Berg"), "the first one's act");
    assert_eq!(by(&given[1]).as_deref(), Some("Anna Lindqvist"), "the second one's");
    let changed: Vec<_> = texts
        .iter()
        .map(|id| {
            rows.iter().find_map(|it| match &it.row {
                Row::Content(it) if it.id == *id => Some(it.updated_by.clone()),
                _ => None,
            })
        })
        .collect();
    assert_eq!(changed, [Some("Anna Berg".to_owned()), Some("Anna Lindqvist".to_owned())]);

    // The history has the id, so it tells them apart as well.
    let told = nora.told(&world, of, None).await.expect("a history");
    let joined = told.shown().into_iter().rfind(|it| it.kind == "member.joined").expect("Guest");
    let token = format!("sign-in:{}", second.login.id);
    assert!(joined.after.contains(&token), "{} in {}", token, joined.after);
}

#[tokio::test]
async fn e57_e64_u4_another_name_is_said_everywhere_and_workspaces_keep_theirs() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let alex = world.person("Alex Kim", "alex@kim.example", SchemeId::OwnerLed).await;
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::AgentManager).await;
    alex.accept(&world, &code).await.expect("a member");
    nora.exchange_all(&world).await;
    let body = RenameLogin { name: "  Alexandra Kim ".to_owned() };
    let login: Login = answer(alex.post(&world, "/v1/login/name", &body).await).await.expect("it");
    assert_eq!(login.name, "Alexandra Kim");
    let member = nora.member(&world, home, &alex.login).await;
    assert_eq!(
        (member.name.as_str(), member.address.as_str()),
        ("Alexandra Kim", "alex@kim.example")
    );
    let own = alex.home(&world).await;
    let rows = alex.everything(&world).await.rows;
    let title = rows.iter().find_map(|it| match &it.row {
        Row::Workspace(it) if it.id == own => Some(it.name.clone()),
        _ => None,
    });
    assert_eq!(title.as_deref(), Some("Alex’s workspace"), "E-57");
    let told = nora.told(&world, LogOf::Workspace(home), None).await.expect("a history");
    assert!(format!("{told:?}").contains("Alexandra Kim"));
    let body = RenameLogin { name: "\u{202e}".to_owned() };
    let error = answer::<Login>(alex.post(&world, "/v1/login/name", &body).await).await;
    assert_eq!(error.expect_err("refused").1.refusal.map(|it| it.code), Some(RefusalCode::BadName));
}

#[tokio::test]
async fn e11_what_is_in_the_way_is_named_and_nothing_happens() {
    let world = World::start().await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let shared = alex.new_workspace(&world, "Shared").await;
    let (_, code) = alex.invite(&world, shared, "two@kim.example", Role::Write).await;
    world.invited("Two", "two@kim.example", &code).await;
    let before = alex.everything(&world).await;
    let error = delete(&alex, &world, PASSWORD).await.expect_err("refused");
    let refusal = error.1.refusal.expect("a refusal");
    assert_eq!(refusal.code, RefusalCode::SoleOwner);
    assert!(refusal.params.contains_key("workspace"));
    let after = alex.everything(&world).await;
    assert_eq!(before.rows, after.rows, "all or nothing");
    assert_eq!(before.cursors, after.cursors);
}

#[tokio::test]
async fn e12_the_last_account_admin_of_an_agency_is_in_the_way_of_themself() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let error = delete(&nora, &world, PASSWORD).await.expect_err("refused");
    assert_eq!(error.1.refusal.map(|it| it.code), Some(RefusalCode::LastAdmin));
    let (_, code) = nora.invite(&world, home, "two@larch.example", Role::ChatUser).await;
    let two = world.invited("Two", "two@larch.example", &code).await;
    let person = nora.member(&world, home, &two.login).await.id;
    let account = nora.account(&world).await;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    delete(&nora, &world, PASSWORD).await.expect("another admin stays");
    let admins = two.everything(&world).await.admins;
    let gone = admins.iter().find(|it| it.login == nora.login.id).expect("a former admin");
    assert!(!gone.active && gone.name.starts_with("Former member "));
}

#[tokio::test]
async fn r12_an_invitation_can_be_turned_down_by_its_addressee_alone() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    let (invitation, code) = nora.invite(&world, home, "alex@kim.example", Role::ChatUser).await;
    let body = InvitationCode { code: code.clone() };
    let path = "/v1/invitations/decline";
    let error = answer::<()>(eve.post(&world, path, &body).await).await.expect_err("refused");
    assert_eq!(error.1.refusal.map(|it| it.code), Some(RefusalCode::WrongPerson));
    assert_eq!(alex.post(&world, path, &body).await.status(), StatusCode::NO_CONTENT);
    let error = alex.accept(&world, &code).await.expect_err("refused");
    assert_eq!(error.1.refusal.map(|it| it.code), Some(RefusalCode::InvitationGone));
    let declined = nora.exchange_all(&world).await.into_iter().any(|row| {
        matches!(row, Row::Invitation(it)
            if it.state == muster_domain::InvitationState::Declined)
    });
    assert!(declined, "whoever invited sees it");

    // It can be sent again, or taken off the list.
    let again = Command::ResendInvitation { workspace: home, invitation };
    nora.apply(&world, &again).await;
    let code = nora.link(&world, home, invitation).await.expect("a link").code;
    assert_eq!(
        alex.post(&world, path, &InvitationCode { code }).await.status(),
        StatusCode::NO_CONTENT
    );
    nora.apply(&world, &Command::RevokeInvitation { workspace: home, invitation }).await;
    let error = nora.command(&world, &again).await;
    assert_eq!(error.refusal.map(|it| it.code), Some(RefusalCode::InvitationGone));
}

#[tokio::test]
async fn a_link_opens_a_page_that_says_what_to_do_and_nothing_else() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::ChatUser).await;
    let url = world.url(&format!("/join/{code}"));
    let response = world.http.get(url).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name: &str| {
        let value = response.headers().get(name).expect("a header");
        value.to_str().expect("text").to_owned()
    };
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
    let page = response.text().await.expect("a page");
    let server = world.running().url().replace(':', "%3A").replace('/', "%2F");
    let link = format!("muster://join?server={server}&amp;code={code}");
    assert!(page.contains(&link), "{page}");
    assert!(!page.contains("Nora") && !page.contains("<script"));
    for path in ["/join/", "/join/x", "/join/%3Cscript%3Ealert(1)%3C%2Fscript%3Exxxxxxxxxxxxx"] {
        let response = world.http.get(world.url(path)).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
