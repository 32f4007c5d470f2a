//! Plans: what they give, what ends with them (V-7..11, E-60, E-61).

use crate::prelude::*;

fn agent() -> ContentBody {
    ContentBody::Agent {
        instructions: "Be kind".into(),
        state: Activity::On,
        knowledge: Vec::new(),
    }
}

#[test]
fn v10_v47_two_workspaces_of_one_account_differ_in_what_they_have_room_for() {
    let mut world = managed();
    for (place, last) in [(FIRST, 10), (CLIENT, 20)] {
        for id in 0..last {
            let command = write(place, place.wrapping_mul(5) + id, "Agent", agent());
            assert_accepted(&world.run(ANA, &command, NOW));
        }
    }
    let one_more = write(FIRST, 1, "Agent", agent());
    assert_refused(&world.ask(ANA, &one_more, NOW), RefusalCode::PlanLimit);
    assert_accepted(&world.ask(ANA, &write(CLIENT, 1, "Agent", agent()), NOW));
}

#[test]
fn v10_roles_of_ones_own_are_a_feature_of_the_larger_plan() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, &[Permission::ChatUse]), NOW));
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW));
    let more = define(CLIENT, 2, &[Permission::ChatUse]);
    assert_refused(&world.ask(ANA, &more, NOW), RefusalCode::PlanFeature);
    let wider = redefine(&world, CLIENT, 1, &[Permission::ChatUse, Permission::AgentView]);
    assert_refused(&world.ask(ANA, &wider, NOW), RefusalCode::PlanFeature);
    assert_accepted(&world.ask(ANA, &redefine(&world.clone(), CLIENT, 1, &[]), NOW));
    assert_accepted(&world.ask(ANA, &undefine(CLIENT, 1, RoleSet::NONE), NOW));
}

#[test]
fn v28_the_billing_admin_chooses_the_plan_and_nothing_else() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::BillingAdmin));
    world.join(CLIENT, CLEO, one(Role::AgentManager));
    assert_accepted(&world.run(BO, &set_plan(CLIENT, Plan::Basic), NOW));
    assert_eq!(world.ask(BO, &set_plan(CLIENT, Plan::Basic), NOW), Decision::NoOp);
    assert_refused(&world.ask(BO, &rename(CLIENT, "Client", "X"), NOW), RefusalCode::Missing);
    assert_refused(&world.ask(CLEO, &set_plan(CLIENT, Plan::Pro), NOW), RefusalCode::Missing);
}

#[test]
fn e60_a_workspace_whose_plan_has_ended_can_be_looked_at_and_given_up() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::AgentManager));
    world.join(CLIENT, CLEO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &write(CLIENT, 1, "Agent", agent()), NOW));
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, &[Permission::ChatUse]), NOW));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(7), one(Role::ChatUser)), NOW));
    assert_accepted(&world.run(ANA, &end_plan(CLIENT), NOW));
    assert_eq!(world.ask(ANA, &end_plan(CLIENT), NOW), Decision::NoOp);
    world.join(FIRST, DAN, one(Role::ChatUser));
    let place = workspace_id(CLIENT);
    let changed = Command::ChangeContent {
        workspace: place,
        content: content_id(1),
        version: 1,
        title: "New".into(),
        body: agent(),
    };
    let labels = Command::SetWorkspaceLabels {
        workspace: place,
        was: Labels::default(),
        labels: labels_of(&["north"]),
    };
    for command in [
        write(CLIENT, 2, "Agent", agent()),
        changed,
        Command::DeleteContent { workspace: place, content: content_id(1) },
        rename(CLIENT, "Client", "New"),
        labels,
        set(&world, CLIENT, BO, one(Role::ChatUser)),
        set_end(&world, CLIENT, BO, ends_in(3)),
        label(CLIENT, BO, &["x"]),
        note(CLIENT, BO, "", "x"),
        invite(CLIENT, 2, address(8), one(Role::ChatUser)),
        resend(CLIENT, 1),
        invite_as(CLIENT, 1, one(Role::BillingAdmin)),
        define(CLIENT, 2, &[]),
        undefine(CLIENT, 1, RoleSet::NONE),
        add(CLIENT, DAN, FIRST, one(Role::ChatUser)),
    ] {
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::PlanOver);
    }
    for command in [
        remove(CLIENT, BO),
        suspend(CLIENT, BO),
        revoke(CLIENT, 1),
        delete(CLIENT),
        set_plan(CLIENT, Plan::Pro),
    ] {
        assert_accepted(&world.ask(ANA, &command, NOW));
    }
    assert_accepted(&world.ask(CLEO, &leave(CLIENT), NOW));
    assert_accepted(&world.run(ANA, &suspend(CLIENT, BO), NOW));
    assert_refused(&world.ask(ANA, &resume(CLIENT, BO), NOW), RefusalCode::PlanOver);
    assert_eq!(world.contents.len(), 1, "nothing is deleted");
    assert_accepted(&world.run(ANA, &set_plan(CLIENT, Plan::Pro), NOW));
    assert_accepted(&world.ask(ANA, &resume(CLIENT, BO), NOW));
}

#[test]
fn e61_a_smaller_plan_removes_nobody_and_takes_nobody_more() {
    let mut world = managed();
    for n in 100..210 {
        world.join(CLIENT, n, one(Role::ChatUser));
    }
    let decision = world.run(ANA, &set_plan(CLIENT, Plan::Basic), NOW);
    assert_eq!(events(&decision).len(), 1, "nobody is removed");
    let command = invite(CLIENT, 1, address(BO), one(Role::ChatUser));
    assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::NoSeat);
}
