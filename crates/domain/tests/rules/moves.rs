//! Workspaces that move to another account by offer and acceptance (E-59).

use crate::prelude::*;

/// Two agencies: Ana's with [`CLIENT`], Bo's with workspace 40.
fn agencies() -> World {
    let mut world = managed();
    world.found(2, 40, BO, SchemeId::Managed);
    world
}

#[test]
fn e59_both_sides_agree_members_stay_and_reach_changes() {
    let mut world = agencies();
    world.join(CLIENT, CLEO, one(Role::AgentManager));
    assert_refused(&world.ask(BO, &accept_offer(CLIENT), NOW).or_hidden(), RefusalCode::NotVisible);
    assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
    assert_eq!(world.ask(ANA, &offer(CLIENT, 2), NOW), Decision::NoOp);
    assert_eq!(world.ask(ANA, &accept_offer(CLIENT), NOW), Decision::Hide, "the other side takes");
    let decision = world.run(BO, &accept_offer(CLIENT), NOW);
    assert_accepted(&decision);
    assert_eq!(times(&decision, EventKind::WorkspaceMoved), 1);
    assert_eq!(times(&decision, EventKind::WorkspaceParted), 1, "the other side's history too");
    let parted = world.account_mut(1).parted.clone().expect("is told");
    assert_eq!(
        (parted.workspace, parted.to, parted.at),
        (workspace_id(CLIENT), account_id(2), NOW)
    );
    assert_eq!(world.workspace_mut(CLIENT).account, account_id(2));
    assert_eq!(world.workspace_mut(CLIENT).offer, None);
    assert_eq!(world.member(CLIENT, CLEO).roles, one(Role::AgentManager));
    assert_eq!(world.permissions(CLIENT, BO, NOW), PermissionSet::ALL);
    assert_eq!(world.permissions(CLIENT, ANA, NOW), PermissionSet::NONE);
}

/// A hidden thing as the refusal that goes over the wire.
trait OrHidden {
    fn or_hidden(self) -> Decision;
}

impl OrHidden for Decision {
    fn or_hidden(self) -> Decision {
        self.refusal().map_or(self, Decision::Refuse)
    }
}

#[test]
fn e59_either_side_ends_an_offer_and_a_third_knows_nothing_of_it() {
    for who in [ANA, BO] {
        let mut world = agencies();
        world.found(3, 50, CLEO, SchemeId::Managed);
        assert_eq!(world.ask(ANA, &end_offer(CLIENT), NOW), Decision::NoOp);
        assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
        for command in [accept_offer(CLIENT), end_offer(CLIENT)] {
            assert_eq!(world.ask(CLEO, &command, NOW), Decision::Hide);
        }
        assert_accepted(&world.run(who, &end_offer(CLIENT), NOW));
        assert_eq!(world.ask(BO, &accept_offer(CLIENT), NOW), Decision::Hide);
    }
}

#[test]
fn v44_e59_an_offer_ends_with_its_account_and_not_by_itself() {
    let mut world = agencies();
    assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
    assert_accepted(&world.run(ANA, &delete_account(1), NOW));
    for command in [accept_offer(CLIENT), end_offer(CLIENT)] {
        assert_eq!(world.ask(BO, &command, NOW), Decision::Hide);
    }
}

#[test]
fn e59_an_account_moves_only_what_it_can_spare_to_its_like() {
    let mut world = agencies();
    world.found(3, 11, CLEO, SchemeId::OwnerLed);
    assert_refused(&world.ask(ANA, &offer(CLIENT, 3), NOW), RefusalCode::MoveScheme);
    assert_refused(&world.ask(ANA, &offer(CLIENT, 1), NOW), RefusalCode::MoveScheme);
    assert_refused(&world.ask(ANA, &offer(CLIENT, 99), NOW), RefusalCode::NotOffered);
    assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
    assert_accepted(&world.run(ANA, &delete(FIRST), NOW));
    assert_refused(&world.ask(BO, &accept_offer(CLIENT), NOW), RefusalCode::LastWorkspace);
    assert_refused(&world.ask(ANA, &offer(CLIENT, 2), NOW), RefusalCode::LastWorkspace);
}

#[test]
fn e59_a_scheme_that_changed_meanwhile_stops_a_move() {
    let mut world = agencies();
    assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
    world.account_mut(2).scheme = SchemeId::OwnerLed;
    assert_refused(&world.ask(BO, &accept_offer(CLIENT), NOW), RefusalCode::MoveScheme);
}

#[test]
fn e59_u7_a_personal_workspace_never_moves() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    assert_refused(&world.ask(ANA, &offer(FIRST, 2), NOW), RefusalCode::PersonalTransfer);
}

#[test]
fn e59_u61_u62_where_owners_lead_an_owner_gives_and_an_owner_takes() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Admin));
    assert_accepted(&world.run(ANA, &offer(TEAM, 2), NOW));
    assert_refused(&world.ask(BO, &accept_offer(TEAM), NOW), RefusalCode::OwnerOnly);
    world.member(TEAM, BO).roles = one(Role::Owner);
    assert_accepted(&world.ask(BO, &accept_offer(TEAM), NOW));
    world.member(TEAM, ANA).roles = one(Role::Admin);
    assert_refused(&world.ask(ANA, &offer(TEAM, 2), NOW), RefusalCode::Missing);
    world.members.remove(&member_id(TEAM, ANA));
    assert_eq!(world.ask(ANA, &offer(TEAM, 2), NOW), Decision::Hide);
}

#[test]
fn e37_e59_groups_of_the_old_account_let_go_and_those_of_the_new_one_hold() {
    let mut world = agencies();
    let chat = one(Role::ChatUser);
    world.join(FIRST, CLEO, chat);
    world.join(40, DAN, chat);
    assert_accepted(&world.run(ANA, &group(1, 1, listed(&[CLIENT]), chat), NOW));
    assert_accepted(&world.run(ANA, &into_group(1, 1, FIRST, CLEO), NOW));
    assert_accepted(&world.run(BO, &group(2, 2, all_but(&[]), one(Role::AgentManager)), NOW));
    assert_accepted(&world.run(BO, &into_group(2, 2, 40, DAN), NOW));
    assert_accepted(&world.run(ANA, &offer(CLIENT, 2), NOW));
    assert_accepted(&world.run(BO, &accept_offer(CLIENT), day(1)));
    assert_eq!(world.present(CLIENT, CLEO).expect("memberships stay").group, None);
    assert_eq!(world.present(CLIENT, DAN).expect("of all").group, Some(group_id(2)));
    // What the old account's group does now is nothing to the workspace.
    assert_accepted(&world.run(ANA, &ungroup(1, 1), day(2)));
    assert!(world.present(CLIENT, CLEO).is_some());
}
