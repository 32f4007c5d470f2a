//! Answers of the server: grants, chunks, epochs, cuts.

use muster_domain::{Known, Lookup, MemberState, Role, Row, SchemeId};
use muster_protocol::{Accounts, After, Grant, GrantSet, Say};

use super::world::*;
use crate::{CacheError, Loading, MemberWindowQuery, WorkspaceQuery};

#[test]
fn an_answer_without_its_end_is_not_applied() {
    let world = World::northwind();
    let mut cut = answer(
        1,
        11,
        vec![Say::Rows { rows: vec![stamped(11, Row::Membership(member(ws(1), 9, "Cut Off")))] }],
    );
    cut.pop();
    assert!(matches!(world.cache.apply(&cut, NOW), Err(CacheError::CutOff)));
    assert!(matches!(world.cache.apply(&[], NOW), Err(CacheError::CutOff)));
    assert!(world.cache.member(mid(9)).expect("reads").is_none());
}

#[test]
fn r10_rows_outside_the_grants_do_not_get_in() {
    let world = World::northwind();
    let mut foreign = member(ws(2), 8, "Foreign Person");
    foreign.workspace = ws(2);
    let stray = stamped(12, Row::Membership(foreign.clone()));
    world.apply(answer(
        1,
        12,
        vec![
            Say::Rows { rows: vec![stray.clone()] },
            chunk(ws(2), vec![stray.clone()]),
            chunk(ws(1), vec![stray]),
        ],
    ));
    assert!(world.cache.member(mid(8)).expect("reads").is_none());
}

#[test]
fn a_grant_that_began_anew_is_fetched_anew() {
    let world = World::northwind();
    let coming = |id| world.cache.is_on_its_way(id).expect("reads");
    assert!(!coming(ws(1)), "it is here");
    let again = Grant { grant_seq: 2, ..grant(ws(1)) };
    world.apply(answer(1, 20, vec![Say::Grants { all: vec![again] }]));
    assert!(world.cache.member(mid(1)).expect("reads").is_none(), "the old copy is gone");
    assert!(coming(ws(1)), "but the workspace is not");
    assert!(!coming(ws(9)), "nothing is known of it");
    let (have, _) = world.request();
    assert_eq!(have.want.len(), 1);
    assert_eq!((have.want[0].workspace, have.want[0].after), (ws(1), None));
    assert_eq!(have.grants, GrantSet::of(&[again]));
    // A chunk that was on its way under the old grant is not taken.
    world.apply(answer(1, 20, vec![accounts(), chunk(ws(1), northwind_rows())]));
    assert!(world.cache.member(mid(1)).expect("reads").is_none());
}

#[test]
fn chunks_resume_where_they_stopped() {
    let world = World::empty();
    let mut rows = northwind_rows();
    let rest = rows.split_off(2);
    world.apply(answer(
        1,
        10,
        vec![
            Say::Grants { all: vec![grant(ws(1)), grant(ws(2))] },
            accounts(),
            part(ws(1), rows, Some(After::Member(mid(1)))),
        ],
    ));
    assert_eq!(world.cache.loading().expect("reads"), Some(Loading { done: 0, total: 2 }));
    let world = world.restart();
    let (have, _) = world.request();
    assert_eq!(have.want[0].workspace, ws(1), "what has begun comes first");
    assert_eq!(have.want[0].after, Some(After::Member(mid(1))));
    assert_eq!(have.want[1].after, None);
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("its name is here");
    assert_eq!((entry.whole, entry.people), (false, None));
    // A change of what has arrived comes with the changes, and an older chunk row loses.
    let newer = stamped(15, Row::Membership(member(ws(1), 2, "Bea Renamed")));
    world.apply(answer(1, 15, vec![Say::Rows { rows: vec![newer] }, chunk(ws(1), rest)]));
    assert_eq!(world.member(2).member.name, "Bea Renamed");
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!((entry.whole, entry.people), (true, Some(3)));
    assert_eq!(world.request().0.want.len(), 1);
}

#[test]
fn a_part_that_was_asked_for_under_an_earlier_grant_is_not_taken_for_the_beginning() {
    let world = World::empty();
    let mut rows = northwind_rows();
    let rest = rows.split_off(2);
    let before = Grant { grant_seq: 0, ..grant(ws(1)) };
    let Say::Chunk { workspace, view, as_of, .. } = part(ws(1), vec![], None) else { panic!() };
    let next = Some(After::Member(mid(1)));
    let begun = Say::Chunk { workspace, view, grant_seq: 0, as_of, rows: rows.clone(), next };
    world.apply(answer(1, 10, vec![Say::Grants { all: vec![before] }, accounts(), begun]));
    assert_eq!(world.request().0.want[0].after, next);
    // The answer to that: access ended and began again meanwhile.
    let all = vec![grant(ws(1))];
    let done = world.apply(answer(
        1,
        12,
        vec![Say::Grants { all }, accounts(), chunk(ws(1), rest.clone())],
    ));
    assert!(done.more, "the rest is asked for at once");
    assert_eq!(world.cache.loading().expect("reads"), Some(Loading { done: 0, total: 1 }));
    assert_eq!(world.request().0.want[0].after, None, "from the beginning");
    world.apply(answer(1, 12, vec![chunk(ws(1), [rows, rest].concat())]));
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!((entry.whole, entry.people), (true, Some(3)));
}

