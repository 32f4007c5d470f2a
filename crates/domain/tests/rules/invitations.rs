//! Invitations from sending to acceptance (R12, E-22..29).

use crate::prelude::*;

const ID: u8 = 1;

/// Ana has invited Bo to [`TEAM`] with these roles.
fn invited(roles: RoleSet) -> World {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &invite(TEAM, ID, address(BO), roles), NOW));
    world
}

fn accept(world: &mut World, days: i64) -> Decision {
    world.accept_at(BO, invitation_id(ID), member_id(TEAM, BO), day(days))
}

#[test]
fn e22_e23_members_and_invited_people_are_not_invited_again() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let again = invite(TEAM, 1, address(BO), one(Role::Write));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::MemberExists);
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(7), one(Role::Read)), NOW));
    let again = invite(TEAM, 2, address(7), one(Role::Read));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::InvitationExists);
    assert_accepted(&world.ask(ANA, &again, day(8)));
}

#[test]
fn e23_sending_again_makes_a_new_link_and_a_new_expiry() {
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.run(ANA, &resend(TEAM, ID), day(5)));
    let invitation = &world.invitations[&invitation_id(ID)];
    assert_eq!((invitation.generation, invitation.sent), (2, day(5)));
    assert_eq!(invitation.expires, day(12));
    assert_accepted(&accept(&mut world, 11));
}

#[test]
fn e22_e23_e26_an_expired_invitation_is_not_sent_beside_another_or_to_a_member() {
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.run(ANA, &invite(TEAM, 2, address(BO), one(Role::Read)), day(8)));
    assert_refused(&world.ask(ANA, &resend(TEAM, ID), day(8)), RefusalCode::InvitationExists);
    assert_accepted(&world.ask(ANA, &resend(TEAM, 2), day(8)));
    let decision = world.accept_at(BO, invitation_id(2), member_id(TEAM, BO), day(9));
    assert_accepted(&decision);
    assert_refused(&world.ask(ANA, &resend(TEAM, ID), day(9)), RefusalCode::MemberExists);
    assert_accepted(&world.ask(ANA, &revoke(TEAM, ID), day(9)));
}

#[test]
fn e23_r2_the_roles_of_an_invitation_change_under_the_same_link() {
    let mut world = invited(one(Role::Read));
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.run(CLEO, &invite_as(TEAM, ID, one(Role::Write)), NOW));
    let invitation = &world.invitations[&invitation_id(ID)];
    assert_eq!((invitation.generation, invitation.roles), (1, one(Role::Write)));
    assert_eq!(invitation.inviter, login_id(CLEO), "who gave the roles stands for them");
    let same = invite_as(TEAM, ID, one(Role::Write));
    assert_eq!(world.ask(CLEO, &same, NOW), Decision::NoOp);
    let raise = invite_as(TEAM, ID, one(Role::Owner));
    assert_refused(&world.ask(CLEO, &raise, NOW), RefusalCode::OwnerOnly);
    assert_accepted(&accept(&mut world, 1));
    assert_eq!(world.member(TEAM, BO).roles, one(Role::Write));
    assert_refused(&world.ask(ANA, &same, NOW), RefusalCode::InvitationGone);
}

#[test]
fn e24_addresses_are_compared_without_case_and_any_verified_one_counts() {
    assert_eq!(Address::parse(" Ana@Example.ORG "), Address::parse("ana@example.org"));
    let mut world = owner_led();
    let other = Address::parse("Bo@Elsewhere.example").expect("fine");
    assert_accepted(&world.run(ANA, &invite(TEAM, ID, other, one(Role::Read)), NOW));
    assert_refused(&accept(&mut world, 0), RefusalCode::WrongPerson);
    let proved = Address::parse("bo@elsewhere.example").expect("fine");
    world.logins.get_mut(&login_id(BO)).expect("asked").verified = vec![proved];
    assert_accepted(&accept(&mut world, 0));
    assert_eq!(world.member(TEAM, BO).address, address(BO), "E-62: shown as they sign in");
}

#[test]
fn r12_e25_e26_only_the_addressed_person_accepts_in_time() {
    let mut world = invited(one(Role::Read));
    let (id, member) = (invitation_id(ID), member_id(TEAM, BO));
    assert_refused(&world.accept(CLEO, id, member), RefusalCode::WrongPerson);
    assert_refused(&world.decline(CLEO, id, NOW), RefusalCode::WrongPerson);
    let late = accept(&mut world, 7);
    assert_refused(&late, RefusalCode::InvitationExpired);
    assert_accepted(&world.accept(BO, id, member));
    assert_eq!(world.members[&member].roles, one(Role::Read));
    assert_refused(&world.accept(BO, id, member_id(TEAM, 200)), RefusalCode::InvitationGone);
}

