//! Workspaces that change their account in the window: offered to another account and taken
//! there (E-59); received because the other owner went, told, and moved on (E-15).

use muster_client::view::Intent;
use muster_domain::{Plan, Role, RoleMapping, RolesTo, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{PASSWORD, Person};
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{account_of, enters, founder, joins, one, page, picture, sit_down, switch, workspace};

const PLACE: &str = "Harbour";

#[tokio::test(flavor = "multi_thread")]
async fn e59_a_workspace_is_offered_by_number_and_one_that_is_offered_is_taken() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let zed = founder(&server, "Zed", SchemeId::Managed).await;
    let place = workspace(&nora, PLACE, Plan::Pro).await;
    let quay = workspace(&zed, "Quay", Plan::Pro).await;
    let (mine, theirs) = (account_of(&nora).await, account_of(&zed).await);
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    offer(&window, &theirs.to_string()).await;
    let offers = async || zed.app.offers().await.ok()?.into_iter().next();
    assert_eq!(zed.until("the offer", offers).await.name, PLACE);
    zed.apply(Intent::AcceptOffer { workspace: place }).await;
    held_by(&nora, place, &theirs.to_string()).await;

    zed.apply(Intent::OfferWorkspace { workspace: quay, to: mine.to_string() }).await;
    take(&window).await;
    enters(&nora, quay).await;
    held_by(&nora, quay, &mine.to_string()).await;
    window.close().await;
}

async fn held_by(person: &Person, place: WorkspaceId, account: &str) {
    person
        .until("the workspace in that account", async || {
            let row = person.app.workspace(place).await.ok()?.row;
            (row.account == account).then_some(())
        })
        .await;
}

async fn to_moving(window: &Window) {
    switch(window, PLACE).await;
    page(window, "Settings", "Settings").await;
    window.choose("link", "Transfer").await;
    window.find("heading", "Move to another account").await;
}

/// Nothing moves before the other side says yes too.
async fn offer(window: &Window, to: &str) {
    to_moving(window).await;
    window.choose("button", "Offer…").await;
    window.wait_for_text("Write the number of the account.").await;
    window.write("Number of the other account", to).await;
    window.choose("button", "Offer…").await;
    window.find("alertdialog", "Offer Harbour to that account?").await;
    picture(window, "move-offer").await;
    window.choose("button", "Offer Harbour").await;
    window.find("button", "Take the offer back").await;
    picture(window, "move-offered").await;
}

async fn take(window: &Window) {
    window.press(&[Held::Control, Held::Shift], 'o').await;
    window.find("heading", "Workspaces").await;
    window.wait_for_text("Zed offers Quay of Zed Agency to Nora Agency.").await;
    picture(window, "move-take").await;
    window.choose("button", "Take it…").await;
    window.find("alertdialog", "Take Quay into Nora Agency?").await;
    window.choose("button", "Take Quay").await;
    window.wait_until_no("button", "Take it…").await;
    window.find_like("row", "Quay").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e15_who_receives_a_workspace_is_told_and_chooses_another_account() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, PLACE, Plan::Pro).await;
    let bo = joins(&server, &ana, place, "Bo", Role::Write).await;
    let cleo = founder(&server, "Cleo", SchemeId::Managed).await;
    let clients = second_account(&cleo, &bo).await;
    let member = ana.member(place, "Bo").await.id;
    let roles = one(Role::Owner);
    ana.apply(Intent::SetRoles { workspace: place, member, roles, reason: None }).await;
    bo.until("Bo to be an owner", async || {
        let row = bo.app.workspace(place).await.ok()?.row;
        (row.my_roles == one(Role::Owner)).then_some(())
    })
    .await;
    ana.app.delete_login(PASSWORD.into()).await.expect("nothing is in the way");

    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Bo").await;
    window.choose_like("link", "Home").await;
    window.wait_for_text("Harbour came to your account").await;
    picture(&window, "received").await;
    window.choose_like("link", "Harbour came to your account").await;
    window.find("heading", "Move to another account").await;
    window.choose_from("To", "Cleo").await;
    window.choose("button", "Move…").await;
    window.find("alertdialog", "Move Harbour to Cleo Agency?").await;
    picture(&window, "move-own").await;
    window.choose("button", "Move Harbour").await;
    window.wait_until_no("alertdialog", "Move Harbour to Cleo Agency?").await;
    held_by(&bo, place, &clients).await;
    // It is where it was wished, so Home says nothing of it any more.
    window.choose_like("link", "Home").await;
    window.wait_until_gone("Harbour came to your account").await;
    window.close().await;
}

/// Another account where owners lead, of which Bo is Account Admin too.
async fn second_account(cleo: &Person, bo: &Person) -> String {
    let account = account_of(cleo).await;
    let home = cleo.first_workspace().await.id;
    let link = cleo.invite(home, "Bo", Role::WorkspaceAdmin).await;
    bo.app.invitation_accept(link).await.expect("Bo is meant");
    enters(bo, home).await;
    let person = cleo.member(home, "Bo").await.id;
    cleo.apply(Intent::AddAdmin { account, person }).await;
    let (from, to) = (one(Role::WorkspaceAdmin), RolesTo::BuiltIn(one(Role::Owner)));
    let mapping = vec![RoleMapping { workspace: None, from, to }];
    let (scheme, widened) = (SchemeId::OwnerLed, Vec::new());
    cleo.apply(Intent::SetScheme { account, scheme, mapping, widened }).await;
    bo.until("both accounts to be Bo’s", async || {
        let rows = bo.app.accounts().await.ok()?.into_iter();
        let own = rows.filter(|it| it.admin && it.scheme == SchemeId::OwnerLed).count();
        (own == 2).then_some(())
    })
    .await;
    account.to_string()
}
