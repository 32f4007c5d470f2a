//! What is said before an owner goes, who is as strong as whom, and what nobody gives away
//! (E-1, E-3, E-7, E-9, E-10, E-35).

use muster_client::view::{Grave, Intent, Submitted, Verdict};
use muster_domain::{
    MembershipId, Permission, PermissionSet, Plan, RefusalCode, Role, RoleSet, SchemeId,
    WorkspaceId,
};

use crate::people::Person;
use crate::people::everybody;
use crate::people::server::Server;
use crate::{account_of, enters, founder, joins, loses, one, refused, workspace};

fn set(workspace: WorkspaceId, member: MembershipId, roles: RoleSet) -> Intent {
    Intent::SetRoles { workspace, member, roles, reason: None }
}

/// What is said before something is done that is allowed.
async fn grave(person: &Person, intent: &Intent) -> Option<Grave> {
    let plan = person.app.plan(vec![intent.clone()]).await.expect("a preview");
    // Of some only the server knows: whether an heir has an account, say.
    let verdict = &plan.lines[0].verdict;
    assert!(matches!(verdict, Verdict::Allowed | Verdict::Unknown), "{plan:?}");
    plan.lines[0].grave
}

/// The same of what this copy cannot judge, so that it is sent first.
async fn refused_in_the_end(person: &Person, intent: Intent) -> RefusalCode {
    let submitted = person.app.submit(intent).await.expect("submits");
    if let Submitted::Refused { reason } = submitted {
        return reason.code;
    }
    let refused = person
        .until("the refusal", async || person.app.pending().await.ok()?.refused.into_iter().next())
        .await;
    refused.outcome.and_then(|it| it.reason).expect("a reason").code
}

#[tokio::test(flavor = "multi_thread")]
async fn e1_e7_the_last_owner_stays_and_stepping_down_is_said_to_be_for_good() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    let me = ana.member(team, "Ana").await.id;
    let down = set(team, me, one(Role::Admin));
    assert_eq!(refused(&ana, down.clone()).await, RefusalCode::LastOwnerStepDown, "E-1");
    let leave = Intent::LeaveWorkspace { workspace: team };
    assert_eq!(refused(&ana, leave).await, RefusalCode::LastOwnerLeave, "E-1");

    let heir = ana.member(team, "Bo").await.id;
    ana.apply(set(team, heir, one(Role::Owner))).await;
    assert_eq!(grave(&ana, &down).await, Some(Grave::OwnRights), "E-7");
    ana.apply(down).await;
    ana.until("Ana as admin of it", async || {
        let row = ana.app.workspace(team).await.ok()?.row;
        (row.my_roles == one(Role::Admin)).then_some(())
    })
    .await;
    let up = set(team, me, one(Role::Owner));
    assert_eq!(refused(&ana, up.clone()).await, RefusalCode::OwnerOnly, "E-7");
    bo.until("Ana’s step down", async || {
        (bo.member(team, "Ana").await.roles == one(Role::Admin)).then_some(())
    })
    .await;
    bo.apply(up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e3_removing_the_last_workspace_admin_is_asked_about_and_done() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let wanda = joins(&server, &nora, first, "Wanda", Role::WorkspaceAdmin).await;
    let member = nora.member(first, "Wanda").await.id;
    let remove = Intent::Remove { workspace: first, member, reason: None };
    assert_eq!(grave(&nora, &remove).await, None, "Nora is another one");
    nora.apply(Intent::LeaveWorkspace { workspace: first }).await;
    nora.until("Wanda to be the last", async || {
        let page = nora.app.members(everybody(first)).await.ok()?;
        (page.owners == 1).then_some(())
    })
    .await;
    assert_eq!(grave(&nora, &remove).await, Some(Grave::LastManager));
    nora.apply(remove).await;
    loses(&wanda, first).await;
    let page = nora
        .until("nobody in it", async || {
            let page = nora.app.members(everybody(first)).await.ok()?;
            (page.people == 0).then_some(page)
        })
        .await;
    assert_eq!((page.owners, page.account_admins.len()), (0, 1), "only Account Admins manage it");
}

