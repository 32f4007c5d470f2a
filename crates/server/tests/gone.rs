//! Who loses a workspace hears how and by whom, and nobody else hears anything (E-53).

mod support;

use muster_domain::{Command, MembershipId, Role, SchemeId};
use muster_protocol::{Ask, Gone, GoneHow, GrantSet, Have, Say};
use support::{Answer, Person, World};

/// Where somebody stands before they lose something.
async fn standing(world: &World, person: &Person) -> Have {
    let answer: Answer = person.everything(world).await;
    Have {
        epoch: Some(answer.epoch),
        cursors: answer.cursors,
        grants: GrantSet::of(&answer.grants.expect("grants")),
        want: Vec::new(),
        logs: Vec::new(),
        budget: 4 << 20,
    }
}

async fn gone(world: &World, person: &Person, have: Have) -> Vec<Gone> {
    let answer = person.exchange(world, &[person.hello(), Ask::Have(have)]).await;
    let frames = answer.frames.into_iter().filter_map(|frame| match frame {
        Say::Gone { all } => Some(all),
        _ => None,
    });
    frames.flatten().collect()
}

#[tokio::test]
async fn e53_a_removed_person_hears_who_removed_them() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "luis@client.example", Role::AgentManager).await;
    let luis = world.invited("Luis", "luis@client.example", &code).await;
    let before = standing(&world, &luis).await;
    assert!(gone(&world, &luis, before.clone()).await.is_empty(), "nothing has happened");

    let membership = nora.member(&world, home, &luis.login).await.id;
    let suspend = Command::SuspendMember { workspace: home, membership, reason: None };
    nora.apply(&world, &suspend).await;
    let told = gone(&world, &luis, before.clone()).await;
    assert_eq!(told.iter().map(|it| it.how).collect::<Vec<_>>(), [GoneHow::Suspended]);
    let resume = Command::ResumeMember { workspace: home, membership };
    nora.apply(&world, &resume).await;
    assert!(gone(&world, &luis, before.clone()).await.is_empty(), "it can be opened again");

    let remove = Command::RemoveMember { workspace: home, membership, reason: None };
    nora.apply(&world, &remove).await;
    let removed = Gone { workspace: home, how: GoneHow::Removed, by: Some("Nora".to_owned()) };
    assert_eq!(gone(&world, &luis, before).await, [removed]);
    let now = standing(&world, &luis).await;
    assert!(gone(&world, &luis, now).await.is_empty(), "told once");
    assert!(gone(&world, &luis, Have::default()).await.is_empty(), "nothing without a place");
}

#[tokio::test]
async fn e53_members_and_admins_hear_who_deleted_it_and_strangers_do_not() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let account = nora.account(&world).await;
    let home = nora.home(&world).await;
    let other = nora.new_workspace(&world, "Other").await;
    let (_, code) = nora.invite(&world, home, "luis@client.example", Role::AgentManager).await;
    let luis = world.invited("Luis", "luis@client.example", &code).await;
    let (_, code) = nora.invite(&world, other, "mei@client.example", Role::ChatUser).await;
    let mei = world.invited("Mei", "mei@client.example", &code).await;
    let person = nora.member(&world, home, &luis.login).await.id;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;

    let (of_luis, of_mei) = (standing(&world, &luis).await, standing(&world, &mei).await);
    nora.apply(&world, &Command::DeleteWorkspace { workspace: other, reason: None }).await;
    let deleted = Gone { workspace: other, how: GoneHow::Deleted, by: Some("Nora".to_owned()) };
    assert_eq!(gone(&world, &mei, of_mei).await, std::slice::from_ref(&deleted));
    assert_eq!(gone(&world, &luis, of_luis).await, [deleted], "by reach");

    // A stranger that names the account in a cursor hears nothing of it.
    let zoe = world.person("Zoe", "zoe@zoe.example", SchemeId::OwnerLed).await;
    let mut of_zoe = standing(&world, &zoe).await;
    of_zoe.grants = GrantSet::default();
    of_zoe.cursors.push(muster_protocol::Cursor { account, seq: 0 });
    assert!(gone(&world, &zoe, of_zoe).await.is_empty());
}

#[tokio::test]
async fn e53_who_is_no_longer_account_admin_and_who_left_hear_that() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let account = nora.account(&world).await;
    let home = nora.home(&world).await;
    let other = nora.new_workspace(&world, "Other").await;
    let (_, code) = nora.invite(&world, home, "luis@client.example", Role::AgentManager).await;
    let mut luis = world.invited("Luis", "luis@client.example", &code).await;
    let person: MembershipId = nora.member(&world, home, &luis.login).await.id;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    let before = standing(&world, &luis).await;
    nora.apply(&world, &Command::RemoveAdmin { account, login: luis.login.id }).await;
    let told = gone(&world, &luis, before).await;
    let admin = Gone { workspace: other, how: GoneHow::Admin, by: None };
    assert_eq!(told, [admin], "the membership at home stays");
    let late = nora.new_workspace(&world, "Late").await;
    let before = standing(&world, &luis).await;
    luis.apply(&world, &Command::LeaveWorkspace { workspace: home }).await;
    let told = gone(&world, &luis, before).await;
    assert_eq!(
        told.iter().map(|it| (it.workspace, it.how)).collect::<Vec<_>>(),
        [(home, GoneHow::Left)]
    );
    assert!(told.iter().all(|it| it.workspace != late));
}
