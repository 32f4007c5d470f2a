//! Keys, clocks and what becomes of the copy when the machine does not keep its side
//! (security.md 2.7, 4.2).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_cache::{Cache, Heed, Opened};
use muster_domain::{DeviceId, LoginId, SchemeId, Timestamp};
use muster_protocol::{Accounts, Cursor, Policy, Say};

use super::world::{ME, NORTHWIND, NOW, Told, account, admin, me, workspace};
use crate::keep;
use crate::pulse::has_slept;
use crate::vault::{Vault, VaultError};
use crate::view::FailureCode;

/// A key store that stops working after so many changes, as a killed process does.
#[derive(Default)]
pub(super) struct MemoryVault {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    changes_left: Mutex<Option<u32>>,
}

impl MemoryVault {
    fn stop_after(&self, changes: Option<u32>) {
        *self.changes_left.lock().expect("is whole") = changes;
    }

    fn change(&self, f: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Result<(), VaultError> {
        let mut left = self.changes_left.lock().expect("is whole");
        match left.as_mut() {
            Some(0) => return Err(VaultError::Failed("stopped".to_owned())),
            Some(left) => *left -= 1,
            None => {}
        }
        f(&mut self.secrets.lock().expect("is whole"));
        Ok(())
    }

    fn all(&self) -> BTreeMap<String, Vec<u8>> {
        self.secrets.lock().expect("is whole").clone()
    }
}

impl Vault for MemoryVault {
    fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.secrets.lock().expect("is whole").get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.change(|it| drop(it.insert(name.to_owned(), secret.to_vec())))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.change(|it| drop(it.remove(name)))
    }
}

fn login() -> LoginId {
    me().id
}

struct Place {
    dir: tempfile::TempDir,
    vault: Arc<MemoryVault>,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder"), vault: Arc::default() }
    }

    fn open(&self) -> Cache {
        let keys = keep::keys(&*self.vault, self.dir.path(), login()).expect("keys");
        Cache::open(self.dir.path(), &keys, &me(), DeviceId::from_bytes([5; 16])).expect("opens")
    }

    /// A copy of one workspace that has lost another one.
    fn purged(&self) -> Cache {
        let cache = self.open();
        let id = muster_domain::AccountId::from_bytes([9; 16]);
        let accounts = Accounts {
            accounts: vec![account(id, "Larch", SchemeId::Managed)],
            admins: vec![admin(id, ME, "Ana")],
            ..Accounts::default()
        };
        let mut told = Told { accounts, ..Told::default() };
        told.place(
            workspace(NORTHWIND, id, "Northwind"),
            muster_domain::PermissionSet::ALL,
            Vec::new(),
        );
        cache.apply(&told.frames(), NOW).expect("is applied");
        let hello = Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: me() };
        let gone = Say::Grants { all: Vec::new() };
        let held = Say::Accounts(told.accounts.clone());
        let end = Say::End { cursors: vec![Cursor { account: id, seq: 9 }], more: false };
        cache.apply(&[hello, gone, held, end], NOW).expect("is applied");
        assert!(cache.needs_new_key().expect("reads"));
        cache
    }
}

#[test]
fn p1_after_a_purge_the_old_key_is_destroyed() {
    let place = Place::new();
    let cache = place.purged();
    let name = format!("keys:{}", login());
    let before = place.vault.all()[&name].clone();
    keep::renew(&*place.vault, login(), &cache).expect("is renewed");
    let after = place.vault.all();
    assert_eq!(after.keys().collect::<Vec<_>>(), [&name], "one entry, as before");
    assert_ne!(after[&name][..32], before[..32], "the old key is nowhere");
    assert_eq!(after[&name][32..], before[32..], "the outbox keeps its own");
    drop(cache);
    assert_eq!(place.open().opened(), Opened::Found);
}

