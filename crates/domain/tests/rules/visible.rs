//! R1 and R10: what somebody may do, and what is not there for them.

use crate::prelude::*;

#[test]
fn r10_u45_v23_what_one_has_no_part_in_is_hidden_from_every_command() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let prompt = ContentBody::Prompt { text: "Hello".into() };
    let commands = [
        rename(TEAM, "Team", "Mine"),
        delete(TEAM),
        restore(TEAM),
        leave(TEAM),
        set(&world, TEAM, BO, one(Role::Admin)),
        set_end(&world, TEAM, BO, ends_in(3)),
        remove(TEAM, BO),
        suspend(TEAM, BO),
        resume(TEAM, BO),
        label(TEAM, BO, &["x"]),
        note(TEAM, BO, "", "x"),
        invite(TEAM, 1, address(7), one(Role::Read)),
        resend(TEAM, 1),
        confirm(TEAM, 1),
        revoke(TEAM, 1),
        set_plan(TEAM, Plan::Basic),
        end_plan(TEAM),
        define(TEAM, 1, &[]),
        write(TEAM, 1, "Prompt", prompt),
        offer(TEAM, 1),
        accept_offer(TEAM),
        end_offer(TEAM),
        leave_account(1),
        delete_account(1),
        schedule(1, 3),
        group(1, 1, all_but(&[]), one(Role::Read)),
        add(TEAM, STRANGER, TEAM, one(Role::Read)),
    ];
    for command in commands {
        assert_eq!(world.ask(STRANGER, &command, NOW), Decision::Hide, "{command:?}");
    }
}

#[test]
fn r10_u50_a_member_of_one_workspace_sees_nothing_of_another() {
    let mut world = owner_led();
    assert_accepted(&world.run(ANA, &create(21, 1, "Other", Some(ANA)), NOW));
    world.join(TEAM, BO, one(Role::Admin));
    world.join(21, CLEO, one(Role::Read));
    assert_eq!(world.ask(BO, &remove(21, CLEO), NOW), Decision::Hide);
    // Naming a member of another workspace in a command for one's own finds nobody.
    let smuggled = Command::RemoveMember {
        workspace: workspace_id(TEAM),
        membership: member_id(21, CLEO),
        reason: None,
    };
    assert_eq!(world.ask(BO, &smuggled, NOW), Decision::Hide);
}

#[test]
fn r10_names_of_other_workspaces_things_find_nothing() {
    let mut world = managed();
    assert_accepted(&world.run(ANA, &define(CLIENT, 1, &[Permission::ChatUse]), NOW));
    assert_accepted(&world.run(ANA, &invite(CLIENT, 1, address(7), one(Role::ChatUser)), NOW));
    let prompt = ContentBody::Prompt { text: "Hello".into() };
    assert_accepted(&world.run(ANA, &write(CLIENT, 1, "Prompt", prompt), NOW));
    let here = workspace_id(FIRST);
    let commands = [
        undefine(FIRST, 1, one(Role::ChatUser)),
        resend(FIRST, 1),
        revoke(FIRST, 1),
        Command::DeleteContent { workspace: here, content: content_id(1) },
        resend(FIRST, 2),
        undefine(FIRST, 2, RoleSet::NONE),
    ];
    assert_accepted(&world.run(ANA, &set_plan(FIRST, Plan::Pro), NOW));
    for command in commands {
        assert_eq!(world.ask(ANA, &command, NOW), Decision::Hide, "{command:?}");
    }
}

#[test]
fn r10_a_hidden_thing_is_refused_as_one_that_is_not_there() {
    let refusal = Decision::Hide.refusal().expect("a no");
    assert_eq!(refusal, Refusal::new(RefusalCode::NotVisible));
    assert_eq!(Decision::NoOp.refusal(), None);
    assert_eq!(Decision::Unknown.refusal(), None);
}

#[test]
fn r1_v13_v14_account_admins_have_full_control_without_a_membership() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_accepted(&world.ask(ANA, &rename(CLIENT, "Client", "New"), NOW));
    assert_accepted(&world.ask(ANA, &set(&world.clone(), CLIENT, BO, one(Role::ChatUser)), NOW));
    assert_eq!(world.permissions(CLIENT, ANA, NOW), PermissionSet::ALL);
}

#[test]
fn v15_account_admin_reach_covers_workspaces_that_come_later() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::ChatUser));
    assert_accepted(&world.run(ANA, &add_admin(CLIENT, BO), NOW));
    assert_accepted(&world.run(ANA, &create(21, 1, "Later", None), NOW));
    assert_eq!(world.permissions(21, BO, NOW), PermissionSet::ALL);
}

#[test]
fn v16_account_admin_reach_ends_at_the_account() {
    let mut world = managed();
    world.found(2, 40, BO, SchemeId::Managed);
    assert_eq!(world.ask(ANA, &rename(40, "Account 2", "Mine"), NOW), Decision::Hide);
}

#[test]
fn c3_account_admins_of_an_owner_led_account_have_no_reach() {
    let mut world = owner_led();
    world.found(2, 11, BO, SchemeId::OwnerLed);
    world.join(TEAM, BO, one(Role::Owner));
    assert_accepted(&world.run(ANA, &leave(TEAM), NOW));
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "Still mine"), NOW), Decision::Hide);
}

#[test]
fn v31_v32_a_workspace_admin_has_full_rights_here_and_none_next_door() {
    let mut world = managed();
    world.join(CLIENT, BO, one(Role::WorkspaceAdmin));
    assert_eq!(world.permissions(CLIENT, BO, NOW), PermissionSet::ALL);
    assert_eq!(world.permissions(FIRST, BO, NOW), PermissionSet::NONE);
    assert_eq!(world.ask(BO, &rename(FIRST, "Account 1", "Mine"), NOW), Decision::Hide);
}

