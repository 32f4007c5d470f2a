//! The personal workspace in the app (U-5, U-7, U-40, E-18, E-20, E-21).

use muster_client::view::{
    FoundForm, Intent, InviteRequest, Invitee, SchemeQuestion, Submitted, Verdict,
};
use muster_domain::{Plan, RefusalCode, Role, SchemeId, WorkspaceKind};

use crate::people::server::Server;
use crate::people::{Person, address};
use crate::{account_of, founder, joins, one, refused, workspace};

fn code(verdict: &Verdict) -> RefusalCode {
    match verdict {
        Verdict::Refused { reason } => reason.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// What is wrong with inviting somebody as an owner.
async fn invited_as_owner(person: &Person, place: muster_domain::WorkspaceId) -> RefusalCode {
    let request = InviteRequest {
        workspace: place,
        people: vec![Invitee { address: address("Heir"), name: None }],
        roles: one(Role::Owner),
        message: None,
    };
    let result = person.app.invite(request).await.expect("answers");
    assert_eq!(result.sent, 0);
    result.refused[0].reason.code
}

#[tokio::test(flavor = "multi_thread")]
async fn u5_u7_u40_e18_e21_a_personal_workspace_is_known_by_its_name_and_stays() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let row = ana.first_workspace().await;
    assert_eq!((row.name.as_str(), row.kind), ("Ana’s workspace", WorkspaceKind::Personal), "U-5");
    let place = row.id;
    workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, place, "Bo", Role::Admin).await;

    let view = ana.app.workspace(place).await.expect("it");
    assert_eq!(code(&view.delete), RefusalCode::PersonalDelete, "E-18");
    assert_eq!(code(&view.leave), RefusalCode::PersonalLeave);
    assert_eq!(code(&view.offer), RefusalCode::PersonalTransfer, "U-7");
    let transfer = ana.app.transfer(place).await.expect("the checklist");
    assert_eq!(code(&transfer.verdict), RefusalCode::PersonalTransfer, "U-7");
    let delete = Intent::DeleteWorkspace { workspace: place, reason: None };
    assert_eq!(refused(&ana, delete).await, RefusalCode::PersonalDelete, "E-18");
    let member = ana.member(place, "Bo").await.id;
    let roles = one(Role::Owner);
    let promote = Intent::SetRoles { workspace: place, member, roles, reason: None };
    assert_eq!(refused(&ana, promote).await, RefusalCode::PersonalOwner, "E-21");
    assert_eq!(invited_as_owner(&ana, place).await, RefusalCode::PersonalOwner, "E-21");

    let rename = Intent::RenameWorkspace { workspace: place, name: "Atelier".into() };
    let submitted = ana.app.submit(rename).await.expect("submits");
    assert!(matches!(submitted, Submitted::Queued { .. }), "{submitted:?}");
    assert_eq!(bo.workspace("Atelier").await.id, place, "U-40, U-5: under that name from now on");
}

#[tokio::test(flavor = "multi_thread")]
async fn e20_the_account_of_a_personal_workspace_keeps_its_one_admin_and_its_scheme() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let account = account_of(&ana).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let _bo = joins(&server, &ana, team, "Bo", Role::Owner).await;
    let page = ana.app.account(account).await.expect("the page");
    assert!(page.personal);
    assert_eq!(page.add_admin, Verdict::Hidden);
    assert_eq!(code(&page.scheme_change), RefusalCode::PersonalAccount);
    let person = ana.member(team, "Bo").await.id;
    let code_of_adding = refused(&ana, Intent::AddAdmin { account, person }).await;
    assert_eq!(code_of_adding, RefusalCode::PersonalAccount);
    let (scheme, mapping) = (SchemeId::Managed, Vec::new());
    let question = SchemeQuestion { account, scheme, mapping: Vec::new() };
    let preview = ana.app.scheme_preview(question).await.expect("the preview");
    assert_eq!(code(&preview.verdict), RefusalCode::PersonalAccount, "as the server says");
    let change = Intent::SetScheme { account, scheme, mapping, widened: Vec::new() };
    assert_eq!(refused(&ana, change).await, RefusalCode::PersonalAccount);
}

#[tokio::test(flavor = "multi_thread")]
async fn e18_the_last_workspace_of_an_account_says_why_it_stays() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let view = nora.app.workspace(first).await.expect("it");
    assert_eq!(code(&view.delete), RefusalCode::LastWorkspace);
    let delete = Intent::DeleteWorkspace { workspace: first, reason: None };
    assert_eq!(refused(&nora, delete.clone()).await, RefusalCode::LastWorkspace);
    workspace(&nora, "Second", Plan::Basic).await;
    nora.apply(delete).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn c15_e20_who_came_by_an_invitation_founds_an_account_later() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::Managed).await;
    let place = workspace(&ana, "Team", Plan::Basic).await;
    let bo = joins(&server, &ana, place, "Bo", Role::ChatUser).await;
    let found = async |scheme, name: Option<&str>| {
        let account_name = name.map(str::to_owned);
        bo.app.found_account(FoundForm { scheme, account_name }).await
    };
    found(SchemeId::Managed, Some("Bo & Co")).await.expect("is founded");
    let agency = bo.workspace("Bo & Co").await;
    assert_eq!(agency.kind, WorkspaceKind::Standard);
    let accounts = bo.app.accounts().await.expect("two");
    let own = accounts.iter().find(|it| it.name == "Bo & Co").expect("their own");
    assert!(own.admin, "Account Admin of it");
    assert_eq!(accounts.len(), 2, "what was there stays");
    found(SchemeId::OwnerLed, None).await.expect("one personal workspace");
    assert_eq!(bo.workspace("Bo’s workspace").await.kind, WorkspaceKind::Personal);
    let second = found(SchemeId::OwnerLed, None).await.expect_err("and no second");
    assert_eq!(second.field.as_deref(), Some("scheme"), "{second:?}");
}
