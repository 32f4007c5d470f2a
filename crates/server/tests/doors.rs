//! Signing up, in and out, and invitations by their codes.

mod support;

use muster_domain::{
    Command, DeviceId, InvitationTrouble, Param, Plan, RefusalCode, Role, Row, SchemeId,
    WorkspaceKind,
};
use muster_protocol::http::{
    Devices, EndDevice, FoundAccount, Founded, InvitationCode, InvitationView, Session, SignIn,
    SignedInDevice,
};
use muster_protocol::{ErrorBody, ErrorCode};
use reqwest::StatusCode;
use support::{PASSWORD, Person, World, answer, sign_up, some_id};

fn refused(error: &(StatusCode, ErrorBody)) -> Option<RefusalCode> {
    error.1.refusal.as_ref().map(|refusal| refusal.code)
}

#[tokio::test]
async fn u2_u4_owner_led_sign_up_makes_a_personal_workspace() {
    let world = World::start().await;
    let alex = world.person("Alex Kim", "Alex@Kim.example", SchemeId::OwnerLed).await;
    let seen = alex.everything(&world).await;
    let workspaces: Vec<_> = seen
        .rows
        .iter()
        .filter_map(|it| match &it.row {
            Row::Workspace(workspace) => Some((workspace.name.as_str(), workspace.kind)),
            _ => None,
        })
        .collect();
    assert_eq!(workspaces, [("Alex’s workspace", WorkspaceKind::Personal)]);
    assert_eq!(alex.login.address.as_str(), "alex@kim.example", "E-24: compared without case");
}

#[tokio::test]
async fn e57_a_name_left_out_is_the_local_part() {
    let world = World::start().await;
    let it = world.person("  ", "maria.rossi@kim.example", SchemeId::OwnerLed).await;
    assert_eq!(it.login.name, "maria.rossi");
}

#[tokio::test]
async fn sign_up_refuses_what_cannot_be() {
    let world = World::start().await;
    world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let cases = [
        (sign_up("A", "alex@kim.example", Some(SchemeId::Managed), None), ErrorCode::AddressTaken),
        (sign_up("A", "not an address", Some(SchemeId::Managed), None), ErrorCode::BadAddress),
        (sign_up("A", "a@b.example", None, None), ErrorCode::BadRequest),
        (sign_up("A\u{202e}", "a@b.example", Some(SchemeId::Managed), None), ErrorCode::Refused),
    ];
    for (body, code) in cases {
        let (_, error) = world.try_sign_up(&body).await.err().expect("an error");
        assert_eq!(error.code, code);
    }
    for password in ["short one", &"x".repeat(129)] {
        let mut body = sign_up("A", "a@b.example", Some(SchemeId::Managed), None);
        body.password = password.to_owned();
        let (status, error) = world.try_sign_up(&body).await.err().expect("an error");
        assert_eq!((status, error.code), (StatusCode::BAD_REQUEST, ErrorCode::BadPassword));
    }
}

#[tokio::test]
async fn a2b_wrong_password_and_unknown_address_are_answered_alike() {
    let world = World::start().await;
    world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let device = some_id(DeviceId::from_bytes);
    let wrong = world.sign_in("alex@kim.example", "wrong password", device).await;
    let unknown = world.sign_in("nobody@kim.example", "wrong password", device).await;
    let (wrong, unknown) = (wrong.err().expect("no"), unknown.err().expect("no"));
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.0, StatusCode::UNAUTHORIZED);
    assert!(world.sign_in(" ALEX@kim.example", PASSWORD, device).await.is_ok());
}

#[tokio::test]
async fn a2_too_many_wrong_passwords_wait_and_the_owner_does_not() {
    let world = World::start().await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let stranger = some_id(DeviceId::from_bytes);
    for _ in 0..10 {
        let error = world.sign_in("alex@kim.example", "wrong password", stranger).await;
        assert_eq!(error.err().expect("wrong").1.code, ErrorCode::WrongPassword);
    }
    let error = world.sign_in("alex@kim.example", PASSWORD, stranger).await.err().expect("late");
    assert_eq!((error.0, error.1.code), (StatusCode::TOO_MANY_REQUESTS, ErrorCode::TooMany));
    assert!(world.sign_in("alex@kim.example", PASSWORD, alex.device).await.is_ok());
    world.clock.advance(15 * 60 * 1_000);
    assert!(world.sign_in("alex@kim.example", PASSWORD, stranger).await.is_ok());
}