#[tokio::test(flavor = "multi_thread")]
async fn e9_an_admin_suspends_lets_back_in_demotes_and_removes_an_equal() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let ada = joins(&server, &ana, team, "Ada", Role::Admin).await;
    let al = joins(&server, &ada, team, "Al", Role::Admin).await;
    let member = ada.member(team, "Al").await.id;
    ada.apply(Intent::Suspend { workspace: team, member, reason: None }).await;
    loses(&al, team).await;
    ada.apply(Intent::Resume { workspace: team, member }).await;
    enters(&al, team).await;
    ada.apply(set(team, member, one(Role::Read))).await;
    al.until("the lower role", async || {
        let row = al.app.workspace(team).await.ok()?.row;
        (row.my_roles == one(Role::Read)).then_some(())
    })
    .await;
    let view = al.app.member(team, al.member(team, "Ada").await.id).await.expect("the panel");
    assert!(matches!(view.remove, Verdict::Refused { .. } | Verdict::Hidden), "no longer an equal");
    ada.apply(Intent::Remove { workspace: team, member, reason: None }).await;
    loses(&al, team).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e10_nobody_widens_a_role_or_gives_one_that_is_stronger_than_they_are() {
    use Permission::{ChatUse, LeadView, MemberManage, MemberView, RoleDefine, WorkspaceView};
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let place = workspace(&nora, "Harbour", Plan::Pro).await;
    let ada = joins(&server, &nora, place, "Ada", Role::ChatUser).await;
    let _guest = joins(&server, &nora, place, "Guest", Role::ChatUser).await;
    let small = PermissionSet::of(&[WorkspaceView]);
    let wide = PermissionSet::of(&[WorkspaceView, LeadView]);
    let hers = [WorkspaceView, MemberView, MemberManage, RoleDefine, ChatUse];
    let define = |name: &str, permissions| Intent::DefineRole {
        workspace: place,
        name: name.to_owned(),
        permissions,
    };
    for (name, permissions) in
        [("Hers", PermissionSet::of(&hers)), ("Weak", small), ("Strong", wide)]
    {
        nora.apply(define(name, permissions)).await;
    }
    let roles = nora
        .until("three roles", async || {
            let roles = nora.app.workspace(place).await.ok()?.own_roles;
            (roles.len() == 3).then_some(roles)
        })
        .await;
    let id = |name: &str| roles.iter().find(|it| it.name == name).expect("is defined").id;
    let member = nora.member(place, "Ada").await.id;
    nora.apply(set(place, member, RoleSet::own(0))).await;
    ada.until("the role to be hers", async || {
        let view = ada.app.workspace(place).await.ok()?;
        (view.row.my_roles == RoleSet::own(0) && view.own_roles.len() == 3).then_some(())
    })
    .await;
    let change = |name: &str, permissions| Intent::ChangeRole {
        workspace: place,
        role: id(name),
        name: name.to_owned(),
        permissions,
    };
    let guest = ada.member(place, "Guest").await.id;
    for intent in [define("Wider", wide), change("Weak", wide), change("Strong", small)] {
        assert_eq!(refused(&ada, intent.clone()).await, RefusalCode::RoleTooWide, "{intent:?}");
    }
    let strong = set(place, guest, RoleSet::own(2));
    assert_eq!(refused_in_the_end(&ada, strong).await, RefusalCode::GrantTooWide);
    ada.apply(set(place, guest, RoleSet::own(1))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e35_a_workspace_admin_ends_the_membership_of_an_account_admin_and_not_the_reach() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let wanda = joins(&server, &nora, first, "Wanda", Role::WorkspaceAdmin).await;
    let login = nora.app.account(account).await.expect("her own").admins[0].login;
    let unmake = Intent::RemoveAdmin { account, login };
    let code = refused(&wanda, unmake).await;
    assert_eq!(code, RefusalCode::NotVisible, "Manage Account is not there for her (V-33)");

    let member = wanda.member(first, "Nora").await.id;
    let view = wanda.app.member(first, member).await.expect("the panel");
    assert!(view.account_admin, "the panel says that access stays");
    wanda.apply(Intent::Remove { workspace: first, member, reason: None }).await;
    let row = nora
        .until("the membership to be gone", async || {
            let row = nora.app.workspace(first).await.ok()?.row;
            row.my_roles.is_empty().then_some(row)
        })
        .await;
    assert!(row.account_admin, "by reach");
    nora.apply(Intent::RenameWorkspace { workspace: first, name: "Still open".into() }).await;
}
