//! People over all workspaces (E-63), what hangs on one of them, and that every list and picker
//! knows what waits (E-45, E-46).

use muster_domain::{
    Command, MemberState, Membership, MembershipId, Part, Role, RoleSet, Row, View, WorkspaceKind,
};
use muster_protocol::{Grant, Say, Stamped};

use super::world::*;
use crate::{Mark, MemberWindowQuery, PersonSummary};

const OWNER: RoleSet = RoleSet::of(&[Role::WorkspaceAdmin]);

/// Somebody's membership of a workspace; the login is the same in all of them.
fn place(workspace: u8, number: u32, name: &str, roles: RoleSet) -> Membership {
    let mut bytes = [workspace; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Membership { id: MembershipId::from_bytes(bytes), roles, ..member(ws(workspace), number, name) }
}

fn rows(workspace_number: u8, name: &str, people: &[(u32, &str, RoleSet)]) -> Vec<Stamped> {
    let mut rows = vec![stamped(10, Row::Workspace(workspace(ws(workspace_number), name)))];
    for (number, name, roles) in people {
        rows.push(stamped(10, Row::Membership(place(workspace_number, *number, name, *roles))));
    }
    rows
}

/// Three workspaces: Bea is in all of them, alone at the head of two; of the third only its
/// name is known.
fn agency() -> World {
    let world = World::empty();
    let chat = RoleSet::of(&[Role::ChatUser]);
    let narrow = Grant { view: View::OWN, ..grant(ws(4)) };
    let all = vec![grant(ws(1)), grant(ws(2)), grant(ws(3)), narrow];
    let mine = Say::Chunk {
        workspace: ws(4),
        view: View::OWN,
        grant_seq: 1,
        as_of: 10,
        rows: rows(4, "Fourth", &[]),
        next: None,
    };
    world.apply(answer(
        1,
        10,
        vec![
            Say::Grants { all },
            accounts(),
            chunk(
                ws(1),
                rows(1, "Northwind", &[(1, "Alejandro Ruiz", chat), (2, "Bea Åström", OWNER)]),
            ),
            chunk(ws(2), rows(2, "Acme", &[(2, "Bea Åström", OWNER)])),
            chunk(
                ws(3),
                rows(3, "Larch", &[(2, "Bea Åström", OWNER), (3, "Chidi Anagonye", OWNER)]),
            ),
            mine,
        ],
    ));
    world
}

fn people(world: &World, text: &str) -> Vec<PersonSummary> {
    let page = world.cache.people(text, 0, 50).expect("reads");
    assert_eq!(page.matched as usize, page.rows.len());
    page.rows
}

#[test]
fn e63_people_are_joined_on_the_device_each_once() {
    let world = agency();
    let found = people(&world, "");
    let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
    // The Account Admin is a member nowhere.
    assert_eq!(names, ["Alejandro Ruiz", "Ana Larch", "Bea Åström", "Chidi Anagonye"]);
    let bea = &found[2];
    assert_eq!((bea.workspaces, bea.owner_of, bea.only_owner_of), (3, 3, 2));
    assert_eq!(bea.addresses, ["person2@client.example"]);
    assert_eq!((found[1].workspaces, found[1].admin_of), (0, 1));
    assert_eq!(people(&world, "astrom")[0].login, login_id(2));
    assert_eq!(people(&world, "ana larch").len(), 1);
    let page = world.cache.people("", 1, 2).expect("reads");
    assert_eq!((page.matched, page.rows[0].name.as_str()), (4, "Ana Larch"));
    assert_eq!(page.unknown, 1, "of one workspace the members are not seen");
}

#[test]
fn e63_a_person_has_every_place_by_name() {
    let world = agency();
    let bea = world.cache.person_places(login_id(2)).expect("reads").expect("is there");
    let names: Vec<&str> = bea.places.iter().map(|it| it.workspace.name.as_str()).collect();
    assert_eq!(names, ["Acme", "Larch", "Northwind"]);
    let others: Vec<Option<u32>> = bea.places.iter().map(|it| it.other_owners).collect();
    assert_eq!(others, [Some(0), Some(1), Some(0)]);
    let ana = world.cache.person_places(me().id).expect("reads").expect("is an admin");
    assert_eq!((ana.places.len(), ana.admin_of[0].0.name.as_str()), (0, "Larch Agency"));
    assert_eq!(world.cache.person_places(login_id(77)).expect("reads"), None);
}

#[test]
fn e63_nobody_of_a_lost_workspace_is_left_among_the_people() {
    let world = agency();
    let all = vec![grant(ws(2)), grant(ws(3))];
    world.apply(answer(1, 11, vec![Say::Grants { all }, accounts()]));
    assert!(people(&world, "alejandro").is_empty());
    assert_eq!(people(&world, "bea")[0].workspaces, 2);
}

#[test]
fn e38_what_hangs_on_one_person_is_told_and_what_is_not_known_too() {
    let world = agency();
    let found = world.cache.continuity().expect("reads");
    let owners: Vec<(&str, &str, u32)> = found
        .owners
        .iter()
        .map(|it| (it.workspace.name.as_str(), it.holder.name.as_str(), it.also))
        .collect();
    assert_eq!(owners, [("Acme", "Bea Åström", 1), ("Northwind", "Bea Åström", 1)]);
    assert_eq!(found.unknown, [ws(4)], "nothing is guessed of it");
    assert_eq!((found.admins.len(), found.admins[0].holder.login), (1, me().id));
    // A second owner, but with an end date: does not count (E-4).
    let until = Some(muster_domain::End { at: NOW.plus_days(3), roles: None });
    let second = Membership { until, ..place(2, 9, "Dora", OWNER) };
    let row = stamped(11, Row::Membership(second));
    world.apply(answer(1, 11, vec![accounts(), Say::Rows { rows: vec![row] }]));
    assert_eq!(world.cache.continuity().expect("reads").owners.len(), 2);
    let second = stamped(12, Row::Membership(place(2, 9, "Dora", OWNER)));
    world.apply(answer(1, 12, vec![accounts(), Say::Rows { rows: vec![second] }]));
    assert_eq!(world.cache.continuity().expect("reads").owners.len(), 1);
}

#[test]
fn e38_a_personal_workspace_has_one_owner_and_that_is_no_finding() {
    let world = World::empty();
    let own =
        muster_domain::Workspace { kind: WorkspaceKind::Personal, ..workspace(ws(1), "Ana's") };
    let rows = vec![
        stamped(10, Row::Workspace(own)),
        stamped(10, Row::Membership(place(1, 0, "Ana Larch", OWNER))),
    ];
    let frames = vec![Say::Grants { all: vec![grant(ws(1))] }, accounts(), chunk(ws(1), rows)];
    world.apply(answer(1, 10, frames));
    let found = world.cache.continuity().expect("reads");
    assert_eq!((found.owners.len(), found.admins.len()), (0, 0));
}

#[test]
fn e46_every_list_and_picker_knows_who_is_about_to_go() {
    let world = World::northwind();
    world.submit(remove(2));
    // Lists still have them, marked, until the server has said yes (E-45).
    let window = world.cache.members(&MemberWindowQuery::of(ws(1), 9)).expect("reads");
    let row = window.rows.iter().find(|it| it.member.id == mid(2)).expect("is listed");
    assert_eq!((row.mark, row.member.state), (Mark::NotSent, MemberState::Removed));
    assert_eq!((window.people, window.leaving), (3, 1));
    let found = people(&world, "bea");
    assert_eq!(found[0].mark, Mark::NotSent);
    let places = world.cache.person_places(login_id(2)).expect("reads").expect("is listed");
    assert_eq!(places.places[0].entry.mark, Mark::NotSent);
    assert!(!places.places[0].entry.member.state.is_present());
    // Pickers do not offer them.
    let offered = world.cache.in_account(account_id(), "", 9).expect("reads");
    assert!(offered.iter().all(|it| it.login != login_id(2)), "{offered:?}");
    // Rules count without them: what they held is free.
    let invitation = Command::CreateInvitation {
        workspace: ws(1),
        invitation: muster_domain::InvitationId::from_bytes([40; 16]),
        address: member(ws(1), 2, "Bea Åström").address,
        person: None,
        roles: RoleSet::of(&[Role::ChatUser]),
        message: None,
    };
    let decision = world.cache.predict(&invitation, NOW).expect("reads");
    assert!(matches!(decision, muster_domain::Decision::Accept(_)), "{decision:?}");
}

#[test]
fn e46_a_new_role_that_waits_is_in_every_list() {
    let world = agency();
    let membership = place(3, 3, "Chidi Anagonye", OWNER).id;
    let chat = RoleSet::of(&[Role::ChatUser]);
    world.submit(Command::SetMemberRoles {
        workspace: ws(3),
        membership,
        was: OWNER,
        roles: chat,
        reason: None,
    });
    let chidi = world.cache.person_places(login_id(3)).expect("reads").expect("is there");
    assert_eq!(
        (chidi.places[0].entry.member.roles, chidi.places[0].entry.mark),
        (chat, Mark::NotSent)
    );
    assert_eq!(people(&world, "chidi")[0].owner_of, 0);
    let holders = world.cache.role_holders(ws(3)).expect("reads");
    assert_eq!((holders.count(OWNER), holders.count(chat)), (1, 1));
    let names: Vec<String> = world
        .cache
        .continuity()
        .expect("reads")
        .owners
        .into_iter()
        .map(|it| it.workspace.name)
        .collect();
    assert_eq!(names, ["Acme", "Larch", "Northwind"], "it will hang on Bea then");
}

#[test]
fn e63_who_sees_no_members_sees_only_themself_among_the_people() {
    let world = World::empty();
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(1), "Northwind"))),
        stamped(10, Row::Membership(place(1, 0, "Ana Larch", OWNER))),
        stamped(10, Row::Membership(place(1, 5, "Hidden One", OWNER))),
    ];
    let mut held = held();
    held.admins.clear();
    world.apply(narrow(&[Part::Agents], rows, held));
    let names: Vec<String> = people(&world, "").into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Ana Larch"]);
    assert_eq!(world.cache.continuity().expect("reads").unknown_accounts, [account_id()]);
}
