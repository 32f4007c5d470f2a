//! What is told of a workspace whose access ended: which, how, and by whom (E-30, E-53).

use std::collections::BTreeSet;

use super::changes::submit;
use super::world::{ACME, LARCH, NORTHWIND, NOW, PERSONAL, agency};
use crate::left::Watch;
use crate::view::{Intent, LeftHow};

#[test]
fn e53_a_workspace_that_is_gone_is_told_by_the_name_it_had() {
    let told = agency();
    let world = told.clone().heard();
    let mut watch = Watch::begin(&world.cache).expect("reads");
    let both: BTreeSet<_> = [NORTHWIND, ACME].into();
    assert!(watch.left(&both, &[], NOW).expect("reads").is_empty());
    let mut less = told;
    less.places.remove(0);
    world.hears(&less);
    let left = watch.left(&both, &[], NOW).expect("reads");
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].name.as_str(), left[0].mine), ("Northwind", false));
    assert!(watch.left(&both, &[], NOW).expect("reads").is_empty(), "told once");
}

#[test]
fn e53_how_access_ended_and_who_ended_it_is_told() {
    let told = agency();
    let world = told.clone().heard();
    let mut watch = Watch::begin(&world.cache).expect("reads");
    let gone = |workspace, how, by: Option<&str>| muster_protocol::Gone {
        workspace,
        how,
        by: by.map(str::to_owned),
    };
    let both = [
        gone(NORTHWIND, muster_protocol::GoneHow::Removed, Some("Ben")),
        gone(ACME, muster_protocol::GoneHow::Deleted, Some("Mei")),
    ];
    world.hears(&super::world::Told { places: Vec::new(), ..told });
    let mut left = watch.left(&[NORTHWIND, ACME].into(), &both, NOW).expect("reads");
    left.sort_by(|a, b| a.name.cmp(&b.name));
    let said: Vec<_> = left.iter().map(|it| (it.how, it.by.as_deref())).collect();
    assert_eq!(said, [(LeftHow::Deleted, Some("Mei")), (LeftHow::Removed, Some("Ben"))]);
}

#[test]
fn e53_the_end_of_an_account_is_told_as_that() {
    let world = agency().heard();
    let mut watch = Watch::begin(&world.cache).expect("reads");
    world.hears(&super::world::Told::default());
    let left = watch.left(&[NORTHWIND, ACME].into(), &[], NOW).expect("reads");
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|it| it.how == LeftHow::Account && it.by.is_none()));
}

#[test]
fn e30_what_i_did_myself_is_told_as_mine() {
    let told = agency();
    let world = told.clone().heard();
    let mut watch = Watch::begin(&world.cache).expect("reads");
    submit(&world, Intent::DeleteWorkspace { workspace: NORTHWIND, reason: None });
    // It is on its way while the answer comes that ends the access.
    world.cache.request("test", 1 << 20).expect("a request");
    let mut less = told;
    less.places.remove(0);
    world.hears(&less);
    let left = watch.left(&[NORTHWIND].into(), &[], NOW).expect("reads");
    assert_eq!(left.len(), 1);
    assert!(left[0].mine);
}

#[test]
fn e30_leaving_the_account_is_told_as_mine_too() {
    let told = agency();
    let world = told.clone().heard();
    let mut watch = Watch::begin(&world.cache).expect("reads");
    submit(&world, Intent::LeaveAccount { account: LARCH });
    world.cache.request("test", 1 << 20).expect("a request");
    world.hears(&super::world::Told::default());
    let left = watch.left(&[NORTHWIND, ACME, PERSONAL].into(), &[], NOW).expect("reads");
    assert_eq!(left.len(), 2, "the personal one was never there");
    assert!(left.iter().all(|it| it.mine));
}