#[test]
fn r12_a_declined_or_cancelled_invitation_is_gone_until_the_declined_one_is_sent_again() {
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.decline(BO, invitation_id(ID), NOW));
    assert_eq!(world.decline(BO, invitation_id(ID), NOW), Decision::NoOp);
    assert_refused(&accept(&mut world, 0), RefusalCode::InvitationGone);
    // E-23: whoever invited may ask once more, or take it off the list.
    assert_accepted(&world.ask(ANA, &revoke(TEAM, ID), NOW));
    assert_accepted(&world.run(ANA, &resend(TEAM, ID), NOW));
    assert_accepted(&accept(&mut world, 0));
    assert_refused(&world.ask(ANA, &resend(TEAM, ID), NOW), RefusalCode::InvitationGone);
    assert_refused(&world.ask(ANA, &revoke(TEAM, ID), NOW), RefusalCode::InvitationGone);
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.run(ANA, &revoke(TEAM, ID), NOW));
    assert_eq!(world.ask(ANA, &revoke(TEAM, ID), NOW), Decision::NoOp);
    assert_refused(&accept(&mut world, 0), RefusalCode::InvitationGone);
    assert_refused(&world.decline(BO, invitation_id(ID), NOW), RefusalCode::InvitationGone);
}

#[test]
fn r12_the_workspace_is_looked_at_again() {
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.run(ANA, &delete(TEAM), NOW));
    assert_refused(&accept(&mut world, 0), RefusalCode::InvitationGone);
    let mut world = invited(one(Role::Read));
    assert_accepted(&world.run(ANA, &end_plan(TEAM), NOW));
    assert_refused(&accept(&mut world, 0), RefusalCode::PlanOver);
    let mut world = invited(one(Role::Read));
    world.join(TEAM, BO, one(Role::Write));
    let decision = world.accept(BO, invitation_id(ID), member_id(TEAM, 200));
    assert_refused(&decision, RefusalCode::MemberExists);
    let mut world = invited(one(Role::Read));
    world.account_mut(1).status = AccountStatus::Deleted;
    assert_eq!(accept(&mut world, 0), Decision::Hide);
    assert_eq!(world.decline(BO, invitation_id(ID), NOW), Decision::Hide, "V-44");
}

#[test]
fn r12_e27_an_inviter_who_was_removed_or_suspended_opens_no_door_until_somebody_confirms() {
    for leave in [remove(TEAM, CLEO), suspend(TEAM, CLEO)] {
        let mut world = owner_led();
        world.join(TEAM, CLEO, one(Role::Admin));
        let command = invite(TEAM, ID, address(BO), one(Role::Write));
        assert_accepted(&world.run(CLEO, &command, NOW));
        assert_accepted(&world.run(ANA, &leave, NOW));
        assert_refused(&accept(&mut world, 0), RefusalCode::InviterLostRight);
        assert_accepted(&world.run(ANA, &confirm(TEAM, ID), NOW));
        assert_eq!(world.ask(ANA, &confirm(TEAM, ID), NOW), Decision::NoOp);
        assert_accepted(&accept(&mut world, 0));
    }
}

#[test]
fn r12_e27_an_inviter_who_may_no_longer_invite_opens_no_door_to_less_either() {
    let mut world = owner_led();
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.run(CLEO, &invite(TEAM, ID, address(BO), one(Role::Read)), NOW));
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, CLEO, one(Role::Write)), NOW));
    assert_refused(&accept(&mut world, 0), RefusalCode::InviterLostRight);
}

#[test]
fn r12_e27_an_inviter_whose_end_has_come_or_whose_sign_in_is_out_of_use_opens_no_door() {
    let mut world = owner_led();
    world.join(TEAM, CLEO, one(Role::Admin));
    world.member(TEAM, CLEO).until = ends_in(2);
    assert_accepted(&world.run(CLEO, &invite(TEAM, ID, address(BO), one(Role::Read)), NOW));
    assert_refused(&accept(&mut world, 2), RefusalCode::InviterLostRight);
    world.member(TEAM, CLEO).until = None;
    world.logins.get_mut(&login_id(CLEO)).expect("joined").status = LoginStatus::Deleted;
    assert_refused(&accept(&mut world, 2), RefusalCode::InviterLostRight);
}

#[test]
fn e26_e27_an_expired_invitation_is_not_confirmed_but_dismissed_or_sent_again() {
    let mut world = invited(one(Role::Read));
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_refused(&world.ask(CLEO, &confirm(TEAM, ID), day(7)), RefusalCode::InvitationExpired);
    assert_accepted(&world.ask(CLEO, &revoke(TEAM, ID), day(7)));
    assert_accepted(&world.ask(CLEO, &resend(TEAM, ID), day(7)));
}

#[test]
fn e28_invitations_reserve_seats_and_expired_ones_free_them() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW));
    for n in 0..100u8 {
        let whom = Address::parse(&format!("p{n}@x.example")).expect("fine");
        assert_accepted(&world.run(ANA, &invite(CLIENT, n, whom, one(Role::ChatUser)), NOW));
    }
    let one_more = invite(CLIENT, 200, address(BO), one(Role::ChatUser));
    assert_refused(&world.ask(ANA, &one_more, NOW), RefusalCode::NoSeat);
    assert_accepted(&world.ask(ANA, &one_more, day(8)));
    world.join(FIRST, BO, one(Role::ChatUser));
    let added = add(CLIENT, BO, FIRST, one(Role::ChatUser));
    assert_refused(&world.ask(ANA, &added, NOW), RefusalCode::NoSeat);
    assert_accepted(&world.ask(ANA, &resend(CLIENT, 5), NOW));
}

