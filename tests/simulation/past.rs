//! The history at rest: every chain that may be followed is whole and unbroken, and the roster
//! that it rebuilds is the roster that is here.

use muster_cache::{MemberStatus, MemberWindowQuery, WorkspaceQuery};
use muster_domain::{Membership, Timestamp};
use muster_protocol::LogOf;

use crate::device::Device;

/// After everything.
const END: Timestamp = Timestamp(i64::MAX);

/// How many rosters the histories of a device told.
pub fn told(device: &Device) -> u64 {
    let cache = device.cache();
    let query = WorkspaceQuery { limit: 10_000, ..WorkspaceQuery::default() };
    let mut told = 0;
    for entry in cache.workspaces(&query).expect("reads").rows {
        let id = entry.workspace.id;
        // A workspace that is only planned here has no history.
        let Some(state) = cache.log_state(LogOf::Workspace(id)).expect("reads") else { continue };
        assert!(!state.loading, "the history of {id} is not whole: {state:?}");
        assert_eq!(state.broken, None, "the history of {id} does not hold: {state:?}");
        for status in [MemberStatus::Present, MemberStatus::Former] {
            let query = MemberWindowQuery { status, ..MemberWindowQuery::of(id, 10_000) };
            let past = cache.as_of(&query, END).expect("reads");
            if past.complete {
                let now = cache.members(&query).expect("reads").rows;
                let now = now.into_iter().map(|row| row.member).collect();
                assert_eq!(sorted(past.rows), sorted(now), "{status:?} of {id}");
                told += 1;
            }
        }
    }
    told
}

fn sorted(mut members: Vec<Membership>) -> Vec<Membership> {
    members.sort_by_key(|it| it.id);
    members
}