#[tokio::test]
async fn a4_a_session_ends_with_sign_out_disuse_and_age() {
    let world = World::start().await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    assert_eq!(alex.post(&world, "/v1/sign-out", &()).await.status(), StatusCode::NO_CONTENT);
    let again = alex.raw_sync(&world, &[alex.hello()]).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);

    let session = world.sign_in("alex@kim.example", PASSWORD, alex.device).await.expect("in");
    let alex = Person::new(session, alex.device);
    for _ in 0..8 {
        world.clock.advance(20 * 86_400_000);
        assert_eq!(alex.raw_sync(&world, &[alex.hello()]).await.status(), StatusCode::OK);
    }
    world.clock.advance(20 * 86_400_000);
    let aged = alex.raw_sync(&world, &[alex.hello()]).await;
    assert_eq!(aged.status(), StatusCode::UNAUTHORIZED, "180 days are the most");

    let session = world.sign_in("alex@kim.example", PASSWORD, alex.device).await.expect("in");
    let alex = Person::new(session, alex.device);
    world.clock.advance(30 * 86_400_000);
    let idle = alex.raw_sync(&world, &[alex.hello()]).await;
    assert_eq!(idle.status(), StatusCode::UNAUTHORIZED, "30 days without use");
}

#[tokio::test]
async fn a4_a_lost_device_is_signed_out_from_another_one() {
    let world = World::start().await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let mia = world.person("Mia", "mia@kim.example", SchemeId::OwnerLed).await;
    let device = some_id(DeviceId::from_bytes);
    world.clock.advance(3 * 3_600_000);
    let body = SignIn {
        address: "alex@kim.example".to_owned(),
        password: PASSWORD.to_owned(),
        device,
        device_name: format!("  old\u{7}-laptop, Linux{}", " ".repeat(100)),
    };
    let session = answer::<Session>(world.post("/v1/sign-in", &body).await).await.expect("in");
    let lost = Person::new(session, device);

    let mut listed = devices(&alex, &world).await;
    listed.sort_by_key(|it| !it.here);
    let told: Vec<_> = listed.iter().map(|it| (it.device, it.name.as_str(), it.here)).collect();
    assert_eq!(told, [(alex.device, "", true), (device, "old-laptop, Linux", false)]);
    assert_eq!(listed[0].last_used, listed[1].since, "asking is a use");

    let end = EndDevice { device };
    let foreign = mia.post(&world, "/v1/devices/end", &end).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND, "it is not Mia's to end");
    assert_eq!(lost.raw_sync(&world, &[lost.hello()]).await.status(), StatusCode::OK);
    let ended = alex.post(&world, "/v1/devices/end", &end).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    let after = lost.raw_sync(&world, &[lost.hello()]).await;
    assert_eq!(after.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(devices(&alex, &world).await.len(), 1);
    let again = alex.post(&world, "/v1/devices/end", &end).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND, "it is signed out already");
}

#[tokio::test]
async fn a4_a_session_that_is_over_is_not_in_the_list_of_devices() {
    let world = World::start().await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let device = some_id(DeviceId::from_bytes);
    world.sign_in("alex@kim.example", PASSWORD, device).await.expect("in");
    assert_eq!(devices(&alex, &world).await.len(), 2);
    for _ in 0..2 {
        world.clock.advance(15 * 86_400_000);
        alex.raw_sync(&world, &[alex.hello()]).await;
    }
    assert_eq!(devices(&alex, &world).await.len(), 1, "30 days without use");
}

async fn devices(person: &Person, world: &World) -> Vec<SignedInDevice> {
    let request = world.http.get(world.url("/v1/devices")).bearer_auth(&person.token);
    let list = answer::<Devices>(request.send().await.expect("an answer")).await;
    list.expect("a list").devices
}

#[tokio::test]
async fn a4_a_session_cannot_speak_for_another_device() {
    let world = World::start().await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    alex.device = some_id(DeviceId::from_bytes);
    let answer = alex.raw_sync(&world, &[alex.hello()]).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "it has to sign in itself");
}

#[tokio::test]
async fn c15_an_invitation_of_an_agency_makes_a_login_without_an_account() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "ines@harbour.example", Role::ChatUser).await;
    let view: InvitationView =
        answer(world.post("/v1/invitations/look", &InvitationCode { code: code.clone() }).await)
            .await
            .expect("a view");
    assert_eq!(
        (view.address.as_str(), view.inviter_name.as_str()),
        ("ines@harbour.example", "Nora")
    );
    let ines = world.invited("Inés", "INES@harbour.example", &code).await;
    let seen = ines.everything(&world).await;
    assert!(seen.admins.is_empty(), "no account of their own, and no view of the admins");
    assert_eq!(seen.grants.expect("grants").len(), 1);
    assert_eq!(seen.rows.len(), 2, "the workspace and the own membership");
}

