use crate::prelude::*;

#[test]
fn e22_e23_members_and_invited_people_are_not_invited_again() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let again = invite(TEAM, 1, address(BO), one(Role::Write));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::MemberExists);
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, address(7), one(Role::Read)), NOW));
    let again = invite(TEAM, 2, address(7), one(Role::Read));
    assert_refused(&world.ask(ANA, &again, NOW), RefusalCode::InvitationExists);
    let later = NOW.plus_days(8);
    assert_accepted(&world.ask(ANA, &again, later));
}

#[test]
fn e24_addresses_are_compared_without_case() {
    assert_eq!(Address::parse(" Ana@Example.ORG "), Address::parse("ana@example.org"));
}

#[test]
fn r12_e25_only_the_addressed_person_accepts_in_time() {
    let mut world = owner_led();
    world.run(ANA, &invite(TEAM, 1, address(BO), one(Role::Read)), NOW);
    let id = invitation_id(1);
    let member = member_id(TEAM, BO);
    assert_refused(&world.accept(CLEO, id, member), RefusalCode::WrongPerson);
    let late = NOW.plus_days(7);
    assert_refused(&world.accept_at(BO, id, member, late), RefusalCode::InvitationExpired);
    assert_accepted(&world.accept(BO, id, member));
    assert_eq!(world.members[&member].roles, one(Role::Read));
    let again = member_id(TEAM, 200);
    assert_refused(&world.accept(BO, id, again), RefusalCode::InvitationGone);
}

#[test]
fn e27_an_invitation_of_somebody_who_lost_the_right_opens_no_door() {
    let mut world = owner_led();
    world.join(TEAM, CLEO, one(Role::Admin));
    assert_accepted(&world.run(CLEO, &invite(TEAM, 1, address(BO), one(Role::Write)), NOW));
    assert_accepted(&world.run(ANA, &remove(TEAM, CLEO), NOW));
    let decision = world.accept(BO, invitation_id(1), member_id(TEAM, BO));
    assert_refused(&decision, RefusalCode::InviterLostRight);
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
    assert_accepted(&world.ask(ANA, &one_more, NOW.plus_days(8)));
}
