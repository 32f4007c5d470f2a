//! The sample data tells what it promises, and nothing breaks a rule on the way.

mod support;

use std::sync::Arc;

use muster_domain::{Choice, DeviceId, MemberState, Row, Standpoint, Timestamp};
use muster_server::clock::ManualClock;
use muster_server::demo::{self, DemoError, Scale};
use support::{Person, World, some_id};

#[tokio::test]
async fn the_sample_agency_has_what_a_tour_needs() {
    let world = World::start().await;
    let scale = Scale { workspaces: 12, people: 300 };
    demo::fill(world.running().app(), scale, support::BEGIN).expect("a story");
    for it in demo::SIGN_INS {
        let device = some_id(DeviceId::from_bytes);
        world.sign_in(it.address, demo::PASSWORD, device).await.expect(it.address);
    }
    let device = some_id(DeviceId::from_bytes);
    let session = world.sign_in("nora@larch.example", demo::PASSWORD, device).await.expect("in");
    let nora = Person::new(session, device);
    let seen = nora.exchange_all(&world).await;
    let count = |is_it: &dyn Fn(&Row) -> bool| seen.iter().filter(|it| is_it(it)).count();
    assert_eq!(count(&|it| matches!(it, Row::Workspace(_))), 13);
    let member = |state| move |it: &Row| matches!(it, Row::Membership(it) if it.state == state);
    assert!(count(&member(MemberState::Active)) > 250);
    assert!(count(&member(MemberState::Suspended)) > 0);
    assert!(count(&member(MemberState::Removed)) > 0);
    assert!(count(&member(MemberState::Left)) > 0);
    let open = |it: &Row| matches!(it, Row::Invitation(it) if it.is_open(support::BEGIN));
    assert!(count(&open) > 0);
    let expired = |it: &Row| {
        matches!(it, Row::Invitation(it)
            if it.state == muster_domain::InvitationState::Open && !it.is_open(support::BEGIN))
    };
    assert!(count(&expired) > 0);
    let reviews: Vec<_> = seen
        .iter()
        .filter_map(|it| match it {
            Row::Review(it) => Some((it.id, it.closed.is_some())),
            _ => None,
        })
        .collect();
    let lines = |of| {
        let of_it = move |it: &&Row| matches!(it, Row::ReviewLine(it) if it.review == of);
        seen.iter().filter(of_it).filter_map(|it| match it {
            Row::ReviewLine(it) => Some(it.standpoint()),
            _ => None,
        })
    };
    let closed = reviews.iter().find(|it| it.1).expect("a closed review").0;
    let decided = |choice| lines(closed).filter(|it| *it == Standpoint::Agreed(choice)).count();
    assert!(decided(Choice::Keep) > 5);
    assert_eq!(decided(Choice::Remove), 2);
    assert_eq!(lines(closed).filter(|it| *it == Standpoint::Undecided).count(), 0);
    let open = reviews.iter().find(|it| !it.1).expect("an open review").0;
    assert_eq!(lines(open).filter(|it| *it == Standpoint::Disputed).count(), 1);
    assert!(lines(open).filter(|it| *it == Standpoint::Undecided).count() > 5);
    let reviewed_before = |it: &&Row| matches!(it, Row::ReviewLine(it) if it.last.is_some());
    assert!(seen.iter().filter(reviewed_before).count() > 5, "the next one knows of the last");
    let people: std::collections::HashSet<_> = seen
        .iter()
        .filter_map(|it| match it {
            Row::Membership(it) => Some(it.login),
            _ => None,
        })
        .collect();
    // The freelancer is one more.
    assert_eq!(people.len(), scale.people + 1);
}

#[test]
fn the_sample_data_is_the_same_every_time_and_only_for_an_empty_folder() {
    let fill = || {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ManualClock::at(Timestamp(0)));
        let app = muster_server::serve::open(folder.path(), clock, "demo".to_owned()).expect("it");
        let scale = Scale { workspaces: 3, people: 40 };
        demo::fill(&app, scale, support::BEGIN).expect("a story");
        let again = demo::fill(&app, scale, support::BEGIN);
        assert!(matches!(again, Err(DemoError::NotEmpty)));
        let store = app.store.read().expect("a snapshot");
        let mut tails = Vec::new();
        for account in store.accounts().expect("accounts") {
            for chain in store.chains(account).expect("chains") {
                muster_server::history::verified(&*store, chain).expect("a whole chain");
                tails.push(store.chain_tail(chain).expect("a tail"));
            }
        }
        tails
    };
    assert_eq!(fill(), fill());
}