#[test]
fn v25_v26_v27_v28_v29_the_five_roles_of_the_managed_scheme_exist() {
    let roles = SchemeId::Managed.scheme().roles;
    let keys: Vec<_> = roles.iter().map(|role| role.key()).collect();
    assert_eq!(
        keys,
        ["workspace_admin", "agent_manager", "content_manager", "billing_admin", "chat_user"]
    );
}

#[test]
fn u53_u54_u55_u60_u61_u62_an_owner_does_everything() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Read));
    let prompt = ContentBody::Prompt { text: "Hello".into() };
    let commands = [
        rename(TEAM, "Team", "New"),
        delete(TEAM),
        set(&world, TEAM, BO, one(Role::Owner)),
        remove(TEAM, BO),
        set_plan(TEAM, Plan::Basic),
        write(TEAM, 1, "Prompt", prompt),
    ];
    for command in commands {
        assert_accepted(&world.ask(ANA, &command, NOW));
    }
}

#[test]
fn u56_u59_an_admin_renames_and_manages_the_team_but_neither_deletes_nor_pays() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Admin));
    world.join(TEAM, CLEO, one(Role::Read));
    assert_accepted(&world.ask(BO, &rename(TEAM, "Team", "Crew"), NOW));
    assert_accepted(&world.ask(BO, &set(&world.clone(), TEAM, CLEO, one(Role::Write)), NOW));
    assert_refused(&world.ask(BO, &delete(TEAM), NOW), RefusalCode::Missing);
    assert_refused(&world.ask(BO, &set_plan(TEAM, Plan::Basic), NOW), RefusalCode::Missing);
    assert_refused(&world.ask(BO, &end_plan(TEAM), NOW), RefusalCode::Missing);
}

#[test]
fn u57_u58_write_and_read_manage_nobody() {
    for role in [Role::Write, Role::Read] {
        let mut world = owner_led();
        world.join(TEAM, BO, one(role));
        world.join(TEAM, CLEO, one(Role::Read));
        assert_refused(&world.ask(BO, &remove(TEAM, CLEO), NOW), RefusalCode::Missing);
        assert_refused(&world.ask(BO, &rename(TEAM, "Team", "Crew"), NOW), RefusalCode::Missing);
        let command = invite(TEAM, 1, address(7), one(Role::Read));
        assert_refused(&world.ask(BO, &command, NOW), RefusalCode::MayNotInvite);
    }
}

#[test]
fn r1_a_suspended_member_can_do_nothing() {
    let mut world = owner_led();
    world.join(TEAM, BO, one(Role::Owner));
    world.member(TEAM, BO).state = MemberState::Suspended;
    assert_eq!(world.ask(BO, &rename(TEAM, "Team", "Mine"), NOW), Decision::Hide);
}

#[test]
fn r1_nobody_acts_with_a_sign_in_that_is_out_of_use() {
    for status in [LoginStatus::Suspended, LoginStatus::Deleted] {
        let mut world = managed();
        world.logins.get_mut(&login_id(ANA)).expect("the founder").status = status;
        let commands = [
            rename(CLIENT, "Client", "New"),
            restore(CLIENT),
            create(21, 1, "New", None),
            leave_account(1),
            delete_account(1),
            end_offer(CLIENT),
            accept_offer(CLIENT),
        ];
        for command in commands {
            assert_eq!(world.ask(ANA, &command, NOW), Decision::Hide, "{command:?}");
        }
    }
}

#[test]
fn e32_rights_are_the_union_of_reach_and_roles_with_their_sources() {
    let mut world = managed();
    world.join(CLIENT, ANA, one(Role::ChatUser));
    let ana = world.person(ANA);
    let Ok(facts) = Facts::of_workspace(&world, &ana, workspace_id(CLIENT), NOW);
    assert_eq!(facts.actor.by_reach(AdminReach::All), PermissionSet::ALL);
    assert_eq!(facts.actor.by_roles(), can(&[Permission::ChatUse]));
    assert_eq!(facts.permissions(), PermissionSet::ALL);
    assert_accepted(&world.run(ANA, &remove(CLIENT, ANA), NOW));
    assert_eq!(world.permissions(CLIENT, ANA, NOW), PermissionSet::ALL, "keeps access as admin");
}

#[test]
fn r14_what_waits_offline_and_what_needs_a_connection() {
    use OfflineClass::{Draft, OnlineOnly, Queue};
    use TouchesOwnerClass::{No, Yes};
    let world = owner_led();
    let change = set(&world, TEAM, ANA, one(Role::Read));
    let cases = [
        (rename(TEAM, "a", "b"), No, Queue),
        (note(TEAM, BO, "", "x"), Yes, Queue),
        (change.clone(), No, Queue),
        (change, Yes, OnlineOnly),
        (remove(TEAM, BO), No, Queue),
        (remove(TEAM, BO), Yes, OnlineOnly),
        (suspend(TEAM, BO), No, Queue),
        (set_end(&world, TEAM, BO, None), No, Queue),
        (invite(TEAM, 1, address(7), one(Role::Read)), No, Draft),
        (leave(TEAM), No, OnlineOnly),
        (delete(TEAM), No, OnlineOnly),
        (set_plan(TEAM, Plan::Pro), No, OnlineOnly),
        (add_admin(TEAM, BO), No, OnlineOnly),
        (leave_account(1), No, OnlineOnly),
        (set_scheme(SchemeId::Managed, Vec::new(), &[]), No, OnlineOnly),
    ];
    for (command, touches, class) in cases {
        assert_eq!(command.offline_class(touches), class, "{command:?}");
    }
}
