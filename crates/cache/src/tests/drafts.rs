//! Drafts of invitations (R14), and unsent work that takes itself back (E-44).

use muster_domain::{
    Command, Decision, InvitationId, MembershipId, RefusalCode, Role, RoleSet, Row,
};
use muster_protocol::{Accounts, Say};

use super::world::*;
use crate::{Cancelled, EntryState, Label, Submission, Undone};

fn invitation_id(number: u8) -> InvitationId {
    InvitationId::from_bytes([number; 16])
}

fn invite(number: u8, address: &str) -> Command {
    Command::CreateInvitation {
        workspace: ws(1),
        invitation: invitation_id(number),
        address: muster_domain::Address::parse(address).expect("an address"),
        person: None,
        roles: RoleSet::of(&[Role::ChatUser]),
        message: None,
    }
}

fn revoke(number: u8) -> Command {
    Command::RevokeInvitation { workspace: ws(1), invitation: invitation_id(number) }
}

fn label(address: &str) -> Label {
    Label { workspace_name: "Northwind".to_owned(), person: Some(address.to_owned()), object: None }
}

fn draft(world: &World, number: u8, address: &str) -> u64 {
    let one = [(invite(number, address), label(address))];
    world.cache.add_drafts(&one, NOW).expect("is kept")[0]
}

fn addresses(world: &World) -> Vec<String> {
    let drafts = world.cache.drafts(None).expect("reads");
    drafts.into_iter().filter_map(|draft| draft.address).collect()
}

fn submit(world: &World, command: &Command) -> Submission {
    world.cache.submit(command, NOW, Label::default()).expect("answers")
}

fn invited(world: &World) -> u32 {
    world.cache.invitations(ws(1), 0, 9).expect("reads").0
}

#[test]
fn r14_drafts_wait_until_somebody_sends_them() {
    let world = World::northwind();
    draft(&world, 40, "cy@client.example");
    draft(&world, 41, "di@client.example");
    assert_eq!((invited(&world), world.request().1.len()), (0, 0), "nothing leaves by itself");
    let world = world.restart();
    assert_eq!(addresses(&world), ["cy@client.example", "di@client.example"]);
    let ids: Vec<u64> =
        world.cache.drafts(Some(ws(1))).expect("reads").iter().map(|it| it.id).collect();
    let sent = world.cache.send_drafts(&ids, NOW).expect("sends");
    assert!(sent.iter().all(|(_, it)| it.n.is_some()), "{sent:?}");
    assert_eq!((invited(&world), world.request().1.len()), (2, 2));
    assert_eq!(world.cache.draft_count().expect("reads"), 0);
    assert_eq!(world.cache.send_drafts(&ids, NOW).expect("sends"), [], "not a second time");
}

#[test]
fn r14_a_second_draft_to_the_same_address_takes_the_place_of_the_first() {
    let world = World::northwind();
    let first = draft(&world, 40, "cy@client.example");
    assert_eq!(draft(&world, 41, "cy@client.example"), first);
    assert_eq!(addresses(&world), ["cy@client.example"]);
}

#[test]
fn r14_what_is_refused_at_sending_stays_a_draft() {
    let world = World::northwind();
    let known = draft(&world, 40, "person1@client.example");
    let fine = draft(&world, 41, "di@client.example");
    let sent = world.cache.send_drafts(&[known, fine], NOW).expect("sends");
    match &sent[0].1.decision {
        Decision::Refuse(refusal) => assert_eq!(refusal.code, RefusalCode::MemberExists),
        other => panic!("a member is not invited: {other:?}"),
    }
    assert!(sent[1].1.n.is_some());
    assert_eq!(addresses(&world), ["person1@client.example"]);
}

#[test]
fn r14_a_draft_that_was_taken_away_can_be_brought_back() {
    let world = World::northwind();
    let id = draft(&world, 40, "cy@client.example");
    assert_eq!(world.cache.remove_drafts(&[id, 99], NOW).expect("writes"), 1);
    assert_eq!(addresses(&world), Vec::<String>::new());
    assert_eq!(world.cache.restore_draft(id).expect("writes"), Undone::Done);
    assert_eq!(addresses(&world), ["cy@client.example"]);
    world.cache.remove_drafts(&[id], NOW).expect("writes");
    draft(&world, 41, "cy@client.example");
    assert_eq!(world.cache.restore_draft(id).expect("writes"), Undone::TooLate, "one to each");
}

#[test]
fn r10_a_draft_for_a_lost_workspace_names_nobody() {
    let world = World::northwind();
    draft(&world, 40, "canary@client.example");
    let nothing = vec![Say::Grants { all: vec![] }, Say::Accounts(Accounts::default())];
    world.apply(answer(1, 12, nothing));
    let left = world.cache.drafts(None).expect("reads").pop().expect("stays until it is seen");
    assert_eq!((left.address, left.command, left.label.person), (None, None, None));
    assert_eq!(left.label.workspace_name, "Northwind");
    assert_eq!(world.cache.send_drafts(&[left.id], NOW).expect("sends"), []);
    assert_eq!(world.cache.remove_drafts(&[left.id], NOW).expect("writes"), 1);
}