#[test]
fn the_open_workspace_is_wanted_first() {
    let world = World::empty();
    let all: Vec<_> = (1..=5).map(|number| grant(ws(number))).collect();
    world.apply(answer(1, 10, vec![Say::Grants { all }, accounts()]));
    world.cache.prefer(ws(4)).expect("writes");
    assert_eq!(world.request().0.want[0].workspace, ws(4));
    assert_eq!(world.cache.last_workspace().expect("reads"), None, "its name is not here yet");
}

#[test]
fn another_epoch_empties_the_mirror_and_keeps_the_outbox() {
    let world = World::northwind();
    world.submit(remove(1));
    world.request();
    let done = world.apply(answer(2, 3, vec![applied(1)]));
    assert!(done.more, "everything is fetched again at once");
    assert_eq!(done.settled.len(), 1, "what the server decided is settled all the same");
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 0);
    let (have, _) = world.request();
    assert_eq!((have.epoch, have.cursors.len(), have.grants.count), (Some(2), 0, 0));

    let world = World::northwind();
    world.submit(remove(1));
    world.apply(answer(2, 3, vec![]));
    assert_eq!(world.cache.counts().expect("reads").not_sent, 1);
    world.apply(answer(2, 3, northwind_frames()));
    assert_eq!(world.member(1).member.state, MemberState::Removed, "replayed over the new copy");
}

#[test]
fn a_view_that_holds_no_members_says_that_it_cannot_know() {
    let world = World::empty();
    let rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
    world.apply(narrow(&[], rows, Accounts { accounts: vec![account()], ..Accounts::default() }));
    let known = world
        .cache
        .read(|mirror| {
            Ok((
                mirror.other_owners(ws(1), Role::WorkspaceAdmin, mid(1))?,
                mirror.seats_taken(ws(1), NOW)?,
                mirror.membership_by_address(ws(1), &me().address)?,
                mirror.open_invitation(ws(1), &me().address, NOW)?,
                mirror.is_account_admin(account_id(), member(ws(1), 1, "x").login)?,
                mirror.is_account_admin(account_id(), me().id)?,
            ))
        })
        .expect("reads");
    assert_eq!(known.0, Known::Unknown);
    assert_eq!(known.1, Known::Unknown);
    assert_eq!(known.2, Known::Unknown);
    assert_eq!(known.3, Known::Unknown);
    assert_eq!(known.4, Known::Unknown);
    assert_eq!(known.5, Known::Known(false), "one's own adminship is always known");
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!((entry.whole, entry.people, entry.owners), (true, None, None));
}

#[test]
fn a_whole_view_knows() {
    let world = World::northwind();
    let rows = vec![
        stamped(11, Row::Invitation(invitation(ws(1), 1, "x@client.example"))),
        stamped(
            11,
            Row::Membership(muster_domain::Membership {
                roles: muster_domain::RoleSet::of(&[Role::WorkspaceAdmin]),
                ..member(ws(1), 1, "Alejandro Ruiz")
            }),
        ),
    ];
    world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    world.submit(remove(2));
    let known = world
        .cache
        .read(|mirror| {
            Ok((
                mirror.seats_taken(ws(1), NOW)?,
                mirror.other_owners(ws(1), Role::WorkspaceAdmin, mid(2))?,
                mirror.other_owners(ws(1), Role::WorkspaceAdmin, mid(1))?,
                mirror.other_workspaces(account_id(), ws(1))?,
                mirror.is_account_admin(account_id(), member(ws(1), 1, "x").login)?,
            ))
        })
        .expect("reads");
    assert_eq!(known.0, Known::Known(3), "two present, one invited; the removal counts here");
    assert_eq!(known.1, Known::Known(1));
    assert_eq!(known.2, Known::Known(0));
    assert_eq!(known.3, Known::Known(0));
    assert_eq!(known.4, Known::Known(false));
    assert_eq!(account().scheme, SchemeId::Managed);
    let window = world.cache.members(&MemberWindowQuery::of(ws(1), 1)).expect("reads");
    assert_eq!(window.owners, 1);
}

#[test]
fn invitations_come_newest_first_without_those_accepted() {
    let world = World::northwind();
    let mut done = invitation(ws(1), 3, "c@client.example");
    done.state = muster_domain::InvitationState::Accepted;
    let mut expired = invitation(ws(1), 2, "b@client.example");
    expired.expires = muster_domain::Timestamp(5);
    let rows = [invitation(ws(1), 1, "a@client.example"), expired, done]
        .map(|it| stamped(11, Row::Invitation(it)))
        .to_vec();
    world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    let (total, page) = world.cache.invitations(ws(1), 0, 10).expect("reads");
    let addresses: Vec<_> = page.iter().map(|it| it.address.as_str()).collect();
    assert_eq!((total, addresses), (2, vec!["a@client.example", "b@client.example"]));
}

#[test]
fn r12_whoever_invited_sees_every_end_of_an_invitation_but_those_they_made() {
    use muster_domain::InvitationState::{Accepted, Declined, Open, Revoked};

    let world = World::northwind();
    let rows = [(1, Accepted), (2, Declined), (3, Revoked), (4, Open)]
        .map(|(n, state)| {
            let mut it = invitation(ws(1), n, &format!("{n}@client.example"));
            it.state = state;
            stamped(11, Row::Invitation(it))
        })
        .to_vec();
    world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    let (total, page) = world.cache.invitations_listed(ws(1), 0, 10).expect("reads");
    let states: Vec<_> = page.iter().map(|it| it.state).collect();
    assert_eq!((total, states), (3, vec![Open, Declined, Accepted]));
    let (total, page) = world.cache.invitations_listed(ws(1), 1, 1).expect("reads");
    assert_eq!((total, page[0].state), (3, Declined), "a page of it");
}
