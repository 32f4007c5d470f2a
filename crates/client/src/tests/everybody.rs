//! People across workspaces as the window sees them (E-63, ui.md 5.15).

use muster_domain::{Role, Row};

use super::world::{
    ACME, LARCH, NORTHWIND, Told, World, admin, agency, code, freelancer, login, member, mid, roles,
};
use crate::draft::draft;
use crate::people::{continuity, overview, page};
use crate::plan::preview;
use crate::view::{ContinuityKind, Intent, Mark, PeopleQuery, Verdict};

fn names(world: &World, text: &str) -> Vec<String> {
    let query = PeopleQuery { text: text.to_owned(), offset: 0, limit: 50 };
    let found = page(&world.offline(), &query).expect("a page");
    assert_eq!(found.matched as usize, found.rows.len());
    found.rows.into_iter().map(|it| it.name).collect()
}

/// Larch with Alejandro as the only owner of both workspaces, and Ana as its only admin.
fn alone() -> Told {
    let mut told = agency();
    told.accounts.admins.retain(|it| it.name == "Ana");
    let owner = member(ACME, 1, "Alejandro", roles(&[Role::WorkspaceAdmin]));
    told.places[1].2.push(Row::Membership(owner));
    told
}

#[test]
fn e63_each_person_stands_once_with_everything_they_hold() {
    let world = agency().heard();
    let query = PeopleQuery { text: "chidi".to_owned(), offset: 0, limit: 50 };
    let found = page(&world.offline(), &query).expect("a page");
    let [chidi] = found.rows.as_slice() else { panic!("one person: {found:?}") };
    assert_eq!((chidi.workspaces, chidi.owner_of, chidi.admin_of), (2, 0, 0));
    assert!(!chidi.is_me);
    assert!(names(&world, "").contains(&"Ben".to_owned()));
    assert!(!names(&world, "").contains(&"Dora".to_owned()), "who is gone is nowhere");
}

#[test]
fn e63_one_person_has_a_place_for_each_workspace_with_what_can_be_done() {
    let world = agency().heard();
    let found = overview(&world.online(), login(3)).expect("Chidi");
    let places: Vec<&str> = found.places.iter().map(|it| it.workspace_name.as_str()).collect();
    assert_eq!(places, ["Acme Health", "Northwind"]);
    for place in &found.places {
        assert_eq!((&place.change, &place.remove), (&Verdict::Allowed, &Verdict::Allowed));
        assert_eq!(place.account_name, "Larch Agency");
    }
    assert!(overview(&world.online(), login(77)).is_err());
}

#[test]
fn e63_an_unsent_removal_is_marked_where_it_is() {
    let world = agency().heard();
    let intent = Intent::Remove { workspace: NORTHWIND, member: mid(NORTHWIND, 3), reason: None };
    let draft = draft(&world.offline(), intent).expect("a command");
    world.cache.submit(&draft.command, super::world::NOW, draft.label).expect("is kept");
    let found = overview(&world.offline(), login(3)).expect("Chidi");
    let marks: Vec<Mark> = found.places.iter().map(|it| it.mark).collect();
    assert_eq!(marks, [Mark::None, Mark::NotSent]);
    assert_eq!(found.places[1].remove, Verdict::Hidden);
}

#[test]
fn e63_a_leaver_is_one_plan_over_every_place_with_its_blockers() {
    let mut told = alone();
    told.accounts.admins.push(admin(LARCH, 1, "Alejandro"));
    told.accounts.accounts[0].scheme = muster_domain::SchemeId::OwnerLed;
    for (_, _, rows) in &mut told.places {
        for row in rows {
            if let Row::Membership(it) = row {
                let is_owner = it.name == "Alejandro";
                it.roles = roles(&[if is_owner { Role::Owner } else { Role::Read }]);
            }
        }
    }
    let world = told.heard();
    let found = overview(&world.online(), login(1)).expect("Alejandro");
    assert!(found.places.iter().all(|it| it.only_owner));
    let removals = found.places.iter().map(|it| Intent::Remove {
        workspace: it.workspace,
        member: it.membership,
        reason: None,
    });
    let admins = found
        .admin_of
        .iter()
        .map(|it| Intent::RemoveAdmin { account: it.account, login: login(1) });
    let plan = preview(&world.online(), removals.chain(admins).collect()).expect("a plan");
    assert_eq!(plan.lines.len(), 3);
    assert!(plan.blocked >= 2, "{plan:?}");
}

#[test]
fn e63_what_hangs_on_one_person_is_listed_with_what_else_does() {
    let world = alone().heard();
    let rows = continuity(&world.offline()).expect("a list");
    let owners: Vec<(&str, &str, u32)> = rows
        .iter()
        .filter(|it| it.kind == ContinuityKind::Owner)
        .map(|it| (it.name.as_str(), it.holder.as_str(), it.also))
        .collect();
    assert_eq!(owners, [("Acme Health", "Alejandro", 1), ("Northwind", "Alejandro", 1)]);
    let admins: Vec<&str> = rows
        .iter()
        .filter(|it| it.kind == ContinuityKind::Admin)
        .map(|it| it.holder.as_str())
        .collect();
    assert_eq!(admins, ["Ana"]);
}

#[test]
fn e63_a_personal_workspace_hangs_on_nobody_else_by_its_nature() {
    let rows = continuity(&freelancer().heard().offline()).expect("a list");
    assert!(rows.iter().all(|it| it.name != "Ana’s workspace"), "{rows:?}");
}

#[test]
fn r7_the_last_account_admin_is_a_blocker_of_a_leaver() {
    let world = alone().heard();
    let found = overview(&world.online(), login(super::world::ME)).expect("Ana");
    let [larch] = found.admin_of.as_slice() else { panic!("one account") };
    assert_eq!(code(&larch.remove), "r7.admin");
    assert!(found.is_me);
}
