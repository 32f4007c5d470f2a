//! End dates (E-39, E-40, E-41).

use crate::prelude::*;

fn due(login: u8) -> Due {
    Due::MemberEnds { workspace: workspace_id(TEAM), membership: member_id(TEAM, login) }
}

#[test]
fn e39_exactly_that_membership_ends_on_its_day() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(FIRST, BO, one(Role::Read));
    let command = set_end(&world, TEAM, BO, ends_in(3));
    assert_accepted(&world.run(ANA, &command, NOW));
    assert_eq!(world.due(due(BO), Timestamp(day(3).0 - 1)), Decision::NoOp);
    let decision = world.due(due(BO), day(4));
    assert_eq!(events(&decision).len(), 1);
    let ended = world.member(TEAM, BO).clone();
    assert_eq!(ended.state, MemberState::Expired);
    assert_eq!(ended.ended, Some(Ended { at: day(3), by: String::new() }));
    assert_eq!(world.member(FIRST, BO).state, MemberState::Active);
    assert_eq!(world.due(due(BO), day(5)), Decision::NoOp);
}

#[test]
fn e39_e41_what_has_ended_by_the_servers_time_gives_nothing_before_it_is_written_down() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Read));
    world.member(TEAM, BO).until = ends_in(3);
    assert_accepted(&world.ask(BO, &remove(TEAM, CLEO), Timestamp(day(3).0 - 1)));
    assert_eq!(world.ask(BO, &remove(TEAM, CLEO), day(3)), Decision::Hide);
    let change = set(&world, TEAM, BO, one(Role::Read));
    assert_refused(&world.ask(ANA, &change, day(3)), RefusalCode::TargetGone);
}

#[test]
fn e39_a_membership_falls_to_lower_roles_on_its_day() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    let command = set_end(&world, TEAM, BO, falls_in(3, one(Role::Read)));
    assert_accepted(&world.run(ANA, &command, NOW));
    let read = one(Role::Read).permissions(&OwnRoles::NONE);
    assert_eq!(world.permissions(TEAM, BO, day(3)), read);
    assert_accepted(&world.due(due(BO), day(3)));
    let after = world.member(TEAM, BO).clone();
    assert_eq!(
        (after.state, after.roles, after.until),
        (MemberState::Active, one(Role::Read), None)
    );
}

#[test]
fn e39_a_suspended_member_falls_too_and_stays_suspended() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.member(TEAM, BO).until = falls_in(3, one(Role::Read));
    assert_accepted(&world.run(ANA, &suspend(TEAM, BO), NOW));
    assert_accepted(&world.due(due(BO), day(3)));
    let after = world.member(TEAM, BO).clone();
    assert_eq!((after.state, after.roles), (MemberState::Suspended, one(Role::Read)));
}

#[test]
fn e39_what_is_left_is_less_than_before_and_no_owner_class() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    for roles in [one(Role::Write), one(Role::Admin), one(Role::Owner)] {
        let command = set_end(&world, TEAM, BO, falls_in(3, roles));
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::EndNotLower);
    }
    let past = set_end(&world, TEAM, BO, ends_in(0));
    assert_refused(&world.ask(ANA, &past, NOW), RefusalCode::EndInPast);
    // A role of one's own with every permission is not less than the owner class.
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, Permission::ALL), NOW));
    world.join(CLIENT, BO, RoleSet::own(0));
    let command = set_end(&world, CLIENT, BO, falls_in(3, one(Role::WorkspaceAdmin)));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::EndNotLower);
    // Nor is another role with the same permissions.
    assert_accepted(&world.run(ANA, &define(CLIENT, 2, Permission::ALL), NOW));
    let command = set_end(&world, CLIENT, BO, falls_in(3, RoleSet::own(1)));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::EndNotLower);
}

#[test]
fn e40_r6_the_owner_class_has_no_end_date() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    for login in [ANA, BO] {
        let command = set_end(&world, TEAM, login, ends_in(3));
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::OwnerTimebox);
    }
    // Nor does somebody with an end date become an owner.
    world.join(TEAM, CLEO, one(Role::Write));
    assert_accepted(&world.run(ANA, &set_end(&world.clone(), TEAM, CLEO, ends_in(3)), NOW));
    let promote = set(&world, TEAM, CLEO, one(Role::Owner));
    assert_refused(&world.ask(ANA, &promote, NOW), RefusalCode::OwnerTimebox);
}

#[test]
fn e39_an_end_that_takes_nothing_away_any_more_is_none() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.member(TEAM, BO).until = falls_in(3, one(Role::Read));
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Write)), NOW));
    assert_eq!(world.member(TEAM, BO).until, falls_in(3, one(Role::Read)), "still less");
    assert_accepted(&world.run(ANA, &set(&world.clone(), TEAM, BO, one(Role::Read)), NOW));
    assert_eq!(world.member(TEAM, BO).until, None);
}

#[test]
fn e39_e42_r2_clearing_an_end_is_to_give_the_roles_again() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Write));
    world.member(TEAM, CLEO).until = ends_in(3);
    let clear = set_end(&world, TEAM, CLEO, None);
    assert_accepted(&world.ask(BO, &clear, NOW));
    assert_accepted(&world.run(ANA, &set_end(&world.clone(), TEAM, CLEO, ends_in(5)), NOW));
    assert_refused(&world.ask(BO, &clear, NOW), RefusalCode::Conflict);
    let same = set_end(&world, TEAM, CLEO, ends_in(5));
    assert_eq!(world.ask(BO, &same, NOW), Decision::NoOp);
}

#[test]
fn e39_who_accepts_an_invitation_after_the_end_is_there_once() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Write));
    world.member(TEAM, BO).until = ends_in(3);
    // Sent to another of the person's addresses while they were a member.
    let other = Address::parse("bo@elsewhere.example").expect("fine");
    world.logins.get_mut(&login_id(BO)).expect("joined").verified = vec![other.clone()];
    assert_accepted(&world.run(ANA, &invite(TEAM, 1, other, one(Role::Read)), NOW));
    let early = world.ask_acceptance(BO, invitation_id(1), member_id(TEAM, 200), day(2));
    assert_refused(&early, RefusalCode::MemberExists);
    let decision = world.accept_at(BO, invitation_id(1), member_id(TEAM, 200), day(4));
    assert_eq!(times(&decision, EventKind::MemberEnded), 1);
    let present = world.members.values().filter(|it| it.login == login_id(BO));
    assert_eq!(present.filter(|it| it.state.is_present()).count(), 1);
}