#[tokio::test]
async fn c15_e20_who_came_by_an_invitation_founds_an_account_later() {
    let world = World::start().await;
    let mut rhea = world.person("Rhea", "rhea@harbour.example", SchemeId::Managed).await;
    let place = rhea.home(&world).await;
    let (_, code) = rhea.invite(&world, place, "guest@harbour.example", Role::ChatUser).await;
    let guest = world.invited("Guest Doe", "guest@harbour.example", &code).await;
    assert!(guest.everything(&world).await.admins.is_empty(), "no account of their own");
    let found = async |scheme, name: Option<&str>| {
        let account_name = name.map(str::to_owned);
        let body = FoundAccount { scheme, account_name, workspace_name: None };
        answer::<Founded>(guest.post(&world, "/v1/accounts", &body).await).await
    };
    // The personal one that everybody else has from the beginning (U-1), and no second.
    let own = found(SchemeId::OwnerLed, None).await.expect("is founded");
    let (status, error) = found(SchemeId::OwnerLed, None).await.expect_err("one is enough");
    assert_eq!((status, error.field.as_deref()), (StatusCode::BAD_REQUEST, Some("scheme")));
    // An agency besides.
    let (status, error) = found(SchemeId::Managed, Some(" ")).await.expect_err("no name");
    assert_eq!(status, StatusCode::CONFLICT, "{error:?}");
    let agency = found(SchemeId::Managed, Some("Doe & Co")).await.expect("is founded");
    let rows = guest.everything(&world).await;
    let grants = rows.grants.expect("grants");
    for place in [place, own.workspace, agency.workspace] {
        assert!(grants.iter().any(|it| it.workspace == place), "what was there stays");
    }
    let mine: Vec<_> = rows.admins.iter().filter(|it| it.login == guest.login.id).collect();
    assert_eq!(mine.len(), 2, "Account Admin of both");
    assert_ne!(own.account, agency.account);
    let nobody =
        FoundAccount { scheme: SchemeId::Managed, account_name: None, workspace_name: None };
    assert_eq!(world.post("/v1/accounts", &nobody).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn c15_an_invitation_of_a_freelancer_brings_a_personal_workspace() {
    let world = World::start().await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let home = alex.home(&world).await;
    let (_, code) = alex.invite(&world, home, "freya@drummond.example", Role::Write).await;
    let freya = world.invited("Freya", "freya@drummond.example", &code).await;
    assert_eq!(freya.everything(&world).await.grants.expect("grants").len(), 2);
}

#[tokio::test]
async fn e25_another_person_cannot_accept_and_signs_up_for_nothing() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "ines@harbour.example", Role::ChatUser).await;
    let body = sign_up("Eve", "eve@else.example", None, Some(code.clone()));
    let error = world.try_sign_up(&body).await.err().expect("refused");
    assert_eq!(refused(&error), Some(RefusalCode::WrongPerson));
    let eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    let error = eve.accept(&world, &code).await.expect_err("refused");
    assert_eq!((error.0, refused(&error)), (StatusCode::FORBIDDEN, Some(RefusalCode::WrongPerson)));
}

#[tokio::test]
async fn e26_an_expired_invitation_says_since_when() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (invitation, code) = nora.invite(&world, home, "i@harbour.example", Role::ChatUser).await;
    world.clock.advance(7 * 86_400_000);
    let body = sign_up("I", "i@harbour.example", None, Some(code));
    let error = world.try_sign_up(&body).await.err().expect("refused");
    assert_eq!(refused(&error), Some(RefusalCode::InvitationExpired));
    let refusal = error.1.refusal.expect("a refusal");
    assert!(matches!(refusal.params.get("date"), Some(Param::Time(_))));
    let error = nora.link(&world, home, invitation).await.err().expect("refused");
    assert_eq!(refused(&error), Some(RefusalCode::InvitationExpired));
}

#[tokio::test]
async fn e23_a_link_sent_again_makes_the_earlier_one_void() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let (invitation, old) =
        nora.invite(&world, workspace, "i@harbour.example", Role::ChatUser).await;
    nora.apply(&world, &Command::ResendInvitation { workspace, invitation }).await;
    let error = world
        .try_sign_up(&sign_up("I", "i@harbour.example", None, Some(old)))
        .await
        .err()
        .expect("refused");
    assert_eq!(refused(&error), Some(RefusalCode::InvitationGone));
    let new = nora.link(&world, workspace, invitation).await.expect("a link").code;
    world.invited("I", "i@harbour.example", &new).await;
}

