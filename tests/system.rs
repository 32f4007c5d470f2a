//! The main job through the whole system without a window: real server process, real apps.

mod people;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Instant;

use base64::Engine as _;
use muster_client::Unsent;
use muster_client::vault::VaultError;
use muster_client::view::{
    ConnectionState, FailureCode, Intent, InviteRequest, Invitee, Mark, OutcomeKind, Phase,
    SignInForm, Submitted, WorkspaceFilter,
};
use muster_domain::{Labels, MemberState, Plan, RefusalCode, Role, RoleSet, SchemeId, WorkspaceId};
use people::server::Server;
use people::team::{offline, online};
use people::{NoVault, PASSWORD, Person, address, sign_up_form};

fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

/// Ana with a workspace "Team" on Pro, and Bo in it with the role.
async fn team(server: &Server, role: Role) -> (Person, Person, WorkspaceId) {
    let ana = Person::new();
    let state = ana.sign_up(server.url(), "Ana", SchemeId::OwnerLed).await;
    let account = state.me.expect("signed in").accounts;
    ana.first_workspace().await;
    let account = match account.first() {
        Some(account) => account.id.clone(),
        None => accounts_of(&ana).await,
    };
    ana.apply(Intent::CreateWorkspace {
        account,
        name: "Team".into(),
        plan: Some(Plan::Pro),
        add_me: true,
        labels: Labels::default(),
    })
    .await;
    let id = ana.workspace("Team").await.id;
    let link = ana.invite(id, "Bo", role).await;
    let bo = Person::new();
    bo.sign_up(server.url(), "Bo", SchemeId::OwnerLed).await;
    bo.app.invitation_accept(link).await.expect("Bo is the addressed person");
    bo.workspace("Team").await;
    ana.member(id, "Bo").await;
    (ana, bo, id)
}

