//! Rehearsals: what would become of many commands, with nothing kept (E-47).

use muster_domain::{Decision, MemberState, Membership, RefusalCode, Role, RoleSet, Row};
use muster_protocol::Say;

use super::world::*;

const CHAT: &[Role] = &[Role::ChatUser];
const CONTENT: &[Role] = &[Role::ContentManager];

#[test]
fn e47_each_line_of_a_preview_sees_the_accepted_ones_before_it() {
    let world = World::northwind();
    let commands = [
        set_roles(1, CHAT, CONTENT),
        set_roles(1, CHAT, CONTENT),
        set_roles(1, CHAT, &[Role::AgentManager]),
        remove(2),
        suspend(2),
        set_roles(9, CHAT, CONTENT),
    ];
    let decisions = world.cache.rehearse(&commands, NOW).expect("decides");
    let codes: Vec<_> = decisions.iter().map(|it| it.refusal().map(|it| it.code)).collect();
    assert!(matches!(decisions[0], Decision::Accept(_)));
    assert_eq!(decisions[1], Decision::NoOp, "it is so already, after the first");
    assert_eq!(codes[2], Some(RefusalCode::Conflict));
    assert!(matches!(decisions[3], Decision::Accept(_)));
    assert_eq!(codes[4], Some(RefusalCode::TargetGone));
    assert_eq!(codes[5], Some(RefusalCode::NotVisible));
}

#[test]
fn e47_a_preview_leaves_no_trace() {
    let world = World::northwind();
    world.submit(suspend(3));
    let before = world.cache.pending().expect("reads");
    let commands = [remove(1), remove(2), create(30, "x", agent(&[]))];
    world.cache.rehearse(&commands, NOW).expect("decides");
    assert_eq!(world.cache.pending().expect("reads"), before);
    assert_eq!(world.member(1).member.state, MemberState::Active);
    assert_eq!(world.member(3).member.state, MemberState::Suspended);
    assert!(world.cache.content(cid(30)).expect("reads").is_none());
    let world = world.restart();
    assert_eq!(world.member(1).member.state, MemberState::Active);
}

#[test]
fn e47_a_floor_that_only_all_lines_together_break_is_seen() {
    // In the other scheme somebody stays owner: removing both is one too many (R6).
    let world = World::empty();
    let mut account = account();
    account.scheme = muster_domain::SchemeId::OwnerLed;
    let owner = |number: u32, login| Membership {
        login,
        roles: RoleSet::of(&[Role::Owner]),
        ..member(ws(1), number, "Owner")
    };
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(1), "Northwind"))),
        stamped(10, Row::Membership(owner(1, me().id))),
        stamped(10, Row::Membership(owner(2, login_id(2)))),
    ];
    let accounts = muster_protocol::Accounts {
        accounts: vec![account],
        ..muster_protocol::Accounts::default()
    };
    let frames =
        vec![Say::Grants { all: vec![grant(ws(1))] }, Say::Accounts(accounts), chunk(ws(1), rows)];
    world.apply(answer(1, 10, frames));
    let decisions = world.cache.rehearse(&[remove(2), remove(1)], NOW).expect("decides");
    assert!(matches!(decisions[0], Decision::Accept(_)), "{:?}", decisions[0]);
    assert_eq!(decisions[1].refusal().expect("is refused").code, RefusalCode::LastOwnerLeave);
    let alone = world.cache.rehearse(&[remove(1)], NOW).expect("decides");
    assert!(matches!(alone[0], Decision::Accept(_)), "{:?}", alone[0]);
}
