//! Mail over a real connection: what is written to whom, that it waits where the relay does
//! not answer, and that no name can do more than stand in it.

mod smtp;
mod support;

use muster_domain::{
    Command, DeviceId, InvitationId, InvitationTrouble, Login, Plan, RefusalCode, Role, RoleSet,
    Row, SchemeId, WorkspaceId,
};
use muster_protocol::http::{
    Accepted, AddressCode, AddressConfirm, ChangeAddress, DropAddress, InboxRequest, ServerInfo,
};
use muster_protocol::{ErrorBody, ErrorCode, LogOf};
use muster_server::hub::Signal;
use muster_server::links::Links;
use muster_server::mail::relay::Relay;
use reqwest::StatusCode;
use smtp::{Mood, Received, Sink};
use support::{PASSWORD, Person, World, answer, some_id};

const MINUTE: i64 = 60_000;

async fn world(sink: &Sink) -> World {
    let address = format!("smtp://{}", sink.addr);
    let relay = Relay::new(&address, "Muster <muster@server.example>").expect("a relay");
    World::start_with(Some(relay), Links::of("https://muster.example").expect("an address")).await
}

fn to(letters: &[Received], address: &str) -> Vec<Received> {
    letters.iter().filter(|it| it.to == [address]).cloned().collect()
}

fn subject(letter: &Received) -> String {
    let header = letter.header();
    let line = header.iter().find(|it| it.starts_with("Subject: ")).expect("a subject");
    line["Subject: ".len()..].to_owned()
}

fn code_in(letter: &Received) -> String {
    let body = letter.body();
    let is_code = |word: &&str| word.len() == 6 && word.chars().all(|c| c.is_ascii_digit());
    body.split_whitespace().find(is_code).expect("a code").to_owned()
}

async fn ask_code(person: &Person, world: &World, address: &str) -> StatusCode {
    let body = AddressCode { address: address.to_owned() };
    person.post(world, "/v1/addresses/code", &body).await.status()
}

