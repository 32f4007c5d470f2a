//! Deleting a sign-in: everything is let go of at once, or nothing is (E-11, E-12, E-64).

mod support;

use muster_domain::{Command, DeviceId, MemberState, RefusalCode, Role, Row, SchemeId};
use muster_protocol::ErrorCode;
use muster_protocol::http::{DeleteLogin, InvitationCode};
use reqwest::StatusCode;
use support::{PASSWORD, Person, World, answer, some_id};

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
    let (_, code) = nora.invite(&world, home, "alex@kim.example", Role::ChatUser).await;
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
