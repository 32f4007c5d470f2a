//! Manage Account: admins, leaving, deleting, the other scheme, the end of a sign-in.

use muster_client::view::{
    DigestWhat, ExitQuestion, FailureCode, Fate, Intent, Place, SchemeQuestion, Verdict,
};
use muster_domain::{Plan, RefusalCode, Role, RoleMapping, RolesTo, SchemeId};

use crate::people::server::Server;
use crate::people::{PASSWORD, Person, everybody};
use crate::{account_of, enters, founder, joins, loses, one, refused, workspace};

/// How many Account Admins somebody sees.
async fn admins(person: &Person, wanted: usize) {
    let account = account_of(person).await;
    person
        .until(&format!("{wanted} Account Admins"), async || {
            let page = person.app.account(account).await.ok()?;
            (page.admins.len() == wanted).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v17_v18_v19_v33_e33_e34_account_admins_come_and_go_and_one_stays() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let tomas = joins(&server, &nora, first, "Tomas", Role::WorkspaceAdmin).await;

    // V-33: a Workspace Admin does not see Manage Account.
    let rows = tomas.app.accounts().await.expect("asks");
    assert!(rows.iter().all(|row| !row.admin));
    let page = tomas.app.account(account).await.expect("the account's name is no secret");
    assert!(page.admins.is_empty() && page.rename == Verdict::Hidden, "{page:?}");

    let found = nora.app.account_people(account, "tom".into()).await.expect("asks");
    let person = found.first().expect("Tomas is in the account").person;
    nora.apply(Intent::AddAdmin { account, person }).await;
    admins(&tomas, 2).await;
    let page = tomas.app.account(account).await.expect("an admin now");
    let row = page.admins.iter().find(|row| row.me).expect("Tomas is listed");
    assert_eq!(row.by.as_deref(), Some("Nora"), "by whom");

    // V-14, V-15: reach without being added, also to what comes later.
    let later = workspace(&nora, "Later", Plan::Basic).await;
    enters(&tomas, later).await;

    let me = page.admins.iter().find(|row| !row.me).expect("Nora is listed").login;
    nora.apply(Intent::RemoveAdmin { account, login: me }).await;
    admins(&tomas, 1).await;
    let own = tomas.app.account(account).await.expect("still admin").admins[0].login;
    let code = refused(&tomas, Intent::RemoveAdmin { account, login: own }).await;
    assert_eq!(code, RefusalCode::LastAdmin, "R7");
}

#[tokio::test(flavor = "multi_thread")]
async fn v48_more_account_admins_than_needed_are_counted_and_told() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    for (name, many) in [("Second", false), ("Third", false), ("Fourth", true)] {
        let _colleague = joins(&server, &nora, first, name, Role::ChatUser).await;
        let person = nora.member(first, name).await.id;
        nora.apply(Intent::AddAdmin { account, person }).await;
        let page = nora.app.account(account).await.expect("the page");
        assert_eq!(page.many_admins, many, "{} of them", page.admins.len());
    }
    admins(&nora, 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v39_v40_v41_e12_e13_leaving_an_account_ends_everything_in_it_at_once() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let second = workspace(&nora, "Second", Plan::Pro).await;
    let tomas = joins(&server, &nora, first, "Tomas", Role::AgentManager).await;
    let link = nora.invite(second, "Tomas", Role::ChatUser).await;
    tomas.app.invitation_accept(link).await.expect("Tomas is meant");
    enters(&tomas, second).await;

    let page = tomas.app.exit(ExitQuestion::LeaveAccount { account }).await.expect("the page");
    assert!(page.blockers.is_empty(), "{:?}", page.blockers);
    assert_eq!(page.places.len(), 2);
    assert!(page.places.iter().all(|place| place.fate == Fate::Left));
    tomas.apply(Intent::LeaveAccount { account }).await;
    loses(&tomas, first).await;
    loses(&tomas, second).await;
    nora.until("Tomas to be gone", async || {
        let page = nora.app.members(everybody(first)).await.ok()?;
        (page.people == 1).then_some(())
    })
    .await;

    let page = nora.app.exit(ExitQuestion::LeaveAccount { account }).await.expect("the page");
    assert!(!page.blockers.is_empty(), "E-12: the last admin stays");
    let code = refused(&nora, Intent::LeaveAccount { account }).await;
    assert_eq!(code, RefusalCode::LastAdmin);
    let link = nora.invite(first, "Tomas", Role::ChatUser).await;
    tomas.app.invitation_accept(link).await.expect("V-41: only by a new invitation");
    enters(&tomas, first).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v42_v43_v44_v45_v50_e14_e16_an_account_is_deleted_with_all_it_has() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let tomas = joins(&server, &nora, first, "Tomas", Role::WorkspaceAdmin).await;

    let name = "Nora Agency".to_owned();
    let mistyped = Intent::DeleteAccount { account, name: "Nora".into() };
    assert_eq!(refused(&nora, mistyped).await, RefusalCode::NameMistyped, "V-50");
    nora.apply(Intent::ScheduleDeletion { account, name: name.clone(), days: 14 }).await;
    let page = nora.app.account(account).await.expect("still there");
    assert_eq!(page.deletion.expect("is set").by, "Nora");
    nora.apply(Intent::WithdrawDeletion { account }).await;
    assert!(nora.app.account(account).await.expect("there").deletion.is_none());

    let page = nora.app.exit(ExitQuestion::DeleteAccount { account }).await.expect("the page");
    assert!(page.blockers.is_empty());
    assert_eq!(page.places.len(), 1);
    nora.apply(Intent::DeleteAccount { account, name }).await;
    loses(&nora, first).await;
    loses(&tomas, first).await;
    assert!(nora.app.accounts().await.expect("asks").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn e11_e15_a_sign_in_is_deleted_once_nothing_is_in_the_way() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;

    let page = ana.app.exit(ExitQuestion::DeleteLogin).await.expect("the page");
    assert!(page.blockers.iter().any(|it| it.workspace == Some(team)), "{:?}", page.blockers);
    let failure = ana.app.delete_login(PASSWORD.into()).await.expect_err("is in the way");
    assert_eq!(failure.reason.expect("a reason").code, RefusalCode::SoleOwner, "E-15");
    let failure = ana.app.delete_login("another one".into()).await.expect_err("no password");
    assert_eq!(failure.code, FailureCode::WrongPassword);

    let member = ana.member(team, "Bo").await.id;
    let roles = one(Role::Owner);
    ana.apply(Intent::SetRoles { workspace: team, member, roles, reason: None }).await;
    ana.app.delete_login(PASSWORD.into()).await.expect("nothing is in the way");
    assert!(ana.sign_in(server.url(), "Ana").await.is_err(), "the sign-in is gone");
    // E-15: the workspace with another owner went on, in that owner's account.
    let home = account_of(&bo).await.to_string();
    bo.until("the workspace in Bo's account", async || {
        let row = bo.app.workspace(team).await.ok()?.row;
        (row.account == home).then_some(())
    })
    .await;
    let line = bo
        .until("Bo to be told on Home", async || {
            let needs = bo.app.digest().await.ok()?.needs.into_iter();
            needs.into_iter().find(|it| matches!(it.what, DigestWhat::Received { .. }))
        })
        .await;
    assert_eq!(line.place, Place::Move { workspace: team }, "where another account is chosen");
    let DigestWhat::Received { who, .. } = line.what else { panic!("was looked for") };
    assert_ne!(who, "Ana", "E-64: her name went with her sign-in");
    bo.app.forget_reminder(line.done.expect("can be taken off")).await.expect("is kept");
    let needs = bo.app.digest().await.expect("a page").needs;
    assert!(!needs.iter().any(|it| matches!(it.what, DigestWhat::Received { .. })), "{needs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn e58_r16_an_account_changes_its_scheme_with_a_tick_for_who_gains() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let _tomas = joins(&server, &nora, first, "Tomas", Role::ChatUser).await;

    let question = SchemeQuestion { account, scheme: SchemeId::OwnerLed, mapping: Vec::new() };
    let preview = nora.app.scheme_preview(question).await.expect("the preview");
    let chat = preview.lines.iter().find(|line| line.from == one(Role::ChatUser));
    assert_eq!(chat.expect("a line").suggested, None, "no safe equivalent");
    let to = |from, to| RoleMapping { workspace: None, from, to: RolesTo::BuiltIn(to) };
    let mapping = vec![
        to(one(Role::WorkspaceAdmin), one(Role::Owner)),
        to(one(Role::ChatUser), one(Role::Read)),
    ];
    let question = SchemeQuestion { account, scheme: SchemeId::OwnerLed, mapping: mapping.clone() };
    let preview = nora.app.scheme_preview(question).await.expect("the preview");
    assert_eq!(preview.verdict, Verdict::Allowed);
    assert_eq!(preview.widened.len(), 1, "Tomas would see what he did not");

    let set = |widened| Intent::SetScheme {
        account,
        scheme: SchemeId::OwnerLed,
        mapping: mapping.clone(),
        widened,
    };
    assert_eq!(refused(&nora, set(Vec::new())).await, RefusalCode::Widens, "R16");
    nora.apply(set(preview.widened.iter().map(|it| it.member).collect())).await;
    nora.until("the roles of the other scheme", async || {
        let row = nora.app.workspace(first).await.ok()?.row;
        (row.scheme == SchemeId::OwnerLed && row.my_roles == one(Role::Owner)).then_some(())
    })
    .await;
}