async fn confirm(
    person: &Person,
    world: &World,
    address: &str,
    code: &str,
) -> Result<Login, (StatusCode, ErrorBody)> {
    let body = AddressConfirm { address: address.to_owned(), code: code.to_owned() };
    answer(person.post(world, "/v1/addresses/confirm", &body).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_an_invitation_goes_by_mail_with_a_link_that_is_good() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let info = world.http.get(world.url("/v1/server")).send().await.expect("an answer");
    assert!(info.json::<ServerInfo>().await.expect("its type").mail);
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let (invitation, code) =
        nora.invite(&world, workspace, "ines@harbour.example", Role::ChatUser).await;
    let letter = to(&sink.letters(1), "ines@harbour.example").remove(0);
    assert_eq!(letter.from, "muster@server.example");
    assert_eq!(subject(&letter), "Nora invites you to Nora");
    let link = format!("https://muster.example/join/{code}");
    assert!(letter.body().contains(&link), "{}", letter.body());

    // E-23: sent again with another link.
    nora.apply(&world, &Command::ResendInvitation { workspace, invitation }).await;
    let again = sink.letters(2).remove(1);
    assert!(!again.body().contains(&code), "the old link is dead");
    let new = nora.link(&world, workspace, invitation).await.expect("a link").code;
    assert!(again.body().contains(&new));
    world.invited("Inés", "ines@harbour.example", &new).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_and_no_message_adds_a_header_or_a_receiver() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let name = "Nora \"<x@y.example>, Bcc: z@y.example";
    let mut nora = world.person(name, "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let invite = Command::CreateInvitation {
        workspace,
        invitation: some_id(InvitationId::from_bytes),
        address: "ines@harbour.example".to_owned().try_into().expect("an address"),
        person: Some("Inés <a@b.example>".to_owned()),
        roles: RoleSet::of(&[Role::ChatUser]),
        message: Some("Hello\r\n.\r\nMAIL FROM:<x@y.example>\r\nBcc: x@y.example".to_owned()),
    };
    nora.apply(&world, &invite).await;
    let letters = sink.letters(1);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, ["ines@harbour.example"]);
    let mut names: Vec<_> = letters[0]
        .header()
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    let expected = ["Content-Transfer-Encoding", "Content-Type", "Date", "From", "Subject", "To"];
    names.retain(|name| name != "MIME-Version" && name != "Message-ID");
    assert_eq!(names, expected);
    assert!(letters[0].body().contains("> .\n> MAIL FROM:"), "{}", letters[0].body());
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_for_a_relay_that_does_not_answer_and_none_is_lost() {
    let sink = Sink::start();
    sink.be(Mood::Later);
    let mut world = world(&sink).await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    nora.invite(&world, workspace, "ines@harbour.example", Role::ChatUser).await;
    sink.refusals(1);
    sink.be(Mood::Takes);
    // What waits survives a restart, and goes when its time has come.
    world.restart().await;
    world.clock.advance(2 * MINUTE);
    world.running().app().hub.tell(Signal::Letter);
    assert_eq!(to(&sink.letters(1), "ines@harbour.example").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_a_letter_that_is_refused_for_good_is_given_up_and_told() {
    let sink = Sink::start();
    sink.be(Mood::Never);
    let world = world(&sink).await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    nora.invite(&world, workspace, "typo@harbour.example", Role::ChatUser).await;
    sink.refusals(1);
    let file = world.folder.path().join("muster.db");
    let file = rusqlite::Connection::open(file).expect("a file");
    let failed = || -> i64 {
        let sql = "SELECT count(*) FROM outbox WHERE state = 'failed' AND letter = ''";
        file.query_row(sql, [], |row| row.get(0)).expect("a count")
    };
    let started = std::time::Instant::now();
    while failed() == 0 && started.elapsed() < std::time::Duration::from_secs(20) {
        tokio::task::yield_now().await;
    }
    assert_eq!(failed(), 1);
    let told = nora.everything(&world).await.rows.into_iter().find_map(|it| match it.row {
        Row::Invitation(it) => Some(it.trouble),
        _ => None,
    });
    assert_eq!(told, Some(Some(InvitationTrouble::MailRefused)), "whoever invited is told");
    world.clock.advance(60 * MINUTE);
    sink.be(Mood::Takes);
    nora.invite(&world, workspace, "good@harbour.example", Role::ChatUser).await;
    assert_eq!(to(&sink.letters(1), "typo@harbour.example"), [], "never tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn e24_an_address_is_proved_by_its_code_and_opens_the_inbox() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let (invitation, _) =
        nora.invite(&world, workspace, "Alex@Work.example", Role::AgentManager).await;
    let body = InboxRequest { invitation };
    let accept =
        async || answer::<Accepted>(alex.post(&world, "/v1/inbox/accept", &body).await).await;
    assert_eq!(accept().await.expect_err("not theirs yet").0, StatusCode::NOT_FOUND);
    assert_eq!(alex.everything(&world).await.wide.inbox, []);

    assert_eq!(ask_code(&alex, &world, "alex@work.example").await, StatusCode::NO_CONTENT);
    let letters = sink.letters(2);
    let letter = to(&letters, "alex@work.example").pop().expect("a letter with a code");
    let code = code_in(&letter);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let error = confirm(&alex, &world, "alex@work.example", wrong).await.expect_err("wrong");
    assert_eq!((error.0, error.1.code), (StatusCode::BAD_REQUEST, ErrorCode::WrongCode));
    let stolen = confirm(&nora, &world, "alex@work.example", &code).await.expect_err("not hers");
    assert_eq!(stolen.1.code, ErrorCode::WrongCode);
    let login = confirm(&alex, &world, "alex@work.example", &code).await.expect("proved");
    assert_eq!(login.verified.len(), 1);
    let error = confirm(&alex, &world, "alex@work.example", &code).await.expect_err("used");
    assert_eq!(error.1.code, ErrorCode::WrongCode);

    let inbox = alex.everything(&world).await.wide.inbox;
    assert_eq!(inbox.len(), 1);
    assert_eq!((inbox[0].invitation, inbox[0].inviter_name.as_str()), (invitation, "Nora"));
    assert_eq!(accept().await.expect("a member").workspace, workspace);
    assert!(alex.grant(&world, workspace).await.is_some());
    let gone = accept().await.expect_err("good once");
    assert_eq!(gone.1.refusal.map(|it| it.code), Some(RefusalCode::InvitationGone));
}

/// Proves an address by the next letter to it.
async fn prove(sink: &Sink, world: &World, person: &Person, address: &str) -> Login {
    let before = to(&sink.letters(0), address).len();
    assert_eq!(ask_code(person, world, address).await, StatusCode::NO_CONTENT);
    let mut count = sink.letters(0).len();
    let letter = loop {
        let found = to(&sink.letters(count), address);
        if found.len() > before {
            break found.last().cloned().expect("a letter");
        }
        count += 1;
    };
    confirm(person, world, address, &code_in(&letter)).await.expect("proved")
}

async fn sign_in_with(
    person: &Person,
    world: &World,
    address: &str,
    password: &str,
) -> Result<Login, (StatusCode, ErrorBody)> {
    let body = ChangeAddress { address: address.to_owned(), password: password.to_owned() };
    answer(person.post(world, "/v1/login/address", &body).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn e62_another_address_to_sign_in_with_changes_no_access_and_no_record() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let (old, new) = ("alex@kim.example", "alex@new.example");
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let alex = world.person("Alex", old, SchemeId::OwnerLed).await;
    let (invitation, code) = nora.invite(&world, workspace, old, Role::AgentManager).await;
    alex.accept(&world, &code).await.expect("a member");
    let tablet = some_id(DeviceId::from_bytes);
    let other = Person::new(world.sign_in(old, PASSWORD, tablet).await.expect("it"), tablet);
    let grant = alex.grant(&world, workspace).await;
    let before = nora.member(&world, workspace, &alex.login).await;

    let code = async |address: &str, password: &str| {
        sign_in_with(&alex, &world, address, password).await.expect_err("refused").1.code
    };
    assert_eq!(code(new, PASSWORD).await, ErrorCode::UnprovedAddress);
    assert_eq!(
        code("nora@larch.example", PASSWORD).await,
        ErrorCode::UnprovedAddress,
        "tells nothing"
    );
    prove(&sink, &world, &alex, old).await;
    prove(&sink, &world, &alex, new).await;
    assert_eq!(code(new, "not the password").await, ErrorCode::WrongPassword);
    assert_eq!(code("no address", PASSWORD).await, ErrorCode::BadAddress);
    let login = sign_in_with(&alex, &world, "Alex@New.example", PASSWORD).await.expect("changed");
    assert_eq!(login.address.as_str(), new);

    // Access, sessions and the record of the invitation are as they were.
    assert_eq!(alex.grant(&world, workspace).await, grant);
    assert_eq!(other.grant(&world, workspace).await, grant, "the other device goes on");
    assert_eq!(other.everything(&world).await.accounts.len(), 2);
    let after = nora.member(&world, workspace, &alex.login).await;
    assert_eq!((after.id, after.roles, after.address.as_str()), (before.id, before.roles, new));
    let rows = nora.exchange_all(&world).await;
    let invited = rows.iter().find_map(|row| match row {
        Row::Invitation(it) if it.id == invitation => Some(it.address.to_string()),
        _ => None,
    });
    assert_eq!(invited.as_deref(), Some(old), "the evidence stays");
    let told = nora.told(&world, LogOf::Workspace(workspace), None).await.expect("a history");
    told.follow([0; 32]).expect("the chain is whole");
    let device = some_id(DeviceId::from_bytes);
    assert!(world.sign_in(old, PASSWORD, device).await.is_err());
    assert!(world.sign_in(new, PASSWORD, device).await.is_ok());
    let letters = sink.letters(4);
    let notice = to(&letters, old).pop().expect("a letter to the earlier address");
    assert!(subject(&notice).contains("another address"), "{}", subject(&notice));
    assert!(!notice.body().contains(new), "whoever reads that mailbox now need not know");
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    let sql = "SELECT count(*) FROM audit WHERE kind = 'login.address.changed' AND login = ?1";
    let lines: u32 =
        file.query_row(sql, [alex.login.id.to_bytes()], |row| row.get(0)).expect("a count");
    assert_eq!(lines, 1);

    // Whoever has the address now is a member, and the earlier one still reaches its person.
    let again = Command::CreateInvitation {
        workspace,
        invitation: some_id(InvitationId::from_bytes),
        address: login.address.clone(),
        person: None,
        roles: RoleSet::of(&[Role::ChatUser]),
        message: None,
    };
    let outcome = nora.command(&world, &again).await;
    assert_eq!(outcome.refusal.map(|it| it.code), Some(RefusalCode::MemberExists));
    let place = nora.new_workspace(&world, "Harbour").await;
    nora.invite(&world, place, old, Role::ChatUser).await;
    assert_eq!(alex.everything(&world).await.wide.inbox.len(), 1);
    let drop_it = async |address: &str| {
        let body = DropAddress { address: address.to_owned() };
        answer::<Login>(alex.post(&world, "/v1/addresses/drop", &body).await).await
    };
    assert_eq!(drop_it(new).await.expect_err("in use").1.code, ErrorCode::AddressInUse);
    assert_eq!(drop_it(old).await.expect("dropped").verified.len(), 1);
    assert_eq!(alex.everything(&world).await.wide.inbox, [], "no longer theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn e62_an_address_that_somebody_signs_in_with_stays_theirs() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    prove(&sink, &world, &alex, "team@kim.example").await;
    world.person("Team", "team@kim.example", SchemeId::OwnerLed).await;
    let error = sign_in_with(&alex, &world, "team@kim.example", PASSWORD).await;
    assert_eq!(error.expect_err("refused").1.code, ErrorCode::AddressOfAnother);
    let device = some_id(DeviceId::from_bytes);
    assert!(world.sign_in("alex@kim.example", PASSWORD, device).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn e24_a_code_is_good_for_five_tries_and_a_quarter_of_an_hour() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    let address = "alex@work.example";
    ask_code(&alex, &world, address).await;
    let code = code_in(&sink.letters(1)[0]);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        confirm(&alex, &world, address, wrong).await.expect_err("wrong");
    }
    confirm(&alex, &world, address, &code).await.expect_err("five tries are all");
    ask_code(&alex, &world, address).await;
    let code = code_in(&sink.letters(2)[1]);
    world.clock.advance(15 * MINUTE);
    confirm(&alex, &world, address, &code).await.expect_err("too old");
    for _ in 0..3 {
        assert_eq!(ask_code(&alex, &world, address).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(ask_code(&alex, &world, address).await, StatusCode::TOO_MANY_REQUESTS, "A2");
}

#[tokio::test]
async fn without_mail_everything_works_by_copied_links() {
    let world = World::start().await;
    let info = world.http.get(world.url("/v1/server")).send().await.expect("an answer");
    assert!(!info.json::<ServerInfo>().await.expect("its type").mail);
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.home(&world).await;
    let (_, code) = nora.invite(&world, workspace, "i@harbour.example", Role::ChatUser).await;
    world.invited("I", "i@harbour.example", &code).await;
    assert_eq!(ask_code(&nora, &world, "nora@larch.example").await, StatusCode::CONFLICT);
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    let count: i64 =
        file.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, 0, "nothing piles up");
}

#[tokio::test(flavor = "multi_thread")]
async fn e14_e16_e34_c13_notices_reach_those_whom_they_concern() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let other = nora.new_workspace(&world, "Other").await;
    let (_, code) = nora.invite(&world, home, "staff@larch.example", Role::ChatUser).await;
    let staff = world.invited("Staff", "staff@larch.example", &code).await;
    let person = nora.member(&world, home, &staff.login).await.id;
    let account = nora.account(&world).await;
    let membership = some_id(muster_domain::MembershipId::from_bytes);
    let roles = RoleSet::of(&[Role::ChatUser]);
    nora.apply(&world, &Command::AddMember { workspace: other, membership, person, roles }).await;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    let schedule = Command::ScheduleDeletion { account, title: "Nora".to_owned(), days: 3 };
    nora.apply(&world, &schedule).await;
    nora.apply(&world, &Command::WithdrawDeletion { account }).await;
    // One invitation, one direct add, and three notices to each of two admins.
    sink.letters(8);
    nora.apply(&world, &Command::DeleteAccount { account, title: "Nora".to_owned() }).await;
    let letters = sink.letters(9);
    let subjects = |address: &str| {
        let mut all: Vec<_> = to(&letters, address).iter().map(subject).collect();
        all.sort();
        all
    };
    let of_nora = subjects("nora@larch.example");
    assert_eq!(of_nora.len(), 3);
    assert!(of_nora[0].starts_with("Nora has a new Account Admin"), "E-34: {of_nora:?}");
    assert!(of_nora[1].starts_with("Nora will be deleted on 20"), "E-16: {of_nora:?}");
    assert_eq!(of_nora[2], "Nora will not be deleted");
    let of_staff = subjects("staff@larch.example");
    assert_eq!(of_staff.len(), 6);
    assert!(of_staff.contains(&"Nora was deleted".to_owned()), "E-14: {of_staff:?}");
    assert!(of_staff.contains(&"You were added to Other".to_owned()), "C-13: {of_staff:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn e14_every_admin_hears_of_a_deletion_that_takes_two_and_of_the_end_of_that_rule() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "theo@larch.example", Role::ChatUser).await;
    let mut theo = world.invited("Theo", "theo@larch.example", &code).await;
    let person = nora.member(&world, home, &theo.login).await.id;
    let account = nora.account(&world).await;
    let policy = |second_admin| Command::SetPolicy {
        account,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: Some(second_admin),
        name_days: None,
    };
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    nora.apply(&world, &policy(true)).await;
    let schedule = Command::ScheduleDeletion { account, title: "Nora".to_owned(), days: 3 };
    nora.apply(&world, &schedule).await;
    theo.apply(&world, &Command::ConfirmDeletion { account }).await;
    nora.apply(&world, &policy(false)).await;
    // The invitation, and to each of two: a new admin, the wish, the yes, the end of the rule.
    let letters = to(&sink.letters(9), "nora@larch.example");
    let subjects: Vec<_> = letters.iter().map(subject).collect();
    assert_eq!(subjects[1], "Nora asks for Nora to be deleted");
    assert!(subjects[2].starts_with("Nora will be deleted on 20"), "{subjects:?}");
    assert_eq!(subjects[3], "Nora can soon be deleted by one Account Admin");
    assert!(letters[2].body().contains("Theo said yes"));
}

#[tokio::test(flavor = "multi_thread")]
async fn e65_whoever_receives_a_workspace_is_told() {
    let sink = Sink::start();
    let world = world(&sink).await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let workspace = some_id(WorkspaceId::from_bytes);
    let create = Command::CreateWorkspace {
        workspace,
        account: one.account(&world).await,
        title: "Shared".to_owned(),
        plan: Some(Plan::Basic),
        membership: Some(some_id(muster_domain::MembershipId::from_bytes)),
        labels: Default::default(),
    };
    one.apply(&world, &create).await;
    let (_, code) = one.invite(&world, workspace, "two@kim.example", Role::Owner).await;
    world.invited("Two", "two@kim.example", &code).await;
    one.apply(&world, &Command::LeaveWorkspace { workspace }).await;
    let letters = to(&sink.letters(2), "two@kim.example");
    assert_eq!(subject(&letters[1]), "Shared is in your account now");
}
