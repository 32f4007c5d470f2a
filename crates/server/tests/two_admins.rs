//! An account whose end takes two Account Admins (E-14).

mod support;

use muster_domain::{AccountId, Command, Deletion, RefusalCode, Role, SchemeId};
use muster_server::due;
use support::{Person, World};

const DAY: i64 = 86_400_000;

async fn deletion(person: &Person, world: &World) -> Option<Deletion> {
    let accounts = person.everything(world).await.accounts;
    accounts.into_iter().next().expect("an account").deletion
}

async fn refusal(person: &mut Person, world: &World, command: &Command) -> RefusalCode {
    let outcome = person.command(world, command).await;
    outcome.refusal.unwrap_or_else(|| panic!("{command:?} was not refused")).code
}

fn two_for_the_end(account: AccountId) -> Command {
    Command::SetPolicy {
        account,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: None,
        second_admin: Some(true),
        name_days: None,
    }
}

#[tokio::test]
async fn e14_an_account_that_wants_two_admins_is_not_deleted_by_one() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let first = nora.home(&world).await;
    let (_, code) = nora.invite(&world, first, "theo@larch.example", Role::ChatUser).await;
    let mut theo = world.invited("Theo", "theo@larch.example", &code).await;
    let person = nora.member(&world, first, &theo.login).await.id;
    let (account, title) = (nora.account(&world).await, "Nora".to_owned());
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    nora.apply(&world, &two_for_the_end(account)).await;
    let (now, later) = (
        Command::DeleteAccount { account, title: title.clone() },
        Command::ScheduleDeletion { account, title, days: 2 },
    );
    assert_eq!(refusal(&mut nora, &world, &now).await, RefusalCode::SecondAdmin);
    nora.apply(&world, &later).await;
    let confirm = Command::ConfirmDeletion { account };
    assert_eq!(refusal(&mut nora, &world, &confirm).await, RefusalCode::SecondAdmin);
    world.clock.advance(2 * DAY);
    assert_eq!(due::now(world.running().app()).expect("done"), 1);
    assert_eq!(deletion(&nora, &world).await, None, "without the second yes it is off");

    nora.apply(&world, &later).await;
    theo.apply(&world, &confirm).await;
    let set = deletion(&nora, &world).await.expect("still set");
    assert!(set.confirmed && set.login == Some(nora.login.id));
    world.clock.advance(2 * DAY);
    assert_eq!(due::now(world.running().app()).expect("done"), 1);
    assert_eq!(nora.everything(&world).await.accounts, []);
}