#[test]
fn p1_a_stop_at_any_change_of_the_key_store_leaves_a_copy_that_opens() {
    for stop in 0..4 {
        let place = Place::new();
        let cache = place.purged();
        place.vault.stop_after(Some(stop));
        let renewed = keep::renew(&*place.vault, login(), &cache);
        assert_eq!(renewed.is_ok(), stop == 3, "stop {stop}");
        drop(cache);
        place.vault.stop_after(None);
        let cache = place.open();
        assert_eq!(cache.opened(), Opened::Found, "stop {stop}: nothing was lost");
        assert_eq!(cache.accounts().expect("reads").len(), 1, "stop {stop}");
        assert_eq!(place.vault.all().len(), 1, "stop {stop}: no key is left over");
        keep::renew(&*place.vault, login(), &cache).expect("is renewed now");
        assert!(!cache.needs_new_key().expect("reads"));
    }
}

#[test]
fn security_c5_a_lost_key_of_unsent_changes_is_told_and_no_new_one_takes_its_place() {
    let place = Place::new();
    drop(place.open());
    let kept = place.vault.all();
    place.vault.delete(&format!("keys:{}", login())).expect("deletes");
    let Err(failure) = keep::keys(&*place.vault, place.dir.path(), login()) else {
        panic!("must not open")
    };
    assert_eq!(failure.code, FailureCode::OutboxKeyLost);
    assert!(place.vault.all().is_empty(), "nothing was written over it");
    // The key store is restored: everything is as it was.
    for (name, secret) in &kept {
        place.vault.set(name, secret).expect("keeps");
    }
    assert_eq!(place.open().opened(), Opened::Found);
}

#[test]
fn sleep_is_told_from_waiting() {
    let waited = Duration::from_secs(15);
    let before = Timestamp(1_000_000);
    let after = |seconds: i64| Timestamp(before.0 + seconds * 1_000);
    assert!(!has_slept(waited, before, after(15)));
    assert!(!has_slept(waited, before, after(40)), "a busy machine");
    assert!(has_slept(waited, before, after(3_600)), "an hour that no timer saw");
    assert!(!has_slept(waited, before, after(-3_600)), "a clock that was put back");
}

#[test]
fn r15_the_clock_of_a_running_app_never_goes_back() {
    let first = crate::clock::steady();
    assert!(crate::clock::steady() >= first);
    assert!((crate::clock::steady().0 - crate::clock::now().0).abs() < 60_000);
}

#[test]
fn r15_a_lease_is_told_with_its_account_and_its_days() {
    let place = Place::new();
    let cache = place.purged();
    cache.heed_lease(Heed::Running, NOW.plus_days(9)).expect("looks");
    let lease = &crate::copy::view(&cache).expect("reads").leases[0];
    assert_eq!((lease.locked, lease.days, lease.age_days), (true, 7, 9));
    assert_eq!(lease.account_name, "Larch");
}

#[test]
fn r15_a_locked_workspace_opens_to_nothing_but_that_it_is_locked() {
    let id = super::world::LARCH;
    let accounts = Accounts {
        accounts: vec![account(id, "Larch", SchemeId::Managed)],
        admins: vec![admin(id, ME, "Ana")],
        ..Accounts::default()
    };
    let mut told = Told { accounts, ..Told::default() };
    told.place(
        workspace(NORTHWIND, id, "Northwind"),
        muster_domain::PermissionSet::ALL,
        Vec::new(),
    );
    let world = told.heard();
    let before = crate::place::view(&world.offline(), NORTHWIND).expect("opens");
    assert!(!before.row.locked && before.sees_members && before.row.account_admin);
    world.cache.heed_lease(Heed::Running, NOW.plus_days(9)).expect("looks");
    let view = crate::place::view(&world.offline(), NORTHWIND).expect("opens");
    assert_eq!((view.row.name.as_str(), view.row.locked), ("Northwind", true));
    assert!(view.permissions.is_empty() && !view.sees_members && view.contents.is_empty());
    assert!(!view.row.account_admin && view.row.people.is_none());
}
