//! Manage Account in the window: admins, policies, and the end of an account.

use fantoccini::key::Key;
use muster_domain::{Role, SchemeId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::input::Held;
use crate::rig::window::Window;
use crate::{account_of, founder, joins, loses, picture, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn v17_v18_v19_v33_v42_v43_e15_e16_manage_account_from_a_second_admin_to_its_end() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let first = nora.first_workspace().await.id;
    let tomas = joins(&server, &nora, first, "Tomas", Role::AgentManager).await;
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Nora").await;

    open_account(&window).await;
    second_admin(&window, &tomas).await;
    policies(&window, &nora).await;
    unmake_the_second(&window, &tomas).await;
    schedule_and_withdraw(&window, &nora).await;
    delete_now(&window).await;
    loses(&tomas, first).await;
    window.close().await;
}

async fn open_account(window: &Window) {
    window.press(&[Held::Control], ',').await;
    window.find("heading", "Manage Account").await;
    window.wait_for_text("Nora Agency").await;
    picture(window, "manage-account").await;
    window.choose("link", "Nora Agency").await;
    window.find("heading", "1 Account Admin").await;
}

/// V-17, V-18: since when and by whom; made by name, at once.
async fn second_admin(window: &Window, tomas: &Person) {
    window.choose("button", "Add…").await;
    window.find_id("dialog").await;
    window.write("Find by name or email", "tom").await;
    window.pick("Tomas").await;
    window.choose("button", "Make Tomas Account Admin").await;
    window.find("heading", "2 Account Admins").await;
    window.wait_for_text("made by Nora").await;
    window.wait_until_no("button", "Make Tomas Account Admin").await;
    account_of(tomas).await;
    picture(window, "account").await;
}

async fn policies(window: &Window, nora: &Person) {
    window.write("Invitations stay open (days)", "99").await;
    window.choose("button", "Save policies").await;
    window.wait_for_text("A number from 1 to 30").await;
    window.write("Invitations stay open (days)", "3").await;
    window.choose("button", "Save policies").await;
    window.wait_for_text("Policies of Nora Agency saved").await;
    let account = account_of(nora).await;
    nora.until("the policy on the second device", async || {
        let page = nora.app.account(account).await.ok()?;
        (page.invitation_days == 3).then_some(())
    })
    .await;
}

async fn unmake_the_second(window: &Window, tomas: &Person) {
    window.choose_in("Tomas", "button", "Remove Tomas…").await;
    window.find_id("dialog").await;
    window.choose("button", "Remove Tomas").await;
    window.find("heading", "1 Account Admin").await;
    tomas
        .until("the account to close", async || {
            let rows = tomas.app.accounts().await.ok()?;
            rows.iter().all(|row| !row.admin).then_some(())
        })
        .await;
}

/// E-16: whom it touches, a day in the future, and any admin can take it back.
async fn schedule_and_withdraw(window: &Window, nora: &Person) {
    window.choose("link", "Delete account…").await;
    window.find("heading", "Delete Nora Agency").await;
    window.wait_for_text("people lose access at once").await;
    picture(window, "delete-account").await;
    window.write("Type Nora Agency", "Nora").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("That isn’t the account’s name.").await;
    window.write("Type Nora Agency", "Nora Agency").await;
    window.press(&[], Key::Enter).await;
    window.wait_for_text("will be deleted for ever on").await;
    window.choose("button", "Withdraw the deletion").await;
    window.wait_until_no("button", "Withdraw the deletion").await;
    let account = account_of(nora).await;
    nora.until("the deletion to be withdrawn", async || {
        nora.app.account(account).await.ok()?.deletion.is_none().then_some(())
    })
    .await;
}

/// E-15: at once, with the name typed, and nobody is left inside.
async fn delete_now(window: &Window) {
    window.choose("link", "Delete account…").await;
    window.find("heading", "Delete Nora Agency").await;
    window.pick("Delete now").await;
    window.write("Type Nora Agency", "Nora Agency").await;
    window.choose("button", "Delete Nora Agency for ever").await;
    window.wait_for_text("You’re not in any workspace yet.").await;
}
