//! Who can be chosen while a change waits: the pending state is part of every list.

use muster_client::view::{Intent, PersonPick, Submitted};
use muster_domain::{AccountId, MemberState, MembershipId, Plan, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::people::{Person, everybody};
use crate::{account_of, enters, founder, joins, workspace};

/// Takes somebody out of a workspace without a connection.
async fn remove_unsent(person: &Person, place: WorkspaceId, name: &str) -> MembershipId {
    let member = person.member(place, name).await.id;
    let remove = Intent::Remove { workspace: place, member, reason: None };
    let submitted = person.app.submit(remove).await.expect("submits");
    assert!(matches!(submitted, Submitted::Queued { .. }), "{submitted:?}");
    member
}

async fn picks(person: &Person, account: AccountId) -> Vec<PersonPick> {
    person.app.account_people(account, String::new()).await.expect("the people")
}

fn pick<'a>(picks: &'a [PersonPick], name: &str) -> Option<&'a PersonPick> {
    picks.iter().find(|it| it.name == name)
}

#[tokio::test(flavor = "multi_thread")]
async fn e46_e45_who_is_removed_but_unsent_stays_listed_and_is_offered_by_no_picker() {
    let mut server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let second = workspace(&nora, "Second", Plan::Pro).await;
    let _tomas = joins(&server, &nora, first, "Tomas", Role::ChatUser).await;
    let lena = joins(&server, &nora, first, "Lena", Role::ChatUser).await;
    let link = nora.invite(second, "Lena", Role::AgentManager).await;
    lena.app.invitation_accept(link).await.expect("Lena is meant");
    enters(&lena, second).await;
    let elsewhere = nora.member(second, "Lena").await.id;

    server.kill();
    remove_unsent(&nora, first, "Tomas").await;
    let left = remove_unsent(&nora, first, "Lena").await;
    let page = nora.app.members(everybody(first)).await.expect("the roster");
    let removed: Vec<_> = page
        .rows
        .iter()
        .filter(|row| row.state == MemberState::Removed)
        .map(|row| (row.name.as_str(), row.state_was))
        .collect();
    let was = Some(MemberState::Active);
    assert_eq!(removed, [("Lena", was), ("Tomas", was)], "E-45: listed until it is sent");

    let offered = picks(&nora, account).await;
    assert_eq!(pick(&offered, "Tomas"), None, "Tomas is on the way out of the account");
    let person = pick(&offered, "Lena").expect("Lena stays in the account").person;
    assert_eq!(person, elsewhere, "named by the membership that she keeps, not {left}");

    server.restart();
    nora.all_sent().await;
    let offered = picks(&nora, account).await;
    assert_eq!(pick(&offered, "Tomas"), None);
    assert_eq!(pick(&offered, "Lena").map(|it| it.person), Some(elsewhere));
}