#[test]
fn e44_an_invitation_and_its_removal_cancel_out_and_nothing_is_sent() {
    let world = World::northwind();
    let n = submit(&world, &invite(40, "cy@client.example")).n.expect("is kept");
    assert_eq!(invited(&world), 1);
    assert_eq!(world.cache.cancels(&revoke(40)).expect("reads"), Some(Cancelled::Command(n)));
    let both = submit(&world, &revoke(40));
    assert_eq!((both.n, both.cancelled), (None, Some(Cancelled::Command(n))));
    assert_eq!(invited(&world), 0, "it is taken back everywhere");
    assert_eq!(world.cache.counts().expect("reads").not_sent, 0);
    let world = world.restart();
    assert_eq!((invited(&world), world.request().1.len()), (0, 0));
}

#[test]
fn e44_a_draft_and_its_removal_cancel_out() {
    let world = World::northwind();
    let id = draft(&world, 40, "cy@client.example");
    let both = submit(&world, &revoke(40));
    assert_eq!((both.n, both.cancelled), (None, Some(Cancelled::Draft(id))));
    assert_eq!((addresses(&world).len(), world.request().1.len()), (0, 0));
}

#[test]
fn e44_what_may_have_reached_the_server_is_not_taken_back_by_forgetting() {
    let world = World::northwind();
    submit(&world, &invite(40, "cy@client.example"));
    assert_eq!(world.request().1.len(), 1);
    assert_eq!(world.cache.cancels(&revoke(40)).expect("reads"), None);
    let removal = submit(&world, &revoke(40));
    assert_eq!(removal.cancelled, None);
    assert!(removal.n.is_some(), "the server has to be told");
    assert_eq!(world.request().1.len(), 2);
}

#[test]
fn e44_an_undone_pair_is_there_again() {
    let world = World::northwind();
    let n = submit(&world, &invite(40, "cy@client.example")).n.expect("is kept");
    let later = Command::SetInvitationRoles {
        workspace: ws(1),
        invitation: invitation_id(40),
        roles: RoleSet::of(&[Role::ContentManager]),
    };
    let second = submit(&world, &later).n.expect("is kept");
    submit(&world, &revoke(40));
    let state = |n| world.cache.entry(n).expect("reads").expect("is there").state;
    assert_eq!((state(n), state(second)), (EntryState::Undone, EntryState::Undone));
    assert_eq!(world.cache.redo(n).expect("writes"), Undone::Done);
    assert_eq!((state(n), state(second)), (EntryState::Waiting, EntryState::Waiting));
    let (_, shown) = world.cache.invitations(ws(1), 0, 9).expect("reads");
    assert_eq!(shown[0].roles, RoleSet::of(&[Role::ContentManager]), "with what built on it");
    assert_eq!(world.cache.redo(n).expect("writes"), Undone::TooLate);
}

#[test]
fn e44_who_was_added_and_removed_again_is_never_sent() {
    let world = World::northwind();
    let all = vec![grant(ws(1)), grant(ws(2))];
    let dora = member(ws(2), 9, "Dora Díaz");
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(2), "Southwind"))),
        stamped(10, Row::Membership(dora.clone())),
    ];
    world.apply(answer(1, 10, vec![Say::Grants { all }, accounts(), chunk(ws(2), rows)]));
    let membership = MembershipId::from_bytes([44; 16]);
    let added = submit(
        &world,
        &Command::AddMember {
            workspace: ws(1),
            membership,
            person: dora.id,
            roles: RoleSet::of(&[Role::ChatUser]),
        },
    );
    let Some(n) = added.n else { panic!("an admin may add: {:?}", added.decision) };
    let places = || {
        let found = world.cache.person_places(dora.login).expect("reads");
        found.expect("is there").places.len()
    };
    assert_eq!(places(), 2);
    let removal = Command::RemoveMember { workspace: ws(1), membership, reason: None };
    assert_eq!(submit(&world, &removal).cancelled, Some(Cancelled::Command(n)));
    assert_eq!((places(), world.request().1.len()), (1, 0));
}

#[test]
fn e44_a_pair_in_one_batch_leaves_the_others() {
    let world = World::northwind();
    let commands = [
        (suspend(1), Label::default()),
        (invite(40, "cy@client.example"), Label::default()),
        (suspend(2), Label::default()),
        (revoke(40), Label::default()),
        (suspend(3), Label::default()),
    ];
    let submissions = world.cache.submit_all(&commands, NOW).expect("answers");
    assert!(submissions[3].cancelled.is_some());
    assert_eq!(world.cache.counts().expect("reads").not_sent, 3);
    for number in 1..=3 {
        let state = world.member(number).member.state;
        assert_eq!(state, muster_domain::MemberState::Suspended, "of {number}");
    }
    assert_eq!(invited(&world), 0);
}