#[tokio::test]
async fn a3_an_invitation_is_good_once_and_forgeries_never() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "i@harbour.example", Role::ChatUser).await;
    let it = world.invited("I", "i@harbour.example", &code).await;
    let error = it.accept(&world, &code).await.expect_err("refused");
    assert_eq!(refused(&error), Some(RefusalCode::InvitationGone));
    let mut forged = code.into_bytes();
    forged[40] = if forged[40] == b'A' { b'B' } else { b'A' };
    for code in [String::from_utf8(forged).expect("ascii"), "x".to_owned(), String::new()] {
        let error = it.accept(&world, &code).await.expect_err("not found");
        assert_eq!((error.0, error.1.code), (StatusCode::NOT_FOUND, ErrorCode::NotFound));
    }
}

#[tokio::test]
async fn e28_whoever_invited_is_told_that_there_was_no_seat() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let mut codes = Vec::new();
    for n in 0..101 {
        let invited = format!("p{n}@harbour.example");
        codes.push(nora.invite(&world, workspace, &invited, Role::ChatUser).await);
    }
    // One more than Basic has seats for, and Nora's own (E-61).
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Basic }).await;
    let (invitation, code) = codes.swap_remove(7);
    let refused_once = world
        .try_sign_up(&sign_up("P", "p7@harbour.example", None, Some(code.clone())))
        .await
        .err()
        .expect("refused");
    assert_eq!(refused(&refused_once), Some(RefusalCode::NoSeat));
    let trouble = async |person: &Person| {
        let rows = person.everything(&world).await.rows;
        rows.into_iter().find_map(|it| match it.row {
            Row::Invitation(it) if it.id == invitation => Some(it.trouble),
            _ => None,
        })
    };
    assert_eq!(trouble(&nora).await, Some(Some(InvitationTrouble::NoSeat)));
    let guest = world.person("P", "p7@harbour.example", SchemeId::OwnerLed).await;
    let again = guest.accept(&world, &code).await.expect_err("refused");
    assert_eq!(refused(&again), Some(RefusalCode::NoSeat));
    // A seat later the same link opens.
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    guest.accept(&world, &code).await.expect("a member");
    assert_eq!(trouble(&nora).await, Some(None));
}

#[tokio::test]
async fn a3_many_redemptions_at_once_give_one_membership() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let ines = world.person("Inés", "ines@harbour.example", SchemeId::OwnerLed).await;
    let (_, code) = nora.invite(&world, home, "ines@harbour.example", Role::ChatUser).await;
    let tries = (0..40).map(|_| ines.accept(&world, &code));
    let results = futures_util::future::join_all(tries).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
}

#[tokio::test]
async fn r12_a_removed_inviter_leaves_no_open_door() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let (_, code) = nora.invite(&world, workspace, "w@larch.example", Role::WorkspaceAdmin).await;
    let mut admin = world.invited("W", "w@larch.example", &code).await;
    let (_, open) = admin.invite(&world, workspace, "x@larch.example", Role::ChatUser).await;
    let membership = nora.member(&world, workspace, &admin.login).await.id;
    nora.apply(&world, &Command::RemoveMember { workspace, membership, reason: None }).await;
    let body = sign_up("X", "x@larch.example", None, Some(open));
    let error = world.try_sign_up(&body).await.err().expect("refused");
    assert_eq!(refused(&error), Some(RefusalCode::InviterLostRight));
}

#[tokio::test]
async fn security_r5_bodies_have_limits_and_errors_have_one_shape() {
    let world = World::start().await;
    let huge = "x".repeat(70 << 10);
    let response = world.post("/v1/invitations/look", &InvitationCode { code: huge }).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    for path in ["/", "/v1", "/v1/unknown"] {
        let response = world.http.get(world.url(path)).send().await.expect("an answer");
        let error = answer::<()>(response).await.expect_err("an error body");
        assert_eq!((error.0, error.1.code), (StatusCode::NOT_FOUND, ErrorCode::NotFound));
    }
    let response = world.http.get(world.url("/v1/sync")).send().await.expect("an answer");
    assert!(response.headers().contains_key("x-request-id"));
    answer::<()>(response).await.expect_err("an error body");
}
