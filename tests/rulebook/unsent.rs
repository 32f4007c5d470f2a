//! What is taken back before it is sent, and how long a copy opens without a server
//! (E-31, E-44).

use muster_client::view::{HistoryQuery, Intent};
use muster_domain::{Plan, Role, SchemeId};

use crate::people::server::Server;
use crate::people::team::{offline, online};
use crate::people::{Person, address, invitation};
use crate::{account_of, enters, founder, joins, loses, workspace};

/// Whom the server wrote an invitation down for, as far as somebody may read it.
async fn invited(person: &Person) -> Vec<String> {
    let everything = HistoryQuery {
        workspace: None,
        account: None,
        text: String::new(),
        who: None,
        about: None,
        kinds: vec!["invitation.sent".into()],
        from: None,
        to: None,
        before: None,
        limit: 100,
    };
    let page = person.app.history(everything).await.expect("the history");
    page.rows.into_iter().map(|row| row.subject).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn e44_who_is_invited_and_taken_back_offline_is_never_heard_of() {
    let mut server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let place = workspace(&nora, "Second", Plan::Pro).await;
    server.kill();
    offline(&nora).await;
    for name in ["Bo", "Cy"] {
        let result = nora.app.invite(invitation(place, name, Role::ChatUser)).await;
        let result = result.expect("makes a draft");
        assert_eq!((result.sent, result.drafted), (0, 1), "{result:?}");
    }
    let drafts = nora.app.drafts().await.expect("the drafts");
    let of = |name: &str| drafts.iter().find(|it| it.address == address(name)).expect("is kept").n;
    let (taken_back, kept) = (of("Bo"), of("Cy"));
    nora.app.draft_remove(taken_back).await.expect("is taken back");
    let pending = nora.app.pending().await.expect("the page");
    assert_eq!((pending.not_sent.len(), pending.refused.len()), (0, 0), "{pending:?}");

    server.restart();
    online(&nora).await;
    let result = nora.app.drafts_send(vec![taken_back, kept]).await.expect("is sent");
    assert_eq!((result.sent, result.refused.len()), (1, 0), "{result:?}");
    let names = nora
        .until("the history of it", async || {
            let names = invited(&nora).await;
            (!names.is_empty()).then_some(names)
        })
        .await;
    assert_eq!(names, [address("Cy")], "E-44");
    let page = nora.app.invitations(place, 0, 10).await.expect("the list");
    let addresses: Vec<_> = page.rows.iter().map(|row| row.address.clone()).collect();
    assert_eq!(addresses, [address("Cy")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn e31_r15_without_a_lease_nobody_opens_a_copy_when_the_server_cannot_be_asked() {
    let mut server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let account = account_of(&nora).await;
    let first = nora.first_workspace().await.id;
    let open = joins(&server, &nora, first, "Open", Role::AgentManager).await;
    let shut = joins(&server, &nora, first, "Shut", Role::AgentManager).await;
    let page = nora.app.account(account).await.expect("the page");
    assert_eq!(page.lease_days, 7, "E-31: unless it says otherwise");
    open.app.end().await;
    let policy = Intent::SetPolicy {
        account,
        invitation_days: page.invitation_days,
        lease_days: 0,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days: None,
    };
    nora.apply(policy).await;
    shut.until("the new lease", async || {
        let page = shut.app.account(account).await.ok()?;
        (page.lease_days == 0).then_some(())
    })
    .await;
    let gone = nora.member(first, "Open").await.id;
    nora.apply(Intent::Remove { workspace: first, member: gone, reason: None }).await;
    server.kill();

    // Seven days: the removed person's copy opens, and nobody could tell it otherwise.
    let open = open.restart().await;
    open.app.app_state().await.expect("starts");
    assert_eq!(open.first_workspace().await.id, first);
    // None: it does not, whoever one is.
    let shut = shut.restart().await;
    shut.app.app_state().await.expect("starts");
    assert!(shut.app.workspace(first).await.is_err(), "no lease, no copy");

    // The next contact lets the one in again and takes from the other what is not theirs.
    server.restart();
    enters(&shut, first).await;
    loses(&open, first).await;
}
