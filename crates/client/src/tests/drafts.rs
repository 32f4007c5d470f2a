//! Invitations made without a connection (E-44, R14).

use muster_domain::{Role, RoleSet, Row};

use super::world::{NORTHWIND, NOW, World, address, agency, code, member, roles, text};
use crate::drafts::list;
use crate::invitations::begin;
use crate::view::{InviteRequest, InviteResult, Invitee, Verdict};

fn request(people: &[&str], held: RoleSet) -> InviteRequest {
    let person = |address: &&str| Invitee { address: (*address).to_owned(), name: None };
    InviteRequest {
        workspace: NORTHWIND,
        people: people.iter().map(person).collect(),
        roles: held,
        message: Some("welcome".to_owned()),
    }
}

fn invited(world: &World, people: &[&str]) -> InviteResult {
    let request = request(people, roles(&[Role::ChatUser]));
    begin(&world.offline(), &request).expect("an answer").drafted().expect("drafts")
}

#[test]
fn e44_inviting_offline_makes_drafts_and_sends_nothing() {
    let world = agency().heard();
    let result = invited(&world, &["zoe@client.example", "yan@client.example"]);
    assert_eq!((result.drafted, result.sent, result.refused.len()), (2, 0, 0));
    assert!(world.cache.pending().expect("reads").is_empty(), "nothing waits for the server");
    let rows = list(&world.offline()).expect("drafts");
    let addresses: Vec<&str> = rows.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["zoe@client.example", "yan@client.example"]);
    assert_eq!(rows[0].workspace_name, "Northwind");
    assert_eq!(rows[0].roles, roles(&[Role::ChatUser]));
    assert!(matches!(rows[0].verdict, Verdict::NeedsConnection { .. }), "{:?}", rows[0].verdict);
}

#[test]
fn e44_what_the_rules_refuse_becomes_no_draft() {
    let world = agency().heard();
    let here = address(3).to_string();
    let result = invited(&world, &["zoe@client.example", &here]);
    assert_eq!(result.drafted, 1);
    assert_eq!(result.refused[0].address, here);
    assert_eq!(result.refused[0].reason.code.key(), "member.exists");
}

#[test]
fn e44_drafts_are_looked_at_again_with_the_verdicts_of_then() {
    let mut told = agency();
    let world = told.clone().heard();
    invited(&world, &["person6@client.example", "zoe@client.example"]);
    assert!(list(&world.online()).expect("drafts").iter().all(|it| it.verdict == Verdict::Allowed));
    // Meanwhile somebody else has brought one of them in.
    told.row(Row::Membership(member(NORTHWIND, 6, "Finn", roles(&[Role::ChatUser]))));
    world.hears(&told);
    let rows = list(&world.online()).expect("drafts");
    let [finn, zoe] = rows.as_slice() else { panic!("two drafts: {rows:?}") };
    assert_eq!(code(&finn.verdict), "member.exists");
    assert_eq!(zoe.verdict, Verdict::Allowed);
}

#[test]
fn e44_a_draft_that_was_sent_or_taken_away_is_no_draft_any_more() {
    let world = agency().heard();
    invited(&world, &["zoe@client.example", "yan@client.example"]);
    let ids: Vec<u64> = world.cache.drafts(None).expect("drafts").iter().map(|it| it.id).collect();
    assert_eq!(world.cache.remove_drafts(&ids[..1], NOW).expect("is removed"), 1);
    world.cache.send_drafts(&ids[1..], NOW).expect("goes");
    assert!(list(&world.online()).expect("drafts").is_empty());
    assert_eq!(world.cache.pending().expect("reads").len(), 1);
}

#[test]
fn e44_a_second_draft_to_an_address_takes_the_place_of_the_first() {
    let world = agency().heard();
    invited(&world, &["zoe@client.example"]);
    invited(&world, &["ZOE@client.example"]);
    assert_eq!(list(&world.offline()).expect("drafts").len(), 1);
}

#[test]
fn e44_a_draft_that_is_refused_says_why_before_it_is_sent() {
    let world = agency().heard();
    invited(&world, &["zoe@client.example"]);
    // The same address is invited by a connected device: here, as a command that waits.
    let ids: Vec<u64> = world.cache.drafts(None).expect("drafts").iter().map(|it| it.id).collect();
    world.cache.send_drafts(&ids, NOW).expect("goes");
    let request = request(&["zoe@client.example"], roles(&[Role::ContentManager]));
    let refused = begin(&world.offline(), &request).expect("an answer").drafted().expect("drafts");
    assert_eq!(refused.drafted, 0);
    let reason = Verdict::Refused { reason: refused.refused[0].reason.clone() };
    assert_eq!(code(&reason), "invite.exists");
    let Verdict::Refused { reason } = &reason else { unreachable!() };
    assert_eq!(text(reason, "address"), "zoe@client.example");
}