async fn accounts_of(person: &Person) -> String {
    person
        .until("an account", async || {
            let me = person.app.app_state().await.ok()?.me?;
            me.accounts.first().map(|it| it.id.clone())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_u4_sign_up_opens_a_personal_workspace() {
    let server = Server::start();
    let alex = Person::new();
    let state = alex.sign_up(server.url(), "Alex Doe", SchemeId::OwnerLed).await;
    assert_eq!(state.phase, Phase::Ready);
    let row = alex.first_workspace().await;
    assert_eq!(row.name, "Alex’s workspace");
    assert_eq!(row.my_roles, one(Role::Owner));
}

#[tokio::test(flavor = "multi_thread")]
async fn v4_sign_up_as_an_agency_opens_its_workspace_as_account_admin() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::Managed).await;
    let row = ana.first_workspace().await;
    assert_eq!(row.name, "Ana Agency");
    assert!(row.account_admin, "V-13");
    let page = ana.members(row.id).await;
    assert_eq!(page.account_admins.len(), 1, "R9");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_survives_restarts_and_ends_with_sign_out() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::OwnerLed).await;
    ana.first_workspace().await;
    let ana = ana.restart().await;
    let state = ana.app.app_state().await.expect("starts");
    assert_eq!(state.phase, Phase::Ready);
    assert_eq!(ana.first_workspace().await.name, "Ana’s workspace");
    let state = ana.app.sign_out(Unsent::Keep).await.expect("signs out");
    assert_eq!(state.phase, Phase::SignedOut);
    let left = std::fs::read_dir(ana.dir.path().join("logins")).expect("the folder");
    let files: Vec<_> = left
        .flatten()
        .flat_map(|it| std::fs::read_dir(it.path()).into_iter().flatten().flatten())
        .filter(|it| it.file_name().to_string_lossy().contains(".db"))
        .collect();
    assert!(files.is_empty(), "the copy is erased: {files:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn e25_only_the_addressed_person_accepts() {
    let server = Server::start();
    let (ana, bo, team) = team(&server, Role::Write).await;
    let link = ana.invite(team, "Cleo", Role::Read).await;
    let look = ana.app.invitation_look(None, link.clone()).await.expect("a valid link");
    assert_eq!(look.address, address("Cleo"));
    let wrong = bo.app.invitation_accept(link.clone()).await.expect_err("Bo is not Cleo");
    assert_eq!(wrong.code, FailureCode::Refused);
    assert_eq!(wrong.reason.expect("a reason").code, RefusalCode::WrongPerson);
    let cleo = Person::new();
    let mut form = sign_up_form(server.url(), "Cleo", Some(SchemeId::OwnerLed));
    form.invitation = Some(link.clone());
    cleo.app.sign_up(form).await.expect("signs up with the invitation");
    cleo.workspace("Team").await;
    let again = cleo.app.invitation_accept(link).await.expect_err("used up");
    assert_eq!(again.reason.expect("a reason").code, RefusalCode::InvitationGone);
}

#[tokio::test(flavor = "multi_thread")]
async fn e23_sending_again_kills_the_earlier_link() {
    let server = Server::start();
    let (ana, _, team) = team(&server, Role::Write).await;
    let old = ana.invite(team, "Cleo", Role::Read).await;
    let invitation = ana.app.invitations(team, 0, 10).await.expect("the list").rows[0].id;
    ana.apply(Intent::Resend { workspace: team, invitation }).await;
    let dead = ana.app.invitation_look(None, old).await.expect_err("an old link");
    assert_eq!(dead.reason.expect("a reason").code, RefusalCode::InvitationGone);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_client_sees_an_accepted_change_within_a_second() {
    let server = Server::start();
    let (ana, bo, team) = team(&server, Role::Admin).await;
    online(&bo).await;
    let member = ana.member(team, "Bo").await.id;
    ana.app
        .submit(Intent::SetRoles { workspace: team, member, roles: one(Role::Write), reason: None })
        .await
        .expect("submits");
    ana.all_sent().await;
    let sent = Instant::now();
    bo.until("the new role", async || {
        let row = bo.app.workspace(team).await.ok()?.row;
        (row.my_roles == one(Role::Write)).then_some(())
    })
    .await;
    let took = sent.elapsed();
    assert!(took.as_millis() < 1_000, "took {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn r14_changes_wait_offline_and_are_judged_in_order_once() {
    let mut server = Server::start();
    let (ana, bo, team) = team(&server, Role::Read).await;
    let member = ana.member(team, "Bo").await.id;
    server.kill();
    offline(&ana).await;

    let roles = Intent::SetRoles { workspace: team, member, roles: one(Role::Write), reason: None };
    assert!(matches!(ana.app.submit(roles).await, Ok(Submitted::Queued { .. })));
    let rename = Intent::RenameWorkspace { workspace: team, name: "Crew".into() };
    assert!(matches!(ana.app.submit(rename).await, Ok(Submitted::Queued { .. })));
    let row = ana.member(team, "Bo").await;
    assert_eq!((row.mark, row.roles), (Mark::NotSent, one(Role::Write)));
    assert_eq!(row.roles_were, Some(one(Role::Read)));
    let delete = Intent::DeleteWorkspace { workspace: team, reason: None };
    let answer = ana.app.submit(delete).await.expect("answers");
    assert_eq!(answer, Submitted::NeedsConnection { sentence: "offline.delete".into() });
    let owner = Intent::SetRoles { workspace: team, member, roles: one(Role::Owner), reason: None };
    let answer = ana.app.submit(owner).await.expect("answers");
    assert_eq!(answer, Submitted::NeedsConnection { sentence: "offline.owner".into() });
    let remove = Intent::Remove { workspace: team, member, reason: None };
    assert!(matches!(ana.app.submit(remove).await, Ok(Submitted::Queued { .. })));
    let row = ana.member(team, "Bo").await;
    assert_eq!((row.state, row.state_was), (MemberState::Removed, Some(MemberState::Active)));

    let ana = ana.restart().await;
    let state = ana.app.app_state().await.expect("starts offline");
    assert_eq!(state.counts.not_sent, 3, "unsent work survives a restart");

    server.restart();
    ana.all_sent().await;
    let sent = ana.app.pending().await.expect("the page").sent;
    let applied = sent
        .iter()
        .filter(|it| it.outcome.as_ref().is_some_and(|it| it.status == OutcomeKind::Applied));
    assert!(applied.count() >= 3, "{sent:?}");
    assert_eq!(ana.workspace("Crew").await.id, team);
    bo.until("Bo to lose the workspace", async || {
        let page = bo.app.workspaces(WorkspaceFilter::default(), 0, 128).await.ok()?;
        (!page.rows.iter().any(|it| it.id == team)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e43_a_change_whose_right_is_gone_comes_back_refused_with_its_reason() {
    let mut server = Server::start();
    let (ana, bo, team) = team(&server, Role::Admin).await;
    let link = ana.invite(team, "Cleo", Role::Read).await;
    let cleo = Person::new();
    cleo.sign_up(server.url(), "Cleo", SchemeId::OwnerLed).await;
    cleo.app.invitation_accept(link).await.expect("accepts");
    let cleo_row = bo.member(team, "Cleo").await;

    server.kill();
    offline(&bo).await;
    let intent = Intent::SetRoles {
        workspace: team,
        member: cleo_row.id,
        roles: one(Role::Write),
        reason: None,
    };
    assert!(matches!(bo.app.submit(intent).await, Ok(Submitted::Queued { .. })));
    bo.app.end().await;

    server.restart();
    online(&ana).await;
    let member = ana.member(team, "Bo").await.id;
    ana.app
        .submit(Intent::SetRoles { workspace: team, member, roles: one(Role::Read), reason: None })
        .await
        .expect("submits");
    ana.all_sent().await;

    let bo = bo.restart().await;
    bo.app.app_state().await.expect("starts");
    let refused = bo
        .until("the refusal", async || bo.app.pending().await.ok()?.refused.into_iter().next())
        .await;
    let outcome = refused.outcome.expect("an outcome");
    assert_eq!(outcome.status, OutcomeKind::Refused);
    let code = outcome.reason.expect("a reason").code;
    assert!(
        matches!(code, RefusalCode::Missing | RefusalCode::GrantChanged),
        "the reason says which right is gone: {code:?}"
    );
    let row = bo.member(team, "Cleo").await;
    assert_eq!((row.roles, row.mark), (one(Role::Read), Mark::Refused));
    bo.app.pending_discard(refused.n).await.expect("discards");
    assert_eq!(bo.member(team, "Cleo").await.mark, Mark::None);
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_takes_back_what_was_not_sent() {
    let mut server = Server::start();
    let (ana, _, team) = team(&server, Role::Read).await;
    let member = ana.member(team, "Bo").await.id;
    server.kill();
    offline(&ana).await;
    let intent = Intent::Remove { workspace: team, member, reason: None };
    let Ok(Submitted::Queued { n }) = ana.app.submit(intent).await else { panic!("queues") };
    let unsent = ana.app.sign_out(Unsent::Keep).await.expect_err("asks first");
    assert_eq!(unsent.code, FailureCode::UnsentChanges);
    // A try to send may be under way; once it has failed, the change can be taken back.
    ana.until("the change to be taken back", async || ana.app.pending_undo(n).await.ok()).await;
    let row = ana.member(team, "Bo").await;
    assert_eq!((row.state, row.state_was), (MemberState::Active, None));
    assert_ne!(row.mark, Mark::NotSent);
    assert_eq!(ana.app.app_state().await.expect("state").counts.not_sent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_rosters_go_in_without_editing() {
    let server = Server::start();
    let (ana, _, team) = team(&server, Role::Read).await;
    let mut invited = 1;
    for name in ["slack-members.csv", "google-users.csv", "entra-users.csv"] {
        let path = format!("{}/tests/fixtures/rosters/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).expect("the fixture");
        let content = base64::engine::general_purpose::STANDARD.encode(bytes);
        let preview = ana.app.import_file(team, content, None, None).await.expect("is recognised");
        let counts = preview.counts;
        let listed = counts.ready
            + counts.members
            + counts.invited
            + counts.look
            + counts.left_out
            + counts.repeated;
        assert_eq!(listed, preview.lines, "{name}: nothing is dropped");
        let ready = |row: &&muster_client::view::ImportRow| {
            row.status == muster_client::view::ImportStatus::Ready
        };
        let people: Vec<_> = preview
            .rows
            .iter()
            .filter(ready)
            .map(|it| Invitee { address: it.address.clone(), name: it.name.clone() })
            .collect();
        let number = u32::try_from(people.len()).expect("few");
        let request =
            InviteRequest { workspace: team, people, roles: one(Role::Read), message: None };
        let result = ana.app.invite(request).await.expect("sends");
        assert_eq!((result.sent, result.refused.len()), (number, 0), "{name}: {result:?}");
        invited += number;
    }
    let total = ana.app.invitations(team, 0, 1).await.expect("the list").open;
    assert_eq!(total, invited - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_people_go_at_once_and_one_more_is_too_many() {
    let server = Server::start();
    let (ana, _, team) = team(&server, Role::Read).await;
    let people = |n: u32| -> Vec<Invitee> {
        let one = |i| Invitee { address: format!("p{i}@many.example"), name: None };
        (0..n).map(one).collect()
    };
    let request = |n| InviteRequest {
        workspace: team,
        people: people(n),
        roles: one(Role::Read),
        message: None,
    };
    let failure = ana.app.invite(request(5_001)).await.expect_err("too many");
    assert_eq!(failure.code, FailureCode::TooManyPeople);
    let result = ana.app.invite(request(5_000)).await.expect("sends");
    assert_eq!((result.sent, result.unanswered, result.refused.len()), (5_000, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_sign_ins_are_answered_by_their_sentence() {
    let server = Server::start();
    let ana = Person::new();
    ana.sign_up(server.url(), "Ana", SchemeId::OwnerLed).await;
    let somebody = Person::new();
    let form = |server: &str, address: &str, password: &str| SignInForm {
        server: server.into(),
        address: address.into(),
        password: password.into(),
    };
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
    let free = nobody.local_addr().expect("an address");
    drop(nobody);
    for (form, wanted) in [
        (form(server.url(), &address("Ana"), "wrong password"), FailureCode::WrongPassword),
        (form(server.url(), &address("Nobody"), PASSWORD), FailureCode::WrongPassword),
        (form(&format!("http://{free}"), &address("Ana"), PASSWORD), FailureCode::NoServer),
        (form("no address at all", &address("Ana"), PASSWORD), FailureCode::BadServer),
        (form("http://example.org", &address("Ana"), PASSWORD), FailureCode::ServerInsecure),
        (
            form(&portal("<html>Welcome to the train</html>"), "a@b.example", "x"),
            FailureCode::NotMuster,
        ),
        (
            form(
                &portal(
                    r#"{"product":"muster","name":"N","build":"9","proto":99,"oldest_proto":98,"rules":9}"#,
                ),
                "a@b.example",
                "x",
            ),
            FailureCode::ServerVersion,
        ),
    ] {
        let server = form.server.clone();
        let failure = somebody.app.sign_in(form).await.expect_err("refused");
        assert_eq!(failure.code, wanted, "{server}: {failure:?}");
    }
    let mut short = sign_up_form(server.url(), "Short", Some(SchemeId::OwnerLed));
    short.password = "short".into();
    let failure = somebody.app.sign_up(short).await.expect_err("refused");
    assert_eq!(failure.code, FailureCode::BadPassword);
    let taken = sign_up_form(server.url(), "Ana", Some(SchemeId::OwnerLed));
    let failure = somebody.app.sign_up(taken).await.expect_err("refused");
    assert_eq!(failure.code, FailureCode::AddressTaken);
    let mut bad = sign_up_form(server.url(), "Bad", Some(SchemeId::OwnerLed));
    bad.address = "not an address".into();
    let failure = somebody.app.sign_up(bad).await.expect_err("refused");
    assert_eq!(failure.code, FailureCode::BadAddress);
    let failure = somebody.app.invitation_look(None, "nonsense".into()).await;
    assert_eq!(failure.expect_err("refused").code, FailureCode::BadCode);
}

/// Something that answers every request with the same page, as a captive portal does.
fn portal(page: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let kind = if page.starts_with('{') { "application/json" } else { "text/html" };
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(page.as_bytes());
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_never_costs_a_change() {
    let mut server = Server::start();
    let (ana, _, team) = team(&server, Role::Read).await;
    server.kill();
    offline(&ana).await;
    let rename = Intent::RenameWorkspace { workspace: team, name: "Crew".into() };
    assert!(matches!(ana.app.submit(rename).await, Ok(Submitted::Queued { .. })));
    assert!(ana.app.send_now().await.is_err());
    assert_eq!(ana.app.app_state().await.expect("state").counts.not_sent, 1);
    server.restart();
    ana.all_sent().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_store_nobody_signs_in_and_the_reason_is_told() {
    let server = Server::start();
    for (error, wanted) in [
        (VaultError::Absent("no bus".into()), FailureCode::NoKeyStore),
        (VaultError::Locked("locked".into()), FailureCode::KeyStoreLocked),
    ] {
        let dir = Arc::new(tempfile::tempdir().expect("a folder"));
        let person = Person::with(dir, Arc::new(NoVault(error)));
        let state = person.app.app_state().await.expect("a state");
        assert_eq!(state.phase, Phase::NoKeyStore);
        assert_eq!(state.problem.expect("a problem").code, wanted);
        let failure = person.sign_in(server.url(), "Ana").await.expect_err("refused");
        assert_eq!(failure.code, wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_r8_r4_refusals_reach_the_window_with_rule_and_names() {
    let server = Server::start();
    let (ana, bo, team) = team(&server, Role::Admin).await;
    let me = ana.member(team, "Ana").await.id;
    let step_down =
        Intent::SetRoles { workspace: team, member: me, roles: one(Role::Read), reason: None };
    let Ok(Submitted::Refused { reason }) = ana.app.submit(step_down).await else {
        panic!("the last owner stays")
    };
    assert_eq!((reason.code, reason.rule.as_str()), (RefusalCode::LastOwnerStepDown, "R6"));
    let personal = ana.workspace("Ana’s workspace").await.id;
    let delete = Intent::DeleteWorkspace { workspace: personal, reason: None };
    let Ok(Submitted::Refused { reason }) = ana.app.submit(delete).await else {
        panic!("a personal workspace stays")
    };
    assert_eq!(reason.code, RefusalCode::PersonalDelete);
    let bo_row = bo.member(team, "Bo").await.id;
    let grab =
        Intent::SetRoles { workspace: team, member: bo_row, roles: one(Role::Owner), reason: None };
    let Ok(Submitted::Refused { reason }) = bo.app.submit(grab).await else {
        panic!("nobody makes themself owner")
    };
    assert_eq!(reason.code, RefusalCode::OwnerOnly);
    let names = reason.params.get("names").expect("who could");
    assert_eq!(*names, muster_domain::Param::Text("Ana".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a4_a_device_that_is_signed_out_from_another_keeps_what_is_not_sent() {
    let server = Server::start();
    let (ana, _bo, team) = team(&server, Role::Read).await;
    let lost = Person::new();
    lost.sign_in(server.url(), "Ana").await.expect("signs in");
    lost.workspace("Team").await;
    let listed = ana.app.devices().await.expect("a list");
    assert_eq!(listed.iter().map(|it| it.here).collect::<Vec<_>>(), [true, false]);
    assert_eq!(listed[1].name, "test");

    let rest = ana.app.end_device(listed[1].id).await.expect("ends");
    assert_eq!(rest.len(), 1, "where Ana is still signed in");
    lost.until("it to know", async || {
        let state = lost.app.app_state().await.ok()?.connection.state;
        (state == ConnectionState::SignedOut).then_some(())
    })
    .await;
    lost.app
        .submit(Intent::RenameWorkspace { workspace: team, name: "On a train".into() })
        .await
        .expect("is kept");
    lost.sign_in(server.url(), "Ana").await.expect("signs in again");
    lost.all_sent().await;
    ana.workspace("On a train").await;
}