#[test]
fn e28_the_seat_of_an_invitation_becomes_the_members_and_is_checked_again() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW));
    for n in 100..199 {
        world.join(CLIENT, n, one(Role::ChatUser));
    }
    assert_accepted(&world.run(ANA, &invite(CLIENT, ID, address(BO), one(Role::ChatUser)), NOW));
    let ask =
        |world: &mut World| world.ask_acceptance(BO, invitation_id(ID), member_id(CLIENT, BO), NOW);
    assert_accepted(&ask(&mut world));
    world.join(CLIENT, 199, one(Role::ChatUser));
    assert_refused(&ask(&mut world), RefusalCode::NoSeat);
    // An expired invitation has lost its seat.
    assert_refused(&world.ask(ANA, &resend(CLIENT, ID), day(8)), RefusalCode::NoSeat);
}

#[test]
fn e28_r12_what_came_into_the_way_is_told_once_and_of_the_present_sending_alone() {
    let mut world = invited(one(Role::Read));
    let sent = world.invitations[&invitation_id(ID)].clone();
    let told = decide_trouble(&sent, 1, InvitationTrouble::MailRefused, NOW);
    let Decision::Accept(events) = &told else { panic!("expected news, got {told:?}") };
    assert_eq!(events[0].kind, EventKind::InvitationUndelivered);
    let Row::Invitation(after) = &events[0].after else { panic!("an invitation") };
    assert_eq!(after.trouble, Some(InvitationTrouble::MailRefused));
    assert_eq!(after.state, InvitationState::Open, "the link is as good as before");
    let quiet = |it: &Invitation, generation, trouble, now| {
        assert_eq!(decide_trouble(it, generation, trouble, now), Decision::NoOp);
    };
    quiet(after, 1, InvitationTrouble::MailRefused, NOW);
    quiet(&sent, 2, InvitationTrouble::MailRefused, NOW);
    quiet(&sent, 1, InvitationTrouble::NoSeat, day(8));
    world.invitations.insert(after.id, after.clone());
    assert_accepted(&world.run(ANA, &resend(TEAM, ID), day(1)));
    let again = world.invitations[&invitation_id(ID)].clone();
    assert_eq!(again.trouble, None, "another sending, another fate");
    let full = decide_trouble(&again, 2, InvitationTrouble::NoSeat, day(1));
    let Decision::Accept(events) = full else { panic!("expected news, got {full:?}") };
    assert_eq!(events[0].kind, EventKind::InvitationNoSeat);
    let Row::Invitation(after) = &events[0].after else { panic!("an invitation") };
    world.invitations.insert(after.id, after.clone());
    assert_accepted(&accept(&mut world, 2));
    assert_eq!(world.invitations[&invitation_id(ID)].trouble, None, "they are in");
}

#[test]
fn e26_a_message_has_its_length_and_an_empty_one_is_none() {
    let mut world = owner_led();
    let with = |message: &str, person: Option<&str>| Command::CreateInvitation {
        workspace: workspace_id(TEAM),
        invitation: invitation_id(ID),
        address: address(BO),
        person: person.map(str::to_owned),
        roles: one(Role::Read),
        message: Some(message.to_owned()),
    };
    let long = with(&"x".repeat(501), None);
    assert_refused(&world.ask(ANA, &long, NOW), RefusalCode::BadMessage);
    let hidden = with("Hello", Some("B\u{202e}o"));
    assert_refused(&world.ask(ANA, &hidden, NOW), RefusalCode::BadName);
    assert_accepted(&world.run(ANA, &with("  ", Some(" Bo ")), NOW));
    let invitation = &world.invitations[&invitation_id(ID)];
    assert_eq!((invitation.message.as_deref(), invitation.name.as_deref()), (None, Some("Bo")));
}

#[test]
fn e62_a_new_address_changes_no_membership_and_no_record_of_the_invitation() {
    let mut world = invited(one(Role::Write));
    assert_accepted(&accept(&mut world, 0));
    let before = world.permissions(TEAM, BO, NOW);
    let new = Address::parse("bo@new.example").expect("fine");
    world.logins.get_mut(&login_id(BO)).expect("accepted").address = new;
    assert_eq!(world.permissions(TEAM, BO, NOW), before);
    assert_eq!(world.invitations[&invitation_id(ID)].address, address(BO));
    assert_accepted(&world.ask(BO, &leave(TEAM), NOW));
}

#[test]
fn u50_u52_accepting_gives_access_to_that_workspace_alone() {
    let mut world = invited(one(Role::Admin));
    assert_accepted(&accept(&mut world, 0));
    assert_eq!(world.permissions(FIRST, BO, NOW), PermissionSet::NONE);
    assert_eq!(world.ask(BO, &leave(FIRST), NOW), Decision::Hide);
}
